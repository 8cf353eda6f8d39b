/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_PPP_TERMINATOR_H
#define L2TP_PPP_TERMINATOR_H

#include "l2tp-address-pool.h"
#include "l2tp-domain-table.h"
#include "l2tp-session-terminator.h"

#include "ns3/nstime.h"
#include "ns3/ppp-adoption.h"
#include "ns3/ppp-auth-protocol.h"
#include "ns3/ppp-device.h"
#include "ns3/ppp-link.h"
#include "ns3/ppp-user-table.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <unordered_map>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Runs PPP with the remote systems of legs: who they are, what they get, how it ends.
 *
 * How they are joined to the node's network is for the derived class to decide. It has a number for
 * each link, and as many of them as there ever were sessions at once: one whose session is cleared
 * waits for the next one.
 */
class L2tpPppTerminator : public L2tpSessionTerminator
{
  public:
    /// TracedCallback signature: a leg, and the end of its PPP.
    using LinkTracedCallback = void (*)(Ptr<const L2tpLeg> leg, Ptr<PppLink> link);
    /// TracedCallback signature: a device of the LNS.
    using DeviceTracedCallback = void (*)(Ptr<PppDevice> device);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpPppTerminator();
    ~L2tpPppTerminator() override;

    /// The addresses to assign to users of no domain. @return the pool
    Ptr<L2tpAddressPool> GetPool() const;

    /**
     * @brief Serve a domain: its users get what it says, all others what the attributes here say.
     * @param domain the domain, with a name that no other has
     */
    void AddDomain(Ptr<L2tpDomain> domain);

    /**
     * @brief Never assign the fixed address of a user to another.
     * @param user the user's name
     * @param profile what the user gets
     */
    void Reserve(const std::string& user, const PppUserProfile& profile);

    /// Find a domain. @param name its name @return it, or null
    Ptr<L2tpDomain> GetDomain(const std::string& name) const;

    /**
     * @brief The end of a leg's PPP.
     * @param leg a leg that is there
     * @return the link, or null if the leg has none
     */
    Ptr<PppLink> GetLink(Ptr<const L2tpLeg> leg) const;

    /**
     * @brief By which number accounts tell a leg's link from others (NAS-Port of RFC 2865, section
     * 5.5).
     * @param leg a leg that has a link
     * @return the number
     */
    virtual uint32_t GetPortNumber(Ptr<const L2tpLeg> leg) const = 0;

    void Start(Ptr<Node> node) override;
    std::optional<L2tpResultCode> Judge() const override;
    void Expect(Ptr<L2tpLeg> leg) override;
    void Establish(Ptr<L2tpLeg> leg) override;
    void ClearAll() override;
    int64_t AssignStreams(int64_t stream) override;

  protected:
    /// In place of the number of a link: there is none yet.
    static constexpr std::size_t NO_PORT = std::numeric_limits<std::size_t>::max();

    void DoDispose() override;

    /// Join the node to what sessions will be joined to. Not within a packet.
    virtual void DoStart() = 0;

    /**
     * @brief Join a new link to the node. Not within a packet.
     * @param port its number, one more than the last one's
     * @param link it, not yet in use
     */
    virtual void AddPort(std::size_t port, Ptr<PppLink> link) = 0;

    /**
     * @brief A leg gets its link, and PPP is about to begin.
     * @param port the link's number
     * @param leg the leg
     */
    virtual void PortUsed(std::size_t port, Ptr<const L2tpLeg> leg) = 0;

    /**
     * @brief It is known of which domain the remote system is: join the link to its network.
     * @param port the link's number
     * @param domain the domain
     */
    virtual void PortAdmitted(std::size_t port, const L2tpDomain& domain) = 0;

    /// A link's random variables have got a stream. @param port its number @param stream the stream
    virtual void PortStreamAssigned(std::size_t port, int64_t stream) = 0;

    /// The node. @return it, null before Start()
    Ptr<Node> GetNode() const;

    /// A link. @param port its number @return it
    Ptr<PppLink> GetLinkOf(std::size_t port) const;

    /// The link of a leg. @param leg the leg @return its number, NO_PORT if it has none
    std::size_t FindPort(const L2tpLeg& leg) const;

    /// The domains. @return them
    const L2tpDomainTable& GetDomains() const;

    /// Whether sessions carry IPv6. @return true if there are prefixes for them
    bool HasIpv6() const;

    /// What has the prefixes of all links. @return attribute Ipv6Pool
    Ipv6Address GetIpv6Pool() const;

    /// How many bits of that count. @return attribute Ipv6PoolLength
    uint8_t GetIpv6PoolLength() const;

    /// The prefix of a link. @param port its number @return the prefix, of 64 bits
    Ipv6Address GetIpv6Prefix(std::size_t port) const;

    /// Tell that there is a device. @param device it
    void TellNewDevice(Ptr<PppDevice> device);

  private:
    /// Stop the program if the pools are empty that users need. @param who whose pools they are
    void CheckPools(const std::string& who) const;

    void LegEnded(L2tpLeg& leg, const L2tpLegEnd& why) override;

    /// A link, and the leg that has it.
    struct Port
    {
        Ptr<PppLink> link;                          //!< the end of its PPP
        Ptr<L2tpLeg> leg;                           //!< which has or gets it, or null
        Ptr<L2tpDomain> domain;                     //!< of the user of its remote system
        std::string user;                           //!< that user's name
        Ipv4Address address{Ipv4Address::GetAny()}; //!< assigned to its remote system
    };

    /// What a leg has.
    struct Place
    {
        std::size_t port;        //!< number of its link, or NO_PORT
        bool established{false}; //!< whether it is there
    };

    /// Make a link. @return its number
    std::size_t MakePort();

    /// Give a link's random variables their stream. @param port its number
    void AssignStream(std::size_t port);

    /**
     * @brief Make a link for a leg, if it has not ended.
     * @param leg the leg
     */
    void MakePortFor(Ptr<L2tpLeg> leg);

    /**
     * @brief Find what to go on from with the remote system of a leg.
     * @param leg the leg
     * @return what a LAC has come to with it, as far as it is accepted
     */
    std::optional<PppAdoption> FindAdoption(const L2tpLeg& leg) const;

    /**
     * @brief Join a leg's circuit to the link reserved for it, and begin PPP.
     * @param port number of the link
     */
    void Attach(std::size_t port);

    /**
     * @brief A remote system is about to be let into the network: join its link to its user's
     * domain.
     * @param port number of its link
     * @param user its proven name
     * @param profile what its user gets
     * @return its address, or 0.0.0.0 if there is none
     */
    Ipv4Address Admit(std::size_t port, const std::string& user, const PppUserProfile& profile);

    /// Give back the address of a link. @param port its number
    void LeaveDomain(std::size_t port);

    /// A user's address has gone to its newer session: end this one. @param port number of its
    /// link
    void Evict(std::size_t port);

    /**
     * @brief PPP has changed its phase: tell the LAC what LCP has negotiated, once it has (RFC
     * 2661, section 6.14).
     * @param port number of the link
     * @param before the old phase
     * @param now the new phase
     */
    void PhaseChanged(std::size_t port, PppPhase before, PppPhase now);

    /**
     * @brief PPP has come to its end: release the leg.
     * @param port number of the link
     * @param reason why
     */
    void LinkFinished(std::size_t port, PppReason reason);

    /// A leg has ended: take its link back. @param leg the leg
    void Forget(L2tpLeg& leg);

    /**
     * @brief Take a link back.
     * @param port its number
     */
    void Free(std::size_t port);

    Ipv4Address m_localAddress;                         //!< attribute LocalAddress
    PppAuthProtocol m_authProtocol;                     //!< attribute AuthProtocol
    uint16_t m_mru;                                     //!< attribute Mru
    bool m_acceptProxyLcp;                              //!< attribute AcceptProxyLcp
    bool m_acceptProxyAuthen;                           //!< attribute AcceptProxyAuthen
    Time m_echoInterval;                                //!< attribute EchoInterval
    Ipv6Address m_ipv6Pool;                             //!< attribute Ipv6Pool
    uint8_t m_ipv6PoolLength;                           //!< attribute Ipv6PoolLength
    Ipv4Address m_primaryDns;                           //!< attribute PrimaryDns
    bool m_serveOthers;                                 //!< attribute ServeOthers
    uint32_t m_maxSessions;                             //!< attribute MaxSessions
    Ptr<PppUserTable> m_users;                          //!< attribute UserTable
    Ptr<L2tpAddressPool> m_pool;                        //!< attribute Pool
    Ptr<L2tpDomainTable> m_domains;                     //!< all domains
    Ptr<Node> m_node;                                   //!< the LNS's node
    int64_t m_firstStream{-1};                          //!< of the links; -1: not fixed
    std::vector<Port> m_ports;                          //!< all links
    std::vector<std::size_t> m_free;                    //!< numbers of links that no leg has
    std::unordered_map<const L2tpLeg*, Place> m_places; //!< what each leg has
    TracedCallback<Ptr<PppDevice>> m_newDeviceTrace;    //!< devices made
    TracedCallback<Ptr<const L2tpLeg>, Ptr<PppLink>> m_linkTrace; //!< legs that got their links
};

} // namespace ns3

#endif /* L2TP_PPP_TERMINATOR_H */
