/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-ipv6-config.h"

#include "ppp-ipv6-interface.h"

#include "ns3/abort.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/ipv6-interface.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/ipv6-raw-socket-factory.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppIpv6Config);

TypeId
PppIpv6Config::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppIpv6Config")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<PppIpv6Config>()
            .AddAttribute(
                "Prefix",
                "The prefix of 64 bits to route to the peer, and to advertise to it; \"::\" "
                "is none. Takes effect when IPv6 goes up.",
                Ipv6AddressValue(Ipv6Address::GetAny()),
                MakeIpv6AddressAccessor(&PppIpv6Config::m_prefix),
                MakeIpv6AddressChecker())
            .AddAttribute("AdvertisementInterval",
                          "Time between advertisements of the prefix, after the first three, which "
                          "are at most 16 s apart.",
                          TimeValue(Seconds(600)),
                          MakeTimeAccessor(&PppIpv6Config::m_advertisementInterval),
                          MakeTimeChecker(Seconds(4), Seconds(1800)));
    return tid;
}

PppIpv6Config::PppIpv6Config()
    : m_advertiser([this](Ptr<Packet> message) { SendAdvertisement(message); })
{
}

PppIpv6Config::~PppIpv6Config()
{
    m_usableEvent.Cancel();
}

void
PppIpv6Config::DoDispose()
{
    m_usableEvent.Cancel();
    m_advertiser.Stop(); // the device's traces end with it
    m_socket = nullptr;
    m_device = nullptr;
    Object::DoDispose();
}

void
PppIpv6Config::Install(Ptr<PppNetDevice> device)
{
    NS_ABORT_MSG_IF(m_device, "ns3::PppIpv6Config: one object serves one device: create another");
    NS_ABORT_MSG_IF(!device->GetLink(),
                    "ns3::PppIpv6Config: the device has no link: set its attribute Link first");
    m_interface = AddPppIpv6Interface(device);
    m_device = PeekPointer(device);
    m_device->AggregateObject(this);
    m_device->AddLinkChangeCallback(MakeCallback(&PppIpv6Config::LinkChanged, this));
    LinkChanged();
}

void
PppIpv6Config::LinkChanged()
{
    if (!m_device || !m_device->GetNode())
    {
        return; // being disposed of
    }
    const auto link = m_device->GetLink();
    const bool up = link && link->IsIpv6Up();
    if (up == m_configured)
    {
        return; // it was another network layer
    }
    if (up)
    {
        Configure();
    }
    else
    {
        Deconfigure();
    }
}

void
PppIpv6Config::Configure()
{
    const auto node = m_device->GetNode();
    const auto ipv6 = node->GetObject<Ipv6L3Protocol>();
    const auto routing = GetPppIpv6Routes(*ipv6);
    const bool isRouter = m_prefix != Ipv6Address::GetAny();
    SetUpPppIpv6Interface(*ipv6, m_interface, isRouter);
    m_configured = true;
    if (!isRouter)
    {
        // When ns-3 looks at the new address, next, it must find it unusable: from a host's it
        // would solicit routers, and crash if it does so when the session is gone. There is no need
        // to: the other end advertises of its own accord.
        SetState(Ipv6InterfaceAddress::INVALID);
        m_usableEvent =
            Simulator::ScheduleNow(&PppIpv6Config::SetState, this, Ipv6InterfaceAddress::PREFERRED);
        return;
    }
    SetState(Ipv6InterfaceAddress::PREFERRED);
    routing->AddNetworkRouteTo(m_prefix, Ipv6Prefix(PREFIX_LENGTH), m_interface);
    m_socket = Socket::CreateSocket(node, Ipv6RawSocketFactory::GetTypeId());
    m_socket->SetAttribute("Protocol", UintegerValue(Icmpv6L4Protocol::PROT_NUMBER));
    m_socket->ShutdownRecv();
    const auto source = ipv6->GetInterface(m_interface)->GetLinkLocalAddress().GetAddress();
    m_socket->Bind(Inet6SocketAddress(source, 0));
    m_socket->BindToNetDevice(m_device);
    m_device->TraceConnectWithoutContext("MacRx", MakeCallback(&PppIpv6Config::Received, this));
    m_advertiser.Start(m_prefix, m_advertisementInterval, source);
}

void
PppIpv6Config::SetState(Ipv6InterfaceAddress::State_e state)
{
    m_device->GetNode()
        ->GetObject<Ipv6L3Protocol>()
        ->GetInterface(m_interface)
        ->SetState(PppIpv6cp::LinkLocal(m_device->GetLink()->GetIpv6cp()->GetLocalIdentifier()),
                   state);
}

void
PppIpv6Config::SendAdvertisement(Ptr<Packet> message)
{
    SocketIpv6HopLimitTag tag;
    tag.SetHopLimit(PppRouterAdvertiser::HOP_LIMIT);
    message->AddPacketTag(tag);
    m_socket->SendTo(message, 0, Inet6SocketAddress(Ipv6Address::GetAllNodesMulticast(), 0));
}

void
PppIpv6Config::Received(Ptr<const Packet> packet)
{
    m_advertiser.Received(packet);
}

void
PppIpv6Config::StopAdvertising()
{
    m_advertiser.Stop();
    m_socket = nullptr;
    m_device->TraceDisconnectWithoutContext("MacRx", MakeCallback(&PppIpv6Config::Received, this));
}

int64_t
PppIpv6Config::AssignStreams(int64_t stream)
{
    m_advertiser.SetStream(stream);
    return 1;
}

void
PppIpv6Config::Deconfigure()
{
    m_configured = false;
    m_usableEvent.Cancel();
    StopAdvertising();
    const auto ipv6 = m_device->GetNode()->GetObject<Ipv6L3Protocol>();
    if (!ipv6 || m_interface >= ipv6->GetNInterfaces())
    {
        return; // the node is being disposed of
    }
    const auto router = PppIpv6cp::LinkLocal(m_device->GetLink()->GetIpv6cp()->GetPeerIdentifier());
    // ns-3 remembers prefixes beyond the interface's end, and would give no address next time.
    while (GetGlobalAddress() != Ipv6Address::GetAny())
    {
        const auto address = GetGlobalAddress();
        const Ipv6Prefix mask(PREFIX_LENGTH);
        ipv6->RemoveAutoconfiguredAddress(m_interface, address.CombinePrefix(mask), mask, router);
        ipv6->RemoveAddress(m_interface, address);
    }
    ipv6->SetDown(m_interface); // with all static routes through it
}

Ipv6Address
PppIpv6Config::GetGlobalAddress() const
{
    const auto ipv6 = m_device->GetNode()->GetObject<Ipv6>();
    for (uint32_t i = 0; i < ipv6->GetNAddresses(m_interface); ++i)
    {
        const auto address = ipv6->GetAddress(m_interface, i).GetAddress();
        if (!address.IsLinkLocal())
        {
            return address;
        }
    }
    return Ipv6Address::GetAny();
}

} // namespace ns3
