/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Accounting at a LAC and at an LNS (RFC 2866 and 2867; RFC 2809, sections 4 and 5).

#include "aaa/radius-octets.h"
#include "l2tp-accountant-fixture.h"
#include "ppp/tshark.h"

#include "ns3/l2tp-session.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-protocol.h"
#include "ns3/radius-attribute-catalog.h"

#include <cmath>
#include <set>

using namespace ns3;

namespace
{

using Kinds32 = std::vector<uint32_t>;

/// Frames and octets that a test counts by itself.
struct Count
{
    uint32_t frames{0}; //!< frames
    uint32_t octets{0}; //!< octets of them

    /// Count what a trace tells. @return what to connect to it
    Callback<void, Ptr<const Packet>> Sink()
    {
        return Callback<void, Ptr<const Packet>>([this](Ptr<const Packet> frame) {
            ++frames;
            octets += frame->GetSize();
        });
    }
};

class L2tpRadiusAccountantTest : public L2tpAccountantTest
{
  protected:
    /// Expect that attributes are there, or are not. @param record where @param types which @param
    /// there whether
    static void ExpectTypes(const RadiusAttributes& record,
                            const std::set<uint8_t>& types,
                            bool there = true)
    {
        for (const auto type : types)
        {
            EXPECT_EQ(record.Count(type), there ? 1U : 0U)
                << "status " << *record.Get(K::ACCT_STATUS_TYPE) << ": "
                << RadiusAttributeName(type);
        }
    }

    /// Have the remote system connected by way of its domain, and send some traffic.
    void Connect()
    {
        table->AddDomain("isp.example", ToLns());
        RunUntil(Seconds(10));
        ASSERT_TRUE(remotes[0].system->IsUp());
        L2tpTestProbe probe(remotes[0].node, net->serverAddress);
        for (int i = 0; i < 5; ++i)
        {
            probe.Send(200);
        }
        RunUntil(Seconds(12));
        EXPECT_EQ(probe.echoed, 5U);
    }

    /// Count what passes the only session of an endpoint. @param endpoint it @param tx what is sent
    /// @param rx what is received
    static void CountSession(Ptr<L2tpEndpoint> endpoint, Count& tx, Count& rx)
    {
        endpoint->TraceConnectWithoutContext(
            "CallState",
            Callback<void, Ptr<const L2tpCall>, L2tpCallState, L2tpCallEvent>(
                [&tx, &rx](Ptr<const L2tpCall> call, L2tpCallState, L2tpCallEvent) {
                    if (call->GetState() == L2tpCallState::ESTABLISHED)
                    {
                        call->GetSession()->TraceConnectWithoutContext("Tx", tx.Sink());
                        call->GetSession()->TraceConnectWithoutContext("Rx", rx.Sink());
                    }
                }));
    }
};

} // namespace

// RFC 2867, section 3: a tunnel with one link has 2(M+1) records, and its service two; in their
// order, at both ends. RFC 2809, sections 4.1.2.3 and 5.
TEST_F(L2tpRadiusAccountantTest, BothEndsTellOfACall)
{
    BuildAccountants();
    Connect();
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 9, 12, 1}));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12, 1}));
    EXPECT_EQ(atLac.accounting->GetOpen(), 3U);
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    ExpectIdle();
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 9, 12, 1, 2, 13, 10}));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12, 1, 2, 13, 10}));
    EXPECT_EQ(atLac.accounting->GetOpen(), 0U);
    EXPECT_EQ(atLns.accounting->GetOpen(), 0U);
    EXPECT_EQ(radius->GetDrops(RadiusDropReason::ATTRIBUTE_COUNT), 0U);
}

// RFC 2866, section 5.13, and RFC 2867, sections 3.1 to 3.6 and 5: what a record must have, and may
// have.
TEST_F(L2tpRadiusAccountantTest, EachRecordHasWhatTheRfcsWant)
{
    BuildAccountants();
    Connect();
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    const std::set<uint8_t> always{4, 40, 41, 44, 55};
    const std::set<uint8_t> tunnel{1, 64, 65, 66, 67, 68};
    const std::set<uint8_t> usage{42, 43, 46, 47, 48, 49};
    for (const auto& records : {LacRecords(), LnsRecords()})
    {
        for (const auto& record : records)
        {
            RadiusPacket packet;
            packet.code = RadiusCode::ACCOUNTING_REQUEST;
            packet.attributes = record;
            EXPECT_EQ(packet.Check(), RadiusError::NONE);
            ExpectTypes(record, always);
            ExpectTypes(record, {69, 83}, false); // Tunnel-Password, Tunnel-Preference
        }
        ExpectTypes(The(records, Status::ACCOUNTING_ON), tunnel, false);
        for (const auto status : {Status::TUNNEL_START, Status::TUNNEL_LINK_START, Status::START})
        {
            ExpectTypes(The(records, status), tunnel);
            ExpectTypes(The(records, status), usage, false); // "only ... Stop"
        }
        for (const auto status : {Status::TUNNEL_STOP, Status::TUNNEL_LINK_STOP, Status::STOP})
        {
            ExpectTypes(The(records, status), tunnel);
            ExpectTypes(The(records, status), usage);
        }
        // Section 4.2: packets lost; 3.4, 3.5: ports; Acct-Multi-Session-Id.
        ExpectTypes(The(records, Status::TUNNEL_STOP), {50, 86});
        ExpectTypes(The(records, Status::TUNNEL_LINK_START), {5});
        ExpectTypes(The(records, Status::TUNNEL_LINK_STOP), {5, 50, 61, 86});
        // Service-Type Framed, Framed-Protocol PPP, who authenticated.
        for (const auto status : {Status::START, Status::STOP})
        {
            const auto record = The(records, status);
            ExpectTypes(record, {5, 6, 7, 30, 31, 45, 61});
            EXPECT_EQ(record.Get(K::SERVICE_TYPE), 2U);
            EXPECT_EQ(record.Get(K::FRAMED_PROTOCOL), 1U);
            EXPECT_EQ(record.Get(K::USER_NAME), "alice@isp.example");
            EXPECT_EQ(record.Get(K::CALLED_STATION_ID), "2000");
            EXPECT_EQ(record.Get(K::CALLING_STATION_ID), "1000");
        }
    }
    // Section 5.6: Remote at the LAC, Local at the LNS, which has a table of its own.
    EXPECT_EQ(The(LacRecords(), Status::START).Get(K::ACCT_AUTHENTIC), 3U);
    EXPECT_EQ(The(LnsRecords(), Status::START).Get(K::ACCT_AUTHENTIC), 2U);
    // RFC 2865, section 5.41: a modem's line at the LAC, a virtual port at the LNS.
    EXPECT_EQ(The(LacRecords(), Status::START).Get(K::NAS_PORT_TYPE), RADIUS_PORT_ASYNC);
    EXPECT_EQ(The(LacRecords(), Status::START).Get(K::NAS_PORT), 0U);
    EXPECT_EQ(The(LnsRecords(), Status::START).Get(K::NAS_PORT_TYPE), RADIUS_PORT_VIRTUAL);
    // The address is the LNS's to tell; it has assigned it.
    EXPECT_EQ(The(LnsRecords(), Status::START).Get(K::FRAMED_IP_ADDRESS), Ipv4Address("10.8.0.2"));
    EXPECT_EQ(The(LnsRecords(), Status::STOP).Get(K::FRAMED_IP_ADDRESS), Ipv4Address("10.8.0.2"));
}

// RFC 2866, section 5.5: one account, one Acct-Session-Id; section 5.11 and RFC 2867, section 3.5:
// a link is joined to its tunnel by Acct-Multi-Session-Id.
TEST_F(L2tpRadiusAccountantTest, RecordsOfAnAccountBelongTogether)
{
    BuildAccountants();
    Connect();
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    for (const auto& records : {LacRecords(), LnsRecords()})
    {
        std::set<std::string> ids;
        for (const auto& [begin, end] :
             {std::pair(Status::START, Status::STOP),
              std::pair(Status::TUNNEL_START, Status::TUNNEL_STOP),
              std::pair(Status::TUNNEL_LINK_START, Status::TUNNEL_LINK_STOP)})
        {
            const auto id = The(records, begin).Get(K::ACCT_SESSION_ID);
            EXPECT_EQ(The(records, end).Get(K::ACCT_SESSION_ID), id);
            ids.insert(id.value_or(""));
        }
        EXPECT_EQ(ids.size(), 3U);
        const auto tunnel = The(records, Status::TUNNEL_START).Get(K::ACCT_SESSION_ID);
        for (const auto status :
             {Status::TUNNEL_STOP, Status::TUNNEL_LINK_START, Status::TUNNEL_LINK_STOP})
        {
            EXPECT_EQ(The(records, status).Get(K::ACCT_MULTI_SESSION_ID), tunnel);
        }
    }
}

// RFC 2867, section 2: "User-Name, Acct-Tunnel-Connection, Tunnel-Client-Endpoint and
// Tunnel-Server-Endpoint" tell that the records of both ends are about the same call.
TEST_F(L2tpRadiusAccountantTest, BothEndsNameCallAndTunnelAlike)
{
    BuildAccountants();
    Connect();
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    for (const auto status : {Status::START,
                              Status::STOP,
                              Status::TUNNEL_START,
                              Status::TUNNEL_STOP,
                              Status::TUNNEL_LINK_START,
                              Status::TUNNEL_LINK_STOP})
    {
        SCOPED_TRACE(static_cast<uint32_t>(status));
        const auto lacs = The(LacRecords(), status);
        const auto lnss = The(LnsRecords(), status);
        EXPECT_EQ(lacs.Get(K::USER_NAME), lnss.Get(K::USER_NAME));
        EXPECT_EQ(lacs.Get(K::ACCT_TUNNEL_CONNECTION), lnss.Get(K::ACCT_TUNNEL_CONNECTION));
        for (const auto& record : {lacs, lnss})
        {
            EXPECT_EQ(record.Get(K::TUNNEL_TYPE)->value, RADIUS_TUNNEL_L2TP);
            EXPECT_EQ(record.Get(K::TUNNEL_MEDIUM_TYPE)->value, RadiusMedium::IPV4);
            EXPECT_EQ(record.Get(K::TUNNEL_CLIENT_ENDPOINT)->value, "10.1.0.2");
            EXPECT_EQ(record.Get(K::TUNNEL_SERVER_ENDPOINT)->value, "10.2.0.2");
        }
        EXPECT_EQ(lacs.Get(K::TUNNEL_CLIENT_AUTH_ID)->value,
                  lnss.Get(K::TUNNEL_CLIENT_AUTH_ID)->value);
    }
    // "the Call-Serial-Number SHOULD be used in the Acct-Tunnel-Connection attribute".
    EXPECT_EQ(The(LacRecords(), Status::START).Get(K::ACCT_TUNNEL_CONNECTION), "1");
    EXPECT_EQ(The(LacRecords(), Status::TUNNEL_LINK_START).Get(K::ACCT_TUNNEL_CONNECTION), "1");
}

// RFC 2866, sections 5.3, 5.4, 5.8 and 5.9: what was accounted is what passed, counted by traces;
// input is what came from the user, at both ends.
TEST_F(L2tpRadiusAccountantTest, OctetsAndPacketsAreThoseThatPassed)
{
    BuildAccountants();
    Count lacTx;
    Count lacRx;
    Count lnsTx;
    Count lnsRx;
    CountSession(lac, lacTx, lacRx);
    CountSession(lnss[0], lnsTx, lnsRx);
    // PPP's own count at the LNS, from when IPv4 is up.
    Count pppTx;
    Count pppRx;
    lnss[0]->GetTerminator()->TraceConnectWithoutContext(
        "Session",
        Callback<void, Ptr<const L2tpLeg>, Ptr<PppNetDevice>>(
            [&](Ptr<const L2tpLeg>, Ptr<PppNetDevice> device) {
                const auto link = PeekPointer(device->GetLink()); // not kept by its own trace
                link->TraceConnectWithoutContext(
                    "NetworkUp",
                    Callback<void, Ipv4Address, Ipv4Address>([&, link](Ipv4Address, Ipv4Address) {
                        link->TraceConnectWithoutContext("Tx", pppTx.Sink());
                        link->TraceConnectWithoutContext("Rx", pppRx.Sink());
                    }));
            }));
    Connect();
    // The line is cut, so that PPP has no time to say good-bye.
    lines[0]->GetLine()->Cut();
    RunUntil(Seconds(30));
    const auto expect = [](const RadiusAttributes& record, const Count& in, const Count& out) {
        EXPECT_EQ(record.Get(K::ACCT_INPUT_OCTETS), in.octets);
        EXPECT_EQ(record.Get(K::ACCT_INPUT_PACKETS), in.frames);
        EXPECT_EQ(record.Get(K::ACCT_OUTPUT_OCTETS), out.octets);
        EXPECT_EQ(record.Get(K::ACCT_OUTPUT_PACKETS), out.frames);
    };
    EXPECT_GT(lacTx.octets, 5U * 200);
    EXPECT_GT(lacRx.octets, 5U * 200);
    EXPECT_NE(lacTx.octets, lacRx.octets);
    for (const auto status : {Status::STOP, Status::TUNNEL_LINK_STOP, Status::TUNNEL_STOP})
    {
        SCOPED_TRACE(static_cast<uint32_t>(status));
        expect(The(LacRecords(), status), lacTx, lacRx);
    }
    for (const auto status : {Status::TUNNEL_LINK_STOP, Status::TUNNEL_STOP})
    {
        SCOPED_TRACE(static_cast<uint32_t>(status));
        expect(The(LnsRecords(), status), lnsRx, lnsTx);
    }
    expect(The(LnsRecords(), Status::STOP), pppRx, pppTx);
    EXPECT_GT(pppRx.octets, 5U * 200);
    // Nothing was lost in between.
    EXPECT_EQ(lacTx.octets, lnsRx.octets);
    EXPECT_EQ(lacRx.octets, lnsTx.octets);
}

// RFC 2867, section 4.2: packets lost, as far as sequence numbers tell.
TEST_F(L2tpRadiusAccountantTest, LostPacketsAreTold)
{
    BuildAccountants();
    lnss[0]->SetAttribute("Sequencing", BooleanValue(true));
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(10));
    ASSERT_TRUE(remotes[0].system->IsUp());
    int lost = 0;
    net->internet->lose = [this, &lost](const L2tpTestDatagram& datagram) {
        const bool toLns = datagram.to.address == L2tpIpAddress(net->lnsAddress) &&
                           datagram.to.port == L2TP_UDP_PORT && !datagram.IsControl();
        return toLns && lost < 2 && ++lost;
    };
    L2tpTestProbe probe(remotes[0].node, net->serverAddress);
    for (int i = 0; i < 5; ++i)
    {
        probe.Send();
    }
    RunUntil(Seconds(14));
    EXPECT_EQ(probe.echoed, 3U);
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    EXPECT_EQ(The(LnsRecords(), Status::TUNNEL_LINK_STOP).Get(K::ACCT_TUNNEL_PACKETS_LOST), 2U);
    EXPECT_EQ(The(LnsRecords(), Status::TUNNEL_STOP).Get(K::ACCT_TUNNEL_PACKETS_LOST), 2U);
    EXPECT_EQ(The(LacRecords(), Status::TUNNEL_LINK_STOP).Get(K::ACCT_TUNNEL_PACKETS_LOST), 0U);
}

// RFC 2866, section 5.7: seconds from Start to Stop; section 5.2 and RFC 2869, section 5.3: when.
TEST_F(L2tpRadiusAccountantTest, SessionTimeIsThatOfTheService)
{
    BuildAccountants();
    Time up;
    Time down;
    lnss[0]->GetTerminator()->TraceConnectWithoutContext(
        "Session",
        Callback<void, Ptr<const L2tpLeg>, Ptr<PppNetDevice>>(
            [&](Ptr<const L2tpLeg>, Ptr<PppNetDevice> device) {
                device->GetLink()->TraceConnectWithoutContext(
                    "NetworkUp",
                    Callback<void, Ipv4Address, Ipv4Address>(
                        [&](Ipv4Address, Ipv4Address) { up = Simulator::Now(); }));
                device->GetLink()->TraceConnectWithoutContext(
                    "NetworkDown",
                    Callback<void, PppReason>([&](PppReason) { down = Simulator::Now(); }));
            }));
    Connect();
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    const auto stop = The(LnsRecords(), Status::STOP);
    EXPECT_EQ(stop.Get(K::ACCT_SESSION_TIME), static_cast<uint32_t>((down - up).GetSeconds()));
    EXPECT_EQ(stop.Get(K::EVENT_TIMESTAMP), static_cast<uint32_t>(down.GetSeconds()));
    EXPECT_GT(down - up, Seconds(5));
}

// RFC 2869, section 2.1: Interim-Update, by the clock.
TEST_F(L2tpRadiusAccountantTest, InterimRecordsComeInBetween)
{
    BuildAccountants();
    atLns.accountant->SetAttribute("InterimInterval", TimeValue(Seconds(60)));
    table->AddDomain("isp.example", ToLns());
    RunUntil(Seconds(200));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12, 1, 3, 3, 3}));
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 9, 12, 1})); // 0 sends none
    const auto records = LnsRecords();
    EXPECT_EQ(records[5].Get(K::ACCT_SESSION_TIME), 120U);
    EXPECT_EQ(records[5].Get(K::ACCT_SESSION_ID), records[3].Get(K::ACCT_SESSION_ID));
    remotes[0].system->HangUp();
    RunUntil(Seconds(400));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12, 1, 3, 3, 3, 2, 13, 10}));
}

// RFC 2866, section 5.6: "Users who are delivered service without being authenticated SHOULD NOT
// generate Accounting records".
TEST_F(L2tpRadiusAccountantTest, WhoIsNotAuthenticatedHasNoAccount)
{
    lnsHelper.SetSessionAttribute("AuthProtocol", EnumValue(PPP_AUTH_NONE));
    BuildAccountants();
    table->AddCalledNumber("2000", ToLns());
    RunUntil(Seconds(10));
    ASSERT_TRUE(remotes[0].system->IsUp());
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 9, 12}));
}

// A call whose PPP ends at the access server has an account there, and no tunnel.
TEST_F(L2tpRadiusAccountantTest, LocalSessionsAreAccounted)
{
    BuildAccess();
    server->SetAttribute("Terminator", PointerValue(MakeTerminator()));
    radius = CreateObject<RadiusServer>();
    net->hosts.Get(2)->AddApplication(radius);
    atLac = MakeNas(accessNode, net->GetHostAddress(0));
    atLac.accountant->WatchAccessServer(server);
    table->SetDefault({L2tpTunnelChoice::Kind::LOCAL, {}, ""});
    RunUntil(Seconds(10));
    ASSERT_TRUE(remotes[0].system->IsUp());
    lines[0]->GetLine()->Cut();
    RunUntil(Seconds(20));
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 1, 2}));
    const auto stop = The(LacRecords(), Status::STOP);
    EXPECT_EQ(CauseOf(stop), Cause::LOST_CARRIER);
    EXPECT_EQ(stop.Get(K::NAS_PORT_TYPE), RADIUS_PORT_ASYNC);
    EXPECT_EQ(stop.Get(K::FRAMED_IP_ADDRESS), Ipv4Address("10.9.0.2"));
    EXPECT_EQ(stop.Get(K::CALLING_STATION_ID), "1000");
    ExpectTypes(stop, {64, 66, 67, 68}, false);
}

// Services only, if that is wanted.
TEST_F(L2tpRadiusAccountantTest, TunnelsMayBeLeftOut)
{
    BuildAccountants();
    atLac.accountant->SetAttribute("Tunnels", BooleanValue(false));
    atLns.accountant->SetAttribute("Tunnels", BooleanValue(false));
    Connect();
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    EXPECT_EQ(Kinds(LacRecords()), (Kinds32{7, 1, 2}));
    EXPECT_EQ(Kinds(LnsRecords()), (Kinds32{7, 1, 2}));
    ExpectTypes(The(LacRecords(), Status::STOP), {64, 66, 67, 68});
}

// tshark reads all of it, and complains of nothing.
TEST_F(L2tpRadiusAccountantTest, TsharkReadsTheRecords)
{
    if (!HasTshark())
    {
        GTEST_SKIP() << "no tshark";
    }
    BuildAccountants();
    std::vector<std::vector<uint8_t>> packets;
    radius->TraceConnectWithoutContext(
        "Receive",
        Callback<void, const RadiusPacket&, const L2tpUdpAddress&>([&](const RadiusPacket& packet,
                                                                       const L2tpUdpAddress& peer) {
            packets.push_back(InUdp(packet.Serialize(), peer.port, RADIUS_ACCOUNTING_PORT, false));
        }));
    Connect();
    remotes[0].system->HangUp();
    RunUntil(Seconds(30));
    ASSERT_EQ(packets.size(), 14U);
    std::string output;
    ASSERT_TRUE(AskTshark("l2tp-accountant.pcap", LINK_TYPE_RAW, packets, "-V", output));
    EXPECT_EQ(output.find("Malformed"), std::string::npos) << output;
    EXPECT_EQ(output.find("Expert Info"), std::string::npos) << output;
    for (const auto* words : {"Accounting-On(7)",
                              "Tunnel-Start(9)",
                              "Tunnel-Stop(10)",
                              "Tunnel-Link-Start(12)",
                              "Tunnel-Link-Stop(13)",
                              "Start(1)",
                              "Stop(2)",
                              "User-Request(1)",
                              "val=L2TP(3)"})
    {
        EXPECT_NE(output.find(words), std::string::npos) << words << "\n" << output;
    }
}

// The node keeps it; what it would listen to in vain stops at once.
TEST_F(L2tpRadiusAccountantTest, BadConfiguration)
{
    BuildAccess();
    auto accountant = CreateObject<L2tpRadiusAccountant>();
    EXPECT_DEATH(accountant->WatchEndpoint(lac), "no application of a node.*add it");
    accessNode->AddApplication(accountant);
    accountant->WatchEndpoint(lac);
    EXPECT_DEATH(RunUntil(Seconds(1)), "L2tpRadiusAccountant::Accounting is not set.*give it");
}

// RFC 2866, section 2: a service has a Stop; so somebody has to be told when its call ends.
TEST_F(L2tpRadiusAccountantTest, TheLacIsThereBeforeItsServerIsWatched)
{
    withL2tp = false;
    BuildAccess();
    auto accountant = CreateObject<L2tpRadiusAccountant>();
    accountant->SetAttribute("Accounting", PointerValue(CreateObject<RadiusAccounting>()));
    accessNode->AddApplication(accountant);
    accountant->WatchAccessServer(server); // all PPP ends there
    server->SetAttribute("Selector", PointerValue(table));
    EXPECT_DEATH(accountant->WatchAccessServer(server),
                 "L2tpAccessServer::Lac was not set.*set it before WatchAccessServer");
    server->SetAttribute("Lac", PointerValue(lac));
    EXPECT_DEATH(RunUntil(Seconds(1)),
                 "L2tpAccessServer::Lac was not set.*set it before WatchAccessServer");
}

// What a call has counted is gone with its session, and is no reason to fail (RFC 2866, section 5).
TEST_F(L2tpRadiusAccountantTest, ACallWithoutASessionHasUsedNothing)
{
    const auto usage = L2tpUsageOf(*CreateObject<L2tpCall>());
    EXPECT_EQ(usage.inputOctets + usage.outputOctets, 0U);
    EXPECT_EQ(usage.inputPackets + usage.outputPackets, 0U);
}
