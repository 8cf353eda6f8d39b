/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fixed-window.h"

#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpFixedWindow);

TypeId
L2tpFixedWindow::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpFixedWindow")
            .SetParent<L2tpCongestionWindow>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpFixedWindow>()
            .AddAttribute("Size",
                          "How many messages may be unacknowledged; the peer's window, if that is "
                          "less. 1 is lock step; the default is no congestion control.",
                          UintegerValue(65535),
                          MakeUintegerAccessor(&L2tpFixedWindow::m_size),
                          MakeUintegerChecker<uint16_t>(1));
    return tid;
}

void
L2tpFixedWindow::SetAdvertisedWindow(uint16_t size)
{
    m_advertised = size;
}

void
L2tpFixedWindow::OnAcknowledgement()
{
}

void
L2tpFixedWindow::OnRetransmission()
{
}

uint16_t
L2tpFixedWindow::GetWindow() const
{
    return std::min(m_size, m_advertised);
}

uint16_t
L2tpFixedWindow::GetThreshold() const
{
    return GetWindow();
}

} // namespace ns3
