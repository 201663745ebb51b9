#!/bin/bash
# Set the mark todo on the gold lines that are wrong today and take it from those that are right.
#
# usage: src/tools/gold-todo.sh [-r]        (-r: only take marks away)
#
# A known gap is then a reviewed line in a diff, never a silent one.
set -euo pipefail
cd "$(dirname "$0")/../.."
only_remove=no
[ "${1:-}" = -r ] && only_remove=yes
list=$(mktemp)
trap 'rm -f "$list"' EXIT
build/unit/gold --list >"$list"
for file in $(cut -f1 "$list" | sort -u); do
	path=test/gold/$file.tsv
	awk -F'\t' -v OFS='\t' -v file="$file" -v only_remove=$only_remove '
		NR == FNR { if ($1 == file) { state[$2] = $3; mark[$2] = $4 } next }
		state[FNR] == "right" && mark[FNR] == "todo" { sub(/\ttodo$/, "") }
		state[FNR] == "wrong" && mark[FNR] != "todo" && only_remove == "no" { $0 = $0 "\ttodo" }
		{ print }' "$list" "$path" >"$path.new"
	if cmp -s "$path" "$path.new"; then
		rm "$path.new"
	else
		mv "$path.new" "$path"
	fi
done
git diff --stat -- test/gold 2>/dev/null || true
