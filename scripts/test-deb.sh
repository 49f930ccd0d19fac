#!/usr/bin/env bash
# `make test-deb`: the package of each Debian, installed, used, upgraded, removed and purged in a chroot of it; the last line
# is "N passed, N failed".
set -euo pipefail
# shellcheck source=scripts/chroot.sh
. scripts/chroot.sh

passed=0
failed=0

usage() {
    cat <<'END'
usage: scripts/test-deb.sh [SUITE...]

Builds the package of each suite (default: bookworm trixie) for this machine and tries it in a chroot under build/deb/test:
tests/board/installed.sh installs, uses, upgrades, removes and purges it; tests/board/booted.sh starts its units, in a
chroot whose first process is systemd. Needs root and mmdebstrap. The last line is "N passed, N failed".
END
}

# What a package needs and recommends, and what a machine has in any case, a line each.
packages_of() {
    {
        dpkg-deb -f "$1" Depends Recommends | sed 's/^[A-Za-z]*: //' | tr ',' '\n' | sed 's/(.*//; s/|.*//; s/ //g'
        printf '%s\n' man-db procps systemd-sysv dbus
    } | sed '/^$/d' | sort -u
}

# The same package as an older version, for something to upgrade from.
make_older() {
    local from=$1 to=$2 folder
    folder=$(mktemp -d)
    dpkg-deb -R "$from" "$folder"
    sed -i 's/^Version: .*/Version: 0.0.1/' "$folder/DEBIAN/control"
    dpkg-deb --root-owner-group -Znone -b "$folder" "$to" >/dev/null
    rm -rf "$folder"
}

# Counts the rows of a log, and tells those that are new in it.
tell() {
    local suite=$1 log=$2 expected=$3 ok bad
    sed -n "s/^ok \(.*\)/  $suite  \1/p" "$log"
    grep -A 15 '^FAILED' "$log" | grep '^FAILED\|^    |' | sed "s/^FAILED/  $suite  FAILED/" || true
    ok=$(grep -c '^ok ' "$log" || true)
    bad=$(grep -c '^FAILED ' "$log" || true)
    passed=$((passed + ok))
    failed=$((failed + bad))
    # a row that nobody came to is none that was passed
    if [ $((ok + bad)) -ne "$expected" ]; then
        failed=$((failed + 1))
        echo "  $suite  FAILED $((ok + bad)) of $expected rows: $(tail -n 1 "$log")"
    fi
}

rows_in() {
    grep -c '^row ' "$1"
}

# Starts the chroot as a machine with systemd as its first process, for `seconds` at most; what the unit of the test says is
# in $root/perron-test/log.
boot() {
    local root=$1 seconds=$2 group
    group=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)/perron-test-$$
    mkdir "$group" 2>/dev/null || return 1
    cat >"$root/etc/systemd/system/perron-test.service" <<'END'
[Unit]
Requires=dbus.service
After=dbus.service
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'sh /perron-test/booted.sh /perron-test >/perron-test/log 2>/perron-test/errors'
ExecStopPost=/bin/systemctl --no-block poweroff
END
    (
        echo "$BASHPID" >"$group/cgroup.procs"
        exec timeout --signal=KILL "$seconds" unshare --mount --pid --uts --ipc --net --cgroup --fork --kill-child \
            "$BASH" scripts/test-deb.sh --boot "$root"
    ) >"$root/perron-test/console" 2>&1 </dev/null || true
    rm -f "$root/etc/systemd/system/perron-test.service"
    # what was left in it has been killed with its first process
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true
}

# The first process of the namespaces becomes systemd, in a machine without devices.
become_systemd() {
    local root=$1 device
    [ $$ -eq 1 ] || fail "--boot is for this script alone"
    mount --make-rprivate /
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    # nothing that is started in there sets what is the machine's
    mount --bind "$root/proc/sys" "$root/proc/sys"
    mount -o remount,bind,ro "$root/proc/sys"
    mount -t sysfs -o ro sysfs "$root/sys"
    mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
    mount -t tmpfs -o mode=0755 tmpfs "$root/dev"
    for device in null:3 zero:5 full:7 random:8 urandom:9; do
        mknod -m 0666 "$root/dev/${device%:*}" c 1 "${device#*:}"
    done
    mknod -m 0666 "$root/dev/tty" c 5 0
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    mount -t tmpfs tmpfs "$root/dev/shm"
    mount -t tmpfs -o mode=0755 tmpfs "$root/run"
    # a root of its own: in a chroot the kernel gives nobody a user namespace
    cd "$root"
    pivot_root . .
    umount --lazy .
    # as a machine has it: what is mounted is told to those who have a view of their own
    mount --make-rshared /
    exec env -i container=perron PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
        /lib/systemd/systemd --unit=perron-test.service --show-status=no
}

try() {
    local suite=$1 arch home root deb
    arch=$(dpkg --print-architecture)
    home=build/deb/test/$suite
    root=$home/system
    scripts/deb.sh --suite "$suite"
    deb=$(echo "build/deb/$suite/"perron_*_"$arch".deb)
    chroot_make "$home" "$suite" "$(packages_of "$deb")"
    begin=$SECONDS
    rm -rf --one-file-system "$root/perron-test"
    mkdir "$root/perron-test"
    cp tests/board/*.sh app/share/demo/people.csv "$root/perron-test/"
    cp "$deb" "$root/perron-test/new.deb"
    make_older "$deb" "$root/perron-test/old.deb"
    echo "version $(dpkg-deb -f "$deb" Version)" >"$root/perron-test/about"
    chroot_run "$root" "sh /perron-test/installed.sh /perron-test" >"$home/installed.log" 2>&1 || true
    tell "$suite" "$home/installed.log" "$(rows_in tests/board/installed.sh)"
    say "$suite: installed, used, upgraded, removed"
    begin=$SECONDS
    if boot "$root" 180; then
        tell "$suite" "$root/perron-test/log" "$(rows_in tests/board/booted.sh)"
        say "$suite: started as a machine"
    else
        echo "note: $suite was not started as a machine: there is no cgroup2 to write to here"
    fi
}

main() {
    local suite
    case ${1:-} in
    --help | -h) usage && exit 0 ;;
    --boot) become_systemd "$2" ;;
    -*) usage >&2 && exit 2 ;;
    esac
    [ "$(id -u)" -eq 0 ] || fail "a chroot needs root: sudo make test-deb"
    [ $# -gt 0 ] || set -- bookworm trixie
    for suite in "$@"; do
        try "$suite"
    done
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

main "$@"
