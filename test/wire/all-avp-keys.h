/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_ALL_AVP_KEYS_H
#define L2TP_TEST_ALL_AVP_KEYS_H

#include "ns3/l2tp-control-message.h"

#include <gtest/gtest.h>

namespace ns3
{

/**
 * @brief Call a function with every key of L2tpAvps.
 * @param visit the function, for a key of any value type
 */
template <typename Visitor>
void
VisitAllAvpKeys(Visitor visit)
{
    visit(L2tpAvps::MESSAGE_TYPE);
    visit(L2tpAvps::RESULT_CODE);
    visit(L2tpAvps::PROTOCOL_VERSION);
    visit(L2tpAvps::FRAMING_CAPABILITIES);
    visit(L2tpAvps::BEARER_CAPABILITIES);
    visit(L2tpAvps::TIE_BREAKER);
    visit(L2tpAvps::FIRMWARE_REVISION);
    visit(L2tpAvps::HOST_NAME);
    visit(L2tpAvps::VENDOR_NAME);
    visit(L2tpAvps::ASSIGNED_TUNNEL_ID);
    visit(L2tpAvps::RECEIVE_WINDOW_SIZE);
    visit(L2tpAvps::CHALLENGE);
    visit(L2tpAvps::Q931_CAUSE_CODE);
    visit(L2tpAvps::CHALLENGE_RESPONSE);
    visit(L2tpAvps::ASSIGNED_SESSION_ID);
    visit(L2tpAvps::CALL_SERIAL_NUMBER);
    visit(L2tpAvps::MINIMUM_BPS);
    visit(L2tpAvps::MAXIMUM_BPS);
    visit(L2tpAvps::BEARER_TYPE);
    visit(L2tpAvps::FRAMING_TYPE);
    visit(L2tpAvps::CALLED_NUMBER);
    visit(L2tpAvps::CALLING_NUMBER);
    visit(L2tpAvps::SUB_ADDRESS);
    visit(L2tpAvps::TX_CONNECT_SPEED);
    visit(L2tpAvps::PHYSICAL_CHANNEL_ID);
    visit(L2tpAvps::INITIAL_RECEIVED_LCP_CONFREQ);
    visit(L2tpAvps::LAST_SENT_LCP_CONFREQ);
    visit(L2tpAvps::LAST_RECEIVED_LCP_CONFREQ);
    visit(L2tpAvps::PROXY_AUTHEN_TYPE);
    visit(L2tpAvps::PROXY_AUTHEN_NAME);
    visit(L2tpAvps::PROXY_AUTHEN_CHALLENGE);
    visit(L2tpAvps::PROXY_AUTHEN_ID);
    visit(L2tpAvps::PROXY_AUTHEN_RESPONSE);
    visit(L2tpAvps::CALL_ERRORS);
    visit(L2tpAvps::ACCM);
    visit(L2tpAvps::RANDOM_VECTOR);
    visit(L2tpAvps::PRIVATE_GROUP_ID);
    visit(L2tpAvps::RX_CONNECT_SPEED);
    visit(L2tpAvps::SEQUENCING_REQUIRED);
    visit(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE);
}

/**
 * @brief Read a value by its key, and append it by its key.
 * @tparam T the type of the value
 * @param key the key
 * @param octets the value's octets
 * @param message what to append to
 */
template <typename T>
void
AddAsRead(const L2tpAvpKey<T>& key, L2tpByteView octets, L2tpControlMessage& message)
{
    T value{};
    EXPECT_TRUE(ReadL2tpValue(octets, value)) << L2tpAvpName(0, key.type);
    message.Add(key, value);
}

/**
 * @brief Make a message again from the values that were read from it.
 *
 * An AVP goes through Add() if the RFC defines it and its flags are those that the catalogue
 * gives, else through AddRaw().
 *
 * @param message the message
 * @return one with the same AVPs in the same order
 */
inline L2tpControlMessage
RebuildByKeys(const L2tpControlMessage& message)
{
    L2tpControlMessage rebuilt;
    for (std::size_t i = 0; i < message.GetNAvps(); ++i)
    {
        const L2tpAvp avp = message.GetAvp(i);
        const L2tpAvpInfo* info = FindL2tpAvp(avp.vendor, avp.type);
        if (!info || avp.flags != (info->mandatory ? L2tpAvp::FLAG_MANDATORY : 0))
        {
            rebuilt.AddRaw(avp);
            continue;
        }
        VisitAllAvpKeys([&](const auto& key) {
            if (key.type == avp.type)
            {
                AddAsRead(key, avp.value, rebuilt);
            }
        });
    }
    return rebuilt;
}

} // namespace ns3

#endif /* L2TP_TEST_ALL_AVP_KEYS_H */
