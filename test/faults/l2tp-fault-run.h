/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FAULT_RUN_H
#define L2TP_FAULT_RUN_H

#include "l2tp-fault-hosts.h"
#include "l2tp-fault-network.h"
#include "l2tp-fault-oracle.h"
#include "l2tp-fault-plan.h"

#include "ns3/l2tp-ladder.h"

#include <cstdint>
#include <list>
#include <ostream>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/// What a run has come to.
struct L2tpFaultResult
{
    uint64_t seed{0};                       //!< its seed
    std::vector<std::string> violations;    //!< what was not as it should be; empty: all was well
    uint64_t digest{0};                     //!< of all control datagrams and their times
    uint64_t messages{0};                   //!< control messages sent, each once
    uint64_t retransmitted{0};              //!< further transmissions of them
    uint64_t frames{0};                     //!< frames that came out of sessions
    uint64_t established{0};                //!< calls established
    uint64_t deaths{0};                     //!< tunnels whose peer was taken for dead
    std::set<L2tpTunnelEvent> tunnelEvents; //!< that changed a tunnel's state
    std::set<L2tpCallEvent> callEvents;     //!< that changed a call's state
    uint64_t lost{0};                       //!< frames lost on wires
    uint64_t duplicated{0};                 //!< frames duplicated
    uint64_t delayed{0};                    //!< frames held back
    uint64_t damaged{0};                    //!< frames with a bit turned over
    uint64_t returned{0};                   //!< packets of hosts that came back
};

/**
 * @brief One run: a network with faults, and ends that place and close calls, send frames, stop and
 * crash, all drawn from a seed; then time to settle, and a look at what is left.
 */
class L2tpFaultRun
{
  public:
    /// Prepare a run. @param seed of everything @param without parts of its plan to leave out
    explicit L2tpFaultRun(uint64_t seed, const L2tpFaultParts& without = {});
    ~L2tpFaultRun();
    L2tpFaultRun(const L2tpFaultRun&) = delete;
    L2tpFaultRun& operator=(const L2tpFaultRun&) = delete;

    /// Draw ladders of all control messages. Costs some time. @param rows of each at most
    void DrawLadders(std::size_t rows);
    /// Do it, once. @return what it has come to
    L2tpFaultResult Execute();
    /// Tell of the plan, the ladders if any, and the violations. @param os where to
    void Print(std::ostream& os) const;

  private:
    /// A call that somebody has placed.
    struct Placed
    {
        std::string name;        //!< for people
        uint32_t established{0}; //!< how often it was told so
        uint32_t cleared{0};     //!< how often it was told so
    };

    /// Do a deed. @param action which
    void Act(const L2tpFaultAction& action);
    /// Let a host do a deed, if it is one of hosts. @param action which @return whether it is
    bool ActAsHost(const L2tpFaultAction& action);
    /// Do a deed with a call of an end, if it has any. @param action which
    void ActOnCall(const L2tpFaultAction& action);
    /// Place a call, of a LAC or of an LNS. @param who which end @param which peer, counted round
    void PlaceCall(uint32_t who, uint32_t which);
    /// Let a LAC report errors of a line, or an LNS set a link's masks. @param call whose
    void SendNews(Ptr<L2tpCall> call);
    /// Send a frame. @param session where to
    void SendFrame(Ptr<L2tpSession> session);
    /// All calls of an end, in a fixed order. @param end which
    std::vector<Ptr<L2tpCall>> CallsOf(uint32_t end) const;
    /// The faults are over.
    void Heal();
    /// Whoever dials in vain, since an LNS has no room, gives up.
    void GiveUp();
    /// What the ends know of each other should be the same now.
    void Compare();
    /// Place several calls at once from each LAC that nothing keeps from it: they must come up.
    void PlaceLastCalls();
    /// The frames sent by Compare() should have arrived, and the last calls be up. Stop all.
    void Finish();

    uint32_t m_seedBefore;           //!< RngSeedManager's
    uint64_t m_runBefore;            //!< RngSeedManager's
    bool m_checksumsBefore;          //!< GlobalValue ChecksumEnabled
    L2tpFaultPlan m_plan;            //!< what is done
    L2tpFaultDice m_dice;            //!< for what the plan leaves open
    L2tpFaultNetwork m_network;      //!< where
    L2tpFaultOracle m_oracle;        //!< who watches
    L2tpFaultHosts m_hosts;          //!< who dials, with PPP
    std::list<Placed> m_placed;      //!< calls placed
    std::list<L2tpLadder> m_ladders; //!< one a link, if wanted
    std::size_t m_ladderRows{0};     //!< of each
    uint32_t m_looks{0};             //!< how often Compare() found that messages are underway
    std::size_t m_firstLast{0};      //!< how many calls were placed before the last ones
    uint64_t m_framesExpected{0};    //!< that should have come out of sessions
};

} // namespace ns3

#endif /* L2TP_FAULT_RUN_H */
