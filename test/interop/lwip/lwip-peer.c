/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

/*
 * A PPP peer that is not ours, for the tests of interoperability: lwIP's, in one of these roles.
 *
 *   lwip-peer line TTY USER PASSWORD
 *       in HDLC-like framing on a terminal, as pppd behind xl2tpd
 *   lwip-peer line-server TTY USER PASSWORD OURS THEIRS
 *       the same, as the side that asks who the other is, and assigns it an address
 *   lwip-peer l2tp INTERFACE ADDRESS GATEWAY LNS USER PASSWORD [SECRET]
 *       in lwIP's own L2TP, over its own UDP, IP and ARP on a Linux interface
 *   lwip-peer pppoe INTERFACE USER PASSWORD
 *       in lwIP's own PPPoE on a Linux interface
 *
 * Prints "up OURS THEIRS" when IPCP is open, and "down NUMBER", lwIP's reason, when PPP is over;
 * then it ends. It answers pings. SIGTERM has it end PPP.
 */

#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/ip4_addr.h"
#include "lwip/netif.h"
#include "lwip/timeouts.h"
#include "netif/ethernet.h"
#include "netif/ppp/ppp.h"
#include "netif/ppp/pppoe.h"
#include "netif/ppp/pppol2tp.h"
#include "netif/ppp/pppos.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int descriptor;                     /* the terminal, or the packet socket */
static struct netif ppp_interface;         /* PPP's */
static struct netif ethernet;              /* lwIP's on the Linux interface */
static ppp_pcb* ppp;                       /* PPP */
static int is_over;                        /* whether PPP has ended */
static volatile sig_atomic_t is_asked;     /* whether it is to end */

u32_t
sys_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (u32_t)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

/* lwIP stirs its random numbers with this. */
u32_t
sys_jiffies(void)
{
    return sys_now();
}

static void
fail(const char* what)
{
    fprintf(stderr, "lwip-peer: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void
asked(int number)
{
    (void)number;
    is_asked = 1;
}

static void
status_changed(ppp_pcb* pcb, int error, void* context)
{
    (void)pcb;
    (void)context;
    if (error == PPPERR_NONE)
    {
        printf("up %s ", ip4addr_ntoa(netif_ip4_addr(&ppp_interface)));
        printf("%s\n", ip4addr_ntoa(netif_ip4_gw(&ppp_interface)));
    }
    else
    {
        printf("down %d\n", error);
        is_over = 1;
    }
    fflush(stdout);
}

static u32_t
line_output(ppp_pcb* pcb, u8_t* octets, u32_t size, void* context)
{
    (void)pcb;
    (void)context;
    const ssize_t written = write(descriptor, octets, size);
    return written < 0 ? 0 : (u32_t)written;
}

static void
open_line(const char* name)
{
    struct termios settings;
    descriptor = open(name, O_RDWR | O_NOCTTY);
    if (descriptor < 0 || tcgetattr(descriptor, &settings) != 0)
    {
        fail(name);
    }
    cfmakeraw(&settings);
    if (tcsetattr(descriptor, TCSANOW, &settings) != 0)
    {
        fail(name);
    }
}

static err_t
ethernet_output_frame(struct netif* interface, struct pbuf* packet)
{
    u8_t frame[2048];
    const u16_t size = pbuf_copy_partial(packet, frame, sizeof(frame), 0);
    (void)interface;
    return write(descriptor, frame, size) == size ? ERR_OK : ERR_IF;
}

static err_t
ethernet_begin(struct netif* interface)
{
    static const u8_t address[] = {0x02, 0, 0, 0, 0x6c, 0x77};
    interface->name[0] = 'e';
    interface->name[1] = 'n';
    interface->output = etharp_output;
    interface->linkoutput = ethernet_output_frame;
    interface->mtu = 1500;
    interface->hwaddr_len = sizeof(address);
    memcpy(interface->hwaddr, address, sizeof(address));
    interface->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET |
                       NETIF_FLAG_LINK_UP;
    return ERR_OK;
}

static void
open_interface(const char* name, const char* address, const char* gateway)
{
    struct sockaddr_ll where = {0};
    struct packet_mreq promiscuous = {0};
    const int yes = 1;
    ip4_addr_t ours, mask, theirs;
    descriptor = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
    where.sll_family = AF_PACKET;
    where.sll_protocol = htons(ETH_P_ALL);
    where.sll_ifindex = (int)if_nametoindex(name);
    promiscuous.mr_ifindex = where.sll_ifindex;
    promiscuous.mr_type = PACKET_MR_PROMISC;
    if (descriptor < 0 || where.sll_ifindex == 0 ||
        setsockopt(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof(yes)) != 0 ||
        setsockopt(descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous,
                   sizeof(promiscuous)) != 0 ||
        bind(descriptor, (struct sockaddr*)&where, sizeof(where)) != 0)
    {
        fail(name);
    }
    ip4addr_aton(address, &ours);
    ip4addr_aton(gateway, &theirs);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    netif_add(&ethernet, &ours, &mask, &theirs, NULL, ethernet_begin, ethernet_input);
    netif_set_default(&ethernet);
    netif_set_up(&ethernet);
}

static void
take_frame(const u8_t* frame, u16_t size)
{
    struct pbuf* packet = pbuf_alloc(PBUF_RAW, size, PBUF_POOL);
    if (packet)
    {
        pbuf_take(packet, frame, size);
        if (ethernet.input(packet, &ethernet) != ERR_OK)
        {
            pbuf_free(packet);
        }
    }
}

static void
loop(int is_line)
{
    while (!is_over)
    {
        struct pollfd wanted = {descriptor, POLLIN, 0};
        const u32_t wait = sys_timeouts_sleeptime();
        if (poll(&wanted, 1, wait > 100 ? 100 : (int)wait) > 0)
        {
            u8_t octets[2048];
            const ssize_t size = read(descriptor, octets, sizeof(octets));
            if (size > 0 && is_line)
            {
                pppos_input(ppp, octets, (int)size);
            }
            else if (size > 0)
            {
                take_frame(octets, (u16_t)size);
            }
            else if (is_line)
            {
                return; /* the line has gone */
            }
        }
        sys_check_timeouts();
        if (is_asked)
        {
            is_asked = 0;
            ppp_close(ppp, 0);
        }
    }
}

int
main(int argc, char** argv)
{
    const char* const role = argc > 1 ? argv[1] : "";
    const int is_server = strcmp(role, "line-server") == 0;
    const int is_line = is_server || strcmp(role, "line") == 0;
    const int is_pppoe = strcmp(role, "pppoe") == 0;
    const int is_l2tp = strcmp(role, "l2tp") == 0;
    if (!((is_line && argc == (is_server ? 7 : 5)) || (is_pppoe && argc == 5) ||
          (is_l2tp && (argc == 8 || argc == 9))))
    {
        fprintf(stderr, "lwip-peer: see the head of lwip-peer.c for the arguments\n");
        return 2;
    }
    srandom((unsigned)(time(NULL) ^ getpid()));
    signal(SIGTERM, asked);
    signal(SIGINT, asked);
    lwip_init();
    if (is_line)
    {
        open_line(argv[2]);
        ppp = pppos_create(&ppp_interface, line_output, status_changed, NULL);
        ppp_set_auth(ppp, PPPAUTHTYPE_ANY, argv[3], argv[4]);
    }
    else if (is_pppoe)
    {
        open_interface(argv[2], "0.0.0.0", "0.0.0.0");
        ppp = pppoe_create(&ppp_interface, &ethernet, NULL, NULL, status_changed, NULL);
        ppp_set_auth(ppp, PPPAUTHTYPE_ANY, argv[3], argv[4]);
    }
    else
    {
        static ip_addr_t lns;
        open_interface(argv[2], argv[3], argv[4]);
        ipaddr_aton(argv[5], &lns);
        ppp = pppol2tp_create(&ppp_interface, &ethernet, &lns, 1701,
                              argc == 9 ? (const u8_t*)argv[8] : NULL,
                              argc == 9 ? (u8_t)strlen(argv[8]) : 0, status_changed, NULL);
        ppp_set_auth(ppp, PPPAUTHTYPE_ANY, argv[6], argv[7]);
    }
    if (is_server)
    {
        ip4_addr_t ours, theirs;
        ip4addr_aton(argv[5], &ours);
        ip4addr_aton(argv[6], &theirs);
        ppp_set_ipcp_ouraddr(ppp, &ours);
        ppp_set_ipcp_hisaddr(ppp, &theirs);
        ppp_set_auth(ppp, PPPAUTHTYPE_CHAP, argv[3], argv[4]);
        ppp_set_auth_required(ppp, 1);
        ppp_listen(ppp);
    }
    else
    {
        ppp_connect(ppp, 0);
    }
    loop(is_line);
    return 0;
}
