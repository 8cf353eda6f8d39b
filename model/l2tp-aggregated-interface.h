/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_AGGREGATED_INTERFACE_H
#define L2TP_AGGREGATED_INTERFACE_H

#include "l2tp-ppp-terminator.h"

#include "ns3/ppp-shared-line.h"
#include "ns3/ppp-shared-net-device.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Gives all sessions one PppSharedNetDevice, so that an LNS may have very many of them.
 *
 * Each isolated domain has a device of its own, as an interface belongs to one routing table: a
 * session is found by its domain and the destination. Until it is known of which domain the remote
 * system is, its frames are those of the first device.
 *
 * What belongs to one session is at its PppLink (GetLink(), and the trace source Link): traces,
 * drop counters, addresses; and at its L2tpSession.
 */
class L2tpAggregatedInterface : public L2tpPppTerminator
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpAggregatedInterface();
    ~L2tpAggregatedInterface() override;

    /**
     * @brief The device of a routing table.
     * @param table the table, by the name of its domain in small letters; empty for the node's own
     * @return the device, or null if there is none, or none yet
     */
    Ptr<PppSharedNetDevice> GetDevice(const std::string& table = "") const;

    /**
     * @brief What a leg's session is in that device.
     * @param leg a leg that is there
     * @return the line, which serves other sessions later; null if the leg has no session here
     */
    PppSharedLine* GetLine(Ptr<const L2tpLeg> leg) const;

    /// The link's number, from 1 on. @param leg a leg that has a link @return it
    uint32_t GetPortNumber(Ptr<const L2tpLeg> leg) const override;

  protected:
    void DoDispose() override;

  private:
    void DoStart() override;
    void AddPort(std::size_t port, Ptr<PppLink> link) override;
    void PortUsed(std::size_t port, Ptr<const L2tpLeg> leg) override;
    void PortAdmitted(std::size_t port, const L2tpDomain& domain) override;
    void PortStreamAssigned(std::size_t port, int64_t stream) override;

    /// Make the device of a routing table, if there is none. @param table the table's name
    void MakeDevice(const std::string& table);

    std::map<std::string, Ptr<PppSharedNetDevice>> m_devices; //!< by routing table
    std::vector<std::unique_ptr<PppSharedLine>> m_lines;      //!< by number
};

} // namespace ns3

#endif /* L2TP_AGGREGATED_INTERFACE_H */
