-- The table of companies: what is known, and symbols of another time.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;

CREATE TEMP TABLE companies AS SELECT * FROM finsent_companies();

-- one row a listing; every symbol once
SELECT count(*) > 25000 AS listings, count(*) FILTER (WHERE cik IS NOT NULL) > 7000 AS with_cik,
	count(*) FILTER (WHERE isin IS NOT NULL) > 3000 AS with_isin, count(DISTINCT exchange) >= 25 AS exchanges
FROM companies;
SELECT ticker FROM companies GROUP BY ticker HAVING count(*) > 1 AND ticker IS NOT NULL;
SELECT * FROM companies
WHERE name IS NULL OR ticker = '' OR name = '' OR exchange = '' OR isin = '' OR aliases IS NULL OR array_position(aliases, NULL) IS NOT NULL
	OR country !~ '^[A-Z]{2}$' OR cik <= 0 OR isin !~ '^[A-Z]{2}[A-Z0-9]{9}[0-9]$' OR ticker ~ '[^A-Z0-9.&-]';

-- Amazon; a listing at home with its ISIN; brands, products, subsidiaries; two listings of one company
SELECT ticker, name, exchange, cik FROM companies WHERE ticker IN ('AMZN', 'BRK.B', 'META', 'VOD', 'VOD.L', 'RELIANCE.NS', '7203.T') ORDER BY ticker;
SELECT ticker, exchange, country, isin FROM companies WHERE ticker IN ('SIE.DE', 'ADS.DE') ORDER BY ticker;
SELECT ticker, alias FROM companies, unnest(aliases) AS alias
WHERE alias IN ('aws', 'azure', 'youtube', 'instagram', 'ozempic', '737 max', 'google', 'facebook', 'royal dutch', 'maruti', 'hul', 'sbi', 'ril', 'trainium')
	AND ticker IN ('AMZN', 'MSFT', 'GOOGL', 'META', 'NVO', 'BA', 'SHEL', 'MARUTI.NS', 'HINDUNILVR.NS', 'SBIN.NS', 'RELIANCE.NS')
ORDER BY 1, 2;
SELECT a.aliases = b.aliases AS same FROM companies a, companies b WHERE a.ticker = 'VOD' AND b.ticker = 'VOD.L';

-- what finsent_tickers reports can be joined
SELECT tickers.ticker, c.name, c.exchange
FROM unnest(finsent_tickers('Amazon.com Inc and Siemens AG signed a deal. Vodafone (LON: VOD) did not.')) AS tickers (ticker) LEFT JOIN companies c USING (ticker)
ORDER BY 1;

-- a symbol on a date: both the old and the new one give what it was
SELECT ticker, on_date, finsent_symbol(ticker, on_date)
FROM unnest(ARRAY['FB', 'META']) AS ticker, unnest(ARRAY['-infinity', '2012-05-18', '2022-06-08', '2022-06-09', '2026-01-02', 'infinity']::date[]) AS on_date
ORDER BY 1, 2;

-- several changes in a row
SELECT ticker, finsent_symbol(ticker, '2012-01-02') AS y2012, finsent_symbol(ticker, '2015-01-02') AS y2015, finsent_symbol(ticker, '2020-01-02') AS y2020
FROM unnest(ARRAY['RIMM', 'BBRY', 'BB']) AS ticker;
-- of merged companies one lives on, and only its symbol leads back
SELECT ticker, finsent_symbol(ticker, '2019-01-02') AS before, finsent_symbol(ticker, '2024-01-02') AS after FROM unnest(ARRAY['UTX', 'RTN', 'RTX']) AS ticker;

-- in any case; what never changed and what is unknown come back as written
SELECT finsent_symbol('fb', '2024-01-02') AS lower_case, finsent_symbol('AMZN', '1999-01-04') AS same, finsent_symbol('TWTR', '2024-01-02') AS gone,
	finsent_symbol('zzzq', '2024-01-02') AS unknown, finsent_symbol('', '2024-01-02') AS empty, finsent_symbol('Überall', '2024-01-02') AS no_symbol,
	length(finsent_symbol(repeat('FB', 5000), '2024-01-02')) AS long;
SELECT finsent_symbol('META', '0044-03-15 BC') AS long_ago, finsent_symbol('FB', '5874897-12-31') AS far_away;
SELECT finsent_symbol(NULL, '2024-01-02') IS NULL AS no_ticker, finsent_symbol('FB', NULL) IS NULL AS no_date;

-- old prices joined with news of today
WITH prices (symbol, day, close) AS (VALUES ('FB', date '2022-06-08', 196.64), ('META', date '2022-06-09', 184.00))
SELECT t.ticker, p.day, p.symbol FROM prices p, unnest(finsent_tickers('Meta Platforms Inc rose.')) AS t (ticker)
WHERE p.symbol = finsent_symbol(t.ticker, p.day) ORDER BY 2;
