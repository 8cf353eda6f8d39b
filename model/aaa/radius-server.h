/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_SERVER_H
#define RADIUS_SERVER_H

#include "radius-directory.h"
#include "radius-drop-reason.h"

#include "ns3/application.h"
#include "ns3/l2tp-udp-port.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// What a RADIUS server has recorded of one Accounting-Request.
struct RadiusRecord
{
    Time time;                   //!< when it arrived
    L2tpIpAddress client;        //!< who sent it
    RadiusAttributes attributes; //!< its attributes
};

/**
 * @ingroup l2tp
 *
 * @brief A RADIUS server for access and accounting (RFC 2865 and 2866).
 *
 * It answers the clients it shares a secret with, by what its Directory says, and drops what comes
 * from others in silence. A request that comes again within DuplicateWindow, with the same
 * Identifier and Authenticator from the same port, gets the same reply. An Accounting-Request that
 * differs from an earlier one by nothing but Acct-Delay-Time was sent again, too: it is
 * acknowledged, and recorded once.
 *
 * A Tunnel-Password is given to nobody whose request was not signed by a Message-Authenticator (RFC
 * 2868, section 5).
 */
class RadiusServer : public Application
{
  public:
    /// TracedCallback signature: a request is taken or a reply sent; from or to whom.
    using PacketTracedCallback = void (*)(const RadiusPacket& packet, const L2tpUdpAddress& client);
    /// TracedCallback signature: an Accounting-Request is recorded.
    using RecordTracedCallback = void (*)(const RadiusRecord& record);
    /// TracedCallback signature: a datagram is dropped, or can't be sent; its peer, and why.
    using DropTracedCallback = void (*)(Ptr<const Packet> packet,
                                        const L2tpUdpAddress& peer,
                                        RadiusDropReason reason);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    RadiusServer();
    ~RadiusServer() override;

    /**
     * @brief Add a client, or change its secret.
     * @param address its address: that of all its requests (RFC 2865, section 3)
     * @param secret the secret shared with it, not empty
     */
    void AddClient(const L2tpIpAddress& address, const std::string& secret);

    /// What is known of users, domains and numbers. @return attribute Directory; a new one if it is
    /// not set
    Ptr<RadiusDirectory> GetDirectory();

    /// What was accounted. @return all records, the oldest first
    const std::vector<RadiusRecord>& GetRecords() const;

    /// How often a kind of packet was answered with, retransmissions included. @param code the kind
    /// @return how often
    uint64_t GetReplies(RadiusCode code) const;

    /// How many requests were known to have come before. @return the number
    uint64_t GetDuplicates() const;

    /// What was dropped. @param reason why @return how many packets
    uint64_t GetDrops(RadiusDropReason reason) const;

    /**
     * @brief Fix the stream of the random variable (salts).
     * @param stream the first stream to use
     * @return how many streams are used
     */
    int64_t AssignStreams(int64_t stream);

  protected:
    void DoDispose() override;

  private:
    /// Where a request came from and to: what tells duplicates (RFC 2865, section 3).
    struct Origin
    {
        L2tpUdpAddress client; //!< who sent it
        L2tpIpAddress local;   //!< to which of our addresses
        uint16_t port;         //!< to which of our ports
        uint8_t identifier;    //!< its Identifier

        bool operator<(const Origin& other) const;
    };

    /// A reply, kept for duplicates.
    struct Reply
    {
        RadiusAuthenticator asked; //!< the Authenticator of the request
        RadiusPacket packet;       //!< the reply
        Time until;                //!< how long it is kept
    };

    void StartApplication() override;
    void StopApplication() override;
    /// Open a port. @param number it @param attribute which attribute has it @return the port
    Ptr<L2tpUdpPort> Open(uint16_t number, const char* attribute);
    /// Take a datagram at the port for access. @param packet it @param from who sent it @param to
    /// to which address
    void ReceiveAccess(Ptr<Packet> packet, const L2tpUdpAddress& from, const L2tpIpAddress& to);
    /// Take a datagram at the port for accounting. @param packet it @param from who sent it @param
    /// to to which address
    void ReceiveAccounting(Ptr<Packet> packet, const L2tpUdpAddress& from, const L2tpIpAddress& to);
    /**
     * @brief Take a datagram.
     * @param code the only code that belongs to the port
     * @param port the port
     * @param packet the datagram
     * @param from who sent it
     * @param to to which address
     */
    void Receive(RadiusCode code,
                 Ptr<L2tpUdpPort> port,
                 Ptr<Packet> packet,
                 const L2tpUdpAddress& from,
                 const L2tpIpAddress& to);
    /**
     * @brief Look whether a request is to be answered at all.
     * @param request it
     * @param error what is wrong with its form
     * @param secret the secret
     * @return why to drop it, or nothing
     */
    std::optional<RadiusDropReason> Judge(const RadiusPacket& request,
                                          RadiusError error,
                                          const std::string& secret) const;
    /**
     * @brief Answer an Access-Request.
     * @param request it
     * @param isGood whether its attributes are as the RFC has them
     * @param secret the secret
     * @return the reply, not signed
     */
    RadiusPacket Answer(const RadiusPacket& request, bool isGood, const std::string& secret);
    /// Record an Accounting-Request. @param request it @param client who sent it
    void Record(const RadiusPacket& request, const L2tpIpAddress& client);
    /**
     * @brief Send a reply.
     * @param reply it
     * @param port from which port
     * @param to to whom
     * @param from from which address
     */
    void Send(const RadiusPacket& reply,
              Ptr<L2tpUdpPort> port,
              const L2tpUdpAddress& to,
              const L2tpIpAddress& from);
    /// Forget the replies that were kept long enough.
    void Forget();
    /// Count and trace a drop. @param packet it @param peer from or to whom @param reason why
    void Drop(Ptr<const Packet> packet, const L2tpUdpAddress& peer, RadiusDropReason reason);

    uint16_t m_accessPort;              //!< attribute AccessPort
    uint16_t m_accountingPort;          //!< attribute AccountingPort
    Time m_duplicateWindow;             //!< attribute DuplicateWindow
    bool m_requireMessageAuthenticator; //!< attribute RequireMessageAuthenticator
    Ptr<RadiusDirectory> m_directory;   //!< attribute Directory, or one of its own

    std::map<L2tpIpAddress, std::string> m_clients;                   //!< the secrets by client
    Ptr<L2tpUdpPort> m_access;                                        //!< the port for access
    Ptr<L2tpUdpPort> m_accounting;                                    //!< the port for accounting
    std::map<Origin, Reply> m_replies;                                //!< for duplicates
    std::deque<std::pair<Time, Origin>> m_forget;                     //!< when to forget which
    std::vector<RadiusRecord> m_records;                              //!< what was accounted
    std::set<std::pair<L2tpIpAddress, std::vector<uint8_t>>> m_known; //!< the same, to be found
    std::map<RadiusCode, uint64_t> m_sent;                            //!< the replies by kind
    uint64_t m_duplicates{0};                                         //!< requests that came again
    RadiusDropCounts m_drops{};                                       //!< what was dropped
    Ptr<UniformRandomVariable> m_random;                              //!< all randomness

    TracedCallback<const RadiusPacket&, const L2tpUdpAddress&> m_receiveTrace; //!< requests
    TracedCallback<const RadiusPacket&, const L2tpUdpAddress&> m_sendTrace;    //!< replies
    TracedCallback<const RadiusRecord&> m_recordTrace;                         //!< accounting
    TracedCallback<Ptr<const Packet>, const L2tpUdpAddress&, RadiusDropReason>
        m_dropTrace; //!< what is dropped
};

} // namespace ns3

#endif /* RADIUS_SERVER_H */
