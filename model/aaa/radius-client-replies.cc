/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How a RadiusClient takes replies.

#include "radius-client.h"
#include "radius-secret.h"

#include <optional>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/// What a reply means. @param code its Code @return the outcome; nothing if it is no reply
std::optional<RadiusOutcome>
OutcomeOf(RadiusCode code)
{
    switch (code)
    {
    case RadiusCode::ACCESS_ACCEPT:
        return RadiusOutcome::ACCEPT;
    case RadiusCode::ACCESS_REJECT:
        return RadiusOutcome::REJECT;
    case RadiusCode::ACCESS_CHALLENGE:
        return RadiusOutcome::CHALLENGE;
    case RadiusCode::ACCOUNTING_RESPONSE:
        return RadiusOutcome::ACCOUNTED;
    default:
        return std::nullopt;
    }
}

} // namespace

void
RadiusClient::Receive(RadiusCode code,
                      std::size_t port,
                      Ptr<Packet> packet,
                      const L2tpUdpAddress& from)
{
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), octets.size());
    RadiusPacket reply;
    const auto error = RadiusPacket::Parse(octets, reply);
    if (error != RadiusError::NONE)
    {
        Drop(packet, from, RadiusDropReasonOf(error));
        return;
    }
    const auto sent = PortsOf(code)->Find(port, reply.identifier);
    RadiusResult result;
    if (const auto reason = Judge(reply, sent, from, result.attributes))
    {
        Drop(packet, from, *reason);
        return;
    }
    const auto id = sent->request; // whoever is told now may have what was sent forgotten
    if (std::exchange(m_servers[sent->server].dead, false))
    {
        m_serverTrace(from, true);
    }
    if (!IsPending(id))
    {
        return;
    }
    m_receiveTrace(reply, from);
    result.outcome = *OutcomeOf(reply.code);
    result.server = from;
    Finish(id, result);
}

std::optional<RadiusDropReason>
RadiusClient::Judge(const RadiusPacket& reply,
                    const RadiusPortPool::Sent* sent,
                    const L2tpUdpAddress& from,
                    RadiusAttributes& clear) const
{
    const auto outcome = OutcomeOf(reply.code);
    if (!outcome)
    {
        return RadiusDropReason::UNEXPECTED_CODE;
    }
    if (!sent)
    {
        return RadiusDropReason::NO_REQUEST;
    }
    const auto& server = m_servers[sent->server];
    const bool isAccess = server.code == RadiusCode::ACCESS_REQUEST;
    if (server.address != from)
    {
        return RadiusDropReason::WRONG_SOURCE;
    }
    if (isAccess == (*outcome == RadiusOutcome::ACCOUNTED))
    {
        return RadiusDropReason::UNEXPECTED_CODE;
    }
    if (!IsRadiusReplyGenuine(reply, sent->authenticator, server.secret))
    {
        return RadiusDropReason::AUTHENTICATOR;
    }
    const bool isNeeded = isAccess && m_messageAuthenticator;
    if (!IsRadiusMessageGenuine(reply, sent->authenticator, server.secret).value_or(!isNeeded))
    {
        return RadiusDropReason::MESSAGE_AUTHENTICATOR;
    }
    // What must not be there, or not so often, harms nobody; a wrong size does (RFC 2865, section
    // 5).
    if (reply.Check() == RadiusError::ATTRIBUTE_VALUE)
    {
        return RadiusDropReason::ATTRIBUTE_VALUE;
    }
    const auto revealed =
        RevealRadiusAttributes(reply.attributes, server.secret, sent->authenticator);
    if (!revealed)
    {
        return RadiusDropReason::HIDDEN_VALUE;
    }
    clear = *revealed;
    return std::nullopt;
}

} // namespace ns3
