/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ACCESS_SERVER_H
#define L2TP_ACCESS_SERVER_H

#include "l2tp-access-call.h"
#include "l2tp-endpoint.h"

#include "ns3/application.h"
#include "ns3/data-rate.h"
#include "ns3/l2-serial-line.h"
#include "ns3/nstime.h"
#include "ns3/ppp-auth-protocol.h"
#include "ns3/pppoe-concentrator.h"
#include "ns3/traced-callback.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace ns3
{

/// What an access server counts.
struct L2tpAccessStatistics
{
    uint64_t arrived{0}; //!< calls from remote systems that were answered
    uint64_t asked{0};   //!< remote systems that were asked who they are
    uint64_t joined{0};  //!< calls that were joined with one to an LNS
    uint64_t local{0};   //!< calls whose PPP was ended here
    uint64_t failed{0};  //!< calls that were neither when they ended
    uint64_t ended{0};   //!< calls that are over
};

/**
 * @ingroup l2tp
 *
 * @brief A network access server, or a BRAS: it answers the lines and PPPoE sessions of remote
 * systems, and brings each to where it belongs (RFC 2661, section 2.0: compulsory tunnels).
 *
 * The Selector says where: to one of several LNSs, by a call through the Lac; to the Terminator,
 * which ends PPP here; or nowhere. If it has to know a name for that, the server runs LCP and asks
 * for it, and tells the LNS what it has been through with the remote system (RFC 2661, section
 * 4.4.5). Without a Selector all PPP ends here, and this is a plain PPP server, without L2TP.
 *
 * Once a call is joined the server has nothing to do with its PPP. When the line drops, the call to
 * the LNS is cleared; and the line is hung up when that is.
 */
class L2tpAccessServer : public Application, public L2tpStreamUser, private L2tpAccessHost
{
  public:
    /// TracedCallback signature: what was chosen for a call.
    using ChoiceTracedCallback = void (*)(Ptr<const L2tpAccessCall> call,
                                          const L2tpTunnelChoice& choice);
    /// TracedCallback signature: a call has changed its state.
    using StateTracedCallback = void (*)(Ptr<const L2tpAccessCall> call,
                                         L2tpAccessState before,
                                         L2tpAccessState now);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpAccessServer();
    ~L2tpAccessServer() override;

    /**
     * @brief Serve a line. Its callbacks are the server's from here on.
     * @param line a line of the server's node; the lines' order numbers the physical channels
     */
    void AddLine(Ptr<L2SerialLine> line);

    /**
     * @brief Serve a PPPoE Access Concentrator, which the server starts and stops. Its session
     * callback is the server's from here on.
     * @param concentrator one of the server's node, not started
     */
    void AddConcentrator(Ptr<PppoeConcentrator> concentrator);

    /// The calls. @return those that aren't over, in the order of their arrival
    std::vector<Ptr<L2tpAccessCall>> GetCalls() const;

    /// How many calls aren't over. @return the number
    std::size_t GetNCalls() const;

    /// What was counted. @return the counters
    const L2tpAccessStatistics& GetStatistics() const;

    Ptr<L2tpTunnelSelector> GetSelector() const override;
    Ptr<L2tpLac> GetLac() const override;
    Ptr<L2tpLnsBalancer> GetBalancer() const override;
    Ptr<L2tpSessionTerminator> GetTerminator() const override;
    int64_t AssignStreams(int64_t stream) override;

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void StopApplication() override;
    bool SendsProxy() const override;
    Time GetSetupTimeout() const override;
    Ptr<L2tpNameAsker> BorrowAsker() override;
    void ReturnAsker(Ptr<L2tpNameAsker> asker) override;
    void CallChosen(L2tpAccessCall& call, const L2tpTunnelChoice& choice) override;
    void CallChanged(L2tpAccessCall& call, L2tpAccessState before) override;

    /// A line rings. @param line the line @param numbers who calls whom
    void Incoming(Ptr<L2SerialLine> line, const L2CallNumbers& numbers);
    /// A line's call is connected. @param line the line
    void Connected(Ptr<L2SerialLine> line);
    /// A line's call has ended. @param line the line @param cause why
    void LineEnded(Ptr<L2SerialLine> line, L2LineCause cause);
    /**
     * @brief There is a PPPoE session.
     * @param session the session
     * @param service its Service-Name
     * @param host the host's address
     */
    void SessionBegun(Ptr<PppoeSession> session, const std::string& service, Mac48Address host);
    /// A PPPoE session has ended. @param session the session @param end why
    void SessionEnded(Ptr<PppoeSession> session, PppoeEnd end);
    /**
     * @brief A remote system is there.
     * @param leg its leg
     * @param query what is known of it
     */
    void Arrived(Ptr<L2tpAccessLeg> leg, const L2tpTunnelQuery& query);
    /**
     * @brief Find and forget the call that has a circuit.
     * @param circuit the circuit
     * @return the call, null if there is none
     */
    Ptr<L2tpAccessCall> Take(Ptr<L2Circuit> circuit);

    Ptr<L2tpLac> m_lac;                      //!< attribute Lac
    Ptr<L2tpTunnelSelector> m_selector;      //!< attribute Selector
    Ptr<L2tpLnsBalancer> m_balancer;         //!< attribute Balancer
    Ptr<L2tpSessionTerminator> m_terminator; //!< attribute Terminator
    PppAuthProtocol m_authProtocol;          //!< attribute AuthProtocol
    uint16_t m_mru;                          //!< attribute Mru
    bool m_sendProxy;                        //!< attribute SendProxy
    Time m_setupTimeout;                     //!< attribute SetupTimeout
    uint32_t m_maxCalls;                     //!< attribute MaxCalls
    DataRate m_ethernetSpeed;                //!< attribute EthernetSpeed

    std::unordered_set<const L2SerialLine*> m_answering;       //!< lines that wait for the carrier
    bool m_running{false};                                     //!< whether it answers
    std::vector<Ptr<L2SerialLine>> m_lines;                    //!< all lines
    std::unordered_map<const L2Circuit*, uint32_t> m_channels; //!< the lines' numbers
    std::vector<Ptr<PppoeConcentrator>> m_concentrators;       //!< all Access Concentrators
    std::unordered_map<const L2Circuit*, uint64_t> m_callOf;   //!< each circuit's call
    std::map<uint64_t, Ptr<L2tpAccessCall>> m_calls;           //!< calls by arrival
    std::vector<Ptr<L2tpNameAsker>> m_askers;                  //!< all that were made
    std::vector<Ptr<L2tpNameAsker>> m_idleAskers;              //!< those that no call has
    int64_t m_firstStream{-1};                                 //!< of the askers; -1: not fixed
    L2tpAccessStatistics m_statistics;                         //!< counters

    /// Choices.
    TracedCallback<Ptr<const L2tpAccessCall>, const L2tpTunnelChoice&> m_choiceTrace;
    /// States.
    TracedCallback<Ptr<const L2tpAccessCall>, L2tpAccessState, L2tpAccessState> m_stateTrace;
};

} // namespace ns3

#endif /* L2TP_ACCESS_SERVER_H */
