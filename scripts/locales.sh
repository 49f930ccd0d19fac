#!/usr/bin/env bash
# Builds the locales and the translations the screen speaks with: nothing of the system's own is needed at run time.
set -euo pipefail

usage() {
    cat <<'END'
usage: scripts/locales.sh FOLDER

Makes the locales fr_BE, nl_BE and en_GB (UTF-8) and the message catalogues of app/share/po in FOLDER.
END
}

# Locale and, where it is translated, the name of its catalogue.
table='
fr_BE fr
nl_BE nl
en_GB -
'

main() {
    case ${1:-} in
    --help | -h) usage && exit 0 ;;
    "") usage >&2 && exit 2 ;;
    esac
    local folder=$1 locale language
    mkdir -p "$folder"
    while read -r locale language; do
        [ -n "$locale" ] || continue
        # localedef warns of what the locale's own makers left open; only its result counts.
        [ -d "$folder/$locale.UTF-8" ] ||
            localedef --no-archive -c -i "$locale" -f UTF-8 "$folder/$locale.UTF-8" 2>/dev/null ||
            [ -s "$folder/$locale.UTF-8/LC_CTYPE" ]
        [ "$language" != - ] || continue
        mkdir -p "$folder/$language/LC_MESSAGES"
        msgfmt --check -o "$folder/$language/LC_MESSAGES/perron.mo" "app/share/po/$language.po"
    done <<<"$table"
}

main "$@"
