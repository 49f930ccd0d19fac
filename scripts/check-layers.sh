#!/usr/bin/env bash
# Who may know whom: fails the build for an #include that a row does not allow.
set -euo pipefail

# Each room, and what its files may include: a folder with all below it, a single header, or "folder/." for the files
# right in a folder, also as a room. The longest room that fits a file is its room; a folder without one is a mistake.
rooms='
firmware/base      firmware/base
firmware/port      firmware/port firmware/base
firmware/linux     firmware/linux firmware/port firmware/base
firmware/sim       firmware/sim firmware/port firmware/base
firmware/device    firmware/device firmware/port firmware/base
firmware/reader    firmware/reader firmware/port firmware/base
app/domain         app/domain firmware/base
app/store          app/store app/domain firmware/base
app/exchange       app/exchange app/domain app/store firmware/base
app/hub            app/hub app/domain app/store firmware/base
app/demo           app/demo app/domain app/store firmware/base
app/ui             app/ui app/domain firmware/base firmware/port/speaker.h firmware/port/stick.h
app/command        app/. app/command app/demo app/domain app/store app/exchange app/hub firmware
app/.              app firmware
tests              tests app firmware
'

# Foreign headers, by how they begin, and the files that may include them, by how they begin. Tests may include any.
foreign='
sodium.h           firmware/base/hash.c firmware/base/secret.c firmware/base/seal.c firmware/base/sign.c
jansson.h          firmware/base/json.h
ini.h              firmware/base/settings.c
nfc/               firmware/reader/
gpiod.h            firmware/linux/pins_gpiod
systemd/           firmware/linux/
libudev.h          firmware/linux/
libevdev           firmware/linux/
linux/             firmware/linux/
sqlite3.h          app/store/
SDL                app/ui/
X11/               app/ui/xlib.c
cairo              app/ui/
pango              app/ui/
qrencode           app/ui/widget_figure.c
libintl.h          app/ui/words.c
espeak-ng/         app/ui/speech.c
libpq-fe.h         app/hub/
libical/           app/exchange/ics
xlsxwriter         app/exchange/workbook
zlib.h             app/exchange/workbook_
'

usage() {
    cat <<'END'
usage: scripts/check-layers.sh [--self-test]

Fails for every #include that breaks the rules at the top of this script, with file, line and rule.

  --self-test   plant bad includes in a copy of nothing, and fail unless each of them is caught
END
}

# Reads "file:line:#include ..." and prints what is wrong.
judge() {
    awk -v rooms="$rooms" -v foreign="$foreign" '
        BEGIN {
            n_rooms = split(rooms, row, "\n")
            for (i = 1; i <= n_rooms; i++) {
                split(row[i], word, " +")
                room_name[i] = word[1]
                room_may[i] = substr(row[i], length(word[1]) + 1)
            }
            n_foreign = split(foreign, row, "\n")
            for (i = 1; i <= n_foreign; i++) {
                split(row[i], word, " +")
                foreign_name[i] = word[1]
                foreign_home[i] = substr(row[i], length(word[1]) + 1)
                sub(/^ +/, "", foreign_home[i])
            }
        }
        function begins(text, start) { return substr(text, 1, length(start)) == start }
        # Is the file in this place: a folder with all below it, a single file, or "folder/."?
        function is_in(file, place) {
            if (place ~ /\/\.$/) {
                place = substr(place, 1, length(place) - 1)
                return begins(file, place) && index(substr(file, length(place) + 1), "/") == 0
            }
            return file == place || begins(file, place "/")
        }
        function room_of(file,    i, best) {
            best = 0
            for (i = 1; i <= n_rooms; i++)
                if (room_name[i] != "" && is_in(file, room_name[i]) &&
                    (!best || length(room_name[i]) > length(room_name[best])))
                    best = i
            return best
        }
        function allows(may, header,    i, n, one) {
            n = split(may, one, " +")
            for (i = 1; i <= n; i++)
                if (one[i] != "" && is_in(header, one[i]))
                    return 1
            return 0
        }
        function is_home(homes, file,    i, n, one) {
            n = split(homes, one, " +")
            for (i = 1; i <= n; i++)
                if (begins(file, one[i]))
                    return 1
            return 0
        }
        function complain(text) { print file ":" line ": " text }
        {
            match($0, /^[^:]*:[0-9]+:/)
            split(substr($0, 1, RLENGTH), place, ":")
            file = place[1]; line = place[2]
            text = substr($0, RLENGTH + 1)
            sub(/^[ \t]*#[ \t]*include[ \t]*/, "", text)
            sign = substr(text, 1, 1)
            header = substr(text, 2)
            sub(/[">].*/, "", header)
            room = room_of(file)
            if (!room) { complain("this folder has no row in scripts/check-layers.sh"); next }
            if (sign == "\"") {
                if (header !~ /^(firmware|app|tests)\//)
                    complain("\"" header "\" is not written from the root")
                else if (!allows(room_may[room], header))
                    complain(room_name[room] " may not include \"" header "\", only:" room_may[room])
            } else if (sign == "<") {
                if (room_name[room] == "tests") next
                for (i = 1; i <= n_foreign; i++)
                    if (foreign_name[i] != "" && begins(header, foreign_name[i]) && !is_home(foreign_home[i], file))
                        complain("<" header "> has one home: " foreign_home[i])
            } else
                complain("an include through a macro cannot be checked")
        }'
}

# Prints what is wrong in the tree below the current folder.
check() {
    local folders=() folder
    for folder in firmware app tests; do
        [ ! -d "$folder" ] || folders+=("$folder")
    done
    { grep -rnE '^[[:blank:]]*#[[:blank:]]*include' --include='*.[ch]' "${folders[@]}" || true; } | judge
}

# One row per planted include: file, the include, what must be said of it ("-": nothing).
planted='
firmware/base/good.c      <stdio.h>                      -
firmware/base/hash.c      <sodium.h>                     -
firmware/base/secret.c    <sodium.h>                     -
firmware/base/salt.c      <sodium.h>                     one home: firmware/base/hash.c
firmware/base/up.c        "firmware/port/reader.h"       firmware/base may not include
firmware/port/side.c      "firmware/linux/wedge.h"       firmware/port may not include
firmware/linux/good.c     "firmware/port/pins.h"         -
firmware/linux/sim.c      "firmware/sim/pins_sim.h"      firmware/linux may not include
firmware/linux/pins.c     <gpiod.h>                      one home: firmware/linux/pins_gpiod
firmware/linux/pins_gpiod2.c  <gpiod.h>                  -
firmware/device/people.c  "app/domain/person.h"          firmware/device may not include
firmware/reader/nfc.c     <nfc/nfc.h>                    -
firmware/sim/nfc.c        <nfc/nfc.h>                    one home: firmware/reader/
app/domain/store.c        "app/store/journal.h"          app/domain may not include
app/domain/port.c         "firmware/port/reader.h"       app/domain may not include
app/store/good.c          <sqlite3.h>                    -
app/store/ui.c            "app/ui/canvas.h"              app/store may not include
app/ui/store.c            "app/store/journal.h"          app/ui may not include
app/ui/good.c             "firmware/port/speaker.h"      -
app/ui/pins.c             "firmware/port/pins.h"         app/ui may not include
app/ui/scenes/resting.c   "app/station.h"                app/ui may not include
app/ui/scenes/sql.c       <sqlite3.h>                    one home: app/store/
app/ui/scenes/words.c     <libintl.h>                    one home: app/ui/words.c
app/ui/xlib.c             <X11/Xlib.h>                   -
app/ui/window.c           <X11/Xlib.h>                   one home: app/ui/xlib.c
app/ui/speech.c           <espeak-ng/espeak_ng.h>        -
app/ui/sound.c            <espeak-ng/speak_lib.h>        one home: app/ui/speech.c
app/exchange/good.c       "app/store/journal.h"          -
app/exchange/ics_rule.c   <libical/ical.h>               -
app/exchange/calendar.c   <libical/ical.h>               one home: app/exchange/ics
app/exchange/ui.c         "app/ui/canvas.h"              app/exchange may not include
app/command/good.c        "app/station.h"                -
app/command/ui.c          "app/ui/canvas.h"              app/command may not include
app/command/draw.c        <SDL2/SDL.h>                   one home: app/ui/
app/main.c                "app/ui/window.h"              -
app/test.c                "tests/support/player.h"       app/. may not include
app/local.c               "local.h"                      not written from the root
app/cellar/new.c          "app/cellar/new.h"             has no row
firmware/attic/new.c      "firmware/base/rc.h"           has no row
tests/app/test_all.c      <sqlite3.h>                    -
'

self_test() {
    local tree file include word said wrong=0 rows=0
    tree=$(mktemp -d)
    # shellcheck disable=SC2064 # the folder is known now
    trap "rm -rf '$tree'" EXIT
    cd "$tree"
    while read -r file include word; do
        [ -n "$file" ] || continue
        mkdir -p "$(dirname "$file")"
        echo "#include $include" >"$file"
    done <<<"$planted"
    said=$(check)
    while read -r file include word; do
        [ -n "$file" ] || continue
        rows=$((rows + 1))
        if [ "$word" = - ]; then
            ! grep -F "$file:1:" <<<"$said" || wrong=1
        elif ! grep -F "$file:1:" <<<"$said" | grep -qF "$word"; then
            echo "not caught: $file includes $include" >&2
            wrong=1
        fi
    done <<<"$planted"
    echo "$rows planted includes judged"
    return "$wrong"
}

case ${1:-} in
--help | -h) usage ;;
--self-test) self_test ;;
"")
    said=$(check)
    [ -z "$said" ] || { echo "$said" >&2 && exit 1; }
    ;;
*) usage >&2 && exit 2 ;;
esac
