/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-dial-on-demand.h"

#include "l2tp-ppp-result.h"

#include "ns3/log.h"
#include "ns3/simulator.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpDialOnDemand");

const char*
L2tpDialStateName(L2tpDialState state)
{
    switch (state)
    {
    case L2tpDialState::IDLE:
        return "idle";
    case L2tpDialState::DIALLING:
        return "dialling";
    case L2tpDialState::UP:
        return "up";
    case L2tpDialState::HANGING_UP:
        return "hanging-up";
    case L2tpDialState::HOLD_OFF:
        return "hold-off";
    case L2tpDialState::STOPPED:
        break;
    }
    return "stopped";
}

L2tpDialOnDemand::L2tpDialOnDemand() = default;
L2tpDialOnDemand::~L2tpDialOnDemand() = default;

void
L2tpDialOnDemand::DoDispose()
{
    m_timer.Cancel();
    m_state = L2tpDialState::STOPPED;
    if (m_device)
    {
        m_device->SetWantedCallback(PppOnDemandNetDevice::WantedCallback());
        m_device = nullptr;
    }
    m_call = nullptr;
    m_lns = nullptr;
    m_users = nullptr;
    Application::DoDispose();
}

void
L2tpDialOnDemand::StartApplication()
{
    CheckAttributes();
    ConfigureLink(CreateDevice()->GetLink());
    SetState(L2tpDialState::IDLE);
}

void
L2tpDialOnDemand::StopApplication()
{
    m_timer.Cancel();
    SetState(L2tpDialState::STOPPED);
    m_endReason = "the application has stopped";
    if (m_device)
    {
        m_device->DropWaiting();
    }
    EndCall();
}

void
L2tpDialOnDemand::SetState(L2tpDialState state)
{
    const L2tpDialState before = m_state;
    if (state != before)
    {
        m_state = state;
        NS_LOG_INFO(m_calledNumber << ": " << L2tpDialStateName(before) << " -> "
                                   << L2tpDialStateName(state));
        m_stateTrace(before, state);
    }
}

void
L2tpDialOnDemand::Dial()
{
    if (m_state == L2tpDialState::IDLE || m_state == L2tpDialState::HOLD_OFF)
    {
        PlaceCall();
    }
}

void
L2tpDialOnDemand::HangUp()
{
    if (m_state == L2tpDialState::HOLD_OFF)
    {
        m_timer.Cancel();
        SetState(L2tpDialState::IDLE);
    }
    else if (m_state == L2tpDialState::DIALLING || m_state == L2tpDialState::UP)
    {
        m_timer.Cancel();
        m_endReason = "requested";
        SetState(L2tpDialState::HANGING_UP);
        m_device->DropWaiting();
        EndCall();
    }
}

bool
L2tpDialOnDemand::Wanted()
{
    switch (m_state)
    {
    case L2tpDialState::IDLE:
        if (m_onDemand)
        {
            PlaceCall();
        }
        return m_state == L2tpDialState::DIALLING;
    case L2tpDialState::DIALLING:
    case L2tpDialState::UP: // PPP negotiates anew
        return true;
    case L2tpDialState::HANGING_UP:
        return m_onDemand; // for the next call
    case L2tpDialState::HOLD_OFF:
    case L2tpDialState::STOPPED:
        break;
    }
    return false;
}

void
L2tpDialOnDemand::PlaceCall()
{
    m_timer.Cancel();
    m_endReason.clear();
    ++m_statistics.calls;
    SetState(L2tpDialState::DIALLING);
    const Ptr<L2tpCall> call =
        m_lns->PlaceOwnCall(FindLac(),
                            MakeParameters(),
                            MakeCallback(&L2tpDialOnDemand::CallEstablished, this),
                            MakeCallback(&L2tpDialOnDemand::CallCleared, this));
    if (!call)
    {
        Ended("the LNS does not run or has no room for a call", {});
        return;
    }
    m_dialTrace(call);
    if (call->GetState() == L2tpCallState::IDLE)
    {
        return; // cleared already
    }
    m_call = call;
    if (m_state != L2tpDialState::DIALLING)
    {
        EndCall(); // whoever was told doesn't want it
    }
}

void
L2tpDialOnDemand::EndCall()
{
    if (!m_call)
    {
        return;
    }
    const Ptr<L2Circuit> circuit = m_device->GetLink()->GetCircuit();
    if (circuit && circuit->IsUp())
    {
        // PPP says good-bye first; LinkFinished() clears the call.
        m_device->GetLink()->Close();
    }
    else
    {
        m_call->Close(L2tpResultCode::Of(L2tpCallResult::ADMINISTRATIVE));
    }
}

void
L2tpDialOnDemand::CallEstablished(Ptr<L2tpCall> call)
{
    m_device->GetLink()->SetCircuit(call->GetSession());
    m_device->GetLink()->Open();
}

void
L2tpDialOnDemand::PhaseChanged(PppPhase before, PppPhase now, PppReason /* why */)
{
    const bool isOpened = now == PppPhase::AUTHENTICATE || now == PppPhase::NETWORK;
    if (before == PppPhase::ESTABLISH && isOpened && m_call)
    {
        // Of what the remote system sends us we have asked for no character in clear.
        L2tpAccm accm;
        accm.send = m_device->GetLink()->GetLcp()->GetPeerAccm();
        m_call->SetLinkInfo(accm);
    }
}

void
L2tpDialOnDemand::LinkChanged()
{
    if (!IsUp())
    {
        return;
    }
    if (m_state == L2tpDialState::DIALLING)
    {
        ++m_statistics.ups;
        m_lastTraffic = Simulator::Now();
        if (!m_idleTimeout.IsZero())
        {
            m_timer = Simulator::Schedule(m_idleTimeout, &L2tpDialOnDemand::CheckIdle, this);
        }
        SetState(L2tpDialState::UP);
        m_upTrace(m_localAddress, m_remoteAddress);
    }
    m_device->SendWaiting();
}

Ipv4Address
L2tpDialOnDemand::ProvideAddress(const std::string& user, const PppUserProfile& /* profile */) const
{
    if (!m_remoteName.empty() && user != m_remoteName)
    {
        NS_LOG_WARN(m_calledNumber << " is '" << user << "', not '" << m_remoteName << "'");
        return Ipv4Address::GetAny();
    }
    return m_remoteAddress;
}

void
L2tpDialOnDemand::Passed(Ptr<const Packet> /* packet */)
{
    m_lastTraffic = Simulator::Now();
}

void
L2tpDialOnDemand::CheckIdle()
{
    const Time rest = m_lastTraffic + m_idleTimeout - Simulator::Now();
    if (rest.IsStrictlyPositive())
    {
        m_timer = Simulator::Schedule(rest, &L2tpDialOnDemand::CheckIdle, this);
        return;
    }
    ++m_statistics.idle;
    m_endReason = "no traffic";
    SetState(L2tpDialState::HANGING_UP);
    EndCall();
}

void
L2tpDialOnDemand::LinkFinished(PppReason reason)
{
    if (m_call)
    {
        m_call->Close(L2tpResultOfPpp(reason),
                      L2tpDisconnectCauseOfPpp(reason, m_device->GetLink()->GetReasonProtocol()));
    }
}

void
L2tpDialOnDemand::CallCleared(Ptr<L2tpCall> call)
{
    if (m_device) // unless the node is being disposed of
    {
        m_call = nullptr;
        Ended(call->GetClearReason(), call->GetClearCode());
    }
}

void
L2tpDialOnDemand::Ended(const std::string& reason, const L2tpResultCode& code)
{
    m_timer.Cancel();
    m_device->GetLink()->SetCircuit(nullptr);
    m_lastReason = m_endReason.empty() ? reason : m_endReason;
    m_lastCode = code;
    NS_LOG_INFO(m_calledNumber << ": " << m_lastReason);
    if (m_state == L2tpDialState::DIALLING)
    {
        ++m_statistics.failed;
        m_device->DropWaiting();
        m_timer = Simulator::Schedule(m_retryDelay,
                                      &L2tpDialOnDemand::SetState,
                                      this,
                                      L2tpDialState::IDLE);
        SetState(L2tpDialState::HOLD_OFF);
    }
    else if (m_state != L2tpDialState::STOPPED)
    {
        SetState(L2tpDialState::IDLE);
    }
    m_downTrace(m_lastReason);
    if (m_state == L2tpDialState::IDLE && m_device->GetNWaiting() > 0)
    {
        PlaceCall(); // for what came while it was hung up
    }
}

L2tpDialState
L2tpDialOnDemand::GetState() const
{
    return m_state;
}

bool
L2tpDialOnDemand::IsUp() const
{
    return m_device && m_device->GetLink() && m_device->GetLink()->IsNetworkUp();
}

Ptr<PppOnDemandNetDevice>
L2tpDialOnDemand::GetDevice() const
{
    return m_device;
}

const std::string&
L2tpDialOnDemand::GetLastReason() const
{
    return m_lastReason;
}

const L2tpResultCode&
L2tpDialOnDemand::GetLastCode() const
{
    return m_lastCode;
}

const L2tpDialStatistics&
L2tpDialOnDemand::GetStatistics() const
{
    return m_statistics;
}

int64_t
L2tpDialOnDemand::AssignStreams(int64_t stream)
{
    m_stream = stream;
    if (m_device)
    {
        m_device->GetLink()->AssignStreams(stream);
    }
    return 1;
}

} // namespace ns3
