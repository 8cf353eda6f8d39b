/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-proxy-state.h"

namespace ns3
{

namespace
{

/**
 * @brief Visit each AVP of the state, in the order of section 4.4.5.
 * @param state an L2tpProxyState, const or not
 * @param visit is called with the key of each and the member that has its value
 */
template <typename State, typename Visit>
void
ForEachAvp(State& state, Visit visit)
{
    visit(L2tpAvps::INITIAL_RECEIVED_LCP_CONFREQ, state.initialReceivedConfReq);
    visit(L2tpAvps::LAST_SENT_LCP_CONFREQ, state.lastSentConfReq);
    visit(L2tpAvps::LAST_RECEIVED_LCP_CONFREQ, state.lastReceivedConfReq);
    visit(L2tpAvps::PROXY_AUTHEN_TYPE, state.authenType);
    visit(L2tpAvps::PROXY_AUTHEN_NAME, state.authenName);
    visit(L2tpAvps::PROXY_AUTHEN_CHALLENGE, state.authenChallenge);
    visit(L2tpAvps::PROXY_AUTHEN_ID, state.authenId);
    visit(L2tpAvps::PROXY_AUTHEN_RESPONSE, state.authenResponse);
}

} // namespace

void
L2tpProxyState::AddTo(L2tpControlMessage& message) const
{
    ForEachAvp(*this, [&message](const auto& key, const auto& value) {
        if (value)
        {
            message.Add(key, *value);
        }
    });
}

std::string
L2tpProxyState::FindFault() const
{
    // Whoever receives an ICCN knows the rules: ask as if one had come.
    L2tpControlMessage message(L2tpMessageType::ICCN);
    message.Add(L2tpAvps::TX_CONNECT_SPEED, uint32_t(0)).Add(L2tpAvps::FRAMING_TYPE, uint32_t(0));
    AddTo(message);
    if (const auto fault = message.Check())
    {
        return fault->code.message;
    }
    for (std::size_t i = 0; i < message.GetNAvps(); ++i)
    {
        if (message.IsIgnored(i))
        {
            return "ICCN with a value that is too great for the AVP " +
                   L2tpAvpName(0, message.GetAvp(i).type);
        }
    }
    return "";
}

L2tpProxyState
L2tpProxyState::From(const L2tpControlMessage& message)
{
    L2tpProxyState state;
    ForEachAvp(state, [&message](const auto& key, auto& value) { value = message.Get(key); });
    return state;
}

} // namespace ns3
