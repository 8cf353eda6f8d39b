/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SERVER_ADDRESS_H
#define L2TP_SERVER_ADDRESS_H

#include "ns3/address.h"
#include "ns3/node.h"
#include "ns3/ptr.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Find the address at which others reach an LNS: the first one of its first interface.
 * @param lns the LNS's node
 * @param ipv6 whether it is to be a global IPv6 address
 * @return the address; the program stops if there is none
 */
Address FindL2tpServerAddress(Ptr<const Node> lns, bool ipv6);

} // namespace ns3

#endif /* L2TP_SERVER_ADDRESS_H */
