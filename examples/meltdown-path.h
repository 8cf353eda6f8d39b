/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef MELTDOWN_PATH_H
#define MELTDOWN_PATH_H

#include "scenario-loss.h"
#include "scenario-tcp-flow.h"

#include "ns3/command-line.h"
#include "ns3/data-rate.h"
#include "ns3/l2-tcp-circuit.h"
#include "ns3/l2tp-voluntary-helper.h"
#include "ns3/net-device-container.h"
#include "ns3/nstime.h"
#include "ns3/ppp-net-device.h"
#include "ns3/socket.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/// How a client's traffic reaches the server.
enum class L2tpMeltdownWay : uint8_t
{
    PLAIN, //!< untunnelled
    L2TP,  //!< PPP in L2TP over UDP
    TCP,   //!< the same PPP in a TCP connection, see L2TcpCircuit
};

/**
 * @brief Name a way.
 * @param way it
 * @return a word of lower-case letters
 */
const char* L2tpMeltdownWayName(L2tpMeltdownWay way);

/// The network, the flow and the tunnel.
struct L2tpMeltdownConfig
{
    DataRate rate{"5Mbps"};           //!< of the bottleneck
    Time delay{MilliSeconds(25)};     //!< of the bottleneck, one way
    double loss{0.01};                //!< of packets on the bottleneck, each way
    L2tpScenarioLoss losses;          //!< what else is said about loss
    uint32_t queue{50};               //!< packets in the queue before the bottleneck
    uint32_t buffer{1 << 20};         //!< octets of the end hosts' send and receive buffers
    uint32_t tunnelBuffer{1 << 18};   //!< octets of the TCP tunnel's send and receive buffers
    uint32_t tunnelQueue{100};        //!< frames that wait for room in the tunnel's send buffer
    std::string tcp{"NewReno"};       //!< the end hosts' congestion control
    std::string tunnelTcp{"NewReno"}; //!< the TCP tunnel's
    Time minRto{Seconds(1)};          //!< the least time-out of the end hosts' TCP (RFC 6298: 1 s)
    Time tunnelMinRto{Seconds(1)};    //!< of the TCP tunnel's
    Time duration{Seconds(60)};       //!< of the flow
    Time pingInterval{MilliSeconds(200)}; //!< between pings beside the flow

    /// Add the options to a command line, but for those that every scenario takes. @param cmd it
    void AddTo(CommandLine& cmd);
    /// Stop the program if a value is out of range.
    void Check() const;
};

/// What came of a flow. Means over time are taken from samples each 100 ms.
struct L2tpMeltdownResult
{
    bool up{false};                 //!< whether the tunnel came up
    double goodput{0};              //!< bit/s that the server's application got
    uint64_t innerSent{0};          //!< octets that the client's TCP sent for the first time
    uint64_t innerRetransmitted{0}; //!< octets that it sent again
    uint32_t innerTimeouts{0};      //!< expiries of its timer
    uint64_t duplicates{0};         //!< octets that reached the server's TCP more than once
    uint64_t outerSent{0};          //!< of the tunnel's TCP, if it is one
    uint64_t outerRetransmitted{0}; //!< the same
    uint32_t outerTimeouts{0};      //!< the same
    double backlogMean{0};          //!< octets that waited at the tunnel's entrance
    uint32_t backlogMax{0};         //!< the most
    uint64_t tunnelDrops{0};        //!< frames that found the tunnel's queue full
    double queueMean{0};            //!< packets in the queue before the bottleneck
    uint32_t pings{0};              //!< pings sent
    std::vector<Time> rtts;         //!< round-trip times of those answered
    Time longestStall; //!< the longest time in which the server's application got nothing

    /// The mean round-trip time. @return it, 0 if no ping was answered
    Time GetMeanRtt() const;
    /// A quantile of the round-trip times. @param share 0 to 1 @return it, 0 if there are none
    Time GetRttQuantile(double share) const;
};

/**
 * @brief One flow from a client to a server, by one of the ways:
 *
 *   client --- router - - bottleneck - - gateway --- server
 *
 * The tunnels lead from the client to the gateway. As soon as the way is open the client sends to
 * the server by TCP as fast as it may, for so long, and pings it beside that.
 */
class L2tpMeltdownPath
{
  public:
    /**
     * @brief Build it.
     * @param config the network, the flow and the tunnel
     * @param way how traffic goes
     * @param finished called when the flow's time is over
     */
    L2tpMeltdownPath(const L2tpMeltdownConfig& config,
                     L2tpMeltdownWay way,
                     std::function<void()> finished);
    L2tpMeltdownPath(const L2tpMeltdownPath&) = delete;
    L2tpMeltdownPath& operator=(const L2tpMeltdownPath&) = delete;

    /// End the tunnel.
    void HangUp();
    /// Write captures of the client's outer link and of PPP. @param prefix of the files' names
    void EnablePcap(const std::string& prefix);

    /// What has come of it so far. @return it
    const L2tpMeltdownResult& GetResult() const;
    /// What way it is. @return it
    L2tpMeltdownWay GetWay() const;
    /// The L2TP tunnel. @return it, empty if it is another way
    const L2tpVpnContainer& GetTunnels() const;
    /// Octets that the server has got. @return them
    uint64_t GetReceived() const;
    /// Octets that wait at the tunnel's entrance. @return them, 0 without TCP tunnel
    uint32_t GetBacklog() const;
    /// The client's TCP. @return what it does
    const L2tpScenarioTcpWatch& GetInner() const;
    /// The tunnel's TCP. @return what it does
    const L2tpScenarioTcpWatch& GetOuter() const;

  private:
    /// Make nodes and links.
    void BuildNetwork();
    /// Make the L2TP tunnel.
    void BuildL2tp();
    /// Make the TCP tunnel.
    void BuildTcp();
    /// Make a PPP interface on the TCP tunnel. @param index 0: the client's, 1: the gateway's
    void MakePpp(uint32_t index);
    /// Let sockets to be made on a node have a congestion control. @param node it @param name which
    static void UseCongestionControl(Ptr<Node> node, const std::string& name);
    /// PPP is up in the TCP tunnel: lead traffic into it.
    void UseTcpTunnel();
    /// The way is open: begin, the first time.
    void Start();
    /// Look at the queues.
    void Sample();
    /// The time is over.
    void Finish();

    L2tpMeltdownConfig m_config;      //!< the network, the flow and the tunnel
    L2tpMeltdownWay m_way;            //!< how traffic goes
    std::function<void()> m_finished; //!< called at the end
    NodeContainer m_nodes;            //!< client, router, gateway, server
    NetDeviceContainer m_bottleneck;  //!< the router's end, and the gateway's
    Ptr<NetDevice> m_wan;             //!< the client's outer link
    L2tpVoluntaryHelper m_vpn;        //!< makes the L2TP tunnel
    L2tpVpnContainer m_tunnels;       //!< it
    Ptr<L2TcpCircuit> m_circuits[2];  //!< the TCP tunnel, at the client and at the gateway
    Ptr<PppNetDevice> m_ppp[2];       //!< PPP on it
    L2tpScenarioTcpFlow m_flow;       //!< from the client to the server
    L2tpScenarioTcpWatch m_outer;     //!< the tunnel's TCP
    uint32_t m_samples{0};            //!< how often was looked
    bool m_running{false};            //!< whether the flow runs
    L2tpMeltdownResult m_result;      //!< what came of it
};

} // namespace ns3

#endif /* MELTDOWN_PATH_H */
