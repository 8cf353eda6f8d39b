/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_TEST_DIALER_H
#define L2TP_TEST_DIALER_H

#include "ns3/l2tp-dialer.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace ns3
{

/// A dialer whose lines do what a test says.
class L2tpTestDialer : public L2tpDialer
{
  public:
    uint32_t GetBearerCapabilities() const override
    {
        return bearers;
    }

    std::optional<L2tpResultCode> Judge(const L2tpCallParameters& parameters) const override
    {
        asked.push_back(parameters);
        return refusal;
    }

    std::optional<uint32_t> Reserve(Ptr<const L2tpCall> /* call */) override
    {
        ++reserved;
        return channel;
    }

    void Dial(Ptr<L2tpCall> call) override
    {
        dialled.push_back(call);
        if (!answers)
        {
            return;
        }
        if (dialTime.IsZero())
        {
            Answer(call);
            return;
        }
        Simulator::Schedule(dialTime, &L2tpTestDialer::Answer, this, call);
    }

    void Connect(Ptr<L2tpCall> call) override
    {
        connected.push_back(call);
        if (onConnect)
        {
            onConnect(call);
        }
    }

    void Release(Ptr<L2tpCall> call) override
    {
        released.push_back(call);
    }

    uint32_t bearers{L2tpBearer::DIGITAL};         //!< what it has
    std::optional<L2tpResultCode> refusal;         //!< why it attempts no call
    std::optional<uint32_t> channel;               //!< its Physical Channel ID
    bool answers{true};                            //!< whether a call is ever answered
    Time dialTime{MilliSeconds(200)};              //!< how long it takes; 0: answered at once
    L2tpBearerLine line{64000};                    //!< what comes of it
    std::optional<L2tpResultCode> failure;         //!< why nothing comes of it
    std::function<void(Ptr<L2tpCall>)> onConnect;  //!< what a connected line does
    mutable std::vector<L2tpCallParameters> asked; //!< what LNSs asked for
    uint32_t reserved{0};                          //!< calls accepted
    std::vector<Ptr<L2tpCall>> dialled;            //!< calls dialled
    std::vector<Ptr<L2tpCall>> connected;          //!< calls connected
    std::vector<Ptr<L2tpCall>> released;           //!< calls released

  private:
    /// Answer. @param call the call
    void Answer(Ptr<L2tpCall> call)
    {
        if (failure)
        {
            call->BearerFailed(*failure);
        }
        else
        {
            call->BearerAnswered(line);
        }
    }
};

} // namespace ns3

#endif /* L2TP_TEST_DIALER_H */
