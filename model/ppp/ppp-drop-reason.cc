/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-drop-reason.h"

namespace ns3
{

const char*
PppDropReasonName(PppDropReason reason)
{
    static constexpr const char* NAMES[PPP_DROP_REASONS] = {"frame truncated",
                                                            "unrecognized control field",
                                                            "unknown protocol",
                                                            "wrong phase",
                                                            "network protocol not opened",
                                                            "control packet malformed",
                                                            "options malformed",
                                                            "stale identifier",
                                                            "options mismatch",
                                                            "not opened",
                                                            "bad magic number",
                                                            "authentication packet malformed",
                                                            "authentication packet unexpected",
                                                            "discard request",
                                                            "no receiver",
                                                            "sending not opened",
                                                            "sending too long",
                                                            "refused by the circuit"};
    return NAMES[static_cast<std::size_t>(reason)];
}

} // namespace ns3
