/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "radius-accounting.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <array>
#include <cstdio>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("RadiusAccounting");

NS_OBJECT_ENSURE_REGISTERED(RadiusAccounting);

namespace
{

using K = RadiusKeys;
using Status = RadiusAcctStatus;

/// How the records of a kind of account are called.
struct KindInfo
{
    Status begin;  //!< of the first one
    Status end;    //!< of the last one
    Status reject; //!< of the only one, if it is refused
};

/// By RadiusAccount. Of a service there is no refusal.
constexpr std::array<KindInfo, 3> KINDS{{
    {Status::START, Status::STOP, Status::STOP},
    {Status::TUNNEL_START, Status::TUNNEL_STOP, Status::TUNNEL_REJECT},
    {Status::TUNNEL_LINK_START, Status::TUNNEL_LINK_STOP, Status::TUNNEL_LINK_REJECT},
}};

/// The row of a kind. @param kind the kind @return the row
const KindInfo&
InfoOf(RadiusAccount kind)
{
    return KINDS[static_cast<std::size_t>(kind)];
}

/// Add a number of 64 bits. @param low takes its low half @param high takes its high half, unless
/// it is 0 (RFC 2869, section 5.1) @param value the number @param record receives both
void
AddLong(K::Integer low, K::Integer high, uint64_t value, RadiusAttributes& record)
{
    record.Add(low, static_cast<uint32_t>(value));
    if (value >> 32)
    {
        record.Add(high, static_cast<uint32_t>(value >> 32));
    }
}

} // namespace

TypeId
RadiusAccounting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::RadiusAccounting")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<RadiusAccounting>()
            .AddAttribute("Client",
                          "Who tells the servers.",
                          PointerValue(),
                          MakePointerAccessor(&RadiusAccounting::m_client),
                          MakePointerChecker<RadiusClient>())
            .AddAttribute("GiveUpAfter",
                          "How old a record may get before it is given up; 0 to ask the servers "
                          "once.",
                          TimeValue(Minutes(5)),
                          MakeTimeAccessor(&RadiusAccounting::m_giveUpAfter),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("Boots",
                          "How often the NAS has booted: the first two digits of "
                          "Acct-Session-Id (RFC 2866, section 5.5).",
                          UintegerValue(0),
                          MakeUintegerAccessor(&RadiusAccounting::m_boots),
                          MakeUintegerChecker<uint8_t>())
            .AddTraceSource("Record",
                            "A record is acknowledged, or given up.",
                            MakeTraceSourceAccessor(&RadiusAccounting::m_recordTrace),
                            "ns3::RadiusAccounting::RecordTracedCallback");
    return tid;
}

RadiusAccounting::RadiusAccounting() = default;
RadiusAccounting::~RadiusAccounting() = default;

void
RadiusAccounting::DoDispose()
{
    m_client = nullptr;
    m_open.clear();
    Object::DoDispose();
}

std::string
RadiusAccounting::NewId()
{
    char id[9];
    std::snprintf(id, sizeof(id), "%02X%06X", m_boots, m_last++ & 0xffffff);
    return id;
}

std::string
RadiusAccounting::Begin(RadiusAccount kind, const RadiusAccountInfo& info)
{
    const auto id = NewId();
    auto& account = m_open[id];
    account = {kind, info, Simulator::Now()};
    if (kind == RadiusAccount::TUNNEL && info.multiSessionId.empty())
    {
        account.info.multiSessionId = id; // the same that links its sessions to it
    }
    Send(WriteOf(InfoOf(kind).begin, id, account), Simulator::Now());
    return id;
}

void
RadiusAccounting::Update(const std::string& id, const RadiusUsage& usage)
{
    const auto& account = Find(id);
    NS_ABORT_MSG_IF(account.kind != RadiusAccount::SERVICE,
                    "RadiusAccounting::Update: " << id << " is no service, which alone has interim "
                                                 << "records");
    auto record = WriteOf(Status::INTERIM_UPDATE, id, account);
    AddUsage(account, usage, record);
    Send(record, Simulator::Now());
}

void
RadiusAccounting::End(const std::string& id, const RadiusUsage& usage, RadiusTerminateCause cause)
{
    const auto& account = Find(id);
    auto record = WriteOf(InfoOf(account.kind).end, id, account);
    AddUsage(account, usage, record);
    record.Add(K::ACCT_TERMINATE_CAUSE, static_cast<uint32_t>(cause));
    m_open.erase(id);
    Send(record, Simulator::Now());
}

void
RadiusAccounting::Reject(RadiusAccount kind,
                         const RadiusAccountInfo& info,
                         RadiusTerminateCause cause)
{
    NS_ABORT_MSG_IF(kind == RadiusAccount::SERVICE,
                    "RadiusAccounting::Reject: RFC 2866 has no record of a refused service");
    auto record = Write(InfoOf(kind).reject, NewId(), info);
    record.Add(K::ACCT_TERMINATE_CAUSE, static_cast<uint32_t>(cause));
    Send(record, Simulator::Now());
}

void
RadiusAccounting::Announce(bool isOn)
{
    RadiusAccountInfo info;
    info.nasPortType.reset(); // it is about all of them
    Send(Write(isOn ? Status::ACCOUNTING_ON : Status::ACCOUNTING_OFF, NewId(), info),
         Simulator::Now());
}

const RadiusAccountInfo&
RadiusAccounting::GetInfo(const std::string& id) const
{
    return Find(id).info;
}

void
RadiusAccounting::SetInfo(const std::string& id, const RadiusAccountInfo& info)
{
    Find(id);
    m_open.at(id).info = info;
}

void
RadiusAccounting::Reboot()
{
    NS_LOG_INFO("all is forgotten: " << m_open.size() << " open accounts");
    m_open.clear();
    m_client->Forget();
    ++m_boots;
    m_last = 0;
}

RadiusAttributes
RadiusAccounting::Write(Status status, const std::string& id, const RadiusAccountInfo& info)
{
    RadiusAttributes record;
    record.Add(K::ACCT_STATUS_TYPE, static_cast<uint32_t>(status));
    record.Add(K::ACCT_SESSION_ID, id);
    record.Add(K::ACCT_MULTI_SESSION_ID, info.multiSessionId);
    record.Add(K::EVENT_TIMESTAMP, static_cast<uint32_t>(Simulator::Now().GetSeconds()));
    record.Add(K::USER_NAME, info.userName);
    if (info.authentic)
    {
        record.Add(K::ACCT_AUTHENTIC, static_cast<uint32_t>(*info.authentic));
    }
    if (info.nasPort)
    {
        record.Add(K::NAS_PORT, *info.nasPort);
    }
    if (info.nasPortType)
    {
        record.Add(K::NAS_PORT_TYPE, *info.nasPortType);
    }
    if (!info.address.IsAny())
    {
        record.Add(K::FRAMED_IP_ADDRESS, info.address);
    }
    record.Add(K::CALLED_STATION_ID, info.calledNumber);
    record.Add(K::CALLING_STATION_ID, info.callingNumber);
    for (const auto& opaque : info.classes)
    {
        record.Add(K::CLASS, opaque);
    }
    if (info.tunnel)
    {
        AddRadiusTunnelToAccounting(*info.tunnel, record);
    }
    record.Add(K::ACCT_TUNNEL_CONNECTION, info.tunnelConnection);
    return record;
}

RadiusAttributes
RadiusAccounting::WriteOf(Status status, const std::string& id, const Account& account)
{
    auto record = Write(status, id, account.info);
    if (account.kind == RadiusAccount::SERVICE)
    {
        record.Add(K::SERVICE_TYPE, RadiusServiceType::FRAMED);
        record.Add(K::FRAMED_PROTOCOL, RADIUS_FRAMED_PPP);
    }
    return record;
}

void
RadiusAccounting::AddUsage(const Account& account,
                           const RadiusUsage& usage,
                           RadiusAttributes& record)
{
    const auto age = (Simulator::Now() - account.begun).GetSeconds();
    record.Add(K::ACCT_SESSION_TIME, static_cast<uint32_t>(age));
    AddLong(K::ACCT_INPUT_OCTETS, K::ACCT_INPUT_GIGAWORDS, usage.inputOctets, record);
    AddLong(K::ACCT_OUTPUT_OCTETS, K::ACCT_OUTPUT_GIGAWORDS, usage.outputOctets, record);
    record.Add(K::ACCT_INPUT_PACKETS, static_cast<uint32_t>(usage.inputPackets));
    record.Add(K::ACCT_OUTPUT_PACKETS, static_cast<uint32_t>(usage.outputPackets));
    if (account.kind != RadiusAccount::SERVICE)
    {
        record.Add(K::ACCT_TUNNEL_PACKETS_LOST, usage.packetsLost);
    }
}

const RadiusAccounting::Account&
RadiusAccounting::Find(const std::string& id) const
{
    const auto it = m_open.find(id);
    NS_ABORT_MSG_IF(it == m_open.end(), "RadiusAccounting: no account " << id << " is open");
    return it->second;
}

void
RadiusAccounting::Send(RadiusAttributes record, Time event)
{
    NS_ABORT_MSG_IF(!m_client,
                    "RadiusAccounting::Client is not set, so that nobody can be told: give it a "
                    "RadiusClient");
    const auto age = (Simulator::Now() - event).GetSeconds();
    record.Set(K::ACCT_DELAY_TIME, static_cast<uint32_t>(age));
    // The accounts live on until the answer is there.
    const Ptr<RadiusAccounting> self = this;
    m_client->Account(record, [self, record, event](const RadiusResult& result) {
        const bool isAcknowledged = result.outcome == RadiusOutcome::ACCOUNTED;
        if (result.outcome == RadiusOutcome::TIMEOUT && self->m_client &&
            Simulator::Now() - event < self->m_giveUpAfter)
        {
            self->Send(record, event);
            return;
        }
        if (!isAcknowledged)
        {
            NS_LOG_WARN("a record is given up: " << RadiusOutcomeName(result.outcome));
            ++self->m_lost;
        }
        self->m_recordTrace(record, isAcknowledged);
    });
}

std::size_t
RadiusAccounting::GetOpen() const
{
    return m_open.size();
}

uint64_t
RadiusAccounting::GetLost() const
{
    return m_lost;
}

} // namespace ns3
