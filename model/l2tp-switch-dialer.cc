/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-switch-dialer.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/pointer.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <string>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpSwitchDialer");
NS_OBJECT_ENSURE_REGISTERED(L2tpSwitchDialer);

namespace
{

/// Whether another LAC may do better, as this one lacks something. @param code what it said, result
/// 0 if there is no tunnel to it @return true if so
bool
IsWorthAnother(const L2tpResultCode& code)
{
    const auto lacks = [&code](L2tpCallResult result) {
        return code.result == static_cast<uint16_t>(result);
    };
    const auto errs = [&](L2tpErrorCode error) {
        return lacks(L2tpCallResult::GENERAL_ERROR) && code.error == static_cast<uint16_t>(error);
    };
    return code.result == 0 || errs(L2tpErrorCode::NO_RESOURCES) ||
           errs(L2tpErrorCode::TRY_ANOTHER) || lacks(L2tpCallResult::NO_FACILITIES_TEMPORARY) ||
           lacks(L2tpCallResult::NO_FACILITIES_PERMANENT);
}

} // namespace

TypeId
L2tpSwitchDialer::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpSwitchDialer")
            .SetParent<L2tpDialer>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpSwitchDialer>()
            .AddAttribute("Lns",
                          "What places the onward calls: an L2tpLns of the LAC's node; needed.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpSwitchDialer::m_lns),
                          MakePointerChecker<L2tpLns>())
            .AddAttribute("Selector",
                          "What chooses the next LAC, by the number called; needed.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpSwitchDialer::m_selector),
                          MakePointerChecker<L2tpTunnelSelector>())
            .AddAttribute("HopLimit",
                          "How many switches a call may have been through before this one.",
                          UintegerValue(8),
                          MakeUintegerAccessor(&L2tpSwitchDialer::m_hopLimit),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("BearerCapabilities",
                          "What bearers LNSs are told that there are: 1 digital, 2 analog, 3 both.",
                          UintegerValue(L2tpBearer::DIGITAL | L2tpBearer::ANALOG),
                          MakeUintegerAccessor(&L2tpSwitchDialer::m_bearers),
                          MakeUintegerChecker<uint32_t>(1, 3))
            .AddTraceSource("Joined",
                            "A call is joined with the one onward",
                            MakeTraceSourceAccessor(&L2tpSwitchDialer::m_joinedTrace),
                            "ns3::L2tpSwitchDialer::JoinedTracedCallback")
            .AddTraceSource("Failed",
                            "Nobody takes a call",
                            MakeTraceSourceAccessor(&L2tpSwitchDialer::m_failedTrace),
                            "ns3::L2tpSwitchDialer::FailedTracedCallback");
    return tid;
}

L2tpSwitchDialer::L2tpSwitchDialer() = default;
L2tpSwitchDialer::~L2tpSwitchDialer() = default;

void
L2tpSwitchDialer::DoDispose()
{
    for (auto& [call, entry] : m_calls)
    {
        if (entry.join)
        {
            entry.join->Dispose();
            entry.leg->Dispose();
            entry.onwardLeg->Dispose();
        }
    }
    m_calls.clear();
    m_lns = nullptr;
    m_selector = nullptr;
    L2tpDialer::DoDispose();
}

std::size_t
L2tpSwitchDialer::GetNCalls() const
{
    return m_calls.size();
}

uint32_t
L2tpSwitchDialer::GetBearerCapabilities() const
{
    return m_bearers;
}

std::optional<L2tpResultCode>
L2tpSwitchDialer::Judge(const L2tpCallParameters& parameters) const
{
    NS_ABORT_MSG_IF(!m_lns || !m_selector,
                    "L2tpSwitchDialer::" << (m_lns ? "Selector" : "Lns")
                                         << " is not set, so that calls could not go on: give it "
                                         << (m_lns ? "an L2tpTunnelTable" : "the node's L2tpLns"));
    if (parameters.hopCount >= m_hopLimit)
    {
        return L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                            "Hop Count " + std::to_string(parameters.hopCount) +
                                                " is at the limit");
    }
    return m_lns->IsRunning()
               ? std::nullopt
               : std::optional(L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY,
                                                  "no onward calls are placed"));
}

std::optional<uint32_t>
L2tpSwitchDialer::Reserve(Ptr<const L2tpCall> call)
{
    m_calls[PeekPointer(call)] = {};
    return std::nullopt; // the channel is the next LAC's, and not known yet
}

L2tpSwitchDialer::Entry*
L2tpSwitchDialer::Find(Ptr<L2tpCall> call)
{
    const auto found = m_calls.find(PeekPointer(call));
    return found == m_calls.end() ? nullptr : &found->second;
}

void
L2tpSwitchDialer::Dial(Ptr<L2tpCall> call)
{
    L2tpTunnelQuery query;
    query.calledNumber = call->GetParameters().calledNumber;
    const Ptr<L2tpSwitchDialer> self(this);
    m_selector->Select(query, [self, call](const L2tpTunnelChoice& choice) {
        // It may be too late: the LNS has cleared the call.
        if (self->Find(call))
        {
            self->Chosen(call, choice);
        }
    });
}

void
L2tpSwitchDialer::Chosen(Ptr<L2tpCall> call, const L2tpTunnelChoice& choice)
{
    if (choice.kind != L2tpTunnelChoice::Kind::TUNNEL)
    {
        Fail(call,
             choice.message.empty()
                 ? L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION)
                 : L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION, choice.message));
        return;
    }
    auto peers = choice.peers;
    const auto isOwn = [this](const L2tpTunnelPeer& peer) {
        return peer.server.address.IsOn(m_lns->GetNode());
    };
    peers.erase(std::remove_if(peers.begin(), peers.end(), isOwn), peers.end());
    std::stable_sort(peers.begin(), peers.end(), [](const auto& a, const auto& b) {
        return a.preference < b.preference;
    });
    Find(call)->peers = peers;
    TryNext(call,
            L2tpResultCode::Of(L2tpCallResult::INVALID_DESTINATION,
                               "the tunnel would lead to the switch itself"));
}

void
L2tpSwitchDialer::TryNext(Ptr<L2tpCall> call, const L2tpResultCode& code)
{
    auto* entry = Find(call);
    if (entry->peers.empty())
    {
        Fail(call, code);
        return;
    }
    const auto peer = entry->peers.front();
    entry->peers.erase(entry->peers.begin());
    entry->onward = nullptr;
    const uint32_t attempt = ++entry->attempt;
    L2tpCallParameters parameters = call->GetParameters();
    ++parameters.hopCount;
    const Ptr<L2tpSwitchDialer> self(this);
    const auto onward =
        m_lns->PlaceOwnCall(peer.server,
                            parameters,
                            L2tpLns::CallCallback([self, call](Ptr<L2tpCall> established) {
                                self->Established(call, established);
                            }),
                            L2tpLns::CallCallback([self, call, attempt](Ptr<L2tpCall> cleared) {
                                self->Cleared(call, attempt, cleared);
                            }));
    entry = Find(call);
    if (!entry || entry->attempt != attempt)
    {
        return; // it was cleared at once, and another one asked, or none left
    }
    entry->onward = onward;
    if (!onward)
    {
        Fail(call,
             L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY,
                                "no onward calls are placed"));
    }
}

void
L2tpSwitchDialer::Established(Ptr<L2tpCall> call, Ptr<L2tpCall> onward)
{
    if (Find(call))
    {
        const auto& line = onward->GetParameters();
        call->BearerAnswered({line.txConnectSpeed, line.rxConnectSpeed, line.framingType});
    }
}

void
L2tpSwitchDialer::Connect(Ptr<L2tpCall> call)
{
    auto* entry = Find(call);
    const auto onward = entry->onward;
    const auto leg = CreateObject<L2tpCallLeg>(call);
    const auto onwardLeg = CreateObject<L2tpCallLeg>(onward);
    const auto join = CreateObject<L2tpLegJoin>();
    entry->leg = leg;
    entry->onwardLeg = onwardLeg;
    entry->join = join;
    join->Join(leg, onwardLeg, L2tpLegJoin::EndedCallback());
    if (Find(call))
    {
        m_joinedTrace(call, onward); // whoever is told may clear the call
    }
}

void
L2tpSwitchDialer::Cleared(Ptr<L2tpCall> call, uint32_t attempt, Ptr<L2tpCall> onward)
{
    const auto* entry = Find(call);
    if (!entry || entry->attempt != attempt)
    {
        return;
    }
    if (const auto leg = entry->onwardLeg)
    {
        leg->Cleared(); // and the other one with it
        return;
    }
    const auto& code = onward->GetClearCode();
    if (IsWorthAnother(code))
    {
        TryNext(call,
                code.result ? code
                            : L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY,
                                                 "the tunnel was closed"));
    }
    else
    {
        Fail(call, code);
    }
}

void
L2tpSwitchDialer::Fail(Ptr<L2tpCall> call, const L2tpResultCode& code)
{
    NS_LOG_INFO("nobody takes it: " << code.Describe(L2tpMessageType::CDN));
    m_failedTrace(call, code);
    call->BearerFailed(code);
}

void
L2tpSwitchDialer::Release(Ptr<L2tpCall> call)
{
    auto node = m_calls.extract(PeekPointer(call));
    if (!node)
    {
        return;
    }
    const Entry& entry = node.mapped();
    if (entry.join)
    {
        entry.leg->Cleared(); // and the one onward with it
    }
    else if (entry.onward)
    {
        const auto& code = call->GetClearCode();
        entry.onward->Close(code.result ? code
                                        : L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    }
}

} // namespace ns3
