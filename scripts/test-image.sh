#!/usr/bin/env bash
# The system test: a card is made of the image, and a computer in QEMU starts from it; from another one a Raspberry Pi 3.
set -euo pipefail
# shellcheck source=scripts/chroot.sh
. scripts/chroot.sh

image=build/image/perron.img
home=build/test-image
updates=$home/updates
factory=build/image/system/usr/lib/perron-update/factory.deb
boot_offset=$((4 * 1024 * 1024))

usage() {
    cat <<'END'
usage: scripts/test-image.sh [--keep] [OPTION OF build/image-test...]

Makes cards of build/image/perron.img with the files of tests/image/card on their boot partition and starts them in QEMU.
What it leaves lies in build/test-image. Ends with "N passed, N failed". OPTIONs of build/image-test, among them: --whole,
--only TEXT, --seed N.

  --keep   the cards as they were left, instead of new ones
END
}

# The version after it, as long as it is; $2 times.
newer() {
    local rest=${1#"${1%%[!0-9.]*}"} own=${1%%[!0-9.]*} digits=0123456789abcde last
    last=${digits%%"${own: -1}"*}
    echo "${own%?}${digits:${#last}+$2:1}$rest"
}

# A package like the image's own, of another version, into a folder; $3, if given, is its program.
make_package() {
    local old tree=$updates/tree
    old=$(dpkg-deb -f "$factory" Version)
    rm -rf --one-file-system "$tree"
    dpkg-deb -R "$factory" "$tree"
    sed -i "s/^Version: .*/Version: $1/" "$tree/DEBIAN/control"
    if [ -n "${3:-}" ]; then
        install -m 755 "$3" "$tree/usr/lib/perron/perron"
    else
        # as long as the one before: what is compiled in says it
        old=${old%%[!0-9.]*}
        sed -i "s/${old//./\\.}/${1:0:${#old}}/g" "$tree/usr/lib/perron/perron" "$tree/usr/lib/perron/perron-reader"
    fi
    mkdir -p "$updates/$2"
    dpkg-deb -b --root-owner-group -Zxz -z1 "$tree" "$updates/$2/perron_$1_arm64.deb"
    rm -rf --one-file-system "$tree"
}

# What staff bring on sticks: one to install, one that does not come up, one of somebody else's, one that nobody signed.
make_updates() {
    local old
    old=$(dpkg-deb -f "$factory" Version)
    rm -rf --one-file-system "$updates"
    mkdir -p "$updates"
    cat >"$updates/program" <<END
#!/bin/sh
[ "\$1" != --version ] || exec echo "perron $(newer "$old" 2)"
exit 1
END
    make_package "$(newer "$old" 1)" good
    make_package "$(newer "$old" 2)" silent "$updates/program"
    make_package "$(newer "$old" 3)" foreign
    make_package "$(newer "$old" 4)" bare
    build/perron update keys "$updates/update.key" >"$updates/update.pub"
    build/perron update keys "$updates/other.key" >"$updates/other.pub"
    build/perron update sign "$updates"/good/*.deb --key "$updates/update.key"
    build/perron update sign "$updates"/silent/*.deb --key "$updates/update.key"
    build/perron update sign "$updates"/foreign/*.deb --key "$updates/other.key"
}

# A card with the house of tests/image/card on it. QEMU's SD slot takes a power of two.
make_card() {
    local card=$home/$1 board=$2 at="$home/$1@@$boot_offset"
    rm -f "$card"
    cp --sparse=always "$image" "$card"
    truncate -s 4G "$card"
    sed 's/$/\r/' tests/image/card/perron.conf | mcopy -o -i "$at" - ::perron.conf
    mcopy -o -i "$at" tests/image/card/{staff.conf,people.csv,calendar.ics} "$updates/update.pub" ::
    mcopy -o -i "$at" - ::board.conf <<<"$board"
}

main() {
    local keep=no
    case ${1:-} in
    --help | -h) usage && exit 0 ;;
    --keep) keep=yes && shift ;;
    esac
    [ -e "$image" ] || fail "there is no $image: make image"
    mkdir -p "$home"
    rm -f "$home"/*.png "$home"/*.log
    if [ "$keep" = no ]; then
        make_updates >"$home/updates.log" 2>&1
        make_card card.img "$(cat board/qemu-virt.conf)"
        # its console is at /dev/serial0
        make_card pi3.img "$(cat board/pi3-7inch.conf && printf '\n[reader]\naddress = pn532_uart:/dev/ttyAMA0')"
    fi
    build/image-test --card "$home/card.img" --kernel build/image/boot/vmlinuz --initrd build/image/initrd.img \
        --pi3 "$home/pi3.img" --folder "$home" "$@"
}

main "$@"
