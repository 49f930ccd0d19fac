#!/usr/bin/env bash
# The system test: a card is made of the image, and a computer in QEMU starts from it.
set -euo pipefail
# shellcheck source=scripts/chroot.sh
. scripts/chroot.sh

image=build/image/perron.img
home=build/test-image
boot_offset=$((4 * 1024 * 1024))

usage() {
    cat <<'END'
usage: scripts/test-image.sh [--keep] [OPTION OF build/image-test...]

Makes a card of build/image/perron.img with the files of tests/image/card on its boot partition and starts it in QEMU.
What it leaves lies in build/test-image. Ends with "N passed, N failed". OPTIONs of build/image-test, among them: --ci,
--only TEXT, --seed N.

  --keep   the card as it was left, instead of a new one
END
}

make_card() {
    rm -f "$home/card.img"
    cp --sparse=always "$image" "$home/card.img"
    truncate -s 4G "$home/card.img"
    sed 's/$/\r/' tests/image/card/perron.conf >"$home/perron.conf"
    cp tests/image/card/staff.conf tests/image/card/people.csv tests/image/card/calendar.ics "$home/"
    cp board/qemu-virt.conf "$home/board.conf"
    mcopy -o -i "$home/card.img@@$boot_offset" "$home"/{perron.conf,staff.conf,people.csv,calendar.ics,board.conf} ::
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
    [ "$keep" = yes ] || make_card
    build/image-test --card "$home/card.img" --kernel build/image/boot/vmlinuz --initrd build/image/initrd.img \
        --folder "$home" "$@"
}

main "$@"
