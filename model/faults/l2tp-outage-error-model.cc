/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-outage-error-model.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpOutageErrorModel);

TypeId
L2tpOutageErrorModel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpOutageErrorModel")
            .SetParent<ErrorModel>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpOutageErrorModel>()
            .AddAttribute("Outages",
                          "When nothing arrives: start and length of each outage, as in \"10s+5s "
                          "60s+500ms\".",
                          StringValue(""),
                          MakeStringAccessor(&L2tpOutageErrorModel::SetOutages),
                          MakeStringChecker());
    return tid;
}

void
L2tpOutageErrorModel::AddOutage(Time start, Time length)
{
    NS_ABORT_MSG_IF(start.IsStrictlyNegative() || !length.IsStrictlyPositive(),
                    "L2tpOutageErrorModel::Outages: an outage at "
                        << start.As(Time::S) << " of " << length.As(Time::S)
                        << ": give a start of 0 or later, and a length of more than 0");
    Time end = start + length;
    auto it = m_outages.upper_bound(start);
    if (it != m_outages.begin() && std::prev(it)->second >= start)
    {
        --it;
        start = it->first;
    }
    while (it != m_outages.end() && it->first <= end)
    {
        end = std::max(end, it->second);
        it = m_outages.erase(it);
    }
    m_outages[start] = end;
}

void
L2tpOutageErrorModel::SetOutages(std::string outages)
{
    m_outages.clear();
    std::istringstream words(outages);
    for (std::string word; words >> word;)
    {
        const auto plus = word.find('+');
        NS_ABORT_MSG_IF(plus == std::string::npos || plus == 0 || plus + 1 == word.size(),
                        "L2tpOutageErrorModel::Outages: '"
                            << word << "' is no START+LENGTH: give two times, as in 10s+5s");
        AddOutage(Time(word.substr(0, plus)), Time(word.substr(plus + 1)));
    }
}

bool
L2tpOutageErrorModel::DoCorrupt(Ptr<Packet> /* packet */)
{
    if (!IsEnabled())
    {
        return false;
    }
    const auto later = m_outages.upper_bound(Simulator::Now());
    return later != m_outages.begin() && Simulator::Now() < std::prev(later)->second;
}

void
L2tpOutageErrorModel::DoReset()
{
}

} // namespace ns3
