/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tunnel-fixture.h"

#include <set>

using namespace ns3;

namespace
{

using Role = L2tpCallRole;
using State = L2tpCallState;
using Event = L2tpCallEvent;
using Action = L2tpCallAction;

/// Every row of the tables of sections 7.4.1, 7.4.2, 7.5.1 and 7.5.2, driven through calls of a
/// tunnel.
class L2tpCallRowsTest : public TunnelTest, public ::testing::WithParamInterface<Role>
{
  protected:
    /**
     * @brief Bring a call of a new tunnel into a state.
     * @param state the state; for idle there is no call, and messages are for an unknown one
     */
    void BringTo(State state)
    {
        NewTunnel();
        // What the endpoint says is which end of an incoming call it is.
        m_host->m_role = IsL2tpCallAtLac(GetParam()) ? Role::LAC_INCOMING : Role::LNS_INCOMING;
        m_host->m_config.helloInterval = Seconds(0);
        m_call = nullptr;
        m_sessionId = 999;
        if (state == State::WAIT_TUNNEL)
        {
            m_call = PlaceAny();
        }
        else
        {
            Establish();
        }
        if (GetParam() == Role::LAC_INCOMING && state > State::WAIT_TUNNEL)
        {
            m_call = Place();
            Acknowledge();
            m_sessionId = m_call->GetLocalId();
            if (state == State::ESTABLISHED)
            {
                Receive(Icrp(), m_sessionId);
            }
        }
        if (GetParam() == Role::LNS_INCOMING && state > State::IDLE)
        {
            Receive(Icrq());
            m_call = m_tunnel->GetCalls().at(0);
            m_sessionId = m_call->GetLocalId();
            if (state == State::ESTABLISHED)
            {
                Receive(Iccn(), m_sessionId);
            }
        }
        if (GetParam() == Role::LAC_OUTGOING && state > State::IDLE)
        {
            Receive(Ocrq());
            m_call = m_tunnel->GetCalls().at(0);
            m_sessionId = m_call->GetLocalId();
            if (state == State::ESTABLISHED)
            {
                m_call->BearerAnswered({64000});
            }
        }
        if (GetParam() == Role::LNS_OUTGOING && state > State::WAIT_TUNNEL)
        {
            m_call = PlaceOutgoing();
            Acknowledge();
            m_sessionId = m_call->GetLocalId();
            if (state != State::WAIT_REPLY)
            {
                Receive(Ocrp(), m_sessionId);
            }
            if (state == State::ESTABLISHED)
            {
                Receive(Occn(), m_sessionId);
            }
        }
        Acknowledge();
        if (m_call)
        {
            ASSERT_EQ(m_call->GetState(), state);
            ASSERT_EQ(m_call->GetSession()->IsUp(), state == State::ESTABLISHED);
        }
    }

    /// Place a call, which way calls of the role go. @return the call
    Ptr<L2tpCall> PlaceAny()
    {
        return IsL2tpCallOutgoing(GetParam()) ? PlaceOutgoing() : Place();
    }

    /**
     * @brief Cause an event.
     * @param event the event
     */
    void Cause(Event event)
    {
        switch (event)
        {
        case Event::BEARER_RING:
        case Event::LOCAL_OPEN:
            m_call = PlaceAny();
            break;
        case Event::TUNNEL_OPEN:
            Receive(Start(Type::SCCRP));
            m_sessionId = m_call->GetLocalId();
            break;
        case Event::LOCAL_CLOSE:
            m_call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
            break;
        case Event::RECEIVE_ICRQ_ACCEPTABLE:
            Receive(Icrq(), RequestId());
            break;
        case Event::RECEIVE_ICRQ_NOT_ACCEPTABLE:
            m_host->m_callRefusal = L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY);
            Receive(Icrq(), RequestId());
            break;
        case Event::RECEIVE_ICRP_ACCEPTABLE:
            Receive(Icrp(), m_sessionId);
            break;
        case Event::RECEIVE_ICRP_NOT_ACCEPTABLE:
            Receive(WithUnknownAvp(Icrp()), m_sessionId);
            break;
        case Event::RECEIVE_ICCN_ACCEPTABLE:
            Receive(Iccn(), m_sessionId);
            break;
        case Event::RECEIVE_ICCN_NOT_ACCEPTABLE:
            Receive(WithUnknownAvp(Iccn()), m_sessionId);
            break;
        case Event::BEARER_ANSWER:
            m_call->BearerAnswered({64000});
            break;
        case Event::BEARER_FAILURE:
            m_call->BearerFailed(L2tpResultCode::Of(L2tpCallResult::BUSY));
            break;
        case Event::RECEIVE_OCRQ_ACCEPTABLE:
            Receive(Ocrq(), RequestId());
            break;
        case Event::RECEIVE_OCRQ_NOT_ACCEPTABLE:
            m_host->m_callRefusal = L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY);
            Receive(Ocrq(), RequestId());
            break;
        case Event::RECEIVE_OCRP_ACCEPTABLE:
            Receive(Ocrp(), m_sessionId);
            break;
        case Event::RECEIVE_OCRP_NOT_ACCEPTABLE:
            Receive(WithUnknownAvp(Ocrp()), m_sessionId);
            break;
        case Event::RECEIVE_OCCN_ACCEPTABLE:
            Receive(Occn(), m_sessionId);
            break;
        case Event::RECEIVE_OCCN_NOT_ACCEPTABLE:
            Receive(WithUnknownAvp(Occn()), m_sessionId);
            break;
        case Event::RECEIVE_CDN:
            Receive(Cdn(), m_sessionId);
            break;
        case Event::INVALID_MESSAGE:
            Receive(WithUnknownAvp(L2tpControlMessage(Type::WEN)), m_sessionId);
            break;
        case Event::NOT_IN_TIME:
            RunUntil(Simulator::Now() + Seconds(60));
            break;
        case Event::TUNNEL_CLOSED:
            Receive(StopCcn());
            break;
        case Event::COUNT:
            break;
        }
    }

    /// The Session ID for an ICRQ or OCRQ: 0, unless it is to go to a call that stands. @return the
    /// ID
    uint16_t RequestId() const
    {
        return m_call ? m_sessionId : 0;
    }

    /**
     * @brief What a CDN has to say.
     * @param event what led to it
     * @return its Result Code, without the Error Message
     */
    static L2tpResultCode ExpectedCode(Event event)
    {
        const auto general = [](L2tpErrorCode error) {
            return L2tpResultCode::GeneralError(error, "");
        };
        switch (event)
        {
        case Event::LOCAL_CLOSE:
            return L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE);
        case Event::BEARER_FAILURE:
            return L2tpResultCode::Of(L2tpCallResult::BUSY);
        case Event::RECEIVE_ICRQ_NOT_ACCEPTABLE:
        case Event::RECEIVE_OCRQ_NOT_ACCEPTABLE:
            return L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_TEMPORARY);
        case Event::NOT_IN_TIME:
            return L2tpResultCode::Of(L2tpCallResult::NOT_IN_TIME);
        case Event::RECEIVE_ICRP_NOT_ACCEPTABLE:
        case Event::RECEIVE_ICCN_NOT_ACCEPTABLE:
        case Event::RECEIVE_OCRP_NOT_ACCEPTABLE:
        case Event::RECEIVE_OCCN_NOT_ACCEPTABLE:
        case Event::INVALID_MESSAGE:
            return general(L2tpErrorCode::UNKNOWN_MANDATORY_AVP);
        default:
            return general(L2tpErrorCode::OUT_OF_RANGE); // out of sequence
        }
    }

    /**
     * @brief The messages that a row's actions send.
     * @param row the row
     * @param event the event
     * @return their names
     */
    Texts ExpectedMessages(const L2tpCallTransition& row, Event event) const
    {
        Texts names;
        if (event == Event::TUNNEL_OPEN)
        {
            names.push_back("SCCCN");
        }
        for (const Action action : row.actions)
        {
            if (action >= Action::SEND_ICRQ && action <= Action::SEND_CDN)
            {
                names.push_back(std::string(L2tpCallActionName(action)).substr(5));
            }
            // The tunnel stands already when a call is placed here: the next row follows at once.
            names.insert(names.end(),
                         action == Action::OPEN_TUNNEL ? 1 : 0,
                         IsL2tpCallOutgoing(GetParam()) ? "OCRQ" : "ICRQ");
        }
        if (event == Event::NOT_IN_TIME && row.actions[0] == Action::CLEAN_UP)
        {
            names.push_back("StopCCN"); // the tunnel, begun with the call, is late too
        }
        return names;
    }

    /**
     * @brief Check the CDN that was sent, and what it does not break.
     * @param event what led to it
     */
    void ExpectCdn(Event event)
    {
        const auto& cdn = Last("CDN");
        L2tpResultCode code = cdn.message.Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode{});
        EXPECT_EQ(code.error.has_value(), !code.message.empty()) << "words for each error";
        const bool unknown = code.error == uint16_t(L2tpErrorCode::UNKNOWN_MANDATORY_AVP);
        EXPECT_EQ(code.message == "AVP 77", unknown);
        code.message.clear();
        EXPECT_EQ(code, ExpectedCode(event));
        if (m_call)
        {
            EXPECT_EQ(cdn.header.GetSessionId(), m_call->GetPeerId());
            EXPECT_EQ(cdn.message.Get(L2tpAvps::ASSIGNED_SESSION_ID), m_call->GetLocalId());
        }
        EXPECT_EQ(cdn.header.GetTunnelId(), PEER_ID);
    }

    /**
     * @brief Drive one cell of the table.
     * @param row its row
     * @param state its state
     * @param event its event
     */
    void Drive(const L2tpCallTransition& row, State state, Event event)
    {
        BringTo(state);
        const std::size_t before = SentSoFar();
        const Ptr<L2tpCall> call = m_call;
        Cause(event);
        EXPECT_EQ(Sent(before), ExpectedMessages(row, event));
        const auto& actions = row.actions;
        if (actions[0] == Action::SEND_CDN)
        {
            ExpectCdn(event);
        }
        EXPECT_EQ(m_host->m_dialled.size(),
                  GetParam() != Role::LAC_OUTGOING            ? 0U
                  : state == State::IDLE && row.next == state ? 0U
                                                              : 1U);
        if (row.next == State::IDLE)
        {
            EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
            EXPECT_EQ(m_host->m_cleared.size(), call ? 1U : 0U);
        }
        if (call && row.next == State::IDLE)
        {
            EXPECT_FALSE(call->GetSession()->IsUp());
            EXPECT_FALSE(call->GetTunnel());
            EXPECT_EQ(call->GetClearReason().rfind(L2tpCallEventName(event), 0), 0U);
        }
        if (event != Event::TUNNEL_CLOSED && state != State::WAIT_TUNNEL)
        {
            EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
        }
        if (row.next != State::IDLE)
        {
            const Ptr<L2tpCall> now = m_tunnel->GetCalls().at(0);
            const bool passedOn = actions[0] == Action::OPEN_TUNNEL;
            EXPECT_EQ(now->GetState(), passedOn ? State::WAIT_REPLY : row.next);
            EXPECT_EQ(now->GetSession()->IsUp(), row.next == State::ESTABLISHED);
            EXPECT_EQ(m_host->m_established.size(), row.next == State::ESTABLISHED ? 1U : 0U);
        }
        // One that is refused at once is told of, since it has failed.
        const bool isRefused = event == Event::RECEIVE_ICRQ_NOT_ACCEPTABLE ||
                               event == Event::RECEIVE_OCRQ_NOT_ACCEPTABLE;
        const std::string change = std::string("call ") + L2tpCallStateName(state) + " -> " +
                                   L2tpCallStateName(row.next) + ": " + L2tpCallEventName(event);
        EXPECT_EQ(std::count(m_host->m_log.begin(), m_host->m_log.end(), change),
                  state == row.next && !isRefused ? 0 : 1);
        if (call && row.next == State::IDLE && state != State::WAIT_TUNNEL)
        {
            // Nobody but this test knows the call any more.
            m_call = nullptr;
            m_host->m_established.clear();
            m_host->m_cleared.clear();
            m_host->m_dialled.clear();
            EXPECT_EQ(call->GetReferenceCount(), 1U);
        }
    }

    Ptr<L2tpCall> m_call;    //!< the call, or null
    uint16_t m_sessionId{0}; //!< for headers of messages about it
};

} // namespace

// A row that is added to a table is driven here, since all rows are.
// RFC 2661: 4.1-03, 4.4.2-01, 4.4.4-03, 4.4.4-04, 5.0-02, 5.3-02, 6.6-01, 6.7-01, 6.8-01, 6.9-02,
//   6.10-01, 6.11-01, 6.12-01, 6.12-02, 7.5.1-01, 7.5.1-02
TEST_P(L2tpCallRowsTest, EveryRow)
{
    for (std::size_t n = 0; n < GetNL2tpCallTransitions(GetParam()); ++n)
    {
        const L2tpCallTransition& row = GetL2tpCallTransitions(GetParam())[n];
        for (int s = 0; s < static_cast<int>(State::COUNT); ++s)
        {
            for (int e = 0; e < static_cast<int>(Event::COUNT); ++e)
            {
                const auto state = static_cast<State>(s);
                const auto event = static_cast<Event>(e);
                SCOPED_TRACE(std::string(L2tpCallStateName(state)) + ", " +
                             L2tpCallEventName(event));
                if ((row.states >> s & 1) && (row.events >> e & 1))
                {
                    Drive(row, state, event);
                }
            }
        }
    }
}

// Section 4.1: the session "MUST be terminated", whichever message about it bears the AVP, and
// whether or not it comes in sequence.
// RFC 2661: 4.1-03
TEST_P(L2tpCallRowsTest, UnknownMandatoryAvpInEveryMessage)
{
    const L2tpControlMessage messages[] = {
        Icrq(),
        Icrp(),
        Iccn(),
        Ocrq(),
        Ocrp(),
        Occn(),
        Cdn(),
        L2tpControlMessage(Type::WEN).Add(L2tpAvps::CALL_ERRORS, L2tpCallErrors{}),
        L2tpControlMessage(Type::SLI).Add(L2tpAvps::ACCM, L2tpAccm{}),
    };
    std::set<State> states;
    for (std::size_t n = 0; n < GetNL2tpCallTransitions(GetParam()); ++n)
    {
        states.insert(GetL2tpCallTransitions(GetParam())[n].next);
    }
    // In these two there is no session, or no tunnel yet.
    states.erase(State::IDLE);
    states.erase(State::WAIT_TUNNEL);
    EXPECT_GE(states.size(), 2U);
    for (const State state : states)
    {
        for (const auto& message : messages)
        {
            SCOPED_TRACE(std::string(L2tpCallStateName(state)) + ", " +
                         L2tpMessageName(message.GetType()));
            BringTo(state);
            Receive(WithUnknownAvp(message), m_sessionId);
            EXPECT_EQ(m_call->GetState(), State::IDLE);
            EXPECT_FALSE(m_call->GetSession()->IsUp());
            EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
            EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Roles,
                         L2tpCallRowsTest,
                         ::testing::Values(Role::LAC_INCOMING,
                                           Role::LNS_INCOMING,
                                           Role::LAC_OUTGOING,
                                           Role::LNS_OUTGOING));
