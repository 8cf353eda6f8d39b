/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief Tells what L2TP datagrams say: those of a capture, or one in hexadecimal digits.
 */

#include "capture-reader.h"
#include "datagram-dissection.h"

#include <cctype>
#include <fstream>
#include <getopt.h>
#include <iostream>
#include <optional>

namespace
{

const char* const USAGE =
    "usage: l2tp dissect FILE.pcap|HEX [--json] [--secret S]\n"
    "\n"
    "Tells what each L2TP datagram of a capture says, or the one whose octets (the UDP payload)\n"
    "are given in hexadecimal digits; blanks and colons between them don't matter.\n"
    "\n"
    "  --json      a line of JSON for each datagram\n"
    "  --secret S  reveal hidden AVPs with the tunnel's secret (RFC 2661, section 4.3)\n";

/**
 * @brief Octets from digits.
 * @param text pairs of hexadecimal digits, with or without blanks and colons
 * @return the octets; nothing if the text is something else
 */
std::optional<std::vector<uint8_t>>
OctetsOf(const std::string& text)
{
    std::string digits;
    for (const unsigned char letter : text)
    {
        if (std::isxdigit(letter))
        {
            digits += static_cast<char>(letter);
        }
        else if (letter != ':' && !std::isspace(letter))
        {
            return std::nullopt;
        }
    }
    if (digits.empty() || digits.size() % 2)
    {
        return std::nullopt;
    }
    std::vector<uint8_t> octets;
    for (std::size_t at = 0; at < digits.size(); at += 2)
    {
        octets.push_back(static_cast<uint8_t>(std::stoul(digits.substr(at, 2), nullptr, 16)));
    }
    return octets;
}

/// What the command line asks for.
struct Options
{
    std::string source; //!< a file, or digits
    bool json{false};   //!< whether a program will read the output
    std::string secret; //!< reveals hidden AVPs
};

/**
 * @brief Show one datagram.
 * @param datagram the datagram
 * @param options how
 */
void
Show(const CapturedDatagram& datagram, const Options& options)
{
    const DatagramDissection dissection(datagram.octets, options.secret);
    if (options.json)
    {
        // Text in an AVP may be in no encoding at all.
        std::cout << dissection.ToJson(datagram.frame)
                         .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
                  << "\n";
        return;
    }
    if (!datagram.from.empty())
    {
        std::cout << "Frame " << datagram.frame << ", " << datagram.from << " to " << datagram.to
                  << ": ";
    }
    dissection.Print(std::cout);
    std::cout << "\n";
}

/**
 * @brief Show what the source holds.
 * @param options the source, and how
 * @return the exit status: 1 if the source can't be read, or not to its end
 */
int
Dissect(const Options& options)
{
    if (!std::ifstream(options.source))
    {
        const auto octets = OctetsOf(options.source);
        if (!octets)
        {
            std::cerr << "l2tp dissect: " << options.source
                      << " is neither a file that can be read nor pairs of hexadecimal digits\n";
            return 1;
        }
        Show({1, "", "", *octets}, options);
        return 0;
    }
    CaptureReader reader;
    const bool whole = reader.Read(options.source);
    for (const CapturedDatagram& datagram : reader.GetDatagrams())
    {
        Show(datagram, options);
    }
    std::cout.flush();
    std::cerr << reader.GetDatagrams().size() << " L2TP datagrams";
    if (reader.GetFragments())
    {
        std::cerr << "; left out: " << reader.GetFragments() << " fragments of UDP datagrams";
    }
    if (reader.GetCut())
    {
        std::cerr << "; left out: " << reader.GetCut() << " that the capture holds in part only";
    }
    std::cerr << "\n";
    if (!whole)
    {
        std::cerr << "l2tp dissect: " << reader.GetProblem() << "\n";
    }
    return whole ? 0 : 1;
}

} // namespace

int
main(int argc, char* argv[])
{
    const option known[] = {
        {"json", no_argument, nullptr, 'j'},
        {"secret", required_argument, nullptr, 's'},
        {"help", no_argument, nullptr, 'h'},
        {nullptr, 0, nullptr, 0},
    };
    Options options;
    for (int found = 0; (found = getopt_long(argc, argv, "h", known, nullptr)) != -1;)
    {
        switch (found)
        {
        case 'j':
            options.json = true;
            break;
        case 's':
            options.secret = optarg;
            break;
        case 'h':
            std::cout << USAGE;
            return 0;
        default:
            std::cerr << USAGE;
            return 2;
        }
    }
    if (optind + 1 != argc)
    {
        std::cerr << USAGE;
        return 2;
    }
    options.source = argv[optind];
    return Dissect(options);
}
