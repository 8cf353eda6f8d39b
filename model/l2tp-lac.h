/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LAC_H
#define L2TP_LAC_H

#include "l2tp-endpoint.h"

#include "ns3/callback.h"

#include <cstdint>
#include <map>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief An L2TP Access Concentrator: it brings calls to an LNS (RFC 2661, sections 1.2 and 7.4.1).
 *
 * Whoever has a call - a host that is its own LAC, an access line - asks for it by PlaceCall() and
 * attaches to the session of the call once it is established. Calls to the same LNS share a tunnel
 * unless ShareTunnel is false.
 */
class L2tpLac : public L2tpEndpoint
{
  public:
    /// Called when a call is established, or when it is cleared.
    using CallCallback = Callback<void, Ptr<L2tpCall>>;

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
     * @param parameters what to tell it; the LAC itself gives the Call Serial Number
     * @param established told when the call is established, its session up
     * @param cleared told when the call is cleared, once, whether it was established or not
     * @return the call, or null if the LAC does not run or has no ID free
     */
    Ptr<L2tpCall> PlaceCall(const L2tpUdpAddress& lns,
                            L2tpCallParameters parameters,
                            CallCallback established,
                            CallCallback cleared);

    L2tpCallRole GetCallRole() const override;
    std::optional<L2tpResultCode> JudgeTunnel(const L2tpTunnel& tunnel,
                                              const L2tpControlMessage& message) override;
    std::optional<L2tpResultCode> JudgeCall(const L2tpTunnel& tunnel,
                                            const L2tpControlMessage& message) override;
    void TunnelChanged(L2tpTunnel& tunnel, L2tpTunnelState old, L2tpTunnelEvent event) override;
    void CallEstablished(L2tpCall& call) override;
    void CallCleared(L2tpCall& call) override;

  protected:
    void DoDispose() override;
    void DoCrash() override;

  private:
    /// Whom to tell about a call.
    struct Watch
    {
        Ptr<L2tpCall> call;       //!< the call
        CallCallback established; //!< when it is established
        CallCallback cleared;     //!< when it is cleared
    };

    /**
     * @brief Let calls to an LNS share a tunnel, unless they share another.
     * @param lns the LNS
     * @param tunnel the tunnel
     */
    void Share(const L2tpUdpAddress& lns, Ptr<L2tpTunnel> tunnel);

    bool m_shareTunnel;                                 //!< attribute ShareTunnel
    bool m_acceptTunnels;                               //!< attribute AcceptTunnels
    bool m_keepTunnel;                                  //!< attribute KeepTunnel
    uint32_t m_lastSerialNumber{0};                     //!< Call Serial Number of the last call
    std::map<L2tpUdpAddress, Ptr<L2tpTunnel>> m_shared; //!< the tunnel to share, by LNS
    /// The keys of m_shared, by tunnel. The peer may have answered from another port: then two.
    std::multimap<const L2tpTunnel*, L2tpUdpAddress> m_sharedAs;
    std::map<uint32_t, Watch> m_watches; //!< whom to tell, by Call Serial Number
};

} // namespace ns3

#endif /* L2TP_LAC_H */
