-- Synthetic market and news, for the event study of the demonstration.
--
-- SYNTHETIC: sixty companies that do not exist, their prices and their
-- headlines.  Everything follows from a seed (psql variable seed, 20261124 if
-- unset) through md5(), so that it is the same on every machine:
--
--   u(key)       uniform above 0 and below 1: the first 52 bits of md5(seed / key)
--   gauss(key)   normal, from two of them (Box and Muller 1958)
--   market       of each weekday of 2025: 0.0003 + 0.009 gauss
--   headline     of a company on about one weekday in 20, out of twelve; each has
--                an effect on the price, +-0.6 % to +-2.2 %, or none
--   return       beta x market + 0.011 gauss + effect (two thirds on the day of
--                the headline, one third on the next); beta 0.5 to 1.5
--
-- The prices know a headline's effect from the list below, not from finsent:
-- whether scores go with returns is then a question that can be asked.
\if :{?seed}
\else
	\set seed 20261124
\endif
CREATE FUNCTION pg_temp.u(seed bigint, key text) RETURNS float8 LANGUAGE sql IMMUTABLE AS
	$$ SELECT (('x' || substr(md5(seed || '/' || key), 1, 13))::bit(52)::bigint + 0.5) / 2 ^ 52 $$;
CREATE FUNCTION pg_temp.gauss(seed bigint, key text) RETURNS float8 LANGUAGE sql IMMUTABLE AS
	$$ SELECT sqrt(-2 * ln(pg_temp.u(seed, key || '/radius'))) * cos(2 * pi() * pg_temp.u(seed, key || '/angle')) $$;

CREATE TEMP TABLE headline_kind (n int, effect float8, title text);
INSERT INTO headline_kind VALUES
	(1, 0.022, '%s raises full-year guidance after profit jumps 24%%'),
	(2, 0.014, '%s beats quarterly earnings estimates'),
	(3, 0.010, '%s wins $400 million contract'),
	(4, 0.008, '%s raises dividend by 15%%'),
	(5, 0.006, '%s upgraded to buy'),
	(6, 0, '%s to present at industry conference'),
	(7, 0, '%s names new head of human resources'),
	(8, -0.006, '%s downgraded to sell'),
	(9, -0.008, '%s recalls products over safety concerns'),
	(10, -0.010, '%s faces lawsuit over misleading claims'),
	(11, -0.014, '%s misses quarterly earnings estimates'),
	(12, -0.022, '%s cuts full-year guidance as profit slumps 31%%');

CREATE TEMP TABLE synthetic_news AS
SELECT ticker, day, (day + time '09:00') AT TIME ZONE 'America/New_York' AS published,
	format(k.title, 'Synthetic Company ' || c) AS title, k.effect
FROM (SELECT c, 'SYN' || to_char(c, 'FM00') AS ticker, d::date AS day, row_number() OVER (PARTITION BY c ORDER BY d) AS i
		FROM generate_series(1, 60) c, generate_series(timestamp '2025-01-01', '2025-12-31', '1 day') d
		WHERE extract(isodow FROM d) < 6) days
	JOIN headline_kind k ON k.n = 1 + floor(12 * pg_temp.u(:seed, 'kind/' || c || '/' || i))
WHERE i > 140 AND i < 250 AND pg_temp.u(:seed, 'news/' || c || '/' || i) < 1 / 20.0;
ALTER TABLE synthetic_news ADD score float8;
UPDATE synthetic_news SET score = finsent_score(title);

CREATE TEMP TABLE synthetic_price AS
WITH days AS (
	SELECT d::date AS day, row_number() OVER (ORDER BY d) AS i, 0.0003 + 0.009 * pg_temp.gauss(:seed, 'market/' || d::date) AS market
	FROM generate_series(timestamp '2025-01-01', '2025-12-31', '1 day') d WHERE extract(isodow FROM d) < 6),
returns AS (
	SELECT 'SYN' || to_char(c, 'FM00') AS ticker, day, i, c,
		(0.5 + pg_temp.u(:seed, 'beta/' || c)) * market + 0.011 * pg_temp.gauss(:seed, 'return/' || c || '/' || i) AS r
	FROM days, generate_series(1, 60) c),
moved AS (
	SELECT r.ticker, r.day, r.i, r.r + coalesce(sum(n.effect) * 2 / 3, 0) + coalesce(lag(sum(n.effect)) OVER (PARTITION BY r.ticker ORDER BY r.day) / 3, 0) AS r
	FROM returns r LEFT JOIN synthetic_news n USING (ticker, day) GROUP BY r.ticker, r.day, r.i, r.r)
SELECT ticker, day, round((100 * exp(sum(ln(1 + r)) OVER (PARTITION BY ticker ORDER BY day)))::numeric, 2) AS close
FROM moved;
