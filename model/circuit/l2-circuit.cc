/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2-circuit.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2Circuit);

TypeId
L2Circuit::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2Circuit").SetParent<Object>().SetGroupName("L2tp");
    return tid;
}

uint16_t
L2Circuit::GetMaxPayload() const
{
    return UINT16_MAX;
}

bool
L2Circuit::HasAddressControl() const
{
    return true;
}

bool
L2Circuit::IsUp() const
{
    return m_up;
}

void
L2Circuit::Attach(ReceiveCallback receive, StatusCallback status)
{
    m_receive = receive;
    m_status = status;
    if (m_up && !status.IsNull())
    {
        status(true);
    }
}

void
L2Circuit::DoDispose()
{
    m_receive = ReceiveCallback();
    m_status = StatusCallback();
    m_up = false;
    Object::DoDispose();
}

bool
L2Circuit::Deliver(Ptr<Packet> frame)
{
    if (m_receive.IsNull())
    {
        return false;
    }
    // A copy, since the user may detach itself while it is called.
    const ReceiveCallback receive = m_receive;
    receive(frame);
    return true;
}

void
L2Circuit::SetUp(bool up)
{
    if (m_up == up)
    {
        return;
    }
    m_up = up;
    const StatusCallback status = m_status; // as in Deliver()
    if (!status.IsNull())
    {
        status(up);
    }
}

} // namespace ns3
