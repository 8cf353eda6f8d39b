/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2-line-signal.h"

#include <array>
#include <cstddef>

namespace ns3
{

const char*
L2LineCauseName(L2LineCause cause)
{
    static constexpr std::array<const char*, 10> NAMES{"none",
                                                       "local-hang-up",
                                                       "remote-hang-up",
                                                       "loss-of-carrier",
                                                       "busy",
                                                       "no-answer",
                                                       "no-dial-tone",
                                                       "no-such-number",
                                                       "rejected",
                                                       "no-carrier"};
    const auto index = static_cast<std::size_t>(cause);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

const char*
L2LineStateName(L2LineState state)
{
    static constexpr std::array<const char*, 5> NAMES{"Idle",
                                                      "Dialling",
                                                      "Ringing",
                                                      "Connecting",
                                                      "Connected"};
    const auto index = static_cast<std::size_t>(state);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

} // namespace ns3
