/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_RADIUS_H
#define SCENARIO_RADIUS_H

#include "ns3/l2tp-access-server.h"
#include "ns3/l2tp-ladder.h"
#include "ns3/l2tp-radius-selector.h"
#include "ns3/node-container.h"
#include "ns3/ppp-radius-user-table.h"
#include "ns3/ptr.h"
#include "ns3/radius-server.h"

#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// @name Lines of words in a ladder, which must live as long as the run
/// @{
/// Note how calls come on at an access server. @param ladder where @param server the access server
void L2tpScenarioNote(L2tpLadder& ladder, Ptr<L2tpAccessServer> server);
/// Note which tunnels RADIUS chooses. @param ladder where @param selector who asks it
void L2tpScenarioNote(L2tpLadder& ladder, Ptr<L2tpRadiusSelector> selector);
/// Note whom RADIUS lets in. @param ladder where @param users who asks it
void L2tpScenarioNote(L2tpLadder& ladder, Ptr<PppRadiusUserTable> users);
/// @}

/**
 * @brief Sum up what some of a RADIUS server's clients have told of a domain's users (RFC 2866).
 * @param server the server
 * @param domain the domain
 * @param clients the clients: whoever carries a session accounts for it
 * @return "starts" and "stops" of sessions; of those stopped "octets_from" and "octets_to" users
 */
std::vector<std::pair<std::string, double>> L2tpScenarioAccounts(const RadiusServer& server,
                                                                 const std::string& domain,
                                                                 const NodeContainer& clients);

} // namespace ns3

#endif /* SCENARIO_RADIUS_H */
