/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-radius-selector.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/l2-ns3-version.h"
#include "ns3/pointer.h"
#include "ns3/radius-ppp.h"
#include "ns3/radius-tunnel.h"
#include "ns3/string.h"

#include <utility>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpRadiusSelector);

namespace
{

using K = RadiusKeys;
using Kind = L2tpTunnelChoice::Kind;

} // namespace

TypeId
L2tpRadiusSelector::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpRadiusSelector")
            .SetParent<L2tpTunnelSelector>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpRadiusSelector>()
            .AddAttribute("Client",
                          "Who asks the servers.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpRadiusSelector::m_client),
                          MakePointerChecker<RadiusClient>())
            .AddAttribute("ByNumber",
                          "Whether to ask by the called number (RFC 2809, section 4.1.2.2).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpRadiusSelector::m_byNumber),
                          MakeBooleanChecker())
            .AddAttribute("ByName",
                          "What to ask by when the remote system has said who it is: Domain (RFC "
                          "2809, section 4.1.2.3), User (section 4.2), or Not.",
                          EnumValue(L2TP_RADIUS_NAME_DOMAIN),
                          MakeL2EnumAccessor<L2tpRadiusNameUse>(&L2tpRadiusSelector::m_byName, 0),
                          MakeEnumChecker(L2TP_RADIUS_NAME_NOT,
                                          "Not",
                                          L2TP_RADIUS_NAME_DOMAIN,
                                          "Domain",
                                          L2TP_RADIUS_NAME_USER,
                                          "User"))
            .AddAttribute("DummyPassword",
                          "The User-Password of requests that need no proof (RFC 2809, section "
                          "4.1.2.2).",
                          StringValue("l2tp"),
                          MakeStringAccessor(&L2tpRadiusSelector::m_dummyPassword),
                          MakeStringChecker())
            .AddTraceSource("Answer",
                            "A request was answered; the query, and what became of the request.",
                            MakeTraceSourceAccessor(&L2tpRadiusSelector::m_answerTrace),
                            "ns3::L2tpRadiusSelector::AnswerTracedCallback");
    return tid;
}

L2tpRadiusSelector::L2tpRadiusSelector() = default;
L2tpRadiusSelector::~L2tpRadiusSelector() = default;

void
L2tpRadiusSelector::DoDispose()
{
    m_client = nullptr;
    L2tpTunnelSelector::DoDispose();
}

void
L2tpRadiusSelector::Select(const L2tpTunnelQuery& query, ChoiceCallback done)
{
    NS_ABORT_MSG_IF(!m_client,
                    "L2tpRadiusSelector::Client is not set, so that nobody can be asked: give it a "
                    "RadiusClient");
    RadiusAttributes clear;
    if (!Write(query, clear))
    {
        done(RefuseOrAsk(query, "nothing to choose a tunnel by"));
        return;
    }
    // The selector lives on until the answer is there.
    const Ptr<L2tpRadiusSelector> self = this;
    m_client->Ask(clear, [self, query, done = std::move(done)](const RadiusResult& result) {
        self->m_answerTrace(query, result);
        done(self->Choose(query, result));
    });
}

bool
L2tpRadiusSelector::Write(const L2tpTunnelQuery& query, RadiusAttributes& clear) const
{
    bool isGood = false;
    if (!query.attempt)
    {
        isGood = m_byNumber && clear.Add(K::USER_NAME, query.calledNumber) &&
                 clear.Add(K::USER_PASSWORD, m_dummyPassword) &&
                 clear.Add(K::SERVICE_TYPE, RadiusServiceType::CALL_CHECK);
    }
    else if (m_byName == L2TP_RADIUS_NAME_DOMAIN)
    {
        isGood = clear.Add(K::USER_NAME, query.attempt->name) &&
                 clear.Add(K::USER_PASSWORD, m_dummyPassword) &&
                 clear.Add(K::SERVICE_TYPE, RadiusServiceType::OUTBOUND);
    }
    else if (m_byName == L2TP_RADIUS_NAME_USER)
    {
        isGood = AddRadiusPppAttempt(*query.attempt, clear) &&
                 clear.Add(K::SERVICE_TYPE, RadiusServiceType::FRAMED) &&
                 clear.Add(K::FRAMED_PROTOCOL, RADIUS_FRAMED_PPP);
    }
    clear.Add(K::CALLED_STATION_ID, query.calledNumber);
    clear.Add(K::CALLING_STATION_ID, query.callingNumber);
    clear.Add(K::NAS_PORT_TYPE, RADIUS_PORT_VIRTUAL);
    clear.Add(K::TUNNEL_TYPE, {0, RADIUS_TUNNEL_L2TP}); // a hint (RFC 2868, section 3.1)
    return isGood;
}

L2tpTunnelChoice
L2tpRadiusSelector::Choose(const L2tpTunnelQuery& query, const RadiusResult& result) const
{
    if (result.outcome == RadiusOutcome::REJECT)
    {
        return RefuseOrAsk(query, GetRadiusReplyMessage(result.attributes));
    }
    L2tpTunnelChoice choice;
    if (result.outcome != RadiusOutcome::ACCEPT)
    {
        choice.message = std::string("RADIUS: ") + RadiusOutcomeName(result.outcome);
        return choice;
    }
    const auto tunnels = GetRadiusTunnels(result.attributes);
    for (const auto& tunnel : tunnels)
    {
        const auto server = tunnel.GetServerAddress();
        if (tunnel.type != RADIUS_TUNNEL_L2TP || !server)
        {
            continue;
        }
        L2tpTunnelPeer peer;
        peer.server = {*server, L2TP_UDP_PORT};
        peer.preference = tunnel.preference;
        peer.secret = tunnel.password;
        peer.hostName = tunnel.clientAuthId;
        peer.expectedHostName = tunnel.serverAuthId;
        peer.assignmentId = tunnel.assignmentId;
        peer.privateGroupId = tunnel.privateGroupId;
        choice.peers.push_back(peer);
    }
    if (!choice.peers.empty())
    {
        choice.kind = Kind::TUNNEL;
    }
    else if (tunnels.empty())
    {
        choice.kind = Kind::LOCAL;
    }
    else
    {
        choice.message = "no tunnel that can be opened";
    }
    return choice;
}

L2tpTunnelChoice
L2tpRadiusSelector::RefuseOrAsk(const L2tpTunnelQuery& query, const std::string& message) const
{
    L2tpTunnelChoice choice;
    if (!query.attempt && m_byName != L2TP_RADIUS_NAME_NOT)
    {
        choice.kind = Kind::ASK_NAME;
    }
    else
    {
        choice.message = message;
    }
    return choice;
}

} // namespace ns3
