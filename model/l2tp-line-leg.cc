/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-line-leg.h"

#include "ns3/simulator.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpLineLeg);

TypeId
L2tpLineLeg::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpLineLeg").SetParent<L2tpAccessLeg>().SetGroupName("L2tp");
    return tid;
}

L2tpLineLeg::L2tpLineLeg(Ptr<L2SerialLine> line, std::optional<uint32_t> physicalChannelId)
    : m_line(line),
      m_physicalChannelId(physicalChannelId),
      m_told(line->GetCallErrors())
{
    m_line->TraceConnectWithoutContext("Drop", MakeCallback(&L2tpLineLeg::Dropped, this));
}

L2tpLineLeg::~L2tpLineLeg()
{
    Unhook();
}

void
L2tpLineLeg::DoDispose()
{
    Unhook();
    L2tpAccessLeg::DoDispose();
}

void
L2tpLineLeg::Unhook()
{
    m_telling.Cancel();
    m_line->TraceDisconnectWithoutContext("Drop", MakeCallback(&L2tpLineLeg::Dropped, this));
}

Ptr<L2SerialLine>
L2tpLineLeg::GetLine() const
{
    return m_line;
}

Ptr<L2Circuit>
L2tpLineLeg::GetCircuit() const
{
    return m_line;
}

L2tpCallParameters
L2tpLineLeg::DescribeCircuit() const
{
    const bool synchronous = m_line->IsSynchronous();
    const L2CallNumbers& numbers = m_line->GetCallNumbers();
    L2tpCallParameters parameters;
    parameters.txConnectSpeed = static_cast<uint32_t>(m_line->GetCallBitRate().GetBitRate());
    parameters.framingType = synchronous ? L2tpFraming::SYNCHRONOUS : L2tpFraming::ASYNCHRONOUS;
    parameters.bearerType = synchronous ? L2tpBearer::DIGITAL : L2tpBearer::ANALOG;
    parameters.callingNumber = numbers.calling;
    parameters.calledNumber = numbers.called;
    parameters.subAddress = numbers.subAddress;
    parameters.physicalChannelId = m_physicalChannelId;
    return parameters;
}

void
L2tpLineLeg::TellLinkInfo(const L2tpAccm& accm)
{
    m_line->SetAccm(accm.send, accm.receive);
}

L2tpResultCode
L2tpLineLeg::ResultOf(L2LineCause cause)
{
    return L2tpResultCode::Of(cause == L2LineCause::LOCAL_HANG_UP
                                  ? L2tpCallResult::ADMINISTRATIVE
                                  : L2tpCallResult::LOSS_OF_CARRIER);
}

void
L2tpLineLeg::HangUp()
{
    m_line->HangUp();
}

void
L2tpLineLeg::Ended(L2LineCause cause)
{
    End({ResultOf(cause), {}});
}

void
L2tpLineLeg::Dropped(L2LineDropReason /* reason */, Ptr<const Packet> /* what */)
{
    // Not all that is dropped is an error of the line. It isn't told now, since who is told may
    // take this leg out of the trace that is just being walked through.
    if (!HasEnded() && !m_telling.IsRunning() && !(m_line->GetCallErrors() == m_told))
    {
        m_telling = Simulator::ScheduleNow(&L2tpLineLeg::TellNewErrors, this);
    }
}

void
L2tpLineLeg::TellNewErrors()
{
    if (!HasEnded())
    {
        m_told = m_line->GetCallErrors();
        ErrorsTold(m_told);
    }
}

} // namespace ns3
