/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPPOE_SESSION_H
#define PPPOE_SESSION_H

#include "ns3/callback.h"
#include "ns3/l2-circuit.h"
#include "ns3/mac48-address.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <string>

namespace ns3
{

class PppoePort;

/// Why a session ended, or came to nothing.
enum class PppoeEnd : uint8_t
{
    NONE,               //!< none has ended
    LOCAL,              //!< this end ended it
    PEER,               //!< the other end sent a PADT
    NO_ANSWER,          //!< nobody made an offer, or kept it, in time
    SERVICE_NAME_ERROR, //!< the Access Concentrator doesn't like the service
    AC_SYSTEM_ERROR,    //!< the Access Concentrator can't
    GENERIC_ERROR,      //!< the Access Concentrator, or a relay, tells of another error
    SESSION_IN_USE      //!< the SESSION_ID given is that of another session
};

/**
 * @brief Name an end.
 * @param end the end
 * @return words of lower-case letters, joined by hyphens
 */
const char* PppoeEndName(PppoeEnd end);

/// What a session counts.
struct PppoeStatistics
{
    uint64_t txFrames{0}; //!< frames sent
    uint64_t txOctets{0}; //!< their octets, from the Protocol-ID on
    uint64_t rxFrames{0}; //!< frames delivered
    uint64_t rxOctets{0}; //!< their octets, from the Protocol-ID on
};

/**
 * @ingroup l2tp
 *
 * @brief One end of a PPPoE session (RFC 2516, section 6), at the host or the Access Concentrator.
 *
 * It is an L2 circuit: up from the PADS until one end says PADT. Who uses it should bring PPP down
 * first, and must Close() it when LCP has terminated (section 7). An ended session stays so; the
 * next one is another object.
 *
 * The Address and Control fields of frames to send, if there, are taken off, since on Ethernet a
 * frame begins with its Protocol-ID.
 */
class PppoeSession : public L2Circuit
{
  public:
    /// Told that the session has ended, and why.
    using EndedCallback = Callback<void, Ptr<PppoeSession>, PppoeEnd>;

    /// TracedCallback signature: a frame, from its PPP header on.
    using FrameTracedCallback = void (*)(Ptr<const Packet> frame);
    /// TracedCallback signature: why the session ended.
    using EndedTracedCallback = void (*)(PppoeEnd end);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppoeSession();
    ~PppoeSession() override;

    bool Send(Ptr<Packet> frame) override;
    uint16_t GetMaxPayload() const override;
    bool HasAddressControl() const override;

    /**
     * @brief End the session: the other end is told by a PADT. Does nothing if it has ended.
     * @param end why, as this end sees it
     */
    void Close(PppoeEnd end = PppoeEnd::LOCAL);

    /// The SESSION_ID. @return the number
    uint16_t GetSessionId() const;
    /// The other end. @return its address
    Mac48Address GetPeer() const;
    /// The service. @return the Service-Name that the host asked for, empty for any
    const std::string& GetService() const;
    /// Why it ended. @return the end, NONE if it hasn't
    PppoeEnd GetEnd() const;
    /// What was counted. @return the counters
    const PppoeStatistics& GetStatistics() const;

    /// @name For the port, the client and the concentrator
    /// @{
    /**
     * @brief Be a session.
     * @param port the port
     * @param peer the other end
     * @param sessionId the SESSION_ID
     * @param service the Service-Name
     * @param maxPayload octets of the longest PPP payload
     */
    void Bind(Ptr<PppoePort> port,
              Mac48Address peer,
              uint16_t sessionId,
              const std::string& service,
              uint16_t maxPayload);
    /// Frames pass from now on.
    void Start();
    /**
     * @brief A frame has arrived.
     * @param frame the frame, from its Protocol-ID on
     */
    void Receive(Ptr<Packet> frame);
    /// A PADT has arrived.
    void Terminated();
    /**
     * @brief Set who else is told of the end, after the user of the circuit.
     * @param callback told of it, or null
     */
    void SetEndedCallback(EndedCallback callback);
    /// @}

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief The session is over.
     * @param end why
     */
    void End(PppoeEnd end);

    Ptr<PppoePort> m_port;          //!< the port; null before and after
    Mac48Address m_peer;            //!< the other end
    uint16_t m_sessionId{0};        //!< SESSION_ID
    std::string m_service;          //!< Service-Name
    uint16_t m_maxPayload{0};       //!< octets of the longest PPP payload
    PppoeEnd m_end{PppoeEnd::NONE}; //!< why it ended
    EndedCallback m_onEnded;        //!< told of the end
    PppoeStatistics m_statistics;   //!< counters

    TracedCallback<Ptr<const Packet>> m_txTrace; //!< frames sent
    TracedCallback<Ptr<const Packet>> m_rxTrace; //!< frames received
    TracedCallback<PppoeEnd> m_endedTrace;       //!< the end
};

} // namespace ns3

#endif /* PPPOE_SESSION_H */
