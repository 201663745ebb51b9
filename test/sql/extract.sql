-- Extraction: companies, metrics, quantities; all answers of one text agree.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;

CREATE TEMP TABLE news (id int, title text, body text);
INSERT INTO news VALUES
	(1, NULL, 'Apple Inc said revenue rose 12% to $1.2 billion in the third quarter. Microsoft Corp shares fell.'),
	(2, 'Amazon.com Inc raises guidance', 'The company expects revenue of $150 billion to $155 billion. $AMZN rose 3%.'),
	(3, NULL, 'Shares of Acme Widgets (NYSE: ACMW) fell 14 cents to $3.50. Rival Borex (NASDAQ: BRXQ) was flat.'),
	(4, NULL, 'Nothing of interest happened.'),
	(5, 'Apple', ''),
	(6, NULL, 'Net income was EUR 13.1 million, compared with EUR 8.7 million a year earlier. Margin widened by 150 basis points.');

-- companies: ranges, order, agreement with the other functions
SELECT id, ticker FROM news, finsent_ticker_sentiment(body, title)
WHERE abs(score) > 1 OR label <> finsent_label(score) OR relevance <= 0 OR relevance > 1 OR confidence NOT BETWEEN 0 AND 1
	OR mentions < 1 OR (pos IS NULL) <> (len IS NULL) OR ticker = '' OR name = '';
SELECT id FROM (SELECT id, relevance, lag(relevance, 1, 1.0::float8) OVER (PARTITION BY id ORDER BY n) AS before
				FROM news, ROWS FROM (finsent_ticker_sentiment(body, title)) WITH ORDINALITY
					AS t (ticker, name, score, label, relevance, confidence, mentions, pos, len, n)) AS o
WHERE relevance > before;
SELECT id, finsent_tickers(body, title) AS tickers, finsent_tickers(body, title, 0) AS all_tickers FROM news ORDER BY id;
SELECT id FROM news WHERE finsent_tickers(body, title) <> ARRAY(SELECT ticker FROM finsent_ticker_sentiment(body, title) WHERE ticker IS NOT NULL)
	OR EXISTS (SELECT FROM finsent_ticker_sentiment(body, title) WHERE confidence < 0.5)
	OR NOT finsent_tickers(body, title, 0) @> finsent_tickers(body, title)
	OR finsent_tickers(body, title) <> (finsent_analyze(body, title)).tickers
	OR NOT finsent_tickers(body, title, 0) @> finsent_tickers(body, title, 1);
SELECT id FROM news WHERE (finsent_analyze(body, title)).ticker_sentiment <> ARRAY(SELECT t FROM finsent_ticker_sentiment(body, title) AS t);

-- a company of the title alone has no place in the body
SELECT ticker, mentions, pos, len FROM finsent_ticker_sentiment('Profit rose.', 'Apple Inc');

-- metrics and quantities: ranges, names
SELECT id, m.* FROM news, finsent_metrics(body) AS m
WHERE metric IS NULL OR metric = '' OR comparator NOT IN ('eq', 'gt', 'lt', 'ge', 'le', 'approx') OR direction NOT IN ('up', 'down', 'flat')
	OR basis NOT IN ('actual', 'forecast', 'hypothetical', 'consensus') OR basis IS NULL OR num_nonnulls(value, change) = 0
	OR high < value OR high IS NOT NULL AND value IS NULL OR change_unit IS NOT NULL AND change IS NULL OR pos IS NULL OR unit = '';
SELECT id, q.* FROM news, finsent_quantities(body) AS q
WHERE value IS NULL OR comparator NOT IN ('eq', 'gt', 'lt', 'ge', 'le', 'approx') OR comparator IS NULL OR high < value OR unit = '';
SELECT id FROM news WHERE (finsent_analyze(body)).metrics <> ARRAY(SELECT m FROM finsent_metrics(body) AS m);

-- numbers are exact and in full units
SELECT said, trim_scale(value) AS value, high, unit, comparator FROM unnest(ARRAY[
	'It cost $1.2 billion.', 'It cost 50 cents.', 'It cost EUR 0.98.', 'It rose 11.1 percent.', 'It rose by 25 basis points.',
	'It lost $0.1 million.', 'It trades at 25.4 times earnings.', 'It sold 3 million cars.', 'It gained 2.5 percentage points.',
	'It expects $2.56-$2.61 a share.', 'It has 123456789012.345678 dollars.', 'It has $999999999999999999.']) WITH ORDINALITY AS s (said, n),
	finsent_quantities(said)
ORDER BY n, pos;
SELECT metric, value, unit, direction, change, change_unit, prior, basis
FROM finsent_metrics('Revenue rose 11.1 percent to $481.1 million.');
