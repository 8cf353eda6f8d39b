/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-gilbert-elliott-error-model.h"

#include "ns3/abort.h"
#include "ns3/double.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpGilbertElliottErrorModel);

TypeId
L2tpGilbertElliottErrorModel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpGilbertElliottErrorModel")
            .SetParent<ErrorModel>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpGilbertElliottErrorModel>()
            .AddAttribute("MeanBurst",
                          "How many packets a burst of losses takes in the mean, at least 1.",
                          DoubleValue(5),
                          MakeDoubleAccessor(&L2tpGilbertElliottErrorModel::m_meanBurst),
                          MakeDoubleChecker<double>(1))
            .AddAttribute("MeanGap",
                          "How many packets the gap between two bursts takes in the mean, at least "
                          "1.",
                          DoubleValue(100),
                          MakeDoubleAccessor(&L2tpGilbertElliottErrorModel::m_meanGap),
                          MakeDoubleChecker<double>(1))
            .AddAttribute("LossInBurst",
                          "The probability that a packet in a burst is lost, 0 to 1.",
                          DoubleValue(1),
                          MakeDoubleAccessor(&L2tpGilbertElliottErrorModel::m_lossInBurst),
                          MakeDoubleChecker<double>(0, 1))
            .AddAttribute("LossInGap",
                          "The probability that a packet in a gap is lost, 0 to 1.",
                          DoubleValue(0),
                          MakeDoubleAccessor(&L2tpGilbertElliottErrorModel::m_lossInGap),
                          MakeDoubleChecker<double>(0, 1));
    return tid;
}

L2tpGilbertElliottErrorModel::L2tpGilbertElliottErrorModel()
    : m_chance(CreateObject<UniformRandomVariable>())
{
}

double
L2tpGilbertElliottErrorModel::GetGapFor(double loss, double meanBurst)
{
    NS_ABORT_MSG_IF(!(loss > 0 && loss <= meanBurst / (meanBurst + 1)),
                    "no gaps of one packet or more between bursts of "
                        << meanBurst << " packets give a loss of " << loss
                        << ": give it more than 0 and at most " << meanBurst / (meanBurst + 1));
    return meanBurst * (1 - loss) / loss;
}

double
L2tpGilbertElliottErrorModel::GetMeanLoss() const
{
    return (m_meanBurst * m_lossInBurst + m_meanGap * m_lossInGap) / (m_meanBurst + m_meanGap);
}

int64_t
L2tpGilbertElliottErrorModel::AssignStreams(int64_t stream)
{
    m_chance->SetStream(stream);
    return 1;
}

bool
L2tpGilbertElliottErrorModel::Happens(double probability)
{
    return probability >= 1 || (probability > 0 && m_chance->GetValue() < probability);
}

bool
L2tpGilbertElliottErrorModel::DoCorrupt(Ptr<Packet> /* packet */)
{
    if (!IsEnabled())
    {
        return false;
    }
    if (Happens(1 / (m_bad ? m_meanBurst : m_meanGap)))
    {
        m_bad = !m_bad;
    }
    return Happens(m_bad ? m_lossInBurst : m_lossInGap);
}

void
L2tpGilbertElliottErrorModel::DoReset()
{
    m_bad = false;
}

} // namespace ns3
