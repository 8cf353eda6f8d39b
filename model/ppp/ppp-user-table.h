/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_USER_TABLE_H
#define PPP_USER_TABLE_H

#include "ppp-auth-protocol.h"
#include "ppp-user-profile.h"

#include "ns3/ipv4-address.h"
#include "ns3/object.h"

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

/// What a peer says to prove who it is.
struct PppAuthAttempt
{
    PppAuthProtocol protocol{PPP_AUTH_NONE}; //!< how it proves it
    std::string name;                        //!< who it says it is; any octets
    std::string password;                    //!< PAP: its password; any octets
    uint8_t identifier{0};                   //!< of CHAP's challenge or PAP's request
    std::vector<uint8_t> challenge;          //!< CHAP: the challenge
    std::vector<uint8_t> response;           //!< CHAP: the Response Value, of any length
};

/// What is thought of it.
struct PppAuthVerdict
{
    bool accepted{false};     //!< whether it is who it says
    PppUserProfile profile{}; //!< what it gets then
    std::string message{};    //!< words for the peer's human, at most 255
    std::string proof{};      //!< MS-CHAP-V2: the authenticator response, "S=" and 40 digits
};

/**
 * @ingroup l2tp
 *
 * @brief Knows users; judges who proved to be one of them.
 *
 * The verdict may come at once or later, so that a server may be asked (RADIUS).
 */
class PppUserTable : public Object
{
  public:
    /// Called once with the verdict.
    using VerdictCallback = std::function<void(const PppAuthVerdict&)>;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Judge an attempt.
     * @param attempt the attempt
     * @param done is called with the verdict; it may be called when nobody waits any more
     */
    virtual void Authenticate(const PppAuthAttempt& attempt, VerdictCallback done) = 0;
};

/**
 * @ingroup l2tp
 *
 * @brief Users with their secrets and profiles; answers at once.
 */
class PppLocalUserTable : public PppUserTable
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    /**
     * @brief Add a user, or change it.
     * @param name the name
     * @param secret PAP's and MS-CHAP-V2's password, and CHAP's secret
     * @param address the user's fixed address, 0.0.0.0 for none
     */
    void AddUser(const std::string& name,
                 const std::string& secret,
                 Ipv4Address address = Ipv4Address::GetAny());

    /**
     * @brief Add a user, or change it.
     * @param name the name
     * @param secret PAP's and MS-CHAP-V2's password, and CHAP's secret
     * @param profile what the user gets
     */
    void AddUser(const std::string& name, const std::string& secret, const PppUserProfile& profile);

    /// Tells of a user whether it is one that is wanted: by name, and what it gets.
    using Predicate = std::function<bool(const std::string&, const PppUserProfile&)>;

    /// Find a user. @param isWanted which @return the name, empty if there is none
    std::string FindUser(const Predicate& isWanted) const;

    void Authenticate(const PppAuthAttempt& attempt, VerdictCallback done) override;

  private:
    /// A user.
    struct User
    {
        std::string secret;     //!< the secret
        PppUserProfile profile; //!< what it gets
    };

    std::unordered_map<std::string, User> m_users; //!< the users by name
};

} // namespace ns3

#endif /* PPP_USER_TABLE_H */
