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

L2tpProxyState
L2tpProxyState::From(const L2tpControlMessage& message)
{
    L2tpProxyState state;
    ForEachAvp(state, [&message](const auto& key, auto& value) { value = message.Get(key); });
    return state;
}

} // namespace ns3
