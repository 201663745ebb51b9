#!/bin/bash
# Fuzz the core for some seconds, with address and undefined-behaviour sanitizers.
#
# usage: src/tools/fuzz.sh SECONDS [TARGET...]
#
# A target is a file of test/fuzz; all of them share the seconds.  Each starts
# from test/fuzz/corpus/TARGET (document: from the sample news too); what it
# finds new stays in build/fuzz/TARGET.  A finding is written to
# build/fuzz/TARGET-crash-*; run the program on that file to see it again:
# build/fuzz/document.run build/fuzz/document-crash-...
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=$1
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=($(basename -s .c -a test/fuzz/*.c))
mkdir -p build/fuzz/news
clang=$(command -v clang || ls /usr/bin/clang-[0-9]* | sort -V | tail -1)
cflags=(-std=c11 -g -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -Isrc/core
	$(pkg-config --cflags icu-uc 2>/dev/null || true))

# The core is compiled once for all targets.
core=()
for source in src/core/*.c; do
	object=build/fuzz/$(basename "$source" .c).o
	core+=("$object")
	if [ ! "$object" -nt "$source" ] || [ -n "$(find src/core -newer "$object" -name '*.[hid]*' | head -1)" ]; then
		"$clang" "${cflags[@]}" -c "$source" -o "$object"
	fi
done
if [ -f demo/news.tsv ]; then
	LC_ALL=C awk -F'\t' 'NR > 1 { gsub(/\\n/, "\n", $5); file = "build/fuzz/news/" $1; printf "%s%c%s", $4, 0, $5 >file; close(file) }' demo/news.tsv
fi
for target in "${targets[@]}"; do
	"$clang" "${cflags[@]}" -fsanitize=fuzzer "test/fuzz/$target.c" "${core[@]}" \
		$(pkg-config --libs icu-uc 2>/dev/null || echo -licuuc) -lm -o "build/fuzz/$target.run"
	mkdir -p "build/fuzz/$target"
	seeds=("build/fuzz/$target")
	[ ! -d "test/fuzz/corpus/$target" ] || seeds+=("test/fuzz/corpus/$target")
	[ "$target" != document ] || seeds+=(build/fuzz/news)
	echo "fuzz: $target for $((seconds / ${#targets[@]})) seconds"
	"build/fuzz/$target.run" -max_total_time=$((seconds / ${#targets[@]})) -max_len=20000 -timeout=10 -rss_limit_mb=2048 \
		-print_final_stats=1 -dict=test/fuzz/finance.dict -artifact_prefix="build/fuzz/$target-" "${seeds[@]}" 2>&1 |
		grep -vE '^#[0-9]+[[:space:]]+(NEW|REDUCE|RELOAD)'
done
echo "fuzz: nothing found"
