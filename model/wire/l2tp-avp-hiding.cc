/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-avp-hiding.h"

#include "ns3/l2tp-md5-hiding.h"

#include <boost/endian/conversion.hpp>

namespace ns3
{

namespace
{

constexpr std::size_t LENGTH_SIZE = 2; //!< octets of the Length of Original Value

/**
 * @brief The digest that the first block is combined with: b1 = MD5(AV + S + RV).
 * @param type Attribute Type
 * @param secret the secret
 * @param randomVector the random vector
 * @return the digest
 */
L2tpMd5Digest
FirstDigest(uint16_t type, const std::string& secret, L2tpByteView randomVector)
{
    uint8_t number[2];
    boost::endian::store_big_u16(number, type);
    return L2tpMd5()
        .Add(number, sizeof(number))
        .Add(secret)
        .Add(randomVector.data(), randomVector.size())
        .Finish();
}

} // namespace

std::vector<uint8_t>
HideL2tpValue(uint16_t type,
              L2tpByteView value,
              const std::string& secret,
              L2tpByteView randomVector,
              L2tpByteView padding)
{
    std::vector<uint8_t> clear(LENGTH_SIZE);
    boost::endian::store_big_u16(clear.data(), static_cast<uint16_t>(value.size()));
    clear.insert(clear.end(), value.begin(), value.end());
    clear.insert(clear.end(), padding.begin(), padding.end());
    L2tpMd5Hide(clear, secret, FirstDigest(type, secret, randomVector));
    return clear;
}

std::optional<std::vector<uint8_t>>
RevealL2tpValue(uint16_t type,
                L2tpByteView hidden,
                const std::string& secret,
                L2tpByteView randomVector)
{
    if (hidden.size() < LENGTH_SIZE)
    {
        return std::nullopt;
    }
    std::vector<uint8_t> clear(hidden.begin(), hidden.end());
    L2tpMd5Reveal(clear, secret, FirstDigest(type, secret, randomVector));
    const std::size_t size = boost::endian::load_big_u16(clear.data());
    if (size > clear.size() - LENGTH_SIZE)
    {
        return std::nullopt;
    }
    clear.erase(clear.begin(), clear.begin() + LENGTH_SIZE);
    clear.resize(size);
    return clear;
}

} // namespace ns3
