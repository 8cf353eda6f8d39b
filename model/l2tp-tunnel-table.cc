/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-tunnel-table.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/ppp-user-name.h"
#include "ns3/string.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpTunnelTable");
NS_OBJECT_ENSURE_REGISTERED(L2tpTunnelTable);

namespace
{

/**
 * @brief Stop the program if a rule makes no sense.
 * @param kind what it is about
 * @param key and which of them
 * @param choice what becomes of the call
 * @param mayAsk whether the name may still have to be asked for
 */
void
CheckRule(const char* kind, const std::string& key, const L2tpTunnelChoice& choice, bool mayAsk)
{
    NS_ABORT_MSG_IF(key.empty(),
                    "L2tpTunnelTable: a rule is for an empty "
                        << kind << ": name one, or give the choice to SetDefault()");
    NS_ABORT_MSG_IF(choice.kind == L2tpTunnelChoice::Kind::TUNNEL && choice.peers.empty(),
                    "L2tpTunnelTable: the rule for " << kind << " '" << key
                                                     << "' names no LNS: give it one at least");
    NS_ABORT_MSG_IF(choice.kind == L2tpTunnelChoice::Kind::ASK_NAME && !mayAsk,
                    "L2tpTunnelTable: the rule for "
                        << kind << " '" << key
                        << "' asks for the name, which is known by then: choose TUNNEL, LOCAL or "
                           "REFUSE");
}

} // namespace

TypeId
L2tpTunnelTable::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpTunnelTable")
            .SetParent<L2tpTunnelSelector>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpTunnelTable>()
            .AddAttribute("SuffixDelimiters",
                          "Characters of which the last one in a name has the domain behind it; "
                          "empty for none.",
                          StringValue("@"),
                          MakeStringAccessor(&L2tpTunnelTable::m_suffixDelimiters),
                          MakeStringChecker())
            .AddAttribute("PrefixDelimiters",
                          "Characters of which the first one in a name has the domain before it, "
                          "in a name without a suffix; empty for none.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpTunnelTable::m_prefixDelimiters),
                          MakeStringChecker());
    return tid;
}

L2tpTunnelTable::L2tpTunnelTable() = default;
L2tpTunnelTable::~L2tpTunnelTable() = default;

void
L2tpTunnelTable::AddCalledNumber(const std::string& number, const L2tpTunnelChoice& choice)
{
    CheckRule("number", number, choice, true);
    m_numbers[number] = choice;
}

void
L2tpTunnelTable::AddService(const std::string& service, const L2tpTunnelChoice& choice)
{
    CheckRule("service", service, choice, true);
    m_services[service] = choice;
}

void
L2tpTunnelTable::AddDomain(const std::string& domain, const L2tpTunnelChoice& choice)
{
    CheckRule("domain", domain, choice, false);
    m_domains[PppSmallLettersOf(domain)] = choice;
}

void
L2tpTunnelTable::SetDefault(const L2tpTunnelChoice& choice)
{
    CheckRule("default", "all others", choice, false);
    m_default = choice;
}

std::string
L2tpTunnelTable::GetDomain(const std::string& name) const
{
    return PppDomainOf(name, m_suffixDelimiters, m_prefixDelimiters);
}

L2tpTunnelChoice
L2tpTunnelTable::Choose(const L2tpTunnelQuery& query) const
{
    const auto number = m_numbers.find(query.calledNumber);
    const auto service = m_services.find(query.service);
    const bool asked = query.attempt.has_value();
    // A number or service may say that the name decides: it is asked for, and then does.
    for (const auto& [rules, rule] :
         {std::make_pair(&m_numbers, number), std::make_pair(&m_services, service)})
    {
        const bool found = rule != rules->end();
        if (found && !(asked && rule->second.kind == L2tpTunnelChoice::Kind::ASK_NAME))
        {
            return rule->second;
        }
    }
    if (!asked && !m_domains.empty())
    {
        return {L2tpTunnelChoice::Kind::ASK_NAME, {}, ""};
    }
    const auto domain = asked ? m_domains.find(GetDomain(query.attempt->name)) : m_domains.end();
    return domain == m_domains.end() ? m_default : domain->second;
}

void
L2tpTunnelTable::Select(const L2tpTunnelQuery& query, ChoiceCallback done)
{
    const L2tpTunnelChoice choice = Choose(query);
    NS_LOG_INFO("call from '" << query.callingNumber << "' to '" << query.calledNumber
                              << query.service << "': choice " << static_cast<int>(choice.kind)
                              << ", " << choice.peers.size() << " LNSs");
    done(choice);
}

} // namespace ns3
