/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_SECTION_4_4_H
#define L2TP_TEST_SECTION_4_4_H

#include <sstream>
#include <string>
#include <vector>

namespace ns3
{

// RFC 2661, section 4.4, transcribed in the order of its text: number; name; Length, a "+" where
// it is that "plus the length of" something; M bit; whether it may be hidden; subsection; the
// messages in parentheses behind its name.
//
// Least lengths: a Host Name "MUST be at least 1 octet", a Challenge is "one or more octets", so
// is a Proxy Authen Challenge. The RFC gives no Length for Proxy Authen ID; its figure has 2
// octets. Section 4.1 speaks of "a maximum of 1023 octets of data in a single AVP"; Length counts
// the 6 octets of the AVP's header too, so that 1017 are left for the value.
inline const char* const SECTION_4_4 = R"(
 0 | Message Type                 |  8  | 1 | no  | 4.4.1 | *
36 | Random Vector                |  6+ | 1 | no  | 4.4.1 | *
 1 | Result Code                  |  8+ | 1 | no  | 4.4.2 | CDN StopCCN
 2 | Protocol Version             |  8  | 1 | no  | 4.4.3 | SCCRP SCCRQ
 3 | Framing Capabilities         | 10  | 1 | yes | 4.4.3 | SCCRP SCCRQ
 4 | Bearer Capabilities          | 10  | 1 | yes | 4.4.3 | SCCRP SCCRQ
 5 | Tie Breaker                  | 14  | 0 | no  | 4.4.3 | SCCRQ
 6 | Firmware Revision            |  8  | 0 | yes | 4.4.3 | SCCRP SCCRQ
 7 | Host Name                    |  7+ | 1 | no  | 4.4.3 | SCCRP SCCRQ
 8 | Vendor Name                  |  6+ | 0 | yes | 4.4.3 | SCCRP SCCRQ
 9 | Assigned Tunnel ID           |  8  | 1 | yes | 4.4.3 | SCCRP SCCRQ StopCCN
10 | Receive Window Size          |  8  | 1 | no  | 4.4.3 | SCCRQ SCCRP
11 | Challenge                    |  7+ | 1 | yes | 4.4.3 | SCCRP SCCRQ
13 | Challenge Response           | 22  | 1 | yes | 4.4.3 | SCCCN SCCRP
12 | Q.931 Cause Code             |  9+ | 1 | no  | 4.4.4 | CDN
14 | Assigned Session ID          |  8  | 1 | yes | 4.4.4 | CDN ICRP ICRQ OCRP OCRQ
15 | Call Serial Number           | 10  | 1 | yes | 4.4.4 | ICRQ OCRQ
16 | Minimum BPS                  | 10  | 1 | yes | 4.4.4 | OCRQ
17 | Maximum BPS                  | 10  | 1 | yes | 4.4.4 | OCRQ
18 | Bearer Type                  | 10  | 1 | yes | 4.4.4 | ICRQ OCRQ
19 | Framing Type                 | 10  | 1 | yes | 4.4.4 | ICCN OCCN OCRQ
21 | Called Number                |  6+ | 1 | yes | 4.4.4 | ICRQ OCRQ
22 | Calling Number               |  6+ | 1 | yes | 4.4.4 | ICRQ
23 | Sub-Address                  |  6+ | 1 | yes | 4.4.4 | ICRQ OCRQ
24 | (Tx) Connect Speed           | 10  | 1 | yes | 4.4.4 | ICCN OCCN
38 | Rx Connect Speed             | 10  | 0 | yes | 4.4.4 | ICCN OCCN
25 | Physical Channel ID          | 10  | 0 | yes | 4.4.4 | ICRQ OCRP
37 | Private Group ID             |  6+ | 0 | yes | 4.4.4 | ICCN
39 | Sequencing Required          |  6  | 1 | no  | 4.4.4 | ICCN OCCN
26 | Initial Received LCP CONFREQ |  6+ | 0 | yes | 4.4.5 | ICCN
27 | Last Sent LCP CONFREQ        |  6+ | 0 | yes | 4.4.5 | ICCN
28 | Last Received LCP CONFREQ    |  6+ | 0 | yes | 4.4.5 | ICCN
29 | Proxy Authen Type            |  8  | 0 | yes | 4.4.5 | ICCN
30 | Proxy Authen Name            |  6+ | 0 | yes | 4.4.5 | ICCN
31 | Proxy Authen Challenge       |  7+ | 0 | yes | 4.4.5 | ICCN
32 | Proxy Authen ID              |  8  | 0 | yes | 4.4.5 | ICCN
33 | Proxy Authen Response        |  6+ | 0 | yes | 4.4.5 | ICCN
34 | Call Errors                  | 32  | 1 | yes | 4.4.6 | WEN
35 | ACCM                         | 16  | 1 | yes | 4.4.6 | SLI
)";

/**
 * @brief Split a line and trim the parts.
 * @param line the line
 * @param separator what is between two parts
 * @return the parts
 */
inline std::vector<std::string>
SplitLine(const std::string& line, char separator)
{
    std::vector<std::string> parts;
    std::istringstream stream(line);
    for (std::string part; std::getline(stream, part, separator);)
    {
        const std::size_t first = part.find_first_not_of(' ');
        const std::size_t last = part.find_last_not_of(' ');
        parts.push_back(first == std::string::npos ? "" : part.substr(first, last - first + 1));
    }
    return parts;
}

/**
 * @brief The rows of a table like that above.
 * @param table the table
 * @return its lines, split into columns
 */
inline std::vector<std::vector<std::string>>
RowsOf(const char* table)
{
    std::vector<std::vector<std::string>> rows;
    std::istringstream stream(table);
    for (std::string line; std::getline(stream, line);)
    {
        if (!line.empty())
        {
            rows.push_back(SplitLine(line, '|'));
        }
    }
    return rows;
}

} // namespace ns3

#endif /* L2TP_TEST_SECTION_4_4_H */
