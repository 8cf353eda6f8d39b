/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LNS_H
#define L2TP_LNS_H

#include "l2tp-endpoint.h"
#include "l2tp-session-terminator.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief An L2TP Network Server: it takes calls from LACs, and is the other end of their PPP (RFC
 * 2661, sections 1.2 and 7.4.2).
 */
class L2tpLns : public L2tpEndpoint
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpLns();
    ~L2tpLns() override;

    /// What is done with the sessions. @return the terminator
    Ptr<L2tpSessionTerminator> GetTerminator() const;

    int64_t AssignStreams(int64_t stream) override;
    L2tpCallRole GetCallRole() const override;
    std::optional<L2tpResultCode> JudgeCall(const L2tpTunnel& tunnel,
                                            const L2tpControlMessage& message) override;
    void CallChanged(L2tpCall& call, L2tpCallState old, L2tpCallEvent event) override;
    void CallEstablished(L2tpCall& call) override;
    void CallCleared(L2tpCall& call) override;

  protected:
    void DoDispose() override;
    void DoStart() override;
    void DoCrash() override;

  private:
    Ptr<L2tpSessionTerminator> m_terminator; //!< attribute Terminator
};

} // namespace ns3

#endif /* L2TP_LNS_H */
