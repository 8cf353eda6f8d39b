/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FAULT_HOSTS_H
#define L2TP_FAULT_HOSTS_H

#include "l2tp-fault-network.h"

#include "ns3/ipv4-address.h"
#include "ns3/socket.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief What the hosts of a run with PPP do, and what is demanded of them.
 *
 * They send UDP packets through their tunnels to the LNS, which returns them. No packet may come to
 * another host; once nothing goes wrong, each host that is up has one call at each place that it
 * goes through, and its packets return once; at the end nobody has any call, line or address.
 */
class L2tpFaultHosts
{
  public:
    /// Told of what is wrong, in words.
    using FailCallback = std::function<void(const std::string&)>;

    /// Make them. @param network where @param fail told of violations
    L2tpFaultHosts(const L2tpFaultNetwork& network, FailCallback fail);

    /// A host wants a call, if it has none. @param host which
    void Dial(uint32_t host);
    /// A host ends its call. @param host which
    void HangUp(uint32_t host);
    /// A host forgets what it has negotiated, and begins PPP anew. @param host which
    void Renegotiate(uint32_t host);
    /// A host sends packets, if it is up. @param host which @param packets how many
    void Send(uint32_t host, uint32_t packets);
    /// Whoever is not up gives up.
    void GiveUp();
    /// Look whether all agree on who is up; each host that is sends a packet.
    void CheckAgreement();
    /// All of those packets should be back: look, and let all hang up.
    void Finish();
    /// Look whether anything is left.
    void CheckEnd() const;

    uint64_t returned{0}; //!< packets that came back

  private:
    /// A host, and what it knows.
    struct Talker
    {
        const L2tpFaultNetwork::Host* host; //!< the host
        Ptr<Socket> socket;                 //!< what it sends by
        Ipv4Address server;                 //!< its PPP peer
        uint32_t expected{0};               //!< packets that should come back
    };

    /// A host is up. @param talker it @param local its address @param peer the LNS's
    static void Up(Talker* talker, Ipv4Address local, Ipv4Address peer);
    /// A packet has come to an LNS, which returns it. @param socket where
    void Return(Ptr<Socket> socket);
    /// A packet has come back. @param i which host @param socket where
    void Returned(uint32_t i, Ptr<Socket> socket);
    /// Fail if two numbers differ. @param what it is @param is the one @param should the other
    void CheckEqual(const std::string& what, uint64_t is, uint64_t should) const;

    const L2tpFaultNetwork& m_network; //!< where they are
    FailCallback m_fail;               //!< told of violations
    std::vector<Talker> m_talkers;     //!< all hosts; in place
    std::vector<Ptr<Socket>> m_echoes; //!< the LNSs'
};

} // namespace ns3

#endif /* L2TP_FAULT_HOSTS_H */
