/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef EMULATED_ENDPOINT_H
#define EMULATED_ENDPOINT_H

#include "scenario-emulation.h"
#include "scenario-options.h"

#include "ns3/command-line.h"
#include "ns3/l2tp-call.h"
#include "ns3/l2tp-endpoint.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-profile.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/l2tp-tunnel.h"
#include "ns3/nstime.h"
#include "ns3/ppp-net-device.h"

#include <cstdint>
#include <functional>
#include <set>
#include <string>

namespace ns3
{

/**
 * @brief What the scenarios with a simulated endpoint and a real peer share: options of the
 * endpoint, what is seen of it, and the report.
 */
class L2tpEmulatedEndpoint
{
  public:
    /// @param scenario its name @param peer what real peers are called @param name what the
    /// endpoint is called
    L2tpEmulatedEndpoint(const std::string& scenario,
                         const std::string& peer,
                         const std::string& name);

    /// Add all options, those that every scenario takes and those of the way among them.
    /// @param cmd a command line
    void AddTo(CommandLine& cmd);

    /// Parse the command line, check all of that, and have the simulation run in real time.
    /// @param cmd the command line @param argc as in main() @param argv as in main()
    void Begin(CommandLine& cmd, int argc, char** argv);

    /// Build the way to the interface. @param node the endpoint's, with an internet stack
    void Build(Ptr<Node> node);

    /// Hand on what the options say about the endpoint. @param set takes attributes of it
    void ApplyBy(const L2tpProfile::Setter& set) const;

    /// Watch the endpoint. @param endpoint it
    void Watch(Ptr<L2tpEndpoint> endpoint);

    /// Watch PPP of a session, and ping what is at its other end once it is up. @param device its
    /// device @param from who pings
    void WatchPpp(Ptr<PppNetDevice> device, Ptr<Node> from);

    /// Run until --Duration is over or the program is asked to end. @param finish what to do before
    void Run(std::function<void()> finish);

    /// Print and write what the run has come to. @return the exit status: 0 if a tunnel came up
    int Report();

    /// The address of the real peer. @return it
    Ipv4Address GetPeer() const;

  private:
    /// A tunnel has a new state. @param tunnel it
    void TunnelChanged(Ptr<const L2tpTunnel> tunnel, L2tpTunnelState, L2tpTunnelEvent);
    /// A call has a new state. @param call it
    void CallChanged(Ptr<const L2tpCall> call, L2tpCallState, L2tpCallEvent);
    /// Clear what --Clear says.
    void Clear();

    static constexpr uint32_t PINGS = 3; //!< to the other end of each session

    std::string m_scenario;                    //!< its name
    std::string m_name;                        //!< what the endpoint is called
    L2tpScenarioOptions m_options;             //!< what every scenario takes
    L2tpScenarioEmulation m_emulation;         //!< the way to the interface
    std::string m_profile;                     //!< whose habits it has
    std::string m_secret;                      //!< the tunnel secret
    bool m_challenge{false};                   //!< whether the peer must know it
    bool m_hide{false};                        //!< whether AVPs are hidden with it
    bool m_length{false};                      //!< whether data messages have a Length
    Time m_hello{Seconds(60)};                 //!< silence before a HELLO
    Time m_clearAfter;                         //!< after a call is established; 0: never
    std::string m_clear{"call"};               //!< what is cleared then
    Ptr<L2tpEndpoint> m_endpoint;              //!< it
    std::set<Ptr<const L2tpTunnel>> m_tunnels; //!< those that were established
    std::set<Ptr<const L2tpCall>> m_calls;     //!< those that were established
    uint32_t m_ppp{0};                         //!< how often PPP came up
    uint32_t m_answers{0};                     //!< pings that were answered
    L2tpRunSummary m_summary;                  //!< what the run comes to
    L2tpLadder m_ladder;                       //!< messages
};

} // namespace ns3

#endif /* EMULATED_ENDPOINT_H */
