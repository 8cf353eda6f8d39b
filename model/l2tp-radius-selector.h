/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RADIUS_SELECTOR_H
#define L2TP_RADIUS_SELECTOR_H

#include "l2tp-tunnel-selector.h"

#include "ns3/ptr.h"
#include "ns3/radius-client.h"
#include "ns3/traced-callback.h"

#include <string>

namespace ns3
{

/// How a name is made use of. Unscoped, as EnumValue of ns-3.40 and earlier needs it.
enum L2tpRadiusNameUse
{
    L2TP_RADIUS_NAME_NOT,    //!< nobody is asked for it
    L2TP_RADIUS_NAME_DOMAIN, //!< its domain decides; who it is is asked at the tunnel's end
    L2TP_RADIUS_NAME_USER    //!< the user decides, who has to prove to be it
};

/**
 * @ingroup l2tp
 *
 * @brief Has a RADIUS server choose to which LNS a call goes (RFC 2809, section 4).
 *
 * By the called number, when the call arrives: an Access-Request with Service-Type Call-Check, its
 * User-Name being the number (section 4.1.2.2). If that is refused, or the number is unknown, by
 * the name, when the remote system has said it: with Service-Type Outbound, so that the domain
 * decides and the LNS alone authenticates the user (section 4.1.2.3); or with the user's own proof
 * (sections 4.1.1 and 4.2).
 *
 * An Access-Accept with L2TP tunnels sends the call there, one without any tunnel lets PPP end
 * here. One whose tunnels are all of other types, or lead to no address, refuses the call (RFC
 * 2868, section 3.1).
 */
class L2tpRadiusSelector : public L2tpTunnelSelector
{
  public:
    /// TracedCallback signature: a request was answered; the query, and what became of the request.
    using AnswerTracedCallback = void (*)(const L2tpTunnelQuery& query, const RadiusResult& result);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpRadiusSelector();
    ~L2tpRadiusSelector() override;

    void Select(const L2tpTunnelQuery& query, ChoiceCallback done) override;

  protected:
    void DoDispose() override;

  private:
    /// Choose by an answer. @param query the query @param result the answer @return the choice
    L2tpTunnelChoice Choose(const L2tpTunnelQuery& query, const RadiusResult& result) const;
    /// Refuse, or ask for a name if that may help. @param query the query @param message words for
    /// the remote system's human @return the choice
    L2tpTunnelChoice RefuseOrAsk(const L2tpTunnelQuery& query, const std::string& message) const;
    /**
     * @brief Write the request for a query.
     * @param query the query
     * @param clear receives it, in the clear
     * @return false if there is nothing to ask by
     */
    bool Write(const L2tpTunnelQuery& query, RadiusAttributes& clear) const;

    Ptr<RadiusClient> m_client;  //!< attribute Client
    bool m_byNumber;             //!< attribute ByNumber
    L2tpRadiusNameUse m_byName;  //!< attribute ByName
    std::string m_dummyPassword; //!< attribute DummyPassword

    TracedCallback<const L2tpTunnelQuery&, const RadiusResult&> m_answerTrace; //!< answers
};

} // namespace ns3

#endif /* L2TP_RADIUS_SELECTOR_H */
