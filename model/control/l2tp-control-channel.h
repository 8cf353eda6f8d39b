/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CONTROL_CHANNEL_H
#define L2TP_CONTROL_CHANNEL_H

#include "l2tp-reception.h"

#include "ns3/event-id.h"
#include "ns3/l2tp-acknowledgement-policy.h"
#include "ns3/l2tp-byte-view.h"
#include "ns3/l2tp-congestion-window.h"
#include "ns3/l2tp-header.h"
#include "ns3/l2tp-receive-queueing.h"
#include "ns3/l2tp-retransmission-policy.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/ptr.h"
#include "ns3/traced-value.h"

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace ns3
{

/// What is sent again once a message was not acknowledged in time. Unscoped, as EnumValue of
/// ns-3.40 and earlier needs it.
enum L2tpResend
{
    L2TP_RESEND_ALL,   //!< it and all behind it, as far as the windows allow
    L2TP_RESEND_FRONT, //!< the one at the front, again and again; the others stay out
    L2TP_RESEND_EACH,  //!< each by a timer of its own
};

/**
 * @ingroup l2tp
 *
 * @brief Who uses a control channel: it takes the messages, and sends the datagrams.
 */
class L2tpControlChannelUser
{
  public:
    virtual ~L2tpControlChannelUser() = default;

    /**
     * @brief Put a control message on the wire. It may get lost.
     * @param sessionId Session ID for the header
     * @param ns Ns for the header
     * @param nr Nr for the header
     * @param body what follows the header, empty for a ZLB
     * @param attempt 1 for the first transmission of a message, more for retransmissions
     */
    virtual void Transmit(uint16_t sessionId,
                          uint16_t ns,
                          uint16_t nr,
                          L2tpByteView body,
                          uint32_t attempt) = 0;

    /**
     * @brief Take a message that arrived, in order and once.
     * @param sessionId Session ID of its header
     * @param body what follows the header, never empty
     */
    virtual void Deliver(uint16_t sessionId, L2tpByteView body) = 0;

    /// The peer did not acknowledge a message in spite of all retransmissions.
    virtual void PeerIsDead() = 0;

    /// The final message is delivered, and the linger time is over: the state may go.
    virtual void Finished() = 0;
};

/**
 * @ingroup l2tp
 *
 * @brief Reliable delivery of control messages (RFC 2661, section 5.8 and Appendix A).
 *
 * Delivers messages in order and once, or says that the peer is dead. It knows sequence numbers
 * and windows, and nothing of what messages say. Invariants:
 *
 * - Messages wait in one queue in the order of their Ns. The first m_inFlight of them are out and
 *   unacknowledged; the window allows as many, and never more than the peer's window.
 * - After a time-out only the message at the front is out: the others, sent before, count as not
 *   yet sent again, and follow as the windows allow. (The congestion window of Appendix A is one
 *   then.) What the peer has kept of them is acknowledged with the front. Other habits are there by
 *   L2tpResend.
 * - One event serves all: retransmission, delayed acknowledgement, and linger.
 *
 * Nr is never kept with a message: each transmission carries the Nr of that moment.
 */
class L2tpControlChannel : public Object
{
  public:
    /// How the channel behaves; the endpoint's attributes of these names set it.
    struct Config
    {
        uint16_t receiveWindowSize{16};     //!< own Receive Window Size, messages, at least 1
        uint16_t peerWindow{0};             //!< taken for the peer's, whatever it says; 0: what it
                                            //!< says
        Time lingerTime{Seconds(0)};        //!< how long state is kept after the final message;
                                            //!< 0: the policy's full retransmission cycle
        uint32_t maxBacklog{16 << 20};      //!< octets of messages kept at most, both ways
        L2tpResend resend{L2TP_RESEND_ALL}; //!< what is sent again
    };

    /// What decides for the channel; each has policies of its own.
    struct Policies
    {
        Ptr<L2tpRetransmissionPolicy> retransmission;   //!< when to retransmit
        Ptr<L2tpCongestionWindow> congestion;           //!< how many messages may be out
        Ptr<L2tpAcknowledgementPolicy> acknowledgement; //!< when to send a ZLB
        Ptr<L2tpReceiveQueueing> queueing;              //!< whether to keep early messages
    };

    /// What is counted.
    struct Statistics
    {
        uint64_t sent{0};          //!< messages, each once
        uint64_t retransmitted{0}; //!< further transmissions of messages
        uint64_t zlbSent{0};       //!< ZLBs sent
        uint64_t received{0};      //!< messages delivered
        uint64_t zlbReceived{0};   //!< ZLBs received
        uint64_t duplicates{0};    //!< messages received again
    };

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpControlChannel();
    ~L2tpControlChannel() override;

    /**
     * @brief Join the channel to its user and its policies.
     * @param user outlives the channel, or disposes of it
     * @param config how to behave
     * @param policies what decides for it
     */
    void Setup(L2tpControlChannelUser* user, const Config& config, const Policies& policies);

    /**
     * @brief Start from other sequence numbers than 0, before anything is sent or received.
     * @param ns Ns of the first message to send
     * @param nr Ns of the first message expected
     */
    void SetInitialSequence(uint16_t ns, uint16_t nr);

    /**
     * @brief Learn the peer's Receive Window Size (section 4.4.3). It is of no consequence if the
     * configuration has another.
     * @param size messages; 0 is invalid and taken as 1
     */
    void SetPeerWindow(uint16_t size);

    /**
     * @brief Send a message, now or when the window allows.
     * @param sessionId Session ID for its header
     * @param body what follows the header, not empty
     * @return false if there is no room to keep it until it is acknowledged, so that it is not sent
     */
    bool Send(uint16_t sessionId, std::vector<uint8_t> body);

    /**
     * @brief Send the last message: messages not sent yet are dropped, and nothing is delivered
     * any more. There is always room for it. Once it is acknowledged the channel lingers and then
     * calls Finished().
     * @param sessionId Session ID for its header
     * @param body what follows the header, not empty
     */
    void SendFinal(uint16_t sessionId, std::vector<uint8_t> body);

    /**
     * @brief The peer has sent its last message: acknowledge it, drop what waits to be sent, keep
     * acknowledging for the linger time, then call Finished() (section 5.7).
     */
    void Linger();

    /// How long a message may take until it is acknowledged, or the peer is taken for dead. @return
    /// a full retransmission cycle, as the policy is now
    Time GetFullCycle() const;

    /**
     * @brief Tell what a control datagram is, without taking it.
     * @param header its header
     * @param body what follows the header, empty for a ZLB
     * @return what it is
     */
    L2tpReception Classify(const L2tpHeader& header, L2tpByteView body) const;

    /**
     * @brief Take a control datagram.
     * @param header its header
     * @param body what follows the header, empty for a ZLB
     * @param reception what Classify() has just said of it
     */
    void Receive(const L2tpHeader& header, L2tpByteView body, L2tpReception reception);

    /// What was counted. @return the counters
    const Statistics& GetStatistics() const;

    /// Ns of the next new message. @return the sequence number
    uint16_t GetNs() const;

    /// The Ns expected next. @return the sequence number
    uint16_t GetNr() const;

    /// Messages out and unacknowledged. @return the number
    uint16_t GetInFlight() const;

    /// Messages queued, those in flight included. @return the number
    std::size_t GetQueueLength() const;

    /// What is kept: messages queued, and those that came before their turn. @return the octets
    std::size_t GetBacklog() const;

  protected:
    void DoDispose() override;

  private:
    /// A message that is not yet acknowledged.
    struct Outgoing
    {
        uint16_t sessionId;        //!< for the header
        uint32_t attempts;         //!< how often it was sent
        Time sentAt;               //!< when it was sent last
        Time dueAt;                //!< when it is sent again, if each has its own timer
        std::vector<uint8_t> body; //!< what follows the header
    };

    /// A message that came before its turn.
    struct Early
    {
        uint16_t sessionId;        //!< of the header
        std::vector<uint8_t> body; //!< what follows the header
    };

    /// Where the channel is in its life.
    enum class Phase : uint8_t
    {
        OPEN,      //!< messages go both ways
        CLOSING,   //!< the final message is on its way
        LINGERING, //!< only acknowledges what the peer repeats
        DEAD,      //!< given up, finished or disposed
    };

    /// Forget all messages that came before their turn.
    void ForgetEarly();

    /**
     * @brief Whether another message may be kept.
     * @param size octets of its body
     * @return false if that would be more than the configuration allows
     */
    bool HasRoom(std::size_t size) const;

    /// Put a message at the end of the queue. @param sessionId for its header @param body it
    void Enqueue(uint16_t sessionId, std::vector<uint8_t> body);

    /**
     * @brief Take messages off the queue.
     * @param first the first to go
     * @param last the one behind the last to go
     */
    void Dequeue(std::size_t first, std::size_t last);

    /// Send what the window allows.
    void SendQueued();

    /// Whether a message waits that the windows allow. @return so the next of the queue goes
    bool MaySend() const;

    /**
     * @brief Send one message of the queue.
     * @param index which
     */
    void TransmitQueued(std::size_t index);

    /// Send a ZLB.
    void SendZlb();

    /// What was received is acknowledged by what goes out now.
    void ForgetAcknowledgement();

    /**
     * @brief Let a message wait for its acknowledgement, if it must be one by a ZLB.
     * @param at when the ZLB is due; the earliest time of all messages counts
     */
    void AwaitAcknowledgement(Time at);

    /**
     * @brief Take the acknowledgement of a datagram.
     * @param nr the Nr of its header, which acknowledges nothing that was never sent
     */
    void Acknowledge(uint16_t nr);

    /**
     * @brief Take a message that is in order, and the early ones that follow it.
     * @param sessionId of the header
     * @param body what follows the header
     */
    void DeliverInOrder(uint16_t sessionId, L2tpByteView body);

    /**
     * @brief Deliver one message, or only acknowledge it once the channel is closed.
     * @param sessionId of the header
     * @param body what follows the header
     */
    void DeliverNext(uint16_t sessionId, L2tpByteView body);

    /// Copy the window's state to the trace sources.
    void UpdateTraces();

    /// How often to retransmit before giving up. @return the policy's number, as things stand
    uint32_t GetMaxRetransmissions() const;

    /// When a message is to be retransmitted. @return the time, of use only if one is in flight
    Time GetRetransmissionTime() const;

    /// A message was not acknowledged in time.
    void Retransmit();

    /// Keep state for the linger time, only to acknowledge what the peer repeats.
    void StartLinger();

    /// Set the event to the earliest of the deadlines.
    void Rearm();

    /// The earliest deadline has come.
    void Expire();

    L2tpControlChannelUser* m_user{nullptr};   //!< takes and sends
    Ptr<L2tpRetransmissionPolicy> m_policy;    //!< when to retransmit
    Ptr<L2tpCongestionWindow> m_window;        //!< how many may be out
    Ptr<L2tpAcknowledgementPolicy> m_acks;     //!< when to send a ZLB
    Ptr<L2tpReceiveQueueing> m_queueing;       //!< whether to keep early messages
    Config m_config;                           //!< how to behave
    uint16_t m_peerWindow{4};                  //!< the peer's Receive Window Size
    Phase m_phase{Phase::OPEN};                //!< where in its life
    std::deque<Outgoing> m_queue;              //!< not yet acknowledged, in the order of Ns
    std::map<uint16_t, Early> m_early;         //!< came before their turn, by Ns
    std::size_t m_backlog{0};                  //!< octets of the bodies in m_queue and m_early
    uint16_t m_firstNs{0};                     //!< Ns of the front of the queue
    uint16_t m_everSent{0};                    //!< messages of the queue that were sent at all
    uint32_t m_expiries{0};                    //!< time-outs since something was acknowledged
    bool m_heard{false};                       //!< whether anything came from the peer
    bool m_ackPending{false};                  //!< whether a received message is to be acknowledged
    bool m_ackAtOnce{false};                   //!< whether that is due as soon as it is dealt with
    uint32_t m_ackWaiting{0};                  //!< messages since the last acknowledgement
    Time m_retransmitAt;                       //!< deadline, if m_inFlight
    std::set<std::pair<Time, uint16_t>> m_due; //!< deadlines by Ns, if each has its own
    Time m_ackAt;                              //!< deadline, if m_ackPending
    Time m_lingerUntil;                        //!< deadline, if LINGERING
    EventId m_event;                           //!< the earliest of the deadlines
    Time m_eventAt;                            //!< when m_event is due
    Statistics m_statistics;                   //!< what is counted
    TracedValue<uint16_t> m_inFlight{0};       //!< messages out and unacknowledged
    TracedValue<uint16_t> m_nr{0};             //!< the Ns expected next
    TracedValue<uint16_t> m_ns{0};             //!< Ns of the next new message
    TracedValue<uint16_t> m_congestionWindow{1};   //!< CWND
    TracedValue<uint16_t> m_slowStartThreshold{4}; //!< SSTHRESH
    TracedValue<Time> m_interval;                  //!< the current retransmission interval
};

} // namespace ns3

#endif /* L2TP_CONTROL_CHANNEL_H */
