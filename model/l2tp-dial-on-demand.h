/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DIAL_ON_DEMAND_H
#define L2TP_DIAL_ON_DEMAND_H

#include "l2tp-lns.h"

#include "ns3/address.h"
#include "ns3/application.h"
#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/ppp-auth-protocol.h"
#include "ns3/ppp-on-demand-net-device.h"
#include "ns3/ppp-user-table.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// What an L2tpDialOnDemand does.
enum class L2tpDialState : uint8_t
{
    IDLE,       //!< there is no call; a packet makes one
    DIALLING,   //!< a call was asked for, or PPP is on its way
    UP,         //!< packets pass
    HANGING_UP, //!< PPP says good-bye
    HOLD_OFF,   //!< a call has failed; RetryDelay isn't over yet
    STOPPED     //!< the application doesn't run
};

/**
 * @brief Name a state.
 * @param state the state
 * @return words of lower-case letters, joined by hyphens
 */
const char* L2tpDialStateName(L2tpDialState state);

/// What an L2tpDialOnDemand counts.
struct L2tpDialStatistics
{
    uint64_t calls{0};  //!< calls that were asked for
    uint64_t ups{0};    //!< how often PPP came up
    uint64_t failed{0}; //!< calls that ended before PPP was up, and not by HangUp()
    uint64_t idle{0};   //!< calls that were ended since there was no traffic
};

/**
 * @ingroup l2tp
 *
 * @brief A remote site that an LNS has a LAC dial when there is traffic for it (RFC 2661, sections
 * 2 and 7.5.2: compulsory tunnels, remote dial).
 *
 * The site has an interface and static routes at the LNS's node before there is any call. The first
 * packet that is routed there makes the LNS ask the LAC for a call (OCRQ); packets wait in the
 * device's queue until PPP is up. Without traffic either way for IdleTimeout the call is ended. A
 * call that fails is not tried again for RetryDelay. Dial() and HangUp() do the same by request.
 *
 * The session is this site's: the LNS's terminator, which takes incoming calls, has nothing to do
 * with it.
 */
class L2tpDialOnDemand : public Application, public L2tpStreamUser
{
  public:
    /// TracedCallback signature: a call was asked for.
    using DialTracedCallback = void (*)(Ptr<const L2tpCall> call);
    /// TracedCallback signature: PPP is up; this end's address and the remote system's.
    using UpTracedCallback = void (*)(Ipv4Address local, Ipv4Address remote);
    /// TracedCallback signature: a call has ended or could not be made; why.
    using DownTracedCallback = void (*)(const std::string& reason);
    /// TracedCallback signature: the state before, and the one now.
    using StateTracedCallback = void (*)(L2tpDialState before, L2tpDialState now);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpDialOnDemand();
    ~L2tpDialOnDemand() override;

    /**
     * @brief Route a network behind the remote system to the site; RemoteAddress always is.
     * @param network the network
     * @param mask its mask
     */
    void AddNetwork(Ipv4Address network, Ipv4Mask mask);

    /**
     * @brief Add the device to the node, with its interface and routes; done by the start at the
     * latest. Attributes of the network layer have to be set by then.
     *
     * Earlier is better: pcap can only be switched on for devices that exist.
     * @return the device
     */
    Ptr<PppOnDemandNetDevice> CreateDevice();

    /// Ask for a call now, if there is none; a hold-off is over by that.
    void Dial();

    /// End the call, if there is one. The next packet makes a new one.
    void HangUp();

    /// The state. @return it
    L2tpDialState GetState() const;

    /// Whether packets pass. @return true if PPP is up
    bool IsUp() const;

    /// The device. @return it, or null if it was not created yet
    Ptr<PppOnDemandNetDevice> GetDevice() const;

    /// Why the last call ended or failed. @return words, empty if none has
    const std::string& GetLastReason() const;

    /// The same as the CDN says it, sent or received. @return result 0 if no CDN said anything
    const L2tpResultCode& GetLastCode() const;

    /// What was counted. @return the counters
    const L2tpDialStatistics& GetStatistics() const;

    int64_t AssignStreams(int64_t stream) override;

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void StopApplication() override;

    /// Change the state. @param state the new one
    void SetState(L2tpDialState state);
    /// Check what would make every call fail.
    void CheckAttributes() const;
    /// Set what the attributes say about PPP. @param link the device's link
    void ConfigureLink(Ptr<PppLink> link);
    /// Add a static route through the device. @param network where to @param mask its mask
    void AddRoute(Ipv4Address network, Ipv4Mask mask);
    /// A packet is there to be sent, and PPP is not up. @return whether it may wait
    bool Wanted();
    /// The LAC. @return its address and port
    L2tpUdpAddress FindLac() const;
    /// What to ask the LAC for. @return the parameters
    L2tpCallParameters MakeParameters() const;
    /// Ask the LNS for a call.
    void PlaceCall();
    /// End the call, if there is one: politely if PPP has begun.
    void EndCall();
    /// The call is established. @param call it
    void CallEstablished(Ptr<L2tpCall> call);
    /// The call is cleared, established or not. @param call it
    void CallCleared(Ptr<L2tpCall> call);
    /**
     * @brief There is no call any more.
     * @param reason why
     * @param code the same as a Result Code
     */
    void Ended(const std::string& reason, const L2tpResultCode& code);
    /// The device went up or down.
    void LinkChanged();
    /// PPP has changed its phase. @param before the old one @param now the new one @param why why
    void PhaseChanged(PppPhase before, PppPhase now, PppReason why);
    /// PPP has come to its end. @param reason why
    void LinkFinished(PppReason reason);
    /**
     * @brief Which address the remote system gets.
     * @param user who it is
     * @param wished the address that its user has
     * @return the site's, or 0.0.0.0 for somebody else
     */
    Ipv4Address ProvideAddress(const std::string& user, const PppUserProfile& profile) const;
    /// A packet passes. @param packet it
    void Passed(Ptr<const Packet> packet);
    /// End the call if there was no traffic, else look again when that could be.
    void CheckIdle();

    Ptr<L2tpLns> m_lns;             //!< attribute Lns
    Address m_lacAddress;           //!< attribute LacAddress
    uint16_t m_lacPort;             //!< attribute LacPort
    std::string m_calledNumber;     //!< attribute CalledNumber
    std::string m_subAddress;       //!< attribute SubAddress
    uint32_t m_minimumBps;          //!< attribute MinimumBps
    uint32_t m_maximumBps;          //!< attribute MaximumBps
    uint32_t m_bearerType;          //!< attribute BearerType
    uint32_t m_framingType;         //!< attribute FramingType
    Ipv4Address m_localAddress;     //!< attribute LocalAddress
    Ipv4Address m_remoteAddress;    //!< attribute RemoteAddress
    PppAuthProtocol m_authProtocol; //!< attribute AuthProtocol
    Ptr<PppUserTable> m_users;      //!< attribute UserTable
    std::string m_remoteName;       //!< attribute RemoteName
    uint16_t m_mru;                 //!< attribute Mru
    Time m_echoInterval;            //!< attribute EchoInterval
    Time m_idleTimeout;             //!< attribute IdleTimeout
    Time m_retryDelay;              //!< attribute RetryDelay
    bool m_onDemand;                //!< attribute OnDemand

    std::vector<std::pair<Ipv4Address, Ipv4Mask>> m_networks;  //!< behind the remote system
    Ptr<PppOnDemandNetDevice> m_device;                        //!< the device
    L2tpDialState m_state{L2tpDialState::STOPPED};             //!< what it does
    Ptr<L2tpCall> m_call;                                      //!< the call, if there is one
    EventId m_timer;                                           //!< hold-off, or idle
    Time m_lastTraffic;                                        //!< when a packet last passed
    int64_t m_stream{-1};                                      //!< of the link; -1: not fixed
    std::string m_endReason;                                   //!< why this end ends the call
    std::string m_lastReason;                                  //!< why the last call ended
    L2tpResultCode m_lastCode;                                 //!< the same as a code
    L2tpDialStatistics m_statistics;                           //!< counters
    TracedCallback<Ptr<const L2tpCall>> m_dialTrace;           //!< calls asked for
    TracedCallback<Ipv4Address, Ipv4Address> m_upTrace;        //!< PPP up
    TracedCallback<const std::string&> m_downTrace;            //!< calls ended
    TracedCallback<L2tpDialState, L2tpDialState> m_stateTrace; //!< states
};

} // namespace ns3

#endif /* L2TP_DIAL_ON_DEMAND_H */
