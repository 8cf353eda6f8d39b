/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-ppp-accounts.h"

#include "l2tp-call-leg.h"
#include "l2tp-terminate-cause.h"

#include <algorithm>
#include <utility>

namespace ns3
{

/// One of the links, whose sessions come one after the other.
class L2tpPppAccounts::Line
{
  public:
    /// Watch a link. @param accounts what it belongs to @param link the link
    Line(L2tpPppAccounts& accounts, Ptr<PppLink> link);
    /// Watch it no more.
    ~Line();
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    /// A session begins. @param leg its leg @param port the number of its link
    void Attach(Ptr<const L2tpLeg> leg, uint32_t port);
    /// The service has ended. @param cause why
    void End(RadiusTerminateCause cause);
    /// Forget the service.
    void Forget();

  private:
    /// Connect to the link's traces, or disconnect. @param connect which
    void Hook(bool connect);
    /// The link has changed its phase. @param before the phase before @param now its phase @param
    /// reason why
    void PhaseChanged(PppPhase before, PppPhase now, PppReason reason);
    /// IPv4 is up. @param local own address @param peer the user's address
    void NetworkUp(Ipv4Address local, Ipv4Address peer);
    /// IPv6 is up. @param local own interface identifier @param peer the user's
    void Ipv6Up(uint64_t local, uint64_t peer);
    /// IPv4 or IPv6 is down. @param reason why
    void Down(PppReason reason);
    /// A frame goes to the user. @param frame it
    void Sent(Ptr<const Packet> frame);
    /// A frame came from the user. @param frame it
    void Received(Ptr<const Packet> frame);
    /// A network layer is up: the service begins, if it hasn't.
    void Begin();
    /// Of whom and what the account is. @return it
    RadiusAccountInfo Describe() const;
    /// The call that carries the session. @return it; null if no call does
    Ptr<L2tpCall> GetCall() const;

    L2tpPppAccounts& m_accounts;                   //!< what it belongs to
    Ptr<PppLink> m_link;                           //!< the link
    uint32_t m_port{0};                            //!< its number
    Ptr<const L2tpLeg> m_leg;                      //!< of the present session, or the last one
    Classes m_classes;                             //!< of who has proved last who it is
    std::unique_ptr<L2tpServiceAccount> m_account; //!< of the present service, if there is one
    RadiusUsage m_usage;                           //!< what it has used
};

L2tpPppAccounts::Line::Line(L2tpPppAccounts& accounts, Ptr<PppLink> link)
    : m_accounts(accounts),
      m_link(link)
{
    Hook(true);
}

L2tpPppAccounts::Line::~Line()
{
    Hook(false);
}

void
L2tpPppAccounts::Line::Hook(bool connect)
{
    const auto hook = [this, connect](const std::string& source, const CallbackBase& sink) {
        if (connect)
        {
            m_link->TraceConnectWithoutContext(source, sink);
        }
        else
        {
            m_link->TraceDisconnectWithoutContext(source, sink);
        }
    };
    hook("Phase", MakeCallback(&Line::PhaseChanged, this));
    hook("NetworkUp", MakeCallback(&Line::NetworkUp, this));
    hook("Ipv6Up", MakeCallback(&Line::Ipv6Up, this));
    hook("NetworkDown", MakeCallback(&Line::Down, this));
    hook("Ipv6Down", MakeCallback(&Line::Down, this));
    hook("Tx", MakeCallback(&Line::Sent, this));
    hook("Rx", MakeCallback(&Line::Received, this));
}

void
L2tpPppAccounts::Line::Attach(Ptr<const L2tpLeg> leg, uint32_t port)
{
    m_leg = leg;
    m_port = port;
}

void
L2tpPppAccounts::Line::PhaseChanged(PppPhase /* before */, PppPhase now, PppReason /* reason */)
{
    if (now == PppPhase::NETWORK)
    {
        m_classes = m_accounts.m_takeClasses(m_link->GetPeerName());
    }
}

void
L2tpPppAccounts::Line::NetworkUp(Ipv4Address /* local */, Ipv4Address peer)
{
    Begin();
    if (m_account && m_account->GetInfo().address != peer)
    {
        // IPv6 was there first: the records to come have the address.
        auto info = m_account->GetInfo();
        info.address = peer;
        m_account->SetInfo(info);
    }
}

void
L2tpPppAccounts::Line::Ipv6Up(uint64_t /* local */, uint64_t /* peer */)
{
    Begin();
}

void
L2tpPppAccounts::Line::Begin()
{
    if (m_account || !m_accounts.m_keeping.accounting || m_link->GetPeerName().empty())
    {
        return;
    }
    m_usage = {};
    m_account = std::make_unique<L2tpServiceAccount>(m_accounts.m_keeping, Describe(), [this] {
        return m_usage;
    });
    if (const auto call = GetCall())
    {
        m_accounts.m_identified(call, m_link->GetPeerName());
    }
}

RadiusAccountInfo
L2tpPppAccounts::Line::Describe() const
{
    const auto call = GetCall();
    RadiusAccountInfo info;
    if (call)
    {
        info = L2tpDescribeCall(*call);
        info.nasPort = m_port;
    }
    else
    {
        L2tpDescribePort(m_leg->GetParameters(), info);
    }
    info.userName = m_link->GetPeerName();
    if (m_link->IsNetworkUp())
    {
        info.address = m_link->GetIpcp()->GetPeerAddress();
    }
    info.authentic = m_classes ? RadiusAuthentic::RADIUS : RadiusAuthentic::LOCAL;
    info.classes = m_classes.value_or(std::vector<std::string>());
    return info;
}

Ptr<L2tpCall>
L2tpPppAccounts::Line::GetCall() const
{
    const auto leg = DynamicCast<const L2tpCallLeg>(m_leg);
    return leg ? leg->GetCall() : nullptr;
}

void
L2tpPppAccounts::Line::Down(PppReason reason)
{
    if (!m_account || m_link->IsNetworkUp() || m_link->IsIpv6Up())
    {
        return;
    }
    const auto call = GetCall();
    const bool isCleared = call && call->GetState() == L2tpCallState::IDLE;
    End(reason == PppReason::LOWER_LAYER_DOWN && isCleared ? L2tpTerminateCauseOfCall(*call, true)
                                                           : L2tpTerminateCauseOfPpp(reason));
}

void
L2tpPppAccounts::Line::End(RadiusTerminateCause cause)
{
    if (m_account)
    {
        m_account->End(cause);
        m_account = nullptr;
    }
}

void
L2tpPppAccounts::Line::Forget()
{
    m_account = nullptr;
}

void
L2tpPppAccounts::Line::Sent(Ptr<const Packet> frame)
{
    m_usage.outputOctets += frame->GetSize();
    ++m_usage.outputPackets;
}

void
L2tpPppAccounts::Line::Received(Ptr<const Packet> frame)
{
    m_usage.inputOctets += frame->GetSize();
    ++m_usage.inputPackets;
}

L2tpPppAccounts::L2tpPppAccounts(const L2tpAccountKeeping& keeping,
                                 ClassesTaker takeClasses,
                                 IdentifiedCallback identified)
    : m_keeping(keeping),
      m_takeClasses(std::move(takeClasses)),
      m_identified(std::move(identified))
{
}

L2tpPppAccounts::~L2tpPppAccounts()
{
    for (const auto& terminator : m_terminators)
    {
        terminator->TraceDisconnectWithoutContext(
            "Link",
            MakeBoundCallback(&L2tpPppAccounts::SessionBegun, this, PeekPointer(terminator)));
    }
}

void
L2tpPppAccounts::Watch(Ptr<L2tpPppTerminator> terminator)
{
    if (std::find(m_terminators.begin(), m_terminators.end(), terminator) == m_terminators.end())
    {
        m_terminators.push_back(terminator);
        terminator->TraceConnectWithoutContext(
            "Link",
            MakeBoundCallback(&L2tpPppAccounts::SessionBegun, this, PeekPointer(terminator)));
    }
}

void
L2tpPppAccounts::SessionBegun(L2tpPppAccounts* self,
                              L2tpPppTerminator* terminator,
                              Ptr<const L2tpLeg> leg,
                              Ptr<PppLink> link)
{
    auto& line = self->m_lineOf[PeekPointer(link)];
    if (!line)
    {
        self->m_lines.push_back(std::make_unique<Line>(*self, link));
        line = self->m_lines.back().get();
    }
    line->Attach(leg, terminator->GetPortNumber(leg));
}

void
L2tpPppAccounts::EndAll(RadiusTerminateCause cause)
{
    for (const auto& line : m_lines)
    {
        line->End(cause);
    }
}

void
L2tpPppAccounts::Forget()
{
    for (const auto& line : m_lines)
    {
        line->Forget();
    }
}

} // namespace ns3
