#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Two network namespaces for the scenarios `emulated-*`, joined by a pair of
# virtual Ethernet interfaces: one for the simulator, one for a real peer. As root:
#
#   scripts/emulation-network.sh up [SIMULATOR [PEER]]     make them (l2tp-sim and l2tp-peer)
#   scripts/emulation-network.sh down [SIMULATOR [PEER]]   remove them
#
# The simulator's interface is to-peer, which has no address: the simulated gateway is
# 198.51.100.2 there. The peer's is to-sim, 198.51.100.1, with a route to the simulated endpoint,
# 192.0.2.2. Then, each in a terminal of its own:
#
#   ip netns exec l2tp-sim ./l2tp run emulated-lns --Interface=to-peer --Delay=50ms --Loss=0.05
#   ip netns exec l2tp-peer xl2tpd -D -c FILE
set -eu

simulator=${2:-l2tp-sim}
peer=${3:-l2tp-peer}

case "${1:-}" in
up)
    ip netns add "$simulator"
    ip netns add "$peer"
    ip link add to-peer netns "$simulator" type veth peer name to-sim netns "$peer"
    # Packets of one MTU only: the simulator can't take what the kernel leaves uncut.
    ip -n "$peer" link set to-sim gso_max_segs 1
    # Nothing of IPv6 is wanted there.
    ip netns exec "$simulator" sysctl -q -w net.ipv6.conf.to-peer.disable_ipv6=1 || true
    ip -n "$simulator" link set to-peer up
    ip -n "$peer" link set lo up
    ip -n "$peer" address add 198.51.100.1/24 dev to-sim
    ip -n "$peer" link set to-sim up
    ip -n "$peer" route add 192.0.2.0/30 via 198.51.100.2
    ;;
down)
    ip netns delete "$simulator" 2> /dev/null || true
    ip netns delete "$peer" 2> /dev/null || true
    ;;
*)
    sed -n '/^#   scripts/s/^# *//p' "$0" >&2
    exit 2
    ;;
esac
