/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Pcap and ascii traces of the PPP devices of a tunnel.

#include "l2tp-test-network.h"

#include "ns3/l2tp-interface-per-session.h"
#include "ns3/pcap-file.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-protocol.h"
#include "ns3/trace-helper.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

using namespace ns3;

namespace
{

class PppTraceHelperTest : public L2tpNetworkTest
{
  protected:
    /// What the files of this test begin with.
    static std::string Prefix()
    {
        return ::testing::TempDir() + "ppp-trace-helper-" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name();
    }

    /// The name of a device's file, by ns-3's rule. @param device it @param kind "pcap" or "tr"
    static std::string NameOf(Ptr<NetDevice> device, const char* kind)
    {
        std::ostringstream name;
        name << Prefix() << "-" << device->GetNode()->GetId() << "-" << device->GetIfIndex() << "."
             << kind;
        return name.str();
    }

    /**
     * @brief Read and delete a pcap file.
     * @param name its name
     * @return how many frames of each PPP protocol it has
     */
    static std::map<uint16_t, uint32_t> ReadPcap(const std::string& name)
    {
        std::map<uint16_t, uint32_t> frames;
        PcapFile file;
        file.Open(name, std::ios::in);
        EXPECT_FALSE(file.Fail()) << name;
        EXPECT_EQ(file.GetDataLinkType(), PcapHelper::DLT_PPP);
        uint8_t data[2000];
        uint32_t seconds = 0;
        uint32_t microseconds = 0;
        uint32_t included = 0;
        uint32_t original = 0;
        uint32_t size = 0;
        for (;;)
        {
            file.Read(data, sizeof(data), seconds, microseconds, included, original, size);
            if (file.Eof() || file.Fail())
            {
                break;
            }
            PppFrameHeader header;
            EXPECT_EQ(PppFrameHeader::Parse(data, size, header), PppFrameError::NONE);
            ++frames[header.GetProtocol()];
        }
        file.Close();
        std::remove(name.c_str());
        return frames;
    }

    /// Read and delete a text file. @param name its name @return its lines by their first letter
    static std::map<char, uint32_t> ReadAscii(const std::string& name)
    {
        std::map<char, uint32_t> lines;
        std::ifstream file(name);
        EXPECT_TRUE(file) << name;
        for (std::string line; std::getline(file, line);)
        {
            ++lines[line.empty() ? ' ' : line[0]];
        }
        std::remove(name.c_str());
        return lines;
    }

    /// What a tunnel's PPP sends both ways until one datagram and its echo have passed.
    const std::map<uint16_t, uint32_t> expected{{ppp_protocol::LCP, 4},
                                                {ppp_protocol::CHAP, 3},
                                                {ppp_protocol::IPCP, 6},
                                                {ppp_protocol::IPV4, 2}};
};

} // namespace

TEST_F(PppTraceHelperTest, WritesPcapOfClientsAndOfDevicesThatTheLnsMakes)
{
    Build();
    Install();
    vpn->Install(NodeContainer(), net->lns); // the same LNS once more
    vpn->EnablePcapAll(Prefix());
    std::string lnsFile;
    Lns()->GetTerminator()->TraceConnectWithoutContext(
        "NewDevice",
        Callback<void, Ptr<PppDevice>>(
            [&](Ptr<PppDevice> device) { lnsFile = NameOf(device, "pcap"); }));
    const std::string clientFile = NameOf(tunnels.GetDevice(0), "pcap");
    RunUntil(Seconds(1));
    L2tpTestProbe(net->hosts.Get(0), net->serverAddress).Send();
    RunUntil(Seconds(2));
    Clear(); // closes the files
    EXPECT_EQ(ReadPcap(clientFile), expected);
    EXPECT_EQ(ReadPcap(lnsFile), expected);
}

TEST_F(PppTraceHelperTest, PassesOverDevicesOfOtherKinds)
{
    Build();
    Install();
    PppTraceHelper helper;
    const auto other = net->hosts.Get(0)->GetDevice(1);
    helper.EnablePcap(Prefix(), other);
    helper.EnableAscii(Prefix(), other);
    EXPECT_FALSE(std::ifstream(NameOf(other, "pcap")));
    EXPECT_FALSE(std::ifstream(NameOf(other, "tr")));
}

TEST_F(PppTraceHelperTest, WritesToTheFileNamed)
{
    Build();
    Install();
    const std::string name = Prefix() + "-explicit.pcap";
    PppTraceHelper().EnablePcap(name, tunnels.GetDevice(0), true, true);
    RunUntil(Seconds(1));
    L2tpTestProbe(net->hosts.Get(0), net->serverAddress).Send();
    RunUntil(Seconds(2));
    Clear();
    EXPECT_EQ(ReadPcap(name), expected);
}

TEST_F(PppTraceHelperTest, WritesALineForEachPacketSentAndReceived)
{
    Build();
    Install();
    PppTraceHelper helper;
    const std::string one = Prefix() + "-all.tr";
    const std::string each = NameOf(tunnels.GetDevice(0), "tr");
    helper.EnableAscii(Prefix(), tunnels.GetDevice(0));
    helper.EnableAscii(AsciiTraceHelper().CreateFileStream(one), tunnels.GetDevice(0));
    RunUntil(Seconds(1));
    L2tpTestProbe(net->hosts.Get(0), net->serverAddress).Send();
    RunUntil(Seconds(2));
    Clear();
    const std::map<char, uint32_t> lines{{'+', 1}, {'r', 1}};
    EXPECT_EQ(ReadAscii(one), lines);
    EXPECT_EQ(ReadAscii(each), lines);
}

TEST_F(PppTraceHelperTest, OpensOneFileForADeviceOfAnLnsInstalledTwice)
{
    const std::filesystem::path open = "/proc/self/fd";
    if (!std::filesystem::exists(open))
    {
        GTEST_SKIP() << "this system does not tell which files are open";
    }
    Build();
    Install();
    vpn->Install(net->hosts, net->lns);
    vpn->EnablePcapAll(Prefix());
    RunUntil(Seconds(1));
    const auto call = Lns()->GetTunnels().at(0)->GetCalls().at(0);
    const auto terminator = DynamicCast<L2tpInterfacePerSession>(Lns()->GetTerminator());
    const std::string name =
        std::filesystem::path(NameOf(terminator->GetDevice(Lns()->GetLeg(call)), "pcap"))
            .filename()
            .string();
    uint32_t opened = 0;
    for (const auto& descriptor : std::filesystem::directory_iterator(open))
    {
        std::error_code gone; // the iterator's own descriptor
        const auto target = std::filesystem::read_symlink(descriptor.path(), gone);
        opened += target.filename() == name ? 1 : 0;
    }
    EXPECT_EQ(opened, 1U);
    for (const auto& file : std::filesystem::directory_iterator(::testing::TempDir()))
    {
        if (file.path().string().find(Prefix()) == 0)
        {
            std::filesystem::remove(file.path());
        }
    }
}
