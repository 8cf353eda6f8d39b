/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-options.h"

#include "ns3/boolean.h"
#include "ns3/global-value.h"
#include "ns3/internet-apps-module.h"
#include "ns3/l2-ns3-version.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <limits>

namespace ns3
{

namespace
{

std::string g_word; //!< of the command line, which is read just now

/// Say which word has stopped the program: ns-3 doesn't tell whose value it can't read.
void
NameWord()
{
    std::cerr << "The word that can't be read is " << g_word << std::endl;
    std::abort();
}

/// Read a command line. @param cmd its options @param argc as in main() @param argv as in main()
void
Read(CommandLine& cmd, int argc, char** argv)
{
    const auto before = std::set_terminate(NameWord);
    for (int i = 1; i < argc; ++i)
    {
        g_word = argv[i];
        cmd.Parse({argv[0], g_word});
        NS_ABORT_MSG_IF(cmd.GetNExtraNonOptions() > 0,
                        "'" << g_word
                            << "' is no option: options are --Name=value, and --help lists them");
    }
    std::set_terminate(before);
}

} // namespace

void
L2tpScenarioOptions::AddTo(CommandLine& cmd)
{
    cmd.AddValue("Loss", "probability that a packet is lost on the Internet link, 0 to 1", loss);
    lossModel.AddTo(cmd);
    cmd.AddValue("Delay", "one-way delay of the Internet link", delay);
    cmd.AddValue("Duration", "when everybody hangs up, at the latest", duration);
    cmd.AddValue("RngRun", "the run: another run is another sample of all randomness", rngRun);
    cmd.AddValue("Pcap", "whether to write pcap files", pcap);
    cmd.AddValue("Ipv6", "whether the Internet is IPv6; in the tunnels it is IPv4 anyway", ipv6);
    cmd.AddValue("Out", "folder for the files of the run", out);
}

void
L2tpScenarioOptions::Parse(CommandLine& cmd, int argc, char** argv) const
{
    Read(cmd, argc, argv);
    NS_ABORT_MSG_IF(!out.empty() && !std::filesystem::is_directory(out),
                    "--Out=" << out << ": there is no such folder: make it first");
    L2tpScenarioCheck("Loss", loss, 0.0, 1.0);
    lossModel.Check();
    L2tpScenarioCheck("Delay", delay, Seconds(0), Hours(1));
    L2tpScenarioCheck("Duration", duration, MilliSeconds(1), Days(365));
    // The numbers above are those of negative ones: -1 is read as 2^64 - 1.
    L2tpScenarioCheck<uint64_t>("RngRun", rngRun, 1, std::numeric_limits<int64_t>::max());
    RngSeedManager::SetRun(rngRun);
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
}

std::string
L2tpScenarioOptions::PathOf(const std::string& name) const
{
    return out.empty() ? name : out + "/" + name;
}

Ptr<ErrorModel>
L2tpScenarioOptions::MakeLoss(int64_t stream) const
{
    return lossModel.Make(loss, stream);
}

void
L2tpScenarioCheck(const char* option, const Time& value, const Time& least, const Time& most)
{
    NS_ABORT_MSG_IF(value < least || value > most,
                    "--" << option << "=" << value.As(Time::S) << ": give " << least.As(Time::S)
                         << " to " << most.As(Time::S));
}

namespace
{

constexpr int64_t PATIENCE = 60; //!< seconds that an answer to the last ping is waited for

/// What ns-3's ping applications call: Ping with a number, V4Ping without.
struct PingSink
{
    std::function<void(Time)> replied; //!< whom to tell
};

/// A reply has come. @param sink whom to tell @param rtt the round-trip time
void
Replied(std::shared_ptr<PingSink> sink, Time rtt)
{
    sink->replied(rtt);
}

/// A numbered reply has come. @param sink whom to tell @param rtt the round-trip time
void
RepliedByNumber(std::shared_ptr<PingSink> sink, uint16_t /* sequence */, Time rtt)
{
    sink->replied(rtt);
}

} // namespace

void
L2tpScenarioPing(Ptr<Node> from,
                 Ipv4Address to,
                 uint32_t count,
                 Time interval,
                 std::function<void(Time)> replied)
{
    auto sink = std::make_shared<PingSink>();
    sink->replied = std::move(replied);
    L2NewOrOld<PingHelper, V4PingHelper>::Type helper(to);
    helper.SetAttribute("Interval", TimeValue(interval));
    Ptr<Application> ping = helper.Install(from).Get(0);
    if (ping->SetAttributeFailSafe("Count", UintegerValue(count)))
    {
        ping->SetAttribute("Timeout", TimeValue(Seconds(PATIENCE)));
        ping->SetAttribute("VerboseMode", StringValue("Silent"));
        ping->TraceConnectWithoutContext("Rtt", MakeBoundCallback(&RepliedByNumber, sink));
        return;
    }
    // V4Ping goes on until it stops, and hears no more then: the interval after the last is long.
    Simulator::Schedule(interval * std::max(count - 1.5, 0.0), [ping]() {
        ping->SetAttribute("Interval", TimeValue(Seconds(2 * PATIENCE)));
    });
    ping->SetStopTime(interval * (count - 1) + Seconds(PATIENCE));
    ping->TraceConnectWithoutContext("Rtt", MakeBoundCallback(&Replied, sink));
}

} // namespace ns3
