/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef OVERHEAD_LAYERS_H
#define OVERHEAD_LAYERS_H

#include "ns3/packet.h"

#include <cstdint>
#include <nlohmann/json.hpp>

namespace ns3
{

/**
 * @brief The octets on a point-to-point link, by the layer that they belong to, read off the frames
 * themselves.
 */
class L2tpStudyLayers
{
  public:
    /// @param tunnel whether the frames hold L2TP, or else IPv4 at once
    explicit L2tpStudyLayers(bool tunnel);

    /// Count a frame. @param frame it, as the trace sources of PointToPointNetDevice tell it
    void Add(Ptr<const Packet> frame);

    /// Forget what was counted.
    void Clear();

    /// What was counted. @return frames, and octets by layer; control is that of frames without
    /// data: L2TP's and PPP's control messages, and what IP itself needs
    nlohmann::ordered_json Describe() const;

  private:
    /// Octets of each layer, in one frame or in many.
    struct Octets
    {
        uint64_t link{0};      //!< header of the link
        uint64_t outerIp{0};   //!< the tunnel's IP headers
        uint64_t outerUdp{0};  //!< the tunnel's UDP headers
        uint64_t l2tp{0};      //!< L2TP headers
        uint64_t ppp{0};       //!< PPP headers inside
        uint64_t innerIp{0};   //!< IP headers inside
        uint64_t transport{0}; //!< TCP's or UDP's headers inside
        uint64_t payload{0};   //!< data of the application
    };

    /// Take the layers off a frame. @param packet the frame; what is left of it is payload
    /// @param octets receives them @return false if there is no data in the frame
    bool Read(Ptr<Packet> packet, Octets& octets) const;
    /// What follows the tunnel's IP header.
    enum class Outer
    {
        UDP,            //!< a datagram, or its first fragment
        LATER_FRAGMENT, //!< another fragment of a datagram
        OTHER,          //!< another protocol
    };

    /// Take the tunnel's IP header off. @param packet what begins with it @param version of IP
    /// @param octets receives its octets @return what follows
    static Outer ReadOuterIp(Ptr<Packet> packet, int version, Octets& octets);
    /// Take the headers of IPv4 and TCP or UDP off. @param packet what begins with them
    /// @param octets receives their octets
    static void ReadInner(Ptr<Packet> packet, Octets& octets);

    bool m_tunnel;         //!< whether the frames hold L2TP
    uint64_t m_frames{0};  //!< frames with data
    uint64_t m_control{0}; //!< octets of frames without data
    Octets m_octets;       //!< of frames with data
};

} // namespace ns3

#endif /* OVERHEAD_LAYERS_H */
