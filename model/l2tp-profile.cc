/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-profile.h"

#include "ns3/abort.h"
#include "ns3/object-base.h"
#include "ns3/string.h"

#include <algorithm>
#include <iterator>

namespace ns3
{

namespace
{

/// A row of the table: what a profile says of each of the attributes that profiles set.
struct Row
{
    const char* name;            //!< of the profile
    const char* source;          //!< where the rest comes from
    const char* retransmission;  //!< RetransmissionPolicy
    const char* resend;          //!< Resend
    const char* congestion;      //!< CongestionWindow
    const char* peerWindow;      //!< PeerWindow
    const char* receiveWindow;   //!< ReceiveWindowSize
    const char* advertise;       //!< AdvertiseWindow
    const char* acknowledgement; //!< AcknowledgementPolicy
    const char* queueing;        //!< ReceiveQueueing
    const char* linger;          //!< LingerTime
    const char* hello;           //!< HelloInterval
    const char* setup;           //!< SetupTimeout
};

constexpr const char* SLOW_START = "ns3::L2tpSlowStart";
constexpr const char* NO_CONTROL = "ns3::L2tpFixedWindow";
constexpr const char* AT_ONCE = "ns3::L2tpImmediateAcknowledgement";
constexpr const char* RFC_DELAY = "ns3::L2tpDelayedAcknowledgement[Delay=50ms]";
constexpr const char* KEEP = "ns3::L2tpKeepEarly";
constexpr const char* DROP = "ns3::L2tpDiscardEarly";
constexpr const char* DROP_AND_ANSWER = "ns3::L2tpDiscardEarly[Answer=true]";
constexpr const char* SAYS = "0";          //!< the peer's window is what the peer says
constexpr const char* UNLIMITED = "32767"; //!< half the sequence numbers, the most there can be
constexpr const char* FULL_CYCLE = "0s";   //!< to linger for
constexpr const char* NO_LINGER = "1ns";   //!< the state goes as the last message has gone
constexpr const char* MINUTE = "60s";      //!< HELLO and set-up, by default
constexpr const char* LONG_SETUP = "180s"; //!< longer than the retransmission cycle
constexpr const char* YES = "true";
constexpr const char* NO = "false";

// clang-format off
/// The profiles. Versions of source code are named by their first commit digits.
constexpr Row TABLE[] = {
    {"rfc2661",
     "RFC 2661, sections 4.4.3, 5.8 and 6.5, and Appendix A",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=8s|MaxRetransmissions=5]",
     "All", SLOW_START, SAYS, "16", YES, RFC_DELAY, KEEP, FULL_CYCLE, MINUTE, MINUTE},
    {"xl2tpd",
     "xl2tpd d391292: network.c (control_xmit, schedule), avp.c, l2tpd.h",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=16s|MaxRetransmissions=4]",
     "Each", NO_CONTROL, UNLIMITED, "4", YES, AT_ONCE, DROP, NO_LINGER, MINUTE, MINUTE},
    {"go-l2tp",
     "go-l2tp 0f3bb65, of the ProL2TP makers: l2tp/transport.go, l2tp/l2tp.go",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=8s|MaxRetransmissions=2]",
     "Each", SLOW_START, "4", "4", NO, "ns3::L2tpDelayedAcknowledgement[Delay=100ms]", KEEP, "31s",
     "0s", MINUTE},
    {"cisco-ios",
     "Cisco IOS VPDN Command Reference: l2tp tunnel retransmit initial retries, retransmit retries, "
     "retransmit timeout, hello; l2tp congestion-control (off by default)",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=8s|MaxRetransmissions=15"
     "|MaxInitialRetransmissions=2]",
     "All", NO_CONTROL, SAYS, "16", YES, RFC_DELAY, KEEP, FULL_CYCLE, MINUTE, LONG_SETUP},
    {"accel-ppp",
     "accel-ppp 89637ee: accel-pppd/ctrl/l2tp/l2tp.c (l2tp_tunnel_store_msg, l2tp_tunnel_finwait)",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=16s|MaxRetransmissions=5]",
     "Front", NO_CONTROL, SAYS, "16", YES, AT_ONCE, "ns3::L2tpKeepEarly[MaxMessages=16]", "31s",
     MINUTE, MINUTE},
    {"l2tpns",
     "l2tpns c8209f9: l2tpns.c (backoff, processudp), l2tpns.h",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=32s|MaxRetransmissions=5]",
     "All", NO_CONTROL, SAYS, "4", NO, AT_ONCE, DROP_AND_ANSWER, "70s", MINUTE, LONG_SETUP},
    {"huawei",
     "Huawei NetEngine 8000 F1A Command Reference: tunnel retransmit (5 times, each interval twice "
     "the last), tunnel timer hello; the first interval is RFC 2661's",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=32s|MaxRetransmissions=5]",
     "All", SLOW_START, SAYS, "16", YES, RFC_DELAY, KEEP, FULL_CYCLE, MINUTE, LONG_SETUP},
    {"juniper-m",
     "Junos OS 13.2, Services Interfaces (M and T Series): [edit services l2tp tunnel-group], "
     "retransmit-interval, tunnel-timeout, hello-interval, receive-window, maximum-send-window",
     "ns3::L2tpFixedInterval[Interval=30s|MaxRetransmissions=3]",
     "All", "ns3::L2tpFixedWindow[Size=32]", SAYS, "16", YES, RFC_DELAY, KEEP, FULL_CYCLE, MINUTE,
     LONG_SETUP},
    {"juniper-mx",
     "Junos OS 13.2, Subscriber Management (MX Series): [edit services l2tp tunnel], "
     "retransmission-count-not-established, rx-window-size",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=16s|MaxRetransmissions=5]",
     "All", SLOW_START, SAYS, "4", NO, RFC_DELAY, KEEP, FULL_CYCLE, MINUTE, LONG_SETUP},
    {"bng-blaster",
     "BNG Blaster 17f4fca: bbl_l2tp.c; docs/configuration/lns.html",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=32s|MaxRetransmissions=5]",
     "Each", SLOW_START, SAYS, "16", YES, "ns3::L2tpDelayedAcknowledgement[Delay=10ms]", DROP, "5s",
     "30s", LONG_SETUP},
    {"mpd5",
     "mpd5 7e856ba with FreeBSD's ng_l2tp: l2tp_ctrl.c",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=10s|MaxRetransmissions=8]",
     "All", SLOW_START, SAYS, "8", YES, RFC_DELAY, DROP_AND_ANSWER, "11s", MINUTE, LONG_SETUP},
    {"npppd",
     "OpenBSD npppd, 2010 to 2015: l2tp_ctrl.c (l2tp_ctrl_input)",
     "ns3::L2tpFixedInterval[Interval=2s|MaxRetransmissions=5]",
     "All", NO_CONTROL, UNLIMITED, "4", YES, AT_ONCE, DROP, "3s", MINUTE, MINUTE},
    {"freertr",
     "freeRtr 37cafe5: servL2tp2conn.java",
     "ns3::L2tpFixedInterval[Interval=10s|MaxRetransmissions=7]",
     "Front", "ns3::L2tpFixedWindow[Size=1]", SAYS, "1024", YES, AT_ONCE, DROP, NO_LINGER, "50s",
     LONG_SETUP},
    {"osvbng",
     "osvbng a58b831: control_channel.go, runner.go",
     "ns3::L2tpExponentialBackoff[InitialInterval=1s|MaxInterval=8s|MaxRetransmissions=4]",
     "Each", SLOW_START, "16", "16", YES, "ns3::L2tpDelayedAcknowledgement[Delay=200ms]",
     DROP_AND_ANSWER, NO_LINGER, MINUTE, MINUTE},
};

// clang-format on

/// Make a profile of a row. @param row the row @return the profile
L2tpProfile
FromRow(const Row& row)
{
    return {row.name,
            row.source,
            {{"RetransmissionPolicy", row.retransmission},
             {"Resend", row.resend},
             {"CongestionWindow", row.congestion},
             {"PeerWindow", row.peerWindow},
             {"ReceiveWindowSize", row.receiveWindow},
             {"AdvertiseWindow", row.advertise},
             {"AcknowledgementPolicy", row.acknowledgement},
             {"ReceiveQueueing", row.queueing},
             {"LingerTime", row.linger},
             {"HelloInterval", row.hello},
             {"SetupTimeout", row.setup}}};
}

} // namespace

L2tpProfile::L2tpProfile(std::string name,
                         std::string source,
                         std::vector<std::pair<std::string, std::string>> settings)
    : m_name(std::move(name)),
      m_source(std::move(source)),
      m_settings(std::move(settings))
{
}

const std::vector<L2tpProfile>&
L2tpProfile::GetAll()
{
    static const std::vector<L2tpProfile> all = [] {
        std::vector<L2tpProfile> profiles;
        std::transform(std::begin(TABLE), std::end(TABLE), std::back_inserter(profiles), &FromRow);
        return profiles;
    }();
    return all;
}

const L2tpProfile&
L2tpProfile::Get(const std::string& name)
{
    const std::vector<L2tpProfile>& all = GetAll();
    const auto found = std::find_if(all.begin(), all.end(), [&name](const L2tpProfile& profile) {
        return profile.m_name == name;
    });
    if (found == all.end())
    {
        std::string known;
        for (const L2tpProfile& profile : all)
        {
            known += (known.empty() ? "" : ", ") + profile.m_name;
        }
        NS_ABORT_MSG("there is no profile '" << name << "': choose one of " << known);
    }
    return *found;
}

const std::string&
L2tpProfile::GetName() const
{
    return m_name;
}

const std::string&
L2tpProfile::GetSource() const
{
    return m_source;
}

const std::vector<std::pair<std::string, std::string>>&
L2tpProfile::GetSettings() const
{
    return m_settings;
}

void
L2tpProfile::ApplyBy(const Setter& set) const
{
    for (const auto& setting : m_settings)
    {
        set(setting.first, StringValue(setting.second));
    }
}

void
L2tpProfile::ApplyTo(ObjectBase& endpoint) const
{
    ApplyBy([&endpoint](const std::string& name, const AttributeValue& value) {
        endpoint.SetAttribute(name, value);
    });
}

} // namespace ns3
