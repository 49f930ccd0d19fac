# shellcheck shell=sh
# row NAME COMMAND: runs it and prints "ok NAME", or "FAILED NAME" and what it said. Sourced.

row() {
    _name=$1
    shift
    if _said=$( (set -e; "$@") 2>&1 </dev/null); then
        echo "ok $_name"
    else
        echo "FAILED $_name"
        printf '%s\n' "$_said" | tail -n 15 | sed 's/^/    | /'
    fi
}

# no COMMAND: succeeds where it fails.
no() {
    ! "$@"
}

# until_true SECONDS COMMAND
until_true() {
    _left=$(($1 * 10))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$_left" -gt 0 ] || {
            "$@"
            return 1
        }
        _left=$((_left - 1))
        sleep 0.1
    done
}

as_perron() {
    runuser -u perron -- "$@"
}

says() {
    _needle=$1
    shift
    "$@" | grep -F "$_needle"
}
