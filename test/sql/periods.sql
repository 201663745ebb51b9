-- Periods as written, resolved against the day of publication (test/gold/periods.tsv has the many forms).
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
SET datestyle = ISO;

SELECT period, finsent_period(period, '2026-11-24') AS days
FROM (VALUES ('Q1 2026'), ('third quarter'), ('the year-earlier quarter'), ('FY25'), ('first nine months'), ('a year ago'),
	('next 12 to 24 months'), ('by year-end'), ('year to date'), ('March 31, 2025')) AS v (period);

-- what is not understood is unknown; NULL gives NULL
SELECT period, finsent_period(period, '2026-11-24') IS NULL AS unknown
FROM (VALUES (''), ('the'), ('soon'), ('year over year'), ('Q7 2025'), ('year 99999'), ('next 99999 months'), (E'\u5e74'), (E'Q1\n2026\t!')) AS v (period);
SELECT finsent_period(NULL, '2026-11-24') IS NULL AND finsent_period('Q1', NULL) IS NULL AS null_gives_null;

-- any day of publication
SELECT as_of, finsent_period('last quarter', as_of) AS days
FROM unnest('{-infinity,4713-01-01 BC,0999-12-31,1000-01-01,1900-02-28,2000-02-29,8999-12-31,9000-01-01,infinity}'::date[]) AS as_of;

-- huge texts are no periods, and quickly none
SELECT finsent_period(repeat('Q1 2026 ', 1000000), '2026-11-24') IS NULL AND
	finsent_period(repeat(' ', 1000000) || 'Q1 2026', '2026-11-24') IS NULL AS no_period;

-- every day has its quarter, which the calendar gives as well
SELECT count(*) AS days, count(*) FILTER (WHERE finsent_period('this quarter', d::date) =
		daterange(date_trunc('quarter', d)::date, (date_trunc('quarter', d) + interval '3 months')::date)
	AND finsent_period('last quarter', d::date) =
		daterange((date_trunc('quarter', d) - interval '3 months')::date, date_trunc('quarter', d)::date)
	AND finsent_period('this week', d::date) =
		daterange(date_trunc('week', d)::date, (date_trunc('week', d) + interval '7 days')::date)
	AND finsent_period('next 18 months', d::date) = daterange(d::date, (d + interval '18 months')::date)
	AND finsent_period('past 30 days', d::date) = daterange(d::date - 30, d::date)
	AND finsent_period(to_char(d, 'FMMonth FMDD, YYYY'), '2026-11-24') = daterange(d::date, d::date + 1)
	AND finsent_period(to_char(d, 'FMMonth FMDD'), d::date) = daterange(d::date, d::date + 1)
	AND finsent_period('a year ago', d::date) =
		daterange((date_trunc('year', d) - interval '1 year')::date, date_trunc('year', d)::date)) AS right
FROM generate_series(timestamp '1999-01-01', timestamp '2032-12-31', interval '1 day') AS d;

-- an index can stand on it, and a join with the quarters of fundamentals
CREATE TEMP TABLE fundamentals (ticker text, quarter daterange, revenue numeric);
INSERT INTO fundamentals VALUES ('BA', '[2026-07-01,2026-10-01)', 23270000000), ('BA', '[2025-07-01,2025-10-01)', 17840000000);
CREATE TEMP TABLE news (body text, published date);
INSERT INTO news VALUES ('Boeing (NYSE: BA) said third-quarter revenue rose to $23.27 billion from $17.84 billion in the year-earlier quarter.', '2026-10-28');
CREATE INDEX ON news (finsent_period(body, published));
SELECT m.ticker, m.period, m.value = now.revenue AS as_reported, m.prior_period, m.prior = before.revenue AS as_reported_before
FROM news, finsent_metrics(body) AS m
	JOIN fundamentals now ON now.ticker = m.ticker AND now.quarter = finsent_period(m.period, (SELECT published FROM news))
	JOIN fundamentals before ON before.ticker = m.ticker AND before.quarter = finsent_period(m.prior_period, (SELECT published FROM news));
