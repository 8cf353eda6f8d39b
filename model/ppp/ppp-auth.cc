/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-auth.h"

#include "ns3/simulator.h"

#include <utility>

namespace ns3
{

PppAuth::PppAuth(PppAuthOwner& owner, uint16_t protocol)
    : m_owner(owner),
      m_protocol(protocol)
{
}

PppAuth::~PppAuth()
{
    m_timer.Cancel();
}

void
PppAuth::Start()
{
    m_tries = 0;
    Try();
}

void
PppAuth::Stop()
{
    StopTimer();
}

void
PppAuth::StartLater(Time delay)
{
    m_timer.Cancel();
    m_timer = Simulator::Schedule(delay, &PppAuth::Start, this);
}

void
PppAuth::StopTimer()
{
    m_timer.Cancel();
}

void
PppAuth::Try()
{
    const auto& settings = m_owner.GetSettings();
    if (m_tries >= settings.maxTries)
    {
        m_owner.AuthFailed(PppReason::AUTH_TIMEOUT);
        return;
    }
    ++m_tries;
    m_timer.Cancel();
    m_timer = Simulator::Schedule(settings.retryInterval, &PppAuth::Try, this);
    Transmit();
}

void
PppAuth::Send(uint8_t code, uint8_t identifier, std::vector<uint8_t> data)
{
    m_owner.SendAuth(m_protocol, PppControlPacket{code, identifier, std::move(data)});
}

std::vector<uint8_t>
PppAuth::GetRandomOctets(std::size_t size)
{
    std::vector<uint8_t> octets;
    octets.reserve(size);
    uint32_t random = 0;
    while (octets.size() < size)
    {
        random = octets.size() % sizeof(random) == 0 ? m_owner.GetRandom() : random << 8;
        octets.push_back(static_cast<uint8_t>(random >> 24));
    }
    return octets;
}

PppAuthenticator::PppAuthenticator(PppAuthOwner& owner, uint16_t protocol)
    : PppAuth(owner, protocol),
      m_alive(std::make_shared<bool>(true))
{
}

void
PppAuthenticator::Adopt(const PppAuthAttempt& attempt)
{
    Resume(attempt);
    Judge(attempt);
}

void
PppAuthenticator::Stop()
{
    m_alive.reset();
    PppAuth::Stop();
}

const PppAuthAttempt*
PppAuthenticator::GetAttempt() const
{
    return m_attempt ? &*m_attempt : nullptr;
}

void
PppAuthenticator::Resume(const PppAuthAttempt& /* attempt */)
{
}

void
PppAuthenticator::Judge(const PppAuthAttempt& attempt)
{
    m_attempt = attempt;
    StopTimer();
    const auto& table = m_owner.GetSettings().userTable;
    if (!table)
    {
        OnVerdict({false, {}, "no user is known"});
        return;
    }
    const std::weak_ptr<bool> alive = m_alive;
    table->Authenticate(attempt, [this, alive](const PppAuthVerdict& verdict) {
        if (!alive.expired())
        {
            OnVerdict(verdict);
        }
    });
}

} // namespace ns3
