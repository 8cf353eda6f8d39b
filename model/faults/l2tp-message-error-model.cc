/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-message-error-model.h"

#include "l2tp-error-model-streams.h"

#include "ns3/abort.h"
#include "ns3/l2-ns3-version.h"
#include "ns3/l2tp-message-catalog.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(L2tpMessageErrorModel);

TypeId
L2tpMessageErrorModel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::L2tpMessageErrorModel")
            .SetParent<ErrorModel>()
            .SetGroupName("L2tp")
            .AddConstructor<L2tpMessageErrorModel>()
            .AddAttribute("Kind",
                          "Which frames may be lost: Any with L2TP, those of the Control channel, "
                          "of it each Message or each Zlb, or Data. Others always pass.",
                          EnumValue(L2TP_FRAME_ANY),
                          MakeL2EnumAccessor<L2tpFrameChoice>(&L2tpMessageErrorModel::m_kind, 0),
                          MakeEnumChecker(L2TP_FRAME_ANY,
                                          "Any",
                                          L2TP_FRAME_CONTROL,
                                          "Control",
                                          L2TP_FRAME_MESSAGE,
                                          "Message",
                                          L2TP_FRAME_ZLB,
                                          "Zlb",
                                          L2TP_FRAME_DATA,
                                          "Data"))
            .AddAttribute("Message",
                          "Of control messages only those of this name, \"ICCN\" for example. "
                          "Empty: of any.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpMessageErrorModel::SetMessage),
                          MakeStringChecker())
            .AddAttribute("Which",
                          "Which of the frames that match are lost, counted from 1: \"2\", or "
                          "\"1,3\". Empty: all, or those that Loss says.",
                          StringValue(""),
                          MakeStringAccessor(&L2tpMessageErrorModel::SetWhich),
                          MakeStringChecker())
            .AddAttribute("Loss",
                          "Another error model, which is asked about the frames that match. None: "
                          "all of them are lost, or those that Which says.",
                          PointerValue(),
                          MakePointerAccessor(&L2tpMessageErrorModel::m_loss),
                          MakePointerChecker<ErrorModel>())
            .AddAttribute("Port",
                          "The UDP port by which L2TP is known, at either end.",
                          UintegerValue(1701),
                          MakeUintegerAccessor(&L2tpMessageErrorModel::m_port),
                          MakeUintegerChecker<uint16_t>());
    return tid;
}

L2tpMessageErrorModel::L2tpMessageErrorModel() = default;
L2tpMessageErrorModel::~L2tpMessageErrorModel() = default;

void
L2tpMessageErrorModel::DoDispose()
{
    m_loss = nullptr;
    ErrorModel::DoDispose();
}

void
L2tpMessageErrorModel::SetMessage(const std::string& name)
{
    const auto known = std::find_if(L2TP_MESSAGES.begin(),
                                    L2TP_MESSAGES.end(),
                                    [&](const L2tpMessageInfo& row) { return name == row.name; });
    NS_ABORT_MSG_IF(!name.empty() && known == L2TP_MESSAGES.end(),
                    "L2tpMessageErrorModel::Message: '"
                        << name
                        << "' is no control message: give a name as RFC 2661 has it, as "
                           "SCCRQ, StopCCN or ICCN");
    m_message = name.empty() ? uint16_t(0) : static_cast<uint16_t>(known->type);
}

void
L2tpMessageErrorModel::SetWhich(std::string which)
{
    m_which.clear();
    std::istringstream numbers(which);
    for (std::string number; std::getline(numbers, number, ',');)
    {
        NS_ABORT_MSG_IF(number.empty() || number.size() > 18 || number[0] == '0' ||
                            number.find_first_not_of("0123456789") != std::string::npos,
                        "L2tpMessageErrorModel::Which: '"
                            << number << "' is no number from 1 on: give some, as in 1,3");
        m_which.insert(std::stoull(number));
    }
}

bool
L2tpMessageErrorModel::Matches(const L2tpFrameView& frame) const
{
    using Kind = L2tpFrameView::Kind;
    const bool isMessage = frame.kind == Kind::MESSAGE;
    if (m_message != 0 && (!isMessage || frame.messageType != m_message))
    {
        return false;
    }
    switch (m_kind)
    {
    case L2TP_FRAME_ANY:
        return frame.kind != Kind::OTHER;
    case L2TP_FRAME_CONTROL:
        return isMessage || frame.kind == Kind::ZLB;
    case L2TP_FRAME_MESSAGE:
        return isMessage;
    case L2TP_FRAME_ZLB:
        return frame.kind == Kind::ZLB;
    case L2TP_FRAME_DATA:
        return frame.kind == Kind::DATA;
    }
    return false;
}

bool
L2tpMessageErrorModel::DoCorrupt(Ptr<Packet> packet)
{
    if (!IsEnabled() || !Matches(ViewL2tpFrame(packet, m_port)))
    {
        return false;
    }
    NS_ABORT_MSG_IF(m_loss && !m_which.empty(),
                    "L2tpMessageErrorModel has both Which and Loss: choose one");
    ++m_matched;
    if (m_loss)
    {
        return m_loss->IsCorrupt(packet);
    }
    return m_which.empty() || m_which.count(m_matched) > 0;
}

void
L2tpMessageErrorModel::DoReset()
{
    m_matched = 0;
}

int64_t
L2tpMessageErrorModel::AssignStreams(int64_t stream)
{
    return L2tpAssignErrorModelStreams(m_loss, stream);
}

uint64_t
L2tpMessageErrorModel::GetMatched() const
{
    return m_matched;
}

} // namespace ns3
