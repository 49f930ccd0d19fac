#!/usr/bin/env bash
# Runs test programs, one more at once than there are cores, and sums up what cmocka says of them.
set -euo pipefail

limit_s=180
# many wait for a clock or for a process: the one more works meanwhile
at_once=$(($(nproc) + 1))
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=tests/support/library-leaks.supp:print_suppressions=0}

usage() {
    cat <<'END'
usage: scripts/run-tests.sh [--limit SECONDS] BUILD [PROGRAM...]
       scripts/run-tests.sh --self-test

Runs the programs (default: all that the Makefile has), each for at most 180 s (--limit), with PERRON_BUILD=BUILD. A
crash, a time-out and a program without tests count as failed. The output of those that fail is shown and kept in BUILD/tests-log.
The last line is "N passed, N failed".

  --self-test   run programs that fail in every way, and fail unless each is counted
END
}

# Sets passed, skipped and failed from a log and the exit code.
count() {
    local log=$1 code=$2 started
    # cmocka 1.1.7 names the group before "Running"
    started=$(sed -n 's/.*\[==========\] .*Running \([0-9]*\) test(s).*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
    passed=$(grep -c '\[       OK \]' "$log" || true)
    skipped=$(sed -n 's/^ \([0-9]*\) SKIPPED TEST(S)$/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
    failed=$((started - passed - skipped))
    if [ "$failed" -le 0 ] && { [ "$code" -ne 0 ] || [ "$started" -eq 0 ]; }; then
        failed=1
    fi
}

why() {
    case $1 in
    0) echo "ran no test" ;;
    124 | 137) echo "did not end within $limit_s s" ;;
    12[6-9] | 1[3-9][0-9]) echo "was killed by signal $(($1 - 128))" ;;
    *) echo "ended with $1" ;;
    esac
}

# The test that was running when the program ended, if one was.
unfinished() {
    awk '/\[ RUN      \] / { name = $NF } /\[(       OK|  FAILED  |  SKIPPED ) *\]|\] .*test\(s\) run/ { name = "" }
         END { if (name != "") print " in: " name }' "$1"
}

run_one() {
    local program=$1 name log code=0 begin=$EPOCHREALTIME note=""
    local passed skipped failed
    name=${program#"$build"/tests/}
    log=$build/tests-log/${name//\//-}.log
    timeout --kill-after=5 "$limit_s" "$program" >"$log" 2>&1 </dev/null || code=$?
    count "$log" "$code"
    echo "$passed $failed" >"$log.count"
    [ "$skipped" -eq 0 ] || note=", $skipped skipped"
    [ "$failed" -eq 0 ] || note="$note, $failed FAILED: $(why "$code")$(unfinished "$log")"
    awk -v n="$name" -v p="$passed" -v note="$note" -v b="$begin" -v e="$EPOCHREALTIME" \
        'BEGIN {printf "  %-44s %4d passed %6.1f s%s\n", n, p, e - b, note}'
    if [ "$failed" -ne 0 ]; then
        grep -v '\[ RUN      \]\|\[       OK \]' "$log" | tail -n 200 | sed 's/^/    | /' || true
    fi
}

# One row per program: what it does, and how the line about it must go on.
fakes='
exit 0                                          | 0 passed .* 1 FAILED: ran no test
began 2; good; good; exit 0                     | 2 passed [^,]*$
began 2; good; bad; exit 1                      | 1 passed .* 1 FAILED: ended with 1
began 3; good; kill -SEGV $$                    | 1 passed .* 2 FAILED: was killed by signal 11
began 1; good; exit 1                           | 1 passed .* 1 FAILED: ended with 1
began 1; good; began 1; good; exit 0            | 2 passed [^,]*$
began "x: " 2; good; good; exit 0               | 2 passed [^,]*$
began 1; sleep 30                               | 0 passed .* 1 FAILED: did not end within 2 s
'

self_test() {
    local program expected said wrong=0
    limit_s=2
    build=$(mktemp -d)
    # shellcheck disable=SC2064 # the folder is known now
    trap "rm -rf '$build'" EXIT
    mkdir "$build/tests" "$build/tests-log"
    while IFS='|' read -r program expected; do
        [ -n "$program" ] || continue
        cat >"$build/tests/fake" <<END
#!/bin/sh
began() { [ \$# -gt 1 ] || set -- "" "\$1"; echo "[==========] \$1Running \$2 test(s)."; }
good() { echo "[ RUN      ] x"; echo "[       OK ] x"; }
bad() { echo "[ RUN      ] x"; echo "[  FAILED  ] x"; }
$program
END
        chmod +x "$build/tests/fake"
        said=$(run_one "$build/tests/fake" 2>/dev/null | head -n 1)
        grep -q "${expected# }" <<<"$said" || {
            echo "'$program' was judged: $said" >&2
            wrong=1
        }
    done <<<"$fakes"
    # one that was never counted is a failure, too
    said=$(run_all "$build/tests/fake" >/dev/null && sum_up 2) && wrong=1
    [ "$said" = "0 passed, 2 failed" ] || {
        echo "a program that was not counted was summed up as: $said" >&2
        wrong=1
    }
    return "$wrong"
}

# What one program says stays together, whichever others end meanwhile.
run_and_tell() {
    local said
    said=$(run_one "$1")
    printf '%s\n' "$said"
}

run_all() {
    local program
    rm -f "$build"/tests-log/*.count
    for program in "$@"; do
        [ "$(jobs -rp | wc -l)" -lt "$at_once" ] || wait -n || true
        run_and_tell "$program" &
    done
    wait || true
}

# Fails unless every one of N programs was counted and none failed.
sum_up() {
    cat "$build"/tests-log/*.count | awk -v n="$1" '{passed += $1; failed += $2}
        END {failed += n - NR; printf "%d passed, %d failed\n", passed, failed; exit failed > 0 || !passed}'
}

# What tests bring to disk goes to memory where there is room: how patient a disk is, they do not ask.
make_scratch() {
    local free_kb
    free_kb=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)
    if [ "${free_kb:-0}" -gt 1000000 ] && scratch=$(mktemp -d /dev/shm/perron-XXXX 2>/dev/null); then
        # shellcheck disable=SC2064 # the folder is known now
        trap "rm -rf --one-file-system '$scratch'" EXIT
        export PERRON_SCRATCH=$scratch
    fi
}

main() {
    case ${1:-} in
    --help | -h) usage && exit 0 ;;
    --self-test) self_test && exit 0 || exit 1 ;;
    --limit)
        [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || { usage >&2 && exit 2; }
        limit_s=$2
        shift 2
        ;;
    esac
    [ $# -ge 1 ] || { usage >&2 && exit 2; }
    build=$1
    shift
    local programs=("$@")
    if [ ${#programs[@]} -eq 0 ]; then
        # build/san is the variant san, build has no name
        local variant=${build#build}
        variant=${variant#/}
        # a here-string needs no /dev/fd, which a bare chroot lacks
        mapfile -t programs <<<"$(make -s --no-print-directory VARIANT="$variant" test-programs)"
    fi
    mkdir -p "$build/tests-log"
    make_scratch
    export PERRON_BUILD=$build
    export LC_ALL=C.UTF-8
    export CMOCKA_MESSAGE_OUTPUT=STDOUT
    export ASAN_OPTIONS="detect_leaks=1:abort_on_error=0:${ASAN_OPTIONS:-}"
    export UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1:${UBSAN_OPTIONS:-}"
    run_all "${programs[@]}"
    sum_up ${#programs[@]}
}

main "$@"
