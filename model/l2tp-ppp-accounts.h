/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_PPP_ACCOUNTS_H
#define L2TP_PPP_ACCOUNTS_H

#include "l2tp-ppp-terminator.h"
#include "l2tp-service-account.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The accounts of the users whose PPP ends at a node: at an LNS, or at an access server.
 *
 * A service begins when IPv4 or IPv6 is up and ends when neither is; what it has used are PPP's
 * frames in between. Who has not proved who it is has no account (RFC 2866, section 5.6).
 */
class L2tpPppAccounts
{
  public:
    /// Each Class of the Access-Accept that has let a user in; nothing if it was let in otherwise.
    using Classes = std::optional<std::vector<std::string>>;
    /// Called once a user has proved who it is, with its name: gives what RADIUS has just said.
    using ClassesTaker = std::function<Classes(const std::string&)>;
    /// Told that it is known who a call is from.
    using IdentifiedCallback = std::function<void(Ptr<const L2tpCall>, const std::string&)>;

    /**
     * @brief Make it.
     * @param keeping by what accounts are kept; outlives this
     * @param takeClasses gives what RADIUS has said of users
     * @param identified told who calls are from
     */
    L2tpPppAccounts(const L2tpAccountKeeping& keeping,
                    ClassesTaker takeClasses,
                    IdentifiedCallback identified);
    ~L2tpPppAccounts();
    L2tpPppAccounts(const L2tpPppAccounts&) = delete;
    L2tpPppAccounts& operator=(const L2tpPppAccounts&) = delete;

    /// Account for the sessions of a terminator. @param terminator it
    void Watch(Ptr<L2tpPppTerminator> terminator);

    /// Close all accounts. @param cause why
    void EndAll(RadiusTerminateCause cause);

    /// Forget all accounts.
    void Forget();

  private:
    class Line;

    /**
     * @brief A session has got its link.
     * @param self this
     * @param terminator whose it is
     * @param leg its leg
     * @param link its link
     */
    static void SessionBegun(L2tpPppAccounts* self,
                             L2tpPppTerminator* terminator,
                             Ptr<const L2tpLeg> leg,
                             Ptr<PppLink> link);

    const L2tpAccountKeeping& m_keeping;                //!< by what accounts are kept
    ClassesTaker m_takeClasses;                         //!< what RADIUS has said of users
    IdentifiedCallback m_identified;                    //!< told who calls are from
    std::vector<Ptr<L2tpPppTerminator>> m_terminators;  //!< whose
    std::vector<std::unique_ptr<Line>> m_lines;         //!< all links, by first use
    std::unordered_map<const PppLink*, Line*> m_lineOf; //!< the same, by link
};

} // namespace ns3

#endif /* L2TP_PPP_ACCOUNTS_H */
