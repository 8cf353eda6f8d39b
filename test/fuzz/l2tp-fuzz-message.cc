/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief L2TP datagrams: header, control message, AVPs, hidden ones too
 *
 * The input is a UDP payload, as `./l2tp dissect` takes it: L2TP's header, a control message, its
 * AVPs, hidden ones too. What can be parsed must come back as it was.
 */

#include "datagram-dissection.h"
#include "l2tp-fuzz-input.h"
#include "l2tp-fuzz-target.h"
#include "wire/all-avp-keys.h"

#include "ns3/l2tp-avp-hiding.h"
#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"
#include "ns3/packet.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

const char* const SECRET = "s3cret"; //!< what the seeds' AVPs are hidden with

/// Whether octets are the same. @param a some @param b others @return true if so
bool
AreSame(L2tpByteView a, L2tpByteView b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/**
 * @brief Read an AVP as a message does, and write the value: it says the same.
 * @tparam T the type of the value
 * @param key which
 * @param message the message
 */
template <typename T>
void
TakeValueApart(const L2tpAvpKey<T>& key, const L2tpControlMessage& message)
{
    for (const T& value : message.GetAll(key))
    {
        std::vector<uint8_t> octets;
        AppendL2tpValue(value, octets);
        T again{};
        FuzzExpect(ReadL2tpValue(octets, again), "a value that was written can be read");
        FuzzExpect(again == value, "a value comes back as it was written");
    }
    FuzzExpect(!message.Get(key) || message.Has(key), "an AVP that has a value is there");
}

/**
 * @brief Take the body of a control message apart.
 * @param body what follows the header
 */
void
TakeMessageApart(L2tpByteView body)
{
    L2tpControlMessage message;
    const L2tpAvpError error = L2tpControlMessage::Parse(body, message);
    FuzzExpect(AreSame(message.GetBody(), body), "a message keeps its octets");
    L2tpControlMessage again;
    for (std::size_t i = 0; i < message.GetNAvps(); ++i)
    {
        again.AddRaw(message.GetAvp(i));
    }
    const std::size_t whole = again.GetBody().size();
    FuzzExpect(whole == body.size() || (error != L2tpAvpError::NONE && whole < body.size()),
               "AVPs are the whole message unless one is malformed");
    FuzzExpect(AreSame(again.GetBody(), body.Sub(0, whole)), "AVPs come back as they were");

    VisitAllAvpKeys([&message](const auto& key) { TakeValueApart(key, message); });
    message.Reveal(SECRET);
    for (std::size_t i = 0; i < message.GetNAvps(); ++i)
    {
        const auto value = message.GetClearValue(i);
        FuzzExpect(value || message.GetAvp(i).IsHidden(), "what is not hidden is in clear");
    }
    VisitAllAvpKeys([&message](const auto& key) { TakeValueApart(key, message); });
    if (const auto fault = message.Check())
    {
        fault->code.Describe(fault->clearsTunnel ? L2tpMessageType::STOPCCN : L2tpMessageType::CDN);
    }
    FuzzExpect(message.GetIgnored() <= message.GetNAvps(),
               "no more AVPs are ignored than are there");
    VisitAllAvpKeys([&message](const auto& key) { TakeValueApart(key, message); });
}

/**
 * @brief Take a datagram apart.
 * @param octets the UDP payload
 */
void
TakeDatagramApart(const std::vector<uint8_t>& octets)
{
    L2tpHeader header;
    const L2tpHeaderError error = L2tpHeader::Parse(octets, octets.size(), header);
    const auto packet = Create<Packet>(octets.data(), octets.size());
    L2tpHeader deserialized;
    const uint32_t taken = packet->PeekHeader(deserialized);
    FuzzExpect(deserialized.GetError() == error, "a packet's header is as good as the octets'");
    if (error != L2tpHeaderError::NONE)
    {
        FuzzExpect(taken == 0, "nothing is taken off a packet for a header that is none");
        return;
    }
    std::ostringstream words;
    header.Print(words);
    const std::size_t size = header.GetSerializedSize();
    FuzzExpect(taken == size, "a header is as long in a packet as in octets");
    const std::size_t payload = header.GetPayloadSize(octets.size());
    FuzzExpect(size + payload <= octets.size(), "a message ends within its datagram");
    std::vector<uint8_t> written(size);
    header.Write(written.data());
    FuzzExpect(AreSame(written, L2tpByteView(octets).Sub(0, size)),
               "a header comes back as it was");
    if (header.IsControl())
    {
        TakeMessageApart(L2tpByteView(octets).Sub(size, payload));
    }
}

/**
 * @brief Hide a value and reveal it, and reveal what was never hidden (RFC 2661, section 4.3).
 * @param input says type, secret, Random Vector, padding and value
 */
void
HideAndReveal(FuzzInput input)
{
    const uint16_t type = input.Number();
    const std::string secret = input.CountedText();
    const std::vector<uint8_t> vector = input.Counted();
    const std::vector<uint8_t> padding = input.Counted();
    const std::vector<uint8_t> value = input.Rest();
    const auto hidden = HideL2tpValue(type, value, secret, vector, padding);
    FuzzExpect(hidden.size() == value.size() + padding.size() + 2,
               "hiding adds Length and padding");
    FuzzExpect(RevealL2tpValue(type, hidden, secret, vector) == value, "what is hidden is found");
    const auto found = RevealL2tpValue(type, value, secret, vector);
    FuzzExpect(!found || found->size() + 2 <= value.size(), "no more is found than can be hidden");
}

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const std::vector<uint8_t> octets(data, data + size);
    TakeDatagramApart(octets);

    const DatagramDissection dissection(octets, SECRET);
    std::ostringstream words;
    dissection.Print(words);
    dissection.ToJson(1).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);

    HideAndReveal(FuzzInput(data, size));
    return 0;
}
