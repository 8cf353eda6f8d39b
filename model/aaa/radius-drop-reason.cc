/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-drop-reason.h"

#include "ns3/assert.h"

namespace ns3
{

const char*
RadiusDropReasonName(RadiusDropReason reason)
{
    static constexpr std::array<const char*, RADIUS_DROP_REASONS> NAMES{
        "truncated",
        "length",
        "code",
        "attribute-length",
        "attribute-value",
        "attribute-count",
        "attribute-missing",
        "unexpected-code",
        "unknown-client",
        "no-request",
        "wrong-source",
        "authenticator",
        "message-authenticator",
        "hidden-value",
        "send-too-long",
        "send-no-route",
    };
    const auto index = static_cast<std::size_t>(reason);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

RadiusDropReason
RadiusDropReasonOf(RadiusError error)
{
    // The errors come first among the reasons, in the same order.
    static_assert(static_cast<int>(RadiusDropReason::TRUNCATED) + 1 ==
                      static_cast<int>(RadiusError::TRUNCATED) &&
                  static_cast<int>(RadiusDropReason::ATTRIBUTE_MISSING) + 1 ==
                      static_cast<int>(RadiusError::ATTRIBUTE_MISSING));
    NS_ASSERT_MSG(error != RadiusError::NONE, "a good packet is no reason to drop");
    return static_cast<RadiusDropReason>(static_cast<int>(error) - 1);
}

} // namespace ns3
