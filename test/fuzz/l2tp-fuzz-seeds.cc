/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * Writes what the fuzz targets begin with, from the tables of the model:
 *
 *   l2tp-fuzz-seeds DIR
 *
 * DIR/TARGET/ takes the inputs, DIR/TARGET.dict the dictionary.
 */

#include "l2tp-fuzz-seeds.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

using namespace ns3;

namespace
{

/// Write inputs, a file each. @param inputs them @param folder where to
void
WriteInputs(const std::vector<FuzzSeeds::OctetString>& inputs, const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    std::size_t number = 0;
    for (const auto& input : inputs)
    {
        std::ofstream file(folder / ("seed-" + std::to_string(++number)), std::ios::binary);
        file.write(reinterpret_cast<const char*>(input.data()),
                   static_cast<std::streamsize>(input.size()));
    }
}

/// Write a dictionary as libFuzzer reads it. @param words what is in it @param path where to
void
WriteDictionary(const std::vector<FuzzSeeds::OctetString>& words, const std::filesystem::path& path)
{
    std::ofstream file(path);
    for (const auto& word : words)
    {
        file << '"';
        for (const uint8_t octet : word)
        {
            char escaped[5];
            std::snprintf(escaped, sizeof(escaped), "\\x%02x", octet);
            file << escaped;
        }
        file << "\"\n";
    }
}

} // namespace

int
main(int argc, char* argv[])
{
    if (argc != 2)
    {
        std::cerr << "usage: l2tp-fuzz-seeds DIR\n";
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    const std::map<std::string, FuzzSeeds> targets{
        {"capture", FuzzCaptureSeeds()},
        {"endpoint", FuzzEndpointSeeds()},
        {"message", FuzzMessageSeeds()},
        {"ppp-frame", FuzzPppFrameSeeds()},
        {"ppp-link", FuzzPppLinkSeeds()},
        {"pppoe-ends", FuzzPppoeEndsSeeds()},
        {"pppoe-packet", FuzzPppoePacketSeeds()},
        {"radius-ends", FuzzRadiusEndsSeeds()},
        {"radius-packet", FuzzRadiusPacketSeeds()},
    };
    for (const auto& [target, seeds] : targets)
    {
        WriteInputs(seeds.inputs, folder / target);
        WriteDictionary(seeds.words, folder / (target + ".dict"));
    }
    return 0;
}
