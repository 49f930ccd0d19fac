#!/usr/bin/env bash
# All C as .clang-format says. Judged by clang-format 14 (Debian 12) only: every version lays out a little differently.
set -euo pipefail

version=14

usage() {
    cat <<'END'
usage: scripts/check-format.sh [--fix]

Fails for C files that clang-format 14 would change; another version judges nothing and says so.

  --fix   change them
END
}

sources() {
    find firmware app tests -name '*.[ch]' -print0 2>/dev/null
}

main() {
    case ${1:-} in
    --help | -h) usage && exit 0 ;;
    --fix | "") ;;
    *) usage >&2 && exit 2 ;;
    esac
    local have said
    have=$(clang-format --version | sed -n 's/.*version \([0-9]*\).*/\1/p')
    if [ "$have" != "$version" ]; then
        echo "note: format not checked: this is clang-format $have, the tree follows $version (Debian 12)"
        exit 0
    fi
    if [ "${1:-}" = --fix ]; then
        sources | xargs -r -0 clang-format -i
        exit 0
    fi
    said=$(sources | xargs -r -0 clang-format --dry-run 2>&1 | grep -E '^[^ ]+:[0-9]+:' | cut -d: -f1,2 | sort -uV || true)
    if [ -n "$said" ]; then
        printf '%s\n' "$said" "These lines are not as .clang-format says; \`make format\` mends them." >&2
        exit 1
    fi
}

main "$@"
