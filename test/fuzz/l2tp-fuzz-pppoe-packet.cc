/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief PPPoE packets: header, Discovery, TAGs
 *
 * The input is a PPPoE packet, from its PPPoE header on.
 */

#include "l2tp-fuzz-target.h"

#include "ns3/packet.h"
#include "ns3/pppoe-packet.h"

#include <algorithm>
#include <sstream>
#include <vector>

using namespace ns3;

namespace
{

/// Take a header apart. @param octets the packet
void
TakeHeaderApart(const std::vector<uint8_t>& octets)
{
    PppoeHeader header;
    const PppoeError error = PppoeHeader::Parse(octets.data(), octets.size(), header);
    PppoeErrorName(error);
    PppoeHeader deserialized;
    const auto packet = Create<Packet>(octets.data(), octets.size());
    const uint32_t size = packet->PeekHeader(deserialized);
    FuzzExpect(deserialized.GetError() == error, "a packet's header is as good as the octets'");
    FuzzExpect(size == (error == PppoeError::NONE ? pppoe::HEADER_SIZE : 0),
               "a good header is taken, and no other");
    std::ostringstream words;
    deserialized.Print(words);
    if (error == PppoeError::NONE)
    {
        const auto written = Create<Packet>();
        written->AddHeader(header);
        std::vector<uint8_t> again(written->GetSize());
        written->CopyData(again.data(), again.size());
        FuzzExpect(std::equal(again.begin(), again.end(), octets.begin()), "a header comes back");
    }
}

/// Take a packet of the Discovery stage apart. @param octets it
void
TakeDiscoveryApart(const std::vector<uint8_t>& octets)
{
    PppoeDiscovery packet;
    if (PppoeDiscovery::Parse(octets, packet) != PppoeError::NONE)
    {
        return;
    }
    const std::vector<uint8_t> again = packet.Serialize();
    FuzzExpect(again.size() == packet.GetSize(), "a packet has the size that it says");
    FuzzExpect(again.size() <= octets.size() &&
                   std::equal(again.begin(), again.end(), octets.begin()),
               "a packet comes back as it was");
    PppoeErrorName(packet.Check());
    packet.FindError();
    packet.GetMaxPayload();

    PppoeDiscovery copy(packet.GetCode(), packet.GetSessionId());
    for (const PppoeTag& tag : packet.GetTags())
    {
        PppoeTagName(tag.type);
        FuzzExpect(packet.Find(tag.type), "a TAG that is there is found");
        const std::string text(tag.value.begin(), tag.value.end());
        FuzzExpect(packet.Has(tag.type, text), "a TAG that is there is found by its value");
        packet.GetText(tag.type);
        copy.Add(tag.type, tag.value);
    }
    PppoeDiscovery parsed;
    FuzzExpect(PppoeDiscovery::Parse(copy.Serialize(), parsed) == PppoeError::NONE,
               "TAGs that were good are good in another packet");
    FuzzExpect(parsed.GetTags() == packet.GetTags(), "TAGs come back as they were");
}

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const std::vector<uint8_t> octets(data, data + size);
    TakeHeaderApart(octets);
    TakeDiscoveryApart(octets);
    return 0;
}
