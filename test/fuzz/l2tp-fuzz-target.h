/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FUZZ_TARGET_H
#define L2TP_FUZZ_TARGET_H

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

/**
 * @brief What a fuzz target does with an input: each target is a program that defines it. libFuzzer
 * calls it with what it makes up; l2tp-fuzz-replay.cc with what is known.
 * @param data the input's octets
 * @param size how many
 * @return 0
 */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size);

namespace ns3
{

/**
 * @brief Stop the program if something does not hold that must hold for any input: it is a finding
 * then, as a crash is.
 * @param holds whether it does
 * @param what it, in words
 */
inline void
FuzzExpect(bool holds, const char* what)
{
    if (!holds)
    {
        std::fprintf(stderr, "Does not hold: %s\n", what);
        std::abort();
    }
}

} // namespace ns3

#endif /* L2TP_FUZZ_TARGET_H */
