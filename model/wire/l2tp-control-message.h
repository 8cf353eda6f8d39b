/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_CONTROL_MESSAGE_H
#define L2TP_CONTROL_MESSAGE_H

#include "l2tp-avp-catalog.h"
#include "l2tp-avp.h"
#include "l2tp-result-code.h"

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @brief Why a control message can't be accepted as it is, and what the RFC asks for then.
 *
 * The scope of the message (L2tpMessageInfo::scope) decides whether the tunnel or the session is
 * cleared; code is what to put into the StopCCN or CDN.
 */
struct L2tpMessageFault
{
    bool clearsTunnel{true}; //!< false if only the session is cleared (RFC 2661, section 4.1)
    L2tpResultCode code;     //!< the value for the Result Code AVP
};

/**
 * @ingroup l2tp
 *
 * @brief A control message: its AVPs, to be read and written by name and type.
 *
 * A message holds the octets that follow the header, and where each AVP lies in them. It is read
 * with a key of L2tpAvps, which fixes the C++ type of the value:
 * @code
 *   L2tpControlMessage reply(L2tpMessageType::ICRP);
 *   reply.Add(L2tpAvps::ASSIGNED_SESSION_ID, uint16_t(17));
 *   std::optional<uint16_t> id = received.Get(L2tpAvps::ASSIGNED_SESSION_ID);
 * @endcode
 */
class L2tpControlMessage
{
  public:
    /// An empty message, to be parsed into.
    L2tpControlMessage() = default;

    /**
     * @brief Begin a message with its Message Type AVP.
     * @param type which message
     */
    explicit L2tpControlMessage(L2tpMessageType type);

    /**
     * @brief Parse the octets that follow the header.
     *
     * Checks the form of the AVPs only; Check() judges what they say.
     *
     * @param body the octets; copied
     * @param message receives the message, with all AVPs before the error if there is one
     * @return what is wrong, or NONE
     */
    static L2tpAvpError Parse(L2tpByteView body, L2tpControlMessage& message);

    /**
     * @brief Reveal the hidden AVPs (section 4.3), to be done before Check().
     *
     * Each is revealed with the Random Vector most closely preceding it, of those that are neither
     * hidden nor bear a reserved bit. One that can't be revealed stays hidden, and counts as
     * unrecognized.
     * @param secret the secret that both ends share; if empty there is none, and nothing is
     * revealed
     */
    void Reveal(const std::string& secret);

    /**
     * @brief Hide all AVPs that may be hidden (section 4.3), behind one Random Vector.
     * @param secret the secret that both ends share
     * @param randomOctet draws an octet of the Random Vector or of the padding
     */
    void Hide(const std::string& secret, const std::function<uint8_t()>& randomOctet);

    /**
     * @brief Judge the message by the AVP and message catalogues (RFC 2661, sections 4.1, 4.4.1
     * and 7.1).
     *
     * AVPs that are to be ignored (unrecognized or malformed ones without the M bit, ones that the
     * message does not call for, repetitions of those that may stand there once) are not found by
     * Get() and Has() afterwards, and are counted by GetIgnored().
     *
     * @return what the RFC asks for if the message can't be accepted, nothing if it can
     */
    std::optional<L2tpMessageFault> Check();

    /**
     * @brief Append an AVP, with the M bit of the catalogue.
     * @param key which
     * @param value its value
     * @return this message, so that calls can be chained
     */
    template <typename T>
    L2tpControlMessage& Add(const L2tpAvpKey<T>& key, const T& value)
    {
        std::vector<uint8_t> octets;
        AppendL2tpValue(value, octets);
        const bool mandatory = FindL2tpAvp(key.vendor, key.type)->mandatory;
        const uint16_t flags = mandatory ? L2tpAvp::FLAG_MANDATORY : 0;
        return AddRaw({flags, key.vendor, key.type, octets});
    }

    /**
     * @brief Append any AVP, for tests and vendors' extensions.
     * @param avp the AVP; its value is copied
     * @return this message, so that calls can be chained
     */
    L2tpControlMessage& AddRaw(const L2tpAvp& avp);

    /**
     * @brief Read the first AVP of a kind.
     * @param key which
     * @return its value; nothing if it is absent, hidden or malformed
     */
    template <typename T>
    std::optional<T> Get(const L2tpAvpKey<T>& key) const
    {
        T value{};
        const Entry* entry = Find(key.vendor, key.type);
        if (!entry || !ReadL2tpValue(ValueOf(*entry), value))
        {
            return std::nullopt;
        }
        return value;
    }

    /**
     * @brief Read all AVPs of a kind, for those that may be repeated.
     * @param key which
     * @return the values of those that count and are well formed, in the message's order
     */
    template <typename T>
    std::vector<T> GetAll(const L2tpAvpKey<T>& key) const
    {
        std::vector<T> values;
        for (const Entry& entry : m_entries)
        {
            T value{};
            if (IsOfKind(entry, key.vendor, key.type) && ReadL2tpValue(ValueOf(entry), value))
            {
                values.push_back(value);
            }
        }
        return values;
    }

    /**
     * @brief Tell whether the message has an AVP that counts.
     * @param key which
     * @return true if it is there
     */
    template <typename T>
    bool Has(const L2tpAvpKey<T>& key) const
    {
        return Find(key.vendor, key.type) != nullptr;
    }

    /**
     * @brief The message type.
     * @return the value of the Message Type AVP, 0 if it does not come first or is malformed
     */
    uint16_t GetType() const;

    /**
     * @brief Compare the message type.
     * @param type a type
     * @return true if it is this message's
     */
    bool Is(L2tpMessageType type) const;

    /**
     * @brief The catalogue's row of this message.
     * @return the row, or null if the RFC does not define the message
     */
    const L2tpMessageInfo* GetInfo() const;

    /// How many AVPs there are, ignored ones too. @return the number
    std::size_t GetNAvps() const;

    /// One AVP. @param index which, in the message's order @return it, viewing this message's
    /// octets
    L2tpAvp GetAvp(std::size_t index) const;

    /**
     * @brief The value of one AVP in clear, as Reveal() found it if the AVP is hidden.
     * @param index which, in the message's order
     * @return the octets, viewing this message's; nothing if the AVP is hidden and not revealed
     */
    std::optional<L2tpByteView> GetClearValue(std::size_t index) const;

    /// How many AVPs Check() told to ignore. @return the number
    std::size_t GetIgnored() const;

    /// Whether Check() told to ignore an AVP. @param index which, in the message's order @return
    /// true if so
    bool IsIgnored(std::size_t index) const;

    /// The octets that follow the header. @return the AVPs as they go on the wire
    const std::vector<uint8_t>& GetBody() const;

  private:
    /// Where an AVP lies in the body.
    struct Entry
    {
        uint32_t offset{0};                             //!< of the value
        uint16_t size{0};                               //!< of the value
        uint16_t flags{0};                              //!< M, H and the reserved bits
        uint16_t vendor{0};                             //!< Vendor ID
        uint16_t type{0};                               //!< Attribute Type
        bool ignored{false};                            //!< whether to go on as if it were absent
        std::optional<std::vector<uint8_t>> revealed{}; //!< the value, if it was hidden
    };

    /// Tell whether the value can be read. @param entry an AVP @return true if it is not hidden, or
    /// revealed
    static bool IsInClear(const Entry& entry);

    /**
     * @brief Tell whether an AVP is of a kind, counts, and can be read.
     * @param entry the AVP
     * @param vendor Vendor ID
     * @param type Attribute Type
     * @return true if so
     */
    static bool IsOfKind(const Entry& entry, uint16_t vendor, uint16_t type);

    /**
     * @brief Find the first AVP of a kind that counts.
     * @param vendor Vendor ID
     * @param type Attribute Type
     * @return its entry, or null
     */
    const Entry* Find(uint16_t vendor, uint16_t type) const;

    /**
     * @brief The value of an AVP, in clear.
     * @param entry the AVP, which is not hidden or revealed
     * @return the value, viewing this message's octets
     */
    L2tpByteView ValueOf(const Entry& entry) const;

    /**
     * @brief The AVP of an entry.
     * @param entry the entry
     * @return the AVP, viewing this message's octets
     */
    L2tpAvp View(const Entry& entry) const;

    /**
     * @brief Read the Message Type AVP.
     * @return its value; nothing if it does not come first or is malformed
     */
    std::optional<uint16_t> ReadType() const;

    /**
     * @brief Judge one AVP, which is not the Message Type.
     * @param entry the AVP
     * @param type the message type
     * @param seen the AVPs that came before it, a bit each; this one is added
     * @return what to clear with if its M bit makes the error fatal
     */
    std::optional<L2tpResultCode> CheckAvp(Entry& entry, uint16_t type, uint64_t& seen) const;

    std::vector<uint8_t> m_body;                         //!< the octets behind the header
    boost::container::small_vector<Entry, 12> m_entries; //!< where each AVP lies
};

} // namespace ns3

#endif /* L2TP_CONTROL_MESSAGE_H */
