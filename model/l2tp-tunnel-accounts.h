/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TUNNEL_ACCOUNTS_H
#define L2TP_TUNNEL_ACCOUNTS_H

#include "l2tp-endpoint.h"
#include "l2tp-service-account.h"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The accounts of a NAS's tunnels, of the links in them, and of the services that pass
 * through them (RFC 2867, section 3).
 *
 * A tunnel's account has what all its links have carried; that of each link is joined to it by
 * Acct-Multi-Session-Id. Links end before their tunnel does. That a call can't be placed since
 * there is no tunnel is no refused link, as the refused tunnel is told already (section 3.6). What
 * was established before it could be accounted has no account, and no records: it was not refused.
 */
class L2tpTunnelAccounts
{
  public:
    /// Make it. @param keeping by what accounts are kept; outlives this
    explicit L2tpTunnelAccounts(const L2tpAccountKeeping& keeping);
    ~L2tpTunnelAccounts();
    L2tpTunnelAccounts(const L2tpTunnelAccounts&) = delete;
    L2tpTunnelAccounts& operator=(const L2tpTunnelAccounts&) = delete;

    /// Have tunnels and links accounted, or services only. @param on whether they are
    void SetTunnels(bool on);

    /// Account for the tunnels of an endpoint. @param endpoint it
    void Watch(Ptr<L2tpEndpoint> endpoint);

    /**
     * @brief Open the account of a service that a call carries; it ends with the call.
     * @param call the call, established
     * @param info of whom and what it is
     */
    void BeginService(Ptr<L2tpCall> call, const RadiusAccountInfo& info);

    /**
     * @brief It is known now who a call is from: the records to come of its link say it.
     * @param call the call
     * @param userName who
     */
    void Identify(Ptr<const L2tpCall> call, const std::string& userName);

    /// Close all accounts. @param cause why
    void EndAll(RadiusTerminateCause cause);

    /// Forget all accounts.
    void Forget();

  private:
    /// The accounts of a call.
    struct Link
    {
        std::string id;                              //!< that of the link; empty: none
        std::unique_ptr<L2tpServiceAccount> service; //!< that of the service; null: none
    };

    /// The account of a tunnel.
    struct Tunnel
    {
        std::string id;    //!< its Acct-Session-Id
        RadiusUsage usage; //!< of the links that have ended
    };

    /// A tunnel has changed its state. @param tunnel it @param old the state before @param event
    /// why
    void TunnelChanged(Ptr<const L2tpTunnel> tunnel, L2tpTunnelState old, L2tpTunnelEvent event);
    /// A call has changed its state. @param call it @param old the state before @param event why
    void CallChanged(Ptr<const L2tpCall> call, L2tpCallState old, L2tpCallEvent event);
    /// Of whom and what the account of a tunnel is. @param tunnel it @return it
    static RadiusAccountInfo Describe(const L2tpTunnel& tunnel);
    /// A link is established. @param call its call
    void BeginLink(const L2tpCall& call);
    /// A call is over: end its accounts. @param call it @param cause why
    void EndCall(const L2tpCall& call, RadiusTerminateCause cause);
    /// A tunnel is over: end its account and those of its calls. @param tunnel it @param cause why
    void EndTunnel(const L2tpTunnel& tunnel, RadiusTerminateCause cause);

    const L2tpAccountKeeping& m_keeping;                     //!< by what accounts are kept
    bool m_withTunnels{true};                                //!< whether tunnels are accounted
    std::vector<Ptr<L2tpEndpoint>> m_endpoints;              //!< whose
    std::unordered_map<const L2tpTunnel*, Tunnel> m_tunnels; //!< those that are established
    std::unordered_map<const L2tpCall*, Link> m_links;       //!< those that are established
};

} // namespace ns3

#endif /* L2TP_TUNNEL_ACCOUNTS_H */
