#!/usr/bin/env bash
# The system test: a card is made of the image, and a computer in QEMU starts from it; from another one a Raspberry Pi 3.
set -euo pipefail
# shellcheck source=scripts/chroot.sh
. scripts/chroot.sh

image=build/image/perron.img
home=build/test-image
boot_offset=$((4 * 1024 * 1024))

usage() {
    cat <<'END'
usage: scripts/test-image.sh [--keep] [OPTION OF build/image-test...]

Makes cards of build/image/perron.img with the files of tests/image/card on their boot partition and starts them in QEMU.
What it leaves lies in build/test-image. Ends with "N passed, N failed".

  --keep   the cards as they were left, instead of new ones
END
}

# A card with the house of tests/image/card on it. QEMU's SD slot takes a power of two.
make_card() {
    local card=$home/$1 board=$2 at="$home/$1@@$boot_offset"
    rm -f "$card"
    cp --sparse=always "$image" "$card"
    truncate -s 4G "$card"
    sed 's/$/\r/' tests/image/card/perron.conf | mcopy -o -i "$at" - ::perron.conf
    mcopy -o -i "$at" tests/image/card/{staff.conf,people.csv,calendar.ics} ::
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
        make_card card.img "$(cat board/qemu-virt.conf)"
        # its console is at /dev/serial0
        make_card pi3.img "$(cat board/pi3-7inch.conf && printf '\n[reader]\naddress = pn532_uart:/dev/ttyAMA0')"
    fi
    build/image-test --card "$home/card.img" --kernel build/image/boot/vmlinuz --initrd build/image/initrd.img \
        --pi3 "$home/pi3.img" --folder "$home" "$@"
}

main "$@"
