/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_VOLUNTARY_CLIENT_H
#define L2TP_VOLUNTARY_CLIENT_H

#include "l2tp-lac.h"

#include "ns3/address.h"
#include "ns3/application.h"
#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/ppp-net-device.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A host that tunnels of its own will: it dials an LNS through the LAC on its own node, runs
 * PPP over the session, and sends its traffic through the tunnel (RFC 2661, section 2: the remote
 * system and the LAC are one).
 *
 * The tunnel's own packets stay outside of it, whatever routes lead into it; see L2tpUdpPath.
 */
class L2tpVoluntaryClient : public Application, public L2tpStreamUser
{
  public:
    /// TracedCallback signature: the tunnel is usable; the address assigned and the LNS's.
    using UpTracedCallback = void (*)(Ipv4Address local, Ipv4Address peer);
    /// TracedCallback signature: the tunnel is usable no more, or could not be made; why.
    using DownTracedCallback = void (*)(const std::string& reason);
    /// TracedCallback signature: a call is being made.
    using DialTracedCallback = void (*)(Ptr<const L2tpCall> call);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpVoluntaryClient();
    ~L2tpVoluntaryClient() override;

    /**
     * @brief Add the client's PPP device to the node; done by the start at the latest.
     *
     * Earlier is better: pcap can only be switched on for devices that exist.
     * @return the device
     */
    Ptr<PppNetDevice> CreateDevice();

    /**
     * @brief Send a network's traffic through the tunnel, instead of all traffic.
     * @param network the network
     * @param mask its mask
     */
    void AddPrefix(Ipv4Address network, Ipv4Mask mask);

    /// Dial now, if there is no call.
    void Dial();

    /// End the call, and do not dial again.
    void HangUp();

    /// Whether packets pass. @return true if PPP has an address
    bool IsUp() const;

    /// The address that the LNS assigned. @return it, 0.0.0.0 if the tunnel is not up
    Ipv4Address GetAddress() const;

    /// The PPP device. @return the device, or null if it was not created yet
    Ptr<PppNetDevice> GetDevice() const;

    /// The call. @return the present call, or null
    Ptr<L2tpCall> GetCall() const;

    /// How often the client has dialled. @return the number of calls made
    uint32_t GetNDials() const;

    /// Why the last call ended. @return words, empty if none has ended
    const std::string& GetLastReason() const;

    int64_t AssignStreams(int64_t stream) override;

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void StopApplication() override;

    /// What the attributes say of the LNS; aborts if that can't be dialled. @return its address
    L2tpUdpAddress FindLns() const;

    /// The call is established. @param call the call
    void CallEstablished(Ptr<L2tpCall> call);
    /// The call is cleared. @param call the call
    void CallCleared(Ptr<L2tpCall> call);
    /// The PPP device went up or down, and its interface with it.
    void LinkChanged();
    /// PPP has come to its end. @param reason why
    void LinkFinished(PppReason reason);
    /**
     * @brief Note why there is no tunnel, and dial again if that is wanted.
     * @param reason why
     */
    void Ended(const std::string& reason);

    Ptr<L2tpLac> m_lac;      //!< attribute Lac
    Address m_lnsAddress;    //!< attribute LnsAddress
    uint16_t m_lnsPort;      //!< attribute LnsPort
    uint32_t m_lnsInterface; //!< attribute LnsInterface
    std::string m_username;  //!< attribute Username
    std::string m_password;  //!< attribute Password
    uint16_t m_mru;          //!< attribute Mru
    Time m_echoInterval;     //!< attribute EchoInterval
    bool m_ipv6;             //!< attribute Ipv6
    bool m_wasUp{false};     //!< whether IPv4 was up at the last change
    bool m_defaultRoute;     //!< attribute DefaultRoute
    bool m_redial;           //!< attribute Redial
    Time m_redialDelay;      //!< attribute RedialDelay
    std::vector<std::pair<Ipv4Address, Ipv4Mask>> m_prefixes; //!< what goes into the tunnel
    Ptr<PppNetDevice> m_device;                               //!< the PPP device
    Ptr<L2tpCall> m_call;                                     //!< the present call
    PppReason m_linkReason{PppReason::NONE};                  //!< why PPP ended, if it did
    bool m_wanted{false};                                     //!< whether there should be a call
    uint32_t m_dials{0};                                      //!< calls made
    int64_t m_stream{-1};                                     //!< of the link; -1: not fixed
    std::string m_lastReason;                                 //!< why the last call ended
    EventId m_redialEvent;                                    //!< the next call
    TracedCallback<Ipv4Address, Ipv4Address> m_upTrace;       //!< up
    TracedCallback<const std::string&> m_downTrace;           //!< down
    TracedCallback<Ptr<const L2tpCall>> m_dialTrace;          //!< dialling
};

} // namespace ns3

#endif /* L2TP_VOLUNTARY_CLIENT_H */
