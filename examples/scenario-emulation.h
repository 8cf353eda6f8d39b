/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_EMULATION_H
#define SCENARIO_EMULATION_H

#include "scenario-interface.h"
#include "scenario-options.h"

#include "ns3/command-line.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/ptr.h"

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
 * The gateway is a simulated node, which has the interface. The Internet link has the delay and the
 * loss of the scenario's options. Real peers reach the endpoint's network by a route through the
 * gateway.
 */
class L2tpScenarioEmulation
{
  public:
    /// Add --Interface, --Gateway and --Peer to a command line. @param cmd it
    void AddTo(CommandLine& cmd);

    /**
     * @brief Check these options, and have the simulation run in real time: see
     * L2tpScenarioInterface::Begin().
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

  private:
    L2tpScenarioInterface m_interface;     //!< the Linux interface
    Ipv4Address m_gateway{"198.51.100.2"}; //!< the gateway's address on it
    Ipv4Address m_peer{"198.51.100.1"};    //!< the real peer's
    PointToPointHelper m_link;             //!< makes the Internet link
    NetDeviceContainer m_internet;         //!< the Internet link
};

} // namespace ns3

#endif /* SCENARIO_EMULATION_H */
