/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ACCEPTABLE_OCRQ_H
#define L2TP_ACCEPTABLE_OCRQ_H

#include "ns3/l2tp-control-message.h"

#include <cstdint>
#include <string>

namespace ns3
{

/**
 * @brief An OCRQ that is acceptable, but for what is said (RFC 2661, section 6.9).
 * @param id Assigned Session ID
 * @param minimumBps Minimum BPS
 * @param maximumBps Maximum BPS
 * @param bearer Bearer Type
 * @param framing Framing Type
 * @return the message
 */
inline L2tpControlMessage
AcceptableOcrq(uint16_t id,
               uint32_t minimumBps = 9600,
               uint32_t maximumBps = 64000,
               uint32_t bearer = 0,
               uint32_t framing = L2tpFraming::SYNCHRONOUS)
{
    L2tpControlMessage message(L2tpMessageType::OCRQ);
    message.Add(L2tpAvps::ASSIGNED_SESSION_ID, id);
    message.Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(7));
    message.Add(L2tpAvps::MINIMUM_BPS, minimumBps);
    message.Add(L2tpAvps::MAXIMUM_BPS, maximumBps);
    message.Add(L2tpAvps::BEARER_TYPE, bearer);
    message.Add(L2tpAvps::FRAMING_TYPE, framing);
    message.Add(L2tpAvps::CALLED_NUMBER, std::string("5551234"));
    return message;
}

} // namespace ns3

#endif /* L2TP_ACCEPTABLE_OCRQ_H */
