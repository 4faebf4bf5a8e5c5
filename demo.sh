#!/bin/sh
# What `make demo` shows: the sample archive, built and asked. BIN is the folder of the program.
set -eu

PATH="$(cd "${BIN:-.venv/bin}" && pwd):$PATH"
NEWSARCHIVE_DIR=build/demo
COLUMNS="${COLUMNS:-100}"
export PATH NEWSARCHIVE_DIR COLUMNS

say() {
    printf '\n# %s\n' "$1"
}

# The command as one would type it, then what it prints.
run() {
    printf '$ newsarchive'
    for word in "$@"; do
        case $word in
            *[!A-Za-z0-9_./=-]*) printf " '%s'" "$word" ;;
            *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    newsarchive "$@"
}

rm -rf build/demo
mkdir -p build

say 'Make an archive, and archive a folder of pages, plain texts and a dataset.'
run init build/demo
say 'sample_archive/damaged/ holds broken files on purpose: each is named, the rest is archived (exit code 3).'
status=0
run add sample_archive || status=$?
test "$status" -eq 3

say 'Search for a word, in whatever form.'
run search strike --limit 3

say 'A phrase within a range of dates.'
run search '"mutual aid pact" published:2024-03..2024-04' --limit 3

say 'Who wrote about it?'
run search '"Port Almar"' --facet publisher --limit 3

say 'And when?'
run timeline '"Port Almar"' --by month

say 'Take all matches with you.'
mkdir -p build/demo/exports
run export '"Port Almar"' --format jsonl -o build/demo/exports/port-almar.jsonl
run export '"Port Almar"' --format csv -o build/demo/exports/port-almar.csv

cat <<END

The archive is in build/demo. Try next:

    . ${BIN:-.venv/bin}/activate
    export NEWSARCHIVE_DIR=$NEWSARCHIVE_DIR
    newsarchive search 'strik* -publisher:"Harbour Post"' --sort newest
    newsarchive search 'published:2020-03-15'        # finds what is dated "March 2020"
    newsarchive show 1 --evidence                    # where every value came from
    newsarchive stats
    newsarchive verify                               # is every stored byte as it was received?
    newsarchive --help

docs/tutorial.md goes on from here.
END
