#!/bin/bash
# Make the generated tables of the core from src/data into a directory.
#
# usage: src/tools/tables.sh DIRECTORY
#
# The output depends on src/data alone; `make check` makes it again and demands
# that the committed tables are the same.
set -euo pipefail
out=$(realpath -m "${1:?directory}")
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
mkdir -p "$out"

# Write a table through a temporary file: one that is half written must not be compiled.
table()
{
	local name=$1
	shift
	"$@" >"$out/.$name" && mv "$out/.$name" "$out/$name"
}

"${MAKE:-make}" -s --no-print-directory BUILD="$build" "$build/tools/gentables" >/dev/null
table lexicon.inc "$build/tools/gentables" src/data/lexicon
table words.inc "$build/tools/gentables" --words src/data/lexicon
"${MAKE:-make}" -s --no-print-directory BUILD="$build" "$build/tools/genexp" >/dev/null
table exp.inc "$build/tools/genexp"
if [ -f src/tools/gencompany.c ]; then
	"${MAKE:-make}" -s --no-print-directory BUILD="$build" "$build/tools/gencompany" >/dev/null
	"$build/tools/gencompany" src/data/company "$out"
fi
