/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-ecn.h"

#include <array>
#include <cstddef>

namespace ns3
{

L2tpEcn
L2tpEncapsulateEcn(L2tpEcn inner, L2tpEcnMode mode)
{
    return mode == L2TP_ECN_NORMAL ? inner : L2tpEcn::NOT_ECT;
}

const L2tpEcnOutcome&
L2tpDecapsulateEcn(L2tpEcn inner, L2tpEcn outer)
{
    constexpr auto NOT_ECT = L2tpEcn::NOT_ECT;
    constexpr auto ECT_1 = L2tpEcn::ECT_1;
    constexpr auto ECT_0 = L2tpEcn::ECT_0;
    constexpr auto CE = L2tpEcn::CE;
    constexpr auto USED = L2tpEcnUse::USED;
    constexpr auto MAYBE = L2tpEcnUse::POSSIBLY_DANGEROUS;
    constexpr auto BAD = L2tpEcnUse::DANGEROUS;
    // Figure 4, but rows and columns by the binary codepoint: Not-ECT, ECT(1), ECT(0), CE.
    static constexpr std::array<std::array<L2tpEcnOutcome, 4>, 4> FIGURE_4{{
        {{{NOT_ECT, false, USED}, {NOT_ECT, false, BAD}, {NOT_ECT, false, BAD}, {CE, true, BAD}}},
        {{{ECT_1, false, USED}, {ECT_1, false, USED}, {ECT_1, false, MAYBE}, {CE, false, USED}}},
        {{{ECT_0, false, USED}, {ECT_1, false, USED}, {ECT_0, false, USED}, {CE, false, USED}}},
        {{{CE, false, USED}, {CE, false, BAD}, {CE, false, USED}, {CE, false, USED}}},
    }};
    return FIGURE_4[static_cast<std::size_t>(inner)][static_cast<std::size_t>(outer)];
}

} // namespace ns3
