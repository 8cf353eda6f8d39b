/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_VPN_CONTAINER_H
#define L2TP_VPN_CONTAINER_H

#include "ns3/ipv4-address.h"
#include "ns3/l2tp-lns.h"
#include "ns3/l2tp-voluntary-client.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief The tunnels that L2tpVoluntaryHelper made: a client each, in the order of its nodes.
 */
class L2tpVpnContainer
{
  public:
    /// Add a client. @param client the client @param lac its LAC
    void Add(Ptr<L2tpVoluntaryClient> client, Ptr<L2tpLac> lac);
    /// Keep a place for a client that another rank has.
    void AddRemote();
    /// Set the LNS. @param lns the LNS, null if another rank has it
    void SetLns(Ptr<L2tpLns> lns);
    /// Keep streams for an LNS that another rank has. @param streams how many it takes
    void SetRemoteLns(int64_t streams);

    /// How many clients there are on this rank. @return the number
    uint32_t GetN() const;
    /// A client. @param i its index @return the application that dials
    Ptr<L2tpVoluntaryClient> GetClient(uint32_t i) const;
    /// A client's LAC. @param i the client's index @return the LAC
    Ptr<L2tpLac> GetLac(uint32_t i) const;
    /// The LNS of all of them. @return the LNS
    Ptr<L2tpLns> GetLns() const;
    /// A client's PPP device. @param i the client's index @return the device
    Ptr<PppNetDevice> GetDevice(uint32_t i) const;
    /// The address that the LNS assigned. @param i the client's index @return 0.0.0.0 if not up
    Ipv4Address GetClientAddress(uint32_t i) const;
    /// How many clients there are on all ranks. @return the number
    uint32_t GetNPlaces() const;
    /// Which of the clients on all ranks a client is. @param i its index on this rank @return it
    uint32_t GetPlace(uint32_t i) const;
    /// How many streams an LNS on another rank takes. @return the number, 0 if it is on this one
    int64_t GetRemoteLnsStreams() const;
    /// A client's session. @param i the client's index @return the circuit, null without a call
    Ptr<L2tpSession> GetSession(uint32_t i) const;

    /**
     * @brief Start the clients. Their LACs run from the beginning: others may share them.
     * @param start when
     */
    void Start(Time start) const;
    /**
     * @brief Stop the clients politely, and their LACs a moment later.
     *
     * In between, PPP says good-bye and the call is ended. A LAC that is to stop later already, for
     * another container's client perhaps, does so.
     * @param stop when the clients hang up
     */
    void Stop(Time stop) const;

  private:
    std::vector<Ptr<L2tpVoluntaryClient>> m_clients; //!< the clients
    std::vector<Ptr<L2tpLac>> m_lacs;                //!< their LACs
    std::vector<uint32_t> m_places;                  //!< their indices among all ranks' clients
    uint32_t m_nPlaces{0};                           //!< all ranks' clients
    Ptr<L2tpLns> m_lns;                              //!< the LNS
    int64_t m_remoteLnsStreams{0};                   //!< streams of an LNS on another rank
};

} // namespace ns3

#endif /* L2TP_VPN_CONTAINER_H */
