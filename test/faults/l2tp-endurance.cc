/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What an LNS costs under a flood of SCCRQs, and after very many calls: the octets that the program
// has allocated are counted, not those that the system has given it.

#include "l2tp-fault-applications.h"
#include "simple-interfaces.h"

#include "ns3/command-line.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-lac.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <malloc.h>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

const Time LINK_DELAY = MilliSeconds(2);            //!< between LAC and LNS
const Time FLOOD_INTERVAL = MicroSeconds(10);       //!< of SCCRQs: 100,000 a second
constexpr uint32_t FLOOD_BURST = 100;               //!< of them in one event
constexpr uint64_t WARM = 10000;                    //!< calls after which memory is measured first
constexpr double SOAK_TOLERANCE = 0.02;             //!< by which it may differ in the end
constexpr uint64_t OCTETS_OF_HALF_OPEN = 12 * 1024; //!< that a tunnel may cost at most

/// How many octets the program has allocated.
uint64_t
Allocated()
{
    return mallinfo2().uordblks + mallinfo2().hblkhd;
}

/// An LNS and a LAC that calls it; beside them somebody whose packets come from everywhere.
class Network
{
  public:
    /// Build it. @param maxHalfOpen the LNS's attribute, 0 for its default
    explicit Network(uint32_t maxHalfOpen)
    {
        auto channel = CreateObject<SimpleChannel>();
        channel->SetAttribute("Delay", TimeValue(LINK_DELAY));
        Ptr<Node> lac = MakeNode();
        Ptr<Node> lns = MakeNode();
        AddSimpleAddress(AddSimpleDevice(lac, channel), Ipv4Address("10.1.0.1"));
        AddSimpleAddress(AddSimpleDevice(lns, channel), Ipv4Address("10.1.0.2"));
        auto wild = CreateObject<SimpleChannel>();
        m_flooding = AddSimpleDevice(CreateObject<Node>(), wild);
        Ptr<NetDevice> exposed = AddSimpleDevice(lns, wild);
        m_exposed = exposed->GetAddress();
        const uint32_t interface = AddSimpleAddress(exposed, Ipv4Address("10.2.0.2"));
        // Whatever is answered goes where it came from, and no further.
        Ipv4StaticRoutingHelper()
            .GetStaticRouting(lns->GetObject<Ipv4>())
            ->SetDefaultRoute(Ipv4Address("10.2.0.1"), interface);
        m_lac = CreateObject<L2tpLac>();
        lac->AddApplication(m_lac);
        m_lns = CreateObject<L2tpLns>();
        m_lns->SetAttribute("Terminator", PointerValue(CreateObject<L2tpFaultTerminator>()));
        if (maxHalfOpen > 0)
        {
            m_lns->SetAttribute("MaxHalfOpen", UintegerValue(maxHalfOpen));
        }
        lns->AddApplication(m_lns);
        m_lac->AssignStreams(1);
        m_lns->AssignStreams(100);
    }

    /// A million SCCRQs, and now and then a call. @param count how many @return exit status
    int Flood(uint64_t count);
    /// Very many calls, one after the other. @param count how many @return exit status
    int Soak(uint64_t count);

  private:
    /// Make a node with an Internet stack. @return it
    static Ptr<Node> MakeNode()
    {
        auto node = CreateObject<Node>();
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.SetRoutingHelper(Ipv4StaticRoutingHelper());
        stack.Install(node);
        return node;
    }

    /// Send further SCCRQs. @param left how many
    void SendBurst(uint64_t left);
    /// Send an SCCRQ from an address of its own. @param number whose
    void SendSccrq(uint32_t number);
    /// Place a call, and the next one once it is over. @param left how many
    void PlaceCall(uint64_t left);

    Ptr<NetDevice> m_flooding; //!< whence the flood comes
    Address m_exposed;         //!< where it arrives
    Ptr<L2tpLac> m_lac;        //!< the LAC
    Ptr<L2tpLns> m_lns;        //!< the LNS
    uint64_t m_asked{0};       //!< calls placed during the flood
    uint64_t m_established{0}; //!< calls established
    uint64_t m_most{0};        //!< octets at most
    uint64_t m_warm{0};        //!< octets after the first calls
    uint64_t m_end{0};         //!< octets after the last one
    uint64_t m_placed{0};      //!< calls placed one after the other
};

void
Network::SendSccrq(uint32_t number)
{
    L2tpControlMessage sccrq(L2tpMessageType::SCCRQ);
    sccrq.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION);
    sccrq.Add(L2tpAvps::FRAMING_CAPABILITIES, uint32_t(3));
    sccrq.Add(L2tpAvps::HOST_NAME, std::string("flood"));
    sccrq.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, static_cast<uint16_t>(1 + number % 65535));
    const std::vector<uint8_t>& body = sccrq.GetBody();
    Ptr<Packet> packet = Create<Packet>(body.data(), body.size());
    packet->AddHeader(L2tpHeader::MakeControl(0, 0, 0, 0, body.size()));
    UdpHeader udp;
    udp.SetSourcePort(L2TP_UDP_PORT);
    udp.SetDestinationPort(L2TP_UDP_PORT);
    packet->AddHeader(udp);
    Ipv4Header ip;
    ip.SetSource(Ipv4Address(Ipv4Address("100.0.0.1").Get() + number));
    ip.SetDestination(Ipv4Address("10.2.0.2"));
    ip.SetProtocol(UdpL4Protocol::PROT_NUMBER);
    ip.SetTtl(64);
    ip.SetPayloadSize(packet->GetSize());
    packet->AddHeader(ip);
    m_flooding->Send(packet, m_exposed, Ipv4L3Protocol::PROT_NUMBER);
}

void
Network::SendBurst(uint64_t left)
{
    for (uint32_t i = 0; i < FLOOD_BURST && left > 0; ++i, --left)
    {
        SendSccrq(static_cast<uint32_t>(left));
    }
    m_most = std::max(m_most, Allocated());
    if (left > 0)
    {
        Simulator::Schedule(FLOOD_INTERVAL * FLOOD_BURST, &Network::SendBurst, this, left);
    }
}

int
Network::Flood(uint64_t count)
{
    UintegerValue maxHalfOpen;
    m_lns->GetAttribute("MaxHalfOpen", maxHalfOpen);
    Simulator::Stop(Seconds(1));
    Simulator::Run();
    const uint64_t before = Allocated();
    Simulator::ScheduleNow(&Network::SendBurst, this, count);
    const Time flood = FLOOD_INTERVAL * static_cast<int64_t>(count);
    constexpr uint32_t CALLS = 20;
    for (uint32_t i = 0; i < CALLS; ++i)
    {
        Simulator::Schedule(flood * (2 * i + 1) / (2 * CALLS), [this] {
            ++m_asked;
            const auto up = Callback<void, Ptr<L2tpCall>>([this](Ptr<L2tpCall> call) {
                ++m_established;
                call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
            });
            m_lac->PlaceCall({Ipv4Address("10.1.0.2"), L2TP_UDP_PORT},
                             L2tpCallParameters(),
                             up,
                             Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {}));
        });
    }
    Simulator::Stop(flood + Seconds(1));
    Simulator::Run();
    const uint64_t held = m_lns->GetNTunnelsHeld();
    Simulator::Stop(Seconds(200));
    Simulator::Run();
    const uint64_t cost = m_most - before;
    const uint64_t bound = maxHalfOpen.Get() * OCTETS_OF_HALF_OPEN;
    std::cout << count << " SCCRQs from as many addresses, MaxHalfOpen " << maxHalfOpen.Get()
              << ": " << cost << " octets at most, " << cost / maxHalfOpen.Get()
              << " for each half-open tunnel; the bound is " << bound << "\n"
              << held << " tunnels held after the flood, " << m_lns->GetNTunnelsHeld()
              << " in the end; " << m_established << " of " << m_asked
              << " calls of a LAC were established meanwhile\n";
    const bool passed = cost <= bound && m_established == m_asked && m_asked == CALLS &&
                        held <= maxHalfOpen.Get() + CALLS && m_lns->GetNTunnelsHeld() == 0;
    std::cout << (passed ? "Passed" : "FAILED") << "\n";
    return passed ? 0 : 1;
}

void
Network::PlaceCall(uint64_t left)
{
    if (m_placed == WARM)
    {
        m_warm = Allocated();
    }
    if (left == 0)
    {
        m_end = Allocated();
        return;
    }
    ++m_placed;
    const auto up = Callback<void, Ptr<L2tpCall>>([this](Ptr<L2tpCall> call) {
        ++m_established;
        call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    });
    const auto over = Callback<void, Ptr<L2tpCall>>([this, left](Ptr<L2tpCall>) {
        Simulator::Schedule(MilliSeconds(20), &Network::PlaceCall, this, left - 1);
    });
    m_lac->PlaceCall({Ipv4Address("10.1.0.2"), L2TP_UDP_PORT}, L2tpCallParameters(), up, over);
}

int
Network::Soak(uint64_t count)
{
    Simulator::Schedule(Seconds(1), &Network::PlaceCall, this, count);
    while (m_end == 0)
    {
        Simulator::Stop(Seconds(3600));
        Simulator::Run();
    }
    const double change = static_cast<double>(m_end) / static_cast<double>(m_warm) - 1;
    std::cout << count << " calls, " << m_established << " established: " << m_warm
              << " octets after " << WARM << ", " << m_end << " in the end, "
              << std::round(1e4 * change) / 100 << " % more\n";
    const bool passed = m_established == count && std::abs(change) <= SOAK_TOLERANCE;
    std::cout << (passed ? "Passed" : "FAILED") << "\n";
    return passed ? 0 : 1;
}

} // namespace

int
main(int argc, char** argv)
{
    uint64_t flood = 0;
    uint64_t soak = 0;
    uint32_t maxHalfOpen = 0;
    CommandLine options(__FILE__);
    options.Usage("What an LNS costs under a flood of SCCRQs, or after very many calls.");
    options.AddValue("flood", "How many SCCRQs, each from an address of its own", flood);
    options.AddValue("soak", "How many calls, one after the other; more than 10000", soak);
    options.AddValue("max-half-open", "MaxHalfOpen of the LNS (0: its default)", maxHalfOpen);
    options.Parse(argc, argv);
    if ((flood > 0) == (soak > 0) || (soak > 0 && soak <= WARM))
    {
        std::cerr << "Either --flood or --soak says how many, the latter more than 10000\n";
        return 2;
    }
    Network network(maxHalfOpen);
    const int status = flood > 0 ? network.Flood(flood) : network.Soak(soak);
    Simulator::Destroy();
    return status;
}
