/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FUZZ_WAYS_H
#define L2TP_FUZZ_WAYS_H

#include "ns3/l2tp-endpoint.h"
#include "ns3/string.h"

#include <array>
#include <cstdint>

namespace ns3
{

/// A choice that the endpoint has, by a bit of the input.
struct FuzzWay
{
    const char* attribute; //!< which attribute
    uint8_t bit;           //!< by which bit
    const char* clear;     //!< its value if that is 0
    const char* set;       //!< its value if that is 1
};

/// All of them.
inline constexpr std::array<FuzzWay, 10> FUZZ_WAYS{{
    {"ReceiveQueueing", 1, "ns3::L2tpKeepEarly", "ns3::L2tpDiscardEarly"},
    {"CongestionWindow", 2, "ns3::L2tpSlowStart", "ns3::L2tpFixedWindow"},
    {"AcknowledgementPolicy",
     4,
     "ns3::L2tpDelayedAcknowledgement",
     "ns3::L2tpImmediateAcknowledgement"},
    {"RetransmissionPolicy", 8, "ns3::L2tpExponentialBackoff", "ns3::L2tpAdaptiveTimeout"},
    {"Resend", 8, "All", "Each"},
    {"Marking", 16, "ns3::L2tpNoMarking", "ns3::L2tpCopyMarking"},
    {"ReorderTimeout", 32, "0ms", "200ms"},
    {"LengthInData", 64, "false", "true"},
    {"DataOffset", 64, "0", "3"},
    {"ReceiveWindowSize", 128, "4", "1"},
}};

/**
 * @brief Set how an endpoint handles control and data messages, where there are several ways.
 * @param endpoint the endpoint
 * @param octet of the input: which of them
 */
inline void
SetFuzzWays(L2tpEndpoint& endpoint, uint8_t octet)
{
    for (const FuzzWay& way : FUZZ_WAYS)
    {
        endpoint.SetAttribute(way.attribute, StringValue(octet & way.bit ? way.set : way.clear));
    }
}

} // namespace ns3

#endif /* L2TP_FUZZ_WAYS_H */
