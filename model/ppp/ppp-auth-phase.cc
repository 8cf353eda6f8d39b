/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-auth-phase.h"

#include "ppp-chap.h"
#include "ppp-ms-chap.h"
#include "ppp-pap.h"
#include "ppp-protocol.h"

#include <utility>

namespace ns3
{

void
PppAuthPhase::SetCallbacks(SendCallback send,
                           DropCallback drop,
                           DoneCallback done,
                           FailCallback fail,
                           RandomCallback random)
{
    m_send = send;
    m_drop = drop;
    m_onDone = done;
    m_onFail = fail;
    m_random = random;
}

void
PppAuthPhase::Start(const PppAuthSettings& settings,
                    PppAuthProtocol peer,
                    PppAuthProtocol local,
                    const PppAuthAttempt* attempt)
{
    Stop();
    m_settings = settings;
    m_active = true;
    m_done = false;
    m_peerProtocol = peer;
    m_localProtocol = local;
    m_peerOk = peer == PPP_AUTH_NONE;
    m_localOk = local == PPP_AUTH_NONE;
    m_peerName.clear();
    m_peerProfile = PppUserProfile();
    PppAuthOwner& self = *this;
    if (peer == PPP_AUTH_PAP)
    {
        m_peer = std::make_unique<PppPapAuthenticator>(self);
    }
    else if (peer == PPP_AUTH_CHAP)
    {
        m_peer = std::make_unique<PppChapAuthenticator>(self);
    }
    else if (peer == PPP_AUTH_MSCHAP_V2)
    {
        m_peer = std::make_unique<PppMsChapAuthenticator>(self);
    }
    if (local == PPP_AUTH_PAP)
    {
        m_local = std::make_unique<PppPapPeer>(self);
    }
    else if (local == PPP_AUTH_CHAP)
    {
        m_local = std::make_unique<PppChapPeer>(self);
    }
    else if (local == PPP_AUTH_MSCHAP_V2)
    {
        m_local = std::make_unique<PppMsChapPeer>(self);
    }
    // A circuit may deliver at once what this sends, and everything may end within Start().
    if (m_peer && attempt && attempt->protocol == peer)
    {
        m_peer->Adopt(*attempt);
    }
    else if (m_peer)
    {
        m_peer->Start();
    }
    if (m_local)
    {
        m_local->Start();
    }
    CheckDone();
}

void
PppAuthPhase::Stop()
{
    m_active = false;
    if (m_peer)
    {
        m_peer->Stop();
        m_pastPeer = std::move(m_peer);
    }
    if (m_local)
    {
        m_local->Stop();
        m_pastLocal = std::move(m_local);
    }
}

void
PppAuthPhase::Receive(uint16_t protocol, const PppControlPacket& packet)
{
    // Each code is meant for one of the roles.
    bool forAuthenticator = false;
    bool forPeer = false;
    if (protocol == ppp_protocol::PAP)
    {
        const auto code = static_cast<PppPapCode>(packet.code);
        forAuthenticator = code == PppPapCode::AUTHENTICATE_REQUEST;
        forPeer = code == PppPapCode::AUTHENTICATE_ACK || code == PppPapCode::AUTHENTICATE_NAK;
    }
    else if (protocol == ppp_protocol::CHAP)
    {
        const auto code = static_cast<PppChapCode>(packet.code);
        forAuthenticator = code == PppChapCode::RESPONSE;
        forPeer = code == PppChapCode::CHALLENGE || code == PppChapCode::SUCCESS ||
                  code == PppChapCode::FAILURE;
    }
    if (m_active && forAuthenticator && m_peer && PppProtocolOf(m_peerProtocol) == protocol)
    {
        m_peer->Receive(packet);
    }
    else if (m_active && forPeer && m_local && PppProtocolOf(m_localProtocol) == protocol)
    {
        m_local->Receive(packet);
    }
    else
    {
        m_drop(PppDropReason::AUTH_UNEXPECTED);
    }
}

const std::string&
PppAuthPhase::GetPeerName() const
{
    return m_peerName;
}

const PppUserProfile&
PppAuthPhase::GetPeerProfile() const
{
    return m_peerProfile;
}

const PppAuthAttempt*
PppAuthPhase::GetPeerAttempt() const
{
    return m_peer ? m_peer->GetAttempt() : nullptr;
}

void
PppAuthPhase::SendAuth(uint16_t protocol, const PppControlPacket& packet)
{
    if (m_active)
    {
        m_send(protocol, packet);
    }
}

void
PppAuthPhase::AuthDropped(PppDropReason reason)
{
    m_drop(reason);
}

void
PppAuthPhase::PeerAuthenticated(const std::string& name, const PppUserProfile& profile)
{
    if (!m_done)
    {
        m_peerName = name;
        m_peerProfile = profile;
    }
    m_peerOk = true;
    CheckDone();
}

void
PppAuthPhase::LocalAuthenticated()
{
    m_localOk = true;
    CheckDone();
}

void
PppAuthPhase::AuthFailed(PppReason reason)
{
    if (m_active)
    {
        m_onFail(reason);
    }
}

uint32_t
PppAuthPhase::GetRandom()
{
    return m_random();
}

const PppAuthSettings&
PppAuthPhase::GetSettings() const
{
    return m_settings;
}

void
PppAuthPhase::CheckDone()
{
    if (m_active && m_peerOk && m_localOk && !m_done)
    {
        m_done = true;
        m_onDone();
    }
}

} // namespace ns3
