/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-remote-system.h"

#include "ns3/abort.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/string.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpRemoteSystem);

TypeId
L2tpRemoteSystem::GetTypeId()
{
    static TypeId tid = AddAttributes(
        TypeId("ns3::L2tpRemoteSystem")
            .SetParent<L2tpDialingHost>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpRemoteSystem>()
            .AddAttribute("Line",
                          "The serial line that PPP runs over; of an L2SerialNetDevice of the same "
                          "node.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpRemoteSystem::m_line),
                          MakePointerChecker<L2SerialLine>())
            .AddAttribute("Number",
                          "The number to dial at the start; empty to wait to be called.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpRemoteSystem::m_number),
                          MakeStringChecker()),
        {"The name to give when the peer asks who we are.",
         1500,
         "The longest packet in octets to take from the line.",
         "Time between LCP Echo-Requests to the peer; 0 sends none.",
         "Whether all traffic goes over the line.",
         "Whether to dial again when a call that was dialled ends or fails."});
    return tid;
}

L2tpRemoteSystem::L2tpRemoteSystem() = default;
L2tpRemoteSystem::~L2tpRemoteSystem() = default;

void
L2tpRemoteSystem::DoDispose()
{
    if (m_line)
    {
        m_line->SetIncomingCallback(L2SerialLine::IncomingCallback());
        m_line->SetCallCallbacks(L2SerialLine::ConnectedCallback(), L2SerialLine::EndedCallback());
        m_line = nullptr;
    }
    L2tpDialingHost::DoDispose();
}

void
L2tpRemoteSystem::StartApplication()
{
    NS_ABORT_MSG_IF(!m_line,
                    "L2tpRemoteSystem::Line is not set: give it the line of an L2SerialNetDevice "
                    "of node "
                        << GetNode()->GetId());
    m_running = true;
    SetUpLink();
    m_line->SetIncomingCallback(MakeCallback(&L2tpRemoteSystem::Incoming, this));
    m_line->SetCallCallbacks(MakeCallback(&L2tpRemoteSystem::Connected, this),
                             MakeCallback(&L2tpRemoteSystem::LineEnded, this));
    if (!m_number.empty())
    {
        Dial();
    }
}

void
L2tpRemoteSystem::StopApplication()
{
    m_running = false;
    L2tpDialingHost::StopApplication();
}

void
L2tpRemoteSystem::ObtainCircuit()
{
    NS_ABORT_MSG_IF(m_number.empty(),
                    "L2tpRemoteSystem::Number is not set: give it the number to dial");
    m_line->Dial(m_number); // does nothing if there is a call
}

void
L2tpRemoteSystem::GiveBackCircuit(PppReason /* reason */)
{
    if (m_line)
    {
        m_line->HangUp(); // does nothing if there is no call
    }
}

void
L2tpRemoteSystem::Incoming(Ptr<L2SerialLine> line, const L2CallNumbers& /* numbers */)
{
    if (m_running)
    {
        line->Answer();
    }
    else
    {
        line->Reject();
    }
}

void
L2tpRemoteSystem::Connected(Ptr<L2SerialLine> line)
{
    UseCircuit(line);
}

void
L2tpRemoteSystem::LineEnded(Ptr<L2SerialLine> /* line */, L2LineCause cause)
{
    Ended(std::string("line: ") + L2LineCauseName(cause));
}

} // namespace ns3
