/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-reception.h"

namespace ns3
{

const char*
L2tpReceptionName(L2tpReception reception)
{
    switch (reception)
    {
    case L2tpReception::NEW:
        return "new";
    case L2tpReception::EARLY:
        return "early";
    case L2tpReception::ZLB:
        return "zlb";
    case L2tpReception::DUPLICATE:
        return "duplicate";
    case L2tpReception::OUT_OF_WINDOW:
        return "out-of-window";
    case L2tpReception::DISCARDED:
        return "discarded";
    case L2tpReception::NO_ROOM:
        return "no-room";
    case L2tpReception::ACKNOWLEDGES_MORE:
        return "acknowledges-more";
    case L2tpReception::CLOSED:
        return "control-closed";
    }
    return "unknown";
}

} // namespace ns3
