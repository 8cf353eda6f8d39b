/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TUNNEL_SELECTOR_H
#define L2TP_TUNNEL_SELECTOR_H

#include "l2tp-tunnel-peer.h"

#include "ns3/object.h"
#include "ns3/ppp-user-table.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/// What a selector is told of a call.
struct L2tpTunnelQuery
{
    std::string calledNumber{};              //!< the number dialled (DNIS), empty if unknown
    std::string callingNumber{};             //!< who dialled it, empty if unknown
    std::string service{};                   //!< PPPoE's Service-Name, empty if there is none
    std::optional<PppAuthAttempt> attempt{}; //!< how the remote system proves who it is
};

/// What is to become of a call.
struct L2tpTunnelChoice
{
    /// The possibilities.
    enum class Kind : uint8_t
    {
        TUNNEL,   //!< it goes to one of the peers
        LOCAL,    //!< PPP ends here
        ASK_NAME, //!< ask again once the remote system has said who it is
        REFUSE    //!< nobody wants it
    };

    Kind kind{Kind::REFUSE};             //!< which of them
    std::vector<L2tpTunnelPeer> peers{}; //!< for TUNNEL: at least one, in any order
    std::string message{};               //!< for REFUSE: words for the remote system's human
};

/**
 * @ingroup l2tp
 *
 * @brief Chooses to which LNS a call goes, by its numbers or by who it is from (RFC 2661, section
 * 2.0; RFC 2809, section 4.1.2).
 *
 * It is asked when the call has arrived; if its answer is ASK_NAME, once more when LCP is up and
 * the remote system has been asked who it is.
 */
class L2tpTunnelSelector : public Object
{
  public:
    /// Called once with the choice.
    using ChoiceCallback = std::function<void(const L2tpTunnelChoice&)>;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Choose.
     * @param query what is known of the call
     * @param done is called with the choice, now or later; it may be called when nobody waits any
     * more
     */
    virtual void Select(const L2tpTunnelQuery& query, ChoiceCallback done) = 0;
};

} // namespace ns3

#endif /* L2TP_TUNNEL_SELECTOR_H */
