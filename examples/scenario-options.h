/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_OPTIONS_H
#define SCENARIO_OPTIONS_H

#include "scenario-loss.h"

#include "ns3/abort.h"
#include "ns3/command-line.h"
#include "ns3/error-model.h"
#include "ns3/ipv4-address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <functional>
#include <string>

namespace ns3
{

/**
 * @brief The options that every scenario takes, and what follows from them.
 */
struct L2tpScenarioOptions
{
    double loss{0.01};            //!< probability that a packet is lost on the lossy link
    L2tpScenarioLoss lossModel;   //!< what is lost on it, and when
    Time delay{MilliSeconds(10)}; //!< one-way delay of the lossy link
    Time duration{Seconds(120)};  //!< when everybody hangs up at the latest
    uint64_t rngRun{1};           //!< the run: another run is another sample
    bool pcap{true};              //!< whether to write pcap files
    bool ipv6{false};             //!< whether tunnels run over IPv6
    std::string out;              //!< folder for files, empty: the current one

    /**
     * @brief Add the options to a command line.
     * @param cmd the command line
     */
    void AddTo(CommandLine& cmd);

    /**
     * @brief Parse the command line and put these options into effect: the run, and checksums that
     * are real. A word that is no option, or a value out of range, stops the program and is named.
     * @param cmd the command line, with all options added
     * @param argc as in main()
     * @param argv as in main()
     */
    void Parse(CommandLine& cmd, int argc, char** argv) const;

    /**
     * @brief Where a file goes.
     * @param name its name
     * @return the path
     */
    std::string PathOf(const std::string& name) const;

    /**
     * @brief Make an error model that loses what the options say.
     * @param stream number of its random variable stream
     * @return the error model, for a device's ReceiveErrorModel
     */
    Ptr<ErrorModel> MakeLoss(int64_t stream) const;
};

/**
 * @brief Stop the program if the value of an option is out of range.
 * @param option its name
 * @param value its value
 * @param least the least value
 * @param most the greatest value
 */
template <typename T>
void
L2tpScenarioCheck(const char* option, const T& value, const T& least, const T& most)
{
    NS_ABORT_MSG_IF(!(value >= least && value <= most),
                    "--" << option << "=" << value << ": give " << least << " to " << most);
}

/// As above, with times told in seconds. @copydetails L2tpScenarioCheck
void L2tpScenarioCheck(const char* option, const Time& value, const Time& least, const Time& most);

/**
 * @brief Ping a host.
 * @param from who pings
 * @param to the address to ping
 * @param count how many pings
 * @param interval time between them
 * @param replied called for each reply with the round-trip time
 */
void L2tpScenarioPing(Ptr<Node> from,
                      Ipv4Address to,
                      uint32_t count,
                      Time interval,
                      std::function<void(Time)> replied);

} // namespace ns3

#endif /* SCENARIO_OPTIONS_H */
