-- Arguments that make no sense: SQLSTATE, the argument and what is allowed.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
\set VERBOSITY verbose
\set SHOW_CONTEXT never

-- One line an error: SQLSTATE, message, detail, hint.
CREATE FUNCTION pg_temp.error_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
	detail text;
	hint text;
BEGIN
	EXECUTE query;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE, message, nullif(detail, ''), nullif(hint, ''));
END $$;

SELECT call, pg_temp.error_of('SELECT ' || call) AS error
FROM (VALUES
	('finsent_label(1.0001)'),
	('finsent_label(-1.0001)'),
	('finsent_label(''NaN''::float8)'),
	('finsent_label(''-Infinity''::float8)'),
	('finsent_class(2)'),
	('finsent_class(''NaN''::float8)'),
	('finsent_tickers(''Profit rose.'', NULL, -0.1)'),
	('finsent_tickers(''Profit rose.'', NULL, 1.5)'),
	('finsent_tickers(''Profit rose.'', min_confidence => ''NaN'')'),
	('finsent_tickers(''Profit rose.'', min_confidence => NULL)'),
	('finsent_tickers(NULL, NULL, 7)'),
	('finsent_summary(''Profit rose.'', 0)'),
	('finsent_summary(''Profit rose.'', -3)'),
	('finsent_summary(''Profit rose.'', 1001)'),
	('finsent_summary(''Profit rose.'', NULL)')) AS calls (call);

SELECT options, pg_temp.error_of(format('SELECT finsent_highlight(''Profit rose.'', %L)', options)) AS error
FROM (VALUES
	('Bold=1'),
	('MaxWords'),
	('MaxWords='),
	('MaxWords=0'),
	('MaxWords=1001'),
	('MaxWords=-1'),
	('MaxWords=many'),
	('MaxWords=5.5'),
	('MaxWords=99999999999999999999'),
	('MaxFragments=-1'),
	('MaxFragments=101'),
	('HighlightTickers=perhaps'),
	('HighlightMetrics=2'),
	('StartPos="<b>'),
	('StartPos=<b>, Escape=no way'),
	('StartPos="a,b=c", Escape = 7'),
	('=1'),
	('StartPos=<b>,,StopPos=</b>'),
	(repeat('x', 200) || '=1'),
	('Überall=1')) AS calls (options);

-- what is allowed
SELECT options, pg_temp.error_of(format('SELECT finsent_highlight(''Profit rose.'', %L)', options)) AS error
FROM (VALUES
	(''), ('   '), (NULL),
	('StartPos=<b>, StopPos=</b>, StartNeg=<i>, StopNeg=</i>'),
	('startpos = "a, ""b""", STOPPOS=x'),
	('MaxFragments=0'), ('MaxFragments=100'), ('MaxWords=1'), ('MaxWords=1000'),
	('HighlightTickers=true, HighlightMetrics=false, Escape=true'),
	('StartPos=, StopPos=')) AS calls (options);

-- texts beyond 256 MB: body, title, target; refused before they are decompressed
CREATE TEMP TABLE long AS SELECT repeat(repeat('x', 1024), 262145) AS body;
SELECT call, pg_temp.error_of('SELECT ' || call || ' FROM long') AS error
FROM (VALUES
	('finsent_score(body)'),
	('finsent_tickers(''x'', body)'),
	('finsent_target_score(''x'', body)'),
	('finsent_metrics(body)'),
	('finsent_highlight(''x'', body)')) AS calls (call);
