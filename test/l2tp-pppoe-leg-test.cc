/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A PPPoE session as a leg (RFC 2516; RFC 2661, section 4.4.4).

#include "access/pppoe-fixture.h"

#include "ns3/l2tp-pppoe-leg.h"

#include <sstream>

using namespace ns3;

namespace
{

/// A session at the Access Concentrator as a leg.
class L2tpPppoeLegTest : public PppoeTest, public L2tpLegUser
{
  protected:
    /// Get a session, and make the leg. @param speed what to tell of its speed
    /// @param service the Service-Name
    void MakeLeg(const char* speed = "100Mbps", const std::string& service = "isp.example")
    {
        host.client->SetAttribute("ServiceName", StringValue(service));
        Connect();
        leg = CreateObject<L2tpPppoeLeg>(ac.sessions.back(), DataRate(speed));
        leg->SetUser(this);
        ac.ac->TraceConnectWithoutContext("Ended",
                                          Callback<void, Ptr<PppoeSession>, PppoeEnd>(
                                              [this](Ptr<PppoeSession> session, PppoeEnd) {
                                                  EXPECT_EQ(session, leg->GetSession());
                                                  leg->Ended();
                                              }));
    }

    void LegEnded(L2tpLeg& which, const L2tpLegEnd& why) override
    {
        EXPECT_EQ(&which, PeekPointer(leg));
        EXPECT_FALSE(which.GetCircuit()->IsUp());
        log += "ended=" + std::to_string(why.code.result) + " ";
    }

    Ptr<L2tpPppoeLeg> leg; //!< the leg
    std::string log;       //!< how it ended
};

} // namespace

// RFC 2661, section 4.4.4: an ICRQ without Bearer Type has no physical bearer.
TEST_F(L2tpPppoeLegTest, TellsWhatIsKnownOfTheSession)
{
    MakeLeg();
    std::ostringstream address;
    address << host.Address();
    const auto parameters = leg->GetParameters();
    EXPECT_EQ(leg->GetCircuit(), ac.sessions.back());
    EXPECT_EQ(parameters.callingNumber, address.str());
    EXPECT_EQ(parameters.calledNumber, "isp.example");
    EXPECT_EQ(parameters.txConnectSpeed, 100000000U);
    EXPECT_EQ(parameters.bearerType, 0U);
    EXPECT_EQ(parameters.framingType, L2tpFraming::SYNCHRONOUS);
    EXPECT_FALSE(parameters.physicalChannelId);
}

// RFC 2661, section 4.4.4: the AVP has 32 bits for it.
TEST_F(L2tpPppoeLegTest, TellsAsMuchOfTheSpeedAsFits)
{
    MakeLeg("10Gbps");
    EXPECT_EQ(leg->GetParameters().txConnectSpeed, 0xffffffffU);
}

// RFC 2661, section 4.1: 1023 octets of an AVP. A host must not stop the LAC with more.
TEST_F(L2tpPppoeLegTest, LeavesOutANameThatIsTooLong)
{
    MakeLeg("100Mbps", std::string(1017, 'x'));
    EXPECT_EQ(leg->GetParameters().calledNumber.size(), 1017U);
    host.client->Disconnect();
    RunUntil(Simulator::Now() + Seconds(1));
    MakeLeg("100Mbps", std::string(1018, 'x'));
    EXPECT_EQ(leg->GetParameters().calledNumber, "");
}

// RFC 2516, section 5.5; RFC 2661, section 4.4.2: administrative, since it was asked for.
TEST_F(L2tpPppoeLegTest, EndsWithThePadtOfTheHost)
{
    MakeLeg();
    host.client->Disconnect();
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(log, "ended=3 ");
    EXPECT_TRUE(leg->HasEnded());
}

TEST_F(L2tpPppoeLegTest, EndsWithAPadtOfItsOwn)
{
    MakeLeg();
    leg->HangUp();
    leg->HangUp();
    EXPECT_EQ(log, "ended=3 ");
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(host.sessions.back()->GetEnd(), PppoeEnd::PEER);
}

TEST_F(L2tpPppoeLegTest, SendsAPadtWhenItIsReleased)
{
    MakeLeg();
    leg->Release({L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE), {}});
    EXPECT_EQ(leg->GetSession()->GetEnd(), PppoeEnd::LOCAL);
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(host.sessions.back()->GetEnd(), PppoeEnd::PEER);
    EXPECT_EQ(log, "");
}
