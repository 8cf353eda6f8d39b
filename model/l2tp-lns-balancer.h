/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LNS_BALANCER_H
#define L2TP_LNS_BALANCER_H

#include "l2tp-tunnel-selector.h"

#include "ns3/attribute.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/traced-callback.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{

/// How calls are spread over LNSs of the same preference.
enum L2tpLoadSharing
{
    L2TP_ROUND_ROBIN, //!< one after the other
    L2TP_LEAST_CALLS  //!< to the one with the fewest calls of this LAC, else one after the other
};

/// What became of an attempt to place a call with an LNS.
enum class L2tpPlacementOutcome : uint8_t
{
    ESTABLISHED, //!< the call is established
    NO_TUNNEL,   //!< no tunnel could be opened, or it was lost: the LNS is busied out
    TRY_ANOTHER, //!< the LNS can't have it, or not now: the next one is tried
    REFUSED,     //!< the LNS doesn't want it, and no other one will
    NO_ROOM,     //!< the LAC has no room, or doesn't run
    WITHDRAWN,   //!< the call was given up by whoever wanted it placed
    COUNT        //!< how many outcomes there are
};

/// How many outcomes there are, as a size.
inline constexpr std::size_t L2TP_PLACEMENT_OUTCOMES =
    static_cast<std::size_t>(L2tpPlacementOutcome::COUNT);

/**
 * @brief Name an outcome.
 * @param outcome the outcome
 * @return words of lower-case letters, joined by hyphens
 */
const char* L2tpPlacementOutcomeName(L2tpPlacementOutcome outcome);

/**
 * @ingroup l2tp
 *
 * @brief Knows how each LNS is doing, and chooses one for the next call (RFC 2868, section 3.8).
 *
 * Lower preferences go first; calls are shared among equal ones. An LNS to which no tunnel could be
 * opened, or whose tunnel was lost, is busied out: for BusyOutTime it is tried only when nobody
 * else is left. A call that is established with it ends that.
 *
 * As with tunnels that are shared, an LNS is told from others by its address and by host name and
 * assignment ID of the tunnels to it: what is wrong by one name may be right by another.
 */
class L2tpLnsBalancer : public Object
{
  public:
    /// TracedCallback signature: an LNS is tried, as the how-manieth one for its call.
    using AttemptTracedCallback = void (*)(const L2tpTunnelPeer& peer, uint32_t attempt);
    /// TracedCallback signature: what became of it.
    using OutcomeTracedCallback = void (*)(const L2tpTunnelPeer& peer,
                                           L2tpPlacementOutcome outcome);
    /// TracedCallback signature: an LNS is busied out, until when.
    using BusyOutTracedCallback = void (*)(const L2tpTunnelPeer& peer, Time until);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpLnsBalancer();
    ~L2tpLnsBalancer() override;

    /**
     * @brief Choose an LNS.
     * @param peers those that are left, at least one
     * @return the index of the one to try
     */
    std::size_t Choose(const std::vector<L2tpTunnelPeer>& peers) const;

    /// How long to wait for an LNS while there is another one to try. @return the time, 0 for ever
    Time GetAttemptTime() const;

    /**
     * @brief Whether an LNS is busied out.
     * @param peer the LNS
     * @return true if it is at present
     */
    bool IsBusiedOut(const L2tpTunnelPeer& peer) const;

    /**
     * @brief How many calls there are with an LNS.
     * @param peer the LNS
     * @return the number of those established, or being placed
     */
    uint32_t GetNCalls(const L2tpTunnelPeer& peer) const;

    /**
     * @brief How often an outcome was seen, at all LNSs together.
     * @param outcome the outcome
     * @return how many attempts had it
     */
    uint64_t GetCount(L2tpPlacementOutcome outcome) const;

    /// @name For placements
    /// @{
    /**
     * @brief An LNS is tried.
     * @param peer the LNS
     * @param attempt as the how-manieth one for its call, from 1
     */
    void Attempted(const L2tpTunnelPeer& peer, uint32_t attempt);
    /**
     * @brief An attempt has its outcome. With any but ESTABLISHED, its call is over.
     * @param peer the LNS
     * @param outcome the outcome
     */
    void Settled(const L2tpTunnelPeer& peer, L2tpPlacementOutcome outcome);
    /**
     * @brief An established call is over.
     * @param peer the LNS
     * @param tunnelLost whether the whole tunnel is
     */
    void Cleared(const L2tpTunnelPeer& peer, bool tunnelLost);
    /// @}

  private:
    /// What tells LNSs apart: address, host name, assignment ID.
    using Key = std::tuple<L2tpUdpAddress, std::string, std::string>;

    /// What is known of an LNS.
    struct Record
    {
        uint32_t calls{0};      //!< established, or being placed
        uint64_t lastChosen{0}; //!< how many attempts there were before, at all LNSs
        Time busyUntil{0};      //!< until when it is busied out
    };

    /// What tells an LNS from others. @param peer the LNS @return its key
    static Key KeyOf(const L2tpTunnelPeer& peer);
    /// What is known of an LNS. @param peer the LNS @return its record, an empty one for a new one
    Record Find(const L2tpTunnelPeer& peer) const;
    /// Busy an LNS out. @param peer the LNS
    void BusyOut(const L2tpTunnelPeer& peer);

    L2tpLoadSharing m_sharing;                               //!< attribute LoadSharing
    Time m_busyOutTime;                                      //!< attribute BusyOutTime
    Time m_attemptTime;                                      //!< attribute AttemptTime
    std::map<Key, Record> m_records;                         //!< all LNSs that were tried
    uint64_t m_attempts{0};                                  //!< attempts at all LNSs
    std::array<uint64_t, L2TP_PLACEMENT_OUTCOMES> m_count{}; //!< by outcome

    TracedCallback<const L2tpTunnelPeer&, uint32_t> m_attemptTrace;             //!< attempts
    TracedCallback<const L2tpTunnelPeer&, L2tpPlacementOutcome> m_outcomeTrace; //!< outcomes
    TracedCallback<const L2tpTunnelPeer&, Time> m_busyOutTrace;                 //!< busied out
};

} // namespace ns3

#endif /* L2TP_LNS_BALANCER_H */
