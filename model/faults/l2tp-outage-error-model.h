/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_OUTAGE_ERROR_MODEL_H
#define L2TP_OUTAGE_ERROR_MODEL_H

#include "ns3/error-model.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <map>
#include <string>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Outages: nothing arrives from a time on, for a while.
 */
class L2tpOutageErrorModel : public ErrorModel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Add an outage. Outages may overlap.
     * @param start when it begins
     * @param length how long it takes; what arrives exactly at its end passes
     */
    void AddOutage(Time start, Time length);

    /**
     * @brief Set the outages, in place of those that there were.
     * @param outages start and length of each, as "10s+5s 60s+500ms"; what can't be read stops the
     *        program
     */
    void SetOutages(std::string outages);

  private:
    bool DoCorrupt(Ptr<Packet> packet) override;
    void DoReset() override;

    std::map<Time, Time> m_outages; //!< start and end of each, none overlapping
};

} // namespace ns3

#endif /* L2TP_OUTAGE_ERROR_MODEL_H */
