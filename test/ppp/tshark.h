/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TEST_TSHARK_H
#define TEST_TSHARK_H

#include "ns3/pcap-file.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief Run a command.
 * @param command what the shell is given
 * @param output receives what it prints
 * @return false if it fails
 */
inline bool
RunCommand(const std::string& command, std::string& output)
{
    std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
    if (!pipe)
    {
        return false;
    }
    std::array<char, 4096> part;
    output.clear();
    while (const auto size = std::fread(part.data(), 1, part.size(), pipe))
    {
        output.append(part.data(), size);
    }
    return pclose(pipe) == 0;
}

/// Whether tshark is there to judge. @return true if it is
inline bool
HasTshark()
{
    std::string version;
    return RunCommand("tshark --version", version);
}

/**
 * @brief Let tshark read packets.
 * @param name the capture, which is written anew
 * @param linkType its link type
 * @param packets the packets
 * @param options of tshark
 * @param output receives what it prints
 * @return false if it fails
 */
inline bool
AskTshark(const std::string& name,
          uint32_t linkType,
          const std::vector<std::vector<uint8_t>>& packets,
          const std::string& options,
          std::string& output)
{
    PcapFile file;
    file.Open(name, std::ios::out);
    file.Init(linkType);
    for (const auto& packet : packets)
    {
        file.Write(0, 0, packet.data(), packet.size());
    }
    file.Close();
    const bool good = RunCommand("tshark -r '" + name + "' " + options, output);
    std::remove(name.c_str());
    return good;
}

} // namespace ns3

#endif /* TEST_TSHARK_H */
