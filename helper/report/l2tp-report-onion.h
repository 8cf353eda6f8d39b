/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REPORT_ONION_H
#define L2TP_REPORT_ONION_H

#include "ns3/net-device.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief One packet on its way, link by link, with all that each layer adds to it: for a report.
 *
 * It is the first packet of many octets that a PPP device sends and another one receives; if there
 * is none, the first of any size.
 */
class L2tpReportOnion
{
  public:
    L2tpReportOnion() = default;
    L2tpReportOnion(const L2tpReportOnion&) = delete;
    L2tpReportOnion& operator=(const L2tpReportOnion&) = delete;

    /// Watch what a device puts on its link. @param device any device of a link
    void WatchDevice(Ptr<NetDevice> device);
    /// Watch what goes through a PPP device. @param device a PPP device
    void WatchPpp(Ptr<NetDevice> device);

    /// Write the packet. @return JSON, a member of an object: "onion"
    std::string ToJson() const;

  private:
    /// The packet on a link.
    struct Hop
    {
        Time sent;                //!< when
        Ptr<NetDevice> device;    //!< who sent it
        Ptr<const Packet> packet; //!< all of it, but a line's framing
        uint32_t octets{0};       //!< octets on the link
    };

    /// Whether a node is at the other end of a link. @param hop the link @param node the node's
    /// number
    /// @return true if it is, and didn't send
    static bool IsReached(const Hop& hop, uint32_t node);
    /// A device gets a packet to send by PPP. @param self the onion @param node whose @param packet
    /// it
    static void Begins(L2tpReportOnion* self, uint32_t node, Ptr<const Packet> packet);
    /// A packet has come out of PPP. @param self the onion @param node whose @param packet it
    static void Ends(L2tpReportOnion* self, uint32_t node, Ptr<const Packet> packet);
    /// A packet is put on a link. @param self the onion @param device who does so @param packet it
    static void OnLink(L2tpReportOnion* self, NetDevice* device, Ptr<const Packet> packet);

    /// A line's octets are sent, just after their frame. @param self the onion @param device whose
    /// line it is @param octets the octets
    static void OnLine(L2tpReportOnion* self, NetDevice* device, Ptr<const Packet> octets);

    bool m_hasPacket{false}; //!< whether there is a packet
    uint64_t m_uid{0};       //!< its UID
    uint32_t m_size{0};      //!< its octets, those of PPP left out
    uint32_t m_from{0};      //!< the node that sends it
    uint32_t m_to{0};        //!< the node that received it
    Time m_begun;            //!< when it was sent
    bool m_complete{false};  //!< whether it came out of PPP again
    std::vector<Hop> m_hops; //!< the links
};

} // namespace ns3

#endif /* L2TP_REPORT_ONION_H */
