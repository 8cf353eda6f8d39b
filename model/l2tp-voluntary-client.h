/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_VOLUNTARY_CLIENT_H
#define L2TP_VOLUNTARY_CLIENT_H

#include "l2tp-dialing-host.h"
#include "l2tp-lac.h"

#include "ns3/address.h"
#include "ns3/ipv4-address.h"
#include "ns3/traced-callback.h"

#include <cstdint>
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
class L2tpVoluntaryClient : public L2tpDialingHost
{
  public:
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
     * @brief Send a network's traffic through the tunnel, instead of all traffic.
     * @param network the network
     * @param mask its mask
     */
    void AddPrefix(Ipv4Address network, Ipv4Mask mask);

    /// The call. @return the present call, or null
    Ptr<L2tpCall> GetCall() const;

    /// How often the client has dialled. @return the number of calls made
    uint32_t GetNDials() const;

  protected:
    void DoDispose() override;

  private:
    void StartApplication() override;
    void ObtainCircuit() override;
    void GiveBackCircuit(PppReason reason) override;
    void NetworkUp() override;

    /// What the attributes say of the LNS; aborts if that can't be dialled. @return its address
    L2tpUdpAddress FindLns() const;

    /// The call is established. @param call the call
    void CallEstablished(Ptr<L2tpCall> call);
    /// The call is cleared. @param call the call
    void CallCleared(Ptr<L2tpCall> call);

    Ptr<L2tpLac> m_lac;                                       //!< attribute Lac
    Address m_lnsAddress;                                     //!< attribute LnsAddress
    uint16_t m_lnsPort;                                       //!< attribute LnsPort
    uint32_t m_lnsInterface;                                  //!< attribute LnsInterface
    std::vector<std::pair<Ipv4Address, Ipv4Mask>> m_prefixes; //!< what goes into the tunnel
    Ptr<L2tpCall> m_call;                                     //!< the present call
    uint32_t m_dials{0};                                      //!< calls made
    TracedCallback<Ptr<const L2tpCall>> m_dialTrace;          //!< dialling
};

} // namespace ns3

#endif /* L2TP_VOLUNTARY_CLIENT_H */
