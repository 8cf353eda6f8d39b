/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SIMPLE_INTERFACES_H
#define L2TP_SIMPLE_INTERFACES_H

#include "ns3/boolean.h"
#include "ns3/ipv4.h"
#include "ns3/mac48-address.h"
#include "ns3/node.h"
#include "ns3/simple-channel.h"
#include "ns3/simple-net-device.h"

namespace ns3
{

/**
 * @brief Put a device on a channel between two nodes.
 * @param node its node
 * @param channel the channel
 * @param mtu its MTU in octets
 * @return the device
 */
inline Ptr<NetDevice>
AddSimpleDevice(Ptr<Node> node, Ptr<SimpleChannel> channel, uint16_t mtu = 1500)
{
    auto device = CreateObject<SimpleNetDevice>();
    device->SetAttribute("PointToPointMode", BooleanValue(true));
    device->SetAddress(Mac48Address::Allocate());
    device->SetMtu(mtu);
    device->SetChannel(channel);
    node->AddDevice(device);
    return device;
}

/**
 * @brief Give a device an IPv4 address.
 * @param device the device
 * @param address the address, in a network of 24 bits
 * @return the interface
 */
inline uint32_t
AddSimpleAddress(Ptr<NetDevice> device, Ipv4Address address)
{
    Ptr<Ipv4> ipv4 = device->GetNode()->GetObject<Ipv4>();
    const uint32_t interface = ipv4->AddInterface(device);
    ipv4->AddAddress(interface, {address, Ipv4Mask("/24")});
    ipv4->SetUp(interface);
    return interface;
}

} // namespace ns3

#endif /* L2TP_SIMPLE_INTERFACES_H */
