/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The hosts behind the LACs of a plan with PPP: the tunnelling models.

#include "l2tp-fault-network.h"
#include "simple-interfaces.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/l2-serial-net-device.h"
#include "ns3/l2tp-pppoe-host.h"
#include "ns3/l2tp-remote-system.h"
#include "ns3/l2tp-tunnel-table.h"
#include "ns3/l2tp-voluntary-client.h"
#include "ns3/pointer.h"
#include "ns3/string.h"

namespace ns3
{

namespace
{

constexpr int64_t HOST_STREAM = 1000000; //!< the first of the hosts' streams
constexpr int64_t STREAMS_EACH = 1000;   //!< as many for each of them
const Time ECHO_INTERVAL = Seconds(10);  //!< LCP's, so that a peer that is gone is missed

/// The number that the lines of an access server have. @param i which LAC
std::string
NumberOf(uint32_t i)
{
    return std::to_string(2000 + i);
}

/// A table that leads all to some servers, the first first. @param servers they @param byName
/// whether only those whose name is of the domain "isp"
Ptr<L2tpTunnelTable>
TableTo(const std::vector<L2tpUdpAddress>& servers, bool byName)
{
    L2tpTunnelChoice choice{L2tpTunnelChoice::Kind::TUNNEL, {}, ""};
    for (const auto& server : servers)
    {
        L2tpTunnelPeer peer;
        peer.server = server;
        peer.preference = choice.peers.size();
        choice.peers.push_back(peer);
    }
    auto table = CreateObject<L2tpTunnelTable>();
    byName ? table->AddDomain("isp", choice) : table->SetDefault(choice);
    return table;
}

} // namespace

void
L2tpFaultNetwork::MakeHosts(uint32_t i)
{
    switch (m_plan.lacs[i].access)
    {
    case L2tpFaultAccess::VOLUNTARY: {
        Host host;
        host.name = ends[i].name;
        host.node = ends[i].node;
        host.lac = i;
        MakeVoluntary(host, ends[i].lac, GetLns(i, i % lnses));
        break;
    }
    case L2tpFaultAccess::DIAL_UP:
        MakeDialUp(i);
        break;
    case L2tpFaultAccess::PPPOE:
        MakePppoe(i);
        break;
    case L2tpFaultAccess::SWITCH:
        MakeSwitch(i);
        break;
    case L2tpFaultAccess::REMOTE_DIAL:
        MakeSites(i);
        break;
    }
}

void
L2tpFaultNetwork::Add(Host& host, Ptr<L2tpDialingHost> app)
{
    app->SetAttribute("Username", StringValue(L2TP_FAULT_USER));
    app->SetAttribute("Password", StringValue("in"));
    app->SetAttribute("Redial", BooleanValue(!host.site));
    app->SetAttribute("EchoInterval", TimeValue(ECHO_INTERVAL));
    app->SetStartTime(MilliSeconds(1));
    host.node->AddApplication(app);
    app->CreateDevice();
    app->AssignStreams(HOST_STREAM + STREAMS_EACH * hosts.size());
    host.app = app;
    hosts.push_back(host);
}

void
L2tpFaultNetwork::MakeVoluntary(Host& host, Ptr<L2tpLac> lac, const L2tpUdpAddress& server)
{
    auto client = CreateObject<L2tpVoluntaryClient>();
    client->SetAttribute("Lac", PointerValue(lac));
    client->SetAttribute("LnsAddress", AddressValue(server.address.GetIpv4()));
    client->SetAttribute("DefaultRoute", BooleanValue(false));
    Add(host, client);
}

Ptr<L2tpAccessServer>
L2tpFaultNetwork::MakeServer(uint32_t i)
{
    std::vector<L2tpUdpAddress> all;
    for (uint32_t lns = 0; lns < lnses; ++lns)
    {
        all.push_back(GetLns(i, (i + lns) % lnses));
    }
    auto server = CreateObject<L2tpAccessServer>();
    server->SetAttribute("Selector", PointerValue(TableTo(all, m_plan.lacs[i].asksNames)));
    server->SetAttribute("Lac", PointerValue(ends[i].lac));
    for (const auto& [attribute, value] : m_plan.lacs[i].pppSettings)
    {
        server->SetAttribute(attribute, StringValue(value));
    }
    ends[i].node->AddApplication(server);
    server->AssignStreams(HOST_STREAM - STREAMS_EACH * (i + 1));
    servers.push_back(server);
    return server;
}

Ptr<ErrorModel>
L2tpFaultNetwork::MakeNoise(double rate)
{
    auto noise = CreateObject<RateErrorModel>();
    noise->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    noise->SetRate(rate);
    noise->AssignStreams(HOST_STREAM / 2 + m_noises.size());
    m_noises.push_back(noise);
    return noise;
}

Ptr<L2SerialLine>
L2tpFaultNetwork::MakeLine(Ptr<Node> node, const std::string& number, double errors)
{
    auto port = CreateObject<L2SerialNetDevice>();
    Ptr<L2SerialLine> line = port->GetLine();
    line->SetAttribute("ReceiveErrorModel", PointerValue(MakeNoise(errors)));
    line->AssignStreams(HOST_STREAM / 4 + STREAMS_EACH * lines.size());
    node->AddDevice(port);
    m_phones->Attach(port, number);
    lines.push_back(line);
    return line;
}

void
L2tpFaultNetwork::MakeDialUp(uint32_t i)
{
    const L2tpFaultEndpointPlan& how = m_plan.lacs[i];
    Ptr<L2tpAccessServer> server = MakeServer(i);
    for (uint32_t h = 0; h < how.hosts; ++h)
    {
        server->AddLine(MakeLine(ends[i].node, NumberOf(i), how.lineErrorRate));
        Host host;
        host.name = how.name + ", subscriber " + std::to_string(h + 1);
        host.node = MakeNode();
        host.lac = i;
        auto remote = CreateObject<L2tpRemoteSystem>();
        remote->SetAttribute(
            "Line",
            PointerValue(
                MakeLine(host.node, "5" + std::to_string(lines.size()), how.lineErrorRate)));
        remote->SetAttribute("Number", StringValue(NumberOf(i)));
        Add(host, remote);
    }
}

void
L2tpFaultNetwork::MakePppoe(uint32_t i)
{
    const L2tpFaultEndpointPlan& how = m_plan.lacs[i];
    Ptr<L2tpAccessServer> server = MakeServer(i);
    auto channel = CreateObject<SimpleChannel>();
    const auto attach = [this, channel, &how](Ptr<Node> node) {
        auto device = CreateObject<SimpleNetDevice>();
        device->SetAddress(Mac48Address::Allocate());
        device->SetChannel(channel);
        device->SetAttribute("ReceiveErrorModel", PointerValue(MakeNoise(how.lineErrorRate)));
        node->AddDevice(device);
        return device;
    };
    auto concentrator = CreateObject<PppoeConcentrator>();
    concentrator->SetDevice(attach(ends[i].node));
    server->AddConcentrator(concentrator);
    concentrators.push_back(concentrator);
    for (uint32_t h = 0; h < how.hosts; ++h)
    {
        Host host;
        host.name = how.name + ", subscriber " + std::to_string(h + 1);
        host.node = MakeNode();
        host.lac = i;
        auto client = CreateObject<PppoeClient>();
        client->SetDevice(attach(host.node));
        auto app = CreateObject<L2tpPppoeHost>();
        app->SetAttribute("Client", PointerValue(client));
        Add(host, app);
    }
}

void
L2tpFaultNetwork::MakeSwitch(uint32_t i)
{
    const L2tpFaultEndpointPlan& how = m_plan.lacs[i];
    auto tunnelSwitch = CreateObject<L2tpTunnelSwitch>();
    tunnelSwitch->SetAttribute("Lac", PointerValue(ends[i].lac));
    tunnelSwitch->SetAttribute("Selector", PointerValue(TableTo({GetLns(i, i % lnses)}, false)));
    switches.push_back(tunnelSwitch);
    End inner;
    inner.name = how.name + ", LNS";
    inner.node = ends[i].node;
    inner.lns = CreateObject<L2tpFaultLns>();
    inner.endpoint = inner.lns;
    inner.lns->SetAttribute("Terminator", PointerValue(tunnelSwitch));
    // The LNS gives streams to the LAC, too; that has its own already.
    Complete(inner, how, ends.size());
    const uint32_t box = ends.size() - 1;
    ends[i].box = box;
    for (uint32_t h = 0; h < how.hosts; ++h)
    {
        End outer;
        outer.name = how.name + "." + std::to_string(h + 1);
        outer.node = MakeNode();
        outer.lac = CreateObject<L2tpFaultLac>();
        outer.endpoint = outer.lac;
        Complete(outer, how, ends.size());
        const uint32_t link = links.size();
        MakeLink(ends.size() - 1, box);
        Host host;
        host.name = outer.name;
        host.node = outer.node;
        host.lac = i;
        MakeVoluntary(host, outer.lac, GetRight(link));
    }
}

void
L2tpFaultNetwork::MakeSites(uint32_t i)
{
    const L2tpFaultEndpointPlan& how = m_plan.lacs[i];
    auto dialer = CreateObject<L2tpLineDialer>();
    dialers.push_back(dialer);
    const uint32_t pool = 1 + how.hosts / 2; // fewer lines than sites, if there are several
    for (uint32_t line = 0; line < pool; ++line)
    {
        dialer->AddLine(MakeLine(ends[i].node, NumberOf(i), how.lineErrorRate));
    }
    ends[i].lac->SetDialer(dialer);
    for (uint32_t h = 0; h < how.hosts; ++h)
    {
        const uint32_t lns = (i + h) % lnses;
        const std::string number = "7" + std::to_string(10 * i + h);
        Host host;
        host.name = how.name + ", site " + std::to_string(h + 1);
        host.node = MakeNode();
        host.lac = i;
        host.site = CreateObject<L2tpDialOnDemand>();
        host.site->SetAttribute("Lns", PointerValue(ends[lacs + lns].lns));
        host.site->SetAttribute("LacAddress", AddressValue(GetLac(i, lns).address.GetIpv4()));
        host.site->SetAttribute("CalledNumber", StringValue(number));
        const uint32_t address = Ipv4Address("10.8.0.1").Get() + (i << 8) + h;
        host.site->SetAttribute("RemoteAddress", Ipv4AddressValue(Ipv4Address(address)));
        host.site->SetAttribute("IdleTimeout", TimeValue(Seconds(30)));
        ends[lacs + lns].node->AddApplication(host.site);
        host.site->AssignStreams(HOST_STREAM - STREAMS_EACH * (100 + hosts.size()));
        auto remote = CreateObject<L2tpRemoteSystem>();
        remote->SetAttribute("Line", PointerValue(MakeLine(host.node, number, how.lineErrorRate)));
        Add(host, remote);
    }
}

} // namespace ns3
