/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_PROFILE_H
#define L2TP_PROFILE_H

#include "ns3/attribute.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief How a real implementation behaves, in attributes of L2tpEndpoint.
 *
 * Each profile sets the same attributes, all of those that profiles are about, so that one replaces
 * another entirely. What its source doesn't tell is as in profile "rfc2661", the defaults.
 * doc/control-policies.rst has the table of them, with schedules and sources.
 *
 * @code
 *   L2tpProfile::Get("xl2tpd").ApplyTo(*lac);                      // before the LAC starts
 *   lac->SetAttribute("HelloInterval", TimeValue(Seconds(10)));    // what is set later wins
 * @endcode
 */
class L2tpProfile
{
  public:
    /// Takes a setting: the name of an attribute of L2tpEndpoint, and its value.
    using Setter = std::function<void(const std::string&, const AttributeValue&)>;

    /**
     * @brief Make a profile.
     * @param name its name: lower-case letters, digits and hyphens
     * @param source where its settings come from
     * @param settings names of attributes, and their values as texts
     */
    L2tpProfile(std::string name,
                std::string source,
                std::vector<std::pair<std::string, std::string>> settings);

    /// All profiles. @return them, "rfc2661" first
    static const std::vector<L2tpProfile>& GetAll();

    /**
     * @brief Find a profile. An unknown name stops the program, and the known ones are listed.
     * @param name its name
     * @return the profile
     */
    static const L2tpProfile& Get(const std::string& name);

    /// The name. @return it
    const std::string& GetName() const;

    /// Where the settings come from. @return the documentation or source code
    const std::string& GetSource() const;

    /// The settings. @return names of attributes, and their values as texts
    const std::vector<std::pair<std::string, std::string>>& GetSettings() const;

    /**
     * @brief Hand each setting on, as to SetLacAttribute() of a helper.
     * @param set takes it
     */
    void ApplyBy(const Setter& set) const;

    /**
     * @brief Set the attributes of an endpoint, before it starts.
     * @param endpoint a LAC or LNS
     */
    void ApplyTo(ObjectBase& endpoint) const;

  private:
    std::string m_name;                                          //!< the name
    std::string m_source;                                        //!< where it is from
    std::vector<std::pair<std::string, std::string>> m_settings; //!< attributes and values
};

} // namespace ns3

#endif /* L2TP_PROFILE_H */
