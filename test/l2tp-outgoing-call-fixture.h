/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_OUTGOING_CALL_FIXTURE_H
#define L2TP_OUTGOING_CALL_FIXTURE_H

#include "l2tp-test-dialer.h"
#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/l2tp-lac-helper.h"
#include "ns3/l2tp-lns-helper.h"
#include "ns3/ppp-ipv4-config.h"
#include "ns3/ppp-net-device.h"
#include "ns3/string.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace ns3
{

/// An LNS that asks the LAC on host 0 for calls.
class L2tpOutgoingCallTest : public L2tpNetworkTest
{
  protected:
    /// A call that the LNS places, and what it hears of it.
    struct Placed
    {
        Ptr<L2tpCall> call;      //!< the call
        uint32_t established{0}; //!< how often it was said to be established
        uint32_t cleared{0};     //!< how often it was said to be cleared
        Time establishedAt;      //!< when it was last said to be established
        Time clearedAt;          //!< when it was last said to be cleared
    };

    /// Put a LAC on host 0, an LNS where it belongs. @param withDialer whether the LAC has one
    void BuildEnds(bool withDialer = true)
    {
        Build(nHosts);
        L2tpLacHelper lacHelper;
        lacHelper.SetAttribute("AcceptTunnels", BooleanValue(true));
        lac = lacHelper.Install(net->hosts.Get(0));
        lac->AssignStreams(100);
        dialer = CreateObject<L2tpTestDialer>();
        if (withDialer)
        {
            lac->SetDialer(dialer);
        }
        L2tpLnsHelper lnsHelper;
        lnsHelper.SetAddressPool("10.8.0.0", "255.255.255.0");
        lnsHelper.AddUser("alice", "wonderland");
        lns = lnsHelper.Install(net->lns);
        lns->AssignStreams(200);
        net->internet->watch = [this](const L2tpTestDatagram& datagram) {
            wire.push_back(datagram);
        };
        RunUntil(MilliSeconds(500));
    }

    /// What the tests ask for. @return the parameters
    static L2tpCallParameters Wanted()
    {
        L2tpCallParameters parameters;
        parameters.minimumBps = 9600;
        parameters.maximumBps = 128000;
        parameters.bearerType = L2tpBearer::DIGITAL | L2tpBearer::ANALOG;
        parameters.framingType = L2tpFraming::SYNCHRONOUS | L2tpFraming::ASYNCHRONOUS;
        parameters.calledNumber = "5551234";
        parameters.subAddress = "7";
        return parameters;
    }

    /// Let the LNS place a call. @param parameters what to ask for @return what it hears of it
    std::shared_ptr<Placed> Place(const L2tpCallParameters& parameters = Wanted())
    {
        auto placed = std::make_shared<Placed>();
        placed->call = lns->PlaceCall({net->GetHostAddress(0), L2TP_UDP_PORT},
                                      parameters,
                                      Callback<void, Ptr<L2tpCall>>([placed](Ptr<L2tpCall>) {
                                          ++placed->established;
                                          placed->establishedAt = Simulator::Now();
                                      }),
                                      Callback<void, Ptr<L2tpCall>>([placed](Ptr<L2tpCall>) {
                                          ++placed->cleared;
                                          placed->clearedAt = Simulator::Now();
                                      }));
        return placed;
    }

    /// Put the remote system on the line, which is host 0 itself, for the sake of its sockets.
    void PutPppOnTheLine()
    {
        auto link = CreateObject<PppLink>();
        link->SetAttribute("Username", StringValue("alice"));
        link->SetAttribute("Password", StringValue("wonderland"));
        link->AssignStreams(300);
        remote = CreateObject<PppNetDevice>();
        remote->SetLink(link);
        net->hosts.Get(0)->AddDevice(remote);
        auto config = CreateObject<PppIpv4Config>();
        config->SetAttribute("DefaultRoute", BooleanValue(true));
        config->Install(remote);
        dialer->onConnect = [this](Ptr<L2tpCall> call) {
            remote->GetLink()->SetCircuit(call->GetSession());
            remote->GetLink()->Open();
        };
    }

    /// Expect that traffic passes through the call, in a second.
    void ExpectTrafficOverTheLine()
    {
        ASSERT_TRUE(remote->GetLink()->IsNetworkUp());
        const Ipv4Address address = remote->GetLink()->GetIpcp()->GetLocalAddress();
        L2tpTestProbe probe(net->hosts.Get(0), net->serverAddress);
        const uint32_t before = net->served[address];
        probe.Send();
        probe.Ping();
        RunUntil(Simulator::Now() + Seconds(1));
        EXPECT_EQ(net->served[address], before + 1);
        EXPECT_EQ(probe.echoed, 1U);
        EXPECT_EQ(probe.pinged, 1U);
    }

    /// Expect that nothing is left of tunnels and calls, once all lingering has ended.
    void ExpectNothingLeftInTheEnd()
    {
        RunOut();
        for (const Ptr<L2tpEndpoint>& end : {Ptr<L2tpEndpoint>(lac), Ptr<L2tpEndpoint>(lns)})
        {
            EXPECT_EQ(end->GetNTunnelsHeld(), 0U);
            EXPECT_EQ(end->GetNCalls(), 0U);
        }
        EXPECT_EQ(dialer->released.size(), dialer->reserved) << "once for each";
    }

    /// How often a type of message went over the internet. @param type which @return the number
    std::size_t Count(L2tpMessageType type) const
    {
        return std::count_if(wire.begin(), wire.end(), [type](const L2tpTestDatagram& datagram) {
            return datagram.Is(type);
        });
    }

    /// The last message of a type. @param type which @return it
    const L2tpControlMessage& Last(L2tpMessageType type) const
    {
        static const L2tpControlMessage NONE;
        const auto it =
            std::find_if(wire.rbegin(), wire.rend(), [type](const L2tpTestDatagram& datagram) {
                return datagram.Is(type);
            });
        EXPECT_NE(it, wire.rend()) << L2tpMessageName(static_cast<uint16_t>(type));
        return it == wire.rend() ? NONE : it->message;
    }

    /// The Result Code of the last CDN. @return the code
    L2tpResultCode CodeOfCdn() const
    {
        return Last(L2tpMessageType::CDN).Get(L2tpAvps::RESULT_CODE).value_or(L2tpResultCode{});
    }

    uint32_t nHosts{1};                 //!< how many hosts there are
    Ptr<L2tpLac> lac;                   //!< on host 0
    Ptr<L2tpLns> lns;                   //!< on the LNS's node
    Ptr<L2tpTestDialer> dialer;         //!< the LAC's, if it has one
    Ptr<PppNetDevice> remote;           //!< the remote system
    std::vector<L2tpTestDatagram> wire; //!< what went over the internet
};

} // namespace ns3

#endif /* L2TP_OUTGOING_CALL_FIXTURE_H */
