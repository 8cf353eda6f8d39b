/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fault-model.h"

#include "l2tp-error-model-streams.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/log.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2tpFaultModel");
NS_OBJECT_ENSURE_REGISTERED(L2tpFaultModel);

const char*
L2tpFaultName(L2tpFault fault)
{
    switch (fault)
    {
    case L2tpFault::LOST:
        return "lost";
    case L2tpFault::DUPLICATED:
        return "duplicated";
    case L2tpFault::DELAYED:
        return "delayed";
    case L2tpFault::DAMAGED:
        return "damaged";
    }
    return "unknown";
}

TypeId
L2tpFaultModel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpFaultModel")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpFaultModel>()
            .AddAttribute("Enabled",
                          "Whether anything goes wrong at all.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&L2tpFaultModel::m_enabled),
                          MakeBooleanChecker())
            .AddAttribute("Cut",
                          "Whether the line is cut: all frames are lost.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpFaultModel::m_cut),
                          MakeBooleanChecker())
            .AddAttribute("Loss",
                          "Which frames are lost: any of ns-3's error models, or none.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpFaultModel::m_loss),
                          MakePointerChecker<ErrorModel>())
            .AddAttribute("DuplicateRate",
                          "The probability that a frame arrives twice, 0 to 1.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&L2tpFaultModel::m_duplicateRate),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("DuplicateDelay",
                          "How many seconds later than the frame its duplicate arrives; less than "
                          "0 is taken as 0.",
                          StringValue("ns3::ConstantRandomVariable[Constant=0]"),
                          MakePointerAccessor(&L2tpFaultModel::m_duplicateDelay),
                          MakePointerChecker<RandomVariableStream>())
            .AddAttribute("DelayRate",
                          "The probability that a frame is held back, 0 to 1. Those that are not "
                          "overtake it.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&L2tpFaultModel::m_delayRate),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("Delay",
                          "For how many seconds a frame is held back; less than 0 is taken as 0.",
                          StringValue("ns3::UniformRandomVariable[Min=0|Max=0.1]"),
                          MakePointerAccessor(&L2tpFaultModel::m_delay),
                          MakePointerChecker<RandomVariableStream>())
            .AddAttribute("CorruptRate",
                          "The probability that one bit of a frame is turned over, 0 to 1. Of a "
                          "frame that arrives twice it is the first that suffers.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&L2tpFaultModel::m_corruptRate),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("CorruptFrom",
                          "The first octet of a frame that may be damaged: 20 spares an IPv4 "
                          "header. Frames that are not longer are left alone.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&L2tpFaultModel::m_corruptFrom),
                          MakeUintegerChecker<uint32_t>())
            .AddTraceSource("Fault",
                            "Something happens to a frame; more than one thing may",
                            MakeTraceSourceAccessor(&L2tpFaultModel::m_faultTrace),
                            "ns3::L2tpFaultModel::FaultTracedCallback");
    return tid;
}

L2tpFaultModel::L2tpFaultModel()
    : m_chance(CreateObject<UniformRandomVariable>())
{
}

L2tpFaultModel::~L2tpFaultModel() = default;

void
L2tpFaultModel::DoDispose()
{
    m_loss = nullptr;
    m_duplicateDelay = nullptr;
    m_delay = nullptr;
    m_chance = nullptr;
    Object::DoDispose();
}

Time
L2tpFaultModel::Draw(Ptr<RandomVariableStream> delay, const char* attribute)
{
    NS_ABORT_MSG_IF(!delay,
                    "L2tpFaultModel::" << attribute
                                       << " is not set: give it a random variable of seconds");
    return Seconds(std::max(0.0, delay->GetValue()));
}

bool
L2tpFaultModel::Happens(double rate)
{
    return rate > 0 && m_chance->GetValue() < rate;
}

L2tpFaultModel::Fate
L2tpFaultModel::Judge(Ptr<const Packet> frame)
{
    Fate fate;
    ++m_statistics.frames;
    // An error model may change the packet that it is asked about.
    if (m_cut || (m_enabled && m_loss && m_loss->IsCorrupt(frame->Copy())))
    {
        NS_LOG_LOGIC("frame " << frame->GetUid() << " lost");
        fate.copies = 0;
        ++m_statistics.lost;
        m_faultTrace(L2tpFault::LOST, frame, Time());
        return fate;
    }
    if (!m_enabled)
    {
        return fate;
    }
    if (Happens(m_delayRate))
    {
        fate.delays[0] = Draw(m_delay, "Delay");
        NS_LOG_LOGIC("frame " << frame->GetUid() << " delayed by " << fate.delays[0]);
        ++m_statistics.delayed;
        m_faultTrace(L2tpFault::DELAYED, frame, fate.delays[0]);
    }
    if (Happens(m_duplicateRate))
    {
        fate.copies = 2;
        fate.delays[1] = fate.delays[0] + Draw(m_duplicateDelay, "DuplicateDelay");
        NS_LOG_LOGIC("frame " << frame->GetUid() << " duplicated");
        ++m_statistics.duplicated;
        m_faultTrace(L2tpFault::DUPLICATED, frame, fate.delays[1]);
    }
    if (frame->GetSize() > m_corruptFrom && Happens(m_corruptRate))
    {
        fate.damagedBit = m_chance->GetInteger(8 * m_corruptFrom, 8 * frame->GetSize() - 1);
        NS_LOG_LOGIC("frame " << frame->GetUid() << " damaged at bit " << *fate.damagedBit);
        ++m_statistics.damaged;
        m_faultTrace(L2tpFault::DAMAGED, frame, fate.delays[0]);
    }
    return fate;
}

const L2tpFaultModel::Statistics&
L2tpFaultModel::GetStatistics() const
{
    return m_statistics;
}

int64_t
L2tpFaultModel::AssignStreams(int64_t stream)
{
    m_chance->SetStream(stream);
    if (m_duplicateDelay)
    {
        m_duplicateDelay->SetStream(stream + 1);
    }
    if (m_delay)
    {
        m_delay->SetStream(stream + 2);
    }
    return 3 + L2tpAssignErrorModelStreams(m_loss, stream + 3);
}

} // namespace ns3
