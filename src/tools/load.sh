#!/bin/bash
# Alerts under load: that none is lost, what a row costs, the insert rate of eight writers.
#
# usage: src/tools/load.sh [ROWS]                (through make load)
#
# First test/t/004_alert_load.pl with so many rows.  Then rows are inserted by
# one session, text after text of the generated corpus, into tables that differ
# in their triggers: the figure of a row is the session's processor time over
# the rows, the median of five rounds that take turns, so that it holds on a
# machine that others use too.  Last, eight clients insert headlines one by one,
# in turns of five seconds, with and without the rules, commits being flushed to
# disk as a server does by default.
set -euo pipefail
cd "$(dirname "$0")/../.."
rows=${1:-50000}
if [ -z "${FINSENT_CLUSTER:-}" ]; then
	mkdir -p build/load
	FINSENT_LOAD_ROWS=$rows src/tools/cluster.sh src/tools/test-server.sh build/load tap t/004_alert_load.pl
	exec src/tools/cluster.sh -x -o fsync=on -o synchronous_commit=on -o full_page_writes=on src/tools/load.sh "$rows"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
psql=(psql -XqAt -v ON_ERROR_STOP=1)

# Texts as COPY takes them.
src/tools/corpus.sh headlines "$rows" | sed 's/\\/\\\\/g' | awk '{ print NR "\t" $0 }' >"$work/headlines"
src/tools/corpus.sh articles $((rows / 10)) | sed 's/\\/\\\\/g' | awk '{ print NR "\t" $0 }' >"$work/articles"

"${psql[@]}" >/dev/null <<END
CREATE TABLE headlines (id int PRIMARY KEY, body text);
CREATE TABLE articles (id int PRIMARY KEY, body text);
\copy headlines FROM '$work/headlines'
\copy articles FROM '$work/articles'
ANALYZE;

-- A thousand rules on the companies of the texts and others; 'one' has one rule, which never fires.
SELECT finsent_create_workspace('desk'), finsent_create_workspace('one');
CREATE TABLE tick AS
	SELECT ticker, row_number() OVER (ORDER BY count(*) DESC, ticker) AS n, count(*) OVER () AS of
	FROM headlines, finsent_ticker_sentiment(body) WHERE ticker IS NOT NULL GROUP BY ticker;
INSERT INTO desk.alert_rule (name, tickers, direction, threshold)
	SELECT 'rule ' || i, ARRAY[t.ticker, 'OTHER' || i], (ARRAY['up', 'down', 'either'])[1 + i % 3], 0.4 + i % 7 * 0.1
	FROM generate_series(1, 1000) AS i JOIN tick t ON t.n = 1 + i % t.of;
INSERT INTO one.alert_rule (name, tickers, threshold) VALUES ('never', '{NOBODY}', 1);

CREATE TABLE bare (id int, at timestamptz, body text);
CREATE TABLE scored (LIKE bare);
CREATE TABLE one_rule (LIKE bare);
CREATE TABLE thousand_rules (LIKE bare);
SELECT finsent_attach(t, 'body', NULL, 'at', 'desk') FROM unnest('{scored,one_rule,thousand_rules}'::regclass[]) AS t;
CREATE TRIGGER alerts AFTER INSERT OR UPDATE ON one_rule FOR EACH ROW
	EXECUTE FUNCTION finsent_alert_trigger('workspace=one', 'key=id', 'body=body', 'at=at');
CREATE TRIGGER alerts AFTER INSERT OR UPDATE ON thousand_rules FOR EACH ROW
	EXECUTE FUNCTION finsent_alert_trigger('workspace=desk', 'key=id', 'body=body', 'at=at');

CREATE TABLE figures (texts text, how text, figure float8);
-- Processor time of the session, in hundredths of a second.
CREATE FUNCTION processor() RETURNS int LANGUAGE sql
	RETURN split_part(pg_read_file('/proc/self/stat'), ' ', 14)::int + split_part(pg_read_file('/proc/self/stat'), ' ', 15)::int;
CREATE PROCEDURE measure(texts text, rounds int) LANGUAGE plpgsql AS \$\$
DECLARE
	how text;
	started int;
	n int;
BEGIN
	FOR round IN 1 .. rounds LOOP
		FOREACH how IN ARRAY ARRAY['bare', 'scored', 'one_rule', 'thousand_rules'] LOOP
			started := processor();
			EXECUTE format('INSERT INTO %I (id, at, body) SELECT id, now(), body FROM %I', how, texts);
			GET DIAGNOSTICS n = ROW_COUNT;
			INSERT INTO figures VALUES (texts, how, (processor() - started) * 1e4 / n);
			EXECUTE format('TRUNCATE %I, desk.alert', how);
			COMMIT;
		END LOOP;
	END LOOP;
END \$\$;
END
"${psql[@]}" -c "CALL measure('headlines', 5)" -c "CALL measure('articles', 5)"

"${psql[@]}" -c "SELECT 'PostgreSQL ' || current_setting('server_version')" -c "
	SELECT count(*) || ' headlines of ' || round(avg(length(body))) || ' bytes' FROM headlines" -c "
	SELECT count(*) || ' articles of ' || round(avg(length(body)) / 1000, 1) || ' kB' FROM articles" -c "
	INSERT INTO thousand_rules (id, at, body) SELECT id, now(), body FROM headlines;
	SELECT round(count(*)::numeric / $rows, 2) || ' alerts a headline' FROM desk.alert;
	TRUNCATE thousand_rules, desk.alert" | sed '/^$/d'
psql -XqP footer=off -c "
	SELECT texts, how, round(median::numeric, 1) AS \"microseconds a row\", round((median - lag(median) OVER w)::numeric, 1) AS more
	FROM (SELECT texts, how, percentile_cont(0.5) WITHIN GROUP (ORDER BY figure) AS median FROM figures GROUP BY 1, 2) AS m
	WINDOW w AS (PARTITION BY texts ORDER BY array_position('{bare,scored,one_rule,thousand_rules}', how))
	ORDER BY texts DESC, array_position('{bare,scored,one_rule,thousand_rules}', how)"

# Eight writers.
for how in scored thousand_rules; do
	cat >"$work/$how" <<-END
		\set k random(1, $rows)
		INSERT INTO $how (id, at, body) SELECT nextval('next'), now(), body FROM headlines WHERE id = :k;
	END
done
"${psql[@]}" -c 'CREATE SEQUENCE next CACHE 100'
for round in 1 2 3 4 5; do
	for how in scored thousand_rules; do
		rate=$(pgbench -n -M prepared -c 8 -j 2 -T 5 -f "$work/$how" | sed -n 's/^tps = \([0-9.]*\).*/\1/p')
		"${psql[@]}" -c "INSERT INTO figures VALUES ('writers', '$how', $rate)"
		"${psql[@]}" -c "TRUNCATE $how, desk.alert"
	done
done
psql -XqP footer=off -c "
	SELECT how, round(median::numeric) AS \"rows a second\", round((100 * median / first_value(median) OVER (ORDER BY how))::numeric) AS percent
	FROM (SELECT how, percentile_cont(0.5) WITHIN GROUP (ORDER BY figure) AS median FROM figures WHERE texts = 'writers' GROUP BY 1) AS m
	ORDER BY how"
