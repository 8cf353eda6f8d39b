/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_ACCESS_FIXTURE_H
#define L2TP_TEST_ACCESS_FIXTURE_H

#include "l2tp-test-network.h"

#include "ns3/boolean.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2-serial-net-device.h"
#include "ns3/l2tp-access-server.h"
#include "ns3/l2tp-interface-per-session.h"
#include "ns3/l2tp-remote-system.h"
#include "ns3/l2tp-tunnel-table.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <deque>
#include <sstream>
#include <vector>

namespace ns3
{

/// A remote system with its telephone line.
struct L2tpTestRemote
{
    Ptr<Node> node{CreateObject<Node>()};                           //!< its node
    Ptr<L2SerialNetDevice> port{CreateObject<L2SerialNetDevice>()}; //!< its line's
    Ptr<L2tpRemoteSystem> system{CreateObject<L2tpRemoteSystem>()}; //!< dials
    std::vector<std::string> reasons;                               //!< why its calls ended
};

/**
 * @brief An access server on host 0 of the network of most tests, with lines of the number 2000 and
 * 2001; remote systems that dial them; LNSs on the LNS's node and on host 1.
 *
 * A call is connected 1.005 s after it was dialled.
 */
class L2tpAccessTest : public L2tpNetworkTest
{
  protected:
    /// Build it. @param nRemotes how many remote systems and lines
    void BuildAccess(uint32_t nRemotes = 1)
    {
        Build(3);
        phones->SetAttribute("SetupTime", TimeValue(Seconds(1)));
        phones->SetAttribute("Delay", TimeValue(MilliSeconds(5)));
        accessNode = net->hosts.Get(0);
        lac = L2tpLacHelper().Install(accessNode);
        lac->AssignStreams(1);
        lnsHelper.AddUser("alice@isp.example", "wonderland");
        lnsHelper.SetAddressPool("10.8.0.0", "255.255.0.0");
        for (const auto& node : {net->lns, net->hosts.Get(1)})
        {
            lnss.push_back(lnsHelper.Install(node));
            lnss.back()->AssignStreams(static_cast<int64_t>(100000 * lnss.size()));
        }
        if (withL2tp)
        {
            server->SetAttribute("Lac", PointerValue(lac));
            server->SetAttribute("Selector", PointerValue(table));
        }
        accessNode->AddApplication(server);
        for (uint32_t i = 0; i < nRemotes; ++i)
        {
            AddRemote(i);
        }
        server->AssignStreams(10);
        server->TraceConnectWithoutContext(
            "State",
            Callback<void, Ptr<const L2tpAccessCall>, L2tpAccessState, L2tpAccessState>(
                [this](Ptr<const L2tpAccessCall> call, L2tpAccessState, L2tpAccessState now) {
                    states += std::string(L2tpAccessStateName(now)) + " ";
                    last = call;
                }));
    }

    void TearDown() override
    {
        last = nullptr;
        L2tpNetworkTest::TearDown();
    }

    /// Take it all down, to build it again.
    void Renew()
    {
        last = nullptr;
        states.clear();
        remotes.clear();
        lines.clear();
        lnss.clear();
        phones = CreateObject<L2TelephoneNetwork>();
        server = CreateObject<L2tpAccessServer>();
        table = CreateObject<L2tpTunnelTable>();
        lnsHelper = L2tpLnsHelper();
        Clear();
    }

    /// Add a remote system and a line of 2000. @param i which
    void AddRemote(uint32_t i)
    {
        auto& remote = remotes.emplace_back();
        InternetStackHelper().Install(remote.node);
        remote.node->AddDevice(remote.port);
        phones->Attach(remote.port, std::to_string(1000 + i));
        remote.system->SetAttribute("Line", PointerValue(remote.port->GetLine()));
        remote.system->SetAttribute("Number", StringValue("2000"));
        remote.system->SetAttribute("Username", StringValue("alice@isp.example"));
        remote.system->SetAttribute("Password", StringValue("wonderland"));
        remote.system->AssignStreams(50 + i);
        remote.system->TraceConnectWithoutContext(
            "Down",
            Callback<void, const std::string&>(
                [&remote](const std::string& reason) { remote.reasons.push_back(reason); }));
        remote.node->AddApplication(remote.system);
        lines.push_back(CreateObject<L2SerialNetDevice>());
        accessNode->AddDevice(lines.back());
        phones->Attach(lines.back(), "2000");
        server->AddLine(lines.back()->GetLine());
    }

    /// An LNS as a table has it. @param address its address @param preference its preference
    static L2tpTunnelPeer PeerAt(Ipv4Address address, uint32_t preference = 0)
    {
        L2tpTunnelPeer peer;
        peer.server = {L2tpIpAddress(address), L2TP_UDP_PORT};
        peer.preference = preference;
        return peer;
    }

    /// To the LNS. @return the choice
    L2tpTunnelChoice ToLns() const
    {
        return {L2tpTunnelChoice::Kind::TUNNEL, {PeerAt(net->lnsAddress)}, ""};
    }

    /// What ends PPP at the access server. @return it, with 10.9.0.1, and alice let in
    Ptr<L2tpInterfacePerSession> MakeTerminator()
    {
        auto terminator = CreateObject<L2tpInterfacePerSession>();
        auto users = CreateObject<PppLocalUserTable>();
        users->AddUser("alice@isp.example", "wonderland");
        terminator->SetAttribute("UserTable", PointerValue(users));
        terminator->SetAttribute("LocalAddress", Ipv4AddressValue("10.9.0.1"));
        terminator->GetPool()->SetNetwork("10.9.0.0", "255.255.255.0");
        return terminator;
    }

    /// The parameters that the LNS was told of its only call.
    L2tpCallParameters ToldToLns() const
    {
        EXPECT_EQ(lnss[0]->GetNCalls(), 1U);
        return lnss[0]->GetTunnels().at(0)->GetCalls().at(0)->GetParameters();
    }

    /// Expect that nothing is left of calls, at either end; the lines are idle.
    void ExpectIdle() const
    {
        EXPECT_EQ(server->GetNCalls(), 0U);
        EXPECT_EQ(lac->GetNCalls(), 0U);
        for (const auto& lns : lnss)
        {
            EXPECT_EQ(lns->GetNCalls(), 0U);
        }
        for (const auto& line : lines)
        {
            EXPECT_EQ(line->GetLine()->GetState(), L2LineState::IDLE);
        }
        for (const auto& remote : remotes)
        {
            EXPECT_EQ(remote.port->GetLine()->GetState(), L2LineState::IDLE);
        }
    }

    Ptr<L2TelephoneNetwork> phones{CreateObject<L2TelephoneNetwork>()}; //!< joins the lines
    std::deque<L2tpTestRemote> remotes;                                 //!< dial
    Ptr<Node> accessNode;                                               //!< the access server's
    std::vector<Ptr<L2SerialNetDevice>> lines;                          //!< its lines
    Ptr<L2tpAccessServer> server{CreateObject<L2tpAccessServer>()};     //!< answers
    Ptr<L2tpTunnelTable> table{CreateObject<L2tpTunnelTable>()};        //!< its selector
    Ptr<L2tpLac> lac;                                                   //!< of its node
    L2tpLnsHelper lnsHelper;                                            //!< makes LNSs
    std::vector<Ptr<L2tpLns>> lnss;                                     //!< the LNSs
    bool withL2tp{true};            //!< whether the access server has a LAC and a selector
    std::string states;             //!< of all calls
    Ptr<const L2tpAccessCall> last; //!< the one that has changed its state last
};

} // namespace ns3

#endif /* L2TP_TEST_ACCESS_FIXTURE_H */
