/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// How PppLcp takes over what another system has negotiated (RFC 2661, section 4.4.5).

#include "ppp-lcp-option.h"
#include "ppp-lcp.h"

#include "ns3/log.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PppLcp");

namespace
{

/// Read options that another system has negotiated; false if that can't be, since one is there
/// twice (RFC 1661, section 6) or extends beyond the end.
bool
ReadAll(const std::vector<uint8_t>& octets, PppOptionList& options)
{
    if (!ParsePppOptions(octets.data(), octets.size(), options))
    {
        return false;
    }
    std::array<bool, std::numeric_limits<uint8_t>::max() + 1> seen{};
    return std::none_of(options.begin(), options.end(), [&seen](const auto& option) {
        return std::exchange(seen[option.type], true);
    });
}

} // namespace

void
PppLcp::SetAdoption(std::optional<PppAdoption> adoption)
{
    m_adoption = std::move(adoption);
}

bool
PppLcp::IsAdopted() const
{
    return m_adopted;
}

std::optional<PppLcp::Outcome>
PppLcp::TakeOver()
{
    const auto adoption = std::exchange(m_adoption, std::nullopt);
    if (!adoption)
    {
        return std::nullopt;
    }
    Outcome outcome;
    const auto verdict = JudgeAdoption(*adoption, outcome);
    NS_LOG_INFO("what was negotiated before: " << PppAdoptionVerdictName(verdict));
    m_adopted = verdict == PppAdoptionVerdict::ADOPTED;
    if (!m_adopted)
    {
        ResetNegotiation();
    }
    m_adoptionTrace(verdict);
    return m_adopted ? std::optional<Outcome>(std::move(outcome)) : std::nullopt;
}

PppAdoptionVerdict
PppLcp::JudgeAdoption(const PppAdoption& adoption, Outcome& outcome)
{
    if (!ReadAll(adoption.sentRequest, outcome.sent) ||
        !ReadAll(adoption.receivedRequest, outcome.received))
    {
        return PppAdoptionVerdict::MALFORMED;
    }
    const auto verdict = TakeOverRequest(outcome.sent);
    if (verdict != PppAdoptionVerdict::ADOPTED)
    {
        return verdict;
    }
    const bool agreed =
        std::all_of(outcome.received.begin(), outcome.received.end(), [this](const auto& option) {
            return JudgeOption(option).verdict == Verdict::ACK;
        });
    return agreed ? PppAdoptionVerdict::ADOPTED : PppAdoptionVerdict::PEER_UNWANTED;
}

PppAdoptionVerdict
PppLcp::TakeOverRequest(const PppOptionList& options)
{
    const auto largest = m_requestMru;
    bool proves = m_demandedAuth == PPP_AUTH_NONE;
    m_requestMru = lcp_option::DEFAULT_MRU;
    m_magic = 0;
    m_requestPfc = false;
    m_requestAcfc = false;
    for (const auto& option : options)
    {
        bool wanted = false;
        switch (option.type)
        {
        case lcp_option::MRU:
            m_requestMru = option.Get16();
            wanted = option.data.size() == sizeof(m_requestMru) && m_requestMru >= MIN_MRU;
            break;
        case lcp_option::ACCM:
            m_localAccm = option.Get32();
            wanted = option.data.size() == sizeof(m_localAccm) && m_addressControl;
            break;
        case lcp_option::AUTH: {
            const auto auth = ReadAuth(option);
            proves = auth != PPP_AUTH_NONE && (auth == m_demandedAuth || IsFallback(auth));
            m_requestAuth = auth;
            wanted = true; // a verdict of its own tells if not
            break;
        }
        case lcp_option::MAGIC:
            m_magic = option.Get32();
            wanted = option.data.size() == sizeof(m_magic) && m_magic != 0;
            break;
        case lcp_option::PFC:
            m_requestPfc = true;
            wanted = option.data.empty();
            break;
        case lcp_option::ACFC:
            m_requestAcfc = true;
            wanted = option.data.empty() && m_addressControl;
            break;
        default:
            break;
        }
        if (!wanted)
        {
            return PppAdoptionVerdict::OPTION_UNWANTED;
        }
    }
    if (m_requestMru > largest)
    {
        return PppAdoptionVerdict::MRU_TOO_LARGE;
    }
    return proves ? PppAdoptionVerdict::ADOPTED : PppAdoptionVerdict::AUTH_MISMATCH;
}

} // namespace ns3
