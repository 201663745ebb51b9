-- What `make demo` shows.  Run from the top of the tree, in a database that has
-- the extension: psql -f demo/demo.sql; with -v pages=FOLDER it also writes the
-- pages card.html and report.html there.
--
-- The news items and the prices are invented for this demonstration: the
-- companies are real, the events, figures and sources are not.
\set QUIET on
\set ON_ERROR_STOP on
\pset pager off
\pset border 2
\pset linestyle unicode
\pset footer off
\pset null ''
SET client_min_messages = warning;
SET TimeZone = 'UTC';
DROP TABLE IF EXISTS pg_temp.news, pg_temp.prices, pg_temp.mentions;

\echo
\echo 'A table of news whose score, label and tickers are stored generated columns.'
\echo 'News and prices are invented for this demonstration.'
\echo
\echo '  CREATE TABLE news (id int, published_at timestamptz, source text, title text, body text,'
\echo '    score   float8            GENERATED ALWAYS AS (finsent_score(body, title)) STORED,'
\echo '    label   finsent_sentiment GENERATED ALWAYS AS (finsent_label(body, title)) STORED,'
\echo '    tickers text[]            GENERATED ALWAYS AS (finsent_tickers(body, title)) STORED);'
\echo
CREATE TEMP TABLE news (
	id				int PRIMARY KEY,
	published_at	timestamptz NOT NULL,
	source			text NOT NULL,
	title			text,
	body			text NOT NULL,
	score			float8 GENERATED ALWAYS AS (finsent_score(body, title)) STORED,
	label			finsent_sentiment GENERATED ALWAYS AS (finsent_label(body, title)) STORED,
	tickers			text[] GENERATED ALWAYS AS (finsent_tickers(body, title)) STORED
);
CREATE TEMP TABLE prices (ticker text, day date, close numeric, PRIMARY KEY (ticker, day));

SELECT clock_timestamp() AS started \gset
\copy news (id, published_at, source, title, body) FROM 'demo/news.tsv' WITH (FORMAT text, HEADER)
SELECT to_char(1000 * extract(epoch FROM clock_timestamp() - :'started'), 'FM9990.0') AS ms,
	count(*) AS items, pg_size_pretty(sum(octet_length(body))) AS bytes FROM news \gset
\copy prices FROM 'demo/prices.tsv' WITH (FORMAT text, HEADER)
CREATE INDEX ON news USING gin (tickers);
\echo 'Loaded, scored and stored' :items 'items (':bytes') in' :ms 'ms.  One day of them:'
\echo

SELECT to_char(published_at, 'DD Mon HH24:MI') AS published,
	CASE WHEN length(title) > 64 THEN left(title, 63) || '…' ELSE title END AS title,
	to_char(score, 'SG0.00') AS score, label,
	array_to_string(tickers[1:3], ' ') || CASE WHEN cardinality(tickers) > 3 THEN ' …' ELSE '' END AS tickers
FROM news
WHERE published_at >= '2026-03-04' AND published_at < '2026-03-05'
ORDER BY published_at;

\echo
\echo 'The best and the worst stories of the fortnight:  ORDER BY score DESC'
\echo
WITH ranked AS (
	SELECT *, row_number() OVER (ORDER BY score DESC, id) AS best, row_number() OVER (ORDER BY score, id) AS worst
	FROM news WHERE length(body) > 200)
SELECT to_char(published_at, 'DD Mon') AS day, CASE WHEN length(title) > 71 THEN left(title, 70) || '…' ELSE title END AS title,
	to_char(score, 'SG0.00') AS score, label, array_to_string(tickers[1:2], ' ') AS tickers
FROM ranked WHERE best <= 6 OR worst <= 6
ORDER BY ranked.score DESC, id;

\echo
\echo 'All news about one company, by an index:  WHERE tickers @> ''{BA}'''
\echo
SELECT to_char(published_at, 'DD Mon HH24:MI') AS published,
	CASE WHEN length(title) > 64 THEN left(title, 63) || '…' ELSE title END AS title,
	to_char(score, 'SG0.00') AS score, label
FROM news WHERE tickers @> '{BA}'
ORDER BY published_at;

\echo
\echo 'Why a score is what it is:  SELECT * FROM finsent_explain(body)'
\echo
SELECT coalesce(substr(n.body, e.pos, e.len), e.term, '') AS evidence, e.rule, coalesce(e.ticker, '') AS ticker,
	to_char(e.weight, 'SG0.0000') AS weight
FROM news n, finsent_explain(n.body) WITH ORDINALITY AS e(pos, len, term, rule, ticker, weight, sentence, n)
WHERE n.title LIKE 'Target cuts%'
ORDER BY e.n LIMIT 12;

\echo
\echo 'One card:  finsent_analyze, finsent_insights'
\echo
SELECT body, title FROM news WHERE title LIKE 'Nvidia is being paid%' \gset
\ir card.sql

\pset format aligned
\pset tuples_only off
\pset footer off
\echo
\echo 'Sentiment of a day beside the price (synthetic):  finsent_ticker_sentiment joined with prices'
\echo
CREATE TEMP TABLE mentions AS
	SELECT n.id, n.published_at, n.published_at::date AS day, t.ticker, t.score, t.relevance
	FROM news n, finsent_ticker_sentiment(n.body, n.title) t
	WHERE t.relevance >= 0.2;

WITH daily AS (
	SELECT ticker, day, count(*) AS news, sum(score * relevance) / sum(relevance) AS sentiment
	FROM mentions GROUP BY ticker, day),
moves AS (
	SELECT ticker, day, close, 100 * (close / lag(close) OVER (PARTITION BY ticker ORDER BY day) - 1) AS move
	FROM prices)
SELECT ticker, to_char(day, 'DD Mon') AS day, news, to_char(sentiment, 'SG0.00') AS sentiment,
	pg_temp.bar(sentiment, 8) AS "bad · good", to_char(close, '9G990D00') AS close,
	lpad(to_char(move, 'FMSG990D0'), 5) || ' %' AS move,
	CASE WHEN abs(sentiment) < 0.12 OR abs(move) < 0.1 THEN '' WHEN sign(sentiment) = sign(move) THEN '✓' ELSE '✗' END AS "same sign"
FROM daily JOIN moves USING (ticker, day)
WHERE move IS NOT NULL AND ticker IN (SELECT ticker FROM daily GROUP BY ticker HAVING count(*) > 1)
ORDER BY ticker, moves.day;

\ir research.sql

\if :{?pages}
\o :pages/report.html
\pset format unaligned
\pset tuples_only on
SELECT finsent_report_html($$
	SELECT ticker, published_at AS at, score, NULL::numeric AS price FROM mentions
	WHERE ticker IN (SELECT ticker FROM prices)
	UNION ALL SELECT ticker, day, NULL, close FROM prices$$, 'Two weeks of sample news');
\o
\pset format aligned
\pset tuples_only off
\echo 'Pages to open in a browser:'
\echo
\echo '  the card above                finsent_card_html    ' :pages/card.html
\echo '  all tickers over time         finsent_report_html  ' :pages/report.html
\endif

\echo
\echo 'Go on:   make psql                  a shell with the extension in a private server'
\echo '         make demo FILE=path.txt    the card of your own text'
\echo
