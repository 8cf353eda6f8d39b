/*
 * SPDX-License-Identifier: GPL-2.0-only
 *
 * @brief PPP frames: header, control packets, options, IP inside, HDLC-like framing
 *
 * The input is a PPP frame: its header, a control packet, Configuration Options, the fields of
 * authentication; IP inside, as marking and faults look at it; and octets from a serial line.
 */

#include "l2tp-fuzz-target.h"

#include "ns3/l2tp-byte-view.h"
#include "ns3/l2tp-frame-view.h"
#include "ns3/l2tp-inner-ip.h"
#include "ns3/packet.h"
#include "ns3/ppp-chap.h"
#include "ns3/ppp-control-packet.h"
#include "ns3/ppp-frame-header.h"
#include "ns3/ppp-hdlc-framing.h"
#include "ns3/ppp-ms-chap.h"
#include "ns3/ppp-option.h"
#include "ns3/ppp-router-solicitation.h"
#include "ns3/ppp-user-name.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

using OctetString = std::vector<uint8_t>;

/// Take the data of a Configure packet apart. @param data it
void
TakeOptionsApart(const OctetString& data)
{
    PppOptionList options;
    if (ParsePppOptions(data.data(), data.size(), options))
    {
        FuzzExpect(SerializePppOptions(options) == data, "options come back as they were");
        for (const PppOption& option : options)
        {
            FuzzExpect(FindPppOption(options, option.type), "an option that is there is found");
            option.Get16();
            option.Get32();
        }
    }
}

/// Take the data of a packet of CHAP apart, as MS-CHAP-V2 has it. @param packet the packet
void
TakeChapApart(const PppControlPacket& packet)
{
    const std::string text(packet.data.begin(), packet.data.end());
    if (const auto failure = PppMsChapFailure::Parse(text))
    {
        const auto again = PppMsChapFailure::Parse(failure->Serialize());
        FuzzExpect(again.has_value(), "a Failure that was written can be read");
        FuzzExpect(again->error == failure->error && again->retry == failure->retry &&
                       again->challenge == failure->challenge &&
                       again->version == failure->version && again->message == failure->message,
                   "a Failure comes back as it was written");
    }
    PppMsChapResponse::Parse(packet.data);

    PppAuthAttempt attempt;
    attempt.protocol = PPP_AUTH_MSCHAP_V2;
    attempt.identifier = packet.identifier;
    attempt.name = text;
    attempt.challenge = packet.data;
    attempt.response = packet.data;
    attempt.challenge.resize(std::min<std::size_t>(16, attempt.challenge.size()));
    attempt.response.resize(std::min<std::size_t>(49, attempt.response.size()));
    PppMsChapJudge(attempt, "wonderland");
    PppChapDigest(packet.identifier, "wonderland", packet.data);

    PppDomainOf(text);
    PppDomainOf(text, "@%", "/\\");
}

/// Take a frame apart as the end of a link does. @param frame it
void
TakeFrameApart(const OctetString& frame)
{
    PppFrameHeader header;
    const PppFrameError error = PppFrameHeader::Parse(frame.data(), frame.size(), header);
    PppFrameHeader deserialized;
    const auto packet = Create<Packet>(frame.data(), frame.size());
    const uint32_t size = packet->PeekHeader(deserialized);
    FuzzExpect(deserialized.GetError() == error, "a packet's header is as good as the octets'");
    if (error != PppFrameError::NONE)
    {
        FuzzExpect(size == 0, "nothing is taken off a packet for a header that is none");
        return;
    }
    std::ostringstream words;
    header.Print(words);
    FuzzExpect(size == header.GetSerializedSize(), "a header is as long in a packet as in octets");
    const auto written = Create<Packet>();
    written->AddHeader(header);
    OctetString again(written->GetSize());
    written->CopyData(again.data(), again.size());
    FuzzExpect(std::equal(again.begin(), again.end(), frame.begin()), "a header comes back");

    PppControlPacket control;
    if (PppControlPacket::Parse(frame.data() + size, frame.size() - size, control) !=
        PppControlError::NONE)
    {
        return;
    }
    const OctetString octets = control.Serialize();
    FuzzExpect(octets.size() <= frame.size() - size &&
                   std::equal(octets.begin(), octets.end(), frame.begin() + size),
               "a control packet comes back as it was");
    PppCodeName(control.code);
    TakeOptionsApart(control.data);
    TakeChapApart(control);
}

/// Look into a frame as marking and faults do. @param frame it
void
LookInside(const OctetString& frame)
{
    const auto packet = Create<Packet>(frame.data(), frame.size());
    ViewL2tpFrame(packet, 1701);
    IsPppRouterSolicitation(packet);
    L2tpInnerIp inner(packet);
    const uint8_t changed = inner.GetTrafficClass() ^ 0x2b;
    inner.SetTrafficClass(packet, changed);
    FuzzExpect(packet->GetSize() == frame.size(), "marking changes no size");
    if (inner.IsThere())
    {
        FuzzExpect(L2tpInnerIp(packet).GetTrafficClass() == changed, "a mark can be read again");
        inner.SetTrafficClass(packet, changed ^ 0x2b);
    }
    OctetString again(packet->GetSize());
    packet->CopyData(again.data(), again.size());
    FuzzExpect(again == frame, "a mark taken back leaves nothing");
}

/// Send a frame over an asynchronous line. @param frame it @param accm what to escape
void
SendOverLine(const OctetString& frame, uint32_t accm)
{
    PppHdlcEncoder encoder;
    encoder.SetAccm(accm);
    OctetString line;
    encoder.Encode(frame.data(), frame.size(), true, line);
    PppHdlcDecoder decoder(frame.size());
    decoder.SetAccm(accm);
    std::size_t frames = 0;
    for (const uint8_t octet : line)
    {
        if (decoder.Push(octet) == PppHdlcResult::FRAME)
        {
            ++frames;
            FuzzExpect(decoder.GetFrame() == frame, "a frame comes over a line as it was");
        }
    }
    FuzzExpect(frames == (frame.size() < 2 ? 0 : 1), "a frame comes over a line once");
}

/// Take the input for what comes from a line. @param octets it
void
ReceiveFromLine(const OctetString& octets)
{
    constexpr std::size_t LONGEST = 64;
    for (const uint32_t accm : {0U, 0xffffffffU})
    {
        PppHdlcDecoder decoder(LONGEST);
        decoder.SetAccm(accm);
        for (const uint8_t octet : octets)
        {
            // No code of its own: an octet without a stop bit.
            const PppHdlcResult result =
                octet == 0xfe ? decoder.PushViolation() : decoder.Push(octet);
            if (result == PppHdlcResult::FRAME)
            {
                FuzzExpect(decoder.GetFrame().size() <= LONGEST, "no frame is longer than allowed");
            }
        }
    }
}

} // namespace

extern "C" int
LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size)
{
    const OctetString frame(data, data + size);
    TakeFrameApart(frame);
    TakeOptionsApart(frame);
    LookInside(frame);
    SendOverLine(frame, 0);
    SendOverLine(frame, size < 4 ? 0xffffffff : L2tpByteView(frame)[3] * 0x01010101U);
    ReceiveFromLine(frame);
    return 0;
}
