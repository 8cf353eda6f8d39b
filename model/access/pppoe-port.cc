/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "pppoe-port.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/trace-source-accessor.h"

#include <algorithm>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PppoePort");
NS_OBJECT_ENSURE_REGISTERED(PppoePort);

namespace
{

/// What a session is looked up by: the other end's address and the SESSION_ID (section 4).
uint64_t
KeyOf(Mac48Address peer, uint16_t sessionId)
{
    uint8_t octets[6];
    peer.CopyTo(octets);
    uint64_t key = 0;
    for (const uint8_t octet : octets)
    {
        key = key << 8 | octet;
    }
    return key << 16 | sessionId;
}

/// The reason to drop a packet that can't be read, or isn't as it must be.
PppoeDropReason
ReasonOf(PppoeError error)
{
    switch (error)
    {
    case PppoeError::CODE:
        return PppoeDropReason::BAD_CODE;
    case PppoeError::TAG_TRUNCATED:
    case PppoeError::TAG_VALUE:
        return PppoeDropReason::BAD_TAG;
    case PppoeError::SESSION_ID:
    case PppoeError::TAG_COUNT:
        return PppoeDropReason::BAD_CONTENT;
    case PppoeError::NONE:
    case PppoeError::TRUNCATED:
    case PppoeError::VERSION:
    case PppoeError::LENGTH:
        break;
    }
    return PppoeDropReason::BAD_HEADER;
}

} // namespace

const char*
PppoeDropReasonName(PppoeDropReason reason)
{
    static constexpr std::array<const char*, PPPOE_DROP_REASONS> NAMES{
        "bad-header",
        "bad-code",
        "bad-tag",
        "bad-content",
        "bad-source",
        "not-ours",
        "stale",
        "unwanted-offer",
        "bad-cookie",
        "no-such-service",
        "limit",
        "unknown-session",
        "no-receiver",
        "session-down",
        "send-too-long",
        "send-refused",
    };
    const auto index = static_cast<std::size_t>(reason);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

TypeId
PppoePort::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PppoePort")
            .SetParent<Object>()
            .SetGroupName("L2tp")
            .AddConstructor<PppoePort>()
            .AddTraceSource("DiscoveryTx",
                            "A packet of the Discovery stage is sent, and to whom",
                            MakeTraceSourceAccessor(&PppoePort::m_discoveryTx),
                            "ns3::PppoePort::DiscoveryTracedCallback")
            .AddTraceSource("DiscoveryRx",
                            "A packet of the Discovery stage has arrived, and from whom",
                            MakeTraceSourceAccessor(&PppoePort::m_discoveryRx),
                            "ns3::PppoePort::DiscoveryTracedCallback")
            .AddTraceSource("Drop",
                            "A packet or frame is dropped, with the reason",
                            MakeTraceSourceAccessor(&PppoePort::m_dropTrace),
                            "ns3::PppoePort::DropTracedCallback");
    return tid;
}

PppoePort::PppoePort() = default;
PppoePort::~PppoePort() = default;

Ptr<PppoePort>
PppoePort::Of(Ptr<NetDevice> device)
{
    NS_ABORT_MSG_IF(!device || !device->GetNode(),
                    "ns3::PppoePort: there is no device of a node: add the device to its node by "
                    "Node::AddDevice() before it is given to PPPoE");
    auto port = device->GetObject<PppoePort>();
    if (!port)
    {
        NS_ABORT_MSG_IF(!Mac48Address::IsMatchingType(device->GetAddress()) ||
                            !device->IsBroadcast(),
                        "ns3::PppoePort: device "
                            << device->GetIfIndex() << " of node " << device->GetNode()->GetId()
                            << " is no Ethernet: use one with addresses of six octets and with "
                               "broadcast, as a CsmaNetDevice");
        port = CreateObject<PppoePort>();
        port->Bind(device);
        device->AggregateObject(port);
    }
    return port;
}

void
PppoePort::Bind(Ptr<NetDevice> device)
{
    m_device = device;
    m_node = device->GetNode();
    m_onDiscovery = MakeCallback(&PppoePort::ReceiveDiscovery, this);
    m_onSession = MakeCallback(&PppoePort::ReceiveSession, this);
    m_node->RegisterProtocolHandler(m_onDiscovery, pppoe::ETHERTYPE_DISCOVERY, device);
    m_node->RegisterProtocolHandler(m_onSession, pppoe::ETHERTYPE_SESSION, device);
}

void
PppoePort::DoDispose()
{
    if (m_node)
    {
        m_node->UnregisterProtocolHandler(m_onDiscovery);
        m_node->UnregisterProtocolHandler(m_onSession);
    }
    m_concentrator = DiscoveryCallback();
    m_onUnknown = UnknownSessionCallback();
    m_clients.clear();
    for (auto& [key, session] : m_sessions)
    {
        session->Dispose();
    }
    m_sessions.clear();
    m_node = nullptr;
    m_device = nullptr;
    Object::DoDispose();
}

Ptr<NetDevice>
PppoePort::GetDevice() const
{
    return m_device;
}

Mac48Address
PppoePort::GetAddress() const
{
    return Mac48Address::ConvertFrom(m_device->GetAddress());
}

void
PppoePort::Send(const PppoeDiscovery& packet, Mac48Address to)
{
    if (!m_device)
    {
        return; // disposed of
    }
    const auto octets = packet.Serialize();
    const auto copy = Create<Packet>(octets.data(), octets.size());
    if (octets.size() > m_device->GetMtu())
    {
        Drop(PppoeDropReason::SEND_TOO_LONG, copy);
        return;
    }
    NS_LOG_LOGIC("sends " << PppoeCodeName(packet.GetCode()) << " to " << to);
    m_discoveryTx(copy, to);
    if (!m_device->Send(copy->Copy(), to, pppoe::ETHERTYPE_DISCOVERY))
    {
        Drop(PppoeDropReason::SEND_REFUSED, copy);
    }
}

bool
PppoePort::SendSession(Ptr<Packet> frame, Mac48Address to, uint16_t sessionId)
{
    if (frame->GetSize() + pppoe::HEADER_SIZE > m_device->GetMtu())
    {
        Drop(PppoeDropReason::SEND_TOO_LONG, frame);
        return false;
    }
    const auto length = static_cast<uint16_t>(frame->GetSize());
    frame->AddHeader(PppoeHeader(PppoeCode::SESSION, sessionId, length));
    if (!m_device->Send(frame, to, pppoe::ETHERTYPE_SESSION))
    {
        Drop(PppoeDropReason::SEND_REFUSED, frame);
        return false;
    }
    return true;
}

void
PppoePort::SetConcentrator(DiscoveryCallback discovery, UnknownSessionCallback unknown)
{
    NS_ABORT_MSG_IF(!discovery.IsNull() && !m_concentrator.IsNull(),
                    "ns3::PppoeConcentrator: device "
                        << m_device->GetIfIndex() << " of node " << m_node->GetId()
                        << " has one already: stop it first, or use another device");
    m_concentrator = discovery;
    m_onUnknown = unknown;
}

void
PppoePort::SetClient(const std::string& hostUniq, DiscoveryCallback callback)
{
    if (callback.IsNull())
    {
        m_clients.erase(hostUniq);
    }
    else
    {
        m_clients[hostUniq] = callback;
    }
}

Ptr<PppoeSession>
PppoePort::AddSession(Mac48Address peer,
                      uint16_t sessionId,
                      const std::string& service,
                      uint16_t maxPayload)
{
    auto& session = m_sessions[KeyOf(peer, sessionId)];
    if (session)
    {
        return nullptr;
    }
    session = CreateObject<PppoeSession>();
    session->Bind(this, peer, sessionId, service, maxPayload);
    return session;
}

Ptr<PppoeSession>
PppoePort::FindSession(Mac48Address peer, uint16_t sessionId) const
{
    const auto it = m_sessions.find(KeyOf(peer, sessionId));
    return it == m_sessions.end() ? nullptr : it->second;
}

void
PppoePort::RemoveSession(Mac48Address peer, uint16_t sessionId)
{
    m_sessions.erase(KeyOf(peer, sessionId));
}

std::size_t
PppoePort::GetSessionCount() const
{
    return m_sessions.size();
}

uint16_t
PppoePort::GetMaxPayload(uint16_t tag) const
{
    constexpr uint16_t overhead = pppoe::HEADER_SIZE + pppoe::PROTOCOL_SIZE;
    const uint16_t mtu = m_device->GetMtu();
    const uint16_t room = mtu > overhead ? mtu - overhead : 0;
    return std::min(std::max(tag, pppoe::MAX_PAYLOAD), room);
}

void
PppoePort::ReceiveDiscovery(Ptr<NetDevice> /* device */,
                            Ptr<const Packet> packet,
                            uint16_t /* protocol */,
                            const Address& from,
                            const Address& /* to */,
                            NetDevice::PacketType /* type */)
{
    const Ptr<PppoePort> alive(this);
    const auto source = Mac48Address::ConvertFrom(from);
    m_discoveryRx(packet, source);
    std::vector<uint8_t> octets(packet->GetSize());
    packet->CopyData(octets.data(), octets.size());
    PppoeDiscovery read;
    auto error = PppoeDiscovery::Parse(octets, read);
    if (error == PppoeError::NONE)
    {
        error = read.Check();
    }
    if (error != PppoeError::NONE)
    {
        NS_LOG_INFO("a bad packet from " << source << ": " << PppoeErrorName(error));
        Drop(ReasonOf(error), packet);
    }
    else if (source.IsGroup()) // broadcast is one, too
    {
        Drop(PppoeDropReason::BAD_SOURCE, packet);
    }
    else
    {
        Dispatch(read, source, packet);
    }
}

void
PppoePort::Dispatch(const PppoeDiscovery& read, Mac48Address from, Ptr<const Packet> packet)
{
    if (read.GetCode() == PppoeCode::PADT)
    {
        const auto session = FindSession(from, read.GetSessionId());
        if (session)
        {
            session->Terminated();
        }
        else
        {
            Drop(PppoeDropReason::UNKNOWN_SESSION, packet);
        }
        return;
    }
    const bool request = read.GetCode() == PppoeCode::PADI || read.GetCode() == PppoeCode::PADR;
    // A copy, since whoever is called may take itself away.
    DiscoveryCallback callback;
    if (request)
    {
        callback = m_concentrator;
    }
    else
    {
        const auto it = m_clients.find(read.GetText(PppoeTagType::HOST_UNIQ));
        callback = it == m_clients.end() ? DiscoveryCallback() : it->second;
    }
    if (callback.IsNull())
    {
        Drop(request ? PppoeDropReason::NOT_OURS : PppoeDropReason::STALE, packet);
        return;
    }
    callback(read, from, packet);
}

void
PppoePort::ReceiveSession(Ptr<NetDevice> /* device */,
                          Ptr<const Packet> packet,
                          uint16_t /* protocol */,
                          const Address& from,
                          const Address& /* to */,
                          NetDevice::PacketType /* type */)
{
    const Ptr<PppoePort> alive(this);
    const auto source = Mac48Address::ConvertFrom(from);
    std::array<uint8_t, pppoe::HEADER_SIZE> octets{};
    PppoeHeader header;
    const auto error =
        PppoeHeader::Parse(octets.data(), packet->CopyData(octets.data(), octets.size()), header);
    if (error != PppoeError::NONE || header.GetLength() > packet->GetSize() - octets.size())
    {
        Drop(PppoeDropReason::BAD_HEADER, packet);
        return;
    }
    if (header.GetCode() != PppoeCode::SESSION)
    {
        Drop(PppoeDropReason::BAD_CODE, packet);
        return;
    }
    const auto session = FindSession(source, header.GetSessionId());
    if (!session || !session->IsUp())
    {
        Drop(PppoeDropReason::UNKNOWN_SESSION, packet);
        const auto onUnknown = m_onUnknown;
        if (!onUnknown.IsNull() && !source.IsGroup())
        {
            onUnknown(source, header.GetSessionId());
        }
        return;
    }
    // Without the padding of a short Ethernet frame.
    session->Receive(packet->CreateFragment(octets.size(), header.GetLength()));
}

void
PppoePort::Drop(PppoeDropReason reason, Ptr<const Packet> packet)
{
    ++m_drops[static_cast<std::size_t>(reason)];
    NS_LOG_LOGIC("drops " << packet->GetSize() << " octets: " << PppoeDropReasonName(reason));
    m_dropTrace(reason, packet);
}

uint64_t
PppoePort::GetDropCount(PppoeDropReason reason) const
{
    return m_drops.at(static_cast<std::size_t>(reason));
}

} // namespace ns3
