/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What holds for every L2TP datagram that the two ends of a tunnel send, whatever it says and
// however often it is sent (RFC 2661, sections 3.1, 4.1, 4.3 and 4.4). The octets are read by hand.

#include "l2tp-test-dialer.h"
#include "l2tp-test-network.h"
#include "wire/section-4-4.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-lac-helper.h"
#include "ns3/l2tp-lns-helper.h"
#include "ns3/string.h"

#include <map>
#include <set>
#include <sstream>

using namespace ns3;

namespace
{

/// What the ends have a secret for.
enum class Use
{
    NOTHING,    //!< they have none
    CHALLENGES, //!< they challenge each other
    HIDING      //!< they challenge each other, and hide what may be hidden
};

/// Who opens the tunnel, and how.
struct Way
{
    bool lacOpens; //!< whether it is the LAC, for an incoming call, and not the LNS for an outgoing
    Use secret;    //!< what the secret is for
};

/// What a test is called by. @param way it @param stream where that is printed
void
PrintTo(const Way& way, std::ostream* stream)
{
    *stream << (way.lacOpens ? "Lac" : "Lns")
            << (way.secret == Use::NOTHING      ? "WithoutSecret"
                : way.secret == Use::CHALLENGES ? "WithChallenges"
                                                : "Hiding");
}

/// A row of section 4.4.
struct AvpRow
{
    bool mandatory{false}; //!< the M bit
    bool hideable{true};   //!< whether the H bit may be set
};

/// Section 4.4 by Attribute Type. @return all rows
std::map<uint16_t, AvpRow>
Section44()
{
    std::map<uint16_t, AvpRow> rows;
    for (const auto& row : RowsOf(SECTION_4_4))
    {
        rows[static_cast<uint16_t>(std::stoi(row[0]))] = {row[3] == "1", row[4] == "yes"};
    }
    // RFC 3145, section 2: "MUST NOT be marked Mandatory", "MAY be 1 if the attribute is hidden".
    rows[46] = {false, true};
    return rows;
}

/// The AVPs of each message that these two ends send, but for those that depend on the secret.
/// All of section 4.4 but Firmware Revision and Q.931 Cause Code, which the module has not.
const std::map<std::string, std::set<uint16_t>> SENT{
    {"SCCRQ", {0, 2, 3, 4, 5, 7, 8, 9, 10}},
    {"SCCRP", {0, 2, 3, 4, 7, 8, 9, 10}},
    {"SCCCN", {0}},
    {"StopCCN", {0, 1, 9}},
    {"HELLO", {0}},
    {"OCRQ", {0, 14, 15, 16, 17, 18, 19, 21, 23}},
    {"OCRP", {0, 14, 25}},
    {"OCCN", {0, 19, 24, 38, 39}},
    {"ICRQ", {0, 14, 15, 18, 21, 22, 23, 25}},
    {"ICRP", {0, 14}},
    {"ICCN", {0, 19, 24, 26, 27, 28, 29, 30, 31, 32, 33, 37, 38, 39}},
    {"CDN", {0, 1, 14, 46}},
    {"WEN", {0, 34}},
    {"SLI", {0, 35}},
};

/// Two ends that send each other all they have, and a wire that loses all of it more than once.
class L2tpSentMessagesTest : public L2tpNetworkTest, public ::testing::WithParamInterface<Way>
{
  protected:
    /// Put the ends where they belong.
    void BuildEnds()
    {
        Build();
        L2tpLacHelper lacs;
        lacs.SetAttribute("AcceptTunnels", BooleanValue(true));
        lacs.SetAttribute("RequireSequencing", BooleanValue(true));
        Configure(lacs);
        lac = lacs.Install(net->hosts.Get(0));
        lac->AssignStreams(100);
        auto dialer = CreateObject<L2tpTestDialer>();
        dialer->channel = 23;
        dialer->line.rxConnectSpeed = 33600;
        lac->SetDialer(dialer);
        L2tpLnsHelper lnss;
        lnss.SetAddressPool("10.8.0.0", "255.255.255.0");
        lnss.AddUser("alice", "wonderland");
        Configure(lnss);
        lns = lnss.Install(net->lns);
        lns->AssignStreams(200);
        net->internet->watch = [this](const L2tpTestDatagram& datagram) { Judge(datagram); };
        // All SCCRQs but the last, and the first two of each other message.
        net->internet->lose = [this](const L2tpTestDatagram& datagram) {
            const uint32_t most = datagram.Is(L2tpMessageType::SCCRQ) ? 5 : 2;
            return datagram.IsControl() && !datagram.IsZlb() &&
                   ++times[datagram.Identity()] <= most;
        };
        RunUntil(MilliSeconds(500));
    }

    /// Set what both ends have. @param helper installs one of them
    template <typename Helper>
    static void Configure(Helper& helper)
    {
        const Use secret = GetParam().secret;
        helper.SetAttribute("SharedSecret", StringValue(secret == Use::NOTHING ? "" : SECRET));
        helper.SetAttribute("ChallengePeer", BooleanValue(secret != Use::NOTHING));
        helper.SetAttribute("HideAvps", BooleanValue(secret == Use::HIDING));
        helper.SetAttribute("TieBreaker", BooleanValue(true));
        helper.SetAttribute("KeepTunnel", BooleanValue(true));
        helper.SetAttribute("HelloInterval", TimeValue(Seconds(10)));
    }

    /// Let an end call the other. @param incoming whether it is the LAC
    void Call(bool incoming)
    {
        const auto nobody = Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {});
        const auto tell = Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall> call) {
            EXPECT_TRUE(call->ReportErrors({1, 2, 3, 4, 5, 6}) || call->SetLinkInfo({1, 2}));
            call->GetSession()->Send(Create<Packet>(20));
        });
        L2tpCallParameters parameters;
        parameters.calledNumber = "5551234";
        parameters.subAddress = "7";
        if (!incoming)
        {
            lns->PlaceCall({net->GetHostAddress(0), L2TP_UDP_PORT}, parameters, tell, nobody);
            return;
        }
        parameters.callingNumber = "5556789";
        parameters.rxConnectSpeed = 33600;
        parameters.physicalChannelId = 23;
        parameters.privateGroupId = "group";
        parameters.proxy = {"a", "b", "c", L2tpProxyAuthen::CHAP, "alice", "challenge", 1, "d"};
        lac->PlaceCall({net->lnsAddress, L2TP_UDP_PORT}, parameters, tell, nobody);
    }

    /// Read two octets. @param octets where @param at which @return the number
    static uint16_t Read(const std::vector<uint8_t>& octets, std::size_t at)
    {
        return at + 1 < octets.size() ? uint16_t(octets[at] << 8 | octets[at + 1]) : 0;
    }

    /// Judge a datagram. @param datagram it
    void Judge(const L2tpTestDatagram& datagram)
    {
        const uint16_t word = Read(datagram.octets, 0);
        const bool byLac = datagram.from.address == L2tpIpAddress(net->GetHostAddress(0));
        if (word & 0x8000)
        {
            JudgeControl(datagram, byLac);
            return;
        }
        ++data;
        EXPECT_EQ(word & 0x34ff, 2) << "Ver 2, and no reserved bit";
        EXPECT_EQ(Read(datagram.octets, 2), assigned[!byLac]) << "no Length";
    }

    /// Judge a control datagram. @param datagram it @param byLac who sends it
    void JudgeControl(const L2tpTestDatagram& datagram, bool byLac)
    {
        const std::vector<uint8_t>& octets = datagram.octets;
        // T, L, S and Ver 2: no P, no O, no reserved bit.
        ASSERT_EQ(Read(octets, 0), 0xc802);
        ASSERT_EQ(Read(octets, 2), octets.size());
        if (octets.size() == 12)
        {
            ++zlbs;
            EXPECT_EQ(Read(octets, 4), assigned[!byLac]);
            return;
        }
        const std::string name = L2tpMessageName(Read(octets, 18));
        SCOPED_TRACE(name);
        EXPECT_EQ(Read(octets, 12), 0x8008) << "M, neither H nor a reserved bit";
        EXPECT_EQ(Read(octets, 14), 0);
        EXPECT_EQ(Read(octets, 16), 0) << "the Message Type comes first";
        bool vector = false;
        for (std::size_t at = 12; at < octets.size(); at += Read(octets, at) & 0x3ff)
        {
            const uint16_t flags = Read(octets, at) & 0xfc00;
            const uint16_t type = Read(octets, at + 4);
            SCOPED_TRACE(type);
            ASSERT_EQ(Read(octets, at + 2), 0);
            ASSERT_EQ(table.count(type), 1U);
            EXPECT_EQ(flags & 0x8000, table.at(type).mandatory ? 0x8000 : 0);
            EXPECT_EQ(flags & 0x3c00, 0) << "reserved bits";
            const bool hidden = flags & 0x4000;
            if (hidden)
            {
                EXPECT_EQ(GetParam().secret, Use::HIDING);
                EXPECT_TRUE(table.at(type).hideable);
                EXPECT_TRUE(vector) << "which MUST precede it";
            }
            EXPECT_TRUE(hidden || GetParam().secret != Use::HIDING || !table.at(type).hideable);
            if (type == 36)
            {
                vector = true;
                EXPECT_GE(Read(octets, at) & 0x3ff, 6 + 16) << "which is recommended";
            }
            EXPECT_TRUE(type != 7 || (Read(octets, at) & 0x3ff) > 6) << "a Host Name";
            seen[name].insert(type);
        }
        JudgeIds(datagram, byLac);
    }

    /// Judge the Tunnel IDs, and what people read. @param datagram it @param byLac who sends it
    void JudgeIds(const L2tpTestDatagram& datagram, bool byLac)
    {
        L2tpControlMessage message = datagram.message;
        message.Reveal(SECRET);
        if (const auto id = message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID))
        {
            EXPECT_TRUE(assigned[byLac] == 0 || assigned[byLac] == *id)
                << "\"the same as the Assigned Tunnel ID AVP first sent\"";
            assigned[byLac] = *id;
        }
        // What the other end has assigned reaches this one with the first message of the other.
        const bool begins = message.Is(L2tpMessageType::SCCRQ);
        EXPECT_EQ(datagram.header.GetTunnelId(), begins ? 0 : assigned[!byLac]);
        EXPECT_TRUE(begins || assigned[!byLac] != 0);
        const auto code = message.Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode{});
        for (const char letter : code.message + message.Get(L2tpAvps::VENDOR_NAME).value_or(""))
        {
            EXPECT_TRUE(letter >= ' ' && letter <= '~') << "UTF-8; ASCII is";
        }
    }

    static constexpr const char* SECRET = "secret"; //!< of both ends

    const std::map<uint16_t, AvpRow> table{Section44()}; //!< by Attribute Type
    Ptr<L2tpLac> lac;                                    //!< on host 0
    Ptr<L2tpLns> lns;                                    //!< on the LNS's node
    std::map<std::vector<uint8_t>, uint32_t> times;      //!< how often each message was sent
    std::map<std::string, std::set<uint16_t>> seen;      //!< AVPs by message
    uint16_t assigned[2]{0, 0};                          //!< Tunnel IDs of the LNS, and of the LAC
    uint32_t data{0};                                    //!< data messages
    uint32_t zlbs{0};                                    //!< ZLBs
};

} // namespace

// RFC 2661: 3.1-01, 3.1-02, 3.1-03, 3.1-04, 3.1-07, 3.1-08, 4.1-01, 4.3-01, 4.3-02, 4.3-04,
//   4.4.1-01, 4.4.1-03, 4.4.1-04, 4.4.1-05, 4.4.1-06, 4.4.1-07, 4.4.1-08, 4.4.2-01, 4.4.2-02,
//   4.4.2-03, 4.4.3-01, 4.4.3-02, 4.4.3-04, 4.4.3-06, 4.4.3-09, 4.4.3-13, 4.4.3-14, 4.4.3-15,
//   4.4.3-16, 4.4.3-17, 4.4.3-18, 4.4.3-19, 4.4.3-20, 4.4.3-21, 4.4.3-22, 4.4.3-23, 4.4.3-24,
//   4.4.3-27, 4.4.3-28, 4.4.3-29, 4.4.3-30, 4.4.3-31, 4.4.4-05, 4.4.4-07, 4.4.4-08, 4.4.4-09,
//   4.4.4-11, 4.4.4-14, 4.4.4-15, 4.4.4-16, 4.4.4-17, 4.4.4-18, 4.4.4-20, 4.4.4-21, 4.4.4-25,
//   4.4.4-27, 4.4.4-28, 4.4.5-01, 4.4.5-02, 4.4.5-03, 4.4.5-04, 4.4.5-07, 4.4.5-09, 4.4.5-12,
//   4.4.5-15, 4.4.6-02, 4.4.6-07
TEST_P(L2tpSentMessagesTest, KeepTheRulesOfAllMessages)
{
    BuildEnds();
    Call(GetParam().lacOpens);
    RunUntil(Seconds(60));
    Call(!GetParam().lacOpens);
    // Nobody answers PPP in the calls, which ends them; then there is silence.
    RunUntil(Seconds(200));
    EXPECT_EQ(lac->GetNTunnels(), 1U);
    (GetParam().lacOpens ? Ptr<L2tpEndpoint>(lns) : Ptr<L2tpEndpoint>(lac))->Stop();
    RunOut();
    auto expected = SENT;
    if (GetParam().secret != Use::NOTHING)
    {
        expected["SCCRQ"].insert(11);
        expected["SCCRP"].insert({11, 13});
        expected["SCCCN"].insert(13);
    }
    if (GetParam().secret == Use::HIDING)
    {
        for (auto& [name, types] : expected)
        {
            types.insert(36);
        }
    }
    EXPECT_EQ(seen, expected);
    EXPECT_GT(data, 10U);
    EXPECT_GT(zlbs, 10U);
}

INSTANTIATE_TEST_SUITE_P(Ways,
                         L2tpSentMessagesTest,
                         ::testing::Values(Way{true, Use::NOTHING},
                                           Way{true, Use::CHALLENGES},
                                           Way{true, Use::HIDING},
                                           Way{false, Use::NOTHING},
                                           Way{false, Use::CHALLENGES},
                                           Way{false, Use::HIDING}),
                         ::testing::PrintToStringParamName());
