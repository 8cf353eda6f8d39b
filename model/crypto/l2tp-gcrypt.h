/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_GCRYPT_H
#define L2TP_GCRYPT_H

namespace ns3
{

/// Initialise libgcrypt once, unless the program has done it already; before any other use of it.
void L2tpEnsureGcrypt();

} // namespace ns3

#endif /* L2TP_GCRYPT_H */
