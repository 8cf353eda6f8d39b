/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// IPV6CP between two ends (RFC 5072, section 4.1).

#include "ns3/boolean.h"
#include "ns3/ppp-ipv6cp.h"
#include "ns3/ppp-protocol.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>
#include <vector>

using namespace ns3;

namespace
{

/// One end, and the wire to the other.
class Ipv6cpEnd : public PppControlOwner
{
  public:
    explicit Ipv6cpEnd(int64_t stream)
    {
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(stream);
        protocol->SetOwner(this);
        protocol->SetRandomVariable(random);
    }

    virtual ~Ipv6cpEnd()
    {
        protocol->SetOwner(nullptr);
        protocol->Dispose();
    }

    void SendControl(uint16_t number, const PppControlPacket& packet) override
    {
        EXPECT_EQ(number, 0x8057); // section 4
        sent.push_back(packet);
        if (other)
        {
            Simulator::Schedule(MilliSeconds(10), &PppIpv6cp::Receive, other->protocol, packet);
        }
    }

    void ControlDropped(PppDropReason) override
    {
        ++drops;
    }

    void StateChanged(uint16_t, PppState, PppEvent, PppState) override
    {
    }

    void LayerUp(uint16_t) override
    {
        ++ups;
    }

    void LayerDown(uint16_t) override
    {
    }

    void LayerFinished(uint16_t) override
    {
    }

    void LayerFailed(uint16_t, PppReason why) override
    {
        reason = why;
        protocol->Close();
    }

    void ProtocolRejected(uint16_t) override
    {
    }

    /// Begin.
    void Start()
    {
        protocol->Open();
        protocol->Up();
    }

    /// How many packets with a code were sent.
    int Count(PppCode code) const
    {
        int count = 0;
        for (const auto& packet : sent)
        {
            count += packet.code == static_cast<uint8_t>(code);
        }
        return count;
    }

    Ptr<PppIpv6cp> protocol{CreateObject<PppIpv6cp>()}; //!< the protocol
    Ipv6cpEnd* other{nullptr};                          //!< the other end
    std::vector<PppControlPacket> sent;                 //!< what was sent
    int ups{0};                                         //!< how often it was up
    int drops{0};                                       //!< how much was dropped
    PppReason reason{PppReason::NONE};                  //!< why it failed
};

class PppIpv6cpTest : public ::testing::Test
{
  protected:
    void TearDown() override
    {
        Simulator::Destroy();
    }

    /// Let both ends negotiate.
    void Negotiate()
    {
        left.other = &right;
        right.other = &left;
        left.Start();
        right.Start();
        Simulator::Stop(Seconds(100));
        Simulator::Run();
    }

    /// Both are up, with different identifiers that both know.
    void ExpectUp() const
    {
        EXPECT_EQ(left.ups, 1);
        EXPECT_EQ(right.ups, 1);
        EXPECT_NE(left.protocol->GetLocalIdentifier(), 0U);
        EXPECT_NE(right.protocol->GetLocalIdentifier(), 0U);
        EXPECT_NE(left.protocol->GetLocalIdentifier(), right.protocol->GetLocalIdentifier());
        EXPECT_EQ(left.protocol->GetLocalIdentifier(), right.protocol->GetPeerIdentifier());
        EXPECT_EQ(right.protocol->GetLocalIdentifier(), left.protocol->GetPeerIdentifier());
    }

    Ipv6cpEnd left{1};  //!< an end
    Ipv6cpEnd right{2}; //!< the other
};

} // namespace

// Type 1, Length 10; an identifier chosen at random has the "u" bit 0.
TEST_F(PppIpv6cpTest, DifferentIdentifiersAreAcknowledged)
{
    Negotiate();
    ExpectUp();
    const auto& request = left.sent.at(0).data;
    ASSERT_EQ(request.size(), 10U);
    EXPECT_EQ(request[0], 1);
    EXPECT_EQ(request[1], 10);
    EXPECT_EQ(request[2] & 0x02, 0);
    EXPECT_EQ(left.Count(PppCode::CONFIGURE_NAK) + right.Count(PppCode::CONFIGURE_NAK), 0);
}

// "If the two interface identifiers are different but the received interface identifier is zero, a
// Configure-Nak is sent with a non-zero interface-identifier value suggested".
TEST_F(PppIpv6cpTest, ZeroIsNaked)
{
    left.protocol->SetAttribute("ChooseIdentifier", BooleanValue(false));
    right.protocol->SetAttribute("InterfaceIdentifier", UintegerValue(0x0200000000000001));
    Negotiate();
    ExpectUp();
    EXPECT_EQ(right.Count(PppCode::CONFIGURE_NAK), 1);
    EXPECT_EQ(left.Count(PppCode::CONFIGURE_NAK), 0);
    EXPECT_EQ(right.protocol->GetLocalIdentifier(), 0x0200000000000001U);
    EXPECT_EQ(left.protocol->GetLocalIdentifier() & 0x0200000000000000U, 0U);
}

// "If the two interface identifiers are equal and are not zero, Configure-Nak MUST be sent".
TEST_F(PppIpv6cpTest, EqualIdentifiersAreNaked)
{
    left.protocol->SetAttribute("InterfaceIdentifier", UintegerValue(42));
    right.protocol->SetAttribute("InterfaceIdentifier", UintegerValue(42));
    Negotiate();
    ExpectUp();
    EXPECT_GE(left.Count(PppCode::CONFIGURE_NAK) + right.Count(PppCode::CONFIGURE_NAK), 1);
}

// "If the two interface identifiers are equal to zero, the interface identifier's negotiation MUST
// be terminated by transmitting the Configure-Reject".
TEST_F(PppIpv6cpTest, BothZeroAreRejected)
{
    left.protocol->SetAttribute("ChooseIdentifier", BooleanValue(false));
    right.protocol->SetAttribute("ChooseIdentifier", BooleanValue(false));
    Negotiate();
    EXPECT_EQ(left.ups + right.ups, 0);
    EXPECT_GE(left.Count(PppCode::CONFIGURE_REJECT), 1);
    EXPECT_EQ(left.reason, PppReason::NO_ADDRESS);
}

// "if the received interface identifier is equal to the one sent in the last Configure-Nak, a new
// interface identifier MUST be chosen"; any other is taken.
TEST_F(PppIpv6cpTest, SuggestionsAreTakenUnlessTheyAreOnesOwn)
{
    left.protocol->SetAttribute("InterfaceIdentifier", UintegerValue(42));
    left.Start();
    ASSERT_EQ(left.sent.size(), 1U);
    left.protocol->Receive({1, 9, {1, 10, 0, 0, 0, 0, 0, 0, 0, 42}});
    ASSERT_EQ(left.sent.size(), 2U);
    ASSERT_EQ(left.sent[1].code, 3);
    const auto suggested = left.sent[1].data;
    left.protocol->Receive({3, left.sent[0].identifier, suggested});
    ASSERT_EQ(left.sent.size(), 3U);
    EXPECT_NE(left.sent[2].data, suggested);
    EXPECT_NE(left.sent[2].data, left.sent[0].data);
    left.protocol->Receive({3, left.sent[2].identifier, {1, 10, 0, 0, 0, 0, 0, 0, 0, 7}});
    ASSERT_EQ(left.sent.size(), 4U);
    EXPECT_EQ(left.protocol->GetLocalIdentifier(), 7U);
}

// "If the next Configure-Request does not include this option, the peer MUST NOT send another
// Configure-Nak with this option included."
TEST_F(PppIpv6cpTest, MissingOptionIsAskedForOnce)
{
    left.Start();
    left.protocol->Receive({1, 1, {}});
    EXPECT_EQ(left.Count(PppCode::CONFIGURE_NAK), 1);
    left.protocol->Receive({1, 2, {}});
    EXPECT_EQ(left.Count(PppCode::CONFIGURE_NAK), 1);
    EXPECT_EQ(left.Count(PppCode::CONFIGURE_ACK), 1);
}

// Identifiers of other lengths are naked; other options are rejected.
TEST_F(PppIpv6cpTest, OptionsThatAreNotIdentifiers)
{
    left.Start();
    for (uint8_t size = 0; size < 20; ++size)
    {
        std::vector<uint8_t> data(2 + size, 1);
        data[1] = static_cast<uint8_t>(data.size());
        left.sent.clear();
        left.protocol->Receive({1, size, data});
        ASSERT_EQ(left.sent.size(), 1U);
        EXPECT_EQ(left.sent[0].code == 2, size == 8) << int(size);
    }
    left.sent.clear();
    left.protocol->Receive({1, 99, {2, 4, 0, 0x61}});
    ASSERT_EQ(left.sent.size(), 1U);
    EXPECT_EQ(left.sent[0].code, 4);
}

// Section 5: the link-local address is made of the identifier.
TEST_F(PppIpv6cpTest, LinkLocalAddress)
{
    EXPECT_EQ(PppIpv6cp::LinkLocal(0x0123456789abcdef), Ipv6Address("fe80::123:4567:89ab:cdef"));
}
