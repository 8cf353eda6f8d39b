/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// An idle tunnel whose LAC asks by HELLO whether the LNS is still there: how long a dead LNS goes
// unnoticed, what asking costs, and how long it takes until loss makes a live one look dead.

#include "study-runs.h"

#include "ns3/abort.h"
#include "ns3/command-line.h"
#include "ns3/l2tp-profile.h"
#include "ns3/random-variable-stream.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"

#include <cstdint>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/// What is asked.
enum class Question
{
    DETECT, //!< how long a dead LNS goes unnoticed
    COST,   //!< how many datagrams and octets there are in an hour
    ALARM,  //!< how long until a live LNS is taken for dead
};

/**
 * @brief A tunnel with one session and no traffic, again and again.
 *
 * Only the LAC sends HELLOs. A replication begins its clock when the LAC has the last
 * acknowledgement of the set-up, from which its first HELLO is due.
 */
class KeepaliveRuns : public L2tpStudyRuns
{
  public:
    /**
     * @brief Build the network.
     * @param question what is asked
     * @param loss probability that a packet is lost, each way, once the session is established
     * @param hello silence before a HELLO
     * @param delay one way
     * @param profile both ends'
     */
    KeepaliveRuns(Question question,
                  double loss,
                  Time hello,
                  Time delay,
                  const L2tpProfile& profile);

    /// Nanoseconds of each replication. @return from the LNS's death, or the clock's beginning, to
    /// the LAC's noticing
    const std::vector<int64_t>& GetTimes() const;
    /// Datagrams of both ends in the hour. @return how many, all replications together
    uint64_t GetDatagrams() const;
    /// Their octets, with headers of UDP and IPv4. @return how many, all replications together
    uint64_t GetOctets() const;

  private:
    void Begin() override;
    /// The LAC has the last acknowledgement of the set-up.
    void Established();
    /// Count an end's datagrams. @param endpoint it
    void CountOf(Ptr<L2tpEndpoint> endpoint);

    Question m_question;                //!< what is asked
    double m_loss;                      //!< once the session is established
    Time m_acknowledgementDelay;        //!< of the LNS
    Time m_hello;                       //!< silence before a HELLO
    Ptr<UniformRandomVariable> m_phase; //!< when the LNS dies within a period
    bool m_isCounting{false};           //!< whether datagrams count
    Time m_begin;                       //!< of what is measured
    std::vector<int64_t> m_times;       //!< one of each replication
    uint64_t m_datagrams{0};            //!< in the hour
    uint64_t m_octets{0};               //!< in the hour
};

KeepaliveRuns::KeepaliveRuns(Question question,
                             double loss,
                             Time hello,
                             Time delay,
                             const L2tpProfile& profile)
    : L2tpStudyRuns(delay, profile),
      m_question(question),
      m_loss(loss),
      m_hello(hello),
      m_phase(CreateObject<UniformRandomVariable>())
{
    m_phase->SetStream(L2tpStudyTunnel::FREE_STREAM);
    L2tpStudyTunnel& tunnel = GetTunnel();
    tunnel.GetLac()->SetAttribute("HelloInterval", TimeValue(hello));
    tunnel.GetLns()->SetAttribute("HelloInterval", TimeValue(Seconds(0)));
    tunnel.SetAttribute("SetupTimeout", TimeValue(Seconds(0)));
    m_acknowledgementDelay = tunnel.GetPolicy().acknowledgementDelay;
    CountOf(tunnel.GetLac());
    CountOf(tunnel.GetLns());
    tunnel.GetLac()->TraceConnectWithoutContext(
        "TunnelState",
        Callback<void, Ptr<const L2tpTunnel>, L2tpTunnelState, L2tpTunnelEvent>(
            [this](Ptr<const L2tpTunnel> lacs, L2tpTunnelState, L2tpTunnelEvent) {
                if (lacs->GetState() == L2tpTunnelState::IDLE && Finish())
                {
                    m_times.push_back((Simulator::Now() - m_begin).GetNanoSeconds());
                }
            }));
}

void
KeepaliveRuns::CountOf(Ptr<L2tpEndpoint> endpoint)
{
    endpoint->TraceConnectWithoutContext(
        "ControlTx",
        Callback<void, Ptr<const L2tpTunnel>, const L2tpHeader&, Ptr<const Packet>, uint32_t>(
            [this](Ptr<const L2tpTunnel>, const L2tpHeader&, Ptr<const Packet> datagram, uint32_t) {
                m_datagrams += m_isCounting;
                m_octets += m_isCounting ? datagram->GetSize() + L2tpStudyTunnel::UDP_IP_SIZE : 0;
            }));
}

const std::vector<int64_t>&
KeepaliveRuns::GetTimes() const
{
    return m_times;
}

uint64_t
KeepaliveRuns::GetDatagrams() const
{
    return m_datagrams;
}

uint64_t
KeepaliveRuns::GetOctets() const
{
    return m_octets;
}

void
KeepaliveRuns::Begin()
{
    GetTunnel().SetLoss(0);
    m_isCounting = false;
    GetTunnel().PlaceCall([this](Ptr<L2tpCall>) {
        // The LNS acknowledges the ICCN by a ZLB, as it has nothing to say.
        Later(2 * GetTunnel().GetDelay() + m_acknowledgementDelay, [this]() { Established(); });
    });
}

void
KeepaliveRuns::Established()
{
    m_begin = Simulator::Now();
    switch (m_question)
    {
    case Question::DETECT: {
        // From one acknowledgement of a HELLO to the next. The first period may differ.
        const Time period = m_hello + 2 * GetTunnel().GetDelay() + m_acknowledgementDelay;
        const Time death = period * (1 + m_phase->GetValue());
        Later(death, [this]() {
            m_begin = Simulator::Now();
            GetTunnel().Cut(Days(1));
        });
        break;
    }
    case Question::COST:
        m_isCounting = true;
        Later(Hours(1), [this]() {
            m_isCounting = false;
            Finish();
        });
        break;
    case Question::ALARM:
        // Behind the acknowledgement, which arrives at this very moment.
        Later(NanoSeconds(1), [this]() { GetTunnel().SetLoss(m_loss); });
        break;
    }
}

} // namespace

int
main(int argc, char** argv)
{
    std::string question = "detect";
    double loss = 0;
    Time hello = Seconds(60);
    Time delay = MilliSeconds(15);
    std::string profile = "rfc2661";
    uint64_t run = 1;
    uint64_t runs = 1000;
    CommandLine cmd(__FILE__);
    cmd.Usage("HELLOs of an idle tunnel.");
    cmd.AddValue("Question",
                 "detect: how long a dead LNS goes unnoticed; cost: datagrams and octets in an "
                 "hour; alarm: how long until a live LNS is taken for dead",
                 question);
    cmd.AddValue("Loss", "probability that a packet is lost, each way, for --Question=alarm", loss);
    cmd.AddValue("Hello", "silence before a HELLO", hello);
    cmd.AddValue("Delay", "of the link, one way", delay);
    cmd.AddValue("Profile", "how both ends behave else, see the manual", profile);
    cmd.AddValue("RngRun", "which sample", run);
    cmd.AddValue("Runs", "how many replications", runs);
    cmd.Parse(argc, argv);
    const bool isAlarm = question == "alarm";
    NS_ABORT_MSG_IF(!isAlarm && question != "detect" && question != "cost",
                    "--Question=" << question << ": give detect, cost or alarm");
    NS_ABORT_MSG_IF(isAlarm && !(loss > 0 && loss < 1),
                    "--Loss=" << loss << ": give more than 0, or nobody is ever taken for dead, "
                              << "and less than 1");
    NS_ABORT_MSG_IF(hello <= Seconds(0), "--Hello=" << hello.As(Time::S) << ": give more than 0 s");
    RngSeedManager::SetRun(run);
    KeepaliveRuns keepalive(isAlarm                ? Question::ALARM
                            : question == "detect" ? Question::DETECT
                                                   : Question::COST,
                            loss,
                            hello,
                            delay,
                            L2tpProfile::Get(profile));
    keepalive.Run(runs);
    nlohmann::ordered_json json = keepalive.GetTunnel().DescribePolicy();
    json["runs"] = runs;
    json["times_ns"] = keepalive.GetTimes();
    json["datagrams"] = keepalive.GetDatagrams();
    json["octets"] = keepalive.GetOctets();
    std::cout << json << "\n";
    Simulator::Destroy();
    return 0;
}
