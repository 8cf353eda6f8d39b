/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-disconnect-cause.h"

#include <cstdio>

namespace ns3
{

namespace
{

using Group = L2tpDisconnectGroup;

/**
 * @brief What the direction of a cause says.
 * @param info the row of its Disconnect Code; null if the RFC does not define it
 * @param direction the direction
 * @return the RFC's words; null for direction 0, which says nothing more
 */
const char*
DirectionWords(const L2tpDisconnectCodeInfo* info, uint8_t direction)
{
    switch (static_cast<L2tpDisconnectDirection>(direction))
    {
    case L2tpDisconnectDirection::GLOBAL:
        return nullptr;
    case L2tpDisconnectDirection::AT_PEER:
        return info && info->atPeer ? info->atPeer : "at peer";
    case L2tpDisconnectDirection::AT_LOCAL:
        return info && info->atLocal ? info->atLocal : "at local";
    }
    return "reserved direction";
}

} // namespace

// A row a code, in the words of the RFC.
// clang-format off
const std::array<L2tpDisconnectCodeInfo, 21> L2TP_DISCONNECT_CODES{{
    {0, Group::GLOBAL, "No information available", nullptr, nullptr},
    {1, Group::GLOBAL, "Administrative disconnect", nullptr, nullptr},
    {2, Group::GLOBAL, "Link Control Protocol (LCP) renegotiation at LNS disabled; LNS expects proxy LCP information, LAC did not send it", nullptr, nullptr},
    {3, Group::GLOBAL, "Normal Disconnection, LCP Terminate-Request sent", "LCP Terminate-Request sent by peer", "LCP Terminate-Request sent by local"},
    {4, Group::GLOBAL, "Compulsory encryption required by a PPP peer was refused by the other", "Required by local; refused by peer", "Required by peer; refused by local"},
    {5, Group::LCP, "FSM (Finite State Machine) Timeout error", nullptr, nullptr},
    {6, Group::LCP, "No recognizable LCP packets were received", nullptr, nullptr},
    {7, Group::LCP, "LCP failure: Magic Number error; link possibly looped back", nullptr, nullptr},
    {8, Group::LCP, "LCP link failure: Echo Request timeout", nullptr, nullptr},
    {9, Group::LCP, "Peer has unexpected Endpoint-Discriminator for existing Multilink PPP (MP) bundle", nullptr, nullptr},
    {10, Group::LCP, "Peer has unexpected MRRU for existing MP bundle", nullptr, nullptr},
    {11, Group::LCP, "Peer has unexpected Short-Sequence-Number option for existing MP bundle", nullptr, nullptr},
    {12, Group::LCP, "Compulsory call-back required by a PPP peer was refused by the other", "Required by local; refused by peer", "Required by peer; refused by local"},
    {13, Group::AUTHENTICATION, "FSM Timeout error", nullptr, nullptr},
    {14, Group::AUTHENTICATION, "Peer has unexpected authenticated name for existing MP bundle", nullptr, nullptr},
    {15, Group::AUTHENTICATION, "PPP authentication failure: Authentication protocol unacceptable", "All local authentication protocols were rejected by the peer", "All authentication protocols requested by peer were unacceptable or unimplemented locally"},
    {16, Group::AUTHENTICATION, "PPP authentication failure: Authentication failed (bad name, password, or secret)", "Authentication of peer identity by local system", "Authentication of local identity by peer system"},
    {17, Group::NETWORK, "FSM Timeout error", nullptr, nullptr},
    {18, Group::NETWORK, "No NCPs available (all disabled or rejected); no NCPs went to Opened state", nullptr, nullptr},
    {19, Group::NETWORK, "NCP failure: failed to converge on acceptable addresses", "Too many Configure-Naks received from peer", "Too many Configure-Naks sent to peer"},
    {20, Group::NETWORK, "NCP failure: user not permitted to use any addresses", "Local link address not acceptable to peer", "Remote link address not acceptable to local system"},
}};

// clang-format on

std::string
L2tpDisconnectCause::Describe() const
{
    const L2tpDisconnectCodeInfo* info =
        code < L2TP_DISCONNECT_CODES.size() ? &L2TP_DISCONNECT_CODES[code] : nullptr;
    std::string text =
        std::to_string(code) + " " + (info ? info->words : "not defined by RFC 3145");
    if (const char* words = DirectionWords(info, direction))
    {
        text += std::string(", ") + words;
    }
    if (protocol)
    {
        char digits[5];
        std::snprintf(digits, sizeof(digits), "%04x", protocol);
        text += std::string(", protocol ") + digits;
    }
    if (!message.empty())
    {
        text += " (" + message + ")";
    }
    return text;
}

} // namespace ns3
