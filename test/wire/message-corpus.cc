/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * Writes a capture with every control message that RFC 2661 has, with every AVP that it may carry,
 * those of the module's own among them, for test_message_corpus.py to judge:
 *
 *   message-corpus FILE.pcap SECRET
 *
 * Each message stands there three times: in clear; with its AVPs hidden behind one Random Vector;
 * and with its AVPs hidden behind a Random Vector each.
 */

#include "ns3/ipv4-header.h"
#include "ns3/l2tp-avp-hiding.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"
#include "ns3/packet.h"
#include "ns3/pcap-file.h"
#include "ns3/udp-header.h"

#include <algorithm>
#include <iostream>
#include <random>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint32_t RAW_IP = 101; //!< the capture's link type

/// Which of the sizes that an AVP's value may have to write.
enum class Size
{
    LEAST,  //!< the least
    COMMON, //!< some octets more
    BLOCK,  //!< one that fills two segments of 16 octets with the hidden Length
    LONG,   //!< so long that the hidden value is not padded any more
};

/// Makes the messages, and writes them.
class Corpus
{
  public:
    /**
     * @brief Begin a capture.
     * @param path where to
     * @param secret what to hide with
     */
    Corpus(const std::string& path, const std::string& secret)
        : m_secret(secret)
    {
        m_file.Open(path, std::ios::out);
        m_file.Init(RAW_IP);
    }

    /// Write all. @return false if the file can't be written
    bool Write()
    {
        for (const L2tpMessageInfo& info : L2TP_MESSAGES)
        {
            for (const bool withOptional : {false, true})
            {
                for (const Size size : {Size::LEAST, Size::COMMON, Size::BLOCK})
                {
                    WriteThreeTimes(Make(info, withOptional, size));
                }
            }
            // One at a time, as a whole message of them is longer than a datagram may be.
            for (const L2tpAvpInfo& avp : L2TP_AVPS)
            {
                if (IsIn(avp.allowed | avp.needed, info) && avp.maxSize > 1000 &&
                    avp.type != L2tpAvps::RANDOM_VECTOR.type)
                {
                    L2tpControlMessage message = Make(info, false, Size::COMMON, avp.type);
                    Add(message, avp, Size::LONG);
                    WriteThreeTimes(message);
                }
            }
        }
        for (const L2tpAvpInfo& avp : L2TP_VENDOR_AVPS)
        {
            for (const L2tpMessageInfo& info : L2TP_MESSAGES)
            {
                if (IsIn(avp.allowed | avp.needed, info))
                {
                    L2tpControlMessage message = Make(info, false, Size::COMMON);
                    Add(message, avp, Size::COMMON);
                    WriteThreeTimes(message);
                }
            }
        }
        for (const L2tpDisconnectCodeInfo& code : L2TP_DISCONNECT_CODES)
        {
            L2tpControlMessage cdn =
                Make(*FindL2tpMessage(uint16_t(L2tpMessageType::CDN)), false, Size::COMMON);
            for (const uint8_t direction : {0, 1, 2})
            {
                cdn.Add(L2tpAvps::PPP_DISCONNECT_CAUSE_CODE,
                        {code.code, 0xc021, direction, direction ? "why" : ""});
            }
            WriteThreeTimes(cdn);
        }
        Datagram({});
        return !m_file.Fail();
    }

  private:
    /**
     * @brief Tell whether a set has a message.
     * @param set the set
     * @param info the message
     * @return true if so
     */
    static bool IsIn(L2tpMessageSet set, const L2tpMessageInfo& info)
    {
        return set >> static_cast<uint16_t>(info.type) & 1;
    }

    /**
     * @brief Make a message.
     * @param info which
     * @param withOptional whether to add all AVPs that it may have to those that it must
     * @param size how long the values are
     * @param without an AVP to leave out; the Message Type for none
     * @return the message
     */
    L2tpControlMessage Make(const L2tpMessageInfo& info,
                            bool withOptional,
                            Size size,
                            uint16_t without = L2tpAvps::MESSAGE_TYPE.type)
    {
        L2tpControlMessage message(info.type);
        for (const L2tpAvpInfo& avp : L2TP_AVPS)
        {
            const bool called = IsIn(avp.needed | (withOptional ? avp.allowed : 0), info);
            // Hiding brings Random Vectors of its own.
            const bool special =
                avp.type == L2tpAvps::RANDOM_VECTOR.type || avp.type == L2tpAvps::MESSAGE_TYPE.type;
            if (avp.name && called && !special && avp.type != without)
            {
                Add(message, avp, size);
            }
        }
        return message;
    }

    /**
     * @brief Append an AVP with a value that says something.
     * @param message to what
     * @param info the AVP
     * @param size how long its value is
     */
    void Add(L2tpControlMessage& message, const L2tpAvpInfo& info, Size size)
    {
        const std::size_t wished = size == Size::LEAST    ? 0
                                   : size == Size::COMMON ? info.minSize + 7
                                   : size == Size::BLOCK  ? 30
                                                          : 1012;
        std::vector<uint8_t> value(std::clamp<std::size_t>(wished, info.minSize, info.maxSize));
        // Letters in texts, so that tshark's reading of them is the same; anything in numbers.
        const std::size_t numbers = info.format == L2tpAvpFormat::TEXT          ? 0
                                    : info.format == L2tpAvpFormat::RESULT_CODE ? 4
                                    : info.format == L2tpAvpFormat::Q931_CAUSE  ? 3
                                    : info.format == L2tpAvpFormat::DISCONNECT  ? 5
                                                                                : value.size();
        for (std::size_t i = 0; i < value.size(); ++i)
        {
            value[i] = i < numbers ? Octet() : 'a' + Octet() % 26;
        }
        if (info.format == L2tpAvpFormat::CALL_ERRORS || info.format == L2tpAvpFormat::ACCM)
        {
            value[0] = value[1] = 0; // Reserved
        }
        if (info.type == L2tpAvps::PROXY_AUTHEN_ID.type)
        {
            value[0] = 0; // Reserved
        }
        if (info.type == L2tpAvps::ASSIGNED_TUNNEL_ID.type ||
            info.type == L2tpAvps::ASSIGNED_SESSION_ID.type)
        {
            value[0] |= 1; // not zero
        }
        if (info.type >= L2tpAvps::INITIAL_RECEIVED_LCP_CONFREQ.type &&
            info.type <= L2tpAvps::LAST_RECEIVED_LCP_CONFREQ.type)
        {
            value = LcpOptions(value.size());
        }
        if (info.type == L2tpAvps::PROTOCOL_VERSION.type)
        {
            value = {1, 0};
        }
        message.AddRaw({uint16_t(info.mandatory ? L2tpAvp::FLAG_MANDATORY : 0),
                        info.vendor,
                        info.type,
                        value});
    }

    /**
     * @brief Write a message in clear, and hidden in two ways.
     * @param message the message
     */
    void WriteThreeTimes(const L2tpControlMessage& message)
    {
        Datagram(message.GetBody());
        L2tpControlMessage hidden = message;
        hidden.Hide(m_secret, [this] { return Octet(); });
        Datagram(hidden.GetBody());
        L2tpControlMessage many;
        for (std::size_t i = 0; i < message.GetNAvps(); ++i)
        {
            const L2tpAvp avp = message.GetAvp(i);
            std::vector<uint8_t> value(avp.value.begin(), avp.value.end());
            uint16_t flags = avp.flags;
            if (FindL2tpAvp(avp.vendor, avp.type)->hideable && value.size() + 2 <= 1017)
            {
                // From 1 octet on: RFC 2661, section 4.4.1, recommends 16 and asks for none.
                const std::vector<uint8_t> vector = Octets(1 + i * 7 % 40);
                const std::vector<uint8_t> padding =
                    Octets(std::min<std::size_t>(i % 5, 1015 - value.size()));
                many.Add(L2tpAvps::RANDOM_VECTOR, std::string(vector.begin(), vector.end()));
                value = HideL2tpValue(avp.type, value, m_secret, vector, padding);
                flags |= L2tpAvp::FLAG_HIDDEN;
            }
            many.AddRaw({flags, avp.vendor, avp.type, value});
        }
        Datagram(many.GetBody());
    }

    /**
     * @brief Write a datagram.
     * @param body what follows the L2TP header
     */
    void Datagram(const std::vector<uint8_t>& body)
    {
        ++m_written;
        Ptr<Packet> packet = Create<Packet>(body.data(), body.size());
        const auto number = static_cast<uint16_t>(m_written * 259);
        packet->AddHeader(L2tpHeader::MakeControl(number,
                                                  number ^ 0x5555,
                                                  number ^ 0x0f0f,
                                                  number ^ 0xf0f0,
                                                  body.size()));
        const Ipv4Address source("10.9.0.1");
        const Ipv4Address destination("10.9.0.2");
        UdpHeader udp;
        udp.SetSourcePort(1701);
        udp.SetDestinationPort(1701);
        udp.EnableChecksums();
        udp.InitializeChecksum(source, destination, 17);
        packet->AddHeader(udp);
        Ipv4Header ip;
        ip.EnableChecksum();
        ip.SetSource(source);
        ip.SetDestination(destination);
        ip.SetProtocol(17);
        ip.SetTtl(64);
        ip.SetIdentification(number);
        ip.SetPayloadSize(packet->GetSize());
        packet->AddHeader(ip);
        m_file.Write(m_written, 0, packet);
    }

    /**
     * @brief Make LCP options (RFC 1661, section 6), which tshark reads too.
     * @param size how many octets at most
     * @return whole options
     */
    std::vector<uint8_t> LcpOptions(std::size_t size)
    {
        std::vector<uint8_t> options;
        for (; size - options.size() >= 6;)
        {
            options.insert(options.end(),
                           {5, 6, Octet(), Octet(), Octet(), Octet()}); // Magic-Number
        }
        if (size - options.size() >= 4)
        {
            options.insert(options.end(), {1, 4, 5, Octet()}); // Maximum-Receive-Unit
        }
        return options;
    }

    /// Draw an octet. @return any
    uint8_t Octet()
    {
        return static_cast<uint8_t>(m_random() >> 8);
    }

    /// Draw octets. @param count how many @return any
    std::vector<uint8_t> Octets(std::size_t count)
    {
        std::vector<uint8_t> octets(count);
        std::generate(octets.begin(), octets.end(), [this] { return Octet(); });
        return octets;
    }

    PcapFile m_file;              //!< where to write
    std::string m_secret;         //!< what to hide with
    uint32_t m_written{0};        //!< how many datagrams there are
    std::mt19937 m_random{26614}; //!< where all values come from; the same ones in every run
};

} // namespace

int
main(int argc, char* argv[])
{
    if (argc != 3)
    {
        std::cerr << "usage: message-corpus FILE.pcap SECRET\n";
        return 2;
    }
    return Corpus(argv[1], argv[2]).Write() ? 0 : 1;
}
