/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "study-tunnel.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/l2tp-acknowledgement-policy.h"
#include "ns3/l2tp-joint-error-model.h"
#include "ns3/l2tp-retransmission-policy.h"
#include "ns3/l2tp-session-terminator.h"
#include "ns3/mac48-address.h"
#include "ns3/object-factory.h"
#include "ns3/pointer.h"
#include "ns3/queue-size.h"
#include "ns3/queue.h"
#include "ns3/simple-net-device.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace ns3
{

namespace
{

constexpr const char* LAC_ADDRESS = "192.0.2.1";
constexpr const char* LNS_ADDRESS = "192.0.2.2";

/// Takes any session, and does nothing with it.
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

} // namespace

L2tpStudyTunnel::L2tpStudyTunnel(Time delay, const L2tpProfile& profile)
    : m_delay(delay),
      m_channel(CreateObject<SimpleChannel>()),
      m_lac(CreateObject<L2tpLac>()),
      m_lns(CreateObject<L2tpLns>())
{
    m_channel->SetAttribute("Delay", TimeValue(delay));
    m_lns->SetAttribute("Terminator", PointerValue(CreateObject<BareTerminator>()));
    profile.ApplyTo(*m_lac);
    profile.ApplyTo(*m_lns);
    AddEnd(m_lac, LAC_ADDRESS, 0);
    AddEnd(m_lns, LNS_ADDRESS, 1);
}

void
L2tpStudyTunnel::AddEnd(Ptr<L2tpEndpoint> endpoint, const char* address, std::size_t index)
{
    const int64_t stream = 10 * (static_cast<int64_t>(index) + 1);
    auto node = CreateObject<Node>();
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
    stack.Install(node);
    auto device = CreateObject<SimpleNetDevice>();
    device->SetAttribute("PointToPointMode", BooleanValue(true));
    // A link without a rate has no queue; ns-3's has one for what is sent at the same instant.
    device->GetQueue()->SetMaxSize(QueueSize("1000000p"));
    device->SetAddress(Mac48Address::Allocate());
    device->SetChannel(m_channel);
    m_losses.at(index) = CreateObject<RateErrorModel>();
    m_losses.at(index)->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    m_losses.at(index)->SetRate(0);
    m_losses.at(index)->AssignStreams(stream);
    m_outages.at(index) = CreateObject<L2tpOutageErrorModel>();
    auto errors = CreateObject<L2tpJointErrorModel>();
    errors->Add(m_losses.at(index));
    errors->Add(m_outages.at(index));
    device->SetAttribute("ReceiveErrorModel", PointerValue(errors));
    node->AddDevice(device);
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    const uint32_t interface = ipv4->AddInterface(device);
    ipv4->AddAddress(interface, {Ipv4Address(address), Ipv4Mask("/24")});
    ipv4->SetUp(interface);
    endpoint->AssignStreams(stream + 1);
    node->AddApplication(endpoint);
}

void
L2tpStudyTunnel::SetAttribute(const std::string& name, const AttributeValue& value)
{
    m_lac->SetAttribute(name, value);
    m_lns->SetAttribute(name, value);
}

void
L2tpStudyTunnel::SetLoss(double loss)
{
    for (const auto& errors : m_losses)
    {
        errors->SetRate(loss);
    }
}

void
L2tpStudyTunnel::Cut(Time length)
{
    for (const auto& outages : m_outages)
    {
        outages->AddOutage(Simulator::Now(), length);
    }
}

void
L2tpStudyTunnel::Mend()
{
    for (const auto& outages : m_outages)
    {
        outages->SetOutages("");
    }
}

void
L2tpStudyTunnel::Start()
{
    m_lac->Start();
    m_lns->Start();
}

void
L2tpStudyTunnel::Crash()
{
    m_lac->Crash();
    m_lns->Crash();
}

Ptr<L2tpCall>
L2tpStudyTunnel::PlaceCall(L2tpLac::CallCallback established)
{
    return m_lac->PlaceCall({Ipv4Address(LNS_ADDRESS), L2TP_UDP_PORT},
                            L2tpCallParameters(),
                            established,
                            L2tpLac::CallCallback());
}

Ptr<L2tpLac>
L2tpStudyTunnel::GetLac() const
{
    return m_lac;
}

Ptr<L2tpLns>
L2tpStudyTunnel::GetLns() const
{
    return m_lns;
}

Time
L2tpStudyTunnel::GetDelay() const
{
    return m_delay;
}

Time
L2tpStudyTunnel::Policy::GetCycle() const
{
    return std::accumulate(intervals.begin(), intervals.end(), Time());
}

L2tpStudyTunnel::Policy
L2tpStudyTunnel::GetPolicy() const
{
    ObjectFactoryValue factory;
    m_lac->GetAttribute("RetransmissionPolicy", factory);
    const auto retransmission = factory.Get().Create<L2tpRetransmissionPolicy>();
    m_lac->GetAttribute("AcknowledgementPolicy", factory);
    const auto acknowledgement = factory.Get().Create<L2tpAcknowledgementPolicy>();
    TimeValue hello;
    m_lac->GetAttribute("HelloInterval", hello);
    const auto intervals = [&retransmission](uint32_t retransmissions) {
        std::vector<Time> times;
        for (uint32_t n = 0; n <= retransmissions; ++n)
        {
            times.push_back(retransmission->GetInterval(n));
        }
        return times;
    };
    const uint32_t most = retransmission->GetMaxRetransmissions();
    return {hello.Get(),
            intervals(most),
            intervals(std::min(most, retransmission->GetMaxInitialRetransmissions())),
            acknowledgement->GetDelay(1)};
}

nlohmann::ordered_json
L2tpStudyTunnel::DescribePolicy() const
{
    const auto nanoseconds = [](const std::vector<Time>& times) {
        std::vector<int64_t> numbers;
        for (const Time& time : times)
        {
            numbers.push_back(time.GetNanoSeconds());
        }
        return numbers;
    };
    const Policy policy = GetPolicy();
    nlohmann::ordered_json json;
    json["hello_ns"] = policy.hello.GetNanoSeconds();
    json["intervals_ns"] = nanoseconds(policy.intervals);
    json["first_intervals_ns"] = nanoseconds(policy.firstIntervals);
    json["ack_delay_ns"] = policy.acknowledgementDelay.GetNanoSeconds();
    return json;
}

} // namespace ns3
