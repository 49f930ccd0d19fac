#!/usr/bin/env bash
# Every translation is complete, certain and fits its C format; and says what the sources say today.
set -euo pipefail

[ "${1:-}" != --help ] || {
    echo "usage: scripts/check-po.sh    fails for translations that are missing, fuzzy, stale or do not fit their format"
    exit 0
}

ids_of() {
    msgcat --no-wrap "$1" | grep '^msgid "' | sort
}

bad=0
found=0
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
xgettext --from-code=UTF-8 -kwords:2 -kwords_plural:2,3 -ksheet_say:2 -kWORDS_MARK -kSAID --no-location --sort-output -o "$fresh" \
    app/*.c app/ui/*.c app/ui/scenes/*.c app/store/office.c app/exchange/workbook*.c
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
[ "$found" -gt 0 ] || echo "note: there are no translations yet"
exit "$bad"
