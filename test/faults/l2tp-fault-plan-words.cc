/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// A plan in words.

#include "l2tp-fault-plan.h"

namespace ns3
{

const char*
L2tpFaultAccessName(L2tpFaultAccess access)
{
    switch (access)
    {
    case L2tpFaultAccess::VOLUNTARY:
        return "voluntary";
    case L2tpFaultAccess::DIAL_UP:
        return "dial-up";
    case L2tpFaultAccess::PPPOE:
        return "PPPoE";
    case L2tpFaultAccess::SWITCH:
        return "switch";
    case L2tpFaultAccess::REMOTE_DIAL:
        return "remote dial";
    }
    return "unknown";
}

const char*
L2tpFaultDeedName(L2tpFaultDeed deed)
{
    switch (deed)
    {
    case L2tpFaultDeed::PLACE_CALL:
        return "places a call";
    case L2tpFaultDeed::OPEN_TUNNEL:
        return "opens a tunnel";
    case L2tpFaultDeed::SEND_FRAMES:
        return "sends frames";
    case L2tpFaultDeed::SWITCH:
        return "switches numbered data";
    case L2tpFaultDeed::SEND_NEWS:
        return "sends news of a call";
    case L2tpFaultDeed::CLOSE_CALL:
        return "closes a call";
    case L2tpFaultDeed::HANG_UP:
        return "hangs up";
    case L2tpFaultDeed::RENEGOTIATE:
        return "begins PPP anew";
    case L2tpFaultDeed::CLOSE_TUNNEL:
        return "closes a tunnel";
    case L2tpFaultDeed::STOP:
        return "is stopped";
    case L2tpFaultDeed::CRASH:
        return "crashes";
    case L2tpFaultDeed::CUT:
        return "is cut";
    case L2tpFaultDeed::CUT_ONE_WAY:
        return "is cut in one direction";
    }
    return "unknown";
}

void
L2tpFaultPlan::Print(std::ostream& os) const
{
    os << "Seed " << seed << ": " << lacs.size() << " LAC, " << lnses.size() << " LNS, "
       << (ppp ? "PPP" : "plain frames") << (secret.empty() ? "" : ", a shared secret")
       << "; retransmission after " << initialInterval.As(Time::S) << " to "
       << maxInterval.As(Time::S) << ", " << maxRetransmissions << " times; set-up within "
       << setupTimeout.As(Time::S) << "; link delay " << linkDelay.As(Time::S) << "; faults until "
       << heal.As(Time::S) << (fewIds ? "; few IDs" : "");
    if (ppp)
    {
        os << "; pools of " << poolSize;
    }
    os << "\n";
    for (const auto* list : {&lacs, &lnses})
    {
        for (const auto& end : *list)
        {
            os << "  " << end.name;
            if (ppp && list == &lacs)
            {
                os << " (" << L2tpFaultAccessName(end.access) << ", hosts: " << end.hosts
                   << ", line errors " << end.lineErrorRate
                   << (end.asksNames ? ", asks who calls" : "") << ")";
            }
            os << (end.profile.empty() ? "" : ", as " + end.profile) << ": window "
               << end.receiveWindowSize << ", acknowledgement after " << end.ackDelay.As(Time::S)
               << ", HELLO " << end.helloInterval.As(Time::S) << (end.piggyback ? ", no ZLBs" : "")
               << ", " << end.congestion << ", " << end.queueing << ", resends " << end.resend
               << (end.challengePeer ? ", challenges" : "") << (end.hideAvps ? ", hides" : "")
               << (end.tieBreaker ? ", tie breaker" : "") << (end.lengthInData ? ", Length" : "")
               << (end.sequencing ? ", numbers data" : "")
               << (end.requireSequencing ? ", requires numbers" : "") << ", ReorderTimeout "
               << end.reorderTimeout.As(Time::S) << (end.shareTunnel ? "" : ", a tunnel a call")
               << (end.keepTunnel ? ", keeps tunnels" : "")
               << (end.acceptTunnels ? ", accepts tunnels" : "") << (end.dials ? ", dials" : "")
               << (end.anyPort ? ", any port" : "")
               << (end.maxTunnels < 65535 ? ", few tunnels" : "")
               << (end.refuseRate > 0 ? ", refuses calls" : "");
            for (const auto* settings : {&end.settings, &end.pppSettings})
            {
                for (const auto& [attribute, value] : *settings)
                {
                    os << ", " << attribute << " " << value;
                }
            }
            os << "\n";
        }
    }
    for (const auto& link : links)
    {
        os << "  " << link.name << ": loss " << link.lossRate << ", bursts of " << link.burst
           << "; duplicates " << link.duplicateRate << " within " << link.duplicateDelay.As(Time::S)
           << "; delayed " << link.delayRate << " by up to " << link.delay.As(Time::S)
           << "; damaged " << link.corruptRate << "\n";
    }
    for (const auto& action : actions)
    {
        const bool isCut =
            action.deed == L2tpFaultDeed::CUT || action.deed == L2tpFaultDeed::CUT_ONE_WAY;
        const std::string who = isCut ? "link " + std::to_string(action.who + 1)
                                : action.who < lacs.size() ? lacs[action.who].name
                                                           : lnses[action.who - lacs.size()].name;
        os << "  " << action.time.As(Time::S) << ": " << who << " "
           << L2tpFaultDeedName(action.deed) << " (" << action.which << ", " << action.howMany
           << ", " << action.duration.As(Time::S) << ")\n";
    }
}

} // namespace ns3
