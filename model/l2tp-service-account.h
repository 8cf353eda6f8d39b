/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SERVICE_ACCOUNT_H
#define L2TP_SERVICE_ACCOUNT_H

#include "ns3/event-id.h"
#include "ns3/l2tp-call.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/radius-accounting.h"

#include <functional>
#include <string>

namespace ns3
{

/// By what all accounts of a NAS are kept.
struct L2tpAccountKeeping
{
    Ptr<RadiusAccounting> accounting; //!< the records; null while nothing is accounted
    Time interimInterval;             //!< between interim records of a service; 0: none
};

/**
 * @ingroup l2tp
 *
 * @brief The account of one service, from its Start record on, with interim records as time goes by
 * (RFC 2866, section 2; RFC 2869, section 2.1).
 */
class L2tpServiceAccount
{
  public:
    /// Tells what was used so far.
    using Meter = std::function<RadiusUsage()>;

    /**
     * @brief Open it.
     * @param keeping by what accounts are kept, with its accounting
     * @param info of whom and what it is
     * @param meter tells what was used so far
     */
    L2tpServiceAccount(const L2tpAccountKeeping& keeping,
                       const RadiusAccountInfo& info,
                       Meter meter);
    /// Nothing more is told of it.
    ~L2tpServiceAccount();
    L2tpServiceAccount(const L2tpServiceAccount&) = delete;
    L2tpServiceAccount& operator=(const L2tpServiceAccount&) = delete;

    /// Of whom and what it is. @return it
    const RadiusAccountInfo& GetInfo() const;

    /// Say more of it. @param info of whom and what it is
    void SetInfo(const RadiusAccountInfo& info);

    /// Close it. @param cause why the service ended
    void End(RadiusTerminateCause cause);

  private:
    /// Time for an interim record.
    void Tell();

    L2tpAccountKeeping m_keeping; //!< by what it is kept
    Meter m_meter;                //!< tells what was used so far
    std::string m_id;             //!< its Acct-Session-Id
    EventId m_timer;              //!< until the next interim record
};

/**
 * @brief Describe a tunnel as both of its ends do (RFC 2867, section 2): its client is who opened
 * it.
 * @param tunnel a tunnel
 * @return its endpoints and names
 */
RadiusTunnel L2tpDescribeTunnel(const L2tpTunnel& tunnel);

/**
 * @brief Describe a call as both of its ends do: Call Serial Number, tunnel, numbers.
 * @param call a call in a tunnel
 * @return what accounts say of it; its User-Name is who the LAC says it is from
 */
RadiusAccountInfo L2tpDescribeCall(const L2tpCall& call);

/**
 * @brief Describe the port by which a remote system is connected without L2TP.
 * @param parameters what its leg says
 * @param info receives numbers, NAS-Port and NAS-Port-Type
 */
void L2tpDescribePort(const L2tpCallParameters& parameters, RadiusAccountInfo& info);

/**
 * @brief Read what a call has carried.
 * @param call a call
 * @return the frames of its session; input is what came from the remote system
 */
RadiusUsage L2tpUsageOf(const L2tpCall& call);

} // namespace ns3

#endif /* L2TP_SERVICE_ACCOUNT_H */
