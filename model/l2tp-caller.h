/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CALLER_H
#define L2TP_CALLER_H

#include "l2tp-endpoint.h"
#include "l2tp-tunnel-peer.h"

#include "ns3/callback.h"

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief An endpoint that places calls: incoming ones if it is a LAC, outgoing ones if it is an LNS
 * (RFC 2661, section 5.2).
 *
 * A tunnel is opened when there is none to share, and closed after its last call by the end that
 * opened it. If there is no route to the peer of the first one, and none will come by itself, the
 * program stops (attribute RequireRoute).
 */
class L2tpCaller : public L2tpEndpoint
{
  public:
    /// Called when a call is established, or when it is cleared; null if nobody wants to know.
    using CallCallback = Callback<void, Ptr<L2tpCall>>;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpCaller();
    ~L2tpCaller() override;

    void TunnelChanged(L2tpTunnel& tunnel, L2tpTunnelState old, L2tpTunnelEvent event) override;
    void CallEstablished(L2tpCall& call) override;
    void CallCleared(L2tpCall& call) override;

  protected:
    void DoDispose() override;
    void DoCrash() override;

    /**
     * @brief Make a call to a peer, and open a tunnel if there is none to share.
     * @param peer whom to call, and by what names and secret
     * @param parameters what to tell it; the Call Serial Number is given here
     * @param established told when the call is established, its session up
     * @param cleared told when the call is cleared, once, whether it was established or not
     * @return the call, or null if the endpoint does not run or has no ID free
     */
    Ptr<L2tpCall> Place(const L2tpTunnelPeer& peer,
                        const L2tpCallParameters& parameters,
                        CallCallback established,
                        CallCallback cleared);

    /**
     * @brief Make a call to a peer, as Place() does, but do not begin it.
     * @param peer whom to call, and by what names and secret
     * @param established told when the call is established, its session up
     * @param cleared told when the call is cleared, once, whether it was established or not
     * @return the call, for Begin(); or null if the endpoint does not run or has no ID free
     */
    Ptr<L2tpCall> MakeCall(const L2tpTunnelPeer& peer,
                           CallCallback established,
                           CallCallback cleared);

    /**
     * @brief Begin a call that was made. It may be cleared before this returns.
     * @param call the call
     * @param parameters what to tell the peer; the Call Serial Number is given here
     */
    void Begin(Ptr<L2tpCall> call, L2tpCallParameters parameters);

    /**
     * @brief Have somebody told of a call.
     * @param call the call
     * @param established told when it is established
     * @param cleared told when it is cleared, once; also if the endpoint crashes
     */
    void Watch(Ptr<L2tpCall> call, CallCallback established, CallCallback cleared);

  private:
    /// Whom to tell about a call.
    struct Watcher
    {
        Ptr<L2tpCall> call;       //!< the call
        uint64_t number;          //!< how many were watched before
        CallCallback established; //!< when it is established
        CallCallback cleared;     //!< when it is cleared
    };

    /// What calls that share a tunnel have in common.
    struct ShareKey
    {
        L2tpUdpAddress peer;      //!< the peer
        std::string hostName;     //!< by what Host Name it knows this end; empty: the usual one
        std::string assignmentId; //!< Tunnel-Assignment-ID (RFC 2868, section 3.7)

        /// Sort keys. @param other another one @return whether this one comes first
        bool operator<(const ShareKey& other) const
        {
            return std::tie(peer, hostName, assignmentId) <
                   std::tie(other.peer, other.hostName, other.assignmentId);
        }
    };

    /**
     * @brief Let calls share a tunnel, unless they share another.
     * @param key which calls
     * @param tunnel the tunnel
     */
    void Share(const ShareKey& key, Ptr<L2tpTunnel> tunnel);

    bool m_shareTunnel;                           //!< attribute ShareTunnel
    bool m_keepTunnel;                            //!< attribute KeepTunnel
    bool m_requireRoute;                          //!< attribute RequireRoute
    uint32_t m_lastSerialNumber{0};               //!< Call Serial Number of the last call
    std::map<ShareKey, Ptr<L2tpTunnel>> m_shared; //!< the tunnels to share
    /// The keys of m_shared, by tunnel. The peer may have answered from another port: then two.
    std::multimap<const L2tpTunnel*, ShareKey> m_sharedAs;
    std::unordered_map<const L2tpCall*, Watcher> m_watchers; //!< whom to tell, by call
    uint64_t m_watched{0};                                   //!< how many calls were watched
};

} // namespace ns3

#endif /* L2TP_CALLER_H */
