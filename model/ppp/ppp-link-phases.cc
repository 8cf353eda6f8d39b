/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How a PppLink goes through its phases (RFC 1661, section 3).

#include "ppp-link.h"
#include "ppp-protocol.h"

#include "ns3/log.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PppLink");

namespace
{

/// What an event of an automaton says about why a layer goes down; NONE if it doesn't.
PppReason
CauseOf(PppState before, PppEvent event)
{
    const bool opened = before == PppState::OPENED;
    const bool terminating = before == PppState::CLOSING || before == PppState::STOPPING;
    switch (event)
    {
    case PppEvent::DOWN:
        return PppReason::LOWER_LAYER_DOWN;
    case PppEvent::CLOSE:
        return PppReason::ADMINISTRATIVE;
    case PppEvent::TO_NEGATIVE:
        return terminating ? PppReason::NONE : PppReason::NO_RESPONSE;
    case PppEvent::RXJ_FATAL:
        return PppReason::REJECTED_FATALLY;
    case PppEvent::RTR:
        return opened ? PppReason::PEER_TERMINATED : PppReason::NONE;
    case PppEvent::RCR_POSITIVE:
    case PppEvent::RCR_NEGATIVE:
    case PppEvent::RCA:
    case PppEvent::RCN:
    case PppEvent::RTA:
        return opened ? PppReason::RENEGOTIATION : PppReason::NONE;
    default:
        return PppReason::NONE;
    }
}

/// What an event says about why LCP begins to negotiate.
PppReason
BeginningOf(PppEvent event)
{
    switch (event)
    {
    case PppEvent::UP:
        return PppReason::LOWER_LAYER_UP;
    case PppEvent::OPEN:
        return PppReason::ADMINISTRATIVE;
    default:
        return PppReason::RENEGOTIATION;
    }
}

} // namespace

void
PppLink::CircuitChanged(bool up)
{
    if (up == m_circuitUp)
    {
        return;
    }
    m_circuitUp = up;
    if (up)
    {
        m_lcp->SetCircuitLimits(m_circuit->GetMaxPayload(), m_circuit->HasAddressControl());
        m_lcp->Up();
    }
    else
    {
        m_lcp->Down();
        SetAdoption({}); // the peer has begun anew when the circuit is up again
    }
}

void
PppLink::SetPhase(PppPhase phase, PppReason reason)
{
    if (phase == m_phase)
    {
        return;
    }
    const auto before = m_phase;
    m_phase = phase;
    NS_LOG_INFO(PppPhaseName(before)
                << " -> " << PppPhaseName(phase) << ": " << PppReasonName(reason));
    m_phaseTrace(before, phase, reason);
}

void
PppLink::StateChanged(uint16_t protocol, PppState before, PppEvent event, PppState now)
{
    const auto cause = CauseOf(before, event);
    if (protocol == ppp_protocol::IPCP)
    {
        m_ipcpReason = cause != PppReason::NONE ? cause : m_ipcpReason;
        return;
    }
    if (m_reason == PppReason::NONE && m_phase != PppPhase::DEAD)
    {
        m_reason = cause;
        m_reasonProtocol = protocol;
    }
    switch (now)
    {
    case PppState::INITIAL:
    case PppState::STARTING:
    case PppState::CLOSED:
    case PppState::STOPPED:
        SetPhase(PppPhase::DEAD, m_reason);
        break;
    case PppState::CLOSING:
    case PppState::STOPPING:
        SetPhase(PppPhase::TERMINATE, m_reason);
        break;
    case PppState::REQUEST_SENT:
    case PppState::ACK_RECEIVED:
    case PppState::ACK_SENT:
        if (m_phase == PppPhase::DEAD)
        {
            m_reason = PppReason::NONE;
        }
        SetPhase(PppPhase::ESTABLISH, BeginningOf(event));
        break;
    case PppState::OPENED: // LayerUp() goes on from here
        break;
    }
}

void
PppLink::LayerUp(uint16_t protocol)
{
    if (protocol == ppp_protocol::LCP)
    {
        m_reason = PppReason::NONE;
        m_ipv4Header = PppFrameHeader(ppp_protocol::IPV4,
                                      !m_lcp->IsAddressCompressed(),
                                      m_lcp->IsProtocolCompressed());
        m_ipcp->SetPeerMru(m_lcp->GetPeerMru());
        StartAuth();
        return;
    }
    m_networkUp = true;
    m_ipcpReason = PppReason::NONE;
    const auto local = m_ipcp->GetLocalAddress();
    const auto peer = m_ipcp->GetPeerAddress();
    m_networkUpTrace(local, peer);
    if (!m_onNetworkUp.IsNull())
    {
        m_onNetworkUp(local, peer);
    }
}

void
PppLink::LayerDown(uint16_t protocol)
{
    if (protocol == ppp_protocol::LCP)
    {
        m_auth.Stop();
        if (m_ipcp->GetState() != PppState::INITIAL && m_ipcp->GetState() != PppState::STARTING)
        {
            m_ipcp->Down();
        }
        if (m_phase == PppPhase::ESTABLISH)
        {
            m_reason = PppReason::NONE; // a new negotiation may fail for a reason of its own
        }
        return;
    }
    if (!m_networkUp)
    {
        return;
    }
    m_networkUp = false;
    const auto reason = m_reason != PppReason::NONE ? m_reason : m_ipcpReason;
    m_networkDownTrace(reason);
    if (!m_onNetworkDown.IsNull())
    {
        m_onNetworkDown(reason);
    }
}

void
PppLink::LayerFinished(uint16_t protocol)
{
    if (protocol == ppp_protocol::LCP)
    {
        m_finishedTrace(m_reason);
        if (!m_onFinished.IsNull())
        {
            m_onFinished(m_reason);
        }
    }
    // RFC 1661, section 3.7: that the peer closes its NCP is no reason to terminate the link. That
    // the negotiation fails, is: no other NCP is there (section 4.4, This-Layer-Finished).
    else if (m_ipcpReason == PppReason::NO_RESPONSE || m_ipcpReason == PppReason::REJECTED_FATALLY)
    {
        CloseFor(m_ipcpReason, protocol);
    }
}

void
PppLink::CloseFor(PppReason reason, uint16_t protocol)
{
    if (m_reason == PppReason::NONE)
    {
        m_reason = reason;
        m_reasonProtocol = protocol;
    }
    m_lcp->Close();
}

uint16_t
PppLink::GetReasonProtocol() const
{
    return m_reasonProtocol;
}

void
PppLink::LayerFailed(uint16_t protocol, PppReason reason)
{
    // LCP finds that the peer refuses to authenticate itself; what it refuses is PAP or CHAP.
    const bool isAuth = reason == PppReason::AUTH_REFUSED;
    CloseFor(reason, isAuth ? PppProtocolOf(m_demandedAuth) : protocol);
}

void
PppLink::AuthFailed(PppReason reason)
{
    // If both ends authenticate, a time-out is most likely that of the peer whom we asked.
    const bool byLocal =
        reason == PppReason::LOCAL_AUTH_FAILED || m_lcp->GetPeerAuth() == PPP_AUTH_NONE;
    CloseFor(reason, PppProtocolOf(byLocal ? m_lcp->GetLocalAuth() : m_lcp->GetPeerAuth()));
}

void
PppLink::ProtocolRejected(uint16_t protocol)
{
    switch (protocol)
    {
    case ppp_protocol::IPV4:
    case ppp_protocol::IPCP:
        CloseFor(PppReason::NETWORK_REJECTED, ppp_protocol::IPCP);
        break;
    case ppp_protocol::PAP:
    case ppp_protocol::CHAP:
        CloseFor(PppReason::AUTH_REFUSED, protocol);
        break;
    default:
        break; // nothing else is ever sent
    }
}

void
PppLink::StartAuth()
{
    const auto peer = m_lcp->GetPeerAuth();
    const auto local = m_lcp->GetLocalAuth();
    if (peer != PPP_AUTH_NONE || local != PPP_AUTH_NONE)
    {
        SetPhase(PppPhase::AUTHENTICATE, PppReason::LCP_OPENED);
        if (m_phase != PppPhase::AUTHENTICATE)
        {
            return; // who was told has closed the link, or taken its circuit away
        }
    }
    PppAuthSettings settings;
    settings.localName = m_localName;
    settings.userName = m_userName;
    settings.password = m_password;
    settings.retryInterval = m_authInterval;
    settings.maxTries = m_authTries;
    settings.chapInterval = m_chapInterval;
    settings.userTable = m_userTable;
    // A copy, as whoever is told of the verdict may take the circuit away.
    const auto attempt = m_lcp->IsAdopted() ? m_attempt : std::nullopt;
    m_auth.Start(settings, peer, local, attempt ? &*attempt : nullptr);
}

bool
PppLink::FindPeerAddress(Ipv4Address& address) const
{
    address = m_auth.GetPeerAddress();
    if (!m_addressProvider.IsNull())
    {
        address = m_addressProvider(m_auth.GetPeerName(), address);
        return PppIpcp::IsAssignable(address);
    }
    return address == Ipv4Address::GetAny() || PppIpcp::IsAssignable(address);
}

void
PppLink::StartNetwork()
{
    if (!m_onHandOver.IsNull())
    {
        m_onHandOver();
        return;
    }
    Ipv4Address address;
    if (!FindPeerAddress(address))
    {
        CloseFor(PppReason::NO_ADDRESS, ppp_protocol::IPCP);
        return;
    }
    m_ipcp->AssignPeerAddress(address);
    SetPhase(PppPhase::NETWORK,
             m_phase == PppPhase::AUTHENTICATE ? PppReason::AUTHENTICATED : PppReason::LCP_OPENED);
    if (m_phase != PppPhase::NETWORK)
    {
        return; // as in StartAuth()
    }
    m_ipcpReason = PppReason::NONE;
    m_ipcp->Open();
    m_ipcp->Up();
}

} // namespace ns3
