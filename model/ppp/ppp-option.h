/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_OPTION_H
#define PPP_OPTION_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief A Configuration Option: Type, Length and Data (RFC 1661, section 6).
 */
struct PppOption
{
    uint8_t type{0};           //!< the Type field
    std::vector<uint8_t> data; //!< the Data field, at most 253 octets

    /**
     * @brief Make an option of two octets of data.
     * @param type the Type field
     * @param value the data
     * @return the option
     */
    static PppOption Of16(uint8_t type, uint16_t value);

    /**
     * @brief Make an option of four octets of data.
     * @param type the Type field
     * @param value the data
     * @return the option
     */
    static PppOption Of32(uint8_t type, uint32_t value);

    /**
     * @brief Get the first two octets of the data.
     * @return them as a number, 0 if there are fewer
     */
    uint16_t Get16() const;

    /**
     * @brief Get the first four octets of the data.
     * @return them as a number, 0 if there are fewer
     */
    uint32_t Get32() const;

    /**
     * @brief Compare with another option.
     * @param other the other option
     * @return true if type and data are the same
     */
    bool operator==(const PppOption& other) const;
};

/// A list of options, in the order of the packet.
using PppOptionList = std::vector<PppOption>;

/**
 * @brief Read a list of options, which fills the data of a Configure packet.
 * @param data the octets
 * @param size how many there are
 * @param options set to the options, if the result is true
 * @return false if an option's Length is below 2 or extends beyond the end (RFC 1661, section 6:
 *         "the entire packet is silently discarded")
 */
bool ParsePppOptions(const uint8_t* data, std::size_t size, PppOptionList& options);

/**
 * @brief Write a list of options.
 * @param options the options
 * @return the octets
 */
std::vector<uint8_t> SerializePppOptions(const PppOptionList& options);

/**
 * @brief Find the first option of a type.
 * @param options where to look
 * @param type the Type field
 * @return the option, or null
 */
const PppOption* FindPppOption(const PppOptionList& options, uint8_t type);

} // namespace ns3

#endif /* PPP_OPTION_H */
