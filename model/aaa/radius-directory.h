/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RADIUS_DIRECTORY_H
#define RADIUS_DIRECTORY_H

#include "radius-packet.h"
#include "radius-tunnel.h"

#include "ns3/object.h"
#include "ns3/ppp-user-table.h"
#include "ns3/ptr.h"

#include <string>
#include <unordered_map>

namespace ns3
{

/// What a directory says to an Access-Request.
struct RadiusAnswer
{
    bool accepted{false};        //!< whether access is given
    RadiusAttributes attributes; //!< for the reply, in the clear
};

/**
 * @ingroup l2tp
 *
 * @brief What a RADIUS server knows: users, domains and called numbers, each with the attributes of
 * their Access-Accepts.
 *
 * A user proves who it is by PAP, CHAP or MS-CHAP-V2. A request with a Service-Type of Call-Check
 * is about a called number, one with Outbound about a called number or a domain: neither needs a
 * proof, as the answer says no more than which tunnel the call goes into, at whose end the user is
 * asked (RFC 2809, sections 4.1.2.2 and 4.1.2.3). Such requests may have a dummy password.
 */
class RadiusDirectory : public Object
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    RadiusDirectory();
    ~RadiusDirectory() override;

    /**
     * @brief Add a user, or change it.
     *
     * What it has no attribute for it has from its domain, if that is known: the name behind the
     * last
     * '@'. Tunnels it has of its own, or all of them from its domain.
     * @param name the User-Name, with its domain if it has one
     * @param password PAP's and MS-CHAP-V2's password, and CHAP's secret
     * @param clear the attributes of its Access-Accepts in the clear
     */
    void AddUser(const std::string& name,
                 const std::string& password,
                 const RadiusAttributes& clear = RadiusAttributes());

    /**
     * @brief Add a domain, or change it.
     * @param domain its name, without '@'; capital letters do not matter
     * @param clear the attributes of its Access-Accepts in the clear
     */
    void AddDomain(const std::string& domain, const RadiusAttributes& clear);

    /**
     * @brief Add a called number, or change it.
     * @param number the Called-Station-Id
     * @param clear the attributes of its Access-Accepts in the clear
     */
    void AddCalledNumber(const std::string& number, const RadiusAttributes& clear);

    /**
     * @brief Answer an Access-Request.
     * @param clear its attributes in the clear
     * @param asked its Authenticator
     * @return the answer
     */
    RadiusAnswer Judge(const RadiusAttributes& clear, const RadiusAuthenticator& asked) const;

  protected:
    void DoDispose() override;

  private:
    /// Attributes by name.
    using Table = std::unordered_map<std::string, RadiusAttributes>;

    /**
     * @brief Answer a request that needs no proof.
     * @param clear its attributes in the clear
     * @param service its Service-Type
     * @return the answer
     */
    RadiusAnswer JudgeUnproven(const RadiusAttributes& clear, uint32_t service) const;

    Ptr<PppLocalUserTable> m_passwords; //!< the users' passwords
    Table m_users;                      //!< the users
    Table m_domains;                    //!< the domains, in small letters
    Table m_numbers;                    //!< the called numbers
};

} // namespace ns3

#endif /* RADIUS_DIRECTORY_H */
