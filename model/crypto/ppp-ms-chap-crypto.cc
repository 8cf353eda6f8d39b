/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ppp-ms-chap-crypto.h"

#include "l2tp-gcrypt.h"

#include "ns3/abort.h"

#include <algorithm>
#include <bitset>
#include <gcrypt.h>
#include <string_view>

namespace ns3
{

namespace
{

/// Section 8.7, Magic1, without a terminating 0.
constexpr std::string_view MAGIC_1 = "Magic server to client signing constant";
/// Section 8.7, Magic2, without a terminating 0.
constexpr std::string_view MAGIC_2 = "Pad to make it do more than one iteration";

static_assert(MAGIC_1.size() == 39 && MAGIC_2.size() == 41, "as the RFC counts them");

using Sha1Digest = std::array<uint8_t, 20>; //!< digest of the Secure Hash Algorithm

/// A piece of what is hashed.
template <typename OCTETS>
gcry_buffer_t
Piece(const OCTETS& octets)
{
    gcry_buffer_t piece{};
    piece.len = octets.size();
    // libgcrypt only reads it, but has no type that says so.
    piece.data = const_cast<typename OCTETS::value_type*>(octets.data());
    return piece;
}

/// Hash pieces put one after the other.
template <typename DIGEST, std::size_t N>
DIGEST
Hash(int algorithm, const std::array<gcry_buffer_t, N>& pieces)
{
    L2tpEnsureGcrypt();
    DIGEST digest;
    const gcry_error_t error =
        gcry_md_hash_buffers(algorithm, 0, digest.data(), pieces.data(), pieces.size());
    NS_ABORT_MSG_IF(error,
                    "libgcrypt has no MD4 or no SHA-1 (FIPS mode?): " << gcry_strerror(error));
    return digest;
}

/// Append a unit of UTF-16, little end first.
void
AppendUnit(std::string& text, uint32_t unit)
{
    text.push_back(static_cast<char>(unit & 0xff));
    text.push_back(static_cast<char>(unit >> 8 & 0xff));
}

/// Read a character of UTF-8, and move on; an octet that doesn't begin one stands for itself.
uint32_t
ReadCharacter(const std::string& text, std::size_t& at)
{
    /// Octets that begin a character, by how many more follow (RFC 3629, section 3).
    struct Row
    {
        uint8_t mask;      //!< the bits that tell
        uint8_t value;     //!< what they are
        std::size_t more;  //!< how many octets follow
        uint32_t smallest; //!< the smallest character that needs so many
    };

    static constexpr Row ROWS[] = {{0xe0, 0xc0, 1, 0x80},
                                   {0xf0, 0xe0, 2, 0x800},
                                   {0xf8, 0xf0, 3, 0x10000}};
    const auto first = static_cast<uint8_t>(text[at++]);
    for (const Row& row : ROWS)
    {
        if ((first & row.mask) != row.value || text.size() - at < row.more)
        {
            continue;
        }
        uint32_t character = first & ~row.mask & 0xff;
        bool valid = true;
        for (std::size_t i = 0; i < row.more; ++i)
        {
            const auto octet = static_cast<uint8_t>(text[at + i]);
            valid = valid && (octet & 0xc0) == 0x80;
            character = character << 6 | (octet & 0x3f);
        }
        const bool surrogate = character >= 0xd800 && character <= 0xdfff;
        if (valid && !surrogate && character >= row.smallest && character <= 0x10ffff)
        {
            at += row.more;
            return character;
        }
    }
    return first;
}

/// Write a password as Unicode characters, as NtPasswordHash() takes it.
std::string
ToUtf16(const std::string& password)
{
    std::string units;
    units.reserve(2 * password.size());
    for (std::size_t at = 0; at < password.size();)
    {
        const uint32_t character = ReadCharacter(password, at);
        if (character < 0x10000)
        {
            AppendUnit(units, character);
        }
        else
        {
            AppendUnit(units, 0xd800 + ((character - 0x10000) >> 10));
            AppendUnit(units, 0xdc00 + ((character - 0x10000) & 0x3ff));
        }
    }
    return units;
}

/// A handle of DES in ECB mode.
class Des
{
  public:
    Des()
    {
        L2tpEnsureGcrypt();
        Check(gcry_cipher_open(&m_handle, GCRY_CIPHER_DES, GCRY_CIPHER_MODE_ECB, 0));
        // The key comes from a hash, and weak ones happen: a hash that ends in zeros has one.
        Check(gcry_cipher_ctl(m_handle, GCRYCTL_SET_ALLOW_WEAK_KEY, nullptr, 1));
    }

    ~Des()
    {
        gcry_cipher_close(m_handle);
    }

    Des(const Des&) = delete;
    Des& operator=(const Des&) = delete;

    /// DesEncrypt() (section 8.6).
    void Encrypt(const PppMsChapHash& clear, const PppDesKey& key, uint8_t* cypher)
    {
        const gcry_error_t error = gcry_cipher_setkey(m_handle, key.data(), key.size());
        if (gcry_err_code(error) != GPG_ERR_WEAK_KEY)
        {
            Check(error);
        }
        Check(gcry_cipher_encrypt(m_handle, cypher, clear.size(), clear.data(), clear.size()));
    }

  private:
    /// Stop if something didn't work.
    static void Check(gcry_error_t error)
    {
        NS_ABORT_MSG_IF(error, "libgcrypt has no DES (FIPS mode?): " << gcry_strerror(error));
    }

    gcry_cipher_hd_t m_handle{nullptr}; //!< libgcrypt's handle
};

} // namespace

std::string
PppMsChapHex(const uint8_t* octets, std::size_t size)
{
    static constexpr char DIGITS[] = "0123456789ABCDEF";
    std::string text;
    text.reserve(2 * size);
    for (std::size_t i = 0; i < size; ++i)
    {
        text.push_back(DIGITS[octets[i] >> 4]);
        text.push_back(DIGITS[octets[i] & 0x0f]);
    }
    return text;
}

PppNtPasswordHash
PppMsChapPasswordHash(const std::string& password)
{
    const std::string unicode = ToUtf16(password);
    return Hash<PppNtPasswordHash>(GCRY_MD_MD4, std::array{Piece(unicode)});
}

PppNtPasswordHash
PppMsChapHashPasswordHash(const PppNtPasswordHash& hash)
{
    return Hash<PppNtPasswordHash>(GCRY_MD_MD4, std::array{Piece(hash)});
}

PppMsChapHash
PppMsChapChallengeHash(const PppMsChapExchange& exchange)
{
    const std::string_view name = exchange.userName;
    const auto backslash = name.find('\\');
    const auto user = backslash == std::string_view::npos ? name : name.substr(backslash + 1);
    const auto digest = Hash<Sha1Digest>(GCRY_MD_SHA1,
                                         std::array{Piece(exchange.peerChallenge),
                                                    Piece(exchange.authenticatorChallenge),
                                                    Piece(user)});
    PppMsChapHash hash;
    std::copy_n(digest.begin(), hash.size(), hash.begin());
    return hash;
}

PppDesKey
PppMsChapDesKey(const PppDesRawKey& raw)
{
    uint64_t bits = 0;
    for (const uint8_t octet : raw)
    {
        bits = bits << 8 | octet;
    }
    PppDesKey key;
    for (std::size_t i = 0; i < key.size(); ++i)
    {
        const auto seven = static_cast<uint8_t>(bits >> 7 * (key.size() - 1 - i) & 0x7f);
        const bool odd = std::bitset<7>(seven).count() % 2 == 1;
        key[i] = static_cast<uint8_t>(seven << 1 | (odd ? 0 : 1));
    }
    return key;
}

PppNtResponse
PppMsChapChallengeResponse(const PppMsChapHash& challenge, const PppNtPasswordHash& hash)
{
    constexpr std::size_t KEYS = 3;
    std::array<uint8_t, KEYS * std::tuple_size<PppDesRawKey>::value> padded{};
    std::copy(hash.begin(), hash.end(), padded.begin());
    PppNtResponse response;
    Des des;
    for (std::size_t i = 0; i < KEYS; ++i)
    {
        PppDesRawKey raw;
        std::copy_n(padded.begin() + i * raw.size(), raw.size(), raw.begin());
        des.Encrypt(challenge, PppMsChapDesKey(raw), response.data() + i * challenge.size());
    }
    return response;
}

PppNtResponse
PppMsChapNtResponse(const PppMsChapExchange& exchange, const std::string& password)
{
    return PppMsChapChallengeResponse(PppMsChapChallengeHash(exchange),
                                      PppMsChapPasswordHash(password));
}

std::string
PppMsChapAuthenticatorResponse(const PppMsChapExchange& exchange,
                               const std::string& password,
                               const PppNtResponse& response)
{
    const auto hashHash = PppMsChapHashPasswordHash(PppMsChapPasswordHash(password));
    const auto inner =
        Hash<Sha1Digest>(GCRY_MD_SHA1,
                         std::array{Piece(hashHash), Piece(response), Piece(MAGIC_1)});
    const auto challenge = PppMsChapChallengeHash(exchange);
    const auto digest =
        Hash<Sha1Digest>(GCRY_MD_SHA1, std::array{Piece(inner), Piece(challenge), Piece(MAGIC_2)});
    return "S=" + PppMsChapHex(digest.data(), digest.size());
}

} // namespace ns3
