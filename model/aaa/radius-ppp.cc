/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-ppp.h"

#include "radius-framed-route.h"

#include "ns3/l2tp-digest.h"
#include "ns3/ppp-ms-chap.h"

#include <algorithm>

namespace ns3
{

namespace
{

using K = RadiusKeys;

constexpr std::size_t CHAP_SIZE = std::tuple_size<L2tpMd5Digest>::value; //!< octets of a response
constexpr std::size_t CHALLENGE_SIZE = std::tuple_size<PppMsChapChallenge>::value; //!< octets
constexpr std::size_t MAX_MESSAGE = 255; //!< octets of a PPP message

} // namespace

bool
AddRadiusPppAttempt(const PppAuthAttempt& attempt, RadiusAttributes& clear)
{
    const auto& response = attempt.response;
    if (!clear.Add(K::USER_NAME, attempt.name))
    {
        return false;
    }
    if (attempt.protocol == PPP_AUTH_PAP)
    {
        // An empty one is sent too: hidden, it has 16 octets.
        const auto& password = attempt.password;
        if (password.size() > RADIUS_MAX_VALUE)
        {
            return false;
        }
        clear.Append(RadiusAttribute{K::USER_PASSWORD.type, {password.begin(), password.end()}});
        return true;
    }
    if (attempt.protocol == PPP_AUTH_CHAP)
    {
        const std::string ident(1, static_cast<char>(attempt.identifier));
        return response.size() == CHAP_SIZE &&
               clear.Add(K::CHAP_PASSWORD, ident + L2tpByteView(response).ToString()) &&
               clear.Add(K::CHAP_CHALLENGE, L2tpByteView(attempt.challenge).ToString());
    }
    if (attempt.protocol == PPP_AUTH_MSCHAP_V2 && response.size() == PppMsChapResponse::SIZE)
    {
        // PPP has the Flags behind all else, RADIUS before (RFC 2759, 4; RFC 2548, 2.3.2).
        std::vector<uint8_t> value{attempt.identifier, response.back()};
        value.insert(value.end(), response.begin(), response.end() - 1);
        return clear.AddVendor(K::MS_CHAP_CHALLENGE, attempt.challenge) &&
               clear.AddVendor(K::MS_CHAP2_RESPONSE, value);
    }
    return false;
}

std::optional<PppAuthAttempt>
GetRadiusPppAttempt(const RadiusAttributes& clear, const RadiusAuthenticator& asked)
{
    PppAuthAttempt attempt;
    attempt.name = clear.Get(K::USER_NAME).value_or("");
    if (const auto password = clear.Get(K::USER_PASSWORD))
    {
        attempt.protocol = PPP_AUTH_PAP;
        attempt.password = *password;
        return attempt;
    }
    if (const auto chap = clear.Get(K::CHAP_PASSWORD); chap && chap->size() == 1 + CHAP_SIZE)
    {
        attempt.protocol = PPP_AUTH_CHAP;
        attempt.identifier = static_cast<uint8_t>(chap->front());
        attempt.response.assign(chap->begin() + 1, chap->end());
        const auto challenge = clear.Find(K::CHAP_CHALLENGE.type);
        attempt.challenge =
            challenge ? challenge->value : std::vector<uint8_t>(asked.begin(), asked.end());
        return attempt;
    }
    const auto challenge = clear.GetVendor(K::MS_CHAP_CHALLENGE);
    const auto response = clear.GetVendor(K::MS_CHAP2_RESPONSE);
    if (!challenge || !response)
    {
        return std::nullopt;
    }
    attempt.protocol = PPP_AUTH_MSCHAP_V2;
    attempt.identifier = response->front();
    attempt.challenge = *challenge;
    attempt.response.assign(response->begin() + 2, response->end());
    attempt.response.push_back((*response)[1]); // Flags
    return attempt;
}

void
AddRadiusPppVerdict(const PppAuthAttempt& attempt,
                    const PppAuthVerdict& verdict,
                    RadiusAttributes& clear)
{
    if (attempt.protocol != PPP_AUTH_MSCHAP_V2)
    {
        return;
    }
    PppMsChapFailure failure;
    std::copy_n(attempt.challenge.begin(),
                std::min(attempt.challenge.size(), CHALLENGE_SIZE),
                failure.challenge.begin()); // of no use, as there is no other try
    failure.message = verdict.message;
    const auto text = verdict.accepted ? verdict.proof : failure.Serialize();
    std::vector<uint8_t> value{attempt.identifier};
    value.insert(value.end(), text.begin(), text.end());
    clear.AddVendor(verdict.accepted ? K::MS_CHAP2_SUCCESS : K::MS_CHAP_ERROR, value);
}

PppUserProfile
GetRadiusUserProfile(const RadiusAttributes& clear)
{
    PppUserProfile profile;
    const auto address = clear.Get(K::FRAMED_IP_ADDRESS).value_or(Ipv4Address::GetAny());
    // 255.255.255.255 lets the user choose, 255.255.255.254 the NAS (RFC 2865, section 5.8).
    profile.address = address.Get() >= 0xfffffffe ? Ipv4Address::GetAny() : address;
    for (const auto& text : clear.GetEach(K::FRAMED_ROUTE))
    {
        // Its gateway is the user: nobody else is at the other end of a session.
        if (const auto route = RadiusFramedRoute::Parse(text))
        {
            profile.routes.push_back({route->network, route->mask, route->metric});
        }
    }
    profile.pool = clear.Get(K::FRAMED_POOL).value_or("");
    profile.sessionTimeout = Seconds(clear.Get(K::SESSION_TIMEOUT).value_or(0));
    profile.idleTimeout = Seconds(clear.Get(K::IDLE_TIMEOUT).value_or(0));
    return profile;
}

PppAuthVerdict
GetRadiusPppVerdict(const PppAuthAttempt& attempt, const RadiusAttributes& clear)
{
    PppAuthVerdict verdict;
    verdict.message = GetRadiusReplyMessage(clear);
    const auto service = clear.Get(K::SERVICE_TYPE).value_or(RadiusServiceType::FRAMED);
    const auto protocol = clear.Get(K::FRAMED_PROTOCOL).value_or(RADIUS_FRAMED_PPP);
    if (service != RadiusServiceType::FRAMED || protocol != RADIUS_FRAMED_PPP)
    {
        return verdict;
    }
    if (attempt.protocol == PPP_AUTH_MSCHAP_V2)
    {
        const auto success = clear.GetVendor(K::MS_CHAP2_SUCCESS);
        if (!success || success->front() != attempt.identifier)
        {
            return verdict;
        }
        verdict.proof.assign(success->begin() + 1, success->end());
    }
    verdict.accepted = true;
    verdict.profile = GetRadiusUserProfile(clear);
    return verdict;
}

std::string
GetRadiusReplyMessage(const RadiusAttributes& clear)
{
    std::string message;
    for (const auto& part : clear.GetEach(K::REPLY_MESSAGE))
    {
        message += part;
    }
    return message.substr(0, MAX_MESSAGE);
}

} // namespace ns3
