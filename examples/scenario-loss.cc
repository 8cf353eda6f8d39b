/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "scenario-loss.h"

#include "ns3/abort.h"
#include "ns3/double.h"
#include "ns3/l2tp-gilbert-elliott-error-model.h"
#include "ns3/l2tp-joint-error-model.h"
#include "ns3/l2tp-message-error-model.h"
#include "ns3/l2tp-outage-error-model.h"
#include "ns3/pointer.h"
#include "ns3/string.h"

#include <map>

namespace ns3
{

namespace
{

/// What --LossOf may say, and what L2tpMessageErrorModel calls it.
const std::map<std::string, std::string> KINDS{{"control", "Control"},
                                               {"messages", "Message"},
                                               {"zlbs", "Zlb"},
                                               {"data", "Data"}};

} // namespace

void
L2tpScenarioLoss::AddTo(CommandLine& cmd)
{
    cmd.AddValue(
        "LossBurst",
        "how many packets in a row are lost, in the mean (Gilbert-Elliott), at least 1; 0: "
        "each for itself",
        burst);
    cmd.AddValue("LossOf",
                 "what --Loss is about: all, control, messages (of control), zlbs or data",
                 of);
    cmd.AddValue("Outages",
                 "when nothing arrives, start and length of each: '10s+5s 60s+500ms'",
                 outages);
    cmd.AddValue("Lose",
                 "a control message to be lost by name and number: ICCN:2, or SCCRP:1,3",
                 lose);
}

void
L2tpScenarioLoss::Check() const
{
    NS_ABORT_MSG_IF(burst != 0 && !(burst >= 1),
                    "--LossBurst=" << burst << ": give 1 or more, or 0 for no bursts");
    NS_ABORT_MSG_IF(of != "all" && KINDS.find(of) == KINDS.end(),
                    "--LossOf=" << of << ": choose all, control, messages, zlbs or data");
    NS_ABORT_MSG_IF(!lose.empty() && lose.find(':') == std::string::npos,
                    "--Lose=" << lose << ": give a message and its number, as in ICCN:2");
}

Ptr<ErrorModel>
L2tpScenarioLoss::MakeRandom(double rate, int64_t stream) const
{
    if (burst > 0 && rate > 0)
    {
        auto model = CreateObject<L2tpGilbertElliottErrorModel>();
        model->SetAttribute("MeanBurst", DoubleValue(burst));
        model->SetAttribute("MeanGap",
                            DoubleValue(L2tpGilbertElliottErrorModel::GetGapFor(rate, burst)));
        model->AssignStreams(stream);
        return model;
    }
    auto model = CreateObject<RateErrorModel>();
    model->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    model->SetRate(rate);
    model->AssignStreams(stream);
    return model;
}

Ptr<ErrorModel>
L2tpScenarioLoss::Make(double rate, int64_t stream) const
{
    Ptr<ErrorModel> random = MakeRandom(rate, stream);
    const auto kind = KINDS.find(of);
    if (kind != KINDS.end())
    {
        auto chosen = CreateObject<L2tpMessageErrorModel>();
        chosen->SetAttribute("Kind", StringValue(kind->second));
        chosen->SetAttribute("Loss", PointerValue(random));
        random = chosen;
    }
    if (outages.empty() && lose.empty())
    {
        return random;
    }
    auto joint = CreateObject<L2tpJointErrorModel>();
    joint->Add(random);
    if (!outages.empty())
    {
        auto model = CreateObject<L2tpOutageErrorModel>();
        model->SetOutages(outages);
        joint->Add(model);
    }
    if (!lose.empty())
    {
        auto model = CreateObject<L2tpMessageErrorModel>();
        model->SetMessage(lose.substr(0, lose.find(':')));
        model->SetWhich(lose.substr(lose.find(':') + 1));
        joint->Add(model);
    }
    return joint;
}

} // namespace ns3
