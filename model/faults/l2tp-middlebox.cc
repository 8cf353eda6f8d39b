/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-middlebox.h"

#include "ns3/abort.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpMiddlebox");
NS_OBJECT_ENSURE_REGISTERED(L2tpMiddlebox);

const char*
L2tpMiddleboxDropName(L2tpMiddleboxDrop reason)
{
    switch (reason)
    {
    case L2tpMiddleboxDrop::NOT_UDP:
        return "not-udp";
    case L2tpMiddleboxDrop::UNSOLICITED:
        return "unsolicited";
    case L2tpMiddleboxDrop::NO_PORT:
        return "no-port";
    case L2tpMiddleboxDrop::COUNT:
        break;
    }
    return "unknown";
}

bool
L2tpMiddlebox::Flow::operator==(const Flow& other) const
{
    return source == other.source && sourcePort == other.sourcePort &&
           destination == other.destination && destinationPort == other.destinationPort;
}

TypeId
L2tpMiddlebox::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpMiddlebox")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddTraceSource("Drop",
                                            "A packet is dropped, and why",
                                            MakeTraceSourceAccessor(&L2tpMiddlebox::m_dropTrace),
                                            "ns3::L2tpMiddlebox::DropTracedCallback");
    return tid;
}

L2tpMiddlebox::L2tpMiddlebox() = default;
L2tpMiddlebox::~L2tpMiddlebox() = default;

void
L2tpMiddlebox::DoDispose()
{
    m_outside = nullptr;
    Object::DoDispose();
}

void
L2tpMiddlebox::AddInside(Ptr<NetDevice> device)
{
    NS_ABORT_MSG_IF(!device || !device->GetNode(),
                    "L2tpMiddlebox::AddInside() needs a device of the box's node: add it to that");
    Listen(device);
}

void
L2tpMiddlebox::SetOutside(Ptr<NetDevice> device)
{
    NS_ABORT_MSG_IF(m_outside,
                    "L2tpMiddlebox::SetOutside() was called twice: there is one outside");
    NS_ABORT_MSG_IF(!device || !device->GetNode(),
                    "L2tpMiddlebox::SetOutside() needs a device of the box's node: add it to that");
    m_outside = device;
    Listen(device);
}

void
L2tpMiddlebox::Listen(Ptr<NetDevice> device)
{
    // The node keeps the box until it is disposed of itself.
    device->GetNode()->RegisterProtocolHandler(
        MakeCallback(&L2tpMiddlebox::Receive, Ptr<L2tpMiddlebox>(this)),
        0,
        device,
        true);
}

Ptr<NetDevice>
L2tpMiddlebox::GetOutside() const
{
    return m_outside;
}

uint64_t
L2tpMiddlebox::GetNDropped(L2tpMiddleboxDrop reason) const
{
    return m_dropped.at(static_cast<std::size_t>(reason));
}

void
L2tpMiddlebox::Drop(L2tpMiddleboxDrop reason, Ptr<const Packet> packet)
{
    NS_LOG_LOGIC("packet " << packet->GetUid() << ": " << L2tpMiddleboxDropName(reason));
    ++m_dropped.at(static_cast<std::size_t>(reason));
    m_dropTrace(reason, packet);
}

void
L2tpMiddlebox::Receive(Ptr<NetDevice> device,
                       Ptr<const Packet> packet,
                       uint16_t protocol,
                       const Address& from,
                       const Address& to,
                       NetDevice::PacketType /* type */)
{
    if (!m_outside)
    {
        return; // disposed of, or half connected
    }
    Ptr<Packet> sent = packet->Copy();
    Ipv4Header ip;
    UdpHeader udp;
    const bool isUdp = protocol == Ipv4L3Protocol::PROT_NUMBER && sent->RemoveHeader(ip) > 0 &&
                       ip.GetProtocol() == UdpL4Protocol::PROT_NUMBER && ip.IsLastFragment() &&
                       ip.GetFragmentOffset() == 0 && sent->GetSize() >= udp.GetSerializedSize();
    if (!isUdp)
    {
        Drop(L2tpMiddleboxDrop::NOT_UDP, packet);
        return;
    }
    sent->RemoveHeader(udp);
    const Flow before{ip.GetSource(),
                      udp.GetSourcePort(),
                      ip.GetDestination(),
                      udp.GetDestinationPort()};
    Flow flow = before;
    const Verdict verdict = device == m_outside ? JudgeIncoming(flow) : JudgeOutgoing(device, flow);
    if (!verdict.device)
    {
        Drop(verdict.reason, packet);
        return;
    }
    if (flow == before)
    {
        sent = packet->Copy();
    }
    else
    {
        ip.SetSource(flow.source);
        ip.SetDestination(flow.destination);
        // Of a damaged datagram the checksum would be right then: a real one changes it by as much
        // as the addresses, and ns-3 can only calculate it.
        UdpHeader changed;
        changed.SetSourcePort(flow.sourcePort);
        changed.SetDestinationPort(flow.destinationPort);
        if (Node::ChecksumEnabled())
        {
            ip.EnableChecksum();
            changed.EnableChecksums();
            changed.InitializeChecksum(flow.source, flow.destination, ip.GetProtocol());
        }
        sent->AddHeader(changed);
        sent->AddHeader(ip);
    }
    // A point-to-point device has no addresses to tell.
    verdict.device->SupportsSendFrom() ? verdict.device->SendFrom(sent, from, to, protocol)
                                       : verdict.device->Send(sent, to, protocol);
}

} // namespace ns3
