#!/usr/bin/env bash
# Builds the Debian package: for this machine as it is, for the other Debian and for the Raspberry Pi in a chroot.
set -euo pipefail
# shellcheck source=scripts/chroot.sh
. scripts/chroot.sh

usage() {
    cat <<'END'
usage: scripts/deb.sh [--suite bookworm|trixie] [--arch amd64|arm64] [--fresh]

Builds build/deb/SUITE/perron_VERSION_ARCH.deb out of this tree and board/debian; left out, both are this machine's. The
other Debian is a chroot of it (root, mmdebstrap), arm64 is compiled by an amd64 machine in one of those; nothing is
emulated. What was compiled stays in build/deb/making, so that the next time only what changed is.

  --fresh   make the chroot again
END
}

own_suite() {
    # shellcheck disable=SC1091 # every Debian has it
    (. /etc/os-release && echo "${VERSION_CODENAME:-}")
}

version() {
    sed -n 's/^## \([0-9][0-9.]*\).*/\1/p' CHANGELOG.md | head -n 1
}

# The package's: with what it was built on, whose libraries it needs, so that one Debian's is never taken for the other's.
package_version() {
    case $1 in
    bookworm) echo "$(version)+deb12" ;;
    trixie) echo "$(version)+deb13" ;;
    *) version ;;
    esac
}

# When the tree was written: the same source gives the same package.
tree_seconds() {
    git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md
}

# The packages of a chroot that builds, by the table of scripts/setup.sh: programs of the machine that compiles, libraries of
# the one it is for.
packages_for() {
    if [ "$1" = amd64 ]; then
        scripts/setup.sh --list build deb
    else
        scripts/setup.sh --list build deb | sed "s/-dev$/&:$1/"
        echo "crossbuild-essential-$1"
    fi
}

# What runs while it is built, as a cross build has to ask for it.
build_depends() {
    local package list=""
    for package in $(scripts/setup.sh --list build); do
        case $package in
        gcc | make | libc6-dev) ;; # every build has them
        locales | pkg-config) list+=", $package:native" ;;
        *) list+=", $package" ;;
        esac
    done
    echo "${list#, }"
}

# What CHANGELOG.md says of this version, as Debian writes it.
write_changelog() {
    printf 'perron (%s) %s; urgency=medium\n\n' "$(package_version "$1")" "$1"
    awk '/^## / { if (seen++) exit; next }
         /^- / { if (text) print text; text = substr($0, 3); next }
         /^  / { text = text " " substr($0, 3) }
         END { print text }' CHANGELOG.md | while read -r text; do
        fold -s -w 74 <<<"$text" | sed -e '1s/^/  * /' -e '2,$s/^/    /' -e 's/ *$//'
    done
    printf '\n -- %s  %s\n' "$(sed -n 's/^Maintainer: //p' board/debian/control)" \
        "$(LC_ALL=C date -u -R -d "@$(tree_seconds)")"
}

# The tree as dpkg-buildpackage wants it, in a folder of its own.
write_source() {
    local source=$1 suite=$2 unit
    chroot_copy_tree "$source"
    cp -r board/debian "$source/debian"
    sed -i "s/@build@/$(build_depends)/" "$source/debian/control"
    write_changelog "$suite" >"$source/debian/changelog"
    cp board/systemd/perron.service "$source/debian/perron.service"
    cp board/udev/perron.rules "$source/debian/perron.udev"
    for unit in board/systemd/*.service; do
        [ "$unit" = board/systemd/perron.service ] || cp "$unit" "$source/debian/perron.$(basename "$unit")"
    done
}

main() {
    local own suite arch fresh=no machine
    own=$(own_suite)
    machine=$(dpkg --print-architecture)
    suite=$own
    arch=$machine
    while [ $# -gt 0 ]; do
        case $1 in
        --help | -h) usage && exit 0 ;;
        --suite) shift && suite=${1:?which suite?} ;;
        --arch) shift && arch=${1:?which architecture?} ;;
        --fresh) fresh=yes ;;
        *) usage >&2 && exit 2 ;;
        esac
        shift
    done
    local work=build/deb/making/$suite-$arch out=build/deb/$suite build name cross=""
    name=perron_$(package_version "$suite")_$arch.deb
    build="DEB_BUILD_OPTIONS='nocheck parallel=$(nproc)' dpkg-buildpackage -b -nc -us -uc"
    [ "$arch" = "$machine" ] || cross=" -a$arch"
    begin=$SECONDS
    mkdir -p "$work" "$out"
    rm -f "$out"/perron_*_"$arch".deb
    if [ "$suite-$arch" = "$own-$machine" ]; then
        write_source "$work/perron" "$suite"
        (cd "$work/perron" && sh -c "$build") >"$work/build.log" 2>&1 || failed "$work/build.log"
        cp "$work/$name" "$out/"
    else
        [ "$machine" = amd64 ] || fail "for another Debian or another machine an amd64 one is needed, this is $machine"
        [ "$fresh" = no ] || rm -rf --one-file-system "$work/system" "$work/packages"
        chroot_make "$work" "$suite" "$(packages_for "$arch")" --architectures="$(printf '%s\n' amd64 "$arch" | uniq | paste -sd,)" \
            "${chroot_without_papers[@]}"
        begin=$SECONDS
        write_source "$work/system/perron" "$suite"
        chroot_run "$work/system" "$build$cross" >"$work/build.log" 2>&1 || failed "$work/build.log"
        cp "$work/system/$name" "$out/"
    fi
    say "$out/$name, $(($(stat -c %s "$out/$name") / 1024)) KiB"
}

failed() {
    grep -v '^  [A-Z]\{2,7\} ' "$1" | tail -n 40 >&2
    fail "the package was not built, see $1"
}

main "$@"
