/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_LADDER_H
#define L2TP_LADDER_H

#include "ns3/l2tp-endpoint.h"
#include "ns3/nstime.h"
#include "ns3/ppp-link.h"

#include <cstdint>
#include <ostream>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The control messages between two endpoints, or several in a row, as a message sequence
 * ladder, in text.
 *
 * A listener to trace sources, no more. It must live as long as the endpoints do.
 */
class L2tpLadder
{
  public:
    /**
     * @brief Watch two endpoints.
     * @param left the one to stand on the left, which is on a node already
     * @param leftName what to call it
     * @param right the one to stand on the right
     * @param rightName what to call it
     */
    L2tpLadder(Ptr<L2tpEndpoint> left,
               const std::string& leftName,
               Ptr<L2tpEndpoint> right,
               const std::string& rightName);
    /// Begin a ladder without lifelines.
    L2tpLadder() = default;
    L2tpLadder(const L2tpLadder&) = delete;
    L2tpLadder& operator=(const L2tpLadder&) = delete;

    /**
     * @brief Add a lifeline, to the right of those that are there.
     * @param name what to call it
     * @param endpoints what to watch, at least one, all of one node
     */
    void AddLifeline(const std::string& name, const std::vector<Ptr<L2tpEndpoint>>& endpoints);

    /**
     * @brief Add a lifeline for peers that can't be watched, since they are not simulated: real
     * ones. Their messages are shown when they are received, and messages to them as received.
     * @param name what to call them
     */
    void AddOutsiders(const std::string& name);

    /**
     * @brief Show the phases of a PPP link, too.
     * @param link the link
     */
    void WatchLink(Ptr<PppLink> link);

    /**
     * @brief Put a line of words across the ladder, at the present time.
     * @param text the words
     */
    void Note(const std::string& text);

    /**
     * @brief Print the ladder, in colours if it goes to a terminal: see L2tpWantsColours().
     * @param os where to
     * @param maxRows how many rows at most, from the beginning; the rest is counted
     */
    void Print(std::ostream& os, std::size_t maxRows = 60) const;

    /**
     * @brief Print what was sent and noted in some time, in colours as Print() does.
     * @param os where to
     * @param from when it begins
     * @param until when it ends; what is of that moment is shown
     */
    void PrintBetween(std::ostream& os, Time from, Time until) const;

  private:
    /// A message or a note.
    struct Row
    {
        Time sent;               //!< when
        bool isNote{false};      //!< a note: only what says anything
        std::size_t from{0};     //!< the sender's lifeline
        std::size_t to{0};       //!< the receiver's
        bool arrived{false};     //!< whether the other end received it
        bool isDuplicate{false}; //!< whether that end had it already
        uint32_t attempt{1};     //!< which transmission
        uint16_t ns{0};          //!< Ns
        uint16_t nr{0};          //!< Nr
        std::string name;        //!< the message
        std::string what;        //!< its key AVPs, or the note
    };

    /**
     * @brief A message was sent.
     * @param ladder the ladder
     * @param from which lifeline sent it
     * @param tunnel its tunnel
     * @param header its header
     * @param datagram the whole datagram
     * @param attempt which transmission
     */
    static void Sent(L2tpLadder* ladder,
                     std::size_t from,
                     Ptr<const L2tpTunnel> tunnel,
                     const L2tpHeader& header,
                     Ptr<const Packet> datagram,
                     uint32_t attempt);

    /**
     * @brief A message was received.
     * @param ladder the ladder
     * @param at which lifeline received it
     * @param tunnel its tunnel
     * @param header its header
     * @param datagram the whole datagram
     * @param reception what was made of it
     */
    static void Received(L2tpLadder* ladder,
                         std::size_t at,
                         Ptr<const L2tpTunnel> tunnel,
                         const L2tpHeader& header,
                         Ptr<const Packet> datagram,
                         L2tpReception reception);

    /**
     * @brief A PPP link changed its phase.
     * @param ladder the ladder
     * @param before the old phase
     * @param now the new phase
     * @param reason why
     */
    static void PhaseChanged(L2tpLadder* ladder, PppPhase before, PppPhase now, PppReason reason);

    /**
     * @brief A PPP link's network layer is up.
     * @param ladder the ladder
     * @param local the local address
     * @param peer the peer's
     */
    static void NetworkUp(L2tpLadder* ladder, Ipv4Address local, Ipv4Address peer);

    /// What stands at the top and has a line below it.
    struct Lifeline
    {
        std::string name; //!< what it is called
        Ptr<Node> node;   //!< the node of its endpoints, null for outsiders
    };

    /// The lifeline that has an address. @param peer the address @return its index, that of the
    /// outsiders if no other has it, or how many lifelines there are
    std::size_t FindLifeline(const L2tpIpAddress& peer) const;
    /// Begin a row about a message, at the present time. @param from whose it is @param to whose it
    /// is to be @param header its header @param datagram the whole datagram @return the row
    static Row Describe(std::size_t from,
                        std::size_t to,
                        const L2tpHeader& header,
                        Ptr<const Packet> datagram);

    /// Characters between two lifelines. @return the number
    std::size_t GetWidth() const;
    /// The colour of a row. @param row the row @return what makes a terminal show it
    static std::string ColourOf(const Row& row);
    /// Write a row. @param row the row @param colours whether in colours @return a line of text
    std::string Line(const Row& row, bool colours) const;

    /**
     * @brief Draw the names.
     * @param width characters between two lifelines
     * @return a line of text
     */
    std::string Head(std::size_t width) const;

    /**
     * @brief Draw the lifelines, and a message between two of them.
     * @param row the message, or a note: then there is none
     * @param width characters between two lifelines
     * @param colours whether in colours
     * @return a part of a line of text
     */
    std::string Rung(const Row& row, std::size_t width, bool colours) const;

    std::vector<Lifeline> m_lifelines;                   //!< from left to right
    std::vector<Row> m_rows;                             //!< in the order of sending
    std::unordered_map<uint64_t, std::size_t> m_pending; //!< rows on their way, by packet UID
};

/**
 * @brief Whether to write in colours.
 * @param os where to
 * @return true if that is the standard output, a terminal, one that knows colours (TERM isn't
 *         "dumb"), and nobody asks for none (the environment has no NO_COLOR)
 */
bool L2tpWantsColours(const std::ostream& os);

} // namespace ns3

#endif /* L2TP_LADDER_H */
