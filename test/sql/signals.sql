-- Functions of the group Research over queries: sessions, look-ahead, event study, portfolio, quality of a signal.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
SET TimeZone = 'UTC';
SET extra_float_digits = -3;
SET DateStyle = ISO;
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

-- sessions: before and at the close, weekends, holidays in a row, both sides of a change of the clock, other zones
SELECT published, tz, finsent_session(published::timestamptz, tz, close::time, '{2026-01-01,2026-01-19,NULL,2026-04-03,2026-04-06}') AS session
FROM (VALUES
	('2026-03-03 20:59:59.999999+00', 'America/New_York', '16:00'),
	('2026-03-03 21:00:00+00', 'America/New_York', '16:00'),
	('2026-03-06 20:00+00', 'America/New_York', '16:00'),
	('2026-03-06 22:00+00', 'America/New_York', '16:00'),
	('2026-03-07 10:00+00', 'America/New_York', '16:00'),
	('2026-03-09 20:00+00', 'America/New_York', '16:00'),
	('2026-03-09 19:59+00', 'America/New_York', '16:00'),
	('2025-12-31 21:00+00', 'America/New_York', '16:00'),
	('2026-01-16 21:30+00', 'America/New_York', '16:00'),
	('2026-04-02 21:00+00', 'America/New_York', '16:00'),
	('2026-03-03 23:30+00', 'Asia/Tokyo', '15:30'),
	('2026-03-03 06:29+00', 'Asia/Tokyo', '15:30'),
	('2026-03-03 06:30+00', 'Asia/Tokyo', '15:30'),
	('2026-03-03 16:30+00', 'Europe/London', '16:30'),
	('2026-03-03 23:59:59+00', 'UTC', '24:00'),
	('2026-03-03 00:00+00', 'UTC', '00:00')) v (published, tz, close);
SELECT finsent_session('2026-03-07 10:00+00', 'UTC', '16:00') AS without_calendar, finsent_session(NULL, 'UTC', '16:00') AS published, finsent_session(now(), NULL, '16:00') AS tz,
	finsent_session(now(), 'UTC', NULL) AS close;
SELECT call, pg_temp.error_of('SELECT ' || call) AS error FROM (VALUES
	('finsent_session(''infinity'', ''UTC'', ''16:00'')'),
	('finsent_session(now(), ''Mars/Olympus'', ''16:00'')')) v (call);

-- look-ahead: what is traded at the moment of publication or before
CREATE TEMP TABLE trade (ticker text, published timestamptz, traded_at timestamptz);
INSERT INTO trade VALUES ('LATE', '2026-03-03 10:00', '2026-03-03 10:00:01'), ('SAME', '2026-03-03 10:00', '2026-03-03 10:00'), ('EARLY', '2026-03-03 10:00', '2026-03-02 16:00'),
	('UNTRADED', '2026-03-03 10:00', NULL), ('NEVER', 'infinity', '2026-03-03 10:00');
SELECT row_number, published, traded_at, ahead, data->>'ticker' AS ticker FROM finsent_check_lookahead('TABLE trade');
-- the session of a headline is none
SELECT count(*) FROM finsent_check_lookahead($$
	SELECT published, (finsent_session(published, 'America/New_York', '16:00') + time '16:00') AT TIME ZONE 'America/New_York' AS traded_at
	FROM generate_series(timestamptz '2026-03-01', '2026-03-31', '29 minutes') published $$);
SELECT count(*) > 0 AS found FROM finsent_check_lookahead($$
	SELECT published, (published::date + time '16:00') AT TIME ZONE 'America/New_York' AS traded_at
	FROM generate_series(timestamptz '2026-03-01', '2026-03-31', '29 minutes') published $$);
SELECT query, pg_temp.error_of(format('SELECT * FROM finsent_check_lookahead(%L)', query)) AS error FROM (VALUES
	('SELECT now() AS published'), ('SELECT now() AS published, current_date AS traded_at'), ('DELETE FROM trade')) v (query);

-- event study, worked by hand.  AAA returns .01, .01, .03, .03 before the event, mean .02, s^2 = .0004 / 3; then .12 on its day and -.03 on the next
CREATE TEMP TABLE price (ticker text, day date, close float8);
CREATE TEMP VIEW grown AS SELECT ticker, day, exp(sum(ln(1 + r)) OVER (PARTITION BY ticker ORDER BY day)) * 100 AS close
FROM (SELECT ticker, date '2026-03-01' + (i - 1)::int AS day, r FROM (VALUES
	('AAA', '{0,.01,.01,.03,.03,.12,-.03}'::float8[]), ('BBB', '{0,.02,.04,.02,.04,.09,0}'), ('CCC', '{0,.00,.02,.02,.00,.01,0}')) v (ticker, returns), unnest(returns) WITH ORDINALITY u (r, i)) x;
INSERT INTO price SELECT * FROM grown;
CREATE TEMP TABLE event (ticker text, day date);
INSERT INTO event VALUES ('AAA', '2026-03-06');
-- one event has a mean and no t; expected .02: AR .10 and -.05
SELECT day, n, mean_ar, car, t_cross, t_bmp, p FROM finsent_event_study('TABLE event', 'TABLE price', 0, 1, 'mean', estimation => 4, gap => 1);
-- SAR = .10 / (sqrt(.0004 / 3) sqrt(1 + 1/4))
SELECT day, n FROM finsent_event_study('TABLE event', 'TABLE price', 0, 0, 'mean-adjusted', estimation => 4, gap => 1);
SELECT day, abnormal, standardised, abs(standardised - abnormal / (sqrt(.0004 / 3) * sqrt(1.25))) < 1e-9 AS by_hand
FROM finsent_event_returns('TABLE event', 'TABLE price', 0, 1, 'mean', estimation => 4, gap => 1);
-- BBB as well: mean .03, AR .06 and -.03; mean .08, sd .02 sqrt(2), t = .08 / .02 = 4; CAR .05 and .03, t = .04 / .01 = 4
INSERT INTO event VALUES ('BBB', '2026-03-06');
SELECT day, n, round(mean_ar::numeric, 9) AS mean_ar, round(car::numeric, 9) AS car, round(t_cross::numeric, 6) AS t_cross, round(t_car::numeric, 6) AS t_car
FROM finsent_event_study('TABLE event', 'TABLE price', 0, 1, 'mean', estimation => 4, gap => 1);
-- against the market CCC: .12 - .01, .09 - .01
SELECT day, n, round(mean_ar::numeric, 9) AS mean_ar FROM finsent_event_study('TABLE event', 'TABLE price', 0, 0, 'market_adjusted', 'CCC', estimation => 0, gap => 1);
-- against the mean of all three on the day: (.12 + .09 + .01) / 3
SELECT ticker, round(expected::numeric, 12) AS expected, round(.22 / 3, 12) AS by_hand FROM finsent_event_returns('TABLE event', 'TABLE price', 0, 0, 'market-adjusted', estimation => 0, gap => 1);

-- a second method: the market model in plain SQL, on an invented year
CREATE TEMP TABLE year_price AS
	SELECT 'T' || t AS ticker, date '2025-01-01' + d AS day, exp(sum(0.01 * sin(d * 12.9898 + t * 78.233) + 0.004 * cos(d * 3.7)) OVER (PARTITION BY t ORDER BY d)) AS close
	FROM generate_series(1, 12) t, generate_series(0, 299) d;
CREATE TEMP TABLE year_event AS SELECT 'T' || t AS ticker, date '2025-08-01' + 5 * t AS day FROM generate_series(1, 11) t;
WITH r AS (SELECT ticker, day, close / lag(close) OVER w - 1 AS r, row_number() OVER w AS k FROM year_price WINDOW w AS (PARTITION BY ticker ORDER BY day)),
m AS (SELECT day, avg(r) AS m FROM r GROUP BY day),
rm AS (SELECT * FROM r JOIN m USING (day)),
fit AS (SELECT e.ticker, e.day AS event, k0.k AS k0, regr_intercept(rm.r, rm.m) AS a, regr_slope(rm.r, rm.m) AS b, avg(rm.m) AS mean, regr_sxx(rm.r, rm.m) AS sxx, count(*) AS l,
		sqrt((regr_syy(rm.r, rm.m) - regr_sxy(rm.r, rm.m) ^ 2 / regr_sxx(rm.r, rm.m)) / (count(*) - 2)) AS s
	FROM year_event e JOIN r k0 USING (ticker, day) JOIN rm ON rm.ticker = e.ticker AND rm.k BETWEEN k0.k - 130 AND k0.k - 11 GROUP BY 1, 2, 3),
ar AS (SELECT rm.k - fit.k0 AS day, rm.r - a - b * rm.m AS ar, (rm.r - a - b * rm.m) / (s * sqrt(1 + 1.0 / l + (rm.m - mean) ^ 2 / sxx)) AS sar
	FROM fit JOIN rm ON rm.ticker = fit.ticker AND rm.k BETWEEN k0 - 2 AND k0 + 2)
SELECT s.day, s.n = count(*) AS n, abs(s.mean_ar / avg(ar) - 1) < 1e-9 AS mean_ar, abs(s.t_cross / (avg(ar) / stddev(ar) * sqrt(count(*))) - 1) < 1e-9 AS t_cross,
	abs(s.t_bmp / (avg(sar) / stddev(sar) * sqrt(count(*))) - 1) < 1e-9 AS t_bmp
FROM ar JOIN finsent_event_study('TABLE year_event', 'TABLE year_price', 2, 2) s USING (day) GROUP BY s.day, s.n, s.mean_ar, s.t_cross, s.t_bmp ORDER BY 1;

-- what cannot be used is counted and named, and the rest is used; a day without trading is the next one's
INSERT INTO year_event VALUES ('NONE', '2025-08-01'), ('none', '2025-08-01'), ('none', '2025-08-02'), ('T1', '2025-02-01'), ('T2', '2026-08-01'), ('T3', NULL), (NULL, '2025-08-01');
SELECT day, n FROM finsent_event_study('TABLE year_event', 'TABLE year_price', 1, 1);
SELECT ticker, event_day, status, day FROM finsent_event_returns('TABLE year_event', 'TABLE year_price', 0, 0) WHERE status <> 'used' ORDER BY ticker COLLATE "C", event_day;
SELECT n FROM finsent_event_study('SELECT ''X'' || i AS ticker, current_date AS day FROM generate_series(1, 25) i', 'TABLE year_price', 0, 0);
SELECT status FROM finsent_event_returns('SELECT ''T1'' AS ticker, date ''2025-09-01'' AS day', 'TABLE year_price UNION ALL SELECT ''FLAT'', day, 1 FROM year_price WHERE ticker = ''T1''', 0, 1, market => 'FLAT');
SELECT day, trading_day FROM finsent_event_returns('SELECT ''T1'' AS ticker, date ''2025-09-01'' AS day', 'SELECT * FROM year_price WHERE day <> ''2025-09-01''', 0, 1);
SELECT count(*) AS no_event FROM finsent_event_study('SELECT * FROM year_event WHERE false', 'TABLE year_price', 0, 0);

-- wrong arguments, columns and prices
SELECT arguments, pg_temp.error_of(format('SELECT * FROM finsent_event_study(%s)', arguments)) AS error FROM (VALUES
	('''TABLE year_event'', ''TABLE year_price'', -1, 1'),
	('''TABLE year_event'', ''TABLE year_price'', 1, 100000'),
	('''TABLE year_event'', ''TABLE year_price'', NULL, 1'),
	('''TABLE year_event'', ''TABLE year_price'', 1, 1, ''capm'''),
	('''TABLE year_event'', ''TABLE year_price'', 1, 1, NULL'),
	('''TABLE year_event'', ''TABLE year_price'', 1, 1, ''market'', ''SPX'''),
	('''TABLE year_event'', ''TABLE year_price'', 1, 1, estimation => 2'),
	('''TABLE year_event'', ''TABLE year_price'', 11, 1'),
	('''TABLE year_event'', ''SELECT ticker, day FROM year_price'', 1, 1'),
	('''SELECT ticker, now() AS day FROM year_event'', ''TABLE year_price'', 1, 1'),
	('''SELECT ticker FROM year_event'', ''TABLE year_price'', 1, 1'),
	('NULL, ''TABLE year_price'', 1, 1'),
	('''TABLE year_event'', ''SELECT ticker, day, -close AS close FROM year_price'', 1, 1'),
	('''TABLE year_event'', ''SELECT ticker, day, float8 ''''NaN'''' AS close FROM year_price'', 1, 1'),
	('''TABLE year_event'', ''TABLE year_price UNION ALL TABLE year_price'', 1, 1'),
	('''TABLE year_event'', ''SELECT ticker, date ''''infinity'''' AS day, close FROM year_price'', 1, 1')) v (arguments);

-- portfolio, worked by hand: AMZN has 0.8 new and 0.2 a day old, mean (0.8 + 0.2 / 2) / 1.5 = 0.6; a day before it was 0.2
CREATE TEMP TABLE holding (portfolio text, ticker text, weight float8);
INSERT INTO holding VALUES ('Ünï "fund"', 'AMZN', 0.25), ('Ünï "fund"', 'AMZN', 0.25), ('Ünï "fund"', 'BA', -0.3), ('Ünï "fund"', 'QUIET', 0.2), ('other', 'BA', 1), ('other', NULL, 1), ('other', 'KO', NULL);
CREATE TEMP TABLE article (ticker text, published timestamptz, score float8, title text);
INSERT INTO article VALUES ('AMZN', '2026-03-03 12:00', 0.8, 'Amazon rises'), ('AMZN', '2026-03-02 12:00', 0.2, 'Amazon opens'), ('AMZN', '2026-03-03 12:00:01', -1, 'Not yet known'),
	('AMZN', '2026-03-01', NULL, 'Not scored'), ('BA', '2026-02-20', -0.5, 'Boeing cuts'), ('UNHELD', '2026-03-03', 1, 'Not held');
SELECT portfolio, ticker, round(exposure::numeric, 12) AS exposure, round(sentiment::numeric, 12) AS sentiment, round(stderr::numeric, 9) AS stderr, round(contribution::numeric, 12) AS contribution,
	round(change_1d::numeric, 12) AS change_1d, news_count, headline
FROM finsent_portfolio('TABLE holding', 'TABLE article', '2026-03-03 12:00', '1 day');
-- its standard error: sd^2 = ((0.8 - 0.6)^2 + (0.2 - 0.6)^2 / 2) / (1.5 - 1.25 / 1.5) = 0.18, effective n 1.5^2 / 1.25 = 1.8, stderr sqrt(0.1); BA takes the pooled sd
SELECT p.ticker, abs(stderr - by_hand) < 1e-12 AS as_by_hand
FROM (VALUES ('AMZN', sqrt(0.1)), (NULL, sqrt((0.5 ^ 2) * 0.1 + (0.3 ^ 2) * 0.18))) v (ticker, by_hand)
	JOIN finsent_portfolio('SELECT * FROM holding WHERE portfolio <> ''other''', 'TABLE article', '2026-03-03 12:00', '1 day') p ON p.ticker IS NOT DISTINCT FROM v.ticker;
-- weights of news, no portfolio, no title, nothing held, no news
SELECT ticker, exposure, round(sentiment::numeric, 12) AS sentiment, contribution, news_count, headline
FROM finsent_portfolio('SELECT ticker, 100 AS weight FROM (VALUES (''AMZN'')) v (ticker)', 'SELECT ticker, published, score, CASE WHEN score > 0.5 THEN 3 ELSE 2 END AS weight FROM article', '2026-03-03 12:00', '1 day');
SELECT count(*) FROM finsent_portfolio('SELECT * FROM holding WHERE false', 'TABLE article', '2026-03-03', '1 day');
SELECT ticker, exposure, sentiment, stderr, contribution, change_1d, news_count FROM finsent_portfolio('SELECT ticker, weight FROM holding WHERE ticker = ''QUIET''', 'TABLE article', '2026-03-03', '1 day');
-- the decayed mean and its error are those of the aggregates
SELECT p.ticker, abs(p.sentiment - a.decay) < 1e-12 AS sentiment
FROM finsent_portfolio('TABLE holding', 'TABLE article', '2026-03-05', '36 hours') p
	JOIN (SELECT ticker, finsent_decay_avg(score, published, '2026-03-05', '36 hours') AS decay FROM article GROUP BY ticker) a USING (ticker) WHERE portfolio = 'other' OR ticker = 'AMZN' ORDER BY 1;
SELECT arguments, pg_temp.error_of(format('SELECT * FROM finsent_portfolio(%s)', arguments)) AS error FROM (VALUES
	('''SELECT ticker FROM holding'', ''TABLE article'', now(), ''1 day'''),
	('''TABLE holding'', ''SELECT ticker, published FROM article'', now(), ''1 day'''),
	('''TABLE holding'', ''SELECT ticker, published::date AS published, score FROM article'', now(), ''1 day'''),
	('''TABLE holding'', ''TABLE article'', NULL, ''1 day'''),
	('''TABLE holding'', ''TABLE article'', now(), ''0'''),
	('''TABLE holding'', ''TABLE article'', now(), NULL'),
	('''DELETE FROM holding RETURNING *'', ''TABLE article'', now(), ''1 day'''),
	('''TABLE holding'', ''SELECT *, -1 AS weight FROM article'', ''2026-03-03 12:00'', ''1 day''')) v (arguments);

-- turnover, worked by hand: weights -1/2, 0, 1/2, then 1/2, 0, -1/2: everything turns, ranks are reversed; then one ticker leaves
CREATE TEMP TABLE signal (day date, ticker text, signal float8, "return" float8);
INSERT INTO signal VALUES ('2026-03-02', 'A', 1, 0), ('2026-03-02', 'B', 2, 0), ('2026-03-02', 'C', 3, 0), ('2026-03-03', 'A', 30, .01), ('2026-03-03', 'B', 20, .02), ('2026-03-03', 'C', 10, .03),
	('2026-03-04', 'A', 9, .10), ('2026-03-04', 'B', 7, 0), ('2026-03-05', 'A', 1, -.5), ('2026-03-05', 'B', 1, 1), ('2026-03-05', NULL, 1, 0), (NULL, 'A', 1, 0);
SELECT * FROM finsent_turnover('TABLE signal');
-- decay: of the signals of the 2nd the returns of the 3rd are .01, .02, .03, and over two days A has 1.01 x 1.10 - 1, B .02
SELECT horizon, mean, sd, periods, n FROM finsent_ic_decay('TABLE signal', '{1,2}');
SELECT (finsent_ic(s, r)).spearman AS two_days FROM (VALUES (1, 1.01 * 1.1 - 1), (2, .02)) v (s, r);
-- quantiles: equal signals stay together
SELECT quantile, mean_return, periods, n FROM finsent_quantile_returns('SELECT * FROM (VALUES (1, .01), (1, .03), (1, .02), (1, .02), (2, .05), (3, .07)) v (signal, forward_return)', 2);
SELECT call, pg_temp.error_of('SELECT * FROM ' || call) AS error FROM (VALUES
	('finsent_quantile_returns(''TABLE signal'')'),
	('finsent_quantile_returns(''TABLE signal'', 1)'),
	('finsent_quantile_returns(''TABLE signal'', NULL)'),
	('finsent_turnover(''SELECT day, ticker FROM signal'')'),
	('finsent_ic_decay(''TABLE signal'', ''{1,0}'')'),
	('finsent_ic_decay(''TABLE signal'', ''{}'')'),
	('finsent_ic_decay(''SELECT day, ticker, signal FROM signal'')'),
	('finsent_ic_decay(''SELECT day, ticker, signal, -1 AS "return" FROM signal'')')) v (call);
SELECT count(*) AS nothing FROM finsent_quantile_returns('SELECT 1.0 AS signal, 1.0 AS forward_return WHERE false');
SELECT count(*) AS nothing FROM finsent_turnover('SELECT * FROM signal WHERE false');
SELECT count(*) AS nothing FROM finsent_ic_decay('SELECT * FROM signal WHERE false');
