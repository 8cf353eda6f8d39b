/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ID_TABLE_H
#define L2TP_ID_TABLE_H

#include "ns3/nstime.h"
#include "ns3/ptr.h"
#include "ns3/random-variable-stream.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <unordered_set>
#include <utility>
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
    /// From how many IDs on, taken or retired, those that were retired first are picked again: the
    /// rest is enough to find a free one soon.
    static constexpr std::size_t CROWDED = CAPACITY / 4 * 3;

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
     * @param id the ID, one that isn't retired
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
     * @brief Free an ID whose peer may still speak of what had it: nothing else gets it for a
     * while, unless IDs are running out.
     * @param id the ID
     * @param rest for how long
     */
    void Retire(uint16_t id, Time rest)
    {
        Erase(id);
        if (m_retired.insert(id).second)
        {
            m_retirements.emplace_back(Simulator::Now() + rest, id);
        }
    }

    /**
     * @brief Pick a free ID, unpredictably (RFC 2661, section 9.1).
     * @param random where the choice comes from
     * @return the ID, never 0 unless all are taken
     */
    uint16_t PickFree(Ptr<RandomVariableStream> random)
    {
        while (!m_retirements.empty() && (m_retirements.front().first <= Simulator::Now() ||
                                          m_entries.size() + m_retired.size() >= CROWDED))
        {
            m_retired.erase(m_retirements.front().second);
            m_retirements.pop_front();
        }
        // From a random start, the first free one: few steps while the table is not nearly full.
        return FindFree(random->GetInteger());
    }

    /**
     * @brief Find the first free ID from one on.
     * @param id the one; 0 follows 65535, and is none
     * @return the ID, never 0 unless all are taken or retired
     */
    uint16_t FindFree(uint16_t id) const
    {
        if (m_entries.size() + m_retired.size() >= CAPACITY)
        {
            return 0;
        }
        while (id == 0 || m_entries.count(id) > 0 || m_retired.count(id) > 0)
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
    std::unordered_map<uint16_t, Ptr<T>> m_entries;      //!< by ID
    std::unordered_set<uint16_t> m_retired;              //!< free, but not to be picked yet
    std::deque<std::pair<Time, uint16_t>> m_retirements; //!< until when they are, first ones first
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
