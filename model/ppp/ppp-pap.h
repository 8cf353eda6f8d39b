/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_PAP_H
#define PPP_PAP_H

#include "ppp-auth.h"

#include <optional>

namespace ns3
{

/// Values of PAP's Code field (RFC 1334, section 2.2).
enum class PppPapCode : uint8_t
{
    AUTHENTICATE_REQUEST = 1, //!< section 2.2.1
    AUTHENTICATE_ACK = 2,     //!< section 2.2.2
    AUTHENTICATE_NAK = 3      //!< section 2.2.2
};

/**
 * @ingroup l2tp
 *
 * @brief The Password Authentication Protocol, at the end that proves who it is (RFC 1334).
 */
class PppPapPeer : public PppAuth
{
  public:
    /**
     * @brief Constructor.
     * @param owner outlives this
     */
    explicit PppPapPeer(PppAuthOwner& owner);
    void Receive(const PppControlPacket& packet) override;

  private:
    void Transmit() override;

    uint8_t m_identifier; //!< of the last Authenticate-Request
    bool m_done{false};   //!< whether there was a reply
};

/**
 * @ingroup l2tp
 *
 * @brief The Password Authentication Protocol, at the end that wants to know (RFC 1334).
 */
class PppPapAuthenticator : public PppAuthenticator
{
  public:
    /**
     * @brief Constructor.
     * @param owner outlives this
     */
    explicit PppPapAuthenticator(PppAuthOwner& owner);
    void Receive(const PppControlPacket& packet) override;

  private:
    void Transmit() override;
    void OnVerdict(const PppAuthVerdict& verdict) override;
    /// Reply to the last Authenticate-Request.
    void Reply();

    std::optional<PppAuthVerdict> m_verdict; //!< what the user table said
};

} // namespace ns3

#endif /* PPP_PAP_H */
