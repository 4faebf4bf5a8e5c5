#!/bin/sh
# Builds a wheel, installs it in an empty environment, and asks it for its version and a search:
# what the source has and the wheel lacks (a model, a list of words) is found here.
set -eu

folder=build/wheel
rm -rf "$folder"
mkdir -p "$folder"

"${PYTHON:-python3}" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$folder" .
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check -c constraints.txt "$folder"/*.whl

# From another folder, so that nothing is taken from the source.
program=$PWD/$folder/env/bin/newsarchive
pages=$PWD/sample_archive
cd "$folder"
unset NEWSARCHIVE_DIR PYTHONPATH
"$program" --version
"$program" init archive
"$program" --archive archive add "$pages/pages" "$pages/wire.jsonl"
"$program" --archive archive search '"mutual aid pact"' --limit 1
"$program" --archive archive verify
