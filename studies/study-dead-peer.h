/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef STUDY_DEAD_PEER_H
#define STUDY_DEAD_PEER_H

#include "study-runs.h"

#include "ns3/l2tp-call.h"
#include "ns3/l2tp-header.h"
#include "ns3/l2tp-profile.h"
#include "ns3/l2tp-tunnel.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace ns3
{

/// What goes through the tunnel while the peer is there.
enum class L2tpStudyLoad
{
    IDLE,  //!< nothing but HELLOs
    DATA,  //!< a frame now and then each way
    CALLS, //!< the LAC places calls, as a Poisson process
};

/// What happens to the LNS.
enum class L2tpStudyFault
{
    CRASH, //!< it forgets all; its node goes on, and answers that the UDP port is unreachable
    CUT,   //!< the link to it lets nothing pass
};

/// How a peer is lost.
struct L2tpDeadPeerConfig
{
    Time delay{MilliSeconds(15)};              //!< of the link, one way
    std::string profile{"rfc2661"};            //!< both ends'
    L2tpStudyLoad load{L2tpStudyLoad::IDLE};   //!< what goes through the tunnel before
    L2tpStudyFault fault{L2tpStudyFault::CUT}; //!< how the LNS is lost
    Time outage{Seconds(0)};                   //!< until the link is back; 0: for good
    Time frameInterval{Seconds(1)};            //!< between two frames of DATA, each way
    Time callInterval{Seconds(10)};            //!< between two calls of CALLS, in the mean
};

/**
 * @brief A tunnel with a session loses its LNS at a random moment, again and again.
 *
 * The moment is uniform over a stretch of time that is a whole period of what the tunnel does, so
 * that its phase is random. If the LNS is lost for good, a replication is over when the LAC clears
 * the tunnel, or when it hasn't done so after all that it could have waited for. After an outage it
 * is over when either end has cleared the tunnel, or when both can't do so any more.
 */
class L2tpDeadPeerRuns : public L2tpStudyRuns
{
  public:
    /// Build the network. @param config how the peer is lost
    explicit L2tpDeadPeerRuns(const L2tpDeadPeerConfig& config);

    /// What the replications have come to, and what both ends do. @return an object
    nlohmann::ordered_json Describe() const;

  private:
    /// A message that was sent, as it matters to when the peer is given up.
    struct Message
    {
        Time sent;  //!< for the first time
        Time heard; //!< when the peer was last heard then
    };

    /// An end, as the tunnel is watched there.
    struct End
    {
        Ptr<const L2tpTunnel> tunnel;         //!< its tunnel
        std::map<uint16_t, Message> messages; //!< those sent, by Ns
        Time probe;                           //!< as the link is cut: when a HELLO is or was due
        bool isProbed{false};                 //!< whether the peer has got that HELLO by then
    };

    void Begin() override;
    /// Follow what an end does. @param endpoint it @param end notes it
    void Follow(Ptr<L2tpEndpoint> endpoint, End& end);
    /// A datagram goes out. @param end whose @param header its header @param datagram it @param
    /// attempt 1 for a message's first transmission
    void Sent(End& end, const L2tpHeader& header, Ptr<const Packet> datagram, uint32_t attempt);
    /// The first call is established at both ends: load the tunnel, and choose the moment.
    void Load();
    /// Send a frame each way, and again later. @param lac the session at the LAC @param lns at the
    /// LNS
    void SendFrames(Ptr<L2tpSession> lac, Ptr<L2tpSession> lns);
    /// Place a call, and again later.
    void PlaceNext();
    /// The LNS is lost.
    void Lose();
    /// An end clears the tunnel. @param end which
    void Cleared(const End& end);
    /// The tunnel has outlived an outage.
    void Lived();
    /// Note what a cut of the link interrupts. @param end which end @param other the other one
    void NoteProbe(End& end, const End& other) const;
    /// Which of a HELLO's transmissions is the first that passes after the outage. @param probe
    /// when it is sent first @return when it is sent again, or never
    Time GetFirstTryAfter(Time probe) const;
    /// Whether an end outlives the outage. @param end which @param other the other one @return
    /// whether it hears of its HELLO in time
    bool ShouldLive(const End& end, const End& other) const;

    L2tpDeadPeerConfig m_config;               //!< how the peer is lost
    L2tpStudyTunnel::Policy m_policy;          //!< what both ends do
    Ptr<UniformRandomVariable> m_moment;       //!< when the LNS is lost
    Ptr<ExponentialRandomVariable> m_nextCall; //!< how long after a call the next is placed
    End m_lac;                                 //!< the LAC
    End m_lns;                                 //!< the LNS
    bool m_isLost{false};                      //!< whether the LNS is
    Time m_lostAt;                             //!< when it was
    uint64_t m_runs{0};                        //!< replications done
    uint64_t m_lived{0};                       //!< those whose tunnel was never cleared
    uint64_t m_asPredicted{0};                 //!< those that ended as and when they should
    uint64_t m_messages{0};                    //!< control datagrams of the LAC after the loss
    uint64_t m_octets{0};                      //!< theirs, with UDP's and IP's headers
    std::vector<int64_t> m_times;              //!< from loss to clearing, nanoseconds
};

} // namespace ns3

#endif /* STUDY_DEAD_PEER_H */
