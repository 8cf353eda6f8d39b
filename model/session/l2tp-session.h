/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_SESSION_H
#define L2TP_SESSION_H

#include "ns3/l2-circuit.h"
#include "ns3/l2tp-drop-reason.h"
#include "ns3/l2tp-header.h"
#include "ns3/l2tp-udp-path.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <array>
#include <cstdint>
#include <memory>

namespace ns3
{

/// What the data plane counts, for one endpoint or one session.
struct L2tpDataStatistics
{
    uint64_t txPackets{0};                             //!< data messages sent
    uint64_t txBytes{0};                               //!< octets of their frames
    uint64_t rxPackets{0};                             //!< data messages delivered
    uint64_t rxBytes{0};                               //!< octets of their frames
    std::array<uint64_t, L2TP_DROP_REASONS> dropped{}; //!< by L2tpDropReason
};

/**
 * @ingroup l2tp
 *
 * @brief The data plane of one call: frames in, data messages out, and back (RFC 2661, sections
 * 3.1 and 5.3). It is an L2 circuit, whose other end is the peer's session.
 */
class L2tpSession : public L2Circuit
{
  public:
    /// TracedCallback signature: a frame that goes into or came out of the session.
    using FrameTracedCallback = void (*)(Ptr<const Packet> frame);
    /// TracedCallback signature: a frame that was dropped, and why.
    using DropTracedCallback = void (*)(L2tpDropReason reason, Ptr<const Packet> frame);

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
     * @brief Whether the Length field is sent in data messages (section 3.1: optional).
     * @param present true to send it
     */
    void SetLengthPresent(bool present);

    bool Send(Ptr<Packet> frame) override;

    /**
     * @brief Take a data message of this session.
     * @param header its header
     * @param message the message, header included
     */
    void Receive(const L2tpHeader& header, Ptr<Packet> message);

    /// What was counted. @return the counters of this session
    const L2tpDataStatistics& GetStatistics() const;

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Count and trace a drop.
     * @param reason why
     * @param frame what
     */
    void Drop(L2tpDropReason reason, Ptr<const Packet> frame);

    Ptr<L2tpUdpPath> m_path;     //!< the way to the peer
    L2tpHeader m_header;         //!< of the messages sent
    bool m_lengthPresent{false}; //!< whether L is set
    bool m_sending{false};       //!< whether Send() is at work
    L2tpDataStatistics m_own;    //!< counts for this session
    std::shared_ptr<L2tpDataStatistics> m_endpoint{
        std::make_shared<L2tpDataStatistics>()};                   //!< counts for the endpoint
    TracedCallback<Ptr<const Packet>> m_txTrace;                   //!< frames sent
    TracedCallback<Ptr<const Packet>> m_rxTrace;                   //!< frames delivered
    TracedCallback<L2tpDropReason, Ptr<const Packet>> m_dropTrace; //!< frames dropped
};

} // namespace ns3

#endif /* L2TP_SESSION_H */
