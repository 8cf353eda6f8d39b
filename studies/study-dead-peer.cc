/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "study-dead-peer.h"

#include "ns3/double.h"
#include "ns3/l2tp-session.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint32_t FRAME_SIZE = 100; //!< octets of a frame of DATA

} // namespace

L2tpDeadPeerRuns::L2tpDeadPeerRuns(const L2tpDeadPeerConfig& config)
    : L2tpStudyRuns(config.delay, L2tpProfile::Get(config.profile)),
      m_config(config),
      m_moment(CreateObject<UniformRandomVariable>()),
      m_nextCall(CreateObject<ExponentialRandomVariable>())
{
    m_moment->SetStream(L2tpStudyTunnel::FREE_STREAM);
    m_nextCall->SetStream(L2tpStudyTunnel::FREE_STREAM + 1);
    m_nextCall->SetAttribute("Mean", DoubleValue(config.callInterval.GetSeconds()));
    Follow(GetTunnel().GetLac(), m_lac);
    Follow(GetTunnel().GetLns(), m_lns);
    GetTunnel().GetLns()->TraceConnectWithoutContext(
        "CallState",
        Callback<void, Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent>(
            [this](Ptr<const L2tpCall> call, L2tpCallState, L2tpCallEvent) {
                const bool isFirst = GetTunnel().GetLns()->GetNCalls() == 1;
                if (isFirst && call->GetState() == L2tpCallState::ESTABLISHED)
                {
                    Load();
                }
            }));
}

void
L2tpDeadPeerRuns::Follow(Ptr<L2tpEndpoint> endpoint, End& end)
{
    endpoint->TraceConnectWithoutContext(
        "TunnelState",
        Callback<void, Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent>(
            [this, &end](Ptr<const L2tpTunnel> tunnel, L2tpTunnelState, L2tpTunnelEvent event) {
                end.tunnel = tunnel;
                if (event == L2tpTunnelEvent::PEER_DEAD)
                {
                    Cleared(end);
                }
            }));
    endpoint->TraceConnectWithoutContext(
        "ControlTx",
        Callback<void, Ptr<const L2tpTunnel>, const L2tpHeader&, Ptr<const Packet>, uint32_t>(
            [this, &end](Ptr<const L2tpTunnel>,
                         const L2tpHeader& header,
                         Ptr<const Packet> datagram,
                         uint32_t attempt) { Sent(end, header, datagram, attempt); }));
}

void
L2tpDeadPeerRuns::Sent(End& end,
                       const L2tpHeader& header,
                       Ptr<const Packet> datagram,
                       uint32_t attempt)
{
    if (attempt == 1 && datagram->GetSize() > header.GetSerializedSize())
    {
        const Time heard = end.tunnel ? end.tunnel->GetLastReceived() : Time();
        end.messages[header.GetNs()] = {Simulator::Now(), heard};
    }
    if (m_isLost && IsUnderWay() && &end == &m_lac)
    {
        ++m_messages;
        m_octets += datagram->GetSize() + L2tpStudyTunnel::UDP_IP_SIZE;
    }
}

void
L2tpDeadPeerRuns::Begin()
{
    m_policy = GetTunnel().GetPolicy();
    m_isLost = false;
    m_lac = {};
    m_lns = {};
    GetTunnel().PlaceCall();
}

void
L2tpDeadPeerRuns::Load()
{
    // An idle tunnel repeats itself after two HELLOs, as its ends take turns: each has heard the
    // other's HELLO later than its own acknowledgement. The first one is the LNS's.
    Time warmUp = m_policy.hello + std::max(m_config.delay, Seconds(1));
    Time period = (m_policy.hello + m_config.delay) * 2;
    if (m_config.load == L2tpStudyLoad::DATA)
    {
        warmUp = m_config.frameInterval * 2;
        period = m_config.frameInterval;
        SendFrames(GetTunnel().GetLac()->GetTunnels().front()->GetCalls().front()->GetSession(),
                   GetTunnel().GetLns()->GetTunnels().front()->GetCalls().front()->GetSession());
    }
    if (m_config.load == L2tpStudyLoad::CALLS)
    {
        warmUp = m_config.callInterval * 5;
        PlaceNext();
    }
    m_moment->SetAttribute("Max", DoubleValue(std::max(period, Seconds(1)).GetSeconds()));
    Later(warmUp + Seconds(m_moment->GetValue()), [this]() { Lose(); });
}

void
L2tpDeadPeerRuns::SendFrames(Ptr<L2tpSession> lac, Ptr<L2tpSession> lns)
{
    lac->Send(Create<Packet>(FRAME_SIZE));
    lns->Send(Create<Packet>(FRAME_SIZE));
    Later(m_config.frameInterval, [this, lac, lns]() { SendFrames(lac, lns); });
}

void
L2tpDeadPeerRuns::PlaceNext()
{
    Later(Seconds(m_nextCall->GetValue()), [this]() {
        GetTunnel().PlaceCall();
        PlaceNext();
    });
}

void
L2tpDeadPeerRuns::Lose()
{
    m_isLost = true;
    m_lostAt = Simulator::Now();
    NoteProbe(m_lac, m_lns);
    NoteProbe(m_lns, m_lac);
    if (m_config.fault == L2tpStudyFault::CRASH)
    {
        GetTunnel().GetLns()->Crash();
    }
    else
    {
        GetTunnel().Cut(m_config.outage.IsZero() ? Time::Max() - m_lostAt : m_config.outage);
    }
    // Whoever clears the tunnel sends its first message in vain before the outage is over; if the
    // LNS is lost for good, after the silence that makes a HELLO due, or without HELLO when there
    // is a call, which takes this long with a probability of e^-20 only.
    const Time silent = !m_config.outage.IsZero() ? m_config.outage
                        : m_policy.hello.IsZero() ? m_config.callInterval * 20
                                                  : m_policy.hello;
    Later(silent + m_policy.GetCycle() + Seconds(1), [this]() { Lived(); });
}

void
L2tpDeadPeerRuns::NoteProbe(End& end, const End& other) const
{
    const auto channel = end.tunnel->GetChannel();
    end.probe = end.tunnel->GetLastReceived() + m_policy.hello;
    end.isProbed = false;
    if (channel->GetQueueLength() > 0)
    {
        const uint16_t front = channel->GetNs() - channel->GetQueueLength();
        end.probe = end.messages.at(front).sent;
        end.isProbed = other.tunnel->GetChannel()->GetNr() == channel->GetNs();
    }
}

Time
L2tpDeadPeerRuns::GetFirstTryAfter(Time probe) const
{
    const Time back = m_lostAt + m_config.outage - m_config.delay;
    Time sent = probe;
    for (const Time& interval : m_policy.intervals)
    {
        if (sent >= back)
        {
            return sent;
        }
        sent += interval;
    }
    return Time::Max();
}

bool
L2tpDeadPeerRuns::ShouldLive(const End& end, const End& other) const
{
    // A HELLO that the peer has got, while its acknowledgement was cut off, is acknowledged by
    // whatever the peer sends, which is its own HELLO.
    const Time givesUp = end.probe + m_policy.GetCycle();
    return m_policy.hello.IsZero() || GetFirstTryAfter(end.probe) < givesUp ||
           (end.isProbed && GetFirstTryAfter(other.probe) < givesUp - m_config.delay);
}

void
L2tpDeadPeerRuns::Cleared(const End& end)
{
    const bool isForGood = m_config.outage.IsZero();
    if (!m_isLost || (isForGood && &end != &m_lac) || !Finish())
    {
        return;
    }
    const Time now = Simulator::Now();
    ++m_runs;
    m_times.push_back((now - m_lostAt).GetNanoSeconds());
    if (!isForGood)
    {
        m_asPredicted += ShouldLive(m_lac, m_lns) && ShouldLive(m_lns, m_lac) ? 0 : 1;
        return;
    }
    // The message that was sent in vain is the front of the queue.
    const auto channel = end.tunnel->GetChannel();
    const uint16_t front = channel->GetNs() - channel->GetQueueLength();
    const Message& message = end.messages.at(front);
    const Time begun = now - m_policy.GetCycle();
    if (m_config.load == L2tpStudyLoad::CALLS)
    {
        // If one before it was acknowledged while it was out, its cycle began then, but with a
        // timer for each.
        const bool isAcknowledged = end.tunnel->GetLastReceived() > message.sent;
        m_asPredicted +=
            begun == message.sent || (isAcknowledged && begun == end.tunnel->GetLastReceived()) ? 1
                                                                                                : 0;
        return;
    }
    const bool isDue = message.sent == message.heard + m_policy.hello;
    m_asPredicted += isDue && begun == message.sent ? 1 : 0;
}

void
L2tpDeadPeerRuns::Lived()
{
    Finish();
    ++m_runs;
    ++m_lived;
    const bool isPredicted = m_config.outage.IsZero()
                                 ? m_policy.hello.IsZero()
                                 : ShouldLive(m_lac, m_lns) && ShouldLive(m_lns, m_lac);
    m_asPredicted += isPredicted ? 1 : 0;
}

nlohmann::ordered_json
L2tpDeadPeerRuns::Describe() const
{
    nlohmann::ordered_json json = GetTunnel().DescribePolicy();
    json["runs"] = m_runs;
    json["lived"] = m_lived;
    json["as_predicted"] = m_asPredicted;
    json["messages"] = m_messages;
    json["octets"] = m_octets;
    json["times_ns"] = m_times;
    return json;
}

} // namespace ns3
