/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CAPTURE_READER_H
#define CAPTURE_READER_H

#include "ns3/l2tp-byte-view.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

/// An L2TP datagram found in a capture.
struct CapturedDatagram
{
    uint32_t frame{0};           //!< which frame of the capture holds it, from 1
    std::string from;            //!< address and UDP port of the sender
    std::string to;              //!< address and UDP port of the receiver
    std::vector<uint8_t> octets; //!< the UDP payload
};

/**
 * @brief Finds the L2TP datagrams in a capture file of the pcap format.
 *
 * Reads Ethernet (with VLAN tags), Linux cooked captures (both versions), raw IP and PPP, and IPv4
 * and IPv6 in them. L2TP is what goes to or comes from UDP port 1701, and what else a port sends or
 * receives that has talked to port 1701: RFC 2661, section 8.1, lets the answer come from any port.
 *
 * Fragments of IP packets are not put together again, and datagrams that the capture holds in part
 * only can't be judged: both are left out and counted.
 */
class CaptureReader
{
  public:
    /**
     * @brief Read a capture.
     * @param path where the file is
     * @return false if it can't be read, or not to its end; GetProblem() says why. What could be
     * read is there all the same.
     */
    bool Read(const std::string& path);

    /// Why Read() failed. @return a sentence for people
    const std::string& GetProblem() const;

    /// What was found. @return the datagrams in the capture's order
    const std::vector<CapturedDatagram>& GetDatagrams() const;

    /// Frames left out as they hold a fragment of an IP packet. @return how many
    uint32_t GetFragments() const;

    /// Frames left out as the capture holds a part of them only. @return how many
    uint32_t GetCut() const;

  private:
    /**
     * @brief Look for IP in a frame.
     * @param linkType the capture's link type
     * @param frame the frame
     */
    void ReadFrame(uint32_t linkType, ns3::L2tpByteView frame);

    /**
     * @brief Look for UDP in an IP packet.
     * @param packet the packet; of either version, or none
     */
    void ReadIp(ns3::L2tpByteView packet);

    /**
     * @brief Look for UDP in an IPv6 packet.
     * @param packet the packet, whose fixed header is there
     */
    void ReadIpv6(ns3::L2tpByteView packet);

    /**
     * @brief Look for L2TP in a UDP datagram.
     * @param from the sender's address
     * @param to the receiver's address
     * @param udp the datagram, beginning with its header
     */
    void ReadUdp(const std::string& from, const std::string& to, ns3::L2tpByteView udp);

    std::string m_problem;                     //!< why Read() failed
    std::vector<CapturedDatagram> m_datagrams; //!< what was found
    std::set<std::string> m_ports;             //!< addresses and ports that have talked to 1701
    uint32_t m_frame{0};                       //!< the frame being read, from 1
    uint32_t m_fragments{0};                   //!< fragments left out
    uint32_t m_cut{0};                         //!< frames cut short and left out
};

#endif /* CAPTURE_READER_H */
