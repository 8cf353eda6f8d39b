/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What an L2tpDialOnDemand is told: its attributes, and what they make of device and link.

#include "l2tp-dial-on-demand.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpDialOnDemand);

TypeId
L2tpDialOnDemand::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpDialOnDemand")
            .SetParent<Application>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpDialOnDemand>()
            .AddAttribute("Lns",
                          "The LNS that asks for the call; on the same node.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpDialOnDemand::m_lns),
                          MakePointerChecker<L2tpLns>())
            .AddAttribute("LacAddress",
                          "The address of the LAC that dials: an Ipv4Address or a global "
                          "Ipv6Address, or an InetSocketAddress or Inet6SocketAddress, whose port "
                          "then counts instead of LacPort.",
                          AddressValue(),
                          MakeAddressAccessor(&L2tpDialOnDemand::m_lacAddress),
                          MakeAddressChecker())
            .AddAttribute("LacPort",
                          "The UDP port of the LAC.",
                          UintegerValue(L2TP_UDP_PORT),
                          MakeUintegerAccessor(&L2tpDialOnDemand::m_lacPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("CalledNumber",
                          "The number of the remote system.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpDialOnDemand::m_calledNumber),
                          MakeStringChecker())
            .AddAttribute("SubAddress",
                          "Additional dialling information; empty for none.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpDialOnDemand::m_subAddress),
                          MakeStringChecker())
            .AddAttribute("MinimumBps",
                          "The lowest line speed that will do, in bit/s.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&L2tpDialOnDemand::m_minimumBps),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("MaximumBps",
                          "The highest line speed that will do, in bit/s.",
                          UintegerValue(0xffffffff),
                          MakeUintegerAccessor(&L2tpDialOnDemand::m_maximumBps),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("BearerType",
                          "The bearers that will do: 1 digital, 2 analog, 3 either.",
                          UintegerValue(L2tpBearer::DIGITAL | L2tpBearer::ANALOG),
                          MakeUintegerAccessor(&L2tpDialOnDemand::m_bearerType),
                          MakeUintegerChecker<uint32_t>(0, 3))
            .AddAttribute("FramingType",
                          "The framings that will do: 1 synchronous, 2 asynchronous, 3 either.",
                          UintegerValue(L2tpFraming::SYNCHRONOUS | L2tpFraming::ASYNCHRONOUS),
                          MakeUintegerAccessor(&L2tpDialOnDemand::m_framingType),
                          MakeUintegerChecker<uint32_t>(1, 3))
            .AddAttribute("LocalAddress",
                          "The address of the LNS on the site's interface.",
                          Ipv4AddressValue(Ipv4Address("10.8.0.1")),
                          MakeIpv4AddressAccessor(&L2tpDialOnDemand::m_localAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("RemoteAddress",
                          "The address that the remote system is assigned, and routed to. No pool "
                          "may assign it.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&L2tpDialOnDemand::m_remoteAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute("AuthProtocol",
                          "How the remote system must prove who it is.",
                          EnumValue(PPP_AUTH_CHAP),
                          MakeL2EnumAccessor<PppAuthProtocol>(&L2tpDialOnDemand::m_authProtocol, 0),
                          MakePppAuthProtocolChecker())
            .AddAttribute("UserTable",
                          "Who the users are; null for those of the LNS's Terminator.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpDialOnDemand::m_users),
                          MakePointerChecker<PppUserTable>())
            .AddAttribute("RemoteName",
                          "The name that the remote system must prove to have, lest somebody else "
                          "gets the site's traffic; empty lets any user be it.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpDialOnDemand::m_remoteName),
                          MakeStringChecker())
            .AddAttribute("Mru",
                          "The longest packet in octets to take from the call, and to send: it is "
                          "the device's MTU as well, so that what waits for the call fits into it.",
                          UintegerValue(1450),
                          MakeUintegerAccessor(&L2tpDialOnDemand::m_mru),
                          MakeUintegerChecker<uint16_t>(128))
            .AddAttribute("EchoInterval",
                          "Time between LCP Echo-Requests to the remote system; 0 sends none. They "
                          "are no traffic.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&L2tpDialOnDemand::m_echoInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("IdleTimeout",
                          "The call is ended if no packet has passed either way for so long; 0 "
                          "keeps it.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&L2tpDialOnDemand::m_idleTimeout),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("RetryDelay",
                          "No call is made for so long after one has failed; packets are dropped "
                          "meanwhile.",
                          TimeValue(Seconds(30)),
                          MakeTimeAccessor(&L2tpDialOnDemand::m_retryDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("OnDemand",
                          "Whether packets make a call; if not, only Dial() does.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpDialOnDemand::m_onDemand),
                          MakeBooleanChecker())
            .AddTraceSource("Dial",
                            "A call was asked for",
                            MakeTraceSourceAccessor(&L2tpDialOnDemand::m_dialTrace),
                            "ns3::L2tpDialOnDemand::DialTracedCallback")
            .AddTraceSource("Up",
                            "PPP is up, and packets pass",
                            MakeTraceSourceAccessor(&L2tpDialOnDemand::m_upTrace),
                            "ns3::L2tpDialOnDemand::UpTracedCallback")
            .AddTraceSource("Down",
                            "A call has ended, or could not be made, with the reason",
                            MakeTraceSourceAccessor(&L2tpDialOnDemand::m_downTrace),
                            "ns3::L2tpDialOnDemand::DownTracedCallback")
            .AddTraceSource("State",
                            "The state has changed",
                            MakeTraceSourceAccessor(&L2tpDialOnDemand::m_stateTrace),
                            "ns3::L2tpDialOnDemand::StateTracedCallback");
    return tid;
}

void
L2tpDialOnDemand::AddNetwork(Ipv4Address network, Ipv4Mask mask)
{
    m_networks.emplace_back(network, mask);
    if (m_device)
    {
        AddRoute(network, mask);
    }
}

void
L2tpDialOnDemand::AddRoute(Ipv4Address network, Ipv4Mask mask)
{
    const auto ipv4 = GetNode()->GetObject<Ipv4>();
    const auto routing =
        Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ipv4->GetRoutingProtocol());
    NS_ABORT_MSG_IF(!routing,
                    "L2tpDialOnDemand: node "
                        << GetNode()->GetId()
                        << " has no Ipv4StaticRouting: add one to its list of routing protocols");
    routing->AddNetworkRouteTo(network, mask, ipv4->GetInterfaceForDevice(m_device));
}

Ptr<PppOnDemandNetDevice>
L2tpDialOnDemand::CreateDevice()
{
    if (m_device)
    {
        return m_device;
    }
    const auto ipv4 = GetNode()->GetObject<Ipv4>();
    NS_ABORT_MSG_IF(!ipv4,
                    "L2tpDialOnDemand: node " << GetNode()->GetId()
                                              << " has no IPv4: install an internet stack");
    NS_ABORT_MSG_IF(!PppIpcp::IsAssignable(m_remoteAddress),
                    "L2tpDialOnDemand::RemoteAddress is "
                        << m_remoteAddress << ": set it to what the remote system is assigned");
    auto link = CreateObject<PppLink>();
    link->SetFinishedCallback(MakeCallback(&L2tpDialOnDemand::LinkFinished, this));
    link->SetAddressProvider(MakeCallback(&L2tpDialOnDemand::ProvideAddress, this));
    link->TraceConnectWithoutContext("Phase", MakeCallback(&L2tpDialOnDemand::PhaseChanged, this));
    m_device = CreateObject<PppOnDemandNetDevice>();
    m_device->SetLink(link);
    m_device->SetAttribute("Mtu", UintegerValue(m_mru));
    m_device->SetWantedCallback(MakeCallback(&L2tpDialOnDemand::Wanted, this));
    m_device->AddLinkChangeCallback(MakeCallback(&L2tpDialOnDemand::LinkChanged, this));
    m_device->TraceConnectWithoutContext("MacTx", MakeCallback(&L2tpDialOnDemand::Passed, this));
    m_device->TraceConnectWithoutContext("MacRx", MakeCallback(&L2tpDialOnDemand::Passed, this));
    GetNode()->AddDevice(m_device);
    // The interface is there for good, whether there is a call or not: that is what makes one.
    const uint32_t interface = ipv4->AddInterface(m_device);
    ipv4->AddAddress(interface, Ipv4InterfaceAddress(m_localAddress, Ipv4Mask::GetOnes()));
    ipv4->SetUp(interface);
    AddRoute(m_remoteAddress, Ipv4Mask::GetOnes());
    for (const auto& [network, mask] : m_networks)
    {
        AddRoute(network, mask);
    }
    if (m_stream >= 0)
    {
        link->AssignStreams(m_stream);
    }
    return m_device;
}

void
L2tpDialOnDemand::CheckAttributes() const
{
    NS_ABORT_MSG_IF(!m_lns || m_lns->GetNode() != GetNode(),
                    "L2tpDialOnDemand::Lns must be an L2tpLns on node " << GetNode()->GetId()
                                                                        << ": set it");
    const L2tpUdpAddress lac = FindLac();
    NS_ABORT_MSG_IF(!lac.address.IsUnicast() || lac.port == 0 || lac.address.IsLinkLocal(),
                    "L2tpDialOnDemand::LacAddress is not set: give it an address of the LAC that "
                    "is no link-local one");
    NS_ABORT_MSG_IF(m_calledNumber.empty(),
                    "L2tpDialOnDemand::CalledNumber is not set: give it the number of the remote "
                    "system");
    NS_ABORT_MSG_IF(m_minimumBps > m_maximumBps,
                    "L2tpDialOnDemand::MinimumBps is " << m_minimumBps << ", above MaximumBps, "
                                                       << m_maximumBps
                                                       << ": no line can have such a speed");
    NS_ABORT_MSG_IF(m_authProtocol == PPP_AUTH_NONE && !m_remoteName.empty(),
                    "L2tpDialOnDemand::RemoteName is '"
                        << m_remoteName
                        << "' and AuthProtocol is None, so that nobody can prove to have it: set "
                           "AuthProtocol, or leave RemoteName empty");
}

void
L2tpDialOnDemand::ConfigureLink(Ptr<PppLink> link)
{
    PointerValue users(m_users);
    if (!m_users && m_lns->GetTerminator())
    {
        m_lns->GetTerminator()->GetAttributeFailSafe("UserTable", users);
    }
    NS_ABORT_MSG_IF(m_authProtocol != PPP_AUTH_NONE && !users.Get<PppUserTable>(),
                    "L2tpDialOnDemand::UserTable is not set, nor that of the LNS's Terminator, so "
                    "that nobody can pass AuthProtocol: give it a table, or set AuthProtocol to "
                    "None");
    link->SetUserTable(users.Get<PppUserTable>());
    link->SetAttribute("AuthProtocol", EnumValue(m_authProtocol));
    link->GetLcp()->SetAttribute("Mru", UintegerValue(m_mru));
    link->GetLcp()->SetAttribute("EchoInterval", TimeValue(m_echoInterval));
    link->GetIpcp()->SetAttribute("LocalAddress", Ipv4AddressValue(m_localAddress));
    link->GetIpcp()->SetAttribute("KeepLocalAddress", BooleanValue(true));
}

L2tpUdpAddress
L2tpDialOnDemand::FindLac() const
{
    return L2tpUdpAddress::Of(m_lacAddress, m_lacPort, 0).value_or(L2tpUdpAddress());
}

L2tpCallParameters
L2tpDialOnDemand::MakeParameters() const
{
    L2tpCallParameters parameters;
    parameters.calledNumber = m_calledNumber;
    parameters.subAddress = m_subAddress;
    parameters.minimumBps = m_minimumBps;
    parameters.maximumBps = m_maximumBps;
    parameters.bearerType = m_bearerType;
    parameters.framingType = m_framingType;
    return parameters;
}

} // namespace ns3
