/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "simulation-test.h"

#include "ns3/l2tp-data-sequencer.h"
#include "ns3/simulator.h"

#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

using Strings = std::vector<std::string>;

/// The frames of a session in the order of their Ns (RFC 2661, section 5.4). A frame's size is its
/// number, so that it can be told from others.
class L2tpDataSequencerTest : public SimulationTest, public L2tpDataSequencerUser
{
  protected:
    ~L2tpDataSequencerTest() override
    {
        m_sequencer->Close();
    }

    /// Begin with a sequencer that holds early frames back.
    /// @param timeout for how long @param frames how many numbers ahead
    void Reorder(Time timeout = MilliSeconds(10), uint16_t frames = 8)
    {
        m_sequencer->Close();
        m_sequencer = Create<L2tpDataSequencer>(this, L2tpDataSequencer::Config{timeout, frames});
    }

    /// Let messages arrive. @param numbers their Ns
    void Receive(const std::vector<uint16_t>& numbers)
    {
        for (const uint16_t ns : numbers)
        {
            const Ptr<L2tpDataSequencer> sequencer = m_sequencer;
            m_refused += sequencer->Receive(ns, Create<Packet>(ns)) ? 0 : 1;
        }
    }

    /// Bring the sequencer to a number by a message in order. @param ns the number of that message
    void BeginAt(uint16_t ns)
    {
        // A number is at most half of all ahead.
        for (const uint16_t next : {uint16_t(ns / 2), ns})
        {
            Receive({next});
            m_sequencer->Flush();
        }
        ASSERT_EQ(m_sequencer->GetExpected(), uint16_t(ns + 1));
        m_seen.clear();
    }

    /// Let messages arrive at a time. @param at when @param numbers their Ns
    void ReceiveAt(Time at, const std::vector<uint16_t>& numbers)
    {
        Simulator::Schedule(at, &L2tpDataSequencerTest::Receive, this, numbers);
    }

    /// What was seen since the last time. @return what
    Strings Seen()
    {
        Strings seen;
        seen.swap(m_seen);
        return seen;
    }

    void DeliverInOrder(Ptr<Packet> frame, bool wasHeld) override
    {
        Note((wasHeld ? "held " : "") + std::to_string(frame->GetSize()));
    }

    void DropFrame(L2tpDropReason reason, Ptr<Packet> frame) override
    {
        const std::string why = reason == L2tpDropReason::DATA_DUPLICATE      ? "again "
                                : reason == L2tpDropReason::DATA_OUT_OF_ORDER ? "late "
                                                                              : "closed ";
        Note(why + std::to_string(frame->GetSize()));
    }

    void FramesMissing(uint16_t count) override
    {
        Note("missing " + std::to_string(count));
    }

    void PeerRestarted() override
    {
        Note("restart");
    }

    /// Note something. @param what what
    void Note(const std::string& what)
    {
        m_seen.push_back(what);
        if (m_onNote)
        {
            m_onNote(what);
        }
    }

    Ptr<L2tpDataSequencer> m_sequencer{
        Create<L2tpDataSequencer>(this, L2tpDataSequencer::Config())}; //!< what is tested
    Strings m_seen;                                                    //!< what was told
    std::size_t m_refused{0};                         //!< messages that it did not take
    std::function<void(const std::string&)> m_onNote; //!< what that causes
};

} // namespace

// Section 3.1: Ns begins at zero.
TEST_F(L2tpDataSequencerTest, InOrderFromZero)
{
    Receive({0, 1, 2});
    EXPECT_EQ(Seen(), Strings({"0", "1", "2"}));
    EXPECT_EQ(m_sequencer->GetExpected(), 3);
    Reorder();
    Receive({0, 1, 2});
    EXPECT_EQ(Seen(), Strings({"0", "1", "2"}));
    EXPECT_TRUE(Simulator::IsFinished()) << "no timer for messages in order";
}

// Section 5.4: "to detect lost packets".
TEST_F(L2tpDataSequencerTest, MissingOnesAreCounted)
{
    Receive({2, 3, 7});
    EXPECT_EQ(Seen(), Strings({"missing 2", "2", "3", "missing 3", "7"}));
}

TEST_F(L2tpDataSequencerTest, LateAndRepeatedOnesAreDropped)
{
    Receive({0, 1, 3, 2, 3, 1, 4});
    EXPECT_EQ(Seen(), Strings({"0", "1", "missing 1", "3", "late 2", "again 3", "again 1", "4"}));
}

// What came again is known from what came late among the last RECENT numbers.
TEST_F(L2tpDataSequencerTest, HowManyAreRemembered)
{
    BeginAt(1000);
    for (uint16_t ns = 1001; ns <= 1063; ++ns)
    {
        Receive({ns});
    }
    Seen();
    Receive({1000});
    EXPECT_EQ(Seen(), Strings({"again 1000"}));
    Receive({1064, 1000, 1001});
    EXPECT_EQ(Seen(), Strings({"1064", "late 1000", "again 1001"}));
    // Over a gap of as many numbers nothing is remembered.
    Receive({1064 + 63, 1064});
    EXPECT_EQ(Seen(), Strings({"missing 62", "1127", "again 1064"}));
    Receive({1127 + 65, 1127 + 1, 1127 + 65});
    EXPECT_EQ(Seen(), Strings({"missing 64", "1192", "late 1128", "again 1192"}));
}

// Section 3.1: "modulo 2**16".
TEST_F(L2tpDataSequencerTest, Wrap)
{
    BeginAt(65533);
    Receive({65534, 0, 65535, 0, 1});
    EXPECT_EQ(Seen(), Strings({"65534", "missing 1", "0", "late 65535", "again 0", "1"}));
    Reorder();
    BeginAt(65500);
    for (uint16_t ns = 65501; ns != 65534; ++ns)
    {
        Receive({ns});
    }
    Seen();
    Receive({1, 65535, 0, 2, 65535});
    EXPECT_EQ(Seen(), Strings({"again 65535"}));
    Receive({65534});
    EXPECT_EQ(Seen(), Strings({"65534", "held 65535", "held 0", "held 1", "held 2"}));
    // A gap over the wrap, given up.
    BeginAt(65533);
    Receive({0});
    RunUntil(Seconds(1));
    EXPECT_EQ(Seen(), Strings({"missing 2", "held 0"}));
}

// Section 5.8's own numbers: after 15, "0 through 15, as well as 32784 through 65535" are less than
// or equal.
TEST_F(L2tpDataSequencerTest, HalfOfAllNumbersIsLate)
{
    for (const uint16_t ns : {0, 15, 32784, 65535})
    {
        m_sequencer = Create<L2tpDataSequencer>(this, L2tpDataSequencer::Config());
        BeginAt(15);
        Receive({ns});
        EXPECT_EQ(m_sequencer->GetExpected(), 16) << ns;
        Seen();
    }
    for (const uint16_t ns : {16, 17, 32783})
    {
        m_sequencer = Create<L2tpDataSequencer>(this, L2tpDataSequencer::Config());
        BeginAt(15);
        Receive({ns});
        EXPECT_EQ(m_sequencer->GetExpected(), ns + 1) << ns;
    }
}

// Section 5.4: "and/or restore the original sequence".
TEST_F(L2tpDataSequencerTest, Reorders)
{
    Reorder();
    Receive({0, 2, 4, 3, 5});
    EXPECT_EQ(Seen(), Strings({"0"}));
    EXPECT_EQ(m_sequencer->GetNHeld(), 4U);
    Receive({4, 1, 6});
    EXPECT_EQ(Seen(), Strings({"again 4", "1", "held 2", "held 3", "held 4", "held 5", "6"}));
    EXPECT_EQ(m_sequencer->GetNHeld(), 0U);
    RunUntil(Seconds(1));
    EXPECT_EQ(Seen(), Strings());
}

// One tick before its time is up a frame is still waited for, one tick after it is not.
TEST_F(L2tpDataSequencerTest, ExactTime)
{
    for (const int tick : {-1, 1})
    {
        Reorder(MilliSeconds(10));
        const Time now = Simulator::Now();
        Receive({1});
        ReceiveAt(MilliSeconds(10) + NanoSeconds(tick), {0});
        RunUntil(now + MilliSeconds(10) - NanoSeconds(2));
        EXPECT_EQ(Seen(), Strings());
        RunUntil(now + MilliSeconds(20));
        EXPECT_EQ(Seen(),
                  tick < 0 ? Strings({"0", "held 1"}) : Strings({"missing 1", "held 1", "late 0"}));
    }
}

// Each frame has its own time, whichever came first.
TEST_F(L2tpDataSequencerTest, EachWaitsAsLongAsTheOthers)
{
    Reorder(MilliSeconds(10));
    ReceiveAt(MilliSeconds(0), {2});
    ReceiveAt(MilliSeconds(4), {6});
    ReceiveAt(MilliSeconds(6), {4});
    RunUntil(MilliSeconds(10) - NanoSeconds(1));
    EXPECT_EQ(Seen(), Strings());
    RunUntil(MilliSeconds(14) - NanoSeconds(1));
    EXPECT_EQ(Seen(), Strings({"missing 2", "held 2"}));
    // The time of 6 comes before that of 4, which must not be delivered after it.
    RunUntil(MilliSeconds(14) + NanoSeconds(1));
    EXPECT_EQ(Seen(), Strings({"missing 1", "held 4", "missing 1", "held 6"}));
    EXPECT_TRUE(Simulator::IsFinished());
}

// The timer of frames that were delivered long since does not cut the time of others short.
TEST_F(L2tpDataSequencerTest, TimeIsNotCutShort)
{
    Reorder(MilliSeconds(10));
    Receive({1, 0});
    ReceiveAt(MilliSeconds(9), {3});
    RunUntil(MilliSeconds(19) - NanoSeconds(1));
    EXPECT_EQ(Seen(), Strings({"0", "held 1"}));
    RunUntil(MilliSeconds(19) + NanoSeconds(1));
    EXPECT_EQ(Seen(), Strings({"missing 1", "held 3"}));
}

// The buffer is bounded: a number too far ahead moves it on.
TEST_F(L2tpDataSequencerTest, Bound)
{
    Reorder(MilliSeconds(10), 3);
    Receive({1, 3});
    EXPECT_EQ(Seen(), Strings());
    Receive({4}); // 0 is 4 numbers before it
    EXPECT_EQ(Seen(), Strings({"missing 1", "held 1"}));
    EXPECT_EQ(m_sequencer->GetNHeld(), 2U);
    Receive({2});
    EXPECT_EQ(Seen(), Strings({"2", "held 3", "held 4"}));
    // So far ahead that all that was held is passed over, and more.
    Receive({6, 8, 1000});
    EXPECT_EQ(Seen(), Strings({"missing 1", "held 6", "missing 1", "held 8", "missing 988"}));
    EXPECT_EQ(m_sequencer->GetExpected(), 997);
    EXPECT_EQ(m_sequencer->GetNHeld(), 1U);
    Receive({997, 998, 999});
    EXPECT_EQ(Seen(), Strings({"997", "998", "999", "held 1000"}));
    // Never more than there is room for, whatever comes.
    Reorder(MilliSeconds(10), 3);
    for (uint16_t ns = 1; ns < 200; ns += ns % 3 ? 1 : 2)
    {
        Receive({ns});
        EXPECT_LE(m_sequencer->GetNHeld(), 3U);
    }
}

// A frame that moves the buffer on may be next itself.
TEST_F(L2tpDataSequencerTest, BoundOfOne)
{
    Reorder(MilliSeconds(10), 1);
    Receive({1, 2, 4, 6});
    EXPECT_EQ(Seen(), Strings({"missing 1", "held 1", "2", "missing 1", "held 4"}));
    EXPECT_EQ(m_sequencer->GetNHeld(), 1U);
    Receive({5});
    EXPECT_EQ(Seen(), Strings({"5", "held 6"}));
}

// A peer that counts anew is followed, after RESTART_RUN messages.
TEST_F(L2tpDataSequencerTest, Restart)
{
    for (const bool reorder : {false, true})
    {
        Reorder(reorder ? MilliSeconds(10) : Time());
        BeginAt(20000);
        Receive({0, 1, 2, 3});
        EXPECT_EQ(Seen(), Strings({"late 0", "late 1", "late 2", "late 3"}));
        Receive({4, 5});
        EXPECT_EQ(Seen(), Strings({"restart", "4", "5"}));
    }
}

// So is one that is found again where it always was, after a number that was nobody's.
TEST_F(L2tpDataSequencerTest, StrayNumberFarAhead)
{
    Reorder();
    BeginAt(99);
    Receive({20000, 100, 101, 102, 103, 104, 105});
    EXPECT_EQ(Seen(),
              Strings({"missing 19892",
                       "late 100",
                       "late 101",
                       "late 102",
                       "late 103",
                       "missing 8",
                       "held 20000",
                       "restart",
                       "104",
                       "105"}));
    EXPECT_EQ(m_sequencer->GetNHeld(), 0U);
}

// What comes late for another reason does not turn the numbers back.
TEST_F(L2tpDataSequencerTest, NoRestart)
{
    BeginAt(20000);
    Receive({0, 1, 2, 3, 20001, 4, 5, 6, 7});
    EXPECT_EQ(m_sequencer->GetExpected(), 20002) << "with a message in order in between";
    Receive({100, 102, 104, 106, 108, 110});
    EXPECT_EQ(m_sequencer->GetExpected(), 20002) << "not in a row";
    Receive({200, 200, 200, 200, 200, 200});
    EXPECT_EQ(m_sequencer->GetExpected(), 20002) << "the same again";
    for (uint16_t ns = 20002; ns < 20100; ++ns)
    {
        Receive({ns});
    }
    Seen();
    for (uint16_t ns = 20100 - L2tpDataSequencer::RECENT; ns < 20100; ++ns)
    {
        Receive({ns});
        EXPECT_EQ(Seen(), Strings({"again " + std::to_string(ns)}));
    }
    Receive({20100});
    EXPECT_EQ(Seen(), Strings({"20100"})) << "a burst of duplicates";
}

// Never deaf: wherever a peer begins again, it is heard after RECENT + RESTART_RUN messages.
TEST_F(L2tpDataSequencerTest, NeverDeaf)
{
    for (const bool reorder : {false, true})
    {
        for (uint32_t start = 0; start < 65536; start += 97)
        {
            Reorder(reorder ? MilliSeconds(10) : Time());
            BeginAt(30000);
            uint16_t ns = start;
            uint32_t sent = 0;
            const std::string mine = std::to_string(uint16_t(start + 80));
            while (sent <= 80)
            {
                Receive({ns++});
                ++sent;
            }
            Simulator::Run();
            const Strings seen = Seen();
            ASSERT_FALSE(seen.empty());
            EXPECT_TRUE(seen.back() == mine || seen.back() == "held " + mine)
                << start << ": " << seen.back();
        }
    }
}

// What is held back is delivered on demand, and the missing ones are waited for no more.
TEST_F(L2tpDataSequencerTest, Flush)
{
    Reorder();
    m_sequencer->Flush();
    Receive({1, 2, 5});
    m_sequencer->Flush();
    EXPECT_EQ(Seen(), Strings({"missing 1", "held 1", "held 2", "missing 2", "held 5"}));
    Receive({6});
    RunUntil(Seconds(1));
    EXPECT_EQ(Seen(), Strings({"6"}));
}

// Close() drops what is held back. Nothing is told after it, nor does a timer stay.
TEST_F(L2tpDataSequencerTest, Close)
{
    Reorder();
    Receive({1, 2, 5});
    m_sequencer->Close();
    EXPECT_EQ(m_sequencer->GetNHeld(), 0U);
    EXPECT_EQ(Seen(), Strings({"closed 1", "closed 2", "closed 5"}));
    Receive({0, 1, 2});
    EXPECT_EQ(m_refused, 3U);
    m_sequencer->Flush();
    Simulator::Run();
    EXPECT_EQ(Seen(), Strings());
}

// The user may close, and let go of the sequencer, whatever it is told; each message is told of
// once even so, or not taken.
TEST_F(L2tpDataSequencerTest, ClosedByTheUser)
{
    const std::vector<uint16_t>
        numbers{0, 0, 2, 4, 1, 6, 30, 7, 20000, 1000, 1001, 1002, 1003, 1004, 1005};
    for (const bool reorder : {false, true})
    {
        Reorder(reorder ? MilliSeconds(10) : Time());
        Receive(numbers);
        Simulator::Run();
        const Strings all = Seen();
        EXPECT_GT(all.size(), numbers.size());
        for (std::size_t n = 1; n <= all.size(); ++n)
        {
            Reorder(reorder ? MilliSeconds(10) : Time());
            m_seen.clear();
            m_refused = 0;
            m_onNote = [&](const std::string&) {
                if (m_seen.size() == n)
                {
                    m_sequencer->Close();
                    m_sequencer = Create<L2tpDataSequencer>(nullptr, L2tpDataSequencer::Config());
                }
            };
            Receive(numbers);
            Simulator::Run();
            m_onNote = nullptr;
            const Strings seen = Seen();
            EXPECT_EQ(Strings(seen.begin(), seen.begin() + n),
                      Strings(all.begin(), all.begin() + n));
            std::size_t told = 0;
            for (std::size_t i = 0; i < seen.size(); ++i)
            {
                EXPECT_TRUE(i < n || seen[i].find("closed ") == 0) << seen[i];
                told += seen[i].find("missing") == 0 || seen[i] == "restart" ? 0 : 1;
            }
            EXPECT_EQ(told + m_refused, numbers.size());
        }
    }
}
