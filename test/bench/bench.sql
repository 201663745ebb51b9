-- One table of speeds, all taken in one run: psql -v rounds=N -f test/bench/bench.sql
--
-- The texts are build/bench/articles.txt and headlines.txt (src/tools/corpus.sh).
-- They stay uncompressed in their rows and in memory, so that reading, not
-- unpacking, is measured.  The answers take turns; medians of the rounds.
\pset pager off
SET client_min_messages = warning;
CREATE TABLE articles (body text);
CREATE TABLE headlines (body text);
ALTER TABLE articles ALTER body SET STORAGE EXTERNAL;
ALTER TABLE articles SET (toast_tuple_target = 8160);
\copy articles FROM 'build/bench/articles.txt'
\copy headlines FROM 'build/bench/headlines.txt'
VACUUM ANALYZE articles, headlines;

CREATE TABLE answers (n int, answer text, expression text);
INSERT INTO answers VALUES
	(0, 'reading the rows', 'body'),
	(1, 'length', 'length(body)'),
	(2, 'to_tsvector(''english'')', 'to_tsvector(''english'', body)'),
	(3, 'finsent_score', 'finsent_score(body)'),
	(4, 'finsent_tickers', 'finsent_tickers(body)'),
	(5, 'finsent_metrics', '(SELECT count(*) FROM finsent_metrics(body))'),
	(6, 'finsent_analyze', 'finsent_analyze(body)');
CREATE TABLE times (n int, texts text, seconds float8);

CREATE PROCEDURE measure(rounds int) LANGUAGE plpgsql AS $$
DECLARE
	answer answers;
	texts text;
	started timestamptz;
BEGIN
	FOR round IN 0 .. rounds LOOP
		FOREACH texts IN ARRAY '{articles,headlines}'::text[] LOOP
			FOR answer IN SELECT * FROM answers ORDER BY n LOOP
				started := clock_timestamp();
				EXECUTE format('SELECT count(%s) FROM %I', answer.expression, texts);
				-- the first round warms up
				IF round > 0 THEN
					INSERT INTO times VALUES (answer.n, texts, extract(epoch FROM clock_timestamp() - started));
				END IF;
			END LOOP;
		END LOOP;
	END LOOP;
END
$$;
CALL measure(:rounds);

SELECT format('PostgreSQL %s, %s; %s articles of %s kB, %s headlines of %s bytes on average; medians of %s rounds',
		current_setting('server_version'), finsent_model(), a.n, round(a.size / 1000.0, 1), h.n, h.size::int, :rounds) AS measured
FROM (SELECT count(*) AS n, avg(octet_length(body)) AS size FROM articles) a,
	(SELECT count(*) AS n, avg(octet_length(body)) AS size FROM headlines) h \gset
\echo :measured
\echo 'net: less the time of reading the rows'

WITH medians AS (
	SELECT n, texts, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds FROM times GROUP BY n, texts),
sizes AS (
	SELECT (SELECT sum(octet_length(body)) FROM articles) AS articles_bytes,
		(SELECT count(*) FROM headlines) AS headlines),
wide AS (
	SELECT n, max(seconds) FILTER (WHERE texts = 'articles') AS a, max(seconds) FILTER (WHERE texts = 'headlines') AS h
	FROM medians GROUP BY n)
SELECT answers.answer,
	round((articles_bytes / 1e6 / w.a)::numeric, 1) AS "articles MB/s",
	round((tsvector.a / w.a)::numeric, 2) AS "times to_tsvector",
	round((len.a / w.a)::numeric, 3) AS "times length",
	round((w.h * 1e6 / headlines)::numeric, 3) AS "us a headline",
	round((greatest(w.h - scan.h, 0) * 1e6 / headlines)::numeric, 3) AS "net us",
	round((tsvector.h / w.h)::numeric, 2) AS "times to_tsvector "
FROM wide w JOIN answers USING (n), sizes,
	(SELECT * FROM wide WHERE n = 0) scan, (SELECT * FROM wide WHERE n = 1) len, (SELECT * FROM wide WHERE n = 2) tsvector
ORDER BY w.n;
