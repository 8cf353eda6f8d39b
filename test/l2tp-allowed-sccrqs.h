/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ALLOWED_SCCRQS_H
#define L2TP_ALLOWED_SCCRQS_H

#include "l2tp-test-peer.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief SCCRQs with what RFC 2661, section 6.1, says MAY be present.
 * @param tunnel the Assigned Tunnel ID of the first; each has one of its own
 * @return one with none of these AVPs, one with each of them alone, as short and as long as they
 * are likely to be, and one with all of them
 */
inline std::vector<L2tpControlMessage>
AllowedSccrqs(uint16_t tunnel)
{
    std::vector<L2tpControlMessage> all;
    const auto begin = [&all, tunnel] {
        const auto id = static_cast<uint16_t>(tunnel + all.size());
        return L2tpTestPeer::Start(L2tpMessageType::SCCRQ, id);
    };
    const auto allow = [&all, begin](const auto& key, const auto& value) {
        all.push_back(begin().Add(key, value));
    };
    const std::string longText(1000, 'x');
    all.push_back(begin());
    allow(L2tpAvps::BEARER_CAPABILITIES, uint32_t(0));
    allow(L2tpAvps::BEARER_CAPABILITIES, uint32_t(3));
    allow(L2tpAvps::RECEIVE_WINDOW_SIZE, uint16_t(1));
    allow(L2tpAvps::CHALLENGE, std::string(1, 'c'));
    allow(L2tpAvps::CHALLENGE, longText);
    allow(L2tpAvps::TIE_BREAKER, uint64_t(1));
    allow(L2tpAvps::FIRMWARE_REVISION, uint16_t(0x0690));
    allow(L2tpAvps::VENDOR_NAME, std::string());
    allow(L2tpAvps::VENDOR_NAME, longText);
    all.push_back(begin()
                      .Add(L2tpAvps::BEARER_CAPABILITIES, uint32_t(3))
                      .Add(L2tpAvps::RECEIVE_WINDOW_SIZE, uint16_t(16))
                      .Add(L2tpAvps::CHALLENGE, std::string(16, 'c'))
                      .Add(L2tpAvps::TIE_BREAKER, uint64_t(1))
                      .Add(L2tpAvps::FIRMWARE_REVISION, uint16_t(0x0690))
                      .Add(L2tpAvps::VENDOR_NAME, std::string("vendor")));
    return all;
}

} // namespace ns3

#endif /* L2TP_ALLOWED_SCCRQS_H */
