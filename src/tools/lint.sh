#!/bin/bash
# Static analysis of the sources: gcc and clang warnings, clang-tidy (.clang-tidy), cppcheck.  Some minutes.
#
# usage: src/tools/lint.sh [FILE...]          default: all of src/core, src/stat and src/pg
#
# Prints what is found and ends with "lint: N files, N findings".  A program
# that is not installed is named and left out.
set -uo pipefail
cd "$(dirname "$0")/../.."
. src/tools/env.sh
include=$("$PG_CONFIG" --includedir-server)
files=("$@")
[ ${#files[@]} -gt 0 ] || files=(src/core/*.c src/stat/*.c src/pg/*.c)
out=build/lint
rm -rf "$out"
mkdir -p "$out"

# Everything that is found in one file, a line each.
lint_file()
{
	local file=$1 flags
	case $file in
		src/core/*|src/stat/*) flags=(-std=c11 -Isrc/core) ;;
		*) flags=(-std=gnu11 -D_GNU_SOURCE -Isrc/core -Isrc/pg -isystem "$include") ;;
	esac
	{
		gcc -O2 -Wall -Wextra -Wmissing-prototypes "${flags[@]}" -c "$file" -o /dev/null
		! command -v clang >/dev/null || clang -Wall -Wextra "${flags[@]}" -fsyntax-only "$file"
		! command -v clang-tidy >/dev/null || clang-tidy --quiet "$file" -- "${flags[@]}" 2>/dev/null
		# One configuration: the one that this machine compiles.  Large tables keep it busy without end.
		! command -v cppcheck >/dev/null || grep -q '"tables/' "$file" || cppcheck --quiet --max-configs=1 --std=c11 --enable=warning,performance,portability \
			--suppressions-list=.cppcheck --inline-suppr -Isrc/core "$file"
	} 2>&1 | grep -E '(warning|error|performance|portability|style):' >"$out/${file//\//_}.log"
}
export -f lint_file
export include out

for tool in clang clang-tidy cppcheck; do
	command -v "$tool" >/dev/null || say "$tool is not installed and is left out"
done
printf '%s\0' "${files[@]}" | xargs -0 -P "$(nproc)" -I{} bash -c 'lint_file {}'
cat "$out"/*.log | sort -u >"$out/all"
cat "$out/all"
echo "lint: ${#files[@]} files, $(wc -l <"$out/all") findings"
[ ! -s "$out/all" ]
