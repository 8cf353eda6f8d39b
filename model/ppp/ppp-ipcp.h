/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_IPCP_H
#define PPP_IPCP_H

#include "ppp-control-protocol.h"

#include "ns3/ipv4-address.h"

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The IP Control Protocol (RFC 1332) with name server addresses (RFC 1877).
 *
 * Each end requests its own address, 0.0.0.0 if the peer is to assign one. All options but
 * IP-Address and the DNS addresses are rejected.
 */
class PppIpcp : public PppControlProtocol
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppIpcp();

    /**
     * @brief Assign an address to the peer, instead of the attribute PeerAddress.
     * @param address the only address the peer may have; 0.0.0.0 for what the attribute says
     */
    void AssignPeerAddress(Ipv4Address address);

    /**
     * @brief Get this end's address.
     * @return the address as negotiated so far; it holds in Opened
     */
    Ipv4Address GetLocalAddress() const;

    /**
     * @brief Get the peer's address.
     * @return the address as negotiated so far, 0.0.0.0 if it has none; it holds in Opened
     */
    Ipv4Address GetPeerAddress() const;

    /**
     * @brief Get the primary DNS server that the peer named.
     * @return the address, 0.0.0.0 if there is none
     */
    Ipv4Address GetReceivedPrimaryDns() const;

    /**
     * @brief Get the secondary DNS server that the peer named.
     * @return the address, 0.0.0.0 if there is none
     */
    Ipv4Address GetReceivedSecondaryDns() const;

    /**
     * @brief Tell whether an end of a link may have an address.
     * @param address the address
     * @return false for 0.0.0.0/8, loopback, multicast and reserved addresses
     */
    static bool IsAssignable(Ipv4Address address);

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
     * @brief Get the address assigned to the peer.
     * @return the address, 0.0.0.0 if it may choose
     */
    Ipv4Address GetAssigned() const;
    /**
     * @brief Judge an option that asks for a name server.
     * @param option the option
     * @param server what this end has to offer, 0.0.0.0 for nothing
     * @return what to answer
     */
    static Judgement JudgeServer(const PppOption& option, Ipv4Address server);

    Ipv4Address m_configuredLocal;   //!< this end's address as configured; 0.0.0.0: ask
    bool m_keepLocal;                //!< whether the peer has no say in it
    Ipv4Address m_configuredPeer;    //!< the peer's address as configured; 0.0.0.0: it may choose
    Ipv4Address m_primaryDns;        //!< primary DNS server to offer
    Ipv4Address m_secondaryDns;      //!< secondary DNS server to offer
    bool m_requestDns;               //!< whether to ask for DNS servers
    Ipv4Address m_assigned;          //!< the peer's address as assigned
    Ipv4Address m_local;             //!< this end's address as negotiated
    Ipv4Address m_peer;              //!< the peer's address as negotiated
    Ipv4Address m_receivedPrimary;   //!< primary DNS server that the peer named
    Ipv4Address m_receivedSecondary; //!< secondary DNS server that the peer named
    bool m_wantAddress{true};        //!< whether IP-Address is still requested
    bool m_wantPrimary{false};       //!< whether the primary DNS server is still requested
    bool m_wantSecondary{false};     //!< whether the secondary DNS server is still requested
};

} // namespace ns3

#endif /* PPP_IPCP_H */
