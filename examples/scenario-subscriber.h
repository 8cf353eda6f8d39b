/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef SCENARIO_SUBSCRIBER_H
#define SCENARIO_SUBSCRIBER_H

#include "scenario-traffic.h"

#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <list>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/// What subscribers do beside pinging.
enum class L2tpScenarioHabit : uint8_t
{
    DOWNLOAD,  //!< a file comes from the server, by TCP
    UPLOAD,    //!< a file goes there
    TELEPHONE, //!< a voice each way, by UDP
    COUNT      //!< how many habits there are
};

/// What subscribers have done.
struct L2tpScenarioTally
{
    uint64_t subscribers{0};   //!< how many they are
    uint64_t ups{0};           //!< how often they came up
    uint64_t pings{0};         //!< pings that were sent
    uint64_t pingsAnswered{0}; //!< and answered
    uint64_t files{0};         //!< files that arrived
    uint64_t tcpOctets{0};     //!< octets of files that arrived
    uint64_t voiceSent{0};     //!< packets of voices that were sent
    uint64_t voiceReceived{0}; //!< and arrived
    double goodput{0};         //!< of the files, bit/s

    /// All but the goodput, by name. @return names and values
    std::vector<std::pair<std::string, double>> GetValues() const;
};

/**
 * @brief What a subscriber does with a server whenever it comes up: it pings it, and moves a file
 * or telephones, until that is done. It must live as long as the run.
 */
class L2tpScenarioSubscriber
{
  public:
    static constexpr uint32_t PINGS = 5; //!< pings, a second apart, whenever it comes up

    /**
     * @brief Make one.
     * @param index which subscriber, 0 to 4999: its ports follow from it
     * @param node its node
     * @param habit what it does beside pinging
     */
    L2tpScenarioSubscriber(uint32_t index, Ptr<Node> node, L2tpScenarioHabit habit);
    L2tpScenarioSubscriber(const L2tpScenarioSubscriber&) = delete;
    L2tpScenarioSubscriber& operator=(const L2tpScenarioSubscriber&) = delete;

    /// Its node. @return it
    Ptr<Node> GetNode() const;

    /**
     * @brief It has come up: begin, or go on with what isn't done.
     * @param local its address
     * @param server the server's node
     * @param address the server's address
     * @param mtu of the way between them
     * @param talkTime how long it telephones
     */
    void Begin(Ipv4Address local,
               Ptr<Node> server,
               Ipv4Address address,
               uint16_t mtu,
               Time talkTime);

    /// Whether all that was begun has had its time and, if it is a file, has arrived. @return true
    /// if so
    bool IsDone() const;
    /// What it did not get done. @return words, empty if there is nothing
    std::string GetFault() const;
    /// Add what it has done to what others have. @param tally what they have
    void AddTo(L2tpScenarioTally& tally) const;

  private:
    /// Move the file, or begin again. @param local its address @param server the server's node
    /// @param address the server's address @param mtu of the way between them
    void MoveFile(Ipv4Address local, Ptr<Node> server, Ipv4Address address, uint16_t mtu);

    uint32_t m_index;                            //!< which subscriber
    Ptr<Node> m_node;                            //!< its node
    L2tpScenarioHabit m_habit;                   //!< what it does
    uint32_t m_ups{0};                           //!< how often it came up
    Time m_quiet;                                //!< when pings and voices are over
    uint32_t m_replies{0};                       //!< pings answered
    std::list<L2tpScenarioTransfer> m_transfers; //!< its files, the last one being the present
    L2tpScenarioVoice m_talk;                    //!< what it says
    L2tpScenarioVoice m_listen;                  //!< what it hears
};

} // namespace ns3

#endif /* SCENARIO_SUBSCRIBER_H */
