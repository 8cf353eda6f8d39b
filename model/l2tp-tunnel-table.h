/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TUNNEL_TABLE_H
#define L2TP_TUNNEL_TABLE_H

#include "l2tp-tunnel-selector.h"

#include <optional>
#include <string>
#include <unordered_map>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Chooses by a table that the LAC itself has; answers at once.
 *
 * The first of these that has a rule for the call decides (RFC 2809, sections 4.1.2.2 and 4.1.2.3,
 * has the same for RADIUS):
 *
 * -# the number that was called;
 * -# PPPoE's Service-Name;
 * -# the domain of the remote system's name, which is asked for only if there are rules of this
 *    kind;
 * -# the default, which is REFUSE unless SetDefault() says otherwise.
 *
 * "bob@isp.example" is of the domain "isp.example": what is behind the last "@". With
 * PrefixDelimiters "/", so is "isp.example/bob". Capitals make no difference in domains.
 */
class L2tpTunnelTable : public L2tpTunnelSelector
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpTunnelTable();
    ~L2tpTunnelTable() override;

    /**
     * @brief Add a rule for calls to a number, or change it.
     * @param number the number called, not empty
     * @param choice what becomes of the call
     */
    void AddCalledNumber(const std::string& number, const L2tpTunnelChoice& choice);

    /**
     * @brief Add a rule for a service, or change it.
     * @param service the Service-Name, not empty
     * @param choice what becomes of the call
     */
    void AddService(const std::string& service, const L2tpTunnelChoice& choice);

    /**
     * @brief Add a rule for a domain, or change it.
     * @param domain the domain, without delimiter, not empty
     * @param choice what becomes of the call, not ASK_NAME: the name is known by then
     */
    void AddDomain(const std::string& domain, const L2tpTunnelChoice& choice);

    /**
     * @brief Set what becomes of calls that there is no rule for.
     * @param choice what, not ASK_NAME
     */
    void SetDefault(const L2tpTunnelChoice& choice);

    /**
     * @brief The domain of a name.
     * @param name the name, any octets
     * @return the domain in small letters; empty if it has none
     */
    std::string GetDomain(const std::string& name) const;

    void Select(const L2tpTunnelQuery& query, ChoiceCallback done) override;

  private:
    /// Rules by what they are about.
    using Rules = std::unordered_map<std::string, L2tpTunnelChoice>;

    /**
     * @brief Choose.
     * @param query what is known of the call
     * @return the choice
     */
    L2tpTunnelChoice Choose(const L2tpTunnelQuery& query) const;

    std::string m_suffixDelimiters; //!< attribute SuffixDelimiters
    std::string m_prefixDelimiters; //!< attribute PrefixDelimiters
    Rules m_numbers;                //!< by number called
    Rules m_services;               //!< by Service-Name
    Rules m_domains;                //!< by domain, in small letters
    L2tpTunnelChoice m_default;     //!< for all others
};

} // namespace ns3

#endif /* L2TP_TUNNEL_TABLE_H */
