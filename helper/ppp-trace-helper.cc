/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-trace-helper.h"

#include "ns3/config.h"
#include "ns3/l2-serial-net-device.h"
#include "ns3/ppp-device.h"

namespace ns3
{

namespace
{

/// PPP in HDLC-like framing, by the list of link types that pcap files have; ns-3 has no name for
/// it.
constexpr auto DLT_PPP_SERIAL = static_cast<PcapHelper::DataLinkType>(50);

/**
 * @brief Write a pcap file for a device that has just been made.
 * @param prefix what the file name begins with
 * @param device the device
 */
void
EnablePcapOf(std::string prefix, Ptr<PppDevice> device)
{
    PppTraceHelper().EnablePcap(prefix, device);
}

} // namespace

void
PppTraceHelper::EnablePcapOfSessions(const std::string& prefix,
                                     Ptr<L2tpSessionTerminator> terminator)
{
    if (terminator)
    {
        terminator->TraceConnectWithoutContext("NewDevice",
                                               MakeBoundCallback(&EnablePcapOf, prefix));
    }
}

void
PppTraceHelper::EnablePcapInternal(std::string prefix,
                                   Ptr<NetDevice> nd,
                                   bool promiscuous,
                                   bool explicitFilename)
{
    const Ptr<L2SerialNetDevice> serial = nd->GetObject<L2SerialNetDevice>();
    if (!serial && !nd->GetObject<PppDevice>())
    {
        return;
    }
    PcapHelper pcap;
    const std::string name = explicitFilename ? prefix : pcap.GetFilenameFromDevice(prefix, nd);
    Ptr<PcapFileWrapper> file =
        pcap.CreateFile(name, std::ios::out, serial ? DLT_PPP_SERIAL : PcapHelper::DLT_PPP);
    pcap.HookDefaultSink<NetDevice>(nd, promiscuous ? "PromiscSniffer" : "Sniffer", file);
}

void
PppTraceHelper::EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                                    std::string prefix,
                                    Ptr<NetDevice> nd,
                                    bool explicitFilename)
{
    Ptr<PppDevice> device = nd->GetObject<PppDevice>();
    if (!device)
    {
        return;
    }
    Packet::EnablePrinting();
    AsciiTraceHelper ascii;
    if (!stream)
    {
        stream = ascii.CreateFileStream(
            explicitFilename ? prefix : ascii.GetFilenameFromDevice(prefix, device));
        ascii.HookDefaultEnqueueSinkWithoutContext<PppDevice>(device, "MacTx", stream);
        ascii.HookDefaultDropSinkWithoutContext<PppDevice>(device, "MacTxDrop", stream);
        ascii.HookDefaultReceiveSinkWithoutContext<PppDevice>(device, "MacRx", stream);
        ascii.HookDefaultDropSinkWithoutContext<PppDevice>(device, "PhyRxDrop", stream);
        return;
    }
    const std::string path = "/NodeList/" + std::to_string(device->GetNode()->GetId()) +
                             "/DeviceList/" + std::to_string(device->GetIfIndex()) + "/$" +
                             device->GetInstanceTypeId().GetName() + "/";
    Config::Connect(path + "MacTx",
                    MakeBoundCallback(&AsciiTraceHelper::DefaultEnqueueSinkWithContext, stream));
    Config::Connect(path + "MacTxDrop",
                    MakeBoundCallback(&AsciiTraceHelper::DefaultDropSinkWithContext, stream));
    Config::Connect(path + "MacRx",
                    MakeBoundCallback(&AsciiTraceHelper::DefaultReceiveSinkWithContext, stream));
    Config::Connect(path + "PhyRxDrop",
                    MakeBoundCallback(&AsciiTraceHelper::DefaultDropSinkWithContext, stream));
}

} // namespace ns3
