#!/usr/bin/env bash
# `make golden`: draws the pictures that tests/app/ui/test_golden.c holds the screens to anew, with the letters of both
# Debians: where another version of the typeface breaks a line elsewhere, a screen gets a second picture.
set -euo pipefail

folder=tests/app/ui/golden

usage() {
    cat <<'END'
usage: scripts/golden.sh

Removes tests/app/ui/golden/*.png and draws one picture of every screen and shape. On Debian 12 it goes on in the chroot
of scripts/debian13.sh (needs root and mmdebstrap) and brings back what looks otherwise there. Look at what git says of
the folder before you commit it: what is drawn is what will be held to be right.
END
}

main() {
    case ${1:-} in
    --help | -h) usage && exit 0 ;;
    "") ;;
    *) usage >&2 && exit 2 ;;
    esac
    ${MAKE:-make} build/draw-screens locales
    PERRON_BUILD=build build/draw-screens --golden
    # shellcheck disable=SC1091 # every Debian has it
    if [ "$(. /etc/os-release && echo "${VERSION_ID:-}")" != 12 ]; then
        echo "note: this is not Debian 12: lines that break elsewhere there have no second picture"
    elif [ "$(id -u)" -ne 0 ] || ! command -v mmdebstrap >/dev/null; then
        echo "note: Debian 13 was left out: it needs root, and scripts/setup.sh debian13"
    else
        scripts/debian13.sh --run "build/draw-screens --golden-more" --fetch "$folder"
    fi
    echo "$(find "$folder" -name '*.png' | wc -l) golden pictures, $(du -sk --apparent-size "$folder" | cut -f1) KiB"
}

main "$@"
