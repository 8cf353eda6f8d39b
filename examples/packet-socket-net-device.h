/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PACKET_SOCKET_NET_DEVICE_H
#define PACKET_SOCKET_NET_DEVICE_H

#include "ns3/fd-net-device.h"
#include "ns3/fd-reader.h"
#include "ns3/ptr.h"

#include <string>

namespace ns3
{

/**
 * @brief A Linux interface as a device of a simulated node, by a packet socket (AF_PACKET).
 *
 * It differs from what ns-3's EmuFdNetDeviceHelper makes in two ways. It needs no helper program,
 * but the right to open such a socket (CAP_NET_RAW). And it fills the checksums of UDP and TCP over
 * IPv4 that frames don't have yet: where the sender left it to the hardware, or has sent UDP
 * without one (RFC 768), which ns-3 takes for a wrong one.
 */
class L2tpPacketSocketNetDevice : public FdNetDevice
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Open the socket.
     * @param interface the name of the Linux interface
     * @return empty, or why it can't be done
     */
    std::string Open(const std::string& interface);

  private:
    Ptr<FdReader> DoCreateFdReader() override;
};

} // namespace ns3

#endif /* PACKET_SOCKET_NET_DEVICE_H */
