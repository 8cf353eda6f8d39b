/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-lac.h"

#include "ns3/abort.h"
#include "ns3/boolean.h"
#include "ns3/pointer.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpLac);

namespace
{

/**
 * @brief Tell what section 4.4.5 has against what a LAC is to tell of PPP.
 * @param proxy what it is to tell
 * @return an AVP that the authenType needs and that has no value, or a value that an AVP must not
 * have, in words; empty if there is nothing
 */
std::string
FindFault(const L2tpProxyState& proxy)
{
    // Whoever receives an ICCN knows the rules: ask as if one had come.
    L2tpControlMessage message(L2tpMessageType::ICCN);
    message.Add(L2tpAvps::TX_CONNECT_SPEED, uint32_t(0)).Add(L2tpAvps::FRAMING_TYPE, uint32_t(0));
    proxy.AddTo(message);
    if (const auto fault = message.Check())
    {
        return fault->code.message;
    }
    for (std::size_t i = 0; i < message.GetNAvps(); ++i)
    {
        if (message.IsIgnored(i))
        {
            return "ICCN with a value that is too great for the AVP " +
                   L2tpAvpName(0, message.GetAvp(i).type);
        }
    }
    return "";
}

} // namespace

TypeId
L2tpLac::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpLac")
            .SetParent<L2tpCaller>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpLac>()
            .AddAttribute("AcceptTunnels",
                          "Whether a peer may open a tunnel to this LAC; if so, calls to that peer "
                          "share it. If not, it is refused with result 4, unless there is a "
                          "Dialer, for which LNSs open tunnels.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&L2tpLac::m_acceptTunnels),
                          MakeBooleanChecker())
            .AddAttribute("Dialer",
                          "What opens the bearers of outgoing calls; none refuses them all.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpLac::SetDialer, &L2tpLac::GetDialer),
                          MakePointerChecker<L2tpDialer>());
    return tid;
}

L2tpLac::L2tpLac() = default;
L2tpLac::~L2tpLac() = default;

void
L2tpLac::DoDispose()
{
    m_dialer = nullptr;
    m_reserved = nullptr;
    L2tpCaller::DoDispose();
}

Ptr<L2tpCall>
L2tpLac::PlaceCall(const L2tpUdpAddress& lns,
                   const L2tpCallParameters& parameters,
                   CallCallback established,
                   CallCallback cleared)
{
    return PlaceCallTo({lns}, parameters, established, cleared);
}

Ptr<L2tpCall>
L2tpLac::PlaceCallTo(const L2tpTunnelPeer& lns,
                     L2tpCallParameters parameters,
                     CallCallback established,
                     CallCallback cleared)
{
    if (!lns.privateGroupId.empty())
    {
        parameters.privateGroupId = lns.privateGroupId;
    }
    const std::string fault = FindFault(parameters.proxy);
    NS_ABORT_MSG_IF(!fault.empty(),
                    "L2tpCallParameters::proxy would make an "
                        << fault
                        << ": give all that its authenType needs (RFC 2661, section 4.4.5)");
    return Place(lns, parameters, established, cleared);
}

void
L2tpLac::SetDialer(Ptr<L2tpDialer> dialer)
{
    m_dialer = dialer;
    SetBearerCapabilities(dialer ? dialer->GetBearerCapabilities() : 0);
}

Ptr<L2tpDialer>
L2tpLac::GetDialer() const
{
    return m_dialer;
}

L2tpCallRole
L2tpLac::GetCallRole() const
{
    return L2tpCallRole::LAC_INCOMING;
}

std::optional<L2tpResultCode>
L2tpLac::JudgeTunnel(const L2tpTunnel& tunnel, const L2tpControlMessage& message)
{
    if (message.Is(L2tpMessageType::SCCRQ) && !m_acceptTunnels && !m_dialer)
    {
        return L2tpResultCode::Of(L2tpStopResult::NOT_AUTHORIZED);
    }
    return L2tpEndpoint::JudgeTunnel(tunnel, message);
}

std::optional<L2tpResultCode>
L2tpLac::JudgeCall(const L2tpTunnel& tunnel, const L2tpControlMessage& message)
{
    if (!message.Is(L2tpMessageType::OCRQ) || !m_dialer)
    {
        // An incoming call comes from a LAC; this end has nothing to put behind it.
        return L2tpResultCode::Of(L2tpCallResult::NO_FACILITIES_PERMANENT);
    }
    const auto refusal = L2tpEndpoint::JudgeCall(tunnel, message);
    return refusal ? refusal : m_dialer->Judge(L2tpCall::ReadOcrq(message));
}

void
L2tpLac::CallChanged(L2tpCall& call, L2tpCallState old, L2tpCallEvent event)
{
    if (event == L2tpCallEvent::RECEIVE_OCRQ_ACCEPTABLE && old == L2tpCallState::IDLE)
    {
        Watch(&call,
              MakeCallback(&L2tpDialer::Connect, m_dialer),
              MakeCallback(&L2tpDialer::Release, m_dialer));
        m_reserved = m_dialer;
        if (const auto channel = m_reserved->Reserve(&call))
        {
            call.SetPhysicalChannelId(*channel);
        }
    }
    L2tpCaller::CallChanged(call, old, event);
}

void
L2tpLac::OpenBearer(L2tpCall& call)
{
    // Whoever was told of the OCRP may have set another dialer.
    const Ptr<L2tpDialer> dialer = m_reserved;
    m_reserved = nullptr;
    dialer->Dial(&call);
}

} // namespace ns3
