/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REPORT_MESSAGES_H
#define L2TP_REPORT_MESSAGES_H

#include "ns3/nstime.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/// Whose messages a report shows.
enum class L2tpReportProtocol : uint8_t
{
    L2TP,  //!< control messages of L2TP
    PPP,   //!< frames of PPP's control protocols
    PPPOE, //!< packets of PPPoE's Discovery stage
    RADIUS //!< packets of RADIUS
};

/// A message that a report shows.
struct L2tpReportMessage
{
    static constexpr int32_t NONE = -1; //!< where there is no node, tunnel or session

    L2tpReportProtocol protocol{L2tpReportProtocol::L2TP}; //!< whose
    int32_t from{NONE};                                    //!< the sender's node
    int32_t to{NONE};              //!< the receiver's node; of a lost one, for whom it was
    Time sent;                     //!< when
    Time received;                 //!< when it arrived, if it did
    bool arrived{false};           //!< whether it did
    bool isDuplicate{false};       //!< whether the receiver had it already
    uint32_t attempt{1};           //!< which transmission
    int64_t original{NONE};        //!< of a retransmission, the number of the first one
    int32_t tunnelEnd{NONE};       //!< the sender's end of the tunnel, or one that it passed
    uint64_t link{0};              //!< of PPP: tells the sender's links apart
    uint16_t sessionOfPeer{0};     //!< the receiver's Session ID; 0: none
    uint16_t sessionOfSender{0};   //!< the sender's Session ID; 0: none
    uint32_t kind{0};              //!< which kind, of its protocol
    uint16_t ns{0};                //!< Ns
    uint16_t nr{0};                //!< Nr
    std::vector<uint8_t> octets{}; //!< all of it; none if they weren't kept
};

/**
 * @ingroup l2tp
 *
 * @brief The messages of a run for its report, each as it was sent and what became of it.
 *
 * Of a long run the first and the last messages are kept; all are counted.
 */
class L2tpReportMessages
{
  public:
    /// The tunnel and the session of a message, each an index or NONE.
    struct Place
    {
        int32_t tunnel{L2tpReportMessage::NONE};  //!< the tunnel
        int32_t session{L2tpReportMessage::NONE}; //!< the session
    };

    /// Finds the place of a message.
    using PlaceFinder = std::function<Place(const L2tpReportMessage&)>;

    /**
     * @brief Limit what is kept.
     * @param messages how many messages: the first three quarters of them, and the last quarter
     * @param withOctets of how many messages the octets are kept; the first ones
     */
    void SetLimits(std::size_t messages, std::size_t withOctets);

    /**
     * @brief A message was sent.
     * @param message the message; its octets are needed for its kind, whether they are kept or not
     * @param key tells it from others on their way, as its packet's UID does
     */
    void Sent(L2tpReportMessage message, uint64_t key);

    /**
     * @brief A message arrived, where it was for or on its way there.
     * @param key as in Sent()
     * @param at the node
     * @param isDuplicate whether that had it already
     * @return false if it isn't on its way
     */
    bool Arrived(uint64_t key, int32_t at, bool isDuplicate = false);

    /**
     * @brief A message goes on to another node, after it arrived, or goes through a tunnel.
     * @param key as in Sent()
     * @param tunnelEnd the end of the tunnel it goes through
     * @param sessionOfSender the Session ID at that end
     * @return false if no message of this key is known
     */
    bool GoesThrough(uint64_t key, int32_t tunnelEnd, uint16_t sessionOfSender);

    /// Whether a message is known. @param key as in Sent() @return true if so
    bool Knows(uint64_t key) const;

    /**
     * @brief Write all of it.
     * @param findPlace finds the tunnel and session of a message
     * @return JSON, members of an object: "strings", "kinds", "messages", "packets", "left_out"
     */
    std::string ToJson(const PlaceFinder& findPlace) const;

  private:
    /// What is counted of a kind of message.
    struct Kind
    {
        L2tpReportProtocol protocol; //!< whose
        std::string name;            //!< what it is called
        uint64_t sent{0};            //!< how many were sent, retransmissions included
        uint64_t again{0};           //!< how many of these were retransmissions
        uint64_t arrived{0};         //!< how many arrived
        uint64_t duplicates{0};      //!< how many of these the receiver had already
    };

    /// A message on its way, or that was.
    struct Flight
    {
        uint64_t number{0};  //!< the message's number
        uint32_t kind{0};    //!< its index in m_kinds
        bool arrived{false}; //!< whether it is at a node
    };

    /// Messages that go the same way. @param message one of them @return a number of all of them
    static uint64_t PeerKey(const L2tpReportMessage& message);
    /// For whom a message is. @param message it @return the node, as far as it is known
    int32_t ReceiverOf(const L2tpReportMessage& message) const;

    /// Find a message that is kept. @param number its number @return it, or null
    L2tpReportMessage* Find(uint64_t number);
    /// The kind of a message. @param message it @return its index in m_kinds
    uint32_t KindOf(const L2tpReportMessage& message);

    /// Which message is the first transmission, of those that are sent again. @param message it
    void FindOriginal(L2tpReportMessage& message);

    std::size_t m_limit{10000};                          //!< messages kept
    std::size_t m_octetLimit{2000};                      //!< messages whose octets are kept
    std::vector<L2tpReportMessage> m_first;              //!< the first ones
    std::deque<L2tpReportMessage> m_last;                //!< the last ones
    uint64_t m_count{0};                                 //!< all that were sent
    std::size_t m_withOctets{0};                         //!< kept with their octets
    std::unordered_map<uint64_t, Flight> m_flights;      //!< by key
    std::unordered_map<uint64_t, uint64_t> m_originals;  //!< by content: the first transmission
    std::vector<Kind> m_kinds;                           //!< in the order of their first messages
    std::unordered_map<uint64_t, uint32_t> m_kindsByKey; //!< index in m_kinds
    std::unordered_map<uint64_t, int32_t> m_peers;       //!< by PeerKey(): who received the last
};

} // namespace ns3

#endif /* L2TP_REPORT_MESSAGES_H */
