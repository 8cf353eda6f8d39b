/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_MULTIHOP_FIXTURE_H
#define L2TP_MULTIHOP_FIXTURE_H

#include "l2tp-test-network.h"

#include "ns3/l2tp-multihop-helper.h"
#include "ns3/l2tp-tunnel-table.h"

#include <set>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief A test with tunnel switches in a row between host 0 and the LNS.
 *
 * The switches are hosts 1, 2, ... of the test network: host 0 dials host 1, that dials host 2, and
 * the last one dials the LNS. So the link of host 0 has the first hop alone, and the internet the
 * last one.
 */
class L2tpMultihopTest : public L2tpNetworkTest
{
  protected:
    /// Build the network, with LNS and host 0's LAC, and nothing on the others.
    /// @param nSwitches how many switches there are to be @param nOthers further hosts
    void BuildNodes(uint32_t nSwitches, uint32_t nOthers = 0)
    {
        Build(1 + nSwitches + nOthers);
        hops = L2tpMultihopHelper();
        m_nSwitches = nSwitches;
        m_calls.clear();
        m_switches.clear();
        m_noted.clear();
        cdns.clear();
        icrqs.clear();
        for (const auto& channel : net->access)
        {
            channel->watch = [this](const L2tpTestDatagram& datagram) { Note(datagram); };
        }
        net->internet->watch = [this](const L2tpTestDatagram& datagram) { Note(datagram); };
    }

    /// Install switches in a row.
    void InstallRow()
    {
        NodeContainer nodes;
        for (uint32_t i = 1; i <= m_nSwitches; ++i)
        {
            nodes.Add(net->hosts.Get(i));
        }
        row = hops.Install(nodes, net->lns);
        L2tpMultihopHelper::AssignStreams(row, 2000);
        for (uint32_t i = 0; i < row.GetN(); ++i)
        {
            Watch(row.GetSwitch(i));
        }
    }

    /// Install the client on host 0, and the LNS. @param first where it dials
    void InstallCaller(const Address& first)
    {
        vpn->SetLnsAddress(first);
        tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
        L2tpVoluntaryHelper::AssignStreams(tunnels, 1000);
    }

    /// All of it. @param nSwitches how many switches
    void BuildRow(uint32_t nSwitches)
    {
        BuildNodes(nSwitches);
        InstallRow();
        InstallCaller(row.GetAddress(0));
    }

    /// Build all of it, and let the call come up. @param nSwitches how many switches
    void BringUp(uint32_t nSwitches)
    {
        BuildRow(nSwitches);
        RunUntil(Seconds(2));
        ASSERT_TRUE(Client()->IsUp()) << Client()->GetLastReason();
        ExpectTraffic();
    }

    /// Keep each call of a switch. @param tunnelSwitch the switch
    void Watch(Ptr<L2tpTunnelSwitch> tunnelSwitch)
    {
        m_switches.push_back(tunnelSwitch);
        tunnelSwitch->TraceConnectWithoutContext(
            "CallState",
            Callback<void, Ptr<const L2tpSwitchedCall>, L2tpSwitchState, L2tpSwitchState>(
                [this](Ptr<const L2tpSwitchedCall> call, L2tpSwitchState, L2tpSwitchState now) {
                    if (now == L2tpSwitchState::SELECTING)
                    {
                        m_calls.push_back(call);
                    }
                }));
    }

    /// Expect that nothing is left at any end or switch, and of no call.
    void ExpectNothingLeftAnywhere()
    {
        ExpectNothingLeft();
        for (const auto& tunnelSwitch : m_switches)
        {
            SCOPED_TRACE("switch on node " + std::to_string(tunnelSwitch->GetNode()->GetId()));
            EXPECT_EQ(tunnelSwitch->GetNCalls(), 0U);
            const auto lns = tunnelSwitch->GetNode()->GetApplication(1);
            for (const auto& end : {DynamicCast<L2tpEndpoint>(tunnelSwitch->GetLac()),
                                    DynamicCast<L2tpEndpoint>(lns)})
            {
                EXPECT_EQ(end->GetNCalls(), 0U);
                EXPECT_EQ(end->GetNTunnels(), 0U);
                EXPECT_EQ(end->GetNTunnelsHeld(), 0U);
            }
        }
        for (const auto& call : m_calls)
        {
            EXPECT_EQ(call->GetState(), L2tpSwitchState::OVER);
            EXPECT_EQ(call->GetReferenceCount(), 1U) << "somebody keeps a call that is over";
        }
    }

    /// The call that a switch takes. @param i which switch
    Ptr<L2tpCall> IncomingCall(uint32_t i) const
    {
        return row.GetLns(i)->GetTunnels().at(0)->GetCalls().at(0);
    }

    /// The call that a switch places. @param i which switch
    Ptr<L2tpCall> OnwardCall(uint32_t i) const
    {
        return row.GetLac(i)->GetTunnels().at(0)->GetCalls().at(0);
    }

    /// The call at the LNS.
    Ptr<L2tpCall> LastCall() const
    {
        return Lns()->GetTunnels().at(0)->GetCalls().at(0);
    }

    L2tpMultihopHelper hops;             //!< installs switches
    L2tpSwitchContainer row;             //!< the switches
    std::vector<std::string> cdns;       //!< what CDNs say, each once
    std::vector<L2tpTestDatagram> icrqs; //!< all ICRQs, each once

    void TearDown() override
    {
        m_calls.clear();
        m_switches.clear();
        row = L2tpSwitchContainer();
        hops = L2tpMultihopHelper();
        L2tpNetworkTest::TearDown();
    }

  private:
    /// Note messages on any link. @param datagram one; it passes two links if it is between
    /// switches
    void Note(const L2tpTestDatagram& datagram)
    {
        const bool isCdn = datagram.Is(L2tpMessageType::CDN);
        if ((!isCdn && !datagram.Is(L2tpMessageType::ICRQ)) ||
            !m_noted.insert(datagram.Identity()).second)
        {
            return;
        }
        if (isCdn)
        {
            cdns.push_back(datagram.message.Get(L2tpAvps::RESULT_CODE)
                               .value_or(L2tpResultCode())
                               .Describe(L2tpMessageType::CDN));
        }
        else
        {
            icrqs.push_back(datagram);
        }
    }

    uint32_t m_nSwitches{0};                          //!< how many switches
    std::vector<Ptr<L2tpTunnelSwitch>> m_switches;    //!< those watched
    std::vector<Ptr<const L2tpSwitchedCall>> m_calls; //!< all that there were
    std::set<std::vector<uint8_t>> m_noted;           //!< messages noted
};

} // namespace ns3

#endif /* L2TP_MULTIHOP_FIXTURE_H */
