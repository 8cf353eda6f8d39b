/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief RADIUS packets: attributes, hidden ones too, tunnels, routes, proofs
 *
 * The input is a RADIUS packet, for a server or for a client: its attributes, what is hidden in
 * them, the tunnels, the user's profile and the proof of who it is. Its octets are a Framed-Route
 * and an address in text, too.
 */

#include "l2tp-fuzz-target.h"

#include "ns3/radius-framed-route.h"
#include "ns3/radius-packet.h"
#include "ns3/radius-ppp.h"
#include "ns3/radius-secret.h"
#include "ns3/radius-tunnel.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

const char* const SECRET = "xyzzy5461"; //!< what the seeds are signed with

/// The Authenticator of the request that a reply is taken for an answer to.
constexpr RadiusAuthenticator ASKED{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

/// Read a route from a text, and write it. @param text the text
void
TakeRouteApart(const std::string& text)
{
    ReadRadiusAddress(text);
    if (const auto route = RadiusFramedRoute::Parse(text))
    {
        const auto again = RadiusFramedRoute::Parse(route->Serialize());
        FuzzExpect(again.has_value(), "a route that was written can be read");
        FuzzExpect(again->network == route->network && again->mask == route->mask &&
                       again->gateway == route->gateway && again->metric == route->metric,
                   "a route comes back as it was written");
    }
}

/**
 * @brief Read tunnels, and write those that can be.
 * @param clear attributes in the clear
 */
void
TakeTunnelsApart(const RadiusAttributes& clear)
{
    for (const RadiusTunnel& tunnel : GetRadiusTunnels(clear))
    {
        tunnel.GetServerAddress();
        RadiusAttributes written;
        AddRadiusTunnelToAccounting(tunnel, written);
        written = RadiusAttributes();
        if (AddRadiusTunnel(tunnel, written))
        {
            const auto again = GetRadiusTunnels(written);
            FuzzExpect(again.size() == 1, "a tunnel that was written can be read");
            // A first octet below 32 would be taken for a tag if there were none.
            FuzzExpect(again[0].tag == tunnel.tag && again[0].type == tunnel.type &&
                           again[0].serverEndpoint == tunnel.serverEndpoint &&
                           again[0].password == tunnel.password &&
                           again[0].assignmentId == tunnel.assignmentId &&
                           again[0].preference == tunnel.preference,
                       "a tunnel comes back as it was written");
        }
    }
}

/**
 * @brief Read what PPP is told, as the end that asks and as the end that answers.
 * @param clear attributes in the clear
 * @param asked the Authenticator of the request
 */
void
TakePppApart(const RadiusAttributes& clear, const RadiusAuthenticator& asked)
{
    const auto attempt = GetRadiusPppAttempt(clear, asked);
    if (attempt)
    {
        RadiusAttributes written;
        if (AddRadiusPppAttempt(*attempt, written))
        {
            const auto again = GetRadiusPppAttempt(written, asked);
            FuzzExpect(again && again->protocol == attempt->protocol &&
                           again->name == attempt->name && again->password == attempt->password &&
                           again->response == attempt->response,
                       "an attempt comes back as it was written");
        }
        AddRadiusPppVerdict(*attempt, {false, {}, GetRadiusReplyMessage(clear), ""}, written);
    }
    for (const auto protocol : {PPP_AUTH_PAP, PPP_AUTH_CHAP, PPP_AUTH_MSCHAP_V2})
    {
        PppAuthAttempt known;
        known.protocol = protocol;
        GetRadiusPppVerdict(known, clear);
    }
    GetRadiusUserProfile(clear);
}

/**
 * @brief Take the attributes of a packet apart.
 * @param packet the packet
 * @param asked the Authenticator of the request
 */
void
TakeAttributesApart(const RadiusPacket& packet, const RadiusAuthenticator& asked)
{
    for (const RadiusAttribute& attribute : packet.attributes.GetAll())
    {
        RadiusAttributeName(attribute.type);
        FuzzExpect(packet.attributes.Find(attribute.type), "an attribute that is there is found");
        TakeRouteApart({attribute.value.begin(), attribute.value.end()});
    }
    for (const auto& row : RADIUS_VENDOR_ATTRIBUTES)
    {
        packet.attributes.GetVendor({row.vendor, row.type});
    }
    IsRadiusRequestGenuine(packet, SECRET);
    IsRadiusReplyGenuine(packet, asked, SECRET);
    IsRadiusMessageGenuine(packet, asked, SECRET);
    const auto clear = RevealRadiusAttributes(packet.attributes, SECRET, asked);
    if (clear)
    {
        TakeTunnelsApart(*clear);
        TakePppApart(*clear, asked);
        if (const auto hidden = HideRadiusAttributes(*clear, SECRET, asked, 0x8001))
        {
            FuzzExpect(RevealRadiusAttributes(*hidden, SECRET, asked) == clear,
                       "what is hidden is found");
        }
    }
}

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const std::vector<uint8_t> octets(data, data + size);
    TakeRouteApart({octets.begin(), octets.end()});

    RadiusPacket packet;
    const RadiusError error = RadiusPacket::Parse(octets, packet);
    RadiusErrorName(error);
    RadiusCodeName(packet.code);
    if (error != RadiusError::NONE)
    {
        return 0;
    }
    const std::vector<uint8_t> again = packet.Serialize();
    FuzzExpect(again.size() == packet.GetSize(), "a packet has the size that it says");
    FuzzExpect(again.size() <= octets.size() &&
                   std::equal(again.begin(), again.end(), octets.begin()),
               "a packet comes back as it was");
    RadiusErrorName(packet.Check());
    // As the server that is asked, and as the client that is answered.
    TakeAttributesApart(packet, packet.authenticator);
    TakeAttributesApart(packet, ASKED);
    return 0;
}
