/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What passes a PPPoE session (RFC 2516, sections 6 and 7; RFC 4638), and PPP over it.

#include "l2tp-test-peer.h"
#include "ppp/ppp-test-server.h"
#include "ppp/tshark.h"
#include "pppoe-fixture.h"
#include "wire/octets.h"

#include "ns3/boolean.h"
#include "ns3/global-value.h"
#include "ns3/internet-stack-helper.h"

using namespace ns3;

namespace
{

/// The octets of a packet.
std::string
HexOf(Ptr<const Packet> packet)
{
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), octets.size());
    return Hex(octets);
}

/// Make a packet.
Ptr<Packet>
PacketOf(const std::string& hex)
{
    const auto octets = Octets(hex);
    return Create<Packet>(octets.data(), octets.size());
}

/// Sessions whose users are the test.
class PppoeSessionTest : public PppoeTest
{
  protected:
    void Open()
    {
        Connect();
        near = host.client->GetSession();
        far = ac.sessions.back();
        far->Attach(
            Callback<void, Ptr<Packet>>([this](Ptr<Packet> frame) { got.push_back(HexOf(frame)); }),
            L2Circuit::StatusCallback());
    }

    Ptr<PppoeSession> near;       //!< the host's end
    Ptr<PppoeSession> far;        //!< the other one
    std::vector<std::string> got; //!< what arrived there
};

} // namespace

// Section 6: "The frame begins with the PPP Protocol-ID", whatever the user of the circuit sends.
TEST_F(PppoeSessionTest, AddressAndControlAreTakenOff)
{
    Open();
    EXPECT_TRUE(near->Send(PacketOf("ff03 c021 01010004")));
    EXPECT_TRUE(near->Send(PacketOf("c021 01020004")));
    EXPECT_TRUE(near->Send(PacketOf("21 45000000"))); // PFC, which is not recommended
    RunUntil(Seconds(1));
    EXPECT_EQ(got, (std::vector<std::string>{"c02101010004", "c02101020004", "2145000000"}));
    EXPECT_EQ(near->GetStatistics().txFrames, 3U);
    EXPECT_EQ(far->GetStatistics().rxFrames, 3U);
    EXPECT_EQ(far->GetStatistics().rxOctets, near->GetStatistics().txOctets);
}

// Section 4: LENGTH tells where the payload ends; a short Ethernet frame is padded.
TEST_F(PppoeSessionTest, PaddingIsTakenOff)
{
    Open();
    char head[20];
    std::snprintf(head, sizeof(head), "1100%04x0006", near->GetSessionId());
    host.SendRaw(Octets(head + std::string("c02101010004") + std::string(68, '0')),
                 ac.Address(),
                 pppoe::ETHERTYPE_SESSION);
    RunUntil(Seconds(1));
    EXPECT_EQ(got, std::vector<std::string>{"c02101010004"});
}

// Section 4: a session is the SESSION_ID together with both addresses.
TEST_F(PppoeSessionTest, OnlyThePeerIsHeard)
{
    Open();
    PppoeTestNode stranger(channel);
    char head[40];
    std::snprintf(head, sizeof(head), "1100%04x0006c02101010004", near->GetSessionId());
    stranger.SendRaw(Octets(head), ac.Address(), pppoe::ETHERTYPE_SESSION);
    RunUntil(Seconds(1));
    EXPECT_TRUE(got.empty());
    EXPECT_TRUE(far->IsUp());
    EXPECT_TRUE(near->IsUp());
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::UNKNOWN_SESSION), 1U);
    // "The PPPoE CODE MUST be set to 0x00" (section 6).
    head[3] = '9';
    host.SendRaw(Octets(head), ac.Address(), pppoe::ETHERTYPE_SESSION);
    RunUntil(Seconds(2));
    EXPECT_TRUE(got.empty());
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::BAD_CODE), 1U);
}

// Section 5.5: "no further PPP traffic is allowed to be sent using that session".
TEST_F(PppoeSessionTest, NothingIsSentAfterPadt)
{
    Open();
    far->Close();
    RunUntil(Seconds(1));
    EXPECT_FALSE(near->Send(PacketOf("c02105010004")));
    EXPECT_FALSE(far->Send(PacketOf("c02105010004")));
    EXPECT_EQ(host.port->GetDropCount(PppoeDropReason::SESSION_DOWN), 1U);
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::SESSION_DOWN), 1U);
}

// Section 7: 1492 octets, and not one more; RFC 4638, section 5.1: as PPP-Max-Payload says.
TEST_F(PppoeSessionTest, TheLongestPayload)
{
    struct Row
    {
        uint16_t hostMtu;
        uint16_t hostMax;
        uint16_t acMtu;
        uint16_t acMax;
        uint16_t near;
        uint16_t far;
    };

    for (const auto& row : {Row{1500, 1492, 1500, 1492, 1492, 1492},
                            Row{1508, 1500, 1500, 1500, 1492, 1492}, // it has no room
                            Row{1508, 1500, 1508, 1492, 1492, 1492}, // it isn't to
                            Row{1508, 1492, 1508, 1500, 1492, 1492}, // nobody asked
                            Row{1508, 1500, 1508, 1500, 1500, 1500},
                            Row{9008, 9000, 1508, 1500, 9000, 1500}}) // LCP has the last word
    {
        host.device->SetMtu(row.hostMtu);
        ac.device->SetMtu(row.acMtu);
        host.client->SetAttribute("MaxPayload", UintegerValue(row.hostMax));
        ac.ac->SetAttribute("MaxPayload", UintegerValue(row.acMax));
        Open();
        EXPECT_EQ(near->GetMaxPayload(), row.near);
        EXPECT_EQ(far->GetMaxPayload(), row.far);
        const auto& pads = ac.sent.back();
        EXPECT_EQ(pads.GetMaxPayload(), row.near > 1492 ? row.hostMax : 0); // an echo
        EXPECT_TRUE(far->Send(Create<Packet>(row.far + 2)));
        EXPECT_FALSE(far->Send(Create<Packet>(row.far + 3)));
        host.client->Disconnect();
        RunUntil(Simulator::Now() + Seconds(1));
    }
    EXPECT_EQ(ac.port->GetDropCount(PppoeDropReason::SEND_TOO_LONG), 6U);
}

namespace
{

/// PPP at both ends: the Access Concentrator is 10.9.0.1 and knows alice, who gets 10.9.0.2.
class PppoePppTest : public PppoeTest
{
  protected:
    PppoePppTest()
    {
        left.link->SetAttribute("Username", StringValue("alice"));
        left.link->SetAttribute("Password", StringValue("wonderland"));
        host.onSession = [this](Ptr<PppoeSession> session) { left.Use(session); };
        ac.onSession = [this](Ptr<PppoeSession> session) { right.Use(session); };
        for (PppoeTestNode* end :
             {static_cast<PppoeTestNode*>(&host), static_cast<PppoeTestNode*>(&ac)})
        {
            end->node->RegisterProtocolHandler(
                Callback<void,
                         Ptr<NetDevice>,
                         Ptr<const Packet>,
                         uint16_t,
                         const Address&,
                         const Address&,
                         NetDevice::PacketType>([this](Ptr<NetDevice> device,
                                                       Ptr<const Packet> packet,
                                                       uint16_t protocol,
                                                       const Address& from,
                                                       const Address&,
                                                       NetDevice::PacketType) {
                    Capture(packet, protocol, from, device->GetAddress());
                }),
                0,
                end->device);
        }
    }

    /// Install IPv4 and the like. @param node where @return the node
    static Ptr<Node> WithIpv4(Ptr<Node> node)
    {
        InternetStackHelper().Install(node);
        return node;
    }

    /// Keep an Ethernet frame, padded to 46 octets as on a real Ethernet.
    void Capture(Ptr<const Packet> packet, uint16_t type, const Address& from, const Address& to)
    {
        std::vector<uint8_t> frame(14 + packet->GetSize());
        Mac48Address::ConvertFrom(to).CopyTo(frame.data());
        Mac48Address::ConvertFrom(from).CopyTo(frame.data() + 6);
        frame[12] = static_cast<uint8_t>(type >> 8);
        frame[13] = static_cast<uint8_t>(type);
        packet->CopyData(frame.data() + 14, packet->GetSize());
        frame.resize(std::max<std::size_t>(frame.size(), 60));
        frames.push_back(frame);
    }

    /// How many replies a ping of the Access Concentrator has.
    uint32_t Ping() const
    {
        return L2tpTestProbe::PingOnce(host.node, "10.9.0.1");
    }

    PppTestDevice left{WithIpv4(host.node), 10}; //!< of the host
    PppTestServer right{WithIpv4(ac.node), 11};  //!< of the other end
    std::vector<std::vector<uint8_t>> frames;    //!< on the Ethernet
};

} // namespace

// Discovery, LCP, CHAP, IPCP, ping, and the end of all; Wireshark reads each frame.
TEST_F(PppoePppTest, FromDiscoveryToPing)
{
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    Connect();
    RunUntil(Seconds(5));
    ASSERT_TRUE(left.link->IsNetworkUp());
    EXPECT_EQ(right.link->GetPeerName(), "alice");
    // Section 7: "The Maximum-Receive-Unit option MUST NOT be negotiated to a larger size than
    // 1492".
    EXPECT_EQ(left.link->GetMtu(), 1492);
    EXPECT_EQ(right.link->GetMtu(), 1492);
    EXPECT_EQ(Ping(), 1U);
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    left.link->Close();
    RunUntil(Seconds(20));
    EXPECT_EQ(host.client->GetState(), PppoeClientState::IDLE);
    EXPECT_EQ(host.port->GetSessionCount() + ac.port->GetSessionCount(), 0U);
    EXPECT_FALSE(right.link->IsNetworkUp());
    if (!HasTshark())
    {
        GTEST_SKIP() << "there is no tshark to judge";
    }
    const std::string name = ::testing::TempDir() + "l2tp-pppoe-session-test.pcap";
    std::string output;
    ASSERT_TRUE(AskTshark(name, 1, frames, "-T fields -e pppoe.code -e ppp.protocol", output));
    EXPECT_EQ(output.substr(0, 24), "0x09\t\n0x07\t\n0x19\t\n0x65\t\n");
    for (const char* part :
         {"0x00\t0xc021\n", "0x00\t0xc223\n", "0x00\t0x8021\n", "0x00\t0x0021\n", "0xa7\t\n"})
    {
        EXPECT_NE(output.find(part), std::string::npos) << part;
    }
    ASSERT_TRUE(AskTshark(name,
                          1,
                          frames,
                          "-o ip.check_checksum:TRUE -Y '_ws.malformed || "
                          "_ws.expert.severity == error || _ws.expert.severity == warning'",
                          output));
    EXPECT_EQ(output, "");
}

// RFC 4638: an MRU of 1500, so that packets of an Ethernet pass whole.
TEST_F(PppoePppTest, PppMaxPayload)
{
    for (PppoeTestNode* end :
         {static_cast<PppoeTestNode*>(&host), static_cast<PppoeTestNode*>(&ac)})
    {
        end->device->SetMtu(1508);
    }
    host.client->SetAttribute("MaxPayload", UintegerValue(1500));
    ac.ac->SetAttribute("MaxPayload", UintegerValue(1500));
    Connect();
    RunUntil(Seconds(5));
    ASSERT_TRUE(left.link->IsNetworkUp());
    EXPECT_EQ(left.link->GetMtu(), 1500);
    EXPECT_EQ(right.link->GetMtu(), 1500);
}

// RFC 4638, section 5.1: the server's MTU limits what the client's TAG would allow.
TEST_F(PppoePppTest, ALargerMruIsNaked)
{
    host.device->SetMtu(9008);
    ac.device->SetMtu(1608);
    host.client->SetAttribute("MaxPayload", UintegerValue(9000));
    ac.ac->SetAttribute("MaxPayload", UintegerValue(9000));
    left.link->GetLcp()->SetAttribute("Mru", UintegerValue(9000));
    right.link->GetLcp()->SetAttribute("Mru", UintegerValue(1550));
    Connect();
    RunUntil(Seconds(5));
    ASSERT_TRUE(left.link->IsNetworkUp());
    EXPECT_EQ(right.link->GetMtu(), 1600);
    EXPECT_EQ(left.link->GetMtu(), 1550);
}

// Section 7: ACFC and ACCM are neither requested nor agreed to.
TEST_F(PppoePppTest, NoAcfc)
{
    left.link->GetLcp()->SetAttribute("AddressControlCompression", BooleanValue(true));
    Connect();
    std::string requests;
    RunUntil(Seconds(5));
    ASSERT_TRUE(left.link->IsNetworkUp());
    EXPECT_FALSE(right.link->GetLcp()->IsAddressCompressed());
    // A request for both from elsewhere is rejected, and these two alone.
    right.link->SetCircuit(nullptr);
    const auto near = host.client->GetSession();
    const auto far = ac.sessions.back();
    std::vector<std::string> got;
    left.link->Open();
    far->Attach(
        Callback<void, Ptr<Packet>>([&got](Ptr<Packet> frame) { got.push_back(HexOf(frame)); }),
        L2Circuit::StatusCallback());
    far->Send(PacketOf("c021 01 77 0010 0206 00000000 0802 0104 05d4"));
    RunUntil(Seconds(6));
    EXPECT_NE(std::find(got.begin(), got.end(), "c0210477000c0206000000000802"), got.end());
    got.clear();
    far->Send(PacketOf("c021 01 78 0008 0104 05dc")); // an MRU of 1500
    RunUntil(Seconds(7));
    EXPECT_NE(std::find(got.begin(), got.end(), "c02103780008010405d4"), got.end());
}

// The other end is gone without a word: a PADT brings PPP down at once.
TEST_F(PppoePppTest, PadtBringsPppDown)
{
    Connect();
    RunUntil(Seconds(5));
    ASSERT_TRUE(left.link->IsNetworkUp());
    ac.sessions.back()->Close();
    EXPECT_FALSE(right.link->IsNetworkUp());
    RunUntil(Seconds(6));
    EXPECT_FALSE(left.link->IsNetworkUp());
    EXPECT_EQ(left.link->GetPhase(), PppPhase::DEAD);
    EXPECT_EQ(host.ends, "peer@5005 ");
    Connect(); // another session, and PPP over it
    RunUntil(Seconds(12));
    EXPECT_TRUE(left.link->IsNetworkUp());
    EXPECT_EQ(Ping(), 1U);
}
