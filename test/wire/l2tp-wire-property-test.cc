/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "all-avp-keys.h"
#include "captured-datagrams.h"
#include "octets.h"

#include "ns3/l2tp-avp-hiding.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"
#include "ns3/packet.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <random>
#include <string>

using namespace ns3;

namespace
{

constexpr int N_DATAGRAMS = 100000;  //!< how many each property is tried with
const char* const SECRET = "s3cret"; //!< what AVPs are hidden with

/// Makes datagrams at random, the same ones in every run.
class Generator
{
  public:
    /**
     * @brief Begin.
     * @param seed what the datagrams follow from
     */
    explicit Generator(uint32_t seed)
        : m_random(seed)
    {
    }

    /**
     * @brief A number; not std::uniform_int_distribution, which differs between libraries.
     * @param limit what the number is below
     * @return the number
     */
    std::size_t Below(std::size_t limit)
    {
        return m_random() % limit;
    }

    /**
     * @brief A valid control message: the AVPs that it needs, some that it may have, some unknown
     * ones without the M bit, in any order behind the Message Type.
     * @param ignored receives how many AVPs are unknown
     * @return the message
     */
    L2tpControlMessage Message(std::size_t& ignored)
    {
        const L2tpMessageInfo& info = L2TP_MESSAGES[Below(L2TP_MESSAGES.size())];
        std::vector<L2tpAvp> avps;
        std::vector<std::vector<uint8_t>> values;
        for (const L2tpAvpInfo& avp : L2TP_AVPS)
        {
            const bool needed = avp.needed >> static_cast<uint16_t>(info.type) & 1;
            const bool allowed = avp.allowed >> static_cast<uint16_t>(info.type) & 1;
            if (avp.name && avp.type != 0 && (needed || (allowed && Below(2))))
            {
                const uint16_t mandatory = avp.mandatory ? L2tpAvp::FLAG_MANDATORY : 0;
                // Some peers set or clear M where the RFC has it otherwise.
                const uint16_t flags = Below(8) ? mandatory : mandatory ^ L2tpAvp::FLAG_MANDATORY;
                avps.push_back({flags, 0, avp.type, {}});
                values.push_back(Value(avp));
            }
        }
        ignored = Below(3);
        for (std::size_t i = 0; i < ignored; ++i)
        {
            const auto vendor = uint16_t(Below(2) ? 1 + Below(0xffff) : 0);
            const auto type = uint16_t(
                vendor ? Below(0x10000) : L2TP_AVPS.size() + Below(0x10000 - L2TP_AVPS.size()));
            avps.push_back({uint16_t(Below(16) << 10), vendor, type, {}});
            values.push_back(Any(Below(40)));
        }
        std::vector<std::size_t> order(avps.size());
        for (std::size_t i = 0; i < order.size(); ++i)
        {
            order[i] = i;
            std::swap(order[i], order[Below(i + 1)]);
        }
        L2tpControlMessage message(info.type);
        for (const std::size_t i : order)
        {
            avps[i].value = values[i];
            message.AddRaw(avps[i]);
        }
        return message;
    }

    /**
     * @brief Hide some AVPs of a message, behind one Random Vector or several.
     * @param message the message
     * @return the same with Random Vectors where they are needed
     */
    L2tpControlMessage Hidden(const L2tpControlMessage& message)
    {
        L2tpControlMessage hidden;
        std::optional<std::vector<uint8_t>> vector;
        for (std::size_t i = 0; i < message.GetNAvps(); ++i)
        {
            L2tpAvp avp = message.GetAvp(i);
            const L2tpAvpInfo* info = FindL2tpAvp(avp.vendor, avp.type);
            if (info && info->type == L2tpAvps::RANDOM_VECTOR.type)
            {
                vector.emplace(avp.value.begin(), avp.value.end());
            }
            const std::size_t room = L2tpAvp::MAX_SIZE - L2tpAvp::HEADER_SIZE;
            std::vector<uint8_t> value;
            if (info && info->hideable && avp.value.size() + 2 <= room && Below(4))
            {
                if (!vector || !Below(4))
                {
                    vector = Any(Below(40));
                    hidden.Add(L2tpAvps::RANDOM_VECTOR,
                               std::string(vector->begin(), vector->end()));
                }
                const auto padding =
                    Any(Below(std::min<std::size_t>(room - avp.value.size() - 2, 40) + 1));
                value = HideL2tpValue(avp.type, avp.value, SECRET, *vector, padding);
                avp.value = value;
                avp.flags |= L2tpAvp::FLAG_HIDDEN;
            }
            hidden.AddRaw(avp);
        }
        return hidden;
    }

    /**
     * @brief A datagram with a control message.
     * @param message the message
     * @return header and body
     */
    std::vector<uint8_t> Control(const L2tpControlMessage& message)
    {
        const std::vector<uint8_t>& body = message.GetBody();
        const L2tpHeader header = L2tpHeader::MakeControl(m_random() & 0xffff,
                                                          m_random() & 0xffff,
                                                          m_random() & 0xffff,
                                                          m_random() & 0xffff,
                                                          body.size());
        return Join(header, body);
    }

    /// A data datagram with any of the options. @return header and payload
    std::vector<uint8_t> Data()
    {
        L2tpHeader header;
        header.SetTunnelId(m_random() & 0xffff);
        header.SetSessionId(m_random() & 0xffff);
        header.SetPriority(Below(2));
        if (Below(2))
        {
            header.SetSequence(m_random() & 0xffff, m_random() & 0xffff);
        }
        if (Below(2))
        {
            header.SetOffsetPad(Any(Below(10)));
        }
        const std::vector<uint8_t> payload = Any(Below(60));
        if (Below(2))
        {
            // Length first grows the header, and then counts it.
            header.SetLength(0);
            header.SetLength(uint16_t(header.GetSerializedSize() + payload.size()));
        }
        return Join(header, payload);
    }

    /**
     * @brief Damage a datagram: flip bits, cut it, put a part of another into it, or change an
     * octet to one of the values where lengths break.
     * @param datagram the datagram
     * @param other another one
     */
    void Mutate(std::vector<uint8_t>& datagram, const std::vector<uint8_t>& other)
    {
        for (std::size_t i = 1 + Below(4); i > 0 && !datagram.empty(); --i)
        {
            const std::size_t at = Below(datagram.size());
            switch (Below(5))
            {
            case 0:
                datagram[at] ^= 1 << Below(8);
                break;
            case 1:
                datagram.resize(at);
                break;
            case 2: {
                const std::size_t from = Below(other.size());
                const std::size_t size = Below(other.size() - from + 1);
                datagram.insert(datagram.begin() + at,
                                other.begin() + from,
                                other.begin() + from + size);
                break;
            }
            case 3: {
                const uint8_t edges[] = {0, 1, 5, 6, 7, 0x7f, 0x80, 0xff};
                datagram[at] = edges[Below(sizeof(edges))];
                break;
            }
            default:
                // The Length is mended, so that what is behind it is looked at.
                if (datagram.size() >= 4 && datagram.size() <= 0xffff)
                {
                    datagram[2] = uint8_t(datagram.size() >> 8);
                    datagram[3] = uint8_t(datagram.size());
                }
            }
        }
    }

  private:
    /**
     * @brief Any octets.
     * @param size how many
     * @return the octets
     */
    std::vector<uint8_t> Any(std::size_t size)
    {
        std::vector<uint8_t> octets(size);
        std::generate(octets.begin(), octets.end(), [this] { return uint8_t(m_random() >> 8); });
        return octets;
    }

    /**
     * @brief A value that the RFC allows.
     * @param info the AVP's row
     * @return the value
     */
    std::vector<uint8_t> Value(const L2tpAvpInfo& info)
    {
        const std::size_t range = info.maxSize - info.minSize + 1u;
        std::size_t size =
            info.minSize + Below(std::min<std::size_t>(range, Below(50) ? 40 : range));
        const bool isResultCode = info.format == L2tpAvpFormat::RESULT_CODE;
        size += isResultCode && size == 3;
        std::vector<uint8_t> value = Any(size);
        if (info.format == L2tpAvpFormat::CALL_ERRORS || info.format == L2tpAvpFormat::ACCM)
        {
            value[0] = value[1] = 0; // Reserved
        }
        if (info.type == L2tpAvps::ASSIGNED_TUNNEL_ID.type ||
            info.type == L2tpAvps::ASSIGNED_SESSION_ID.type)
        {
            value[1] |= 1; // not zero
        }
        if (info.type == L2tpAvps::PROXY_AUTHEN_ID.type)
        {
            value[0] = 0; // at most 255
        }
        if (info.type == L2tpAvps::PROXY_AUTHEN_TYPE.type)
        {
            value[0] |= 1; // none of the types that need other AVPs
        }
        return value;
    }

    /**
     * @brief Put a datagram together.
     * @param header its header
     * @param payload what follows
     * @return the octets
     */
    static std::vector<uint8_t> Join(const L2tpHeader& header, const std::vector<uint8_t>& payload)
    {
        std::vector<uint8_t> datagram(header.GetSerializedSize(), 0xa5);
        header.Write(datagram.data());
        datagram.insert(datagram.end(), payload.begin(), payload.end());
        return datagram;
    }

    std::mt19937 m_random; //!< where all choices come from
};

/**
 * @brief Write a header again.
 * @param header the header
 * @return its octets
 */
std::vector<uint8_t>
Written(const L2tpHeader& header)
{
    std::vector<uint8_t> octets(header.GetSerializedSize(), 0xa5);
    header.Write(octets.data());
    return octets;
}

/**
 * @brief Take what a datagram says all apart, and see that it can be put together again.
 * @param datagram the datagram; anything
 * @return what was found wrong, "none" if nothing
 */
std::string
TakeApart(const std::vector<uint8_t>& datagram)
{
    L2tpHeader header;
    const L2tpHeaderError error = L2tpHeader::Parse(datagram, datagram.size(), header);
    L2tpHeader deserialized;
    const uint32_t taken =
        Create<Packet>(datagram.data(), datagram.size())->PeekHeader(deserialized);
    EXPECT_EQ(deserialized.GetError(), error);
    if (error != L2tpHeaderError::NONE)
    {
        EXPECT_EQ(taken, 0u);
        return L2tpHeaderErrorName(error);
    }
    const std::size_t headerSize = header.GetSerializedSize();
    EXPECT_EQ(taken, headerSize);
    const std::size_t payloadSize = header.GetPayloadSize(datagram.size());
    EXPECT_LE(headerSize + payloadSize, datagram.size());
    EXPECT_EQ(Hex(Written(header)), Hex({datagram.data(), headerSize}));
    if (!header.IsControl())
    {
        return "none";
    }

    const L2tpByteView body = L2tpByteView(datagram).Sub(headerSize, payloadSize);
    L2tpControlMessage message;
    const L2tpAvpError avpError = L2tpControlMessage::Parse(body, message);
    EXPECT_EQ(Hex(message.GetBody()), Hex(body));
    message.Reveal(SECRET);
    const auto fault = message.Check();
    EXPECT_LE(message.GetIgnored(), message.GetNAvps());
    VisitAllAvpKeys([&message](const auto& key) {
        if (message.Get(key))
        {
            EXPECT_TRUE(message.Has(key));
        }
    });
    L2tpControlMessage again;
    for (std::size_t i = 0; i < message.GetNAvps(); ++i)
    {
        again.AddRaw(message.GetAvp(i));
    }
    const std::size_t whole = again.GetBody().size();
    EXPECT_EQ(Hex(again.GetBody()), Hex(body.Sub(0, whole)));
    if (avpError != L2tpAvpError::NONE)
    {
        EXPECT_LT(whole, body.size());
        return L2tpAvpErrorName(avpError);
    }
    EXPECT_EQ(whole, body.size());
    return fault ? fault->code.Describe(L2tpMessageType::STOPCCN).substr(0, 3) : "none";
}

} // namespace

// What a message parses from is what it serialises to, octet for octet.
// RFC 2661: 7.1-07
TEST(L2tpWireProperty, GeneratedMessagesComeBackAsTheyWere)
{
    Generator generator(2661);
    for (int i = 0; i < N_DATAGRAMS && !HasFailure(); ++i)
    {
        std::size_t ignored = 0;
        const L2tpControlMessage message = generator.Message(ignored);
        const std::vector<uint8_t> datagram = generator.Control(message);
        SCOPED_TRACE(Hex(datagram));

        L2tpHeader header;
        ASSERT_EQ(L2tpHeader::Parse(datagram, datagram.size(), header), L2tpHeaderError::NONE);
        ASSERT_EQ(header.GetPayloadSize(datagram.size()), message.GetBody().size());
        L2tpControlMessage parsed;
        const L2tpByteView body = L2tpByteView(datagram).Sub(header.GetSerializedSize());
        ASSERT_EQ(L2tpControlMessage::Parse(body, parsed), L2tpAvpError::NONE);
        const auto fault = parsed.Check();
        ASSERT_FALSE(fault) << fault->code.message;
        EXPECT_EQ(parsed.GetIgnored(), ignored);

        std::vector<uint8_t> again = Written(header);
        const L2tpControlMessage rebuilt = RebuildByKeys(parsed);
        again.insert(again.end(), rebuilt.GetBody().begin(), rebuilt.GetBody().end());
        EXPECT_EQ(Hex(again), Hex(datagram));
    }
}

// RFC 2661, section 4.3: what is hidden comes back as it was on the wire, and says what it said in
// clear, whichever of several Random Vectors most closely precedes it.
TEST(L2tpWireProperty, HiddenMessagesComeBackAndAreRevealed)
{
    Generator generator(43);
    std::size_t nHidden = 0;
    for (int i = 0; i < N_DATAGRAMS && !HasFailure(); ++i)
    {
        std::size_t ignored = 0;
        const L2tpControlMessage message = generator.Message(ignored);
        const L2tpControlMessage hidden = generator.Hidden(message);
        SCOPED_TRACE(Hex(hidden.GetBody()));
        L2tpControlMessage parsed;
        ASSERT_EQ(L2tpControlMessage::Parse(hidden.GetBody(), parsed), L2tpAvpError::NONE);
        EXPECT_EQ(Hex(RebuildByKeys(parsed).GetBody()), Hex(hidden.GetBody()));
        parsed.Reveal(SECRET);
        const auto fault = parsed.Check();
        ASSERT_FALSE(fault) << fault->code.message;
        EXPECT_EQ(parsed.GetIgnored(), ignored);
        std::size_t at = 0;
        for (std::size_t n = 0; n < parsed.GetNAvps(); ++n)
        {
            const L2tpAvp avp = parsed.GetAvp(n);
            const L2tpAvp original = message.GetAvp(std::min(at, message.GetNAvps() - 1));
            if (avp.type != original.type || avp.vendor != original.vendor)
            {
                // A vector that was put in; that the message has one itself changes nothing.
                EXPECT_EQ(avp.type, L2tpAvps::RANDOM_VECTOR.type);
                continue;
            }
            const bool isVector = avp.vendor == 0 && avp.type == L2tpAvps::RANDOM_VECTOR.type;
            if (isVector && Hex(avp.value) != Hex(original.value))
            {
                continue;
            }
            ++at;
            nHidden += avp.IsHidden();
            EXPECT_EQ(Hex(parsed.GetClearValue(n).value_or(L2tpByteView())), Hex(original.value));
        }
        EXPECT_EQ(at, message.GetNAvps());
    }
    EXPECT_GT(nHidden, std::size_t(N_DATAGRAMS));
}

TEST(L2tpWireProperty, GeneratedDataHeadersComeBackAsTheyWere)
{
    Generator generator(1701);
    for (int i = 0; i < N_DATAGRAMS && !HasFailure(); ++i)
    {
        EXPECT_EQ(TakeApart(generator.Data()), "none");
    }
}

// Robustness: whatever arrives gives a value or a typed error, and is never read past its end.
TEST(L2tpWireProperty, DamagedDatagramsGiveAValueOrATypedError)
{
    Generator generator(115);
    std::map<std::string, int> outcomes;
    for (int i = 0; i < N_DATAGRAMS && !HasFailure(); ++i)
    {
        std::size_t ignored = 0;
        const std::vector<uint8_t> other = generator.Control(generator.Message(ignored));
        std::vector<uint8_t> datagram;
        switch (generator.Below(4))
        {
        case 0:
            datagram =
                Octets(CAPTURED_DATAGRAMS[generator.Below(std::size(CAPTURED_DATAGRAMS))].hex);
            break;
        case 1:
            datagram = generator.Control(generator.Message(ignored));
            break;
        case 2:
            datagram = generator.Control(generator.Hidden(generator.Message(ignored)));
            break;
        default:
            datagram = generator.Data();
        }
        generator.Mutate(datagram, other);
        // A copy of its own size, so that AddressSanitizer sees a read behind its end.
        const std::vector<uint8_t> exact(datagram.begin(), datagram.end());
        SCOPED_TRACE(Hex(exact));
        ++outcomes[TakeApart(exact)];
    }
    // Each way to fail was met, and so was none.
    for (const char* outcome : {"none",
                                "header-truncated",
                                "header-version",
                                "header-control-bits",
                                "header-length",
                                "header-offset",
                                "avp-truncated",
                                "avp-length-below-6",
                                "avp-overruns-message",
                                "2/2",
                                "2/3",
                                "2/8"})
    {
        EXPECT_GT(outcomes[outcome], 100) << outcome;
    }
    EXPECT_EQ(outcomes.size(), 12u);
}
