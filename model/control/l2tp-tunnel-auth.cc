/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-tunnel-auth.h"

#include "ns3/l2tp-digest.h"

namespace ns3
{

L2tpTunnelAuth::~L2tpTunnelAuth()
{
    ForgetChallenge();
}

void
L2tpTunnelAuth::SetUp(std::shared_ptr<L2tpChallenges> own)
{
    m_own = own;
}

void
L2tpTunnelAuth::ForgetChallenge()
{
    if (m_own)
    {
        m_own->Forget(m_sent);
    }
}

void
L2tpTunnelAuth::AddTo(L2tpControlMessage& message,
                      bool challengePeer,
                      const std::string& secret,
                      Ptr<RandomVariableStream> random)
{
    if (challengePeer && !message.Is(L2tpMessageType::SCCCN))
    {
        ForgetChallenge();
        m_sent = m_own->Make(random);
        message.Add(L2tpAvps::CHALLENGE, m_sent);
    }
    if (!m_received.empty())
    {
        const auto type = static_cast<L2tpMessageType>(message.GetType());
        message.Add(L2tpAvps::CHALLENGE_RESPONSE, Respond(type, secret, m_received));
    }
}

bool
L2tpTunnelAuth::Accepts(const L2tpControlMessage& message, const std::string& secret)
{
    m_received = message.Get(L2tpAvps::CHALLENGE).value_or("");
    if (!m_received.empty() && (secret.empty() || m_own->Has(m_received)))
    {
        return false;
    }
    if (message.Is(L2tpMessageType::SCCRQ))
    {
        return true;
    }
    ForgetChallenge();
    return IsAnsweredBy(message, secret);
}

bool
L2tpTunnelAuth::IsAnsweredBy(const L2tpControlMessage& message, const std::string& secret) const
{
    if (m_sent.empty())
    {
        return true;
    }
    const auto type = static_cast<L2tpMessageType>(message.GetType());
    return message.Get(L2tpAvps::CHALLENGE_RESPONSE).value_or("") == Respond(type, secret, m_sent);
}

std::string
L2tpTunnelAuth::Respond(L2tpMessageType type,
                        const std::string& secret,
                        const std::string& challenge)
{
    // RFC 1994, section 4.1: the Identifier, the secret, the challenge. RFC 2661, section 4.4.3:
    // the Identifier is the message type, so that no answer serves for the other direction.
    const L2tpMd5Digest digest =
        L2tpMd5().Add(static_cast<uint8_t>(type)).Add(secret).Add(challenge).Finish();
    return std::string(digest.begin(), digest.end());
}

} // namespace ns3
