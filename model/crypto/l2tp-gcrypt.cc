/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "l2tp-gcrypt.h"

#include <gcrypt.h>

namespace ns3
{

void
L2tpEnsureGcrypt()
{
    if (!gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P))
    {
        gcry_check_version(nullptr);
        gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
        gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
}

} // namespace ns3
