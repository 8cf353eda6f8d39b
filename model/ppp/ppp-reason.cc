/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-reason.h"

namespace ns3
{

const char*
PppReasonName(PppReason reason)
{
    static constexpr const char* NAMES[PPP_REASONS] = {"none",
                                                       "lower layer up",
                                                       "lower layer down",
                                                       "LCP opened",
                                                       "authenticated",
                                                       "administrative request",
                                                       "terminated by the peer",
                                                       "renegotiation",
                                                       "no response",
                                                       "negotiation does not converge",
                                                       "looped back",
                                                       "echo timeout",
                                                       "fundamental code or protocol rejected",
                                                       "network protocol rejected",
                                                       "peer refuses to authenticate",
                                                       "authentication timeout",
                                                       "peer failed to authenticate",
                                                       "not accepted by the peer",
                                                       "no address",
                                                       "session timeout",
                                                       "idle timeout",
                                                       "replaced by a newer session"};
    return NAMES[static_cast<std::size_t>(reason)];
}

} // namespace ns3
