/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-pppoe-host.h"

#include "ns3/abort.h"
#include "ns3/node.h"
#include "ns3/pointer.h"

#include <string>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpPppoeHost);

TypeId
L2tpPppoeHost::GetTypeId()
{
    static TypeId tid = AddAttributes(
        TypeId("ns3::L2tpPppoeHost")
            .SetParent<L2tpDialingHost>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpPppoeHost>()
            .AddAttribute(
                "Client",
                "The client that gets the sessions that PPP runs over; at a device of the "
                "same node.",
                PointerValue(),
                MakePointerAccessor(&L2tpPppoeHost::m_client),
                MakePointerChecker<PppoeClient>()),
        {"The name to give when the peer asks who we are.",
         pppoe::MAX_PAYLOAD,
         "The longest packet in octets to take from the session. More than 1492 (RFC 2516, section "
         "7) also needs MaxPayload of the client, at both ends (RFC 4638).",
         "Time between LCP Echo-Requests to the peer; 0 sends none.",
         "Whether all traffic goes through the session.",
         "Whether to go through discovery again when a session ends or can't be had."});
    return tid;
}

L2tpPppoeHost::L2tpPppoeHost() = default;
L2tpPppoeHost::~L2tpPppoeHost() = default;

void
L2tpPppoeHost::DoDispose()
{
    if (m_client)
    {
        m_client->SetCallbacks(PppoeClient::SessionCallback(), PppoeClient::EndedCallback());
        m_client = nullptr;
    }
    L2tpDialingHost::DoDispose();
}

int64_t
L2tpPppoeHost::AssignStreams(int64_t stream)
{
    const int64_t used = L2tpDialingHost::AssignStreams(stream);
    return used + (m_client ? m_client->AssignStreams(stream + used) : 0);
}

void
L2tpPppoeHost::StartApplication()
{
    NS_ABORT_MSG_IF(!m_client || !m_client->GetPort() ||
                        m_client->GetPort()->GetDevice()->GetNode() != GetNode(),
                    "L2tpPppoeHost::Client must be a PppoeClient at a device of node "
                        << GetNode()->GetId() << ": set it, and give it one by SetDevice()");
    SetUpLink();
    m_client->SetCallbacks(MakeCallback(&L2tpPppoeHost::HasSession, this),
                           MakeCallback(&L2tpPppoeHost::SessionEnded, this));
    Dial();
}

void
L2tpPppoeHost::ObtainCircuit()
{
    m_client->Connect(); // does nothing if there is a session
}

void
L2tpPppoeHost::GiveBackCircuit(PppReason /* reason */)
{
    if (m_client)
    {
        m_client->Disconnect(); // does nothing if there is no session
    }
}

void
L2tpPppoeHost::HasSession(Ptr<PppoeSession> session)
{
    UseCircuit(session);
}

void
L2tpPppoeHost::SessionEnded(PppoeEnd end)
{
    const std::string& words = m_client->GetErrorText();
    Ended(std::string("PPPoE: ") + PppoeEndName(end) + (words.empty() ? "" : " (" + words + ")"));
}

} // namespace ns3
