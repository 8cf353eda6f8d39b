/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-directory.h"

#include "radius-ppp.h"
#include "radius-secret.h"

#include "ns3/abort.h"
#include "ns3/ppp-user-name.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(RadiusDirectory);

namespace
{

using K = RadiusKeys;

/// Room for what a reply has beside its entry's attributes: Message-Authenticator, words, a proof.
constexpr std::size_t RESERVED = 1024;

/// Stop if attributes can't be in an Access-Accept. @param clear the attributes @param whose whose
/// they are
void
EnsureFits(const RadiusAttributes& clear, const std::string& whose)
{
    RadiusPacket packet;
    packet.code = RadiusCode::ACCESS_ACCEPT;
    const auto hidden = HideRadiusAttributes(clear, "secret", packet.authenticator, 0);
    NS_ABORT_MSG_IF(!hidden,
                    "RadiusDirectory: a password of " << whose << " is too long to be sent");
    packet.attributes = *hidden;
    const auto error = packet.Check();
    NS_ABORT_MSG_IF(error != RadiusError::NONE,
                    "RadiusDirectory: the attributes of "
                        << whose << " can't be in an Access-Accept: " << RadiusErrorName(error));
    NS_ABORT_MSG_IF(packet.GetSize() + RESERVED > FindRadiusCode(packet.code)->maxSize,
                    "RadiusDirectory: the attributes of " << whose << " are too many for a packet");
}

/**
 * @brief Find an entry.
 * @param table where
 * @param name its name
 * @return its attributes, or null
 */
const RadiusAttributes*
Find(const std::unordered_map<std::string, RadiusAttributes>& table, const std::string& name)
{
    const auto it = table.find(name);
    return it == table.end() ? nullptr : &it->second;
}

/// Add what is not there yet. @param own what is there @param general what else there may be
void
AddDefaults(RadiusAttributes& own, const RadiusAttributes& general)
{
    const auto& all = own.GetAll();
    const bool hasTunnel = std::any_of(all.begin(), all.end(), [](const auto& attribute) {
        return IsRadiusTunnelAttribute(attribute.type);
    });
    RadiusAttributes missing;
    for (const auto& attribute : general.GetAll())
    {
        const bool isThere =
            IsRadiusTunnelAttribute(attribute.type) ? hasTunnel : own.Count(attribute.type) > 0;
        if (!isThere)
        {
            missing.Append(attribute);
        }
    }
    own.Append(missing);
}

} // namespace

TypeId
RadiusDirectory::GetTypeId()
{
    static TypeId tid = TypeId("ns3::RadiusDirectory")
                            .SetParent<Object>()
                            .SetGroupName("L2tp")
                            .AddConstructor<RadiusDirectory>();
    return tid;
}

RadiusDirectory::RadiusDirectory()
    : m_passwords(CreateObject<PppLocalUserTable>())
{
}

RadiusDirectory::~RadiusDirectory() = default;

void
RadiusDirectory::DoDispose()
{
    m_passwords = nullptr;
    Object::DoDispose();
}

void
RadiusDirectory::AddUser(const std::string& name,
                         const std::string& password,
                         const RadiusAttributes& clear)
{
    EnsureFits(clear, "user " + name);
    m_passwords->AddUser(name, password);
    m_users[name] = clear;
}

void
RadiusDirectory::AddDomain(const std::string& domain, const RadiusAttributes& clear)
{
    EnsureFits(clear, "domain " + domain);
    m_domains[PppSmallLettersOf(domain)] = clear;
}

void
RadiusDirectory::AddCalledNumber(const std::string& number, const RadiusAttributes& clear)
{
    EnsureFits(clear, "number " + number);
    m_numbers[number] = clear;
}

RadiusAnswer
RadiusDirectory::Judge(const RadiusAttributes& clear, const RadiusAuthenticator& asked) const
{
    const auto service = clear.Get(K::SERVICE_TYPE).value_or(RadiusServiceType::FRAMED);
    if (service == RadiusServiceType::CALL_CHECK || service == RadiusServiceType::OUTBOUND)
    {
        return JudgeUnproven(clear, service);
    }
    RadiusAnswer answer;
    const auto attempt = GetRadiusPppAttempt(clear, asked);
    if (!attempt)
    {
        answer.attributes.Add(K::REPLY_MESSAGE, "no proof");
        return answer;
    }
    PppAuthVerdict verdict;
    m_passwords->Authenticate(*attempt, [&](const auto& judged) { verdict = judged; });
    answer.accepted = verdict.accepted;
    if (answer.accepted)
    {
        answer.attributes = *Find(m_users, attempt->name);
        if (const auto domain = Find(m_domains, PppDomainOf(attempt->name)))
        {
            AddDefaults(answer.attributes, *domain);
        }
    }
    if (!answer.attributes.Find(K::REPLY_MESSAGE.type))
    {
        answer.attributes.Add(K::REPLY_MESSAGE, verdict.message);
    }
    AddRadiusPppVerdict(*attempt, verdict, answer.attributes);
    return answer;
}

RadiusAnswer
RadiusDirectory::JudgeUnproven(const RadiusAttributes& clear, uint32_t service) const
{
    RadiusAnswer answer;
    auto found = Find(m_numbers, clear.Get(K::CALLED_STATION_ID).value_or(""));
    if (!found && service == RadiusServiceType::OUTBOUND)
    {
        found = Find(m_domains, PppDomainOf(clear.Get(K::USER_NAME).value_or("")));
    }
    answer.accepted = found != nullptr;
    if (found)
    {
        answer.attributes = *found;
    }
    else
    {
        answer.attributes.Add(K::REPLY_MESSAGE, "unknown number or domain");
    }
    return answer;
}

} // namespace ns3
