/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FAULT_ORACLE_H
#define L2TP_FAULT_ORACLE_H

#include "l2tp-fault-network.h"

#include <cstdint>
#include <list>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/**
 * @brief Watches a run by trace sources alone, and says what is not as it should be.
 *
 * What it demands, at any time: a control message that an end sends is delivered to the peer's
 * tunnel once, in order and unchanged; Nr acknowledges what was delivered and nothing else; each
 * change of state is a row of its table, and begins where the last one ended; a frame comes out of
 * the other end of its own session and no other, unchanged, and as often as the wire says. At the
 * end: both ends agree on their sessions, all that was counted balances, nothing is left.
 *
 * Where an end has timers or windows of its own (the profile of an implementation that doesn't
 * linger, lingers so long that its peer may use a Tunnel ID again, or exceeds the peer's window),
 * what follows from that is excused.
 */
class L2tpFaultOracle
{
  public:
    /// Watch a network. @param network it, before anything runs
    explicit L2tpFaultOracle(const L2tpFaultNetwork& network);

    /// An end is about to lose all its state. @param end which
    void Crashing(uint32_t end);
    /// Whether all that was to be said is said: no tunnel has a message, but for HELLOs, that is
    /// not acknowledged. After faults that may take a while, with policies that send one at a time.
    bool IsQuiet() const;
    /// The faults are over, and all timers have run: both ends must know the same, and from here on
    /// no peer may be taken for dead.
    void CheckAgreement();
    /// All is stopped, and nothing is left to do.
    void CheckEnd();
    /// Note a violation. @param text what is wrong
    void Fail(const std::string& text);

    std::vector<std::string> violations;    //!< what was wrong, in words
    uint64_t digest{14695981039346656037U}; //!< of all that was sent, and when
    uint64_t messages{0};                   //!< control messages sent, each once
    uint64_t frames{0};                     //!< frames that came out of sessions
    uint64_t established{0};                //!< calls established, both ends of each
    uint64_t deaths{0};                     //!< tunnels cleared since the peer was taken for dead
    std::set<L2tpTunnelEvent> tunnelEvents; //!< that changed a tunnel's state
    std::set<L2tpCallEvent> callEvents;     //!< that changed a call's state

  private:
    struct Watched;
    struct TunnelRecord;

    /// A control message that was sent.
    struct Sent
    {
        uint16_t ns;               //!< its Ns
        uint16_t sessionId;        //!< of its header
        std::vector<uint8_t> body; //!< what follows the header
        TunnelRecord* to{nullptr}; //!< where it was delivered, or null
    };

    /// A tunnel that was seen.
    struct TunnelRecord
    {
        Ptr<const L2tpTunnel> tunnel;                 //!< it
        Watched* end{nullptr};                        //!< whose
        L2tpTunnelState state{L2tpTunnelState::IDLE}; //!< as told
        bool opened{false};                           //!< whether it left the idle state
        bool cleared{false};                          //!< whether it came back
        bool forgotten{false};                        //!< whether its end can't remember it
        bool closing{false};                          //!< whether it sent a StopCCN
        bool wasCalm{false};                          //!< whether it was up when faults were over
        L2tpTunnelEvent lastEvent{};                  //!< why
        std::vector<Sent> sent;                       //!< messages, by rising Ns
        std::map<uint16_t, TunnelRecord*> received;   //!< who sent what waits for delivery, by Ns
        TunnelRecord* peer{nullptr};                  //!< who sent the first message delivered
        uint32_t delivered{0};                        //!< messages
    };

    /// A call that was seen.
    struct CallRecord
    {
        Ptr<const L2tpCall> call;                 //!< it
        Ptr<L2tpSession> session;                 //!< its session
        Watched* end{nullptr};                    //!< whose
        L2tpCallState state{L2tpCallState::IDLE}; //!< as told
        bool opened{false};                       //!< whether it left the idle state
        uint16_t tunnelId{0};                     //!< own Tunnel ID
        uint64_t lastFrame{0};                    //!< order of the frame that came out last
    };

    /// A frame that was sent.
    struct Frame
    {
        std::vector<uint8_t> octets; //!< the frame
        const CallRecord* from;      //!< the call whose session sent it
        uint64_t order;              //!< 1 for the first of all, and rising
    };

    /// An end, and what is counted of it by its traces.
    struct Watched
    {
        L2tpFaultOracle* oracle{nullptr};   //!< who watches
        const L2tpFaultNetwork::End* end{}; //!< the end
        L2tpEndpointStatistics counted;     //!< what it should have counted
        uint64_t arrived{0};                //!< datagrams while the port was open
        uint64_t droppedDatagrams{0};       //!< of those, control datagrams that were dropped
    };

    // Told by the trace sources
    static void Transmitted(Watched* end,
                            Ptr<const L2tpTunnel> tunnel,
                            const L2tpHeader& header,
                            Ptr<const Packet> datagram,
                            uint32_t attempt);
    static void Received(Watched* end,
                         Ptr<const L2tpTunnel> tunnel,
                         const L2tpHeader& header,
                         Ptr<const Packet> datagram,
                         L2tpReception reception);
    static void Delivered(Watched* end,
                          Ptr<const L2tpTunnel> tunnel,
                          uint16_t ns,
                          uint16_t sessionId,
                          L2tpByteView body);
    static void Dropped(Watched* end, L2tpDropReason reason, Ptr<const Packet> datagram);
    static void TunnelChanged(Watched* end,
                              Ptr<const L2tpTunnel> tunnel,
                              L2tpTunnelState old,
                              L2tpTunnelEvent event);
    static void CallChanged(Watched* end,
                            Ptr<const L2tpCall> call,
                            L2tpCallState old,
                            L2tpCallEvent event);
    static void Arrived(L2tpFaultOracle* oracle,
                        Node* node,
                        const Ipv4Header& header,
                        Ptr<const Packet> packet,
                        uint32_t interface);
    static void FrameSent(L2tpFaultOracle* oracle, CallRecord* call, Ptr<const Packet> frame);
    static void FrameReceived(L2tpFaultOracle* oracle, CallRecord* call, Ptr<const Packet> frame);
    static void FrameDropped(L2tpFaultOracle* oracle,
                             L2tpDropReason reason,
                             Ptr<const Packet> frame);
    static void Fault(L2tpFaultOracle* oracle,
                      L2tpFault fault,
                      Ptr<const Packet> frame,
                      Time delay);

    /// What is known of a tunnel. @param end whose it is @param tunnel it
    TunnelRecord& Of(Watched* end, Ptr<const L2tpTunnel> tunnel);
    /// Check the book of a message that is delivered. @param to where @param from whose message
    /// @param ns its Ns @param sessionId of its header @param body its content
    void CheckDelivery(TunnelRecord& to,
                       TunnelRecord& from,
                       uint16_t ns,
                       uint16_t sessionId,
                       L2tpByteView body);
    /// A tunnel in words. @param record it
    static std::string Name(const TunnelRecord& record);
    /// A call in words. @param record it
    static std::string Name(const CallRecord& record);
    /// Fail if two numbers differ. @param what it is @param is the one @param should the other
    void CheckEqual(const std::string& what, uint64_t is, uint64_t should);
    /// Check that both ends of a tunnel know the same. @param end whose @param tunnel it
    void CheckAgreementOf(const Watched& end, Ptr<L2tpTunnel> tunnel);
    /// Check what an end has counted. @param end which
    void CheckCountsOf(const Watched& end);
    /// The end that has an address and port. @param peer they @return null if none has
    const Watched* Find(const L2tpUdpAddress& peer) const;
    /// The end that has a port of a node, which is open. @param node it @param port its number
    /// @return null if none has
    Watched* Find(const Node* node, uint16_t port);
    /// Check that an end has let go of all, and that its counters balance. @param end which
    void CheckEndOf(const Watched& end);

    std::list<Watched> m_ends;                                       //!< in place
    std::list<TunnelRecord> m_tunnels;                               //!< in place
    std::list<CallRecord> m_calls;                                   //!< in place
    std::unordered_map<const L2tpTunnel*, TunnelRecord*> m_tunnelOf; //!< by tunnel
    std::unordered_map<const L2tpCall*, CallRecord*> m_callOf;       //!< by call
    std::unordered_map<uint64_t, TunnelRecord*> m_senderOf;          //!< control, by packet UID
    std::unordered_map<uint64_t, std::vector<Frame>> m_frames;       //!< frames, by packet UID
    uint64_t m_framesSent{0};                                        //!< how many, at each hop
    bool m_isLax{false};                              //!< whether ends' timers or windows differ
    std::unordered_map<uint64_t, int64_t> m_underway; //!< datagrams on their way, by packet UID
    bool m_calm{false};                               //!< whether nothing goes wrong any more
};

} // namespace ns3

#endif /* L2TP_FAULT_ORACLE_H */
