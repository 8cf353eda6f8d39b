/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

/* Options of lwIP for lwip-peer.c: PPP in all ways that it has, over a loop without threads. */

#ifndef LWIPOPTS_H
#define LWIPOPTS_H

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#define MEM_LIBC_MALLOC 1
#define MEMP_MEM_MALLOC 1
#define MEM_ALIGNMENT 8
#define PBUF_POOL_SIZE 128

#define LWIP_IPV4 1
#define LWIP_IPV6 0
#define LWIP_TCP 0
#define LWIP_UDP 1
#define LWIP_ICMP 1
#define LWIP_RAW 1
#define LWIP_ARP 1
#define LWIP_ETHERNET 1

#define PPP_SUPPORT 1
#define PPPOS_SUPPORT 1
#define PPPOL2TP_SUPPORT 1
#define PPPOL2TP_AUTH_SUPPORT 1
#define PPPOE_SUPPORT 1
#define PPP_SERVER 1
#define PAP_SUPPORT 1
#define CHAP_SUPPORT 1
#define MSCHAP_SUPPORT 1
#define PPP_IPV4_SUPPORT 1
#define PPP_IPV6_SUPPORT 0
#define VJ_SUPPORT 0
#define CCP_SUPPORT 0
#define LCP_ECHOINTERVAL 0

#endif /* LWIPOPTS_H */
