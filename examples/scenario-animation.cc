/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-animation.h"

#include "ns3/names.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#ifdef L2TP_WITH_NETANIM
#include "ns3/animation-interface.h"
#else
namespace ns3
{
/// There is none: the module netanim is not installed, or not enabled.
class AnimationInterface
{
};
} // namespace ns3
#endif

namespace ns3
{

L2tpScenarioAnimation::L2tpScenarioAnimation() = default;
L2tpScenarioAnimation::~L2tpScenarioAnimation() = default;

void
L2tpScenarioAnimation::AddTo(CommandLine& cmd)
{
    cmd.AddValue("NetAnim", "whether to write an animation of the run for NetAnim", m_wanted);
}

void
L2tpScenarioAnimation::AddColumn(const NodeContainer& nodes)
{
    m_columns.push_back(nodes);
}

#ifdef L2TP_WITH_NETANIM

namespace
{

constexpr double WIDTH = 30;      //!< from one column to the next
constexpr double NARROW = 10;     //!< from one part of a long column to the next
constexpr double HEIGHT = 10;     //!< from one node to the one below it
constexpr uint32_t MAX_ROWS = 20; //!< of a column; further nodes stand beside it
constexpr uint32_t MANY = 50;     //!< nodes from which on packets are not described
/// Packets in a file: NetAnim wants all of a run in one.
constexpr uint64_t MAX_PACKETS = 1000000000;

} // namespace

void
L2tpScenarioAnimation::Begin(const L2tpScenarioOptions& options, const std::string& scenario)
{
    if (!m_wanted)
    {
        return;
    }
    uint32_t rows = 0;
    for (const NodeContainer& nodes : m_columns)
    {
        rows = std::max(rows, std::min(nodes.GetN(), MAX_ROWS));
    }
    std::vector<std::pair<Ptr<Node>, std::string>> named;
    double x = 0;
    for (const NodeContainer& nodes : m_columns)
    {
        const uint32_t used = std::min(nodes.GetN(), MAX_ROWS);
        for (uint32_t i = 0; i < nodes.GetN(); ++i)
        {
            x += i > 0 && i % MAX_ROWS == 0 ? NARROW : 0;
            const double y = HEIGHT * ((rows - used) / 2.0 + i % MAX_ROWS);
            AnimationInterface::SetConstantPosition(nodes.Get(i), x, y);
            const std::string name = Names::FindName(nodes.Get(i));
            named.emplace_back(nodes.Get(i),
                               name.empty() ? "node " + std::to_string(nodes.Get(i)->GetId())
                                            : name);
        }
        x += WIDTH;
    }
    m_animation = std::make_unique<AnimationInterface>(options.PathOf(scenario + ".xml"));
    m_animation->SetMaxPktsPerTraceFile(MAX_PACKETS);
    m_animation->EnablePacketMetadata(named.size() < MANY);
    for (const auto& [node, name] : named)
    {
        m_animation->UpdateNodeDescription(node, name);
        m_animation->UpdateNodeSize(node->GetId(), 3, 3);
    }
}

#else

void
L2tpScenarioAnimation::Begin(const L2tpScenarioOptions& /* options */,
                             const std::string& /* scenario */)
{
    NS_ABORT_MSG_IF(m_wanted,
                    "--NetAnim is not available: this program was built without ns-3's module "
                    "netanim; enable it, and build again");
}

#endif

} // namespace ns3
