/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-radius.h"

#include "ns3/ppp-user-name.h"
#include "ns3/radius-accounting.h"

#include <algorithm>

namespace ns3
{

namespace
{

/// A call has come on. @param ladder where to note it @param call the call @param now its state
void
CallChanged(L2tpLadder* ladder,
            Ptr<const L2tpAccessCall> call,
            L2tpAccessState /* before */,
            L2tpAccessState now)
{
    if (now != L2tpAccessState::OVER) // many at once, when an LNS vanishes
    {
        const auto& attempt = call->GetQuery().attempt;
        ladder->Note("call of " + (attempt ? attempt->name : "somebody") + ": " +
                     L2tpAccessStateName(now));
    }
}

/// Tunnels are chosen. @param ladder where to note it @param query for whom @param result what
/// RADIUS has said
void
TunnelsChosen(L2tpLadder* ladder, const L2tpTunnelQuery& query, const RadiusResult& result)
{
    std::string text;
    for (const RadiusTunnel& tunnel : GetRadiusTunnels(result.attributes))
    {
        text += (text.empty() ? ": to " : ", else to ") + tunnel.serverAuthId;
    }
    ladder->Note("RADIUS about the domain of " + query.attempt->name + text);
}

/// A user is judged. @param ladder where to note it @param attempt who @param result what RADIUS
/// has said
void
UserJudged(L2tpLadder* ladder, const PppAuthAttempt& attempt, const RadiusResult& result)
{
    ladder->Note("RADIUS about " + attempt.name + ": " + RadiusOutcomeName(result.outcome));
}

} // namespace

void
L2tpScenarioNote(L2tpLadder& ladder, Ptr<L2tpAccessServer> server)
{
    server->TraceConnectWithoutContext("State", MakeBoundCallback(&CallChanged, &ladder));
}

void
L2tpScenarioNote(L2tpLadder& ladder, Ptr<L2tpRadiusSelector> selector)
{
    selector->TraceConnectWithoutContext("Answer", MakeBoundCallback(&TunnelsChosen, &ladder));
}

void
L2tpScenarioNote(L2tpLadder& ladder, Ptr<PppRadiusUserTable> users)
{
    users->TraceConnectWithoutContext("Answer", MakeBoundCallback(&UserJudged, &ladder));
}

std::vector<std::pair<std::string, double>>
L2tpScenarioAccounts(const RadiusServer& server,
                     const std::string& domain,
                     const NodeContainer& clients)
{
    using K = RadiusKeys;
    double starts = 0;
    double stops = 0;
    double from = 0;
    double to = 0;
    for (const RadiusRecord& record : server.GetRecords())
    {
        const auto user = record.attributes.Get(K::USER_NAME);
        const auto status = record.attributes.Get(K::ACCT_STATUS_TYPE);
        const bool isOfThem =
            std::any_of(clients.Begin(), clients.End(), [&record](const auto& node) {
                return record.client.IsOn(node);
            });
        if (!isOfThem || !user || PppDomainOf(*user) != domain)
        {
            continue;
        }
        starts += status == static_cast<uint32_t>(RadiusAcctStatus::START) ? 1 : 0;
        if (status == static_cast<uint32_t>(RadiusAcctStatus::STOP))
        {
            ++stops;
            from += record.attributes.Get(K::ACCT_INPUT_OCTETS).value_or(0);
            to += record.attributes.Get(K::ACCT_OUTPUT_OCTETS).value_or(0);
        }
    }
    return {{"starts", starts}, {"stops", stops}, {"octets_from", from}, {"octets_to", to}};
}

} // namespace ns3
