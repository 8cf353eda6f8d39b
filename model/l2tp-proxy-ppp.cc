/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-proxy-ppp.h"

#include "ns3/l2tp-avp.h"
#include "ns3/ppp-control-packet.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-protocol.h"

#include <limits>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{

namespace
{

/// What an AVP carries.
std::string
ToString(const std::vector<uint8_t>& octets)
{
    return {octets.begin(), octets.end()};
}

/// Whether an AVP can carry it: PPP's packets may be longer.
bool
Fits(std::size_t size)
{
    return size <= L2tpAvp::MAX_SIZE - L2tpAvp::HEADER_SIZE;
}

/// What PPP reads.
std::vector<uint8_t>
ToOctets(const std::string& value)
{
    return {value.begin(), value.end()};
}

} // namespace

L2tpProxyState
L2tpProxyStateOf(Ptr<const PppLink> link)
{
    L2tpProxyState proxy;
    const auto lcp = link->GetLcp();
    if (lcp->GetState() != PppState::OPENED)
    {
        return proxy;
    }
    const auto first = lcp->GetFirstReceivedRequest();
    if (first && Fits(first->size()))
    {
        proxy.initialReceivedConfReq = ToString(*first);
    }
    proxy.lastSentConfReq = ToString(lcp->GetLastSentRequest());
    proxy.lastReceivedConfReq = ToString(lcp->GetLastReceivedRequest());
    const auto attempt = link->GetPeerAttempt();
    if (lcp->GetPeerAuth() == PPP_AUTH_NONE)
    {
        proxy.authenType = L2tpProxyAuthen::NONE;
    }
    else if (attempt && attempt->protocol != PPP_AUTH_MSCHAP_V2 && Fits(attempt->name.size()))
    {
        const bool chap = attempt->protocol == PPP_AUTH_CHAP;
        proxy.authenType = chap ? L2tpProxyAuthen::CHAP : L2tpProxyAuthen::PAP;
        proxy.authenName = attempt->name;
        proxy.authenId = attempt->identifier;
        proxy.authenResponse = chap ? ToString(attempt->response) : attempt->password;
        if (chap)
        {
            proxy.authenChallenge = ToString(attempt->challenge);
        }
    }
    return proxy;
}

std::optional<PppAuthAttempt>
L2tpAuthAttemptOf(const L2tpProxyState& proxy)
{
    const bool chap = proxy.authenType == L2tpProxyAuthen::CHAP;
    const bool pap = proxy.authenType == L2tpProxyAuthen::PAP;
    constexpr uint16_t MAX_ID = std::numeric_limits<uint8_t>::max();
    if ((!chap && !pap) || !proxy.authenName || !proxy.authenResponse || !proxy.authenId ||
        *proxy.authenId > MAX_ID || (chap && !proxy.authenChallenge))
    {
        return std::nullopt;
    }
    PppAuthAttempt attempt;
    attempt.name = *proxy.authenName;
    attempt.identifier = static_cast<uint8_t>(*proxy.authenId);
    if (chap)
    {
        attempt.protocol = PPP_AUTH_CHAP;
        attempt.challenge = ToOctets(*proxy.authenChallenge);
        attempt.response = ToOctets(*proxy.authenResponse);
    }
    else
    {
        attempt.protocol = PPP_AUTH_PAP;
        attempt.password = *proxy.authenResponse;
    }
    return attempt;
}

std::optional<PppAdoption>
L2tpAdoptionOf(const L2tpProxyState& proxy)
{
    if (!proxy.lastSentConfReq || !proxy.lastReceivedConfReq)
    {
        return std::nullopt;
    }
    return PppAdoption{ToOctets(*proxy.lastSentConfReq),
                       ToOctets(*proxy.lastReceivedConfReq),
                       L2tpAuthAttemptOf(proxy)};
}

bool
L2tpHasBegunAnew(const L2tpProxyState& told, const L2tpProxyState& now)
{
    const auto essence = [](const L2tpProxyState& proxy) {
        return std::tie(proxy.lastSentConfReq,
                        proxy.lastReceivedConfReq,
                        proxy.authenId,
                        proxy.authenChallenge,
                        proxy.authenResponse);
    };
    return told.lastReceivedConfReq && now.lastReceivedConfReq && essence(told) != essence(now);
}

Ptr<Packet>
L2tpConfigureRequestOf(const L2tpProxyState& proxy)
{
    PppControlPacket request;
    request.code = static_cast<uint8_t>(PppCode::CONFIGURE_REQUEST);
    request.data = ToOctets(proxy.lastReceivedConfReq.value_or(""));
    const auto octets = request.Serialize();
    auto frame = Create<Packet>(octets.data(), octets.size());
    frame->AddHeader(PppFrameHeader(ppp_protocol::LCP, true, false));
    return frame;
}

} // namespace ns3
