/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

/* What lwIP asks of a platform beyond its defaults. */

#ifndef LWIP_ARCH_CC_H
#define LWIP_ARCH_CC_H

#include <stdlib.h>

#define LWIP_TIMEVAL_PRIVATE 0
#define LWIP_RAND() ((u32_t)random())

#endif /* LWIP_ARCH_CC_H */
