/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_OUTAGE_H
#define SCENARIO_OUTAGE_H

#include "ns3/ipv4-address.h"
#include "ns3/l2tp-dialing-host.h"
#include "ns3/l2tp-lac.h"
#include "ns3/l2tp-lns.h"
#include "ns3/l2tp-run-summary.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @brief An LNS vanishes; and how long its subscribers are without a connection, and why so long.
 *
 * Each LAC finds out by itself, by a message that nobody acknowledges (RFC 2661, sections 5.8 and
 * 6.5). Watches trace sources, no more. It must live as long as the run.
 */
class L2tpScenarioOutage
{
  public:
    L2tpScenarioOutage() = default;
    L2tpScenarioOutage(const L2tpScenarioOutage&) = delete;
    L2tpScenarioOutage& operator=(const L2tpScenarioOutage&) = delete;

    /**
     * @brief Let an LNS vanish.
     * @param name what to call it
     * @param lns the LNS
     * @param inside its address in its hosts' network
     * @param at when
     * @param note told of that, and of each LAC that gives the LNS up
     */
    void Plan(const std::string& name,
              Ptr<L2tpLns> lns,
              Ipv4Address inside,
              Time at,
              std::function<void(const std::string&)> note);

    /// Watch a LAC; after Plan(). @param name what to call it @param lac it @return its index
    std::size_t AddLac(const std::string& name, Ptr<L2tpLac> lac);

    /// Watch a host that dials again when its call ends. Those count that are connected by the LNS
    /// when it vanishes. @param host it @param lac index of its LAC
    void AddHost(Ptr<L2tpDialingHost> host, std::size_t lac);

    /// Whether one is planned. @return true if so
    bool IsPlanned() const;
    /// When the LNS vanishes. @return the time
    Time GetBegin() const;
    /// When the first subscriber was connected again. @return the time, if any was
    std::optional<Time> GetFirstRecovery() const;
    /// Whether all hosts that were connected by the LNS are connected again. @return true if so
    bool IsOver() const;

    /// Tell how long it took, and why. @param os where to
    void Print(std::ostream& os) const;
    /// Tell the same in summary.json. @param summary receives it
    void Summarise(L2tpRunSummary& summary) const;

  private:
    /// A control message to the LNS that is not acknowledged yet.
    struct Message
    {
        uint16_t ns;             //!< its number
        std::string name;        //!< what it is
        std::vector<Time> times; //!< when it was sent
    };

    /// A tunnel to the LNS, and what became of it.
    struct Tunnel
    {
        Ptr<const L2tpTunnel> tunnel; //!< it
        std::deque<Message> pending;  //!< messages on it without an acknowledgement, by number
        std::optional<Time> heard;    //!< when the LNS's last message arrived, data or control
        std::optional<Time> lost;     //!< when it was given up
    };

    /// A LAC, and how it found out.
    struct Lac
    {
        std::string name;           //!< what to call it
        L2tpScenarioOutage* outage; //!< whose it is
        std::list<Tunnel> tunnels;  //!< those to the LNS, in place; several if ISPs have their own
    };

    /// A host, and how it went on.
    struct Host
    {
        std::size_t lac;               //!< index of its LAC
        L2tpScenarioOutage* outage;    //!< whose it is
        Ipv4Address peer;              //!< the other end of its connection, 0.0.0.0 if it has none
        bool isAffected{false};        //!< whether it was connected by the LNS
        std::optional<Time> down;      //!< when its call ended
        std::optional<Time> redialled; //!< when it dialled again
        std::optional<Time> up;        //!< when it was connected again
    };

    /// A row of what is printed: what it is about, and a word for each LAC.
    using Row = std::pair<std::string, std::vector<std::string>>;

    /// The LNS vanishes.
    void Crash();
    /// How many hosts were connected by the LNS. @return the number
    std::size_t GetNAffected() const;
    /// A time of each LAC. @param label what it is @param time of a LAC and its index @return the
    /// row
    Row TimesOf(const std::string& label,
                const std::function<std::optional<Time>(const Lac&, std::size_t)>& time) const;
    /// How the LACs found out. @return rows
    std::vector<Row> DescribeLacs() const;
    /// How the hosts went on. @return rows
    std::vector<Row> DescribeHosts() const;
    /// Whether a tunnel leads to the LNS. @param tunnel the tunnel @return true if so
    bool IsToLns(const L2tpTunnel& tunnel) const;
    /// What is known of a tunnel. @param lac its LAC @param tunnel it @return that, null if nothing
    static Tunnel* Find(Lac* lac, const Ptr<const L2tpTunnel>& tunnel);
    /// The tunnel by whose end hosts were cleared; if there is none, the first that was given up.
    /// @param lac the LAC @param index its index @return the tunnel, null if none was given up
    const Tunnel* GetLost(const Lac& lac, std::size_t index) const;
    /// All times of one kind. @param which the kind @param lac of which LAC @return them, sorted
    std::vector<Time> Collect(std::optional<Time> Host::*which, std::size_t lac) const;
    /// How long hosts were without a connection. @return the times, sorted
    std::vector<Time> GetGaps() const;

    /// A LAC has sent a message. @param lac the LAC @param tunnel the tunnel @param header the
    /// message's header @param datagram the message @param attempt which transmission
    static void Sent(Lac* lac,
                     Ptr<const L2tpTunnel> tunnel,
                     const L2tpHeader& header,
                     Ptr<const Packet> datagram,
                     uint32_t attempt);
    /// A LAC has received a message. @param lac the LAC @param tunnel the tunnel @param header the
    /// message's header @param datagram the message @param reception what was made of it
    static void Received(Lac* lac,
                         Ptr<const L2tpTunnel> tunnel,
                         const L2tpHeader& header,
                         Ptr<const Packet> datagram,
                         L2tpReception reception);
    /// A tunnel has changed its state. @param lac its LAC @param tunnel the tunnel @param old the
    /// state before @param event why
    static void TunnelChanged(Lac* lac,
                              Ptr<const L2tpTunnel> tunnel,
                              L2tpTunnelState old,
                              L2tpTunnelEvent event);
    /// A host's call has ended. @param host it @param reason why
    static void Down(Host* host, const std::string& reason);
    /// A host dials. @param host the host
    static void Dialled(Host* host);
    /// A host is connected. @param host the host @param local its address @param peer the LNS's
    static void Up(Host* host, Ipv4Address local, Ipv4Address peer);

    std::string m_name;     //!< of the LNS
    Ptr<L2tpLns> m_lns;     //!< the LNS, null if none is to vanish
    Ipv4Address m_inside;   //!< its address in its hosts' network
    Time m_begin;           //!< when it does
    bool m_begun{false};    //!< whether it has
    std::size_t m_calls{0}; //!< how many calls it had
    /// Told of what happens.
    std::function<void(const std::string&)> m_note;
    std::list<Lac> m_lacs;   //!< the LACs, in place
    std::list<Host> m_hosts; //!< the hosts, in place
};

} // namespace ns3

#endif /* SCENARIO_OUTAGE_H */
