/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "packet-socket-net-device.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpPacketSocketNetDevice);

namespace
{

constexpr std::size_t ETHERNET_SIZE = 14;   //!< octets of an Ethernet header
constexpr std::size_t LEAST_IP_SIZE = 20;   //!< octets of an IPv4 header without options
constexpr std::size_t UDP_CHECKSUM_AT = 6;  //!< octets before the field in UDP's header
constexpr std::size_t TCP_CHECKSUM_AT = 16; //!< octets before the field in TCP's header

/// Add octets to a sum of 16-bit words (RFC 1071). @param sum so far @param octets them @param size
/// how many @return the new sum
uint32_t
Sum(uint32_t sum, const uint8_t* octets, std::size_t size)
{
    for (std::size_t i = 0; i < size; i += 2)
    {
        sum += octets[i] << 8 | (i + 1 < size ? octets[i + 1] : 0);
    }
    return sum;
}

/**
 * @brief Fill the checksum of UDP or TCP in a frame, if it has none.
 * @param frame an Ethernet frame
 * @param size its octets
 * @param isLeftOut whether the sender has left checksums to the hardware
 */
void
FillChecksum(uint8_t* frame, std::size_t size, bool isLeftOut)
{
    const bool isIp = size >= ETHERNET_SIZE + LEAST_IP_SIZE && frame[12] == 0x08 &&
                      frame[13] == 0x00 && frame[ETHERNET_SIZE] >> 4 == 4;
    if (!isIp)
    {
        return;
    }
    uint8_t* const ip = frame + ETHERNET_SIZE;
    const std::size_t header = (ip[0] & 0x0f) * 4;
    const std::size_t total = ip[2] << 8 | ip[3];
    const uint8_t protocol = ip[9];
    const bool isFragment = ((ip[6] & 0x3f) | ip[7]) != 0;
    const std::size_t at = protocol == IPPROTO_UDP ? UDP_CHECKSUM_AT : TCP_CHECKSUM_AT;
    if ((protocol != IPPROTO_UDP && protocol != IPPROTO_TCP) || isFragment ||
        header < LEAST_IP_SIZE || total < header + at + 2 || ETHERNET_SIZE + total > size)
    {
        return;
    }
    uint8_t* const segment = ip + header;
    const std::size_t length = total - header;
    const bool isAbsent = protocol == IPPROTO_UDP && segment[at] == 0 && segment[at + 1] == 0;
    if (!isLeftOut && !isAbsent)
    {
        return;
    }
    segment[at] = segment[at + 1] = 0;
    // The pseudo-header: addresses, protocol, length.
    uint32_t sum = Sum(protocol + static_cast<uint32_t>(length), ip + 12, 8);
    sum = Sum(sum, segment, length);
    while (sum > 0xffff)
    {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    const uint16_t checksum = sum == 0xffff ? 0xffff : ~sum;
    segment[at] = checksum >> 8;
    segment[at + 1] = checksum & 0xff;
}

/// Reads frames off the socket, in a thread of its own, in which nothing of ns-3 may be used.
class PacketSocketReader : public FdReader
{
  public:
    /// @param size octets of the longest frame
    explicit PacketSocketReader(std::size_t size)
        : m_size(size)
    {
    }

  private:
    FdReader::Data DoRead() override
    {
        // The device frees it.
        auto* const frame = static_cast<uint8_t*>(std::malloc(m_size));
        iovec part{frame, m_size};
        alignas(cmsghdr) uint8_t control[CMSG_SPACE(sizeof(tpacket_auxdata))];
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof(control);
        const ssize_t size = frame ? recvmsg(m_fd, &message, 0) : -1;
        if (size <= 0)
        {
            std::free(frame);
            // The interface has gone down, say: it may come up again.
            return {nullptr, frame && errno != EBADF ? -1 : 0};
        }
        bool isLeftOut = false;
        for (cmsghdr* one = CMSG_FIRSTHDR(&message); one; one = CMSG_NXTHDR(&message, one))
        {
            if (one->cmsg_level == SOL_PACKET && one->cmsg_type == PACKET_AUXDATA)
            {
                tpacket_auxdata data;
                std::memcpy(&data, CMSG_DATA(one), sizeof(data));
                isLeftOut = data.tp_status & TP_STATUS_CSUMNOTREADY;
            }
        }
        FillChecksum(frame, size, isLeftOut);
        return {frame, size};
    }

    const std::size_t m_size; //!< octets of the longest frame
};

} // namespace

TypeId
L2tpPacketSocketNetDevice::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpPacketSocketNetDevice")
                            .SetParent<FdNetDevice>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpPacketSocketNetDevice>();
    return tid;
}

std::string
L2tpPacketSocketNetDevice::Open(const std::string& interface)
{
    const unsigned int index = if_nametoindex(interface.c_str());
    if (index == 0)
    {
        return "there is no such interface";
    }
    const int descriptor = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
    if (descriptor < 0)
    {
        return std::string("no packet socket can be had: ") + std::strerror(errno) +
               (errno == EPERM ? "; run as root" : "");
    }
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(ETH_P_ALL);
    address.sll_ifindex = static_cast<int>(index);
    packet_mreq promiscuous{};
    promiscuous.mr_ifindex = static_cast<int>(index);
    promiscuous.mr_type = PACKET_MR_PROMISC; // the device's MAC address is not the interface's
    const int yes = 1;
    const bool isReady =
        setsockopt(descriptor, SOL_PACKET, PACKET_AUXDATA, &yes, sizeof(yes)) == 0 &&
        setsockopt(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof(yes)) == 0 &&
        setsockopt(descriptor,
                   SOL_PACKET,
                   PACKET_ADD_MEMBERSHIP,
                   &promiscuous,
                   sizeof(promiscuous)) == 0 &&
        bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    if (!isReady)
    {
        const std::string why = std::strerror(errno);
        close(descriptor);
        return "the packet socket can't be set up: " + why;
    }
    SetFileDescriptor(descriptor);
    return "";
}

Ptr<FdReader>
L2tpPacketSocketNetDevice::DoCreateFdReader()
{
    return Create<PacketSocketReader>(GetMtu() + ETHERNET_SIZE + 8);
}

} // namespace ns3
