/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The endpoints of a plan, and the links between them.

#include "l2tp-fault-network.h"

#include "simple-interfaces.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/l2tp-faulty-wire.h"
#include "ns3/l2tp-profile.h"
#include "ns3/pointer.h"
#include "ns3/ppp-user-table.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{

namespace
{

constexpr int64_t ENDPOINT_STREAM = 1000; //!< the first of the endpoints' streams
constexpr int64_t LINK_STREAM = 100000;   //!< the first of the links'
constexpr int64_t STREAMS_EACH = 1000;    //!< as many for each of them
constexpr uint32_t IP_HEADER = 20;      //!< octets: if they are damaged nobody can tell whose it is
const Time ECHO_INTERVAL = Seconds(10); //!< LCP's, so that a peer that is gone is missed

/// The network of a link. @param l which
uint32_t
NetworkOf(uint32_t l)
{
    return Ipv4Address("10.1.0.0").Get() + (l << 8);
}

/// A random variable from 0 to a bound. @param longest the bound
Ptr<UniformRandomVariable>
UpTo(Time longest)
{
    auto random = CreateObject<UniformRandomVariable>();
    random->SetAttribute("Max", DoubleValue(longest.GetSeconds()));
    return random;
}

/// Make what goes wrong one way. @param plan what
Ptr<L2tpFaultModel>
MakeFaults(const L2tpFaultLinkPlan& plan)
{
    auto faults = CreateObject<L2tpFaultModel>();
    if (plan.lossRate > 0 && plan.burst > 1)
    {
        auto loss = CreateObject<BurstErrorModel>();
        loss->SetBurstRate(plan.lossRate);
        auto size = CreateObject<UniformRandomVariable>();
        size->SetAttribute("Min", DoubleValue(1));
        size->SetAttribute("Max", DoubleValue(plan.burst));
        loss->SetRandomBurstSize(size);
        faults->SetAttribute("Loss", PointerValue(loss));
    }
    else if (plan.lossRate > 0)
    {
        auto loss = CreateObject<RateErrorModel>();
        loss->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
        loss->SetRate(plan.lossRate);
        faults->SetAttribute("Loss", PointerValue(loss));
    }
    faults->SetAttribute("DuplicateRate", DoubleValue(plan.duplicateRate));
    faults->SetAttribute("DuplicateDelay", PointerValue(UpTo(plan.duplicateDelay)));
    faults->SetAttribute("DelayRate", DoubleValue(plan.delayRate));
    faults->SetAttribute("Delay", PointerValue(UpTo(plan.delay)));
    faults->SetAttribute("CorruptRate", DoubleValue(plan.corruptRate));
    faults->SetAttribute("CorruptFrom", UintegerValue(IP_HEADER));
    return faults;
}

} // namespace

L2tpFaultNetwork::L2tpFaultNetwork(const L2tpFaultPlan& plan)
    : lacs(plan.lacs.size()),
      lnses(plan.lnses.size()),
      m_plan(plan),
      m_phones(CreateObject<L2TelephoneNetwork>())
{
    for (uint32_t i = 0; i < lacs; ++i)
    {
        MakeLac(i);
    }
    for (uint32_t i = 0; i < lnses; ++i)
    {
        MakeLns(i);
    }
    for (uint32_t l = 0; l < lacs * lnses; ++l)
    {
        MakeLink(l / lnses, lacs + l % lnses);
    }
    for (uint32_t i = 0; plan.ppp && i < lacs; ++i)
    {
        MakeHosts(i);
    }
}

Ptr<Node>
L2tpFaultNetwork::MakeNode()
{
    auto node = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
    stack.Install(node);
    return node;
}

void
L2tpFaultNetwork::MakeLac(uint32_t i)
{
    const L2tpFaultEndpointPlan& how = m_plan.lacs[i];
    End end;
    end.name = how.name;
    end.node = MakeNode();
    end.lac = CreateObject<L2tpFaultLac>();
    end.endpoint = end.lac;
    const bool anyPort = how.anyPort || m_plan.HasSwitch(how);
    end.lac->SetAttribute("AcceptTunnels", BooleanValue(how.acceptTunnels));
    end.lac->SetAttribute("LocalPort", UintegerValue(anyPort ? 0 : L2TP_UDP_PORT));
    if (how.dials && !m_plan.ppp)
    {
        end.dialer = CreateObject<L2tpFaultDialer>(how.refuseRate,
                                                   ENDPOINT_STREAM + STREAMS_EACH * (i + 1) - 2);
        end.lac->SetDialer(end.dialer);
    }
    Complete(end, how, ends.size());
}

void
L2tpFaultNetwork::MakeLns(uint32_t i)
{
    const L2tpFaultEndpointPlan& how = m_plan.lnses[i];
    End end;
    end.name = how.name;
    end.node = MakeNode();
    end.lns = CreateObject<L2tpFaultLns>();
    end.endpoint = end.lns;
    Ptr<L2tpSessionTerminator> terminator;
    if (m_plan.ppp)
    {
        auto users = CreateObject<PppLocalUserTable>();
        users->AddUser(L2TP_FAULT_USER, "in");
        auto interfaces = CreateObject<L2tpInterfacePerSession>();
        const uint32_t network = GetServer(i).Get() - 1;
        const uint32_t mask = ~(m_plan.poolSize + 1);
        interfaces->SetAttribute("LocalAddress", Ipv4AddressValue(GetServer(i)));
        interfaces->SetAttribute("UserTable", PointerValue(users));
        interfaces->SetAttribute("EchoInterval", TimeValue(ECHO_INTERVAL));
        for (const auto& [attribute, value] : how.pppSettings)
        {
            interfaces->SetAttribute(attribute, StringValue(value));
        }
        interfaces->GetPool()->SetNetwork(Ipv4Address(network), Ipv4Mask(mask));
        terminators.push_back(interfaces);
        terminator = interfaces;
    }
    else
    {
        auto frames = CreateObject<L2tpFaultTerminator>();
        frames->Refuse(how.refuseRate, ENDPOINT_STREAM + STREAMS_EACH * (lacs + i + 1) - 1);
        terminator = frames;
    }
    end.lns->SetAttribute("Terminator", PointerValue(terminator));
    Complete(end, how, ends.size());
}

void
L2tpFaultNetwork::Complete(End& end, const L2tpFaultEndpointPlan& how, uint32_t i)
{
    const Ptr<L2tpEndpoint> endpoint = end.endpoint;
    ObjectFactory policy("ns3::L2tpExponentialBackoff");
    policy.Set("AllowShortCap", BooleanValue(true));
    policy.Set("InitialInterval", TimeValue(m_plan.initialInterval));
    policy.Set("MaxInterval", TimeValue(m_plan.maxInterval));
    policy.Set("MaxRetransmissions", UintegerValue(m_plan.maxRetransmissions));
    endpoint->SetAttribute("RetransmissionPolicy", ObjectFactoryValue(policy));
    endpoint->SetAttribute("ReceiveWindowSize", UintegerValue(how.receiveWindowSize));
    ObjectFactory acknowledgement("ns3::L2tpDelayedAcknowledgement");
    acknowledgement.Set("Delay", TimeValue(how.ackDelay));
    if (how.piggyback)
    {
        acknowledgement = ObjectFactory("ns3::L2tpPiggybackAcknowledgement");
    }
    endpoint->SetAttribute("AcknowledgementPolicy", ObjectFactoryValue(acknowledgement));
    endpoint->SetAttribute("CongestionWindow", StringValue(how.congestion));
    endpoint->SetAttribute("ReceiveQueueing", StringValue(how.queueing));
    endpoint->SetAttribute("Resend", StringValue(how.resend));
    if (!how.profile.empty())
    {
        L2tpProfile::Get(how.profile).ApplyTo(*endpoint);
        end.isLax = true;
    }
    endpoint->SetAttribute("HostName", StringValue(how.name));
    endpoint->SetAttribute("HelloInterval", TimeValue(how.helloInterval));
    endpoint->SetAttribute("SetupTimeout", TimeValue(m_plan.setupTimeout));
    endpoint->SetAttribute("SharedSecret", StringValue(m_plan.secret));
    endpoint->SetAttribute("ChallengePeer", BooleanValue(how.challengePeer));
    endpoint->SetAttribute("HideAvps", BooleanValue(how.hideAvps));
    endpoint->SetAttribute("TieBreaker", BooleanValue(how.tieBreaker));
    endpoint->SetAttribute("LengthInData", BooleanValue(how.lengthInData));
    endpoint->SetAttribute("Sequencing", BooleanValue(how.sequencing));
    endpoint->SetAttribute("RequireSequencing", BooleanValue(how.requireSequencing));
    endpoint->SetAttribute("ReorderTimeout", TimeValue(how.reorderTimeout));
    endpoint->SetAttribute("ShareTunnel", BooleanValue(how.shareTunnel));
    endpoint->SetAttribute("KeepTunnel", BooleanValue(how.keepTunnel));
    endpoint->SetAttribute("MaxTunnels", UintegerValue(how.maxTunnels));
    for (const auto& [attribute, value] : how.settings)
    {
        endpoint->SetAttribute(attribute, StringValue(value));
        // Its peers repeat for another time than it remembers.
        end.isLax = end.isLax || attribute == "RetransmissionPolicy";
    }
    end.node->AddApplication(endpoint);
    const int64_t stream = ENDPOINT_STREAM + STREAMS_EACH * i;
    endpoint->AssignStreams(stream);
    if (m_plan.fewIds)
    {
        end.lac ? end.lac->TakeFewIds(stream + STREAMS_EACH - 3)
                : end.lns->TakeFewIds(stream + STREAMS_EACH - 3);
    }
    end.box = i;
    ends.push_back(end);
}

void
L2tpFaultNetwork::MakeLink(uint32_t left, uint32_t right)
{
    const uint32_t l = links.size();
    auto box = CreateObject<Node>();
    auto wire = CreateObject<L2tpFaultyWire>();
    const Link link{left,
                    right,
                    MakeFaults(m_plan.links[2 * l]),
                    MakeFaults(m_plan.links[2 * l + 1])};
    const Ptr<Node> nodes[]{ends[left].node, ends[right].node};
    Ptr<NetDevice> sides[2];
    for (uint32_t side = 0; side < 2; ++side)
    {
        auto channel = CreateObject<SimpleChannel>();
        channel->SetAttribute("Delay", TimeValue(m_plan.linkDelay / 2));
        auto device = AddSimpleDevice(nodes[side], channel);
        AddSimpleAddress(device, Ipv4Address(NetworkOf(l) + 1 + side));
        sides[side] = AddSimpleDevice(box, channel);
        for (const auto& port : {device, sides[side]})
        {
            // Many tunnels may have something to say at the same instant.
            port->SetAttribute("TxQueue", StringValue("ns3::DropTailQueue<Packet>[MaxSize=9999p]"));
        }
    }
    wire->Join(sides[0], sides[1]);
    wire->SetFaults(link.fromLac, link.fromLns);
    wire->AssignStreams(LINK_STREAM + STREAMS_EACH * l);
    box->AggregateObject(wire);
    links.push_back(link);
}

L2tpUdpAddress
L2tpFaultNetwork::GetLns(uint32_t lac, uint32_t lns) const
{
    return GetRight(lac * lnses + lns);
}

L2tpUdpAddress
L2tpFaultNetwork::GetRight(uint32_t link)
{
    return {Ipv4Address(NetworkOf(link) + 2), L2TP_UDP_PORT};
}

L2tpUdpAddress
L2tpFaultNetwork::GetLac(uint32_t lac, uint32_t lns) const
{
    return {Ipv4Address(NetworkOf(lac * lnses + lns) + 1), L2TP_UDP_PORT};
}

Ipv4Address
L2tpFaultNetwork::GetServer(uint32_t lns)
{
    return Ipv4Address(Ipv4Address("10.9.0.1").Get() + (lns << 8));
}

void
L2tpFaultNetwork::Cut(uint32_t link, bool fromLac, bool fromLns, bool cut)
{
    for (const auto& [way, isMeant] :
         {std::pair(links[link].fromLac, fromLac), std::pair(links[link].fromLns, fromLns)})
    {
        if (isMeant)
        {
            way->SetAttribute("Cut", BooleanValue(cut));
        }
    }
}

void
L2tpFaultNetwork::Heal()
{
    for (const auto& link : links)
    {
        for (const auto& faults : {link.fromLac, link.fromLns})
        {
            faults->SetAttribute("Cut", BooleanValue(false));
            faults->SetAttribute("Enabled", BooleanValue(false));
        }
    }
    for (const auto& noise : m_noises)
    {
        noise->Disable();
    }
}

} // namespace ns3
