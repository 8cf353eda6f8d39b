/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-fuzz-ppp-peer.h"

#include "ns3/packet.h"
#include "ns3/ppp-chap.h"
#include "ns3/ppp-ms-chap-crypto.h"
#include "ns3/ppp-ms-chap.h"
#include "ns3/ppp-pap.h"
#include "ns3/ppp-protocol.h"

#include <algorithm>
#include <utility>

namespace ns3
{

namespace
{

using OctetString = std::vector<uint8_t>;

/// Options that are commonly requested, by protocol: LCP's first, then IPCP's, then IPV6CP's.
const std::vector<std::pair<uint16_t, OctetString>> REQUESTS{
    {ppp_protocol::LCP, {}},
    {ppp_protocol::LCP, {1, 4, 0x05, 0xdc, 5, 6, 1, 2, 3, 4}},
    {ppp_protocol::LCP, {1, 4, 0x05, 0x78, 2, 6, 0, 0, 0, 0, 5, 6, 9, 8, 7, 6, 7, 2, 8, 2}},
    {ppp_protocol::LCP, {3, 4, 0xc0, 0x23}},
    {ppp_protocol::LCP, {3, 5, 0xc2, 0x23, 5}},
    {ppp_protocol::LCP, {3, 5, 0xc2, 0x23, 0x81}},
    {ppp_protocol::LCP, {13, 3, 6, 17, 4, 6, 64}},
    {ppp_protocol::IPCP, {3, 6, 0, 0, 0, 0}},
    {ppp_protocol::IPCP, {3, 6, 10, 8, 0, 2}},
    {ppp_protocol::IPCP, {3, 6, 10, 8, 0, 1, 129, 6, 0, 0, 0, 0, 131, 6, 0, 0, 0, 0}},
    {ppp_protocol::IPCP, {2, 6, 0, 0x2d, 15, 1}},
    {ppp_protocol::IPV6CP, {1, 10, 0, 0, 0, 0, 0, 0, 0, 0}},
    {ppp_protocol::IPV6CP, {1, 10, 2, 0, 0, 0xff, 0xfe, 0, 0, 1}},
};

const OctetString LINK_LOCAL{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0xff, 0xfe, 0, 0, 1};
const OctetString ALL_ROUTERS{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};
const OctetString SOLICITATION{133, 0, 0x7c, 0x36, 0, 0, 0, 0}; //!< from the one to the other

/// A packet. @param code Code @param identifier Identifier @param data Data @return it
PppControlPacket
Control(uint8_t code, uint8_t identifier, OctetString data = {})
{
    PppControlPacket packet;
    packet.code = code;
    packet.identifier = identifier;
    packet.data = std::move(data);
    return packet;
}

/// Append a text behind its length. @param text it @param data receives it
void
AppendCounted(const std::string& text, OctetString& data)
{
    data.push_back(static_cast<uint8_t>(text.size()));
    data.insert(data.end(), text.begin(), text.end());
}

} // namespace

void
FuzzPppPeer::Hear(const OctetString& frame)
{
    PppFrameHeader header;
    if (PppFrameHeader::Parse(frame.data(), frame.size(), header) != PppFrameError::NONE)
    {
        return;
    }
    const std::size_t size = header.GetSerializedSize();
    PppControlPacket packet;
    if (PppControlPacket::Parse(frame.data() + size, frame.size() - size, packet) !=
            PppControlError::NONE ||
        packet.code != 1) // Configure-Request, Authenticate-Request or Challenge
    {
        return;
    }
    (header.GetProtocol() == ppp_protocol::CHAP ? m_challenge : Last(header.GetProtocol())) =
        packet;
}

OctetString
FuzzPppPeer::Say(FuzzInput& input)
{
    switch (input.Octet() % KINDS)
    {
    case PACKET: {
        const uint16_t protocol = Protocol(input);
        const uint8_t code = input.Octet();
        const uint8_t identifier = input.Octet();
        return Frame(protocol, Control(code, identifier, input.Counted()));
    }
    case ACKNOWLEDGE: {
        const uint16_t protocol = Protocol(input);
        PppControlPacket packet = Last(protocol);
        packet.code = 2;
        return Frame(protocol, packet);
    }
    case REFUSE:
        return Refuse(input);
    case REQUEST:
        return Request(input);
    case AUTHENTICATE:
        return Authenticate(input);
    case ECHO:
        return Echo(input);
    case DATAGRAM:
        return Datagram(input);
    default:
        return input.Counted();
    }
}

OctetString
FuzzPppPeer::Frame(uint16_t protocol, const PppControlPacket& packet)
{
    OctetString frame{0xff,
                      0x03,
                      static_cast<uint8_t>(protocol >> 8),
                      static_cast<uint8_t>(protocol)};
    const OctetString octets = packet.Serialize();
    frame.insert(frame.end(), octets.begin(), octets.end());
    return frame;
}

uint16_t
FuzzPppPeer::Protocol(FuzzInput& input)
{
    constexpr std::array<uint16_t, 6> PROTOCOLS{ppp_protocol::LCP,
                                                ppp_protocol::IPCP,
                                                ppp_protocol::IPV6CP,
                                                ppp_protocol::PAP,
                                                ppp_protocol::CHAP,
                                                ppp_protocol::CCP};
    return PROTOCOLS[input.Octet() % PROTOCOLS.size()];
}

PppControlPacket&
FuzzPppPeer::Last(uint16_t protocol)
{
    return m_requests[protocol];
}

OctetString
FuzzPppPeer::Refuse(FuzzInput& input)
{
    const uint16_t protocol = Protocol(input);
    const uint8_t how = input.Octet();
    PppControlPacket packet = Last(protocol);
    packet.code = how & 1 ? 3 : 4;
    if (how & 2)
    {
        packet.data = input.Counted();
    }
    return Frame(protocol, packet);
}

OctetString
FuzzPppPeer::Request(FuzzInput& input)
{
    const auto& [protocol, options] = REQUESTS[input.Octet() % REQUESTS.size()];
    return Frame(protocol, Control(1, ++m_identifier, options));
}

OctetString
FuzzPppPeer::Respond(bool ms)
{
    const OctetString& data = m_challenge.data;
    const std::size_t size = data.empty() ? 0 : std::min<std::size_t>(data[0], data.size() - 1);
    const OctetString challenge(data.begin() + (data.empty() ? 0 : 1),
                                data.begin() + (data.empty() ? 0 : 1 + size));
    std::string value;
    if (ms)
    {
        PppMsChapExchange exchange;
        std::copy_n(challenge.begin(),
                    std::min(challenge.size(), exchange.authenticatorChallenge.size()),
                    exchange.authenticatorChallenge.begin());
        exchange.userName = USER;
        PppMsChapResponse response;
        response.ntResponse = PppMsChapNtResponse(exchange, PASSWORD);
        const OctetString octets = response.Serialize();
        value.assign(octets.begin(), octets.end());
    }
    else
    {
        const auto digest = PppChapDigest(m_challenge.identifier, PASSWORD, challenge);
        value.assign(digest.begin(), digest.end());
    }
    OctetString answer;
    AppendCounted(value, answer);
    const std::string user = USER;
    answer.insert(answer.end(), user.begin(), user.end());
    return Frame(ppp_protocol::CHAP, Control(2, m_challenge.identifier, answer));
}

OctetString
FuzzPppPeer::Authenticate(FuzzInput& input)
{
    const uint8_t how = input.Octet();
    const PppControlPacket asked = Last(ppp_protocol::PAP);
    OctetString data;
    switch (how % 8)
    {
    case 0: // the right password
        AppendCounted(USER, data);
        AppendCounted(PASSWORD, data);
        return Frame(ppp_protocol::PAP, Control(1, ++m_identifier, data));
    case 1: // any password
        AppendCounted(input.CountedText(), data);
        AppendCounted(input.CountedText(), data);
        return Frame(ppp_protocol::PAP, Control(1, ++m_identifier, data));
    case 2: // what is thought of the link's password
        AppendCounted(input.CountedText(), data);
        return Frame(ppp_protocol::PAP, Control(how & 8 ? 3 : 2, asked.identifier, data));
    case 3:
        return Respond(false);
    case 4:
        return Respond(true);
    case 5: // a challenge
        AppendCounted(how & 8 ? input.CountedText() : std::string(16, 'c'), data);
        data.push_back('x');
        return Frame(ppp_protocol::CHAP, Control(1, ++m_identifier, data));
    case 6: // what is thought of the response to it
        return Frame(ppp_protocol::CHAP, Control(how & 8 ? 4 : 3, m_identifier, input.Counted()));
    default: // any response
        return Frame(ppp_protocol::CHAP, Control(2, m_challenge.identifier, input.Counted()));
    }
}

OctetString
FuzzPppPeer::Echo(FuzzInput& input)
{
    const uint8_t code = 5 + input.Octet() % 8; // one of them is no code at all
    OctetString data(4);                        // a Magic-Number of zero
    switch (code)
    {
    case static_cast<uint8_t>(PppCode::PROTOCOL_REJECT): {
        const uint16_t protocol = Protocol(input);
        data = {static_cast<uint8_t>(protocol >> 8), static_cast<uint8_t>(protocol), 1, 1, 0, 4};
        break;
    }
    case static_cast<uint8_t>(PppCode::CODE_REJECT):
        data = {input.Octet(), 1, 0, 4};
        break;
    default:
        break;
    }
    const OctetString more = input.Octets(input.Octet() % 8);
    data.insert(data.end(), more.begin(), more.end());
    return Frame(ppp_protocol::LCP, Control(code, input.Octet(), data));
}

OctetString
FuzzPppPeer::Datagram(FuzzInput& input)
{
    const uint8_t how = input.Octet();
    const OctetString payload = input.Octets(input.Octet() % 200);
    const auto udp = static_cast<uint8_t>(8 + payload.size());
    OctetString frame{0xff, 0x03, 0x00, static_cast<uint8_t>(how & 1 ? 0x57 : 0x21)};
    if ((how & 3) == 3)
    {
        frame.insert(frame.end(), {0x60, 0, 0, 0, 0, 8, 58, 255});
        frame.insert(frame.end(), LINK_LOCAL.begin(), LINK_LOCAL.end());
        frame.insert(frame.end(), ALL_ROUTERS.begin(), ALL_ROUTERS.end());
        frame.insert(frame.end(), SOLICITATION.begin(), SOLICITATION.end());
        return frame;
    }
    if (how & 1)
    {
        frame.insert(frame.end(), {0x60, 0, 0, 0, 0, udp, 17, 64});
        frame.insert(frame.end(), LINK_LOCAL.begin(), LINK_LOCAL.end());
        frame.insert(frame.end(), ALL_ROUTERS.begin(), ALL_ROUTERS.end());
    }
    else
    {
        const auto size = static_cast<uint8_t>(20 + udp);
        frame.insert(frame.end(), {0x45, how, 0, size, 0, 1, 0, 0, 64, 17, 0, 0});
        frame.insert(frame.end(), {10, 8, 0, 2, 10, 1, 0, 2});
    }
    frame.insert(frame.end(), {0, 7, 0, 7, 0, udp, 0, 0});
    frame.insert(frame.end(), payload.begin(), payload.end());
    return frame;
}

bool
FuzzPppPeer::IsFitForIp(const OctetString& frame)
{
    PppFrameHeader header;
    if (PppFrameHeader::Parse(frame.data(), frame.size(), header) != PppFrameError::NONE)
    {
        return true;
    }
    const auto begin = frame.begin() + header.GetSerializedSize();
    if (header.GetProtocol() != ppp_protocol::IPV4 && header.GetProtocol() != ppp_protocol::IPV6)
    {
        return true;
    }
    // The one that Datagram() makes of what is behind the headers.
    const bool ipv6 = header.GetProtocol() == ppp_protocol::IPV6;
    const std::size_t headers = (ipv6 ? 40 : 20) + 8;
    const std::size_t size = frame.end() - begin;
    if (size < headers || size - headers >= 200)
    {
        return false;
    }
    const bool isSolicitation = ipv6 && begin[6] == 58;
    const uint8_t how = isSolicitation ? 3 : ipv6 ? 1 : static_cast<uint8_t>(begin[1] & ~1);
    OctetString script{how, static_cast<uint8_t>(isSolicitation ? 0 : size - headers)};
    script.insert(script.end(), begin + headers, frame.end());
    FuzzInput input(script.data(), script.size());
    const OctetString made = Datagram(input);
    return std::equal(begin, frame.end(), made.begin() + 4, made.end());
}

} // namespace ns3
