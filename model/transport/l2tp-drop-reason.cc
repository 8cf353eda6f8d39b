/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-drop-reason.h"

#include "ns3/assert.h"

#include <array>

namespace ns3
{

const char*
L2tpDropReasonName(L2tpDropReason reason)
{
    static constexpr std::array<const char*, L2TP_DROP_REASONS> NAMES{
        "header-truncated",
        "header-version",
        "header-control-bits",
        "header-length",
        "header-offset",
        "unknown-tunnel",
        "wrong-source",
        "isolated-source",
        "malformed-message",
        "acknowledges-more",
        "out-of-window",
        "control-out-of-order",
        "control-closed",
        "unknown-message",
        "unexpected-message",
        "tie-lost",
        "no-resources",
        "unknown-session",
        "session-not-established",
        "no-receiver",
        "data-out-of-order",
        "data-duplicate",
        "data-without-sequence",
        "data-ce-not-ect",
        "send-session-down",
        "send-too-long",
        "send-no-route",
        "send-recursion",
    };
    const auto index = static_cast<std::size_t>(reason);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

L2tpDropReason
L2tpDropReasonOf(L2tpHeaderError error)
{
    switch (error)
    {
    case L2tpHeaderError::VERSION:
        return L2tpDropReason::HEADER_VERSION;
    case L2tpHeaderError::CONTROL_BITS:
        return L2tpDropReason::HEADER_CONTROL_BITS;
    case L2tpHeaderError::LENGTH:
        return L2tpDropReason::HEADER_LENGTH;
    case L2tpHeaderError::OFFSET:
        return L2tpDropReason::HEADER_OFFSET;
    case L2tpHeaderError::TRUNCATED:
    case L2tpHeaderError::NONE:
        break;
    }
    NS_ASSERT_MSG(error != L2tpHeaderError::NONE, "a good header is no reason to drop");
    return L2tpDropReason::HEADER_TRUNCATED;
}

} // namespace ns3
