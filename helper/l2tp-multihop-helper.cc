/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-multihop-helper.h"

#include "l2tp-application-lookup.h"
#include "l2tp-server-address.h"

#include "ns3/abort.h"
#include "ns3/l2tp-tunnel-table.h"
#include "ns3/names.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/trace-helper.h"
#include "ns3/uinteger.h"

namespace ns3
{

namespace
{

constexpr int64_t STREAMS_PER_SWITCH = 2; //!< one of the LNS, one of the LAC

/**
 * @brief Write a frame that a cross-connect passes on.
 * @param file where to
 * @param from where it came from
 * @param frame the frame
 */
void
WriteForwarded(Ptr<PcapFileWrapper> file, L2CrossConnect::Side /* from */, Ptr<const Packet> frame)
{
    file->Write(Simulator::Now(), frame);
}

/**
 * @brief Write a frame that goes on once its onward call is established.
 * @param file where to
 * @param call whose it is
 * @param frame the frame
 */
void
WriteHeld(Ptr<PcapFileWrapper> file,
          Ptr<const L2tpSwitchedCall> /* call */,
          Ptr<const Packet> frame)
{
    file->Write(Simulator::Now(), frame);
}

/**
 * @brief Write the frames of a call from when it is joined.
 * @param file where to
 * @param call the call
 * @param before its state before
 * @param now its state now
 */
void
WriteCall(Ptr<PcapFileWrapper> file,
          Ptr<const L2tpSwitchedCall> call,
          L2tpSwitchState /* before */,
          L2tpSwitchState now)
{
    if (now == L2tpSwitchState::JOINED)
    {
        call->GetJoin()->GetCrossConnect()->TraceConnectWithoutContext(
            "Forward",
            MakeBoundCallback(&WriteForwarded, file));
    }
}

/// A switch's table with one rule for all. @param next the next hop @return the table
Ptr<L2tpTunnelTable>
TableTo(const Address& next)
{
    L2tpTunnelPeer peer;
    const auto server = L2tpUdpAddress::Of(next, L2TP_UDP_PORT);
    NS_ABORT_MSG_IF(!server,
                    "L2tpMultihopHelper: " << next
                                           << " is not an IP address: give SetLnsAddress() one");
    peer.server = *server;
    auto table = CreateObject<L2tpTunnelTable>();
    table->SetDefault({L2tpTunnelChoice::Kind::TUNNEL, {peer}, ""});
    return table;
}

} // namespace

L2tpMultihopHelper::L2tpMultihopHelper()
{
    m_lacFactory.SetTypeId(L2tpLac::GetTypeId());
    m_lacFactory.Set("LocalPort", UintegerValue(0));
    m_lnsFactory.SetTypeId(L2tpLns::GetTypeId());
    m_switchFactory.SetTypeId(L2tpTunnelSwitch::GetTypeId());
}

void
L2tpMultihopHelper::UseIpv6()
{
    m_ipv6 = true;
}

void
L2tpMultihopHelper::SetLnsAddress(const Address& address)
{
    m_lnsAddress = address;
}

void
L2tpMultihopHelper::SetLacAttribute(const std::string& name, const AttributeValue& value)
{
    m_lacFactory.Set(name, value);
}

void
L2tpMultihopHelper::SetLnsAttribute(const std::string& name, const AttributeValue& value)
{
    m_lnsFactory.Set(name, value);
}

void
L2tpMultihopHelper::SetSwitchAttribute(const std::string& name, const AttributeValue& value)
{
    m_switchFactory.Set(name, value);
}

L2tpSwitchContainer
L2tpMultihopHelper::Install(const NodeContainer& switches, Ptr<Node> lns)
{
    L2tpSwitchContainer row;
    for (uint32_t i = 0; i < switches.GetN(); ++i)
    {
        const bool isLast = i + 1 == switches.GetN();
        const Address next =
            isLast && !m_lnsAddress.IsInvalid()
                ? m_lnsAddress
                : FindL2tpServerAddress(isLast ? lns : switches.Get(i + 1), m_ipv6);
        row.Add(InstallSwitch(switches.Get(i), TableTo(next)),
                FindL2tpServerAddress(switches.Get(i), m_ipv6));
    }
    return row;
}

Ptr<L2tpLns>
L2tpMultihopHelper::InstallSwitch(Ptr<Node> node, Ptr<L2tpTunnelSelector> selector)
{
    if (!IsL2tpNodeLocal(node))
    {
        return nullptr;
    }
    NS_ABORT_MSG_IF(FindL2tpApplication<L2tpLns>(node),
                    "L2tpMultihopHelper: node "
                        << node->GetId()
                        << " has an LNS already, which does something else with its sessions: put "
                           "the switch on another node");
    NS_ABORT_MSG_IF(!selector,
                    "L2tpMultihopHelper: there is no selector for the switch on node "
                        << node->GetId() << ": give it an L2tpTunnelTable");
    const auto lac = m_lacFactory.Create<L2tpLac>();
    node->AddApplication(lac);
    const auto tunnelSwitch = m_switchFactory.Create<L2tpTunnelSwitch>();
    tunnelSwitch->SetAttribute("Lac", PointerValue(lac));
    tunnelSwitch->SetAttribute("Selector", PointerValue(selector));
    const auto lns = m_lnsFactory.Create<L2tpLns>();
    lns->SetAttribute("Terminator", PointerValue(tunnelSwitch));
    node->AddApplication(lns);
    m_lnses.push_back(lns);
    return lns;
}

int64_t
L2tpMultihopHelper::AssignStreams(const L2tpSwitchContainer& switches, int64_t stream)
{
    for (uint32_t i = 0; i < switches.GetN(); ++i)
    {
        if (const auto lns = switches.GetLns(i))
        {
            const int64_t used = lns->AssignStreams(stream + i * STREAMS_PER_SWITCH);
            NS_ABORT_MSG_IF(used != STREAMS_PER_SWITCH,
                            "L2tpMultihopHelper: a switch takes " << used << " streams instead of "
                                                                  << STREAMS_PER_SWITCH);
        }
    }
    return switches.GetN() * STREAMS_PER_SWITCH;
}

void
L2tpMultihopHelper::EnablePcapAll(const std::string& prefix)
{
    for (const auto& lns : m_lnses)
    {
        const std::string name = Names::FindName(lns->GetNode());
        PcapHelper pcap;
        const Ptr<PcapFileWrapper> file = pcap.CreateFile(
            prefix + "-" + (name.empty() ? std::to_string(lns->GetNode()->GetId()) : name) +
                "-switched.pcap",
            std::ios::out,
            PcapHelper::DLT_PPP);
        const auto tunnelSwitch = lns->GetTerminator();
        tunnelSwitch->TraceConnectWithoutContext("FrameHeld", MakeBoundCallback(&WriteHeld, file));
        tunnelSwitch->TraceConnectWithoutContext("CallState", MakeBoundCallback(&WriteCall, file));
    }
}

} // namespace ns3
