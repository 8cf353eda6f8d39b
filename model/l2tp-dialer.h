/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DIALER_H
#define L2TP_DIALER_H

#include "ns3/l2tp-call.h"
#include "ns3/l2tp-result-code.h"
#include "ns3/object.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What opens the bearers of a LAC's outgoing calls: a modem, a line (RFC 2661, sections 7.5
 * and 7.5.1). What it takes to open one, and how long, is for the derived class to decide.
 *
 * For each call there come, in this order: Judge(); if that is content, Reserve() and Dial(); once
 * the dialer has answered with L2tpCall::BearerAnswered(), Connect(); in the end, whatever has
 * happened since Reserve(), Release().
 */
class L2tpDialer : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /// What bearers there are, which the LAC advertises. @return bits of L2tpBearer
    virtual uint32_t GetBearerCapabilities() const = 0;

    /**
     * @brief Decide whether a call can be attempted: there are "proper facilities", and it is
     * "administratively authorized".
     * @param parameters what the LNS asks for
     * @return why not, for the CDN, or nothing if it can
     */
    virtual std::optional<L2tpResultCode> Judge(const L2tpCallParameters& parameters) const = 0;

    /**
     * @brief Allocate a physical channel for a call that is accepted; its OCRP goes out next.
     * @param call the call
     * @return the Physical Channel ID for the OCRP, or nothing
     */
    virtual std::optional<uint32_t> Reserve(Ptr<const L2tpCall> call) = 0;

    /**
     * @brief Open the bearer. The OCRP has been sent.
     *
     * Answer now or later: call->BearerAnswered() when it is up, call->BearerFailed() with a result
     * if that fails. A call that isn't answered within the LAC's SetupTimeout is cleared with
     * result 10. When the line drops afterwards, call->Close() with LOSS_OF_CARRIER (result 1).
     * @param call the call
     */
    virtual void Dial(Ptr<L2tpCall> call) = 0;

    /**
     * @brief The bearer's call is established, the OCCN sent: join the line to call->GetSession().
     * @param call the call
     */
    virtual void Connect(Ptr<L2tpCall> call) = 0;

    /**
     * @brief The call is cleared, whoever did it: release its bearer.
     * @param call the call, perhaps one that was never established
     */
    virtual void Release(Ptr<L2tpCall> call) = 0;
};

} // namespace ns3

#endif /* L2TP_DIALER_H */
