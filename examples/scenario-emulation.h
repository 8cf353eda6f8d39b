/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_EMULATION_H
#define SCENARIO_EMULATION_H

#include "scenario-options.h"

#include "ns3/command-line.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/ptr.h"

#include <functional>
#include <string>

namespace ns3
{

/**
 * @brief The way from a Linux interface to a simulated endpoint, in real time.
 *
 * @verbatim
 *   real peer --- Linux interface [gateway] - - Internet link - - endpoint
 * @endverbatim
 *
 * The gateway is a simulated node. Its device sends and receives the frames of the interface by a
 * packet socket (AF_PACKET), with a MAC address of its own; Linux itself should have no address
 * there. The Internet link has the delay and the loss of the scenario's options. Real peers reach
 * the endpoint's network by a route through the gateway.
 */
class L2tpScenarioEmulation
{
  public:
    /// Add --Interface, --Gateway and --Peer to a command line. @param cmd it
    void AddTo(CommandLine& cmd);

    /**
     * @brief Check these options, and have the simulation run in real time; after the command line
     * is parsed, and before anything is simulated.
     */
    void Begin() const;

    /**
     * @brief Build the gateway and the links.
     * @param options those that every scenario takes
     * @param endpoint the endpoint's node, with an internet stack; its default route will lead to
     *        the gateway
     */
    void Build(const L2tpScenarioOptions& options, Ptr<Node> endpoint);

    /**
     * @brief Write pcap files of both links.
     * @param prefix what their names begin with
     */
    void EnablePcap(const std::string& prefix);

    /// The address of the real peer. @return what --Peer says
    Ipv4Address GetPeer() const;

    /**
     * @brief Run until Linux asks the program to end (SIGINT, SIGTERM), or until a time is over.
     * @param duration the time
     * @param finish ends what there is in order; the simulation goes on for a while for that
     * @param patience how long
     */
    static void Run(Time duration, std::function<void()> finish, Time patience);

  private:
    std::string m_interface;               //!< name of the Linux interface
    Ipv4Address m_gateway{"198.51.100.2"}; //!< the gateway's address on it
    Ipv4Address m_peer{"198.51.100.1"};    //!< the real peer's
    PointToPointHelper m_link;             //!< makes the Internet link
    NetDeviceContainer m_internet;         //!< the Internet link
    Ptr<NetDevice> m_device;               //!< the gateway's, on the interface
};

} // namespace ns3

#endif /* SCENARIO_EMULATION_H */
