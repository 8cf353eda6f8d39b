/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How frames are sent and received during a call.

#include "serial-fixture.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/pointer.h"
#include "ns3/ppp-hdlc-framing.h"
#include "ns3/queue-size.h"
#include "ns3/string.h"
#include "ns3/tag.h"
#include "ns3/uinteger.h"

using namespace ns3;

namespace
{

/// A tag that says nothing but that it is there.
class TestTag : public Tag
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid =
            TypeId("ns3::SerialLineTestTag").SetParent<Tag>().AddConstructor<TestTag>();
        return tid;
    }

    TypeId GetInstanceTypeId() const override
    {
        return GetTypeId();
    }

    uint32_t GetSerializedSize() const override
    {
        return 1;
    }

    void Serialize(TagBuffer buffer) const override
    {
        buffer.WriteU8(m_value);
    }

    void Deserialize(TagBuffer buffer) override
    {
        m_value = buffer.ReadU8();
    }

    void Print(std::ostream& os) const override
    {
        os << int(m_value);
    }

    uint8_t m_value{0}; //!< what is carried
};

/// A frame of IPv4 that needs no escapes: header, and letters.
Ptr<Packet>
PlainFrame(uint32_t size)
{
    std::vector<uint8_t> octets(size, 'a');
    octets[0] = 0x21; // Address, Control and half of Protocol are compressed away
    return Create<Packet>(octets.data(), octets.size());
}

/// The octets of a packet.
std::vector<uint8_t>
OctetsOf(Ptr<const Packet> packet)
{
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), octets.size());
    return octets;
}

class SerialLineTest : public SerialTest
{
  protected:
    /// How many octets an encoder that is told to makes of a frame.
    static std::size_t EncodedSize(Ptr<const Packet> frame, bool opening, uint32_t accm)
    {
        PppHdlcEncoder encoder;
        encoder.SetAccm(accm);
        std::vector<uint8_t> out;
        const auto octets = OctetsOf(frame);
        encoder.Encode(octets.data(), octets.size(), opening, out);
        return out.size();
    }

    /// How often a line dropped something for a reason.
    static uint64_t Dropped(const SerialTestEnd& end, L2LineDropReason reason)
    {
        return end.line->GetStatistics().dropped[static_cast<std::size_t>(reason)];
    }
};

} // namespace

TEST_F(SerialLineTest, FramesComeOutAsTheyWentIn)
{
    Connect();
    std::vector<uint8_t> octets(256);
    for (std::size_t i = 0; i < octets.size(); ++i)
    {
        octets[i] = static_cast<uint8_t>(i);
    }
    EXPECT_TRUE(host.line->Send(Create<Packet>(octets.data(), octets.size())));
    EXPECT_TRUE(lac.line->Send(PlainFrame(40)));
    RunUntil(Seconds(3));
    ASSERT_EQ(lac.received.size(), 1U);
    ASSERT_EQ(host.received.size(), 1U);
    EXPECT_EQ(OctetsOf(lac.received[0]), octets);
    EXPECT_EQ(OctetsOf(host.received[0]), OctetsOf(PlainFrame(40)));
    EXPECT_EQ(host.line->GetStatistics().txFrames, 1U);
    EXPECT_EQ(lac.line->GetStatistics().rxFrames, 1U);
    EXPECT_EQ(lac.line->GetStatistics().rxOctets, host.line->GetStatistics().txOctets);
}

// RFC 1662, section 4.5.2: one start bit, eight bits of data and one stop bit. 1000 octets, the FCS
// and two flags are 10,040 bits, 179.2857 ms at 56 kbit/s.
TEST_F(SerialLineTest, AsynchronousOctetsTakeTenBits)
{
    Connect();
    const Time start = Simulator::Now();
    const auto frame = PlainFrame(1000);
    ASSERT_EQ(EncodedSize(frame, true, ppp_hdlc::DEFAULT_ACCM), 1004U);
    host.line->Send(frame);
    RunUntil(Seconds(3));
    ASSERT_EQ(lac.times.size(), 1U);
    EXPECT_EQ((lac.times[0] - start - MilliSeconds(5)).GetNanoSeconds(), 179285714);
}

// RFC 1662, section 4.4.2: frames that are back-to-back share a flag; one that isn't has its own.
TEST_F(SerialLineTest, FramesWaitForTheirTurn)
{
    Connect();
    const Time start = Simulator::Now();
    for (int i = 0; i < 3; ++i)
    {
        EXPECT_TRUE(host.line->Send(PlainFrame(1000)));
    }
    RunUntil(Seconds(4));
    host.line->Send(PlainFrame(1000));
    RunUntil(Seconds(5));
    ASSERT_EQ(lac.times.size(), 4U);
    const double octet = 10 / 56000.0;
    EXPECT_NEAR((lac.times[0] - start).GetSeconds(), 0.005 + 1004 * octet, 1e-8);
    EXPECT_NEAR((lac.times[1] - lac.times[0]).GetSeconds(), 1003 * octet, 1e-8);
    EXPECT_NEAR((lac.times[2] - lac.times[1]).GetSeconds(), 1003 * octet, 1e-8);
    EXPECT_NEAR((lac.times[3] - Seconds(4)).GetSeconds(), 0.005 + 1004 * octet, 1e-8);
}

// RFC 1662, section 5: FCS and one flag, and no start and stop bits: 1003 octets of 8 bits.
TEST_F(SerialLineTest, SynchronousOctetsTakeEightBits)
{
    for (auto* end : {&host, &lac})
    {
        end->line->SetAttribute("Synchronous", BooleanValue(true));
        end->line->SetAttribute("BitRate", DataRateValue(DataRate("64kbps")));
    }
    Connect();
    EXPECT_TRUE(host.line->IsSynchronous());
    const Time start = Simulator::Now();
    host.line->Send(PlainFrame(1000));
    RunUntil(Seconds(3));
    ASSERT_EQ(lac.times.size(), 1U);
    EXPECT_EQ((lac.times[0] - start - MilliSeconds(5)).GetNanoSeconds(), 125375000);
    EXPECT_EQ(OctetsOf(lac.received[0]), OctetsOf(PlainFrame(1000)));
    EXPECT_EQ(host.line->GetStatistics().txOctets, 1002U);
}

TEST_F(SerialLineTest, ACallRunsAtTheLowerRate)
{
    lac.line->SetAttribute("BitRate", DataRateValue(DataRate("28800bps")));
    Connect();
    EXPECT_EQ(host.line->GetCallBitRate(), DataRate("28800bps"));
    EXPECT_EQ(lac.line->GetCallBitRate(), DataRate("28800bps"));
    const Time start = Simulator::Now();
    host.line->Send(PlainFrame(100));
    RunUntil(Seconds(3));
    ASSERT_EQ(lac.times.size(), 1U);
    EXPECT_NEAR((lac.times[0] - start).GetSeconds(), 0.005 + 1040 / 28800.0, 1e-8);
}

// RFC 1662, section 7.1: control characters cost two octets until the ACCM says otherwise.
TEST_F(SerialLineTest, TheAccmIsHonouredForTheRestOfTheCall)
{
    const auto zeros = [] { return Create<Packet>(std::vector<uint8_t>(100, 0).data(), 100); };
    Connect();
    host.line->Send(zeros());
    RunUntil(Seconds(3));
    const auto first = host.line->GetStatistics().txOctets;
    EXPECT_EQ(first, EncodedSize(zeros(), true, 0xffffffff));
    EXPECT_GT(first, 200U);
    host.line->SetAccm(0, 0xffffffff);
    host.line->Send(zeros());
    RunUntil(Seconds(4));
    EXPECT_EQ(lac.received.size(), 1U); // this one is removed octet by octet
    EXPECT_EQ(Dropped(lac, L2LineDropReason::TOO_SHORT) + Dropped(lac, L2LineDropReason::BAD_FCS),
              1U);
    lac.line->SetAccm(0xffffffff, 0);
    host.line->Send(zeros());
    RunUntil(Seconds(5));
    EXPECT_EQ(lac.received.size(), 2U);
    host.line->HangUp();
    RunUntil(Seconds(6));
    Connect();
    const auto before = host.line->GetStatistics().txOctets;
    host.line->Send(zeros());
    EXPECT_EQ(host.line->GetStatistics().txOctets - before, first);
}

TEST_F(SerialLineTest, NothingIsSentWithoutACall)
{
    EXPECT_FALSE(host.line->Send(PlainFrame(10)));
    EXPECT_EQ(Dropped(host, L2LineDropReason::NO_CALL), 1U);
}

// RFC 2661, section 4.4.6: Buffer Overruns.
TEST_F(SerialLineTest, AFullQueueIsABufferOverrun)
{
    PointerValue queue;
    host.line->GetAttribute("TxQueue", queue);
    queue.Get<Queue<Packet>>()->SetMaxSize(QueueSize("2p"));
    Connect();
    EXPECT_TRUE(host.line->Send(PlainFrame(100))); // being sent
    EXPECT_TRUE(host.line->Send(PlainFrame(100)));
    EXPECT_TRUE(host.line->Send(PlainFrame(100)));
    EXPECT_FALSE(host.line->Send(PlainFrame(100)));
    EXPECT_EQ(host.line->GetCallErrors().bufferOverruns, 1U);
    RunUntil(Seconds(3));
    EXPECT_EQ(lac.received.size(), 3U);
}

// RFC 2661, section 4.4.6: Hardware Overruns. Exactly as long as the buffer, and one octet more.
TEST_F(SerialLineTest, AFrameTooLongIsAHardwareOverrun)
{
    for (const bool synchronous : {false, true})
    {
        host.line->SetAttribute("Synchronous", BooleanValue(synchronous));
        lac.line->SetAttribute("Synchronous", BooleanValue(synchronous));
        lac.received.clear();
        Connect();
        EXPECT_EQ(lac.line->GetCallErrors(), L2tpCallErrors()); // since the call was established
        host.line->Send(PlainFrame(1600));
        host.line->Send(PlainFrame(1601));
        host.line->Send(PlainFrame(50));
        RunUntil(Simulator::Now() + Seconds(5));
        ASSERT_EQ(lac.received.size(), 2U);
        EXPECT_EQ(lac.received[0]->GetSize(), 1600U);
        EXPECT_EQ(lac.received[1]->GetSize(), 50U);
        EXPECT_EQ(lac.line->GetCallErrors().hardwareOverruns, 1U);
        host.line->HangUp();
        RunUntil(Simulator::Now() + Seconds(5));
    }
}

// RFC 1662, sections 3.1 and 4.3; RFC 2661, section 4.4.6: each damaged burst is counted, and no
// wrong frame comes out.
TEST_F(SerialLineTest, DamagedBitsAreCountedByKind)
{
    auto errors = CreateObject<RateErrorModel>();
    errors->SetAttribute("ErrorUnit", StringValue("ERROR_UNIT_PACKET"));
    errors->SetAttribute("ErrorRate", DoubleValue(0.5));
    errors->AssignStreams(1);
    lac.line->AssignStreams(2);
    lac.line->SetAttribute("ReceiveErrorModel", PointerValue(errors));
    Connect();
    const int sent = 2000;
    for (int i = 0; i < sent; ++i)
    {
        Simulator::ScheduleWithContext(host.node->GetId(), MilliSeconds(100) * i, [this] {
            host.line->Send(PlainFrame(30));
        });
    }
    RunUntil(Seconds(300));
    const auto expected = OctetsOf(PlainFrame(30));
    for (const auto& frame : lac.received)
    {
        ASSERT_EQ(OctetsOf(frame), expected);
    }
    const auto& counted = lac.line->GetCallErrors();
    EXPECT_GT(lac.received.size(), sent * 0.4);
    EXPECT_LT(lac.received.size(), sent * 0.6);
    EXPECT_GT(counted.crcErrors, 600U);       // 8 of 10 bits
    EXPECT_GT(counted.alignmentErrors, 120U); // start and stop bits
    EXPECT_EQ(counted.crcErrors, Dropped(lac, L2LineDropReason::BAD_FCS));
    EXPECT_EQ(counted.alignmentErrors, Dropped(lac, L2LineDropReason::BAD_OCTET));
    EXPECT_EQ(counted.framingErrors,
              Dropped(lac, L2LineDropReason::ABORTED) + Dropped(lac, L2LineDropReason::TOO_SHORT));
    EXPECT_EQ(counted.timeoutErrors, 0U);
}

TEST_F(SerialLineTest, DamagedSynchronousFramesAreCrcErrors)
{
    auto errors = CreateObject<RateErrorModel>();
    errors->SetAttribute("ErrorUnit", StringValue("ERROR_UNIT_PACKET"));
    errors->SetAttribute("ErrorRate", DoubleValue(1));
    host.line->SetAttribute("Synchronous", BooleanValue(true));
    lac.line->SetAttribute("Synchronous", BooleanValue(true));
    lac.line->SetAttribute("ReceiveErrorModel", PointerValue(errors));
    Connect();
    for (int i = 0; i < 50; ++i)
    {
        host.line->Send(PlainFrame(30));
    }
    RunUntil(Seconds(10));
    EXPECT_TRUE(lac.received.empty());
    EXPECT_EQ(lac.line->GetCallErrors().crcErrors, 50U);
}

// What is being sent, and what waits, is lost when the call ends; the next call gets none of it.
TEST_F(SerialLineTest, HangingUpCutsOffFrames)
{
    Connect();
    host.line->Send(PlainFrame(1000));
    host.line->Send(PlainFrame(1000));
    RunUntil(Simulator::Now() + MilliSeconds(100));
    host.line->HangUp();
    EXPECT_EQ(Dropped(host, L2LineDropReason::HUNG_UP), 1U);
    network->SetAttribute("SetupTime", TimeValue(Seconds(0)));
    host.line->Dial("2000");
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_TRUE(lac.line->IsUp());
    EXPECT_TRUE(lac.received.empty());
    EXPECT_EQ(Dropped(lac, L2LineDropReason::HUNG_UP), 1U);
    host.line->Send(PlainFrame(10));
    RunUntil(Simulator::Now() + Seconds(1));
    EXPECT_EQ(lac.received.size(), 1U);
}

// What was sent before the end arrives before it.
TEST_F(SerialLineTest, WhatWasSentBeforeTheEndArrives)
{
    Connect();
    const auto size = EncodedSize(PlainFrame(96), true, ppp_hdlc::DEFAULT_ACCM);
    host.line->Send(PlainFrame(96));
    RunUntil(Simulator::Now() + DataRate("56kbps").CalculateBitsTxTime(size * 10));
    host.line->HangUp();
    RunUntil(Seconds(4));
    EXPECT_EQ(lac.received.size(), 1U);
}

TEST_F(SerialLineTest, NobodyAttachedIsALoss)
{
    Connect();
    lac.line->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
    host.line->Send(PlainFrame(10));
    RunUntil(Seconds(3));
    EXPECT_EQ(Dropped(lac, L2LineDropReason::NO_RECEIVER), 1U);
    EXPECT_EQ(lac.line->GetStatistics().rxFrames, 0U);
}

TEST_F(SerialLineTest, WhoeverTakesAFrameMayHangUpAndDisposeOfTheLine)
{
    Connect();
    lac.onFrame = [this] {
        lac.line->HangUp();
        lac.device->Dispose();
    };
    host.line->Send(PlainFrame(10));
    host.line->Send(PlainFrame(10));
    RunUntil(Seconds(3));
    EXPECT_EQ(lac.received.size(), 1U);
    EXPECT_EQ(host.log.substr(0, 14), "remote-hang-up");
}

// Regression: a synchronous line delivered the frame that it was hung up upon.
TEST_F(SerialLineTest, WhoeverSeesOctetsMayHangUp)
{
    for (const bool synchronous : {false, true})
    {
        SCOPED_TRACE(synchronous);
        host.line->SetAttribute("Synchronous", BooleanValue(synchronous));
        lac.line->SetAttribute("Synchronous", BooleanValue(synchronous));
        Connect();
        const Callback<void, Ptr<const Packet>> hangUp(
            [this](Ptr<const Packet>) { lac.line->HangUp(); });
        lac.line->TraceConnectWithoutContext("RxOctets", hangUp);
        const uint64_t before = Dropped(lac, L2LineDropReason::HUNG_UP);
        host.line->Send(PlainFrame(10));
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_TRUE(lac.received.empty());
        EXPECT_EQ(Dropped(lac, L2LineDropReason::HUNG_UP), before + 1);
        lac.line->TraceDisconnectWithoutContext("RxOctets", hangUp);
    }
}

// Whoever follows packets by uid or tags finds them behind the line.
TEST_F(SerialLineTest, TagsAndIdentityPass)
{
    for (const bool synchronous : {false, true})
    {
        host.line->SetAttribute("Synchronous", BooleanValue(synchronous));
        lac.line->SetAttribute("Synchronous", BooleanValue(synchronous));
        lac.received.clear();
        Connect();
        auto frame = PlainFrame(100);
        TestTag tag;
        tag.m_value = 7;
        frame->AddByteTag(tag);
        tag.m_value = 8;
        frame->AddPacketTag(tag);
        const auto uid = frame->GetUid();
        host.line->Send(frame);
        RunUntil(Simulator::Now() + Seconds(1));
        ASSERT_EQ(lac.received.size(), 1U);
        TestTag found;
        ASSERT_TRUE(lac.received[0]->FindFirstMatchingByteTag(found));
        EXPECT_EQ(found.m_value, 7);
        ASSERT_TRUE(lac.received[0]->PeekPacketTag(found));
        EXPECT_EQ(found.m_value, 8);
        EXPECT_EQ(lac.received[0]->GetUid(), uid);
        host.line->HangUp();
        RunUntil(Simulator::Now() + Seconds(1));
    }
}

TEST_F(SerialLineTest, FramesAndOctetsAreTraced)
{
    Connect();
    std::string log;
    const auto note = [&log](const std::string& what) {
        return Callback<void, Ptr<const Packet>>([&log, what](Ptr<const Packet> packet) {
            log += what + std::to_string(packet->GetSize()) + " ";
        });
    };
    host.line->TraceConnectWithoutContext("Tx", note("tx"));
    host.line->TraceConnectWithoutContext("TxOctets", note("octets"));
    lac.line->TraceConnectWithoutContext("RxOctets", note("octets"));
    lac.line->TraceConnectWithoutContext("Rx", note("rx"));
    host.device->TraceConnectWithoutContext("PromiscSniffer", note("host"));
    lac.device->TraceConnectWithoutContext("Sniffer", note("lac"));
    host.line->Send(PlainFrame(100));
    RunUntil(Seconds(3));
    EXPECT_EQ(log, "host100 tx100 octets104 octets104 lac100 rx100 ");
}

// The device is a port, and no interface that the node could send through.
TEST_F(SerialLineTest, TheDeviceSendsNoPacketsOfTheNode)
{
    int dropped = 0;
    host.device->TraceConnectWithoutContext(
        "MacTxDrop",
        Callback<void, Ptr<const Packet>>([&dropped](Ptr<const Packet>) { ++dropped; }));
    Connect();
    EXPECT_FALSE(host.device->Send(Create<Packet>(10), host.device->GetBroadcast(), 0x0800));
    EXPECT_EQ(dropped, 1);
    EXPECT_TRUE(host.device->IsPointToPoint());
    EXPECT_EQ(network->GetNDevices(), 2U);
    EXPECT_EQ(network->GetDevice(1), lac.device);
}
