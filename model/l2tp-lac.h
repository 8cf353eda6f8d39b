/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LAC_H
#define L2TP_LAC_H

#include "l2tp-caller.h"
#include "l2tp-dialer.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief An L2TP Access Concentrator: it brings calls to an LNS, and dials out for an LNS that asks
 * for it (RFC 2661, sections 1.2, 7.4.1 and 7.5.1).
 *
 * Whoever has a call - a host that is its own LAC, an access line - asks for it by PlaceCall() and
 * attaches to the session of the call once it is established. Calls to the same LNS share a tunnel
 * unless ShareTunnel is false. Outgoing calls are for the Dialer; without one they are refused with
 * result 5 (no facilities).
 */
class L2tpLac : public L2tpCaller
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpLac();
    ~L2tpLac() override;

    /**
     * @brief Make a call to an LNS, and open a tunnel if there is none to share.
     *
     * @param lns the LNS's address and port
     * @param parameters what to tell it; the LAC itself gives the Call Serial Number. The program
     * stops if its proxy AVPs lack one that the Proxy Authen Type needs (RFC 2661, section 4.4.5).
     * @param established told when the call is established, its session up
     * @param cleared told when the call is cleared, once, whether it was established or not
     * @return the call, or null if the LAC does not run or has no room for a call
     */
    Ptr<L2tpCall> PlaceCall(const L2tpUdpAddress& lns,
                            const L2tpCallParameters& parameters,
                            CallCallback established,
                            CallCallback cleared);

    /**
     * @brief Make a call to an LNS by the names and the secret of its own tunnel.
     *
     * Calls share a tunnel if the server, the Host Name and the assignment ID are the same (RFC
     * 2868, section 3.7).
     * @param lns the LNS; a private group ID that it has is told it
     * @param parameters what to tell it; the LAC itself gives the Call Serial Number. The program
     * stops if its proxy AVPs lack one that the Proxy Authen Type needs (RFC 2661, section 4.4.5).
     * @param established told when the call is established, its session up
     * @param cleared told when the call is cleared, once, whether it was established or not
     * @return the call, or null if the LAC does not run or has no room for a call
     */
    Ptr<L2tpCall> PlaceCallTo(const L2tpTunnelPeer& lns,
                              L2tpCallParameters parameters,
                              CallCallback established,
                              CallCallback cleared);

    /**
     * @brief Set what opens the bearers of outgoing calls. Its bearers are advertised in tunnels
     * that are opened from then on, and LNSs may open tunnels.
     * @param dialer the dialer; null refuses all outgoing calls
     */
    void SetDialer(Ptr<L2tpDialer> dialer);

    /// What opens the bearers of outgoing calls. @return the dialer, or null
    Ptr<L2tpDialer> GetDialer() const;

    L2tpCallRole GetCallRole() const override;
    std::optional<L2tpResultCode> JudgeTunnel(const L2tpTunnel& tunnel,
                                              const L2tpControlMessage& message) override;
    std::optional<L2tpResultCode> JudgeCall(const L2tpTunnel& tunnel,
                                            const L2tpControlMessage& message) override;
    void CallChanged(L2tpCall& call, L2tpCallState old, L2tpCallEvent event) override;
    void OpenBearer(L2tpCall& call) override;

  protected:
    void DoDispose() override;

  private:
    bool m_acceptTunnels;       //!< attribute AcceptTunnels
    Ptr<L2tpDialer> m_dialer;   //!< attribute Dialer
    Ptr<L2tpDialer> m_reserved; //!< whose line is reserved for the call that is being accepted
};

} // namespace ns3

#endif /* L2TP_LAC_H */
