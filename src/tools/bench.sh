#!/bin/bash
# Speed in the server: finsent against the server's own functions on the same texts, in one run.
#
# usage: src/tools/bench.sh
#   SIZE=10        megabytes of text: four fifths articles, a tenth briefs, a tenth headlines
#   ROUNDS=3       of which medians are taken
#   DOCUMENT=100   megabytes of the one long document
#   ROWS=1000000   rows of one query, for memory
set -euo pipefail
cd "$(dirname "$0")/../.."
size=${SIZE:-10} document=${DOCUMENT:-100} rows=${ROWS:-1000000}

if [ "${1:-}" != server ]; then
	mkdir -p build/bench
	src/tools/corpus.sh articles $((size * 200)) >build/bench/articles.txt
	src/tools/corpus.sh briefs $((size * 182)) >build/bench/briefs.txt
	src/tools/corpus.sh headlines $((size * 1400)) >build/bench/headlines.txt
	exec src/tools/cluster.sh -x -o jit=off -o max_parallel_workers_per_gather=0 -o work_mem=64MB "$0" server
fi

# One query in a backend of its own: its answer.
ask()
{
	psql -XAtq -v ON_ERROR_STOP=1 -c "$1"
}

# Megabytes at most resident, shared memory included, of a backend that ran a query.
memory()
{
	psql -XAtq -v ON_ERROR_STOP=1 -c "$1" -c "$peak" | tail -n 1
}
peak="SELECT round((regexp_match(pg_read_file('/proc/self/status'), 'VmHWM:\s*(\d+)'))[1]::numeric / 1024, 1)"

difference()
{
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a - b }'
}

psql -X -q -v ON_ERROR_STOP=1 -v rounds="${ROUNDS:-3}" -f test/bench/bench.sql

echo "First call in a new backend, less that of length(); median of 21 backends:"
for _ in $(seq 21); do
	ask "SET client_min_messages = notice; DO \$\$
		DECLARE
			a timestamptz := clock_timestamp();
			b timestamptz;
			c timestamptz;
		BEGIN
			PERFORM length('Acme shares rose 5%');
			b := clock_timestamp();
			PERFORM finsent_score('Acme shares rose 5%');
			c := clock_timestamp();
			RAISE NOTICE 'excess %', extract(epoch FROM (c - b) - (b - a)) * 1000;
		END \$\$" 2>&1 | sed -n 's/.*excess //p'
done | sort -n | awk '{ t[NR] = $1 } END { printf "  %.3f ms\n\n", t[int((NR + 1) / 2)] }'

echo "Memory of the backend, at most, over that of the same query with length():"
texts="SELECT 'Acme shares rose ' || i || '% after a strong quarter' AS body FROM generate_series(1, $rows) i"
few="SELECT 'Acme shares rose ' || i || '% after a strong quarter' AS body FROM generate_series(1, $((rows / 10))) i"
echo "  $rows rows, finsent_score:   $(difference "$(memory "SELECT sum(finsent_score(body)) FROM ($texts) t")" \
	"$(memory "SELECT sum(length(body)) FROM ($texts) t")") MB; of $((rows / 10)) rows: $(difference \
	"$(memory "SELECT sum(finsent_score(body)) FROM ($few) t")" "$(memory "SELECT sum(length(body)) FROM ($few) t")") MB"
echo "  $rows rows, finsent_analyze: $(difference "$(memory "SELECT count(finsent_analyze(body)) FROM ($texts) t")" \
	"$(memory "SELECT sum(length(body)) FROM ($texts) t")") MB; of $((rows / 10)) rows: $(difference \
	"$(memory "SELECT count(finsent_analyze(body)) FROM ($few) t")" "$(memory "SELECT sum(length(body)) FROM ($few) t")") MB"
long="SELECT repeat(body, $document * 1000000 / length(body)) AS body FROM (SELECT string_agg(body, ' ') AS body
	FROM (SELECT body FROM articles LIMIT 250) a) b OFFSET 0"
for call in finsent_score finsent_tickers finsent_analyze; do
	more=$(difference "$(memory "SELECT count($call(body)) FROM ($long) t")" "$(memory "SELECT sum(length(body)) FROM ($long) t")")
	echo "  one document of $document MB, $call: $more MB, $(awk -v m="$more" -v d="$document" 'BEGIN { printf "%.1f", m / d }') times the text"
done
