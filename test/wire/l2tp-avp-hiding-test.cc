/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// RFC 2661, section 4.3: hiding of AVP Attribute Values.

#include "octets.h"

#include "ns3/l2tp-avp-hiding.h"
#include "ns3/l2tp-control-message.h"

#include <gtest/gtest.h>
#include <random>
#include <string>

using namespace ns3;

namespace
{

using Type = L2tpMessageType;

const std::vector<uint8_t> VECTOR = Octets("000102030405060708090a0b0c0d0e0f"); //!< a Random Vector

/// Hide a string. @return hexadecimal
std::string
Hide(uint16_t type,
     const std::string& value,
     const std::string& secret,
     const std::vector<uint8_t>& vector,
     std::size_t padding)
{
    const std::vector<uint8_t> octets(value.begin(), value.end());
    return Hex(HideL2tpValue(type, octets, secret, vector, std::vector<uint8_t>(padding)));
}

/// A message with many AVPs that may be hidden, and some that must not be. @param type SCCRQ or
/// SCCRP @return it
L2tpControlMessage
Start(Type type)
{
    L2tpControlMessage message(type);
    message.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION)
        .Add(L2tpAvps::HOST_NAME, std::string("lac"))
        .Add(L2tpAvps::FRAMING_CAPABILITIES, 3U)
        .Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(7))
        .Add(L2tpAvps::VENDOR_NAME, std::string(100, 'v'))
        .Add(L2tpAvps::FIRMWARE_REVISION, uint16_t(0x0100))
        .Add(L2tpAvps::RECEIVE_WINDOW_SIZE, uint16_t(4));
    return message;
}

/// An octet that changes from call to call.
class Counter
{
  public:
    uint8_t operator()()
    {
        return m_next++;
    }

  private:
    uint8_t m_next{0}; //!< the next octet
};

/// A copy of a message as a receiver has it.
L2tpControlMessage
Received(const L2tpControlMessage& message)
{
    L2tpControlMessage received;
    EXPECT_EQ(L2tpControlMessage::Parse(message.GetBody(), received), L2tpAvpError::NONE);
    return received;
}

} // namespace

// Computed after section 4.3 by another program, in another language.
// RFC 2661: 4.3-03
TEST(L2tpAvpHiding, ForeignOctets)
{
    EXPECT_EQ(Hide(9, "\x12\x34", "secret", VECTOR, 0), "be6a0ff3");
    EXPECT_EQ(Hide(9, "\x12\x34", "secret", VECTOR, 12), "be6a0ff3dfe444d9cd76415abc1af578");
    EXPECT_EQ(
        Hide(33, "the quick brown fox jumps over the lazy dog", "testsecret", Octets("78797a"), 0),
        "c6b3dd2e87d0ef2a8b17ca1f27611a3830d18c65b7224b773cd02b17dee43972dce1afae573e001fd91f8"
        "02c81");
    EXPECT_EQ(Hide(22, "", "s", {}, 0), "9f57");
}

// RFC 2661: 4.3-03
TEST(L2tpAvpHiding, RevealingUndoesHiding)
{
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 200; ++size)
    {
        std::vector<uint8_t> value(size);
        std::vector<uint8_t> padding(size % 21);
        for (auto* octets : {&value, &padding})
        {
            for (uint8_t& octet : *octets)
            {
                octet = static_cast<uint8_t>(random());
            }
        }
        const auto hidden = HideL2tpValue(30, value, "secret", VECTOR, padding);
        EXPECT_EQ(hidden.size(), size + 2 + padding.size());
        EXPECT_EQ(RevealL2tpValue(30, hidden, "secret", VECTOR), value);
        EXPECT_NE(RevealL2tpValue(30, hidden, "wrong", VECTOR), value);
        EXPECT_NE(RevealL2tpValue(31, hidden, "secret", VECTOR), value);
    }
}

// Robustness case 7: an original length of 0xffff, and octets that hold no length at all.
TEST(L2tpAvpHiding, LengthsThatCannotBe)
{
    EXPECT_EQ(RevealL2tpValue(9, {}, "secret", VECTOR), std::nullopt);
    EXPECT_EQ(RevealL2tpValue(9, Octets("be"), "secret", VECTOR), std::nullopt);
    std::vector<uint8_t> hidden = HideL2tpValue(9, Octets("1234"), "secret", VECTOR, {});
    hidden[0] ^= 0xff;
    hidden[1] ^= 0xfd; // the length 2 becomes 0xffff
    EXPECT_EQ(RevealL2tpValue(9, hidden, "secret", VECTOR), std::nullopt);
    hidden[0] ^= 0xff;
    hidden[1] ^= 0xfd ^ 0x01; // and now 3, one more than there is
    EXPECT_EQ(RevealL2tpValue(9, hidden, "secret", VECTOR), std::nullopt);
}

// What may be hidden is, what must not be is not, and all of it can be read with the secret.
// RFC 2661: 4.3-02, 4.3-04, 4.3-05, 4.4.1-01, 4.4.1-06, 4.4.3-15
TEST(L2tpAvpHiding, AWholeMessage)
{
    for (const Type type : {Type::SCCRQ, Type::SCCRP})
    {
        L2tpControlMessage message = Start(type);
        message.Hide("secret", Counter());
        ASSERT_EQ(message.GetNAvps(), 9U);
        EXPECT_EQ(message.GetAvp(0).type, L2tpAvps::MESSAGE_TYPE.type);
        EXPECT_EQ(message.GetAvp(1).type, L2tpAvps::RANDOM_VECTOR.type) << "before all hidden ones";
        for (std::size_t i = 0; i < message.GetNAvps(); ++i)
        {
            const L2tpAvp avp = message.GetAvp(i);
            EXPECT_EQ(avp.IsHidden(), L2TP_AVPS[avp.type].hideable) << L2TP_AVPS[avp.type].name;
            EXPECT_EQ(avp.IsMandatory(), L2TP_AVPS[avp.type].mandatory) << L2TP_AVPS[avp.type].name;
        }
        L2tpControlMessage received = Received(message);
        received.Reveal("secret");
        EXPECT_FALSE(received.Check());
        EXPECT_EQ(received.GetIgnored(), 0U);
        EXPECT_EQ(received.Get(L2tpAvps::ASSIGNED_TUNNEL_ID), 7);
        EXPECT_EQ(received.Get(L2tpAvps::FRAMING_CAPABILITIES), 3U);
        EXPECT_EQ(received.Get(L2tpAvps::FIRMWARE_REVISION), 0x0100);
        EXPECT_EQ(received.Get(L2tpAvps::VENDOR_NAME), std::string(100, 'v'));
        EXPECT_EQ(Hex(received.GetBody()), Hex(message.GetBody())) << "the octets stay hidden";
    }
}

// Section 4.1: without the secret, or with another one, a hidden AVP is unrecognized or malformed.
TEST(L2tpAvpHiding, WithoutTheRightSecret)
{
    L2tpControlMessage message = Start(Type::SCCRQ);
    message.Hide("secret", Counter());
    for (const char* secret : {"", "wrong"})
    {
        L2tpControlMessage received = Received(message);
        received.Reveal(secret);
        const auto fault = received.Check();
        ASSERT_TRUE(fault) << secret;
        EXPECT_TRUE(fault->clearsTunnel);
    }
}

// Robustness case 7; section 4.3: the Random Vector "MUST precede the first AVP having an H bit".
// RFC 2661: 4.3-02, 4.4.1-06
TEST(L2tpAvpHiding, BeforeTheRandomVectorNothingIsRevealed)
{
    // Nor is it as if there were an empty one.
    for (const auto& vector : {VECTOR, std::vector<uint8_t>()})
    {
        L2tpControlMessage message(Type::ICRP);
        const auto hidden = HideL2tpValue(14, Octets("0005"), "secret", vector, {});
        message.AddRaw({L2tpAvp::FLAG_MANDATORY | L2tpAvp::FLAG_HIDDEN, 0, 14, hidden});
        message.Add(L2tpAvps::RANDOM_VECTOR, std::string(vector.begin(), vector.end()));
        message.Reveal("secret");
        EXPECT_FALSE(message.Has(L2tpAvps::ASSIGNED_SESSION_ID));
        const auto fault = message.Check();
        ASSERT_TRUE(fault);
        EXPECT_EQ(fault->code.error, static_cast<uint16_t>(L2tpErrorCode::UNKNOWN_MANDATORY_AVP));
    }
}

// Section 4.3: "This bit MUST only be set if a shared secret exists"; an empty one is none, even if
// the peer has hidden with it.
// RFC 2661: 4.3-01
TEST(L2tpAvpHiding, AnEmptySecretIsNone)
{
    L2tpControlMessage message(Type::ICRP);
    message.Add(L2tpAvps::RANDOM_VECTOR, std::string(VECTOR.begin(), VECTOR.end()));
    const auto hidden = HideL2tpValue(14, Octets("0005"), "", VECTOR, {});
    message.AddRaw({L2tpAvp::FLAG_MANDATORY | L2tpAvp::FLAG_HIDDEN, 0, 14, hidden});
    message.Reveal("");
    EXPECT_FALSE(message.Has(L2tpAvps::ASSIGNED_SESSION_ID));
    const auto fault = message.Check();
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code.error, static_cast<uint16_t>(L2tpErrorCode::UNKNOWN_MANDATORY_AVP));
}

// Section 4.4.1: "The Random Octet String may be of arbitrary length".
// RFC 2661: 4.4.1-05
TEST(L2tpAvpHiding, RandomVectorsOfAnyLength)
{
    for (const std::size_t size : {0, 1, 2, 15, 16, 17, 100, 1017})
    {
        SCOPED_TRACE(size);
        const std::vector<uint8_t> vector(size, 9);
        L2tpControlMessage message(Type::ICRP);
        message.Add(L2tpAvps::RANDOM_VECTOR, std::string(vector.begin(), vector.end()));
        const auto hidden = HideL2tpValue(14, Octets("0005"), "secret", vector, {});
        message.AddRaw({L2tpAvp::FLAG_MANDATORY | L2tpAvp::FLAG_HIDDEN, 0, 14, hidden});
        message.Reveal("secret");
        EXPECT_FALSE(message.Check());
        EXPECT_EQ(message.Get(L2tpAvps::ASSIGNED_SESSION_ID), 5);
    }
}

// Section 4.4.1: "a hidden AVP uses the Random Vector AVP most closely preceding it".
// RFC 2661: 4.3-05
TEST(L2tpAvpHiding, EachAvpHasTheNearestVector)
{
    L2tpControlMessage message(Type::ICRQ);
    const std::vector<uint8_t> other = Octets("ffee");
    const uint16_t flags = L2tpAvp::FLAG_MANDATORY | L2tpAvp::FLAG_HIDDEN;
    message.Add(L2tpAvps::RANDOM_VECTOR, std::string(VECTOR.begin(), VECTOR.end()));
    message.AddRaw({flags, 0, 14, HideL2tpValue(14, Octets("0005"), "secret", VECTOR, {})});
    message.Add(L2tpAvps::RANDOM_VECTOR, std::string(other.begin(), other.end()));
    message.AddRaw({flags, 0, 15, HideL2tpValue(15, Octets("00000006"), "secret", other, {})});
    message.Reveal("secret");
    EXPECT_FALSE(message.Check());
    EXPECT_EQ(message.Get(L2tpAvps::ASSIGNED_SESSION_ID), 5);
    EXPECT_EQ(message.Get(L2tpAvps::CALL_SERIAL_NUMBER), 6U);
}

// Section 4.1: an AVP with a reserved bit "MUST be treated as an unrecognized AVP"; section 4.4.1:
// the Random Vector "MUST NOT be hidden". One that is not recognized reveals nothing: with the M
// bit it clears the session, without it the vector before it counts.
//
// RFC 2661: 4.1-02, 4.3-05, 4.4.1-08
TEST(L2tpAvpHiding, AnUnrecognizedVectorIsNotUsed)
{
    const std::vector<uint8_t> other = Octets("ffee");
    const auto hidden = HideL2tpValue(22, Octets("35353531"), "secret", VECTOR, {});
    for (const uint16_t bit : {0x2000, 0x1000, 0x0800, 0x0400, 0x4000})
    {
        for (const uint16_t m : {uint16_t(0), L2tpAvp::FLAG_MANDATORY})
        {
            SCOPED_TRACE(m | bit);
            L2tpControlMessage message(Type::ICRQ);
            message.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(5))
                .Add(L2tpAvps::CALL_SERIAL_NUMBER, 6U)
                .Add(L2tpAvps::RANDOM_VECTOR, std::string(VECTOR.begin(), VECTOR.end()))
                .AddRaw({uint16_t(m | bit), 0, L2tpAvps::RANDOM_VECTOR.type, other})
                .AddRaw({L2tpAvp::FLAG_MANDATORY | L2tpAvp::FLAG_HIDDEN, 0, 22, hidden});
            message.Reveal("secret");
            EXPECT_EQ(message.Get(L2tpAvps::CALLING_NUMBER), "5551");
            const auto fault = message.Check();
            EXPECT_EQ(fault.has_value(), m != 0);
            if (fault)
            {
                EXPECT_FALSE(fault->clearsTunnel);
                EXPECT_EQ(fault->code,
                          L2tpResultCode::GeneralError(L2tpErrorCode::UNKNOWN_MANDATORY_AVP,
                                                       "AVP 36: Random Vector"));
                continue;
            }
            EXPECT_EQ(message.GetIgnored(), 1U);
            EXPECT_TRUE(message.IsIgnored(4));
            EXPECT_FALSE(message.IsIgnored(3));
            EXPECT_EQ(message.Get(L2tpAvps::CALLING_NUMBER), "5551");
        }
    }
}

// The same with no other vector: there is nothing to reveal with.
// RFC 2661: 4.1-02, 4.3-02, 4.4.1-08
TEST(L2tpAvpHiding, AnUnrecognizedVectorAloneRevealsNothing)
{
    const auto hidden = HideL2tpValue(22, Octets("35353531"), "secret", VECTOR, {});
    for (const uint16_t bit : {0x2000, 0x1000, 0x0800, 0x0400, 0x4000})
    {
        L2tpControlMessage message(Type::ICRQ);
        message.AddRaw({bit, 0, L2tpAvps::RANDOM_VECTOR.type, VECTOR})
            .AddRaw({L2tpAvp::FLAG_HIDDEN, 0, 22, hidden});
        message.Reveal("secret");
        EXPECT_FALSE(message.Has(L2tpAvps::CALLING_NUMBER)) << bit;
    }
}

// Section 4.4: some AVPs MUST NOT be hidden.
TEST(L2tpAvpHiding, WhatMustNotBeHidden)
{
    L2tpControlMessage message(Type::CDN);
    message.Add(L2tpAvps::RANDOM_VECTOR, std::string(VECTOR.begin(), VECTOR.end()));
    message.AddRaw({L2tpAvp::FLAG_MANDATORY | L2tpAvp::FLAG_HIDDEN,
                    0,
                    1,
                    HideL2tpValue(1, Octets("0003"), "secret", VECTOR, {})});
    message.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(5));
    message.Reveal("secret");
    ASSERT_TRUE(message.Check());
    EXPECT_FALSE(message.Has(L2tpAvps::RESULT_CODE));
}

// A value that leaves no room for its length can't be hidden, and goes as it is.
TEST(L2tpAvpHiding, TooLongToBeHidden)
{
    for (const std::size_t size : {1013, 1014, 1015, 1016, 1017})
    {
        L2tpControlMessage message(Type::ICRQ);
        message.Add(L2tpAvps::CALLED_NUMBER, std::string(size, '1'));
        message.Hide("secret", Counter());
        EXPECT_EQ(message.GetAvp(2).IsHidden(), size <= 1015);
        message.Reveal("secret");
        EXPECT_EQ(message.Get(L2tpAvps::CALLED_NUMBER), std::string(size, '1'));
    }
}
