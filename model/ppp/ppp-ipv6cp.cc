/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-ipv6cp.h"

#include "ppp-protocol.h"

#include "ns3/boolean.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <limits>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppIpv6cp);

namespace
{

constexpr uint8_t INTERFACE_IDENTIFIER = 1;               //!< RFC 5072, section 4.1
constexpr std::size_t IDENTIFIER_SIZE = sizeof(uint64_t); //!< octets of the option's data
constexpr uint64_t UNIVERSAL = 1ULL << 57;                //!< the "u" bit, number 6 from the left

/// Make an option with an identifier.
PppOption
IdentifierOption(uint64_t identifier)
{
    PppOption option{INTERFACE_IDENTIFIER, {}};
    for (std::size_t i = 0; i < IDENTIFIER_SIZE; ++i)
    {
        option.data.push_back(static_cast<uint8_t>(identifier >> 8 * (IDENTIFIER_SIZE - 1 - i)));
    }
    return option;
}

/// Read an option's identifier; 0, which is none, if the length is wrong.
uint64_t
ReadIdentifier(const PppOption& option)
{
    uint64_t identifier = 0;
    for (const uint8_t octet : option.data)
    {
        identifier = identifier << 8 | octet;
    }
    return option.data.size() == IDENTIFIER_SIZE ? identifier : 0;
}

} // namespace

TypeId
PppIpv6cp::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppIpv6cp")
            .SetParent<PppControlProtocol>()
            .SetGroupName("L2tp")
            .AddConstructor<PppIpv6cp>()
            .AddAttribute("InterfaceIdentifier",
                          "Interface identifier of this end to request; 0 chooses one at random "
                          "(RFC 5072, section 4.1).",
                          UintegerValue(0),
                          MakeUintegerAccessor(&PppIpv6cp::m_configured),
                          MakeUintegerChecker<uint64_t>())
            .AddAttribute("ChooseIdentifier",
                          "Whether to choose an identifier if InterfaceIdentifier is 0; if not, "
                          "the peer is asked for one.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&PppIpv6cp::m_choose),
                          MakeBooleanChecker());
    return tid;
}

PppIpv6cp::PppIpv6cp()
    : PppControlProtocol(ppp_protocol::IPV6CP)
{
}

void
PppIpv6cp::DoDispose()
{
    m_random = nullptr;
    PppControlProtocol::DoDispose();
}

void
PppIpv6cp::SetRandomVariable(Ptr<UniformRandomVariable> random)
{
    m_random = random;
}

uint64_t
PppIpv6cp::GetLocalIdentifier() const
{
    return m_local;
}

uint64_t
PppIpv6cp::GetPeerIdentifier() const
{
    return m_peer;
}

Ipv6Address
PppIpv6cp::LinkLocal(uint64_t identifier)
{
    uint8_t octets[16] = {0xfe, 0x80};
    const auto data = IdentifierOption(identifier).data;
    std::copy(data.begin(), data.end(), octets + sizeof(octets) - data.size());
    return Ipv6Address(octets);
}

uint64_t
PppIpv6cp::Choose(uint64_t other)
{
    uint64_t identifier = 0;
    do
    {
        constexpr uint32_t max = std::numeric_limits<uint32_t>::max();
        identifier = static_cast<uint64_t>(m_random->GetInteger(0, max)) << 32;
        identifier = (identifier | m_random->GetInteger(0, max)) & ~UNIVERSAL;
    } while (identifier == 0 || identifier == other);
    return identifier;
}

void
PppIpv6cp::ResetNegotiation()
{
    const bool choose = m_configured == 0 && m_choose;
    m_local = choose ? Choose(0) : m_configured;
    m_suggestion = Choose(m_local);
    m_peer = 0;
    m_want = true;
    m_askedPeer = false;
}

PppOptionList
PppIpv6cp::GetRequest()
{
    if (!m_want)
    {
        return {};
    }
    return {IdentifierOption(m_local)};
}

void
PppIpv6cp::OptionNaked(const PppOption& option)
{
    const auto identifier = ReadIdentifier(option);
    if (option.type != INTERFACE_IDENTIFIER || identifier == 0)
    {
        return;
    }
    // What both ends suggest to each other would be the same again.
    m_local = identifier == m_suggestion ? Choose(m_suggestion) : identifier;
}

void
PppIpv6cp::OptionRejected(const PppOption& option)
{
    m_want = m_want && option.type != INTERFACE_IDENTIFIER;
}

void
PppIpv6cp::RequestAcked(const PppOptionList& /* request */)
{
}

PppIpv6cp::Judgement
PppIpv6cp::JudgeOption(const PppOption& option)
{
    const auto identifier = ReadIdentifier(option);
    const bool sized = option.data.size() == IDENTIFIER_SIZE;
    if (option.type != INTERFACE_IDENTIFIER || (sized && identifier == 0 && m_local == 0))
    {
        return {Verdict::REJECT};
    }
    if (identifier == 0 || identifier == m_local)
    {
        return {Verdict::NAK, IdentifierOption(m_suggestion)};
    }
    return {Verdict::ACK};
}

PppOptionList
PppIpv6cp::GetMissing(const PppOptionList& request) const
{
    // Once only: "It should assume that the peer's implementation does not support this option."
    if (m_askedPeer || FindPppOption(request, INTERFACE_IDENTIFIER))
    {
        return {};
    }
    m_askedPeer = true;
    return {IdentifierOption(m_suggestion)};
}

void
PppIpv6cp::PeerConfigured(const PppOptionList& options)
{
    const auto* identifier = FindPppOption(options, INTERFACE_IDENTIFIER);
    m_peer = identifier ? ReadIdentifier(*identifier) : 0;
}

void
PppIpv6cp::LayerUp()
{
    // "no default interface-identifier value should be assumed"
    if (!m_want || m_local == 0 || m_peer == 0 || m_local == m_peer)
    {
        Fail(PppReason::NO_ADDRESS);
        return;
    }
    PppControlProtocol::LayerUp();
}

} // namespace ns3
