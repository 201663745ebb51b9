-- Writes the pages that the browser opens, and beside each what it must show, as
-- NAME.html and NAME.json in the folder of the variable dir.
\set QUIET on
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
SET client_min_messages = warning;
SET TimeZone = 'UTC';

CREATE TEMP TABLE news (id int, published_at timestamptz, source text, title text, body text);
\copy news FROM 'demo/news.tsv' WITH (FORMAT text, HEADER)
CREATE TEMP TABLE prices (ticker text, day date, close numeric);
\copy prices FROM 'demo/prices.tsv' WITH (FORMAT text, HEADER)

-- Texts of cards.
CREATE TEMP TABLE texts (name text PRIMARY KEY, title text, body text);
INSERT INTO texts SELECT 'card', title, body FROM news WHERE title LIKE 'Nvidia is being paid%';
INSERT INTO texts VALUES
	('card-hostile',
	 E'Profit </title><script>window.ran = "title"</script> "quoted" & ''single'' <b>rises</b> \u202Eesrever\u202C',
	 E'Boeing (NYSE: BA) profit rose 12% to $4.1 billion from $3.7 billion a year ago. <script>window.ran = "script"</script>'
	 '</title></style></div><script>window.ran = "closed"</script>\n\n'
	 '<img src=x onerror="window.ran = 1"> <svg onload="window.ran = 2"> <a href="javascript:window.ran=3">a link</a> '
	 '<iframe src="http://example.invalid/frame"></iframe> <link rel=stylesheet href=http://example.invalid/a.css>\n'
	 '" onmouseover="window.ran = 4" x=" '' onfocus=''window.ran = 5'' autofocus ` &lt;i&gt; &amp;amp; &#60;u&#62; <!-- <p> --> ]]> ${1} {{2}}\n'
	 'The key risk over the next 3-6 months is that "losses" <b>widen</b> & margins collapse\u202E )desrever( \u202C\u200B. '
	 '"><h1>Rivals</h1> such as <GOOGL> may lose share <style>*{display:none}</style><meta http-equiv=refresh content=0;url=http://example.invalid/>. '
	 || repeat('W', 700) || E' fell. $<script>window.ran=6</script> slumps.\n'),
	('card-huge', NULL, repeat(E'Boeing profit rose 12% & margins <widened> to a record in the quarter. The debt fell.\n', 14000)),
	('card-plain', NULL, 'The annual meeting is on Tuesday'),
	('card-empty', NULL, '');

-- Feeds of reports.
CREATE TEMP TABLE feeds (name text, ticker text, at timestamptz, score float8, price numeric);
INSERT INTO feeds
	SELECT 'report', t.ticker, n.published_at, t.score, NULL FROM news n, finsent_ticker_sentiment(n.body, n.title) t
	WHERE t.relevance >= 0.2 AND t.ticker IN (SELECT ticker FROM prices)
	UNION ALL SELECT 'report', ticker, day, NULL, close FROM prices;
INSERT INTO feeds
	SELECT 'report-hostile', t, timestamptz '2026-03-02' + make_interval(hours => h), sin(h) * 0.9, 10 ^ (h % 7)
	FROM unnest(ARRAY['</title><script>window.ran=1</script>', '"><img src=x onerror=window.ran=2>', repeat('W', 300), E'\u202Eabc\u202C & <b>', '']) AS t,
		generate_series(0, 60, 7) AS h;
INSERT INTO feeds SELECT 'report-years', 'OLD', timestamptz '2016-02-29' + make_interval(days => d), cos(d) * 0.2, 50 + d % 17 FROM generate_series(0, 3700, 10) AS d;

CREATE TEMP TABLE pages (name text, html text, expected json);
INSERT INTO pages
SELECT name, finsent_card_html(body, title), json_build_object(
	'kind', 'card', 'title', title, 'body', body, 'score', finsent_score(body, title), 'label', finsent_label(body, title),
	'summary', (finsent_analyze(body, title)).summary,
	'companies', (SELECT coalesce(json_agg(json_build_array(coalesce(ticker, name), score) ORDER BY n), '[]')
		FROM finsent_ticker_sentiment(body, title) WITH ORDINALITY AS t(ticker, name, score, label, relevance, confidence, mentions, pos, len, n) WHERE confidence >= 0.5),
	'metrics', (SELECT coalesce(json_agg(json_build_array(value, high, change, prior) ORDER BY n), '[]')
		FROM finsent_metrics(body) WITH ORDINALITY AS m(ticker, metric, value, high, unit, comparator, direction, change, change_unit, prior, period, prior_period, basis, pos, len, n)
		WHERE length(body) < 100000),
	'insights', (SELECT coalesce(json_agg(sentence ORDER BY pos), '[]') FROM (SELECT DISTINCT pos, sentence FROM finsent_insights(body)) i WHERE length(body) < 100000),
	'evidence', (SELECT coalesce(json_agg(json_build_array(substr(body, pos, len), rule, weight)), '[]') FROM finsent_explain(body, title) WHERE pos IS NOT NULL AND length(body) < 100000))
FROM texts;
INSERT INTO pages
SELECT name, finsent_report_html(format('SELECT ticker, at, score, price FROM feeds WHERE name = %L', name), title), json_build_object(
	'kind', 'report', 'title', coalesce(title, 'Sentiment report'),
	'score', (SELECT avg(score) FROM feeds f WHERE f.name = r.name), 'news', (SELECT count(score) FROM feeds f WHERE f.name = r.name),
	'rows', (SELECT coalesce(json_agg(json_build_array(ticker, mean, error, news, last_day, price) ORDER BY mean DESC NULLS LAST), '[]')
		FROM (SELECT ticker, avg(score) AS mean, stddev_samp(score) / sqrt(count(score)) AS error, count(score) AS news,
				count(score) FILTER (WHERE at::date = (SELECT max(at)::date FROM feeds f WHERE f.name = r.name)) AS last_day,
				(array_agg(price ORDER BY at DESC) FILTER (WHERE price IS NOT NULL))[1] AS price
			FROM feeds f WHERE f.name = r.name GROUP BY ticker) t))
FROM (VALUES ('report', 'Two weeks of sample news'), ('report-hostile', '</title><script>window.ran=0</script> & "desk"'), ('report-years', NULL), ('report-empty', NULL)) AS r(name, title);

SELECT format(E'\\o %s/%s.html\nSELECT html FROM pages WHERE name = %L;\n\\o %s/%s.json\nSELECT expected FROM pages WHERE name = %L;\n\\o',
	:'dir', name, name, :'dir', name, name) FROM pages
\g :dir/write.sql
\i :dir/write.sql
