/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief One end of a PPP link, driven by the frames of a peer
 *
 * The input is what happens to one end of a PPP link: frames from the peer, its own user's doings,
 * and time that passes. Whatever it is, the link can be closed then, and rests.
 */

#include "l2tp-fuzz-input.h"
#include "l2tp-fuzz-ppp-peer.h"
#include "l2tp-fuzz-simulation.h"
#include "l2tp-fuzz-target.h"

#include "ns3/boolean.h"
#include "ns3/l2-circuit.h"
#include "ns3/ppp-link.h"
#include "ns3/ppp-protocol.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <array>

using namespace ns3;

namespace
{

/// The circuit below the link.
class FuzzCircuit : public L2Circuit
{
  public:
    bool Send(Ptr<Packet> frame) override
    {
        std::vector<uint8_t> octets(frame->GetSize());
        frame->CopyData(octets.data(), octets.size());
        peer.Hear(octets);
        return IsUp() && !isFull;
    }

    /// Let a frame arrive. @param octets it
    void Arrive(const std::vector<uint8_t>& octets)
    {
        if (IsUp())
        {
            Deliver(Create<Packet>(octets.data(), octets.size()));
        }
    }

    /// Change the status. @param up whether frames pass
    void Set(bool up)
    {
        SetUp(up);
    }

    FuzzPppPeer peer;   //!< who is at the other end
    bool isFull{false}; //!< whether frames are refused
};

/// A link, and what is done to it.
class LinkUnderTest : private PppNetworkLayer
{
  public:
    /// Make it. @param input says how
    explicit LinkUnderTest(FuzzInput& input)
    {
        const uint8_t how = input.Octet();
        const uint8_t more = input.Octet();
        constexpr std::array<const char*, 4> PROTOCOLS{"None", "Pap", "Chap", "MsChapV2"};
        m_link->AssignStreams(1);
        m_link->SetAttribute("AuthProtocol", StringValue(PROTOCOLS[how & 3]));
        m_link->SetAttribute("Username", StringValue(how & 4 ? FuzzPppPeer::USER : ""));
        m_link->SetAttribute("Password", StringValue(FuzzPppPeer::PASSWORD));
        m_link->SetAttribute("Ipv6", BooleanValue(how & 8));
        m_link->SetAttribute("ChapInterval", TimeValue(Seconds(how & 16 ? 30 : 0)));
        m_link->GetLcp()->SetAttribute("EchoInterval", TimeValue(Seconds(how & 32 ? 20 : 0)));
        m_link->GetLcp()->SetAttribute("PapFallback", BooleanValue(how & 64));
        m_link->GetLcp()->SetAttribute("ChapFallback", BooleanValue(how & 64));
        m_link->GetLcp()->SetAttribute("Mru", UintegerValue(more & 1 ? 1500 : 1400));
        m_link->GetLcp()->SetAttribute("ProtocolFieldCompression", BooleanValue(more & 2));
        m_link->GetLcp()->SetAttribute("AddressControlCompression", BooleanValue(more & 4));
        m_link->GetIpcp()->SetAttribute("RequestDns", BooleanValue(more & 8));
        if (how & 128)
        {
            m_link->GetIpcp()->SetAttribute("LocalAddress", Ipv4AddressValue("10.8.0.1"));
            m_link->GetIpcp()->SetAttribute("PeerAddress", Ipv4AddressValue("10.8.0.2"));
            m_link->GetIpcp()->SetAttribute("PrimaryDns", Ipv4AddressValue("10.8.0.3"));
        }
        auto users = CreateObject<PppLocalUserTable>();
        PppUserProfile profile;
        profile.idleTimeout = Seconds(more & 16 ? 40 : 0);
        profile.sessionTimeout = Seconds(more & 32 ? 90 : 0);
        users->AddUser(FuzzPppPeer::USER, FuzzPppPeer::PASSWORD, profile);
        m_link->SetUserTable(users);
        // As the applications do: what the link has no use for any more is taken away.
        m_link->SetFinishedCallback(Callback<void, PppReason>([this, more](PppReason) {
            if (more & 64)
            {
                m_link->SetCircuit(nullptr);
            }
        }));
        m_link->SetNetworkLayer(this);
        m_circuit->Set(true);
        m_link->SetCircuit(m_circuit);
        m_link->Open();
    }

    LinkUnderTest(const LinkUnderTest&) = delete;
    LinkUnderTest& operator=(const LinkUnderTest&) = delete;

    ~LinkUnderTest() override
    {
        m_link->Dispose();
        m_circuit->Dispose();
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
            ActLocally(what >> 3, input);
            break;
        default:
            m_circuit->Arrive(m_circuit->peer.Say(input));
        }
    }

    /// Close the link. Nobody answers any more, and it finds out.
    void Finish()
    {
        m_link->Close();
        FuzzSimulation::RunOut();
        FuzzExpect(m_link->GetPhase() == PppPhase::DEAD, "a link that was closed is dead");
        FuzzExpect(!m_link->IsNetworkUp() && !m_link->IsIpv6Up(),
                   "a link that was closed has no network layer");
    }

  private:
    void Received(Ptr<Packet> packet, uint16_t /* protocol */) override
    {
        FuzzExpect(packet->GetSize() <= UINT16_MAX, "a packet fits its network layer");
    }

    void NetworkChanged() override
    {
    }

    void FramePasses(Ptr<const Packet> /* frame */) override
    {
    }

    void FrameDropped(PppDropReason /* reason */, Ptr<const Packet> /* frame */) override
    {
    }

    /// What the link's own user does. @param what it @param input says the rest
    void ActLocally(uint8_t what, FuzzInput& input)
    {
        switch (what % 8)
        {
        case 0:
            m_link->Open();
            break;
        case 1:
            m_link->Close();
            break;
        case 2:
            m_circuit->Set(false);
            break;
        case 3:
            m_circuit->Set(true);
            break;
        case 4:
            m_link->SetCircuit(what & 8 ? m_circuit : nullptr);
            break;
        case 5:
            m_link->SendNetwork(Create<Packet>(100),
                                what & 8 ? ppp_protocol::IPV4 : ppp_protocol::IPV6);
            break;
        case 6:
            m_circuit->isFull = what & 8;
            break;
        default: {
            PppAdoption adoption;
            adoption.sentRequest = input.Counted();
            adoption.receivedRequest = input.Counted();
            if (what & 8)
            {
                adoption.attempt.emplace();
                adoption.attempt->protocol = static_cast<PppAuthProtocol>(input.Octet() & 3);
                adoption.attempt->name = input.CountedText();
                adoption.attempt->password = input.CountedText();
                adoption.attempt->challenge = input.Counted();
                adoption.attempt->response = input.Counted();
            }
            m_link->SetCircuit(nullptr);
            m_link->AdoptCircuit(m_circuit, adoption);
        }
        }
    }

    Ptr<FuzzCircuit> m_circuit{CreateObject<FuzzCircuit>()}; //!< what the link is over
    Ptr<PppLink> m_link{CreateObject<PppLink>()};            //!< it
};

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const FuzzSimulation simulation;
    FuzzInput input(data, size);
    LinkUnderTest link(input);
    while (!input.IsAtEnd())
    {
        link.Step(input);
    }
    link.Finish();
    return 0;
}
