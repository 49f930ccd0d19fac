#!/bin/sh
# The units of the package where systemd is the first process: run by it in a chroot that was started as a machine, with the
# folder of the packages. scripts/test-deb.sh starts it and counts the rows. There is no screen and no terminal in there, so
# a drop-in takes those away, and nothing else.
set -u
cd "$1" || exit 1
# shellcheck source=tests/board/rows.sh
. ./rows.sh
drop_in=/run/systemd/system/perron.service.d

without_a_screen() {
    mkdir -p $drop_in
    cat >$drop_in/test.conf <<'END'
[Service]
StandardInput=null
TTYPath=
TTYReset=no
TTYVHangup=no
TTYVTDisallocate=no
ExecStart=
ExecStart=/usr/lib/perron/perron station --board /usr/lib/perron/board/desktop.conf --reader sim --headless --data /var/lib/perron --boot /boot/firmware
END
    systemctl daemon-reload
}

# Fails where there is none, so that nothing counts as refused which was not tried.
main_pid() {
    _pid=$(systemctl show perron.service -p MainPID --value)
    [ "$_pid" -gt 0 ] && echo "$_pid"
}

in_the_service() {
    nsenter --target "$(main_pid)" --mount -- "$@"
}

# As the station itself is: its user, in its view of files and users.
as_the_station() {
    nsenter --target "$(main_pid)" --user --mount --preserve-credentials -- \
        setpriv --reuid "$(id -u perron)" --regid "$(id -g perron)" --keep-groups -- "$@"
}

# In the service's view of the files that fails, and would be tried.
refused_in_the_service() {
    in_the_service true
    no in_the_service "$@"
}

serves() {
    until_true 30 says "running    yes" as_perron perron status
}

starts_and_serves() {
    systemctl enable perron.service
    systemctl start perron.service || {
        journalctl --no-pager -q -n 12
        return 1
    }
    serves
    as_perron perron tap 04:D6:E5:B1:2F:1F:57
    until_true 20 says "here       1" as_perron perron status
}

is_not_root() {
    says perron ps -o user= -p "$(main_pid)"
    says "NoNewPrivs:	1" cat "/proc/$(main_pid)/status"
    says "Seccomp:	2" cat "/proc/$(main_pid)/status"
    says "CapEff:	0000000000000000" cat "/proc/$(main_pid)/status"
}

comes_back() {
    old=$(main_pid)
    kill -KILL "$old"
    until_true 20 sh -c "pid=\$(systemctl show perron.service -p MainPID --value); [ \$pid -ne 0 ] && [ \$pid -ne $old ]"
    serves
    says "here       1" as_perron perron status
}

# It no longer tells systemd of turns of its loop: after the unit's patience it is ended, and started again.
hangs_and_comes_back() {
    says notify systemctl show perron.service -p Type
    old=$(main_pid)
    kill -STOP "$old"
    until_true 60 sh -c "pid=\$(systemctl show perron.service -p MainPID --value); [ \$pid -ne 0 ] && [ \$pid -ne $old ]"
    says watchdog journalctl --no-pager -q -u perron.service
    serves
}

sees_a_stick() {
    mkdir -p "$1"
    mount -t tmpfs -o uid=perron,mode=0700 stick "$1"
    in_the_service touch "$1/written"
    test -e "$1/written"
}

lets_a_stick_go() {
    umount /media/perron/LATER
    refused_in_the_service test -e /media/perron/LATER/written
}

writes_nowhere_else() {
    for folder in /etc /usr /var /srv /opt; do
        refused_in_the_service touch "$folder/written"
    done
    refused_in_the_service sh -c 'echo 1 > /proc/sys/kernel/sysrq'
}

# A package that was signed for this house, as a station brings it, over the one before it; the machine is not restarted.
bring_an_update() {
    rm -f secret new.deb.sig
    perron update keys secret >/etc/perron/update.pub
    perron update sign new.deb --key secret
    perron update keep old.deb
    as_perron mkdir -p /var/lib/perron/update
    install -o perron -m 0600 new.deb new.deb.sig /var/lib/perron/update/
    mkdir -p /run/systemd/system/perron-update.service.d
    printf '[Service]\nExecStart=\nExecStart=/usr/lib/perron/perron update apply --no-restart\n' \
        >/run/systemd/system/perron-update.service.d/test.conf
    systemctl daemon-reload
}

is_installed() {
    # shellcheck disable=SC2016 # dpkg-query fills these in
    says "ii $1" dpkg-query -W -f '${db:Status-Abbrev}${Version}' perron
}

# As the station asks: over the bus, through polkit.
the_station_starts_it() {
    old=$(main_pid)
    is_installed 0.0.1
    as_the_station systemctl --no-ask-password start perron-update.service || {
        journalctl --no-pager -q -n 15 -u perron-update.service -u polkit.service
        return 1
    }
    is_installed "$(sed -n 's/^version //p' about)"
    serves
    [ "$(main_pid)" -ne "$old" ]
}

it_is_settled() {
    systemctl start perron-update-settle.service
    says "is installed" perron update status
}

it_starts_no_other() {
    as_the_station busctl --system call org.freedesktop.DBus / org.freedesktop.DBus GetId
    no as_the_station systemctl --no-ask-password stop perron.service
    no as_the_station systemctl --no-ask-password start perron-update-settle.service
    no as_the_station systemctl --no-ask-password stop perron-update.service
}

stops_in_order() {
    systemctl stop perron.service
    says success systemctl show perron.service -p Result --value
}

row "dpkg installs it on a running machine" dpkg -i old.deb
row "it does not start by itself" no systemctl is-active perron.service
row "people are imported" as_perron perron people import "$PWD/people.csv"
rm -rf /media/perron
without_a_screen
sees_a_stick /media/perron/EARLIER >/dev/null 2>&1 # before there is a service
row "the unit starts and a tap is served" starts_and_serves
row "no root, no rights, a filter" is_not_root
row "a stick that was there is written to" in_the_service touch /media/perron/EARLIER/again
row "a stick that comes is seen and written to" sees_a_stick /media/perron/LATER
row "a stick that goes is gone" lets_a_stick_go
row "nothing else is written to" writes_nowhere_else
row "killed, it comes back with its register" comes_back
row "hanging, it is started again" hangs_and_comes_back
row "an update is signed and brought" bring_an_update
row "the station starts the update, and it is installed" the_station_starts_it
row "and no other unit" it_starts_no_other
row "it came up, and is settled" it_is_settled
row "stopped in order" stops_in_order
row "removed from a running machine" dpkg --purge perron
row "no unit stays" no systemctl cat perron.service
journalctl --no-pager -q -u perron.service >journal 2>&1
