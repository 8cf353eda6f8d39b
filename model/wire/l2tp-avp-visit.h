/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_AVP_VISIT_H
#define L2TP_AVP_VISIT_H

#include "l2tp-avp-value.h"
#include "l2tp-byte-view.h"

#include <cstdint>
#include <optional>

namespace ns3
{

/**
 * @brief Read the value of an AVP as the type that its format has, and hand it to a visitor.
 *
 * Text and octets are handed over as they are, with the format that tells them apart.
 * @tparam Result what the visitor makes of a value
 * @tparam Visitor takes a value of any of the types, and the format
 * @param format what the value holds
 * @param octets the value, in clear
 * @param visitor the visitor
 * @return what the visitor made; nothing if the octets are no value of the format
 */
template <typename Result, typename Visitor>
std::optional<Result>
VisitL2tpValue(L2tpAvpFormat format, L2tpByteView octets, Visitor visitor)
{
    const auto as = [&](auto value) -> std::optional<Result> {
        if (!ReadL2tpValue(octets, value))
        {
            return std::nullopt;
        }
        return visitor(value, format);
    };
    switch (format)
    {
    case L2tpAvpFormat::U16:
        return as(uint16_t{});
    case L2tpAvpFormat::U32:
        return as(uint32_t{});
    case L2tpAvpFormat::U64:
        return as(uint64_t{});
    case L2tpAvpFormat::OCTETS:
    case L2tpAvpFormat::TEXT:
        return visitor(octets, format);
    case L2tpAvpFormat::EMPTY:
        return as(L2tpPresence{});
    case L2tpAvpFormat::RESULT_CODE:
        return as(L2tpResultCode{});
    case L2tpAvpFormat::Q931_CAUSE:
        return as(L2tpQ931Cause{});
    case L2tpAvpFormat::CALL_ERRORS:
        return as(L2tpCallErrors{});
    case L2tpAvpFormat::ACCM:
        return as(L2tpAccm{});
    case L2tpAvpFormat::DISCONNECT:
        return as(L2tpDisconnectCause{});
    }
    return std::nullopt;
}

} // namespace ns3

#endif /* L2TP_AVP_VISIT_H */
