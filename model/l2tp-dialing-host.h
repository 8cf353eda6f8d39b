/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DIALING_HOST_H
#define L2TP_DIALING_HOST_H

#include "l2tp-endpoint.h"

#include "ns3/application.h"
#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/l2-circuit.h"
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
 * @brief What all hosts share that dial, and run PPP while the call lasts: the PPP device, its
 * configuration, and dialling again.
 *
 * A derived class knows how a circuit is obtained and given back. It calls UseCircuit() when there
 * is one, and Ended() when it is gone or could not be had.
 */
class L2tpDialingHost : public Application, public L2tpStreamUser
{
  public:
    /// TracedCallback signature: a call is wanted.
    using DialledTracedCallback = void (*)();
    /// TracedCallback signature: PPP is up; the address assigned and the peer's.
    using UpTracedCallback = void (*)(Ipv4Address local, Ipv4Address peer);
    /// TracedCallback signature: a call has ended or could not be made; why.
    using DownTracedCallback = void (*)(const std::string& reason);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpDialingHost();
    ~L2tpDialingHost() override;

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
    /// In what the attributes of a derived class differ from another's.
    struct AttributeTexts
    {
        const char* username;     //!< help of Username
        uint16_t mru;             //!< default of Mru
        const char* mruHelp;      //!< help of Mru
        const char* echoInterval; //!< help of EchoInterval
        const char* defaultRoute; //!< help of DefaultRoute
        const char* redial;       //!< help of Redial
    };

    /**
     * @brief Give a derived class the attributes that are stored here: Username, Password, Mru,
     * EchoInterval, Ipv6, DefaultRoute, Redial and RedialDelay. Config::SetDefault() only finds
     * those of the class itself.
     * @param tid the class
     * @param texts its texts
     * @return the class
     */
    static TypeId AddAttributes(TypeId tid, const AttributeTexts& texts);

    void DoDispose() override;
    void StopApplication() override;

    /// Create the PPP device if need be, and set PPP's attributes; at the start, before Dial().
    void SetUpLink();
    /**
     * @brief Run PPP over a circuit.
     * @param circuit it, which is up
     */
    void UseCircuit(Ptr<L2Circuit> circuit);
    /**
     * @brief The circuit is gone, or could not be had: note why, and dial again if that is wanted.
     * @param reason why, unless PPP ended first, which then is the reason
     */
    void Ended(const std::string& reason);

  private:
    /// Begin to obtain a circuit; do nothing if there is one, or one is on its way.
    virtual void ObtainCircuit() = 0;
    /**
     * @brief Give the circuit back, or give up obtaining it; do nothing if there is none.
     * @param reason why PPP has ended; NONE if it did not begin
     */
    virtual void GiveBackCircuit(PppReason reason) = 0;
    /// PPP is up, its interface there to route to. Does nothing unless a derived class says so.
    virtual void NetworkUp();

    /// The PPP device went up or down, and its interface with it.
    void LinkChanged();
    /// PPP has come to its end. @param reason why
    void LinkFinished(PppReason reason);

    std::string m_username;                             //!< attribute Username
    std::string m_password;                             //!< attribute Password
    uint16_t m_mru;                                     //!< attribute Mru
    Time m_echoInterval;                                //!< attribute EchoInterval
    bool m_ipv6;                                        //!< attribute Ipv6
    bool m_wasUp{false};                                //!< whether IPv4 was up before
    bool m_defaultRoute;                                //!< attribute DefaultRoute
    bool m_redial;                                      //!< attribute Redial
    Time m_redialDelay;                                 //!< attribute RedialDelay
    Ptr<PppNetDevice> m_device;                         //!< the PPP device
    PppReason m_linkReason{PppReason::NONE};            //!< why PPP ended, if it did
    bool m_wanted{false};                               //!< whether there should be a call
    int64_t m_stream{-1};                               //!< of the link; -1: not fixed
    std::string m_lastReason;                           //!< why the last call ended
    EventId m_redialEvent;                              //!< the next call
    TracedCallback<> m_dialledTrace;                    //!< dialled
    TracedCallback<Ipv4Address, Ipv4Address> m_upTrace; //!< up
    TracedCallback<const std::string&> m_downTrace;     //!< down
};

} // namespace ns3

#endif /* L2TP_DIALING_HOST_H */
