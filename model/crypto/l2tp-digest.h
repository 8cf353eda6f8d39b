/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_DIGEST_H
#define L2TP_DIGEST_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace ns3
{

/// An MD5 digest (RFC 1321), as CHAP (RFC 1994) and L2TP's own authentication use it.
using L2tpMd5Digest = std::array<uint8_t, 16>;

/**
 * @ingroup l2tp
 *
 * @brief MD5 over the concatenation of several pieces, by libgcrypt.
 *
 * CHAP hashes Identifier, secret and challenge (RFC 1994, section 4.1); L2TP hashes message type,
 * secret and challenge (RFC 2661, section 5.1.1). Both are pieces put one after the other.
 */
class L2tpMd5
{
  public:
    L2tpMd5();
    ~L2tpMd5();
    L2tpMd5(const L2tpMd5&) = delete;
    L2tpMd5& operator=(const L2tpMd5&) = delete;

    /**
     * @brief Add octets to what is hashed.
     * @param data the octets
     * @param size how many
     * @return this object, so that calls can be chained
     */
    L2tpMd5& Add(const uint8_t* data, std::size_t size);

    /**
     * @brief Add the octets of a string to what is hashed.
     * @param text the octets
     * @return this object, so that calls can be chained
     */
    L2tpMd5& Add(const std::string& text);

    /**
     * @brief Add one octet to what is hashed.
     * @param octet the octet
     * @return this object, so that calls can be chained
     */
    L2tpMd5& Add(uint8_t octet);

    /**
     * @brief Finish.
     * @return the digest of all that was added
     */
    L2tpMd5Digest Finish();

  private:
    void* m_handle; //!< libgcrypt's handle (gcry_md_hd_t, kept out of this header)
};

} // namespace ns3

#endif /* L2TP_DIGEST_H */
