/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef FAKE_CIRCUIT_H
#define FAKE_CIRCUIT_H

#include "ns3/l2-circuit.h"

#include <vector>

namespace ns3
{

/// A circuit whose far end is the test.
class FakeCircuit : public L2Circuit
{
  public:
    using L2Circuit::Deliver;
    using L2Circuit::SetUp;

    bool Send(Ptr<Packet> frame) override
    {
        m_sent.push_back(frame);
        return IsUp();
    }

    std::vector<Ptr<Packet>> m_sent; //!< what the near end sent
};

} // namespace ns3

#endif /* FAKE_CIRCUIT_H */
