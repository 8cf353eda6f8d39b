/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LEG_H
#define L2TP_LEG_H

#include "ns3/l2-circuit.h"
#include "ns3/l2tp-call.h"
#include "ns3/l2tp-disconnect-cause.h"
#include "ns3/l2tp-result-code.h"
#include "ns3/object.h"
#include "ns3/ptr.h"

#include <optional>

namespace ns3
{

class L2tpLeg;

/// Why a leg ends, in the words of a CDN, whatever the leg is made of.
struct L2tpLegEnd
{
    L2tpResultCode code{};                      //!< RFC 2661, section 4.4.2
    std::optional<L2tpDisconnectCause> cause{}; //!< RFC 3145: what of PPP, if PPP's end is why
};

/**
 * @ingroup l2tp
 *
 * @brief Whoever has a leg. All of it may be told from within a call of the leg's methods.
 */
class L2tpLegUser
{
  public:
    virtual ~L2tpLegUser() = default;

    /// The leg has ended, and not by Release(): its circuit is down. @param leg it @param why why
    virtual void LegEnded(L2tpLeg& leg, const L2tpLegEnd& why) = 0;

    /**
     * @brief The far end tells what PPP has negotiated of control characters, as by an SLI.
     * @param leg the leg
     * @param accm the masks
     */
    virtual void LegLinkInfo(L2tpLeg& leg, const L2tpAccm& accm);

    /**
     * @brief The far end tells of errors on the line, as by a WEN.
     * @param leg the leg
     * @param errors the counters
     */
    virtual void LegErrors(L2tpLeg& leg, const L2tpCallErrors& errors);
};

/**
 * @ingroup l2tp
 *
 * @brief A circuit together with the control that it needs: what it was called by, and how it ends.
 *
 * An L2TP call is a leg, a telephone line that was answered is one, and so is a PPPoE session. The
 * tunnelling models join two of them (see L2tpLegJoin), or put PPP behind one.
 *
 * A leg may be expected before it is there: its circuit is down until then. It ends once, expected
 * or there: by Release(), or by the far end, which its user is told.
 */
class L2tpLeg : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpLeg();
    ~L2tpLeg() override;

    /// The circuit. @return it, the same for the leg's whole life
    virtual Ptr<L2Circuit> GetCircuit() const = 0;

    /**
     * @brief What is known of the call: numbers, speeds, framing, bearer, what a LAC has
     * negotiated.
     * @return the parameters, as an ICRQ and ICCN about this leg would tell them
     */
    virtual L2tpCallParameters GetParameters() const = 0;

    /**
     * @brief Set who has the leg.
     * @param user the user, which outlives the leg or takes itself away; null for none
     */
    void SetUser(L2tpLegUser* user);

    /// End the leg. Its user isn't told. Does nothing if it has ended. @param why why
    void Release(const L2tpLegEnd& why);

    /// Whether it has ended. @return true from Release() or L2tpLegUser::LegEnded() on
    bool HasEnded() const;

    /**
     * @brief Tell the far end what PPP has negotiated. Legs that have no use for it ignore it.
     * @param accm the masks, seen from an LNS
     */
    virtual void TellLinkInfo(const L2tpAccm& accm);

    /**
     * @brief Tell the far end of errors on the line. Legs that have no use for it ignore it.
     * @param errors the counters
     */
    virtual void TellErrors(const L2tpCallErrors& errors);

  protected:
    void DoDispose() override;

    /// Let go of what the leg is made of: hang up, send a CDN, a PADT. @param why why
    virtual void DoRelease(const L2tpLegEnd& why) = 0;

    /// The far end has ended it, or it was lost. Does nothing if it has ended. @param why why
    void End(const L2tpLegEnd& why);

    /// The far end tells what PPP has negotiated. @param accm the masks
    void LinkInfoTold(const L2tpAccm& accm);

    /// The far end tells of errors. @param errors the counters
    void ErrorsTold(const L2tpCallErrors& errors);

  private:
    L2tpLegUser* m_user{nullptr}; //!< who has the leg
    bool m_ended{false};          //!< whether it has ended
};

} // namespace ns3

#endif /* L2TP_LEG_H */
