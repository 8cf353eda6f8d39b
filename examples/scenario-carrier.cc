/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-carrier.h"

#include "ns3/csma-net-device.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/names.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/trace-helper.h"

namespace ns3
{

namespace
{

constexpr const char* LINK = "255.255.255.252"; //!< the mask of links
constexpr const char* LAN = "255.255.255.0";    //!< the mask of an ISP's or an office's network

/// Room for 1492 octets in PPP, L2TP, UDP and IP, without fragments: PPPoE's MRU, and the headers'.
constexpr uint16_t CORE_MTU = 1600;

} // namespace

Ptr<Node>
L2tpScenarioCarrier::MakeNode(const std::string& name)
{
    const auto node = CreateObject<Node>();
    Names::Add(name, node);
    InternetStackHelper().Install(node);
    return node;
}

Ptr<Ipv4StaticRouting>
L2tpScenarioCarrier::RoutesOf(Ptr<Node> node)
{
    return Ipv4RoutingHelper::GetRouting<Ipv4StaticRouting>(
        node->GetObject<Ipv4>()->GetRoutingProtocol());
}

void
L2tpScenarioCarrier::Build(const L2tpScenarioOptions& options)
{
    m_ipv6 = options.ipv6;
    m_links.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
    m_links.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("1000p"));
    m_links.SetChannelAttribute("Delay", StringValue("1ms"));
    m_ethernet.SetChannelAttribute("DataRate", StringValue("100Mbps"));
    m_ethernet.SetChannelAttribute("Delay", StringValue("5us"));
    m_coreAddresses.SetBase("192.0.2.0", "255.255.255.252");
    m_core = MakeNode("core");
    for (uint32_t i = 0; i < BRASES; ++i)
    {
        m_brases[i] = MakeNode("bras-" + std::to_string(i));
        JoinCore(m_brases[i]);
    }
    m_radius = MakeNode("radius");
    JoinCore(m_radius);
    m_links.SetChannelAttribute("Delay", TimeValue(options.delay));
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        m_lnss[i] = MakeNode("lns-" + std::to_string(i));
        JoinCore(m_lnss[i]);
        const auto channel = m_lnss[i]->GetDevice(1)->GetChannel();
        for (const uint32_t end : {0, 1})
        {
            const auto loss = options.MakeLoss(1 + 2 * i + end);
            channel->GetDevice(end)->SetAttribute("ReceiveErrorModel", PointerValue(loss));
        }
    }
    Ipv4GlobalRoutingHelper::PopulateRoutingTables();
    m_coreAddresses6.PopulateRoutingTables();
    // Nobody in the core knows of what is behind the LNSs.
    m_links.SetChannelAttribute("Delay", StringValue("1ms"));
    const std::array<std::string, ISPS> names{"red", "green", "blue"};
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        m_isps[i].name = names[i];
        m_isps[i].domain = names[i] + ".example";
        BuildIsp(i);
    }
}

void
L2tpScenarioCarrier::JoinCore(Ptr<Node> node)
{
    const NetDeviceContainer link = m_links.Install(m_core, node);
    link.Get(0)->SetMtu(CORE_MTU);
    link.Get(1)->SetMtu(CORE_MTU);
    m_coreAddresses.Assign(link);
    m_coreAddresses.NewNetwork();
    if (m_ipv6)
    {
        m_coreAddresses6.Assign(link);
    }
    Names::Add(Names::FindName(node) + "/wan", link.Get(1));
    m_captured.Add(link.Get(1));
}

void
L2tpScenarioCarrier::BuildIsp(uint32_t i)
{
    L2tpScenarioIsp& isp = m_isps[i];
    isp.router = MakeNode(isp.name + "-router");
    isp.server = MakeNode(isp.name + "-server");
    const NetDeviceContainer lan = m_links.Install(isp.router, isp.server);
    Names::Add(isp.name + "-server/lan", lan.Get(1));
    m_captured.Add(lan.Get(1));
    Give(lan.Get(0), "10.1.0.1", LAN);
    RoutesOf(isp.server)->SetDefaultRoute("10.1.0.1", Give(lan.Get(1), "10.1.0.10", LAN));
    isp.address = "10.1.0.10";
    // Its own LNS, and the one that is there for it as well. The pools take turns, so that lns-1
    // and lns-2 have one twice.
    const std::array<std::array<const char*, 2>, 2> links{
        {{"172.16.0.1", "172.16.0.2"}, {"172.16.0.5", "172.16.0.6"}}};
    for (uint32_t k = 0; k < links.size(); ++k)
    {
        const auto& [left, right] = links[k];
        const Ipv4Address pool((i + k) % 2 == 0 ? "10.8.0.0" : "10.9.0.0");
        const uint32_t lns = (i + k) % ISPS;
        const NetDeviceContainer link = m_links.Install(m_lnss[lns], isp.router);
        Give(link.Get(0), left, LINK);
        RoutesOf(isp.router)->AddNetworkRouteTo(pool, MASK, left, Give(link.Get(1), right, LINK));
        m_uplinks.push_back({i, lns, link.Get(0), right, pool});
    }
}

uint32_t
L2tpScenarioCarrier::Give(Ptr<NetDevice> device, const char* address, const char* mask)
{
    // Ipv4AddressHelper wants each address to be there once.
    const auto ipv4 = device->GetNode()->GetObject<Ipv4>();
    const uint32_t interface = ipv4->AddInterface(device);
    ipv4->AddAddress(interface, {address, mask});
    ipv4->SetUp(interface);
    return interface;
}

L2tpScenarioOffice
L2tpScenarioCarrier::AddOffice(Ptr<Node> subscriber, uint32_t isp)
{
    const auto host = MakeNode("office");
    const NetDeviceContainer link = m_links.Install(subscriber, host);
    Give(link.Get(0), "192.168.7.1", LAN);
    RoutesOf(host)->SetDefaultRoute("192.168.7.1", Give(link.Get(1), "192.168.7.10", LAN));
    // The first interface of the router is the server's, the next one leads to the ISP's own LNS.
    RoutesOf(m_isps[isp].router)->AddNetworkRouteTo("192.168.7.0", LAN, "172.16.0.1", 2);
    return {host, "192.168.7.0/24"};
}

NetDeviceContainer
L2tpScenarioCarrier::AddStreet(uint32_t bras, const NodeContainer& hosts, int64_t& stream)
{
    const NetDeviceContainer devices = m_ethernet.Install(NodeContainer(hosts, m_brases[bras]));
    stream += CsmaHelper().AssignStreams(devices, stream);
    m_streets[bras].Add(devices.Get(hosts.GetN()));
    return devices;
}

Ptr<Node>
L2tpScenarioCarrier::GetBras(uint32_t i) const
{
    return m_brases[i];
}

Ptr<Node>
L2tpScenarioCarrier::GetRadius() const
{
    return m_radius;
}

Ptr<Node>
L2tpScenarioCarrier::GetLns(uint32_t i) const
{
    return m_lnss[i];
}

const L2tpScenarioIsp&
L2tpScenarioCarrier::GetIsp(uint32_t i) const
{
    return m_isps[i];
}

const std::vector<L2tpScenarioUplink>&
L2tpScenarioCarrier::GetUplinks() const
{
    return m_uplinks;
}

void
L2tpScenarioCarrier::AddTo(L2tpScenarioAnimation& animation) const
{
    NodeContainer brases;
    NodeContainer lnss;
    NodeContainer routers;
    NodeContainer servers;
    for (const auto& bras : m_brases)
    {
        brases.Add(bras);
    }
    for (uint32_t i = 0; i < ISPS; ++i)
    {
        lnss.Add(m_lnss[i]);
        routers.Add(m_isps[i].router);
        servers.Add(m_isps[i].server);
    }
    for (const NodeContainer& nodes :
         {brases, NodeContainer(m_core, m_radius), lnss, routers, servers})
    {
        animation.AddColumn(nodes);
    }
}

void
L2tpScenarioCarrier::EnablePcap(const std::string& prefix)
{
    m_links.EnablePcap(prefix, m_captured);
    PcapHelper pcap;
    for (uint32_t i = 0; i < BRASES; ++i)
    {
        const auto file = pcap.CreateFile(prefix + "-bras-" + std::to_string(i) + "-streets.pcap",
                                          std::ios::out,
                                          PcapHelper::DLT_EN10MB);
        for (uint32_t j = 0; j < m_streets[i].GetN(); ++j)
        {
            pcap.HookDefaultSink<CsmaNetDevice>(DynamicCast<CsmaNetDevice>(m_streets[i].Get(j)),
                                                "PromiscSniffer",
                                                file);
        }
    }
}

} // namespace ns3
