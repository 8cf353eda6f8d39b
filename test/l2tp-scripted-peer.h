/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_SCRIPTED_PEER_H
#define L2TP_TEST_SCRIPTED_PEER_H

#include "l2tp-test-network.h"

#include "ns3/l2tp-result-code.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

namespace ns3
{

/// A test in which an LNS or a LAC talks to a peer that does what the test says.
class L2tpScriptedPeerTest : public L2tpNetworkTest
{
  protected:
    static constexpr uint16_t PEER_TUNNEL = 77;  //!< the Tunnel ID that the peer assigns
    static constexpr uint16_t PEER_SESSION = 88; //!< the Session ID that the peer assigns

    void TearDown() override
    {
        peer.reset();
        end = nullptr;
        L2tpNetworkTest::TearDown();
    }

    /// Be the LAC of an LNS, on host 0. @param port the peer's UDP port
    void TalkToLns(uint16_t port = L2TP_UDP_PORT)
    {
        if (!net)
        {
            Build();
        }
        tunnels = vpn->Install(NodeContainer(), net->lns);
        end = Lns();
        peer = MakePeer(port);
        RunUntil(Seconds(1));
    }

    /// Be the LNS, on host 1, that the client of host 0 dials.
    void TalkToLac()
    {
        if (!net)
        {
            Build(2);
        }
        vpn->SetLnsAddress(net->GetHostAddress(1));
        tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
        tunnels.Start(Seconds(1));
        end = Lac();
        peer =
            std::make_unique<L2tpTestPeer>(net->hosts.Get(1),
                                           L2TP_UDP_PORT,
                                           L2tpUdpAddress{net->GetHostAddress(0), L2TP_UDP_PORT});
        RunUntil(Seconds(1) + MilliSeconds(100));
        tunnelId = IdOf(L2tpMessageType::SCCRQ, L2tpAvps::ASSIGNED_TUNNEL_ID);
    }

    /// Another peer of the LNS, on host 0. @param port his UDP port
    std::unique_ptr<L2tpTestPeer> MakePeer(uint16_t port) const
    {
        return std::make_unique<L2tpTestPeer>(net->hosts.Get(0),
                                              port,
                                              L2tpUdpAddress{net->lnsAddress, L2TP_UDP_PORT});
    }

    /// Let a moment pass.
    static void Wait()
    {
        RunUntil(Simulator::Now() + MilliSeconds(100));
    }

    /// The Ns that the peer expects next, if it got all that came.
    uint16_t Nr() const
    {
        uint16_t nr = 0;
        for (const auto& datagram : peer->received)
        {
            const bool counts = datagram.IsControl() && !datagram.IsZlb();
            nr = counts ? std::max<uint16_t>(nr, datagram.header.GetNs() + 1) : nr;
        }
        return nr;
    }

    /// Let the peer send its next message. @param message it @param session for its header
    void Say(const L2tpControlMessage& message, uint16_t session = 0)
    {
        peer->Send(tunnelId, session, ns++, Nr(), message);
        Wait();
    }

    /// Let the peer acknowledge all that came.
    void Acknowledge()
    {
        peer->Send(tunnelId, 0, ns, Nr());
        Wait();
    }

    /// Open a tunnel to the LNS. @return its ID at the LNS
    uint16_t OpenTunnel()
    {
        Say(L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL));
        tunnelId = IdOf(L2tpMessageType::SCCRP, L2tpAvps::ASSIGNED_TUNNEL_ID);
        Say(L2tpControlMessage(L2tpMessageType::SCCCN));
        EXPECT_EQ(end->GetNTunnels(), 1U);
        return tunnelId;
    }

    /// Accept the tunnel of the LAC, which then begins a call. @return the call's ID at the LAC
    uint16_t AcceptTunnel()
    {
        Say(L2tpTestPeer::Start(L2tpMessageType::SCCRP, PEER_TUNNEL));
        sessionId = IdOf(L2tpMessageType::ICRQ, L2tpAvps::ASSIGNED_SESSION_ID);
        return sessionId;
    }

    /// Begin a call to the LNS. @param id its ID at the peer @return its ID at the LNS
    uint16_t Call(uint16_t id = PEER_SESSION)
    {
        Say(Icrq(id));
        sessionId = IdOf(L2tpMessageType::ICRP, L2tpAvps::ASSIGNED_SESSION_ID);
        return sessionId;
    }

    /// Open a tunnel and a call in it to the LNS.
    void OpenCall()
    {
        OpenTunnel();
        Call();
        Say(Iccn(), sessionId);
        EXPECT_EQ(end->GetStatistics().sessionsEstablished, 1U);
    }

    /// @name Messages that are acceptable
    /// @{
    static L2tpControlMessage Icrq(uint16_t id = PEER_SESSION)
    {
        L2tpControlMessage message(L2tpMessageType::ICRQ);
        message.Add(L2tpAvps::ASSIGNED_SESSION_ID, id);
        message.Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(id));
        return message;
    }

    static L2tpControlMessage Icrp()
    {
        L2tpControlMessage message(L2tpMessageType::ICRP);
        message.Add(L2tpAvps::ASSIGNED_SESSION_ID, PEER_SESSION);
        return message;
    }

    static L2tpControlMessage Iccn(uint32_t framing = L2tpFraming::SYNCHRONOUS)
    {
        L2tpControlMessage message(L2tpMessageType::ICCN);
        message.Add(L2tpAvps::TX_CONNECT_SPEED, uint32_t(64000));
        message.Add(L2tpAvps::FRAMING_TYPE, framing);
        return message;
    }

    static L2tpControlMessage StopCcn()
    {
        L2tpControlMessage message(L2tpMessageType::STOPCCN);
        message.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, PEER_TUNNEL);
        message.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
        return message;
    }

    /// @}

    /// The Result Code of the last StopCCN or CDN that came. @param type which
    L2tpResultCode CodeOf(L2tpMessageType type) const
    {
        return peer->Last(type).message.Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode());
    }

    /// How many control messages or datagrams were dropped. @param reason for which reason
    uint64_t Dropped(L2tpDropReason reason) const
    {
        return end->GetStatistics().controlDropped[static_cast<std::size_t>(reason)];
    }

    /// How many data messages were dropped. @param reason for which reason
    uint64_t DataDropped(L2tpDropReason reason) const
    {
        return end->GetDataStatistics()->dropped[static_cast<std::size_t>(reason)];
    }

    /// Whether a PPP frame came, whatever is before it. @param frame how the datagram ends
    bool Heard(const std::vector<uint8_t>& frame) const
    {
        return std::any_of(peer->received.begin(), peer->received.end(), [&](const auto& one) {
            return !one.IsControl() && one.octets.size() >= frame.size() &&
                   std::equal(frame.rbegin(), frame.rend(), one.octets.rbegin());
        });
    }

    std::unique_ptr<L2tpTestPeer> peer; //!< he who tests
    Ptr<L2tpEndpoint> end;              //!< whom he tests
    uint16_t tunnelId{0};               //!< the tunnel's ID at that end
    uint16_t sessionId{0};              //!< the call's ID at that end
    uint16_t ns{0};                     //!< Ns of the peer's next message

  private:
    /**
     * @brief Read an ID from the last message of a type that came.
     * @param type the type
     * @param avp the AVP that assigns it
     * @return the ID
     */
    template <typename Avp>
    uint16_t IdOf(L2tpMessageType type, const Avp& avp) const
    {
        return peer->Last(type).message.Get(avp).value_or(0);
    }
};

} // namespace ns3

#endif /* L2TP_TEST_SCRIPTED_PEER_H */
