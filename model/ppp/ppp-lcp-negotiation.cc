/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// The Configuration Options of PppLcp (RFC 1661, section 6).

#include "ppp-lcp-option.h"
#include "ppp-lcp.h"
#include "ppp-protocol.h"

#include <algorithm>
#include <iterator>

namespace ns3
{

namespace
{

/// What an end may prove by who it is, the first to be suggested first: CHAP with MD5, which is
/// standard, and PAP last (RFC 1334, section 2: the stronger method is offered prior to PAP).
constexpr PppAuthProtocol AUTH_PROTOCOLS[] = {PPP_AUTH_CHAP, PPP_AUTH_MSCHAP_V2, PPP_AUTH_PAP};

/// Make the Authentication-Protocol option (RFC 1661, section 6.2).
PppOption
AuthOption(PppAuthProtocol protocol)
{
    if (protocol == PPP_AUTH_PAP)
    {
        return PppOption::Of16(lcp_option::AUTH, ppp_protocol::PAP); // RFC 1334, section 2.1
    }
    auto option = PppOption::Of16(lcp_option::AUTH, ppp_protocol::CHAP);
    // RFC 1994, section 3; RFC 2759, section 2
    option.data.push_back(protocol == PPP_AUTH_CHAP ? lcp_option::CHAP_MD5
                                                    : lcp_option::CHAP_MS_V2);
    return option;
}

} // namespace

PppAuthProtocol
PppLcp::ReadAuth(const PppOption& option)
{
    for (const auto protocol : AUTH_PROTOCOLS)
    {
        if (option == AuthOption(protocol))
        {
            return protocol;
        }
    }
    return PPP_AUTH_NONE;
}

void
PppLcp::ResetNegotiation()
{
    m_requestMru = std::min(m_mru, m_maxMru);
    m_magic = m_useMagic ? ChooseMagic() : 0;
    m_nakedMagic = 0;
    m_loops = 0;
    m_requestPfc = m_usePfc;
    m_requestAcfc = m_useAcfc && m_addressControl;
    m_requestAuth = m_demandedAuth;
    m_localAccm = lcp_option::DEFAULT_ACCM;
    m_adopted = false;
}

PppOptionList
PppLcp::GetRequest()
{
    PppOptionList options;
    if (m_requestMru != lcp_option::DEFAULT_MRU)
    {
        options.push_back(PppOption::Of16(lcp_option::MRU, m_requestMru));
    }
    if (m_requestAuth != PPP_AUTH_NONE)
    {
        options.push_back(AuthOption(m_requestAuth));
    }
    if (m_magic != 0)
    {
        options.push_back(PppOption::Of32(lcp_option::MAGIC, m_magic));
    }
    if (m_requestPfc)
    {
        options.push_back(PppOption{lcp_option::PFC, {}});
    }
    if (m_requestAcfc)
    {
        options.push_back(PppOption{lcp_option::ACFC, {}});
    }
    return options;
}

void
PppLcp::OptionNaked(const PppOption& option)
{
    switch (option.type)
    {
    case lcp_option::MRU: {
        const auto mru = option.Get16();
        // The default is what every implementation takes (RFC 1661, section 6.1).
        const bool possible = mru >= MIN_MRU && (mru <= m_mru || mru <= lcp_option::DEFAULT_MRU);
        m_requestMru = std::min(possible ? mru : lcp_option::DEFAULT_MRU, m_maxMru);
        break;
    }
    case lcp_option::AUTH:
        if (m_requestAuth == PPP_AUTH_NONE)
        {
            break; // the peer would like to be asked; nobody does
        }
        if (IsFallback(ReadAuth(option)))
        {
            m_requestAuth = ReadAuth(option);
        }
        else if (ReadAuth(option) != m_requestAuth)
        {
            Fail(PppReason::AUTH_REFUSED);
        }
        break;
    case lcp_option::MAGIC:
        if (m_magic != 0)
        {
            if (option.Get32() == m_nakedMagic)
            {
                SuspectLoop();
            }
            else
            {
                m_loops = 0; // "proves that a link is not looped-back"
            }
            m_magic = ChooseMagic();
        }
        break;
    case lcp_option::PFC: // boolean options can't be naked (RFC 1661, section 5.3)
        m_requestPfc = false;
        break;
    case lcp_option::ACFC:
        m_requestAcfc = false;
        break;
    default:
        break;
    }
}

void
PppLcp::OptionRejected(const PppOption& option)
{
    switch (option.type)
    {
    case lcp_option::MRU:
        m_requestMru = lcp_option::DEFAULT_MRU;
        break;
    case lcp_option::AUTH:
        Fail(PppReason::AUTH_REFUSED);
        break;
    case lcp_option::MAGIC:
        m_magic = 0;
        break;
    case lcp_option::PFC:
        m_requestPfc = false;
        break;
    case lcp_option::ACFC:
        m_requestAcfc = false;
        break;
    default:
        break;
    }
}

void
PppLcp::RequestAcked(const PppOptionList& /* request */)
{
    m_loops = 0;
}

PppLcp::Judgement
PppLcp::JudgeOption(const PppOption& option)
{
    switch (option.type)
    {
    case lcp_option::MRU:
        if (option.data.size() != 2)
        {
            return {Verdict::NAK, PppOption::Of16(lcp_option::MRU, lcp_option::DEFAULT_MRU)};
        }
        if (option.Get16() < MIN_MRU)
        {
            return {Verdict::NAK, PppOption::Of16(lcp_option::MRU, MIN_MRU)};
        }
        if (option.Get16() > m_maxMru)
        {
            return {Verdict::NAK, PppOption::Of16(lcp_option::MRU, m_maxMru)};
        }
        return {Verdict::ACK};
    case lcp_option::ACCM:
        if (!m_addressControl)
        {
            return {Verdict::REJECT};
        }
        if (option.data.size() != 4)
        {
            return {Verdict::NAK, PppOption::Of32(lcp_option::ACCM, 0)};
        }
        return {Verdict::ACK};
    case lcp_option::AUTH:
        return JudgeAuth(option);
    case lcp_option::MAGIC:
        return JudgeMagic(option);
    case lcp_option::ACFC:
        return {option.data.empty() && m_addressControl ? Verdict::ACK : Verdict::REJECT};
    case lcp_option::PFC:
        return {option.data.empty() ? Verdict::ACK : Verdict::REJECT};
    default:
        return {Verdict::REJECT};
    }
}

PppLcp::Judgement
PppLcp::JudgeAuth(const PppOption& option) const
{
    if (m_able && Accepts(ReadAuth(option)))
    {
        return {Verdict::ACK};
    }
    const auto* suggestion = std::find_if(std::begin(AUTH_PROTOCOLS),
                                          std::end(AUTH_PROTOCOLS),
                                          [this](auto protocol) { return Accepts(protocol); });
    if (!m_able || suggestion == std::end(AUTH_PROTOCOLS))
    {
        return {Verdict::REJECT};
    }
    return {Verdict::NAK, AuthOption(*suggestion)};
}

bool
PppLcp::Accepts(PppAuthProtocol protocol) const
{
    switch (protocol)
    {
    case PPP_AUTH_PAP:
        return m_acceptPap;
    case PPP_AUTH_CHAP:
        return m_acceptChap;
    case PPP_AUTH_MSCHAP_V2:
        return m_acceptMsChapV2;
    default:
        return false;
    }
}

bool
PppLcp::IsFallback(PppAuthProtocol suggested) const
{
    switch (suggested)
    {
    case PPP_AUTH_PAP:
        return m_papFallback && m_requestAuth != PPP_AUTH_NONE &&
               PppProtocolOf(m_requestAuth) == ppp_protocol::CHAP;
    case PPP_AUTH_CHAP:
        return m_chapFallback && m_requestAuth == PPP_AUTH_MSCHAP_V2;
    default:
        return false;
    }
}

PppLcp::Judgement
PppLcp::JudgeMagic(const PppOption& option)
{
    const auto magic = option.Get32(); // 0, which is illegal, if the length is wrong
    const bool same = magic == m_magic && m_magic != 0;
    if (magic != 0 && option.data.size() == sizeof(magic) && !same)
    {
        return {Verdict::ACK};
    }
    do
    {
        m_nakedMagic = ChooseMagic();
    } while (m_nakedMagic == m_magic);
    return {Verdict::NAK, PppOption::Of32(lcp_option::MAGIC, m_nakedMagic)};
}

void
PppLcp::SuspectLoop()
{
    if (++m_loops >= m_loopLimit)
    {
        Fail(PppReason::LOOPED_BACK);
    }
}

PppOptionList
PppLcp::GetMissing(const PppOptionList& /* request */) const
{
    return {}; // every default will do
}

bool
PppLcp::IsRejectable(uint8_t type) const
{
    // RFC 1661, section 6.4: one that uses Magic-Numbers must not reject the peer's.
    return type != lcp_option::MAGIC || m_magic == 0;
}

void
PppLcp::PeerConfigured(const PppOptionList& options)
{
    const auto* mru = FindPppOption(options, lcp_option::MRU);
    const auto* auth = FindPppOption(options, lcp_option::AUTH);
    const auto* magic = FindPppOption(options, lcp_option::MAGIC);
    const auto* accm = FindPppOption(options, lcp_option::ACCM);
    SetPeerMru(std::min(mru ? mru->Get16() : lcp_option::DEFAULT_MRU, m_maxMru));
    m_localAuth = auth ? ReadAuth(*auth) : PPP_AUTH_NONE;
    m_peerMagic = magic ? magic->Get32() : 0;
    m_peerAccm = accm ? accm->Get32() : lcp_option::DEFAULT_ACCM;
    m_peerPfc = FindPppOption(options, lcp_option::PFC);
    m_peerAcfc = FindPppOption(options, lcp_option::ACFC);
}

} // namespace ns3
