/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-frame-bytes.h"

#include "ns3/double.h"
#include "ns3/error-model.h"
#include "ns3/l2tp-error-model-streams.h"
#include "ns3/l2tp-gilbert-elliott-error-model.h"
#include "ns3/l2tp-joint-error-model.h"
#include "ns3/l2tp-message-error-model.h"
#include "ns3/pointer.h"
#include "ns3/string.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint8_t SCCRP = 2;
constexpr uint8_t ICCN = 12;

/// Frames that an error model is asked about.
class L2tpMessageErrorModelTest : public ::testing::Test
{
  protected:
    /**
     * @brief Ask about frames.
     * @param frames a letter for each: z a ZLB, d data, i an ICCN, s an SCCRP, o no L2TP
     * @return the letters of those that are lost
     */
    std::string Lost(const std::string& frames)
    {
        std::string lost;
        for (const char letter : frames)
        {
            if (m_model->IsCorrupt(FrameOf(letter)))
            {
                lost += letter;
            }
        }
        return lost;
    }

    /// Make a frame. @param letter what for @return it
    static Ptr<Packet> FrameOf(char letter)
    {
        switch (letter)
        {
        case 'z':
            return L2tpFrameBytes::Frame(L2tpFrameBytes::PPP, false, L2tpFrameBytes::Zlb());
        case 'd':
            return L2tpFrameBytes::Frame(L2tpFrameBytes::PPP, false, L2tpFrameBytes::Data());
        case 'i':
            return L2tpFrameBytes::Frame(L2tpFrameBytes::PPP, true, L2tpFrameBytes::Message(ICCN));
        case 's':
            return L2tpFrameBytes::Frame(L2tpFrameBytes::IP, false, L2tpFrameBytes::Message(SCCRP));
        default:
            return Create<Packet>(100);
        }
    }

    Ptr<L2tpMessageErrorModel> m_model{CreateObject<L2tpMessageErrorModel>()}; //!< the model
};

using L2tpMessageErrorModelDeathTest = L2tpMessageErrorModelTest;

} // namespace

// "Loses only ZLBs", "only control", "only data".
TEST_F(L2tpMessageErrorModelTest, Kinds)
{
    const std::string all = "zdisoz";
    EXPECT_EQ(Lost(all), "zdisz");
    m_model->SetAttribute("Kind", StringValue("Control"));
    EXPECT_EQ(Lost(all), "zisz");
    m_model->SetAttribute("Kind", StringValue("Message"));
    EXPECT_EQ(Lost(all), "is");
    m_model->SetAttribute("Kind", StringValue("Zlb"));
    EXPECT_EQ(Lost(all), "zz");
    m_model->SetAttribute("Kind", StringValue("Data"));
    EXPECT_EQ(Lost(all), "d");
}

// "The 2nd ICCN".
TEST_F(L2tpMessageErrorModelTest, TheSecondIccn)
{
    m_model->SetMessage("ICCN");
    m_model->SetWhich("2");
    EXPECT_EQ(Lost("iszd"), "");
    EXPECT_EQ(Lost("i"), "i");
    EXPECT_EQ(Lost("isi"), "");
    EXPECT_EQ(m_model->GetMatched(), 4U);
    m_model->Reset();
    EXPECT_EQ(Lost("ii"), "i");
    m_model->Reset();
    m_model->Disable();
    EXPECT_EQ(Lost("iii"), "");
}

// Several of them, of any message.
TEST_F(L2tpMessageErrorModelTest, SomeByNumber)
{
    m_model->SetAttribute("Kind", StringValue("Message"));
    m_model->SetAttribute("Which", StringValue("1,3"));
    EXPECT_EQ(Lost("szisi"), "ss");
}

// Another model decides about those that match, and sees no others.
TEST_F(L2tpMessageErrorModelTest, AnotherModel)
{
    auto list = CreateObject<ReceiveListErrorModel>();
    list->SetList({1, 2});
    m_model->SetAttribute("Kind", StringValue("Zlb"));
    m_model->SetAttribute("Loss", PointerValue(list));
    EXPECT_EQ(Lost("zdizdz"), "zz");
}

// Several models in one: each counts as if it were alone.
TEST_F(L2tpMessageErrorModelTest, Joint)
{
    auto joint = CreateObject<L2tpJointErrorModel>();
    EXPECT_FALSE(joint->IsCorrupt(FrameOf('i')));
    m_model->SetMessage("ICCN");
    m_model->SetWhich("2");
    auto other = CreateObject<L2tpMessageErrorModel>();
    other->SetMessage("ICCN");
    other->SetWhich("1,2");
    joint->Add(m_model);
    joint->Add(other);
    EXPECT_TRUE(joint->IsCorrupt(FrameOf('i')));
    EXPECT_TRUE(joint->IsCorrupt(FrameOf('i')));
    EXPECT_FALSE(joint->IsCorrupt(FrameOf('i')));
    EXPECT_EQ(m_model->GetMatched(), 3U);
    EXPECT_EQ(other->GetMatched(), 3U);
    joint->Reset();
    EXPECT_EQ(m_model->GetMatched(), 0U);
    joint->Disable();
    EXPECT_FALSE(joint->IsCorrupt(FrameOf('i')));
    EXPECT_EQ(other->GetMatched(), 0U);
}

// Whatever a model is made of draws from streams of its own.
TEST_F(L2tpMessageErrorModelTest, Streams)
{
    std::vector<std::string> drawn(3);
    for (std::size_t i = 0; i < drawn.size(); ++i)
    {
        auto rate = CreateObject<RateErrorModel>();
        rate->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
        rate->SetRate(0.5);
        auto some = CreateObject<L2tpMessageErrorModel>();
        some->SetAttribute("Loss", PointerValue(rate));
        auto bursts = CreateObject<L2tpGilbertElliottErrorModel>();
        auto joint = CreateObject<L2tpJointErrorModel>();
        joint->Add(some);
        joint->Add(bursts);
        const int64_t used = bursts->AssignStreams(1000);
        EXPECT_EQ(L2tpAssignErrorModelStreams(joint, i < 2 ? 40 : 50), 1 + used);
        for (int packet = 0; packet < 64; ++packet)
        {
            drawn[i] += joint->IsCorrupt(FrameOf('i')) ? 'x' : '-';
        }
    }
    EXPECT_EQ(drawn[0], drawn[1]);
    EXPECT_NE(drawn[0], drawn[2]);
    EXPECT_EQ(L2tpAssignErrorModelStreams(CreateObject<ListErrorModel>(), 40), 0);
    EXPECT_EQ(L2tpAssignErrorModelStreams(nullptr, 40), 0);
}

TEST_F(L2tpMessageErrorModelDeathTest, Mistakes)
{
    EXPECT_DEATH(m_model->SetMessage("ICNN"), "'ICNN' is no control message");
    for (const char* which : {"0", "x", "1,,2", "-1", "1 2", "9999999999999999999"})
    {
        EXPECT_DEATH(m_model->SetWhich(which), "is no number from 1 on") << which;
    }
    m_model->SetWhich("1");
    m_model->SetAttribute("Loss", PointerValue(CreateObject<ReceiveListErrorModel>()));
    EXPECT_DEATH(Lost("z"), "has both Which and Loss");
}
