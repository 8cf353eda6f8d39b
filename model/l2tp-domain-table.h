/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DOMAIN_TABLE_H
#define L2TP_DOMAIN_TABLE_H

#include "l2tp-domain.h"

#include "ns3/node.h"
#include "ns3/ppp-user-profile.h"
#include "ns3/ppp-user-table.h"
#include "ns3/ptr.h"

#include <map>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The domains of an LNS. As a user table it asks the one of the user's domain.
 *
 * A user is of the domain of its name ("bob@isp.example"), unless its profile names another. Those
 * of no domain that is here are of the default one.
 */
class L2tpDomainTable : public PppUserTable
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpDomainTable();
    ~L2tpDomainTable() override;

    /// The domain of users that are of no other. @return it
    Ptr<L2tpDomain> GetDefault() const;

    /// Add a domain. @param domain it, with a name that no other has, and in no other table
    void Add(Ptr<L2tpDomain> domain);

    /// Find a domain. @param name its name @return it, or null
    Ptr<L2tpDomain> Find(const std::string& name) const;

    /**
     * @brief Find the domain of a user.
     * @param user the user's name
     * @param profile what the user gets
     * @return the domain, or null if the profile names one that is not here
     */
    Ptr<L2tpDomain> FindFor(const std::string& user, const PppUserProfile& profile) const;

    /**
     * @brief Get the domains ready.
     * @param node the LNS's node; it gets a routing table for each isolated domain
     */
    void Start(Ptr<Node> node);

    /**
     * @brief Find a user of the default domain's table, if it is a local one, who can't be given an
     * address, as the user has none of its own and its pool has no network.
     * @param othersToo whether users of the default domain are served
     * @return the user's name, empty if there is none
     */
    std::string FindUserWithoutAddress(bool othersToo) const;

    /// Whether a domain is isolated. @return true if there is one
    bool HasIsolated() const;

    /// The routing tables of isolated domains. @return their names
    std::vector<std::string> GetTables() const;

    void Authenticate(const PppAuthAttempt& attempt, VerdictCallback done) override;

  protected:
    void DoDispose() override;

  private:
    Ptr<L2tpDomain> m_default; //!< of users of no other
    /// By name, in small letters, and in that order: routing tables are made in it.
    std::map<std::string, Ptr<L2tpDomain>> m_domains;
};

} // namespace ns3

#endif /* L2TP_DOMAIN_TABLE_H */
