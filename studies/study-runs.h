/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef STUDY_RUNS_H
#define STUDY_RUNS_H

#include "study-tunnel.h"

#include "ns3/l2tp-profile.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <functional>

namespace ns3
{

/**
 * @brief Replications of one thing with one LAC and one LNS, one after the other, in one
 * simulation.
 *
 * Once one is over, both ends forget all, as in a crash, and the next one begins when the link is
 * empty, and whole again if it was cut. What is drawn goes on from one to the next in the same
 * streams, so that replications are independent, and a run's number makes all of them.
 */
class L2tpStudyRuns
{
  public:
    /**
     * @brief Build the network.
     * @param delay of the link, one way
     * @param profile both ends'
     */
    L2tpStudyRuns(Time delay, const L2tpProfile& profile);

    virtual ~L2tpStudyRuns() = default;

    /// Both ends and the link. @return them, to be set up before Run()
    L2tpStudyTunnel& GetTunnel();
    /// Both ends and the link. @return them
    const L2tpStudyTunnel& GetTunnel() const;

    /// Do replications. @param count how many
    void Run(uint64_t count);

  protected:
    /// A replication begins: both ends have just started.
    virtual void Begin() = 0;

    /// The replication is over. @return false if it was over already
    bool Finish();

    /// Whether a replication is under way. @return false between two of them
    bool IsUnderWay() const;

    /// Do something later, if the same replication is still under way then. @param delay from now
    /// @param what to do
    void Later(Time delay, std::function<void()> what);

    /// When the replication began. @return the time
    Time GetStart() const;

  private:
    /// Begin the next replication.
    void Next();

    L2tpStudyTunnel m_tunnel; //!< both ends and the link
    uint64_t m_count{0};      //!< replications wanted
    uint64_t m_begun{0};      //!< those begun, the present one included
    bool m_isUnderWay{false}; //!< whether there is one at the moment
    Time m_start;             //!< when it began
};

} // namespace ns3

#endif /* STUDY_RUNS_H */
