# shellcheck shell=bash
# A chroot of another Debian: made once from the mirror this machine's apt uses, entered in namespaces of its own.
# Sourced by debian13.sh, deb.sh and test-deb.sh; by itself it is the inner half of chroot_run.

fail() {
    echo "$(basename "$0" .sh): $*" >&2
    exit 1
}

# Says what was done and how many seconds it took since `begin`.
say() {
    printf '  %-60s %6d s\n' "$1" "$((SECONDS - begin))"
}

# chroot_mirror [PART]: the mirror of the release this machine runs, or of a part of it (security); Debian's own one where
# several are listed.
# shellcheck disable=SC2120 # image.sh asks for a part
chroot_mirror() {
    local release
    # shellcheck disable=SC1091 # every Debian has it
    release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")${1:+-$1}
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
chroot_apt_settings() {
    apt-config dump --no-empty Acquire | grep -Ei '^Acquire::(https?|Check-|Retries|By-Hash)' || true
    echo 'Acquire::Retries "5";'
}

# chroot_make HOME SUITE PACKAGES [MMDEBSTRAP OPTION...]: the chroot HOME/system with these packages, a line each, as long as
# that is not what it is already. Beside it: its packages, apt's settings and mmdebstrap's log.
chroot_make() {
    local home=$1 suite=$2 packages=$3 from
    shift 3
    [ ! -d "$home/system" ] || [ "$packages" != "$(cat "$home/packages" 2>/dev/null)" ] || return 0
    [ "$(id -u)" -eq 0 ] || fail "a chroot needs root, with sudo for example"
    command -v mmdebstrap >/dev/null || fail "mmdebstrap is missing: scripts/setup.sh debian13"
    # shellcheck disable=SC2119 # the whole of it
    from=$(chroot_mirror)
    [ -n "$from" ] || fail "apt on this machine names no Debian mirror, see /etc/apt/sources.list.d"
    begin=$SECONDS
    echo "  making a chroot of Debian $suite in $home, this takes a minute or two"
    rm -rf --one-file-system "$home/system" "$home/packages"
    mkdir -p "$home"
    chroot_apt_settings >"$home/apt.conf"
    mmdebstrap --quiet --mode=root --variant=minbase --aptopt="$home/apt.conf" "$@" \
        --include="${packages//$'\n'/,}" "$suite" "$home/system" "$from" >"$home/mmdebstrap.log" 2>&1 ||
        { tail -n 30 "$home/mmdebstrap.log" >&2 && fail "mmdebstrap failed, see $home/mmdebstrap.log"; }
    printf '%s\n' "$packages" >"$home/packages"
    say "chroot made, $(du -sm "$home/system" | cut -f1) MB"
}

# Options for a chroot in which nobody reads.
# shellcheck disable=SC2034 # for those who source this
chroot_without_papers=(--dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*')

# The files of this tree, each ended by a NUL.
chroot_tree() {
    if git rev-parse --git-dir >/dev/null 2>&1; then
        git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
            [ ! -e "$file" ] || printf '%s\0' "$file"
        done
    else
        find . -type f -not -path './build/*' -not -path './.git/*' -print0
    fi
}

# Copies this tree to a folder. A build in there stays, so only what changed is compiled.
chroot_copy_tree() {
    mkdir -p "$1"
    find "$1" -mindepth 1 -maxdepth 1 -not -name build -exec rm -rf --one-file-system {} +
    chroot_tree | tar --null -T - -cf - | tar -C "$1" --no-same-owner -xf -
}

# chroot_run ROOT COMMAND: the command, in the chroot's /perron where it has one, in namespaces of its own where the machine
# allows them: nothing stays mounted, and nothing that was started stays behind.
chroot_run() {
    if unshare --mount --pid --fork true 2>/dev/null; then
        unshare --mount --pid --fork --kill-child "$BASH" scripts/chroot.sh --enter mounts "$@"
    else
        echo "note: this machine allows no namespaces; no /proc and /dev in the chroot" >&2
        "$BASH" scripts/chroot.sh --enter bare "$@"
    fi
}

chroot_enter() {
    local how=$1 root=$2
    shift 2
    if [ "$how" = mounts ]; then
        # the first process of its own namespaces, or the mounts would stay on the machine
        [ $$ -eq 1 ] || fail "--enter is for chroot_run alone"
        mount -t proc proc "$root/proc" || echo "note: no /proc in the chroot" >&2
        mount --rbind /dev "$root/dev" || echo "note: no /dev in the chroot" >&2
    fi
    exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 CI=true PERRON_NO_OFFICE=yes \
        sh -c "cd /perron 2>/dev/null || cd /; $*"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    [ "${1:-}" = --enter ] || fail "this file is sourced, see scripts/README.md"
    shift
    chroot_enter "$@"
fi
