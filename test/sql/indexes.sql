-- Generated columns and indexes: what IMMUTABLE is for.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;

CREATE TABLE finsent_news (
	id int PRIMARY KEY,
	title text,
	body text NOT NULL,
	score float8 GENERATED ALWAYS AS (finsent_score(body, title)) STORED,
	label finsent_sentiment GENERATED ALWAYS AS (finsent_label(body, title)) STORED,
	tickers text[] GENERATED ALWAYS AS (finsent_tickers(body, title)) STORED,
	analysis finsent_analysis GENERATED ALWAYS AS (finsent_analyze(body, title)) STORED);
INSERT INTO finsent_news (id, title, body)
SELECT i, NULL, CASE i % 3
	WHEN 0 THEN 'Amazon.com Inc said profit surged 45% to a record.'
	WHEN 1 THEN 'Microsoft Corp shares plunged 20% after it cut its forecast.'
	ELSE 'The meeting will be held in Helsinki.' END || ' Item ' || i || '.'
FROM generate_series(1, 300) AS i;

SELECT label > 'neutral' AS good, label < 'neutral' AS bad, tickers, count(*) FROM finsent_news GROUP BY 1, 2, 3 ORDER BY 4, 3, 1;
SELECT count(*) AS differ FROM finsent_news
WHERE score <> finsent_score(body, title) OR label <> finsent_label(score) OR (analysis).score <> score OR (analysis).tickers <> tickers;

-- the stored answer follows the text
UPDATE finsent_news SET body = 'Microsoft Corp profit surged 45% to a record.' WHERE id = 1;
SELECT score > 0 AS good, tickers FROM finsent_news WHERE id = 1;

CREATE INDEX finsent_news_tickers ON finsent_news USING gin (tickers);
CREATE INDEX finsent_news_score ON finsent_news (score);
CREATE INDEX finsent_news_label ON finsent_news (label);
CREATE INDEX finsent_news_body_tickers ON finsent_news USING gin (finsent_tickers(body));
CREATE INDEX finsent_news_body_score ON finsent_news (finsent_score(body));
CREATE INDEX finsent_news_bad ON finsent_news (id) WHERE finsent_score(body, title) <= -0.12;
ANALYZE finsent_news;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM finsent_news WHERE tickers @> '{AMZN}';
EXPLAIN (COSTS OFF) SELECT id FROM finsent_news WHERE finsent_tickers(body) @> '{AMZN}';
SET enable_bitmapscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM finsent_news ORDER BY score DESC LIMIT 3;
EXPLAIN (COSTS OFF) SELECT id FROM finsent_news WHERE finsent_score(body) < -0.5;
EXPLAIN (COSTS OFF) SELECT id FROM finsent_news WHERE finsent_score(body, title) <= -0.12 ORDER BY id;
RESET enable_bitmapscan;
SELECT count(*) AS by_index FROM finsent_news WHERE tickers @> '{AMZN}';
SELECT count(*) AS by_expression FROM finsent_news WHERE finsent_tickers(body) @> '{AMZN}';
SELECT count(*) AS bad FROM finsent_news WHERE finsent_score(body, title) <= -0.12;
RESET enable_seqscan; SET enable_bitmapscan = off;
SELECT count(*) AS by_scan FROM finsent_news WHERE finsent_tickers(body) @> '{AMZN}' AND length(body) > 0;
RESET enable_bitmapscan;

-- stored rows survive a dump: the text form of an analysis reads back
SELECT count(*) AS differ FROM finsent_news WHERE analysis::text::finsent_analysis IS DISTINCT FROM analysis;

-- compressed and out-of-line texts are read as well
CREATE TABLE finsent_long (body text);
INSERT INTO finsent_long SELECT string_agg('Profit rose ' || md5(i::text) || ' in the quarter. ', '') FROM generate_series(1, 3000) AS i;
INSERT INTO finsent_long SELECT repeat('Profit rose in the quarter. ', 10000);
INSERT INTO finsent_long VALUES ('Profit rose.');
SELECT pg_column_size(body) < length(body) / 2 AS compressed, finsent_score(body) = finsent_score(body || '') AS same FROM finsent_long;
DROP TABLE finsent_long, finsent_news;
