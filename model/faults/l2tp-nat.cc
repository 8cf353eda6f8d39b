/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-nat.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/log.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpNat");
NS_OBJECT_ENSURE_REGISTERED(L2tpNat);

namespace
{

constexpr uint32_t FIRST_PORT = 1024; //!< of those that mappings get whose own port is taken
constexpr uint32_t PORTS = 65536;     //!< one more than the last port

} // namespace

TypeId
L2tpNat::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpNat")
            .SetParent<L2tpMiddlebox>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpNat>()
            .AddAttribute("Address",
                          "The address outside, which all hosts inside share.",
                          Ipv4AddressValue(),
                          MakeIpv4AddressAccessor(&L2tpNat::m_address),
                          MakeIpv4AddressChecker())
            .AddAttribute("MappingTimeout",
                          "How long a mapping lasts after the last datagram from the inside (RFC "
                          "4787, REQ-5: at least 2 min).",
                          TimeValue(Minutes(2)),
                          MakeTimeAccessor(&L2tpNat::m_timeout),
                          MakeTimeChecker(NanoSeconds(1)))
            .AddAttribute("FilterPorts",
                          "Whether a datagram from the outside must come from a port that was sent "
                          "to; else from an address.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpNat::m_filterPorts),
                          MakeBooleanChecker())
            .AddAttribute("KeepPort",
                          "Whether a host keeps its port, if no other host has the same.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpNat::m_keepPort),
                          MakeBooleanChecker());
    return tid;
}

L2tpNat::L2tpNat() = default;
L2tpNat::~L2tpNat() = default;

std::size_t
L2tpNat::GetNMappings() const
{
    return m_mappings.size();
}

uint16_t
L2tpNat::GetMappedPort(Ipv4Address host, uint16_t port) const
{
    const auto found = m_ports.find({host, port});
    return found == m_ports.end() || IsOver(m_mappings.at(found->second).lastSent) ? 0
                                                                                   : found->second;
}

bool
L2tpNat::IsOver(Time lastSent) const
{
    return Simulator::Now() - lastSent >= m_timeout;
}

uint16_t
L2tpNat::PickPort(uint16_t wanted)
{
    // From the wanted one on, once round all that ordinary hosts have.
    uint32_t port = m_keepPort ? wanted : FIRST_PORT;
    for (uint32_t tried = 0; tried < PORTS; ++tried)
    {
        const auto taken = m_mappings.find(static_cast<uint16_t>(port));
        if (taken == m_mappings.end())
        {
            return static_cast<uint16_t>(port);
        }
        if (IsOver(taken->second.lastSent))
        {
            m_ports.erase(taken->second.inside);
            m_mappings.erase(taken);
            return static_cast<uint16_t>(port);
        }
        port = std::max(FIRST_PORT, (port + 1) % PORTS);
    }
    return 0;
}

L2tpMiddlebox::Verdict
L2tpNat::JudgeOutgoing(Ptr<NetDevice> device, Flow& flow)
{
    NS_ABORT_MSG_IF(m_address == Ipv4Address(),
                    "L2tpNat::Address is not set: give it the address that hosts share outside");
    const Endpoint inside{flow.source, flow.sourcePort};
    auto found = m_ports.find(inside);
    if (found != m_ports.end() && IsOver(m_mappings.at(found->second).lastSent))
    {
        m_mappings.erase(found->second);
        m_ports.erase(found);
        found = m_ports.end();
    }
    if (found == m_ports.end())
    {
        const uint16_t port = PickPort(flow.sourcePort);
        if (port == 0)
        {
            return {nullptr, L2tpMiddleboxDrop::NO_PORT};
        }
        NS_LOG_INFO("port " << flow.sourcePort << " of " << flow.source << " is " << port
                            << " outside");
        found = m_ports.emplace(inside, port).first;
        m_mappings[port] = {inside, device, Simulator::Now(), {}};
    }
    Mapping& mapping = m_mappings.at(found->second);
    mapping.lastSent = Simulator::Now();
    mapping.peers[{flow.destination, flow.destinationPort}] = Simulator::Now();
    flow.source = m_address;
    flow.sourcePort = found->second;
    return {GetOutside()};
}

L2tpMiddlebox::Verdict
L2tpNat::JudgeIncoming(Flow& flow)
{
    const auto found = m_mappings.find(flow.destinationPort);
    if (flow.destination != m_address || found == m_mappings.end() ||
        IsOver(found->second.lastSent))
    {
        return {nullptr, L2tpMiddleboxDrop::UNSOLICITED};
    }
    const Mapping& mapping = found->second;
    const auto isPeer = [this, &flow](const auto& peer) {
        return peer.first.first == flow.source &&
               (!m_filterPorts || peer.first.second == flow.sourcePort) && !IsOver(peer.second);
    };
    if (std::none_of(mapping.peers.begin(), mapping.peers.end(), isPeer))
    {
        return {nullptr, L2tpMiddleboxDrop::UNSOLICITED};
    }
    flow.destination = mapping.inside.first;
    flow.destinationPort = mapping.inside.second;
    return {mapping.device};
}

} // namespace ns3
