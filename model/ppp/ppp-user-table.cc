/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-user-table.h"

#include "ppp-chap.h"
#include "ppp-ms-chap.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppUserTable);
NS_OBJECT_ENSURE_REGISTERED(PppLocalUserTable);

namespace
{
constexpr const char* WRONG =
    "unknown user or wrong secret"; //!< which of both is nobody's business
} // namespace

TypeId
PppUserTable::GetTypeId()
{
    static TypeId tid = TypeId("ns3::PppUserTable").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

TypeId
PppLocalUserTable::GetTypeId()
{
    static TypeId tid = TypeId("ns3::PppLocalUserTable")
                            .SetParent<PppUserTable>()
                            .SetGroupName("L2tp")
                            .AddConstructor<PppLocalUserTable>();
    return tid;
}

void
PppLocalUserTable::AddUser(const std::string& name, const std::string& secret, Ipv4Address address)
{
    PppUserProfile profile;
    profile.address = address;
    AddUser(name, secret, profile);
}

void
PppLocalUserTable::AddUser(const std::string& name,
                           const std::string& secret,
                           const PppUserProfile& profile)
{
    m_users[name] = User{secret, profile};
}

std::string
PppLocalUserTable::FindUser(const Predicate& isWanted) const
{
    const auto found = std::find_if(m_users.begin(), m_users.end(), [&isWanted](const auto& user) {
        return isWanted(user.first, user.second.profile);
    });
    return found == m_users.end() ? "" : found->first;
}

void
PppLocalUserTable::Authenticate(const PppAuthAttempt& attempt, VerdictCallback done)
{
    const auto found = m_users.find(attempt.name);
    if (found == m_users.end())
    {
        done({false, {}, WRONG});
        return;
    }
    const auto& user = found->second;
    bool accepted = false;
    std::string proof;
    if (attempt.protocol == PPP_AUTH_PAP)
    {
        accepted = attempt.password == user.secret;
    }
    else if (attempt.protocol == PPP_AUTH_CHAP)
    {
        const auto expected = PppChapDigest(attempt.identifier, user.secret, attempt.challenge);
        accepted = std::equal(expected.begin(),
                              expected.end(),
                              attempt.response.begin(),
                              attempt.response.end());
    }
    else if (attempt.protocol == PPP_AUTH_MSCHAP_V2)
    {
        const auto judged = PppMsChapJudge(attempt, user.secret);
        accepted = judged.has_value();
        proof = judged.value_or("");
    }
    done({accepted,
          accepted ? user.profile : PppUserProfile(),
          accepted ? "welcome" : WRONG,
          proof});
}

} // namespace ns3
