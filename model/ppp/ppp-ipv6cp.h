/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_IPV6CP_H
#define PPP_IPV6CP_H

#include "ppp-control-protocol.h"

#include "ns3/ipv6-address.h"
#include "ns3/random-variable-stream.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The IPv6 Control Protocol (RFC 5072): each end has an interface identifier that is not
 * zero and not the other's. All options but Interface-Identifier are rejected.
 */
class PppIpv6cp : public PppControlProtocol
{
  public:
    /// Octets of the longest packet that every IPv6 link takes (RFC 5072, section 2).
    static constexpr uint16_t MIN_MTU = 1280;

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppIpv6cp();

    /**
     * @brief Set the source of identifiers; before Open().
     * @param random the random variable
     */
    void SetRandomVariable(Ptr<UniformRandomVariable> random);

    /**
     * @brief Get this end's interface identifier.
     * @return the identifier as negotiated so far; it holds in Opened
     */
    uint64_t GetLocalIdentifier() const;

    /**
     * @brief Get the peer's interface identifier.
     * @return the identifier as negotiated so far, 0 if it has none; it holds in Opened
     */
    uint64_t GetPeerIdentifier() const;

    /**
     * @brief Make the link-local address of an interface identifier (RFC 5072, section 5).
     * @param identifier the identifier
     * @return fe80:: and the identifier
     */
    static Ipv6Address LinkLocal(uint64_t identifier);

  protected:
    void DoDispose() override;

  private:
    void ResetNegotiation() override;
    PppOptionList GetRequest() override;
    void OptionNaked(const PppOption& option) override;
    void OptionRejected(const PppOption& option) override;
    void RequestAcked(const PppOptionList& request) override;
    Judgement JudgeOption(const PppOption& option) override;
    PppOptionList GetMissing(const PppOptionList& request) const override;
    void PeerConfigured(const PppOptionList& options) override;
    void LayerUp() override;

    /**
     * @brief Choose an identifier.
     * @param other what it must not be
     * @return a number that isn't 0, with the "u" bit 0
     */
    uint64_t Choose(uint64_t other);

    Ptr<UniformRandomVariable> m_random; //!< chooses identifiers
    uint64_t m_configured;               //!< this end's identifier as configured; 0: choose one
    bool m_choose;                       //!< whether to choose one, or to ask for one
    uint64_t m_local{0};                 //!< of the last request; this end's as negotiated
    uint64_t m_suggestion{0};            //!< what naks suggest to the peer; never m_local
    uint64_t m_peer{0};                  //!< the peer's as negotiated
    bool m_want{true};                   //!< whether the option is still requested
    mutable bool m_askedPeer{false};     //!< whether the option was appended to a nak
};

} // namespace ns3

#endif /* PPP_IPV6CP_H */
