/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CONTROL_MESSAGE_VERDICT_H
#define CONTROL_MESSAGE_VERDICT_H

#include "octets.h"

#include "ns3/l2tp-control-message.h"

#include <gtest/gtest.h>
#include <string>

namespace ns3
{

/**
 * @brief Check a message.
 * @param message the message
 * @return "good", or what is cleared and with which codes, and the Error Message
 */
inline std::string
Verdict(L2tpControlMessage& message)
{
    const auto fault = message.Check();
    if (!fault)
    {
        return "good";
    }
    EXPECT_TRUE(fault->code.error.has_value());
    return std::string(fault->clearsTunnel ? "tunnel " : "session ") +
           std::to_string(fault->code.result) + "/" +
           std::to_string(fault->code.error.value_or(0)) + " " + fault->code.message;
}

/**
 * @brief Parse the octets behind a header.
 * @param hex the octets
 * @return the message
 */
inline L2tpControlMessage
Parsed(const std::string& hex)
{
    L2tpControlMessage message;
    EXPECT_EQ(L2tpControlMessage::Parse(Octets(hex), message), L2tpAvpError::NONE);
    return message;
}

} // namespace ns3

#endif /* CONTROL_MESSAGE_VERDICT_H */
