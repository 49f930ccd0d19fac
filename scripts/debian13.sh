#!/usr/bin/env bash
# Compiles this tree on Debian 13 (gcc, -Werror, libgpiod 2) and runs its tests there, in a chroot under build/debian13.
set -euo pipefail
# shellcheck source=scripts/chroot.sh
. scripts/chroot.sh

home=build/debian13
root=$home/system

usage() {
    cat <<'END'
usage: scripts/debian13.sh [--fresh] [--run COMMAND [--fetch FOLDER]]

Makes a Debian 13 chroot in build/debian13 (once; about 900 MB) from the mirror this machine's apt uses, copies the tree
into it, compiles all and runs the tests. Needs root and mmdebstrap. The last line is "N passed, N failed".

  --fresh         make the chroot again
  --run COMMAND   run this instead of the tests
  --fetch FOLDER  bring back what is in that folder of the tree afterwards
END
}

main() {
    local command="scripts/run-tests.sh build" what="all tests" fetch=""
    while [ $# -gt 0 ]; do
        case $1 in
        --help | -h) usage && exit 0 ;;
        --fresh) rm -rf --one-file-system "$root" "$home/packages" ;;
        --run) shift && command=${1:?which command?} what=all ;;
        --fetch) shift && fetch=${1:?which folder?} ;;
        *) usage >&2 && exit 2 ;;
        esac
        shift
    done
    [ "$(id -u)" -eq 0 ] || fail "a chroot needs root: sudo make debian13"
    chroot_make "$home" trixie "$(scripts/setup.sh --list build run test)" "${chroot_without_papers[@]}"
    chroot_copy_tree "$root/perron"
    begin=$SECONDS
    # shellcheck disable=SC2086 # one or two targets
    chroot_run "$root" make -j"$(nproc)" $what >"$home/make.log" 2>&1 ||
        { grep -v '^  [A-Z]\{2,7\} ' "$home/make.log" | tail -n 60 >&2 && fail "it does not compile on Debian 13, see $home/make.log"; }
    say "compiled with $(chroot "$root" gcc -dumpfullversion), libgpiod $(chroot "$root" pkg-config --modversion libgpiod)"
    # shellcheck disable=SC2086 # a command is split at its spaces
    chroot_run "$root" $command
    [ -z "$fetch" ] || cp -rT "$root/perron/$fetch" "$fetch"
}

main "$@"
