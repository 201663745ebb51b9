-- Queries given as text: one SELECT, columns by name, the caller's rights, never a write.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
\set SHOW_CONTEXT never

-- One line an error: SQLSTATE, message, detail, hint.
CREATE FUNCTION pg_temp.error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE statement;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE, message, nullif(detail, ''), nullif(hint, ''));
END $$;

CREATE FUNCTION pg_temp.read(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	SELECT string_agg(concat_ws('/', ticker, coalesce(score::text, '-')), ' ') INTO result
	FROM finsent_query(query, '{score}', argument => 'news') AS q(ticker text, score float8);
	RETURN coalesce(result, 'no rows');
EXCEPTION WHEN OTHERS THEN
	RETURN pg_temp.error_of(format('SELECT * FROM finsent_query(%L, ''{score}'', argument => ''news'') AS q(ticker text, score float8)', query));
END $$;

CREATE TEMP TABLE holding (ticker varchar(8), score numeric, "Weight" float4);
INSERT INTO holding VALUES ('AMZN', 0.5, 1), ('BA', NULL, 2);
CREATE TABLE query_log (x int);
CREATE SEQUENCE query_seq;
CREATE FUNCTION query_write(x int) RETURNS text VOLATILE LANGUAGE plpgsql AS $$
BEGIN INSERT INTO public.query_log VALUES (x); RETURN 'X'; END $$;
CREATE FUNCTION query_unlock() RETURNS text VOLATILE LANGUAGE plpgsql AS $$
BEGIN SET transaction_read_only = off; INSERT INTO public.query_log VALUES (1); RETURN 'X'; END $$;

-- what is read
\pset format unaligned
SELECT query, pg_temp.read(query) AS rows FROM (VALUES
	('SELECT ticker, score FROM holding'),
	('SELECT score, 1 AS other, ticker FROM holding ORDER BY ticker DESC'),
	('SELECT ticker FROM holding;'),
	('SELECT ticker FROM holding ; -- the end'),
	('-- first a comment' || chr(10) || 'SELECT ticker FROM holding -- without an end'),
	('/* a */ SELECT ticker /* b */ FROM holding /* c; */ ; /* d */'),
	('TABLE holding'),
	('VALUES (1)'),
	('WITH h AS (SELECT * FROM holding) SELECT * FROM h LIMIT 1'),
	('SELECT ticker, 3 AS score FROM holding UNION ALL SELECT ''Ünï"quote'', 2::smallint'),
	('(SELECT ticker FROM holding)'),
	('SELECT ''neutral''::finsent_sentiment AS ticker'),
	('SELECT ticker FROM holding WHERE false')) AS queries (query);

-- names that need quotes; a whole row
SELECT * FROM finsent_query('TABLE holding') AS q("Weight" float8, score numeric);

-- several thousand rows come in their order
SELECT count(*), array_agg(n) = array_agg(n ORDER BY n) AS in_order
FROM finsent_query('SELECT i AS n FROM generate_series(1, 12345) i') AS q(n int);

-- what is refused
SELECT query, pg_temp.read(query) AS error FROM (VALUES
	(NULL),
	(''),
	('  ;; -- nothing'),
	('SELECT 1 AS ticker; SELECT 2 AS ticker'),
	('SELECT ''a'' AS ticker) AS q; DROP TABLE query_log; --'),
	('SELECT FROM holding'),
	('SELECT score FROM holding'),
	('SELECT ticker AS "Ticker" FROM holding'),
	('SELECT ticker, ticker FROM holding'),
	('SELECT ticker, ''0.5''::text AS score FROM holding'),
	('SELECT 5 AS ticker'),
	('SELECT $1 AS ticker'),
	('SELECT ticker FROM no_such_table'),
	('SELECT nothing AS ticker FROM holding'),
	('SELEC 1'),
	('VACUUM'),
	('SET work_mem = 64'),
	('EXPLAIN SELECT 1'),
	('COPY holding TO STDOUT'),
	('DO $x$ BEGIN END $x$'),
	('INSERT INTO query_log VALUES (1)'),
	('INSERT INTO query_log VALUES (1) RETURNING ''a'' AS ticker'),
	('UPDATE query_log SET x = 1 RETURNING ''a'' AS ticker'),
	('DELETE FROM query_log RETURNING ''a'' AS ticker'),
	('WITH w AS (DELETE FROM query_log RETURNING ''a'' AS ticker) TABLE w'),
	('SELECT ticker INTO copied FROM holding'),
	('SELECT x::text AS ticker FROM query_log FOR UPDATE'),
	('SELECT ticker FROM (SELECT ''a'' AS ticker FROM query_log FOR UPDATE) x'),
	('SELECT query_write(1) AS ticker'),
	('SELECT query_unlock() AS ticker'),
	('SELECT nextval(''query_seq'')::text AS ticker'),
	('SELECT (1 / (length(ticker) - 4))::text AS ticker FROM holding')) AS queries (query);
SELECT * FROM query_log;

-- afterwards the transaction writes again, also after an error in between
SELECT count(*) FROM finsent_query('SELECT 1 AS x') AS q(x int);
INSERT INTO query_log VALUES (1), (2) RETURNING x;

-- no more rows than are allowed
SELECT max_rows, pg_temp.error_of(format('SELECT * FROM finsent_query(%L, max_rows => %L) AS q(x int)', 'TABLE query_log', max_rows)) AS error
FROM (VALUES (1), (2), (NULL)) AS caps (max_rows);

-- no more columns than a row has
DO $x$ BEGIN
	EXECUTE 'SELECT FROM finsent_query(''TABLE query_log'') AS q(' || (SELECT string_agg('c' || i || ' int', ', ') FROM generate_series(1, 40) i) || ')';
END $x$;

-- with the rights and the search path of whoever calls
CREATE ROLE query_reader;
CREATE SCHEMA query_other;
CREATE TABLE query_other.query_log (x int);
INSERT INTO query_other.query_log VALUES (99);
GRANT USAGE ON SCHEMA query_other TO query_reader;
GRANT SELECT ON query_other.query_log TO query_reader;
SET ROLE query_reader;
SELECT * FROM finsent_query('TABLE query_log') AS q(x int);
SET search_path = query_other, public;
SELECT * FROM finsent_query('TABLE query_log') AS q(x int);
RESET search_path;
RESET ROLE;

-- a long one can be cancelled
SET statement_timeout = '100ms';
SELECT count(*) FROM finsent_query('SELECT i FROM generate_series(1, 2000000000) i') AS q(i int);
RESET statement_timeout;

-- many rows need no more memory than few: the peak of the process, where the system tells it
CREATE TEMP TABLE peak AS SELECT substring(pg_read_file('/proc/self/status', 0, 100000, true) FROM 'VmHWM:\s+(\d+)')::int AS kb;
SELECT count(*) FROM finsent_check_lookahead('SELECT now() AS published, ''infinity''::timestamptz AS traded_at, repeat(''x'', 1000) AS ballast FROM generate_series(1, 100000) i');
SELECT coalesce(substring(pg_read_file('/proc/self/status', 0, 100000, true) FROM 'VmHWM:\s+(\d+)')::int - kb < 30000, true) AS flat FROM peak;

-- one query inside another
SELECT * FROM finsent_query('SELECT x FROM finsent_query(''TABLE query_log'') AS q(x int)') AS q(x int);

\pset format aligned
DROP TABLE query_log;
SET client_min_messages = warning;
DROP SCHEMA query_other CASCADE;
DROP SEQUENCE query_seq;
DROP FUNCTION query_write(int), query_unlock();
DROP ROLE query_reader;
