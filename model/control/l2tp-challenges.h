/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CHALLENGES_H
#define L2TP_CHALLENGES_H

#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <string>
#include <unordered_set>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The challenges of an endpoint that have no answer yet (RFC 2661, section 5.1.1).
 *
 * Whoever can't answer one could open another tunnel to the same endpoint, put the challenge to it
 * there, and bring the answer back: an endpoint that both opens and accepts tunnels answers each
 * SCCRQ with what its own SCCRQ asks for. So nobody answers his own challenge.
 */
class L2tpChallenges
{
  public:
    static constexpr std::size_t SIZE = 16; //!< octets of each

    /**
     * @brief Make a challenge, and remember it.
     * @param random where it comes from; integers of 16 bits
     * @return the challenge
     */
    std::string Make(Ptr<RandomVariableStream> random);

    /// Whether a challenge is the endpoint's own. @param challenge it
    /// @return true if it was made here, and has no answer
    bool Has(const std::string& challenge) const;

    /// A challenge is answered, or needs no answer any more. @param challenge it
    void Forget(const std::string& challenge);

  private:
    std::unordered_set<std::string> m_unanswered; //!< those that have no answer yet
};

} // namespace ns3

#endif /* L2TP_CHALLENGES_H */
