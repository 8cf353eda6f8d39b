/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-endpoint.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/ppp-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <limits>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpEndpoint");
NS_OBJECT_ENSURE_REGISTERED(L2tpEndpoint);

namespace
{

/**
 * @brief Tell whether a device leads into a tunnel.
 * @param device the device
 * @return true if PPP runs over it
 */
bool
LeadsIntoTunnel(Ptr<NetDevice> device)
{
    return DynamicCast<PppDevice>(device) != nullptr;
}

} // namespace

TypeId
L2tpEndpoint::GetTypeId()
{
    static TypeId tid = AddDataAttributes(AddControlAttributes(
        TypeId("ns3::L2tpEndpoint")
            .SetParent<Application>()
            .SetGroupName("L2tp")
            .AddAttribute("LocalPort",
                          "The UDP port to use; 0 takes any that is free (RFC 2661, section 8.1).",
                          UintegerValue(L2TP_UDP_PORT),
                          MakeUintegerAccessor(&L2tpEndpoint::m_localPort),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("HostName",
                          "The Host Name AVP: 1 to 1017 octets, as unique as possible.",
                          StringValue("ns-3"),
                          MakeStringAccessor(&L2tpEndpoint::m_hostName),
                          MakeStringChecker())
            .AddAttribute("HelloInterval",
                          "How long the peer may be silent before a HELLO is sent (RFC 2661, "
                          "section 6.5, recommends 60 s). 0 sends none.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&L2tpEndpoint::m_helloInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("SetupTimeout",
                          "How long a tunnel or a call may take to be established before it is "
                          "cleared. Longer than a full retransmission cycle, or that comes first. "
                          "0 lets it take any time.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(&L2tpEndpoint::m_setupTimeout),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("SharedSecret",
                          "The secret of tunnel authentication, the same at both ends (RFC 2661, "
                          "section 5.1.1). If empty, a peer that challenges us is refused.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpEndpoint::m_sharedSecret),
                          MakeStringChecker())
            .AddAttribute("ChallengePeer",
                          "Whether peers must prove that they know SharedSecret.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpEndpoint::m_challengePeer),
                          MakeBooleanChecker())
            .AddAttribute(
                "HideAvps",
                "Whether to hide with SharedSecret all AVPs that may be hidden (RFC 2661, "
                "section 4.3). Hidden ones are revealed whenever there is a secret.",
                BooleanValue(false),
                MakeBooleanAccessor(&L2tpEndpoint::m_hideAvps),
                MakeBooleanChecker())
            .AddAttribute("TieBreaker",
                          "Whether to send a Tie Breaker AVP, so that one tunnel remains when both "
                          "ends open one at once (RFC 2661, section 4.4.3).",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpEndpoint::m_tieBreaker),
                          MakeBooleanChecker())
            .AddAttribute("MaxTunnels",
                          "How many tunnels there may be at once, lingering ones included.",
                          UintegerValue(L2tpIdTable<L2tpTunnel>::CAPACITY),
                          MakeUintegerAccessor(&L2tpEndpoint::m_maxTunnels),
                          MakeUintegerChecker<uint32_t>(1, L2tpIdTable<L2tpTunnel>::CAPACITY))
            .AddAttribute("MaxHalfOpen",
                          "How many tunnels there may be that peers have begun to open, and that "
                          "are not established, refused ones that linger included. One more, and "
                          "the oldest is forgotten without a word, so that a flood of SCCRQs costs "
                          "no more than this, and whoever answers in time still gets in. Less than "
                          "MaxTunnels, or those are taken first.",
                          UintegerValue(16384),
                          MakeUintegerAccessor(&L2tpEndpoint::m_maxHalfOpen),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("MaxSessions",
                          "How many calls there may be at once, in all tunnels together. One more "
                          "is refused with a CDN of result 4 (RFC 2661, section 4.4.2).",
                          UintegerValue(std::numeric_limits<uint32_t>::max()),
                          MakeUintegerAccessor(&L2tpEndpoint::m_maxSessions),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("MaxSessionsPerTunnel",
                          "How many calls there may be at once in each tunnel. One more is refused "
                          "with a CDN of result 4.",
                          UintegerValue(L2tpIdTable<L2tpCall>::CAPACITY),
                          MakeUintegerAccessor(&L2tpEndpoint::m_maxSessionsPerTunnel),
                          MakeUintegerChecker<uint32_t>(1, L2tpIdTable<L2tpCall>::CAPACITY))
            .AddTraceSource("ControlTx",
                            "A control datagram is sent",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_controlTxTrace),
                            "ns3::L2tpEndpoint::ControlTxTracedCallback")
            .AddTraceSource("ControlRx",
                            "A control datagram of a tunnel is received",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_controlRxTrace),
                            "ns3::L2tpEndpoint::ControlRxTracedCallback")
            .AddTraceSource("ControlDeliver",
                            "A control message is delivered to its tunnel, in order and once",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_controlDeliverTrace),
                            "ns3::L2tpEndpoint::ControlDeliverTracedCallback")
            .AddTraceSource("ControlDrop",
                            "A control message, or a datagram that is no L2TP, is dropped",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_controlDropTrace),
                            "ns3::L2tpEndpoint::DropTracedCallback")
            .AddTraceSource("DataDrop",
                            "A data message is dropped before a session was found for it; see "
                            "L2tpSession for the others",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_dataDropTrace),
                            "ns3::L2tpEndpoint::DropTracedCallback")
            .AddTraceSource("TunnelState",
                            "A tunnel changes its state, and has the new one already; or it is "
                            "refused while idle",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_tunnelTrace),
                            "ns3::L2tpEndpoint::TunnelStateTracedCallback")
            .AddTraceSource("CallState",
                            "A call changes its state, and has the new one already; or it is "
                            "refused while idle",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_callTrace),
                            "ns3::L2tpEndpoint::CallStateTracedCallback")
            .AddTraceSource("Running",
                            "The endpoint begins to take part, or has cleared all tunnels and "
                            "takes part no more; a crash is not told here",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_runningTrace),
                            "ns3::L2tpEndpoint::RunningTracedCallback")
            .AddTraceSource("Crash",
                            "The endpoint is about to lose all state without a word",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_crashTrace),
                            "ns3::L2tpEndpoint::EventTracedCallback")
            .AddTraceSource("WanErrors",
                            "An LNS was told of errors on a call's line, by a WEN",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_wanErrorsTrace),
                            "ns3::L2tpEndpoint::WanErrorsTracedCallback")
            .AddTraceSource("LinkInfo",
                            "A LAC was told what PPP has negotiated over a call, by an SLI",
                            MakeTraceSourceAccessor(&L2tpEndpoint::m_linkInfoTrace),
                            "ns3::L2tpEndpoint::LinkInfoTracedCallback")));
    return tid;
}

L2tpEndpoint::L2tpEndpoint()
    : m_port(CreateObject<L2tpUdpPort>()),
      m_ids(CreateObject<UniformRandomVariable>()),
      m_data(std::make_shared<L2tpDataStatistics>()),
      m_challenges(std::make_shared<L2tpChallenges>())
{
    m_port->SetTunnelPredicate(MakeCallback(&LeadsIntoTunnel));
    m_port->SetStrangerCallback(MakeCallback(&L2tpEndpoint::RefuseStranger, this));
    m_ids->SetAttribute("Min", DoubleValue(1));
    m_ids->SetAttribute("Max", DoubleValue(65535));
}

L2tpEndpoint::~L2tpEndpoint() = default;

void
L2tpEndpoint::DoDispose()
{
    m_running = false;
    for (const auto& tunnel : m_tunnels.GetAll())
    {
        tunnel->Dispose();
    }
    m_tunnels = {};
    m_halfOpen.Clear();
    m_byPeer.clear();
    m_opening.clear();
    m_port->Dispose();
    Application::DoDispose();
}

int64_t
L2tpEndpoint::AssignStreams(int64_t stream)
{
    m_ids->SetStream(stream);
    return 1;
}

void
L2tpEndpoint::StartApplication()
{
    Start();
}

void
L2tpEndpoint::StopApplication()
{
    Stop();
}

void
L2tpEndpoint::DoStart()
{
}

void
L2tpEndpoint::DoStop()
{
}

void
L2tpEndpoint::DoPrepareCrash()
{
}

void
L2tpEndpoint::DoCrash()
{
}

void
L2tpEndpoint::Start()
{
    NS_LOG_FUNCTION(this);
    if (m_running)
    {
        return;
    }
    NS_ABORT_MSG_IF(
        m_hostName.empty() || m_hostName.size() > L2tpAvp::MAX_SIZE - L2tpAvp::HEADER_SIZE,
        "L2tpEndpoint::HostName has " << m_hostName.size() << " octets: give it 1 to 1017");
    m_config.hostName = m_hostName;
    m_config.helloInterval = m_helloInterval;
    m_config.setupTimeout = m_setupTimeout;
    NS_ABORT_MSG_IF((m_challengePeer || m_hideAvps) && m_sharedSecret.empty(),
                    "L2tpEndpoint::" << (m_challengePeer ? "ChallengePeer" : "HideAvps")
                                     << " is set and SharedSecret is empty: set the secret");
    m_config.sharedSecret = m_sharedSecret;
    m_config.challengePeer = m_challengePeer;
    m_config.hideAvps = m_hideAvps;
    m_config.tieBreaker = m_tieBreaker;
    ApplyControlAttributes();
    ApplyDataAttributes();
    // Tunnels that linger from before a restart still have the port.
    if (m_port->GetPort() == 0)
    {
        const bool open =
            m_port->Open(GetNode(), m_localPort, MakeCallback(&L2tpEndpoint::Receive, this));
        NS_ABORT_MSG_IF(!open,
                        "L2tpEndpoint::LocalPort " << m_localPort << " is taken on node "
                                                   << GetNode()->GetId()
                                                   << ": choose another, or 0 for any");
    }
    m_running = true;
    DoStart();
    m_runningTrace(true);
}

void
L2tpEndpoint::Stop()
{
    NS_LOG_FUNCTION(this);
    if (!m_running)
    {
        ClosePortIfUnused(); // a crash has left it
        return;
    }
    DoStop();
    m_running = false;
    for (const auto& tunnel : m_tunnels.GetAll())
    {
        tunnel->Close(L2tpResultCode::Of(L2tpStopResult::SHUTTING_DOWN));
    }
    m_runningTrace(false);
    ClosePortIfUnused();
}

void
L2tpEndpoint::Crash()
{
    NS_LOG_FUNCTION(this);
    m_crashTrace();
    m_running = false;
    m_port->FallSilent();
    DoPrepareCrash();
    const std::vector<Ptr<L2tpTunnel>> tunnels = m_tunnels.GetAll();
    m_tunnels = {};
    m_halfOpen.Clear();
    m_byPeer.clear();
    m_opening.clear();
    for (const auto& tunnel : tunnels)
    {
        tunnel->Crash();
        // The caller may be one of the tunnel's own methods: let it go once that has returned.
        Simulator::ScheduleNow(&L2tpTunnel::Dispose, tunnel);
    }
    DoCrash();
}

bool
L2tpEndpoint::IsRunning() const
{
    return m_running;
}

void
L2tpEndpoint::ClosePortIfUnused()
{
    if (!m_running && m_tunnels.GetSize() == 0)
    {
        m_port->Close();
    }
}

Ptr<L2tpTunnel>
L2tpEndpoint::MakeTunnel(const L2tpUdpAddress& peer, const L2tpIpAddress& local)
{
    const uint16_t id =
        m_tunnels.GetSize() < m_maxTunnels ? m_tunnels.PickFree(m_ids) : uint16_t(0);
    if (id == 0)
    {
        NS_LOG_INFO("no tunnel to " << peer.address << ": there are " << m_tunnels.GetSize());
        return nullptr;
    }
    NS_LOG_INFO("tunnel " << id << " to " << peer.address << " port " << peer.port);
    auto tunnel = CreateObject<L2tpTunnel>();
    tunnel->Setup(this, id, Create<L2tpUdpPath>(m_port, local, peer));
    m_tunnels.Insert(id, tunnel);
    return tunnel;
}

const L2tpTunnelConfig&
L2tpEndpoint::GetTunnelConfig() const
{
    return m_config;
}

void
L2tpEndpoint::SetPeerSecret(const std::string& hostName, const std::string& secret)
{
    m_peerSecrets[hostName] = secret;
}

const std::string&
L2tpEndpoint::GetSecretFor(const std::string& hostName) const
{
    const auto own = m_peerSecrets.find(hostName);
    return own == m_peerSecrets.end() || own->second.empty() ? m_config.sharedSecret : own->second;
}

Ptr<RandomVariableStream>
L2tpEndpoint::GetIdStream() const
{
    return m_ids;
}

std::shared_ptr<L2tpDataStatistics>
L2tpEndpoint::GetDataStatistics() const
{
    return m_data;
}

std::shared_ptr<L2tpChallenges>
L2tpEndpoint::GetChallenges() const
{
    return m_challenges;
}

std::optional<L2tpResultCode>
L2tpEndpoint::JudgeTunnel(const L2tpTunnel& tunnel, const L2tpControlMessage& message)
{
    if (message.Is(L2tpMessageType::SCCRQ) && m_tunnels.Find(tunnel.GetLocalId()) != &tunnel)
    {
        return L2tpResultCode::GeneralError(L2tpErrorCode::NO_RESOURCES, "all tunnels are taken");
    }
    const uint16_t version = message.Get(L2tpAvps::PROTOCOL_VERSION).value_or(0);
    if (version >> 8 != L2TP_PROTOCOL_VERSION >> 8)
    {
        // Section 4.4.2: the Error Code indicates the highest version supported.
        L2tpResultCode code = L2tpResultCode::Of(L2tpStopResult::VERSION_NOT_SUPPORTED);
        code.error = L2TP_PROTOCOL_VERSION;
        return code;
    }
    return std::nullopt;
}

std::optional<L2tpResultCode>
L2tpEndpoint::JudgeCall(const L2tpTunnel& tunnel, const L2tpControlMessage& /* message */)
{
    // The call itself is one of the tunnel's already.
    return JudgeRoom(tunnel.GetNCalls() - 1);
}

std::optional<L2tpResultCode>
L2tpEndpoint::JudgeRoom(std::size_t others) const
{
    // Section 4.4.2: error codes are for errors "not specific to any particular L2TP request"; for
    // want of room for a call there is a result of its own.
    if (m_calls >= m_maxSessions)
    {
        return L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY,
                                  "all sessions are taken");
    }
    if (others >= m_maxSessionsPerTunnel)
    {
        return L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY,
                                  "all sessions of the tunnel are taken");
    }
    return std::nullopt;
}

void
L2tpEndpoint::OpenBearer(L2tpCall& /* call */)
{
    // Only a LAC has bearers, and nobody else accepts an OCRQ.
}

void
L2tpEndpoint::SetBearerCapabilities(uint32_t bearers)
{
    m_config.bearerCapabilities = bearers;
}

void
L2tpEndpoint::TunnelFinished(L2tpTunnel& tunnel)
{
    NS_LOG_INFO("tunnel " << tunnel.GetLocalId() << " is forgotten");
    // The caller is one of the tunnel's own methods: let it go once that has returned.
    Ptr<L2tpTunnel> held(&tunnel);
    m_tunnels.Erase(tunnel.GetLocalId());
    m_halfOpen.Remove(tunnel);
    const auto known = m_byPeer.find({tunnel.GetPath()->GetPeer(), tunnel.GetPeerId()});
    if (known != m_byPeer.end() && known->second == held)
    {
        m_byPeer.erase(known);
    }
    Simulator::ScheduleNow(&L2tpTunnel::Dispose, held);
    ClosePortIfUnused();
}

std::size_t
L2tpEndpoint::GetNTunnels() const
{
    return m_active;
}

std::size_t
L2tpEndpoint::GetNTunnelsHeld() const
{
    return m_tunnels.GetSize();
}

std::size_t
L2tpEndpoint::GetNCalls() const
{
    return m_calls;
}

std::vector<Ptr<L2tpTunnel>>
L2tpEndpoint::GetTunnels() const
{
    return m_tunnels.GetAll();
}

uint16_t
L2tpEndpoint::GetPort() const
{
    return m_port->GetPort();
}

} // namespace ns3
