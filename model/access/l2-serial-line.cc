/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How calls are made, answered and ended. Frames are sent and received in l2-serial-line-frames.cc.

#include "l2-serial-line.h"

#include "l2-telephone-network.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/log.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2SerialLine");
NS_OBJECT_ENSURE_REGISTERED(L2SerialLine);

TypeId
L2SerialLine::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2SerialLine")
            .SetParent<L2Circuit>()
            .SetGroupName("L2tp")
            .AddConstructor<L2SerialLine>()
            .AddAttribute(
                "BitRate",
                "Bits a second that the line can carry each way. A call runs at the lower "
                "rate of its two ends.",
                DataRateValue(DataRate("56kbps")),
                MakeDataRateAccessor(&L2SerialLine::m_bitRate),
                MakeDataRateChecker())
            .AddAttribute("Synchronous",
                          "Whether the line is synchronous, as ISDN's, or asynchronous with start "
                          "and stop bits, as a modem's. Both ends must be the same.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2SerialLine::m_synchronous),
                          MakeBooleanChecker())
            .AddAttribute("MaxFrame",
                          "The receive buffer: octets of the longest frame from its PPP header on, "
                          "without the FCS. PPP must be able to receive 1500 octets beside the "
                          "header at any time (RFC 1661, section 6.1).",
                          UintegerValue(1600),
                          MakeUintegerAccessor(&L2SerialLine::m_maxFrame),
                          MakeUintegerChecker<uint32_t>(1504, 65535))
            .AddAttribute("SendAccm",
                          "The sending ACCM that a call begins with: bit n is set if octet n is "
                          "escaped (RFC 1662, section 7.1).",
                          UintegerValue(ppp_hdlc::DEFAULT_ACCM),
                          MakeUintegerAccessor(&L2SerialLine::m_sendAccm),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("ReceiveAccm",
                          "The receiving ACCM that a call begins with: bit n is set if octet n is "
                          "removed (RFC 1662, section 7.1).",
                          UintegerValue(ppp_hdlc::DEFAULT_ACCM),
                          MakeUintegerAccessor(&L2SerialLine::m_receiveAccm),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("AnswerTimeout",
                          "Time to wait for an answer after dialling.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&L2SerialLine::m_answerTimeout),
                          MakeTimeChecker(MicroSeconds(1)))
            .AddAttribute("AutoAnswer",
                          "Whether calls are answered at once, if nobody is told of them.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2SerialLine::m_autoAnswer),
                          MakeBooleanChecker())
            .AddAttribute(
                "InService",
                "Whether there is a dial tone. Taking the line out of service cuts a "
                "call.",
                BooleanValue(true),
                MakeBooleanAccessor(&L2SerialLine::SetInService, &L2SerialLine::IsInService),
                MakeBooleanChecker())
            .AddAttribute("TxQueue",
                          "The frames that wait to be sent.",
                          StringValue("ns3::DropTailQueue<Packet>"),
                          MakePointerAccessor(&L2SerialLine::m_queue),
                          MakePointerChecker<Queue<Packet>>())
            .AddAttribute("ReceiveErrorModel",
                          "Tells which bursts of octets arrive with a bit that was damaged; null "
                          "damages none.",
                          PointerValue(),
                          MakePointerAccessor(&L2SerialLine::m_errorModel),
                          MakePointerChecker<ErrorModel>())
            .AddTraceSource("State",
                            "What the line does has changed",
                            MakeTraceSourceAccessor(&L2SerialLine::m_stateTrace),
                            "ns3::L2SerialLine::StateTracedCallback")
            .AddTraceSource("Ended",
                            "A call has ended or came to nothing, with the cause",
                            MakeTraceSourceAccessor(&L2SerialLine::m_endedTrace),
                            "ns3::L2SerialLine::EndedTracedCallback")
            .AddTraceSource("Tx",
                            "A frame begins to be sent; it begins with its PPP header",
                            MakeTraceSourceAccessor(&L2SerialLine::m_txTrace),
                            "ns3::L2SerialLine::FrameTracedCallback")
            .AddTraceSource("Rx",
                            "A good frame was received; it begins with its PPP header",
                            MakeTraceSourceAccessor(&L2SerialLine::m_rxTrace),
                            "ns3::L2SerialLine::FrameTracedCallback")
            .AddTraceSource("TxOctets",
                            "The octets of a frame as they are sent: with flags and escapes if the "
                            "line is asynchronous, with the FCS",
                            MakeTraceSourceAccessor(&L2SerialLine::m_txOctetsTrace),
                            "ns3::L2SerialLine::FrameTracedCallback")
            .AddTraceSource("RxOctets",
                            "The octets of a frame as the other end sent them",
                            MakeTraceSourceAccessor(&L2SerialLine::m_rxOctetsTrace),
                            "ns3::L2SerialLine::FrameTracedCallback")
            .AddTraceSource("Drop",
                            "A frame, or the octets of one, is dropped, with the reason",
                            MakeTraceSourceAccessor(&L2SerialLine::m_dropTrace),
                            "ns3::L2SerialLine::DropTracedCallback");
    return tid;
}

L2SerialLine::L2SerialLine()
    : m_random(CreateObject<UniformRandomVariable>())
{
}

L2SerialLine::~L2SerialLine() = default;

void
L2SerialLine::DoDispose()
{
    m_timer.Cancel();
    m_sending.Cancel();
    m_onIncoming = IncomingCallback();
    m_onConnected = ConnectedCallback();
    m_onEnded = EndedCallback();
    m_network = nullptr;
    m_call = 0;
    m_state = L2LineState::IDLE;
    m_inService = false;
    m_errorModel = nullptr;
    L2Circuit::DoDispose();
}

void
L2SerialLine::SetNetwork(Ptr<L2TelephoneNetwork> network, uint32_t index, const std::string& number)
{
    NS_ABORT_MSG_IF(m_network, "ns3::L2SerialLine: line " << m_number << " is attached already");
    m_network = network;
    m_index = index;
    m_number = number;
}

void
L2SerialLine::SetIncomingCallback(IncomingCallback callback)
{
    m_onIncoming = callback;
}

void
L2SerialLine::SetCallCallbacks(ConnectedCallback connected, EndedCallback ended)
{
    m_onConnected = connected;
    m_onEnded = ended;
}

void
L2SerialLine::SetState(L2LineState state)
{
    const auto before = m_state;
    m_state = state;
    NS_LOG_INFO("line " << m_number << ": " << L2LineStateName(before) << " -> "
                        << L2LineStateName(state));
    m_stateTrace(before, state);
}

L2LineSignal
L2SerialLine::MakeSignal(L2LineSignal::Kind kind) const
{
    L2LineSignal signal;
    signal.kind = kind;
    signal.call = m_call;
    signal.from = m_index;
    signal.numbers = m_numbers;
    signal.bitRate = m_bitRate;
    signal.synchronous = m_synchronous;
    return signal;
}

bool
L2SerialLine::Dial(const std::string& number, const std::string& subAddress)
{
    NS_ABORT_MSG_IF(!m_network,
                    "ns3::L2SerialLine: there is no network to dial through: attach the line's "
                    "device by L2TelephoneNetwork::Attach()");
    if (m_state != L2LineState::IDLE)
    {
        return false;
    }
    m_call = static_cast<uint64_t>(m_index) << 32 | ++m_dials;
    m_numbers = {m_number, number, subAddress};
    m_dialled = Simulator::Now();
    if (m_inService)
    {
        m_timer = Simulator::Schedule(m_answerTimeout,
                                      &L2SerialLine::Clear,
                                      this,
                                      L2LineCause::REMOTE_HANG_UP,
                                      L2LineCause::NO_ANSWER);
        m_network->Call(MakeSignal(L2LineSignal::Kind::SETUP));
    }
    else
    {
        m_timer = Simulator::ScheduleNow(&L2SerialLine::End, this, L2LineCause::NO_DIAL_TONE);
    }
    SetState(L2LineState::DIALLING);
    return true;
}

void
L2SerialLine::ReceiveSignal(L2LineSignal signal)
{
    const Ptr<L2SerialLine> alive(this);
    if (signal.kind == L2LineSignal::Kind::SETUP && IsFree())
    {
        m_call = signal.call;
        m_peer = signal.from;
        m_numbers = signal.numbers;
        m_agreed = Agree(signal);
        SetState(L2LineState::RINGING);
        if (m_state != L2LineState::RINGING)
        {
            return; // a listener has decided
        }
        const auto onIncoming = m_onIncoming;
        if (!onIncoming.IsNull())
        {
            onIncoming(this, signal.numbers);
        }
        else if (m_autoAnswer)
        {
            Answer();
        }
    }
    else if (!HasCall(signal.call))
    {
        NS_LOG_LOGIC("a signal about a call that is over");
    }
    else if (signal.kind == L2LineSignal::Kind::RELEASE)
    {
        End(signal.cause);
    }
    else if (signal.kind == L2LineSignal::Kind::CONNECT && m_state == L2LineState::DIALLING)
    {
        m_timer.Cancel();
        m_peer = signal.from;
        m_agreed = Agree(signal);
        Train();
    }
}

bool
L2SerialLine::Agree(const L2LineSignal& signal)
{
    m_callBitRate = std::min(m_bitRate, signal.bitRate);
    NS_ABORT_MSG_IF(m_callBitRate.GetBitRate() == 0,
                    "ns3::L2SerialLine: attribute BitRate of line "
                        << m_numbers.calling << " or " << m_numbers.called
                        << " is 0: set it to what the line can carry");
    return m_synchronous == signal.synchronous;
}

void
L2SerialLine::Answer()
{
    if (m_state == L2LineState::RINGING)
    {
        m_network->Signal(m_peer, MakeSignal(L2LineSignal::Kind::CONNECT));
        Train();
    }
}

void
L2SerialLine::Train()
{
    // Ends that can't talk only find that out when they have tried.
    if (m_agreed)
    {
        m_timer = Simulator::Schedule(m_network->GetTrainingTime(), &L2SerialLine::Connected, this);
    }
    else
    {
        m_timer = Simulator::Schedule(m_network->GetTrainingTime(),
                                      &L2SerialLine::Clear,
                                      this,
                                      L2LineCause::NO_CARRIER,
                                      L2LineCause::NO_CARRIER);
    }
    SetState(L2LineState::CONNECTING);
}

void
L2SerialLine::Connected()
{
    const Ptr<L2SerialLine> alive(this);
    const auto call = m_call;
    m_errors = L2tpCallErrors();
    m_encoder.SetAccm(m_sendAccm);
    m_decoder = PppHdlcDecoder(m_maxFrame);
    m_decoder.SetAccm(m_receiveAccm);
    m_lastSent = Seconds(-1);
    SetState(L2LineState::CONNECTED);
    if (m_call == call)
    {
        SetUp(true);
    }
    const auto onConnected = m_onConnected;
    if (m_call == call && !onConnected.IsNull())
    {
        onConnected(this);
    }
}

void
L2SerialLine::Reject(L2LineCause cause)
{
    if (m_state == L2LineState::RINGING)
    {
        Clear(cause, L2LineCause::LOCAL_HANG_UP);
    }
}

void
L2SerialLine::HangUp()
{
    Clear(m_state == L2LineState::RINGING ? L2LineCause::REJECTED : L2LineCause::REMOTE_HANG_UP,
          L2LineCause::LOCAL_HANG_UP);
}

void
L2SerialLine::Cut()
{
    Clear(L2LineCause::LOSS_OF_CARRIER, L2LineCause::LOSS_OF_CARRIER);
}

void
L2SerialLine::SetInService(bool inService)
{
    m_inService = inService;
    if (!inService)
    {
        Cut();
    }
}

bool
L2SerialLine::IsInService() const
{
    return m_inService;
}

void
L2SerialLine::Clear(L2LineCause there, L2LineCause here)
{
    if (m_state == L2LineState::IDLE)
    {
        return;
    }
    auto release = MakeSignal(L2LineSignal::Kind::RELEASE);
    release.cause = there;
    if (m_state == L2LineState::DIALLING)
    {
        m_network->GiveUp(release, m_dialled);
    }
    else
    {
        m_network->Signal(m_peer, release);
    }
    End(here);
}

void
L2SerialLine::End(L2LineCause cause)
{
    const Ptr<L2SerialLine> alive(this);
    m_timer.Cancel();
    m_sending.Cancel();
    m_call = 0;
    m_cause = cause;
    SetState(L2LineState::IDLE);
    SetUp(false);
    while (const auto frame = m_queue->Dequeue())
    {
        Drop(L2LineDropReason::HUNG_UP, frame);
    }
    m_endedTrace(cause);
    const auto onEnded = m_onEnded;
    if (!onEnded.IsNull())
    {
        onEnded(this, cause);
    }
}

void
L2SerialLine::SetAccm(uint32_t send, uint32_t receive)
{
    m_encoder.SetAccm(send);
    m_decoder.SetAccm(receive);
}

L2LineState
L2SerialLine::GetState() const
{
    return m_state;
}

bool
L2SerialLine::IsFree() const
{
    return m_state == L2LineState::IDLE && m_inService;
}

bool
L2SerialLine::HasCall(uint64_t call) const
{
    return m_state != L2LineState::IDLE && m_call == call;
}

const std::string&
L2SerialLine::GetNumber() const
{
    return m_number;
}

const L2CallNumbers&
L2SerialLine::GetCallNumbers() const
{
    return m_numbers;
}

DataRate
L2SerialLine::GetCallBitRate() const
{
    return m_callBitRate;
}

bool
L2SerialLine::IsSynchronous() const
{
    return m_synchronous;
}

L2LineCause
L2SerialLine::GetLastCause() const
{
    return m_cause;
}

const L2tpCallErrors&
L2SerialLine::GetCallErrors() const
{
    return m_errors;
}

const L2LineStatistics&
L2SerialLine::GetStatistics() const
{
    return m_statistics;
}

int64_t
L2SerialLine::AssignStreams(int64_t stream)
{
    m_random->SetStream(stream);
    return 1;
}

} // namespace ns3
