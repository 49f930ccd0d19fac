#!/usr/bin/env bash
# Compiles this tree on Debian 13 (gcc, -Werror, libgpiod 2) and runs its tests there, in a chroot under build/debian13.
set -euo pipefail

suite=trixie
home=build/debian13
root=$home/root

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

fail() {
    echo "debian13: $*" >&2
    exit 1
}

say() {
    printf '  %-60s %6d s\n' "$1" "$((SECONDS - begin))"
}

# The mirror of the release this machine runs; Debian's own one where several are listed.
mirror() {
    local release
    # shellcheck disable=SC1091 # every Debian has it
    release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    # shellcheck disable=SC2016 # apt fills these in
    apt-get indextargets --format '$(CREATED_BY) $(RELEASE) $(COMPONENT) $(ORIGIN) $(REPO_URI)' |
        awk -v release="$release" '
            $1 != "Packages" || $2 != release || $3 != "main" { next }
            { uri = $NF; is_debian = ($4 == "Debian") }
            is_debian && !debian { debian = uri }
            !first { first = uri }
            END { print debian ? debian : first }'
}

# What this machine tells its apt about the way there (proxies, dates), for the apt that fills the chroot.
apt_settings() {
    apt-config dump --no-empty Acquire | grep -Ei '^Acquire::(https?|Check-|Retries|By-Hash)' || true
    echo 'Acquire::Retries "5";'
}

make_root() {
    local packages=$1 from
    from=$(mirror)
    [ -n "$from" ] || fail "apt on this machine names no Debian mirror, see /etc/apt/sources.list.d"
    begin=$SECONDS
    echo "  making a Debian 13 chroot, this takes a minute or two"
    rm -rf --one-file-system "$root" "$home/packages"
    mkdir -p "$home"
    apt_settings >"$home/apt.conf"
    mmdebstrap --quiet --mode=root --variant=minbase --aptopt="$home/apt.conf" \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --include="${packages//$'\n'/,}" "$suite" "$root" "$from" >"$home/mmdebstrap.log" 2>&1 ||
        { tail -n 30 "$home/mmdebstrap.log" >&2 && fail "mmdebstrap failed, see $home/mmdebstrap.log"; }
    printf '%s\n' "$packages" >"$home/packages"
    say "chroot made, $(du -sm "$root" | cut -f1) MB"
}

tree() {
    if git rev-parse --git-dir >/dev/null 2>&1; then
        git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
            [ ! -e "$file" ] || printf '%s\0' "$file"
        done
    else
        find . -type f -not -path './build/*' -not -path './.git/*' -print0
    fi
}

# The build of the last run stays, so only what changed is compiled.
copy_tree() {
    mkdir -p "$root/perron"
    find "$root/perron" -mindepth 1 -maxdepth 1 -not -name build -exec rm -rf --one-file-system {} +
    tree | tar --null -T - -cf - | tar -C "$root/perron" --no-same-owner -xf -
}

# Runs a command in the chroot, in namespaces of its own where the machine allows them: nothing stays mounted, and
# nothing that a test started stays behind.
inside() {
    if unshare --mount --pid --fork true 2>/dev/null; then
        unshare --mount --pid --fork --kill-child "$BASH" "$0" --enter mounts "$@"
    else
        echo "note: this machine allows no namespaces; no /proc and /dev in the chroot" >&2
        "$BASH" "$0" --enter bare "$@"
    fi
}

enter() {
    local how=$1
    shift
    if [ "$how" = mounts ]; then
        # the first process of its own namespaces, or the mounts would stay on the machine
        [ $$ -eq 1 ] || fail "--enter is for this script alone"
        mount -t proc proc "$root/proc" || echo "note: no /proc in the chroot" >&2
        mount --rbind /dev "$root/dev" || echo "note: no /dev in the chroot" >&2
    fi
    exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 CI=true PERRON_NO_OFFICE=yes \
        sh -c "cd /perron && $*"
}

main() {
    local command="scripts/run-tests.sh build" what="all tests" fetch=""
    [ "${1:-}" != --enter ] || { shift && enter "$@"; }
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
    command -v mmdebstrap >/dev/null || fail "mmdebstrap is missing: scripts/setup.sh debian13"
    local packages
    packages=$(scripts/setup.sh --list build run test)
    [ "$packages" = "$(cat "$home/packages" 2>/dev/null)" ] || make_root "$packages"
    copy_tree
    begin=$SECONDS
    # shellcheck disable=SC2086 # one or two targets
    inside make -j"$(nproc)" $what >"$home/make.log" 2>&1 ||
        { grep -v '^  [A-Z]\{2,7\} ' "$home/make.log" | tail -n 60 >&2 && fail "it does not compile on Debian 13, see $home/make.log"; }
    say "compiled with $(chroot "$root" gcc -dumpfullversion), libgpiod $(chroot "$root" pkg-config --modversion libgpiod)"
    # shellcheck disable=SC2086 # a command is split at its spaces
    inside $command
    [ -z "$fetch" ] || cp -rT "$root/perron/$fetch" "$fetch"
}

main "$@"
