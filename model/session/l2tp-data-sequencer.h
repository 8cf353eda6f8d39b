/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DATA_SEQUENCER_H
#define L2TP_DATA_SEQUENCER_H

#include "ns3/event-id.h"
#include "ns3/l2tp-drop-reason.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/simple-ref-count.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Who uses a data sequencer: it takes the frames in order, and is told of the others.
 */
class L2tpDataSequencerUser
{
  public:
    virtual ~L2tpDataSequencerUser() = default;

    /**
     * @brief Take the next frame.
     * @param frame the frame
     * @param wasHeld whether it came before its turn and was held back
     */
    virtual void DeliverInOrder(Ptr<Packet> frame, bool wasHeld) = 0;

    /**
     * @brief A frame came too late, or again, or was held back when the session was closed.
     * @param reason which of these
     * @param frame the frame
     */
    virtual void DropFrame(L2tpDropReason reason, Ptr<Packet> frame) = 0;

    /// Frames are given up: others that were sent after them are delivered. @param count how many
    virtual void FramesMissing(uint16_t count) = 0;

    /// The peer has begun to count anew.
    virtual void PeerRestarted() = 0;
};

/**
 * @ingroup l2tp
 *
 * @brief Puts the data messages of one session into the order of their Ns (RFC 2661, section 5.4).
 *
 * What is less than or equal to the last number delivered, by section 5.8's rule (the 32768 numbers
 * up to it), comes too late and is dropped. What comes before its turn is delivered at once, and
 * the numbers between are given up; or, with a timeout, it is held back until those before it have
 * come, until its time is up, or until a number comes that is further ahead than there is room for.
 *
 * Nothing tells a receiver that the peer began to count anew, or that a number far ahead was
 * nobody's: all that follows would be too late, up to 32768 messages of it. So if RESTART_RUN
 * messages come in a row that are RECENT or more behind, each one more than the last, the peer is
 * taken to be there now, and the last of them is delivered. What is less far behind is no reason
 * for that: it ends by itself, after RECENT messages at the most.
 *
 * A message in order costs the same few instructions whatever was before; memory is allocated when
 * the first frame is held back. There is one timer at the most.
 */
class L2tpDataSequencer : public SimpleRefCount<L2tpDataSequencer>
{
  public:
    /// What is done with frames that come before their turn.
    struct Config
    {
        Time reorderTimeout;        //!< how long one is held back; 0: it is delivered at once
        uint16_t reorderFrames{64}; //!< how many numbers ahead it may be to be held back
    };

    /// How many numbers are remembered, to tell what came again from what came late.
    static constexpr uint16_t RECENT = 64;
    /// How many messages in a row from far behind make a restart.
    static constexpr uint8_t RESTART_RUN = 5;

    /**
     * @brief Begin a session: the first message is number 0.
     * @param user who takes the frames; it outlives the sequencer, or calls Close()
     * @param config what to do with what comes before its turn
     */
    L2tpDataSequencer(L2tpDataSequencerUser* user, const Config& config);
    ~L2tpDataSequencer();

    /**
     * @brief Take a message.
     * @param ns its number
     * @param frame what it carries
     * @return false if it was closed before the frame's turn came: nobody was told of the frame
     */
    bool Receive(uint16_t ns, Ptr<Packet> frame);

    /// Deliver what is held back, and wait no more for what is missing in between.
    void Flush();

    /// Drop what is held back. After this the user is told of nothing any more.
    void Close();

    /// The number whose turn it is. @return the number
    uint16_t GetExpected() const;

    /// How many frames are held back. @return the number
    std::size_t GetNHeld() const;

  private:
    /// Room for a frame that is held back.
    struct Slot
    {
        Ptr<Packet> frame; //!< the frame, or null
        Time arrival;      //!< when it came
    };

    /**
     * @brief Take a message whose turn is yet to come.
     * @param ns its number
     * @param frame what it carries
     * @return false if it was closed in between
     */
    bool ReceiveEarly(uint16_t ns, Ptr<Packet> frame);

    /**
     * @brief Take a message whose turn is over.
     * @param ns its number
     * @param frame what it carries
     * @return false if it was closed in between
     */
    bool ReceiveLate(uint16_t ns, Ptr<Packet> frame);

    /// Deliver the frame whose turn it is. @param frame it @param wasHeld whether it waited
    void Deliver(Ptr<Packet> frame, bool wasHeld);

    /// Give numbers up. @param count how many
    void GiveUp(uint16_t count);

    /// Deliver what is held back before a number, and give up what is missing. @param ns the number
    void ReleaseBefore(uint16_t ns);

    /// Deliver what came by a time, and what is before it. @param time the time
    void ReleaseArrivedBy(Time time);

    /// Deliver what is held back as far as nothing is missing.
    void ReleaseReady();

    /// The time of a frame may be up.
    void Expire();

    /// Where a number is held. @param ns the number @return its slot
    Slot& SlotOf(uint16_t ns);

    L2tpDataSequencerUser* m_user; //!< who takes the frames; null once closed
    Config m_config;               //!< what is done with early frames
    uint16_t m_expected{0};        //!< the number whose turn it is
    uint16_t m_lastLate{0};        //!< the last number from far behind
    uint8_t m_lateRun{0};          //!< how many of those came in a row
    uint64_t m_recent{0};          //!< bit n: whether number m_expected - 1 - n was delivered
    std::size_t m_held{0};         //!< how many frames are held back
    std::vector<Slot> m_slots;     //!< a ring, by number; its size is a power of 2
    EventId m_timer;               //!< no later than when the first frame's time is up
};

} // namespace ns3

#endif /* L2TP_DATA_SEQUENCER_H */
