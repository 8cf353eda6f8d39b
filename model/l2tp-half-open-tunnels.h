/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_HALF_OPEN_TUNNELS_H
#define L2TP_HALF_OPEN_TUNNELS_H

#include "ns3/l2tp-tunnel.h"

#include <cstddef>
#include <list>
#include <unordered_map>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Tunnels that peers began to open, and that are not established: whoever sends an SCCRQ
 * makes one, even from an address that isn't its own. In the order of their coming, so that the
 * oldest can give way.
 */
class L2tpHalfOpenTunnels
{
  public:
    /// Add a tunnel. @param tunnel one that is not among them
    void Add(Ptr<L2tpTunnel> tunnel);

    /// Remove a tunnel, if it is among them. @param tunnel it
    void Remove(const L2tpTunnel& tunnel);

    /// Remove all.
    void Clear();

    /// How many there are. @return the number
    std::size_t GetN() const;

    /// The one that came first. @return it, null if there is none
    Ptr<L2tpTunnel> GetOldest() const;

  private:
    std::list<Ptr<L2tpTunnel>> m_tunnels; //!< the oldest first
    /// Where each of them is.
    std::unordered_map<const L2tpTunnel*, std::list<Ptr<L2tpTunnel>>::iterator> m_places;
};

} // namespace ns3

#endif /* L2TP_HALF_OPEN_TUNNELS_H */
