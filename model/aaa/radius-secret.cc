/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-secret.h"

#include "ns3/assert.h"
#include "ns3/l2tp-hmac.h"
#include "ns3/l2tp-md5-hiding.h"

#include <algorithm>
#include <boost/endian/conversion.hpp>

namespace ns3
{

namespace
{

constexpr std::size_t BLOCK = 16;     //!< octets of a digest
constexpr std::size_t TAG_SIZE = 1;   //!< octets of a tag
constexpr std::size_t SALT_SIZE = 2;  //!< octets of a salt
constexpr uint16_t SALT_BIT = 0x8000; //!< "MUST be set" (RFC 2868, section 3.5)
constexpr uint8_t MESSAGE_AUTHENTICATOR = RadiusKeys::MESSAGE_AUTHENTICATOR.type; //!< its Type

/// MD5 of a packet and the secret. @param packet the packet @param authenticator stands in the
/// place of its own @param secret the secret @return the digest
RadiusAuthenticator
DigestOf(RadiusPacket packet, const RadiusAuthenticator& authenticator, const std::string& secret)
{
    packet.authenticator = authenticator;
    const auto octets = packet.Serialize();
    return L2tpMd5().Add(octets.data(), octets.size()).Add(secret).Finish();
}

/// Replace a packet's Message-Authenticator. @param packet the packet @param value 16 octets
void
PutMessageAuthenticator(RadiusPacket& packet, const L2tpMd5Digest& value)
{
    RadiusAttributes attributes;
    for (const auto& attribute : packet.attributes.GetAll())
    {
        const bool isIt = attribute.type == MESSAGE_AUTHENTICATOR;
        attributes.Append(isIt ? RadiusAttribute{attribute.type, {value.begin(), value.end()}}
                               : attribute);
    }
    packet.attributes = attributes;
}

/// What a packet's Message-Authenticator has to be. @param packet the packet @param asked the
/// Authenticator of the request @param secret the secret @return the value
L2tpMd5Digest
MessageAuthenticatorOf(RadiusPacket packet,
                       const RadiusAuthenticator& asked,
                       const std::string& secret)
{
    packet.authenticator = asked;
    PutMessageAuthenticator(packet, L2tpMd5Digest());
    const auto octets = packet.Serialize();
    return L2tpHmacMd5({secret.begin(), secret.end()}, octets.data(), octets.size());
}

/// The digest for the first block: MD5(S + R), and of a salt beside (RFC 2865, section 5.2; RFC
/// 2868, section 3.5). @param secret the secret @param asked the Authenticator of the request
/// @param salt the salt, or empty @return the digest
L2tpMd5Digest
FirstDigest(const std::string& secret, const RadiusAuthenticator& asked, L2tpByteView salt)
{
    return L2tpMd5()
        .Add(secret)
        .Add(asked.data(), asked.size())
        .Add(salt.data(), salt.size())
        .Finish();
}

/// Fill the last block up with zeros. @param octets the octets
void
Pad(std::vector<uint8_t>& octets)
{
    octets.resize((octets.size() + BLOCK - 1) / BLOCK * BLOCK);
}

} // namespace

void
SignRadiusRequest(RadiusPacket& request, const std::string& secret)
{
    if (request.code == RadiusCode::ACCOUNTING_REQUEST)
    {
        request.authenticator = DigestOf(request, RadiusAuthenticator(), secret);
    }
    else if (request.attributes.Find(MESSAGE_AUTHENTICATOR))
    {
        PutMessageAuthenticator(request,
                                MessageAuthenticatorOf(request, request.authenticator, secret));
    }
}

void
SignRadiusReply(RadiusPacket& reply, const RadiusAuthenticator& asked, const std::string& secret)
{
    if (reply.attributes.Find(MESSAGE_AUTHENTICATOR))
    {
        PutMessageAuthenticator(reply, MessageAuthenticatorOf(reply, asked, secret));
    }
    reply.authenticator = DigestOf(reply, asked, secret);
}

bool
IsRadiusRequestGenuine(const RadiusPacket& request, const std::string& secret)
{
    return request.code != RadiusCode::ACCOUNTING_REQUEST ||
           request.authenticator == DigestOf(request, RadiusAuthenticator(), secret);
}

bool
IsRadiusReplyGenuine(const RadiusPacket& reply,
                     const RadiusAuthenticator& asked,
                     const std::string& secret)
{
    return reply.authenticator == DigestOf(reply, asked, secret);
}

std::optional<bool>
IsRadiusMessageGenuine(const RadiusPacket& packet,
                       const RadiusAuthenticator& asked,
                       const std::string& secret)
{
    const auto found = packet.attributes.Find(MESSAGE_AUTHENTICATOR);
    if (!found)
    {
        return std::nullopt;
    }
    const auto expected = MessageAuthenticatorOf(packet, asked, secret);
    return std::equal(expected.begin(), expected.end(), found->value.begin(), found->value.end());
}

std::optional<RadiusAttributes>
HideRadiusAttributes(const RadiusAttributes& clear,
                     const std::string& secret,
                     const RadiusAuthenticator& asked,
                     uint16_t salt)
{
    RadiusAttributes hidden;
    for (const auto& attribute : clear.GetAll())
    {
        const auto row = FindRadiusAttribute(attribute.type);
        const auto hiding = row ? row->hiding : RadiusHiding::NONE;
        auto value = attribute.value;
        if (hiding == RadiusHiding::PASSWORD)
        {
            if (value.size() > RADIUS_MAX_PASSWORD)
            {
                return std::nullopt;
            }
            value.resize(std::max(value.size(), std::size_t(1))); // at least a block
            Pad(value);
            L2tpMd5Hide(value, secret, FirstDigest(secret, asked, {}));
        }
        else if (hiding == RadiusHiding::SALTED)
        {
            NS_ASSERT_MSG(!value.empty(), "a Tunnel-Password has a tag");
            const std::size_t size = value.size() - TAG_SIZE;
            if (size > RADIUS_MAX_TUNNEL_PASSWORD)
            {
                return std::nullopt;
            }
            const uint8_t tag = value[0];
            value[0] = static_cast<uint8_t>(size); // Data-Length
            Pad(value);
            uint8_t salted[SALT_SIZE];
            boost::endian::store_big_u16(salted, salt++ | SALT_BIT);
            L2tpMd5Hide(value, secret, FirstDigest(secret, asked, {salted, SALT_SIZE}));
            value.insert(value.begin(), {tag, salted[0], salted[1]});
        }
        hidden.Append(RadiusAttribute{attribute.type, std::move(value)});
    }
    return hidden;
}

std::optional<RadiusAttributes>
RevealRadiusAttributes(const RadiusAttributes& hidden,
                       const std::string& secret,
                       const RadiusAuthenticator& asked)
{
    RadiusAttributes clear;
    for (const auto& attribute : hidden.GetAll())
    {
        const auto row = FindRadiusAttribute(attribute.type);
        const auto hiding = row ? row->hiding : RadiusHiding::NONE;
        auto value = attribute.value;
        if (hiding == RadiusHiding::PASSWORD)
        {
            L2tpMd5Reveal(value, secret, FirstDigest(secret, asked, {}));
            // The padding is zeros, and a password's end can't be told from it.
            const auto end = std::find_if(value.rbegin(), value.rend(), [](uint8_t octet) {
                return octet != 0;
            });
            value.erase(end.base(), value.end());
        }
        else if (hiding == RadiusHiding::SALTED)
        {
            constexpr std::size_t before = TAG_SIZE + SALT_SIZE;
            if (value.size() < before + BLOCK || (value.size() - before) % BLOCK != 0)
            {
                return std::nullopt;
            }
            const uint8_t tag = value[0] <= RADIUS_MAX_TAG ? value[0] : 0;
            const auto first =
                FirstDigest(secret, asked, L2tpByteView(value).Sub(TAG_SIZE, SALT_SIZE));
            value.erase(value.begin(), value.begin() + before);
            L2tpMd5Reveal(value, secret, first);
            const std::size_t size = value[0];
            if (size > value.size() - 1)
            {
                return std::nullopt;
            }
            value.resize(TAG_SIZE + size);
            value[0] = tag;
        }
        clear.Append(RadiusAttribute{attribute.type, std::move(value)});
    }
    return clear;
}

} // namespace ns3
