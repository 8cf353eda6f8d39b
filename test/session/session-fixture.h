/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_SESSION_FIXTURE_H
#define L2TP_TEST_SESSION_FIXTURE_H

#include "transport/two-nodes.h"
#include "wire/octets.h"

#include "ns3/l2tp-session.h"

#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/// The data plane of a call between two nodes (RFC 2661, sections 3.1 and 5.3).
class L2tpSessionTest : public TwoNodesTest
{
  protected:
    using Reason = L2tpDropReason;
    using Strings = std::vector<std::string>;

    L2tpSessionTest()
    {
        EXPECT_TRUE(m_port->Open(m_nodes[0], 1701, NoteIn(m_atA)));
        EXPECT_TRUE(m_peer->Open(m_nodes[1], 1701, NoteIn(m_atB)));
        m_path =
            Create<L2tpUdpPath>(m_port, Ipv4Address::GetAny(), L2tpUdpAddress{PeerAddress(), 1701});
        m_session->TraceConnectWithoutContext("Drop", MakeBoundCallback(&NoteDrop, &m_drops));
        m_session->SetEndpointStatistics(m_endpoint);
        m_session->TraceConnectWithoutContext("Tx", MakeBoundCallback(&NoteFrame, &m_tx));
        m_session->TraceConnectWithoutContext("Rx", MakeBoundCallback(&NoteFrame, &m_rx));
    }

    /// Open the session, to the peer's tunnel 20 and session 200, with m_config and m_mode.
    void Open()
    {
        m_session->Configure(m_config);
        m_session->SetSequencingMode(m_mode);
        m_session->Open(m_path, 20, 200);
    }

    /// Attach somebody who notes the frames that arrive.
    void Attach()
    {
        m_session->Attach(MakeBoundCallback(&NotePacket, &m_frames), L2Circuit::StatusCallback());
    }

    /**
     * @brief Send a frame.
     * @param hex its octets
     * @return whether it was sent
     */
    bool Send(const std::string& hex)
    {
        const auto octets = Octets(hex);
        return m_session->Send(Create<Packet>(octets.data(), octets.size()));
    }

    /// Send an empty frame and forget it: ARP lets only three packets wait for its answer.
    void SendFirst()
    {
        EXPECT_TRUE(Send(""));
        Simulator::Run();
        m_atB.clear();
    }

    /**
     * @brief Let a data message arrive.
     * @param hex its octets, as they are on the wire
     */
    void Receive(const std::string& hex)
    {
        const auto octets = Octets(hex);
        L2tpHeader header;
        ASSERT_EQ(L2tpHeader::Parse(octets, octets.size(), header), L2tpHeaderError::NONE);
        m_session->Receive(header, Create<Packet>(octets.data(), octets.size()));
    }

    /// What the peer's port took. @return the datagrams, in hexadecimal
    std::vector<std::string> AtPeer()
    {
        Simulator::Run();
        std::vector<std::string> all;
        for (const Datagram& datagram : m_atB)
        {
            all.push_back(Hex(datagram.octets));
        }
        return all;
    }

    /**
     * @brief How often frames were dropped for a reason.
     * @param reason the reason
     * @return the session's count, after a check that the endpoint has counted as many
     */
    uint64_t Dropped(Reason reason) const
    {
        const auto index = static_cast<std::size_t>(reason);
        EXPECT_EQ(m_session->GetStatistics().dropped[index], m_endpoint->dropped[index]);
        return m_session->GetStatistics().dropped[index];
    }

    L2tpSessionConfig m_config;                              //!< how the session behaves
    L2tpSequencingMode m_mode{L2tpSequencingMode::FOLLOW};   //!< who decides on sequencing
    std::vector<Datagram> m_atA;                             //!< what A's port took
    std::vector<Datagram> m_atB;                             //!< what B's port took
    Strings m_frames;                                        //!< what the session delivered
    Strings m_tx;                                            //!< traced
    Strings m_rx;                                            //!< traced
    Strings m_drops;                                         //!< traced
    Ptr<L2tpUdpPort> m_port{CreateObject<L2tpUdpPort>()};    //!< A's
    Ptr<L2tpUdpPort> m_peer{CreateObject<L2tpUdpPort>()};    //!< B's
    Ptr<L2tpUdpPath> m_path;                                 //!< from A to B
    Ptr<L2tpSession> m_session{CreateObject<L2tpSession>()}; //!< A's end
    std::shared_ptr<L2tpDataStatistics> m_endpoint{
        std::make_shared<L2tpDataStatistics>()}; //!< of A

    /// A packet's octets. @param packet it @return hexadecimal digits
    static std::string HexOf(Ptr<const Packet> packet)
    {
        std::vector<uint8_t> octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        return Hex(octets);
    }

    /// Note a packet. @param notes where @param packet it
    static void NotePacket(Strings* notes, Ptr<Packet> packet)
    {
        notes->push_back(HexOf(packet));
    }

    /// Note a traced frame. @param notes where @param frame it
    static void NoteFrame(Strings* notes, Ptr<const Packet> frame)
    {
        notes->push_back(HexOf(frame));
    }

    /// Note a drop. @param notes where @param reason why @param frame what
    static void NoteDrop(Strings* notes, Reason reason, Ptr<const Packet> frame)
    {
        notes->push_back(std::string(L2tpDropReasonName(reason)) + " " + HexOf(frame));
    }
};

} // namespace ns3

#endif /* L2TP_TEST_SESSION_FIXTURE_H */
