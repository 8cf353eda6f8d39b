/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_INNER_IP_H
#define L2TP_INNER_IP_H

#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The IP packet in a PPP frame, as far as its traffic class is concerned: DSCP and ECN (RFC
 * 2474, section 3; RFC 791 calls the octet Type of Service). IPv4 or IPv6, whether PPP's Protocol,
 * Address and Control fields are compressed or not.
 */
class L2tpInnerIp
{
  public:
    /**
     * @brief Look for an IP packet in a frame.
     * @param frame a PPP frame
     */
    explicit L2tpInnerIp(const Ptr<const Packet>& frame);

    /// Whether there is one. @return false for PPP's own packets, other protocols, and for what is
    /// too short to be IP or of another version than PPP says
    bool IsThere() const
    {
        return m_version != 0;
    }

    /// The traffic class. @return the octet; 0 if there is no IP packet
    uint8_t GetTrafficClass() const
    {
        return m_trafficClass;
    }

    /**
     * @brief Replace the traffic class. IPv4's header checksum follows, if ns-3 fills checksums
     * (global value ChecksumEnabled); if it was wrong it stays wrong. Nothing else of the packet
     * changes, except that tags of bytes on its headers are lost.
     * @param frame the frame that was looked at
     * @param trafficClass the octet
     */
    void SetTrafficClass(const Ptr<Packet>& frame, uint8_t trafficClass);

  private:
    uint8_t m_version{0};      //!< 4, 6, or 0 if there is none
    uint8_t m_trafficClass{0}; //!< the octet
};

} // namespace ns3

#endif /* L2TP_INNER_IP_H */
