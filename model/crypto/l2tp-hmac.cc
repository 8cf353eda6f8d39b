/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-hmac.h"

#include "l2tp-gcrypt.h"

#include "ns3/abort.h"

#include <algorithm>
#include <gcrypt.h>

namespace ns3
{

L2tpMd5Digest
L2tpHmacMd5(const std::vector<uint8_t>& key, const uint8_t* data, std::size_t size)
{
    L2tpEnsureGcrypt();
    gcry_md_hd_t handle = nullptr;
    gcry_error_t error = gcry_md_open(&handle, GCRY_MD_MD5, GCRY_MD_FLAG_HMAC);
    error = error ? error : gcry_md_setkey(handle, key.data(), key.size());
    NS_ABORT_MSG_IF(error, "libgcrypt has no HMAC-MD5 (FIPS mode?): " << gcry_strerror(error));
    gcry_md_write(handle, data, size);
    L2tpMd5Digest digest;
    std::copy_n(gcry_md_read(handle, GCRY_MD_MD5), digest.size(), digest.begin());
    gcry_md_close(handle);
    return digest;
}

} // namespace ns3
