/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A line's call as a leg (RFC 2661, sections 4.4.4, 4.4.6, 6.13, 6.14 and 7.4).

#include "access/serial-fixture.h"

#include "ns3/boolean.h"
#include "ns3/data-rate.h"
#include "ns3/l2tp-line-leg.h"
#include "ns3/pointer.h"
#include "ns3/uinteger.h"

#include <vector>

using namespace ns3;

namespace
{

/// A user that writes down what it is told.
struct NotingUser : public L2tpLegUser
{
    void LegEnded(L2tpLeg& leg, const L2tpLegEnd& why) override
    {
        EXPECT_TRUE(leg.HasEnded());
        EXPECT_FALSE(leg.GetCircuit()->IsUp());
        log += "ended=" + std::to_string(why.code.result) + " ";
        if (onEnd)
        {
            onEnd();
        }
    }

    void LegErrors(L2tpLeg& /* leg */, const L2tpCallErrors& errors) override
    {
        log += "crc=" + std::to_string(errors.crcErrors) + " ";
        if (onErrors)
        {
            onErrors();
        }
    }

    std::string log;                //!< what it was told
    std::function<void()> onEnd;    //!< done at the end
    std::function<void()> onErrors; //!< done when errors are told
};

/// Damages every packet while it is told to.
class Damage : public ErrorModel
{
  public:
    bool m_on{false}; //!< whether to

  private:
    bool DoCorrupt(Ptr<Packet> /* packet */) override
    {
        return m_on;
    }

    void DoReset() override
    {
    }
};

class L2tpLineLegTest : public SerialTest
{
  protected:
    /// Connect a call, and make the leg at the LAC.
    void MakeLeg()
    {
        Connect();
        leg = CreateObject<L2tpLineLeg>(lac.line, 7);
        leg->SetUser(&user);
        lac.line->SetCallCallbacks(
            L2SerialLine::ConnectedCallback(),
            Callback<void, Ptr<L2SerialLine>, L2LineCause>(
                [this](Ptr<L2SerialLine>, L2LineCause cause) { leg->Ended(cause); }));
    }

    NotingUser user;      //!< has the leg
    Ptr<L2tpLineLeg> leg; //!< the leg
};

} // namespace

// Section 4.4.4: Called Number, Calling Number, Sub-Address, (Tx) Connect Speed, Framing Type,
// Bearer Type, Physical Channel ID. Section 7.4: "Modems should always indicate analog call type."
// RFC 2661: 7.4-01, 7.4-02
TEST_F(L2tpLineLegTest, TellsWhatIsKnownOfTheCall)
{
    for (const bool synchronous : {false, true})
    {
        for (const auto& line : {host.line, lac.line})
        {
            line->SetAttribute("Synchronous", BooleanValue(synchronous));
        }
        host.line->SetAttribute("BitRate", DataRateValue(DataRate("33600bps")));
        lac.onRing = [this] { lac.line->Answer(); };
        ASSERT_TRUE(host.line->Dial("2000", "42"));
        RunUntil(Simulator::Now() + Seconds(3));
        leg = CreateObject<L2tpLineLeg>(lac.line, 7);
        EXPECT_EQ(leg->GetCircuit(), lac.line);
        EXPECT_EQ(leg->GetLine(), lac.line);
        const auto parameters = leg->GetParameters();
        EXPECT_EQ(parameters.callingNumber, "1000");
        EXPECT_EQ(parameters.calledNumber, "2000");
        EXPECT_EQ(parameters.subAddress, "42");
        EXPECT_EQ(parameters.txConnectSpeed, 33600U);
        EXPECT_FALSE(parameters.rxConnectSpeed);
        EXPECT_EQ(parameters.framingType,
                  synchronous ? L2tpFraming::SYNCHRONOUS : L2tpFraming::ASYNCHRONOUS);
        EXPECT_EQ(parameters.bearerType, synchronous ? L2tpBearer::DIGITAL : L2tpBearer::ANALOG);
        EXPECT_EQ(parameters.physicalChannelId, 7U);
        EXPECT_FALSE(parameters.proxy.authenType);
        host.line->HangUp();
        RunUntil(Simulator::Now() + Seconds(1));
    }
}

// Section 4.4.5: what the LAC has been through with the remote system.
TEST_F(L2tpLineLegTest, TellsTheProxyState)
{
    MakeLeg();
    L2tpProxyState proxy;
    proxy.authenType = L2tpProxyAuthen::PAP;
    proxy.authenName = "alice@isp.example";
    leg->SetProxyState(proxy);
    EXPECT_EQ(leg->GetParameters().proxy.authenType, L2tpProxyAuthen::PAP);
    EXPECT_EQ(leg->GetParameters().proxy.authenName, "alice@isp.example");
    EXPECT_EQ(leg->GetParameters().calledNumber, "2000");
}

// Section 4.4.2, result 1: a modem can't tell a hang-up from a line that is cut.
TEST_F(L2tpLineLegTest, EndsWithTheCall)
{
    MakeLeg();
    host.line->HangUp();
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(user.log, "ended=1 ");
    EXPECT_TRUE(leg->HasEnded());
    user.log.clear();
    MakeLeg();
    lac.line->Cut();
    EXPECT_EQ(user.log, "ended=1 ");
    RunUntil(Simulator::Now() + Seconds(1));
    user.log.clear();
    MakeLeg();
    leg->HangUp();
    EXPECT_EQ(user.log, "ended=3 ");
    leg->HangUp();
    EXPECT_EQ(user.log, "ended=3 ");
}

TEST_F(L2tpLineLegTest, HangsUpWhenItIsReleased)
{
    MakeLeg();
    leg->Release({L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE), {}});
    EXPECT_EQ(lac.line->GetState(), L2LineState::IDLE);
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(host.line->GetLastCause(), L2LineCause::REMOTE_HANG_UP);
    EXPECT_EQ(user.log, "");
}

// Section 6.14: what PPP has negotiated holds for the line.
// RFC 2661: 4.4.6-03, 4.4.6-05
TEST_F(L2tpLineLegTest, SetsTheLinesMasks)
{
    MakeLeg();
    leg->TellLinkInfo({0x00000001, 0x00000002});
    Ptr<Packet> sent;
    lac.line->TraceConnectWithoutContext(
        "TxOctets",
        Callback<void, Ptr<const Packet>>([&sent](Ptr<const Packet> p) { sent = p->Copy(); }));
    const uint8_t octets[] = {0xff, 0x03, 0x00, 0x21, 0x00, 0x01, 0x02};
    lac.line->Send(Create<Packet>(octets, sizeof(octets)));
    ASSERT_TRUE(sent);
    std::vector<uint8_t> line(sent->GetSize());
    sent->CopyData(line.data(), line.size());
    // RFC 1662, section 4.2: of the control characters only the first is escaped.
    const std::vector<uint8_t> begin{0x7e, 0xff, 0x03, 0x7d, 0x20, 0x21, 0x7d, 0x20, 0x01, 0x02};
    ASSERT_GE(line.size(), begin.size());
    EXPECT_EQ(std::vector<uint8_t>(line.begin(), line.begin() + begin.size()), begin);
}

// RFC 1662, section 7.1: a control character that the receive mask flags was put in by something on
// the line, and is removed.
// RFC 2661: 4.4.6-04, 4.4.6-05
TEST_F(L2tpLineLegTest, ReceivesByTheLinesMask)
{
    for (const uint32_t receive : {0U, 0xffffffffU})
    {
        SCOPED_TRACE(receive);
        MakeLeg();
        leg->TellLinkInfo({~receive, receive});
        host.line->SetAccm(0, 0xffffffff);
        const auto before = lac.line->GetStatistics().rxFrames;
        host.line->Send(Create<Packet>(std::vector<uint8_t>(100, 0).data(), 100));
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(lac.line->GetStatistics().rxFrames - before, receive == 0 ? 1U : 0U);
        leg->HangUp();
        RunUntil(Simulator::Now() + Seconds(1));
    }
}

// Section 6.13: "only ... when an error occurs"; "The counters are reset when a new call is
// established".
TEST_F(L2tpLineLegTest, TellsOfErrors)
{
    auto damage = CreateObject<Damage>();
    lac.line->SetAttribute("ReceiveErrorModel", PointerValue(damage));
    lac.line->SetAttribute("Synchronous", BooleanValue(true));
    host.line->SetAttribute("Synchronous", BooleanValue(true));
    for (int call = 0; call < 2; ++call)
    {
        MakeLeg();
        damage->m_on = true;
        for (int frame = 0; frame < 2; ++frame)
        {
            host.line->Send(Create<Packet>(50));
            RunUntil(Simulator::Now() + Seconds(1));
        }
        damage->m_on = false;
        host.line->Send(Create<Packet>(50));
        RunUntil(Simulator::Now() + Seconds(1));
        // Dropped, but no error of the line: nobody takes what is received.
        lac.line->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
        host.line->Send(Create<Packet>(50));
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(user.log, "crc=1 crc=2 ");
        leg->Release({L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE), {}});
        RunUntil(Simulator::Now() + Seconds(1));
        user.log.clear();
    }
}

// Whoever is told may let go of the leg, in the midst of what the line does.
TEST_F(L2tpLineLegTest, ItsUserMayLetGoOfIt)
{
    auto damage = CreateObject<Damage>();
    damage->m_on = true;
    lac.line->SetAttribute("ReceiveErrorModel", PointerValue(damage));
    MakeLeg();
    user.onErrors = [this] {
        leg->Release({L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE), {}});
        lac.line->SetCallCallbacks(L2SerialLine::ConnectedCallback(),
                                   L2SerialLine::EndedCallback());
        leg = nullptr;
    };
    host.line->Send(Create<Packet>(50));
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_FALSE(leg);
    EXPECT_EQ(user.log.substr(0, 4), "crc=");
    MakeLeg();
    user.log.clear();
    user.onEnd = [this] { leg = nullptr; };
    host.line->HangUp();
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_FALSE(leg);
    EXPECT_EQ(user.log, "ended=1 ");
}
