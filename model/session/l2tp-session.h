/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SESSION_H
#define L2TP_SESSION_H

#include "l2tp-data-sequencer.h"
#include "l2tp-marking.h"

#include "ns3/l2-circuit.h"
#include "ns3/l2tp-drop-reason.h"
#include "ns3/l2tp-header.h"
#include "ns3/l2tp-udp-path.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"
#include "ns3/traced-value.h"

#include <array>
#include <cstdint>
#include <memory>

namespace ns3
{

/// What the data plane counts, for one endpoint or one session.
struct L2tpDataStatistics
{
    uint64_t txPackets{0};   //!< data messages sent
    uint64_t txBytes{0};     //!< octets of their frames
    uint64_t rxPackets{0};   //!< data messages delivered
    uint64_t rxBytes{0};     //!< octets of their frames
    uint64_t rxLost{0};      //!< sequence numbers given up
    uint64_t rxReordered{0}; //!< delivered after they were held back
    uint64_t rxRestarts{0};  //!< times the peer began to count anew
    uint64_t rxPriority{0};  //!< received with the P bit
    uint64_t rxCe{0};        //!< inner packets that were told of congestion on the tunnel's way
    uint64_t rxUnusedEcn{0}; //!< ECN fields that nobody combines (RFC 6040, section 4.2)
    std::array<uint64_t, L2TP_DROP_REASONS> dropped{}; //!< by L2tpDropReason
};

/// Which data messages bear the P bit. Unscoped, as EnumValue of ns-3.40 and earlier needs it.
enum L2tpDataPriority
{
    L2TP_PRIORITY_NONE,        //!< none
    L2TP_PRIORITY_PPP_CONTROL, //!< those with frames of PPP's control protocols, LCP echoes above
                               //!< all
    L2TP_PRIORITY_ALL          //!< all
};

/// Who decides whether data messages are numbered (RFC 2661, section 5.4).
enum class L2tpSequencingMode : uint8_t
{
    FOLLOW,  //!< the peer: this end, a LAC, does as the last message that it received
    CONTROL, //!< this end, an LNS
    ALWAYS,  //!< nobody: the LAC has sent Sequencing Required
};

/// How the data messages of a session are made, and what is done with those that come.
struct L2tpSessionConfig
{
    bool lengthPresent{false};                     //!< whether L is set
    uint16_t offset{0};                            //!< octets of offset padding; 0: O is not set
    L2tpDataPriority priority{L2TP_PRIORITY_NONE}; //!< when P is set
    bool sequencing{false};                        //!< whether S is set at first, as an LNS
    L2tpDataSequencer::Config order;               //!< what is done with what comes out of order
    Ptr<const L2tpMarking> marking;                //!< of outer and inner headers; null: no marks
};

/**
 * @ingroup l2tp
 *
 * @brief The data plane of one call: frames in, data messages out, and back (RFC 2661, sections
 * 3.1, 5.3 and 5.4). It is an L2 circuit, whose other end is the peer's session.
 *
 * Messages that are numbered are put into order; see L2tpDataSequencer. If one comes that is not,
 * what was held back before it is delivered first.
 *
 * A marking, if there is one, says what the datagrams' IP headers have to do with those inside.
 *
 * A message that is sent with the P bit has precedence in those queue discs of this node that look
 * at priorities, as PfifoFastQueueDisc: its packet has the priority Socket::NS3_PRIO_INTERACTIVE.
 */
class L2tpSession : public L2Circuit, public L2tpDataSequencerUser
{
  public:
    /// TracedCallback signature: a frame that goes into or came out of the session.
    using FrameTracedCallback = void (*)(Ptr<const Packet> frame);
    /// TracedCallback signature: a frame that was dropped, and why.
    using DropTracedCallback = void (*)(L2tpDropReason reason, Ptr<const Packet> frame);
    /// TracedCallback signature: a frame's datagram had ECN fields that nobody uses together.
    using UnusedEcnTracedCallback = void (*)(L2tpEcnUse use, Ptr<const Packet> frame);
    /// TracedCallback signature: so many frames are given up.
    using LostTracedCallback = void (*)(uint16_t count);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpSession();
    ~L2tpSession() override;

    /**
     * @brief Count for the whole endpoint too, beside the session's own counters.
     * @param statistics the endpoint's counters
     */
    void SetEndpointStatistics(std::shared_ptr<L2tpDataStatistics> statistics);

    /**
     * @brief Let frames pass.
     * @param path the way to the peer
     * @param peerTunnelId the Tunnel ID that the peer assigned
     * @param peerSessionId the Session ID that the peer assigned
     */
    void Open(Ptr<L2tpUdpPath> path, uint16_t peerTunnelId, uint16_t peerSessionId);

    /// Let no frames pass any more.
    void Close();

    /**
     * @brief Say how to behave; takes effect with Open().
     * @param config how
     */
    void Configure(const L2tpSessionConfig& config);

    /**
     * @brief Say who decides on sequencing; takes effect with Open().
     * @param mode who
     */
    void SetSequencingMode(L2tpSequencingMode mode);

    /**
     * @brief Enable or disable sequence numbers (section 5.4): the peer will do the same as soon as
     * it receives a message. Numbers go on where they were when disabled.
     * @param on whether to send them
     * @return false if that is not up to this end: only an LNS may, while the session is open, and
     * not if the LAC has sent Sequencing Required
     */
    bool SetSequencing(bool on);

    /// Whether sequence numbers are sent. @return true if the next message will have one
    bool IsSequencing() const;

    bool Send(Ptr<Packet> frame) override;

    /**
     * @brief Take a data message of this session.
     * @param header its header
     * @param message the message, header included
     * @param trafficClass of the datagram's IP header
     */
    void Receive(const L2tpHeader& header, Ptr<Packet> message, uint8_t trafficClass = 0);

    /// What was counted. @return the counters of this session
    const L2tpDataStatistics& GetStatistics() const;

    // The sequencer's user
    void DeliverInOrder(Ptr<Packet> frame, bool wasHeld) override;
    void DropFrame(L2tpDropReason reason, Ptr<Packet> frame) override;
    void FramesMissing(uint16_t count) override;
    void PeerRestarted() override;

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Count and trace a drop.
     * @param reason why
     * @param frame what
     */
    void Drop(L2tpDropReason reason, Ptr<const Packet> frame);

    /// Send sequence numbers from now on, or no more. @param on which
    void UseSequencing(bool on);

    /// Make the header of the messages to be sent.
    void MakeHeader();

    /**
     * @brief Tell whether a message is to be preferred.
     * @param frame what it carries
     * @return true if it gets the P bit
     */
    bool HasPriority(Ptr<const Packet> frame) const;

    /**
     * @brief Have a frame marked as the datagram that carried it was.
     * @param frame the frame
     * @param trafficClass of the datagram's IP header
     * @return false if it is dropped
     */
    bool Unmark(const Ptr<Packet>& frame, uint8_t trafficClass);

    /// Stop putting frames into order, and forget those that are held back.
    void CloseSequencer();

    /// Deliver a frame that was received. @param frame it
    void Accept(const Ptr<Packet>& frame);

    /// Count, here and for the endpoint. @param counter what @param by how much
    void Count(uint64_t L2tpDataStatistics::*counter, uint64_t by = 1)
    {
        m_own.*counter += by;
        (*m_endpoint).*counter += by;
    }

    L2tpSessionConfig m_config;                            //!< how to behave
    L2tpSequencingMode m_mode{L2tpSequencingMode::FOLLOW}; //!< who decides on sequencing
    Ptr<L2tpUdpPath> m_path;                               //!< the way to the peer
    uint16_t m_peerTunnelId{0};                            //!< the peer's Tunnel ID
    uint16_t m_peerSessionId{0};                           //!< the peer's Session ID
    L2tpHeader m_header;                                   //!< of the messages sent
    uint32_t m_headerSize{0};                              //!< its octets
    TracedValue<bool> m_sequencing{false};                 //!< whether S is set
    uint16_t m_ns{0};                                      //!< Ns of the next message with S
    Ptr<L2tpDataSequencer> m_sequencer;                    //!< none before the first with S
    bool m_sending{false};                                 //!< whether Send() is at work
    L2tpDataStatistics m_own;                              //!< counts for this session
    std::shared_ptr<L2tpDataStatistics> m_endpoint{
        std::make_shared<L2tpDataStatistics>()};                    //!< counts for the endpoint
    TracedCallback<Ptr<const Packet>> m_txTrace;                    //!< frames sent
    TracedCallback<Ptr<const Packet>> m_rxTrace;                    //!< frames delivered
    TracedCallback<L2tpDropReason, Ptr<const Packet>> m_dropTrace;  //!< frames dropped
    TracedCallback<uint16_t> m_lostTrace;                           //!< frames given up
    TracedCallback<L2tpEcnUse, Ptr<const Packet>> m_unusedEcnTrace; //!< unused ECN fields
};

} // namespace ns3

#endif /* L2TP_SESSION_H */
