/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2_PATH_MTU_H
#define L2_PATH_MTU_H

#include "ns3/ipv4-address.h"
#include "ns3/net-device.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What a device has beside NetDevice whose MTU depends on where a packet goes, which ns-3
 * doesn't know of.
 */
class L2PathMtu
{
  public:
    virtual ~L2PathMtu() = default;

    /**
     * @brief Get the MTU towards a destination.
     * @param destination where to
     * @return octets of the longest packet; never more than NetDevice::GetMtu()
     */
    virtual uint16_t GetMtuTo(Ipv4Address destination) const = 0;
};

/**
 * @brief Get the MTU of a device towards a destination.
 * @param device any device
 * @param destination where to
 * @return octets of the longest packet
 */
inline uint16_t
L2MtuTo(Ptr<const NetDevice> device, Ipv4Address destination)
{
    const auto* various = dynamic_cast<const L2PathMtu*>(PeekPointer(device));
    return various ? various->GetMtuTo(destination) : device->GetMtu();
}

} // namespace ns3

#endif /* L2_PATH_MTU_H */
