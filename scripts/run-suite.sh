#!/usr/bin/env bash
# Runs the long programs of one kind (build/torture-*, build/bench-*) one after another and says how each ended.
set -euo pipefail

usage() {
    cat <<'END'
usage: scripts/run-suite.sh [--ci] BUILD KIND

Runs every program that a tests/**/KIND_*_main.c makes, with PERRON_BUILD=BUILD. The last line is "N passed, N failed".

  --ci   the short form: each program gets --ci and at most 15 minutes
END
}

main() {
    local size=() limit=0
    [ "${1:-}" != --help ] || { usage && exit 0; }
    [ "${1:-}" != --ci ] || { size=(--ci) && limit=900 && shift; }
    [ $# -eq 2 ] || { usage >&2 && exit 2; }
    local build=$1 kind=$2 passed=0 failed=0 programs program begin code
    mapfile -t programs < <(find tests -name "${kind}_*_main.c" 2>/dev/null | sort |
        sed "s|.*/\(.*\)_main\.c|\1|; s|_|-|g; s|^|$build/|")
    export PERRON_BUILD=$build LC_ALL=C.UTF-8
    for program in "${programs[@]}"; do
        echo "== $program ${size[*]}"
        begin=$SECONDS
        code=0
        timeout --kill-after=10 "$limit" "$program" "${size[@]}" </dev/null || code=$?
        if [ "$code" -eq 0 ]; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
        fi
        echo "== $program ended with $code after $((SECONDS - begin)) s"
    done
    [ ${#programs[@]} -gt 0 ] || echo "there is no tests/**/${kind}_*_main.c to run" >&2
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

main "$@"
