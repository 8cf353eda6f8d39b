/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FUZZ_WIRE_H
#define L2TP_FUZZ_WIRE_H

#include "simple-interfaces.h"

#include "ns3/ipv4-header.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/packet.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{

/**
 * @brief A link with one node on it. What the node sends is told and goes nowhere; what is to come
 * to it comes without delay. A second node would take half of the time, and do nothing.
 */
class FuzzWire : public SimpleChannel
{
  public:
    /// Told of each UDP datagram that is sent in one piece: its payload.
    std::function<void(const std::vector<uint8_t>& payload, uint16_t from, uint16_t to)> onDatagram;
    /// Told of each frame that is sent.
    std::function<void(const std::vector<uint8_t>& frame, uint16_t protocol)> onFrame;

    void Send(Ptr<Packet> packet,
              uint16_t protocol,
              Mac48Address /* to */,
              Mac48Address /* from */,
              Ptr<SimpleNetDevice> /* sender */) override
    {
        if (onFrame)
        {
            onFrame(OctetsOf(packet), protocol);
        }
        if (!onDatagram || protocol != Ipv4L3Protocol::PROT_NUMBER)
        {
            return;
        }
        const Ptr<Packet> content = packet->Copy();
        Ipv4Header ip;
        content->RemoveHeader(ip);
        if (ip.GetProtocol() != UdpL4Protocol::PROT_NUMBER || !ip.IsLastFragment() ||
            ip.GetFragmentOffset() != 0)
        {
            return;
        }
        UdpHeader udp;
        content->RemoveHeader(udp);
        onDatagram(OctetsOf(content), udp.GetSourcePort(), udp.GetDestinationPort());
    }

    /**
     * @brief Let a UDP datagram come.
     * @param device where
     * @param payload its payload
     * @param from its source
     * @param fromPort its source's port
     * @param to its destination
     * @param toPort its destination's port
     * @param ecn the ECN field of its IP header
     */
    static void Deliver(Ptr<SimpleNetDevice> device,
                        const std::vector<uint8_t>& payload,
                        Ipv4Address from,
                        uint16_t fromPort,
                        Ipv4Address to,
                        uint16_t toPort,
                        uint8_t ecn = 0)
    {
        auto packet = Create<Packet>(payload.data(), payload.size());
        UdpHeader udp;
        udp.SetSourcePort(fromPort);
        udp.SetDestinationPort(toPort);
        packet->AddHeader(udp);
        Ipv4Header ip;
        ip.SetSource(from);
        ip.SetDestination(to);
        ip.SetProtocol(UdpL4Protocol::PROT_NUMBER);
        ip.SetPayloadSize(packet->GetSize());
        ip.SetTtl(64);
        ip.SetTos(ecn);
        packet->AddHeader(ip);
        device->Receive(packet,
                        Ipv4L3Protocol::PROT_NUMBER,
                        Mac48Address::ConvertFrom(device->GetAddress()),
                        Mac48Address("00:00:00:00:00:77"));
    }

    /// The octets of a packet. @param packet it @return them
    static std::vector<uint8_t> OctetsOf(Ptr<const Packet> packet)
    {
        std::vector<uint8_t> octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        return octets;
    }
};

} // namespace ns3

#endif /* L2TP_FUZZ_WIRE_H */
