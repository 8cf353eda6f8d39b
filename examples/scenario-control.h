/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_CONTROL_H
#define SCENARIO_CONTROL_H

#include "ns3/command-line.h"
#include "ns3/l2tp-ends-helper.h"

#include <string>

namespace ns3
{

/**
 * @brief The options about how the ends of a tunnel deliver control messages.
 */
struct L2tpScenarioControl
{
    std::string profile;    //!< --Profile: whose habits both ends have; empty: the RFC's
    std::string lacProfile; //!< --LacProfile: the LAC's instead, empty: as profile
    std::string lnsProfile; //!< --LnsProfile: the LNS's instead, empty: as profile
    bool lockStep{false};   //!< --LockStep: whether one message waits for the other

    /**
     * @brief Add the options to a command line.
     * @param cmd the command line
     */
    void AddTo(CommandLine& cmd);

    /**
     * @brief Put the options into effect. What is set at the helper later wins.
     * @param helper the helper, before it installs anything
     */
    void ApplyTo(L2tpEndsHelper& helper) const;
};

} // namespace ns3

#endif /* SCENARIO_CONTROL_H */
