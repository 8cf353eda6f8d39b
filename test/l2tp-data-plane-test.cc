/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Data messages from end to end: sequence numbers and the header's options as they are on the wire
// (RFC 2661, sections 3.1 and 5.4), and where they go (section 8.1).

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/global-value.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <string>

using namespace ns3;

namespace
{

using Octets = std::vector<uint8_t>;

/// An LNS that takes the tunnel and the call of one LAC, and leaves the data to the test.
struct ScriptedLns
{
    /**
     * @brief Make an LNS.
     * @param listener where the SCCRQ comes to
     * @param replier where all else is sent from and comes to
     */
    ScriptedLns(L2tpTestPeer& listener, L2tpTestPeer& replier)
        : replier(replier)
    {
        const auto take = [this](const L2tpTestDatagram& datagram) { Take(datagram); };
        listener.answer = take;
        replier.answer = take;
    }

    /// Do what a datagram asks for. @param datagram it
    void Take(const L2tpTestDatagram& datagram)
    {
        const uint16_t nr = datagram.header.GetNs() + 1;
        if (!datagram.IsControl())
        {
            data.push_back(datagram.header);
        }
        else if (datagram.Is(L2tpMessageType::SCCRQ))
        {
            tunnel = datagram.message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
            replier.Send(tunnel, 0, 0, nr, L2tpTestPeer::Start(L2tpMessageType::SCCRP, 77));
        }
        else if (datagram.Is(L2tpMessageType::ICRQ))
        {
            session = datagram.message.Get(L2tpAvps::ASSIGNED_SESSION_ID).value_or(0);
            L2tpControlMessage icrp(L2tpMessageType::ICRP);
            icrp.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(88));
            replier.Send(tunnel, session, 1, nr, icrp);
        }
        else if (datagram.Is(L2tpMessageType::ICCN))
        {
            replier.Send(tunnel, 0, 2, nr);
        }
    }

    /// The header of a data message. @return it
    L2tpHeader Header() const
    {
        L2tpHeader header;
        header.SetTunnelId(tunnel);
        header.SetSessionId(session);
        return header;
    }

    L2tpTestPeer& replier;        //!< where it sends from
    uint16_t tunnel{0};           //!< the LAC's Tunnel ID
    uint16_t session{0};          //!< the LAC's Session ID
    std::vector<L2tpHeader> data; //!< headers of the data messages that came
};

class L2tpDataPlaneTest : public L2tpNetworkTest
{
  protected:
    /// What is on the wire between LAC and LNS, a word for each data message: "lac" or "lns", who
    /// sends, and the Ns, if there is one.
    void Watch()
    {
        net->internet->watch = [this](const L2tpTestDatagram& datagram) {
            if (datagram.IsControl())
            {
                return;
            }
            const bool fromLns = datagram.from.address == net->lnsAddress;
            const bool numbered = datagram.header.HasFlag(L2tpHeader::FLAG_SEQUENCE);
            EXPECT_EQ(datagram.header.GetNr(), 0) << "section 3.1: Nr is reserved";
            wire.push_back((fromLns ? "lns" : "lac") +
                           (numbered ? " " + std::to_string(datagram.header.GetNs()) : ""));
        };
    }

    /// Let a ping go from the host to the server, and the answer back. @return the wire's words
    std::vector<std::string> Ping()
    {
        wire.clear();
        L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
        probe.Ping();
        RunUntil(Simulator::Now() + MilliSeconds(200));
        EXPECT_EQ(probe.pinged, 1U);
        return wire;
    }

    /// The LNS's session.
    Ptr<L2tpSession> LnsSession() const
    {
        return Lns()->GetTunnels().at(0)->GetCalls().at(0)->GetSession();
    }

    /// Build a network with a client that dials a scripted LNS on the second host.
    void BuildDiallingHost1()
    {
        Build(2);
        vpn->SetLnsAddress(net->GetHostAddress(1));
        tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
        tunnels.Start(Seconds(1));
    }

    /// How many data messages an endpoint dropped for a reason. @param of it @param reason why
    static uint64_t Dropped(Ptr<L2tpEndpoint> of, L2tpDropReason reason)
    {
        return of->GetDataStatistics()->dropped[static_cast<std::size_t>(reason)];
    }

    using Words = std::vector<std::string>;

    Words wire; //!< what was seen of data messages
};

} // namespace

TEST_F(L2tpDataPlaneTest, LnsSwitchesSequencingDuringTheSession)
{
    // Section 5.4, and robustness case 26.
    Build();
    Install();
    Watch();
    RunUntil(Seconds(1));
    EXPECT_EQ(Ping(), Words({"lac", "lns"}));
    EXPECT_FALSE(tunnels.GetSession(0)->SetSequencing(true)) << "the LAC may not";
    EXPECT_TRUE(LnsSession()->SetSequencing(true));
    EXPECT_EQ(Ping(), Words({"lac", "lns 0"}));
    EXPECT_EQ(Ping(), Words({"lac 0", "lns 1"}));
    EXPECT_EQ(Ping(), Words({"lac 1", "lns 2"}));
    EXPECT_TRUE(LnsSession()->SetSequencing(false));
    EXPECT_EQ(Ping(), Words({"lac 2", "lns"}));
    EXPECT_EQ(Ping(), Words({"lac", "lns"}));
    EXPECT_TRUE(LnsSession()->SetSequencing(true));
    EXPECT_EQ(Ping(), Words({"lac", "lns 3"})) << "picks up where it left off before";
    EXPECT_EQ(Ping(), Words({"lac 3", "lns 4"}));
    for (const Ptr<L2tpEndpoint>& end : {Ptr<L2tpEndpoint>(Lac()), Ptr<L2tpEndpoint>(Lns())})
    {
        EXPECT_EQ(end->GetDataStatistics()->rxLost, 0U);
        EXPECT_EQ(Dropped(end, L2tpDropReason::DATA_OUT_OF_ORDER), 0U);
        EXPECT_EQ(Dropped(end, L2tpDropReason::DATA_DUPLICATE), 0U);
    }
}

TEST_F(L2tpDataPlaneTest, LnsNumbersFromItsFirstMessage)
{
    // Section 5.4: recommended "during the initial negotiation stages of PPP".
    Build();
    vpn->SetLnsAttribute("Sequencing", BooleanValue(true));
    Install();
    Watch();
    RunUntil(Seconds(1));
    EXPECT_TRUE(Client()->IsUp());
    uint32_t fromLns = 0;
    uint32_t fromLac = 0;
    for (const std::string& word : wire)
    {
        if (word.substr(0, 3) == "lns")
        {
            EXPECT_EQ(word, "lns " + std::to_string(fromLns++));
        }
        else if (fromLac > 0 || word != "lac")
        {
            EXPECT_EQ(word, "lac " + std::to_string(fromLac++));
        }
    }
    EXPECT_GT(fromLns, 4U);
    EXPECT_GT(fromLac, 4U);
    EXPECT_EQ(Ping(), Words({"lac " + std::to_string(fromLac), "lns " + std::to_string(fromLns)}));
}

TEST_F(L2tpDataPlaneTest, LacRequiresSequencing)
{
    // Sections 4.4.6 and 5.4.
    Build();
    vpn->SetLacAttribute("RequireSequencing", BooleanValue(true));
    Install();
    Watch();
    RunUntil(Seconds(1));
    EXPECT_FALSE(LnsSession()->SetSequencing(false));
    uint32_t fromLns = 0;
    uint32_t fromLac = 0;
    for (const std::string& word : wire)
    {
        const bool isLns = word.substr(0, 3) == "lns";
        EXPECT_EQ(word,
                  isLns ? "lns " + std::to_string(fromLns++) : "lac " + std::to_string(fromLac++));
    }
    EXPECT_EQ(Ping(), Words({"lac " + std::to_string(fromLac), "lns " + std::to_string(fromLns)}));
    EXPECT_EQ(LnsSession()->GetStatistics().rxLost, 0U);
}

TEST_F(L2tpDataPlaneTest, CountsWhatWasLost)
{
    Build();
    vpn->SetLnsAttribute("Sequencing", BooleanValue(true));
    Install();
    RunUntil(Seconds(1));
    uint32_t data = 0;
    uint32_t lost = 0;
    net->internet->lose = [&](const L2tpTestDatagram& datagram) {
        const bool drop =
            !datagram.IsControl() && datagram.to.address == net->lnsAddress && ++data % 5 == 0;
        lost += drop ? 1 : 0;
        return drop;
    };
    L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
    for (uint32_t n = 0; n < 51; ++n)
    {
        probe.Send();
        RunUntil(Simulator::Now() + MilliSeconds(20));
    }
    RunUntil(Simulator::Now() + MilliSeconds(200));
    EXPECT_EQ(lost, 10U);
    EXPECT_EQ(probe.echoed, 41U);
    EXPECT_EQ(LnsSession()->GetStatistics().rxLost, lost);
    EXPECT_EQ(Lns()->GetDataStatistics()->rxLost, lost);
    EXPECT_EQ(Lac()->GetDataStatistics()->rxLost, 0U);
}

// Section 3.1: the Priority bit of data messages, and never of a control message.
// RFC 2661: 3.1-06, 3.1-07
TEST_F(L2tpDataPlaneTest, PassesWithEveryOption)
{
    Build();
    vpn->SetEndpointAttribute("LengthInData", BooleanValue(true));
    vpn->SetEndpointAttribute("DataOffset", UintegerValue(5));
    vpn->SetEndpointAttribute("DataPriority", StringValue("All"));
    vpn->SetEndpointAttribute("ReorderTimeout", TimeValue(MilliSeconds(10)));
    vpn->SetLacAttribute("RequireSequencing", BooleanValue(true));
    Install();
    uint32_t seen = 0;
    net->internet->watch = [&](const L2tpTestDatagram& datagram) {
        if (!datagram.IsControl())
        {
            EXPECT_EQ(datagram.header.GetFlagWord(), 0x4b02);
            EXPECT_EQ(datagram.header.GetLength(), datagram.octets.size());
            EXPECT_EQ(datagram.header.GetOffsetPad(), Octets(5, 0));
            ++seen;
        }
        else if (datagram.header.GetError() == L2tpHeaderError::NONE)
        {
            EXPECT_FALSE(datagram.header.HasFlag(L2tpHeader::FLAG_PRIORITY)) << "MUST be 0";
        }
    };
    RunUntil(Seconds(1));
    ExpectTraffic();
    EXPECT_GT(seen, 10U);
    EXPECT_GT(Lns()->GetDataStatistics()->rxPriority, 5U);
}

TEST_F(L2tpDataPlaneTest, LacFollowsAnLnsLikeLinux)
{
    // As Linux sends: neither L nor O nor P, Nr always 0, S as it is configured at the moment.
    BuildDiallingHost1();
    L2tpTestPeer peer(net->hosts.Get(1), L2TP_UDP_PORT, {net->GetHostAddress(0), L2TP_UDP_PORT});
    ScriptedLns lns(peer, peer);
    RunUntil(Seconds(2));
    ASSERT_FALSE(lns.data.empty());
    EXPECT_FALSE(lns.data.back().HasFlag(L2tpHeader::FLAG_SEQUENCE)) << "not asked for";
    // An LCP Echo-Request is answered in no phase before Opened: a Configure-Request is.
    const Octets request{0xff, 0x03, 0xc0, 0x21, 1, 1, 0, 4};
    uint16_t ns = 0;
    uint16_t expected = 0;
    for (const bool on : {true, true, false, true, false, false, true})
    {
        L2tpHeader header = lns.Header();
        if (on)
        {
            header.SetSequence(ns++, 0);
        }
        lns.data.clear();
        peer.SendData(header, request);
        RunUntil(Simulator::Now() + MilliSeconds(100));
        ASSERT_FALSE(lns.data.empty());
        for (const L2tpHeader& answer : lns.data)
        {
            EXPECT_EQ(answer.HasFlag(L2tpHeader::FLAG_SEQUENCE), on);
            EXPECT_EQ(answer.GetNs(), on ? expected++ : 0);
        }
    }
    EXPECT_EQ(Lac()->GetDataStatistics()->rxLost, 0U);
}

TEST_F(L2tpDataPlaneTest, LacPutsIntoOrderWhatItReceives)
{
    // Section 5.4, and the attributes that say how.
    for (const bool reorder : {false, true})
    {
        Clear();
        Build(2);
        vpn->SetLnsAddress(net->GetHostAddress(1));
        vpn->SetLacAttribute("ReorderTimeout", TimeValue(MilliSeconds(reorder ? 50 : 0)));
        vpn->SetLacAttribute("ReorderFrames", UintegerValue(2));
        tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
        L2tpTestPeer peer(net->hosts.Get(1),
                          L2TP_UDP_PORT,
                          {net->GetHostAddress(0), L2TP_UDP_PORT});
        ScriptedLns lns(peer, peer);
        RunUntil(Simulator::Now() + Seconds(1));
        L2tpHeader header = lns.Header();
        for (const uint16_t ns : {2, 1, 0, 2})
        {
            header.SetSequence(ns, 0xffff); // Nr "MUST be ignored upon receipt"
            peer.SendData(header, {0xff, 0x03, 0xc0, 0x21, 9, 1, 0, 4});
        }
        RunUntil(Simulator::Now() + MilliSeconds(100));
        const auto data = Lac()->GetDataStatistics();
        EXPECT_EQ(data->rxPackets, reorder ? 3U : 1U);
        EXPECT_EQ(data->rxReordered, reorder ? 2U : 0U);
        EXPECT_EQ(data->rxLost, reorder ? 0U : 2U);
        EXPECT_EQ(Dropped(Lac(), L2tpDropReason::DATA_OUT_OF_ORDER), reorder ? 0U : 2U);
        EXPECT_EQ(Dropped(Lac(), L2tpDropReason::DATA_DUPLICATE), 1U);
    }
}

TEST_F(L2tpDataPlaneTest, DataGoesWhereTheSccrpCameFrom)
{
    // Section 8.1: the reply may come from another address and port; "once [...] established, they
    // MUST remain static for the life of the tunnel".
    BuildDiallingHost1();
    const L2tpUdpAddress lac{net->GetHostAddress(0), L2TP_UDP_PORT};
    L2tpTestPeer listener(net->hosts.Get(1), L2TP_UDP_PORT, lac);
    L2tpTestPeer replier(net->router, 4711, lac);
    ScriptedLns lns(listener, replier);
    RunUntil(Seconds(2));
    EXPECT_EQ(Lac()->GetStatistics().sessionsEstablished, 1U);
    EXPECT_EQ(listener.received.size(), 1U) << "the SCCRQ, and nothing after it";
    EXPECT_FALSE(lns.data.empty());
    const std::size_t before = Lac()->GetDataStatistics()->rxPackets;
    listener.SendData(lns.Header(), {0xff, 0x03, 0xc0, 0x21, 9, 1, 0, 4});
    RunUntil(Simulator::Now() + MilliSeconds(100));
    EXPECT_EQ(Dropped(Lac(), L2tpDropReason::WRONG_SOURCE), 1U);
    EXPECT_EQ(Lac()->GetDataStatistics()->rxPackets, before);
    replier.SendData(lns.Header(), {0xff, 0x03, 0xc0, 0x21, 9, 1, 0, 4});
    RunUntil(Simulator::Now() + MilliSeconds(100));
    EXPECT_EQ(Lac()->GetDataStatistics()->rxPackets, before + 1);
}

// Section 8.1: the reply may come from elsewhere; but whoever was challenged (section 5.1.1) must
// have proved who he is before the tunnel follows, since anybody may guess its ID.
TEST_F(L2tpDataPlaneTest, ATunnelFollowsOnlyWhoKnowsTheSecret)
{
    for (const bool isChallenged : {false, true})
    {
        SCOPED_TRACE(isChallenged);
        Build();
        vpn->SetEndpointAttribute("SharedSecret", StringValue("secret"));
        vpn->SetLacAttribute("ChallengePeer", BooleanValue(isChallenged));
        Install();
        // So that there is time for somebody else.
        net->internet->lose = [lost = 0](const L2tpTestDatagram& datagram) mutable {
            return datagram.Is(L2tpMessageType::SCCRP) && lost++ == 0;
        };
        RunUntil(MilliSeconds(500));
        {
            L2tpTestPeer stranger(net->router, 4711, {net->GetHostAddress(0), L2TP_UDP_PORT});
            const uint16_t id = Lac()->GetTunnels().at(0)->GetLocalId();
            L2tpControlMessage refusal(L2tpMessageType::STOPCCN);
            refusal.Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(77));
            refusal.Add(L2tpAvps::RESULT_CODE, L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED));
            if (isChallenged)
            {
                stranger.Send(id, 0, 0, 1, refusal);
            }
            stranger.Send(id, 0, 0, 1, L2tpTestPeer::Start(L2tpMessageType::SCCRP, 77));
            RunUntil(Seconds(5));
        }
        constexpr auto REASON = static_cast<std::size_t>(L2tpDropReason::WRONG_SOURCE);
        // The stranger's refusal and reply; or that of the LNS, which is repeated after 1 and 2 s.
        EXPECT_EQ(Lac()->GetStatistics().controlDropped[REASON], 2U);
        EXPECT_EQ(Client()->IsUp(), isChallenged);
        Clear();
    }
}

// Section 8.1: "UDP checksums MUST be enabled for both control and data messages"; they are
// whenever ns-3 has checksums.
// RFC 2661: 8.1-03, 8.1-05
TEST_F(L2tpDataPlaneTest, EveryDatagramHasItsChecksum)
{
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    Build();
    uint32_t control = 0;
    uint32_t data = 0;
    net->internet->watchPacket = [&](Ptr<const Packet> packet) {
        Octets octets(packet->GetSize());
        packet->CopyData(octets.data(), octets.size());
        if (octets.at(9) != 17)
        {
            return;
        }
        // RFC 768: the sum of addresses, protocol, length and datagram, with its checksum, is all
        // ones. The IPv4 header has 20 octets.
        uint32_t sum = 17 + octets.size() - 20;
        for (std::size_t i = 12; i < octets.size(); ++i)
        {
            sum += i % 2 == 0 ? octets[i] << 8 : octets[i];
        }
        EXPECT_EQ((sum & 0xffff) + (sum >> 16), 0xffffU);
        EXPECT_NE(octets.at(26) << 8 | octets.at(27), 0) << "which is no checksum";
        ++(octets.at(28) & 0x80 ? control : data);
    };
    Install();
    RunUntil(Seconds(1));
    Ping();
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    EXPECT_GT(control, 5U);
    EXPECT_GT(data, 8U);
}
