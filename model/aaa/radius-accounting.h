/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_ACCOUNTING_H
#define RADIUS_ACCOUNTING_H

#include "radius-client.h"
#include "radius-tunnel.h"

#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/ptr.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/// Values of Acct-Status-Type (RFC 2866, section 5.1; RFC 2867, section 3).
enum class RadiusAcctStatus : uint32_t
{
    START = 1,              //!< a user's service begins
    STOP = 2,               //!< it has ended
    INTERIM_UPDATE = 3,     //!< it goes on
    ACCOUNTING_ON = 7,      //!< the NAS begins to account
    ACCOUNTING_OFF = 8,     //!< it ends
    TUNNEL_START = 9,       //!< a tunnel is established
    TUNNEL_STOP = 10,       //!< it is destroyed
    TUNNEL_REJECT = 11,     //!< it is not established
    TUNNEL_LINK_START = 12, //!< a session in a tunnel is established
    TUNNEL_LINK_STOP = 13,  //!< it is destroyed
    TUNNEL_LINK_REJECT = 14 //!< it is not established
};

/// Values of Acct-Terminate-Cause (RFC 2866, section 5.10).
enum class RadiusTerminateCause : uint32_t
{
    USER_REQUEST = 1,         //!< "User requested termination"
    LOST_CARRIER = 2,         //!< the line dropped
    LOST_SERVICE = 3,         //!< "Service can no longer be provided"
    IDLE_TIMEOUT = 4,         //!< "Idle timer expired"
    SESSION_TIMEOUT = 5,      //!< "Maximum session length timer expired"
    ADMIN_RESET = 6,          //!< "Administrator reset the port or session"
    ADMIN_REBOOT = 7,         //!< "Administrator is ending service on the NAS"
    PORT_ERROR = 8,           //!< an error on the port
    NAS_ERROR = 9,            //!< another error
    NAS_REQUEST = 10,         //!< "for a non-error reason not otherwise listed here"
    NAS_REBOOT = 11,          //!< a crash
    PORT_UNNEEDED = 12,       //!< "resource usage fell below low-water mark"
    PORT_PREEMPTED = 13,      //!< the port is for something more important
    PORT_SUSPENDED = 14,      //!< a virtual session is suspended
    SERVICE_UNAVAILABLE = 15, //!< "NAS was unable to provide requested service"
    CALLBACK = 16,            //!< the user is called back
    USER_ERROR = 17,          //!< "Input from user is in error"
    HOST_REQUEST = 18         //!< "Login Host terminated session normally"
};

/// What is accounted.
enum class RadiusAccount : uint8_t
{
    SERVICE,    //!< a user's service (RFC 2866)
    TUNNEL,     //!< a tunnel (RFC 2867, sections 3.1 to 3.3)
    TUNNEL_LINK //!< a session in a tunnel (RFC 2867, sections 3.4 to 3.6)
};

/// Values of Acct-Authentic (RFC 2866, section 5.6): who has authenticated a user.
enum class RadiusAuthentic : uint32_t
{
    RADIUS = 1, //!< a RADIUS server
    LOCAL = 2,  //!< the NAS itself
    REMOTE = 3  //!< somebody else, by another protocol
};

/// Of whom and what an account is. What is empty is not sent.
struct RadiusAccountInfo
{
    std::string userName{};                                   //!< User-Name
    std::optional<RadiusAuthentic> authentic{};               //!< Acct-Authentic
    std::optional<uint32_t> nasPort{};                        //!< NAS-Port
    std::optional<uint32_t> nasPortType{RADIUS_PORT_VIRTUAL}; //!< NAS-Port-Type
    Ipv4Address address{Ipv4Address::GetAny()}; //!< Framed-IP-Address: the one assigned
    std::string calledNumber{};                 //!< Called-Station-Id
    std::string callingNumber{};                //!< Calling-Station-Id
    std::vector<std::string> classes{};         //!< Class, as the Access-Accept had them
    std::optional<RadiusTunnel> tunnel{};       //!< the tunnel, if there is one
    std::string tunnelConnection{};             //!< Acct-Tunnel-Connection: the Call Serial Number
    std::string multiSessionId{};               //!< Acct-Multi-Session-Id: what links accounts; a
                                                //!< tunnel's is its own Acct-Session-Id, if empty
};

/// What was used so far. Input is what came from the user (RFC 2866, section 5.3).
struct RadiusUsage
{
    uint64_t inputOctets{0};   //!< from the user
    uint64_t outputOctets{0};  //!< to the user
    uint64_t inputPackets{0};  //!< from the user
    uint64_t outputPackets{0}; //!< to the user
    uint32_t packetsLost{0};   //!< of a tunnel's link (RFC 2867, section 4.2)
};

/**
 * @ingroup l2tp
 *
 * @brief Keeps the accounts of a NAS's sessions at a RADIUS server (RFC 2866 and 2867).
 *
 * Whoever owns a session calls Begin(), perhaps Update(), and End(). A record that no server
 * acknowledges is sent again and again, with an Acct-Delay-Time that says how old it is, until
 * it is GiveUpAfter old.
 */
class RadiusAccounting : public Object
{
  public:
    /// TracedCallback signature: a record is acknowledged, or given up; its attributes.
    using RecordTracedCallback = void (*)(const RadiusAttributes& attributes, bool acknowledged);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    RadiusAccounting();
    ~RadiusAccounting() override;

    /**
     * @brief Open an account: Start, Tunnel-Start or Tunnel-Link-Start.
     * @param kind what is accounted
     * @param info of whom and what
     * @return its Acct-Session-Id: which account the other calls are about
     */
    std::string Begin(RadiusAccount kind, const RadiusAccountInfo& info);

    /**
     * @brief Tell what a service has used so far: Interim-Update (RFC 2869, section 2.1).
     * @param id the Acct-Session-Id of an open account of a SERVICE
     * @param usage what was used so far
     */
    void Update(const std::string& id, const RadiusUsage& usage);

    /**
     * @brief Close an account: Stop, Tunnel-Stop or Tunnel-Link-Stop.
     * @param id the Acct-Session-Id of an open account
     * @param usage what was used in all
     * @param cause why it ended
     */
    void End(const std::string& id, const RadiusUsage& usage, RadiusTerminateCause cause);

    /**
     * @brief Tell that a tunnel or a session in one was refused: Tunnel-Reject, Tunnel-Link-Reject.
     * @param kind TUNNEL or TUNNEL_LINK
     * @param info of whom and what
     * @param cause why
     */
    void Reject(RadiusAccount kind, const RadiusAccountInfo& info, RadiusTerminateCause cause);

    /**
     * @brief Tell that the NAS begins or ends to account: Accounting-On, Accounting-Off.
     * @param isOn whether it begins
     */
    void Announce(bool isOn);

    /**
     * @brief Of whom and what an account is.
     * @param id the Acct-Session-Id of an open account
     * @return what its records say so far
     */
    const RadiusAccountInfo& GetInfo(const std::string& id) const;

    /**
     * @brief Say more of an account: it is in the records to come.
     * @param id the Acct-Session-Id of an open account
     * @param info of whom and what it is
     */
    void SetInfo(const std::string& id, const RadiusAccountInfo& info);

    /**
     * @brief The NAS has lost its memory, as in a power failure: the open accounts and the records
     * that nobody has acknowledged are forgotten, and the NAS has booted once more.
     */
    void Reboot();

    /// How many accounts are open. @return the number
    std::size_t GetOpen() const;

    /// How many records were given up. @return the number
    uint64_t GetLost() const;

  protected:
    void DoDispose() override;

  private:
    /// An open account.
    struct Account
    {
        RadiusAccount kind;     //!< what is accounted
        RadiusAccountInfo info; //!< of whom and what
        Time begun;             //!< since when
    };

    /// Begin a record. @param status its Acct-Status-Type @param id its Acct-Session-Id @param info
    /// of whom and what @return its attributes
    static RadiusAttributes Write(RadiusAcctStatus status,
                                  const std::string& id,
                                  const RadiusAccountInfo& info);
    /// Add what was used. @param account of what @param usage what @param record receives it
    static void AddUsage(const Account& account,
                         const RadiusUsage& usage,
                         RadiusAttributes& record);
    /// A new Acct-Session-Id. @return it
    std::string NewId();
    /// Begin a record of an account. @param status its Acct-Status-Type @param id its
    /// Acct-Session-Id @param account it @return its attributes
    static RadiusAttributes WriteOf(RadiusAcctStatus status,
                                    const std::string& id,
                                    const Account& account);
    /// Find an account. @param id its Acct-Session-Id @return it
    const Account& Find(const std::string& id) const;
    /// Send a record. @param record it @param event when what it tells of happened
    void Send(RadiusAttributes record, Time event);

    Ptr<RadiusClient> m_client; //!< attribute Client
    Time m_giveUpAfter;         //!< attribute GiveUpAfter
    uint8_t m_boots;            //!< attribute Boots

    std::unordered_map<std::string, Account> m_open; //!< the open accounts
    uint32_t m_last{0};                              //!< the number of the last account
    uint64_t m_lost{0};                              //!< records that were given up

    TracedCallback<const RadiusAttributes&, bool> m_recordTrace; //!< what became of records
};

} // namespace ns3

#endif /* RADIUS_ACCOUNTING_H */
