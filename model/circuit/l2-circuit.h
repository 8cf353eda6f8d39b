/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2_CIRCUIT_H
#define L2_CIRCUIT_H

#include "ns3/callback.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief One end of a pipe of layer-2 frames.
 *
 * An L2TP session, a serial line and a PPPoE line are all circuits: something that takes a frame
 * at this end and delivers the frames that come from the other end. The four tunnelling models
 * differ only in how circuits are joined (RFC 2661, section 2: "call", "session"; RFC 3931,
 * section 1.2: "attachment circuit").
 *
 * A frame is a Packet that begins with its layer-2 header. For PPP this is the frame of RFC 1662
 * without flags, transparency and FCS: Address and Control fields (unless compressed away), the
 * Protocol field, and the information (RFC 2661, section 5.3).
 *
 * A circuit is either up (frames pass) or down (frames are dropped, counted and traced by the
 * circuit itself). Exactly one user is attached to an end at a time. A circuit that was disposed of
 * is down, and says so to nobody.
 */
class L2Circuit : public Object
{
  public:
    /// Called with each frame that arrives at this end; the callee owns the packet.
    using ReceiveCallback = Callback<void, Ptr<Packet>>;
    /// Called when the circuit goes up (true) or down (false).
    using StatusCallback = Callback<void, bool>;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Send a frame towards the other end.
     * @param frame the frame, beginning with its layer-2 header; the circuit owns it from here on
     * @return false if the frame was dropped at once (the circuit is down, or the frame too long)
     */
    virtual bool Send(Ptr<Packet> frame) = 0;

    /**
     * @brief Get the longest information that a PPP frame may carry here.
     * @return octets behind the Protocol field; 65535 if the circuit sets no limit
     */
    virtual uint16_t GetMaxPayload() const;

    /**
     * @brief Tell whether PPP frames have Address and Control fields here, and may be on lines with
     * control characters. If not, LCP must not negotiate options about them (RFC 2516, section 7).
     * @return true unless the circuit says otherwise
     */
    virtual bool HasAddressControl() const;

    /**
     * @brief Tell whether frames pass.
     * @return true if the circuit is up
     */
    bool IsUp() const;

    /**
     * @brief Attach the user of this end. Attaching null callbacks detaches it.
     *
     * The status callback is called at once if the circuit is up already, so that a user needs no
     * case of its own for that.
     *
     * @param receive takes the frames that arrive
     * @param status is told of each change between up and down
     */
    void Attach(ReceiveCallback receive, StatusCallback status);

  protected:
    void DoDispose() override;

    /**
     * @brief Hand a frame to the attached user.
     * @param frame the frame that arrived
     * @return false if nobody is attached, and the frame is lost
     */
    bool Deliver(Ptr<Packet> frame);

    /**
     * @brief Change the status and tell the attached user. Does nothing if it is so already.
     * @param up the new status
     */
    void SetUp(bool up);

  private:
    ReceiveCallback m_receive; //!< takes the frames that arrive
    StatusCallback m_status;   //!< is told of up and down
    bool m_up{false};          //!< whether frames pass
};

} // namespace ns3

#endif /* L2_CIRCUIT_H */
