/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-voluntary-client.h"

#include "l2tp-ppp-result.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-ipv6-config.h"
#include "ns3/ppp-reason.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpVoluntaryClient");
NS_OBJECT_ENSURE_REGISTERED(L2tpVoluntaryClient);

TypeId
L2tpVoluntaryClient::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpVoluntaryClient")
            .SetParent<Application>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpVoluntaryClient>()
            .AddAttribute("Lac",
                          "The LAC that brings the call to the LNS; on the same node.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpVoluntaryClient::m_lac),
                          MakePointerChecker<L2tpLac>())
            .AddAttribute("LnsAddress",
                          "The address of the LNS, reachable without the tunnel: an Ipv4Address or "
                          "an Ipv6Address, or an InetSocketAddress or Inet6SocketAddress, whose "
                          "port then counts instead of LnsPort.",
                          AddressValue(),
                          MakeAddressAccessor(&L2tpVoluntaryClient::m_lnsAddress),
                          MakeAddressChecker())
            .AddAttribute("LnsPort",
                          "The UDP port of the LNS.",
                          UintegerValue(L2TP_UDP_PORT),
                          MakeUintegerAccessor(&L2tpVoluntaryClient::m_lnsPort),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("LnsInterface",
                          "The node's IPv6 interface to the link of the LNS, needed if LnsAddress "
                          "is link-local.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&L2tpVoluntaryClient::m_lnsInterface),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("Username",
                          "The name to give when the LNS asks who we are.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpVoluntaryClient::m_username),
                          MakeStringChecker())
            .AddAttribute("Password",
                          "The password or CHAP secret that goes with Username.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpVoluntaryClient::m_password),
                          MakeStringChecker())
            .AddAttribute("Mru",
                          "The longest packet in octets to take from the tunnel. 1450 leaves room "
                          "for L2TP, UDP and IPv4 in a 1500-octet MTU, 1430 for IPv6.",
                          UintegerValue(1450),
                          MakeUintegerAccessor(&L2tpVoluntaryClient::m_mru),
                          MakeUintegerChecker<uint16_t>(128))
            .AddAttribute("EchoInterval",
                          "Time between LCP Echo-Requests to the LNS; 0 sends none.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&L2tpVoluntaryClient::m_echoInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Ipv6",
                          "Whether to carry IPv6 inside the tunnel, too; the LNS advertises a "
                          "prefix and a default route. Takes effect when the device is made.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpVoluntaryClient::m_ipv6),
                          MakeBooleanChecker())
            .AddAttribute("DefaultRoute",
                          "Whether all traffic goes through the tunnel; if not, only what "
                          "AddPrefix() names and what is for the LNS's end of it.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpVoluntaryClient::m_defaultRoute),
                          MakeBooleanChecker())
            .AddAttribute("Redial",
                          "Whether to dial again when the call ends or fails.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpVoluntaryClient::m_redial),
                          MakeBooleanChecker())
            .AddAttribute("RedialDelay",
                          "How long to wait before that.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&L2tpVoluntaryClient::m_redialDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("Dial",
                            "A call is being made",
                            MakeTraceSourceAccessor(&L2tpVoluntaryClient::m_dialTrace),
                            "ns3::L2tpVoluntaryClient::DialTracedCallback")
            .AddTraceSource("Up",
                            "The tunnel is usable",
                            MakeTraceSourceAccessor(&L2tpVoluntaryClient::m_upTrace),
                            "ns3::L2tpVoluntaryClient::UpTracedCallback")
            .AddTraceSource("Down",
                            "The tunnel is usable no more, or could not be made",
                            MakeTraceSourceAccessor(&L2tpVoluntaryClient::m_downTrace),
                            "ns3::L2tpVoluntaryClient::DownTracedCallback");
    return tid;
}

L2tpVoluntaryClient::L2tpVoluntaryClient() = default;
L2tpVoluntaryClient::~L2tpVoluntaryClient() = default;

void
L2tpVoluntaryClient::DoDispose()
{
    m_redialEvent.Cancel();
    m_lac = nullptr;
    m_device = nullptr;
    m_call = nullptr;
    Application::DoDispose();
}

Ptr<PppNetDevice>
L2tpVoluntaryClient::CreateDevice()
{
    if (m_device)
    {
        return m_device;
    }
    auto link = CreateObject<PppLink>();
    link->SetFinishedCallback(MakeCallback(&L2tpVoluntaryClient::LinkFinished, this));
    m_device = CreateObject<PppNetDevice>();
    m_device->SetLink(link);
    GetNode()->AddDevice(m_device);
    auto config = CreateObject<PppIpv4Config>();
    config->SetAttribute("DefaultRoute", BooleanValue(m_defaultRoute));
    config->Install(m_device);
    if (m_ipv6)
    {
        link->SetAttribute("Ipv6", BooleanValue(true));
        CreateObject<PppIpv6Config>()->Install(m_device);
    }
    // After the configuration's own callback, so that the interface is there to route to.
    m_device->AddLinkChangeCallback(MakeCallback(&L2tpVoluntaryClient::LinkChanged, this));
    if (m_stream >= 0)
    {
        link->AssignStreams(m_stream);
    }
    return m_device;
}

int64_t
L2tpVoluntaryClient::AssignStreams(int64_t stream)
{
    m_stream = stream;
    if (m_device)
    {
        m_device->GetLink()->AssignStreams(stream);
    }
    return 1;
}

void
L2tpVoluntaryClient::AddPrefix(Ipv4Address network, Ipv4Mask mask)
{
    m_prefixes.emplace_back(network, mask);
}

void
L2tpVoluntaryClient::StartApplication()
{
    NS_ABORT_MSG_IF(!m_lac || m_lac->GetNode() != GetNode(),
                    "L2tpVoluntaryClient::Lac must be an L2tpLac on node " << GetNode()->GetId()
                                                                           << ": set it");
    CreateDevice();
    Ptr<PppLink> link = m_device->GetLink();
    link->SetAttribute("Username", StringValue(m_username));
    link->SetAttribute("Password", StringValue(m_password));
    link->GetLcp()->SetAttribute("Mru", UintegerValue(m_mru));
    link->GetLcp()->SetAttribute("EchoInterval", TimeValue(m_echoInterval));
    Dial();
}

L2tpUdpAddress
L2tpVoluntaryClient::FindLns() const
{
    const L2tpUdpAddress lns =
        L2tpUdpAddress::Of(m_lnsAddress, m_lnsPort, m_lnsInterface).value_or(L2tpUdpAddress());
    NS_ABORT_MSG_IF(!lns.address.IsUnicast() || lns.port == 0,
                    "L2tpVoluntaryClient::LnsAddress is not set: give it the address of the LNS");
    Ptr<Node> node = GetNode();
    Ptr<Ipv6> ipv6 = node->GetObject<Ipv6>();
    NS_ABORT_MSG_IF(lns.address.IsIpv6() && !ipv6,
                    "L2tpVoluntaryClient::LnsAddress is "
                        << lns.address << " and node " << node->GetId()
                        << " has no IPv6: install it, or dial an IPv4 address");
    NS_ABORT_MSG_IF(lns.address.IsLinkLocal() &&
                        (m_lnsInterface == 0 || m_lnsInterface >= ipv6->GetNInterfaces()),
                    "L2tpVoluntaryClient::LnsAddress is link-local and LnsInterface is "
                        << m_lnsInterface << ": set it to the interface of node " << node->GetId()
                        << " to that link");
    return lns;
}

void
L2tpVoluntaryClient::StopApplication()
{
    HangUp();
}

void
L2tpVoluntaryClient::Dial()
{
    m_redialEvent.Cancel();
    m_wanted = true;
    if (m_call)
    {
        return;
    }
    ++m_dials;
    m_linkReason = PppReason::NONE;
    Ptr<L2tpCall> call = m_lac->PlaceCall(FindLns(),
                                          L2tpCallParameters(),
                                          MakeCallback(&L2tpVoluntaryClient::CallEstablished, this),
                                          MakeCallback(&L2tpVoluntaryClient::CallCleared, this));
    if (!call)
    {
        Ended("the LAC does not run or has no room for a call");
        return;
    }
    m_dialTrace(call);
    if (call->GetState() != L2tpCallState::IDLE)
    {
        m_call = call;
    }
}

void
L2tpVoluntaryClient::HangUp()
{
    m_wanted = false;
    m_redialEvent.Cancel();
    if (!m_call)
    {
        return;
    }
    if (m_call->GetState() == L2tpCallState::ESTABLISHED)
    {
        // PPP says good-bye first; LinkFinished() ends the call.
        m_device->GetLink()->Close();
    }
    else
    {
        m_call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    }
}

void
L2tpVoluntaryClient::CallEstablished(Ptr<L2tpCall> call)
{
    m_device->GetLink()->SetCircuit(call->GetSession());
    m_device->GetLink()->Open();
}

void
L2tpVoluntaryClient::CallCleared(Ptr<L2tpCall> call)
{
    const std::string reason = m_linkReason == PppReason::NONE
                                   ? call->GetClearReason()
                                   : std::string("PPP: ") + PppReasonName(m_linkReason);
    m_device->GetLink()->SetCircuit(nullptr);
    m_call = nullptr;
    Ended(reason);
}

void
L2tpVoluntaryClient::LinkChanged()
{
    const bool wasUp = std::exchange(m_wasUp, IsUp());
    if (wasUp || !m_wasUp)
    {
        return;
    }
    Ptr<Ipv4> ipv4 = GetNode()->GetObject<Ipv4>();
    auto routing = Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ipv4->GetRoutingProtocol());
    const uint32_t interface = ipv4->GetInterfaceForDevice(m_device);
    for (const auto& prefix : m_prefixes)
    {
        // These routes go with the interface, when PPP goes down.
        routing->AddNetworkRouteTo(prefix.first, prefix.second, interface);
    }
    Ptr<PppIpcp> ipcp = m_device->GetLink()->GetIpcp();
    m_upTrace(ipcp->GetLocalAddress(), ipcp->GetPeerAddress());
}

void
L2tpVoluntaryClient::LinkFinished(PppReason reason)
{
    m_linkReason = reason;
    if (m_call)
    {
        m_call->Close(L2tpResultOfPpp(reason),
                      L2tpDisconnectCauseOfPpp(reason, m_device->GetLink()->GetReasonProtocol()));
    }
}

void
L2tpVoluntaryClient::Ended(const std::string& reason)
{
    NS_LOG_INFO("down: " << reason);
    m_lastReason = reason;
    m_downTrace(reason);
    if (m_wanted && m_redial)
    {
        m_redialEvent = Simulator::Schedule(m_redialDelay, &L2tpVoluntaryClient::Dial, this);
    }
}

bool
L2tpVoluntaryClient::IsUp() const
{
    return m_device && m_device->GetLink()->IsNetworkUp();
}

Ipv4Address
L2tpVoluntaryClient::GetAddress() const
{
    return IsUp() ? m_device->GetLink()->GetIpcp()->GetLocalAddress() : Ipv4Address::GetAny();
}

Ptr<PppNetDevice>
L2tpVoluntaryClient::GetDevice() const
{
    return m_device;
}

Ptr<L2tpCall>
L2tpVoluntaryClient::GetCall() const
{
    return m_call;
}

uint32_t
L2tpVoluntaryClient::GetNDials() const
{
    return m_dials;
}

const std::string&
L2tpVoluntaryClient::GetLastReason() const
{
    return m_lastReason;
}

} // namespace ns3
