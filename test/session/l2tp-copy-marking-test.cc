/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// What is copied out of packets, and back: ECN (RFC 6040, section 4) and DSCP (RFC 2983, sections 4
// and 5; RFC 3308, sections 3 and 4).

#include "inner-ip-frames.h"
#include "wire/octets.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-copy-marking.h"
#include "ns3/l2tp-inner-ip.h"
#include "ns3/l2tp-no-marking.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>
#include <string>

using namespace ns3;

namespace
{

constexpr uint8_t EF = 46 << 2;   //!< a traffic class
constexpr uint8_t AF41 = 34 << 2; //!< another

/// A marking, with an attribute. @param ecn its Ecn
Ptr<L2tpCopyMarking>
Marking(const std::string& ecn = "Normal")
{
    auto marking = CreateObject<L2tpCopyMarking>();
    marking->SetAttribute("Ecn", StringValue(ecn));
    return marking;
}

/// PPP's own: an LCP Echo-Request. @return it
Ptr<Packet>
LcpFrame()
{
    const auto octets = Octets("ff03c0210901000800000000");
    return Create<Packet>(octets.data(), octets.size());
}

/// The traffic class of a packet after it came out of a tunnel. @param marking of the tunnel's end
/// @param inner before @param outer that of the outer header
uint8_t
Back(const Ptr<L2tpMarking>& marking, uint8_t inner, uint8_t outer)
{
    const auto frame = IpFrame(4, inner);
    EXPECT_FALSE(marking->Receive(frame, outer).isDropped);
    return L2tpInnerIp(frame).GetTrafficClass();
}

} // namespace

TEST(L2tpCopyMarkingTest, NoMarkingIsZerosAndNothingBack)
{
    const auto marking = CreateObject<L2tpNoMarking>();
    EXPECT_EQ(marking->GetControlClass(), 0);
    EXPECT_EQ(marking->GetDataClass(IpFrame(4, EF | 2)), 0);
    EXPECT_EQ(Back(marking, EF, AF41 | 3), EF);
    EXPECT_FALSE(marking->Receive(IpFrame(4, 0), 3).isDropped);
}

TEST(L2tpCopyMarkingTest, DscpGoesOut)
{
    const auto marking = Marking("None");
    marking->SetAttribute("SessionDscp", UintegerValue(10));
    for (const int version : {4, 6})
    {
        EXPECT_EQ(marking->GetDataClass(IpFrame(version, EF | 2)), EF);
        EXPECT_EQ(marking->GetDataClass(IpFrame(version, 0)), 0);
    }
    EXPECT_EQ(marking->GetDataClass(LcpFrame()), 10 << 2) << "RFC 3308, section 4";
    marking->SetAttribute("DscpOut", BooleanValue(false));
    EXPECT_EQ(marking->GetDataClass(IpFrame(4, EF | 2)), 10 << 2) << "RFC 2983, section 4";
}

// RFC 3308, section 5: one of the two "SHOULD NOT have any implication" on the other.
TEST(L2tpCopyMarkingTest, ControlMessagesHaveADscpOfTheirOwn)
{
    const auto marking = Marking();
    EXPECT_EQ(marking->GetControlClass(), 0);
    marking->SetAttribute("ControlDscp", UintegerValue(48));
    EXPECT_EQ(marking->GetControlClass(), 48 << 2);
    EXPECT_EQ(marking->GetDataClass(LcpFrame()), 0);
}

// RFC 6040, section 4.1, whatever becomes of the DSCP.
TEST(L2tpCopyMarkingTest, EcnGoesOutByTheMode)
{
    for (uint8_t ecn = 0; ecn < 4; ++ecn)
    {
        const auto frame = IpFrame(6, EF | ecn);
        EXPECT_EQ(Marking("Normal")->GetDataClass(frame), EF | ecn);
        EXPECT_EQ(Marking("Compatibility")->GetDataClass(frame), EF);
        EXPECT_EQ(Marking("None")->GetDataClass(frame), EF);
        const auto pipe = Marking("Normal");
        pipe->SetAttribute("DscpOut", BooleanValue(false));
        EXPECT_EQ(pipe->GetDataClass(frame), ecn);
    }
}

// RFC 6040, section 4.2: the one way of decapsulation, in each mode; the DSCP stays.
TEST(L2tpCopyMarkingTest, EcnComesBackByTheFigure)
{
    for (const std::string mode : {"Normal", "Compatibility"})
    {
        SCOPED_TRACE(mode);
        const auto marking = Marking(mode);
        for (uint8_t inner = 0; inner < 4; ++inner)
        {
            for (uint8_t outer = 0; outer < 4; ++outer)
            {
                SCOPED_TRACE(std::to_string(inner) + " in " + std::to_string(outer));
                const auto& wanted = L2tpDecapsulateEcn(L2tpEcnOf(inner), L2tpEcnOf(outer));
                for (const int version : {4, 6})
                {
                    const auto frame = IpFrame(version, EF | inner);
                    const auto outcome = marking->Receive(frame, AF41 | outer);
                    EXPECT_EQ(outcome.isDropped, wanted.isDropped);
                    EXPECT_EQ(outcome.use, wanted.use);
                    EXPECT_EQ(outcome.isCe, outer == 3 && inner != 3 && inner != 0);
                    const auto now = L2tpWithEcn(EF, wanted.outgoing);
                    EXPECT_EQ(L2tpInnerIp(frame).GetTrafficClass(),
                              wanted.isDropped ? EF | inner : now);
                }
            }
        }
    }
    EXPECT_EQ(Back(Marking("None"), EF | 2, AF41 | 3), EF | 2);
    EXPECT_EQ(Back(Marking("None"), EF, AF41 | 3), EF);
}

// RFC 2983, section 5: the uniform model; ECN goes its own way.
TEST(L2tpCopyMarkingTest, DscpComesBackIfSaid)
{
    const auto marking = Marking();
    EXPECT_EQ(Back(marking, EF | 2, AF41 | 2), EF | 2);
    marking->SetAttribute("DscpBack", BooleanValue(true));
    EXPECT_EQ(Back(marking, EF | 2, AF41 | 2), AF41 | 2);
    EXPECT_EQ(Back(marking, EF, AF41 | 2), AF41) << "Not-ECT stays";
}

TEST(L2tpCopyMarkingTest, FramesWithoutIpStayAsTheyAre)
{
    const auto marking = Marking();
    marking->SetAttribute("DscpBack", BooleanValue(true));
    const auto frame = LcpFrame();
    EXPECT_FALSE(marking->Receive(frame, AF41 | 3).isDropped);
    EXPECT_EQ(OctetsOf(frame), OctetsOf(LcpFrame()));
}
