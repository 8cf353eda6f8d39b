/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The Configure packets of PppControlProtocol (RFC 1661, sections 5.1 to 5.4) and what else the
// peer sends.

#include "ppp-control-protocol.h"

#include <algorithm>
#include <utility>

namespace ns3
{

namespace
{

/// Whether a state is one in which options are being negotiated.
bool
IsNegotiating(PppState state)
{
    return state == PppState::REQUEST_SENT || state == PppState::ACK_RECEIVED ||
           state == PppState::ACK_SENT;
}

} // namespace

void
PppControlProtocol::Process(const PppControlPacket& packet)
{
    if (GetState() == PppState::INITIAL || GetState() == PppState::STARTING)
    {
        Drop(PppDropReason::WRONG_PHASE);
        return;
    }
    switch (static_cast<PppCode>(packet.code))
    {
    case PppCode::CONFIGURE_REQUEST:
        ProcessRequest();
        break;
    case PppCode::CONFIGURE_ACK:
    case PppCode::CONFIGURE_NAK:
    case PppCode::CONFIGURE_REJECT:
        ProcessReply();
        break;
    case PppCode::TERMINATE_REQUEST:
        Handle(PppEvent::RTR);
        break;
    case PppCode::TERMINATE_ACK:
        Handle(PppEvent::RTA);
        break;
    case PppCode::CODE_REJECT:
        ProcessCodeReject();
        break;
    default:
        if (!ReceiveExtra(packet))
        {
            Handle(PppEvent::RUC);
        }
        break;
    }
}

void
PppControlProtocol::ProcessRequest()
{
    PppOptionList options;
    if (!ParsePppOptions(m_received->data.data(), m_received->data.size(), options))
    {
        Drop(PppDropReason::OPTIONS_MALFORMED);
        return;
    }
    const auto state = GetState();
    if (state == PppState::STOPPED || state == PppState::OPENED)
    {
        m_naksSent = 0; // a negotiation begins
        m_firstPeerOptions.reset();
    }
    else if (!IsNegotiating(state))
    {
        Handle(PppEvent::RCR_POSITIVE); // good or bad: the same cells, and no option is looked at
        return;
    }
    m_peerOptions = options;
    if (!m_firstPeerOptions)
    {
        m_firstPeerOptions = options;
    }
    Handle(Judge(options) ? PppEvent::RCR_POSITIVE : PppEvent::RCR_NEGATIVE);
}

bool
PppControlProtocol::Judge(const PppOptionList& options)
{
    PppOptionList naks;
    PppOptionList rejects;
    bool mustNak = false;
    const bool patient = m_naksSent < m_maxFailure;
    for (auto option = options.begin(); option != options.end(); ++option)
    {
        // RFC 1661, section 6: "None of the Configuration Options ... can be listed more than once"
        const bool repeated = std::any_of(options.begin(), option, [&option](const auto& earlier) {
            return earlier.type == option->type;
        });
        const auto judgement = repeated ? Judgement{Verdict::REJECT} : JudgeOption(*option);
        if (judgement.verdict == Verdict::REJECT ||
            (judgement.verdict == Verdict::NAK && !patient && IsRejectable(option->type)))
        {
            rejects.push_back(*option);
        }
        else if (judgement.verdict == Verdict::NAK)
        {
            naks.push_back(judgement.wanted);
            mustNak |= !IsRejectable(option->type);
        }
    }
    if (patient)
    {
        const auto missing = GetMissing(options);
        naks.insert(naks.end(), missing.begin(), missing.end());
    }
    m_reply.identifier = m_received->identifier;
    const bool good = rejects.empty() && naks.empty();
    if (good)
    {
        m_reply.code = static_cast<uint8_t>(PppCode::CONFIGURE_ACK);
        m_reply.data = m_received->data; // unmodified (RFC 1661, section 5.2)
    }
    else if (!rejects.empty() && !mustNak)
    {
        m_reply.code = static_cast<uint8_t>(PppCode::CONFIGURE_REJECT);
        m_reply.data = SerializePppOptions(rejects);
    }
    else
    {
        m_reply.code = static_cast<uint8_t>(PppCode::CONFIGURE_NAK);
        m_reply.data = SerializePppOptions(naks);
    }
    return good;
}

void
PppControlProtocol::SendConfigureReply()
{
    const auto code = static_cast<PppCode>(m_reply.code);
    if (code == PppCode::CONFIGURE_ACK)
    {
        m_naksSent = 0;
        PeerConfigured(m_peerOptions);
    }
    else if (code == PppCode::CONFIGURE_NAK)
    {
        ++m_naksSent;
    }
    Send(code, m_reply.identifier, m_reply.data);
}

void
PppControlProtocol::SendConfigureRequest(PppState before)
{
    if (!IsNegotiating(before))
    {
        ResetNegotiation();
        m_refusals = 0;
        m_requestPending = false;
        if (auto outcome = TakeOver())
        {
            m_replaying = true;
            m_peerOptions = std::move(outcome->received);
            SetRequest(std::move(outcome->sent));
        }
    }
    // A retransmission is the same packet, so that a late reply to the first one is valid too.
    if (!m_requestPending)
    {
        SetRequest(GetRequest());
    }
    m_restartCount -= m_restartCount > 0;
    StartTimer();
    Send(PppCode::CONFIGURE_REQUEST, m_request.identifier, m_request.data);
}

void
PppControlProtocol::SetRequest(PppOptionList options)
{
    m_requestPending = true;
    m_requestOptions = std::move(options);
    m_request.code = static_cast<uint8_t>(PppCode::CONFIGURE_REQUEST);
    m_request.identifier = NextIdentifier();
    m_request.data = SerializePppOptions(m_requestOptions);
}

void
PppControlProtocol::Replay()
{
    if (!m_replaying)
    {
        return;
    }
    m_reply.code = static_cast<uint8_t>(PppCode::CONFIGURE_ACK);
    Handle(PppEvent::RCR_POSITIVE);
    m_requestPending = false;
    m_replaying = false; // what comes of it is new
    if (m_owner)         // a callback may dispose of this
    {
        Handle(PppEvent::RCA);
    }
}

bool
PppControlProtocol::IsSubsetOfRequest(const PppOptionList& rejected) const
{
    auto at = m_requestOptions.begin();
    for (const auto& option : rejected)
    {
        at = std::find(at, m_requestOptions.end(), option);
        if (at == m_requestOptions.end())
        {
            return false;
        }
        ++at;
    }
    return true;
}

void
PppControlProtocol::ProcessReply()
{
    const auto code = static_cast<PppCode>(m_received->code);
    const bool ack = code == PppCode::CONFIGURE_ACK;
    const auto event = ack ? PppEvent::RCA : PppEvent::RCN;
    if (GetState() == PppState::CLOSED || GetState() == PppState::STOPPED)
    {
        Handle(event); // nothing was requested: a Terminate-Ack tells the peer so
        return;
    }
    if (!m_requestPending || m_received->identifier != m_request.identifier)
    {
        Drop(PppDropReason::STALE_IDENTIFIER);
        return;
    }
    PppOptionList options;
    if (!ParsePppOptions(m_received->data.data(), m_received->data.size(), options))
    {
        Drop(PppDropReason::OPTIONS_MALFORMED);
        return;
    }
    if (ack ? m_received->data != m_request.data
            : options.empty() || (code == PppCode::CONFIGURE_REJECT && !IsSubsetOfRequest(options)))
    {
        Drop(PppDropReason::OPTIONS_MISMATCH);
        return;
    }
    if (!IsNegotiating(GetState()))
    {
        Handle(event); // Closing or Stopping: no matter any more
        return;
    }
    m_requestPending = false;
    if (ack)
    {
        m_refusals = 0;
        RequestAcked(m_requestOptions);
    }
    else if (++m_refusals >= 2 * m_maxFailure)
    {
        Fail(PppReason::NOT_CONVERGING); // RFC 1661, section 4.5
    }
    for (const auto& option : options)
    {
        if (code == PppCode::CONFIGURE_NAK)
        {
            OptionNaked(option);
        }
        else if (code == PppCode::CONFIGURE_REJECT)
        {
            OptionRejected(option);
        }
    }
    Handle(event);
}

void
PppControlProtocol::ProcessCodeReject()
{
    if (m_received->data.empty())
    {
        Drop(PppDropReason::CONTROL_MALFORMED);
        return;
    }
    const auto code = m_received->data.front();
    const bool fundamental = code >= static_cast<uint8_t>(PppCode::CONFIGURE_REQUEST) &&
                             code <= static_cast<uint8_t>(PppCode::CODE_REJECT);
    if (!fundamental)
    {
        ExtraCodeRejected(code);
    }
    Handle(fundamental ? PppEvent::RXJ_FATAL : PppEvent::RXJ_PERMITTED);
}

} // namespace ns3
