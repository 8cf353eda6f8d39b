/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_FRAME_BYTES_H
#define L2TP_TEST_FRAME_BYTES_H

#include "ns3/l2tp-frame-view.h"
#include "ns3/packet.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/// Frames with L2TP, octet by octet as RFC 791, 8200, 768 and 2661 have them.
class L2tpFrameBytes
{
  public:
    using Octets = std::vector<uint8_t>;

    /// What is before the IP header.
    enum Link
    {
        IP,      //!< nothing
        PPP,     //!< a protocol number
        ETHERNET //!< addresses and an EtherType
    };

    /// A ZLB. @return the datagram
    static Octets Zlb()
    {
        return {0xc8, 0x02, 0, 12, 0, 1, 0, 0, 0, 3, 0, 4};
    }

    /// A control message. @param type its Message Type @return the datagram
    static Octets Message(uint8_t type)
    {
        return {0xc8, 0x02, 0, 20, 0, 1, 0, 0, 0, 3, 0, 4, 0x80, 0x08, 0, 0, 0, 0, 0, type};
    }

    /// A data message. @return the datagram
    static Octets Data()
    {
        return {0x00, 0x02, 0, 1, 0, 2, 0xff, 0x03, 0x00, 0x21};
    }

    /**
     * @brief Make a frame, from port 1701 to port 40000.
     * @param link what is before the IP header
     * @param ipv6 whether it is IPv6
     * @param datagram what is in UDP
     * @return the frame
     */
    static Ptr<Packet> Frame(Link link, bool ipv6, const Octets& datagram)
    {
        Octets octets;
        if (link == PPP)
        {
            Append(octets, {0x00, static_cast<uint8_t>(ipv6 ? 0x57 : 0x21)});
        }
        if (link == ETHERNET)
        {
            Append(octets, {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2});
            Append(octets, ipv6 ? Octets{0x86, 0xdd} : Octets{0x08, 0x00});
        }
        const Octets udp = Udp(datagram);
        Append(octets, ipv6 ? Ipv6(17, udp.size()) : Ipv4(0, udp.size()));
        Append(octets, udp);
        return Create<Packet>(octets.data(), octets.size());
    }

    /**
     * @brief Make a fragment of what would be a datagram, without a link header.
     * @param ipv6 whether it is IPv6
     * @param offset where it begins in the packet, in 8 octets
     * @param datagram what is in UDP, or looks like it
     * @return the frame
     */
    static Ptr<Packet> Fragment(bool ipv6, uint8_t offset, const Octets& datagram)
    {
        const Octets udp = Udp(datagram);
        Octets octets = ipv6 ? Ipv6(44, udp.size() + 8) : Ipv4(offset, udp.size());
        if (ipv6)
        {
            Append(octets, {17, 0, 0, static_cast<uint8_t>(offset << 3 | 1), 0, 0, 0, 7});
        }
        Append(octets, udp);
        return Create<Packet>(octets.data(), octets.size());
    }

  private:
    /// Put octets behind others. @param octets which grow @param more what is put behind them
    static void Append(Octets& octets, const Octets& more)
    {
        octets.insert(octets.end(), more.begin(), more.end());
    }

    /// A number in two octets. @param number it @return the octets
    static Octets Two(std::size_t number)
    {
        return {static_cast<uint8_t>(number >> 8), static_cast<uint8_t>(number)};
    }

    /// A UDP header and what follows it. @param datagram that @return both
    static Octets Udp(const Octets& datagram)
    {
        Octets octets = Two(1701);
        Append(octets, Two(40000));
        Append(octets, Two(8 + datagram.size()));
        Append(octets, {0, 0});
        Append(octets, datagram);
        return octets;
    }

    /// An IPv4 header with an option. @param offset of a fragment @param size of what follows
    /// @return it
    static Octets Ipv4(uint8_t offset, std::size_t size)
    {
        Octets octets{0x46, 0};
        Append(octets, Two(24 + size));
        Append(octets, {0, 1, 0x20, offset, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 1, 1, 1, 0});
        return octets;
    }

    /// An IPv6 header. @param next what follows @param size its size @return it
    static Octets Ipv6(uint8_t next, std::size_t size)
    {
        Octets octets{0x60, 0, 0, 0};
        Append(octets, Two(size));
        Append(octets, {next, 64});
        octets.resize(40, 0xfd);
        return octets;
    }
};

} // namespace ns3

#endif /* L2TP_TEST_FRAME_BYTES_H */
