/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-avp-value.h"

#include <boost/endian/conversion.hpp>

namespace ns3
{

namespace
{

/**
 * @brief Append an unsigned integer in network order.
 * @param value the integer
 * @param out what to append to
 */
template <typename T>
void
AppendBig(T value, std::vector<uint8_t>& out)
{
    const std::size_t at = out.size();
    out.resize(at + sizeof(T));
    boost::endian::endian_store<T, sizeof(T), boost::endian::order::big>(&out[at], value);
}

/**
 * @brief Load an unsigned integer in network order.
 * @param at its first octet
 * @return the integer
 */
template <typename T>
T
LoadBig(const uint8_t* at)
{
    return boost::endian::endian_load<T, sizeof(T), boost::endian::order::big>(at);
}

/**
 * @brief Read an unsigned integer that fills the octets exactly.
 * @param octets the octets
 * @param value receives the integer
 * @return false if the size is wrong
 */
template <typename T>
bool
ReadBig(L2tpByteView octets, T& value)
{
    if (octets.size() != sizeof(T))
    {
        return false;
    }
    value = LoadBig<T>(octets.data());
    return true;
}

} // namespace

void
AppendL2tpValue(uint16_t value, std::vector<uint8_t>& out)
{
    AppendBig(value, out);
}

void
AppendL2tpValue(uint32_t value, std::vector<uint8_t>& out)
{
    AppendBig(value, out);
}

void
AppendL2tpValue(uint64_t value, std::vector<uint8_t>& out)
{
    AppendBig(value, out);
}

void
AppendL2tpValue(const std::string& value, std::vector<uint8_t>& out)
{
    out.insert(out.end(), value.begin(), value.end());
}

void
AppendL2tpValue(const L2tpPresence& /* value */, std::vector<uint8_t>& /* out */)
{
}

void
AppendL2tpValue(const L2tpResultCode& value, std::vector<uint8_t>& out)
{
    AppendBig(value.result, out);
    if (value.error)
    {
        AppendBig(*value.error, out);
        AppendL2tpValue(value.message, out);
    }
}

void
AppendL2tpValue(const L2tpQ931Cause& value, std::vector<uint8_t>& out)
{
    AppendBig(value.cause, out);
    out.push_back(value.message);
    AppendL2tpValue(value.advisory, out);
}

void
AppendL2tpValue(const L2tpCallErrors& value, std::vector<uint8_t>& out)
{
    AppendBig(uint16_t(0), out); // Reserved
    for (const uint32_t counter : {value.crcErrors,
                                   value.framingErrors,
                                   value.hardwareOverruns,
                                   value.bufferOverruns,
                                   value.timeoutErrors,
                                   value.alignmentErrors})
    {
        AppendBig(counter, out);
    }
}

void
AppendL2tpValue(const L2tpAccm& value, std::vector<uint8_t>& out)
{
    AppendBig(uint16_t(0), out); // Reserved
    AppendBig(value.send, out);
    AppendBig(value.receive, out);
}

void
AppendL2tpValue(const L2tpDisconnectCause& value, std::vector<uint8_t>& out)
{
    AppendBig(value.code, out);
    AppendBig(value.protocol, out);
    out.push_back(value.direction);
    AppendL2tpValue(value.message, out);
}

bool
ReadL2tpValue(L2tpByteView octets, uint16_t& value)
{
    return ReadBig(octets, value);
}

bool
ReadL2tpValue(L2tpByteView octets, uint32_t& value)
{
    return ReadBig(octets, value);
}

bool
ReadL2tpValue(L2tpByteView octets, uint64_t& value)
{
    return ReadBig(octets, value);
}

bool
ReadL2tpValue(L2tpByteView octets, std::string& value)
{
    value = octets.ToString();
    return true;
}

bool
ReadL2tpValue(L2tpByteView octets, L2tpPresence& /* value */)
{
    return octets.empty();
}

bool
ReadL2tpValue(L2tpByteView octets, L2tpResultCode& value)
{
    if (octets.size() == 2)
    {
        value = {LoadBig<uint16_t>(octets.data()), {}, {}};
        return true;
    }
    if (octets.size() < 4)
    {
        return false;
    }
    value = {LoadBig<uint16_t>(octets.data()),
             LoadBig<uint16_t>(octets.data() + 2),
             octets.Sub(4).ToString()};
    return true;
}

bool
ReadL2tpValue(L2tpByteView octets, L2tpQ931Cause& value)
{
    if (octets.size() < 3)
    {
        return false;
    }
    value = {LoadBig<uint16_t>(octets.data()), octets[2], octets.Sub(3).ToString()};
    return true;
}

bool
ReadL2tpValue(L2tpByteView octets, L2tpCallErrors& value)
{
    if (octets.size() != 26)
    {
        return false;
    }
    const uint8_t* at = octets.data() + 2;
    for (uint32_t* counter : {&value.crcErrors,
                              &value.framingErrors,
                              &value.hardwareOverruns,
                              &value.bufferOverruns,
                              &value.timeoutErrors,
                              &value.alignmentErrors})
    {
        *counter = LoadBig<uint32_t>(at);
        at += 4;
    }
    return true;
}

bool
ReadL2tpValue(L2tpByteView octets, L2tpAccm& value)
{
    if (octets.size() != 10)
    {
        return false;
    }
    value = {LoadBig<uint32_t>(octets.data() + 2), LoadBig<uint32_t>(octets.data() + 6)};
    return true;
}

bool
ReadL2tpValue(L2tpByteView octets, L2tpDisconnectCause& value)
{
    if (octets.size() < 5)
    {
        return false;
    }
    value = {LoadBig<uint16_t>(octets.data()),
             LoadBig<uint16_t>(octets.data() + 2),
             octets[4],
             octets.Sub(5).ToString()};
    return true;
}

} // namespace ns3
