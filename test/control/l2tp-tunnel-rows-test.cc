/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tunnel-fixture.h"

#include <set>

using namespace ns3;

namespace
{

using State = L2tpTunnelState;
using Event = L2tpTunnelEvent;
using Action = L2tpTunnelAction;

/// Every row of the table of section 7.2.1, driven through a tunnel by messages of the peer.
class L2tpTunnelRowsTest : public TunnelTest
{
  protected:
    /**
     * @brief Bring a new tunnel into a state, with a call in it if it can have one.
     * @param state the state
     * @param challenge whether the tunnel challenges its peer
     */
    void BringTo(State state, bool challenge)
    {
        NewTunnel();
        m_host->m_config.sharedSecret = "secret";
        m_host->m_config.challengePeer = challenge;
        m_call = nullptr;
        switch (state)
        {
        case State::WAIT_CTL_REPLY:
            m_call = Place();
            break;
        case State::WAIT_CTL_CONN:
            Receive(Start(Type::SCCRQ));
            m_call = Place();
            break;
        case State::ESTABLISHED:
            Establish();
            m_call = Place();
            Receive(Icrp(), m_call->GetLocalId());
            Acknowledge();
            ASSERT_TRUE(m_call->GetSession()->IsUp());
            break;
        default:
            break;
        }
        ASSERT_EQ(m_tunnel->GetState(), state);
    }

    /**
     * @brief Cause an event.
     * @param event the event
     * @return false if nothing can cause it yet
     */
    bool Cause(Event event)
    {
        if (event != Event::PEER_DEAD)
        {
            Acknowledge();
        }
        const auto start = [&](Type type, bool acceptable) {
            m_host->m_tunnelRefusal =
                acceptable ? std::nullopt
                           : std::optional(L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED));
            Receive(Start(type));
        };
        switch (event)
        {
        case Event::LOCAL_OPEN_REQUEST:
            if (m_tunnel->GetState() == State::ESTABLISHED)
            {
                Place(); // "(new call)"
            }
            else
            {
                m_tunnel->Open();
            }
            return true;
        case Event::RECEIVE_SCCRQ_ACCEPTABLE:
            start(Type::SCCRQ, true);
            return true;
        case Event::RECEIVE_SCCRQ_NOT_ACCEPTABLE:
            start(Type::SCCRQ, false);
            return true;
        case Event::RECEIVE_SCCRP_ACCEPTABLE:
            start(Type::SCCRP, true);
            return true;
        case Event::RECEIVE_SCCRP_NOT_ACCEPTABLE:
            start(Type::SCCRP, false);
            return true;
        case Event::RECEIVE_SCCCN_ACCEPTABLE:
            Receive(L2tpControlMessage(Type::SCCCN));
            return true;
        case Event::RECEIVE_SCCCN_NOT_ACCEPTABLE:
            // Without the answer to the challenge.
            Receive(L2tpControlMessage(Type::SCCCN));
            return true;
        case Event::RECEIVE_SCCRQ_LOSE_TIE:
            m_tunnel->LoseTie();
            return true;
        case Event::RECEIVE_STOPCCN:
            Receive(StopCcn());
            return true;
        case Event::ADMIN_TUNNEL_CLOSE:
            m_tunnel->Close(L2tpResultCode::Of(L2tpStopResult::SHUTTING_DOWN));
            return true;
        case Event::INVALID_MESSAGE:
            Receive(WithUnknownAvp(L2tpControlMessage(Type::HELLO)));
            return true;
        case Event::NOT_IN_TIME:
            RunUntil(Simulator::Now() + Seconds(60));
            return true;
        case Event::PEER_DEAD:
            // An unanswered HELLO after 60 s, or what was sent at first.
            RunUntil(Simulator::Now() +
                     Seconds(m_tunnel->GetState() == State::ESTABLISHED ? 91 : 31));
            return true;
        case Event::LOCAL_CRASH:
            m_tunnel->Crash();
            return true;
        case Event::CROWDED_OUT:
            m_tunnel->GiveWay();
            return true;
        default:
            return false;
        }
    }

    /**
     * @brief What a StopCCN has to say.
     * @param event what led to it
     * @return its Result Code
     */
    static L2tpResultCode ExpectedCode(Event event)
    {
        switch (event)
        {
        case Event::RECEIVE_SCCRQ_NOT_ACCEPTABLE:
        case Event::RECEIVE_SCCRP_NOT_ACCEPTABLE:
        case Event::RECEIVE_SCCCN_NOT_ACCEPTABLE:
            return L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED);
        case Event::ADMIN_TUNNEL_CLOSE:
            return L2tpResultCode::Of(L2tpStopResult::SHUTTING_DOWN);
        case Event::NOT_IN_TIME:
            return L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST);
        case Event::INVALID_MESSAGE:
            return L2tpResultCode::GeneralError(L2tpErrorCode::UNKNOWN_MANDATORY_AVP, "AVP 77");
        default:
            return L2tpResultCode::Of(L2tpStopResult::FSM_ERROR);
        }
    }

    /**
     * @brief The messages that a row's actions send.
     * @param row the row
     * @return their names
     */
    static Texts ExpectedMessages(const L2tpTunnelTransition& row)
    {
        Texts names;
        for (const Action action : row.actions)
        {
            if (action == Action::SEND_TUNNEL_OPEN)
            {
                // The call that waits sends it.
                names.push_back("ICRQ");
            }
            else if (action >= Action::SEND_SCCRQ && action <= Action::SEND_STOPCCN)
            {
                names.push_back(std::string(L2tpTunnelActionName(action)).substr(5));
            }
        }
        return names;
    }

    /**
     * @brief Check what is left after a clean-up.
     * @param row the row that was followed
     * @param event the event
     */
    void ExpectCleanedUp(const L2tpTunnelTransition& row, Event event)
    {
        EXPECT_EQ(m_tunnel->GetNCalls(), 0U);
        if (m_call)
        {
            EXPECT_EQ(m_call->GetState(), L2tpCallState::IDLE);
            EXPECT_FALSE(m_call->GetSession()->IsUp());
            EXPECT_EQ(m_host->m_cleared, std::vector<Ptr<L2tpCall>>({m_call}));
        }
        const bool tells = row.actions[0] == Action::SEND_STOPCCN;
        if (tells)
        {
            const auto& stop = Last("StopCCN");
            EXPECT_EQ(stop.message.Get(L2tpAvps::RESULT_CODE), ExpectedCode(event));
            EXPECT_EQ(stop.message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID), LOCAL_ID);
            EXPECT_EQ(stop.header.GetTunnelId(), m_tunnel->GetPeerId());
            EXPECT_EQ(stop.header.GetSessionId(), 0);
        }
        // Sections 5.7 and 5.8: state for a full cycle more, unless nobody is there to need it.
        std::vector<Time> expected;
        const bool silently = event == Event::PEER_DEAD || event == Event::CROWDED_OUT ||
                              row.actions[1] == Action::REQUEUE_SCCRQ;
        if (silently)
        {
            expected = {Simulator::Now()};
        }
        else if (tells || event == Event::RECEIVE_STOPCCN)
        {
            EXPECT_TRUE(m_host->m_finished.empty());
            const auto& sent = m_host->m_sent;
            EXPECT_EQ(sent.empty() ? "nothing" : sent.back().Name(), tells ? "StopCCN" : "ZLB");
            expected = {Simulator::Now() + Seconds(31)};
            Acknowledge();
        }
        Simulator::Run();
        EXPECT_EQ(m_host->m_finished, expected);
    }

    /**
     * @brief Drive one cell of the table.
     * @param row its row
     * @param state its state
     * @param event its event
     * @return false if nothing can cause the event yet
     */
    bool Drive(const L2tpTunnelTransition& row, State state, Event event)
    {
        BringTo(state, event == Event::RECEIVE_SCCCN_NOT_ACCEPTABLE);
        const std::size_t before = SentSoFar();
        m_host->m_log.clear();
        if (!Cause(event))
        {
            return false;
        }
        EXPECT_EQ(m_tunnel->GetState(), row.next);
        // One that is refused at once is told of, since it has failed.
        const bool isRefused =
            event == Event::RECEIVE_SCCRQ_NOT_ACCEPTABLE || event == Event::INVALID_MESSAGE;
        if (state != row.next || isRefused)
        {
            const std::string change = std::string("tunnel ") + L2tpTunnelStateName(state) +
                                       " -> " + L2tpTunnelStateName(row.next) + ": " +
                                       L2tpTunnelEventName(event);
            EXPECT_EQ(std::count(m_host->m_log.begin(), m_host->m_log.end(), change), 1);
            EXPECT_EQ(m_tunnel->GetClearReason().empty(), row.next != State::IDLE);
        }
        if (event != Event::PEER_DEAD)
        {
            EXPECT_EQ(Sent(before), ExpectedMessages(row));
        }
        if (row.next == State::IDLE)
        {
            ExpectCleanedUp(row, event);
        }
        return true;
    }

    Ptr<L2tpCall> m_call; //!< a call in the tunnel, if the state can have one
};

} // namespace

// A row that is added to the table is driven here, or fails here.
// RFC 2661: 4.1-04, 4.4.2-01, 4.4.3-23, 5.7-01, 5.8-09, 5.8-10, 7.1-01, 7.1-09, 7.2.1-03, 7.2.1-04,
//   7.6-01, 7.6-02
TEST_F(L2tpTunnelRowsTest, EveryRow)
{
    std::set<Event> notCaused;
    for (std::size_t n = 0; n < GetNL2tpTunnelTransitions(); ++n)
    {
        const L2tpTunnelTransition& row = GetL2tpTunnelTransitions()[n];
        for (int s = 0; s < static_cast<int>(State::COUNT); ++s)
        {
            for (int e = 0; e < static_cast<int>(Event::COUNT); ++e)
            {
                const auto state = static_cast<State>(s);
                const auto event = static_cast<Event>(e);
                SCOPED_TRACE(std::string(L2tpTunnelStateName(state)) + ", " +
                             L2tpTunnelEventName(event));
                const bool isCell = (row.states >> s & 1) && (row.events >> e & 1);
                if (isCell && !Drive(row, state, event))
                {
                    notCaused.insert(event);
                }
            }
        }
    }
    EXPECT_EQ(notCaused, std::set<Event>());
}

// What the table has no row for is no event: nothing happens (section 7.2.1).
TEST_F(L2tpTunnelRowsTest, NothingHappensWithoutARow)
{
    for (const State state : {State::WAIT_CTL_REPLY, State::WAIT_CTL_CONN})
    {
        BringTo(state, false);
        const std::size_t before = SentSoFar();
        m_tunnel->Open();
        EXPECT_EQ(m_tunnel->GetState(), state);
        EXPECT_EQ(Sent(before), Texts());
    }
    NewTunnel();
    m_tunnel->Close(L2tpResultCode::Of(L2tpStopResult::GENERAL_REQUEST));
    EXPECT_EQ(Sent(), Texts());
    EXPECT_TRUE(m_host->m_log.empty());
}
