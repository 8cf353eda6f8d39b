/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fuzz-messages.h"

#include <algorithm>

namespace ns3
{

std::vector<uint8_t>
FuzzAvpValue(const L2tpAvpInfo& info)
{
    std::vector<uint8_t> value(info.minSize);
    if (info.format == L2tpAvpFormat::TEXT || info.format == L2tpAvpFormat::OCTETS)
    {
        // Longer than a block of 16 octets when hidden, if that is allowed.
        value.assign(std::clamp<std::size_t>(20, info.minSize, info.maxSize), 'a');
    }
    if (info.format == L2tpAvpFormat::U16 || info.format == L2tpAvpFormat::U32 ||
        info.format == L2tpAvpFormat::U64 || info.format == L2tpAvpFormat::RESULT_CODE)
    {
        value.back() = 1;
    }
    if (info.type == L2tpAvps::PROTOCOL_VERSION.type && info.vendor == 0)
    {
        value = {1, 0};
    }
    return value;
}

L2tpControlMessage
FuzzMessage(const L2tpMessageInfo& info, uint8_t optional)
{
    L2tpControlMessage message(info.type);
    const auto bit = static_cast<uint16_t>(info.type);
    uint8_t turn = 0;
    for (const L2tpAvpInfo& avp : L2TP_AVPS)
    {
        const bool isNeeded = avp.needed >> bit & 1;
        const bool isAllowed = avp.allowed >> bit & 1;
        const bool isWanted = isNeeded || (isAllowed && (optional >> (turn++ % 8) & 1));
        if (avp.name && isWanted && avp.type != L2tpAvps::MESSAGE_TYPE.type)
        {
            const std::vector<uint8_t> value = FuzzAvpValue(avp);
            const uint16_t flags = avp.mandatory ? L2tpAvp::FLAG_MANDATORY : 0;
            message.AddRaw({flags, avp.vendor, avp.type, value});
        }
    }
    return message;
}

std::vector<uint8_t>
FuzzDatagram(const L2tpHeader& header, const std::vector<uint8_t>& payload)
{
    std::vector<uint8_t> datagram(header.GetSerializedSize());
    header.Write(datagram.data());
    datagram.insert(datagram.end(), payload.begin(), payload.end());
    return datagram;
}

} // namespace ns3
