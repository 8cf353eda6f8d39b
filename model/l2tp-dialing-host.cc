/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-dialing-host.h"

#include "ns3/boolean.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-ipv6-config.h"
#include "ns3/ppp-reason.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <utility>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpDialingHost");
NS_OBJECT_ENSURE_REGISTERED(L2tpDialingHost);

TypeId
L2tpDialingHost::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpDialingHost")
            .SetParent<Application>()
            .SetGroupName("L2tp")
            .AddTraceSource("Dialled",
                            "A call is wanted; nothing comes of it if there is one",
                            MakeTraceSourceAccessor(&L2tpDialingHost::m_dialledTrace),
                            "ns3::L2tpDialingHost::DialledTracedCallback")
            .AddTraceSource("Up",
                            "PPP is up, and packets pass",
                            MakeTraceSourceAccessor(&L2tpDialingHost::m_upTrace),
                            "ns3::L2tpDialingHost::UpTracedCallback")
            .AddTraceSource("Down",
                            "A call has ended, or could not be made, with the reason",
                            MakeTraceSourceAccessor(&L2tpDialingHost::m_downTrace),
                            "ns3::L2tpDialingHost::DownTracedCallback");
    return tid;
}

TypeId
L2tpDialingHost::AddAttributes(TypeId tid, const AttributeTexts& texts)
{
    return tid
        .AddAttribute("Username",
                      texts.username,
                      StringValue(""),
                      MakeStringAccessor(&L2tpDialingHost::m_username),
                      MakeStringChecker())
        .AddAttribute("Password",
                      "The password or CHAP secret that goes with Username.",
                      StringValue(""),
                      MakeStringAccessor(&L2tpDialingHost::m_password),
                      MakeStringChecker())
        .AddAttribute("Mru",
                      texts.mruHelp,
                      UintegerValue(texts.mru),
                      MakeUintegerAccessor(&L2tpDialingHost::m_mru),
                      MakeUintegerChecker<uint16_t>(128))
        .AddAttribute("EchoInterval",
                      texts.echoInterval,
                      TimeValue(Seconds(0)),
                      MakeTimeAccessor(&L2tpDialingHost::m_echoInterval),
                      MakeTimeChecker(Seconds(0)))
        .AddAttribute("Ipv6",
                      "Whether to carry IPv6 beside IPv4; the peer advertises a prefix and a "
                      "default route. Takes effect when the device is made.",
                      BooleanValue(false),
                      MakeBooleanAccessor(&L2tpDialingHost::m_ipv6),
                      MakeBooleanChecker())
        .AddAttribute("DefaultRoute",
                      texts.defaultRoute,
                      BooleanValue(true),
                      MakeBooleanAccessor(&L2tpDialingHost::m_defaultRoute),
                      MakeBooleanChecker())
        .AddAttribute("Redial",
                      texts.redial,
                      BooleanValue(false),
                      MakeBooleanAccessor(&L2tpDialingHost::m_redial),
                      MakeBooleanChecker())
        .AddAttribute("RedialDelay",
                      "How long to wait before that.",
                      TimeValue(Seconds(5)),
                      MakeTimeAccessor(&L2tpDialingHost::m_redialDelay),
                      MakeTimeChecker(Seconds(0)));
}

L2tpDialingHost::L2tpDialingHost() = default;
L2tpDialingHost::~L2tpDialingHost() = default;

void
L2tpDialingHost::DoDispose()
{
    m_redialEvent.Cancel();
    m_device = nullptr;
    Application::DoDispose();
}

Ptr<PppNetDevice>
L2tpDialingHost::CreateDevice()
{
    if (m_device)
    {
        return m_device;
    }
    auto link = CreateObject<PppLink>();
    link->SetFinishedCallback(MakeCallback(&L2tpDialingHost::LinkFinished, this));
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
    m_device->AddLinkChangeCallback(MakeCallback(&L2tpDialingHost::LinkChanged, this));
    if (m_stream >= 0)
    {
        link->AssignStreams(m_stream);
    }
    return m_device;
}

int64_t
L2tpDialingHost::AssignStreams(int64_t stream)
{
    m_stream = stream;
    if (m_device)
    {
        m_device->GetLink()->AssignStreams(stream);
    }
    return 1;
}

void
L2tpDialingHost::SetUpLink()
{
    Ptr<PppLink> link = CreateDevice()->GetLink();
    link->SetAttribute("Username", StringValue(m_username));
    link->SetAttribute("Password", StringValue(m_password));
    link->GetLcp()->SetAttribute("Mru", UintegerValue(m_mru));
    link->GetLcp()->SetAttribute("EchoInterval", TimeValue(m_echoInterval));
}

void
L2tpDialingHost::StopApplication()
{
    HangUp();
}

void
L2tpDialingHost::Dial()
{
    CreateDevice(); // for who dials before the start
    m_redialEvent.Cancel();
    m_wanted = true;
    m_dialledTrace();
    ObtainCircuit();
}

void
L2tpDialingHost::HangUp()
{
    m_wanted = false;
    m_redialEvent.Cancel();
    Ptr<L2Circuit> circuit = m_device ? m_device->GetLink()->GetCircuit() : nullptr;
    if (circuit && circuit->IsUp())
    {
        // PPP says good-bye first; LinkFinished() gives the circuit back.
        m_device->GetLink()->Close();
    }
    else
    {
        GiveBackCircuit(PppReason::NONE);
    }
}

void
L2tpDialingHost::UseCircuit(Ptr<L2Circuit> circuit)
{
    m_linkReason = PppReason::NONE;
    m_device->GetLink()->SetCircuit(circuit);
    m_device->GetLink()->Open();
}

void
L2tpDialingHost::Ended(const std::string& reason)
{
    m_lastReason = m_linkReason == PppReason::NONE
                       ? reason
                       : std::string("PPP: ") + PppReasonName(m_linkReason);
    m_linkReason = PppReason::NONE;
    NS_LOG_INFO("down: " << m_lastReason);
    m_device->GetLink()->SetCircuit(nullptr);
    m_downTrace(m_lastReason);
    if (m_wanted && m_redial)
    {
        m_redialEvent = Simulator::Schedule(m_redialDelay, &L2tpDialingHost::Dial, this);
    }
}

void
L2tpDialingHost::LinkChanged()
{
    const bool wasUp = std::exchange(m_wasUp, IsUp());
    if (m_wasUp && !wasUp)
    {
        NetworkUp();
        Ptr<PppIpcp> ipcp = m_device->GetLink()->GetIpcp();
        m_upTrace(ipcp->GetLocalAddress(), ipcp->GetPeerAddress());
    }
}

void
L2tpDialingHost::NetworkUp()
{
}

void
L2tpDialingHost::LinkFinished(PppReason reason)
{
    if (m_device->GetLink()->GetCircuit())
    {
        m_linkReason = reason;
    }
    GiveBackCircuit(reason);
}

bool
L2tpDialingHost::IsUp() const
{
    return m_device && m_device->GetLink()->IsNetworkUp();
}

Ipv4Address
L2tpDialingHost::GetAddress() const
{
    return IsUp() ? m_device->GetLink()->GetIpcp()->GetLocalAddress() : Ipv4Address::GetAny();
}

Ptr<PppNetDevice>
L2tpDialingHost::GetDevice() const
{
    return m_device;
}

const std::string&
L2tpDialingHost::GetLastReason() const
{
    return m_lastReason;
}

} // namespace ns3
