/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-error-model-streams.h"

#include "l2tp-gilbert-elliott-error-model.h"
#include "l2tp-joint-error-model.h"
#include "l2tp-message-error-model.h"

namespace ns3
{

namespace
{

/**
 * @brief Assign streams if the model is of a class.
 * @tparam Model the class
 * @param model the model
 * @param stream the first stream
 * @param used receives how many were used
 * @return true if it is
 */
template <typename Model>
bool
AssignIf(const Ptr<ErrorModel>& model, int64_t stream, int64_t& used)
{
    const auto found = DynamicCast<Model>(model);
    used = found ? found->AssignStreams(stream) : 0;
    return found != nullptr;
}

} // namespace

int64_t
L2tpAssignErrorModelStreams(const Ptr<ErrorModel>& model, int64_t stream)
{
    int64_t used = 0;
    static_cast<void>(AssignIf<RateErrorModel>(model, stream, used) ||
                      AssignIf<BurstErrorModel>(model, stream, used) ||
                      AssignIf<L2tpGilbertElliottErrorModel>(model, stream, used) ||
                      AssignIf<L2tpMessageErrorModel>(model, stream, used) ||
                      AssignIf<L2tpJointErrorModel>(model, stream, used));
    return used;
}

} // namespace ns3
