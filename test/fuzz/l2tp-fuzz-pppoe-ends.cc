/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief A PPPoE Access Concentrator or host, driven by packets
 *
 * The input is what happens to a PPPoE Access Concentrator or host: packets of the Discovery stage
 * and of sessions, its own user's doings, and time that passes. Whatever it is, it can be stopped
 * then, and has nothing left.
 */

#include "l2tp-fuzz-input.h"
#include "l2tp-fuzz-ppp-peer.h"
#include "l2tp-fuzz-simulation.h"
#include "l2tp-fuzz-target.h"
#include "l2tp-fuzz-wire.h"

#include "ns3/boolean.h"
#include "ns3/ppp-link.h"
#include "ns3/pppoe-client.h"
#include "ns3/pppoe-concentrator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <array>
#include <map>

using namespace ns3;

namespace
{

using OctetString = std::vector<uint8_t>;

/// An end of PPPoE, with PPP on its sessions, and what is done to it.
class PppoeUnderTest
{
  public:
    /// Make it. @param input says how
    explicit PppoeUnderTest(FuzzInput& input)
        : m_how(input.Octet())
    {
        m_device->SetAddress(Mac48Address("00:00:00:00:00:01"));
        m_device->SetMtu(m_how & 2 ? 1500 : 1508);
        m_device->SetChannel(m_wire);
        m_node->AddDevice(m_device);
        m_wire->onFrame = [this](const OctetString& frame, uint16_t protocol) {
            Hear(frame, protocol);
        };
        if (m_how & 1)
        {
            BuildHost();
        }
        else
        {
            BuildConcentrator();
        }
    }

    PppoeUnderTest(const PppoeUnderTest&) = delete;
    PppoeUnderTest& operator=(const PppoeUnderTest&) = delete;

    ~PppoeUnderTest()
    {
        for (const auto& link : m_links)
        {
            link->Dispose();
        }
        m_wire->onFrame = nullptr;
        m_host ? m_host->Dispose() : m_ac->Dispose();
        m_node->Dispose();
        m_wire->Dispose();
    }

    /// Do what comes next. @param input says what
    void Step(FuzzInput& input)
    {
        const uint8_t what = input.Octet();
        switch (what & 7)
        {
        case 0:
            FuzzSimulation::Wait(what >> 3);
            break;
        case 1:
            ActLocally(what >> 3);
            break;
        case 2:
            Deliver(input.Counted(),
                    what & 8 ? pppoe::ETHERTYPE_SESSION : pppoe::ETHERTYPE_DISCOVERY,
                    what >> 4);
            break;
        case 3:
        case 4:
        case 5:
            SayDiscovery(input);
            break;
        default:
            SaySession(input);
        }
    }

    /// Stop it.
    void Finish()
    {
        if (m_host)
        {
            m_host->Disconnect();
        }
        else
        {
            m_ac->Stop();
        }
        for (const auto& link : m_links)
        {
            link->Close();
        }
        FuzzSimulation::RunOut();
        if (m_host)
        {
            FuzzExpect(m_host->GetState() == PppoeClientState::IDLE, "who hung up is idle");
        }
        else
        {
            FuzzExpect(m_ac->GetSessions().empty(), "a stopped concentrator has no session");
        }
        for (const auto& link : m_links)
        {
            FuzzExpect(!link->IsNetworkUp(), "no link is up without a session");
        }
    }

  private:
    /// Make a host.
    void BuildHost()
    {
        m_host = CreateObject<PppoeClient>();
        m_host->SetAttribute("ServiceName", StringValue(m_how & 4 ? "internet" : ""));
        m_host->SetAttribute("AcName", StringValue(m_how & 8 ? "ac-1" : ""));
        m_host->SetAttribute("MaxPayload", UintegerValue(m_how & 2 ? 1492 : 1500));
        m_host->SetAttribute("OfferWait", TimeValue(MilliSeconds(m_how & 16 ? 500 : 0)));
        m_host->SetDevice(m_device);
        m_host->AssignStreams(1);
        m_host->SetCallbacks(
            Callback<void, Ptr<PppoeSession>>([this](Ptr<PppoeSession> session) { Use(session); }),
            Callback<void, PppoeEnd>([this](PppoeEnd) { ++m_ended; }));
        m_host->Connect();
    }

    /// Make a concentrator.
    void BuildConcentrator()
    {
        m_ac = CreateObject<PppoeConcentrator>();
        m_ac->SetAttribute("AcName", StringValue("ac-1"));
        m_ac->SetAttribute("Services", StringValue(m_how & 4 ? "internet,games" : ""));
        m_ac->SetAttribute("MaxSessions", UintegerValue(3));
        m_ac->SetAttribute("MaxSessionsPerHost", UintegerValue(2));
        m_ac->SetAttribute("MaxPayload", UintegerValue(m_how & 2 ? 1492 : 1500));
        m_ac->SetAttribute("TerminateUnknown", BooleanValue(m_how & 8));
        m_ac->SetDevice(m_device);
        m_ac->AssignStreams(1);
        m_ac->SetSessionCallback(
            Callback<void, Ptr<PppoeSession>, const std::string&, Mac48Address>(
                [this](Ptr<PppoeSession> session, const std::string&, Mac48Address) {
                    Use(session);
                }));
        m_ac->Start();
    }

    /// Run PPP over a session. @param session it
    void Use(Ptr<PppoeSession> session)
    {
        auto link = CreateObject<PppLink>();
        link->AssignStreams(10 + static_cast<int64_t>(m_links.size()));
        link->SetFinishedCallback(
            Callback<void, PppReason>([session](PppReason) { session->Close(); }));
        link->SetCircuit(session);
        link->Open();
        m_links.push_back(link);
    }

    /// The address of one of those on the Ethernet. @param index which @return it
    static Mac48Address PeerAddress(uint8_t index)
    {
        return index & 1 ? Mac48Address("00:00:00:00:00:03") : Mac48Address("00:00:00:00:00:02");
    }

    /**
     * @brief Let a packet come.
     * @param packet it, from its PPPoE header on
     * @param etherType of either stage
     * @param how from and to whom
     */
    void Deliver(const OctetString& packet, uint16_t etherType, uint8_t how)
    {
        const Mac48Address to = how & 2 ? Mac48Address::GetBroadcast()
                                        : Mac48Address::ConvertFrom(m_device->GetAddress());
        m_device->Receive(Create<Packet>(packet.data(), packet.size()),
                          etherType,
                          to,
                          PeerAddress(how));
        FuzzSimulation::Run(MilliSeconds(0));
    }

    /// It sends a frame. @param frame from its PPPoE header on @param etherType its stage
    void Hear(const OctetString& frame, uint16_t etherType)
    {
        PppoeDiscovery packet;
        if (etherType == pppoe::ETHERTYPE_DISCOVERY)
        {
            FuzzExpect(PppoeDiscovery::Parse(frame, packet) == PppoeError::NONE &&
                           packet.Check() == PppoeError::NONE,
                       "what is sent is good");
            m_heard[packet.GetCode()] = packet;
            m_sessionId = packet.GetSessionId() ? packet.GetSessionId() : m_sessionId;
            return;
        }
        PppoeHeader header;
        FuzzExpect(PppoeHeader::Parse(frame.data(), frame.size(), header) == PppoeError::NONE,
                   "what is sent has a header");
        OctetString ppp(frame.begin() + pppoe::HEADER_SIZE, frame.end());
        ppp.insert(ppp.begin(), {0xff, 0x03}); // as the peer knows frames
        m_peer.Hear(ppp);
    }

    /// Say something of the Discovery stage. @param input says what
    void SayDiscovery(FuzzInput& input)
    {
        constexpr std::array<PppoeCode, 5> CODES{PppoeCode::PADI,
                                                 PppoeCode::PADO,
                                                 PppoeCode::PADR,
                                                 PppoeCode::PADS,
                                                 PppoeCode::PADT};
        const uint8_t which = input.Octet();
        const uint8_t how = input.Octet();
        const PppoeCode code = CODES[which % CODES.size()];
        const bool hasSession = code == PppoeCode::PADS || code == PppoeCode::PADT;
        const uint16_t given = how & 1 ? input.Number() : m_sessionId ? m_sessionId : 0x1234;
        PppoeDiscovery packet(code, hasSession ? given : 0);
        if (code != PppoeCode::PADT)
        {
            packet.Add(PppoeTagType::SERVICE_NAME, std::string(m_how & 4 ? "internet" : ""));
        }
        if (code == PppoeCode::PADO)
        {
            packet.Add(PppoeTagType::AC_NAME, std::string("ac-1"));
        }
        // What the other asked is answered, and what it offered is taken.
        const auto asked = m_heard.find(code == PppoeCode::PADO   ? PppoeCode::PADI
                                        : code == PppoeCode::PADS ? PppoeCode::PADR
                                                                  : PppoeCode::PADO);
        if (asked != m_heard.end() && !(how & 2))
        {
            packet.CopyTags(asked->second, PppoeTagType::HOST_UNIQ);
            packet.CopyTags(asked->second, PppoeTagType::AC_COOKIE);
            packet.CopyTags(asked->second, PppoeTagType::PPP_MAX_PAYLOAD);
        }
        for (uint8_t n = how >> 2 & 3; n > 0; --n)
        {
            const auto& row = PPPOE_TAGS[input.Octet() % PPPOE_TAGS.size()];
            packet.Add(row.type, input.Counted());
        }
        Deliver(packet.Serialize(),
                pppoe::ETHERTYPE_DISCOVERY,
                (how >> 4 & 1) | (code == PppoeCode::PADI ? 2 : 0));
    }

    /// Say something in a session. @param input says what
    void SaySession(FuzzInput& input)
    {
        const uint8_t how = input.Octet();
        OctetString frame = m_peer.Say(input);
        if (!(how & 1) && frame.size() >= 2)
        {
            frame.erase(frame.begin(), frame.begin() + 2); // Address and Control
        }
        const uint16_t session = how & 2 ? input.Number() : m_sessionId ? m_sessionId : 0x1234;
        OctetString packet{0x11,
                           static_cast<uint8_t>(how & 4 ? input.Octet() : 0),
                           static_cast<uint8_t>(session >> 8),
                           static_cast<uint8_t>(session),
                           static_cast<uint8_t>(frame.size() >> 8),
                           static_cast<uint8_t>(frame.size() + (how & 8 ? input.Octet() : 0))};
        packet.insert(packet.end(), frame.begin(), frame.end());
        Deliver(packet, pppoe::ETHERTYPE_SESSION, how >> 4 & 1);
    }

    /// What its own user does. @param what it
    void ActLocally(uint8_t what)
    {
        switch (what % 4)
        {
        case 0:
            m_host ? static_cast<void>(m_host->Connect()) : m_ac->Start();
            break;
        case 1:
            m_host ? m_host->Disconnect() : m_ac->Stop();
            break;
        case 2:
            if (!m_links.empty())
            {
                m_links.back()->Close();
            }
            break;
        default:
            if (m_ac && !m_ac->GetSessions().empty())
            {
                m_ac->GetSessions().front()->Close();
            }
        }
    }

    const uint8_t m_how;                                            //!< how it is
    Ptr<Node> m_node{CreateObject<Node>()};                         //!< where it is
    Ptr<FuzzWire> m_wire{CreateObject<FuzzWire>()};                 //!< the Ethernet
    Ptr<SimpleNetDevice> m_device{CreateObject<SimpleNetDevice>()}; //!< to that
    Ptr<PppoeClient> m_host;                                        //!< it, if it is a host
    Ptr<PppoeConcentrator> m_ac;                                    //!< it, if it is the other
    std::vector<Ptr<PppLink>> m_links;                              //!< over its sessions
    uint32_t m_ended{0};                         //!< sessions of the host that ended
    FuzzPppPeer m_peer;                          //!< who is at their other ends
    std::map<PppoeCode, PppoeDiscovery> m_heard; //!< the last of each code
    uint16_t m_sessionId{0};                     //!< the last that was told
};

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const FuzzSimulation simulation;
    FuzzInput input(data, size);
    PppoeUnderTest end(input);
    while (!input.IsAtEnd())
    {
        end.Step(input);
    }
    end.Finish();
    return 0;
}
