/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-pap.h"

#include "ppp-protocol.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr std::size_t MAX_STRING = 255; //!< what a one-octet length can say

/// Append a string after its one-octet length.
void
AppendString(std::vector<uint8_t>& data, const std::string& text)
{
    const auto size = std::min(text.size(), MAX_STRING);
    data.push_back(static_cast<uint8_t>(size));
    data.insert(data.end(), text.begin(), text.begin() + size);
}

/// Read a string after its one-octet length, and move on; false if it extends beyond the end.
bool
ReadString(const std::vector<uint8_t>& data, std::size_t& at, std::string& text)
{
    if (at >= data.size() || data[at] > data.size() - at - 1)
    {
        return false;
    }
    const auto begin = data.begin() + at + 1;
    text.assign(begin, begin + data[at]);
    at += 1 + text.size();
    return true;
}

} // namespace

PppPapPeer::PppPapPeer(PppAuthOwner& owner)
    : PppAuth(owner, ppp_protocol::PAP),
      m_identifier(static_cast<uint8_t>(owner.GetRandom()))
{
}

void
PppPapPeer::Transmit()
{
    const auto& settings = m_owner.GetSettings();
    std::vector<uint8_t> data;
    AppendString(data, settings.userName);
    AppendString(data, settings.password);
    // RFC 1334, section 2.2.1: the Identifier is changed each time.
    Send(static_cast<uint8_t>(PppPapCode::AUTHENTICATE_REQUEST), ++m_identifier, std::move(data));
}

void
PppPapPeer::Receive(const PppControlPacket& packet)
{
    if (m_done || packet.identifier != m_identifier)
    {
        m_owner.AuthDropped(PppDropReason::STALE_IDENTIFIER);
        return;
    }
    // The message is for humans and "MUST NOT affect operation" (RFC 1334, section 2.2.2).
    m_done = true;
    StopTimer();
    if (static_cast<PppPapCode>(packet.code) == PppPapCode::AUTHENTICATE_ACK)
    {
        m_owner.LocalAuthenticated();
    }
    else
    {
        m_owner.AuthFailed(PppReason::LOCAL_AUTH_FAILED);
    }
}

PppPapAuthenticator::PppPapAuthenticator(PppAuthOwner& owner)
    : PppAuthenticator(owner, ppp_protocol::PAP)
{
}

void
PppPapAuthenticator::Transmit()
{
    // The peer begins; this end only counts how long it takes.
}

void
PppPapAuthenticator::Receive(const PppControlPacket& packet)
{
    PppAuthAttempt attempt;
    attempt.protocol = PPP_AUTH_PAP;
    std::size_t at = 0;
    if (!ReadString(packet.data, at, attempt.name) ||
        !ReadString(packet.data, at, attempt.password))
    {
        m_owner.AuthDropped(PppDropReason::AUTH_MALFORMED);
        return;
    }
    attempt.identifier = packet.identifier;
    if (!m_attempt)
    {
        Judge(attempt);
        return;
    }
    m_attempt->identifier = packet.identifier;
    if (m_verdict)
    {
        Reply(); // RFC 1334, section 2.2.1: a repeated request has the same reply code
    }
}

void
PppPapAuthenticator::OnVerdict(const PppAuthVerdict& verdict)
{
    m_verdict = verdict;
    Reply();
    if (verdict.accepted)
    {
        m_owner.PeerAuthenticated(m_attempt->name, verdict.profile);
    }
    else
    {
        m_owner.AuthFailed(PppReason::PEER_AUTH_FAILED);
    }
}

void
PppPapAuthenticator::Reply()
{
    const auto code =
        m_verdict->accepted ? PppPapCode::AUTHENTICATE_ACK : PppPapCode::AUTHENTICATE_NAK;
    std::vector<uint8_t> data;
    AppendString(data, m_verdict->message);
    Send(static_cast<uint8_t>(code), m_attempt->identifier, std::move(data));
}

} // namespace ns3
