#!/usr/bin/env bash
# `make test`: every build, every check, every test; the last line is "N passed, N failed".
set -euo pipefail

# What must succeed before the tests, one row each: name, command. The builds come first.
steps='
build with gcc              | make all
build with clang            | make VARIANT=clang objects
the top level and the lines | scripts/check-tree.sh
who may know whom           | scripts/check-layers.sh
bad includes are caught     | scripts/check-layers.sh --self-test
bad tests are counted       | scripts/run-tests.sh --self-test
format                      | scripts/check-format.sh
cppcheck                    | scripts/check-c.sh
shellcheck                  | scripts/check-shell.sh
translations                | scripts/check-po.sh
'
log_dir=build/test-log
passed=0
failed=0

usage() {
    cat <<'END'
usage: scripts/test.sh [--checks]

Builds with gcc, with clang and with sanitizers, runs the checks and then all tests in the sanitizer build. Each build
and each check counts as one. The last line is "N passed, N failed".

  --checks   the checks only
END
}

log_of() {
    echo "$log_dir/${1// /-}.log"
}

# Runs a step's command; beside its log it leaves how that ended, and after how many seconds.
do_step() {
    local command=$2 begin=$EPOCHREALTIME code=0 log
    log=$(log_of "$1")
    # shellcheck disable=SC2086 # a row's command is split at its spaces
    ${command/#make /${MAKE:-make} } >"$log" 2>&1 </dev/null || code=$?
    awk -v c="$code" -v b="$begin" -v e="$EPOCHREALTIME" 'BEGIN {printf "%d %.1f\n", c, e - b}' >"$log.end"
}

# Counts and tells how a step ended; one that left no word of it failed.
tell_step() {
    local name=$1 code=1 seconds=0 word=ok log
    log=$(log_of "$name")
    read -r code seconds <"$log.end" || true
    if [ "$code" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        word=FAILED
    fi
    printf '  %-44s %11s %6.1f s\n' "$name" "$word" "$seconds"
    if [ "$code" -ne 0 ]; then
        grep -v '^  [A-Z]\{2,7\} ' "$log" | tail -n 100 | sed 's/^/    | /' || true
    else
        grep '^note: ' "$log" | sed 's/^/    /' || true
    fi
    return "$code"
}

run_step() {
    rm -f "$(log_of "$1").end"
    do_step "$1" "$2"
    tell_step "$1"
}

# The builds one after the other, as each has every core; the checks beside each other. They are told in the rows' order.
run_steps() {
    local which=$1 name command checks=()
    while IFS='|' read -r name command; do
        # read drops the blanks around both
        read -r name <<<"$name"
        read -r command <<<"$command"
        case $which:$command in
        *: | checks:make*) ;;
        *:make*) run_step "$name" "$command" || true ;;
        *)
            rm -f "$(log_of "$name").end"
            checks+=("$name")
            do_step "$name" "$command" &
            ;;
        esac
    done <<<"$steps"
    wait
    for name in "${checks[@]}"; do
        tell_step "$name" || true
    done
}

run_tests() {
    local log=$log_dir/tests.log
    scripts/run-tests.sh build/san | tee "$log" | sed -u '$d' || true
    if [[ $(tail -n 1 "$log") =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]] && [ "${BASH_REMATCH[1]}" -gt 0 ]; then
        passed=$((passed + BASH_REMATCH[1]))
        failed=$((failed + BASH_REMATCH[2]))
    else
        failed=$((failed + 1))
    fi
}

main() {
    local which=all
    case ${1:-} in
    --help | -h) usage && exit 0 ;;
    --checks) which=checks ;;
    "") ;;
    *) usage >&2 && exit 2 ;;
    esac
    mkdir -p "$log_dir"
    run_steps "$which"
    if [ "$which" = all ] && run_step "build with sanitizers" "make VARIANT=san all tests"; then
        run_tests
    fi
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

main "$@"
