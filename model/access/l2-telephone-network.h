/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2_TELEPHONE_NETWORK_H
#define L2_TELEPHONE_NETWORK_H

#include "l2-line-signal.h"

#include "ns3/channel.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <map>
#include <string>
#include <vector>

namespace ns3
{

class L2SerialLine;
class L2SerialNetDevice;

/**
 * @ingroup l2tp
 *
 * @brief The network that telephone calls go through: PSTN or ISDN (RFC 2661, section 2.0).
 *
 * Lines are attached to it with a number each. Lines of one node may share a number, as those of an
 * LAC's modem pool do: then a call goes to the first one that is idle. Once connected, two lines
 * have a circuit of their own, with a constant delay, that nobody else's traffic disturbs.
 *
 * As through any of ns-3's channels, what one end says reaches the other as an event of the other's
 * node: octets as packets, signals as values.
 */
class L2TelephoneNetwork : public Channel
{
  public:
    /**
     * @brief Get the type ID.
     * @return the object TypeId
     */
    static TypeId GetTypeId();

    L2TelephoneNetwork();
    ~L2TelephoneNetwork() override;

    /**
     * @brief Attach a line.
     * @param device the line's device, which is on its node already
     * @param number the line's number, not empty; of lines on other nodes, none has it
     */
    void Attach(Ptr<L2SerialNetDevice> device, const std::string& number);

    /**
     * @brief Call a number.
     * @param setup the signal for the line that is called; the caller is told the outcome
     */
    void Call(const L2LineSignal& setup);

    /**
     * @brief Give up a call that nobody answered yet.
     * @param release the signal for the line that rings, or is about to
     * @param dialled when the number was dialled
     */
    void GiveUp(const L2LineSignal& release, Time dialled);

    /**
     * @brief Tell a line something.
     * @param to the line, by its index
     * @param signal what it is told
     */
    void Signal(uint32_t to, const L2LineSignal& signal);

    /**
     * @brief Carry octets.
     * @param to the line that they are for, by its index
     * @param call the call that they belong to
     * @param octets the octets
     * @param duration how long it takes to send them, from now on
     */
    void Transmit(uint32_t to, uint64_t call, Ptr<Packet> octets, Time duration);

    /// Time from an answer to the carrier. @return the time
    Time GetTrainingTime() const;

    std::size_t GetNDevices() const override;
    Ptr<NetDevice> GetDevice(std::size_t i) const override;

  protected:
    void DoDispose() override;

  private:
    /// A line that is attached.
    struct Port
    {
        Ptr<L2SerialNetDevice> device; //!< its device
        Ptr<L2SerialLine> line;        //!< the line
        uint32_t nodeId;               //!< the node, whose events are what the line hears
    };

    /**
     * @brief A call arrives where its number is: let a line ring.
     * @param setup the signal
     */
    void Ring(L2LineSignal setup);
    /**
     * @brief Tell the line that has a call, whichever of those with the number it is.
     * @param release the signal
     */
    void StopRinging(L2LineSignal release);

    Time m_delay;                                           //!< attribute Delay
    Time m_setupTime;                                       //!< attribute SetupTime
    Time m_trainingTime;                                    //!< attribute TrainingTime
    std::vector<Port> m_ports;                              //!< by index
    std::map<std::string, std::vector<uint32_t>> m_numbers; //!< the lines that have a number
};

} // namespace ns3

#endif /* L2_TELEPHONE_NETWORK_H */
