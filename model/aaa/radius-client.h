/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_CLIENT_H
#define RADIUS_CLIENT_H

#include "radius-drop-reason.h"
#include "radius-port-pool.h"

#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/packet.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/// What became of a request.
enum class RadiusOutcome : uint8_t
{
    ACCEPT,    //!< Access-Accept
    REJECT,    //!< Access-Reject
    CHALLENGE, //!< Access-Challenge
    ACCOUNTED, //!< Accounting-Response
    TIMEOUT,   //!< no server has answered
    NOT_SENT   //!< it couldn't be sent: no server, too long, or too many requests at a time
};

/// Name an outcome. @param outcome the outcome @return a word or two, joined by a hyphen
const char* RadiusOutcomeName(RadiusOutcome outcome);

/// The answer to a request.
struct RadiusResult
{
    RadiusOutcome outcome{RadiusOutcome::NOT_SENT}; //!< what became of it
    RadiusAttributes attributes;                    //!< of the reply, in the clear
    L2tpUdpAddress server;                          //!< who has answered, if somebody has
};

/**
 * @ingroup l2tp
 *
 * @brief A RADIUS client, for the applications of a node: a NAS (RFC 2865 and 2866).
 *
 * A request goes to the first server that is not dead. It is sent again after InitialTimeout, and
 * Backoff times as long each further time; when there was no answer to MaxTries of them the server
 * is dead for DeadTime, and the request goes to the next one. If all are dead they are tried all
 * the same. What answers has to be right in source, Identifier and Response Authenticator.
 *
 * A retransmission has the same octets, but for an Acct-Delay-Time that has changed: then
 * Identifier and Authenticator change with it (RFC 2866, section 4.1). An answer to any of them
 * will do.
 *
 * Requests of either kind have source ports of their own, so that records for which there is no
 * server, as many as they may be, leave Identifiers for those who want to get in.
 */
class RadiusClient : public Object
{
  public:
    /// Called once with the answer, never from within the call that asks.
    using ResultCallback = std::function<void(const RadiusResult&)>;

    /// TracedCallback signature: a request is sent; to whom, and the how-manieth time to this
    /// server.
    using SendTracedCallback = void (*)(const RadiusPacket& packet,
                                        const L2tpUdpAddress& server,
                                        uint32_t tries);
    /// TracedCallback signature: a reply is taken; from whom.
    using ReceiveTracedCallback = void (*)(const RadiusPacket& packet,
                                           const L2tpUdpAddress& server);
    /// TracedCallback signature: a datagram is dropped, or can't be sent; its peer, and why.
    using DropTracedCallback = void (*)(Ptr<const Packet> packet,
                                        const L2tpUdpAddress& peer,
                                        RadiusDropReason reason);
    /// TracedCallback signature: a server is taken for dead, or is alive again.
    using ServerTracedCallback = void (*)(const L2tpUdpAddress& server, bool alive);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    RadiusClient();
    ~RadiusClient() override;

    /**
     * @brief Set where it runs; before anything is sent.
     * @param node a node with an internet stack
     */
    void SetNode(Ptr<Node> node);

    /// Where it runs. @return the node, null if none is set
    Ptr<Node> GetNode() const;

    /**
     * @brief Add a server for Access-Requests, to be asked if those before it are dead.
     * @param server its address and port, usually RADIUS_PORT
     * @param secret the secret shared with it, not empty
     */
    void AddServer(const L2tpUdpAddress& server, const std::string& secret);

    /**
     * @brief Add a server for Accounting-Requests, to be told if those before it are dead.
     * @param server its address and port, usually RADIUS_ACCOUNTING_PORT
     * @param secret the secret shared with it, not empty
     */
    void AddAccountingServer(const L2tpUdpAddress& server, const std::string& secret);

    /**
     * @brief Send an Access-Request.
     *
     * What tells who asks (NAS-IP-Address, NAS-Identifier) and Message-Authenticator are added.
     * @param clear its attributes in the clear
     * @param done is called with the answer
     */
    void Ask(const RadiusAttributes& clear, ResultCallback done);

    /**
     * @brief Send an Accounting-Request.
     *
     * What tells who asks is added. Acct-Delay-Time, if there is one, counts on as time goes by.
     * @param attributes its attributes
     * @param done is called with the answer, may be null
     */
    void Account(const RadiusAttributes& attributes, ResultCallback done);

    /// Forget all requests, as in a power failure: nobody is told of an answer, nor of a dead
    /// server. Whoever listens to a trace source may call it.
    void Forget();

    /**
     * @brief Tell whether a server is taken for dead.
     * @param server its address and port
     * @return false if it is, or is not known
     */
    bool IsAlive(const L2tpUdpAddress& server) const;

    /// How many requests wait for an answer. @return the number
    std::size_t GetPending() const;

    /// How many source ports are in use, of both kinds. @return the number
    std::size_t GetPorts() const;

    /// What was dropped. @param reason why @return how many packets
    uint64_t GetDrops(RadiusDropReason reason) const;

    /**
     * @brief Fix the stream of the random variable (Request Authenticators).
     * @param stream the first stream to use
     * @return how many streams are used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /// A server.
    struct Server
    {
        L2tpUdpAddress address; //!< its address and port
        std::string secret;     //!< the secret
        RadiusCode code;        //!< what it is for
        bool dead{false};       //!< whether it is taken for dead
        Time deadUntil;         //!< how long
    };

    /// A request that waits for its answer.
    struct Pending
    {
        RadiusCode code;                           //!< its Code
        RadiusAttributes clear;                    //!< its attributes in the clear
        ResultCallback done;                       //!< is called with the answer
        Time begun;                                //!< when it was made
        std::vector<bool> asked;                   //!< which servers have been asked
        bool desperate{false};                     //!< dead servers are asked, too
        std::size_t server{0};                     //!< who is asked now
        uint32_t tries{0};                         //!< how often it was
        uint32_t delay{0};                         //!< Acct-Delay-Time as it was last sent
        Time timeout;                              //!< how long to wait for the answer
        EventId timer;                             //!< that time
        std::vector<RadiusPortPool::Place> places; //!< what was sent, the last one at the end
    };

    /// Add a server. @param server its address @param secret the secret @param code what it is for
    void Add(const L2tpUdpAddress& server, const std::string& secret, RadiusCode code);
    /// Make a request, and send it. @param code its Code @param clear its attributes @param done is
    /// called with the answer
    void Begin(RadiusCode code, const RadiusAttributes& clear, ResultCallback done);
    /// The source ports for a kind of requests. @param code their Code @return them; null as long
    /// as there was none
    std::unique_ptr<RadiusPortPool>& PortsOf(RadiusCode code);
    /// Whether a request still waits. @param id the request @return false if it has ended, or is
    /// forgotten
    bool IsPending(uint64_t id) const;
    /// Turn to the next server. @param id the request @return false if there is none left
    bool TryNextServer(uint64_t id);
    /// Send, or send again. @param id the request
    void Transmit(uint64_t id);
    /**
     * @brief Write a request for a server.
     * @param request the request
     * @param packet is written to, with a new Authenticator
     * @return false if it is too long
     */
    bool Write(const Pending& request, RadiusPacket& packet);
    /// Add what tells who asks. @param attributes receive it
    void AddNas(RadiusAttributes& attributes) const;
    /// There was no answer in time. @param id the request
    void Expired(uint64_t id);
    /**
     * @brief Take a datagram.
     * @param code what its port is for
     * @param port which of those
     * @param packet it
     * @param from who sent it
     */
    void Receive(RadiusCode code, std::size_t port, Ptr<Packet> packet, const L2tpUdpAddress& from);
    /**
     * @brief Judge a reply.
     * @param reply the reply
     * @param sent what it answers, if anything
     * @param from who sent it
     * @param clear set to its attributes in the clear
     * @return why to drop it, or nothing
     */
    std::optional<RadiusDropReason> Judge(const RadiusPacket& reply,
                                          const RadiusPortPool::Sent* sent,
                                          const L2tpUdpAddress& from,
                                          RadiusAttributes& clear) const;
    /// End a request. @param id the request @param result the answer
    void Finish(uint64_t id, const RadiusResult& result);
    /// Count and trace a drop. @param packet it @param peer from or to whom @param reason why
    void Drop(Ptr<const Packet> packet, const L2tpUdpAddress& peer, RadiusDropReason reason);
    /// Whether a server may be asked. @param server the server @return false if it is dead
    static bool IsAlive(const Server& server);

    Time m_initialTimeout;       //!< attribute InitialTimeout
    double m_backoff;            //!< attribute Backoff
    uint32_t m_maxTries;         //!< attribute MaxTries
    Time m_deadTime;             //!< attribute DeadTime
    uint32_t m_maxPorts;         //!< attribute MaxPorts
    bool m_messageAuthenticator; //!< attribute MessageAuthenticator
    std::string m_nasIdentifier; //!< attribute NasIdentifier
    Ipv4Address m_nasIpAddress;  //!< attribute NasIpAddress

    Ptr<Node> m_node;                                  //!< where it runs
    std::vector<Server> m_servers;                     //!< the servers, in the order of trying
    std::unique_ptr<RadiusPortPool> m_accessPorts;     //!< there with the first Access-Request
    std::unique_ptr<RadiusPortPool> m_accountingPorts; //!< with the first Accounting-Request
    std::unordered_map<uint64_t, Pending> m_pending;   //!< the requests by number
    uint64_t m_last{0};                                //!< the number of the last request
    RadiusDropCounts m_drops{};                        //!< what was dropped
    Ptr<UniformRandomVariable> m_random;               //!< all randomness

    TracedCallback<const RadiusPacket&, const L2tpUdpAddress&, uint32_t> m_sendTrace; //!< requests
    TracedCallback<const RadiusPacket&, const L2tpUdpAddress&> m_receiveTrace;        //!< replies
    TracedCallback<Ptr<const Packet>, const L2tpUdpAddress&, RadiusDropReason>
        m_dropTrace;                                           //!< what is dropped
    TracedCallback<const L2tpUdpAddress&, bool> m_serverTrace; //!< servers die, and live again
};

} // namespace ns3

#endif /* RADIUS_CLIENT_H */
