#!/usr/bin/env bash
# Every bash script of the tree through shellcheck.
set -euo pipefail

[ "${1:-}" != --help ] || {
    echo "usage: scripts/check-shell.sh    runs shellcheck over every bash script, fails for any finding"
    exit 0
}

{
    find scripts tests board -name '*.sh' 2>/dev/null || true
    echo .ci/run
} | xargs -r shellcheck
