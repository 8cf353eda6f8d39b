/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_INTERFACE_PER_SESSION_H
#define L2TP_INTERFACE_PER_SESSION_H

#include "l2tp-address-pool.h"
#include "l2tp-domain-table.h"
#include "l2tp-session-terminator.h"

#include "ns3/nstime.h"
#include "ns3/ppp-adoption.h"
#include "ns3/ppp-auth-protocol.h"
#include "ns3/ppp-net-device.h"
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
 * @brief Gives each session a PppNetDevice of its own, as teaching and small set-ups want it.
 *
 * ns-3 can't take a device away from a node again. So a device whose session is cleared waits for
 * the next session: there are as many as there ever were sessions at once.
 */
class L2tpInterfacePerSession : public L2tpSessionTerminator
{
  public:
    /// TracedCallback signature: a device of the LNS.
    using DeviceTracedCallback = void (*)(Ptr<PppNetDevice> device);
    /// TracedCallback signature: a leg, and the device that ends its PPP.
    using SessionTracedCallback = void (*)(Ptr<const L2tpLeg> leg, Ptr<PppNetDevice> device);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpInterfacePerSession();
    ~L2tpInterfacePerSession() override;

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
     * @brief The device that ends a leg's PPP.
     * @param leg a leg that is there
     * @return the device, or null if the leg has none
     */
    Ptr<PppNetDevice> GetDevice(Ptr<const L2tpLeg> leg) const;

    void Start(Ptr<Node> node) override;
    std::optional<L2tpResultCode> Judge() const override;
    void Expect(Ptr<L2tpLeg> leg) override;
    void Establish(Ptr<L2tpLeg> leg) override;
    void ClearAll() override;
    int64_t AssignStreams(int64_t stream) override;

  protected:
    void DoDispose() override;

  private:
    void LegEnded(L2tpLeg& leg, const L2tpLegEnd& why) override;

    /// A device, and the leg that has it.
    struct Port
    {
        Ptr<PppNetDevice> device;                   //!< with its link and IPv4 configuration
        Ptr<L2tpLeg> leg;                           //!< which has or gets it, or null
        Ptr<L2tpDomain> domain;                     //!< of the user of its remote system
        std::string user;                           //!< that user's name
        Ipv4Address address{Ipv4Address::GetAny()}; //!< assigned to its remote system
    };

    /// What a leg has.
    struct Place
    {
        std::size_t port;        //!< index of its device, or NO_PORT
        bool established{false}; //!< whether it is there
    };

    /// In a Place: the leg's device is about to be made.
    static constexpr std::size_t NO_PORT = std::numeric_limits<std::size_t>::max();

    /// Make a device. @return its index in m_ports
    std::size_t MakePort();

    /// Stop the program if the pools are empty that users need.
    void CheckPools() const;

    /// Whether sessions carry IPv6. @return true if there are prefixes for them
    bool HasIpv6() const;

    /// The prefix of a device. @param index the device's @return the prefix, of 64 bits
    Ipv6Address GetIpv6Prefix(std::size_t index) const;

    /// Join a device to IPv6. @param index its index @param device it
    void InstallIpv6(std::size_t index, Ptr<PppNetDevice> device) const;

    /**
     * @brief Make a device for a leg, if it has not ended.
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
     * @brief Join a leg's circuit to the device reserved for it, and begin PPP.
     * @param port index of the device
     */
    void Attach(std::size_t port);

    /**
     * @brief A remote system is about to be let into the network: join its device to its user's
     * domain.
     * @param port index of its device
     * @param user its proven name
     * @param profile what its user gets
     * @return its address, or 0.0.0.0 if there is none
     */
    Ipv4Address Admit(std::size_t port, const std::string& user, const PppUserProfile& profile);

    /// Give back the address of a device. @param port its index
    void LeaveDomain(std::size_t port);

    /// A user's address has gone to its newer session: end this one. @param port index of its
    /// device
    void Evict(std::size_t port);

    /**
     * @brief PPP has changed its phase: tell the LAC what LCP has negotiated, once it has (RFC
     * 2661, section 6.14).
     * @param port index of the device
     * @param before the old phase
     * @param now the new phase
     */
    void PhaseChanged(std::size_t port, PppPhase before, PppPhase now);

    /**
     * @brief PPP has come to its end: release the leg.
     * @param port index of the device
     * @param reason why
     */
    void LinkFinished(std::size_t port, PppReason reason);

    /// A leg has ended: take its device back. @param leg the leg
    void Forget(L2tpLeg& leg);

    /**
     * @brief Take a device back.
     * @param port its index
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
    int64_t m_firstStream{-1};                          //!< of the devices' links; -1: not fixed
    std::vector<Port> m_ports;                          //!< all devices
    std::vector<std::size_t> m_free;                    //!< indices of devices that no leg has
    std::unordered_map<const L2tpLeg*, Place> m_places; //!< what each leg has
    TracedCallback<Ptr<PppNetDevice>> m_newDeviceTrace; //!< devices made
    TracedCallback<Ptr<const L2tpLeg>, Ptr<PppNetDevice>> m_sessionTrace; //!< legs attached
};

} // namespace ns3

#endif /* L2TP_INTERFACE_PER_SESSION_H */
