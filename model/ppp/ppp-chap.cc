/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-chap.h"

#include "ppp-protocol.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr std::size_t CHALLENGE_SIZE = 16; //!< octets of the challenges sent

/// Write a Challenge's or Response's data: Value-Size, Value, Name (RFC 1994, section 4.1).
template <typename VALUE>
std::vector<uint8_t>
WriteValue(const VALUE& value, const std::string& name)
{
    std::vector<uint8_t> data(1 + value.size() + name.size());
    data[0] = static_cast<uint8_t>(value.size());
    const auto end = std::copy(value.begin(), value.end(), data.begin() + 1);
    std::copy(name.begin(), name.end(), end);
    return data;
}

/// Read it; false if the value is empty or extends beyond the end.
bool
ReadValue(const std::vector<uint8_t>& data, std::vector<uint8_t>& value, std::string& name)
{
    if (data.empty() || data[0] == 0 || data[0] > data.size() - 1)
    {
        return false;
    }
    const auto end = data.begin() + 1 + data[0];
    value.assign(data.begin() + 1, end);
    name.assign(end, data.end());
    return true;
}

} // namespace

L2tpMd5Digest
PppChapDigest(uint8_t identifier, const std::string& secret, const std::vector<uint8_t>& challenge)
{
    return L2tpMd5().Add(identifier).Add(secret).Add(challenge.data(), challenge.size()).Finish();
}

PppChapPeer::PppChapPeer(PppAuthOwner& owner)
    : PppAuth(owner, ppp_protocol::CHAP)
{
}

void
PppChapPeer::Transmit()
{
    if (m_response)
    {
        Send(m_response->code, m_response->identifier, m_response->data);
    }
}

void
PppChapPeer::Receive(const PppControlPacket& packet)
{
    const auto code = static_cast<PppChapCode>(packet.code);
    if (code == PppChapCode::CHALLENGE)
    {
        std::vector<uint8_t> challenge;
        std::string name;
        if (!ReadValue(packet.data, challenge, name))
        {
            m_owner.AuthDropped(PppDropReason::AUTH_MALFORMED);
            return;
        }
        const auto value = Respond(packet.identifier, challenge);
        if (!value)
        {
            m_owner.AuthDropped(PppDropReason::AUTH_MALFORMED);
            return;
        }
        m_response = PppControlPacket{static_cast<uint8_t>(PppChapCode::RESPONSE),
                                      packet.identifier,
                                      WriteValue(*value, m_owner.GetSettings().userName)};
        Start();
        return;
    }
    if (!m_response || packet.identifier != m_response->identifier)
    {
        m_owner.AuthDropped(PppDropReason::STALE_IDENTIFIER);
        return;
    }
    m_response.reset();
    StopTimer();
    const std::string message(packet.data.begin(), packet.data.end());
    if (code != PppChapCode::SUCCESS)
    {
        Refused(message);
        m_owner.AuthFailed(PppReason::LOCAL_AUTH_FAILED);
    }
    else if (IsProven(message))
    {
        m_owner.LocalAuthenticated();
    }
    else
    {
        m_owner.AuthFailed(PppReason::PEER_AUTH_FAILED);
    }
}

std::optional<std::vector<uint8_t>>
PppChapPeer::Respond(uint8_t identifier, const std::vector<uint8_t>& challenge)
{
    const auto digest = PppChapDigest(identifier, m_owner.GetSettings().password, challenge);
    return std::vector<uint8_t>(digest.begin(), digest.end());
}

bool
PppChapPeer::IsProven(const std::string& /* message */) const
{
    return true; // RFC 1994, section 4.2: the message "MUST NOT affect operation of the protocol"
}

void
PppChapPeer::Refused(const std::string& /* message */)
{
}

PppChapAuthenticator::PppChapAuthenticator(PppAuthOwner& owner)
    : PppChapAuthenticator(owner, PPP_AUTH_CHAP)
{
}

PppChapAuthenticator::PppChapAuthenticator(PppAuthOwner& owner, PppAuthProtocol protocol)
    : PppAuthenticator(owner, ppp_protocol::CHAP),
      m_algorithm(protocol),
      m_identifier(static_cast<uint8_t>(owner.GetRandom()))
{
}

void
PppChapAuthenticator::Transmit()
{
    // RFC 1994, section 4.1: both are changed each time a Challenge is sent.
    ++m_identifier;
    m_challenge = GetRandomOctets(CHALLENGE_SIZE);
    m_attempt.reset();
    m_reply.reset();
    Send(static_cast<uint8_t>(PppChapCode::CHALLENGE),
         m_identifier,
         WriteValue(m_challenge, m_owner.GetSettings().localName));
}

void
PppChapAuthenticator::Receive(const PppControlPacket& packet)
{
    PppAuthAttempt attempt;
    if (packet.identifier != m_identifier)
    {
        m_owner.AuthDropped(PppDropReason::STALE_IDENTIFIER);
        return;
    }
    if (!ReadValue(packet.data, attempt.response, attempt.name) || !IsResponse(attempt.response))
    {
        m_owner.AuthDropped(PppDropReason::AUTH_MALFORMED);
        return;
    }
    if (m_reply)
    {
        Reply(); // RFC 1994, section 4.1: the same reply code for the same challenge
    }
    else if (!m_attempt)
    {
        attempt.protocol = m_algorithm;
        attempt.identifier = m_identifier;
        attempt.challenge = m_challenge;
        Judge(attempt);
    }
}

void
PppChapAuthenticator::Resume(const PppAuthAttempt& attempt)
{
    m_identifier = attempt.identifier;
    m_challenge = attempt.challenge;
}

void
PppChapAuthenticator::OnVerdict(const PppAuthVerdict& verdict)
{
    const auto code = verdict.accepted ? PppChapCode::SUCCESS : PppChapCode::FAILURE;
    const std::string message = WriteMessage(verdict);
    m_reply = PppControlPacket{static_cast<uint8_t>(code),
                               m_identifier,
                               {message.begin(), message.end()}};
    Reply();
    if (!verdict.accepted)
    {
        m_owner.AuthFailed(PppReason::PEER_AUTH_FAILED);
        return;
    }
    const auto interval = m_owner.GetSettings().chapInterval;
    if (interval.IsStrictlyPositive())
    {
        StartLater(interval);
    }
    m_owner.PeerAuthenticated(m_attempt->name, verdict.profile);
}

void
PppChapAuthenticator::Reply()
{
    Send(m_reply->code, m_reply->identifier, m_reply->data);
}

bool
PppChapAuthenticator::IsResponse(const std::vector<uint8_t>& /* value */) const
{
    return true; // one of a wrong length is a wrong one
}

std::string
PppChapAuthenticator::WriteMessage(const PppAuthVerdict& verdict)
{
    return verdict.message;
}

} // namespace ns3
