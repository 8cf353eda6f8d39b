/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_REMOTE_SYSTEM_H
#define L2TP_REMOTE_SYSTEM_H

#include "l2tp-endpoint.h"

#include "ns3/application.h"
#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/l2-serial-line.h"
#include "ns3/nstime.h"
#include "ns3/ppp-net-device.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <string>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A host that runs PPP over a serial line and knows nothing of L2TP: what RFC 2661, section
 * 1.2, calls a remote system.
 *
 * It dials a number, or waits to be called if it has none. While the call lasts PPP gives the node
 * an address; when PPP has come to its end, the line is hung up.
 */
class L2tpRemoteSystem : public Application, public L2tpStreamUser
{
  public:
    /// TracedCallback signature: PPP is up; the address assigned and the peer's.
    using UpTracedCallback = void (*)(Ipv4Address local, Ipv4Address peer);
    /// TracedCallback signature: a call has ended or could not be made; why.
    using DownTracedCallback = void (*)(const std::string& reason);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpRemoteSystem();
    ~L2tpRemoteSystem() override;

    /**
     * @brief Add the PPP device to the node; done by the start at the latest.
     *
     * Earlier is better: pcap can only be switched on for devices that exist.
     * @return the device
     */
    Ptr<PppNetDevice> CreateDevice();

    /// Dial now, if there is no call.
    void Dial();

    /// End the call, and do not dial again.
    void HangUp();

    /// Whether packets pass. @return true if PPP has an address
    bool IsUp() const;

    /// The address that the peer assigned. @return it, 0.0.0.0 if PPP is not up
    Ipv4Address GetAddress() const;

    /// The PPP device. @return the device, or null if it was not created yet
    Ptr<PppNetDevice> GetDevice() const;

    /// Why the last call ended. @return words, empty if none has ended
    const std::string& GetLastReason() const;

    int64_t AssignStreams(int64_t stream) override;

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void StopApplication() override;

    /// The line is called. @param line the line @param numbers who calls whom
    void Incoming(Ptr<L2SerialLine> line, const L2CallNumbers& numbers);
    /// A call is connected. @param line the line
    void Connected(Ptr<L2SerialLine> line);
    /// A call has ended. @param line the line @param cause why
    void Ended(Ptr<L2SerialLine> line, L2LineCause cause);
    /// The PPP device went up or down, and its interface with it.
    void LinkChanged();
    /// PPP has come to its end. @param reason why
    void LinkFinished(PppReason reason);

    Ptr<L2SerialLine> m_line;                           //!< attribute Line
    std::string m_number;                               //!< attribute Number
    std::string m_username;                             //!< attribute Username
    std::string m_password;                             //!< attribute Password
    uint16_t m_mru;                                     //!< attribute Mru
    Time m_echoInterval;                                //!< attribute EchoInterval
    bool m_defaultRoute;                                //!< attribute DefaultRoute
    bool m_redial;                                      //!< attribute Redial
    Time m_redialDelay;                                 //!< attribute RedialDelay
    Ptr<PppNetDevice> m_device;                         //!< the PPP device
    PppReason m_linkReason{PppReason::NONE};            //!< why PPP ended, if it did
    bool m_wasUp{false};                                //!< whether PPP was up at the last change
    bool m_running{false};                              //!< whether the application runs
    bool m_wanted{false};                               //!< whether there should be a call
    int64_t m_stream{-1};                               //!< of the link; -1: not fixed
    std::string m_lastReason;                           //!< why the last call ended
    EventId m_redialEvent;                              //!< the next call
    TracedCallback<Ipv4Address, Ipv4Address> m_upTrace; //!< up
    TracedCallback<const std::string&> m_downTrace;     //!< down
};

} // namespace ns3

#endif /* L2TP_REMOTE_SYSTEM_H */
