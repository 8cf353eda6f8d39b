/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-data-sequencer.h"

#include "ns3/simulator.h"

#include <algorithm>
#include <utility>

namespace ns3
{

namespace
{

/// Half of all numbers: those before the expected one are less, the others are not (section 5.8).
constexpr uint16_t HALF = 32768;

} // namespace

L2tpDataSequencer::L2tpDataSequencer(L2tpDataSequencerUser* user, const Config& config)
    : m_user(user),
      m_config(config)
{
}

L2tpDataSequencer::~L2tpDataSequencer()
{
    m_timer.Cancel();
}

bool
L2tpDataSequencer::Receive(uint16_t ns, Ptr<Packet> frame)
{
    if (!m_user)
    {
        return false;
    }
    // The user may close the session, and let go of this.
    Ptr<L2tpDataSequencer> self(this);
    const uint16_t ahead = ns - m_expected;
    if (ahead >= HALF)
    {
        return ReceiveLate(ns, frame);
    }
    m_lateRun = 0;
    if (ahead > 0)
    {
        return ReceiveEarly(ns, frame);
    }
    Deliver(frame, false);
    ReleaseReady();
    return true;
}

bool
L2tpDataSequencer::ReceiveEarly(uint16_t ns, Ptr<Packet> frame)
{
    if (m_config.reorderTimeout.IsZero())
    {
        GiveUp(ns - m_expected);
        if (!m_user)
        {
            return false;
        }
        Deliver(frame, false);
        return true;
    }
    if (uint16_t(ns - m_expected) > m_config.reorderFrames)
    {
        // As many numbers before it as there is room for are still waited for.
        ReleaseBefore(ns - m_config.reorderFrames);
        return Receive(ns, frame);
    }
    if (m_slots.empty())
    {
        std::size_t size = 2;
        while (size <= m_config.reorderFrames)
        {
            size *= 2;
        }
        m_slots.resize(size);
    }
    Slot& slot = SlotOf(ns);
    if (slot.frame)
    {
        m_user->DropFrame(L2tpDropReason::DATA_DUPLICATE, frame);
        return true;
    }
    slot = {frame, Simulator::Now()};
    ++m_held;
    if (!m_timer.IsRunning())
    {
        m_timer = Simulator::Schedule(m_config.reorderTimeout, &L2tpDataSequencer::Expire, this);
    }
    return true;
}

bool
L2tpDataSequencer::ReceiveLate(uint16_t ns, Ptr<Packet> frame)
{
    const uint16_t behind = m_expected - 1 - ns;
    if (behind < RECENT)
    {
        const bool again = m_recent >> behind & 1;
        m_user->DropFrame(again ? L2tpDropReason::DATA_DUPLICATE
                                : L2tpDropReason::DATA_OUT_OF_ORDER,
                          frame);
        return true;
    }
    m_lateRun = ns == uint16_t(m_lastLate + 1) ? m_lateRun + 1 : 1;
    m_lastLate = ns;
    if (m_lateRun < RESTART_RUN)
    {
        m_user->DropFrame(L2tpDropReason::DATA_OUT_OF_ORDER, frame);
        return true;
    }
    Flush();
    m_lateRun = 0;
    m_recent = 0;
    m_expected = ns;
    if (m_user)
    {
        m_user->PeerRestarted();
    }
    if (!m_user)
    {
        return false;
    }
    Deliver(frame, false);
    return true;
}

void
L2tpDataSequencer::Deliver(Ptr<Packet> frame, bool wasHeld)
{
    ++m_expected;
    m_recent = m_recent << 1 | 1;
    m_user->DeliverInOrder(frame, wasHeld);
}

void
L2tpDataSequencer::GiveUp(uint16_t count)
{
    m_expected += count;
    m_recent = count < RECENT ? m_recent << count : 0;
    m_user->FramesMissing(count);
}

void
L2tpDataSequencer::ReleaseBefore(uint16_t ns)
{
    // Told of a frame, the user may close the session.
    while (m_user && uint16_t(ns - m_expected - 1) < HALF - 1)
    {
        uint16_t missing = ns - m_expected;
        for (uint16_t n = 0; m_held > 0 && n < missing; ++n)
        {
            if (SlotOf(m_expected + n).frame)
            {
                missing = n;
            }
        }
        GiveUp(missing);
        ReleaseReady();
    }
}

void
L2tpDataSequencer::ReleaseReady()
{
    while (m_user && m_held > 0 && SlotOf(m_expected).frame)
    {
        Ptr<Packet> frame;
        std::swap(frame, SlotOf(m_expected).frame);
        --m_held;
        Deliver(frame, true);
    }
}

void
L2tpDataSequencer::ReleaseArrivedBy(Time time)
{
    uint16_t end = m_expected;
    std::size_t seen = 0;
    for (uint16_t ns = m_expected + 1; seen < m_held; ++ns)
    {
        const Slot& slot = SlotOf(ns);
        seen += slot.frame ? 1 : 0;
        end = slot.frame && slot.arrival <= time ? ns + 1 : end;
    }
    ReleaseBefore(end);
}

void
L2tpDataSequencer::Flush()
{
    Ptr<L2tpDataSequencer> self(this);
    ReleaseArrivedBy(Simulator::Now());
}

void
L2tpDataSequencer::Expire()
{
    Ptr<L2tpDataSequencer> self(this);
    ReleaseArrivedBy(Simulator::Now() - m_config.reorderTimeout);
    if (m_held == 0 || m_timer.IsRunning())
    {
        return;
    }
    Time first = Time::Max();
    for (const Slot& slot : m_slots)
    {
        first = slot.frame ? std::min(first, slot.arrival) : first;
    }
    m_timer = Simulator::Schedule(first + m_config.reorderTimeout - Simulator::Now(),
                                  &L2tpDataSequencer::Expire,
                                  this);
}

void
L2tpDataSequencer::Close()
{
    // The user may let go of this.
    Ptr<L2tpDataSequencer> self(this);
    L2tpDataSequencerUser* user = m_user;
    m_user = nullptr;
    m_timer.Cancel();
    const std::vector<Slot> slots = std::move(m_slots);
    m_slots.clear();
    uint16_t ns = m_expected;
    for (std::size_t left = std::exchange(m_held, 0); left > 0; ++ns)
    {
        if (const Ptr<Packet> frame = slots[ns % slots.size()].frame)
        {
            --left;
            user->DropFrame(L2tpDropReason::SESSION_NOT_ESTABLISHED, frame);
        }
    }
}

uint16_t
L2tpDataSequencer::GetExpected() const
{
    return m_expected;
}

std::size_t
L2tpDataSequencer::GetNHeld() const
{
    return m_held;
}

L2tpDataSequencer::Slot&
L2tpDataSequencer::SlotOf(uint16_t ns)
{
    return m_slots[ns & (m_slots.size() - 1)];
}

} // namespace ns3
