/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_INTERFACE_H
#define SCENARIO_INTERFACE_H

#include "ns3/command-line.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <functional>
#include <string>

namespace ns3
{

/**
 * @brief A Linux interface as a device of a simulated node, in a simulation that runs in real time.
 *
 * The device has a MAC address of its own; Linux itself should have no address there.
 */
class L2tpScenarioInterface
{
  public:
    /// Add --Interface to a command line. @param cmd it
    void AddTo(CommandLine& cmd);

    /// Have the simulation run in real time; after the command line is parsed, and before anything
    /// is simulated.
    void Begin() const;

    /// Give a node the interface. A failure stops the program. @param node it @return its device
    Ptr<NetDevice> AddDevice(Ptr<Node> node);

    /// Write a pcap file of the interface. @param path of the file
    void EnablePcap(const std::string& path) const;

    /**
     * @brief Run until Linux asks the program to end (SIGINT, SIGTERM), or until a time is over.
     * @param duration the time
     * @param finish ends what there is in order; the simulation goes on for a while for that
     */
    static void Run(Time duration, std::function<void()> finish);

  private:
    std::string m_interface; //!< its name in Linux
    Ptr<NetDevice> m_device; //!< the node's
};

} // namespace ns3

#endif /* SCENARIO_INTERFACE_H */
