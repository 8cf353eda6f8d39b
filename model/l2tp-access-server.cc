/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-access-server.h"

#include "l2tp-line-leg.h"
#include "l2tp-pppoe-leg.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/enum.h"
#include "ns3/l2-ns3-version.h"
#include "ns3/log.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <sstream>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpAccessServer");
NS_OBJECT_ENSURE_REGISTERED(L2tpAccessServer);

TypeId
L2tpAccessServer::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpAccessServer")
            .SetParent<Application>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpAccessServer>()
            .AddAttribute("Lac",
                          "What places calls with LNSs; needed with a Selector.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpAccessServer::m_lac),
                          MakePointerChecker<L2tpLac>())
            .AddAttribute("Selector",
                          "What chooses where each call goes; without it all PPP ends here.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpAccessServer::m_selector),
                          MakePointerChecker<L2tpTunnelSelector>())
            .AddAttribute("Balancer",
                          "What chooses among the LNSs that a call may go to.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpAccessServer::m_balancer),
                          MakePointerChecker<L2tpLnsBalancer>())
            .AddAttribute("Terminator",
                          "What ends the PPP of calls that go to no LNS; without it they are "
                          "hung up.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpAccessServer::m_terminator),
                          MakePointerChecker<L2tpSessionTerminator>())
            .AddAttribute("AuthProtocol",
                          "How a remote system is asked who it is, if the Selector needs its name.",
                          EnumValue(PPP_AUTH_CHAP),
                          MakeL2EnumAccessor<PppAuthProtocol>(&L2tpAccessServer::m_authProtocol, 0),
                          MakePppAuthProtocolChecker())
            .AddAttribute("Mru",
                          "The longest packet in octets that a remote system is told to send, if "
                          "it is asked for its name. 1450 leaves room for L2TP, UDP and IP in a "
                          "1500-octet MTU.",
                          UintegerValue(1450),
                          MakeUintegerAccessor(&L2tpAccessServer::m_mru),
                          MakeUintegerChecker<uint16_t>(128))
            .AddAttribute("SendProxy",
                          "Whether LNSs are told of LCP and authentication by proxy AVPs (RFC "
                          "2661, section 4.4.5). If not, they do it all over again.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpAccessServer::m_sendProxy),
                          MakeBooleanChecker())
            .AddAttribute("SetupTimeout",
                          "Time for a call to be joined with one to an LNS, before it is hung up; "
                          "0: any time. An LNS that is silent takes 31 s of it.",
                          TimeValue(Seconds(120)),
                          MakeTimeAccessor(&L2tpAccessServer::m_setupTimeout),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("MaxCalls",
                          "How many calls there may be at once; further lines are busy, further "
                          "PPPoE sessions ended.",
                          UintegerValue(65535),
                          MakeUintegerAccessor(&L2tpAccessServer::m_maxCalls),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("EthernetSpeed",
                          "What LNSs are told of the speed of PPPoE sessions.",
                          DataRateValue(DataRate("100Mbps")),
                          MakeDataRateAccessor(&L2tpAccessServer::m_ethernetSpeed),
                          MakeDataRateChecker())
            .AddTraceSource("Choice",
                            "It was chosen what becomes of a call",
                            MakeTraceSourceAccessor(&L2tpAccessServer::m_choiceTrace),
                            "ns3::L2tpAccessServer::ChoiceTracedCallback")
            .AddTraceSource("State",
                            "A call has changed its state",
                            MakeTraceSourceAccessor(&L2tpAccessServer::m_stateTrace),
                            "ns3::L2tpAccessServer::StateTracedCallback");
    return tid;
}

L2tpAccessServer::L2tpAccessServer()
    : m_balancer(CreateObject<L2tpLnsBalancer>())
{
}

L2tpAccessServer::~L2tpAccessServer() = default;

void
L2tpAccessServer::DoDispose()
{
    m_running = false;
    for (const auto& line : m_lines)
    {
        line->SetIncomingCallback(L2SerialLine::IncomingCallback());
        line->SetCallCallbacks(L2SerialLine::ConnectedCallback(), L2SerialLine::EndedCallback());
    }
    for (const auto& concentrator : m_concentrators)
    {
        concentrator->SetSessionCallback(PppoeConcentrator::SessionCallback());
        concentrator->TraceDisconnectWithoutContext(
            "Ended",
            MakeCallback(&L2tpAccessServer::SessionEnded, this));
    }
    for (const auto& call : GetCalls())
    {
        call->Dispose();
    }
    for (const auto& asker : m_askers)
    {
        asker->Dispose();
    }
    m_calls.clear();
    m_callOf.clear();
    m_askers.clear();
    m_idleAskers.clear();
    m_lines.clear();
    m_channels.clear();
    m_concentrators.clear();
    m_lac = nullptr;
    m_selector = nullptr;
    m_balancer = nullptr;
    m_terminator = nullptr;
    Application::DoDispose();
}

void
L2tpAccessServer::AddLine(Ptr<L2SerialLine> line)
{
    m_channels[PeekPointer(line)] = static_cast<uint32_t>(m_lines.size());
    m_lines.push_back(line);
    line->SetIncomingCallback(MakeCallback(&L2tpAccessServer::Incoming, this));
    line->SetCallCallbacks(MakeCallback(&L2tpAccessServer::Connected, this),
                           MakeCallback(&L2tpAccessServer::LineEnded, this));
}

void
L2tpAccessServer::AddConcentrator(Ptr<PppoeConcentrator> concentrator)
{
    m_concentrators.push_back(concentrator);
    concentrator->SetSessionCallback(MakeCallback(&L2tpAccessServer::SessionBegun, this));
    concentrator->TraceConnectWithoutContext("Ended",
                                             MakeCallback(&L2tpAccessServer::SessionEnded, this));
    if (m_running)
    {
        concentrator->Start();
    }
}

std::vector<Ptr<L2tpAccessCall>>
L2tpAccessServer::GetCalls() const
{
    std::vector<Ptr<L2tpAccessCall>> calls;
    calls.reserve(m_calls.size());
    for (const auto& [number, call] : m_calls)
    {
        calls.push_back(call);
    }
    return calls;
}

std::size_t
L2tpAccessServer::GetNCalls() const
{
    return m_calls.size();
}

const L2tpAccessStatistics&
L2tpAccessServer::GetStatistics() const
{
    return m_statistics;
}

Ptr<L2tpTunnelSelector>
L2tpAccessServer::GetSelector() const
{
    return m_selector;
}

Ptr<L2tpLac>
L2tpAccessServer::GetLac() const
{
    return m_lac;
}

Ptr<L2tpLnsBalancer>
L2tpAccessServer::GetBalancer() const
{
    return m_balancer;
}

Ptr<L2tpSessionTerminator>
L2tpAccessServer::GetTerminator() const
{
    return m_terminator;
}

bool
L2tpAccessServer::SendsProxy() const
{
    return m_sendProxy;
}

Time
L2tpAccessServer::GetSetupTimeout() const
{
    return m_setupTimeout;
}

void
L2tpAccessServer::StartApplication()
{
    NS_ABORT_MSG_IF(m_selector && !m_lac,
                    "L2tpAccessServer::Lac is not set, so that no call can go where the Selector "
                    "says: give it the node's LAC");
    NS_ABORT_MSG_IF(!m_selector && !m_terminator,
                    "L2tpAccessServer has neither a Selector nor a Terminator, so that no call can "
                    "go anywhere: give it one of them");
    NS_ABORT_MSG_IF(m_selector && m_authProtocol == PPP_AUTH_NONE,
                    "L2tpAccessServer::AuthProtocol is None, by which nobody can be asked for a "
                    "name: choose Pap, Chap or MsChapV2");
    m_running = true;
    if (m_terminator)
    {
        m_terminator->Start(GetNode());
    }
    for (const auto& concentrator : m_concentrators)
    {
        concentrator->Start();
    }
}

void
L2tpAccessServer::StopApplication()
{
    m_running = false;
    for (const auto& concentrator : m_concentrators)
    {
        concentrator->Stop();
    }
    for (const auto& line : m_lines)
    {
        line->HangUp();
    }
}

void
L2tpAccessServer::Incoming(Ptr<L2SerialLine> line, const L2CallNumbers& /* numbers */)
{
    if (!m_running)
    {
        line->Reject();
    }
    else if (m_calls.size() + m_answering.size() >= m_maxCalls)
    {
        line->Reject(L2LineCause::BUSY);
    }
    else
    {
        m_answering.insert(PeekPointer(line));
        line->Answer();
    }
}

void
L2tpAccessServer::Connected(Ptr<L2SerialLine> line)
{
    m_answering.erase(PeekPointer(line));
    L2tpTunnelQuery query;
    query.calledNumber = line->GetCallNumbers().called;
    query.callingNumber = line->GetCallNumbers().calling;
    Arrived(CreateObject<L2tpLineLeg>(line, m_channels.at(PeekPointer(line))), query);
}

void
L2tpAccessServer::LineEnded(Ptr<L2SerialLine> line, L2LineCause cause)
{
    m_answering.erase(PeekPointer(line));
    if (const auto call = Take(line))
    {
        DynamicCast<L2tpLineLeg>(call->GetLeg())->Ended(cause);
        call->Over();
    }
}

void
L2tpAccessServer::SessionBegun(Ptr<PppoeSession> session,
                               const std::string& service,
                               Mac48Address host)
{
    if (m_calls.size() + m_answering.size() >= m_maxCalls)
    {
        session->Close();
        return;
    }
    std::ostringstream address;
    address << host;
    L2tpTunnelQuery query;
    query.callingNumber = address.str();
    query.service = service;
    Arrived(CreateObject<L2tpPppoeLeg>(session, m_ethernetSpeed), query);
}

void
L2tpAccessServer::SessionEnded(Ptr<PppoeSession> session, PppoeEnd /* end */)
{
    if (const auto call = Take(session))
    {
        DynamicCast<L2tpPppoeLeg>(call->GetLeg())->Ended();
        call->Over();
    }
}

void
L2tpAccessServer::Arrived(Ptr<L2tpAccessLeg> leg, const L2tpTunnelQuery& query)
{
    NS_LOG_INFO("'" << query.callingNumber << "' is there");
    const uint64_t number = m_statistics.arrived++;
    const auto call = CreateObject<L2tpAccessCall>();
    m_calls[number] = call;
    m_callOf[PeekPointer(leg->GetCircuit())] = number;
    call->Begin(this, leg, query);
}

Ptr<L2tpAccessCall>
L2tpAccessServer::Take(Ptr<L2Circuit> circuit)
{
    const auto it = m_callOf.find(PeekPointer(circuit));
    if (it == m_callOf.end())
    {
        return nullptr; // a call that was never connected
    }
    const auto call = m_calls.at(it->second);
    m_calls.erase(it->second);
    m_callOf.erase(it);
    return call;
}

Ptr<L2tpNameAsker>
L2tpAccessServer::BorrowAsker()
{
    ++m_statistics.asked;
    if (m_idleAskers.empty())
    {
        const auto asker = CreateObject<L2tpNameAsker>();
        asker->GetLink()->SetAttribute("AuthProtocol", EnumValue(m_authProtocol));
        asker->GetLink()->GetLcp()->SetAttribute("Mru", UintegerValue(m_mru));
        if (m_firstStream >= 0)
        {
            asker->GetLink()->AssignStreams(m_firstStream + static_cast<int64_t>(m_askers.size()));
        }
        m_askers.push_back(asker);
        m_idleAskers.push_back(asker);
    }
    const auto asker = m_idleAskers.back();
    m_idleAskers.pop_back();
    return asker;
}

void
L2tpAccessServer::ReturnAsker(Ptr<L2tpNameAsker> asker)
{
    m_idleAskers.push_back(asker);
}

void
L2tpAccessServer::CallChosen(L2tpAccessCall& call, const L2tpTunnelChoice& choice)
{
    m_choiceTrace(&call, choice);
}

void
L2tpAccessServer::CallChanged(L2tpAccessCall& call, L2tpAccessState before)
{
    const auto now = call.GetState();
    m_statistics.joined += now == L2tpAccessState::JOINED;
    m_statistics.local += now == L2tpAccessState::LOCAL;
    if (now == L2tpAccessState::OVER)
    {
        ++m_statistics.ended;
        m_statistics.failed +=
            before != L2tpAccessState::JOINED && before != L2tpAccessState::LOCAL;
    }
    m_stateTrace(&call, before, now);
}

int64_t
L2tpAccessServer::AssignStreams(int64_t stream)
{
    m_firstStream = stream;
    for (std::size_t i = 0; i < m_askers.size(); ++i)
    {
        m_askers[i]->GetLink()->AssignStreams(stream + static_cast<int64_t>(i));
    }
    int64_t used = m_maxCalls;
    for (const auto& line : m_lines)
    {
        used += line->AssignStreams(stream + used);
    }
    for (const auto& concentrator : m_concentrators)
    {
        used += concentrator->AssignStreams(stream + used);
    }
    if (m_terminator)
    {
        used += m_terminator->AssignStreams(stream + used);
    }
    return used;
}

} // namespace ns3
