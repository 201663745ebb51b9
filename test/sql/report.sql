-- Report: a page about many tickers, drawn from the rows of a query.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
SET TimeZone = 'UTC';

CREATE TABLE feed (ticker text, at timestamptz, score float8, price numeric);
INSERT INTO feed
SELECT t, timestamptz '2026-03-02 10:00+00' + make_interval(days => d),
	CASE WHEN t = 'QUIET' THEN NULL ELSE round((sin(d * ascii(t)) * 0.6)::numeric, 4) END, CASE WHEN t <> 'BBB' THEN 100 + d * length(t) END
FROM unnest('{AAA,BBB,CC,QUIET}'::text[]) AS t, generate_series(0, 11) AS d;
CREATE TEMP VIEW page AS SELECT finsent_report_html('SELECT * FROM feed', 'Desk & "friends"') AS html;

-- the figures are those of SQL: mean and standard error of each ticker, from best to worst, and of all
SELECT html LIKE '<!DOCTYPE html>%' AS is_page, html LIKE '%</html>' || E'\n' AS is_whole,
	html NOT LIKE '%<script%' AND html NOT LIKE '%<link%' AND html NOT LIKE '%src=%' AS loads_nothing,
	html LIKE '%<h1>Desk &amp; &quot;friends&quot;</h1>%' AS has_title, html LIKE '%Times in UTC &middot; drawn by finsent%' AS has_zone
FROM page;
WITH shown AS (
	SELECT (regexp_match(row, '^<th scope="row">([^<]*)</th>'))[1] AS ticker, (regexp_match(row, '<data class="[a-z]*" value="([-0-9.]*)">'))[1]::numeric AS mean,
		(regexp_match(row, '<data class="se" value="([0-9.]*)">'))[1]::numeric AS error, n - 2 AS n
	FROM page, regexp_split_to_table(html, '<tr>') WITH ORDINALITY AS r(row, n) WHERE n > 2),
wanted AS (
	SELECT ticker, round(avg(score)::numeric, 4) AS mean, round((stddev_samp(score) / sqrt(count(*)))::numeric, 4) AS error
	FROM feed GROUP BY ticker)
SELECT s.ticker, s.ticker = w.ticker AND abs(s.mean - w.mean) <= 0.0001 AND abs(s.error - w.error) <= 0.0001 AS same
FROM shown s LEFT JOIN (SELECT *, row_number() OVER (ORDER BY mean DESC NULLS LAST) AS n FROM wanted) w USING (n) ORDER BY s.n;
SELECT (regexp_match(html, 'id="score"><data class="[a-z]*" value="([-0-9.]*)"'))[1]::numeric AS shown, round(avg(score)::numeric, 4) AS mean,
	(regexp_match(html, 'standard error <data class="se" value="([0-9.]*)"'))[1]::numeric AS error_shown,
	round((stddev_samp(score) / sqrt(count(score)))::numeric, 4) AS error,
	html LIKE '%<data id="news" value="' || count(score) || '">%' AS news
FROM page, feed GROUP BY html;
-- a ticker without prices has no price line, one without news no mean; every ticker has its panel
SELECT regexp_count(html, '<article class="panel">') AS panels, regexp_count(html, '<svg class="price"') AS price_lines,
	regexp_count(html, '<svg class="news"') AS sentiment, regexp_count(html, 'aria-label="no news"') AS quiet
FROM page;

-- names are shown, not run, and a column may be of any numeric or time type
SELECT html LIKE '%&lt;b&gt;&amp;&quot;&#39;%' AS escaped, html NOT LIKE '%<b>%' AS no_tag
FROM finsent_report_html($$SELECT '<b>&"''' || chr(8238) AS ticker, '2026-03-02'::timestamp AS at, 0.5::float4 AS score, 3 AS price$$) AS html;
SELECT html LIKE '%1 item%' AS one, html NOT LIKE '%class="se"%' AS no_error_of_one, html LIKE '%<h1>Sentiment report</h1>%' AS title_by_default
FROM finsent_report_html($$SELECT 'A'::text AS ticker, timestamptz '2026-03-02' AS at, 0.25 AS score$$) AS html;
-- rows that say nothing are counted, no rows are said
SELECT html LIKE '%3 rows without a ticker, a time, or both score and price left out%' AS counted
FROM finsent_report_html($$SELECT * FROM (VALUES ('A', now(), 0.5, NULL::numeric), (NULL, now(), 0.5, 1), ('A', NULL, 0.5, 1), ('A', now(), NULL, NULL))
	AS v(ticker, at, score, price)$$) AS html;
SELECT html LIKE '%The query gave no news and no prices.%' AS empty FROM finsent_report_html('SELECT * FROM feed WHERE false') AS html;
-- days are those of the session
SET TimeZone = 'Asia/Tokyo';
SELECT html LIKE '%3&nbsp;Mar&nbsp;2026%' AS tokyo, html LIKE '%Times in Asia/Tokyo%' AS zone
FROM finsent_report_html($$SELECT 'A'::text AS ticker, timestamptz '2026-03-02 20:00+00' AS at, 0.25 AS score$$) AS html;
SET TimeZone = 'UTC';

-- what is wrong is named
\set VERBOSITY sqlstate
SELECT finsent_report_html(NULL);
SELECT finsent_report_html('');
SELECT finsent_report_html('SELECT 1; SELECT 2');
SELECT finsent_report_html('DELETE FROM feed');
CREATE FUNCTION pg_temp.writes() RETURNS float8 LANGUAGE sql VOLATILE AS 'INSERT INTO feed VALUES (''X'', now(), 0) RETURNING score';
SELECT finsent_report_html('SELECT ticker, at, pg_temp.writes() AS score FROM feed LIMIT 1');
SELECT finsent_report_html('SELECT nothing FROM feed');
SELECT finsent_report_html('SELECT g::text AS ticker, now() AS at, 0 AS score FROM generate_series(1, 101) AS g');
SELECT finsent_report_html('SELECT ''A''::text AS ticker, now() AS at, 0 AS score FROM generate_series(1, 1000001)');
\set VERBOSITY terse
SELECT finsent_report_html('SELECT ticker, at FROM feed');
SELECT finsent_report_html('SELECT ticker, at::date AS at, score FROM feed');
SELECT finsent_report_html('SELECT ticker, at, score, ''1''::text AS price FROM feed');
SELECT finsent_report_html('SELECT ticker, at, score * 9 AS score FROM feed WHERE score > 0.5 ORDER BY at LIMIT 1') ;
SELECT finsent_report_html('SELECT ticker, at, score, ''NaN''::numeric AS price FROM feed');
SELECT finsent_report_html('SELECT ticker, ''infinity''::timestamptz AS at, score FROM feed');
\set VERBOSITY default
SELECT count(*) AS not_written FROM feed;

-- with the caller's rights
CREATE ROLE finsent_report_reader;
CREATE TABLE secret AS SELECT * FROM feed;
SET ROLE finsent_report_reader;
SELECT finsent_report_html('SELECT * FROM secret');
RESET ROLE;
DROP TABLE secret, feed CASCADE;
DROP ROLE finsent_report_reader;
