/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FAULT_APPLICATIONS_H
#define L2TP_FAULT_APPLICATIONS_H

#include "l2tp-fault-plan.h"

#include "ns3/double.h"
#include "ns3/l2tp-dialer.h"
#include "ns3/l2tp-lac.h"
#include "ns3/l2tp-lns.h"
#include "ns3/l2tp-session-terminator.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <map>
#include <optional>

namespace ns3
{

/// What an LNS does with sessions that carry plain frames: it takes what comes, and now and then
/// refuses a call.
class L2tpFaultTerminator : public L2tpSessionTerminator
{
  public:
    /// Get the type ID. @return it
    static TypeId GetTypeId();
    /// Refuse some calls. @param rate how many of them @param stream for the draws
    void Refuse(double rate, int64_t stream);

    void Start(Ptr<Node> node) override;
    std::optional<L2tpResultCode> Judge() const override;
    void Expect(Ptr<L2tpLeg> leg) override;
    void Establish(Ptr<L2tpLeg> leg) override;
    void ClearAll() override;
    int64_t AssignStreams(int64_t stream) override;

    /// Attach somebody to a circuit who takes all frames. @param circuit the circuit
    static void TakeFrames(Ptr<L2Circuit> circuit);

  private:
    void LegEnded(L2tpLeg& leg, const L2tpLegEnd& why) override;

    double m_rate{0};                    //!< of calls refused
    Ptr<UniformRandomVariable> m_random; //!< decides
};

/// A LAC's dialer: its lines take a while, are busy, or never answer.
class L2tpFaultDialer : public L2tpDialer
{
  public:
    /// Set it up. @param refuseRate of calls @param stream for the draws
    L2tpFaultDialer(double refuseRate, int64_t stream);

    uint32_t GetBearerCapabilities() const override;
    std::optional<L2tpResultCode> Judge(const L2tpCallParameters& parameters) const override;
    std::optional<uint32_t> Reserve(Ptr<const L2tpCall> call) override;
    void Dial(Ptr<L2tpCall> call) override;
    void Connect(Ptr<L2tpCall> call) override;
    void Release(Ptr<L2tpCall> call) override;

    /// Channels in use, by call.
    std::map<const L2tpCall*, uint32_t> channels;
    bool isInOrder{true}; //!< whether each channel was reserved once, then released once

  private:
    double m_refuseRate;          //!< of calls
    mutable L2tpFaultDice m_dice; //!< what lines do
};

/// An endpoint whose IDs may come from a narrow range, so that they come again soon.
template <typename T>
class L2tpFaultEndpoint : public T
{
  public:
    /// Let IDs come from a narrow range, at the end of all IDs. @param stream for the draws
    void TakeFewIds(int64_t stream)
    {
        m_ids = CreateObject<UniformRandomVariable>();
        m_ids->SetAttribute("Min", DoubleValue(65533));
        m_ids->SetAttribute("Max", DoubleValue(65535));
        m_ids->SetStream(stream);
    }

    Ptr<RandomVariableStream> GetIdStream() const override
    {
        return m_ids ? Ptr<RandomVariableStream>(m_ids) : T::GetIdStream();
    }

  private:
    Ptr<UniformRandomVariable> m_ids; //!< few IDs, or null
};

/// A LAC of a run.
using L2tpFaultLac = L2tpFaultEndpoint<L2tpLac>;

/// An LNS that opens tunnels of its own accord.
class L2tpFaultLns : public L2tpFaultEndpoint<L2tpLns>
{
  public:
    /// Open a tunnel. @param lac to whom
    void OpenTunnel(const L2tpUdpAddress& lac);
};

} // namespace ns3

#endif /* L2TP_FAULT_APPLICATIONS_H */
