-- The views of docs/research.md, over the news and prices of the demonstration:
--   src/tools/cluster.sh -x psql -X -f demo/views.sql
\set ON_ERROR_STOP on
\set QUIET on
\pset pager off
\pset footer off
\pset null ''
SET client_min_messages = warning;
SET TimeZone = 'UTC';
CREATE TEMP TABLE news (id int PRIMARY KEY, published_at timestamptz, source text, title text, body text);
\copy news FROM 'demo/news.tsv' WITH (FORMAT text, HEADER)
CREATE TEMP TABLE prices (ticker text, day date, close numeric, PRIMARY KEY (ticker, day));
\copy prices FROM 'demo/prices.tsv' WITH (FORMAT text, HEADER)
CREATE TEMP TABLE watch (ticker text, weight float8 DEFAULT 1);
INSERT INTO watch VALUES ('NVDA'), ('TSLA'), ('TGT'), ('INTC');
CREATE TEMP TABLE sector (ticker text PRIMARY KEY, sector text);
INSERT INTO sector VALUES ('NVDA', 'Semiconductors'), ('INTC', 'Semiconductors'), ('AMD', 'Semiconductors'), ('TSLA', 'Automobiles'),
	('F', 'Automobiles'), ('GM', 'Automobiles'), ('LLY', 'Pharmaceuticals'), ('NVO', 'Pharmaceuticals'), ('AMZN', 'Retail'), ('TGT', 'Retail'), ('WMT', 'Retail');
-- the moment that the views speak of; in production: CREATE VIEW clock AS SELECT now() AS as_of
CREATE TEMP VIEW clock AS SELECT timestamptz '2026-03-06 21:00+00' AS as_of;
\set QUIET off
\set ECHO queries

-- what the views read: a row a company and article, with the session on which it could be traded
CREATE TEMP TABLE news_ticker AS
SELECT n.id, n.published_at AS published, finsent_session(n.published_at, 'America/New_York', '16:00') AS day,
	t.ticker, t.score, t.relevance AS weight, n.title
FROM news n, finsent_ticker_sentiment(n.body, n.title) t
WHERE t.ticker IS NOT NULL AND t.relevance >= 0.1;

-- watch list
CREATE TEMP VIEW watch_list AS
SELECT p.ticker, p.sentiment, p.stderr, p.change_1d, p.news_count, p.headline
FROM clock, finsent_portfolio('TABLE watch', 'TABLE news_ticker', as_of, '2 days') p
WHERE p.ticker IS NOT NULL;
SELECT ticker, round(sentiment::numeric, 1) AS sentiment, round(stderr::numeric, 1) AS stderr, round(change_1d::numeric, 1) AS change_1d, news_count, left(headline, 40) AS headline
FROM watch_list ORDER BY watch_list.sentiment DESC NULLS LAST;

-- sector roll-up of the last week, drawn to 0 where there are few articles
CREATE TEMP VIEW sector_sentiment AS
SELECT sector, (i).mean, (i).stderr, finsent_shrink((i).mean, (i).effective_n, 0) AS shrunk, (i).positive, (i).negative, (i).n
FROM (SELECT s.sector, finsent_index(n.score, n.weight) AS i
	  FROM clock, news_ticker n JOIN sector s USING (ticker)
	  WHERE n.published > as_of - interval '7 days' AND n.published <= as_of
	  GROUP BY s.sector) x;
SELECT sector, round(mean::numeric, 1) AS mean, round(stderr::numeric, 1) AS stderr, round(shrunk::numeric, 1) AS shrunk, round(100 * positive) AS "positive %", round(100 * negative) AS "negative %", n
FROM sector_sentiment ORDER BY sector_sentiment.mean DESC;

-- top movers: the largest changes of sentiment in a day
CREATE TEMP VIEW top_movers AS
SELECT ticker, now, before, now - before AS change
FROM (SELECT n.ticker, finsent_decay_avg(n.score, n.published, c.as_of, '2 days', n.weight) AS now,
		finsent_decay_avg(n.score, n.published, c.as_of - interval '1 day', '2 days', n.weight) AS before
	  FROM clock c, news_ticker n GROUP BY n.ticker) x
WHERE now <> before;
SELECT ticker, round(before::numeric, 1) AS before, round(now::numeric, 1) AS now, round(change::numeric, 1) AS change
FROM top_movers ORDER BY abs(top_movers.change) DESC LIMIT 5;

-- divergences of price and sentiment: the news of a session says one thing, the price another
CREATE TEMP VIEW divergence AS
SELECT s.day, s.ticker, s.sentiment, s.news, r.move
FROM (SELECT day, ticker, (finsent_index(score, weight)).mean AS sentiment, count(*) AS news FROM news_ticker GROUP BY day, ticker) s
	JOIN (SELECT ticker, day, close / lag(close) OVER (PARTITION BY ticker ORDER BY day) - 1 AS move FROM prices) r USING (ticker, day)
WHERE abs(s.sentiment) >= 0.12 AND abs(r.move) >= 0.005 AND s.sentiment * r.move < 0;
SELECT day, ticker, round(sentiment::numeric, 1) AS sentiment, news, round(100 * move, 1) AS "move %"
FROM divergence ORDER BY divergence.day, ticker;
