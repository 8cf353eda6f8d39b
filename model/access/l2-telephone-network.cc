/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2-telephone-network.h"

#include "l2-serial-line.h"
#include "l2-serial-net-device.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2TelephoneNetwork);

TypeId
L2TelephoneNetwork::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2TelephoneNetwork")
            .SetParent<Channel>()
            .SetGroupName("L2tp")
            .AddConstructor<L2TelephoneNetwork>()
            .AddAttribute("Delay",
                          "Time that a bit or a signal takes from one end of a call to the other.",
                          TimeValue(MilliSeconds(10)),
                          MakeTimeAccessor(&L2TelephoneNetwork::m_delay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("SetupTime",
                          "Time to dial and to find the line that is called, before the Delay.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&L2TelephoneNetwork::m_setupTime),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("TrainingTime",
                          "Time from an answer until frames pass. Modems take up to half a minute "
                          "to get to know the line, ISDN takes none.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&L2TelephoneNetwork::m_trainingTime),
                          MakeTimeChecker(Seconds(0)));
    return tid;
}

L2TelephoneNetwork::L2TelephoneNetwork() = default;
L2TelephoneNetwork::~L2TelephoneNetwork() = default;

void
L2TelephoneNetwork::DoDispose()
{
    m_ports.clear();
    m_numbers.clear();
    Channel::DoDispose();
}

void
L2TelephoneNetwork::Attach(Ptr<L2SerialNetDevice> device, const std::string& number)
{
    NS_ABORT_MSG_IF(!device || !device->GetNode() || !device->GetLine(),
                    "ns3::L2TelephoneNetwork: Attach() takes a device with a line, on a node");
    NS_ABORT_MSG_IF(number.empty(), "ns3::L2TelephoneNetwork: a line needs a number: give one");
    auto& group = m_numbers[number];
    NS_ABORT_MSG_IF(!group.empty() && m_ports[group.front()].nodeId != device->GetNode()->GetId(),
                    "ns3::L2TelephoneNetwork: number "
                        << number << " is taken by node " << m_ports[group.front()].nodeId
                        << ", and only lines of one node can share a number: give another one");
    const auto index = static_cast<uint32_t>(m_ports.size());
    group.push_back(index);
    m_ports.push_back({device, device->GetLine(), device->GetNode()->GetId()});
    device->SetNetwork(this);
    device->GetLine()->SetNetwork(this, index, number);
}

void
L2TelephoneNetwork::Call(const L2LineSignal& setup)
{
    const auto found = m_numbers.find(setup.numbers.called);
    if (found == m_numbers.end())
    {
        // The exchange next to the caller says so.
        L2LineSignal release = setup;
        release.kind = L2LineSignal::Kind::RELEASE;
        release.cause = L2LineCause::NO_SUCH_NUMBER;
        Simulator::ScheduleWithContext(m_ports[setup.from].nodeId,
                                       m_setupTime,
                                       &L2SerialLine::ReceiveSignal,
                                       m_ports[setup.from].line,
                                       release);
        return;
    }
    Simulator::ScheduleWithContext(m_ports[found->second.front()].nodeId,
                                   m_setupTime + m_delay,
                                   &L2TelephoneNetwork::Ring,
                                   Ptr<L2TelephoneNetwork>(this),
                                   setup);
}

void
L2TelephoneNetwork::Ring(L2LineSignal setup)
{
    const auto found = m_numbers.find(setup.numbers.called);
    if (found == m_numbers.end())
    {
        return; // disposed of
    }
    for (const auto index : found->second)
    {
        const auto line = m_ports[index].line;
        if (line->IsFree())
        {
            line->ReceiveSignal(setup);
            return;
        }
    }
    L2LineSignal release = setup;
    release.kind = L2LineSignal::Kind::RELEASE;
    release.from = found->second.front();
    release.cause = L2LineCause::BUSY;
    Signal(setup.from, release);
}

void
L2TelephoneNetwork::GiveUp(const L2LineSignal& release, Time dialled)
{
    const auto found = m_numbers.find(release.numbers.called);
    if (found == m_numbers.end())
    {
        return;
    }
    // Behind the call, which may still be on its way.
    const Time wait = std::max(dialled + m_setupTime - Simulator::Now(), Seconds(0));
    Simulator::ScheduleWithContext(m_ports[found->second.front()].nodeId,
                                   wait + m_delay,
                                   &L2TelephoneNetwork::StopRinging,
                                   Ptr<L2TelephoneNetwork>(this),
                                   release);
}

void
L2TelephoneNetwork::StopRinging(L2LineSignal release)
{
    const auto found = m_numbers.find(release.numbers.called);
    if (found == m_numbers.end())
    {
        return; // disposed of
    }
    for (const auto index : found->second)
    {
        const auto line = m_ports[index].line;
        if (line->HasCall(release.call))
        {
            line->ReceiveSignal(release);
            return;
        }
    }
}

void
L2TelephoneNetwork::Signal(uint32_t to, const L2LineSignal& signal)
{
    if (to >= m_ports.size())
    {
        return; // disposed of
    }
    Simulator::ScheduleWithContext(m_ports[to].nodeId,
                                   m_delay,
                                   &L2SerialLine::ReceiveSignal,
                                   m_ports[to].line,
                                   signal);
}

void
L2TelephoneNetwork::Transmit(uint32_t to, uint64_t call, Ptr<Packet> octets, Time duration)
{
    if (to >= m_ports.size())
    {
        return; // disposed of
    }
    Simulator::ScheduleWithContext(m_ports[to].nodeId,
                                   duration + m_delay,
                                   &L2SerialLine::ReceiveOctets,
                                   m_ports[to].line,
                                   call,
                                   octets);
}

Time
L2TelephoneNetwork::GetTrainingTime() const
{
    return m_trainingTime;
}

std::size_t
L2TelephoneNetwork::GetNDevices() const
{
    return m_ports.size();
}

Ptr<NetDevice>
L2TelephoneNetwork::GetDevice(std::size_t i) const
{
    return m_ports.at(i).device;
}

} // namespace ns3
