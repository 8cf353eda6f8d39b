/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_RESULT_CODES_FIXTURE_H
#define L2TP_TEST_RESULT_CODES_FIXTURE_H

#include "l2tp-scripted-peer.h"
#include "l2tp-test-dialer.h"

#include "ns3/l2tp-result-code.h"

#include <functional>
#include <gtest/gtest.h>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

class L2tpResultCodesTest;

/// Which end of the tunnel sends a code.
enum class L2tpResultCodeEnd
{
    LAC,
    LNS
};

/// An event that clears a tunnel or a call with a message.
struct L2tpResultCodeRow
{
    const char* event;     //!< what happens, in the words of the table
    L2tpResultCodeEnd end; //!< who says so, in the test
    L2tpMessageType type;  //!< by what, STOPCCN or CDN
    const char* code;      //!< the Result Code AVP in words, Error Message included
    const char* section;   //!< of RFC 2661
    std::function<void(L2tpResultCodesTest&)> provoke; //!< makes it happen
};

/// What tests are called by. @param row it @param stream where its event is printed
inline void
PrintTo(const L2tpResultCodeRow& row, std::ostream* stream)
{
    *stream << row.event;
}

class L2tpResultCodesTest : public L2tpScriptedPeerTest,
                            public ::testing::WithParamInterface<L2tpResultCodeRow>
{
  public:
    /// All rows, in the order of the tables.
    static const std::vector<L2tpResultCodeRow>& Rows();

  protected:
    /// Build the network, with all Result Codes noted that an end sends. @param from which
    void Watch(L2tpResultCodeEnd from)
    {
        Build(2);
        const auto channel = from == L2tpResultCodeEnd::LAC ? net->access[0] : net->internet;
        channel->watch = [this, from](const L2tpTestDatagram& datagram) {
            const Ipv4Address address =
                from == L2tpResultCodeEnd::LAC ? net->GetHostAddress(0) : net->lnsAddress;
            const auto code = datagram.message.Get(L2tpAvps::RESULT_CODE);
            if (datagram.from.address == address && code)
            {
                const auto type = static_cast<L2tpMessageType>(datagram.message.GetType());
                seen.emplace_back(type, code->Describe(type));
            }
        };
    }

    /// Say an SCCRQ with something more or less. @param message it
    void SayStart(const L2tpControlMessage& message)
    {
        TalkToLns();
        Say(message);
    }

    /// An SCCRQ with all AVPs that it needs but one. @param without the AVP that is left out
    static L2tpControlMessage StartWithout(uint16_t without)
    {
        L2tpControlMessage message;
        const auto complete = L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL);
        for (std::size_t i = 0; i < complete.GetNAvps(); ++i)
        {
            if (complete.GetAvp(i).type != without)
            {
                message.AddRaw(complete.GetAvp(i));
            }
        }
        return message;
    }

    /// Add an AVP of any octets, with the M bit. @param message to what @param type its type
    /// @param value its value @param flags more flags
    static L2tpControlMessage With(L2tpControlMessage message,
                                   uint16_t type,
                                   const std::vector<uint8_t>& value,
                                   uint16_t flags = 0)
    {
        message.AddRaw({static_cast<uint16_t>(L2tpAvp::FLAG_MANDATORY | flags), 0, type, value});
        return message;
    }

    /// Let clients dial the LNS of the network, and a while pass. @param clients how many
    void Dial(uint32_t clients = 1)
    {
        NodeContainer hosts;
        for (uint32_t i = 0; i < clients; ++i)
        {
            hosts.Add(net->hosts.Get(i));
        }
        tunnels = vpn->Install(hosts, net->lns);
        L2tpVoluntaryHelper::AssignStreams(tunnels, 1000);
        RunUntil(Seconds(5));
    }

    /// An outgoing call that any LAC could make.
    static L2tpControlMessage Ocrq()
    {
        L2tpControlMessage ocrq(L2tpMessageType::OCRQ);
        ocrq.Add(L2tpAvps::ASSIGNED_SESSION_ID, PEER_SESSION);
        ocrq.Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(1));
        ocrq.Add(L2tpAvps::MINIMUM_BPS, uint32_t(9600));
        ocrq.Add(L2tpAvps::MAXIMUM_BPS, uint32_t(64000));
        ocrq.Add(L2tpAvps::BEARER_TYPE, uint32_t(0));
        ocrq.Add(L2tpAvps::FRAMING_TYPE, uint32_t(L2tpFraming::SYNCHRONOUS));
        ocrq.Add(L2tpAvps::CALLED_NUMBER, std::string("555"));
        return ocrq;
    }

    /// Ask the LAC for a call. @param dialer what it has to dial with
    void AskForCall(Ptr<L2tpTestDialer> dialer)
    {
        TalkToLac();
        Lac()->SetDialer(dialer);
        AcceptTunnel();
        Say(Ocrq());
        RunUntil(Simulator::Now() + Seconds(1));
    }

    /// Ask the LAC for a call that comes to nothing. @param result why
    static std::function<void(L2tpResultCodesTest&)> BearerFailing(L2tpCallResult result)
    {
        return [result](L2tpResultCodesTest& t) {
            auto dialer = CreateObject<L2tpTestDialer>();
            dialer->failure = L2tpResultCode::Of(result);
            t.AskForCall(dialer);
        };
    }

    std::vector<std::pair<L2tpMessageType, std::string>> seen; //!< Result Codes sent
};

} // namespace ns3

#endif /* L2TP_TEST_RESULT_CODES_FIXTURE_H */
