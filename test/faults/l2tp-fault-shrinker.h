/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_FAULT_SHRINKER_H
#define L2TP_FAULT_SHRINKER_H

#include "l2tp-fault-plan.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace ns3
{

/// Seconds of processor time after which a run is taken to go round for ever.
constexpr unsigned int L2TP_FAULT_TIMEOUT = 60;

/**
 * @brief Makes a run that fails smaller: it leaves out what is not needed for it to fail.
 *
 * Halves of all parts are tried first, then ever smaller pieces, down to single ones (Zeller's
 * delta debugging). Each try is a process of its own, so that one that crashes or doesn't end has
 * failed like any other.
 */
class L2tpFaultShrinker
{
  public:
    /// Tells whether a run fails that leaves out some parts.
    using Judge = std::function<bool(const L2tpFaultParts&)>;

    /// Make one. @param seed of the run
    explicit L2tpFaultShrinker(uint64_t seed);
    /// Make one that asks somebody else. @param seed of the run @param judge tells whether it fails
    L2tpFaultShrinker(uint64_t seed, Judge judge);

    /// Whether the run fails. @param without what is left out
    bool Fails(const L2tpFaultParts& without);
    /// Leave out what can be. @return what that is
    L2tpFaultParts Shrink();

    /// How many runs were tried. @return the number
    uint32_t GetTries() const;

    /// Parts in words, as "0-3,7". @param parts they
    static std::string ToText(const L2tpFaultParts& parts);
    /// The same the other way round. @param text the words @return nothing if they are none
    static std::optional<L2tpFaultParts> FromText(const std::string& text);

  private:
    /// Do a run, in a process of its own. @param seed of the run @param without what is left out
    /// @return whether it fails
    static bool Try(uint64_t seed, const L2tpFaultParts& without);

    uint64_t m_seed;     //!< of the run
    Judge m_judge;       //!< tells whether it fails
    uint32_t m_tries{0}; //!< runs
};

} // namespace ns3

#endif /* L2TP_FAULT_SHRINKER_H */
