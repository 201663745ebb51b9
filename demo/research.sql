-- The part of `make demo` that joins sentiment with portfolios and prices; demo.sql includes it.
\echo
\echo 'A portfolio (invented weights):  finsent_portfolio(holdings, news, as_of, half_life)'
\echo
CREATE TEMP TABLE holdings (ticker text, weight float8);
INSERT INTO holdings VALUES ('NVDA', 0.25), ('AMZN', 0.20), ('LLY', 0.15), ('JPM', 0.15), ('TSLA', -0.15), ('BA', -0.10), ('KO', 0.10);
SELECT coalesce(ticker, 'total') AS ticker, to_char(exposure, 'SG0.00') AS exposure, to_char(sentiment, 'SG0.00') AS sentiment,
	coalesce('± ' || to_char(stderr, 'FM0.00'), '') AS "± error", to_char(contribution, 'SG0.000') AS contribution,
	coalesce(to_char(change_1d, 'SG0.00'), '') AS "1 day", news_count AS news,
	CASE WHEN length(headline) > 50 THEN left(headline, 49) || '…' ELSE coalesce(headline, '') END AS headline
FROM finsent_portfolio('TABLE holdings',
	'SELECT m.ticker, n.published_at AS published, m.score, m.relevance AS weight, n.title FROM mentions m JOIN news n USING (id)',
	'2026-03-06 21:00+00', '2 days');

\echo
\echo 'Event study (SYNTHETIC prices and headlines of sixty invented companies, demo/synthetic.sql):'
\echo
\echo '  finsent_event_study(''SELECT ticker, day FROM synthetic_news WHERE score >= 0.12'', ''TABLE synthetic_price'', 2, 3)'
\echo
\ir synthetic.sql
WITH study AS (
	SELECT 'good news' AS events, * FROM finsent_event_study('SELECT ticker, day FROM synthetic_news WHERE score >= 0.12', 'TABLE synthetic_price', 2, 3)
	UNION ALL
	SELECT 'bad news', * FROM finsent_event_study('SELECT ticker, day FROM synthetic_news WHERE score <= -0.12', 'TABLE synthetic_price', 2, 3))
SELECT events, to_char(day, 'SG9') AS day, n, to_char(100 * mean_ar, 'SG0.00') || ' %' AS "abnormal return", to_char(100 * car, 'SG0.00') || ' %' AS cumulative,
	to_char(t_cross, 'FMSG90.0') AS "t", to_char(t_bmp, 'FMSG90.0') AS "t (BMP)",
	CASE WHEN p < 0.0001 THEN '< 0.0001' ELSE to_char(p, 'FM0.0000') END AS p
FROM study ORDER BY events DESC, study.day;
