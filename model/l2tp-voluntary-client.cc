/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-voluntary-client.h"

#include "l2tp-ppp-result.h"

#include "ns3/abort.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpVoluntaryClient);

TypeId
L2tpVoluntaryClient::GetTypeId()
{
    static TypeId tid = AddAttributes(
        TypeId("ns3::L2tpVoluntaryClient")
            .SetParent<L2tpDialingHost>()
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
            .AddTraceSource("Dial",
                            "A call is being made",
                            MakeTraceSourceAccessor(&L2tpVoluntaryClient::m_dialTrace),
                            "ns3::L2tpVoluntaryClient::DialTracedCallback"),
        {"The name to give when the LNS asks who we are.",
         1450,
         "The longest packet in octets to take from the tunnel. 1450 leaves room for L2TP, UDP and "
         "IPv4 in a 1500-octet MTU, 1430 for IPv6.",
         "Time between LCP Echo-Requests to the LNS; 0 sends none.",
         "Whether all traffic goes through the tunnel; if not, only what AddPrefix() names and "
         "what is for the LNS's end of it.",
         "Whether to dial again when the call ends or fails."});
    return tid;
}

L2tpVoluntaryClient::L2tpVoluntaryClient() = default;
L2tpVoluntaryClient::~L2tpVoluntaryClient() = default;

void
L2tpVoluntaryClient::DoDispose()
{
    m_lac = nullptr;
    m_call = nullptr;
    L2tpDialingHost::DoDispose();
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
    SetUpLink();
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
L2tpVoluntaryClient::ObtainCircuit()
{
    if (m_call)
    {
        return;
    }
    ++m_dials;
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
L2tpVoluntaryClient::GiveBackCircuit(PppReason reason)
{
    if (!m_call)
    {
        return;
    }
    if (reason == PppReason::NONE)
    {
        m_call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    }
    else
    {
        m_call->Close(
            L2tpResultOfPpp(reason),
            L2tpDisconnectCauseOfPpp(reason, GetDevice()->GetLink()->GetReasonProtocol()));
    }
}

void
L2tpVoluntaryClient::CallEstablished(Ptr<L2tpCall> call)
{
    UseCircuit(call->GetSession());
}

void
L2tpVoluntaryClient::CallCleared(Ptr<L2tpCall> call)
{
    m_call = nullptr;
    Ended(call->GetClearReason());
}

void
L2tpVoluntaryClient::NetworkUp()
{
    Ptr<Ipv4> ipv4 = GetNode()->GetObject<Ipv4>();
    auto routing = Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(ipv4->GetRoutingProtocol());
    const uint32_t interface = ipv4->GetInterfaceForDevice(GetDevice());
    for (const auto& prefix : m_prefixes)
    {
        // These routes go with the interface, when PPP goes down.
        routing->AddNetworkRouteTo(prefix.first, prefix.second, interface);
    }
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

} // namespace ns3
