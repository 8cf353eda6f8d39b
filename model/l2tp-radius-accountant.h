/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RADIUS_ACCOUNTANT_H
#define L2TP_RADIUS_ACCOUNTANT_H

#include "l2tp-access-server.h"
#include "l2tp-lns.h"
#include "l2tp-ppp-accounts.h"
#include "l2tp-radius-selector.h"
#include "l2tp-tunnel-accounts.h"

#include "ns3/application.h"
#include "ns3/ppp-radius-user-table.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Tells a RADIUS server what the users of a node have used: a LAC's, an LNS's, or both (RFC
 * 2866 and 2867).
 *
 * It listens to trace sources only; who is accounted knows nothing of it. What it is to watch it is
 * told by the Watch methods, once it is an application of the node. The accounts are:
 *
 * - of a user whose PPP ends here, from when IPv4 or IPv6 is up: WatchLns(), WatchTerminator();
 * - of a user whose call an access server has joined with one to an LNS: WatchAccessServer();
 * - of tunnels, and of the links in them: all of these, and WatchEndpoint().
 *
 * It says Accounting-On when it starts, and when the node has crashed and is there again; when it
 * stops it closes all accounts, and says Accounting-Off. A crash of what it watches is taken for
 * one of the node: nothing is told then, since nobody is there to tell it.
 */
class L2tpRadiusAccountant : public Application
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpRadiusAccountant();
    ~L2tpRadiusAccountant() override;

    /// Account for the tunnels of a LAC or an LNS. @param endpoint it
    void WatchEndpoint(Ptr<L2tpEndpoint> endpoint);

    /// Account for an LNS: its tunnels, and its sessions if an L2tpPppTerminator ends them.
    /// @param lns it
    void WatchLns(Ptr<L2tpLns> lns);

    /// Account for an access server: its LAC's tunnels, the calls in them, and those that end here.
    /// @param server it, with its LAC if it has a Selector
    void WatchAccessServer(Ptr<L2tpAccessServer> server);

    /// Account for sessions that end here. @param terminator where
    void WatchTerminator(Ptr<L2tpPppTerminator> terminator);

    /// Have the Class of each Access-Accept in the records of its user (RFC 2865, section 5.25).
    /// @param users who asks the server
    void WatchUsers(Ptr<PppRadiusUserTable> users);

    /// Have the Class of each Access-Accept in the records of its call. @param selector who asks
    /// the server
    void WatchSelector(Ptr<L2tpRadiusSelector> selector);

  protected:
    void DoDispose() override;

  private:
    /// What is known of a call or user since a server accepted it: each Class.
    using Classes = std::vector<std::string>;

    /**
     * @brief The last answer of a server, if that is an Access-Accept.
     *
     * Who waits for an answer goes on as soon as it is traced, so that it is the last one then, and
     * of this moment; nobody takes one that comes too late.
     */
    struct Accepted
    {
        std::string key; //!< what it is about
        Time when;       //!< when it came
        Classes classes; //!< each Class
    };

    void StartApplication() override;
    void StopApplication() override;

    /// Stop the program unless it is an application of a node.
    void CheckNode() const;
    /// Stop the program if an access server places calls which are not watched. @param server it
    void CheckLac(const L2tpAccessServer& server) const;
    /// Begin to account, and say so.
    void Begin();
    /// An endpoint starts, or has stopped. @param isRunning which
    void EndpointRuns(bool isRunning);
    /// An endpoint is about to crash.
    void EndpointCrashes();
    /// It was chosen what becomes of a call of an access server. @param call it @param choice what
    void AccessCallChosen(Ptr<const L2tpAccessCall> call, const L2tpTunnelChoice& choice);
    /// A call of an access server has changed its state. @param call it @param before the state
    /// before @param now its state
    void AccessCallChanged(Ptr<const L2tpAccessCall> call,
                           L2tpAccessState before,
                           L2tpAccessState now);
    /// A user was judged. @param attempt who @param result what the server says
    void UserAnswered(const PppAuthAttempt& attempt, const RadiusResult& result);
    /// A call was judged. @param query which @param result what the server says
    void CallAnswered(const L2tpTunnelQuery& query, const RadiusResult& result);
    /// Which call a query is about. @param query it @return all that tells it from others
    static std::string KeyOf(const L2tpTunnelQuery& query);
    /**
     * @brief Take the Classes of the last answer.
     * @param last the last answer, none after that
     * @param key what they should be about
     * @return them; nothing if there are none, or they are about something else
     */
    static std::optional<Classes> Take(std::optional<Accepted>& last, const std::string& key);

    Ptr<RadiusAccounting> m_accounting;            //!< attribute Accounting
    bool m_withTunnels;                            //!< attribute Tunnels
    Time m_interimInterval;                        //!< attribute InterimInterval
    bool m_started{false};                         //!< whether it is to account
    bool m_crashed{false};                         //!< whether the node is down
    L2tpAccountKeeping m_keeping;                  //!< by what accounts are kept
    std::unique_ptr<L2tpTunnelAccounts> m_tunnels; //!< accounts of tunnels, and calls in them
    std::unique_ptr<L2tpPppAccounts> m_services;   //!< accounts of PPP

    std::vector<Ptr<L2tpEndpoint>> m_endpoints;                    //!< watched
    std::vector<Ptr<L2tpAccessServer>> m_servers;                  //!< watched
    std::vector<Ptr<PppRadiusUserTable>> m_users;                  //!< watched
    std::vector<Ptr<L2tpRadiusSelector>> m_selectors;              //!< watched
    std::optional<Accepted> m_acceptedUser;                        //!< by name
    std::optional<Accepted> m_acceptedCall;                        //!< by KeyOf()
    std::map<Ptr<const L2tpAccessCall>, Classes> m_classesOfCalls; //!< of those to be joined
};

} // namespace ns3

#endif /* L2TP_RADIUS_ACCOUNTANT_H */
