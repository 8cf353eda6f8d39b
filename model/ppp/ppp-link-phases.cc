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
        m_userTimers.Stop();
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
    if (protocol != ppp_protocol::LCP)
    {
        auto& layer = LayerOf(protocol);
        const bool news = cause != PppReason::NONE && layer.wanted; // else it is given up already
        layer.reason = news ? cause : layer.reason;
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
        const bool addressControl = !m_lcp->IsAddressCompressed();
        const bool compressed = m_lcp->IsProtocolCompressed();
        m_ipv4.header = PppFrameHeader(ppp_protocol::IPV4, addressControl, compressed);
        m_ipv6.header = PppFrameHeader(ppp_protocol::IPV6, addressControl, compressed);
        m_ipcp->SetPeerMru(m_lcp->GetPeerMru());
        StartAuth();
        return;
    }
    auto& layer = LayerOf(protocol);
    layer.up = true;
    layer.reason = PppReason::NONE;
    TellNetworkChange();
    if (!layer.up)
    {
        return; // who was told has closed the link, or taken its circuit away
    }
    if (protocol == ppp_protocol::IPV6CP)
    {
        m_ipv6UpTrace(m_ipv6cp->GetLocalIdentifier(), m_ipv6cp->GetPeerIdentifier());
        return;
    }
    m_networkUpTrace(m_ipcp->GetLocalAddress(), m_ipcp->GetPeerAddress());
}

void
PppLink::TellNetworkChange()
{
    if (m_network)
    {
        m_network->NetworkChanged();
    }
}

void
PppLink::LayerDown(uint16_t protocol)
{
    if (protocol == ppp_protocol::LCP)
    {
        m_auth.Stop();
        m_ipv4.Down();
        m_ipv6.Down();
        if (m_phase == PppPhase::ESTABLISH)
        {
            m_reason = PppReason::NONE; // a new negotiation may fail for a reason of its own
        }
        return;
    }
    auto& layer = LayerOf(protocol);
    if (!layer.up)
    {
        return;
    }
    layer.up = false;
    const auto reason = m_reason != PppReason::NONE ? m_reason : layer.reason;
    TellNetworkChange();
    if (protocol == ppp_protocol::IPV6CP)
    {
        m_ipv6DownTrace(reason);
        return;
    }
    m_networkDownTrace(reason);
}

void
PppLink::LayerFinished(uint16_t protocol)
{
    if (protocol == ppp_protocol::LCP)
    {
        m_userTimers.Stop();
        m_finishedTrace(m_reason);
        if (m_onFinished)
        {
            m_onFinished(m_reason);
        }
        return;
    }
    // RFC 1661, section 3.7: that the peer closes its NCP is no reason to terminate the link. That
    // the negotiation fails, is, if no other NCP is there (section 4.4, This-Layer-Finished).
    auto& layer = LayerOf(protocol);
    if (layer.reason == PppReason::NO_RESPONSE || layer.reason == PppReason::REJECTED_FATALLY)
    {
        LayerLost(layer, layer.reason, protocol);
    }
}

PppLink::Layer&
PppLink::LayerOf(uint16_t protocol)
{
    const bool isIpv6 = protocol == ppp_protocol::IPV6CP || protocol == ppp_protocol::IPV6;
    return isIpv6 ? m_ipv6 : m_ipv4;
}

bool
PppLink::LayerLost(Layer& layer, PppReason reason, uint16_t protocol)
{
    layer.wanted = false;
    layer.reason = reason;
    if (m_ipv4.wanted || m_ipv6.wanted)
    {
        NS_LOG_INFO(PppProtocolName(protocol) << " is given up: " << PppReasonName(reason));
        return true;
    }
    CloseFor(reason, protocol);
    return false;
}

void
PppLink::Layer::Down()
{
    if (ncp && ncp->GetState() != PppState::INITIAL && ncp->GetState() != PppState::STARTING)
    {
        ncp->Down();
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
    if (protocol != ppp_protocol::LCP)
    {
        auto& layer = LayerOf(protocol);
        if (LayerLost(layer, reason, protocol))
        {
            layer.ncp->Close();
        }
        return;
    }
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
        if (LayerLost(m_ipv4, PppReason::NETWORK_REJECTED, ppp_protocol::IPCP))
        {
            m_ipv4.Down(); // RFC 1661, section 5.7: nothing more of it is sent
        }
        break;
    case ppp_protocol::IPV6:
    case ppp_protocol::IPV6CP:
        if (m_ipv6.wanted && LayerLost(m_ipv6, PppReason::NETWORK_REJECTED, ppp_protocol::IPV6CP))
        {
            m_ipv6.Down();
        }
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
    address = m_auth.GetPeerProfile().address;
    if (m_addressProvider)
    {
        // A copy, as whoever is asked may end the link.
        const auto profile = m_auth.GetPeerProfile();
        address = m_addressProvider(m_auth.GetPeerName(), profile);
        return PppIpcp::IsAssignable(address);
    }
    return address == Ipv4Address::GetAny() || PppIpcp::IsAssignable(address);
}

void
PppLink::StartNetwork()
{
    if (m_onHandOver)
    {
        m_onHandOver();
        return;
    }
    const auto& profile = m_auth.GetPeerProfile();
    m_userTimers.Start(profile.sessionTimeout, profile.idleTimeout);
    m_ipv4.wanted = true;
    m_ipv6.wanted = m_wantIpv6 && m_lcp->GetPeerMru() >= PppIpv6cp::MIN_MTU;
    if (m_ipv6.wanted)
    {
        GetIpv6cp()->SetPeerMru(m_lcp->GetPeerMru());
    }
    Ipv4Address address;
    if (FindPeerAddress(address))
    {
        m_ipcp->AssignPeerAddress(address);
    }
    else if (!LayerLost(m_ipv4, PppReason::NO_ADDRESS, ppp_protocol::IPCP))
    {
        return;
    }
    SetPhase(PppPhase::NETWORK,
             m_phase == PppPhase::AUTHENTICATE ? PppReason::AUTHENTICATED : PppReason::LCP_OPENED);
    if (m_phase != PppPhase::NETWORK)
    {
        return; // as in StartAuth()
    }
    for (auto* layer : {&m_ipv4, &m_ipv6})
    {
        if (layer->wanted && m_phase == PppPhase::NETWORK)
        {
            layer->reason = PppReason::NONE;
            layer->ncp->Open();
            layer->ncp->Up();
        }
    }
}

} // namespace ns3
