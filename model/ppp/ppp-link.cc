/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-link.h"

#include "ppp-protocol.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <limits>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PppLink);

namespace
{
constexpr std::size_t MAX_CREDENTIAL = 255; //!< what PAP's one-octet lengths can say
} // namespace

const char*
PppPhaseName(PppPhase phase)
{
    static constexpr const char* NAMES[] = {"Dead",
                                            "Establish",
                                            "Authenticate",
                                            "Network",
                                            "Terminate"};
    return NAMES[static_cast<std::size_t>(phase)];
}

TypeId
PppLink::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppLink")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<PppLink>()
            .AddAttribute("Lcp",
                          "The Link Control Protocol, with attributes of its own.",
                          TypeId::ATTR_GET,
                          PointerValue(),
                          MakePointerAccessor(&PppLink::m_lcp),
                          MakePointerChecker<PppLcp>())
            .AddAttribute("Ipcp",
                          "The IP Control Protocol, with attributes of its own.",
                          TypeId::ATTR_GET,
                          PointerValue(),
                          MakePointerAccessor(&PppLink::m_ipcp),
                          MakePointerChecker<PppIpcp>())
            .AddAttribute("Ipv6cp",
                          "The IPv6 Control Protocol, with attributes of its own.",
                          TypeId::ATTR_GET,
                          PointerValue(),
                          MakePointerAccessor(&PppLink::GetIpv6cp),
                          MakePointerChecker<PppIpv6cp>())
            .AddAttribute("Ipv6",
                          "Whether to carry IPv6 beside IPv4, if the peer takes packets of 1280 "
                          "octets (RFC 5072, section 2).",
                          BooleanValue(false),
                          MakeBooleanAccessor(&PppLink::m_wantIpv6),
                          MakeBooleanChecker())
            .AddAttribute("AuthProtocol",
                          "How the peer must prove who it is; takes effect with Open().",
                          EnumValue(PPP_AUTH_NONE),
                          MakeL2EnumAccessor<PppAuthProtocol>(&PppLink::m_demandedAuth, 0),
                          MakePppAuthProtocolChecker())
            .AddAttribute("UserTable",
                          "Knows the users that may be peers; needed if AuthProtocol isn't None.",
                          PointerValue(),
                          MakePointerAccessor(&PppLink::m_userTable),
                          MakePointerChecker<PppUserTable>())
            .AddAttribute("Username",
                          "Name by which this end proves who it is; if empty, it refuses to. "
                          "Takes effect with Open().",
                          StringValue(""),
                          MakeStringAccessor(&PppLink::m_userName),
                          MakeStringChecker())
            .AddAttribute("Password",
                          "PAP's or MS-CHAP-V2's password, or CHAP's secret, of Username.",
                          StringValue(""),
                          MakeStringAccessor(&PppLink::m_password),
                          MakeStringChecker())
            .AddAttribute("LocalName",
                          "Name by which this end asks who the peer is: CHAP's Name field of the "
                          "challenges (RFC 1994, section 4.1).",
                          StringValue("ns3"),
                          MakeStringAccessor(&PppLink::m_localName),
                          MakeStringChecker())
            .AddAttribute("AuthInterval",
                          "Time between tries in the Authentication phase.",
                          TimeValue(Seconds(3)),
                          MakeTimeAccessor(&PppLink::m_authInterval),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("AuthTries",
                          "Tries in the Authentication phase before the peer is given up.",
                          UintegerValue(10),
                          MakeUintegerAccessor(&PppLink::m_authTries),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("ChapInterval",
                          "Time between challenges in the Network phase (RFC 1994, section 4.1); "
                          "zero sends none there.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&PppLink::m_chapInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("Phase",
                            "The phase changes: old phase, new phase, reason.",
                            MakeTraceSourceAccessor(&PppLink::m_phaseTrace),
                            "ns3::PppLink::PhaseTracedCallback")
            .AddTraceSource("NetworkUp",
                            "IPv4 packets pass: local address, the peer's address.",
                            MakeTraceSourceAccessor(&PppLink::m_networkUpTrace),
                            "ns3::PppLink::NetworkUpTracedCallback")
            .AddTraceSource("NetworkDown",
                            "IPv4 packets don't pass any more: reason.",
                            MakeTraceSourceAccessor(&PppLink::m_networkDownTrace),
                            "ns3::PppLink::ReasonTracedCallback")
            .AddTraceSource("Ipv6Up",
                            "IPv6 packets pass: interface identifiers of this end and the peer.",
                            MakeTraceSourceAccessor(&PppLink::m_ipv6UpTrace),
                            "ns3::PppLink::Ipv6UpTracedCallback")
            .AddTraceSource("Ipv6Down",
                            "IPv6 packets don't pass any more: reason.",
                            MakeTraceSourceAccessor(&PppLink::m_ipv6DownTrace),
                            "ns3::PppLink::ReasonTracedCallback")
            .AddTraceSource("Finished",
                            "The link needs its circuit no longer: reason.",
                            MakeTraceSourceAccessor(&PppLink::m_finishedTrace),
                            "ns3::PppLink::ReasonTracedCallback")
            .AddTraceSource("Tx",
                            "A frame is given to the circuit, beginning with its PPP header.",
                            MakeTraceSourceAccessor(&PppLink::m_txTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("Rx",
                            "A frame came from the circuit, beginning with its PPP header.",
                            MakeTraceSourceAccessor(&PppLink::m_rxTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("ControlTx",
                            "A control frame is given to the circuit.",
                            MakeTraceSourceAccessor(&PppLink::m_controlTxTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("ControlRx",
                            "A frame other than those of network layers came from the circuit.",
                            MakeTraceSourceAccessor(&PppLink::m_controlRxTrace),
                            "ns3::Packet::TracedCallback")
            .AddTraceSource("Drop",
                            "A frame or packet was dropped: reason, frame.",
                            MakeTraceSourceAccessor(&PppLink::m_dropTrace),
                            "ns3::PppLink::DropTracedCallback");
    return tid;
}

PppLink::PppLink()
    : m_lcp(CreateObject<PppLcp>()),
      m_ipcp(CreateObject<PppIpcp>()),
      m_random(CreateObject<UniformRandomVariable>())
{
    m_lcp->SetOwner(this);
    m_lcp->SetRandomVariable(m_random);
    m_ipcp->SetOwner(this);
    m_ipv4.ncp = PeekPointer(m_ipcp);
    m_auth.SetCallbacks([this](uint16_t protocol,
                               const PppControlPacket& packet) { SendControl(protocol, packet); },
                        [this](PppDropReason reason) { ControlDropped(reason); },
                        [this] { StartNetwork(); },
                        [this](PppReason reason) { AuthFailed(reason); },
                        [this] { return GetRandom(); });
    m_userTimers.SetExpiredCallback([this](PppReason reason) { Close(reason); });
}

PppLink::~PppLink()
{
    if (m_circuit)
    {
        m_circuit->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
    }
    m_lcp->SetOwner(nullptr);
    m_ipcp->SetOwner(nullptr);
    if (m_ipv6cp)
    {
        m_ipv6cp->SetOwner(nullptr);
    }
}

void
PppLink::DoDispose()
{
    if (m_circuit)
    {
        m_circuit->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
        m_circuit = nullptr;
    }
    m_auth.Stop();
    m_userTimers.Stop();
    m_lcp->Dispose();
    m_ipcp->Dispose();
    if (m_ipv6cp)
    {
        m_ipv6cp->Dispose();
    }
    m_userTable = nullptr;
    m_ipv4.up = false;
    m_ipv6.up = false;
    m_network = nullptr;
    m_onFinished = FinishedCallback();
    m_addressProvider = AddressProvider();
    m_onHandOver = HandOverCallback();
    Object::DoDispose();
}

void
PppLink::SetCircuit(Ptr<L2Circuit> circuit)
{
    if (m_circuit)
    {
        m_circuit->Attach(L2Circuit::ReceiveCallback(), L2Circuit::StatusCallback());
        CircuitChanged(false);
        SetAdoption({});
    }
    m_circuit = circuit;
    if (m_circuit)
    {
        // Of these, ns-3's MakeCallback() would take more memory.
        m_circuit->Attach(L2Circuit::ReceiveCallback([this](Ptr<Packet> frame) { Receive(frame); }),
                          L2Circuit::StatusCallback([this](bool up) { CircuitChanged(up); }));
    }
}

void
PppLink::AdoptCircuit(Ptr<L2Circuit> circuit, const PppAdoption& adoption)
{
    SetCircuit(nullptr);
    SetAdoption(adoption);
    SetCircuit(circuit);
}

void
PppLink::SetAdoption(const std::optional<PppAdoption>& adoption)
{
    m_lcp->SetAdoption(adoption);
    m_attempt = adoption ? adoption->attempt : std::nullopt;
}

Ptr<L2Circuit>
PppLink::GetCircuit() const
{
    return m_circuit;
}

void
PppLink::Open()
{
    NS_ABORT_MSG_IF(m_demandedAuth != PPP_AUTH_NONE && !m_userTable,
                    "ns3::PppLink: attribute AuthProtocol demands that the peer authenticates "
                    "itself, but nobody knows any user: set attribute UserTable");
    NS_ABORT_MSG_IF(m_userName.size() > MAX_CREDENTIAL || m_password.size() > MAX_CREDENTIAL,
                    "ns3::PppLink: attributes Username and Password may have 255 octets at most "
                    "(RFC 1334, section 2.2.1): shorten them");
    m_lcp->SetDemandedAuth(m_demandedAuth);
    m_lcp->SetAbleToAuthenticate(!m_userName.empty());
    m_lcp->Open();
}

void
PppLink::Close(PppReason reason)
{
    CloseFor(reason, 0);
}

void
PppLink::SetNetworkLayer(PppNetworkLayer* layer)
{
    m_network = layer;
}

void
PppLink::SetFinishedCallback(FinishedCallback callback)
{
    m_onFinished = callback;
}

void
PppLink::SetAddressProvider(AddressProvider provider)
{
    m_addressProvider = provider;
}

void
PppLink::SetHandOverCallback(HandOverCallback callback)
{
    m_onHandOver = callback;
}

void
PppLink::SetUserTable(Ptr<PppUserTable> users)
{
    m_userTable = users;
}

PppPhase
PppLink::GetPhase() const
{
    return m_phase;
}

bool
PppLink::IsNetworkUp() const
{
    return m_ipv4.up;
}

bool
PppLink::IsIpv6Up() const
{
    return m_ipv6.up;
}

std::string
PppLink::GetPeerName() const
{
    return m_auth.GetPeerName();
}

const PppUserProfile&
PppLink::GetPeerProfile() const
{
    return m_auth.GetPeerProfile();
}

std::optional<PppAuthAttempt>
PppLink::GetPeerAttempt() const
{
    const auto* attempt = m_auth.GetPeerAttempt();
    return attempt ? std::optional<PppAuthAttempt>(*attempt) : std::nullopt;
}

uint16_t
PppLink::GetMtu() const
{
    return m_lcp->GetPeerMru();
}

Ptr<PppLcp>
PppLink::GetLcp() const
{
    return m_lcp;
}

Ptr<PppIpcp>
PppLink::GetIpcp() const
{
    return m_ipcp;
}

Ptr<PppIpv6cp>
PppLink::GetIpv6cp() const
{
    if (!m_ipv6cp)
    {
        const_cast<PppLink*>(this)->MakeIpv6cp(); // nobody can tell it from one that was there
    }
    return m_ipv6cp;
}

void
PppLink::MakeIpv6cp()
{
    m_ipv6cp = CreateObject<PppIpv6cp>();
    m_ipv6cp->SetOwner(this);
    m_ipv6cp->SetRandomVariable(m_random);
    m_ipv6.ncp = PeekPointer(m_ipv6cp);
}

uint64_t
PppLink::GetDropCount(PppDropReason reason) const
{
    return m_drops[static_cast<std::size_t>(reason)];
}

int64_t
PppLink::AssignStreams(int64_t stream)
{
    m_random->SetStream(stream);
    return 1;
}

uint32_t
PppLink::GetRandom()
{
    return m_random->GetInteger(0, std::numeric_limits<uint32_t>::max());
}

void
PppLink::Drop(PppDropReason reason, Ptr<const Packet> frame)
{
    ++m_drops[static_cast<std::size_t>(reason)];
    if (m_network)
    {
        m_network->FrameDropped(reason, frame);
    }
    m_dropTrace(reason, frame);
}

} // namespace ns3
