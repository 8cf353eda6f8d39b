/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SWITCH_CONTAINER_H
#define L2TP_SWITCH_CONTAINER_H

#include "ns3/address.h"
#include "ns3/l2tp-lns.h"
#include "ns3/l2tp-tunnel-switch.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The tunnel switches that L2tpMultihopHelper made, in the order of its nodes.
 *
 * In a distributed simulation there are places for those of other ranks too, without a switch.
 */
class L2tpSwitchContainer
{
  public:
    /**
     * @brief Add a switch.
     * @param lns its LNS, the switch being what it does with sessions; null if another rank has it
     * @param address where the previous hop dials it
     */
    void Add(Ptr<L2tpLns> lns, const Address& address);

    /// How many switches there are, on all ranks. @return the number
    uint32_t GetN() const;
    /// A switch. @param i its index @return the switch, null if another rank has it
    Ptr<L2tpTunnelSwitch> GetSwitch(uint32_t i) const;
    /// Its end of the previous hop. @param i its index @return the LNS, null if another rank has it
    Ptr<L2tpLns> GetLns(uint32_t i) const;
    /// Its end of the next hop. @param i its index @return the LAC, null if another rank has it
    Ptr<L2tpLac> GetLac(uint32_t i) const;
    /// Where it is dialled. @param i its index @return the address
    const Address& GetAddress(uint32_t i) const;

  private:
    std::vector<Ptr<L2tpLns>> m_lnss; //!< the LNSs
    std::vector<Address> m_addresses; //!< their addresses
};

} // namespace ns3

#endif /* L2TP_SWITCH_CONTAINER_H */
