/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-avp-hiding.h"

#include "ns3/l2tp-digest.h"

#include <algorithm>
#include <boost/endian/conversion.hpp>

namespace ns3
{

namespace
{

constexpr std::size_t BLOCK = std::tuple_size<L2tpMd5Digest>::value; //!< octets of a segment
constexpr std::size_t LENGTH_SIZE = 2; //!< octets of the Length of Original Value

/**
 * @brief Exclusive-or octets with the digests of section 4.3, which each block but the first takes
 * from the block of ciphertext before it.
 * @param type Attribute Type
 * @param in what to transform
 * @param isCipher whether that is the ciphertext (to reveal) or the clear text (to hide)
 * @param secret the secret
 * @param randomVector the random vector
 * @return as many octets as there were
 */
std::vector<uint8_t>
Transform(uint16_t type,
          L2tpByteView in,
          bool isCipher,
          const std::string& secret,
          L2tpByteView randomVector)
{
    std::vector<uint8_t> out(in.begin(), in.end());
    uint8_t number[2];
    boost::endian::store_big_u16(number, type);
    // b1 = MD5(AV + S + RV)
    L2tpMd5Digest digest = L2tpMd5()
                               .Add(number, sizeof(number))
                               .Add(secret)
                               .Add(randomVector.data(), randomVector.size())
                               .Finish();
    for (std::size_t at = 0; at < out.size(); at += BLOCK)
    {
        const std::size_t size = std::min(BLOCK, out.size() - at);
        for (std::size_t i = 0; i < size; ++i)
        {
            out[at + i] ^= digest[i];
        }
        // bi = MD5(S + c(i-1))
        const uint8_t* cipher = isCipher ? in.data() + at : &out[at];
        digest = L2tpMd5().Add(secret).Add(cipher, size).Finish();
    }
    return out;
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
    return Transform(type, clear, false, secret, randomVector);
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
    std::vector<uint8_t> clear = Transform(type, hidden, true, secret, randomVector);
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
