/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SESSION_TERMINATOR_H
#define L2TP_SESSION_TERMINATOR_H

#include "ns3/l2tp-call.h"
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
 */
class L2tpSessionTerminator : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief The LNS starts; may come again after it has stopped.
     * @param node the LNS's node
     */
    virtual void Start(Ptr<Node> node) = 0;

    /**
     * @brief Decide whether there is room for another session.
     * @return why not, or nothing if there is
     */
    virtual std::optional<L2tpResultCode> Judge() const = 0;

    /**
     * @brief A call is accepted: it will be established soon, or cleared.
     * @param call the call
     */
    virtual void Expect(Ptr<L2tpCall> call);

    /**
     * @brief A call is established: take its session.
     * @param call the call
     */
    virtual void Establish(Ptr<L2tpCall> call) = 0;

    /**
     * @brief A call is cleared: let go of its session.
     * @param call the call, perhaps one that was never established
     */
    virtual void Clear(Ptr<L2tpCall> call) = 0;

    /// Let go of all sessions, whose calls are gone without a word.
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
