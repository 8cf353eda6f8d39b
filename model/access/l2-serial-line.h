/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2_SERIAL_LINE_H
#define L2_SERIAL_LINE_H

#include "l2-line-signal.h"

#include "ns3/data-rate.h"
#include "ns3/error-model.h"
#include "ns3/event-id.h"
#include "ns3/l2-circuit.h"
#include "ns3/l2tp-avp-value.h"
#include "ns3/nstime.h"
#include "ns3/ppp-hdlc-framing.h"
#include "ns3/queue.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

class L2TelephoneNetwork;

/// Why a line dropped a frame, or the octets of one.
enum class L2LineDropReason : uint8_t
{
    NO_CALL,     //!< a frame to be sent while the line is not connected
    QUEUE_FULL,  //!< a frame to be sent while too many others wait
    HUNG_UP,     //!< the call ended before the frame was sent, or all of it had arrived
    BAD_FCS,     //!< the FCS is wrong (RFC 1662, section 3.1)
    TOO_SHORT,   //!< less than four octets (RFC 1662, section 4.3)
    ABORTED,     //!< ends with a Control Escape (RFC 1662, section 4.3)
    TOO_LONG,    //!< longer than the receive buffer
    BAD_OCTET,   //!< an octet without a stop bit (RFC 1662, section 4.3)
    NO_RECEIVER, //!< nobody is attached to the circuit
    COUNT        //!< how many reasons there are
};

/// How many reasons there are, as a size.
inline constexpr std::size_t L2_LINE_DROP_REASONS =
    static_cast<std::size_t>(L2LineDropReason::COUNT);

/**
 * @brief Name a reason.
 * @param reason the reason
 * @return words of lower-case letters, joined by hyphens
 */
const char* L2LineDropReasonName(L2LineDropReason reason);

/// What a line counts, over all of its calls.
struct L2LineStatistics
{
    uint64_t txFrames{0};                                 //!< frames sent
    uint64_t txOctets{0};                                 //!< octets sent, framing included
    uint64_t rxFrames{0};                                 //!< good frames delivered
    uint64_t rxOctets{0};                                 //!< octets received, framing included
    std::array<uint64_t, L2_LINE_DROP_REASONS> dropped{}; //!< by L2LineDropReason
};

/**
 * @ingroup l2tp
 *
 * @brief One end of a telephone call that carries PPP: a modem or terminal adapter with its serial
 * line. It is an L2 circuit, which is up while a call is connected.
 *
 * Frames are sent in HDLC-like framing (RFC 1662). On an asynchronous line each octet takes ten
 * bits (section 4.5.2), and the octets that pass are the very ones of section 4. On a synchronous
 * line frames have their FCS and take the time of one Flag Sequence, and no bits are stuffed.
 *
 * An end either dials, or is called: then it is told who calls whom, and answers or rejects the
 * call at once or later. All that is asked for here has its outcome later, as a callback.
 */
class L2SerialLine : public L2Circuit
{
  public:
    /// Told that the line is called: Answer() or Reject().
    using IncomingCallback = Callback<void, Ptr<L2SerialLine>, const L2CallNumbers&>;
    /// Told that a call is connected; the circuit is up.
    using ConnectedCallback = Callback<void, Ptr<L2SerialLine>>;
    /// Told that a call has ended or came to nothing, and why; the line is idle, and may dial.
    using EndedCallback = Callback<void, Ptr<L2SerialLine>, L2LineCause>;

    /// TracedCallback signature: the state before, and the one now.
    using StateTracedCallback = void (*)(L2LineState before, L2LineState now);
    /// TracedCallback signature: a call has ended or came to nothing.
    using EndedTracedCallback = void (*)(L2LineCause cause);
    /// TracedCallback signature: a frame from its PPP header on, or octets of the line.
    using FrameTracedCallback = void (*)(Ptr<const Packet> frame);
    /// TracedCallback signature: a frame to be sent, or octets received, and why it was dropped.
    using DropTracedCallback = void (*)(L2LineDropReason reason, Ptr<const Packet> what);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2SerialLine();
    ~L2SerialLine() override;

    /**
     * @brief Set who is told of calls to this line; null if nobody answers, or AutoAnswer does.
     * @param callback told of them, or null
     */
    void SetIncomingCallback(IncomingCallback callback);

    /**
     * @brief Set who is told what becomes of calls.
     * @param connected told of a call that is connected, or null
     * @param ended told of each call that ended or came to nothing, hung up by this end or not, or
     *        null
     */
    void SetCallCallbacks(ConnectedCallback connected, EndedCallback ended);

    /**
     * @brief Call a number.
     * @param number the number
     * @param subAddress additional dialling information
     * @return false if the line is not idle; otherwise one of the call callbacks tells the outcome
     */
    bool Dial(const std::string& number, const std::string& subAddress = "");

    /// Answer the call that the line rings for. Does nothing if it doesn't ring.
    void Answer();

    /**
     * @brief Do not take the call that the line rings for. Does nothing if it doesn't ring.
     * @param cause what the caller is told: BUSY or REJECTED
     */
    void Reject(L2LineCause cause = L2LineCause::REJECTED);

    /// End the call, whatever its state. Does nothing if there is none.
    void HangUp();

    /// Cut the line: carrier is lost at both ends, at the other one as soon as it can know.
    void Cut();

    /**
     * @brief Put the line into service or out of it; a call is cut then.
     * @param inService false if there is to be no dial tone
     */
    void SetInService(bool inService);

    /// Whether the line is in service. @return true if there is a dial tone
    bool IsInService() const;

    /**
     * @brief Set the ACCMs for the rest of the call; the next one begins with SendAccm and
     * ReceiveAccm. A synchronous line has none.
     * @param send octets to escape (RFC 1662, section 7.1)
     * @param receive octets to remove
     */
    void SetAccm(uint32_t send, uint32_t receive);

    /// The state. @return the state
    L2LineState GetState() const;

    /// The line's number. @return it, empty if the line isn't attached to a network
    const std::string& GetNumber() const;

    /// Who calls whom. @return the numbers of the present or the last call
    const L2CallNumbers& GetCallNumbers() const;

    /// The speed. @return what the present or last call runs at: the lower of both ends' BitRate
    DataRate GetCallBitRate() const;

    /// Whether the line is synchronous. @return true if it is
    bool IsSynchronous() const;

    /// Why the last call ended. @return the cause, NONE if none has
    L2LineCause GetLastCause() const;

    /**
     * @brief The errors since the call was established, as an LAC reports them to its LNS
     * (RFC 2661, section 4.4.6).
     *
     * CRC errors are wrong FCSs; framing errors are frames too short or aborted; hardware overruns
     * are frames longer than MaxFrame; buffer overruns are frames that found the queue full;
     * alignment errors are octets without a stop bit. Nothing here can time out.
     * @return the errors of the present or the last call
     */
    const L2tpCallErrors& GetCallErrors() const;

    /// What was counted. @return the counters
    const L2LineStatistics& GetStatistics() const;

    bool Send(Ptr<Packet> frame) override;

    /**
     * @brief Fix the stream of the random variable (which bit is damaged).
     * @param stream the first stream to use
     * @return how many streams are used
     */
    int64_t AssignStreams(int64_t stream);

    /// @name For the telephone network
    /// @{
    /**
     * @brief Attach the line.
     * @param network the network
     * @param index the line's index there
     * @param number the line's number
     */
    void SetNetwork(Ptr<L2TelephoneNetwork> network, uint32_t index, const std::string& number);
    /// Whether the line can be called. @return true if it is idle and in service
    bool IsFree() const;
    /**
     * @brief Whether the line has a call.
     * @param call which one
     * @return true if it has this one
     */
    bool HasCall(uint64_t call) const;
    /**
     * @brief Hear a signal.
     * @param signal the signal
     */
    void ReceiveSignal(L2LineSignal signal);
    /**
     * @brief Receive octets.
     * @param call the call that they belong to
     * @param octets the octets of one frame
     */
    void ReceiveOctets(uint64_t call, Ptr<Packet> octets);
    /// @}

  protected:
    void DoDispose() override;

  private:
    /// Change the state. @param state the new one
    void SetState(L2LineState state);
    /// Make a signal about the present call. @param kind what it tells @return the signal
    L2LineSignal MakeSignal(L2LineSignal::Kind kind) const;
    /**
     * @brief Agree upon how the call runs.
     * @param signal what the other end can do
     * @return false if the ends can't talk
     */
    bool Agree(const L2LineSignal& signal);
    /**
     * @brief Tell the other end that the call is over, and end it here.
     * @param there why, as the other end sees it
     * @param here why, as this end sees it
     */
    void Clear(L2LineCause there, L2LineCause here);
    /// End the call at this end. @param cause why
    void End(L2LineCause cause);
    /// Frames pass from now on.
    void Connected();
    /// Wait for the carrier.
    void Train();

    /// Send a frame on the line. @param frame the frame
    void Transmit(Ptr<Packet> frame);
    /// A frame was sent: send the next one.
    void TransmitNext();
    /**
     * @brief Put a frame into octets.
     * @param frame the frame
     * @param bits set to how many bits are sent
     * @return the octets
     */
    Ptr<Packet> Encode(Ptr<Packet> frame, uint64_t& bits);
    /**
     * @brief Damage a bit, if the error model wants that.
     * @param packet the packet received, for the error model
     * @param octets its octets
     * @return the index of the octet whose start or stop bit is gone, or a number too large
     */
    std::size_t Damage(Ptr<Packet> packet, std::vector<uint8_t>& octets);
    /// Receive a frame on a synchronous line. @param packet the packet @param octets its octets
    void ReceiveSynchronous(Ptr<Packet> packet, const std::vector<uint8_t>& octets);
    /// A good frame was received. @param frame the frame
    void Accept(Ptr<Packet> frame);
    /**
     * @brief Something else was received.
     * @param result what it is
     * @param packet the packet that it came in
     */
    void Refuse(PppHdlcResult result, Ptr<const Packet> packet);
    /**
     * @brief Count and trace a drop.
     * @param reason why
     * @param what what
     */
    void Drop(L2LineDropReason reason, Ptr<const Packet> what);

    DataRate m_bitRate;              //!< attribute BitRate
    bool m_synchronous;              //!< attribute Synchronous
    uint32_t m_maxFrame;             //!< attribute MaxFrame
    uint32_t m_sendAccm;             //!< attribute SendAccm
    uint32_t m_receiveAccm;          //!< attribute ReceiveAccm
    Time m_answerTimeout;            //!< attribute AnswerTimeout
    bool m_autoAnswer;               //!< attribute AutoAnswer
    Ptr<Queue<Packet>> m_queue;      //!< attribute TxQueue
    Ptr<ErrorModel> m_errorModel;    //!< attribute ReceiveErrorModel
    bool m_inService{true};          //!< attribute InService
    IncomingCallback m_onIncoming;   //!< told of calls to this line
    ConnectedCallback m_onConnected; //!< told of calls connected
    EndedCallback m_onEnded;         //!< told of calls ended

    Ptr<L2TelephoneNetwork> m_network;      //!< where the line is attached
    uint32_t m_index{0};                    //!< its index there
    std::string m_number;                   //!< its number there
    L2LineState m_state{L2LineState::IDLE}; //!< what it does
    uint64_t m_call{0};                     //!< the present call, 0 if there is none
    uint32_t m_dials{0};                    //!< calls made by this end
    uint32_t m_peer{0};                     //!< the other end's index, unless DIALLING
    Time m_dialled;                         //!< when this end dialled
    L2CallNumbers m_numbers;                //!< of the present or last call
    DataRate m_callBitRate;                 //!< of the present or last call
    bool m_agreed{true};                    //!< whether the ends can talk
    L2LineCause m_cause{L2LineCause::NONE}; //!< of the last call
    EventId m_timer;                        //!< what the state waits for

    PppHdlcEncoder m_encoder;            //!< of an asynchronous line
    PppHdlcDecoder m_decoder{0};         //!< of an asynchronous line
    std::vector<uint8_t> m_txFrame;      //!< octets of the frame to send
    std::vector<uint8_t> m_txOctets;     //!< the same, with flags and escapes
    EventId m_sending;                   //!< the end of the frame being sent
    Time m_lastSent{-1};                 //!< when the last frame of the call had been sent
    Ptr<UniformRandomVariable> m_random; //!< which bit is damaged
    L2tpCallErrors m_errors;             //!< of the present or last call
    L2LineStatistics m_statistics;       //!< of all calls

    TracedCallback<L2LineState, L2LineState> m_stateTrace;           //!< states
    TracedCallback<L2LineCause> m_endedTrace;                        //!< calls ended
    TracedCallback<Ptr<const Packet>> m_txTrace;                     //!< frames sent
    TracedCallback<Ptr<const Packet>> m_rxTrace;                     //!< frames received
    TracedCallback<Ptr<const Packet>> m_txOctetsTrace;               //!< octets sent
    TracedCallback<Ptr<const Packet>> m_rxOctetsTrace;               //!< octets received
    TracedCallback<L2LineDropReason, Ptr<const Packet>> m_dropTrace; //!< drops
};

} // namespace ns3

#endif /* L2_SERIAL_LINE_H */
