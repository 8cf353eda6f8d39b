/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-slow-start.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpSlowStart);

TypeId
L2tpSlowStart::GetTypeId()
{
    static TypeId tid = TypeId("ns3::L2tpSlowStart")
                            .SetParent<L2tpCongestionWindow>()
                            .SetGroupName("L2tp")
                            .AddConstructor<L2tpSlowStart>();
    return tid;
}

void
L2tpSlowStart::SetAdvertisedWindow(uint16_t size)
{
    m_advertised = size;
    m_window = std::min(m_window, size);
    // "SSTHRESH is initialized to the advertised window", unless congestion has set it since.
    m_threshold = m_congested ? std::min(m_threshold, size) : size;
}

void
L2tpSlowStart::OnAcknowledgement()
{
    if (m_window < m_threshold)
    {
        // "During slow start, CWND is increased by one packet each time an ACK is received."
        m_window = std::min<uint16_t>(m_window + 1, m_advertised);
        return;
    }
    // "it increases by 1/CWND for every new ACK received"
    if (++m_newAcks >= m_window)
    {
        m_newAcks = 0;
        m_window = std::min<uint32_t>(m_window + 1U, m_advertised);
    }
}

void
L2tpSlowStart::OnRetransmission()
{
    // "one half of the CWND is saved in SSTHRESH, and CWND is set to one"
    m_threshold = std::max(1, m_window / 2);
    m_window = 1;
    m_newAcks = 0;
    m_congested = true;
}

uint16_t
L2tpSlowStart::GetWindow() const
{
    return m_window;
}

uint16_t
L2tpSlowStart::GetThreshold() const
{
    return m_threshold;
}

} // namespace ns3
