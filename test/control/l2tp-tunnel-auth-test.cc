/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "tunnel-fixture.h"

using namespace ns3;

namespace
{

/// The octets of a hexadecimal number.
std::string
FromHex(const std::string& hex)
{
    std::string octets;
    for (std::size_t i = 0; i < hex.size(); i += 2)
    {
        octets.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return octets;
}

const std::string CHALLENGE(16, 'c');   //!< a challenge of the peer's
constexpr std::size_t ANSWER_SIZE = 16; //!< octets of an answer

class L2tpTunnelAuthTest : public TunnelTest
{
  protected:
    /**
     * @brief Begin with a new tunnel.
     * @param challenges whether it challenges the peer
     * @param secret its secret
     */
    void Begin(bool challenges, const std::string& secret)
    {
        NewTunnel();
        m_host->m_config.challengePeer = challenges;
        m_host->m_config.sharedSecret = secret;
    }

    /// Go on with another tunnel of the same host.
    void Another()
    {
        SetUpTunnel();
        m_host->m_sent.clear();
    }

    /**
     * @brief Add the answer to the tunnel's challenge.
     * @param message a message of the peer's
     * @param secret the peer's secret
     * @param challengeIn the message that bore the challenge
     * @return the message
     */
    L2tpControlMessage Answered(L2tpControlMessage message,
                                const std::string& secret,
                                const std::string& challengeIn)
    {
        const auto challenge = Last(challengeIn).message.Get(L2tpAvps::CHALLENGE);
        EXPECT_TRUE(challenge);
        const auto type = static_cast<Type>(message.GetType());
        return message.Add(L2tpAvps::CHALLENGE_RESPONSE,
                           L2tpTunnelAuth::Respond(type, secret, challenge.value_or("")));
    }

    /// The tunnel was refused with result 4, and nothing else.
    void ExpectRefused()
    {
        EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::IDLE);
        EXPECT_EQ(Last("StopCCN").message.Get(L2tpAvps::RESULT_CODE),
                  L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED));
    }
};

} // namespace

// Section 4.4.3: the answers that two xl2tpd daemons with the secret "testsecret" gave each other.
// RFC 2661: 5.1.1-01, 9.1-01
TEST_F(L2tpTunnelAuthTest, AnswersAreThoseOfARealExchange)
{
    EXPECT_EQ(L2tpTunnelAuth::Respond(Type::SCCRP,
                                      "testsecret",
                                      FromHex("69fa88f5bf318278141f879fb9df88b0")),
              FromHex("892be029d918380141c7b66f78128b90"));
    EXPECT_EQ(L2tpTunnelAuth::Respond(Type::SCCCN,
                                      "testsecret",
                                      FromHex("087121d2c7e5edff32ea1f4c213732a4")),
              FromHex("8eb67bc7b093867894a302e0ff7023d3"));
}

// Section 5.1.1: a Challenge in an SCCRQ is answered in the SCCRP, one in an SCCRP in the SCCCN.
// RFC 2661: 4.4.3-30, 5.1.1-01
TEST_F(L2tpTunnelAuthTest, ChallengesAreAnswered)
{
    Begin(false, "secret");
    Receive(Start(Type::SCCRQ).Add(L2tpAvps::CHALLENGE, CHALLENGE));
    EXPECT_EQ(Last("SCCRP").message.Get(L2tpAvps::CHALLENGE_RESPONSE),
              L2tpTunnelAuth::Respond(Type::SCCRP, "secret", CHALLENGE));
    EXPECT_FALSE(Last("SCCRP").message.Has(L2tpAvps::CHALLENGE));

    Begin(false, "secret");
    m_tunnel->Open();
    EXPECT_FALSE(Last("SCCRQ").message.Has(L2tpAvps::CHALLENGE));
    Receive(Start(Type::SCCRP).Add(L2tpAvps::CHALLENGE, CHALLENGE));
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
    EXPECT_EQ(Last("SCCCN").message.Get(L2tpAvps::CHALLENGE_RESPONSE),
              L2tpTunnelAuth::Respond(Type::SCCCN, "secret", CHALLENGE));
}

// Section 4.4.3: "one or more octets of random data", and whether or not the end that is asked asks
// the other, too.
// RFC 2661: 4.4.3-30, 5.1.1-01
TEST_F(L2tpTunnelAuthTest, ChallengesOfAnyLengthAreAnswered)
{
    for (const bool challenges : {false, true})
    {
        for (const std::size_t size : {1, 2, 15, 17, 1017})
        {
            SCOPED_TRACE(size);
            const std::string challenge(size, 'c');
            Begin(challenges, "secret");
            Receive(Start(Type::SCCRQ).Add(L2tpAvps::CHALLENGE, challenge));
            EXPECT_EQ(Last("SCCRP").message.Get(L2tpAvps::CHALLENGE_RESPONSE),
                      L2tpTunnelAuth::Respond(Type::SCCRP, "secret", challenge));
            EXPECT_EQ(Last("SCCRP").message.Has(L2tpAvps::CHALLENGE), challenges);

            Begin(challenges, "secret");
            m_tunnel->Open();
            const auto reply = Start(Type::SCCRP).Add(L2tpAvps::CHALLENGE, challenge);
            Receive(challenges ? Answered(reply, "secret", "SCCRQ") : reply);
            EXPECT_EQ(Last("SCCCN").message.Get(L2tpAvps::CHALLENGE_RESPONSE),
                      L2tpTunnelAuth::Respond(Type::SCCCN, "secret", challenge));
        }
    }
}

// Section 5.1.1: what the peer answers is judged all the same if it challenges, too.
// RFC 2661: 5.1.1-02, 9.1-01
TEST_F(L2tpTunnelAuthTest, BothJudgeEachOther)
{
    for (const std::string secret : {"secret", "wrong", ""})
    {
        Begin(true, "secret");
        m_tunnel->Open();
        const auto sccrp = Start(Type::SCCRP).Add(L2tpAvps::CHALLENGE, CHALLENGE);
        Receive(secret.empty() ? sccrp : Answered(sccrp, secret, "SCCRQ"));
        if (secret == "secret")
        {
            EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
        }
        else
        {
            ExpectRefused();
        }

        Begin(true, "secret");
        Receive(Start(Type::SCCRQ).Add(L2tpAvps::CHALLENGE, CHALLENGE));
        const L2tpControlMessage scccn(Type::SCCCN);
        Receive(secret.empty() ? scccn : Answered(scccn, secret, "SCCRP"));
        if (secret == "secret")
        {
            EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
        }
        else
        {
            ExpectRefused();
        }
    }
}

// Section 5.1.1: a challenge that can't be answered, for want of a secret.
// RFC 2661: 5.1.1-03, 9.1-01
TEST_F(L2tpTunnelAuthTest, NoSecretNoTunnel)
{
    Begin(false, "");
    Receive(Start(Type::SCCRQ).Add(L2tpAvps::CHALLENGE, CHALLENGE));
    ExpectRefused();
    Begin(false, "");
    m_tunnel->Open();
    Receive(Start(Type::SCCRP).Add(L2tpAvps::CHALLENGE, CHALLENGE));
    ExpectRefused();
}

// Section 5.1.1: "If the expected response and response received from a peer does not match,
// establishment of the tunnel MUST be disallowed."
// RFC 2661: 5.1.1-02
TEST_F(L2tpTunnelAuthTest, TheInitiatorJudgesTheAnswer)
{
    for (const std::string secret : {"secret", "wrong", ""})
    {
        Begin(true, "secret");
        m_tunnel->Open();
        L2tpControlMessage reply = Start(Type::SCCRP);
        Receive(secret.empty() ? reply : Answered(reply, secret, "SCCRQ"));
        if (secret == "secret")
        {
            EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
        }
        else
        {
            ExpectRefused();
        }
    }
}

// RFC 2661: 5.1.1-02
TEST_F(L2tpTunnelAuthTest, TheRecipientJudgesTheAnswer)
{
    for (const std::string secret : {"secret", "wrong", ""})
    {
        Begin(true, "secret");
        Receive(Start(Type::SCCRQ));
        L2tpControlMessage reply(Type::SCCCN);
        Receive(secret.empty() ? reply : Answered(reply, secret, "SCCRP"));
        if (secret == "secret")
        {
            EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
        }
        else
        {
            ExpectRefused();
        }
    }
}

// Section 5.1.1: an answer matches in all of its octets or not at all.
// RFC 2661: 5.1.1-02
TEST_F(L2tpTunnelAuthTest, AnAnswerWithOneWrongOctetIsWrong)
{
    for (const bool opens : {true, false})
    {
        for (std::size_t wrong = 0; wrong <= ANSWER_SIZE; ++wrong)
        {
            SCOPED_TRACE(wrong);
            Begin(true, "secret");
            if (opens)
            {
                m_tunnel->Open();
            }
            else
            {
                Receive(Start(Type::SCCRQ));
            }
            const auto challenge = Last(opens ? "SCCRQ" : "SCCRP").message.Get(L2tpAvps::CHALLENGE);
            ASSERT_TRUE(challenge);
            const Type type = opens ? Type::SCCRP : Type::SCCCN;
            std::string answer = L2tpTunnelAuth::Respond(type, "secret", *challenge);
            ASSERT_EQ(answer.size(), ANSWER_SIZE);
            if (wrong < ANSWER_SIZE)
            {
                answer[wrong] ^= 1;
            }
            Receive((opens ? Start(type) : L2tpControlMessage(type))
                        .Add(L2tpAvps::CHALLENGE_RESPONSE, answer));
            if (wrong < ANSWER_SIZE)
            {
                ExpectRefused();
            }
            else
            {
                EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
            }
        }
    }
}

// Section 5.1.1: an answer is octets, and doesn't end at one that is 0.
// RFC 2661: 5.1.1-02
TEST_F(L2tpTunnelAuthTest, AnAnswerIsComparedBehindAZeroToo)
{
    for (int attempt = 0; attempt < 1000; ++attempt)
    {
        const std::string secret = "secret " + std::to_string(attempt);
        Begin(true, secret);
        Receive(Start(Type::SCCRQ));
        const auto challenge = Last("SCCRP").message.Get(L2tpAvps::CHALLENGE);
        ASSERT_TRUE(challenge);
        std::string answer = L2tpTunnelAuth::Respond(Type::SCCCN, secret, *challenge);
        if (answer.find('\0') < ANSWER_SIZE - 1)
        {
            answer.back() ^= 1;
            Receive(L2tpControlMessage(Type::SCCCN).Add(L2tpAvps::CHALLENGE_RESPONSE, answer));
            ExpectRefused();
            return;
        }
    }
    FAIL() << "no answer has a 0";
}

// Section 9.1: the message type in the digest keeps an answer from being used the other way round.
// RFC 2661: 5.1.1-02
TEST_F(L2tpTunnelAuthTest, AReflectedAnswerIsWrong)
{
    Begin(true, "secret");
    Receive(Start(Type::SCCRQ));
    const auto challenge = Last("SCCRP").message.Get(L2tpAvps::CHALLENGE);
    ASSERT_TRUE(challenge);
    Receive(L2tpControlMessage(Type::SCCCN)
                .Add(L2tpAvps::CHALLENGE_RESPONSE,
                     L2tpTunnelAuth::Respond(Type::SCCRP, "secret", *challenge)));
    ExpectRefused();
}

// Section 5.1.1: whoever is challenged can't have the answer from the challenger himself, by
// another tunnel. An SCCRQ is answered at once, before its sender has proved anything.
TEST_F(L2tpTunnelAuthTest, NobodyAnswersHisOwnChallenge)
{
    Begin(true, "secret");
    m_tunnel->Open();
    const auto dialled = m_tunnel;
    const std::string challenge = Last("SCCRQ").message.Get(L2tpAvps::CHALLENGE).value_or("");
    EXPECT_EQ(challenge.size(), L2tpChallenges::SIZE);
    Another();
    Receive(Start(Type::SCCRQ).Add(L2tpAvps::CHALLENGE, challenge));
    EXPECT_EQ(Sent(), Texts({"StopCCN"}));
    ExpectRefused();

    // The other way round: what an SCCRP asks for isn't said in an SCCCN.
    Another();
    Receive(Start(Type::SCCRQ));
    const std::string another = Last("SCCRP").message.Get(L2tpAvps::CHALLENGE).value_or("");
    const auto accepted = m_tunnel;
    Another();
    m_tunnel->Open();
    Receive(Answered(Start(Type::SCCRP), "secret", "SCCRQ").Add(L2tpAvps::CHALLENGE, another));
    ExpectRefused();
    dialled->Dispose();
    accepted->Dispose();
}

// A challenge that is answered, or whose tunnel is gone, is forgotten.
TEST_F(L2tpTunnelAuthTest, OldChallengesAreForgotten)
{
    Begin(true, "secret");
    Receive(Start(Type::SCCRQ));
    const std::string answered = Last("SCCRP").message.Get(L2tpAvps::CHALLENGE).value_or("");
    EXPECT_TRUE(m_host->m_challenges->Has(answered));
    Receive(Answered(L2tpControlMessage(Type::SCCCN), "secret", "SCCRP"));
    EXPECT_EQ(m_tunnel->GetState(), L2tpTunnelState::ESTABLISHED);
    EXPECT_FALSE(m_host->m_challenges->Has(answered));

    Another();
    m_tunnel->Open();
    const std::string unanswered = Last("SCCRQ").message.Get(L2tpAvps::CHALLENGE).value_or("");
    EXPECT_TRUE(m_host->m_challenges->Has(unanswered));
    m_tunnel->Dispose();
    Another();
    EXPECT_FALSE(m_host->m_challenges->Has(unanswered));
}

// Section 4.4.3: "one or more octets of random data", another each time.
TEST_F(L2tpTunnelAuthTest, ChallengesDiffer)
{
    Begin(true, "secret");
    m_tunnel->Open();
    const auto one = Last("SCCRQ").message.Get(L2tpAvps::CHALLENGE);
    SetUpTunnel();
    m_tunnel->Open();
    const auto two = Last("SCCRQ").message.Get(L2tpAvps::CHALLENGE);
    ASSERT_TRUE(one && two);
    EXPECT_EQ(one->size(), 16U);
    EXPECT_NE(*one, *two);
}
