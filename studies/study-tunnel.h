/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef STUDY_TUNNEL_H
#define STUDY_TUNNEL_H

#include "ns3/error-model.h"
#include "ns3/l2tp-lac.h"
#include "ns3/l2tp-lns.h"
#include "ns3/l2tp-outage-error-model.h"
#include "ns3/l2tp-profile.h"
#include "ns3/nstime.h"
#include "ns3/simple-channel.h"

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief A LAC and an LNS on one link, for studies of the control channel.
 *
 * Both ends have the same profile. The link has a delay and no rate, and loses packets
 * independently, or all of them during outages, each way. The LNS takes any call and does nothing
 * with it: PPP is no part of these studies.
 */
class L2tpStudyTunnel
{
  public:
    static constexpr int64_t FREE_STREAM = 100; //!< the first random stream that is not in use
    static constexpr uint32_t UDP_IP_SIZE = 28; //!< octets of UDP's and IPv4's headers

    /// What both ends do about acknowledgements and silence, by their own policy objects.
    struct Policy
    {
        Time hello;                       //!< silence before a HELLO; 0: never
        std::vector<Time> intervals;      //!< before each retransmission, and before giving up
        std::vector<Time> firstIntervals; //!< those of the first message, while the peer is silent
        Time acknowledgementDelay;        //!< how long a lone acknowledgement waits

        /// From a message's first transmission to giving up. @return the sum of the intervals
        Time GetCycle() const;
    };

    /**
     * @brief Build the network. Nothing runs before Start().
     * @param delay of the link, one way
     * @param profile both ends'
     */
    L2tpStudyTunnel(Time delay, const L2tpProfile& profile);

    /**
     * @brief Set an attribute of both endpoints, before they start.
     * @param name its name
     * @param value its value
     */
    void SetAttribute(const std::string& name, const AttributeValue& value);

    /// Have packets get lost from now on. @param loss the probability, each way, 0 to less than 1
    void SetLoss(double loss);

    /// Have nothing arrive, either way, from now on. @param length how long
    void Cut(Time length);

    /// Forget all cuts: packets arrive again.
    void Mend();

    /// Start both ends.
    void Start();

    /// Both ends lose all state, as in a crash, and don't take part any more.
    void Crash();

    /**
     * @brief Have the LAC place a call, and open the tunnel if there is none.
     * @param established told when the call is established at the LAC
     * @return the call, or null if there is no room for another
     */
    Ptr<L2tpCall> PlaceCall(L2tpLac::CallCallback established = {});

    /// The end that places the calls. @return the LAC
    Ptr<L2tpLac> GetLac() const;
    /// The end that takes them. @return the LNS
    Ptr<L2tpLns> GetLns() const;
    /// How long a packet is on the link. @return the delay, one way
    Time GetDelay() const;

    /// What both ends do, by their attributes. @return intervals and delays
    Policy GetPolicy() const;
    /// What both ends do. @return GetPolicy() as an object, in nanoseconds
    nlohmann::ordered_json DescribePolicy() const;

  private:
    /// Put an end on the link. @param endpoint it @param address its address @param index of its
    /// error models; its random streams follow from it
    void AddEnd(Ptr<L2tpEndpoint> endpoint, const char* address, std::size_t index);

    Time m_delay;                                       //!< of the link, one way
    Ptr<SimpleChannel> m_channel;                       //!< the link
    Ptr<L2tpLac> m_lac;                                 //!< places the calls
    Ptr<L2tpLns> m_lns;                                 //!< takes them
    std::array<Ptr<RateErrorModel>, 2> m_losses;        //!< at the LAC, at the LNS
    std::array<Ptr<L2tpOutageErrorModel>, 2> m_outages; //!< at the LAC, at the LNS
};

} // namespace ns3

#endif /* STUDY_TUNNEL_H */
