#!/bin/bash
# Speed of the core alone, over a file of one text a line or over generated texts.
#
# usage: src/tools/bench-core.sh PROGRAM [FILE]
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$1
if [ -n "${2:-}" ]; then
	exec "$program" "$2"
fi
mkdir -p build/bench
for kind in articles headlines; do
	src/tools/corpus.sh $kind $([ $kind = articles ] && echo 1000 || echo 20000) >build/bench/$kind.txt
	echo "$kind:"
	"$program" build/bench/$kind.txt
done
