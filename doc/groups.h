/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

/**
 * @defgroup l2tp Layer Two Tunneling Protocol
 *
 * L2TP (RFC 2661) and PPP (RFC 1661), byte for byte.
 */
