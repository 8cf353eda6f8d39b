/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_ENDS_HELPER_H
#define L2TP_ENDS_HELPER_H

#include "ns3/attribute.h"

#include <string>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What helpers that make both ends of tunnels have in common: how the ends are set up.
 */
class L2tpEndsHelper
{
  public:
    virtual ~L2tpEndsHelper() = default;

    /// Set an attribute of L2tpLac. @param name the attribute @param value its value
    virtual void SetLacAttribute(const std::string& name, const AttributeValue& value) = 0;
    /// Set an attribute of L2tpLns. @param name the attribute @param value its value
    virtual void SetLnsAttribute(const std::string& name, const AttributeValue& value) = 0;
    /// Set an attribute of both. @param name the attribute of L2tpEndpoint @param value its value
    void SetEndpointAttribute(const std::string& name, const AttributeValue& value);

    /**
     * @brief Let the LACs to come behave as a real implementation does.
     * @param profile its name, of those that L2tpProfile has. It sets attributes: those that are
     *        set after it win.
     */
    void SetLacProfile(const std::string& profile);
    /// The same for the LNSs to come. @param profile its name
    void SetLnsProfile(const std::string& profile);
    /// The same for both. @param profile its name
    void SetProfile(const std::string& profile);
};

} // namespace ns3

#endif /* L2TP_ENDS_HELPER_H */
