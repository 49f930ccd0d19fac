#!/usr/bin/env bash
# The system test: a card is made of the image, and a computer in QEMU starts from it.
set -euo pipefail
# shellcheck source=scripts/chroot.sh
. scripts/chroot.sh

image=build/image/perron.img
home=build/test-image
updates=$home/updates
boot_offset=$((4 * 1024 * 1024))

usage() {
    cat <<'END'
usage: scripts/test-image.sh [--keep] [OPTION OF build/image-test...]

Makes a card of build/image/perron.img with the files of tests/image/card on its boot partition and starts it in QEMU.
What it leaves lies in build/test-image. Ends with "N passed, N failed".

  --keep   the card as it was left, instead of a new one
END
}

# A package like the image's own, but of another version; $3, if given, is its program.
make_package() {
    local from=$1 to=$2 program=${3:-} tree=$updates/tree old
    old=$(dpkg-deb -f "$from" Version)
    rm -rf --one-file-system "$tree"
    dpkg-deb -R "$from" "$tree"
    sed -i "s/^Version: .*/Version: $to/" "$tree/DEBIAN/control"
    if [ -n "$program" ]; then
        install -m 755 "$program" "$tree/usr/lib/perron/perron"
    else
        # as long as the one before: what is compiled in says it
        sed -i "s/${old//./\\.}/$to/g" "$tree/usr/lib/perron/perron" "$tree/usr/lib/perron/perron-reader"
    fi
    dpkg-deb -b --root-owner-group -Zxz -z1 "$tree" "$updates/perron_${to}_arm64.deb"
    rm -rf --one-file-system "$tree"
}

# What staff bring on sticks: one to install, one that does not come up, two that are nobody's.
make_updates() {
    local from old new
    from=$(ls build/deb/trixie/perron_*_arm64.deb)
    old=$(dpkg-deb -f "$from" Version)
    new=${old%?}$(printf '%s' "${old: -1}" | tr 0-9 1-9a)
    rm -rf --one-file-system "$updates"
    mkdir -p "$updates"/{good,silent,foreign,bare}
    printf '#!/bin/sh\n[ "$1" != --version ] || exec echo "perron %s"\nexit 1\n' "$new+1" >"$updates/silent/program"
    make_package "$from" "$new"
    make_package "$from" "$new+1" "$updates/silent/program"
    rm "$updates/silent/program"
    make_package "$from" "$new+2"
    make_package "$from" "$new+3"
    build/perron update keys "$updates/update.key" >"$updates/update.pub"
    build/perron update keys "$updates/other.key" >"$updates/other.pub"
    mv "$updates/perron_${new}_arm64.deb" "$updates/good/"
    mv "$updates/perron_$new+1_arm64.deb" "$updates/silent/"
    mv "$updates/perron_$new+2_arm64.deb" "$updates/foreign/"
    mv "$updates/perron_$new+3_arm64.deb" "$updates/bare/"
    build/perron update sign "$updates"/good/*.deb --key "$updates/update.key"
    build/perron update sign "$updates"/silent/*.deb --key "$updates/update.key"
    build/perron update sign "$updates"/foreign/*.deb --key "$updates/other.key"
}

make_card() {
    rm -f "$home/card.img"
    cp --sparse=always "$image" "$home/card.img"
    truncate -s 4G "$home/card.img"
    sed 's/$/\r/' tests/image/card/perron.conf >"$home/perron.conf"
    cp tests/image/card/staff.conf tests/image/card/people.csv tests/image/card/calendar.ics "$home/"
    cp board/qemu-virt.conf "$home/board.conf"
    cp "$updates/update.pub" "$home/update.pub"
    mcopy -o -i "$home/card.img@@$boot_offset" "$home"/{perron.conf,staff.conf,people.csv,calendar.ics,board.conf,update.pub} ::
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
    [ "$keep" = yes ] || { make_updates >"$home/updates.log" 2>&1 && make_card; }
    build/image-test --card "$home/card.img" --kernel build/image/boot/vmlinuz --initrd build/image/initrd.img \
        --folder "$home" "$@"
}

main "$@"
