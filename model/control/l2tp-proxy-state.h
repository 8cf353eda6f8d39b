/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_PROXY_STATE_H
#define L2TP_PROXY_STATE_H

#include "ns3/l2tp-control-message.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

/// Values of the Proxy Authen Type AVP (RFC 2661, section 4.4.5).
struct L2tpProxyAuthen
{
    static constexpr uint16_t TEXTUAL = 1;   //!< textual username and password exchange
    static constexpr uint16_t CHAP = 2;      //!< PPP CHAP
    static constexpr uint16_t PAP = 3;       //!< PPP PAP
    static constexpr uint16_t NONE = 4;      //!< no authentication
    static constexpr uint16_t MSCHAP_V1 = 5; //!< Microsoft CHAP version 1
};

/**
 * @ingroup l2tp
 *
 * @brief What a LAC tells in its ICCN of the LCP and the authentication that it went through with
 * the remote system before the LNS came in (RFC 2661, section 4.4.5).
 *
 * Each member is an AVP, carried as it is and not looked into; one that has no value is not sent.
 */
struct L2tpProxyState
{
    std::optional<std::string> initialReceivedConfReq; //!< options of the first CONFREQ received
    std::optional<std::string> lastSentConfReq;        //!< options of the last CONFREQ sent
    std::optional<std::string> lastReceivedConfReq;    //!< options of the last CONFREQ received
    std::optional<uint16_t> authenType;                //!< a value of L2tpProxyAuthen
    std::optional<std::string> authenName;             //!< the name that the remote system gave
    std::optional<std::string> authenChallenge;        //!< the challenge that it was sent
    std::optional<uint16_t> authenId; //!< Identifier of the challenge or request; at most 255
    std::optional<std::string> authenResponse; //!< its response, or the password in clear

    /**
     * @brief Append the AVPs that have a value.
     * @param message an ICCN
     */
    void AddTo(L2tpControlMessage& message) const;

    /**
     * @brief Read the AVPs.
     * @param message an ICCN
     * @return what it tells
     */
    static L2tpProxyState From(const L2tpControlMessage& message);
};

} // namespace ns3

#endif /* L2TP_PROXY_STATE_H */
