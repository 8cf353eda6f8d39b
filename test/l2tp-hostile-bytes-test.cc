/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Octets of ill will: random ones, and mutated messages of real exchanges, from a third node to
// both ends of a live tunnel. Nothing stops, everything is counted, and the tunnel goes on.

#include "l2tp-test-network.h"
#include "wire/captured-datagrams.h"
#include "wire/octets.h"

#include "ns3/uinteger.h"

#include <algorithm>
#include <numeric>
#include <random>

using namespace ns3;

namespace
{

using OctetString = std::vector<uint8_t>;

/// Makes hostile datagrams from honest ones; the same ones for the same seed.
class Mutator
{
  public:
    /// Add an honest datagram. @param datagram the UDP payload
    void Learn(const OctetString& datagram)
    {
        m_corpus.push_back(datagram);
    }

    /// How many honest datagrams there are.
    std::size_t GetSize() const
    {
        return m_corpus.size();
    }

    /**
     * @brief Make a hostile datagram.
     * @param tunnel a Tunnel ID that the victim gave to the sender; used in half of them
     */
    OctetString Make(uint16_t tunnel)
    {
        if (Chance(20))
        {
            OctetString noise(Below(200));
            std::generate(noise.begin(), noise.end(), [this] { return Octet(); });
            return noise;
        }
        OctetString datagram = m_corpus[Below(m_corpus.size())];
        for (uint32_t n = Below(4); n > 0; --n)
        {
            Mutate(datagram);
        }
        if (datagram.size() >= L2tpHeader::CONTROL_SIZE && Chance(2))
        {
            if (datagram[0] & 0x80 && Chance(2))
            {
                // A Length that is right, and small sequence numbers, so that it gets far.
                Put(datagram, 2, static_cast<uint16_t>(datagram.size()));
                Put(datagram, 8, static_cast<uint16_t>(Below(6)));
                Put(datagram, 10, static_cast<uint16_t>(Below(4)));
            }
            const bool starts = datagram.size() > 19 && datagram[19] == 1;
            Put(datagram, datagram[0] & 0x40 ? 4 : 2, starts ? 0 : tunnel);
        }
        return datagram;
    }

  private:
    uint32_t Below(std::size_t limit)
    {
        return static_cast<uint32_t>(m_random() % limit);
    }

    bool Chance(uint32_t oneIn)
    {
        return Below(oneIn) == 0;
    }

    uint8_t Octet()
    {
        return static_cast<uint8_t>(m_random());
    }

    static void Put(OctetString& datagram, std::size_t at, uint16_t value)
    {
        datagram[at] = static_cast<uint8_t>(value >> 8);
        datagram[at + 1] = static_cast<uint8_t>(value);
    }

    void Mutate(OctetString& datagram)
    {
        const std::size_t at = Below(datagram.size() + 1);
        switch (Below(5))
        {
        case 0:
            datagram.resize(at);
            break;
        case 1:
            datagram.insert(datagram.begin() + at, Below(20), Octet());
            break;
        case 2: {
            const OctetString& other = m_corpus[Below(m_corpus.size())];
            datagram.resize(at);
            datagram.insert(datagram.end(),
                            other.begin() + std::min<std::size_t>(at, other.size()),
                            other.end());
            break;
        }
        default:
            if (at < datagram.size())
            {
                datagram[at] = Chance(2) ? Octet() : datagram[at] ^ (1 << Below(8));
            }
            break;
        }
    }

    std::vector<OctetString> m_corpus; //!< honest datagrams
    std::mt19937 m_random{20000801};   //!< the same in every run
};

class L2tpHostileBytesTest : public L2tpNetworkTest
{
  protected:
    /// How many datagrams an end has accounted for.
    static uint64_t Accounted(const L2tpEndpoint& end)
    {
        const L2tpEndpointStatistics& control = end.GetStatistics();
        const auto data = end.GetDataStatistics();
        // What is dropped later was counted as received before: UNKNOWN_MESSAGE and the like.
        uint64_t dropped = 0;
        for (const auto reason : {L2tpDropReason::HEADER_TRUNCATED,
                                  L2tpDropReason::HEADER_VERSION,
                                  L2tpDropReason::HEADER_CONTROL_BITS,
                                  L2tpDropReason::HEADER_LENGTH,
                                  L2tpDropReason::HEADER_OFFSET,
                                  L2tpDropReason::UNKNOWN_TUNNEL,
                                  L2tpDropReason::WRONG_SOURCE,
                                  L2tpDropReason::MALFORMED_MESSAGE,
                                  L2tpDropReason::ACKNOWLEDGES_MORE,
                                  L2tpDropReason::OUT_OF_WINDOW,
                                  L2tpDropReason::CONTROL_CLOSED,
                                  L2tpDropReason::NO_RESOURCES,
                                  L2tpDropReason::UNKNOWN_SESSION,
                                  L2tpDropReason::SESSION_NOT_ESTABLISHED,
                                  L2tpDropReason::NO_RECEIVER})
        {
            dropped += control.controlDropped[static_cast<std::size_t>(reason)] +
                       data->dropped[static_cast<std::size_t>(reason)];
        }
        return control.controlReceived + control.zlbReceived + control.duplicates +
               data->rxPackets + dropped;
    }
};

} // namespace

// Whatever comes, no tunnel or call ends for it, and no peer is taken for another.
// RFC 2661: 7.1-02, 8.1-01
TEST_F(L2tpHostileBytesTest, AreAllCountedAndChangeNothing)
{
    constexpr uint32_t DATAGRAMS = 100000;
    Mutator mutator;
    for (const CapturedDatagram& captured : CAPTURED_DATAGRAMS)
    {
        mutator.Learn(Octets(captured.hex));
    }
    Build(2);
    vpn->SetSessionAttribute("MaxSessions", UintegerValue(50));
    tunnels = vpn->Install(NodeContainer(net->hosts.Get(0)), net->lns);
    net->internet->watch = [&mutator](const L2tpTestDatagram& datagram) {
        mutator.Learn(datagram.octets);
    };
    RunUntil(Seconds(1));
    ExpectTraffic();
    net->internet->watch = nullptr;
    ASSERT_GT(mutator.GetSize(), std::size(CAPTURED_DATAGRAMS) + 20);
    const uint16_t tunnel = Client()->GetCall()->GetTunnel()->GetLocalId();

    L2tpTestPeer toLns(net->hosts.Get(1), 1701, {net->lnsAddress, L2TP_UDP_PORT});
    L2tpTestPeer toLac(net->hosts.Get(1), 1702, {net->GetHostAddress(0), L2TP_UDP_PORT});
    // Between its attacks, the third node sets tunnels and calls up honestly, to spoil them then.
    uint16_t given = 0; // the last Tunnel ID that the LNS gave it
    uint16_t own = 0;   // its own last Tunnel ID
    toLns.answer = [&](const L2tpTestDatagram& datagram) {
        if (datagram.Is(L2tpMessageType::SCCRP))
        {
            given = datagram.message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID).value_or(0);
            toLns.Send(given, 0, 1, 1, L2tpControlMessage(L2tpMessageType::SCCCN));
            L2tpControlMessage icrq(L2tpMessageType::ICRQ);
            icrq.Add(L2tpAvps::ASSIGNED_SESSION_ID, own);
            icrq.Add(L2tpAvps::CALL_SERIAL_NUMBER, uint32_t(own));
            toLns.Send(given, 0, 2, 1, icrq);
        }
        if (datagram.Is(L2tpMessageType::ICRP) && own % 2 == 0)
        {
            L2tpControlMessage iccn(L2tpMessageType::ICCN);
            iccn.Add(L2tpAvps::TX_CONNECT_SPEED, uint32_t(9600));
            iccn.Add(L2tpAvps::FRAMING_TYPE, L2tpFraming::SYNCHRONOUS);
            const auto session = datagram.message.Get(L2tpAvps::ASSIGNED_SESSION_ID).value_or(0);
            toLns.Send(given, session, 3, 2, iccn);
        }
        toLns.received.clear();
    };
    uint64_t sent = 0;
    std::function<void()> send = [&] {
        toLns.Send(mutator.Make(given));
        toLac.Send(mutator.Make(tunnel));
        toLac.received.clear();
        sent += 2;
        if (sent % 400 == 0)
        {
            toLns.Send(0, 0, 0, 0, L2tpTestPeer::Start(L2tpMessageType::SCCRQ, ++own));
        }
        if (sent < DATAGRAMS)
        {
            Simulator::Schedule(MilliSeconds(1), send);
        }
    };
    send();
    RunUntil(Seconds(30));
    ExpectTraffic();
    RunUntil(Seconds(60));

    EXPECT_EQ(sent, DATAGRAMS);
    EXPECT_GE(Lns()->GetStatistics().datagramsReceived, DATAGRAMS / 2);
    EXPECT_GE(Lac()->GetStatistics().datagramsReceived, DATAGRAMS / 2);
    EXPECT_EQ(Accounted(*Lns()), Lns()->GetStatistics().datagramsReceived);
    EXPECT_EQ(Accounted(*Lac()), Lac()->GetStatistics().datagramsReceived);
    // It got far enough to be a test: tunnels of its own were opened, and closed for their faults.
    EXPECT_GT(Lns()->GetStatistics().tunnelsEstablished, 100U);
    EXPECT_GT(Lns()->GetStatistics().tunnelsCleared, 50U);
    EXPECT_GT(Lns()->GetStatistics().sessionsEstablished, 50U);
    EXPECT_GT(Lns()->GetStatistics().sessionsFailed, 50U);
    ExpectTraffic();
    EXPECT_EQ(Client()->GetNDials(), 1U);

    // And all of it is forgotten in the end.
    Client()->HangUp();
    RunUntil(Seconds(60 + 60 + 60 + 31 + 31));
    ExpectNothingLeft();
}
