#!/usr/bin/env bash
# `make run`: a demo house with forty people, its station in a window, or an evening played headless without a display.
set -euo pipefail

demo=build/demo
data=$demo/data
people=app/share/demo/people.csv

usage() {
    cat <<'END'
usage: scripts/run.sh [--headless | --first-visits]

Fills build/demo/data with forty people, then opens the station in a window; where there is no display it plays the
story app/share/demo/evening.flow and three first visits with the real reader's process, and leaves pictures. Ends by
writing the register to build/demo/register.

  --headless       do not look for a display
  --first-visits   the first visits alone
END
}

fail() {
    echo "run: $*" >&2
    exit 1
}

has_desktop() {
    [ -z "${WAYLAND_DISPLAY:-}" ] || [ ! -S "${XDG_RUNTIME_DIR:-/nowhere}/$WAYLAND_DISPLAY" ] || return 0
    local display=${DISPLAY:-}
    local number=${display#*:}
    case $display in
    "") return 1 ;;
    :*) [ -S "/tmp/.X11-unix/X${number%%.*}" ] ;;
    esac
}

# A screen straight on the graphics card: only for somebody who sits there.
has_bare_screen() {
    [ "${CI:-}" != true ] && [ -t 0 ] && grep -qsx connected /sys/class/drm/card*/status &&
        compgen -G '/dev/dri/card*' >/dev/null
}

prepare() {
    [ -x build/perron ] || fail "build/perron is not there: make all"
    rm -rf "$demo"
    mkdir -p "$demo"
    build/perron-play --house --data "$data"
    echo "The house has forty people ($people). Ada is staff, with the PIN 2580 (Help, Staff, her badge);"
    echo "Joris is a host; Zoé's code is BCDFGH, Mehmet's JKLMNP."
}

open_station() {
    echo "The station opens in a window, with a tray of badges; from another terminal you can tap any badge:"
    echo "    build/perron tap 04:D6:E5:B1:2F:1F:57 --data $data"
    build/perron station --data "$data" --reader sim --board board/desktop.conf --tray "$people"
}

play_evening() {
    echo "There is no display: an evening is played without one."
    build/perron-play app/share/demo/evening.flow --data "$data" --out "$demo" | tee "$demo/evening.txt"
}

# One story in a house of its own, with perron-reader and a simulated PN532, in real time.
play_visit() {
    local visit=$1 house=$demo/$1
    build/perron-play --house --data "$house/data"
    build/perron-play "tests/flows/$visit.flow" --data "$house/data" --out "$house" --strip "$house.png" --real-reader \
        >"$house.txt" 2>"$house.log" || fail "the first visit of tests/flows/$visit.flow went wrong: $(tail -n 1 "$house.log")"
}

# Side by side, because they mostly wait.
play_visits() {
    local visit player players=()
    for visit in first-visit-{fr,nl,en,short}; do
        mkdir -p "$demo/$visit"
        play_visit "$visit" &
        players+=($!)
    done
    for player in "${players[@]}"; do
        wait "$player" || exit 1
    done
    echo "First visits:  $demo/first-visit-fr.png, -nl, -en; the shortest honest way ($demo/first-visit-short.png) took" \
        "$(sed -n 's/.* touches *\([^;]*\); bar: \([0-9]*\) .*/\1 (at most \2)/p' "$demo/first-visit-short.txt")"
}

main() {
    local headless=no visits=no
    case ${1:-} in
    --help | -h) usage && exit 0 ;;
    --headless) headless=yes ;;
    --first-visits) visits=only ;;
    "") ;;
    *) usage >&2 && exit 2 ;;
    esac
    [ "$visits" = no ] || { mkdir -p "$demo" && play_visits && exit 0; }
    prepare
    if [ "$headless" = no ] && has_desktop; then
        open_station
    elif [ "$headless" = no ] && has_bare_screen; then
        SDL_VIDEODRIVER=kmsdrm SDL_RENDER_DRIVER=opengles2 open_station
    else
        play_evening
        visits=yes
    fi
    rm -rf --one-file-system "$demo/register"
    mkdir -p "$demo/register"
    build/perron export "$demo/register" --data "$data"
    echo "The register:  $demo/register"
    echo "The data:      $data (look with: build/perron visits --data $data)"
    [ ! -f "$demo/evening.txt" ] || echo "The evening:   $demo/evening.txt, its pictures beside it"
    [ "$visits" = no ] || play_visits
}

main "$@"
