/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-adoption.h"

namespace ns3
{

const char*
PppAdoptionVerdictName(PppAdoptionVerdict verdict)
{
    static constexpr const char* NAMES[PPP_ADOPTION_VERDICTS] = {
        "adopted",
        "options malformed",
        "another authentication protocol",
        "MRU too large",
        "an option that is not wanted",
        "an option of the peer that is not wanted"};
    return NAMES[static_cast<std::size_t>(verdict)];
}

} // namespace ns3
