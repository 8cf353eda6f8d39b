/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_ON_DEMAND_NET_DEVICE_H
#define PPP_ON_DEMAND_NET_DEVICE_H

#include "ppp-net-device.h"

#include "ns3/callback.h"
#include "ns3/queue.h"
#include "ns3/traced-callback.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace ns3
{

/// Why a packet for a link that isn't up was dropped.
enum class PppWaitDropReason : uint8_t
{
    UNWANTED,   //!< whoever brings the link up doesn't want to, for now
    QUEUE_FULL, //!< too many wait already
    NO_LINK,    //!< it waited in vain
    COUNT       //!< how many reasons there are
};

/// How many reasons there are, as a size.
inline constexpr std::size_t PPP_WAIT_DROP_REASONS =
    static_cast<std::size_t>(PppWaitDropReason::COUNT);

/**
 * @brief Name a reason.
 * @param reason the reason
 * @return words of lower-case letters, joined by hyphens
 */
const char* PppWaitDropReasonName(PppWaitDropReason reason);

/**
 * @ingroup l2tp
 *
 * @brief A PppNetDevice that routes may lead to while its link is down: IPv4 packets wait, and
 * somebody is told that the link is wanted.
 *
 * SendWaiting() sends them in their order once IPv4 is up, DropWaiting() gives them up.
 */
class PppOnDemandNetDevice : public PppNetDevice
{
  public:
    /// Told that a packet is there to be sent while the link is down; answers whether it may wait.
    using WantedCallback = Callback<bool>;
    /// TracedCallback signature: a packet that was dropped before there was a link, and why.
    using WaitDropTracedCallback = void (*)(PppWaitDropReason reason, Ptr<const Packet> packet);

    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    PppOnDemandNetDevice();
    ~PppOnDemandNetDevice() override;

    /**
     * @brief Set who brings the link up.
     * @param callback told of each packet that comes while it is down; null lets none wait
     */
    void SetWantedCallback(WantedCallback callback);

    /// Send the packets that wait, if IPv4 is up.
    void SendWaiting();

    /// Give up the packets that wait: there will be no link.
    void DropWaiting();

    /// How many packets wait. @return the number
    uint32_t GetNWaiting() const;

    /**
     * @brief How many packets were dropped before there was a link.
     * @param reason why
     * @return the number
     */
    uint64_t GetWaitDropCount(PppWaitDropReason reason) const;

    bool Send(Ptr<Packet> packet, const Address& dest, uint16_t protocolNumber) override;

  protected:
    void DoDispose() override;

  private:
    /**
     * @brief Count and trace a drop.
     * @param reason why
     * @param packet what
     */
    void DropWaiting(PppWaitDropReason reason, Ptr<const Packet> packet);

    Ptr<Queue<Packet>> m_waiting;                            //!< attribute WaitQueue
    WantedCallback m_onWanted;                               //!< who brings the link up
    std::array<uint64_t, PPP_WAIT_DROP_REASONS> m_dropped{}; //!< by PppWaitDropReason
    TracedCallback<Ptr<const Packet>> m_waitTrace;           //!< packets that wait
    /// Packets dropped before there was a link.
    TracedCallback<PppWaitDropReason, Ptr<const Packet>> m_waitDropTrace;
};

} // namespace ns3

#endif /* PPP_ON_DEMAND_NET_DEVICE_H */
