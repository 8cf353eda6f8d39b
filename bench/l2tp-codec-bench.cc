/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

/// @file
/// What the wire formats cost: an SCCRQ with ten AVPs and a data header, parsed and written, beside
/// a plain copy of the same octets.

#include "ns3/l2tp-control-message.h"
#include "ns3/l2tp-header.h"

#include <benchmark/benchmark.h>
#include <cstring>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr std::size_t DATAGRAM_SIZE = 1400; //!< octets of a usual data datagram

/// An SCCRQ with ten AVPs. @return the message
L2tpControlMessage
MakeSccrq()
{
    L2tpControlMessage message(L2tpMessageType::SCCRQ);
    message.Add(L2tpAvps::PROTOCOL_VERSION, L2TP_PROTOCOL_VERSION)
        .Add(L2tpAvps::FRAMING_CAPABILITIES, L2tpFraming::SYNCHRONOUS | L2tpFraming::ASYNCHRONOUS)
        .Add(L2tpAvps::BEARER_CAPABILITIES, 0u)
        .Add(L2tpAvps::FIRMWARE_REVISION, uint16_t(0x0690))
        .Add(L2tpAvps::HOST_NAME, std::string("lac.example"))
        .Add(L2tpAvps::VENDOR_NAME, std::string("xelerance.com"))
        .Add(L2tpAvps::ASSIGNED_TUNNEL_ID, uint16_t(42748))
        .Add(L2tpAvps::RECEIVE_WINDOW_SIZE, uint16_t(4))
        .Add(L2tpAvps::CHALLENGE, std::string(16, 'c'));
    return message;
}

/**
 * @brief Put a control datagram together.
 * @param message the message
 * @return header and body
 */
std::vector<uint8_t>
ToDatagram(const L2tpControlMessage& message)
{
    const std::vector<uint8_t>& body = message.GetBody();
    const L2tpHeader header = L2tpHeader::MakeControl(0, 0, 0, 0, body.size());
    std::vector<uint8_t> datagram(header.GetSerializedSize() + body.size());
    header.Write(datagram.data());
    std::memcpy(&datagram[header.GetSerializedSize()], body.data(), body.size());
    return datagram;
}

/**
 * @brief Parse a control datagram.
 * @param datagram the datagram
 * @param message receives the message
 * @return whether it is one
 */
bool
ParseDatagram(const std::vector<uint8_t>& datagram, L2tpControlMessage& message)
{
    L2tpHeader header;
    if (L2tpHeader::Parse(datagram, datagram.size(), header) != L2tpHeaderError::NONE)
    {
        return false;
    }
    const L2tpByteView body = L2tpByteView(datagram).Sub(header.GetSerializedSize(),
                                                         header.GetPayloadSize(datagram.size()));
    return L2tpControlMessage::Parse(body, message) == L2tpAvpError::NONE;
}

/// A data datagram with a 6-octet header. @return the octets
std::vector<uint8_t>
MakeData()
{
    L2tpHeader header;
    header.SetTunnelId(42748);
    header.SetSessionId(9243);
    std::vector<uint8_t> datagram(DATAGRAM_SIZE);
    header.Write(datagram.data());
    return datagram;
}

void
ParseSccrq(benchmark::State& state)
{
    const std::vector<uint8_t> datagram = ToDatagram(MakeSccrq());
    for (auto _ : state)
    {
        L2tpControlMessage message;
        benchmark::DoNotOptimize(ParseDatagram(datagram, message));
        benchmark::DoNotOptimize(message);
    }
}

void
ParseAndCheckSccrq(benchmark::State& state)
{
    const std::vector<uint8_t> datagram = ToDatagram(MakeSccrq());
    for (auto _ : state)
    {
        L2tpControlMessage message;
        benchmark::DoNotOptimize(ParseDatagram(datagram, message));
        benchmark::DoNotOptimize(message.Check());
        benchmark::DoNotOptimize(message);
    }
}

void
CheckSccrq(benchmark::State& state)
{
    L2tpControlMessage message;
    ParseDatagram(ToDatagram(MakeSccrq()), message);
    for (auto _ : state)
    {
        benchmark::DoNotOptimize(message.Check());
    }
}

void
WriteSccrq(benchmark::State& state)
{
    for (auto _ : state)
    {
        benchmark::DoNotOptimize(ToDatagram(MakeSccrq()));
    }
}

void
CopySccrq(benchmark::State& state)
{
    const std::vector<uint8_t> datagram = ToDatagram(MakeSccrq());
    std::vector<uint8_t> out(datagram.size());
    for (auto _ : state)
    {
        std::memcpy(out.data(), datagram.data(), datagram.size());
        benchmark::DoNotOptimize(out.data());
        benchmark::ClobberMemory();
    }
}

void
ParseData(benchmark::State& state)
{
    const std::vector<uint8_t> datagram = MakeData();
    const L2tpByteView prefix(datagram.data(), L2tpHeader::MAX_FIXED_SIZE);
    for (auto _ : state)
    {
        L2tpHeader header;
        benchmark::DoNotOptimize(L2tpHeader::Parse(prefix, datagram.size(), header));
        benchmark::DoNotOptimize(header);
    }
}

void
WriteData(benchmark::State& state)
{
    uint8_t out[L2tpHeader::MAX_FIXED_SIZE];
    for (auto _ : state)
    {
        L2tpHeader header;
        header.SetTunnelId(42748);
        header.SetSessionId(9243);
        benchmark::DoNotOptimize(header);
        header.Write(out);
        benchmark::DoNotOptimize(out);
        benchmark::ClobberMemory();
    }
}

void
CopyDataHeader(benchmark::State& state)
{
    const std::vector<uint8_t> datagram = MakeData();
    uint8_t out[6];
    for (auto _ : state)
    {
        std::memcpy(out, datagram.data(), sizeof(out));
        benchmark::DoNotOptimize(out);
        benchmark::ClobberMemory();
    }
}

} // namespace

BENCHMARK(ParseSccrq);
BENCHMARK(ParseAndCheckSccrq);
BENCHMARK(CheckSccrq);
BENCHMARK(WriteSccrq);
BENCHMARK(CopySccrq);
BENCHMARK(ParseData);
BENCHMARK(WriteData);
BENCHMARK(CopyDataHeader);

BENCHMARK_MAIN();
