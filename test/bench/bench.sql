-- Tables of speeds, all taken in one run: psql -v rounds=N -f test/bench/bench.sql
--
-- The texts are build/bench/*.txt (src/tools/corpus.sh).  They stay uncompressed
-- in their rows and in memory, so that reading, not unpacking, is measured; the
-- table "packed" has the articles as a table by default has them, compressed.  The
-- answers take turns; medians of the rounds.  Time is the backend's processor time
-- where the system tells it, so that other work on the machine counts less.
\pset pager off
SET client_min_messages = warning;
CREATE TABLE articles (body text);
CREATE TABLE briefs (body text);
CREATE TABLE headlines (body text);
CREATE TABLE packed (body text);
ALTER TABLE articles ALTER body SET STORAGE EXTERNAL;
ALTER TABLE articles SET (toast_tuple_target = 8160);
\copy articles FROM 'build/bench/articles.txt'
\copy briefs FROM 'build/bench/briefs.txt'
\copy headlines FROM 'build/bench/headlines.txt'
-- texts by COPY come without what EXTERNAL storage keeps of its source
INSERT INTO packed SELECT body || '' FROM articles;
CREATE TABLE short AS SELECT body FROM headlines WHERE octet_length(body) BETWEEN 55 AND 65;
VACUUM ANALYZE articles, briefs, headlines, short, packed;

CREATE TABLE answers (n int, answer text, expression text, texts text[]);
INSERT INTO answers VALUES
	(0, 'reading the rows', 'count(body)', '{articles,briefs,headlines,short,packed}'),
	(1, 'unpacking alone (body < '''')', 'count(body < '''')', '{articles,briefs,headlines,packed}'),
	(2, 'length', 'count(length(body))', '{articles,briefs,headlines,packed}'),
	(3, 'md5', 'count(md5(body))', '{articles,briefs,headlines,packed}'),
	(4, 'to_tsvector(''english'')', 'count(to_tsvector(''english'', body))', '{articles,briefs,headlines,packed}'),
	(5, 'finsent_score', 'count(finsent_score(body))', '{articles,briefs,headlines,short,packed}'),
	(6, 'finsent_tickers', 'count(finsent_tickers(body))', '{articles,briefs,headlines}'),
	(7, 'finsent_metrics', 'sum((SELECT count(*) FROM finsent_metrics(body)))', '{articles,briefs,headlines}'),
	(8, 'finsent_analyze', 'count(finsent_analyze(body))', '{articles,briefs,headlines}'),
	(9, 'score, tickers, metrics of a row',
		'count(finsent_score(body)), count(finsent_tickers(body)), sum((SELECT count(*) FROM finsent_metrics(body)))',
		'{articles,briefs,headlines}');
-- Seconds of processor time of this backend, or of the clock.  The system adds up what a process ran when it sleeps.
CREATE FUNCTION now_seconds() RETURNS float8 LANGUAGE sql VOLATILE AS $$
	SELECT pg_sleep(0.0005);
	SELECT coalesce(split_part(pg_read_file('/proc/self/schedstat', 0, 100, true), ' ', 1)::float8 / 1e9,
		extract(epoch FROM clock_timestamp()))
$$;

CREATE TABLE times (n int, texts text, seconds float8);

CREATE PROCEDURE measure(rounds int) LANGUAGE plpgsql AS $$
DECLARE
	answer answers;
	texts text;
	started float8;
BEGIN
	FOR round IN 0 .. rounds LOOP
		FOR answer IN SELECT * FROM answers ORDER BY n LOOP
			FOREACH texts IN ARRAY answer.texts LOOP
				started := now_seconds();
				EXECUTE format('SELECT %s FROM %I', answer.expression, texts);
				-- the first round warms up
				IF round > 0 THEN
					INSERT INTO times VALUES (answer.n, texts, now_seconds() - started);
				END IF;
			END LOOP;
		END LOOP;
	END LOOP;
END
$$;
CALL measure(:rounds);

SELECT format('PostgreSQL %s, %s; %s', current_setting('server_version'), finsent_model(),
		string_agg(format('%s %s of %s bytes', n, texts, size), ', ' ORDER BY size DESC)) AS measured
FROM (SELECT 'articles' AS texts, count(*) AS n, avg(octet_length(body))::int AS size FROM articles
	UNION ALL SELECT 'briefs', count(*), avg(octet_length(body))::int FROM briefs
	UNION ALL SELECT 'headlines', count(*), avg(octet_length(body))::int FROM headlines) s \gset
\echo :measured
\echo 'medians of' :rounds 'rounds; net: less the time of reading the rows'

CREATE VIEW wide AS
WITH medians AS (
	SELECT n, texts, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds FROM times GROUP BY n, texts)
SELECT n, max(seconds) FILTER (WHERE texts = 'articles') AS a, max(seconds) FILTER (WHERE texts = 'briefs') AS b,
	max(seconds) FILTER (WHERE texts = 'headlines') AS h, max(seconds) FILTER (WHERE texts = 'short') AS s, max(seconds) FILTER (WHERE texts = 'packed') AS p
FROM medians GROUP BY n;

WITH sizes AS (
	SELECT (SELECT sum(octet_length(body)) FROM articles) AS a, (SELECT sum(octet_length(body)) FROM briefs) AS b,
		(SELECT count(*) FROM headlines) AS h)
SELECT answers.answer,
	round((sizes.a / 1e6 / w.a)::numeric, 1) AS "articles MB/s",
	round((tsvector.a / w.a)::numeric, 2) AS "x to_tsvector",
	round((w.a / len.a)::numeric, 2) AS "time of length",
	round((w.a / md.a)::numeric, 2) AS "time of md5",
	round((sizes.b / 1e6 / w.b)::numeric, 1) AS "briefs MB/s",
	round((tsvector.b / w.b)::numeric, 2) AS "x to_tsvector ",
	round((w.h * 1e6 / sizes.h)::numeric, 3) AS "headline us",
	round((greatest(w.h - scan.h, 0) * 1e6 / sizes.h)::numeric, 3) AS "net us",
	round((tsvector.h / w.h)::numeric, 2) AS "x to_tsvector  "
FROM wide w JOIN answers USING (n), sizes,
	(SELECT * FROM wide WHERE n = 0) scan, (SELECT * FROM wide WHERE n = 2) len, (SELECT * FROM wide WHERE n = 3) md,
	(SELECT * FROM wide WHERE n = 4) tsvector
ORDER BY w.n;

\echo 'Articles compressed, as a table by default stores them:'
SELECT answers.answer, round(((SELECT sum(octet_length(body)) FROM articles) / 1e6 / w.p)::numeric, 1) AS "MB/s",
	round((w.p / unpack.p)::numeric, 2) AS "time of unpacking", round((w.p / len.p)::numeric, 2) AS "time of length",
	round((w.p / md.p)::numeric, 2) AS "time of md5"
FROM wide w JOIN answers USING (n), (SELECT * FROM wide WHERE n = 1) unpack, (SELECT * FROM wide WHERE n = 2) len,
	(SELECT * FROM wide WHERE n = 3) md
WHERE w.p IS NOT NULL AND w.n > 0
ORDER BY w.n;

SELECT format('score, tickers and metrics of one row take %s times the time of finsent_analyze on articles, %s on headlines',
		round((three.a / one.a)::numeric, 2), round((three.h / one.h)::numeric, 2)) AS three
FROM (SELECT * FROM wide WHERE n = 9) three, (SELECT * FROM wide WHERE n = 8) one \gset
\echo :three
\echo

SELECT format('finsent_score of headlines of 55 to 65 bytes: %s us net',
		round(((score.s - scan.s) * 1e6 / (SELECT count(*) FROM short))::numeric, 3)) AS short
FROM (SELECT * FROM wide WHERE n = 5) score, (SELECT * FROM wide WHERE n = 0) scan \gset
\echo :short
\echo

-- COPY into a plain table, one with a stored score, and one with the trigger.
CREATE TABLE plain (body text);
CREATE TABLE stored (body text, score float8 GENERATED ALWAYS AS (finsent_score(body)) STORED);
CREATE TABLE triggered (body text, score float8);
DO $$
BEGIN
	IF to_regprocedure('finsent_trigger()') IS NOT NULL THEN
		CREATE TRIGGER score BEFORE INSERT OR UPDATE ON triggered FOR EACH ROW
			EXECUTE FUNCTION finsent_trigger('body=body', 'score=score');
	END IF;
END
$$;
CREATE TABLE copies (target text, texts text, seconds float8);

CREATE PROCEDURE measure_copies(rounds int) LANGUAGE plpgsql AS $$
DECLARE
	path text := current_setting('data_directory') || '/bench.copy';
	texts text;
	target text;
	started float8;
BEGIN
	FOREACH texts IN ARRAY '{articles,headlines}'::text[] LOOP
		EXECUTE format('COPY %I TO %L', texts, path);
		FOR round IN 0 .. rounds LOOP
			FOREACH target IN ARRAY '{plain,stored,triggered}'::text[] LOOP
				EXECUTE format('TRUNCATE %I', target);
				started := now_seconds();
				EXECUTE format('COPY %I (body) FROM %L', target, path);
				IF round > 0 THEN
					INSERT INTO copies VALUES (target, texts, now_seconds() - started);
				END IF;
			END LOOP;
		END LOOP;
	END LOOP;
END
$$;
CALL measure_copies(:rounds);

\echo 'COPY, times the time of COPY into a table without a score:'
WITH medians AS (
	SELECT target, texts, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS seconds FROM copies GROUP BY target, texts)
SELECT CASE m.target WHEN 'stored' THEN 'a generated column' ELSE 'finsent_trigger' END AS "score kept by",
	round(max(m.seconds / p.seconds) FILTER (WHERE m.texts = 'articles')::numeric, 2) AS articles,
	round(max(m.seconds / p.seconds) FILTER (WHERE m.texts = 'headlines')::numeric, 2) AS headlines
FROM medians m JOIN medians p ON p.target = 'plain' AND p.texts = m.texts
WHERE m.target = 'stored' OR m.target = 'triggered' AND to_regprocedure('finsent_trigger()') IS NOT NULL
GROUP BY m.target ORDER BY m.target;
