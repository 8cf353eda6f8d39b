/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-digest.h"

#include "l2tp-gcrypt.h"

#include "ns3/abort.h"

#include <algorithm>
#include <gcrypt.h>

namespace ns3
{

namespace
{

/**
 * @brief The handle in libgcrypt's own type.
 * @param handle the handle as the header keeps it
 * @return the handle as libgcrypt takes it
 */
gcry_md_hd_t
AsMd(void* handle)
{
    return static_cast<gcry_md_hd_t>(handle);
}

} // namespace

L2tpMd5::L2tpMd5()
    : m_handle(nullptr)
{
    L2tpEnsureGcrypt();
    gcry_md_hd_t handle = nullptr;
    const gcry_error_t error = gcry_md_open(&handle, GCRY_MD_MD5, 0);
    NS_ABORT_MSG_IF(error, "libgcrypt has no MD5 (FIPS mode?): " << gcry_strerror(error));
    m_handle = handle;
}

L2tpMd5::~L2tpMd5()
{
    gcry_md_close(AsMd(m_handle));
}

L2tpMd5&
L2tpMd5::Add(const uint8_t* data, std::size_t size)
{
    gcry_md_write(AsMd(m_handle), data, size);
    return *this;
}

L2tpMd5&
L2tpMd5::Add(const std::string& text)
{
    gcry_md_write(AsMd(m_handle), text.data(), text.size());
    return *this;
}

L2tpMd5&
L2tpMd5::Add(uint8_t octet)
{
    gcry_md_write(AsMd(m_handle), &octet, 1);
    return *this;
}

L2tpMd5Digest
L2tpMd5::Finish()
{
    L2tpMd5Digest digest;
    const unsigned char* result = gcry_md_read(AsMd(m_handle), GCRY_MD_MD5);
    std::copy_n(result, digest.size(), digest.begin());
    return digest;
}

} // namespace ns3
