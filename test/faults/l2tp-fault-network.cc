/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fault-network.h"

#include "simple-interfaces.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/l2tp-delayed-acknowledgement.h"
#include "ns3/l2tp-faulty-wire.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/pointer.h"
#include "ns3/ppp-user-table.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{

namespace
{

constexpr int64_t ENDPOINT_STREAM = 1000; //!< the first of the endpoints' streams
constexpr int64_t LINK_STREAM = 100000;   //!< the first of the links'
constexpr int64_t STREAMS_EACH = 1000;    //!< as many for each of them

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
    return faults;
}

} // namespace

NS_OBJECT_ENSURE_REGISTERED(L2tpFaultTerminator);

TypeId
L2tpFaultTerminator::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpFaultTerminator")
                            .SetParent<L2tpSessionTerminator>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpFaultTerminator>();
    return tid;
}

void
L2tpFaultTerminator::Refuse(double rate, int64_t stream)
{
    m_rate = rate;
    m_random = CreateObject<UniformRandomVariable>();
    m_random->SetStream(stream);
}

void
L2tpFaultTerminator::Start(Ptr<Node> /* node */)
{
}

std::optional<L2tpResultCode>
L2tpFaultTerminator::Judge() const
{
    return m_rate > 0 && m_random->GetValue() < m_rate
               ? std::optional(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY))
               : std::nullopt;
}

void
L2tpFaultTerminator::Expect(Ptr<L2tpLeg> /* leg */)
{
}

void
L2tpFaultTerminator::Establish(Ptr<L2tpLeg> leg)
{
    TakeFrames(leg->GetCircuit());
}

void
L2tpFaultTerminator::LegEnded(L2tpLeg& /* leg */, const L2tpLegEnd& /* why */)
{
}

void
L2tpFaultTerminator::ClearAll()
{
}

int64_t
L2tpFaultTerminator::AssignStreams(int64_t /* stream */)
{
    return 0;
}

void
L2tpFaultTerminator::TakeFrames(Ptr<L2Circuit> circuit)
{
    circuit->Attach(Callback<void, Ptr<Packet>>([](Ptr<Packet>) {}), L2Circuit::StatusCallback());
}

L2tpFaultDialer::L2tpFaultDialer(double refuseRate, int64_t stream)
    : m_refuseRate(refuseRate),
      m_dice(stream)
{
}

uint32_t
L2tpFaultDialer::GetBearerCapabilities() const
{
    return L2tpBearer::DIGITAL | L2tpBearer::ANALOG;
}

std::optional<L2tpResultCode>
L2tpFaultDialer::Judge(const L2tpCallParameters& /* parameters */) const
{
    return m_dice.Chance(m_refuseRate)
               ? std::optional(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY))
               : std::nullopt;
}

std::optional<uint32_t>
L2tpFaultDialer::Reserve(Ptr<const L2tpCall> call)
{
    isInOrder = channels.emplace(PeekPointer(call), channels.size()).second && isInOrder;
    return m_dice.Chance(0.5) ? std::optional(m_dice.Below(1000)) : std::nullopt;
}

void
L2tpFaultDialer::Dial(Ptr<L2tpCall> call)
{
    isInOrder = channels.count(PeekPointer(call)) == 1 && isInOrder;
    const Time after = m_dice.Chance(0.3) ? Time() : m_dice.Between(Seconds(0), Seconds(5));
    if (m_dice.Chance(0.1))
    {
        return;
    }
    const bool busy = m_dice.Chance(0.1);
    const auto answer = [call, busy] {
        if (busy)
        {
            call->BearerFailed(L2tpResultCode::Of(L2tpCallResult::BUSY));
        }
        else
        {
            call->BearerAnswered({64000});
        }
    };
    if (after.IsZero())
    {
        answer();
    }
    else
    {
        Simulator::Schedule(after, answer);
    }
}

void
L2tpFaultDialer::Connect(Ptr<L2tpCall> call)
{
    isInOrder = channels.count(PeekPointer(call)) == 1 && isInOrder;
    L2tpFaultTerminator::TakeFrames(call->GetSession());
}

void
L2tpFaultDialer::Release(Ptr<L2tpCall> call)
{
    isInOrder = channels.erase(PeekPointer(call)) == 1 && isInOrder;
}

void
L2tpFaultLns::OpenTunnel(const L2tpUdpAddress& lac)
{
    Ptr<L2tpTunnel> tunnel = IsRunning() ? MakeTunnel(lac, L2tpIpAddress()) : nullptr;
    if (tunnel)
    {
        tunnel->Open();
    }
}

L2tpFaultNetwork::L2tpFaultNetwork(const L2tpFaultPlan& plan)
    : lacs(plan.lacs.size()),
      m_lnses(plan.lnses.size())
{
    for (uint32_t i = 0; i < lacs + m_lnses; ++i)
    {
        MakeEnd(plan, i);
    }
    for (uint32_t l = 0; l < lacs * m_lnses; ++l)
    {
        MakeLink(plan, l);
    }
    for (uint32_t i = 0; plan.ppp && i < lacs; ++i)
    {
        MakeClient(i);
    }
}

void
L2tpFaultNetwork::MakeEnd(const L2tpFaultPlan& plan, uint32_t i)
{
    const bool isLac = i < lacs;
    const L2tpFaultEndpointPlan& how = isLac ? plan.lacs[i] : plan.lnses[i - lacs];
    const int64_t stream = ENDPOINT_STREAM + STREAMS_EACH * i;
    End end;
    end.name = how.name;
    end.node = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
    stack.Install(end.node);
    if (isLac)
    {
        end.lac = CreateObject<L2tpLac>();
        end.lac->SetAttribute("AcceptTunnels", BooleanValue(how.acceptTunnels));
        end.lac->SetAttribute("LocalPort", UintegerValue(how.anyPort ? 0 : L2TP_UDP_PORT));
        if (how.dials && !plan.ppp)
        {
            end.dialer = CreateObject<L2tpFaultDialer>(how.refuseRate, stream + STREAMS_EACH - 2);
            end.lac->SetDialer(end.dialer);
        }
        end.endpoint = end.lac;
    }
    else
    {
        Ptr<L2tpSessionTerminator> terminator;
        if (plan.ppp)
        {
            auto users = CreateObject<PppLocalUserTable>();
            users->AddUser("alice", "in");
            auto interfaces = CreateObject<L2tpInterfacePerSession>();
            const uint32_t network = Ipv4Address("10.9.0.0").Get() + (i << 8);
            interfaces->SetAttribute("LocalAddress", Ipv4AddressValue(Ipv4Address(network + 1)));
            interfaces->SetAttribute("UserTable", PointerValue(users));
            interfaces->GetPool()->SetNetwork(Ipv4Address(network), Ipv4Mask("/24"));
            terminator = interfaces;
        }
        else
        {
            auto frames = CreateObject<L2tpFaultTerminator>();
            frames->Refuse(how.refuseRate, stream + STREAMS_EACH - 1);
            terminator = frames;
        }
        end.lns = CreateObject<L2tpFaultLns>();
        end.endpoint = end.lns;
        end.endpoint->SetAttribute("Terminator", PointerValue(terminator));
    }
    ObjectFactory policy("ns3::L2tpExponentialBackoff");
    policy.Set("AllowShortCap", BooleanValue(true));
    policy.Set("InitialInterval", TimeValue(plan.initialInterval));
    policy.Set("MaxInterval", TimeValue(plan.maxInterval));
    policy.Set("MaxRetransmissions", UintegerValue(plan.maxRetransmissions));
    end.endpoint->SetAttribute("RetransmissionPolicy", ObjectFactoryValue(policy));
    end.endpoint->SetAttribute("HostName", StringValue(how.name));
    end.endpoint->SetAttribute("ReceiveWindowSize", UintegerValue(how.receiveWindowSize));
    ObjectFactory acknowledgement("ns3::L2tpDelayedAcknowledgement");
    acknowledgement.Set("Delay", TimeValue(how.ackDelay));
    if (how.piggyback)
    {
        acknowledgement = ObjectFactory("ns3::L2tpPiggybackAcknowledgement");
    }
    end.endpoint->SetAttribute("AcknowledgementPolicy", ObjectFactoryValue(acknowledgement));
    end.endpoint->SetAttribute("CongestionWindow", StringValue(how.congestion));
    end.endpoint->SetAttribute("ReceiveQueueing", StringValue(how.queueing));
    end.endpoint->SetAttribute("Resend", StringValue(how.resend));
    end.endpoint->SetAttribute("HelloInterval", TimeValue(how.helloInterval));
    end.endpoint->SetAttribute("SetupTimeout", TimeValue(plan.setupTimeout));
    end.endpoint->SetAttribute("SharedSecret", StringValue(plan.secret));
    end.endpoint->SetAttribute("ChallengePeer", BooleanValue(how.challengePeer));
    end.endpoint->SetAttribute("HideAvps", BooleanValue(how.hideAvps));
    end.endpoint->SetAttribute("TieBreaker", BooleanValue(how.tieBreaker));
    end.endpoint->SetAttribute("LengthInData", BooleanValue(how.lengthInData));
    end.endpoint->SetAttribute("Sequencing", BooleanValue(how.sequencing));
    end.endpoint->SetAttribute("RequireSequencing", BooleanValue(how.requireSequencing));
    end.endpoint->SetAttribute("ReorderTimeout", TimeValue(how.reorderTimeout));
    end.endpoint->SetAttribute("ShareTunnel", BooleanValue(how.shareTunnel));
    end.endpoint->SetAttribute("KeepTunnel", BooleanValue(how.keepTunnel));
    end.endpoint->SetAttribute("MaxTunnels", UintegerValue(how.maxTunnels));
    end.node->AddApplication(end.endpoint);
    end.endpoint->AssignStreams(stream);
    ends.push_back(end);
}

void
L2tpFaultNetwork::MakeLink(const L2tpFaultPlan& plan, uint32_t l)
{
    auto box = CreateObject<Node>();
    auto wire = CreateObject<L2tpFaultyWire>();
    const Link link{MakeFaults(plan.links[2 * l]), MakeFaults(plan.links[2 * l + 1])};
    const Ptr<Node> nodes[]{ends[l / m_lnses].node, ends[lacs + l % m_lnses].node};
    Ptr<NetDevice> sides[2];
    for (uint32_t side = 0; side < 2; ++side)
    {
        auto channel = CreateObject<SimpleChannel>();
        channel->SetAttribute("Delay", TimeValue(plan.linkDelay / 2));
        AddSimpleAddress(AddSimpleDevice(nodes[side], channel),
                         Ipv4Address(NetworkOf(l) + 1 + side));
        sides[side] = AddSimpleDevice(box, channel);
    }
    wire->Join(sides[0], sides[1]);
    wire->SetFaults(link.fromLac, link.fromLns);
    wire->AssignStreams(LINK_STREAM + STREAMS_EACH * l);
    box->AggregateObject(wire);
    links.push_back(link);
}

void
L2tpFaultNetwork::MakeClient(uint32_t i)
{
    End& end = ends[i];
    end.client = CreateObject<L2tpVoluntaryClient>();
    end.client->SetAttribute("Lac", PointerValue(end.lac));
    end.client->SetAttribute("LnsAddress", AddressValue(GetLns(i, i % m_lnses).address.GetIpv4()));
    end.client->SetAttribute("Username", StringValue("alice"));
    end.client->SetAttribute("Password", StringValue("in"));
    end.client->SetAttribute("DefaultRoute", BooleanValue(false));
    end.client->SetAttribute("Redial", BooleanValue(true));
    end.client->SetStartTime(MilliSeconds(1));
    end.node->AddApplication(end.client);
    end.client->AssignStreams(ENDPOINT_STREAM + STREAMS_EACH * i + STREAMS_EACH / 2);
}

L2tpUdpAddress
L2tpFaultNetwork::GetLns(uint32_t lac, uint32_t lns) const
{
    return {Ipv4Address(NetworkOf(lac * m_lnses + lns) + 2), L2TP_UDP_PORT};
}

L2tpUdpAddress
L2tpFaultNetwork::GetLac(uint32_t lac, uint32_t lns) const
{
    return {Ipv4Address(NetworkOf(lac * m_lnses + lns) + 1), L2TP_UDP_PORT};
}

void
L2tpFaultNetwork::Cut(uint32_t link, bool cut)
{
    links[link].fromLac->SetAttribute("Cut", BooleanValue(cut));
    links[link].fromLns->SetAttribute("Cut", BooleanValue(cut));
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
}

} // namespace ns3
