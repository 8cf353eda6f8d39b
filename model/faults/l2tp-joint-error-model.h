/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_JOINT_ERROR_MODEL_H
#define L2TP_JOINT_ERROR_MODEL_H

#include "ns3/error-model.h"
#include "ns3/ptr.h"

#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Several error models in one: a packet is lost if any of them loses it.
 *
 * All of them are asked about each packet, so that each counts and draws as if it were alone.
 */
class L2tpJointErrorModel : public ErrorModel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpJointErrorModel();
    ~L2tpJointErrorModel() override;

    /// Add a model. @param model it
    void Add(Ptr<ErrorModel> model);

    /**
     * @brief Assign fixed random variable stream numbers.
     * @param stream the first one to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    bool DoCorrupt(Ptr<Packet> packet) override;
    void DoReset() override;

    std::vector<Ptr<ErrorModel>> m_models; //!< the models
};

} // namespace ns3

#endif /* L2TP_JOINT_ERROR_MODEL_H */
