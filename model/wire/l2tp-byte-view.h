/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_BYTE_VIEW_H
#define L2TP_BYTE_VIEW_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Octets that somebody else owns, to be read and not kept.
 *
 * What std::span<const uint8_t> is in C++20, for the C++17 that ns-3.37 is built with.
 */
class L2tpByteView
{
  public:
    /// An empty view.
    constexpr L2tpByteView() = default;

    /**
     * @brief View some octets.
     * @param data the first of them
     * @param size how many
     */
    constexpr L2tpByteView(const uint8_t* data, std::size_t size)
        : m_data(data),
          m_size(size)
    {
    }

    /**
     * @brief View a vector's octets, valid until it changes.
     * @param octets the vector
     */
    L2tpByteView(const std::vector<uint8_t>& octets)
        : m_data(octets.data()),
          m_size(octets.size())
    {
    }

    /**
     * @brief The first octet's place.
     * @return a pointer that may be null if the view is empty
     */
    constexpr const uint8_t* data() const
    {
        return m_data;
    }

    /**
     * @brief How many octets there are.
     * @return the number
     */
    constexpr std::size_t size() const
    {
        return m_size;
    }

    /**
     * @brief Tell whether there is nothing to see.
     * @return true if the size is 0
     */
    constexpr bool empty() const
    {
        return m_size == 0;
    }

    /**
     * @brief Where iteration begins.
     * @return the first octet's place
     */
    constexpr const uint8_t* begin() const
    {
        return m_data;
    }

    /**
     * @brief Where iteration ends.
     * @return the place behind the last octet
     */
    constexpr const uint8_t* end() const
    {
        return m_data + m_size;
    }

    /**
     * @brief One octet.
     * @param index which, below size()
     * @return the octet
     */
    constexpr uint8_t operator[](std::size_t index) const
    {
        return m_data[index];
    }

    /**
     * @brief A part of the view.
     * @param from the first octet of the part, at most size()
     * @param count how many octets; what is beyond the end is left out
     * @return the part
     */
    constexpr L2tpByteView Sub(std::size_t from, std::size_t count = SIZE_MAX) const
    {
        return {m_data + from, count < m_size - from ? count : m_size - from};
    }

    /**
     * @brief Copy the octets into a string.
     * @return a string of the same octets, whatever they are
     */
    std::string ToString() const
    {
        return std::string(begin(), end());
    }

  private:
    const uint8_t* m_data{nullptr}; //!< the first octet
    std::size_t m_size{0};          //!< how many there are
};

} // namespace ns3

#endif /* L2TP_BYTE_VIEW_H */
