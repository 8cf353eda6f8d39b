/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A LAC's own table of tunnels (RFC 2661, section 2.0; RFC 2809, section 4.1.2).

#include "ns3/l2tp-tunnel-table.h"
#include "ns3/string.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Kind = L2tpTunnelChoice::Kind;

/// A choice of one LNS. @param address its address @return the choice
L2tpTunnelChoice
To(const char* address)
{
    L2tpTunnelPeer peer;
    peer.server = {L2tpIpAddress(Ipv4Address(address)), L2TP_UDP_PORT};
    return {Kind::TUNNEL, {peer}, ""};
}

class L2tpTunnelTableTest : public ::testing::Test
{
  protected:
    /// Ask the table. @param called number @param service PPPoE's @param name if known @return
    /// "tunnel ADDRESS", "local", "ask" or "refuse"
    std::string Ask(const std::string& called,
                    const std::string& service = "",
                    std::optional<std::string> name = std::nullopt)
    {
        L2tpTunnelQuery query;
        query.calledNumber = called;
        query.service = service;
        if (name)
        {
            query.attempt = PppAuthAttempt();
            query.attempt->name = *name;
        }
        std::string answer;
        table->Select(query, [&answer](const L2tpTunnelChoice& choice) {
            answer += choice.kind == Kind::TUNNEL     ? "tunnel"
                      : choice.kind == Kind::LOCAL    ? "local"
                      : choice.kind == Kind::ASK_NAME ? "ask"
                                                      : "refuse";
            for (const auto& peer : choice.peers)
            {
                std::ostringstream words;
                words << " " << peer.server;
                answer += words.str();
            }
        });
        return answer;
    }

    Ptr<L2tpTunnelTable> table{CreateObject<L2tpTunnelTable>()}; //!< the table
};

} // namespace

TEST_F(L2tpTunnelTableTest, RefusesWithoutARule)
{
    EXPECT_EQ(Ask("2000"), "refuse");
    table->SetDefault({Kind::LOCAL, {}, ""});
    EXPECT_EQ(Ask("2000"), "local");
    EXPECT_EQ(Ask("", "internet"), "local");
}

// RFC 2809, section 4.1.2.2: by the number called; nobody is asked for his name.
TEST_F(L2tpTunnelTableTest, ANumberDecidesAtOnce)
{
    table->AddCalledNumber("2000", To("192.0.2.1"));
    table->AddDomain("isp.example", To("192.0.2.2"));
    EXPECT_EQ(Ask("2000"), "tunnel 192.0.2.1:1701");
    EXPECT_EQ(Ask("2001"), "ask");
    EXPECT_EQ(Ask("2000", "", "bob@isp.example"), "tunnel 192.0.2.1:1701");
}

TEST_F(L2tpTunnelTableTest, AServiceDecidesAtOnce)
{
    table->AddService("isp", To("192.0.2.1"));
    EXPECT_EQ(Ask("", "isp"), "tunnel 192.0.2.1:1701");
    EXPECT_EQ(Ask("", "Isp"), "refuse"); // any octets: capitals make a difference
    table->AddCalledNumber("2000", To("192.0.2.2"));
    EXPECT_EQ(Ask("2000", "isp"), "tunnel 192.0.2.2:1701");
}

// RFC 2809, section 4.1.2.3: by the domain portion of the userID, once that is known.
TEST_F(L2tpTunnelTableTest, ADomainDecidesOnceTheNameIsKnown)
{
    table->AddDomain("ISP.example", To("192.0.2.2"));
    table->AddDomain("other.example", {Kind::LOCAL, {}, ""});
    table->SetDefault({Kind::REFUSE, {}, "no such provider"});
    EXPECT_EQ(Ask("2000"), "ask");
    EXPECT_EQ(Ask("2000", "", "bob@isp.example"), "tunnel 192.0.2.2:1701");
    EXPECT_EQ(Ask("2000", "", "bob@isp.EXAMPLE"), "tunnel 192.0.2.2:1701");
    EXPECT_EQ(Ask("2000", "", "b@home@isp.example"), "tunnel 192.0.2.2:1701");
    EXPECT_EQ(Ask("2000", "", "bob@other.example"), "local");
    EXPECT_EQ(Ask("2000", "", "bob@third.example"), "refuse");
    EXPECT_EQ(Ask("2000", "", "bob@sub.isp.example"), "refuse");
    EXPECT_EQ(Ask("2000", "", "bob"), "refuse");
    EXPECT_EQ(Ask("2000", "", "bob@"), "refuse");
    EXPECT_EQ(Ask("2000", "", ""), "refuse");
}

TEST_F(L2tpTunnelTableTest, ANumberMayLeaveItToTheName)
{
    table->AddCalledNumber("2000", {Kind::ASK_NAME, {}, ""});
    table->SetDefault({Kind::LOCAL, {}, ""});
    EXPECT_EQ(Ask("2000"), "ask");
    EXPECT_EQ(Ask("2000", "", "bob"), "local");
    EXPECT_EQ(Ask("2001"), "local");
}

TEST_F(L2tpTunnelTableTest, FindsDomainsBeforeAndBehindTheName)
{
    EXPECT_EQ(table->GetDomain("isp/bob"), "");
    table->SetAttribute("PrefixDelimiters", StringValue("/\\"));
    EXPECT_EQ(table->GetDomain("isp/bob"), "isp");
    EXPECT_EQ(table->GetDomain("ISP\\bob/x"), "isp");
    EXPECT_EQ(table->GetDomain("isp/bob@other"), "other");
    EXPECT_EQ(table->GetDomain("/bob"), "");
    table->SetAttribute("SuffixDelimiters", StringValue("%@"));
    EXPECT_EQ(table->GetDomain("bob%x@isp"), "isp");
    EXPECT_EQ(table->GetDomain("bob@x%isp"), "isp");
    EXPECT_EQ(table->GetDomain(std::string("\0@\xff\0", 4)), std::string("\xff\0", 2));
}

TEST_F(L2tpTunnelTableTest, ABadConfigurationStopsAtOnce)
{
    EXPECT_DEATH(table->AddDomain("", To("192.0.2.1")), "empty domain: name one");
    EXPECT_DEATH(table->AddService("", To("192.0.2.1")), "empty service: name one");
    EXPECT_DEATH(table->AddCalledNumber("2000", {Kind::TUNNEL, {}, ""}), "'2000' names no LNS");
    EXPECT_DEATH(table->AddDomain("isp", {Kind::ASK_NAME, {}, ""}), "'isp' asks for the name");
    EXPECT_DEATH(table->SetDefault({Kind::ASK_NAME, {}, ""}), "asks for the name");
}
