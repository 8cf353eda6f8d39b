/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FUZZ_INPUT_H
#define L2TP_FUZZ_INPUT_H

#include "ns3/l2tp-byte-view.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/// An input that is read piece by piece, to say what is to be done. Behind its end are zeros.
class FuzzInput
{
  public:
    /// Begin. @param data the input's octets @param size how many
    FuzzInput(const uint8_t* data, std::size_t size)
        : m_rest(data, size)
    {
    }

    /// Whether all has been read. @return true if so
    bool IsAtEnd() const
    {
        return m_rest.empty();
    }

    /// Read an octet. @return it
    uint8_t Octet()
    {
        const uint8_t octet = m_rest.empty() ? 0 : m_rest[0];
        m_rest = m_rest.Sub(std::min<std::size_t>(1, m_rest.size()));
        return octet;
    }

    /// Read two octets. @return them as a number
    uint16_t Number()
    {
        const uint8_t high = Octet();
        return static_cast<uint16_t>(high << 8 | Octet());
    }

    /// Read octets. @param count how many; there may be fewer left @return them
    std::vector<uint8_t> Octets(std::size_t count)
    {
        const L2tpByteView taken = m_rest.Sub(0, count);
        m_rest = m_rest.Sub(taken.size());
        return {taken.begin(), taken.end()};
    }

    /// Read how many octets there are, and them. @return them
    std::vector<uint8_t> Counted()
    {
        return Octets(Octet());
    }

    /// Read how many octets there are, and them. @return them
    std::string CountedText()
    {
        const std::vector<uint8_t> octets = Counted();
        return {octets.begin(), octets.end()};
    }

    /// Read what is left. @return it
    std::vector<uint8_t> Rest()
    {
        return Octets(m_rest.size());
    }

  private:
    L2tpByteView m_rest; //!< what was not read yet
};

} // namespace ns3

#endif /* L2TP_FUZZ_INPUT_H */
