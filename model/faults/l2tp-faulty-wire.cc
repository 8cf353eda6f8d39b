/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-faulty-wire.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"

#include <vector>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpFaultyWire");
NS_OBJECT_ENSURE_REGISTERED(L2tpFaultyWire);

TypeId
L2tpFaultyWire::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpFaultyWire")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpFaultyWire>()
            .AddAttribute("LeftToRight",
                          "What goes wrong with frames that come in on the left; nothing if null.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpFaultyWire::m_leftToRight),
                          MakePointerChecker<L2tpFaultModel>())
            .AddAttribute("RightToLeft",
                          "What goes wrong with frames that come in on the right; nothing if null.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpFaultyWire::m_rightToLeft),
                          MakePointerChecker<L2tpFaultModel>());
    return tid;
}

L2tpFaultyWire::L2tpFaultyWire() = default;
L2tpFaultyWire::~L2tpFaultyWire() = default;

void
L2tpFaultyWire::DoDispose()
{
    m_left = nullptr;
    m_right = nullptr;
    m_leftToRight = nullptr;
    m_rightToLeft = nullptr;
    Object::DoDispose();
}

void
L2tpFaultyWire::Join(Ptr<NetDevice> left, Ptr<NetDevice> right)
{
    NS_ABORT_MSG_IF(m_left, "L2tpFaultyWire::Join() was called twice: make a wire for each pair");
    NS_ABORT_MSG_IF(!left || !right || left == right || !left->GetNode() ||
                        left->GetNode() != right->GetNode(),
                    "L2tpFaultyWire::Join() needs two devices of one node: add both to the box");
    m_left = left;
    m_right = right;
    for (const auto& device : {left, right})
    {
        // The node keeps the wire until it is disposed of itself.
        device->GetNode()->RegisterProtocolHandler(
            MakeCallback(&L2tpFaultyWire::Receive, Ptr<L2tpFaultyWire>(this)),
            0,
            device,
            true);
    }
}

void
L2tpFaultyWire::SetFaults(Ptr<L2tpFaultModel> leftToRight, Ptr<L2tpFaultModel> rightToLeft)
{
    m_leftToRight = leftToRight;
    m_rightToLeft = rightToLeft;
}

int64_t
L2tpFaultyWire::AssignStreams(int64_t stream)
{
    int64_t used = m_leftToRight ? m_leftToRight->AssignStreams(stream) : 0;
    if (m_rightToLeft && m_rightToLeft != m_leftToRight)
    {
        used += m_rightToLeft->AssignStreams(stream + used);
    }
    return used;
}

void
L2tpFaultyWire::Receive(Ptr<NetDevice> device,
                        Ptr<const Packet> frame,
                        uint16_t protocol,
                        const Address& from,
                        const Address& to,
                        NetDevice::PacketType /* type */)
{
    if (!m_left)
    {
        return; // disposed of
    }
    const bool fromLeft = device == m_left;
    Ptr<NetDevice> other = fromLeft ? m_right : m_left;
    Ptr<L2tpFaultModel> faults = fromLeft ? m_leftToRight : m_rightToLeft;
    const L2tpFaultModel::Fate fate = faults ? faults->Judge(frame) : L2tpFaultModel::Fate();
    for (uint32_t copy = 0; copy < fate.copies; ++copy)
    {
        const bool isDamaged = copy == 0 && fate.damagedBit;
        Ptr<Packet> sent = isDamaged ? Damage(frame, *fate.damagedBit) : frame->Copy();
        if (fate.delays[copy].IsZero())
        {
            Forward(other, sent, from, to, protocol);
        }
        else
        {
            Simulator::Schedule(fate.delays[copy],
                                &L2tpFaultyWire::Forward,
                                other,
                                sent,
                                from,
                                to,
                                protocol);
        }
    }
}

Ptr<Packet>
L2tpFaultyWire::Damage(Ptr<const Packet> frame, uint32_t bit)
{
    std::vector<uint8_t> octets(frame->GetSize());
    frame->CopyData(octets.data(), octets.size());
    octets[bit / 8] ^= 0x80 >> bit % 8;
    // The frame's UID and tags stay, so that it can be told what was damaged.
    Ptr<Packet> damaged = frame->Copy();
    damaged->RemoveAtEnd(octets.size());
    damaged->AddAtEnd(Create<Packet>(octets.data(), octets.size()));
    return damaged;
}

void
L2tpFaultyWire::Forward(Ptr<NetDevice> device,
                        Ptr<Packet> frame,
                        const Address& from,
                        const Address& to,
                        uint16_t protocol)
{
    // A point-to-point device has no addresses to tell.
    const bool sent = device->SupportsSendFrom() ? device->SendFrom(frame, from, to, protocol)
                                                 : device->Send(frame, to, protocol);
    NS_LOG_LOGIC("frame " << frame->GetUid() << (sent ? "" : " not") << " sent on");
}

} // namespace ns3
