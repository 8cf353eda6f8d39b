/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-on-demand-net-device.h"

#include "ns3/ipv4-l3-protocol.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppOnDemandNetDevice);

const char*
PppWaitDropReasonName(PppWaitDropReason reason)
{
    switch (reason)
    {
    case PppWaitDropReason::UNWANTED:
        return "unwanted";
    case PppWaitDropReason::QUEUE_FULL:
        return "queue-full";
    case PppWaitDropReason::NO_LINK:
        return "no-link";
    case PppWaitDropReason::COUNT:
        break;
    }
    return "unknown";
}

TypeId
PppOnDemandNetDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppOnDemandNetDevice")
            .SetParent<PppNetDevice>()
            .SetGroupName("L2tp")
            .AddConstructor<PppOnDemandNetDevice>()
            .AddAttribute("WaitQueue",
                          "The packets that wait for the link. Its MaxSize bounds them.",
                          StringValue("ns3::DropTailQueue<Packet>[MaxSize=32p]"),
                          MakePointerAccessor(&PppOnDemandNetDevice::m_waiting),
                          MakePointerChecker<Queue<Packet>>())
            .AddTraceSource("Wait",
                            "A packet waits for the link.",
                            MakeTraceSourceAccessor(&PppOnDemandNetDevice::m_waitTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("WaitDrop",
                            "A packet was dropped before there was a link, and why.",
                            MakeTraceSourceAccessor(&PppOnDemandNetDevice::m_waitDropTrace),
                            "ns3::PppOnDemandNetDevice::WaitDropTracedCallback");
    return tid;
}

PppOnDemandNetDevice::PppOnDemandNetDevice() = default;
PppOnDemandNetDevice::~PppOnDemandNetDevice() = default;

void
PppOnDemandNetDevice::DoDispose()
{
    m_onWanted = WantedCallback();
    m_waiting = nullptr;
    PppNetDevice::DoDispose();
}

void
PppOnDemandNetDevice::SetWantedCallback(WantedCallback callback)
{
    m_onWanted = callback;
}

bool
PppOnDemandNetDevice::Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber)
{
    const bool up = GetLink()->IsNetworkUp();
    // Behind those that wait: they are being sent, if the network layer is up.
    if (protocolNumber != Ipv4L3Protocol::PROT_NUMBER || (up && m_waiting->GetNPackets() == 0))
    {
        return PppNetDevice::Send(packet, dest, protocolNumber);
    }
    if (!up && (m_onWanted.IsNull() || !m_onWanted()))
    {
        DropWaiting(PppWaitDropReason::UNWANTED, packet);
        return false;
    }
    if (!m_waiting->Enqueue(packet))
    {
        DropWaiting(PppWaitDropReason::QUEUE_FULL, packet);
        return false;
    }
    m_waitTrace(packet);
    return true;
}

void
PppOnDemandNetDevice::SendWaiting()
{
    while (const auto packet = GetLink()->IsNetworkUp() ? m_waiting->Dequeue() : nullptr)
    {
        PppNetDevice::Send(packet, GetBroadcast(), Ipv4L3Protocol::PROT_NUMBER);
    }
}

void
PppOnDemandNetDevice::DropWaiting()
{
    while (const auto packet = m_waiting->Dequeue())
    {
        DropWaiting(PppWaitDropReason::NO_LINK, packet);
    }
}

void
PppOnDemandNetDevice::DropWaiting(PppWaitDropReason reason, Ptr<const Packet> packet)
{
    ++m_dropped[static_cast<std::size_t>(reason)];
    m_waitDropTrace(reason, packet);
}

uint32_t
PppOnDemandNetDevice::GetNWaiting() const
{
    return m_waiting->GetNPackets();
}

uint64_t
PppOnDemandNetDevice::GetWaitDropCount(PppWaitDropReason reason) const
{
    return m_dropped.at(static_cast<std::size_t>(reason));
}

} // namespace ns3
