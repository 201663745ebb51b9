#!/bin/bash
# Show what finsent does, in a private cluster that leaves nothing behind.
#
# usage: src/tools/demo.sh [FILE]
#
# Without FILE: the sample news scored, one card, and a join with prices.  With
# FILE (plain text or HTML, UTF-8): the card of that file.  The card, and without
# FILE a report on all tickers, are also written as pages, into build/demo.
set -euo pipefail
file=${1:-}
if [ -n "$file" ]; then
	if [ ! -r "$file" ] || [ -d "$file" ]; then
		echo "make demo: $file cannot be read" >&2
		exit 1
	fi
	file=$(realpath "$file")
fi
cd "$(dirname "$0")/../.."
export PGCLIENTENCODING=UTF8
pages=$PWD/build/demo
mkdir -p "$pages"
rm -f "$pages/card.html" "$pages/report.html"
if [ -z "$file" ]; then
	echo "Building and starting a private PostgreSQL (nothing is installed, nothing stays) ..." >&2
	exec src/tools/cluster.sh -x psql -X -v ON_ERROR_STOP=1 -v pages="$pages" -f demo/demo.sql
fi
src/tools/cluster.sh -x psql -X -v ON_ERROR_STOP=1 -v pages="$pages" -v file="$file" -f demo/card.sql
echo
echo "The card as a page to open in a browser: $pages/card.html"
