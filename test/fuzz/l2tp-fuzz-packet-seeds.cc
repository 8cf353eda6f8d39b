/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

// Seeds of the targets that take a packet: all that the catalogues have.

#include "l2tp-fuzz-messages.h"
#include "l2tp-fuzz-seeds.h"
#include "wire/captured-datagrams.h"
#include "wire/octets.h"

#include "ns3/ppp-control-packet.h"
#include "ns3/ppp-hdlc-framing.h"
#include "ns3/ppp-ms-chap.h"
#include "ns3/ppp-protocol.h"
#include "ns3/pppoe-packet.h"
#include "ns3/radius-ppp.h"
#include "ns3/radius-secret.h"
#include "ns3/radius-tunnel.h"

#include <utility>

namespace ns3
{

namespace
{

using OctetString = FuzzSeeds::OctetString;

/// A number in two octets. @param number it @return them
OctetString
Big(std::size_t number)
{
    return {static_cast<uint8_t>(number >> 8), static_cast<uint8_t>(number)};
}

/// One after the other. @param parts octets @return all
OctetString
Join(const std::vector<OctetString>& parts)
{
    OctetString all;
    for (const OctetString& part : parts)
    {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

/// A UDP datagram in IPv4. @param payload its payload @return the packet
OctetString
InIpv4(const OctetString& payload)
{
    return Join({{0x45, 0},
                 Big(28 + payload.size()),
                 {0, 1, 0, 0, 64, 17, 0, 0, 10, 1, 0, 1, 10, 1, 0, 2},
                 Big(1701),
                 Big(1701),
                 Big(8 + payload.size()),
                 {0, 0},
                 payload});
}

/// A UDP datagram in IPv6. @param payload its payload @return the packet
OctetString
InIpv6(const OctetString& payload)
{
    OctetString address(16);
    address[0] = 0xfd;
    address[15] = 1;
    return Join({{0x60, 0, 0, 0},
                 Big(8 + payload.size()),
                 {17, 64},
                 address,
                 address,
                 Big(1701),
                 Big(1701),
                 Big(8 + payload.size()),
                 {0, 0},
                 payload});
}

/// A PPP frame. @param protocol its protocol @param information what is in it @return it
OctetString
InPpp(uint16_t protocol, const OctetString& information)
{
    return Join({{0xff, 0x03}, Big(protocol), information});
}

/// A PPP frame with a control packet. @param protocol its protocol @param code Code @param data
/// Data @return it
OctetString
Control(uint16_t protocol, uint8_t code, const OctetString& data)
{
    PppControlPacket packet;
    packet.code = code;
    packet.identifier = 1;
    packet.data = data;
    return InPpp(protocol, packet.Serialize());
}

/// A capture of one frame. @param linkType its link type @param frame the frame @return the file
OctetString
Capture(uint8_t linkType, const OctetString& frame)
{
    const OctetString size{static_cast<uint8_t>(frame.size()),
                           static_cast<uint8_t>(frame.size() >> 8),
                           0,
                           0};
    return Join({{0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0},
                 {linkType, static_cast<uint8_t>(linkType == 20 ? 1 : 0), 0, 0},
                 {0, 0, 0, 0, 0, 0, 0, 0},
                 size,
                 size,
                 frame});
}

/// Options of LCP, IPCP and IPV6CP. @return by protocol
std::vector<std::pair<uint16_t, OctetString>>
PppOptions()
{
    return {
        {ppp_protocol::LCP, {1, 4, 5, 0xdc}},
        {ppp_protocol::LCP, {2, 6, 0, 0, 0, 0}},
        {ppp_protocol::LCP, {3, 4, 0xc0, 0x23}},
        {ppp_protocol::LCP, {3, 5, 0xc2, 0x23, 5}},
        {ppp_protocol::LCP, {3, 5, 0xc2, 0x23, 0x81}},
        {ppp_protocol::LCP, {5, 6, 1, 2, 3, 4}},
        {ppp_protocol::LCP, {7, 2}},
        {ppp_protocol::LCP, {8, 2}},
        {ppp_protocol::IPCP, {2, 6, 0, 0x2d, 15, 1}},
        {ppp_protocol::IPCP, {3, 6, 10, 8, 0, 2}},
        {ppp_protocol::IPCP, {129, 6, 0, 0, 0, 0}},
        {ppp_protocol::IPCP, {131, 6, 0, 0, 0, 0}},
        {ppp_protocol::IPV6CP, {1, 10, 2, 0, 0, 0xff, 0xfe, 0, 0, 1}},
    };
}

} // namespace

FuzzSeeds
FuzzMessageSeeds()
{
    FuzzSeeds seeds;
    for (const L2tpMessageInfo& info : L2TP_MESSAGES)
    {
        for (const uint8_t optional : {0, 0x5a, 0xff})
        {
            const L2tpControlMessage message = FuzzMessage(info, optional);
            L2tpControlMessage hidden = message;
            hidden.Hide("s3cret", [n = uint8_t(0)]() mutable { return ++n; });
            for (const auto& one : {message, hidden})
            {
                const std::vector<uint8_t>& body = one.GetBody();
                seeds.inputs.push_back(
                    FuzzDatagram(L2tpHeader::MakeControl(1, 2, 3, 4, body.size()), body));
            }
        }
        seeds.words.push_back(L2tpControlMessage(info.type).GetBody());
    }
    for (const CapturedDatagram& captured : CAPTURED_DATAGRAMS)
    {
        seeds.inputs.push_back(Octets(captured.hex));
    }
    L2tpHeader header;
    header.SetOffsetPad({1, 2, 3});
    header.SetSequence(5, 0);
    header.SetLength(0);
    header.SetLength(static_cast<uint16_t>(header.GetSerializedSize()));
    seeds.inputs.push_back(FuzzDatagram(header, {}));

    const auto addWord = [&seeds](const L2tpAvpInfo& info) {
        const std::vector<uint8_t> value = FuzzAvpValue(info);
        const uint16_t flags = info.mandatory ? L2tpAvp::FLAG_MANDATORY : 0;
        L2tpControlMessage message;
        message.AddRaw({flags, info.vendor, info.type, value});
        seeds.words.push_back(message.GetBody());
        // The Attribute Type alone, for AVPs that are there already.
        seeds.words.push_back(Join({Big(info.vendor), Big(info.type)}));
    };
    for (const L2tpAvpInfo& info : L2TP_AVPS)
    {
        if (info.name)
        {
            addWord(info);
        }
    }
    for (const L2tpAvpInfo& info : L2TP_VENDOR_AVPS)
    {
        addWord(info);
    }
    return seeds;
}

FuzzSeeds
FuzzCaptureSeeds()
{
    const L2tpControlMessage hello = FuzzMessage(*FindL2tpMessage(6), 0);
    const OctetString datagram =
        FuzzDatagram(L2tpHeader::MakeControl(1, 0, 3, 4, hello.GetBody().size()), hello.GetBody());
    FuzzSeeds seeds;
    const OctetString addresses(12, 2);
    for (const auto& [packet, etherType, ppp] : {std::make_tuple(InIpv4(datagram), 0x0800, 0x0021),
                                                 std::make_tuple(InIpv6(datagram), 0x86dd, 0x0057)})
    {
        seeds.inputs.push_back(Capture(1, Join({addresses, Big(etherType), packet})));
        seeds.inputs.push_back(
            Capture(1, Join({addresses, {0x81, 0, 0, 1}, Big(etherType), packet})));
        seeds.inputs.push_back(Capture(9, InPpp(static_cast<uint16_t>(ppp), packet)));
        seeds.inputs.push_back(Capture(101, packet));
        seeds.inputs.push_back(Capture(113, Join({OctetString(14), Big(etherType), packet})));
        seeds.inputs.push_back(Capture(20, Join({Big(etherType), OctetString(18), packet})));
        seeds.words.push_back(packet);
    }
    seeds.words.push_back({0xa1, 0xb2, 0xc3, 0xd4});
    seeds.words.push_back({0x4d, 0x3c, 0xb2, 0xa1});
    seeds.words.push_back({0x0a, 0x0d, 0x0d, 0x0a});
    return seeds;
}

FuzzSeeds
FuzzPppFrameSeeds()
{
    FuzzSeeds seeds;
    const OctetString datagram = FuzzDatagram(L2tpHeader::MakeControl(1, 0, 3, 4, 0), {});
    for (const auto& [protocol, options] : PppOptions())
    {
        for (const uint8_t code : {1, 2, 3, 4})
        {
            seeds.inputs.push_back(Control(protocol, code, options));
        }
        seeds.words.push_back(options);
        seeds.words.push_back(Join({{0xff, 0x03}, Big(protocol)}));
    }
    for (uint8_t code = 5; code <= 11; ++code)
    {
        seeds.inputs.push_back(Control(ppp_protocol::LCP, code, {0, 0, 0, 0}));
    }
    const std::string failure = PppMsChapFailure().Serialize();
    seeds.inputs.push_back(
        Control(ppp_protocol::CHAP, 4, OctetString(failure.begin(), failure.end())));
    seeds.inputs.push_back(Control(ppp_protocol::CHAP, 2, PppMsChapResponse().Serialize()));
    const std::string user = "alice@example";
    seeds.inputs.push_back(Control(ppp_protocol::PAP, 1, OctetString(user.begin(), user.end())));
    seeds.inputs.push_back(InPpp(ppp_protocol::IPV4, InIpv4(datagram)));
    seeds.inputs.push_back(InPpp(ppp_protocol::IPV6, InIpv6(datagram)));
    seeds.inputs.push_back(InIpv4(datagram));
    seeds.inputs.push_back(Join({OctetString(12), Big(0x86dd), InIpv6(datagram)}));
    OctetString line;
    const OctetString frame = Control(ppp_protocol::LCP, 9, {0, 0, 0, 0});
    PppHdlcEncoder().Encode(frame.data(), frame.size(), true, line);
    seeds.inputs.push_back(line);
    seeds.words.push_back(OctetString(failure.begin(), failure.end()));
    return seeds;
}

FuzzSeeds
FuzzPppoePacketSeeds()
{
    FuzzSeeds seeds;
    for (const PppoeCodeInfo& info : PPPOE_CODES)
    {
        PppoeDiscovery packet(info.code, info.sessionId == PppoeCodeInfo::SessionId::ZERO ? 0 : 7);
        packet.Add(PppoeTagType::SERVICE_NAME, std::string("internet"));
        packet.Add(PppoeTagType::AC_NAME, std::string("ac-1"));
        packet.AddMaxPayload(1500);
        seeds.inputs.push_back(packet.Serialize());
    }
    for (const PppoeTagInfo& info : PPPOE_TAGS)
    {
        const OctetString value(info.minSize);
        const auto type = static_cast<uint16_t>(info.type);
        const OctetString tag = Join({Big(type), Big(value.size()), value});
        seeds.words.push_back(tag);
        seeds.inputs.push_back(Join({{0x11, 0x07, 0, 0}, Big(tag.size()), tag}));
    }
    seeds.inputs.push_back({0x11, 0, 0, 7, 0, 4, 0, 0x21, 1, 2});
    return seeds;
}

FuzzSeeds
FuzzRadiusPacketSeeds()
{
    constexpr const char* SECRET = "xyzzy5461";
    const RadiusAuthenticator asked{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    FuzzSeeds seeds;
    for (const auto protocol : {PPP_AUTH_PAP, PPP_AUTH_CHAP, PPP_AUTH_MSCHAP_V2})
    {
        PppAuthAttempt attempt;
        attempt.protocol = protocol;
        attempt.name = "alice@example";
        attempt.password = "wonderland";
        attempt.challenge = OctetString(16, 1);
        attempt.response = OctetString(protocol == PPP_AUTH_CHAP ? 16 : PppMsChapResponse::SIZE);
        RadiusAttributes clear;
        AddRadiusPppAttempt(attempt, clear);
        RadiusPacket request;
        request.authenticator = asked;
        request.attributes = HideRadiusAttributes(clear, SECRET, asked, 1).value_or(clear);
        request.attributes.Append(RadiusAttribute{80, OctetString(16)});
        SignRadiusRequest(request, SECRET);
        seeds.inputs.push_back(request.Serialize());
    }
    RadiusAttributes clear;
    clear.Add(RadiusKeys::FRAMED_IP_ADDRESS, Ipv4Address("10.8.0.2"));
    clear.Add(RadiusKeys::FRAMED_ROUTE, std::string("192.168.1.0/24 192.168.1.1 1"));
    clear.Add(RadiusKeys::REPLY_MESSAGE, std::string("hello"));
    for (const uint8_t tag : {1, 2})
    {
        RadiusTunnel tunnel;
        tunnel.tag = tag;
        tunnel.serverEndpoint = tag == 1 ? "10.1.0.2" : "fd00::2";
        tunnel.password = "s3cret";
        tunnel.assignmentId = "one";
        AddRadiusTunnel(tunnel, clear);
    }
    for (const auto code : {RadiusCode::ACCESS_ACCEPT, RadiusCode::ACCOUNTING_REQUEST})
    {
        RadiusPacket reply;
        reply.code = code;
        reply.attributes = HideRadiusAttributes(clear, SECRET, asked, 1).value_or(clear);
        SignRadiusReply(reply, asked, SECRET);
        seeds.inputs.push_back(reply.Serialize());
    }
    const std::string route = "10.0.0.0 10.8.0.2 3 4";
    seeds.inputs.emplace_back(route.begin(), route.end());
    for (const RadiusAttributeInfo& info : RADIUS_ATTRIBUTES)
    {
        const auto size = static_cast<uint8_t>(info.minSize + 2);
        seeds.words.push_back(Join({{info.type, size}, OctetString(info.minSize, 1)}));
    }
    for (const RadiusVendorAttributeInfo& info : RADIUS_VENDOR_ATTRIBUTES)
    {
        const auto size = static_cast<uint8_t>(info.minSize + 2);
        seeds.words.push_back(Join({{26, static_cast<uint8_t>(size + 6), 0, 0},
                                    Big(info.vendor),
                                    {info.type, size},
                                    OctetString(info.minSize, 1)}));
    }
    return seeds;
}

} // namespace ns3
