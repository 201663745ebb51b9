#!/bin/bash
# Speed and memory of the research functions over many rows, in a private server of default memory settings.
#
# usage: src/tools/bench-research.sh [TICKERS [DAYS]]        default 4000 x 2500: 10 million rows
#
# Each statement runs in a session of its own.  Beside it stand the statements
# it is measured against: avg(), corr() and the sort that the statistic needs.
# Times are processor time of the session (user and system), which other work on
# the machine disturbs less than the clock; the ratio is theirs.  Memory is the
# peak of the process (VmHWM), with 16 MB of shared buffers in it.
set -euo pipefail
cd "$(dirname "$0")/../.."
tickers=${1:-4000} days=${2:-2500}
if [ -z "${FINSENT_CLUSTER:-}" ]; then
	exec src/tools/cluster.sh -x -o shared_buffers=16MB -o max_parallel_workers_per_gather=0 -o jit=off \
		src/tools/bench-research.sh "$tickers" "$days"
fi

echo "Making $((tickers * days)) rows of (ticker, day, signal, return, close) ..." >&2
psql -Xq -v ON_ERROR_STOP=1 -v tickers="$tickers" -v days="$days" <<'END'
-- Day by day, as they would arrive.  The hash makes the numbers the same everywhere.
CREATE UNLOGGED TABLE quote AS
SELECT 'T' || t AS ticker, date '2016-01-01' + d AS day,
	hashint8extended(d * 1000003::int8 + t, 1) / 9.3e18 AS signal,
	hashint8extended(d * 1000003::int8 + t, 2) / 4.7e20 AS return,
	100 + 50 * (hashint8extended(d * 1000003::int8 + t, 3) / 9.3e18) AS close
FROM generate_series(0, :days - 1) d, generate_series(1, :tickers) t;
CREATE TABLE happening AS
SELECT 'T' || (i * 7 % :tickers + 1) AS ticker, date '2016-01-01' + 150 + (i * 13 % greatest(1, :days - 170)) AS day FROM generate_series(1, 1000) i;
VACUUM ANALYZE quote;
END

# Processor time in ms, elapsed ms, and MB of a statement.
measure()
{
	psql -Xqt -v ON_ERROR_STOP=1 -c '\timing on' -c "$1" -c '\timing off' \
		-c "SELECT 'MB ' || substring(pg_read_file('/proc/self/status') FROM 'VmHWM:\s+(\d+)')::int / 1024" \
		-c "SELECT 'CPU ' || (split_part(s, ' ', 12)::int + split_part(s, ' ', 13)::int) * 1000 / $(getconf CLK_TCK)
			FROM (SELECT regexp_replace(pg_read_file('/proc/self/stat'), '^.*\) ', '')) x (s)" |
		awk '/^Time:/ { ms = $2 } /^ *MB/ { mb = $2 } /^ *CPU/ { cpu = $2 } END { printf "%d %.0f %d\n", cpu, ms, mb }'
}

# A line of the table: name, statement, and the sum of what it is compared with.
line()
{
	local ms mb
	read -r last ms mb < <(measure "$2")
	awk -v name="$1" -v cpu="$last" -v ms="$ms" -v mb="$mb" -v base="${3:-}" \
		'BEGIN { printf "%-38s %8.2f s %8.2f s %6d MB %s\n", name, cpu / 1000, ms / 1000, mb, base ? sprintf("%6.2f x", cpu / base) : "" }'
}

printf '%-38s %10s %10s %9s\n' '' processor elapsed memory
measure 'SELECT count(*) FROM quote' >/dev/null
line 'avg(signal)' 'SELECT avg(signal) FROM quote'; avg=$last
line 'corr(signal, return)' 'SELECT corr(signal, return) FROM quote'; corr=$last
line 'sort by day' 'SELECT count(*) FROM (SELECT day, signal, return FROM quote ORDER BY day OFFSET 0) s'; by_day=$last
line 'sort by ticker and day' 'SELECT count(*) FROM (SELECT ticker, day, close FROM quote ORDER BY ticker, day OFFSET 0) s'; by_ticker=$last
line 'finsent_ic by day' 'SELECT count(ic) FROM (SELECT day, finsent_ic(signal, return) AS ic FROM quote GROUP BY day) s' $((avg + corr + by_day))
line 'finsent_ic by day, ORDER BY day first' 'SELECT count(ic) FROM (SELECT day, finsent_ic(signal, return) AS ic FROM (SELECT * FROM quote ORDER BY day) q GROUP BY day) s' $((avg + corr + by_day))
line 'finsent_decay_avg' "SELECT finsent_decay_avg(signal, day, '2023-01-01', '30 days') FROM quote" $((avg + corr))
line 'finsent_index by day' 'SELECT count(i) FROM (SELECT finsent_index(signal) AS i FROM quote GROUP BY day) s' $((avg + corr))
line 'finsent_event_study, market model' "SELECT count(*) FROM finsent_event_study('TABLE happening', 'TABLE quote', 5, 5)" $((avg + corr + by_ticker))
line 'finsent_event_study, mean model' "SELECT count(*) FROM finsent_event_study('TABLE happening', 'TABLE quote', 5, 5, 'mean')" $((avg + corr + by_ticker))
