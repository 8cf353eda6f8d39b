/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How a control message holds its octets: parsing, copying, appending.

#include "captured-datagrams.h"
#include "control-message-verdict.h"

#include "ns3/l2tp-control-message.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

using Type = L2tpMessageType;

} // namespace

// RFC 2661, section 4.1: Length errors are found wherever they are; AVPs before them stay readable.
TEST(L2tpControlMessageForm, BadFormsOfAvps)
{
    const auto error = [](const std::string& hex, std::size_t avpsBefore) {
        const std::vector<uint8_t> body = Octets(hex);
        L2tpControlMessage message;
        const L2tpAvpError found = L2tpControlMessage::Parse(body, message);
        EXPECT_EQ(message.GetNAvps(), avpsBefore);
        EXPECT_EQ(Hex(message.GetBody()), Hex(body));
        return found;
    };
    EXPECT_EQ(error("", 0), L2tpAvpError::NONE);
    EXPECT_EQ(error("8008 0000 0000 000b 80", 1), L2tpAvpError::TRUNCATED);
    EXPECT_EQ(error("8008 0000 0000 000b 8000 0000 000e 0011", 1), L2tpAvpError::TOO_SHORT);
    EXPECT_EQ(error("8008 0000 0000 000b 8009 0000 000e 0011", 1), L2tpAvpError::OVERRUN);
    EXPECT_EQ(error("8009 0000 0000 000b", 0), L2tpAvpError::OVERRUN);
}

TEST(L2tpControlMessageForm, TruncationAtEveryLength)
{
    const std::string hex = std::string(CAPTURED_DATAGRAMS[0].hex).substr(24);
    const std::vector<uint8_t> body = Octets(hex);
    std::size_t whole = 0;
    for (std::size_t size = 0; size < body.size(); ++size)
    {
        const std::vector<uint8_t> cut(body.begin(), body.begin() + size);
        L2tpControlMessage message;
        if (L2tpControlMessage::Parse(cut, message) == L2tpAvpError::NONE)
        {
            ++whole;
            // Receive Window Size comes last and is not needed; everything before it is.
            EXPECT_EQ(Verdict(message) == "good", size == body.size() - 8) << size;
            EXPECT_EQ(Hex(message.GetBody()), Hex(cut));
        }
    }
    EXPECT_EQ(whole, 9u) << "before each of the nine AVPs";
}

// A message object that is used again keeps nothing of what it held before.
TEST(L2tpControlMessageForm, ParsingIntoAUsedMessage)
{
    L2tpControlMessage message =
        Parsed("8008 0000 0000 000b  0008 0000 000e 0000  8008 0000 000e 0011");
    EXPECT_EQ(Verdict(message), "good");
    EXPECT_EQ(message.GetIgnored(), 1u);
    ASSERT_EQ(L2tpControlMessage::Parse(Octets("8008 0000 0000 0006"), message),
              L2tpAvpError::NONE);
    EXPECT_EQ(message.GetNAvps(), 1u);
    EXPECT_EQ(message.GetIgnored(), 0u);
    EXPECT_EQ(Verdict(message), "good");
    EXPECT_FALSE(message.Get(L2tpAvps::ASSIGNED_SESSION_ID));
}

// Judging twice is judging once.
TEST(L2tpControlMessageForm, CheckTwice)
{
    L2tpControlMessage message =
        Parsed("8008 0000 0000 000b  0008 0000 004d 0000  8008 0000 000e 0011");
    for (int i = 0; i < 2; ++i)
    {
        EXPECT_EQ(Verdict(message), "good");
        EXPECT_EQ(message.GetIgnored(), 1u);
        EXPECT_EQ(message.Get(L2tpAvps::ASSIGNED_SESSION_ID), 17);
    }
}

// A copied message views its own octets.
TEST(L2tpControlMessageForm, CopiesAreIndependent)
{
    L2tpControlMessage copy;
    {
        L2tpControlMessage message(Type::ICRP);
        message.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(17));
        copy = message;
        message.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(18));
    }
    EXPECT_EQ(copy.GetNAvps(), 2u);
    EXPECT_EQ(Hex(copy.GetAvp(1).value), "0011");
    EXPECT_EQ(copy.GetAvp(1).value.data(), copy.GetBody().data() + 8 + 6);
}

// Regression; RFC 2661, section 4.4.1: "More than one Random Vector AVP may appear in a message",
// so that none of them is a repetition to be ignored.
TEST(L2tpControlMessageForm, SeveralRandomVectorsAreAllGood)
{
    L2tpControlMessage message(Type::ICRP);
    message.Add(L2tpAvps::RANDOM_VECTOR, std::string(16, 'a'))
        .Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(17))
        .Add(L2tpAvps::RANDOM_VECTOR, std::string(16, 'b'));
    EXPECT_EQ(Verdict(message), "good");
    EXPECT_EQ(message.GetIgnored(), 0u);
}

// Regression; RFC 2661, section 3.2: message type 0 is reserved, and so as unknown as 5 and 13. It
// was taken for a missing Message Type AVP, and cleared the tunnel without the M bit too.
TEST(L2tpControlMessageForm, MessageTypeZeroIsAnUnknownType)
{
    L2tpControlMessage mandatory = Parsed("8008 0000 0000 0000");
    EXPECT_EQ(Verdict(mandatory), "tunnel 2/3 unknown message type 0");
    L2tpControlMessage optional = Parsed("0008 0000 0000 0000");
    EXPECT_EQ(Verdict(optional), "good");
    EXPECT_EQ(optional.GetInfo(), nullptr);
}

// Regression: where an AVP lies was kept in 16 bits, and was wrong behind 65,535 octets.
TEST(L2tpControlMessageForm, BodyBeyond65535Octets)
{
    L2tpControlMessage message(Type::ICRP);
    for (int i = 0; i < 65; ++i)
    {
        message.AddRaw({0, 9, 1, std::vector<uint8_t>(1017, uint8_t(i))});
    }
    message.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(17));
    EXPECT_EQ(message.Get(L2tpAvps::ASSIGNED_SESSION_ID), 17);
    EXPECT_EQ(message.GetAvp(65).value[0], 64);

    L2tpControlMessage parsed;
    ASSERT_EQ(L2tpControlMessage::Parse(message.GetBody(), parsed), L2tpAvpError::NONE);
    EXPECT_EQ(parsed.Get(L2tpAvps::ASSIGNED_SESSION_ID), 17);
    EXPECT_EQ(parsed.GetAvp(65).value[0], 64);
}

// Regression: an AVP of the message itself was read after the body had moved to make room for it.
TEST(L2tpControlMessageForm, AppendingAnAvpOfItsOwn)
{
    L2tpControlMessage message(Type::SCCRQ);
    message.Add(L2tpAvps::HOST_NAME, std::string(500, 'h'));
    for (int i = 0; i < 5; ++i)
    {
        message.AddRaw(message.GetAvp(1));
    }
    ASSERT_EQ(message.GetNAvps(), 7u);
    for (std::size_t i = 1; i < 7; ++i)
    {
        EXPECT_EQ(message.GetAvp(i).value.ToString(), std::string(500, 'h')) << i;
    }
}
