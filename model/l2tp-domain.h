/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DOMAIN_H
#define L2TP_DOMAIN_H

#include "l2tp-address-pool.h"

#include "ns3/ipv4-address.h"
#include "ns3/object.h"
#include "ns3/ppp-user-profile.h"
#include "ns3/ppp-user-table.h"
#include "ns3/ptr.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What the users of one domain get of an LNS, such as those of one Internet service
 * provider: addresses, a DNS server, a routing table of their own.
 *
 * An address has one user at a time. If a user comes again that has a fixed address, its session of
 * before is most often one that died unnoticed: the new one gets the address, and whoever asks for
 * it ends the old one. An address that another user has is not given.
 */
class L2tpDomain : public Object
{
  public:
    /// Told who has to give up its address.
    using EvictCallback = std::function<void(std::size_t holder)>;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpDomain();
    ~L2tpDomain() override;

    /// The name. @return it, in small letters; empty for the domain of all who have no other
    const std::string& GetName() const;

    /// The routing table of its sessions (L2tpVrfRouting). @return its name; empty for the node's
    const std::string& GetTable() const;

    /// The address of the LNS on its links. @return it
    Ipv4Address GetLocalAddress() const;

    /// The DNS server to offer. @return it, 0.0.0.0 for none
    Ipv4Address GetPrimaryDns() const;

    /// The addresses to assign. @return the pool
    Ptr<L2tpAddressPool> GetPool() const;

    /// Who its users are. @return the table, null if others know
    Ptr<PppUserTable> GetUsers() const;

    /**
     * @brief Add a pool for the users whose profile asks for it (RFC 2869, section 5.18).
     * @param name its name
     * @param pool it
     */
    void AddPool(const std::string& name, Ptr<L2tpAddressPool> pool);

    /**
     * @brief Never assign an address of any pool, those added later as well, since a user has it
     * for good.
     * @param address the address
     */
    void Reserve(Ipv4Address address);

    /// Become one of an LNS; of one only, since holders are numbers of that LNS's.
    void Take();

    /// Get ready: the pools don't assign the LNS's own address, nor one that is kept for a user.
    void Start();

    /**
     * @brief Give a user an address: its fixed one, or one of a pool; of the domain's own if there
     * is none of the name that its profile says (RFC 2869, section 5.18). The LNS's own is
     * nobody's.
     * @param holder who asks for it
     * @param user the user's name
     * @param profile what the user gets
     * @param evict told which other holder loses it, before it is given
     * @return the address, or 0.0.0.0 if there is none for it
     */
    Ipv4Address Assign(std::size_t holder,
                       const std::string& user,
                       const PppUserProfile& profile,
                       const EvictCallback& evict);

    /// Whether its pools could ever have an address for a user. @param profile what the user gets
    bool HasAddressFor(const PppUserProfile& profile) const;

    /**
     * @brief Take an address back, if the holder still has it.
     * @param holder who asked for it
     * @param address the address
     */
    void Release(std::size_t holder, Ipv4Address address);

  protected:
    void DoDispose() override;

  private:
    /// Who has an address.
    struct Lease
    {
        std::size_t holder;          //!< who asked for it
        std::string user;            //!< for which user
        Ptr<L2tpAddressPool> pool{}; //!< where it is from, null if it is fixed
    };

    /// The pool that a user's address comes from. @param profile what the user gets @return the
    /// pool
    Ptr<L2tpAddressPool> GetPoolFor(const PppUserProfile& profile) const;

    /// Set the name. @param name it, capitals or not
    void SetName(std::string name);

    /// Have a pool keep back what is reserved. @param pool it
    void KeepBack(L2tpAddressPool& pool) const;

    std::string m_name;                                            //!< attribute Name
    bool m_isolated;                                               //!< attribute Isolated
    Ipv4Address m_localAddress;                                    //!< attribute LocalAddress
    Ipv4Address m_primaryDns;                                      //!< attribute PrimaryDns
    Ptr<L2tpAddressPool> m_pool;                                   //!< attribute Pool
    Ptr<PppUserTable> m_users;                                     //!< attribute UserTable
    std::unordered_map<uint32_t, Lease> m_leases;                  //!< by address: who has it
    std::unordered_map<std::string, Ptr<L2tpAddressPool>> m_pools; //!< further pools
    std::set<Ipv4Address> m_reserved;                              //!< kept back in all pools
    bool m_isTaken{false};                                         //!< whether an LNS has it
};

} // namespace ns3

#endif /* L2TP_DOMAIN_H */
