/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REPORT_TUNNELS_H
#define L2TP_REPORT_TUNNELS_H

#include "l2tp-report-messages.h"

#include "ns3/l2tp-call.h"
#include "ns3/l2tp-tunnel.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The tunnels and sessions of a run for its report, and how their control channels did.
 *
 * Each end is watched by itself; which ends belong together is found by their IDs when all is over.
 */
class L2tpReportTunnels
{
  public:
    static constexpr int32_t NONE = -1; //!< where there is no end

    L2tpReportTunnels() = default;
    L2tpReportTunnels(const L2tpReportTunnels&) = delete;
    L2tpReportTunnels& operator=(const L2tpReportTunnels&) = delete;

    /**
     * @brief The number of a tunnel's end, which is watched from here on.
     * @param tunnel the tunnel at that end
     * @param node the node
     * @param peer the peer's node
     * @return the number; NONE if there are more than are kept
     */
    int32_t EndOf(Ptr<const L2tpTunnel> tunnel, int32_t node, int32_t peer);

    /// A tunnel's end changed its state. @param end its number @param tunnel the tunnel
    void Changed(int32_t end, const L2tpTunnel& tunnel);

    /**
     * @brief A control message was sent again.
     * @param end the number of its tunnel's end
     * @param ns its Ns
     */
    void SentAgain(int32_t end, uint16_t ns);

    /**
     * @brief A call changed its state.
     * @param tunnelEnd the number of its tunnel's end
     * @param call the call
     * @return the number of the call's end; NONE if there are more than are kept
     */
    int32_t CallChanged(int32_t tunnelEnd, const L2tpCall& call);

    /// The Session ID of a call's end. @param callEnd its number @return the ID
    uint16_t SessionIdOf(int32_t callEnd) const;
    /// The end of the tunnel of a call's end. @param callEnd its number @return the number
    int32_t TunnelEndOf(int32_t callEnd) const;
    /// The node of a call's end. @param callEnd its number @return the node
    int32_t NodeOf(int32_t callEnd) const;

    /// Find out which ends belong together.
    void Join();

    /**
     * @brief Find the tunnel and session of a message; after Join().
     * @param message the message
     * @return their numbers
     */
    L2tpReportMessages::Place FindPlace(const L2tpReportMessage& message) const;

    /// The session of a call's end; after Join(). @param callEnd its number @return its number
    int32_t SessionOf(int32_t callEnd) const;

    /// Write all of it; after Join(). @return JSON, two members of an object: "tunnels", "sessions"
    std::string ToJson() const;
    /// Write how the control channels did. @return JSON, a member of an object: "channels"
    std::string ChannelsToJson() const;

  private:
    /// Values over time, in the order of time.
    struct Series
    {
        const char* name{""};                             //!< the name of the trace source
        std::vector<std::pair<int64_t, double>> values{}; //!< ns, and the value
        bool isThinned{false};                            //!< whether some were left out

        /// Add a value, at the present time. @param value the value
        void Add(double value);
    };

    /// What is watched of one control channel.
    struct Channel
    {
        int32_t end{NONE};                          //!< the tunnel's end
        std::list<Series> series{};                 //!< in place, since traces lead there
        Series again{"Retransmissions", {}, false}; //!< Ns of messages that were sent again
    };

    /// A change of state.
    using Change = std::pair<int64_t, std::string>;

    /// One end of a tunnel.
    struct TunnelEnd
    {
        int32_t node{NONE};           //!< where
        int32_t peer{NONE};           //!< the peer's node
        uint16_t localId{0};          //!< own Tunnel ID
        uint16_t peerId{0};           //!< the peer's
        bool opens{false};            //!< whether this end opens the tunnel
        int64_t begun{0};             //!< when it was first seen, in ns
        std::vector<Change> states{}; //!< its states
        std::string reason{};         //!< why it was cleared
        Channel* channel{nullptr};    //!< what is watched of it, or null
        int32_t tunnel{NONE};         //!< which tunnel it is an end of
        /// Numbers of calls' ends by their Session IDs, which may be used again.
        std::unordered_map<uint16_t, std::vector<int32_t>> calls{};
    };

    /// One end of a call.
    struct CallEnd
    {
        int32_t tunnelEnd{NONE};      //!< of which tunnel's end
        uint16_t localId{0};          //!< own Session ID
        uint16_t peerId{0};           //!< the peer's
        int64_t begun{0};             //!< when it was first seen, in ns
        std::vector<Change> states{}; //!< its states
        std::string reason{};         //!< why it was cleared
        int32_t session{NONE};        //!< which session it is an end of
    };

    /// Watch a control channel. @param end the tunnel's end @param tunnel the tunnel
    void Watch(TunnelEnd& end, const L2tpTunnel& tunnel);
    /// A number has changed. @param series takes it @param before the old one @param now the new
    /// one
    static void NumberChanged(Series* series, uint16_t before, uint16_t now);
    /// A time has changed. @param series takes it @param before the old one @param now the new one
    static void TimeChanged(Series* series, Time before, Time now);
    /// Find out which ends of tunnels belong together.
    void JoinTunnels();
    /// Find out which ends of calls belong together.
    void JoinCalls();
    /**
     * @brief Find the end of a call.
     * @param tunnelEnd the number of its tunnel's end
     * @param id its Session ID
     * @param at a time at which it was there, in ns
     * @return its number, or NONE
     */
    int32_t FindCall(int32_t tunnelEnd, uint16_t id, int64_t at) const;
    /// The other end of a tunnel. @param end its number @return the other's number, or NONE
    int32_t OtherEnd(int32_t end) const;

    std::vector<TunnelEnd> m_ends; //!< all tunnels' ends
    std::vector<CallEnd> m_calls;  //!< all calls' ends
    std::list<Channel> m_channels; //!< those that are watched
    std::unordered_map<const L2tpTunnel*, std::pair<int32_t, Ptr<const L2tpTunnel>>>
        m_endOf;                                         //!< numbers of ends
    uint64_t m_endsLeftOut{0};                           //!< ends that aren't kept
    uint64_t m_callsLeftOut{0};                          //!< calls' ends that aren't kept
    std::vector<std::pair<int32_t, int32_t>> m_tunnels;  //!< both ends, of each tunnel
    std::vector<std::pair<int32_t, int32_t>> m_sessions; //!< both ends, of each session
};

} // namespace ns3

#endif /* L2TP_REPORT_TUNNELS_H */
