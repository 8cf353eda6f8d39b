/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_NAT_H
#define L2TP_NAT_H

#include "l2tp-middlebox.h"

#include "ns3/nstime.h"

#include <map>
#include <utility>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A network address translator: hosts inside share one address outside (RFC 4787).
 *
 * A host's address and port are mapped to a port of the outer address, the same whomever it talks
 * to (endpoint-independent mapping, REQ-1). The port is the host's own if that is free, else the
 * next free one (port preservation, section 4.2.1). What comes from the outside passes if somebody
 * inside has sent to its sender's address, and, with FilterPorts, its port (address-dependent
 * filtering, section 5). A mapping ends when nothing was sent from the inside for MappingTimeout
 * (REQ-5, REQ-6): who goes on after that has another port, which L2TP takes for a stranger (RFC
 * 2661, section 8.1).
 */
class L2tpNat : public L2tpMiddlebox
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2tpNat();
    ~L2tpNat() override;

    /// How many mappings there are, those that have timed out and were not asked for since
    /// included.
    /// @return the number
    std::size_t GetNMappings() const;

    /**
     * @brief The port that a host's port is mapped to.
     * @param host the host's address inside
     * @param port its port
     * @return the port outside; 0 if there is none
     */
    uint16_t GetMappedPort(Ipv4Address host, uint16_t port) const;

  private:
    /// An address and a port.
    using Endpoint = std::pair<Ipv4Address, uint16_t>;

    /// What a port outside stands for.
    struct Mapping
    {
        Endpoint inside;                //!< whom
        Ptr<NetDevice> device;          //!< where that is
        Time lastSent;                  //!< when it sent something last
        std::map<Endpoint, Time> peers; //!< to whom it sent, and when last
    };

    Verdict JudgeOutgoing(Ptr<NetDevice> device, Flow& flow) override;
    Verdict JudgeIncoming(Flow& flow) override;

    /// Whether a time is so long ago that a mapping is over. @param lastSent the time
    bool IsOver(Time lastSent) const;
    /// A port for a new mapping. @param wanted the one that would be best @return 0 if all are
    /// taken
    uint16_t PickPort(uint16_t wanted);

    Ipv4Address m_address; //!< attribute Address
    Time m_timeout;        //!< attribute MappingTimeout
    bool m_filterPorts;    //!< attribute FilterPorts
    bool m_keepPort;       //!< attribute KeepPort

    std::map<uint16_t, Mapping> m_mappings; //!< by the port outside
    std::map<Endpoint, uint16_t> m_ports;   //!< ports outside, by who is inside
};

} // namespace ns3

#endif /* L2TP_NAT_H */
