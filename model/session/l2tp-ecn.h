/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ECN_H
#define L2TP_ECN_H

#include <cstdint>

namespace ns3
{

/// The codepoints of the ECN field, the last two bits of an IP header's traffic class (RFC 6040,
/// section 2, table 1).
enum class L2tpEcn : uint8_t
{
    NOT_ECT = 0, //!< not ECN-capable transport
    ECT_1 = 1,   //!< ECN-capable transport
    ECT_0 = 2,   //!< ECN-capable transport
    CE = 3,      //!< congestion experienced
};

/// How the ECN field of outer headers is made, and whether it is looked at on arrival. Unscoped, as
/// EnumValue of ns-3.40 and earlier needs it.
enum L2tpEcnMode
{
    L2TP_ECN_NONE, //!< outer headers are Not-ECT, and ignored on arrival: a tunnel end that
                   //!< knows nothing of ECN
    L2TP_ECN_COMPATIBILITY, //!< compatibility mode (RFC 6040, section 4.1): Not-ECT
    L2TP_ECN_NORMAL,        //!< normal mode: a copy of the inner field
};

/// What is thought of a combination of inner and outer field (RFC 6040, section 4.2).
enum class L2tpEcnUse : uint8_t
{
    USED,               //!< it occurs
    POSSIBLY_DANGEROUS, //!< currently unused: (!)
    DANGEROUS,          //!< currently unused, and always potentially dangerous: (!!!)
};

/// What becomes of a packet that leaves a tunnel (RFC 6040, section 4.2, figure 4).
struct L2tpEcnOutcome
{
    L2tpEcn outgoing; //!< the field that it goes on with
    bool isDropped;   //!< whether it is dropped instead
    L2tpEcnUse use;   //!< what is thought of it
};

/// The ECN field of a traffic class. @param trafficClass the octet @return the field
constexpr L2tpEcn
L2tpEcnOf(uint8_t trafficClass)
{
    return static_cast<L2tpEcn>(trafficClass & 3);
}

/**
 * @brief Replace the ECN field of a traffic class.
 * @param trafficClass the octet
 * @param ecn the field
 * @return the octet with the field
 */
constexpr uint8_t
L2tpWithEcn(uint8_t trafficClass, L2tpEcn ecn)
{
    return static_cast<uint8_t>((trafficClass & ~3) | static_cast<uint8_t>(ecn));
}

/**
 * @brief The ECN field of the outer header of a packet that enters a tunnel (RFC 6040, section 4.1,
 * figure 3).
 * @param inner its own ECN field, which stays as it is
 * @param mode the mode
 * @return the outer field
 */
L2tpEcn L2tpEncapsulateEcn(L2tpEcn inner, L2tpEcnMode mode);

/**
 * @brief What becomes of a packet that leaves a tunnel (RFC 6040, section 4.2, figure 4). It is the
 * same whatever mode it entered by.
 * @param inner its own ECN field
 * @param outer that of the outer header
 * @return what becomes of it
 */
const L2tpEcnOutcome& L2tpDecapsulateEcn(L2tpEcn inner, L2tpEcn outer);

} // namespace ns3

#endif /* L2TP_ECN_H */
