/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-radius-user-table.h"

#include "radius-ppp.h"

#include "ns3/abort.h"
#include "ns3/pointer.h"

#include <utility>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppRadiusUserTable);

TypeId
PppRadiusUserTable::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppRadiusUserTable")
            .SetParent<PppUserTable>()
            .SetGroupName("L2tp")
            .AddConstructor<PppRadiusUserTable>()
            .AddAttribute("Client",
                          "Who asks the servers.",
                          PointerValue(),
                          MakePointerAccessor(&PppRadiusUserTable::m_client),
                          MakePointerChecker<RadiusClient>())
            .AddTraceSource("Answer",
                            "An attempt is judged; the attempt, and what became of the request.",
                            MakeTraceSourceAccessor(&PppRadiusUserTable::m_answerTrace),
                            "ns3::PppRadiusUserTable::AnswerTracedCallback");
    return tid;
}

PppRadiusUserTable::PppRadiusUserTable() = default;
PppRadiusUserTable::~PppRadiusUserTable() = default;

void
PppRadiusUserTable::DoDispose()
{
    m_client = nullptr;
    PppUserTable::DoDispose();
}

void
PppRadiusUserTable::Authenticate(const PppAuthAttempt& attempt, VerdictCallback done)
{
    NS_ABORT_MSG_IF(!m_client,
                    "PppRadiusUserTable::Client is not set, so that nobody can be asked: give it a "
                    "RadiusClient");
    RadiusAttributes clear;
    if (!AddRadiusPppAttempt(attempt, clear))
    {
        PppAuthVerdict verdict;
        verdict.message = "a name or proof that RADIUS can't carry";
        done(verdict);
        return;
    }
    clear.Add(RadiusKeys::SERVICE_TYPE, RadiusServiceType::FRAMED);
    clear.Add(RadiusKeys::FRAMED_PROTOCOL, RADIUS_FRAMED_PPP);
    clear.Add(RadiusKeys::NAS_PORT_TYPE, RADIUS_PORT_VIRTUAL);
    // The table lives on until the answer is there.
    const Ptr<PppRadiusUserTable> self = this;
    m_client->Ask(clear, [self, attempt, done = std::move(done)](const RadiusResult& result) {
        PppAuthVerdict verdict;
        if (result.outcome == RadiusOutcome::ACCEPT)
        {
            verdict = GetRadiusPppVerdict(attempt, result.attributes);
        }
        else if (result.outcome == RadiusOutcome::REJECT)
        {
            verdict.message = GetRadiusReplyMessage(result.attributes);
        }
        else
        {
            verdict.message = std::string("RADIUS: ") + RadiusOutcomeName(result.outcome);
        }
        self->m_answerTrace(attempt, result);
        done(verdict);
    });
}

} // namespace ns3
