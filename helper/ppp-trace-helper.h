/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PPP_TRACE_HELPER_H
#define PPP_TRACE_HELPER_H

#include "ns3/l2tp-session-terminator.h"
#include "ns3/trace-helper.h"

#include <string>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief Pcap and ascii traces of PPP devices, by ns-3's own conventions.
 *
 * Pcap files are of link type PPP, so that Wireshark shows LCP, authentication, IPCP and what is
 * inside; those of serial lines (L2SerialNetDevice) of link type PPP_SERIAL, which reads the same.
 * Devices of other kinds are passed over. Ascii traces are of PPP devices only.
 */
class PppTraceHelper : public PcapHelperForDevice, public AsciiTraceHelperForDevice
{
  public:
    /**
     * @brief Write a pcap file for each device that a terminator makes from now on.
     * @param prefix what the file names begin with
     * @param terminator a terminator with the trace source NewDevice, or null
     */
    static void EnablePcapOfSessions(const std::string& prefix,
                                     Ptr<L2tpSessionTerminator> terminator);

  private:
    void EnablePcapInternal(std::string prefix,
                            Ptr<NetDevice> nd,
                            bool promiscuous,
                            bool explicitFilename) override;
    void EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                             std::string prefix,
                             Ptr<NetDevice> nd,
                             bool explicitFilename) override;
};

} // namespace ns3

#endif /* PPP_TRACE_HELPER_H */
