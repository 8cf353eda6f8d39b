/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ADDRESS_POOL_H
#define L2TP_ADDRESS_POOL_H

#include "ns3/ipv4-address.h"
#include "ns3/object.h"

#include <cstdint>
#include <deque>
#include <unordered_set>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The addresses that an LNS assigns to remote systems. Everything is O(1).
 *
 * Addresses go out in rising order; one that came back goes out again after those never used, the
 * one that rested longest first, so that a late packet of its last holder seldom hits the next.
 */
class L2tpAddressPool : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpAddressPool();
    ~L2tpAddressPool() override;

    /**
     * @brief Set the addresses to assign: all hosts of a network, but those kept back.
     * @param network the network
     * @param mask its mask, of at most 30 bits
     */
    void SetNetwork(Ipv4Address network, Ipv4Mask mask);

    /// Whether it has addresses at all, be they assigned or not. @return false before SetNetwork()
    bool HasNetwork() const
    {
        return m_last != 0;
    }

    /**
     * @brief Never assign an address, since somebody has it for good (the LNS, a user).
     * @param address the address
     */
    void Reserve(Ipv4Address address);

    /**
     * @brief Take an address.
     * @return one that nobody has, or 0.0.0.0 if there is none
     */
    Ipv4Address Acquire();

    /**
     * @brief Give an address back. One that the pool did not assign is ignored.
     * @param address the address
     */
    void Release(Ipv4Address address);

    /// How many addresses are assigned. @return the number
    std::size_t GetNAssigned() const;

  private:
    uint32_t m_next{0};                      //!< the lowest address never assigned
    uint32_t m_last{0};                      //!< the last address of the network
    std::unordered_set<uint32_t> m_reserved; //!< addresses kept back
    std::unordered_set<uint32_t> m_assigned; //!< addresses that somebody has
    std::deque<uint32_t> m_returned;         //!< addresses that came back, in that order
};

} // namespace ns3

#endif /* L2TP_ADDRESS_POOL_H */
