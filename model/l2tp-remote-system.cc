/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-remote-system.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-reason.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <utility>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpRemoteSystem);

TypeId
L2tpRemoteSystem::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpRemoteSystem")
            .SetParent<Application>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpRemoteSystem>()
            .AddAttribute("Line",
                          "The serial line that PPP runs over; of an L2SerialNetDevice of the same "
                          "node.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpRemoteSystem::m_line),
                          MakePointerChecker<L2SerialLine>())
            .AddAttribute("Number",
                          "The number to dial at the start; empty to wait to be called.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpRemoteSystem::m_number),
                          MakeStringChecker())
            .AddAttribute("Username",
                          "The name to give when the peer asks who we are.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpRemoteSystem::m_username),
                          MakeStringChecker())
            .AddAttribute("Password",
                          "The password or CHAP secret that goes with Username.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpRemoteSystem::m_password),
                          MakeStringChecker())
            .AddAttribute("Mru",
                          "The longest packet in octets to take from the line.",
                          UintegerValue(1500),
                          MakeUintegerAccessor(&L2tpRemoteSystem::m_mru),
                          MakeUintegerChecker<uint16_t>(128))
            .AddAttribute("EchoInterval",
                          "Time between LCP Echo-Requests to the peer; 0 sends none.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&L2tpRemoteSystem::m_echoInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("DefaultRoute",
                          "Whether all traffic goes over the line.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpRemoteSystem::m_defaultRoute),
                          MakeBooleanChecker())
            .AddAttribute("Redial",
                          "Whether to dial again when a call that was dialled ends or fails.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpRemoteSystem::m_redial),
                          MakeBooleanChecker())
            .AddAttribute("RedialDelay",
                          "How long to wait before that.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&L2tpRemoteSystem::m_redialDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("Up",
                            "PPP is up",
                            MakeTraceSourceAccessor(&L2tpRemoteSystem::m_upTrace),
                            "ns3::L2tpRemoteSystem::UpTracedCallback")
            .AddTraceSource("Down",
                            "A call has ended, or could not be made",
                            MakeTraceSourceAccessor(&L2tpRemoteSystem::m_downTrace),
                            "ns3::L2tpRemoteSystem::DownTracedCallback");
    return tid;
}

L2tpRemoteSystem::L2tpRemoteSystem() = default;
L2tpRemoteSystem::~L2tpRemoteSystem() = default;

void
L2tpRemoteSystem::DoDispose()
{
    m_redialEvent.Cancel();
    if (m_line)
    {
        m_line->SetIncomingCallback(L2SerialLine::IncomingCallback());
        m_line->SetCallCallbacks(L2SerialLine::ConnectedCallback(), L2SerialLine::EndedCallback());
        m_line = nullptr;
    }
    m_device = nullptr;
    Application::DoDispose();
}

Ptr<PppNetDevice>
L2tpRemoteSystem::CreateDevice()
{
    if (m_device)
    {
        return m_device;
    }
    auto link = CreateObject<PppLink>();
    link->SetFinishedCallback(MakeCallback(&L2tpRemoteSystem::LinkFinished, this));
    m_device = CreateObject<PppNetDevice>();
    m_device->SetLink(link);
    GetNode()->AddDevice(m_device);
    auto config = CreateObject<PppIpv4Config>();
    config->SetAttribute("DefaultRoute", BooleanValue(m_defaultRoute));
    config->Install(m_device);
    // After the configuration's own callback, so that the interface is there to route to.
    m_device->AddLinkChangeCallback(MakeCallback(&L2tpRemoteSystem::LinkChanged, this));
    if (m_stream >= 0)
    {
        link->AssignStreams(m_stream);
    }
    return m_device;
}

int64_t
L2tpRemoteSystem::AssignStreams(int64_t stream)
{
    m_stream = stream;
    if (m_device)
    {
        m_device->GetLink()->AssignStreams(stream);
    }
    return 1;
}

void
L2tpRemoteSystem::StartApplication()
{
    NS_ABORT_MSG_IF(!m_line,
                    "L2tpRemoteSystem::Line is not set: give it the line of an L2SerialNetDevice "
                    "of node "
                        << GetNode()->GetId());
    m_running = true;
    Ptr<PppLink> link = CreateDevice()->GetLink();
    link->SetAttribute("Username", StringValue(m_username));
    link->SetAttribute("Password", StringValue(m_password));
    link->GetLcp()->SetAttribute("Mru", UintegerValue(m_mru));
    link->GetLcp()->SetAttribute("EchoInterval", TimeValue(m_echoInterval));
    link->SetCircuit(m_line);
    m_line->SetIncomingCallback(MakeCallback(&L2tpRemoteSystem::Incoming, this));
    m_line->SetCallCallbacks(MakeCallback(&L2tpRemoteSystem::Connected, this),
                             MakeCallback(&L2tpRemoteSystem::Ended, this));
    if (!m_number.empty())
    {
        Dial();
    }
}

void
L2tpRemoteSystem::StopApplication()
{
    m_running = false;
    HangUp();
}

void
L2tpRemoteSystem::Dial()
{
    NS_ABORT_MSG_IF(m_number.empty(),
                    "L2tpRemoteSystem::Number is not set: give it the number to dial");
    m_redialEvent.Cancel();
    m_wanted = true;
    m_line->Dial(m_number); // does nothing if there is a call
}

void
L2tpRemoteSystem::HangUp()
{
    m_wanted = false;
    m_redialEvent.Cancel();
    if (m_line && m_line->IsUp())
    {
        // PPP says good-bye first; LinkFinished() hangs up.
        m_device->GetLink()->Close();
    }
    else if (m_line)
    {
        m_line->HangUp();
    }
}

void
L2tpRemoteSystem::Incoming(Ptr<L2SerialLine> line, const L2CallNumbers& /* numbers */)
{
    if (m_running)
    {
        line->Answer();
    }
    else
    {
        line->Reject();
    }
}

void
L2tpRemoteSystem::Connected(Ptr<L2SerialLine> /* line */)
{
    m_linkReason = PppReason::NONE;
    m_device->GetLink()->Open();
}

void
L2tpRemoteSystem::Ended(Ptr<L2SerialLine> /* line */, L2LineCause cause)
{
    m_lastReason = m_linkReason == PppReason::NONE
                       ? std::string("line: ") + L2LineCauseName(cause)
                       : std::string("PPP: ") + PppReasonName(m_linkReason);
    m_linkReason = PppReason::NONE;
    m_downTrace(m_lastReason);
    if (m_wanted && m_redial)
    {
        m_redialEvent = Simulator::Schedule(m_redialDelay, &L2tpRemoteSystem::Dial, this);
    }
}

void
L2tpRemoteSystem::LinkChanged()
{
    const bool wasUp = std::exchange(m_wasUp, IsUp());
    if (m_wasUp && !wasUp)
    {
        Ptr<PppIpcp> ipcp = m_device->GetLink()->GetIpcp();
        m_upTrace(ipcp->GetLocalAddress(), ipcp->GetPeerAddress());
    }
}

void
L2tpRemoteSystem::LinkFinished(PppReason reason)
{
    m_linkReason = reason;
    if (m_line)
    {
        m_line->HangUp();
    }
}

bool
L2tpRemoteSystem::IsUp() const
{
    return m_device && m_device->GetLink()->IsNetworkUp();
}

Ipv4Address
L2tpRemoteSystem::GetAddress() const
{
    return IsUp() ? m_device->GetLink()->GetIpcp()->GetLocalAddress() : Ipv4Address::GetAny();
}

Ptr<PppNetDevice>
L2tpRemoteSystem::GetDevice() const
{
    return m_device;
}

const std::string&
L2tpRemoteSystem::GetLastReason() const
{
    return m_lastReason;
}

} // namespace ns3
