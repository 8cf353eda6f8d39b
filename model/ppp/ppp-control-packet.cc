/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-control-packet.h"

#include <algorithm>

namespace ns3
{

const char*
PppCodeName(uint8_t code)
{
    static constexpr const char* NAMES[] = {"Configure-Request",
                                            "Configure-Ack",
                                            "Configure-Nak",
                                            "Configure-Reject",
                                            "Terminate-Request",
                                            "Terminate-Ack",
                                            "Code-Reject",
                                            "Protocol-Reject",
                                            "Echo-Request",
                                            "Echo-Reply",
                                            "Discard-Request"};
    constexpr auto last = static_cast<uint8_t>(PppCode::DISCARD_REQUEST);
    return code >= 1 && code <= last ? NAMES[code - 1] : "unknown";
}

const char*
PppControlErrorName(PppControlError error)
{
    switch (error)
    {
    case PppControlError::NONE:
        return "none";
    case PppControlError::TRUNCATED:
        return "packet truncated";
    case PppControlError::LENGTH_TOO_SHORT:
        return "Length below four";
    case PppControlError::LENGTH_TOO_LONG:
        return "Length beyond the end";
    }
    return "unknown";
}

PppControlError
PppControlPacket::Parse(const uint8_t* octets, std::size_t size, PppControlPacket& packet)
{
    if (size < HEADER_SIZE)
    {
        return PppControlError::TRUNCATED;
    }
    const std::size_t length = octets[2] << 8 | octets[3];
    if (length < HEADER_SIZE)
    {
        return PppControlError::LENGTH_TOO_SHORT;
    }
    if (length > size)
    {
        return PppControlError::LENGTH_TOO_LONG;
    }
    packet.code = octets[0];
    packet.identifier = octets[1];
    packet.data.assign(octets + HEADER_SIZE, octets + length);
    return PppControlError::NONE;
}

std::vector<uint8_t>
PppControlPacket::Serialize() const
{
    std::vector<uint8_t> octets(HEADER_SIZE + data.size());
    octets[0] = code;
    octets[1] = identifier;
    octets[2] = static_cast<uint8_t>(octets.size() >> 8);
    octets[3] = static_cast<uint8_t>(octets.size());
    std::copy(data.begin(), data.end(), octets.begin() + HEADER_SIZE);
    return octets;
}

} // namespace ns3
