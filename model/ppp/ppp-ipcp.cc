/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-ipcp.h"

#include "ppp-protocol.h"

#include "ns3/boolean.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppIpcp);

namespace
{
constexpr uint8_t IP_ADDRESS = 3;       //!< RFC 1332, section 3.3
constexpr uint8_t PRIMARY_DNS = 129;    //!< RFC 1877, section 1.1
constexpr uint8_t SECONDARY_DNS = 131;  //!< RFC 1877, section 1.3
constexpr std::size_t ADDRESS_SIZE = 4; //!< octets of an option's address

/// Read an option's address.
Ipv4Address
ReadAddress(const PppOption& option)
{
    return Ipv4Address(option.Get32());
}

/// Make an option with an address.
PppOption
AddressOption(uint8_t type, Ipv4Address address)
{
    return PppOption::Of32(type, address.Get());
}
} // namespace

TypeId
PppIpcp::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppIpcp")
            .SetParent<PppControlProtocol>()
            .SetGroupName("L2tp")
            .AddConstructor<PppIpcp>()
            .AddAttribute("LocalAddress",
                          "Address of this end to request; 0.0.0.0 asks the peer to assign one "
                          "(RFC 1332, section 3.3).",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&PppIpcp::m_configuredLocal),
                          MakeIpv4AddressChecker())
            .AddAttribute("KeepLocalAddress",
                          "Whether LocalAddress is insisted on when the peer wants another; "
                          "without effect if it is 0.0.0.0.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&PppIpcp::m_keepLocal),
                          MakeBooleanChecker())
            .AddAttribute("PeerAddress",
                          "Address to assign to the peer if nothing else says which (user table, "
                          "address provider of the link); 0.0.0.0 lets the peer choose.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&PppIpcp::m_configuredPeer),
                          MakeIpv4AddressChecker())
            .AddAttribute("PrimaryDns",
                          "Primary DNS server to offer to the peer; 0.0.0.0 offers none "
                          "(RFC 1877, section 1.1).",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&PppIpcp::m_primaryDns),
                          MakeIpv4AddressChecker())
            .AddAttribute("SecondaryDns",
                          "Secondary DNS server to offer to the peer; 0.0.0.0 offers none "
                          "(RFC 1877, section 1.3).",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&PppIpcp::m_secondaryDns),
                          MakeIpv4AddressChecker())
            .AddAttribute("RequestDns",
                          "Whether to ask the peer for DNS servers (RFC 1877, section 1).",
                          BooleanValue(false),
                          MakeBooleanAccessor(&PppIpcp::m_requestDns),
                          MakeBooleanChecker());
    return tid;
}

PppIpcp::PppIpcp()
    : PppControlProtocol(ppp_protocol::IPCP),
      m_assigned(Ipv4Address::GetAny()),
      m_local(Ipv4Address::GetAny()),
      m_peer(Ipv4Address::GetAny()),
      m_receivedPrimary(Ipv4Address::GetAny()),
      m_receivedSecondary(Ipv4Address::GetAny())
{
}

void
PppIpcp::AssignPeerAddress(Ipv4Address address)
{
    m_assigned = address;
}

Ipv4Address
PppIpcp::GetLocalAddress() const
{
    return m_local;
}

Ipv4Address
PppIpcp::GetPeerAddress() const
{
    return m_peer;
}

Ipv4Address
PppIpcp::GetReceivedPrimaryDns() const
{
    return m_receivedPrimary;
}

Ipv4Address
PppIpcp::GetReceivedSecondaryDns() const
{
    return m_receivedSecondary;
}

bool
PppIpcp::IsAssignable(Ipv4Address address)
{
    const auto first = address.Get() >> 24;
    return first != 0 && first != 127 && first < 224;
}

Ipv4Address
PppIpcp::GetAssigned() const
{
    return m_assigned == Ipv4Address::GetAny() ? m_configuredPeer : m_assigned;
}

void
PppIpcp::ResetNegotiation()
{
    m_local = m_configuredLocal;
    m_peer = Ipv4Address::GetAny();
    m_receivedPrimary = Ipv4Address::GetAny();
    m_receivedSecondary = Ipv4Address::GetAny();
    m_wantAddress = true;
    m_wantPrimary = m_requestDns;
    m_wantSecondary = m_requestDns;
}

PppOptionList
PppIpcp::GetRequest()
{
    PppOptionList options;
    if (m_wantAddress)
    {
        options.push_back(AddressOption(IP_ADDRESS, m_local));
    }
    if (m_wantPrimary)
    {
        options.push_back(AddressOption(PRIMARY_DNS, m_receivedPrimary));
    }
    if (m_wantSecondary)
    {
        options.push_back(AddressOption(SECONDARY_DNS, m_receivedSecondary));
    }
    return options;
}

void
PppIpcp::OptionNaked(const PppOption& option)
{
    const auto address = ReadAddress(option);
    const bool fixed = m_keepLocal && m_configuredLocal != Ipv4Address::GetAny();
    if (option.type == IP_ADDRESS && IsAssignable(address) && !fixed)
    {
        m_local = address;
        m_wantAddress = true;
    }
    else if (option.type == PRIMARY_DNS)
    {
        m_receivedPrimary = address;
    }
    else if (option.type == SECONDARY_DNS)
    {
        m_receivedSecondary = address;
    }
}

void
PppIpcp::OptionRejected(const PppOption& option)
{
    if (option.type == IP_ADDRESS)
    {
        m_wantAddress = false; // an address of one's own does without the peer's consent
    }
    else if (option.type == PRIMARY_DNS)
    {
        m_wantPrimary = false;
        m_receivedPrimary = Ipv4Address::GetAny();
    }
    else if (option.type == SECONDARY_DNS)
    {
        m_wantSecondary = false;
        m_receivedSecondary = Ipv4Address::GetAny();
    }
}

void
PppIpcp::RequestAcked(const PppOptionList& request)
{
    const auto* address = FindPppOption(request, IP_ADDRESS);
    if (address)
    {
        m_local = ReadAddress(*address);
    }
}

PppIpcp::Judgement
PppIpcp::JudgeServer(const PppOption& option, Ipv4Address server)
{
    if (server == Ipv4Address::GetAny())
    {
        return {Verdict::REJECT};
    }
    if (option.data.size() == ADDRESS_SIZE && ReadAddress(option) == server)
    {
        return {Verdict::ACK};
    }
    return {Verdict::NAK, AddressOption(option.type, server)};
}

PppIpcp::Judgement
PppIpcp::JudgeOption(const PppOption& option)
{
    switch (option.type)
    {
    case IP_ADDRESS: {
        const auto assigned = GetAssigned();
        if (assigned != Ipv4Address::GetAny())
        {
            return JudgeServer(option, assigned); // the same rule: this value and no other
        }
        const auto wished = ReadAddress(option);
        const bool good =
            option.data.size() == ADDRESS_SIZE && IsAssignable(wished) && wished != m_local;
        return {good ? Verdict::ACK : Verdict::REJECT};
    }
    case PRIMARY_DNS:
        return JudgeServer(option, m_primaryDns);
    case SECONDARY_DNS:
        return JudgeServer(option, m_secondaryDns);
    default:
        return {Verdict::REJECT};
    }
}

PppOptionList
PppIpcp::GetMissing(const PppOptionList& request) const
{
    // RFC 1332, section 3.3: the option SHOULD be appended to a Configure-Nak.
    const auto assigned = GetAssigned();
    if (assigned == Ipv4Address::GetAny() || FindPppOption(request, IP_ADDRESS))
    {
        return {};
    }
    return {AddressOption(IP_ADDRESS, assigned)};
}

void
PppIpcp::PeerConfigured(const PppOptionList& options)
{
    const auto* address = FindPppOption(options, IP_ADDRESS);
    m_peer = address ? ReadAddress(*address) : Ipv4Address::GetAny();
}

void
PppIpcp::LayerUp()
{
    const auto assigned = GetAssigned();
    if (!IsAssignable(m_local) || (assigned != Ipv4Address::GetAny() && m_peer != assigned))
    {
        Fail(PppReason::NO_ADDRESS);
        return;
    }
    PppControlProtocol::LayerUp();
}

} // namespace ns3
