/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "all-avp-keys.h"
#include "captured-datagrams.h"
#include "octets.h"

#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"

#include <gtest/gtest.h>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

using Type = L2tpMessageType;

/// Writes what was read from a message as tshark writes it; see CapturedDatagram::reading.
class TsharkReading
{
  public:
    /**
     * @brief Read a message by the names and types of its AVPs.
     * @param message the message
     * @return a line for each AVP
     */
    static std::string Of(const L2tpControlMessage& message)
    {
        std::ostringstream out;
        for (std::size_t i = 0; i < message.GetNAvps(); ++i)
        {
            const L2tpAvp avp = message.GetAvp(i);
            out << (avp.IsMandatory() ? "M " : "- ") << avp.type << "/"
                << L2tpAvp::HEADER_SIZE + avp.value.size() << Fields(message, avp.type) << "\n";
        }
        return out.str();
    }

  private:
    static std::string Number(const char* name, std::optional<uint32_t> value)
    {
        return std::string(" ") + name + "=" + (value ? std::to_string(*value) : "absent");
    }

    static std::string Bits(const char* high, const char* low, std::optional<uint32_t> value)
    {
        return Number(high, *value >> 1 & 1) + Number(low, *value & 1);
    }

    static std::string Text(const char* name, const std::optional<std::string>& value)
    {
        return std::string(" ") + name + "=" + value.value_or("absent");
    }

    static std::string Digits(const char* name, const std::optional<std::string>& value)
    {
        return Text(name, Hex(std::vector<uint8_t>(value->begin(), value->end())));
    }

    static std::string Fields(const L2tpControlMessage& message, uint16_t type)
    {
        switch (type)
        {
        case L2tpAvps::MESSAGE_TYPE.type:
            return Number("message_type", message.Get(L2tpAvps::MESSAGE_TYPE));
        case L2tpAvps::RESULT_CODE.type: {
            const L2tpResultCode code = *message.Get(L2tpAvps::RESULT_CODE);
            return Number("result_code", code.result) + Number("error_code", *code.error) +
                   Text("error_message", code.message);
        }
        case L2tpAvps::PROTOCOL_VERSION.type: {
            const uint16_t version = *message.Get(L2tpAvps::PROTOCOL_VERSION);
            return Number("protocol_version", version >> 8) +
                   Number("protocol_revision", version & 0xff);
        }
        case L2tpAvps::FRAMING_CAPABILITIES.type:
            return Bits("async_framing_supported",
                        "sync_framing_supported",
                        message.Get(L2tpAvps::FRAMING_CAPABILITIES));
        case L2tpAvps::BEARER_CAPABILITIES.type:
            return Bits("analog_access_supported",
                        "digital_access_supported",
                        message.Get(L2tpAvps::BEARER_CAPABILITIES));
        case L2tpAvps::FIRMWARE_REVISION.type:
            return Number("firmware_revision", message.Get(L2tpAvps::FIRMWARE_REVISION));
        case L2tpAvps::HOST_NAME.type:
            return Text("host_name", message.Get(L2tpAvps::HOST_NAME));
        case L2tpAvps::VENDOR_NAME.type:
            return Text("vendor_name", message.Get(L2tpAvps::VENDOR_NAME));
        case L2tpAvps::ASSIGNED_TUNNEL_ID.type:
            return Number("assigned_tunnel_id", message.Get(L2tpAvps::ASSIGNED_TUNNEL_ID));
        case L2tpAvps::RECEIVE_WINDOW_SIZE.type:
            return Number("receive_window_size", message.Get(L2tpAvps::RECEIVE_WINDOW_SIZE));
        case L2tpAvps::CHALLENGE.type:
            return Digits("chap_challenge", message.Get(L2tpAvps::CHALLENGE));
        case L2tpAvps::CHALLENGE_RESPONSE.type:
            return Digits("chap_challenge_response", message.Get(L2tpAvps::CHALLENGE_RESPONSE));
        case L2tpAvps::ASSIGNED_SESSION_ID.type:
            return Number("assigned_session_id", message.Get(L2tpAvps::ASSIGNED_SESSION_ID));
        case L2tpAvps::CALL_SERIAL_NUMBER.type:
            return Number("call_serial_number", message.Get(L2tpAvps::CALL_SERIAL_NUMBER));
        case L2tpAvps::BEARER_TYPE.type:
            return Bits("analog_bearer_type",
                        "digital_bearer_type",
                        message.Get(L2tpAvps::BEARER_TYPE));
        case L2tpAvps::FRAMING_TYPE.type:
            return Bits("async_framing_type",
                        "sync_framing_type",
                        message.Get(L2tpAvps::FRAMING_TYPE));
        case L2tpAvps::TX_CONNECT_SPEED.type:
            return Number("connect_speed", message.Get(L2tpAvps::TX_CONNECT_SPEED));
        case L2tpAvps::RX_CONNECT_SPEED.type:
            return Number("rx_connect_speed", message.Get(L2tpAvps::RX_CONNECT_SPEED));
        default:
            return " not in the captures";
        }
    }
};

} // namespace

// Every captured control datagram: parsed, judged good, and read as tshark reads it.
TEST(L2tpCapturedMessages, CapturedMessagesReadAsTsharkReadsThem)
{
    std::size_t messages = 0;
    std::size_t zlbs = 0;
    for (const CapturedDatagram& captured : CAPTURED_DATAGRAMS)
    {
        SCOPED_TRACE(std::string(captured.capture) + " " + captured.frames);
        const std::vector<uint8_t> datagram = Octets(captured.hex);
        L2tpHeader header;
        ASSERT_EQ(L2tpHeader::Parse(datagram, datagram.size(), header), L2tpHeaderError::NONE);
        if (!header.IsControl())
        {
            continue;
        }
        const L2tpByteView body = L2tpByteView(datagram).Sub(header.GetSerializedSize());
        L2tpControlMessage message;
        ASSERT_EQ(L2tpControlMessage::Parse(body, message), L2tpAvpError::NONE);
        const std::string expected = captured.reading;
        EXPECT_EQ(TsharkReading::Of(message), expected.substr(expected.find('\n') + 1));
        if (body.empty())
        {
            ++zlbs;
            continue;
        }
        ++messages;
        EXPECT_FALSE(message.Check());
        EXPECT_EQ(message.GetIgnored(), 0u);

        const L2tpControlMessage rebuilt = RebuildByKeys(message);
        EXPECT_EQ(Hex(rebuilt.GetBody()), Hex(body));
        const L2tpHeader again = L2tpHeader::MakeControl(header.GetTunnelId(),
                                                         header.GetSessionId(),
                                                         header.GetNs(),
                                                         header.GetNr(),
                                                         rebuilt.GetBody().size());
        std::vector<uint8_t> written(again.GetSerializedSize(), 0xa5);
        again.Write(written.data());
        written.insert(written.end(), rebuilt.GetBody().begin(), rebuilt.GetBody().end());
        EXPECT_EQ(Hex(written), Hex(datagram));
    }
    EXPECT_EQ(messages, 49u);
    EXPECT_EQ(zlbs, 28u);
}

// An SCCRQ written with names and types is the one that xl2tpd sent.
// RFC 2661: 7.1-07
TEST(L2tpCapturedMessages, SccrqMadeByNamesIsTheCapturedOne)
{
    L2tpControlMessage message(Type::SCCRQ);
    message.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION)
        .Add(L2tpAvps::FRAMING_CAPABILITIES, L2tpFraming::SYNCHRONOUS | L2tpFraming::ASYNCHRONOUS)
        .Add(L2tpAvps::BEARER_CAPABILITIES, 0u)
        .Add(L2tpAvps::FIRMWARE_REVISION, uint16_t(0x0690))
        .Add(L2tpAvps::HOST_NAME, std::string("lac.example"))
        .Add(L2tpAvps::VENDOR_NAME, std::string("xelerance.com"))
        .Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(12563))
        .Add(L2tpAvps::RECEIVE_WINDOW_SIZE, uint16_t(4));
    EXPECT_EQ(Hex(message.GetBody()), std::string(CAPTURED_DATAGRAMS[0].hex).substr(24));
}
