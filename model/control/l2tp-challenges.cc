/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-challenges.h"

namespace ns3
{

std::string
L2tpChallenges::Make(Ptr<RandomVariableStream> random)
{
    std::string challenge;
    while (challenge.size() < SIZE)
    {
        challenge.push_back(static_cast<char>(random->GetInteger() & 0xff));
    }
    m_unanswered.insert(challenge);
    return challenge;
}

bool
L2tpChallenges::Has(const std::string& challenge) const
{
    return m_unanswered.count(challenge) > 0;
}

void
L2tpChallenges::Forget(const std::string& challenge)
{
    m_unanswered.erase(challenge);
}

} // namespace ns3
