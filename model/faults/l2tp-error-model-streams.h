/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ERROR_MODEL_STREAMS_H
#define L2TP_ERROR_MODEL_STREAMS_H

#include "ns3/error-model.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/**
 * @brief Assign fixed random variable stream numbers to an error model of whatever class, as ns-3's
 * ErrorModel has no method for that.
 * @param model one of ns-3's or of this module's, with those that it is made of; null or another
 * one draws as before
 * @param stream the first one to use
 * @return how many were used
 */
int64_t L2tpAssignErrorModelStreams(const Ptr<ErrorModel>& model, int64_t stream);

} // namespace ns3

#endif /* L2TP_ERROR_MODEL_STREAMS_H */
