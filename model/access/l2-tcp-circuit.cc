/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2-tcp-circuit.h"

#include "ns3/abort.h"
#include "ns3/log.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/trace-source-accessor.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("L2TcpCircuit");
NS_OBJECT_ENSURE_REGISTERED(L2TcpCircuit);

namespace
{

constexpr uint32_t LENGTH_SIZE = 2;                 //!< octets before each frame
constexpr uint32_t LONGEST_FRAME = UINT16_MAX;      //!< that they can tell
constexpr uint32_t LARGEST_READ = 64 * 1024;        //!< octets taken from the socket at once
using SocketCallback = Callback<void, Ptr<Socket>>; //!< told about a socket

} // namespace

const char*
L2TcpDropReasonName(L2TcpDropReason reason)
{
    static constexpr std::array<const char*, L2_TCP_DROP_REASONS> NAMES{"not-connected",
                                                                        "empty",
                                                                        "too-long",
                                                                        "queue-full",
                                                                        "closed",
                                                                        "no-receiver"};
    const auto index = static_cast<std::size_t>(reason);
    return index < NAMES.size() ? NAMES[index] : "unknown";
}

TypeId
L2TcpCircuit::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2TcpCircuit")
            .SetParent<L2Circuit>()
            .SetGroupName("L2tp")
            .AddConstructor<L2TcpCircuit>()
            .AddAttribute("QueueSize",
                          "How many frames may wait for room in the socket's send buffer; 0: none, "
                          "and a frame that finds no room is dropped.",
                          UintegerValue(100),
                          MakeUintegerAccessor(&L2TcpCircuit::m_maxQueue),
                          MakeUintegerChecker<uint32_t>(0, 1000000))
            .AddTraceSource("Tx",
                            "A frame goes into the stream; it begins with its layer-2 header",
                            MakeTraceSourceAccessor(&L2TcpCircuit::m_txTrace),
                            "ns3::L2TcpCircuit::FrameTracedCallback")
            .AddTraceSource("Rx",
                            "A frame comes out of the stream",
                            MakeTraceSourceAccessor(&L2TcpCircuit::m_rxTrace),
                            "ns3::L2TcpCircuit::FrameTracedCallback")
            .AddTraceSource("Drop",
                            "A frame is dropped, with the reason",
                            MakeTraceSourceAccessor(&L2TcpCircuit::m_dropTrace),
                            "ns3::L2TcpCircuit::DropTracedCallback")
            .AddTraceSource("Queued",
                            "How many frames wait for room in the send buffer",
                            MakeTraceSourceAccessor(&L2TcpCircuit::m_queued),
                            "ns3::TracedValueCallback::Uint32");
    return tid;
}

L2TcpCircuit::L2TcpCircuit() = default;
L2TcpCircuit::~L2TcpCircuit() = default;

void
L2TcpCircuit::DoDispose()
{
    Detach(m_listener);
    Detach(m_socket);
    m_listener = nullptr;
    m_socket = nullptr;
    m_stream = nullptr;
    m_queue.clear();
    L2Circuit::DoDispose();
}

void
L2TcpCircuit::SetSocketAttribute(const std::string& name, const AttributeValue& value)
{
    m_socketAttributes.emplace_back(name, value.Copy());
}

Ptr<Socket>
L2TcpCircuit::MakeSocket(Ptr<Node> node) const
{
    NS_ABORT_MSG_IF(m_listener || m_socket,
                    "L2TcpCircuit: it is in use; Close() it before Listen() or Connect()");
    NS_ABORT_MSG_IF(!node->GetObject<TcpSocketFactory>(),
                    "L2TcpCircuit: node " << node->GetId()
                                          << " has no TCP: install an internet stack");
    Ptr<Socket> socket = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
    for (const auto& attribute : m_socketAttributes)
    {
        socket->SetAttribute(attribute.first, *attribute.second);
    }
    return socket;
}

void
L2TcpCircuit::Listen(Ptr<Node> node, const Address& local)
{
    NS_LOG_FUNCTION(this << node << local);
    m_listener = MakeSocket(node);
    NS_ABORT_MSG_IF(m_listener->Bind(local) != 0,
                    "L2TcpCircuit: the port to listen at is taken on node " << node->GetId()
                                                                            << ": choose another");
    m_listener->SetAcceptCallback(MakeCallback(&L2TcpCircuit::MayAccept, this),
                                  MakeCallback(&L2TcpCircuit::Accepted, this));
    m_listener->Listen();
}

void
L2TcpCircuit::Connect(Ptr<Node> node, const Address& remote)
{
    NS_LOG_FUNCTION(this << node << remote);
    m_socket = MakeSocket(node);
    m_socket->SetConnectCallback(MakeCallback(&L2TcpCircuit::Connected, this),
                                 MakeCallback(&L2TcpCircuit::Ended, this));
    if (m_socket->Connect(remote) != 0)
    {
        Reset(); // no route, or no port is free: nobody else tells
    }
}

void
L2TcpCircuit::Close()
{
    NS_LOG_FUNCTION(this);
    const Ptr<L2TcpCircuit> alive(this);
    Detach(m_listener);
    if (m_listener)
    {
        m_listener->Close();
        m_listener = nullptr;
    }
    Reset();
}

void
L2TcpCircuit::Detach(const Ptr<Socket>& socket)
{
    if (!socket)
    {
        return;
    }
    socket->SetConnectCallback(SocketCallback(), SocketCallback());
    socket->SetCloseCallbacks(SocketCallback(), SocketCallback());
    socket->SetAcceptCallback(Callback<bool, Ptr<Socket>, const Address&>(),
                              Callback<void, Ptr<Socket>, const Address&>());
    socket->SetSendCallback(Callback<void, Ptr<Socket>, uint32_t>());
    socket->SetRecvCallback(SocketCallback());
}

void
L2TcpCircuit::Reset()
{
    const Ptr<Socket> socket = m_socket;
    m_socket = nullptr;
    m_stream = nullptr;
    Detach(socket);
    if (socket)
    {
        socket->Close();
    }
    const std::deque<Ptr<Packet>> waiting = std::move(m_queue);
    m_queue.clear();
    m_queueOctets = 0;
    SetUp(false);
    m_queued = m_queue.size(); // not 0, if who is told connects anew and sends
    for (const auto& frame : waiting)
    {
        Drop(L2TcpDropReason::CLOSED, frame);
    }
}

void
L2TcpCircuit::Use(Ptr<Socket> socket)
{
    m_socket = socket;
    m_stream = Create<Packet>();
    UintegerValue size;
    socket->GetAttribute("SndBufSize", size);
    m_bufferSize = size.Get();
    socket->SetCloseCallbacks(MakeCallback(&L2TcpCircuit::Ended, this),
                              MakeCallback(&L2TcpCircuit::Ended, this));
    socket->SetSendCallback(MakeCallback(&L2TcpCircuit::HasRoom, this));
    socket->SetRecvCallback(MakeCallback(&L2TcpCircuit::HasOctets, this));
    SetUp(true);
}

void
L2TcpCircuit::Connected(Ptr<Socket> socket)
{
    const Ptr<L2TcpCircuit> alive(this);
    Use(socket);
}

bool
L2TcpCircuit::MayAccept(Ptr<Socket> /* socket */, const Address& /* from */)
{
    return !m_socket;
}

void
L2TcpCircuit::Accepted(Ptr<Socket> socket, const Address& /* from */)
{
    const Ptr<L2TcpCircuit> alive(this);
    if (m_socket)
    {
        // Two had begun before one was done.
        socket->Close();
        return;
    }
    Use(socket);
}

void
L2TcpCircuit::Ended(Ptr<Socket> socket)
{
    NS_LOG_FUNCTION(this << socket);
    const Ptr<L2TcpCircuit> alive(this);
    if (socket == m_socket)
    {
        Reset();
    }
}

bool
L2TcpCircuit::Send(Ptr<Packet> frame)
{
    const Ptr<L2TcpCircuit> alive(this);
    const uint32_t size = frame->GetSize();
    if (!IsUp())
    {
        Drop(L2TcpDropReason::NOT_CONNECTED, frame);
        return false;
    }
    if (size == 0 || size > LONGEST_FRAME || size + LENGTH_SIZE > m_bufferSize)
    {
        Drop(size == 0 ? L2TcpDropReason::EMPTY : L2TcpDropReason::TOO_LONG, frame);
        return false;
    }
    if (m_queue.empty() && m_socket->GetTxAvailable() >= size + LENGTH_SIZE)
    {
        Write(frame);
        return true;
    }
    if (m_queue.size() >= m_maxQueue)
    {
        Drop(L2TcpDropReason::QUEUE_FULL, frame);
        return false;
    }
    m_queue.push_back(frame);
    m_queueOctets += size + LENGTH_SIZE;
    m_queued = m_queue.size();
    return true;
}

void
L2TcpCircuit::Write(const Ptr<Packet>& frame)
{
    m_txTrace(frame);
    if (!IsUp())
    {
        // Whoever was told has closed the circuit.
        Drop(L2TcpDropReason::NOT_CONNECTED, frame);
        return;
    }
    const uint32_t size = frame->GetSize();
    ++m_statistics.txFrames;
    m_statistics.txOctets += size;
    const uint8_t length[LENGTH_SIZE]{static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size)};
    auto octets = Create<Packet>(length, LENGTH_SIZE);
    octets->AddAtEnd(frame);
    m_socket->Send(octets);
}

void
L2TcpCircuit::HasRoom(Ptr<Socket> socket, uint32_t /* room */)
{
    const Ptr<L2TcpCircuit> alive(this);
    while (socket == m_socket && !m_queue.empty() &&
           socket->GetTxAvailable() >= m_queue.front()->GetSize() + LENGTH_SIZE)
    {
        const Ptr<Packet> frame = m_queue.front();
        m_queue.pop_front();
        m_queueOctets -= frame->GetSize() + LENGTH_SIZE;
        m_queued = m_queue.size();
        Write(frame);
    }
}

void
L2TcpCircuit::HasOctets(Ptr<Socket> socket)
{
    // Whoever gets a frame may close the circuit, and let go of it.
    const Ptr<L2TcpCircuit> alive(this);
    while (socket == m_socket)
    {
        const Ptr<Packet> octets = socket->Recv(LARGEST_READ, 0);
        if (!octets || octets->GetSize() == 0)
        {
            break;
        }
        m_stream->AddAtEnd(octets);
        Parse();
    }
}

void
L2TcpCircuit::Parse()
{
    // A copy of what is left, as ns-3 keeps the byte tags of what was taken off a packet's start:
    // of all that ever came.
    const auto stream = Create<Packet>();
    stream->AddAtEnd(m_stream);
    m_stream = stream;
    while (m_stream == stream && stream->GetSize() >= LENGTH_SIZE)
    {
        uint8_t length[LENGTH_SIZE];
        stream->CopyData(length, LENGTH_SIZE);
        const uint32_t size = (uint32_t(length[0]) << 8) | length[1];
        if (stream->GetSize() < LENGTH_SIZE + size)
        {
            return;
        }
        Ptr<Packet> frame = stream->CreateFragment(LENGTH_SIZE, size);
        // Those of the segment that brought it, which are none of the frame's.
        frame->RemoveAllPacketTags();
        stream->RemoveAtStart(LENGTH_SIZE + size);
        if (size == 0)
        {
            Drop(L2TcpDropReason::EMPTY, frame);
            continue;
        }
        m_rxTrace(frame);
        if (Deliver(frame))
        {
            ++m_statistics.rxFrames;
            m_statistics.rxOctets += size;
        }
        else
        {
            Drop(L2TcpDropReason::NO_RECEIVER, frame);
        }
    }
}

void
L2TcpCircuit::Drop(L2TcpDropReason reason, Ptr<const Packet> frame)
{
    NS_LOG_LOGIC("drop " << frame->GetSize() << " octets: " << L2TcpDropReasonName(reason));
    ++m_statistics.dropped[static_cast<std::size_t>(reason)];
    m_dropTrace(reason, frame);
}

Ptr<Socket>
L2TcpCircuit::GetSocket() const
{
    return IsUp() ? m_socket : nullptr;
}

uint32_t
L2TcpCircuit::GetBacklog() const
{
    return IsUp() ? m_queueOctets + m_bufferSize - m_socket->GetTxAvailable() : 0;
}

const L2TcpStatistics&
L2TcpCircuit::GetStatistics() const
{
    return m_statistics;
}

} // namespace ns3
