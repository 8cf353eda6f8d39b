/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FUZZ_SEEDS_H
#define L2TP_FUZZ_SEEDS_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// What a fuzz target begins with.
struct FuzzSeeds
{
    using OctetString = std::vector<uint8_t>;

    std::vector<OctetString> inputs; //!< inputs that get far
    std::vector<OctetString> words;  //!< what inputs are made of: the dictionary
};

/// @name Seeds, by target
/// @{
FuzzSeeds FuzzMessageSeeds();      //!< of message: each message of the catalogue
FuzzSeeds FuzzCaptureSeeds();      //!< of capture: those in each link type
FuzzSeeds FuzzPppFrameSeeds();     //!< of ppp-frame
FuzzSeeds FuzzPppoePacketSeeds();  //!< of pppoe-packet
FuzzSeeds FuzzRadiusPacketSeeds(); //!< of radius-packet
FuzzSeeds FuzzPppLinkSeeds();      //!< of ppp-link: links that come up
FuzzSeeds FuzzEndpointSeeds();     //!< of endpoint: calls that are established
FuzzSeeds FuzzPppoeEndsSeeds();    //!< of pppoe-ends: sessions that are established
FuzzSeeds FuzzRadiusEndsSeeds();   //!< of radius-ends: questions that are answered
/// @}

} // namespace ns3

#endif /* L2TP_FUZZ_SEEDS_H */
