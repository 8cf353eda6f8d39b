/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RESULT_CODES_FIXTURE_H
#define L2TP_RESULT_CODES_FIXTURE_H

#include "l2tp-acceptable-ocrq.h"
#include "l2tp-scripted-peer.h"
#include "l2tp-test-dialer.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-lac-helper.h"
#include "ns3/l2tp-result-code.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

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
    static std::vector<L2tpResultCodeRow> AllRows()
    {
        std::vector<L2tpResultCodeRow> rows = Rows();
        const auto& outgoing = OutgoingRows();
        rows.insert(rows.end(), outgoing.begin(), outgoing.end());
        return rows;
    }

  protected:
    /// The rows of tunnels and of incoming calls. @return them
    static const std::vector<L2tpResultCodeRow>& Rows();
    /// The rows of outgoing calls; they are in l2tp-outgoing-result-code-rows.h. @return them
    static const std::vector<L2tpResultCodeRow>& OutgoingRows();

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

    /// Say an SCCRQ to an LNS that answers it with a challenge.
    void BeChallenged()
    {
        vpn->SetLnsAttribute("SharedSecret", StringValue("secret"));
        vpn->SetLnsAttribute("ChallengePeer", BooleanValue(true));
        SayStart(L2tpTestPeer::Start(L2tpMessageType::SCCRQ, PEER_TUNNEL));
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

    /// Open a tunnel, as an LNS on host 1, to a LAC on host 0. @param withDialer whether it has one
    void TalkToDialer(bool withDialer = true)
    {
        lacs.SetAttribute("AcceptTunnels", BooleanValue(true));
        Ptr<L2tpLac> lac = lacs.Install(net->hosts.Get(0));
        lac->AssignStreams(100);
        dialer = CreateObject<L2tpTestDialer>();
        if (withDialer)
        {
            lac->SetDialer(dialer);
        }
        end = lac;
        peer =
            std::make_unique<L2tpTestPeer>(net->hosts.Get(1),
                                           L2TP_UDP_PORT,
                                           L2tpUdpAddress{net->GetHostAddress(0), L2TP_UDP_PORT});
        RunUntil(Seconds(1));
        OpenTunnel();
    }

    /**
     * @brief An OCRQ that is acceptable, but for what is said.
     * @param minimumBps Minimum BPS @param bearer Bearer Type @param framing Framing Type
     * @param id Assigned Session ID
     */
    static L2tpControlMessage Ocrq(uint32_t minimumBps = 9600,
                                   uint32_t bearer = 0,
                                   uint32_t framing = L2tpFraming::SYNCHRONOUS,
                                   uint16_t id = PEER_SESSION)
    {
        return AcceptableOcrq(id, minimumBps, 64000, bearer, framing);
    }

    /// Ask a LAC for a call. @param ocrq how, if not as is fine
    void AskForCall(const L2tpControlMessage& ocrq = Ocrq())
    {
        Say(ocrq);
        RunUntil(Simulator::Now() + Seconds(1)); // the line is dialled
    }

    /// Let a LAC's bearer fail. @param result why
    void FailToDial(L2tpCallResult result)
    {
        TalkToDialer();
        dialer->failure = L2tpResultCode::Of(result);
        AskForCall();
    }

    /// Be a LAC that the LNS asks for a call.
    void BeAsked()
    {
        TalkToLns();
        placed = Lns()->PlaceCall({net->GetHostAddress(0), L2TP_UDP_PORT},
                                  L2tpCallParameters(),
                                  Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {}),
                                  Callback<void, Ptr<L2tpCall>>([](Ptr<L2tpCall>) {}));
        Wait();
        const auto read = [this](L2tpMessageType type, const auto& avp) {
            return peer->Last(type).message.Get(avp).value_or(0);
        };
        tunnelId = read(L2tpMessageType::SCCRQ, L2tpAvps::ASSIGNED_TUNNEL_ID);
        Say(L2tpTestPeer::Start(L2tpMessageType::SCCRP, PEER_TUNNEL)
                .Add(L2tpAvps::BEARER_CAPABILITIES, uint32_t(L2tpBearer::DIGITAL)));
        sessionId = read(L2tpMessageType::OCRQ, L2tpAvps::ASSIGNED_SESSION_ID);
        Acknowledge();
    }

    void TearDown() override
    {
        dialer = nullptr;
        placed = nullptr;
        L2tpScriptedPeerTest::TearDown();
    }

    L2tpLacHelper lacs;                                        //!< installs the LAC asked for calls
    std::vector<std::pair<L2tpMessageType, std::string>> seen; //!< Result Codes sent
    Ptr<L2tpTestDialer> dialer;                                //!< its dialer
    Ptr<L2tpCall> placed;                                      //!< what the LNS asked for
};

} // namespace ns3

#endif /* L2TP_RESULT_CODES_FIXTURE_H */
