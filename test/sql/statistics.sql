-- Statistics agree with scipy and numpy (test/reference) to 1e-9.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
SET TimeZone = 'UTC';
\getenv srcdir PG_ABS_SRCDIR
\set reference :srcdir '/reference/research.sql'
\set ECHO none
\set QUIET on
\i :reference
\set ECHO all

-- Whether a figure is that of the reference.
CREATE FUNCTION pg_temp.agrees(figure float8, reference float8) RETURNS bool LANGUAGE sql AS
	$$ SELECT figure IS NOT DISTINCT FROM reference OR coalesce(abs(figure - reference) <= 1e-9 * greatest(abs(reference), 1e-6), false) $$;

-- Student's distribution: also in the tails, where a probability is small
SELECT count(*) AS cases, count(*) FILTER (WHERE abs(finsent_student_p(t, df) / p - 1) <= 1e-9 AND finsent_student_p(-t, df) = finsent_student_p(t, df)) AS agree
FROM reference_student;
SELECT t, df, p, finsent_student_p(t, df) FROM reference_student WHERE NOT abs(finsent_student_p(t, df) / p - 1) <= 1e-9;

-- information coefficient
SELECT r.name, ic.n, pg_temp.agrees(ic.spearman, r.spearman) AS spearman, pg_temp.agrees(ic.pearson, r.pearson) AS pearson,
	pg_temp.agrees(ic.t, r.t) AS t, pg_temp.agrees(ic.p, r.p) AS p, ic.n = r.n AS n
FROM reference_correlation r, LATERAL (SELECT (finsent_ic(signal, forward_return)).* FROM reference_pair WHERE name = r.name) ic
ORDER BY 1;

-- index
SELECT r.ticker, r.weighted, pg_temp.agrees(i.mean, r.mean) AS mean, pg_temp.agrees(i.stderr, r.stderr) AS stderr, pg_temp.agrees(i.effective_n, r.effective_n) AS effective_n,
	pg_temp.agrees(i.positive, r.positive) AS positive, pg_temp.agrees(i.negative, r.negative) AS negative, pg_temp.agrees(i.sd, r.sd) AS sd
FROM reference_index r, LATERAL (SELECT (finsent_index(score, CASE WHEN r.weighted THEN weight ELSE 1 END)).* FROM reference_score WHERE ticker = r.ticker) i
ORDER BY 1, 2;
SELECT r.ticker, pg_temp.agrees((i.i).mean, r.mean) AND pg_temp.agrees((i.i).stderr, r.stderr) AS without_weight
FROM reference_index r, LATERAL (SELECT finsent_index(score) AS i FROM reference_score WHERE ticker = r.ticker) i
WHERE NOT r.weighted ORDER BY 1;

-- decay
SELECT count(*) AS cases,
	count(*) FILTER (WHERE pg_temp.agrees((SELECT finsent_decay_avg(score, at, r.as_of, r.half_life, CASE WHEN r.weighted THEN weight ELSE 1 END)
										   FROM reference_score WHERE ticker = r.ticker), r.mean)) AS agree,
	count(*) FILTER (WHERE NOT r.weighted AND pg_temp.agrees((SELECT finsent_decay_avg(score, at, r.as_of, r.half_life)
										   FROM reference_score WHERE ticker = r.ticker), r.mean)) AS without_weight
FROM reference_decay r;

-- event study
SELECT r.model, r.market, r.estimation, count(*) AS days, min(s.n) AS n, bool_and(s.n = r.n) AS same_n, bool_and(pg_temp.agrees(s.mean_ar, r.mean_ar)) AS mean_ar,
	bool_and(pg_temp.agrees(s.car, r.car)) AS car, bool_and(pg_temp.agrees(s.t_cross, r.t_cross)) AS t_cross,
	bool_and(pg_temp.agrees(s.t_bmp, r.t_bmp)) AS t_bmp, bool_and(pg_temp.agrees(s.p, r.p)) AS p, bool_and(pg_temp.agrees(s.p_cross, r.p_cross)) AS p_cross
FROM (SELECT DISTINCT model, market, before, after, estimation, gap FROM reference_study) a
	JOIN reference_study r ON (a.model, a.before, a.after, a.estimation, a.gap) = (r.model, r.before, r.after, r.estimation, r.gap) AND a.market IS NOT DISTINCT FROM r.market
	JOIN LATERAL finsent_event_study('TABLE reference_event', 'TABLE reference_price', a.before, a.after, a.model, a.market, a.estimation, a.gap) s ON s.day = r.day
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

-- quantiles
SELECT r.n, r.quantile, pg_temp.agrees(q.mean_return, r.mean_return) AS mean_return, pg_temp.agrees(q.stderr, r.stderr) AS stderr,
	pg_temp.agrees(q.t, r.t) AS t, pg_temp.agrees(q.p, r.p) AS p, q.periods = r.periods AS periods
FROM (VALUES (3, 'day, '), (5, 'day, '), (-2, '')) a(n, day)
	JOIN LATERAL finsent_quantile_returns('SELECT ' || a.day || 'signal, forward_return
		FROM (SELECT *, lead("return") OVER (PARTITION BY ticker ORDER BY day) AS forward_return FROM reference_signal) s', abs(a.n)) q ON true
	JOIN reference_quantile r ON r.n = a.n AND r.quantile IS NOT DISTINCT FROM q.quantile
ORDER BY 1, 2;

-- turnover and rank autocorrelation
SELECT count(*) AS days, count(*) FILTER (WHERE pg_temp.agrees(s.turnover, r.turnover)) AS turnover,
	count(*) FILTER (WHERE pg_temp.agrees(s.rank_autocorrelation, r.rank_autocorrelation)) AS rank_autocorrelation
FROM reference_turnover r JOIN finsent_turnover('TABLE reference_signal') s USING (day);

-- decay of the coefficient over horizons
SELECT horizon, pg_temp.agrees(s.mean, r.mean) AS mean, pg_temp.agrees(s.sd, r.sd) AS sd, pg_temp.agrees(s.ir, r.ir) AS ir,
	pg_temp.agrees(s.t, r.t) AS t, pg_temp.agrees(s.p, r.p) AS p, pg_temp.agrees(s.positive, r.positive) AS positive, s.periods = r.periods AS periods,
	pg_temp.agrees(s.t_hac, r.t_hac) AS t_hac, pg_temp.agrees(s.p_hac, r.p_hac) AS p_hac
FROM reference_horizon r JOIN finsent_ic_decay('TABLE reference_signal', '{5,1,2,2}') s USING (horizon) ORDER BY 1;
