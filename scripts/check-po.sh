#!/usr/bin/env bash
# Every translation is complete, certain and fits its C format; and says what the sources say today. Every sentence of
# what comes in and goes out on a stick is marked to be translated.
set -euo pipefail

[ "${1:-}" != --help ] || {
    echo "usage: scripts/check-po.sh    fails for translations that are missing, fuzzy, stale or do not fit their format"
    exit 0
}

ids_of() {
    msgcat --no-wrap "$1" | grep '^msgid "' | sort
}

# What a screen can say of a stick: the literals there that have no mark.
unmarked() {
    xgettext --from-code=UTF-8 -k -kreason_set:2 -kpeople_refuse:2 -kpeople_say:2 -kcalendar_refuse:2 -kcalendar_note:3 \
        -kics_note:2 -krefuse:2 -kintake_tell_note:2 -kproblems_add:4 -ksettings_complain:2 -ksettings_complain_of:3 \
        --no-location --no-wrap --omit-header -o "$bare" \
        app/export.c app/export_files.c app/export_scratch.c app/incoming*.c app/intake*.c app/outgoing*.c app/papers.c \
        app/domain/badge.c app/domain/basket.c app/domain/occasion.c app/exchange/calendar*.c app/exchange/charset.c \
        app/exchange/csv.c app/exchange/ics*.c app/exchange/own_data*.c app/exchange/infile.c app/exchange/outfile.c app/exchange/parcel.c \
        app/exchange/parcel_file.c app/exchange/people*.c app/exchange/refused.c app/exchange/workbook*.c app/store/db.c \
        app/store/folder.c app/store/mark.c app/circles.c app/guides*.c app/venue.c app/venue_gather.c app/venue_take*.c \
        firmware/base/settings*.c
    sed -n 's/^msgid //p' "$bare" | sed 's/%[ds]//g' | grep '[[:alpha:]]' || true
}

bad=0
found=0
fresh=$(mktemp)
bare=$(mktemp)
trap 'rm -f "$fresh" "$bare"' EXIT
xgettext --from-code=UTF-8 -kwords:2 -kwords_plural:2,3 -ksheet_say:2 -kWORDS_MARK -kSAID --no-location --sort-output -o "$fresh" \
    app/*.c app/ui/*.c app/ui/scenes/*.c app/store/*.c app/exchange/*.c app/domain/*.c firmware/base/rc.c firmware/base/seal_key.c \
    firmware/base/settings*.c
while read -r po; do
    found=$((found + 1))
    said=$(LC_ALL=C msgfmt --check --statistics -o /dev/null "$po" 2>&1) || bad=1
    LC_ALL=C msgcmp "$po" "$fresh" >&2 || bad=1
    stale=$(comm -23 <(ids_of "$po") <(ids_of "$fresh"))
    [ -z "$stale" ] || { bad=1 && printf '%s: no longer said: %s\n' "$po" "$stale" >&2; }
    case $said in
    *fuzzy* | *untranslated* | *error*) bad=1 && printf '%s: %s\n' "$po" "$said" >&2 ;;
    esac
done < <(find app -name '*.po' | sort)
unmarked=$(unmarked)
[ -z "$unmarked" ] || { bad=1 && printf 'not marked to be translated: %s\n' "$unmarked" >&2; }
[ "$found" -gt 0 ] || echo "note: there are no translations yet"
exit "$bad"
