/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FAULT_PLAN_H
#define L2TP_FAULT_PLAN_H

#include "ns3/nstime.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// Draws what a run is made of, from one random variable stream.
class L2tpFaultDice
{
  public:
    /// Make dice. @param stream the stream; the run number is RngSeedManager's
    explicit L2tpFaultDice(int64_t stream);
    /// A whole number. @param n how many there are @return 0 to n - 1
    uint32_t Below(uint32_t n);
    /// A real number. @param low the least @param high the bound
    double Between(double low, double high);
    /// A time. @param low the least @param high the bound
    Time Between(Time low, Time high);
    /// Whether something happens. @param rate its probability
    bool Chance(double rate);

  private:
    Ptr<UniformRandomVariable> m_random; //!< the numbers
};

/// What lies behind a LAC in a run with PPP: one of the tunnelling models.
enum class L2tpFaultAccess : uint8_t
{
    VOLUNTARY,   //!< the LAC's own node dials
    DIAL_UP,     //!< remote systems dial an access server by telephone lines
    PPPOE,       //!< hosts reach an access server by PPPoE
    SWITCH,      //!< the LAC is that of a tunnel switch, to which hosts have tunnels
    REMOTE_DIAL, //!< the LAC has lines by which it dials sites, when an LNS has traffic for them
};

/// The name of a tunnelling model. @param access it
const char* L2tpFaultAccessName(L2tpFaultAccess access);

/// How an endpoint is set up: its attributes of these names.
struct L2tpFaultEndpointPlan
{
    /// Names of attributes, and their values as texts.
    using Settings = std::vector<std::pair<std::string, std::string>>;

    std::string name;                             //!< for people
    L2tpFaultAccess access{};                     //!< what is behind it, with PPP (LAC)
    uint32_t hosts{1};                            //!< how many there are behind it
    double lineErrorRate{0};                      //!< of what lines or Ethernet carry there
    std::string profile;                          //!< a profile's name, or empty
    Settings settings;                            //!< further attributes
    Settings pppSettings;                         //!< of what ends PPP (LNS) or answers it (LAC)
    bool asksNames{false};                        //!< whether the LAC must know who calls
    uint16_t receiveWindowSize{4};                //!< messages
    Time ackDelay;                                //!< delayed acknowledgement
    Time helloInterval;                           //!< keepalive
    bool challengePeer{false};                    //!< tunnel authentication
    bool hideAvps{false};                         //!< hidden AVPs
    bool tieBreaker{false};                       //!< Tie Breaker AVP
    bool lengthInData{false};                     //!< Length field
    bool sequencing{false};                       //!< numbered data from the first one on (LNS)
    bool requireSequencing{false};                //!< Sequencing Required AVP (LAC)
    Time reorderTimeout;                          //!< how long an early frame waits
    bool shareTunnel{true};                       //!< one tunnel for the calls to a peer
    bool keepTunnel{false};                       //!< keep it after the last call
    bool acceptTunnels{false};                    //!< take tunnels that an LNS opens (LAC)
    bool dials{false};                            //!< take outgoing calls (LAC)
    bool anyPort{false};                          //!< instead of L2TP's (LAC)
    uint32_t maxTunnels{65535};                   //!< how many tunnels there may be
    double refuseRate{0};                         //!< of calls
    bool piggyback{false};                        //!< no ZLBs but for what comes again
    std::string congestion{"ns3::L2tpSlowStart"}; //!< CongestionWindow
    std::string queueing{"ns3::L2tpKeepEarly"};   //!< ReceiveQueueing
    std::string resend{"All"};                    //!< Resend
};

/// What goes wrong on one way of a link.
struct L2tpFaultLinkPlan
{
    std::string name;        //!< for people
    double lossRate{0};      //!< of frames, or of bursts
    uint32_t burst{1};       //!< frames in the longest burst; 1: single losses
    double duplicateRate{0}; //!< of frames
    Time duplicateDelay;     //!< the longest
    double delayRate{0};     //!< of frames
    Time delay;              //!< the longest
    double corruptRate{0};   //!< of frames
};

/// What somebody does in a run.
enum class L2tpFaultDeed : uint8_t
{
    PLACE_CALL,   //!< a LAC calls an LNS, or an LNS asks a LAC to dial; with PPP, a host dials
    OPEN_TUNNEL,  //!< an LNS opens a tunnel to a LAC
    SEND_FRAMES,  //!< an end sends frames into one of its sessions; with PPP, a host sends packets
    SWITCH,       //!< an LNS switches numbered data on or off in one of its sessions
    SEND_NEWS,    //!< a LAC reports errors of a line (WEN), or an LNS sets a link's masks (SLI)
    CLOSE_CALL,   //!< an end closes one of its calls
    HANG_UP,      //!< a host hangs up, if there are any
    RENEGOTIATE,  //!< a host begins PPP anew, if there are any
    CLOSE_TUNNEL, //!< an end closes one of its tunnels
    STOP,         //!< an end is stopped, and started again after a while
    CRASH,        //!< an end crashes, and is started again after a while
    CUT,          //!< a link is cut for a while
    CUT_ONE_WAY,  //!< a link is cut for a while, in one direction
};

/// The name of a deed. @param deed it
const char* L2tpFaultDeedName(L2tpFaultDeed deed);

/// A deed, and when it is done.
struct L2tpFaultAction
{
    Time time;            //!< when
    L2tpFaultDeed deed{}; //!< what
    uint32_t who{0};      //!< which endpoint (LACs first, then LNSs), or link
    uint32_t which{0};    //!< which peer, call or tunnel of those there are then, counted round
    uint32_t howMany{0};  //!< frames
    Time duration;        //!< of a cut, or until the start after STOP and CRASH
};

/// Numbers of parts of a plan.
using L2tpFaultParts = std::set<uint32_t>;

/// All that a run is made of; the same for the same seed.
struct L2tpFaultPlan
{
    /// Draw a plan. @param seed the seed of the run
    static L2tpFaultPlan Draw(uint64_t seed);
    /// Describe the plan in words. @param os where to
    void Print(std::ostream& os) const;
    /// How long it takes at most, without faults, until both ends know what the other knows.
    Time GetSettleTime() const;
    /// Whether a LAC is that of a tunnel switch. @param lac one of the LACs
    bool HasSwitch(const L2tpFaultEndpointPlan& lac) const;
    /// How many parts can be left out: each action, what goes wrong on each way of a link, and what
    /// is special about each endpoint. @return the number
    uint32_t CountParts() const;
    /// Leave parts out. @param parts their numbers, from 0
    void LeaveOut(const L2tpFaultParts& parts);

    uint64_t seed{0};                         //!< of the run
    bool ppp{false};                          //!< whether PPP runs in the sessions
    std::vector<L2tpFaultEndpointPlan> lacs;  //!< the LACs
    std::vector<L2tpFaultEndpointPlan> lnses; //!< the LNSs
    std::string secret;                       //!< of all endpoints, empty: none
    Time initialInterval;                     //!< of all endpoints' retransmission policies
    Time maxInterval;                         //!< of the same
    uint32_t maxRetransmissions{5};           //!< of the same
    Time setupTimeout;                        //!< of all endpoints
    Time linkDelay;                           //!< of all links
    std::vector<L2tpFaultLinkPlan> links;     //!< two a link: from the LAC, from the LNS; those
                                              //!< behind switches come last
    bool fewIds{false};                       //!< whether IDs come from a narrow range
    uint32_t poolSize{254};                   //!< addresses of each LNS
    std::vector<L2tpFaultAction> actions;     //!< what is done, in the order of time
    Time heal;                                //!< when the faults end
};

} // namespace ns3

#endif /* L2TP_FAULT_PLAN_H */
