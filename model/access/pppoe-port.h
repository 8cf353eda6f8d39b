/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPPOE_PORT_H
#define PPPOE_PORT_H

#include "pppoe-packet.h"
#include "pppoe-session.h"

#include "ns3/callback.h"
#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/traced-callback.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/// Why a port dropped a packet, or a frame to be sent.
enum class PppoeDropReason : uint8_t
{
    BAD_HEADER,      //!< truncated, of another version, or with a LENGTH beyond its end
    BAD_CODE,        //!< a CODE that its stage doesn't have
    BAD_TAG,         //!< a TAG that ends beyond the packet, or has an illegal value
    BAD_CONTENT,     //!< a SESSION_ID or a number of TAGs that its code forbids
    BAD_SOURCE,      //!< from an address that is no host's
    NOT_OURS,        //!< nobody here plays the role that it is meant for
    STALE,           //!< an answer to what was asked before, or never
    UNWANTED_OFFER,  //!< an offer without the service, or of another Access Concentrator
    BAD_COOKIE,      //!< a PADR without the AC-Cookie of its sender (section 9)
    NO_SUCH_SERVICE, //!< a service that isn't offered
    LIMIT,           //!< there are too many sessions already
    UNKNOWN_SESSION, //!< no such session with that peer
    NO_RECEIVER,     //!< nobody is attached to the session
    SESSION_DOWN,    //!< a frame to be sent into a session that has ended
    SEND_TOO_LONG,   //!< longer than the session, or the device, carries
    SEND_REFUSED,    //!< the device doesn't take it
    COUNT            //!< how many reasons there are
};

/// How many reasons there are, as a size.
inline constexpr std::size_t PPPOE_DROP_REASONS = static_cast<std::size_t>(PppoeDropReason::COUNT);

/**
 * @brief Name a reason.
 * @param reason the reason
 * @return words of lower-case letters, joined by hyphens
 */
const char* PppoeDropReasonName(PppoeDropReason reason);

/**
 * @ingroup l2tp
 *
 * @brief PPPoE at one Ethernet-like device of a node: what PppoeClient, PppoeConcentrator and the
 * sessions of both share.
 *
 * It takes the packets of both ETHER_TYPEs, and hands each to whom it is meant for. The device may
 * carry other protocols beside. It must have addresses of six octets and a broadcast address.
 */
class PppoePort : public Object
{
  public:
    /// Takes the packets of the Discovery stage; the packet is for Drop().
    using DiscoveryCallback =
        Callback<void, const PppoeDiscovery&, Mac48Address, Ptr<const Packet>>;
    /// Told of a session packet that belongs to no session: its sender and SESSION_ID.
    using UnknownSessionCallback = Callback<void, Mac48Address, uint16_t>;

    /// TracedCallback signature: a Discovery packet, from its PPPoE header on, and its other end.
    using DiscoveryTracedCallback = void (*)(Ptr<const Packet> packet, Mac48Address peer);
    /// TracedCallback signature: why and what was dropped.
    using DropTracedCallback = void (*)(PppoeDropReason reason, Ptr<const Packet> packet);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppoePort();
    ~PppoePort() override;

    /**
     * @brief Get the port of a device, which is made at the first call.
     * @param device the device, which belongs to a node
     * @return the port, aggregated to the device
     */
    static Ptr<PppoePort> Of(Ptr<NetDevice> device);

    /// The device. @return the device
    Ptr<NetDevice> GetDevice() const;

    /// The device's address. @return the address
    Mac48Address GetAddress() const;

    /**
     * @brief Send a packet of the Discovery stage.
     * @param packet the packet
     * @param to to whom
     */
    void Send(const PppoeDiscovery& packet, Mac48Address to);

    /**
     * @brief Send a PPP frame.
     * @param frame the frame, from its Protocol-ID on
     * @param to to whom
     * @param sessionId the SESSION_ID
     * @return false if it was dropped
     */
    bool SendSession(Ptr<Packet> frame, Mac48Address to, uint16_t sessionId);

    /**
     * @brief Set who plays the Access Concentrator; one at a time.
     * @param discovery takes PADIs and PADRs; null for none
     * @param unknown told of session packets that belong to no session
     */
    void SetConcentrator(DiscoveryCallback discovery, UnknownSessionCallback unknown);

    /**
     * @brief Set who takes PADOs and PADSs.
     * @param hostUniq the value of the Host-Uniq TAG that it sends
     * @param callback takes them; null for nobody
     */
    void SetClient(const std::string& hostUniq, DiscoveryCallback callback);

    /**
     * @brief Begin a session.
     * @param peer the other end
     * @param sessionId the SESSION_ID
     * @param service the Service-Name
     * @param maxPayload octets of the longest PPP payload
     * @return the session, or null if there is one with this peer and SESSION_ID
     */
    Ptr<PppoeSession> AddSession(Mac48Address peer,
                                 uint16_t sessionId,
                                 const std::string& service,
                                 uint16_t maxPayload);

    /**
     * @brief Look a session up.
     * @param peer the other end
     * @param sessionId the SESSION_ID
     * @return the session, or null
     */
    Ptr<PppoeSession> FindSession(Mac48Address peer, uint16_t sessionId) const;

    /**
     * @brief Forget a session; PppoeSession does it when it ends.
     * @param peer the other end
     * @param sessionId the SESSION_ID
     */
    void RemoveSession(Mac48Address peer, uint16_t sessionId);

    /// How many sessions there are. @return the number
    std::size_t GetSessionCount() const;

    /**
     * @brief Find the longest PPP payload of a session (RFC 4638, section 5.1).
     * @param tag the PPP-Max-Payload that both ends told of, 0 for none
     * @return octets: 1492, or more if the TAG and the device's MTU say so; less if the device
     * can't
     */
    uint16_t GetMaxPayload(uint16_t tag) const;

    /**
     * @brief Count and trace a drop.
     * @param reason why
     * @param packet what
     */
    void Drop(PppoeDropReason reason, Ptr<const Packet> packet);

    /**
     * @brief Get how many packets were dropped for a reason.
     * @param reason the reason
     * @return how many
     */
    uint64_t GetDropCount(PppoeDropReason reason) const;

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Bind to a device.
     * @param device the device
     */
    void Bind(Ptr<NetDevice> device);
    /**
     * @brief A packet of the Discovery stage has arrived; see Node::ProtocolHandler.
     * @param device the device
     * @param packet the packet
     * @param protocol the ETHER_TYPE
     * @param from the source address
     * @param to the destination address
     * @param type how it is addressed
     */
    void ReceiveDiscovery(Ptr<NetDevice> device,
                          Ptr<const Packet> packet,
                          uint16_t protocol,
                          const Address& from,
                          const Address& to,
                          NetDevice::PacketType type);
    /**
     * @brief A packet of the PPP Session stage has arrived; see Node::ProtocolHandler.
     * @param device the device
     * @param packet the packet
     * @param protocol the ETHER_TYPE
     * @param from the source address
     * @param to the destination address
     * @param type how it is addressed
     */
    void ReceiveSession(Ptr<NetDevice> device,
                        Ptr<const Packet> packet,
                        uint16_t protocol,
                        const Address& from,
                        const Address& to,
                        NetDevice::PacketType type);
    /**
     * @brief Hand a packet to whom it is meant for.
     * @param read what it says
     * @param from who sent it
     * @param packet the packet
     */
    void Dispatch(const PppoeDiscovery& read, Mac48Address from, Ptr<const Packet> packet);

    Ptr<NetDevice> m_device;                                      //!< the device
    Ptr<Node> m_node;                                             //!< its node
    Node::ProtocolHandler m_onDiscovery;                          //!< registered at the node
    Node::ProtocolHandler m_onSession;                            //!< registered at the node
    DiscoveryCallback m_concentrator;                             //!< takes PADIs and PADRs
    UnknownSessionCallback m_onUnknown;                           //!< told of unknown sessions
    std::unordered_map<std::string, DiscoveryCallback> m_clients; //!< by Host-Uniq
    std::unordered_map<uint64_t, Ptr<PppoeSession>> m_sessions;   //!< by peer and SESSION_ID
    std::array<uint64_t, PPPOE_DROP_REASONS> m_drops{};           //!< by reason

    TracedCallback<Ptr<const Packet>, Mac48Address> m_discoveryTx;  //!< sent
    TracedCallback<Ptr<const Packet>, Mac48Address> m_discoveryRx;  //!< received
    TracedCallback<PppoeDropReason, Ptr<const Packet>> m_dropTrace; //!< drops
};

} // namespace ns3

#endif /* PPPOE_PORT_H */
