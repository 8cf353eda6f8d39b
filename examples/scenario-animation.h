/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_ANIMATION_H
#define SCENARIO_ANIMATION_H

#include "scenario-options.h"

#include "ns3/command-line.h"
#include "ns3/node-container.h"

#include <memory>
#include <string>
#include <vector>

namespace ns3
{

class AnimationInterface;

/**
 * @brief An animation of the run for NetAnim, if --NetAnim asks for it: SCENARIO.xml, in which each
 * node has its place and its name.
 *
 * Without ns-3's module netanim the option stops the program.
 */
class L2tpScenarioAnimation
{
  public:
    L2tpScenarioAnimation();
    ~L2tpScenarioAnimation();
    L2tpScenarioAnimation(const L2tpScenarioAnimation&) = delete;
    L2tpScenarioAnimation& operator=(const L2tpScenarioAnimation&) = delete;

    /// Add the option --NetAnim. @param cmd the command line
    void AddTo(CommandLine& cmd);

    /**
     * @brief Place nodes one below the other, to the right of those that have a place.
     * @param nodes the nodes
     */
    void AddColumn(const NodeContainer& nodes);

    /**
     * @brief Begin, when all nodes have their links. It ends with this object.
     * @param options the options
     * @param scenario the scenario's name
     */
    void Begin(const L2tpScenarioOptions& options, const std::string& scenario);

  private:
    bool m_wanted{false};                            //!< option --NetAnim
    std::vector<NodeContainer> m_columns;            //!< from left to right
    std::unique_ptr<AnimationInterface> m_animation; //!< what writes it
};

} // namespace ns3

#endif /* SCENARIO_ANIMATION_H */
