#!/bin/bash
# Fuzz the core for some seconds, with address and undefined-behaviour sanitizers.
#
# usage: src/tools/fuzz.sh SECONDS
#
# Starts from test/fuzz/corpus and the sample news; what it finds new stays in
# build/fuzz.  A finding is written to build/fuzz/crash-*; run the program on that
# file to see it again: build/fuzz/document build/fuzz/crash-...
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/fuzz/found build/fuzz/news
clang=$(command -v clang || ls /usr/bin/clang-[0-9]* | sort -V | tail -1)
if [ ! build/fuzz/document -nt test/fuzz/document.c ] || [ -n "$(find src/core -newer build/fuzz/document -name '*.[chi]*' | head -1)" ]; then
	echo "Building build/fuzz/document ..." >&2
	"$clang" -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Isrc/core \
		$(pkg-config --cflags icu-uc 2>/dev/null) test/fuzz/document.c src/core/*.c \
		$(pkg-config --libs icu-uc 2>/dev/null || echo -licuuc) -lm -o build/fuzz/document
fi
if [ -f demo/news.tsv ]; then
	LC_ALL=C awk -F'\t' 'NR > 1 { gsub(/\\n/, "\n", $5); file = "build/fuzz/news/" $1; printf "%s%c%s", $4, 0, $5 >file; close(file) }' demo/news.tsv
fi
exec build/fuzz/document -max_total_time="$1" -max_len=20000 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
	-dict=test/fuzz/finance.dict -artifact_prefix=build/fuzz/ build/fuzz/found test/fuzz/corpus build/fuzz/news
