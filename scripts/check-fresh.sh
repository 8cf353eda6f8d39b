#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Run README's first commands in a clone of this repository (its last commit) inside a new Debian
# root that holds nothing but the base system, git and Python. Needs root, for chroot.
#
# The release and the mirror are the system's own, and so is apt's configuration. The base system
# is kept in $XDG_CACHE_HOME/ns3-l2tp.
set -euo pipefail

repository=$(cd "$(dirname "$0")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ns3-l2tp
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
base=$cache/$release.tar
mkdir -p "$cache"

# The first block of README.md is what a user types first.
mapfile -t commands < <(awk '/^```/ { n++; next } n == 1' "$repository/README.md")
[ ${#commands[@]} -gt 0 ] || { echo "README.md has no commands" >&2; exit 1; }

root=$(mktemp -d "$cache/root.XXXXXX")
chmod 755 "$root" # which the user that apt downloads as must be able to enter
trap 'rm -rf --one-file-system "$root"' EXIT

if [ ! -e "$base" ]; then
    mirror=$(apt-get indextargets "Identifier: Packages" "Origin: Debian" "Codename: $release" \
        --format '$(REPO_URI)' | head -n 1)
    echo "Installing $release's base system"
    debootstrap --variant=minbase --include=git,python3,ca-certificates "$release" "$root" "$mirror" \
        > "$cache/debootstrap.log" || { tail -n 30 "$cache/debootstrap.log" >&2; exit 1; }
    tar -C "$root" -cf "$base.part" .
    mv "$base.part" "$base"
else
    tar -C "$root" -xf "$base"
fi

apt-get indextargets "Identifier: Packages" "Origin: Debian" \
    --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' | sort -u > "$root/etc/apt/sources.list"
for file in apt.conf apt.conf.d auth.conf.d; do
    [ ! -e "/etc/apt/$file" ] || cp -r --no-target-directory "/etc/apt/$file" "$root/etc/apt/$file"
done
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
if [ -d /usr/local/share/ca-certificates ]; then
    cp -r /usr/local/share/ca-certificates "$root/usr/local/share/"
fi
git clone --quiet --no-hardlinks "$repository" "$root/root/ns3-l2tp"

# Mounts and processes of the chroot end with it.
inside() {
    unshare --mount --pid --fork --kill-child \
        env --ignore-environment HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        chroot "$root" sh -c "mount -t proc proc /proc && cd /root/ns3-l2tp && $1"
}

status=0
inside update-ca-certificates > "$cache/update-ca-certificates.log" 2>&1 || true
for command in "${commands[@]}"; do
    echo "\$ $command"
    start=$SECONDS
    result=passed
    inside "$command" || { result=FAILED status=1; }
    echo "$result in $((SECONDS - start)) s: $command"
done
exit $status
