/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-message-catalog.h"

namespace ns3
{

const L2tpMessageInfo*
FindL2tpMessage(uint16_t type)
{
    for (const auto& row : L2TP_MESSAGES)
    {
        if (static_cast<uint16_t>(row.type) == type)
        {
            return &row;
        }
    }
    return nullptr;
}

std::string
L2tpMessageName(uint16_t type)
{
    const L2tpMessageInfo* row = FindL2tpMessage(type);
    return row ? row->name : "message " + std::to_string(type);
}

} // namespace ns3
