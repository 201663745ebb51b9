#!/bin/bash
# Speed in the server: finsent against to_tsvector and length on the same texts, in one run.
#
# usage: src/tools/bench.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/bench
src/tools/corpus.sh articles "${ARTICLES:-1000}" >build/bench/articles.txt
src/tools/corpus.sh headlines "${HEADLINES:-30000}" >build/bench/headlines.txt
exec src/tools/cluster.sh -x -o jit=off -o max_parallel_workers_per_gather=0 -o work_mem=64MB \
	psql -X -q -v ON_ERROR_STOP=1 -v rounds="${ROUNDS:-5}" -f test/bench/bench.sql
