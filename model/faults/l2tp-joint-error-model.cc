/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-joint-error-model.h"

#include "l2tp-error-model-streams.h"

#include "ns3/packet.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpJointErrorModel);

TypeId
L2tpJointErrorModel::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpJointErrorModel")
                            .SetParent<ErrorModel>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpJointErrorModel>();
    return tid;
}

L2tpJointErrorModel::L2tpJointErrorModel() = default;
L2tpJointErrorModel::~L2tpJointErrorModel() = default;

void
L2tpJointErrorModel::DoDispose()
{
    m_models.clear();
    ErrorModel::DoDispose();
}

void
L2tpJointErrorModel::Add(Ptr<ErrorModel> model)
{
    m_models.push_back(model);
}

int64_t
L2tpJointErrorModel::AssignStreams(int64_t stream)
{
    int64_t used = 0;
    for (const auto& model : m_models)
    {
        used += L2tpAssignErrorModelStreams(model, stream + used);
    }
    return used;
}

bool
L2tpJointErrorModel::DoCorrupt(Ptr<Packet> packet)
{
    if (!IsEnabled())
    {
        return false;
    }
    bool lost = false;
    for (const auto& model : m_models)
    {
        lost = model->IsCorrupt(packet) || lost;
    }
    return lost;
}

void
L2tpJointErrorModel::DoReset()
{
    for (const auto& model : m_models)
    {
        model->Reset();
    }
}

} // namespace ns3
