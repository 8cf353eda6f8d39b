/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ID_TABLE_H
#define L2TP_ID_TABLE_H

#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Tunnels or calls by their 16-bit ID.
 * @tparam T what is kept, by reference
 */
template <typename T>
class L2tpIdTable
{
  public:
    static constexpr std::size_t CAPACITY = 65535; //!< every ID but 0, which is special

    /**
     * @brief Look an ID up.
     * @param id the ID
     * @return what has it, or null
     */
    Ptr<T> Find(uint16_t id) const
    {
        const auto it = m_entries.find(id);
        return it == m_entries.end() ? nullptr : it->second;
    }

    /**
     * @brief Give an ID to something.
     * @param id the ID
     * @param entry what gets it
     */
    void Insert(uint16_t id, Ptr<T> entry)
    {
        m_entries[id] = entry;
    }

    /**
     * @brief Free an ID.
     * @param id the ID
     */
    void Erase(uint16_t id)
    {
        m_entries.erase(id);
    }

    /**
     * @brief Pick a free ID, unpredictably (RFC 2661, section 9.1).
     * @param random where the choice comes from
     * @return the ID, never 0 unless all are taken
     */
    uint16_t PickFree(Ptr<RandomVariableStream> random) const
    {
        // From a random start, the first free one: few steps while the table is not nearly full.
        return FindFree(random->GetInteger());
    }

    /**
     * @brief Find the first free ID from one on.
     * @param id the one; 0 follows 65535, and is none
     * @return the ID, never 0 unless all are taken
     */
    uint16_t FindFree(uint16_t id) const
    {
        if (m_entries.size() >= CAPACITY)
        {
            return 0;
        }
        while (id == 0 || m_entries.find(id) != m_entries.end())
        {
            ++id;
        }
        return id;
    }

    /// How many IDs are taken. @return the number
    std::size_t GetSize() const
    {
        return m_entries.size();
    }

    /**
     * @brief All entries, by rising ID: the same order on every machine, and a copy that stands
     * still while entries come and go.
     * @return the entries
     */
    std::vector<Ptr<T>> GetAll() const;

  private:
    std::unordered_map<uint16_t, Ptr<T>> m_entries; //!< by ID
};

template <typename T>
std::vector<Ptr<T>>
L2tpIdTable<T>::GetAll() const
{
    std::vector<uint16_t> ids;
    ids.reserve(m_entries.size());
    for (const auto& entry : m_entries)
    {
        ids.push_back(entry.first);
    }
    std::sort(ids.begin(), ids.end());
    std::vector<Ptr<T>> all;
    all.reserve(ids.size());
    for (const uint16_t id : ids)
    {
        all.push_back(Find(id));
    }
    return all;
}

} // namespace ns3

#endif /* L2TP_ID_TABLE_H */
