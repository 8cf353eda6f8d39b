/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How long a LAC and an LNS take to establish a tunnel and a session over a link that loses
// packets: many replications, one after the other, in one simulation.

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/command-line.h"
#include "ns3/error-model.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/l2tp-acknowledgement-policy.h"
#include "ns3/l2tp-call.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-lac.h"
#include "ns3/l2tp-lns.h"
#include "ns3/l2tp-profile.h"
#include "ns3/l2tp-retransmission-policy.h"
#include "ns3/l2tp-session-terminator.h"
#include "ns3/mac48-address.h"
#include "ns3/object-factory.h"
#include "ns3/pointer.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simple-channel.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr std::size_t ZLB = 4; //!< the index behind those of messages, of which none has this Ns

/// Takes any session, and does nothing with it: PPP is no part of this study.
class BareTerminator : public L2tpSessionTerminator
{
  public:
    void Start(Ptr<Node> /* node */) override
    {
    }

    std::optional<L2tpResultCode> Judge() const override
    {
        return std::nullopt;
    }

    void Expect(Ptr<L2tpLeg> /* leg */) override
    {
    }

    void Establish(Ptr<L2tpLeg> /* leg */) override
    {
    }

    void LegEnded(L2tpLeg& /* leg */, const L2tpLegEnd& /* why */) override
    {
    }

    void ClearAll() override
    {
    }

    int64_t AssignStreams(int64_t /* stream */) override
    {
        return 0;
    }
};

/// What all replications have come to.
struct Outcomes
{
    uint64_t runs{0};                        //!< replications
    uint64_t failed{0};                      //!< those in which an end gave up
    std::map<int64_t, uint64_t> times;       //!< how many took so many nanoseconds
    std::array<uint64_t, ZLB + 1> lacSent{}; //!< datagrams of the LAC, by Ns
    std::array<uint64_t, ZLB + 1> lnsSent{}; //!< datagrams of the LNS, by Ns
};

/**
 * @brief A LAC and an LNS on a link, that set up a tunnel and a session again and again.
 *
 * A replication is over when the LNS has the ICCN, so that both ends are established, or when
 * either end takes the other for dead. Both ends forget all then, as in a crash, and the next one
 * begins once the link is empty. What is drawn goes on from one to the next in the same streams, so
 * that replications are independent, and a run's number makes all of them.
 */
class SetupRuns
{
  public:
    /**
     * @brief Build the network.
     * @param loss probability that a packet is lost, each way
     * @param delay one way
     * @param profile both ends'
     * @param lockStep whether a message waits until the one before is acknowledged
     */
    SetupRuns(double loss, Time delay, const L2tpProfile& profile, bool lockStep);

    /// What the LAC does about acknowledgements. @return its numbers
    nlohmann::ordered_json DescribePolicy() const;

    /// Do replications. @param count how many @return what they have come to
    const Outcomes& Run(uint64_t count);

  private:
    /// Make a node with an endpoint. @param endpoint it @param address its address @param channel
    /// the link @param stream of its randomness
    void MakeEnd(Ptr<L2tpEndpoint> endpoint,
                 const char* address,
                 Ptr<SimpleChannel> channel,
                 int64_t stream);
    /// Begin a replication.
    void Begin();
    /// A replication is over. @param established whether both ends are
    void End(bool established);

    double m_loss;                //!< probability that a packet is lost
    Time m_delay;                 //!< one way
    const L2tpProfile& m_profile; //!< both ends'
    bool m_lockStep;              //!< whether only one message may be out
    Ptr<L2tpLac> m_lac;           //!< the LAC
    Ptr<L2tpLns> m_lns;           //!< the LNS
    uint64_t m_count{0};          //!< replications wanted
    bool m_isOver{true};          //!< whether there is none at the moment
    Time m_start;                 //!< when it began
    Outcomes m_outcomes;          //!< what all have come to
};

SetupRuns::SetupRuns(double loss, Time delay, const L2tpProfile& profile, bool lockStep)
    : m_loss(loss),
      m_delay(delay),
      m_profile(profile),
      m_lockStep(lockStep),
      m_lac(CreateObject<L2tpLac>()),
      m_lns(CreateObject<L2tpLns>())
{
    auto channel = CreateObject<SimpleChannel>();
    channel->SetAttribute("Delay", TimeValue(delay));
    m_lns->SetAttribute("Terminator", PointerValue(CreateObject<BareTerminator>()));
    MakeEnd(m_lac, "192.0.2.1", channel, 1);
    MakeEnd(m_lns, "192.0.2.2", channel, 2);
    m_lns->TraceConnectWithoutContext(
        "CallState",
        Callback<void, Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent>(
            [this](Ptr<const L2tpCall> call, L2tpCallState, L2tpCallEvent) {
                if (call->GetState() == L2tpCallState::ESTABLISHED)
                {
                    End(true);
                }
            }));
}

void
SetupRuns::MakeEnd(Ptr<L2tpEndpoint> endpoint,
                   const char* address,
                   Ptr<SimpleChannel> channel,
                   int64_t stream)
{
    const bool isLac = endpoint == m_lac;
    auto node = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
    stack.Install(node);
    auto device = CreateObject<SimpleNetDevice>();
    device->SetAttribute("PointToPointMode", BooleanValue(true));
    device->SetAddress(Mac48Address::Allocate());
    device->SetChannel(channel);
    auto errors = CreateObject<RateErrorModel>();
    errors->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    errors->SetRate(m_loss);
    errors->AssignStreams(10 * stream);
    device->SetAttribute("ReceiveErrorModel", PointerValue(errors));
    node->AddDevice(device);
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    const uint32_t interface = ipv4->AddInterface(device);
    ipv4->AddAddress(interface, {Ipv4Address(address), Ipv4Mask("/24")});
    ipv4->SetUp(interface);

    m_profile.ApplyTo(*endpoint);
    if (m_lockStep)
    {
        endpoint->SetAttribute("CongestionWindow", StringValue("ns3::L2tpFixedWindow[Size=1]"));
    }
    // Only delivery is studied: nobody gives up but by its retransmissions, and nobody asks
    // whether the other one is still there.
    endpoint->SetAttribute("SetupTimeout", TimeValue(Seconds(0)));
    endpoint->SetAttribute("HelloInterval", TimeValue(Seconds(0)));
    endpoint->AssignStreams(10 * stream + 1);
    node->AddApplication(endpoint);
    endpoint->TraceConnectWithoutContext(
        "TunnelState",
        Callback<void, Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent>(
            [this](Ptr<const L2tpTunnel> tunnel, L2tpTunnelState, L2tpTunnelEvent) {
                if (tunnel->GetState() == L2tpTunnelState::IDLE)
                {
                    End(false);
                }
            }));
    endpoint->TraceConnectWithoutContext(
        "ControlTx",
        Callback<void, Ptr<const L2tpTunnel>, const L2tpHeader&, Ptr<const Packet>, uint32_t>(
            [this,
             sent = isLac ? &m_outcomes.lacSent : &m_outcomes.lnsSent](Ptr<const L2tpTunnel>,
                                                                       const L2tpHeader& header,
                                                                       Ptr<const Packet> datagram,
                                                                       uint32_t) {
                const bool isZlb = datagram->GetSize() == header.GetSerializedSize();
                ++sent->at(isZlb ? ZLB : header.GetNs());
            }));
}

nlohmann::ordered_json
SetupRuns::DescribePolicy() const
{
    ObjectFactoryValue factory;
    m_lac->GetAttribute("RetransmissionPolicy", factory);
    const auto retransmission = factory.Get().Create<L2tpRetransmissionPolicy>();
    m_lac->GetAttribute("AcknowledgementPolicy", factory);
    const auto acknowledgement = factory.Get().Create<L2tpAcknowledgementPolicy>();
    const auto intervals = [&retransmission](uint32_t retransmissions) {
        std::vector<int64_t> times;
        for (uint32_t n = 0; n <= retransmissions; ++n)
        {
            times.push_back(retransmission->GetInterval(n).GetNanoSeconds());
        }
        return times;
    };
    const uint32_t most = retransmission->GetMaxRetransmissions();
    nlohmann::ordered_json json;
    json["intervals_ns"] = intervals(most);
    json["first_intervals_ns"] =
        intervals(std::min(most, retransmission->GetMaxInitialRetransmissions()));
    json["ack_delay_ns"] = acknowledgement->GetDelay(1).GetNanoSeconds();
    return json;
}

const Outcomes&
SetupRuns::Run(uint64_t count)
{
    m_count = count;
    Simulator::ScheduleNow(&SetupRuns::Begin, this);
    Simulator::Run();
    return m_outcomes;
}

void
SetupRuns::Begin()
{
    m_isOver = false;
    m_start = Simulator::Now();
    m_lac->Start();
    m_lns->Start();
    m_lac->PlaceCall({Ipv4Address("192.0.2.2"), L2TP_UDP_PORT},
                     L2tpCallParameters(),
                     L2tpLac::CallCallback([](Ptr<L2tpCall>) {}),
                     L2tpLac::CallCallback([](Ptr<L2tpCall>) {}));
}

void
SetupRuns::End(bool established)
{
    if (m_isOver)
    {
        return;
    }
    m_isOver = true;
    ++m_outcomes.runs;
    if (established)
    {
        ++m_outcomes.times[(Simulator::Now() - m_start).GetNanoSeconds()];
    }
    else
    {
        ++m_outcomes.failed;
    }
    Simulator::ScheduleNow([this]() {
        m_lac->Crash();
        m_lns->Crash();
        if (m_outcomes.runs < m_count)
        {
            // What is still on the link arrives before the next one begins.
            Simulator::Schedule(m_delay * 2, &SetupRuns::Begin, this);
        }
    });
}

} // namespace

int
main(int argc, char** argv)
{
    double loss = 0;
    Time delay = MilliSeconds(10);
    std::string profile = "rfc2661";
    bool lockStep = false;
    uint64_t run = 1;
    uint64_t runs = 1000;
    CommandLine cmd(__FILE__);
    cmd.Usage("Set-ups of a tunnel and a session over a link that loses packets.");
    cmd.AddValue("Loss", "probability that a packet is lost, each way", loss);
    cmd.AddValue("Delay", "of the link, one way", delay);
    cmd.AddValue("Profile", "how both ends behave, see the manual", profile);
    cmd.AddValue("LockStep",
                 "whether a message waits until the one before is acknowledged",
                 lockStep);
    cmd.AddValue("RngRun", "which sample", run);
    cmd.AddValue("Runs", "how many replications", runs);
    cmd.Parse(argc, argv);
    NS_ABORT_MSG_IF(!(loss >= 0 && loss < 1), "--Loss=" << loss << ": give 0 to less than 1");
    RngSeedManager::SetRun(run);
    SetupRuns setups(loss, delay, L2tpProfile::Get(profile), lockStep);
    const Outcomes& outcomes = setups.Run(runs);
    nlohmann::ordered_json json = setups.DescribePolicy();
    json["runs"] = outcomes.runs;
    json["failed"] = outcomes.failed;
    json["times_ns"] = outcomes.times;
    json["lac_sent"] = outcomes.lacSent;
    json["lns_sent"] = outcomes.lnsSent;
    std::cout << json << "\n";
    Simulator::Destroy();
    return 0;
}
