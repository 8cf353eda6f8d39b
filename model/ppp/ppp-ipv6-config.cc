/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-ipv6-config.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/icmpv6-header.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/inet6-socket-address.h"
#include "ns3/ipv6-interface.h"
#include "ns3/ipv6-l3-protocol.h"
#include "ns3/ipv6-raw-socket-factory.h"
#include "ns3/ipv6-routing-helper.h"
#include "ns3/ipv6-static-routing.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppIpv6Config);

namespace
{
constexpr uint8_t HOP_LIMIT = 64;              //!< for the host to use
constexpr uint8_t NEIGHBOUR_HOP_LIMIT = 255;   //!< of the advertisement (RFC 4861, section 6.1.2)
constexpr uint16_t ROUTER_LIFETIME = 9000;     //!< seconds, the most (RFC 4861, section 6.2.1)
constexpr uint32_t INFINITE = 0xffffffff;      //!< the prefix is there as long as the link is
constexpr uint32_t INITIAL_ADVERTISEMENTS = 3; //!< at most (RFC 4861, section 10)
constexpr int64_t INITIAL_INTERVAL_S = 16;     //!< between these, at most (the same)
} // namespace

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

PppIpv6Config::PppIpv6Config() = default;

PppIpv6Config::~PppIpv6Config()
{
    m_usableEvent.Cancel();
    m_advertiseEvent.Cancel();
}

void
PppIpv6Config::DoDispose()
{
    m_usableEvent.Cancel();
    m_advertiseEvent.Cancel();
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
    const auto node = device->GetNode();
    NS_ABORT_MSG_IF(!node, "ns3::PppIpv6Config: the device has no node: add it to one first");
    const auto ipv6 = node->GetObject<Ipv6L3Protocol>();
    NS_ABORT_MSG_IF(!ipv6,
                    "ns3::PppIpv6Config: node "
                        << node->GetId() << " has no IPv6: install an internet stack with it");
    const auto interface = ipv6->GetInterfaceForDevice(device);
    m_interface = interface == -1 ? ipv6->AddInterface(device) : interface;
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
PppIpv6Config::SetUp()
{
    const auto ipv6 = m_device->GetNode()->GetObject<Ipv6L3Protocol>();
    const auto icmpv6 = ipv6->GetIcmpv6();
    BooleanValue detect;
    // RFC 5072, section 5: DupAddrDetectTransmits of the link-local address should be zero. ns-3
    // has one switch for all addresses of a node, and looks at it when an address is added.
    icmpv6->GetAttribute("DAD", detect);
    icmpv6->SetAttribute("DAD", BooleanValue(false));
    ipv6->SetUp(m_interface);
    icmpv6->SetAttribute("DAD", detect);
}

void
PppIpv6Config::Configure()
{
    const auto node = m_device->GetNode();
    const auto ipv6 = node->GetObject<Ipv6L3Protocol>();
    const auto routing =
        Ipv6RoutingHelper::GetRouting<Ipv6StaticRouting>(ipv6->GetRoutingProtocol());
    NS_ABORT_MSG_IF(!routing,
                    "ns3::PppIpv6Config: node "
                        << node->GetId()
                        << " has no Ipv6StaticRouting: add one to its list of routing protocols");
    SetUp();
    m_configured = true;
    const bool isRouter = m_prefix != Ipv6Address::GetAny();
    ipv6->SetForwarding(m_interface, isRouter); // only a host heeds advertisements
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
    m_socket->Bind(
        Inet6SocketAddress(ipv6->GetInterface(m_interface)->GetLinkLocalAddress().GetAddress(), 0));
    m_socket->BindToNetDevice(m_device);
    m_advertisements = 0;
    // Not within the packet that has opened IPV6CP.
    m_advertiseEvent = Simulator::ScheduleNow(&PppIpv6Config::Advertise, this);
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
PppIpv6Config::Advertise()
{
    const auto ipv6 = m_device->GetNode()->GetObject<Ipv6L3Protocol>();
    const auto source = ipv6->GetInterface(m_interface)->GetLinkLocalAddress().GetAddress();
    const auto destination = Ipv6Address::GetAllNodesMulticast();
    Icmpv6OptionPrefixInformation option(m_prefix, PREFIX_LENGTH);
    option.SetFlags(Icmpv6OptionPrefixInformation::AUTADDRCONF);
    option.SetValidTime(INFINITE);
    option.SetPreferredTime(INFINITE);
    auto packet = Create<Packet>();
    packet->AddHeader(option);
    Icmpv6RA advertisement;
    advertisement.SetCurHopLimit(HOP_LIMIT);
    advertisement.SetLifeTime(ROUTER_LIFETIME);
    advertisement.CalculatePseudoHeaderChecksum(
        source,
        destination,
        static_cast<uint16_t>(packet->GetSize() + advertisement.GetSerializedSize()),
        Icmpv6L4Protocol::PROT_NUMBER);
    packet->AddHeader(advertisement);
    SocketIpv6HopLimitTag tag;
    tag.SetHopLimit(NEIGHBOUR_HOP_LIMIT);
    packet->AddPacketTag(tag);
    m_socket->SendTo(packet, 0, Inet6SocketAddress(destination, 0));

    ++m_advertisements;
    const Time initial = std::min(m_advertisementInterval, Time(Seconds(INITIAL_INTERVAL_S)));
    m_advertiseEvent = Simulator::Schedule(
        m_advertisements < INITIAL_ADVERTISEMENTS ? initial : m_advertisementInterval,
        &PppIpv6Config::Advertise,
        this);
}

void
PppIpv6Config::Deconfigure()
{
    m_configured = false;
    m_usableEvent.Cancel();
    m_advertiseEvent.Cancel();
    m_socket = nullptr;
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
