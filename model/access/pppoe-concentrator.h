/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPPOE_CONCENTRATOR_H
#define PPPOE_CONCENTRATOR_H

#include "pppoe-port.h"

#include "ns3/callback.h"
#include "ns3/mac48-address.h"
#include "ns3/object.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The server of the Discovery stage: an Access Concentrator at one device (RFC 2516).
 *
 * It answers PADIs with offers and keeps nothing of them: an AC-Cookie, which is an HMAC of the
 * host's address by a secret that is drawn at the start, proves later that the host received the
 * offer (section 9). A PADR with it makes a session, and whoever was named by SetSessionCallback()
 * gets it. A PADR sent again, as told by the host's address, Host-Uniq, Relay-Session-Id and
 * Service-Name, is answered with the session that it has already.
 */
class PppoeConcentrator : public Object
{
  public:
    /// Takes a new session, which is up; the service and the host's address.
    using SessionCallback = Callback<void, Ptr<PppoeSession>, const std::string&, Mac48Address>;

    /// TracedCallback signature: a session begins.
    using SessionTracedCallback = void (*)(Ptr<PppoeSession> session);
    /// TracedCallback signature: a session has ended, and why.
    using EndedTracedCallback = void (*)(Ptr<PppoeSession> session, PppoeEnd end);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppoeConcentrator();
    ~PppoeConcentrator() override;

    /**
     * @brief Set where it serves; before Start().
     * @param device an Ethernet-like device of a node
     */
    void SetDevice(Ptr<NetDevice> device);

    /**
     * @brief Set who takes new sessions. It Attach()es to the session, and Close()s it if it
     * doesn't want it, or when PPP is over.
     * @param callback takes them, or null
     */
    void SetSessionCallback(SessionCallback callback);

    /// Begin to answer. Does nothing if it runs.
    void Start();

    /// End all sessions, and answer no more.
    void Stop();

    /// The sessions. @return all that are up, in the order of hosts' addresses
    std::vector<Ptr<PppoeSession>> GetSessions() const;

    /// The port, for its traces and counters. @return the port, or null without a device
    Ptr<PppoePort> GetPort() const;

    /**
     * @brief Fix the stream of the random variable (SESSION_IDs, the cookie's secret).
     * @param stream the first stream to use
     * @return how many streams are used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /// What tells one request from another: what of a PADR comes again when it is sent again.
    using Request = std::vector<std::string>;
    /// The sessions of a host by what it asked for.
    using Host = std::map<Request, Ptr<PppoeSession>>;

    /// Nobody calls this object from here on.
    void Release();
    /**
     * @brief A PADI or PADR has arrived.
     * @param read what it says
     * @param from who sent it
     * @param packet the packet
     */
    void Receive(const PppoeDiscovery& read, Mac48Address from, Ptr<const Packet> packet);
    /**
     * @brief Make an offer.
     * @param padi what the host wants
     * @param from the host
     * @param packet the PADI
     */
    void Offer(const PppoeDiscovery& padi, Mac48Address from, Ptr<const Packet> packet);
    /**
     * @brief Begin a session.
     * @param padr what the host wants
     * @param from the host
     * @param packet the PADR
     */
    void Confirm(const PppoeDiscovery& padr, Mac48Address from, Ptr<const Packet> packet);
    /**
     * @brief Refuse a session.
     * @param padr what the host wants
     * @param from the host
     * @param error the TAG to say so with
     * @param words why
     */
    void Refuse(const PppoeDiscovery& padr,
                Mac48Address from,
                PppoeTagType error,
                const std::string& words);
    /**
     * @brief Confirm a session.
     * @param padr what the host wants
     * @param session the session that it has
     */
    void SendPads(const PppoeDiscovery& padr, Ptr<PppoeSession> session);
    /**
     * @brief Make the offer for a PADI.
     * @param padi the PADI
     * @param to the host
     * @return the PADO
     */
    PppoeDiscovery MakePado(const PppoeDiscovery& padi, Mac48Address to) const;
    /**
     * @brief Begin an answer with what must be in it.
     * @param code the CODE
     * @param sessionId the SESSION_ID
     * @param request what is answered
     * @return the Service-Name, Host-Uniq and Relay-Session-Id of the request, and its
     *         PPP-Max-Payload if that is granted
     */
    PppoeDiscovery MakeAnswer(PppoeCode code,
                              uint16_t sessionId,
                              const PppoeDiscovery& request) const;
    /**
     * @brief The payload that a host may have.
     * @param request its request
     * @return the PPP-Max-Payload to echo, 0 for none (RFC 4638, section 4)
     */
    uint16_t GetGrantedPayload(const PppoeDiscovery& request) const;
    /**
     * @brief A host's cookie.
     * @param host its address
     * @return the value of its AC-Cookie TAG
     */
    std::vector<uint8_t> MakeCookie(Mac48Address host) const;
    /**
     * @brief Whether a service is offered.
     * @param service the Service-Name, empty for any
     * @return true if it is
     */
    bool Offers(const std::string& service) const;
    /**
     * @brief Whether there may be one more session.
     * @param host with whom
     * @return false if a limit is reached
     */
    bool HasRoom(Mac48Address host) const;
    /**
     * @brief Pick a SESSION_ID.
     * @param host with whom
     * @return one that no session with the host has
     */
    uint16_t PickSessionId(Mac48Address host);
    /**
     * @brief A session has ended.
     * @param request what it was asked for by
     * @param session the session
     * @param end why
     */
    void Ended(Request request, Ptr<PppoeSession> session, PppoeEnd end);
    /**
     * @brief A frame of a session that isn't there has arrived.
     * @param from who sent it
     * @param sessionId the SESSION_ID
     */
    void UnknownSession(Mac48Address from, uint16_t sessionId);

    std::string m_acName;                 //!< attribute AcName
    std::string m_services;               //!< attribute Services
    uint32_t m_maxSessions;               //!< attribute MaxSessions
    uint32_t m_maxSessionsPerHost;        //!< attribute MaxSessionsPerHost
    uint16_t m_maxPayload;                //!< attribute MaxPayload
    bool m_terminateUnknown;              //!< attribute TerminateUnknown
    Ptr<PppoePort> m_port;                //!< the device's port
    bool m_running{false};                //!< whether it answers
    std::string m_name;                   //!< AcName, or what stands for it
    std::vector<std::string> m_offered;   //!< Services, one by one
    std::vector<uint8_t> m_secret;        //!< what cookies are made with
    std::map<Mac48Address, Host> m_hosts; //!< who has sessions
    uint32_t m_sessions{0};               //!< how many sessions there are
    SessionCallback m_onSession;          //!< takes new sessions
    Ptr<UniformRandomVariable> m_random;  //!< all randomness

    TracedCallback<Ptr<PppoeSession>> m_sessionTrace;         //!< sessions begin
    TracedCallback<Ptr<PppoeSession>, PppoeEnd> m_endedTrace; //!< sessions have ended
};

} // namespace ns3

#endif /* PPPOE_CONCENTRATOR_H */
