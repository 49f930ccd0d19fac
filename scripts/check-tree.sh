#!/usr/bin/env bash
# The top level holds what the plan says and nothing else; no line ends in blanks; no file lacks its last newline.
set -euo pipefail

[ "${1:-}" != --help ] || {
    echo "usage: scripts/check-tree.sh    fails for strangers at the top level and for untidy line ends"
    exit 0
}

top='firmware|app|board|tests|scripts|Makefile|README\.md|LICENSE|CHANGELOG\.md|\..*'

# The files of the tree; without git, everything but what is built.
files() {
    if git rev-parse --git-dir >/dev/null 2>&1; then
        git ls-files --cached --others --exclude-standard
    else
        find . -type f -not -path './build/*' -not -path './.git/*' | sed 's|^\./||'
    fi
}

# Spreadsheets write their lines as they like; pictures have none.
texts() {
    files | grep -Ev '\.(png|svg|csv|ics|db|bin|golden)$' | while read -r file; do
        [ ! -f "$file" ] || [ -L "$file" ] || printf '%s\n' "$file"
    done
}

bad=0
complain() {
    printf '%s\n' "$1" >&2
    bad=1
}

strangers=$(files | cut -d/ -f1 | sort -u | grep -vxE "$top" || true)
[ -z "$strangers" ] || complain "not in the plan of the top level: $strangers"

blanks=$(texts | xargs -r -d '\n' grep -nIE '[[:blank:]]+$|'$'\r' | cut -c1-160 || true)
[ -z "$blanks" ] || complain "blanks or carriage returns at the end of a line:
$blanks"

endless=$(texts | while read -r file; do
    [ ! -s "$file" ] || ! grep -qI . "$file" || [ -z "$(tail -c 1 "$file")" ] || echo "$file"
done)
[ -z "$endless" ] || complain "no newline at the end of: $endless"

# `make run` builds these, and installs nothing that only tests need.
needy=$(grep -rl --exclude='test_*.c' 'cmocka\.h' tests/support tests/bench tests/torture tests/image || true)
[ -z "$needy" ] || complain "may not need cmocka: $needy"

exit "$bad"
