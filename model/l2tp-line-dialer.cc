/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-line-dialer.h"

#include "ns3/abort.h"
#include "ns3/data-rate.h"
#include "ns3/log.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpLineDialer");
NS_OBJECT_ENSURE_REGISTERED(L2tpLineDialer);

TypeId
L2tpLineDialer::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpLineDialer")
            .SetParent<L2tpDialer>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpLineDialer>()
            .AddTraceSource("Dialled",
                            "A line dials for a call",
                            MakeTraceSourceAccessor(&L2tpLineDialer::m_dialledTrace),
                            "ns3::L2tpLineDialer::LineTracedCallback")
            .AddTraceSource("Joined",
                            "A line was joined with its call: frames pass",
                            MakeTraceSourceAccessor(&L2tpLineDialer::m_joinedTrace),
                            "ns3::L2tpLineDialer::LineTracedCallback")
            .AddTraceSource("Failed",
                            "A line got no connection, with the cause",
                            MakeTraceSourceAccessor(&L2tpLineDialer::m_failedTrace),
                            "ns3::L2tpLineDialer::FailedTracedCallback");
    return tid;
}

L2tpLineDialer::L2tpLineDialer() = default;
L2tpLineDialer::~L2tpLineDialer() = default;

void
L2tpLineDialer::DoDispose()
{
    for (const Port& port : m_ports)
    {
        port.line->SetIncomingCallback(L2SerialLine::IncomingCallback());
        port.line->SetCallCallbacks(L2SerialLine::ConnectedCallback(),
                                    L2SerialLine::EndedCallback());
        if (port.join)
        {
            port.join->Dispose();
        }
    }
    m_ports.clear();
    m_byCall.clear();
    m_byLine.clear();
    L2tpDialer::DoDispose();
}

void
L2tpLineDialer::AddLine(Ptr<L2SerialLine> line)
{
    NS_ABORT_MSG_IF(!line,
                    "L2tpLineDialer::AddLine() was given no line: give it that of an "
                    "L2SerialNetDevice of the LAC's node");
    NS_ABORT_MSG_IF(!m_byLine.emplace(PeekPointer(line), m_ports.size()).second,
                    "L2tpLineDialer::AddLine() was given line " << line->GetNumber()
                                                                << " twice: give it once");
    m_ports.push_back({line, nullptr, nullptr, nullptr, nullptr, nullptr});
    line->SetIncomingCallback(MakeCallback(&L2tpLineDialer::Incoming, this));
    line->SetCallCallbacks(MakeCallback(&L2tpLineDialer::Connected, this),
                           MakeCallback(&L2tpLineDialer::LineEnded, this));
}

std::size_t
L2tpLineDialer::GetNLines() const
{
    return m_ports.size();
}

std::size_t
L2tpLineDialer::GetNIdle() const
{
    return m_ports.size() - m_byCall.size();
}

L2tpResultCode
L2tpLineDialer::ResultOf(L2LineCause cause)
{
    switch (cause)
    {
    case L2LineCause::NO_SUCH_NUMBER:
        return L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION);
    case L2LineCause::BUSY:
        return L2tpResultCode::Of(L2tpCallResult::BUSY);
    case L2LineCause::NO_DIAL_TONE:
        return L2tpResultCode::Of(L2tpCallResult::NO_DIAL_TONE);
    case L2LineCause::NO_ANSWER:
        return L2tpResultCode::Of(L2tpCallResult::NOT_IN_TIME);
    case L2LineCause::LOCAL_HANG_UP:
    case L2LineCause::REJECTED:
        return L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE);
    case L2LineCause::NONE:
    case L2LineCause::REMOTE_HANG_UP: // it answered, and has hung up before there was a carrier
    case L2LineCause::LOSS_OF_CARRIER:
    case L2LineCause::NO_CARRIER:
        break;
    }
    return L2tpResultCode::Of(L2tpCallResult::NO_CARRIER);
}

uint32_t
L2tpLineDialer::BearerOf(const L2SerialLine& line)
{
    // Section 7.4: modems "indicate analog call type".
    return line.IsSynchronous() ? L2tpBearer::DIGITAL : L2tpBearer::ANALOG;
}

uint32_t
L2tpLineDialer::FramingOf(const L2SerialLine& line)
{
    return line.IsSynchronous() ? L2tpFraming::SYNCHRONOUS : L2tpFraming::ASYNCHRONOUS;
}

uint32_t
L2tpLineDialer::GetBearerCapabilities() const
{
    uint32_t bearers = 0;
    for (const Port& port : m_ports)
    {
        bearers |= BearerOf(*port.line);
    }
    return bearers;
}

bool
L2tpLineDialer::Fits(const L2SerialLine& line, const L2tpCallParameters& parameters)
{
    DataRateValue bitRate;
    line.GetAttribute("BitRate", bitRate);
    return (parameters.bearerType == 0 || (parameters.bearerType & BearerOf(line))) &&
           (parameters.framingType == 0 || (parameters.framingType & FramingOf(line))) &&
           bitRate.Get().GetBitRate() >= parameters.minimumBps;
}

std::optional<std::size_t>
L2tpLineDialer::FindIdle(const L2tpCallParameters& parameters) const
{
    for (std::size_t i = 0; i < m_ports.size(); ++i)
    {
        const std::size_t index = (m_turn + i) % m_ports.size();
        const Port& port = m_ports[index];
        // One out of service looks like any other until its dial tone is missed.
        if (!port.owner && port.line->GetState() == L2LineState::IDLE &&
            Fits(*port.line, parameters))
        {
            return index;
        }
    }
    return std::nullopt;
}

std::optional<L2tpResultCode>
L2tpLineDialer::Judge(const L2tpCallParameters& parameters) const
{
    if (FindIdle(parameters))
    {
        return std::nullopt;
    }
    const bool isThereAny =
        std::any_of(m_ports.begin(), m_ports.end(), [&parameters](const Port& port) {
            return Fits(*port.line, parameters);
        });
    return isThereAny
               ? L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY, "all lines are taken")
               : L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT,
                                    "no line has that bearer, framing and speed");
}

std::optional<uint32_t>
L2tpLineDialer::Reserve(Ptr<const L2tpCall> call)
{
    const auto index = FindIdle(call->GetParameters());
    if (!index)
    {
        return std::nullopt;
    }
    m_turn = *index + 1;
    m_ports[*index].owner = PeekPointer(call);
    m_byCall[PeekPointer(call)] = *index;
    return static_cast<uint32_t>(*index + 1);
}

L2tpLineDialer::Port*
L2tpLineDialer::PortOf(Ptr<const L2tpCall> call)
{
    const auto found = m_byCall.find(PeekPointer(call));
    return found == m_byCall.end() ? nullptr : &m_ports[found->second];
}

void
L2tpLineDialer::Dial(Ptr<L2tpCall> call)
{
    Port* port = PortOf(call);
    const L2tpCallParameters& wanted = call->GetParameters();
    if (!port || !port->line->Dial(wanted.calledNumber, wanted.subAddress))
    {
        call->BearerFailed(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY));
        return;
    }
    NS_LOG_INFO("line " << port->line->GetNumber() << " dials " << wanted.calledNumber);
    port->call = call;
    m_dialledTrace(call, port->line);
}

void
L2tpLineDialer::Incoming(Ptr<L2SerialLine> line, const L2CallNumbers& /* numbers */)
{
    line->Reject();
}

void
L2tpLineDialer::Connected(Ptr<L2SerialLine> line)
{
    const Ptr<L2tpCall> call = m_ports[m_byLine.at(PeekPointer(line))].call;
    if (!call)
    {
        return; // somebody else has dialled
    }
    // What the LNS asked for: the call has it in its parameters until it is told of the answer. The
    // line may have fallen back to another framing since it was chosen.
    const uint32_t wanted = call->GetParameters().framingType;
    if (wanted != 0 && !(wanted & FramingOf(*line)))
    {
        call->BearerFailed(L2tpResultCode::Of(L2tpCallResult::NO_FRAMING));
        return;
    }
    L2tpBearerLine answered;
    answered.txConnectSpeed = static_cast<uint32_t>(line->GetCallBitRate().GetBitRate());
    answered.framingType = FramingOf(*line);
    call->BearerAnswered(answered);
}

void
L2tpLineDialer::Connect(Ptr<L2tpCall> call)
{
    Port* port = PortOf(call);
    if (!port || !port->line->IsUp())
    {
        // Whoever heard of the OCCN has cut it.
        call->Close(L2tpResultCode::Of(L2tpCallResult::LOSS_OF_CARRIER));
        return;
    }
    port->callLeg = CreateObject<L2tpCallLeg>(call);
    port->lineLeg = CreateObject<L2tpLineLeg>(port->line, call->GetParameters().physicalChannelId);
    port->join = CreateObject<L2tpLegJoin>();
    port->join->Join(port->callLeg, port->lineLeg, L2tpLegJoin::EndedCallback());
    m_joinedTrace(call, port->line);
}

void
L2tpLineDialer::LineEnded(Ptr<L2SerialLine> line, L2LineCause cause)
{
    // Copies: the call gives the line back when it is cleared.
    const Port port = m_ports[m_byLine.at(PeekPointer(line))];
    if (port.lineLeg)
    {
        port.lineLeg->Ended(cause);
    }
    else if (port.call)
    {
        NS_LOG_INFO("line " << line->GetNumber() << ": " << L2LineCauseName(cause));
        m_failedTrace(port.call, cause);
        port.call->BearerFailed(ResultOf(cause));
    }
}

void
L2tpLineDialer::Release(Ptr<L2tpCall> call)
{
    const auto found = m_byCall.find(PeekPointer(call));
    if (found == m_byCall.end())
    {
        return; // there was no line for it
    }
    const Port port = m_ports[found->second];
    m_ports[found->second] = {port.line, nullptr, nullptr, nullptr, nullptr, nullptr};
    m_byCall.erase(found);
    if (port.callLeg)
    {
        port.callLeg->Cleared(); // hangs up, by the join
    }
    port.line->HangUp(); // if it was still dialling
}

} // namespace ns3
