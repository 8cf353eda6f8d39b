/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-control-message.h"

#include "l2tp-avp-hiding.h"

#include <algorithm>
#include <array>

namespace ns3
{

namespace
{

/**
 * @brief Tell whether the value of an AVP is one that the RFC allows.
 * @param info the AVP's row; the size has been checked already
 * @param value the value
 * @return false if it is out of range
 */
bool
IsInRange(const L2tpAvpInfo& info, L2tpByteView value)
{
    if (info.vendor != 0)
    {
        return true;
    }
    const bool isId = info.type == L2tpAvps::ASSIGNED_TUNNEL_ID.type ||
                      info.type == L2tpAvps::ASSIGNED_SESSION_ID.type;
    uint16_t id = 0;
    if (info.type == L2tpAvps::PROXY_AUTHEN_ID.type)
    {
        // Section 4.4.5: "the most significant octet MUST be 0".
        return ReadL2tpValue(value, id) && id <= 0xff;
    }
    // Sections 4.4.3 and 4.4.4: "a 2 octet non-zero unsigned integer".
    return !isId || (ReadL2tpValue(value, id) && id != 0);
}

/// An AVP that some values of Proxy Authen Type call for.
struct ProxyNeed
{
    uint16_t avp;   //!< its Attribute Type
    uint32_t types; //!< the Authen Types, a bit each
};

/// What MUST be present with which Authen Type (section 4.4.5).
constexpr std::array<ProxyNeed, 4> PROXY_NEEDS{{
    {L2tpAvps::PROXY_AUTHEN_NAME.type, 1U << 1 | 1U << 2 | 1U << 3 | 1U << 5},
    {L2tpAvps::PROXY_AUTHEN_CHALLENGE.type, 1U << 2 | 1U << 5},
    {L2tpAvps::PROXY_AUTHEN_ID.type, 1U << 2 | 1U << 3 | 1U << 5},
    {L2tpAvps::PROXY_AUTHEN_RESPONSE.type, 1U << 1 | 1U << 2 | 1U << 3 | 1U << 5},
}};

/**
 * @brief Tell whether a Proxy Authen Type calls for an AVP.
 * @param avp the AVP's Attribute Type
 * @param authenType the Authen Type; nothing if the message has none
 * @return true if the AVP MUST be present
 */
bool
IsNeededByProxy(uint16_t avp, const std::optional<uint16_t>& authenType)
{
    return std::any_of(PROXY_NEEDS.begin(), PROXY_NEEDS.end(), [&](const ProxyNeed& need) {
        return need.avp == avp && authenType && *authenType < 32 && (need.types >> *authenType & 1);
    });
}

/**
 * @brief Tell whether the size of a value is one that the RFC allows.
 * @param info the AVP's row
 * @param size octets of the value
 * @return false if it is wrong
 */
bool
IsSizeRight(const L2tpAvpInfo& info, std::size_t size)
{
    // A Result Code of 2 octets may be followed by an Error Code of 2, never by half of one.
    const bool halfError = info.format == L2tpAvpFormat::RESULT_CODE && size == 3;
    return size >= info.minSize && size <= info.maxSize && !halfError;
}

static_assert(std::tuple_size_v<decltype(L2TP_AVPS)> +
                      std::tuple_size_v<decltype(L2TP_VENDOR_AVPS)> <=
                  64,
              "a bit for each AVP");

/**
 * @brief Which of all AVPs one is, those of the IETF by their numbers and then the others.
 * @param info its row
 * @return a number below 64
 */
std::size_t
RowOf(const L2tpAvpInfo& info)
{
    return info.vendor == 0
               ? info.type
               : L2TP_AVPS.size() + static_cast<std::size_t>(&info - L2TP_VENDOR_AVPS.data());
}

} // namespace

L2tpControlMessage::L2tpControlMessage(L2tpMessageType type)
{
    Add(L2tpAvps::MESSAGE_TYPE, static_cast<uint16_t>(type));
}

L2tpAvpError
L2tpControlMessage::Parse(L2tpByteView body, L2tpControlMessage& message)
{
    message.m_body.assign(body.begin(), body.end());
    message.m_entries.clear();
    L2tpByteView rest(message.m_body);
    while (!rest.empty())
    {
        L2tpAvp avp;
        const L2tpAvpError error = ParseL2tpAvp(rest, avp);
        if (error != L2tpAvpError::NONE)
        {
            return error;
        }
        Entry entry;
        entry.offset = static_cast<uint32_t>(avp.value.data() - message.m_body.data());
        entry.size = static_cast<uint16_t>(avp.value.size());
        entry.flags = avp.flags;
        entry.vendor = avp.vendor;
        entry.type = avp.type;
        message.m_entries.push_back(entry);
    }
    return L2tpAvpError::NONE;
}

L2tpControlMessage&
L2tpControlMessage::AddRaw(const L2tpAvp& avp)
{
    Entry entry;
    entry.offset = static_cast<uint32_t>(m_body.size() + L2tpAvp::HEADER_SIZE);
    entry.size = static_cast<uint16_t>(avp.value.size());
    entry.flags = avp.flags;
    entry.vendor = avp.vendor;
    entry.type = avp.type;
    m_entries.push_back(entry);
    AppendL2tpAvp(avp, m_body);
    return *this;
}

void
L2tpControlMessage::Reveal(const std::string& secret)
{
    if (secret.empty())
    {
        return;
    }
    std::optional<L2tpByteView> randomVector;
    for (Entry& entry : m_entries)
    {
        const L2tpAvp avp = View(entry);
        if (avp.IsHidden() && randomVector)
        {
            entry.revealed = RevealL2tpValue(avp.type, avp.value, secret, *randomVector);
        }
        else if (avp.vendor == 0 && avp.type == L2tpAvps::RANDOM_VECTOR.type && !avp.IsHidden() &&
                 !avp.HasReservedBits())
        {
            // Section 4.1: one that is not recognized is as if it were not there.
            randomVector = avp.value;
        }
    }
}

void
L2tpControlMessage::Hide(const std::string& secret, const std::function<uint8_t()>& randomOctet)
{
    constexpr std::size_t SEGMENT = 16; // octets that are hidden together
    constexpr std::size_t MAX_VALUE = L2tpAvp::MAX_SIZE - L2tpAvp::HEADER_SIZE;
    // Section 4.4.1: "a random vector of at least 16 octets is recommended".
    std::vector<uint8_t> randomVector(SEGMENT);
    std::generate(randomVector.begin(), randomVector.end(), randomOctet);
    L2tpControlMessage message;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
    {
        L2tpAvp avp = View(m_entries[i]);
        const L2tpAvpInfo* info = FindL2tpAvp(avp.vendor, avp.type);
        const std::size_t length = sizeof(uint16_t) + avp.value.size();
        std::vector<uint8_t> hidden;
        if (info && info->hideable && !avp.IsHidden() && length <= MAX_VALUE)
        {
            // To a whole number of segments, where there is room, so that short values look alike.
            const std::size_t whole = (length + SEGMENT - 1) / SEGMENT * SEGMENT;
            std::vector<uint8_t> padding(std::min(whole, MAX_VALUE) - length);
            std::generate(padding.begin(), padding.end(), randomOctet);
            hidden = HideL2tpValue(avp.type, avp.value, secret, randomVector, padding);
            avp.flags |= L2tpAvp::FLAG_HIDDEN;
            avp.value = hidden;
        }
        message.AddRaw(avp);
        if (i == 0)
        {
            // The Message Type comes first, and the vector before all that is hidden with it.
            message.AddRaw(
                {L2tpAvp::FLAG_MANDATORY, 0, L2tpAvps::RANDOM_VECTOR.type, randomVector});
        }
    }
    *this = message;
}

std::optional<L2tpMessageFault>
L2tpControlMessage::Check()
{
    const std::optional<uint16_t> firstType = ReadType();
    const uint16_t type = firstType.value_or(0);
    const L2tpMessageInfo* info = FindL2tpMessage(type);
    const bool clearsTunnel = !info || info->scope == L2tpMessageScope::TUNNEL;
    if (!firstType)
    {
        // Section 4.4.1: the Message Type AVP MUST be the first AVP in a message.
        return L2tpMessageFault{clearsTunnel,
                                L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                                             "no Message Type AVP comes first")};
    }
    if (!info && GetAvp(0).IsMandatory())
    {
        // Section 4.4.1: unknown and mandatory, "the tunnel MUST be cleared".
        return L2tpMessageFault{
            clearsTunnel,
            L2tpResultCode::GeneralError(L2tpErrorCode::OUT_OF_RANGE,
                                         "unknown message type " + std::to_string(type))};
    }
    if (!info)
    {
        // Section 4.4.1: unknown and not mandatory; the receiver may ignore the message.
        return std::nullopt;
    }
    uint64_t seen = 1;
    for (std::size_t i = 1; i < m_entries.size(); ++i)
    {
        if (const auto code = CheckAvp(m_entries[i], type, seen))
        {
            return L2tpMessageFault{clearsTunnel, *code};
        }
    }
    const std::optional<uint16_t> authenType = Get(L2tpAvps::PROXY_AUTHEN_TYPE);
    for (const L2tpAvpInfo& row : L2TP_AVPS)
    {
        const bool needed =
            row.name && ((row.needed >> type & 1) || IsNeededByProxy(row.type, authenType));
        if (needed && !(seen >> row.type & 1))
        {
            return L2tpMessageFault{clearsTunnel,
                                    L2tpResultCode::GeneralError(
                                        L2tpErrorCode::OUT_OF_RANGE,
                                        std::string(info->name) + " without the AVP " + row.name)};
        }
    }
    return std::nullopt;
}

std::optional<L2tpResultCode>
L2tpControlMessage::CheckAvp(Entry& entry, uint16_t type, uint64_t& seen) const
{
    const L2tpAvp avp = View(entry);
    const L2tpAvpInfo* info = FindL2tpAvp(avp.vendor, avp.type);
    entry.ignored = true;
    // Section 4.1: a reserved bit makes the AVP unrecognized. So does hiding that can't be undone,
    // or of an AVP that MUST NOT be hidden.
    const bool isClear = !avp.IsHidden() || (entry.revealed && info && info->hideable);
    if (!info || avp.HasReservedBits() || !isClear)
    {
        return avp.IsMandatory() ? std::optional(L2tpResultCode::GeneralError(
                                       L2tpErrorCode::UNKNOWN_MANDATORY_AVP,
                                       L2tpAvpLabel(avp.vendor, avp.type)))
                                 : std::nullopt;
    }
    const L2tpByteView value = ValueOf(entry);
    const bool sizeRight = IsSizeRight(*info, value.size());
    if (!sizeRight || !IsInRange(*info, value))
    {
        return avp.IsMandatory()
                   ? std::optional(L2tpResultCode::GeneralError(
                         sizeRight ? L2tpErrorCode::OUT_OF_RANGE : L2tpErrorCode::LENGTH,
                         info->name))
                   : std::nullopt;
    }
    // Section 4.4.1: "More than one Random Vector AVP may appear in a message".
    // RFC 3145, section 3.4: "multiple copies of this AVP MAY be given", one for each NCP.
    const bool mayRepeat =
        avp.vendor == 0 && (avp.type == L2tpAvps::RANDOM_VECTOR.type ||
                            avp.type == L2tpAvps::PPP_DISCONNECT_CAUSE_CODE.type);
    const uint64_t bit = uint64_t(1) << RowOf(*info);
    const bool repeated = seen & bit && !mayRepeat;
    const bool calledFor = (info->needed | info->allowed) >> type & 1;
    if (!repeated && calledFor)
    {
        entry.ignored = false;
        seen |= bit;
    }
    return std::nullopt;
}

std::optional<uint16_t>
L2tpControlMessage::ReadType() const
{
    uint16_t type = 0;
    const bool first = !m_entries.empty() && m_entries[0].vendor == 0 &&
                       m_entries[0].type == L2tpAvps::MESSAGE_TYPE.type &&
                       !(m_entries[0].flags & (L2tpAvp::FLAG_HIDDEN | L2tpAvp::RESERVED_BITS));
    return first && ReadL2tpValue(View(m_entries[0]).value, type) ? std::optional(type)
                                                                  : std::nullopt;
}

uint16_t
L2tpControlMessage::GetType() const
{
    return ReadType().value_or(0);
}

bool
L2tpControlMessage::Is(L2tpMessageType type) const
{
    return GetType() == static_cast<uint16_t>(type);
}

const L2tpMessageInfo*
L2tpControlMessage::GetInfo() const
{
    return FindL2tpMessage(GetType());
}

std::size_t
L2tpControlMessage::GetNAvps() const
{
    return m_entries.size();
}

L2tpAvp
L2tpControlMessage::GetAvp(std::size_t index) const
{
    return View(m_entries[index]);
}

std::size_t
L2tpControlMessage::GetIgnored() const
{
    return std::count_if(m_entries.begin(), m_entries.end(), [](const Entry& entry) {
        return entry.ignored;
    });
}

bool
L2tpControlMessage::IsIgnored(std::size_t index) const
{
    return m_entries[index].ignored;
}

const std::vector<uint8_t>&
L2tpControlMessage::GetBody() const
{
    return m_body;
}

std::optional<L2tpByteView>
L2tpControlMessage::GetClearValue(std::size_t index) const
{
    const Entry& entry = m_entries[index];
    return IsInClear(entry) ? std::optional(ValueOf(entry)) : std::nullopt;
}

bool
L2tpControlMessage::IsInClear(const Entry& entry)
{
    return entry.revealed || !(entry.flags & L2tpAvp::FLAG_HIDDEN);
}

bool
L2tpControlMessage::IsOfKind(const Entry& entry, uint16_t vendor, uint16_t type)
{
    return entry.type == type && entry.vendor == vendor && !entry.ignored && IsInClear(entry);
}

const L2tpControlMessage::Entry*
L2tpControlMessage::Find(uint16_t vendor, uint16_t type) const
{
    for (const Entry& entry : m_entries)
    {
        if (IsOfKind(entry, vendor, type))
        {
            return &entry;
        }
    }
    return nullptr;
}

L2tpByteView
L2tpControlMessage::ValueOf(const Entry& entry) const
{
    return entry.revealed ? L2tpByteView(*entry.revealed) : View(entry).value;
}

L2tpAvp
L2tpControlMessage::View(const Entry& entry) const
{
    return {entry.flags,
            entry.vendor,
            entry.type,
            L2tpByteView(m_body).Sub(entry.offset, entry.size)};
}

} // namespace ns3
