/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FAULT_NETWORK_H
#define L2TP_FAULT_NETWORK_H

#include "l2tp-fault-plan.h"

#include "ns3/ipv4-address.h"
#include "ns3/l2tp-dialer.h"
#include "ns3/l2tp-fault-model.h"
#include "ns3/l2tp-lac.h"
#include "ns3/l2tp-lns.h"
#include "ns3/l2tp-voluntary-client.h"
#include "ns3/node.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

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

/// An LNS that opens tunnels of its own accord.
class L2tpFaultLns : public L2tpLns
{
  public:
    /// Open a tunnel. @param lac to whom
    void OpenTunnel(const L2tpUdpAddress& lac);
};

/**
 * @brief The network of a plan: a link from each LAC to each LNS, with a faulty wire in it.
 *
 * Link l, between LAC a and LNS b, has number a * lnses + b and the network 10.1.l.0/24, in which
 * the LAC is .1 and the LNS .2.
 */
class L2tpFaultNetwork
{
  public:
    /// An endpoint, and what belongs to it.
    struct End
    {
        std::string name;                //!< for people
        Ptr<Node> node;                  //!< its node
        Ptr<L2tpEndpoint> endpoint;      //!< the endpoint
        Ptr<L2tpLac> lac;                //!< the same, if it is a LAC
        Ptr<L2tpFaultLns> lns;           //!< the same, if it is an LNS
        Ptr<L2tpFaultDialer> dialer;     //!< who takes outgoing calls there, if anybody does
        Ptr<L2tpVoluntaryClient> client; //!< who dials there, if PPP runs
    };

    /// A link's faults, one model each way.
    struct Link
    {
        Ptr<L2tpFaultModel> fromLac; //!< from LAC to LNS
        Ptr<L2tpFaultModel> fromLns; //!< from LNS to LAC
    };

    /// Build it. @param plan what of
    explicit L2tpFaultNetwork(const L2tpFaultPlan& plan);

    /// Where a LAC reaches an LNS. @param lac which LAC @param lns which LNS
    L2tpUdpAddress GetLns(uint32_t lac, uint32_t lns) const;
    /// Where an LNS reaches a LAC. @param lac which LAC @param lns which LNS
    L2tpUdpAddress GetLac(uint32_t lac, uint32_t lns) const;
    /// Cut a link, or mend it. @param link which @param cut whether
    void Cut(uint32_t link, bool cut);
    /// Let nothing go wrong any more.
    void Heal();

    std::vector<End> ends;   //!< LACs first, then LNSs
    std::vector<Link> links; //!< all links
    uint32_t lacs;           //!< how many of the ends are LACs

  private:
    /// Make an endpoint. @param plan the run @param i which end
    void MakeEnd(const L2tpFaultPlan& plan, uint32_t i);
    /// Make a link. @param plan the run @param l which
    void MakeLink(const L2tpFaultPlan& plan, uint32_t l);
    /// Let PPP clients dial. @param plan the run @param i which LAC
    void MakeClient(uint32_t i);

    uint32_t m_lnses; //!< how many of the ends are LNSs
};

} // namespace ns3

#endif /* L2TP_FAULT_NETWORK_H */
