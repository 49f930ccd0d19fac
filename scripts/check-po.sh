#!/usr/bin/env bash
# Every translation is complete, certain and fits its C format.
set -euo pipefail

[ "${1:-}" != --help ] || {
    echo "usage: scripts/check-po.sh    fails for translations that are missing, fuzzy or do not fit their format"
    exit 0
}

bad=0
found=0
while read -r po; do
    found=$((found + 1))
    said=$(LC_ALL=C msgfmt --check --statistics -o /dev/null "$po" 2>&1) || bad=1
    case $said in
    *fuzzy* | *untranslated* | *error*) bad=1 && printf '%s: %s\n' "$po" "$said" >&2 ;;
    esac
done < <(find app -name '*.po' | sort)
[ "$found" -gt 0 ] || echo "note: there are no translations yet"
exit "$bad"
