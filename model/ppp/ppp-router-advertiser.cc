/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-router-advertiser.h"

#include "ppp-router-solicitation.h"

#include "ns3/icmpv6-header.h"
#include "ns3/icmpv6-l4-protocol.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3
{

namespace
{
constexpr uint8_t HOST_HOP_LIMIT = 64;         //!< for the host to use
constexpr uint16_t ROUTER_LIFETIME = 9000;     //!< seconds, the most (RFC 4861, section 6.2.1)
constexpr uint32_t INFINITE = 0xffffffff;      //!< the prefix is there as long as the link is
constexpr uint32_t INITIAL_ADVERTISEMENTS = 3; //!< at most (RFC 4861, section 10)
constexpr int64_t INITIAL_INTERVAL_S = 16;     //!< between these, at most (the same)
constexpr double MAX_ANSWER_DELAY_S = 0.5;     //!< MAX_RA_DELAY_TIME (the same)
constexpr int64_t MIN_DELAY_S = 3;             //!< MIN_DELAY_BETWEEN_RAS (the same)
} // namespace

PppRouterAdvertiser::PppRouterAdvertiser(Sender send)
    : m_send(std::move(send)),
      m_random(CreateObject<UniformRandomVariable>())
{
}

PppRouterAdvertiser::~PppRouterAdvertiser()
{
    m_next.Cancel();
}

void
PppRouterAdvertiser::Start(Ipv6Address prefix, Time interval, Ipv6Address source)
{
    Stop();
    m_prefix = prefix;
    m_interval = interval;
    m_source = source;
    m_sent = 0;
    // Not within the packet that has opened IPV6CP.
    m_next = Simulator::ScheduleNow(&PppRouterAdvertiser::Advertise, this);
}

void
PppRouterAdvertiser::Stop()
{
    m_next.Cancel();
    m_answering = false;
}

void
PppRouterAdvertiser::Advertise()
{
    Icmpv6OptionPrefixInformation option(m_prefix, PREFIX_LENGTH);
    option.SetFlags(Icmpv6OptionPrefixInformation::AUTADDRCONF);
    option.SetValidTime(INFINITE);
    option.SetPreferredTime(INFINITE);
    auto message = Create<Packet>();
    message->AddHeader(option);
    Icmpv6RA advertisement;
    advertisement.SetCurHopLimit(HOST_HOP_LIMIT);
    advertisement.SetLifeTime(ROUTER_LIFETIME);
    advertisement.CalculatePseudoHeaderChecksum(
        m_source,
        Ipv6Address::GetAllNodesMulticast(),
        static_cast<uint16_t>(message->GetSize() + advertisement.GetSerializedSize()),
        Icmpv6L4Protocol::PROT_NUMBER);
    message->AddHeader(advertisement);
    m_send(message);

    ++m_sent;
    m_lastSent = Simulator::Now();
    m_answering = false;
    const Time initial = std::min(m_interval, Time(Seconds(INITIAL_INTERVAL_S)));
    m_next = Simulator::Schedule(m_sent < INITIAL_ADVERTISEMENTS ? initial : m_interval,
                                 &PppRouterAdvertiser::Advertise,
                                 this);
}

void
PppRouterAdvertiser::Received(Ptr<const Packet> packet)
{
    if (m_answering || !IsPppRouterSolicitation(packet))
    {
        return; // "the delay is relative to the first solicitation" (RFC 4861, section 6.2.6)
    }
    Time delay = Seconds(m_random->GetValue(0, MAX_ANSWER_DELAY_S));
    if (m_sent > 0)
    {
        // "consecutive Router Advertisements sent to the all-nodes multicast address MUST be rate
        // limited"
        const Time rest = m_lastSent + Seconds(MIN_DELAY_S) - Simulator::Now();
        delay += std::max(rest, Time());
    }
    if (delay < Simulator::GetDelayLeft(m_next))
    {
        m_answering = true;
        m_next.Cancel();
        m_next = Simulator::Schedule(delay, &PppRouterAdvertiser::Advertise, this);
    }
}

void
PppRouterAdvertiser::SetStream(int64_t stream)
{
    m_random->SetStream(stream);
}

} // namespace ns3
