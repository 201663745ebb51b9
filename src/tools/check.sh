#!/bin/bash
# Checks of the sources; each prints TAP: "ok - what" or "not ok - what" with the reasons before it.
#
# usage: src/tools/check.sh includes|core|tables|files|format|warnings ...
set -uo pipefail
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
failures=0

# One result: reasons (nothing: passed) and what was checked.
result()
{
	if [ -n "$1" ]; then
		sed 's/^/# /' <<<"$1"
		echo "not ok - $2"
		failures=$((failures + 1))
	else
		echo "ok - $2"
	fi
}

# The files of the core that compute in floating point: figures and training, never a score.
floating='evaluation|fit'

# The level that a file of the core states in its second line.
level_of()
{
	sed -n '2s/^ \* [a-z_]*\.[ch] - level \([0-9]*\): .*/\1/p' "$1"
}

# The include rule of src/README.md.
check_includes()
{
	local file included level bad=
	declare -A level_of_file=()
	for file in src/core/*.[ch]; do
		level=$(level_of "$file")
		[ -n "$level" ] || bad+="$file states no level in its first comment"$'\n'
		level_of_file[${file##*/}]=${level:-0}
	done
	result "$bad" "includes: every file of the core states its level"

	bad=
	local same=
	for file in src/core/*.[ch]; do
		level=${level_of_file[${file##*/}]}
		for included in $(sed -n 's/^#[ \t]*include "\([^"]*\)".*/\1/p' "$file"); do
			case $included in
				tables/*.inc|*.def) continue ;;
			esac
			if [ -z "${level_of_file[$included]:-}" ]; then
				bad+="$file includes $included, which is no file of the core"$'\n'
			elif [ "${level_of_file[$included]}" -gt "$level" ]; then
				bad+="$file (level $level) includes $included (level ${level_of_file[$included]})"$'\n'
			elif [ "${level_of_file[$included]}" = "$level" ] && [ "${file%.c}" = "$file" ]; then
				same+="${file##*/} $included"$'\n'
			fi
		done
	done
	result "$bad" "includes: no file of the core includes a higher level"

	bad=$(printf '%s' "$same" | tsort 2>&1 >/dev/null)
	result "$bad" "includes: no cycle among headers of one level"

	bad=$(grep -nE '^#[ \t]*include <' src/core/*.[ch] |
		grep -vE '<(stdarg|stdbool|stddef|stdint|stdio|stdlib|strings?|limits|inttypes)\.h>' | grep -v '^src/core/unicode\.c:.*<unicode/' |
		grep -vE "^src/core/($floating)\\.c:.*<math\\.h>" | grep -v '^src/core/token_letters\.h:.*<emmintrin\.h>')
	result "$bad" "includes: the core needs the C library, ICU in unicode.c alone, <math.h> where nothing is scored, and SSE2 in token_letters.h"

	bad=$(grep -nE '^#[ \t]*include' src/stat/*.[ch] |
		grep -vE '<(math|stdbool|stddef|stdint|string)\.h>|"[a-z]+\.h"')
	for included in $(sed -n 's/^#[ \t]*include "\([^"]*\)".*/\1/p' src/stat/*.[ch]); do
		[ -f "src/stat/$included" ] || bad+="src/stat includes $included, which is none of its own"$'\n'
	done
	result "$bad" "includes: the statistics need the C library, its mathematics and themselves alone"

	bad=$(grep -nE '^#[ \t]*include .*(postgres\.h|fmgr\.h|utils/|pg/)' src/core/*.[ch] src/stat/*.[ch] src/tools/*.[ch] test/unit/*.[ch])
	result "$bad" "includes: server headers in src/pg alone"
}

# The core compiles with no server header in reach, and links to nothing that it must not use.
check_core()
{
	local bad file object
	mkdir -p "$build/check"
	bad=
	for file in src/core/*.h; do
		bad+=$("${CC:-cc}" -std=c11 -Wall -Wextra -Werror -Isrc/core -fsyntax-only -x c "$file" 2>&1 | grep -v 'pragma once' | head -5)
	done
	result "$bad" "core: every header compiles by itself, with no server include path"

	bad=$("${MAKE:-make}" -s --no-print-directory BUILD="$build" "$build/libfinsent.a" 2>&1 >/dev/null | head -20)
	result "$bad" "core: compiles as C11 with no server include path and no warning"

	# __asan and __ubsan: the library may have been built with the sanitizers.
	bad=$(nm -u "$build"/core/*.o 2>/dev/null | awk 'NF == 2 { print $2 }' | sort -u |
		grep -vE '^(fs_|u[a-z0-9]*_|mem(cpy|move|set|cmp|chr|mem|rchr)|str(len|chr|str|cmp|ncmp|nlen|pbrk|spn|cspn)|v?snprintf|__(v?snprintf|mem(cpy|move|set)|strcpy|strncpy|strcat)_chk|strtou?ll?|__stack_chk_fail|abort|_GLOBAL_OFFSET_TABLE_|qsort|bsearch|__(asan|ubsan|sanitizer)_|__popcountdi2|__udivti3|(sqrt|exp|log|cos|pow)$)')
	result "$bad" "core: no allocation, no input or output, nothing that depends on the locale"

	bad=$(nm -Au "$build"/core/*.o 2>/dev/null | grep -vE "/($floating)\\.o:" | grep -E ' U (sqrt|exp|log|pow|cos|sin|fabs|fmax|fmin|floor|ceil)f?$')
	result "$bad" "core: no mathematical function where scores are computed"

	bad=$(nm -u "$build"/stat/*.o 2>/dev/null | awk 'NF == 2 { print $2 }' | sort -u |
		grep -vE '^(fs_|mem(cpy|move|set)|sqrt|exp2?|log(1p)?|erfc|fabs|floor|ldexp|frexp|isnan|isinf|__(mem(cpy|move|set)_chk|floattidf|stack_chk_fail)|_GLOBAL_OFFSET_TABLE_|__(asan|ubsan|sanitizer)_)')
	result "$bad" "core: the statistics compute, and do nothing else"

	bad=$(nm "$build"/core/*.o "$build"/stat/*.o 2>/dev/null | awk 'NF == 3 && $2 ~ /^[DdBbC]$/ && $3 !~ /^__?(asan|ubsan|odr|sanitizer|covrec)|\.rel\.ro|^\.L/ { print $3 }' | sort -u)
	if nm "$build"/core/arena.o 2>/dev/null | grep -q __asan; then
		echo "ok - core: no static data that changes # SKIP sanitized build"
	else
		# Constant tables of pointers live in .data.rel.ro, which nm marks d as well.
		bad=$(for object in "$build"/core/*.o "$build"/stat/*.o; do objdump -t "$object" | awk '$4 ~ /^\.(data|bss)/ && $4 !~ /^\.data\.rel\.ro/ && $3 == "O" { print $NF }'; done)
		result "$bad" "core: no static data that changes"
	fi
}

# The committed tables are what src/data makes of them.
check_tables()
{
	local table bad
	rm -rf "$build/tables"
	if ! bad=$(src/tools/tables.sh "$build/tables" 2>&1); then
		result "${bad:-the generator failed}" "tables: the generators run"
		return
	fi
	for table in src/core/tables/*.inc; do
		# The models come from training data that are not part of the project (make model).
		case $table in *_model.inc) continue ;; esac
		bad=
		cmp -s "$table" "$build/tables/${table##*/}" || bad="${table##*/} is not what src/data gives: run make tables and commit"
		result "$bad" "tables: ${table##*/} is current"
	done
}

# Versions agree; nothing of this machine or of the working data is in what is committed.
check_files()
{
	local version bad
	version=$(sed -n "s/^default_version *= *'\([^']*\)'.*/\1/p" finsent.control)
	bad=$(grep -c "\"$version\"" META.json 2>/dev/null | grep -qx 2 || echo "META.json does not give $version twice (version and provides)")
	grep -q "^## $version" CHANGELOG.md 2>/dev/null || bad+=" CHANGELOG.md has no section $version"
	result "$bad" "files: META.json and CHANGELOG.md agree with finsent.control"

	if command -v python3 >/dev/null; then
		result "$(python3 -c 'import json; json.load(open("META.json"))' 2>&1 | tail -1)" "files: META.json is JSON"
	fi

	# What is committed, or what would be, where this is no git checkout.
	local files
	files=$(git ls-files 2>/dev/null || true)
	[ -n "$files" ] || files=$(find . -type f -not -path './build/*' -not -name '*.o' -not -name '*.so' | sed 's|^\./||')
	bad=$(grep -nIE '(^|[^A-Za-z0-9_./-])/(home|root|work|Users)/[A-Za-z]' $files 2>/dev/null | grep -v '^src/tools/check\.sh:' | head -10)
	result "$bad" "files: no path of one machine"

	bad=$(for file in src/core/*.[ch] src/stat/*.[ch] src/pg/*.[ch] src/tools/*.[ch] test/unit/*.[ch]; do
			[ -f "$file" ] && awk -v file="$file" 'END { if (NR > 600) print file ": " NR " lines" }' "$file"
		done)
	result "$bad" "files: no source longer than 600 lines"
}

# The committed clang-format file, where clang-format is present.
check_format()
{
	local bad
	if ! command -v clang-format >/dev/null; then
		echo "ok - format # SKIP no clang-format"
		return
	fi
	bad=$(clang-format -n src/core/*.[ch] src/stat/*.[ch] src/pg/*.[ch] src/tools/*.[ch] test/unit/*.[ch] test/fuzz/*.c test/bench/*.c test/steps/*.c 2>&1 | sed -n 's/^\([^:]*\):\([0-9]*\):.*code should be clang-formatted.*/\1/p' | sort | uniq -c | sort -rn | head -20)
	result "$bad" "format: sources are as clang-format writes them"
}

# The glue too compiles without a warning (the core: check_core).
check_warnings()
{
	local pg_config include file bad
	pg_config=$(src/tools/find-postgres.sh) || { result "no PostgreSQL" "warnings: the glue"; return; }
	include=$("$pg_config" --includedir-server)
	mkdir -p "$build/check"
	for file in src/pg/*.c; do
		bad=$("${CC:-cc}" -O2 -g -Wall -Wextra -Wmissing-prototypes -D_GNU_SOURCE -Isrc/core -Isrc/pg -isystem "$include" $("$pg_config" --cppflags) \
			-c "$file" -o "$build/check/${file##*/}.o" 2>&1 | head -20)
		result "$bad" "warnings: ${file#src/} compiles without any"
	done
}

for what in "$@"; do
	"check_$what"
done
[ $failures -eq 0 ]
