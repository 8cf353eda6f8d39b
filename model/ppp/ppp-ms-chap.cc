/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-ms-chap.h"

#include "ns3/log.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PppMsChap");

namespace
{

constexpr std::size_t RESERVED_SIZE = 8; //!< octets between challenge and response
constexpr std::size_t PROOF_SIZE = 42;   //!< characters of an authenticator response

/// Take a mark from the beginning of a text; false if it isn't there.
bool
Take(std::string_view& text, std::string_view mark)
{
    if (text.substr(0, mark.size()) != mark)
    {
        return false;
    }
    text.remove_prefix(mark.size());
    return true;
}

/// Take a decimal number from the beginning of a text; false if there is none that fits.
bool
TakeNumber(std::string_view& text, uint32_t& number)
{
    uint64_t value = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits)
    {
        value = value * 10 + (text[digits] - '0');
        if (value > std::numeric_limits<uint32_t>::max())
        {
            return false;
        }
    }
    text.remove_prefix(digits);
    number = static_cast<uint32_t>(value);
    return digits > 0;
}

/// What a hexadecimal digit stands for, 16 if it is none.
uint8_t
DigitOf(char character)
{
    static constexpr std::string_view UPPER = "0123456789ABCDEF";
    static constexpr std::string_view LOWER = "0123456789abcdef";
    constexpr std::size_t none = 16;
    return static_cast<uint8_t>(std::min({UPPER.find(character), LOWER.find(character), none}));
}

/// Take a challenge in hexadecimal digits from the beginning of a text; false if there is none.
bool
TakeChallenge(std::string_view& text, PppMsChapChallenge& challenge)
{
    if (text.size() < 2 * challenge.size())
    {
        return false;
    }
    for (std::size_t i = 0; i < challenge.size(); ++i)
    {
        const uint8_t high = DigitOf(text[2 * i]);
        const uint8_t low = DigitOf(text[2 * i + 1]);
        if (high > 15 || low > 15)
        {
            return false;
        }
        challenge[i] = static_cast<uint8_t>(high << 4 | low);
    }
    text.remove_prefix(2 * challenge.size());
    return true;
}

} // namespace

std::vector<uint8_t>
PppMsChapResponse::Serialize() const
{
    std::vector<uint8_t> value(SIZE);
    const auto end = std::copy(peerChallenge.begin(), peerChallenge.end(), value.begin());
    std::copy(ntResponse.begin(), ntResponse.end(), end + RESERVED_SIZE);
    return value;
}

std::optional<PppMsChapResponse>
PppMsChapResponse::Parse(const std::vector<uint8_t>& value)
{
    if (value.size() != SIZE)
    {
        return std::nullopt;
    }
    PppMsChapResponse response;
    auto& challenge = response.peerChallenge;
    std::copy_n(value.begin(), challenge.size(), challenge.begin());
    std::copy_n(value.begin() + challenge.size() + RESERVED_SIZE,
                response.ntResponse.size(),
                response.ntResponse.begin());
    return response;
}

std::string
PppMsChapFailure::Serialize() const
{
    return "E=" + std::to_string(error) + " R=" + (retry ? "1" : "0") +
           " C=" + PppMsChapHex(challenge.data(), challenge.size()) +
           " V=" + std::to_string(version) + " M=" + message;
}

std::optional<PppMsChapFailure>
PppMsChapFailure::Parse(const std::string& text)
{
    PppMsChapFailure failure;
    std::string_view rest = text;
    uint32_t retry = 0;
    if (!Take(rest, "E=") || !TakeNumber(rest, failure.error) || !Take(rest, " R=") ||
        !TakeNumber(rest, retry) || retry > 1 || !Take(rest, " C=") ||
        !TakeChallenge(rest, failure.challenge) || !Take(rest, " V=") ||
        !TakeNumber(rest, failure.version) || !Take(rest, " M="))
    {
        return std::nullopt;
    }
    failure.retry = retry == 1;
    failure.message = rest;
    return failure;
}

std::optional<std::string>
PppMsChapJudge(const PppAuthAttempt& attempt, const std::string& secret)
{
    const auto response = PppMsChapResponse::Parse(attempt.response);
    PppMsChapExchange exchange;
    if (!response || attempt.challenge.size() != exchange.authenticatorChallenge.size())
    {
        return std::nullopt;
    }
    std::copy(attempt.challenge.begin(),
              attempt.challenge.end(),
              exchange.authenticatorChallenge.begin());
    exchange.peerChallenge = response->peerChallenge;
    exchange.userName = attempt.name;
    if (PppMsChapNtResponse(exchange, secret) != response->ntResponse)
    {
        return std::nullopt;
    }
    return PppMsChapAuthenticatorResponse(exchange, secret, response->ntResponse);
}

std::optional<std::vector<uint8_t>>
PppMsChapPeer::Respond(uint8_t /* identifier */, const std::vector<uint8_t>& challenge)
{
    PppMsChapExchange exchange;
    if (challenge.size() != exchange.authenticatorChallenge.size())
    {
        return std::nullopt; // RFC 2759, section 3: 16 octets
    }
    const auto& settings = m_owner.GetSettings();
    std::copy(challenge.begin(), challenge.end(), exchange.authenticatorChallenge.begin());
    exchange.userName = settings.userName;
    PppMsChapResponse response;
    const auto random = GetRandomOctets(response.peerChallenge.size());
    std::copy(random.begin(), random.end(), response.peerChallenge.begin());
    exchange.peerChallenge = response.peerChallenge;
    response.ntResponse = PppMsChapNtResponse(exchange, settings.password);
    m_expected = PppMsChapAuthenticatorResponse(exchange, settings.password, response.ntResponse);
    return response.Serialize();
}

bool
PppMsChapPeer::IsProven(const std::string& message) const
{
    return message.compare(0, PROOF_SIZE, m_expected) == 0;
}

void
PppMsChapPeer::Refused(const std::string& message)
{
    const auto failure = PppMsChapFailure::Parse(message);
    if (failure)
    {
        NS_LOG_INFO("refused with error " << failure->error << ": " << failure->message);
    }
    else
    {
        NS_LOG_INFO("refused in words that RFC 2759, section 6, doesn't have");
    }
}

PppMsChapAuthenticator::PppMsChapAuthenticator(PppAuthOwner& owner)
    : PppChapAuthenticator(owner, PPP_AUTH_MSCHAP_V2)
{
}

bool
PppMsChapAuthenticator::IsResponse(const std::vector<uint8_t>& value) const
{
    return value.size() == PppMsChapResponse::SIZE;
}

std::string
PppMsChapAuthenticator::WriteMessage(const PppAuthVerdict& verdict)
{
    if (verdict.accepted)
    {
        return verdict.proof + " M=" + verdict.message;
    }
    PppMsChapFailure failure;
    const auto random = GetRandomOctets(failure.challenge.size());
    std::copy(random.begin(), random.end(), failure.challenge.begin());
    failure.message = verdict.message;
    return failure.Serialize();
}

} // namespace ns3
