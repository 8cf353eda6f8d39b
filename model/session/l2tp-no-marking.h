/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_NO_MARKING_H
#define L2TP_NO_MARKING_H

#include "l2tp-marking.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief No marks: outer headers have the traffic class 0, and what routers make of it is ignored.
 */
class L2tpNoMarking : public L2tpMarking
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    uint8_t GetControlClass() const override;
    uint8_t GetDataClass(const Ptr<const Packet>& frame) const override;
    L2tpMarkingOutcome Receive(const Ptr<Packet>& frame, uint8_t outer) const override;
};

} // namespace ns3

#endif /* L2TP_NO_MARKING_H */
