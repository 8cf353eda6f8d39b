/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPPOE_CLIENT_H
#define PPPOE_CLIENT_H

#include "pppoe-port.h"

#include "ns3/callback.h"
#include "ns3/event-id.h"
#include "ns3/mac48-address.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// What a client does.
enum class PppoeClientState : uint8_t
{
    IDLE,        //!< nothing
    DISCOVERING, //!< has sent a PADI, and waits for PADOs
    REQUESTING,  //!< has sent a PADR, and waits for the PADS
    SESSION      //!< has a session
};

/**
 * @brief Name a state.
 * @param state the state
 * @return its name
 */
const char* PppoeClientStateName(PppoeClientState state);

/// An offer of an Access Concentrator.
struct PppoeOffer
{
    Mac48Address address; //!< who made it
    PppoeDiscovery pado;  //!< the PADO
};

/**
 * @ingroup l2tp
 *
 * @brief The client of the Discovery stage (RFC 2516, section 5), for one session at a time.
 *
 * It asks for offers, and takes the first one with the service and of the Access Concentrator that
 * it was told to look for, or lets a callback choose among those that come within OfferWait. What
 * isn't answered is sent again, after twice the time each time (section 8).
 */
class PppoeClient : public Object
{
  public:
    /// Takes the session, which is up.
    using SessionCallback = Callback<void, Ptr<PppoeSession>>;
    /// Told that a session has ended, or came to nothing, and why.
    using EndedCallback = Callback<void, PppoeEnd>;
    /// Chooses an offer: gets all, and returns the index of one; none if there is no such index.
    using ChooseCallback = Callback<std::size_t, const std::vector<PppoeOffer>&>;

    /// TracedCallback signature: the state before, and the one now.
    using StateTracedCallback = void (*)(PppoeClientState before, PppoeClientState now);
    /// TracedCallback signature: why a session ended or came to nothing.
    using EndedTracedCallback = void (*)(PppoeEnd end);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppoeClient();
    ~PppoeClient() override;

    /**
     * @brief Set where it looks for Access Concentrators; while it is idle.
     * @param device an Ethernet-like device of a node
     */
    void SetDevice(Ptr<NetDevice> device);

    /**
     * @brief Set who is told of sessions.
     * @param session takes the session, or null
     * @param ended told of the end of it, and of discovery that came to nothing, or null
     */
    void SetCallbacks(SessionCallback session, EndedCallback ended);

    /**
     * @brief Set who chooses among the offers that come within OfferWait.
     * @param choose chooses; null for the first one
     */
    void SetChooseCallback(ChooseCallback choose);

    /**
     * @brief Begin discovery.
     * @return false if the client is not idle; otherwise one of the callbacks tells the outcome
     */
    bool Connect();

    /// End discovery or the session. Does nothing if it is idle.
    void Disconnect();

    /// The state. @return the state
    PppoeClientState GetState() const;

    /// The session. @return it, null if there is none
    Ptr<PppoeSession> GetSession() const;

    /// Who gave the session. @return the AC-Name of the offer taken last
    const std::string& GetAcName() const;

    /// What the Access Concentrator said when it refused. @return its words, may be empty
    const std::string& GetErrorText() const;

    /// The port, for its traces and counters. @return the port, or null without a device
    Ptr<PppoePort> GetPort() const;

    /**
     * @brief Fix the stream of the random variable (Host-Uniq).
     * @param stream the first stream to use
     * @return how many streams are used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /// Nobody calls this object from here on.
    void Release();
    /// Change the state. @param state the new one
    void SetState(PppoeClientState state);
    /// Ask for offers, for the first time or again.
    void Discover();
    /// Send a PADI, and wait.
    void SendPadi();
    /// Nobody has made an offer.
    void NoOffer();
    /// Take an offer of those that there are.
    void Choose();
    /// Send a PADR, and wait.
    void SendPadr();
    /// The offer isn't kept.
    void NoSession();
    /**
     * @brief A PADO or PADS has arrived.
     * @param read what it says
     * @param from who sent it
     * @param packet the packet
     */
    void Receive(const PppoeDiscovery& read, Mac48Address from, Ptr<const Packet> packet);
    /**
     * @brief Look at an offer.
     * @param pado the offer
     * @param from who made it
     * @param packet the PADO
     */
    void ReceiveOffer(const PppoeDiscovery& pado, Mac48Address from, Ptr<const Packet> packet);
    /**
     * @brief The session is given, or refused.
     * @param pads the answer
     */
    void ReceiveConfirmation(const PppoeDiscovery& pads);
    /**
     * @brief Wait, and twice as long the next time.
     * @param then what to do if nothing comes
     */
    void Wait(void (PppoeClient::*then)());
    /**
     * @brief Be idle, and tell why.
     * @param end why
     */
    void Finish(PppoeEnd end);
    /**
     * @brief The session has ended.
     * @param session the session
     * @param end why
     */
    void SessionEnded(Ptr<PppoeSession> session, PppoeEnd end);
    /// What is asked for. @param code PADI or PADR @return the packet
    PppoeDiscovery MakeRequest(PppoeCode code) const;

    std::string m_serviceName; //!< attribute ServiceName
    std::string m_wantedAc;    //!< attribute AcName
    uint16_t m_maxPayload;     //!< attribute MaxPayload
    Time m_retryInterval;      //!< attribute RetryInterval
    Time m_maxRetryInterval;   //!< attribute MaxRetryInterval
    uint32_t m_maxPadi;        //!< attribute MaxPadi
    uint32_t m_maxPadr;        //!< attribute MaxPadr
    Time m_offerWait;          //!< attribute OfferWait

    Ptr<PppoePort> m_port;                            //!< the device's port
    PppoeClientState m_state{PppoeClientState::IDLE}; //!< what it does
    std::string m_hostUniq;                           //!< of the present discovery
    std::vector<PppoeOffer> m_offers;                 //!< offers that are waited with
    PppoeOffer m_taken;                               //!< the offer taken
    std::string m_acName;                             //!< and its AC-Name
    std::string m_errorText;                          //!< of the last refusal
    uint32_t m_padis{0};                              //!< PADIs sent
    uint32_t m_padrs{0};                              //!< PADRs sent for the offer taken
    Time m_wait;                                      //!< how long to wait for an answer
    EventId m_timer;                                  //!< the end of waiting
    Ptr<PppoeSession> m_session;                      //!< the session
    SessionCallback m_onSession;                      //!< takes the session
    EndedCallback m_onEnded;                          //!< told of the end
    ChooseCallback m_choose;                          //!< chooses an offer
    Ptr<UniformRandomVariable> m_random;              //!< all randomness

    TracedCallback<PppoeClientState, PppoeClientState> m_stateTrace; //!< states
    TracedCallback<PppoeEnd> m_endedTrace;                           //!< ends
};

} // namespace ns3

#endif /* PPPOE_CLIENT_H */
