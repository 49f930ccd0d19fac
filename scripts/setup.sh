#!/usr/bin/env bash
# Installs the Debian packages that a task needs and that are missing. Debian 12 and 13 call them the same.
set -euo pipefail

# The one table: group, then its packages.
table='
build     gcc libc6-dev make pkg-config gettext locales scdoc
build     libsdl2-dev libx11-dev libcairo2-dev libpango1.0-dev libqrencode-dev libnfc-dev libgpiod-dev
build     libsqlite3-dev libsodium-dev libjansson-dev libinih-dev libpng-dev
build     libespeak-ng-dev libsystemd-dev libical-dev libxlsxwriter-dev libminizip-dev zlib1g-dev
run       fonts-inter fonts-noto-core tzdata espeak-ng-data
office    libreoffice-calc-nogui poppler-utils
test      libcmocka-dev libnfc-bin libnfc-examples sqlite3 unzip strace xvfb xauth xdotool dbus-daemon lld
test      systemd libseccomp-dev
check     clang clang-format cppcheck shellcheck gettext
deb       build-essential debhelper fakeroot
image     mmdebstrap debian-archive-keyring qemu-user-static arch-test dosfstools mtools e2fsprogs fdisk
image     kmod cpio xz-utils zstd device-tree-compiler
guest     qemu-system-arm qemu-utils mtools dosfstools e2fsprogs fdisk sqlite3 device-tree-compiler
debian13  mmdebstrap debian-archive-keyring
'

usage() {
    cat <<'END'
usage: scripts/setup.sh [--list] [GROUP...]

Installs what is missing of the named groups: build, run, test, office, check, deb, image, guest, debian13
(default: the first five).
Asks once where it needs sudo; does not ask when CI=true, without a terminal, or as root.

  --list   print the packages of the groups, install nothing
END
}

fail() {
    echo "setup: $*" >&2
    exit 1
}

packages_of() {
    local group
    for group in "$@"; do
        grep -q "^$group " <<<"$table" || fail "there is no group '$group', see scripts/setup.sh --help"
        sed -n "s/^$group //p" <<<"$table"
    done | tr -s ' \n' '\n' | sed '/^$/d' | sort -u
}

missing_of() {
    command -v dpkg-query >/dev/null ||
        fail "this is not Debian: install the counterparts of these yourself:" "$@"
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | sort -u)
    printf '%s\n' "$@" | grep -vxF "$installed" || true
}

# Sets `as_root` to what goes before a command that needs root.
become_root() {
    as_root=()
    [ "$(id -u)" -ne 0 ] || return 0
    local by_hand="run this as root, then try again: apt-get install -y --no-install-recommends $*"
    command -v sudo >/dev/null || fail "root is needed and sudo is not there; $by_hand"
    if [ -t 0 ] && [ "${CI:-}" != true ]; then
        local answer
        read -r -p "Install them with sudo apt-get? [Y/n] " answer
        [[ $answer =~ ^([yYoOjJ].*)?$ ]] || fail "nothing was installed; $by_hand"
        as_root=(sudo)
    else
        sudo -n true 2>/dev/null || fail "root is needed and sudo wants a password; $by_hand"
        as_root=(sudo -n)
    fi
}

install_packages() {
    command -v apt-get >/dev/null || fail "apt-get is not there; install these yourself: $*"
    become_root "$@"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    # apt's story is for somebody who watches; what goes wrong is told in any case
    local story=/dev/null
    [ ! -t 2 ] || story=/dev/stderr
    "${apt[@]}" update >"$story" ||
        fail "apt-get update failed (see above): is the network there, and is /etc/apt/sources.list.d right?"
    "${apt[@]}" install -y --no-install-recommends "$@" >"$story" ||
        fail "apt-get could not install them (see above); by hand: apt-get install --no-install-recommends $*"
}

main() {
    local list=no groups=()
    while [ $# -gt 0 ]; do
        case $1 in
        --help | -h) usage && exit 0 ;;
        --list) list=yes ;;
        -*) fail "unknown option $1, see scripts/setup.sh --help" ;;
        *) groups+=("$1") ;;
        esac
        shift
    done
    [ ${#groups[@]} -gt 0 ] || groups=(build run test office check)
    local wanted missing
    wanted=$(packages_of "${groups[@]}")
    if [ "$list" = yes ]; then
        printf '%s\n' "$wanted"
        exit 0
    fi
    # shellcheck disable=SC2086 # package names have no spaces
    missing=$(missing_of $wanted)
    [ -n "$missing" ] || exit 0
    echo "Perron needs these Debian packages: ${missing//$'\n'/ }"
    # shellcheck disable=SC2086
    install_packages $missing
    echo "They are installed."
}

main "$@"
