/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2_CROSS_CONNECT_H
#define L2_CROSS_CONNECT_H

#include "l2-circuit.h"

#include "ns3/traced-callback.h"

#include <array>
#include <cstdint>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Joins two circuits: what comes out of one goes into the other.
 *
 * This is what an LAC does with the line of a remote system and the session to the LNS (RFC 2661,
 * section 1.2: the LAC "forwards packets to and from each"), and a tunnel switch with two sessions
 * (RFC 3931, section 1.2: "cross-connect"). Frames pass as they are, neither copied nor looked at.
 *
 * A circuit is not taken down because the other one went down, since each has its own way to end
 * (a line is hung up, a call is cleared by CDN): the owner is told, and does that. In any of the
 * callbacks and traces the owner may disconnect, and let go of the cross-connect.
 */
class L2CrossConnect : public Object
{
  public:
    /// One of the two circuits.
    enum class Side : uint8_t
    {
        FIRST, //!< the first one given to Connect()
        SECOND //!< the second one
    };

    /// What was counted of one direction.
    struct Statistics
    {
        uint64_t frames{0};  //!< frames that the other circuit took
        uint64_t octets{0};  //!< octets of these frames
        uint64_t dropped{0}; //!< frames that the other circuit did not take
    };

    /// Told that both circuits are up.
    using UpCallback = Callback<void>;
    /// Told which circuit went down, after both were up.
    using DownCallback = Callback<void, Side>;

    /// TracedCallback signature: a frame, and the side that it came from.
    using FrameTracedCallback = void (*)(Side from, Ptr<const Packet> frame);
    /// TracedCallback signature: frames pass, or pass no more.
    using StatusTracedCallback = void (*)(bool up);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2CrossConnect();
    ~L2CrossConnect() override;

    /**
     * @brief Set who is told that frames pass, and pass no more; before Connect().
     * @param up told of up, or null
     * @param down told of down, or null
     */
    void SetCallbacks(UpCallback up, DownCallback down);

    /**
     * @brief Join two circuits; this is the user of both from here on.
     * @param first a circuit
     * @param second another one
     */
    void Connect(Ptr<L2Circuit> first, Ptr<L2Circuit> second);

    /// Part the circuits, and be the user of neither; the callbacks are not called.
    void Disconnect();

    /**
     * @brief Tell whether frames pass.
     * @return true if both circuits are up
     */
    bool IsUp() const;

    /**
     * @brief Get one of the circuits.
     * @param side which one
     * @return the circuit, or null
     */
    Ptr<L2Circuit> GetCircuit(Side side) const;

    /**
     * @brief Get what was counted since the cross-connect was made.
     * @param from where the frames came from
     * @return the counters
     */
    const Statistics& GetStatistics(Side from) const;

  protected:
    void DoDispose() override;

  private:
    /// One side and what comes from there.
    struct End
    {
        Ptr<L2Circuit> circuit; //!< the circuit, or null
        bool up{false};         //!< its status, as it was told
        Statistics statistics;  //!< of the frames from there
    };

    /**
     * @brief Get a side.
     * @param side which one
     * @return its end
     */
    End& At(Side side);
    /**
     * @brief Pass a frame on.
     * @param from where it came from
     * @param frame the frame
     */
    void Forward(Side from, Ptr<Packet> frame);
    /// Pass a frame of the first circuit on. @param frame the frame
    void ForwardFirst(Ptr<Packet> frame);
    /// Pass a frame of the second circuit on. @param frame the frame
    void ForwardSecond(Ptr<Packet> frame);
    /**
     * @brief Follow the status of a circuit.
     * @param side which one
     * @param up its status
     */
    void Changed(Side side, bool up);
    /// Follow the first circuit. @param up its status
    void FirstChanged(bool up);
    /// Follow the second circuit. @param up its status
    void SecondChanged(bool up);

    std::array<End, 2> m_ends;                              //!< by Side
    UpCallback m_onUp;                                      //!< told of up
    DownCallback m_onDown;                                  //!< told of down
    TracedCallback<bool> m_statusTrace;                     //!< up and down
    TracedCallback<Side, Ptr<const Packet>> m_forwardTrace; //!< frames to be passed on
    TracedCallback<Side, Ptr<const Packet>> m_dropTrace;    //!< frames not taken
};

} // namespace ns3

#endif /* L2_CROSS_CONNECT_H */
