/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SERIAL_FIXTURE_H
#define SERIAL_FIXTURE_H

#include "simulation-test.h"

#include "ns3/l2-serial-net-device.h"
#include "ns3/node.h"
#include "ns3/simulator.h"

#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace ns3
{

/// A line with what happened to it.
struct SerialTestEnd
{
    SerialTestEnd(Ptr<Node> at, Ptr<L2TelephoneNetwork> network, const std::string& number)
        : node(at)
    {
        node->AddDevice(device);
        network->Attach(device, number);
        line->SetIncomingCallback(Callback<void, Ptr<L2SerialLine>, const L2CallNumbers&>(
            [this](Ptr<L2SerialLine> which, const L2CallNumbers& numbers) {
                EXPECT_EQ(which, line);
                Note("rings:" + numbers.calling + ">" + numbers.called +
                     (numbers.subAddress.empty() ? "" : "/" + numbers.subAddress));
                if (onRing)
                {
                    onRing();
                }
            }));
        line->SetCallCallbacks(Callback<void, Ptr<L2SerialLine>>([this](Ptr<L2SerialLine>) {
                                   EXPECT_TRUE(line->IsUp());
                                   Note("connected");
                               }),
                               Callback<void, Ptr<L2SerialLine>, L2LineCause>(
                                   [this](Ptr<L2SerialLine>, L2LineCause cause) {
                                       EXPECT_FALSE(line->IsUp());
                                       Note(L2LineCauseName(cause));
                                       if (onEnd)
                                       {
                                           onEnd();
                                       }
                                   }));
        Attach();
    }

    ~SerialTestEnd()
    {
        node->Dispose();
    }

    /// Take the frames that arrive.
    void Attach()
    {
        line->Attach(Callback<void, Ptr<Packet>>([this](Ptr<Packet> frame) {
                         received.push_back(frame);
                         times.push_back(Simulator::Now());
                         if (onFrame)
                         {
                             onFrame();
                         }
                     }),
                     L2Circuit::StatusCallback());
    }

    /// Write "what@milliseconds ", on the right node.
    void Note(const std::string& what)
    {
        // A dialled number that fails at once is told from where Dial() was called.
        EXPECT_TRUE(Simulator::GetContext() == node->GetId() ||
                    Simulator::GetContext() == Simulator::NO_CONTEXT);
        log += what + "@" + std::to_string(Simulator::Now().GetMilliSeconds()) + " ";
    }

    Ptr<Node> node;                                                   //!< where it ends
    Ptr<L2SerialNetDevice> device{CreateObject<L2SerialNetDevice>()}; //!< its port
    Ptr<L2SerialLine> line{device->GetLine()};                        //!< the line
    std::string log;                                                  //!< what was told
    std::function<void()> onRing;                                     //!< done when it rings
    std::function<void()> onEnd;                                      //!< done when a call ends
    std::function<void()> onFrame;                                    //!< done with each frame
    std::vector<Ptr<Packet>> received;                                //!< frames
    std::vector<Time> times;                                          //!< and when they came
};

/// A subscriber, 1000, and an LAC, 2000, on a telephone network: 2 s to find the line called, and
/// 5 ms from end to end.
class SerialTest : public SimulationTest
{
  protected:
    SerialTest()
    {
        network->SetAttribute("SetupTime", TimeValue(Seconds(2)));
        network->SetAttribute("Delay", TimeValue(MilliSeconds(5)));
    }

    /// Call the LAC, which answers at once; frames pass from 2.010 s on.
    void Connect()
    {
        lac.onRing = [this] { lac.line->Answer(); };
        ASSERT_TRUE(host.line->Dial("2000"));
        RunUntil(Simulator::Now() + MilliSeconds(2010) + NanoSeconds(1));
        ASSERT_TRUE(host.line->IsUp());
        ASSERT_TRUE(lac.line->IsUp());
        host.log.clear();
        lac.log.clear();
    }

    Ptr<L2TelephoneNetwork> network{CreateObject<L2TelephoneNetwork>()}; //!< joins them
    SerialTestEnd host{CreateObject<Node>(), network, "1000"};           //!< the subscriber
    SerialTestEnd lac{CreateObject<Node>(), network, "2000"};            //!< the LAC
};

} // namespace ns3

#endif /* SERIAL_FIXTURE_H */
