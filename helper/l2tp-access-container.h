/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ACCESS_CONTAINER_H
#define L2TP_ACCESS_CONTAINER_H

#include "ns3/application.h"
#include "ns3/ipv4-address.h"
#include "ns3/l2-serial-line.h"
#include "ns3/l2tp-access-server.h"
#include "ns3/l2tp-dialing-host.h"
#include "ns3/l2tp-lac.h"
#include "ns3/l2tp-lns.h"
#include "ns3/net-device-container.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What L2tpCompulsoryHelper made: hosts that dial, in the order of its nodes or devices, and
 * the access server that answers them.
 */
class L2tpAccessContainer
{
  public:
    /**
     * @brief Add a host.
     * @param host the application that dials
     * @param device the port of its line, or its Ethernet device
     * @param peer the port of the line that answers it, or the access server's Ethernet device
     */
    void Add(Ptr<L2tpDialingHost> host, Ptr<NetDevice> device, Ptr<NetDevice> peer);
    /**
     * @brief Set who answers.
     * @param server the access server; null if another rank of a distributed simulation has it
     * @param lnss the LNSs that the helper knows of, those on this rank
     */
    void SetServer(Ptr<L2tpAccessServer> server, const std::vector<Ptr<L2tpLns>>& lnss);

    /**
     * @brief Let something take part in AssignStreams(), after what was added before.
     * @param user what; where another rank has it, something that takes as many streams
     */
    void AddStreams(Ptr<Application> user);
    /**
     * @brief Let a line take part in AssignStreams(), after what was added before.
     * @param line the line, or one that takes as many streams
     */
    void AddLineStreams(Ptr<L2SerialLine> line);

    /// How many hosts there are on this rank. @return the number
    uint32_t GetN() const;
    /// A host. @param i its index @return the application that dials
    Ptr<L2tpDialingHost> GetHost(uint32_t i) const;
    /// The address that a host was assigned. @param i its index @return 0.0.0.0 if not up
    Ipv4Address GetHostAddress(uint32_t i) const;
    /// A host's PPP device. @param i its index @return the device
    Ptr<PppNetDevice> GetPppDevice(uint32_t i) const;
    /// What PPP runs over at a host. @param i its index @return the serial or Ethernet device
    Ptr<NetDevice> GetHostDevice(uint32_t i) const;
    /// The same at the access server. @param i the host's index @return the device; of lines, any
    /// host may get any of them
    Ptr<NetDevice> GetAccessDevice(uint32_t i) const;
    /// Who answers. @return the access server, null if another rank has it
    Ptr<L2tpAccessServer> GetServer() const;
    /// What places its calls. @return the LAC, null if all PPP ends at the access server
    Ptr<L2tpLac> GetLac() const;
    /// How many LNSs there are. @return the number
    uint32_t GetNLns() const;
    /// An LNS. @param i its index, in the order of the rules that named them @return the LNS
    Ptr<L2tpLns> GetLns(uint32_t i) const;

    /// Start the hosts: they dial. @param start when
    void Start(Time start) const;
    /// Stop the hosts politely: they say good-bye, and hang up. @param stop when
    void Stop(Time stop) const;

    /**
     * @brief Assign fixed random variable stream numbers, to all that is in here; the same on each
     * rank of a distributed simulation, whatever that has of it.
     * @param stream the first one to use
     * @return how many were used
     */
    int64_t AssignStreams(int64_t stream) const;

  private:
    std::vector<Ptr<L2tpDialingHost>> m_hosts; //!< the hosts
    NetDeviceContainer m_devices;              //!< what PPP runs over there
    NetDeviceContainer m_peers;                //!< and at the access server
    Ptr<L2tpAccessServer> m_server;            //!< who answers
    std::vector<Ptr<L2tpLns>> m_lnss;          //!< the LNSs
    /// What takes streams: assigns them from the given one on, and says how many.
    std::vector<std::function<int64_t(int64_t)>> m_streamUsers;
};

} // namespace ns3

#endif /* L2TP_ACCESS_CONTAINER_H */
