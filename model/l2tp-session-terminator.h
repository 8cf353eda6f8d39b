/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SESSION_TERMINATOR_H
#define L2TP_SESSION_TERMINATOR_H

#include "l2tp-leg.h"

#include "ns3/l2tp-result-code.h"
#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/ptr.h"

#include <optional>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What an LNS does with the sessions of its calls: run PPP, and join the remote systems to
 * the network. How many net devices that takes is for the derived class to decide.
 *
 * It takes any leg, so that it serves a line or a PPPoE session as well. It is the user of each
 * from Expect() on, and lets go of it when it is told of its end.
 */
class L2tpSessionTerminator : public Object, protected L2tpLegUser
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief The LNS, or who else has legs, starts; may come again after it has stopped.
     * @param node its node
     */
    virtual void Start(Ptr<Node> node) = 0;

    /**
     * @brief Decide whether there is room for another session.
     * @return why not, or nothing if there is
     */
    virtual std::optional<L2tpResultCode> Judge() const = 0;

    /**
     * @brief Decide whether to take a certain call; asks Judge() unless a derived class knows more.
     * @param parameters what the ICRQ tells of it
     * @return why not, or nothing if it is welcome
     */
    virtual std::optional<L2tpResultCode> JudgeCall(const L2tpCallParameters& parameters) const;

    /**
     * @brief A leg is accepted: it will be there soon, or end before.
     * @param leg the leg
     */
    virtual void Expect(Ptr<L2tpLeg> leg) = 0;

    /**
     * @brief A leg is there, its circuit up: run PPP.
     * @param leg the leg, expected before
     */
    virtual void Establish(Ptr<L2tpLeg> leg) = 0;

    /// Let go of all legs, which are gone without a word.
    virtual void ClearAll() = 0;

    /**
     * @brief Assign fixed random variable stream numbers.
     * @param stream the first one to use
     * @return how many were used
     */
    virtual int64_t AssignStreams(int64_t stream) = 0;
};

} // namespace ns3

#endif /* L2TP_SESSION_TERMINATOR_H */
