/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

/// @file
/// Brings up many sessions between one LAC and one LNS, each with LCP, CHAP and IPCP, and tells how
/// much memory they take at each end, and how long that took.
///
/// @verbatim
///   LAC ------------ LNS
///       192.0.2.0/30
/// @endverbatim
///
/// The remote systems are PPP links at the LAC's own node, each with its call's session as circuit:
/// they have no net devices, whose cost is ns-3's. bench/run.py takes differences of two runs, so
/// that what does not depend on the number of sessions or tunnels drops out.
///
/// Memory is counted in operator new and delete: each block belongs to the node in whose event it
/// was allocated (ns-3's context) until it is freed, wherever that is. What the C library adds to a
/// block isn't counted.
///
/// The last line of output is a JSON object. The program ends with status 1 unless all sessions are
/// up.

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/l2tp-lac.h"
#include "ns3/l2tp-lns-helper.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/ppp-link.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <new>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr std::size_t LAC = 0;      //!< context of the LAC: its node's number
constexpr std::size_t LNS = 1;      //!< and of the LNS
constexpr std::size_t CONTEXTS = 3; //!< the third one is whatever is of no node

bool g_counting = false;                                  //!< whether there is a simulator to ask
std::array<int64_t, CONTEXTS> g_octets{};                 //!< allocated, by context
constexpr std::size_t PREFIX = alignof(std::max_align_t); //!< octets before each block

/// What stands before a block.
struct BlockPrefix
{
    uint32_t context; //!< whose it is
    uint32_t size;    //!< its octets
};

static_assert(sizeof(BlockPrefix) <= PREFIX, "blocks would not be aligned");

/// Allocate a block. @param size its octets @return it
void*
Allocate(std::size_t size)
{
    auto* block = static_cast<char*>(std::malloc(size + PREFIX));
    if (!block)
    {
        std::abort();
    }
    const uint32_t context = g_counting ? Simulator::GetContext() : CONTEXTS;
    auto* prefix = reinterpret_cast<BlockPrefix*>(block);
    prefix->context = std::min<uint32_t>(context, CONTEXTS - 1);
    prefix->size = static_cast<uint32_t>(size);
    g_octets[prefix->context] += static_cast<int64_t>(size);
    return block + PREFIX;
}

/// Free a block. @param block it, or null
void
Free(void* block)
{
    if (block)
    {
        char* begin = static_cast<char*>(block) - PREFIX;
        const auto* prefix = reinterpret_cast<const BlockPrefix*>(begin);
        g_octets[prefix->context] -= prefix->size;
        std::free(begin);
    }
}

} // namespace

void*
operator new(std::size_t size)
{
    return Allocate(size);
}

void*
operator new[](std::size_t size)
{
    return Allocate(size);
}

void
operator delete(void* block) noexcept
{
    Free(block);
}

void
operator delete[](void* block) noexcept
{
    Free(block);
}

void
operator delete(void* block, std::size_t /* size */) noexcept
{
    Free(block);
}

void
operator delete[](void* block, std::size_t /* size */) noexcept
{
    Free(block);
}

namespace
{

const Time SPACING = MilliSeconds(5); //!< between two calls
const Time SETTLING = Seconds(40);    //!< until nothing of the set-up is left

/// The benchmark.
class Sessions
{
  public:
    /// Run it. @param argc as in main() @param argv as in main() @return the exit status
    int Run(int argc, char** argv);

  private:
    /// Place the next call, and again later.
    void Place();
    /// A call is established: begin PPP. @param call it
    void Established(Ptr<L2tpCall> call);

    /// A call is cleared, so that the run has failed. @param call it
    void Cleared(Ptr<L2tpCall> call);

    uint32_t m_sessions{1000};       //!< how many
    uint32_t m_tunnels{1};           //!< in how many tunnels
    bool m_shared{true};             //!< whether the LNS has one interface for all
    Ptr<L2tpLac> m_lac;              //!< the LAC
    uint32_t m_placed{0};            //!< how many calls were placed
    std::vector<Ptr<PppLink>> m_ppp; //!< the remote systems
};

void
Sessions::Place()
{
    L2tpTunnelPeer lns;
    lns.server = {Ipv4Address("192.0.2.2"), L2TP_UDP_PORT};
    lns.assignmentId = std::to_string(m_placed % m_tunnels);
    m_lac->PlaceCallTo(lns,
                       L2tpCallParameters(),
                       MakeCallback(&Sessions::Established, this),
                       MakeCallback(&Sessions::Cleared, this));
    if (++m_placed < m_sessions)
    {
        Simulator::Schedule(SPACING, &Sessions::Place, this);
    }
}

void
Sessions::Established(Ptr<L2tpCall> call)
{
    auto link = CreateObject<PppLink>();
    link->SetAttribute("Username", StringValue("user"));
    link->SetAttribute("Password", StringValue("secret"));
    link->SetCircuit(call->GetSession());
    link->Open();
    m_ppp.push_back(link);
}

void
Sessions::Cleared(Ptr<L2tpCall> call)
{
    std::cerr << "a call was cleared: " << call->GetClearReason() << "\n";
    Simulator::Stop();
}

int
Sessions::Run(int argc, char** argv)
{
    CommandLine cmd(__FILE__);
    cmd.AddValue("Sessions", "how many sessions", m_sessions);
    cmd.AddValue("Tunnels", "how many tunnels they are in", m_tunnels);
    cmd.AddValue("Shared", "whether the LNS has one interface for all sessions", m_shared);
    cmd.Parse(argc, argv);
    NodeContainer nodes(2);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(nodes);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("10Gbps"));
    link.SetChannelAttribute("Delay", StringValue("1ms"));
    Ipv4AddressHelper addresses("192.0.2.0", "255.255.255.252");
    addresses.Assign(link.Install(nodes));
    L2tpLnsHelper helper;
    helper.SetAddressPool("10.0.0.0", "255.0.0.0");
    helper.AddUser("user", "secret");
    helper.SetSessionAttribute("MaxSessions", UintegerValue(m_sessions));
    if (m_shared)
    {
        helper.SetTerminator("ns3::L2tpAggregatedInterface");
    }
    helper.Install(nodes.Get(LNS))->AssignStreams(1000);
    m_lac = CreateObject<L2tpLac>();
    nodes.Get(LAC)->AddApplication(m_lac);
    m_lac->AssignStreams(500000);
    m_ppp.reserve(m_sessions);
    Simulator::ScheduleWithContext(LAC, Seconds(1), &Sessions::Place, this);
    g_counting = true;
    const auto begin = std::chrono::steady_clock::now();
    Simulator::Stop(Seconds(1) + SPACING * m_sessions + SETTLING);
    Simulator::Run();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    uint32_t up = 0;
    for (const auto& ppp : m_ppp)
    {
        up += ppp->IsNetworkUp() ? 1 : 0;
    }
    std::cout << "{\"sessions\": " << up << ", \"tunnels\": " << m_lac->GetNTunnels()
              << ", \"lns_octets\": " << g_octets[LNS] << ", \"lac_octets\": " << g_octets[LAC]
              << ", \"seconds\": " << taken.count() << "}" << std::endl;
    g_counting = false;
    for (const auto& ppp : m_ppp)
    {
        ppp->Dispose();
    }
    m_ppp.clear();
    m_lac = nullptr;
    Simulator::Destroy();
    return up == m_sessions ? 0 : 1;
}

} // namespace

int
main(int argc, char** argv)
{
    return Sessions().Run(argc, argv);
}
