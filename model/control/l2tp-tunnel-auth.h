/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TUNNEL_AUTH_H
#define L2TP_TUNNEL_AUTH_H

#include "l2tp-challenges.h"

#include "ns3/l2tp-control-message.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <memory>
#include <string>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Tunnel authentication, as CHAP does it, each side for itself (RFC 2661, section 5.1.1).
 *
 * A side that wants to know who the other is puts a Challenge into its SCCRQ or SCCRP; the answer
 * stands in the SCCRP or SCCCN that follows. Both sides know one secret.
 */
class L2tpTunnelAuth
{
  public:
    L2tpTunnelAuth() = default;
    ~L2tpTunnelAuth();
    L2tpTunnelAuth(const L2tpTunnelAuth&) = delete;
    L2tpTunnelAuth& operator=(const L2tpTunnelAuth&) = delete;

    /// Say whose tunnel it is. @param own the challenges of the endpoint
    void SetUp(std::shared_ptr<L2tpChallenges> own);

    /**
     * @brief Add what authentication wants in a message that is about to be sent.
     * @param message an SCCRQ, SCCRP or SCCCN
     * @param challengePeer whether to challenge the peer, in an SCCRQ or SCCRP
     * @param secret the secret; needed if the peer has sent a challenge
     * @param random where challenges come from; integers of 16 bits
     */
    void AddTo(L2tpControlMessage& message,
               bool challengePeer,
               const std::string& secret,
               Ptr<RandomVariableStream> random);

    /**
     * @brief Judge a message that was received, and note its challenge.
     * @param message an SCCRQ, SCCRP or SCCCN
     * @param secret the secret, empty if there is none
     * @return false if the tunnel must not be established: the answer to our challenge is wrong or
     * missing, or the peer's challenge can't be answered, or is one of ours
     */
    bool Accepts(const L2tpControlMessage& message, const std::string& secret);

    /**
     * @brief Whether a message bears the right answer to our challenge, if we have sent one.
     * @param message an SCCRP or SCCCN
     * @param secret the secret, empty if there is none
     * @return true if it does, or nothing is to be answered
     */
    bool IsAnsweredBy(const L2tpControlMessage& message, const std::string& secret) const;

    /**
     * @brief The answer to a challenge.
     * @param type SCCRP or SCCCN, the message that bears the answer; its number is CHAP's ID
     * @param secret the secret
     * @param challenge the challenge
     * @return the 16 octets of the Challenge Response AVP
     */
    static std::string Respond(L2tpMessageType type,
                               const std::string& secret,
                               const std::string& challenge);

  private:
    /// Our challenge needs no answer any more.
    void ForgetChallenge();

    std::shared_ptr<L2tpChallenges> m_own; //!< the endpoint's
    std::string m_sent;                    //!< our challenge, empty if there is none
    std::string m_received;                //!< the peer's, empty if there is none
};

} // namespace ns3

#endif /* L2TP_TUNNEL_AUTH_H */
