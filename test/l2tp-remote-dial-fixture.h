/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REMOTE_DIAL_FIXTURE_H
#define L2TP_REMOTE_DIAL_FIXTURE_H

#include "l2tp-outgoing-call-fixture.h"

#include "ns3/data-rate.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/l2-serial-net-device.h"
#include "ns3/l2tp-line-dialer.h"
#include "ns3/l2tp-remote-system.h"
#include "ns3/pointer.h"

#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief An LNS, a LAC on host 0 with a pool of lines, and remote systems on the same telephone
 * network. It takes 1 s to find a line that is called, and 5 ms from end to end.
 */
class L2tpRemoteDialTest : public L2tpOutgoingCallTest
{
  protected:
    /// A remote system that waits to be called.
    struct Remote
    {
        /// Put it on a node and attach it. @param network the network @param number its number
        Remote(Ptr<L2TelephoneNetwork> network, const std::string& number)
        {
            InternetStackHelper().Install(node);
            node->AddDevice(port);
            network->Attach(port, number);
            system->SetAttribute("Line", PointerValue(port->GetLine()));
            system->SetAttribute("Username", StringValue("alice"));
            system->SetAttribute("Password", StringValue("wonderland"));
            node->AddApplication(system);
        }

        Ptr<Node> node{CreateObject<Node>()};                           //!< where it runs
        Ptr<L2SerialNetDevice> port{CreateObject<L2SerialNetDevice>()}; //!< its line's port
        Ptr<L2tpRemoteSystem> system{CreateObject<L2tpRemoteSystem>()}; //!< the application
    };

    /// Put LNS and LAC in their places. @param nLines how many lines the LAC has
    void BuildDial(uint32_t nLines = 1)
    {
        BuildEnds(false);
        lines = CreateObject<L2tpLineDialer>();
        network = CreateObject<L2TelephoneNetwork>();
        network->SetAttribute("SetupTime", TimeValue(Seconds(1)));
        network->SetAttribute("Delay", TimeValue(MilliSeconds(5)));
        for (uint32_t i = 0; i < nLines; ++i)
        {
            AddLine();
        }
        lac->SetDialer(lines);
        AddRemote("5551234");
        RunUntil(MilliSeconds(600)); // the remote system has started
    }

    /// Take all of it down, to build it anew.
    void ClearDial()
    {
        remotes.clear();
        pool.clear();
        wire.clear();
        Clear();
    }

    /// Add a line to the LAC's pool.
    void AddLine()
    {
        auto port = CreateObject<L2SerialNetDevice>();
        net->hosts.Get(0)->AddDevice(port);
        network->Attach(port, "2000");
        lines->AddLine(port->GetLine());
        pool.push_back(port->GetLine());
    }

    /// Add a remote system. @param number its number
    void AddRemote(const std::string& number)
    {
        remotes.push_back(std::make_unique<Remote>(network, number));
        remotes.back()->system->AssignStreams(static_cast<int64_t>(400 + remotes.size()));
    }

    /// Make a line synchronous, or not. @param line it @param synchronous which
    static void SetSynchronous(Ptr<L2SerialLine> line, bool synchronous)
    {
        line->SetAttribute("Synchronous", BooleanValue(synchronous));
    }

    /// The line of a remote system. @param i which @return the line
    Ptr<L2SerialLine> RemoteLine(std::size_t i = 0) const
    {
        return remotes[i]->port->GetLine();
    }

    /// Expect that all lines are on the hook, and that nothing else is left either.
    void ExpectAllIdleInTheEnd()
    {
        ExpectNothingLeftInTheEnd();
        EXPECT_EQ(lines->GetNIdle(), lines->GetNLines());
        for (const auto& line : pool)
        {
            EXPECT_EQ(line->GetState(), L2LineState::IDLE);
        }
        for (const auto& remote : remotes)
        {
            EXPECT_EQ(remote->port->GetLine()->GetState(), L2LineState::IDLE);
        }
    }

    Ptr<L2TelephoneNetwork> network;              //!< joins the lines
    Ptr<L2tpLineDialer> lines;                    //!< the LAC's dialer
    std::vector<Ptr<L2SerialLine>> pool;          //!< its lines
    std::vector<std::unique_ptr<Remote>> remotes; //!< remote systems
};

} // namespace ns3

#endif /* L2TP_REMOTE_DIAL_FIXTURE_H */
