/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-run-report.h"

#include "l2tp-report-page.h"

#include "ns3/abort.h"
#include "ns3/l2-serial-line.h"
#include "ns3/l2tp-access-server.h"
#include "ns3/l2tp-ppp-terminator.h"
#include "ns3/node-list.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-protocol.h"
#include "ns3/simulator.h"

#include <array>
#include <boost/container_hash/hash.hpp>
#include <fstream>

namespace ns3
{

namespace
{

constexpr std::size_t MAX_LINKS = 200; //!< PPP links that are kept

/// The octets of a packet. @param packet the packet @return them
std::vector<uint8_t>
OctetsOf(const Packet& packet)
{
    std::vector<uint8_t> octets(packet.GetSize());
    packet.CopyData(octets.data(), octets.size());
    return octets;
}

/// Whether a frame is of one of PPP's control protocols. @param frame it @return true if so
bool
IsPppControl(const Packet& frame)
{
    std::array<uint8_t, PppFrameHeader::MAX_SIZE> octets{};
    const uint32_t size = frame.CopyData(octets.data(), octets.size());
    PppFrameHeader header;
    return PppFrameHeader::Parse(octets.data(), size, header) == PppFrameError::NONE &&
           header.GetProtocol() >= ppp_protocol::FIRST_CONTROL;
}

/// What tells a RADIUS packet from others. @param octets the packet @return no UID of ns-3's
uint64_t
KeyOf(const std::vector<uint8_t>& octets)
{
    return boost::hash_range(octets.begin(), octets.end()) | uint64_t(1) << 63;
}

} // namespace

L2tpRunReport::L2tpRunReport(const std::string& scenario)
    : m_scenario(scenario)
{
}

void
L2tpRunReport::SetArguments(const std::vector<std::string>& arguments)
{
    m_arguments = arguments;
}

void
L2tpRunReport::SetLimits(std::size_t messages, std::size_t withOctets)
{
    m_messages.SetLimits(messages, withOctets);
}

void
L2tpRunReport::Watch()
{
    for (auto node = NodeList::Begin(); node != NodeList::End(); ++node)
    {
        m_objects.Visit(*node,
                        [this](Ptr<Node> at, Ptr<Object> object) { WatchObject(at, object); });
    }
}

void
L2tpRunReport::WatchObject(Ptr<Node> node, Ptr<Object> object)
{
    const auto id = static_cast<int32_t>(node->GetId());
    if (const auto endpoint = DynamicCast<L2tpEndpoint>(object))
    {
        WatchEndpoint(id, endpoint);
    }
    else if (const auto server = DynamicCast<L2tpAccessServer>(object))
    {
        server->TraceConnectWithoutContext(
            "State",
            MakeBoundCallback(&L2tpRunReport::AccessChanged, this, id));
    }
    else if (const auto terminator = DynamicCast<L2tpPppTerminator>(object))
    {
        terminator->TraceConnectWithoutContext("NewDevice",
                                               MakeBoundCallback(&L2tpRunReport::NewDevice, this));
        terminator->TraceConnectWithoutContext(
            "Link",
            MakeBoundCallback(&L2tpRunReport::NewLink, this, id));
    }
    else if (const auto ppp = DynamicCast<PppNetDevice>(object))
    {
        WatchPpp(ppp);
    }
    else if (const auto device = DynamicCast<NetDevice>(object))
    {
        m_onion.WatchDevice(device);
    }
    else if (const auto port = DynamicCast<PppoePort>(object))
    {
        port->TraceConnectWithoutContext(
            "DiscoveryTx",
            MakeBoundCallback(&L2tpRunReport::DiscoverySent, this, id));
        port->TraceConnectWithoutContext(
            "DiscoveryRx",
            MakeBoundCallback(&L2tpRunReport::DiscoveryReceived, this, id));
    }
    else if (const auto client = DynamicCast<RadiusClient>(object))
    {
        client->TraceConnectWithoutContext(
            "Send",
            MakeBoundCallback(&L2tpRunReport::RadiusAsked, this, id));
        client->TraceConnectWithoutContext(
            "Receive",
            MakeBoundCallback(&L2tpRunReport::RadiusArrived, this, id));
    }
    else if (const auto radius = DynamicCast<RadiusServer>(object))
    {
        radius->TraceConnectWithoutContext(
            "Send",
            MakeBoundCallback(&L2tpRunReport::RadiusAnswered, this, id));
        radius->TraceConnectWithoutContext(
            "Receive",
            MakeBoundCallback(&L2tpRunReport::RadiusArrived, this, id));
    }
}

void
L2tpRunReport::WatchEndpoint(int32_t node, Ptr<L2tpEndpoint> endpoint)
{
    endpoint->TraceConnectWithoutContext(
        "ControlTx",
        MakeBoundCallback(&L2tpRunReport::ControlSent, this, node));
    endpoint->TraceConnectWithoutContext(
        "ControlRx",
        MakeBoundCallback(&L2tpRunReport::ControlReceived, this, node));
    endpoint->TraceConnectWithoutContext(
        "TunnelState",
        MakeBoundCallback(&L2tpRunReport::TunnelChanged, this, node));
    endpoint->TraceConnectWithoutContext(
        "CallState",
        MakeBoundCallback(&L2tpRunReport::CallChanged, this, node));
}

void
L2tpRunReport::NewDevice(L2tpRunReport* report, Ptr<PppDevice> device)
{
    if (const auto ofOneLink = DynamicCast<PppNetDevice>(device))
    {
        report->WatchPpp(ofOneLink);
    }
    else
    {
        report->m_onion.WatchPpp(device);
    }
}

void
L2tpRunReport::NewLink(L2tpRunReport* report,
                       int32_t node,
                       Ptr<const L2tpLeg> /* leg */,
                       Ptr<PppLink> link)
{
    report->WatchLink(node, link, "session " + std::to_string(report->m_watchedLinks.size() + 1));
}

void
L2tpRunReport::WatchPpp(Ptr<PppNetDevice> device)
{
    const auto node = static_cast<int32_t>(device->GetNode()->GetId());
    m_onion.WatchPpp(device);
    if (const Ptr<PppLink> link = device->GetLink())
    {
        WatchLink(node, link, "interface " + std::to_string(device->GetIfIndex()));
    }
}

void
L2tpRunReport::WatchLink(int32_t node, Ptr<PppLink> link, const std::string& name)
{
    const Object* which = PeekPointer(link);
    if (!m_watchedLinks.insert(which).second)
    {
        return; // it was that of another session before
    }
    link->TraceConnectWithoutContext("ControlTx",
                                     MakeBoundCallback(&L2tpRunReport::PppSent, this, node, which));
    link->TraceConnectWithoutContext("ControlRx",
                                     MakeBoundCallback(&L2tpRunReport::FrameArrived, this, node));
    if (m_links.size() >= MAX_LINKS)
    {
        ++m_linksLeftOut;
        return;
    }
    m_links.push_back({node, name, {}});
    link->TraceConnectWithoutContext(
        "Phase",
        MakeBoundCallback(&L2tpRunReport::PhaseChanged, this, &m_links.back()));
}

void
L2tpRunReport::PhaseChanged(L2tpRunReport* /* report */,
                            Link* link,
                            PppPhase /* before */,
                            PppPhase now,
                            PppReason reason)
{
    link->phases.emplace_back(Simulator::Now().GetNanoSeconds(),
                              std::string(PppPhaseName(now)) + "\n" + PppReasonName(reason));
}

int32_t
L2tpRunReport::EndOf(int32_t node, Ptr<const L2tpTunnel> tunnel)
{
    return m_tunnels.EndOf(tunnel, node, m_network.Find(tunnel->GetPath()->GetPeer().address));
}

void
L2tpRunReport::ControlSent(L2tpRunReport* report,
                           int32_t node,
                           Ptr<const L2tpTunnel> tunnel,
                           const L2tpHeader& header,
                           Ptr<const Packet> datagram,
                           uint32_t attempt)
{
    L2tpReportMessage message;
    message.from = node;
    message.to = report->m_network.Find(tunnel->GetPath()->GetPeer().address);
    message.sent = Simulator::Now();
    message.attempt = attempt;
    message.tunnelEnd = report->EndOf(node, tunnel);
    message.sessionOfPeer = header.GetSessionId();
    message.ns = header.GetNs();
    message.nr = header.GetNr();
    message.octets = OctetsOf(*datagram);
    const L2tpByteView body = L2tpByteView(message.octets).Sub(header.GetSerializedSize());
    L2tpControlMessage avps;
    if (header.GetSessionId() == 0 && !body.empty() &&
        L2tpControlMessage::Parse(body, avps) == L2tpAvpError::NONE)
    {
        message.sessionOfSender = avps.Get(L2tpAvps::ASSIGNED_SESSION_ID).value_or(0);
    }
    if (attempt > 1)
    {
        report->m_tunnels.SentAgain(message.tunnelEnd, header.GetNs());
    }
    report->m_messages.Sent(std::move(message), datagram->GetUid());
}

void
L2tpRunReport::ControlReceived(L2tpRunReport* report,
                               int32_t node,
                               Ptr<const L2tpTunnel> /* tunnel */,
                               const L2tpHeader& /* header */,
                               Ptr<const Packet> datagram,
                               L2tpReception reception)
{
    report->m_messages.Arrived(datagram->GetUid(), node, reception == L2tpReception::DUPLICATE);
}

void
L2tpRunReport::TunnelChanged(L2tpRunReport* report,
                             int32_t node,
                             Ptr<const L2tpTunnel> tunnel,
                             L2tpTunnelState /* before */,
                             L2tpTunnelEvent /* event */)
{
    report->m_tunnels.Changed(report->EndOf(node, tunnel), *tunnel);
}

void
L2tpRunReport::CallChanged(L2tpRunReport* report,
                           int32_t node,
                           Ptr<const L2tpCall> call,
                           L2tpCallState before,
                           L2tpCallEvent /* event */)
{
    if (!call->GetTunnel())
    {
        return;
    }
    const int32_t tunnelEnd = report->EndOf(node, Ptr<const L2tpTunnel>(call->GetTunnel()));
    const int32_t end = report->m_tunnels.CallChanged(tunnelEnd, *call);
    if (end != L2tpReportTunnels::NONE && before != L2tpCallState::ESTABLISHED &&
        call->GetState() == L2tpCallState::ESTABLISHED)
    {
        const Ptr<L2tpSession> session = call->GetSession();
        session->TraceConnectWithoutContext(
            "Tx",
            MakeBoundCallback(&L2tpRunReport::DataSent, report, end));
        session->TraceConnectWithoutContext(
            "Rx",
            MakeBoundCallback(&L2tpRunReport::DataReceived, report, node));
    }
}

void
L2tpRunReport::DataSent(L2tpRunReport* report, int32_t callEnd, Ptr<const Packet> frame)
{
    report->m_data.Sent(callEnd, *frame);
    if (IsPppControl(*frame))
    {
        report->m_messages.GoesThrough(frame->GetUid(),
                                       report->m_tunnels.TunnelEndOf(callEnd),
                                       report->m_tunnels.SessionIdOf(callEnd));
    }
}

void
L2tpRunReport::DataReceived(L2tpRunReport* report, int32_t node, Ptr<const Packet> frame)
{
    report->m_data.Received(*frame);
    FrameArrived(report, node, frame);
}

void
L2tpRunReport::FrameArrived(L2tpRunReport* report, int32_t node, Ptr<const Packet> frame)
{
    if (IsPppControl(*frame))
    {
        report->m_messages.Arrived(frame->GetUid(), node);
    }
}

void
L2tpRunReport::PppSent(L2tpRunReport* report,
                       int32_t node,
                       const Object* link,
                       Ptr<const Packet> frame)
{
    if (!IsPppControl(*frame) ||
        report->m_messages.GoesThrough(frame->GetUid(), L2tpReportMessage::NONE, 0))
    {
        return;
    }
    L2tpReportMessage message;
    message.protocol = L2tpReportProtocol::PPP;
    message.from = node;
    message.link = reinterpret_cast<uintptr_t>(link);
    message.sent = Simulator::Now();
    message.octets = OctetsOf(*frame);
    report->m_messages.Sent(std::move(message), frame->GetUid());
}

void
L2tpRunReport::AccessChanged(L2tpRunReport* report,
                             int32_t node,
                             Ptr<const L2tpAccessCall> call,
                             L2tpAccessState /* before */,
                             L2tpAccessState now)
{
    if (now == L2tpAccessState::OVER)
    {
        report->m_accessCalls.erase(PeekPointer(call));
        return;
    }
    const auto leg = call->GetLeg();
    if (leg && leg->GetCircuit() && report->m_accessCalls.insert(PeekPointer(call)).second)
    {
        report->WatchCircuit(node, leg->GetCircuit());
    }
}

void
L2tpRunReport::WatchCircuit(int32_t node, Ptr<L2Circuit> circuit)
{
    // A line is there for one call after the other, all else for one call.
    if (DynamicCast<L2SerialLine>(circuit) && !m_lines.insert(PeekPointer(circuit)).second)
    {
        return;
    }
    const Object* which = PeekPointer(circuit);
    circuit->TraceConnectWithoutContext(
        "Tx",
        MakeBoundCallback(&L2tpRunReport::PppSent, this, node, which));
    circuit->TraceConnectWithoutContext(
        "Rx",
        MakeBoundCallback(&L2tpRunReport::FrameArrived, this, node));
}

void
L2tpRunReport::DiscoverySent(L2tpRunReport* report,
                             int32_t node,
                             Ptr<const Packet> packet,
                             Mac48Address peer)
{
    L2tpReportMessage message;
    message.protocol = L2tpReportProtocol::PPPOE;
    message.from = node;
    message.to = report->m_network.Find(peer);
    message.sent = Simulator::Now();
    message.octets = OctetsOf(*packet);
    report->m_messages.Sent(std::move(message), packet->GetUid());
}

void
L2tpRunReport::DiscoveryReceived(L2tpRunReport* report,
                                 int32_t node,
                                 Ptr<const Packet> packet,
                                 Mac48Address /* peer */)
{
    report->m_messages.Arrived(packet->GetUid(), node);
}

void
L2tpRunReport::RadiusAsked(L2tpRunReport* report,
                           int32_t node,
                           const RadiusPacket& packet,
                           const L2tpUdpAddress& peer,
                           uint32_t attempt)
{
    L2tpReportMessage message;
    message.protocol = L2tpReportProtocol::RADIUS;
    message.from = node;
    message.to = report->m_network.Find(peer.address);
    message.sent = Simulator::Now();
    message.attempt = attempt;
    message.octets = packet.Serialize();
    const uint64_t key = KeyOf(message.octets);
    report->m_messages.Sent(std::move(message), key);
}

void
L2tpRunReport::RadiusAnswered(L2tpRunReport* report,
                              int32_t node,
                              const RadiusPacket& packet,
                              const L2tpUdpAddress& peer)
{
    RadiusAsked(report, node, packet, peer, 1);
}

void
L2tpRunReport::RadiusArrived(L2tpRunReport* report,
                             int32_t node,
                             const RadiusPacket& packet,
                             const L2tpUdpAddress& /* peer */)
{
    report->m_messages.Arrived(KeyOf(packet.Serialize()), node);
}

std::string
L2tpRunReport::LinksToJson() const
{
    std::string links;
    for (const Link& link : m_links)
    {
        std::string phases;
        for (const auto& [time, phase] : link.phases)
        {
            phases += (phases.empty() ? "[" : ",[") + std::to_string(time) + "," +
                      L2tpReportQuote(phase) + "]";
        }
        links += (links.empty() ? "" : ",\n") + std::string("{\"node\":") +
                 std::to_string(link.node) + ",\"device\":" + L2tpReportQuote(link.device) +
                 ",\"phases\":[" + phases + "]}";
    }
    return "\"ppp\":[" + links + "],\n\"ppp_left_out\":" + std::to_string(m_linksLeftOut);
}

void
L2tpRunReport::Write(const std::string& path, const L2tpRunSummary& summary)
{
    m_tunnels.Join();
    std::string arguments;
    for (const std::string& argument : m_arguments)
    {
        arguments += (arguments.empty() ? "" : ",") + L2tpReportQuote(argument);
    }
    std::string results = summary.ToJson();
    for (std::size_t at = 0; (at = results.find('<', at)) != std::string::npos;)
    {
        results.replace(at, 1, "\\u003c");
    }
    const auto findPlace = [this](const L2tpReportMessage& message) {
        return m_tunnels.FindPlace(message);
    };
    std::ofstream file(path);
    file << L2TP_REPORT_PAGE_HEAD << "{\"scenario\":" << L2tpReportQuote(m_scenario)
         << ",\n\"arguments\":[" << arguments
         << "],\n\"end_ns\":" << Simulator::Now().GetNanoSeconds() << ",\n\"summary\":" << results
         << ",\n"
         << L2tpReportNetwork::ToJson() << ",\n"
         << m_tunnels.ToJson() << ",\n"
         << m_messages.ToJson(findPlace) << ",\n"
         << m_tunnels.ChannelsToJson() << ",\n"
         << LinksToJson() << ",\n"
         << m_data.ToJson(m_tunnels) << ",\n"
         << m_onion.ToJson() << ",\n"
         << m_objects.ToJson() << "}" << L2TP_REPORT_PAGE_TAIL;
    file.close();
    NS_ABORT_MSG_IF(!file, "The report " << path << " can't be written: check the folder");
}

} // namespace ns3
