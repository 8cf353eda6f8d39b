/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-service-account.h"

#include "ns3/l2tp-tunnel.h"
#include "ns3/simulator.h"

#include <sstream>
#include <utility>

namespace ns3
{

namespace
{

/// An address as RADIUS has it (RFC 2868, section 3.3). @param address it @return the text; empty
/// if it is not known
std::string
TextOf(const L2tpIpAddress& address)
{
    std::ostringstream text;
    if (address.IsUnicast())
    {
        text << address;
    }
    return text.str();
}

} // namespace

L2tpServiceAccount::L2tpServiceAccount(const L2tpAccountKeeping& keeping,
                                       const RadiusAccountInfo& info,
                                       Meter meter)
    : m_keeping(keeping),
      m_meter(std::move(meter)),
      m_id(keeping.accounting->Begin(RadiusAccount::SERVICE, info))
{
    if (m_keeping.interimInterval.IsStrictlyPositive())
    {
        m_timer = Simulator::Schedule(m_keeping.interimInterval, &L2tpServiceAccount::Tell, this);
    }
}

L2tpServiceAccount::~L2tpServiceAccount()
{
    m_timer.Cancel();
}

const RadiusAccountInfo&
L2tpServiceAccount::GetInfo() const
{
    return m_keeping.accounting->GetInfo(m_id);
}

void
L2tpServiceAccount::SetInfo(const RadiusAccountInfo& info)
{
    m_keeping.accounting->SetInfo(m_id, info);
}

void
L2tpServiceAccount::End(RadiusTerminateCause cause)
{
    m_timer.Cancel();
    m_keeping.accounting->End(m_id, m_meter(), cause);
}

void
L2tpServiceAccount::Tell()
{
    m_keeping.accounting->Update(m_id, m_meter());
    m_timer = Simulator::Schedule(m_keeping.interimInterval, &L2tpServiceAccount::Tell, this);
}

RadiusTunnel
L2tpDescribeTunnel(const L2tpTunnel& tunnel)
{
    const auto& identity = tunnel.GetIdentity();
    const auto& usual = tunnel.GetHost().GetTunnelConfig().hostName;
    RadiusTunnel described;
    described.clientEndpoint = TextOf(tunnel.GetPath()->GetLocal());
    described.serverEndpoint = TextOf(tunnel.GetPath()->GetPeer().address);
    described.clientAuthId = identity.hostName.empty() ? usual : identity.hostName;
    described.serverAuthId = tunnel.GetPeerHostName();
    described.assignmentId = identity.assignmentId;
    if (!tunnel.IsOriginator())
    {
        std::swap(described.clientEndpoint, described.serverEndpoint);
        std::swap(described.clientAuthId, described.serverAuthId);
    }
    return described;
}

RadiusAccountInfo
L2tpDescribeCall(const L2tpCall& call)
{
    const auto& parameters = call.GetParameters();
    RadiusAccountInfo info;
    info.userName = parameters.userName.empty() ? parameters.proxy.authenName.value_or("")
                                                : parameters.userName;
    info.nasPort = call.GetLocalId();
    info.calledNumber = parameters.calledNumber;
    info.callingNumber = parameters.callingNumber;
    info.tunnelConnection = std::to_string(parameters.serialNumber);
    info.tunnel = L2tpDescribeTunnel(*call.GetTunnel());
    info.tunnel->privateGroupId = parameters.privateGroupId.value_or("");
    return info;
}

void
L2tpDescribePort(const L2tpCallParameters& parameters, RadiusAccountInfo& info)
{
    const bool isAsynchronous = parameters.framingType == L2tpFraming::ASYNCHRONOUS;
    info.calledNumber = parameters.calledNumber;
    info.callingNumber = parameters.callingNumber;
    info.nasPort = parameters.physicalChannelId;
    // Lines are numbered; PPPoE sessions are not.
    info.nasPortType = !info.nasPort    ? RADIUS_PORT_ETHERNET
                       : isAsynchronous ? RADIUS_PORT_ASYNC
                                        : RADIUS_PORT_SYNC;
}

RadiusUsage
L2tpUsageOf(const L2tpCall& call)
{
    if (!call.GetSession())
    {
        return {}; // the call is disposed of, and what it has counted with it
    }
    const auto& counted = call.GetSession()->GetStatistics();
    RadiusUsage usage{counted.rxBytes, counted.txBytes, counted.rxPackets, counted.txPackets};
    if (IsL2tpCallAtLac(call.GetRole()))
    {
        std::swap(usage.inputOctets, usage.outputOctets);
        std::swap(usage.inputPackets, usage.outputPackets);
    }
    usage.packetsLost = static_cast<uint32_t>(counted.rxLost);
    return usage;
}

} // namespace ns3
