#!/bin/sh
# The life of the package in a chroot of Debian: installed, used, upgraded, removed, purged. scripts/test-deb.sh runs it there
# with the folder of the packages (old.deb, new.deb); the rows it prints are counted.
set -u
cd "$1" || exit 1
# shellcheck source=tests/board/rows.sh
. ./rows.sh
ada=04:D6:E5:B1:2F:1F:57

begin_clean() {
    dpkg --purge perron
    rm -rf /var/lib/perron /etc/perron
}

is_perrons() {
    [ "$(stat -c '%U %a' /var/lib/perron)" = "perron 700" ]
}

start_station() {
    as_perron perron station --board /usr/lib/perron/board/desktop.conf --reader sim --headless >"$1.log" 2>&1 &
    echo $! >station.pid
    until_true 30 says "running    yes" as_perron perron status || {
        cat "$1.log"
        return 1
    }
}

stop_station() {
    pkill -TERM -u perron -x perron
    until_true 20 no pgrep -u perron -x perron
}

an_evening() {
    start_station evening
    as_perron perron tap $ada
    until_true 20 says "here       1" as_perron perron status
    as_perron perron screenshot /tmp/evening.png
    stop_station
}

# How long the roll-call is, as a page, in that language.
page_in() {
    rm -f /tmp/page.pdf
    as_perron perron roll-call --pdf /tmp/page.pdf --language "$1" >/dev/null
    stat -c %s /tmp/page.pdf
}

every_language_is_there() {
    [ "$(page_in en)" -ne "$(page_in fr)" ]
    [ "$(page_in en)" -ne "$(page_in nl)" ]
    [ "$(page_in fr)" -ne "$(page_in nl)" ]
    says vendredi env LOCPATH=/usr/lib/perron/locale LC_ALL=fr_BE.UTF-8 date -d 2026-11-27 +%A
    says vrijdag env LOCPATH=/usr/lib/perron/locale LC_ALL=nl_BE.UTF-8 date -d 2026-11-27 +%A
    says Friday env LOCPATH=/usr/lib/perron/locale LC_ALL=en_GB.UTF-8 date -d 2026-11-27 +%A
}

languages_are_missed() {
    as_perron perron roll-call --pdf /tmp/page.pdf --language nl 2>&1 | grep "has not got all languages"
}

# The control: they come from nowhere else.
without_the_locales_there_are_none() {
    no languages_are_missed
    mv /usr/lib/perron/locale /usr/lib/perron/locale.away
    said=$(languages_are_missed || true)
    mv /usr/lib/perron/locale.away /usr/lib/perron/locale
    [ -n "$said" ]
}

# Only conffiles and the register may be left.
files_of_the_package_are_gone() {
    while read -r path; do
        [ ! -f "$path" ] || [ "$path" = /etc/perron/board.conf ] || {
            echo "$path is still there"
            return 1
        }
    done <files
}

is_in_the_groups_of_its_service() {
    sed -n 's/^SupplementaryGroups=//p' /lib/systemd/system/perron.service | tr ' ' '\n' | sort >wanted
    id -Gn perron | tr ' ' '\n' | sort | comm -13 - wanted >missing
    cat missing
    [ -s wanted ] && [ ! -s missing ]
}

begin_clean >/dev/null 2>&1
row "the older version is installed" dpkg -i old.deb
dpkg -L perron >files
row "the data folder is perron's alone" is_perrons
row "perron --help" says "usage: perron VERB" perron --help
row "perron --version" says "perron $(sed -n 's/^version \([0-9.]*\).*/\1/p' about)" perron --version
row "the manual is found" says "perron(1)" man -P cat perron
row "user perron has the devices that its service has" is_in_the_groups_of_its_service
row "people are imported as user perron" as_perron perron people import "$PWD/people.csv"
row "a headless station serves a tap" an_evening
row "three languages" every_language_is_there
row "and none without its locales" without_the_locales_there_are_none
row "doctor looks at the machine's board" sh -c 'perron doctor --board /etc/perron/board.conf --data /var/lib/perron; [ $? -le 1 ]'
echo "# of this house" >>/etc/perron/board.conf
row "upgraded to this version" dpkg -i --force-confold new.deb
row "the house's board.conf stays" grep -q "of this house" /etc/perron/board.conf
row "the register still verifies" as_perron perron verify
row "the visit is still there" says Ada as_perron perron visits
row "a station of this version serves" an_evening
row "downgraded, and upgraded again" sh -c 'dpkg -i --force-confold old.deb && dpkg -i --force-confold new.deb'
row "removed" dpkg --remove perron
row "its files are gone" files_of_the_package_are_gone
row "the register stays" test -s /var/lib/perron/perron.db
row "installed again, the register verifies" sh -c "dpkg -i new.deb && runuser -u perron -- perron verify"
echo key >/etc/perron/update.pub
row "purged" dpkg --purge perron
row "its settings are gone" no test -e /etc/perron
row "root's state of updates is gone" no test -e /var/lib/perron-update
row "the register stays, for its people" test -s /var/lib/perron/perron.db
rm -rf /var/lib/perron
