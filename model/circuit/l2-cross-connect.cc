/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2-cross-connect.h"

#include "ns3/abort.h"
#include "ns3/trace-source-accessor.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2CrossConnect);

namespace
{

/// The side that a frame from this side goes to.
L2CrossConnect::Side
Opposite(L2CrossConnect::Side side)
{
    return side == L2CrossConnect::Side::FIRST ? L2CrossConnect::Side::SECOND
                                               : L2CrossConnect::Side::FIRST;
}

} // namespace

TypeId
L2CrossConnect::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2CrossConnect")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<L2CrossConnect>()
            .AddTraceSource("Status",
                            "Frames pass, or pass no more",
                            MakeTraceSourceAccessor(&L2CrossConnect::m_statusTrace),
                            "ns3::L2CrossConnect::StatusTracedCallback")
            .AddTraceSource("Forward",
                            "A frame is passed on; it begins with its layer-2 header",
                            MakeTraceSourceAccessor(&L2CrossConnect::m_forwardTrace),
                            "ns3::L2CrossConnect::FrameTracedCallback")
            .AddTraceSource("Drop",
                            "The other circuit did not take a frame; it says why in its own trace",
                            MakeTraceSourceAccessor(&L2CrossConnect::m_dropTrace),
                            "ns3::L2CrossConnect::FrameTracedCallback");
    return tid;
}

L2CrossConnect::L2CrossConnect() = default;
L2CrossConnect::~L2CrossConnect() = default;

void
L2CrossConnect::DoDispose()
{
    Disconnect();
    m_onUp = UpCallback();
    m_onDown = DownCallback();
    Object::DoDispose();
}

void
L2CrossConnect::SetCallbacks(UpCallback up, DownCallback down)
{
    m_onUp = up;
    m_onDown = down;
}

void
L2CrossConnect::Connect(Ptr<L2Circuit> first, Ptr<L2Circuit> second)
{
    NS_ABORT_MSG_IF(
        !first || !second || first == second,
        "ns3::L2CrossConnect: Connect() takes two circuits, and not the same one twice");
    Disconnect();
    const Ptr<L2CrossConnect> alive(this);
    At(Side::FIRST).circuit = first;
    At(Side::SECOND).circuit = second;
    first->Attach(MakeCallback(&L2CrossConnect::ForwardFirst, this),
                  MakeCallback(&L2CrossConnect::FirstChanged, this));
    // A circuit that is up already says so now; both do before anybody is told.
    second->Attach(MakeCallback(&L2CrossConnect::ForwardSecond, this),
                   MakeCallback(&L2CrossConnect::SecondChanged, this));
}

void
L2CrossConnect::Disconnect()
{
    const bool wasUp = IsUp();
    for (auto& end : m_ends)
    {
        if (end.circuit)
        {
            end.circuit->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
        }
        end.circuit = nullptr;
        end.up = false;
    }
    if (wasUp)
    {
        m_statusTrace(false);
    }
}

bool
L2CrossConnect::IsUp() const
{
    return m_ends[0].up && m_ends[1].up;
}

Ptr<L2Circuit>
L2CrossConnect::GetCircuit(Side side) const
{
    return m_ends[static_cast<std::size_t>(side)].circuit;
}

const L2CrossConnect::Statistics&
L2CrossConnect::GetStatistics(Side from) const
{
    return m_ends[static_cast<std::size_t>(from)].statistics;
}

L2CrossConnect::End&
L2CrossConnect::At(Side side)
{
    return m_ends[static_cast<std::size_t>(side)];
}

void
L2CrossConnect::Forward(Side from, Ptr<Packet> frame)
{
    // Whoever is told may disconnect, and let go of this.
    const Ptr<L2CrossConnect> alive(this);
    m_forwardTrace(from, frame);
    const uint32_t size = frame->GetSize();
    const Ptr<L2Circuit> to = At(Opposite(from)).circuit;
    auto& statistics = At(from).statistics;
    if (to && to->Send(frame))
    {
        ++statistics.frames;
        statistics.octets += size;
        return;
    }
    ++statistics.dropped;
    m_dropTrace(from, frame);
}

void
L2CrossConnect::ForwardFirst(Ptr<Packet> frame)
{
    Forward(Side::FIRST, frame);
}

void
L2CrossConnect::ForwardSecond(Ptr<Packet> frame)
{
    Forward(Side::SECOND, frame);
}

void
L2CrossConnect::Changed(Side side, bool up)
{
    const Ptr<L2CrossConnect> alive(this);
    const bool wasUp = IsUp();
    At(side).up = up;
    if (IsUp() == wasUp)
    {
        return;
    }
    m_statusTrace(up);
    // Copies, since whoever is called may dispose of this. If a listener to the trace has
    // disconnected, there is nothing to tell.
    const auto onUp = m_onUp;
    const auto onDown = m_onDown;
    if (!At(side).circuit)
    {
        return;
    }
    if (up && !onUp.IsNull())
    {
        onUp();
    }
    else if (!up && !onDown.IsNull())
    {
        onDown(side);
    }
}

void
L2CrossConnect::FirstChanged(bool up)
{
    Changed(Side::FIRST, up);
}

void
L2CrossConnect::SecondChanged(bool up)
{
    Changed(Side::SECOND, up);
}

} // namespace ns3
