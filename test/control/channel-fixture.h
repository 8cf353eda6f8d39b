/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_CHANNEL_FIXTURE_H
#define L2TP_TEST_CHANNEL_FIXTURE_H

#include "simulation-test.h"

#include "ns3/l2tp-control-channel.h"
#include "ns3/l2tp-delayed-acknowledgement.h"
#include "ns3/l2tp-exponential-backoff.h"
#include "ns3/l2tp-immediate-acknowledgement.h"
#include "ns3/l2tp-keep-early.h"
#include "ns3/l2tp-slow-start.h"
#include "ns3/simulator.h"

#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// Call a function. @param function what to call, since ns-3.35 can't schedule a lambda
inline void
CallL2tpTestFunction(std::function<void()> function)
{
    function();
}

/**
 * @brief Do something later.
 * @param at the simulated time
 * @param what what to do
 */
inline void
DoAt(Time at, std::function<void()> what)
{
    Simulator::Schedule(at - Simulator::Now(), &CallL2tpTestFunction, what);
}

/// A datagram of a control channel, its body a text that names the message.
struct ChannelDatagram
{
    Time at;            //!< when it was sent
    std::string from;   //!< who sent it
    uint16_t sessionId; //!< of its header
    uint16_t ns;        //!< of its header
    uint16_t nr;        //!< of its header
    std::string body;   //!< empty for a ZLB
    uint32_t attempt;   //!< 1 for the first transmission

    /// What it is called. @return the body, or "ZLB"
    std::string Name() const
    {
        return body.empty() ? "ZLB" : body;
    }

    /// Who sends what, as in Appendix B. @return for example "LAC: ICRQ Nr 1 Ns 2"
    std::string Describe() const
    {
        std::ostringstream os;
        os << from << ": " << Name() << " Nr " << nr << " Ns " << ns;
        return os.str();
    }
};

/// Policies with a ZLB at once, so that a test need not wait for it. @return them
inline L2tpControlChannel::Policies
AckAtOnce()
{
    L2tpControlChannel::Policies policies;
    policies.acknowledgement = CreateObject<L2tpImmediateAcknowledgement>();
    return policies;
}

/// The user of one control channel, who notes all that the channel does.
class ChannelUser : public L2tpControlChannelUser
{
  public:
    /**
     * @brief Make a channel with its user.
     * @param name who it is
     * @param config how the channel behaves
     * @param policies what decides for it; where it has none, the defaults
     */
    explicit ChannelUser(const std::string& name,
                         const L2tpControlChannel::Config& config = {},
                         const L2tpControlChannel::Policies& policies = {})
        : m_name(name),
          m_policy(CreateObject<L2tpExponentialBackoff>()),
          m_window(CreateObject<L2tpSlowStart>())
    {
        L2tpControlChannel::Policies all{m_policy,
                                         m_window,
                                         CreateObject<L2tpDelayedAcknowledgement>(),
                                         CreateObject<L2tpKeepEarly>()};
        all.retransmission = policies.retransmission ? policies.retransmission : all.retransmission;
        all.congestion = policies.congestion ? policies.congestion : all.congestion;
        all.acknowledgement =
            policies.acknowledgement ? policies.acknowledgement : all.acknowledgement;
        all.queueing = policies.queueing ? policies.queueing : all.queueing;
        m_channel->Setup(this, config, all);
    }

    ~ChannelUser() override
    {
        m_channel->Dispose();
    }

    /**
     * @brief Send a message.
     * @param text its body
     * @param sessionId for its header
     */
    void Send(const std::string& text, uint16_t sessionId = 0)
    {
        m_channel->Send(sessionId, {text.begin(), text.end()});
    }

    /**
     * @brief Send the final message.
     * @param text its body
     */
    void SendFinal(const std::string& text)
    {
        m_channel->SendFinal(0, {text.begin(), text.end()});
    }

    /**
     * @brief Let a datagram arrive.
     * @param ns for its header
     * @param nr for its header
     * @param text its body, empty for a ZLB
     * @param sessionId for its header
     * @return what the channel made of it
     */
    L2tpReception Receive(uint16_t ns,
                          uint16_t nr,
                          const std::string& text = "",
                          uint16_t sessionId = 0)
    {
        const std::vector<uint8_t> body(text.begin(), text.end());
        const auto header = L2tpHeader::MakeControl(1, sessionId, ns, nr, body.size());
        const L2tpReception reception = m_channel->Classify(header, body);
        m_channel->Receive(header, body, reception);
        return reception;
    }

    void Transmit(uint16_t sessionId,
                  uint16_t ns,
                  uint16_t nr,
                  L2tpByteView body,
                  uint32_t attempt) override
    {
        m_sent.push_back({Simulator::Now(), m_name, sessionId, ns, nr, body.ToString(), attempt});
        if (m_onTransmit)
        {
            m_onTransmit(m_sent.back());
        }
    }

    void Deliver(uint16_t /* sessionId */, L2tpByteView body) override
    {
        m_delivered.push_back(body.ToString());
        if (m_onDeliver)
        {
            m_onDeliver(m_delivered.back());
        }
    }

    void PeerIsDead() override
    {
        m_dead.push_back(Simulator::Now());
    }

    void Finished() override
    {
        m_finished.push_back(Simulator::Now());
    }

    /// What was sent. @return each datagram as Describe() has it
    std::vector<std::string> Sent() const
    {
        std::vector<std::string> all;
        for (const ChannelDatagram& datagram : m_sent)
        {
            all.push_back(datagram.Describe());
        }
        return all;
    }

    /// When datagrams were sent. @return the times, in seconds
    std::vector<double> SentAt() const
    {
        std::vector<double> all;
        for (const ChannelDatagram& datagram : m_sent)
        {
            all.push_back(datagram.at.GetSeconds());
        }
        return all;
    }

    std::string m_name;                                       //!< who it is
    Ptr<L2tpExponentialBackoff> m_policy;                     //!< the default one
    Ptr<L2tpSlowStart> m_window;                              //!< the default one
    std::vector<ChannelDatagram> m_sent;                      //!< what was sent
    std::vector<std::string> m_delivered;                     //!< messages that arrived
    std::vector<Time> m_dead;                                 //!< when the peer was given up
    std::vector<Time> m_finished;                             //!< when the channel had finished
    std::function<void(const ChannelDatagram&)> m_onTransmit; //!< where datagrams go
    std::function<void(const std::string&)> m_onDeliver;      //!< what messages cause
    Ptr<L2tpControlChannel> m_channel{CreateObject<L2tpControlChannel>()}; //!< the channel
};

/**
 * @brief A wire between two channels, with a delay, that loses datagrams by what they mean.
 */
class ChannelWire
{
  public:
    /**
     * @brief Join two channels.
     * @param one an end
     * @param other the other end
     * @param delay from one to the other
     */
    ChannelWire(ChannelUser& one, ChannelUser& other, Time delay)
        : m_delay(delay)
    {
        one.m_onTransmit = [this, &other](const ChannelDatagram& d) { Carry(d, other); };
        other.m_onTransmit = [this, &one](const ChannelDatagram& d) { Carry(d, one); };
    }

    /**
     * @brief Lose a datagram.
     * @param name what it is called
     * @param which 1 for the first of that name that is sent, and so on
     */
    void Drop(const std::string& name, uint32_t which)
    {
        m_drops[name].push_back(which);
    }

    /// Lose all datagrams of a name from now on. @param name what they are called
    void DropAll(const std::string& name)
    {
        m_drops[name].push_back(0);
    }

    std::vector<std::string> m_log; //!< all that was sent, as Describe() has it, and what was lost

  private:
    /**
     * @brief Carry a datagram.
     * @param datagram the datagram
     * @param to where it goes
     */
    void Carry(const ChannelDatagram& datagram, ChannelUser& to)
    {
        const uint32_t count = ++m_counts[datagram.Name()];
        bool lost = false;
        for (const uint32_t which : m_drops[datagram.Name()])
        {
            lost = lost || which == 0 || which == count;
        }
        m_log.push_back(datagram.Describe() + (lost ? " (lost)" : ""));
        if (!lost)
        {
            DoAt(Simulator::Now() + m_delay, [&to, datagram] {
                to.Receive(datagram.ns, datagram.nr, datagram.body, datagram.sessionId);
            });
        }
    }

    Time m_delay;                                         //!< from end to end
    std::map<std::string, uint32_t> m_counts;             //!< how many of each name were sent
    std::map<std::string, std::vector<uint32_t>> m_drops; //!< which to lose; 0: all
};

/// A test that looks at exact moments.
class ChannelTest : public SimulationTest
{
  protected:
    /// Let all happen up to a time, and at that very moment. @param time the time
    static void RunUntil(Time time)
    {
        SimulationTest::RunUntil(time);
        // What was put off to that moment comes behind the stop; this stop comes behind it.
        Simulator::Stop(Seconds(0));
        Simulator::Run();
    }

    /// Let all happen up to one tick before a time. @param time the time
    static void RunToJustBefore(Time time)
    {
        RunUntil(time - NanoSeconds(1));
    }
};

} // namespace ns3

#endif /* L2TP_TEST_CHANNEL_FIXTURE_H */
