
/*
 * research.sql - sentiment joined with prices and portfolios: periods, reports, statistics, search
 *
 * Names of the extension's own objects inside function bodies are written with
 * @extschema@; whatever else a body names, with pg_catalog or the schema that
 * its arguments give.
 */

-- Periods

CREATE FUNCTION finsent_period(period pg_catalog.text, as_of pg_catalog.date)
RETURNS pg_catalog.daterange
AS 'MODULE_PATHNAME', 'finsent_period'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;

COMMENT ON FUNCTION finsent_period(pg_catalog.text, pg_catalog.date) IS
'the days that a period as written ("third quarter", "a year ago", "next 12 to 24 months") means in a text published on as_of, by calendar quarters and years; NULL for what cannot be resolved';

-- Queries given as text

/*
 * Functions that take a query as text run it with the caller's rights and
 * search path, find its columns by name, and cannot write: SQLSTATE 25006.
 * They are STABLE, because they read tables, and PARALLEL UNSAFE, because the
 * setting that makes the transaction read-only cannot change in a parallel query.
 */

CREATE FUNCTION finsent_query(query pg_catalog.text, optional pg_catalog.text[] DEFAULT '{}',
							  max_rows pg_catalog.int8 DEFAULT NULL, argument pg_catalog.text DEFAULT 'query')
RETURNS SETOF pg_catalog.record
AS 'MODULE_PATHNAME', 'finsent_query'
LANGUAGE C STABLE PARALLEL UNSAFE COST 1000 ROWS 1000;

COMMENT ON FUNCTION finsent_query(pg_catalog.text, pg_catalog.text[], pg_catalog.int8, pg_catalog.text) IS
'rows of a query given as text, run read-only with the caller''s rights: the columns of the caller''s list, AS q(ticker text, score float8), found by name and converted to its types; those of the array optional may be absent and are then NULL; argument is the name that messages give the query; SQLSTATE 42703 for a missing column, 42804 for a wrong type, 25006 for a query that writes, 22023 for anything but one query, 54000 beyond max_rows';

-- Types

CREATE TYPE finsent_index_mean AS (
	mean pg_catalog.float8,
	stderr pg_catalog.float8,
	effective_n pg_catalog.float8,
	positive pg_catalog.float8,
	negative pg_catalog.float8,
	sd pg_catalog.float8,
	n pg_catalog.int8);

COMMENT ON TYPE finsent_index_mean IS 'sentiment index: weighted mean of scores and how sure it is';
COMMENT ON COLUMN finsent_index_mean.mean IS 'weighted mean of the scores';
COMMENT ON COLUMN finsent_index_mean.stderr IS 'standard error of the mean: sd / sqrt(effective_n); NULL for a single score';
COMMENT ON COLUMN finsent_index_mean.effective_n IS 'number of equally weighted scores that would be as sure: (sum w)^2 / sum w^2 (Kish 1965)';
COMMENT ON COLUMN finsent_index_mean.positive IS 'share of the weight on scores of at least 0.12, 0 to 1';
COMMENT ON COLUMN finsent_index_mean.negative IS 'share of the weight on scores of at most -0.12, 0 to 1';
COMMENT ON COLUMN finsent_index_mean.sd IS 'standard deviation of the scores, unbiased for reliability weights; NULL for a single score';
COMMENT ON COLUMN finsent_index_mean.n IS 'number of scores with a weight above 0';

CREATE TYPE finsent_correlation AS (
	spearman pg_catalog.float8,
	pearson pg_catalog.float8,
	t pg_catalog.float8,
	p pg_catalog.float8,
	n pg_catalog.int8);

COMMENT ON TYPE finsent_correlation IS 'information coefficient: how a signal goes with the return that follows';
COMMENT ON COLUMN finsent_correlation.spearman IS 'rank correlation, -1 to 1, equal values sharing the mean of their ranks; NULL if a side is constant';
COMMENT ON COLUMN finsent_correlation.pearson IS 'correlation of the values, -1 to 1; NULL if a side is constant';
COMMENT ON COLUMN finsent_correlation.t IS 't of the rank correlation: r sqrt((n - 2) / (1 - r^2)); infinite for 1 and -1; NULL below 3 pairs';
COMMENT ON COLUMN finsent_correlation.p IS 'two-sided probability of a t of that size without correlation, Student with n - 2 degrees of freedom';
COMMENT ON COLUMN finsent_correlation.n IS 'number of pairs';

CREATE TYPE finsent_ic_mean AS (
	mean pg_catalog.float8,
	sd pg_catalog.float8,
	ir pg_catalog.float8,
	t pg_catalog.float8,
	p pg_catalog.float8,
	positive pg_catalog.float8,
	n pg_catalog.int8);

COMMENT ON TYPE finsent_ic_mean IS 'information coefficients of many periods, summarised';
COMMENT ON COLUMN finsent_ic_mean.mean IS 'mean coefficient';
COMMENT ON COLUMN finsent_ic_mean.sd IS 'standard deviation of the coefficients (n - 1); NULL for one period';
COMMENT ON COLUMN finsent_ic_mean.ir IS 'information ratio of the coefficient: mean / sd, per period; times sqrt(periods a year) for a year';
COMMENT ON COLUMN finsent_ic_mean.t IS 't of the mean: ir sqrt(n)';
COMMENT ON COLUMN finsent_ic_mean.p IS 'two-sided probability of t, Student with n - 1 degrees of freedom';
COMMENT ON COLUMN finsent_ic_mean.positive IS 'share of periods with a coefficient above 0, 0 to 1';
COMMENT ON COLUMN finsent_ic_mean.n IS 'number of periods';

-- Index over time

/*
 * Aggregates here are parallel safe.  Their state is an array of float8 that
 * says of which aggregate and version it is: NAME_state(...) returns it, and
 * NAME_merge(state) makes the result from states, for instance of several servers.
 * Rows with a NULL do not count; without any that does, the result is NULL.
 * NaN and infinity are refused with SQLSTATE 22023, and so is what is no state.
 * Results do not depend on the order of rows beyond the 12th digit.  Sums of
 * float8 cannot be taken back exactly; only finsent_ic, which keeps its pairs,
 * has an inverse for moving windows.
 */

CREATE FUNCTION finsent_decay_add(state pg_catalog.float8[], score pg_catalog.float8, at pg_catalog.timestamptz,
								  as_of pg_catalog.timestamptz, half_life pg_catalog.interval)
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_decay_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_decay_add(pg_catalog.float8[], pg_catalog.float8, pg_catalog.timestamptz, pg_catalog.timestamptz, pg_catalog.interval) IS
'part of finsent_decay_avg: adds a row';

CREATE FUNCTION finsent_decay_add(state pg_catalog.float8[], score pg_catalog.float8, at pg_catalog.timestamptz,
								  as_of pg_catalog.timestamptz, half_life pg_catalog.interval, weight pg_catalog.float8)
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_decay_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_decay_add(pg_catalog.float8[], pg_catalog.float8, pg_catalog.timestamptz, pg_catalog.timestamptz, pg_catalog.interval, pg_catalog.float8) IS
'part of finsent_decay_avg: adds a row with a weight';

CREATE FUNCTION finsent_decay_combine(state pg_catalog.float8[], other pg_catalog.float8[])
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_decay_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_decay_combine(pg_catalog.float8[], pg_catalog.float8[]) IS
'part of finsent_decay_avg: adds a state to a state';

CREATE FUNCTION finsent_decay_final(state pg_catalog.float8[])
RETURNS pg_catalog.float8
AS 'MODULE_PATHNAME', 'finsent_decay_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_decay_final(pg_catalog.float8[]) IS
'part of finsent_decay_avg: the mean of a state';

CREATE AGGREGATE finsent_decay_avg(score pg_catalog.float8, at pg_catalog.timestamptz, as_of pg_catalog.timestamptz,
								   half_life pg_catalog.interval) (
	SFUNC = finsent_decay_add, STYPE = pg_catalog.float8[], SSPACE = 128, FINALFUNC = finsent_decay_final,
	COMBINEFUNC = finsent_decay_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_decay_avg(pg_catalog.float8, pg_catalog.timestamptz, pg_catalog.timestamptz, pg_catalog.interval) IS
'mean of scores whose weight halves with every half-life of age: sum(w score) / sum(w), w = 2^(-(as_of - at) / half_life); rows after as_of do not count; as_of and half_life are the same for all rows of a group, a month counts 30 days; SQLSTATE 22023 otherwise, for a half_life that is not above zero and for scores that are not finite';

CREATE AGGREGATE finsent_decay_avg(score pg_catalog.float8, at pg_catalog.timestamptz, as_of pg_catalog.timestamptz,
								   half_life pg_catalog.interval, weight pg_catalog.float8) (
	SFUNC = finsent_decay_add, STYPE = pg_catalog.float8[], SSPACE = 128, FINALFUNC = finsent_decay_final,
	COMBINEFUNC = finsent_decay_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_decay_avg(pg_catalog.float8, pg_catalog.timestamptz, pg_catalog.timestamptz, pg_catalog.interval, pg_catalog.float8) IS
'as without weight, w times weight; rows with weight 0 do not count; SQLSTATE 22023 for a negative weight';

CREATE AGGREGATE finsent_decay_state(score pg_catalog.float8, at pg_catalog.timestamptz, as_of pg_catalog.timestamptz,
									 half_life pg_catalog.interval) (
	SFUNC = finsent_decay_add, STYPE = pg_catalog.float8[], SSPACE = 128, COMBINEFUNC = finsent_decay_combine,
	PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_decay_state(pg_catalog.float8, pg_catalog.timestamptz, pg_catalog.timestamptz, pg_catalog.interval) IS
'state of finsent_decay_avg, for finsent_decay_merge';

CREATE AGGREGATE finsent_decay_state(score pg_catalog.float8, at pg_catalog.timestamptz, as_of pg_catalog.timestamptz,
									 half_life pg_catalog.interval, weight pg_catalog.float8) (
	SFUNC = finsent_decay_add, STYPE = pg_catalog.float8[], SSPACE = 128, COMBINEFUNC = finsent_decay_combine,
	PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_decay_state(pg_catalog.float8, pg_catalog.timestamptz, pg_catalog.timestamptz, pg_catalog.interval, pg_catalog.float8) IS
'state of finsent_decay_avg with weights, for finsent_decay_merge';

CREATE AGGREGATE finsent_decay_merge(state pg_catalog.float8[]) (
	SFUNC = finsent_decay_combine, STYPE = pg_catalog.float8[], SSPACE = 128, FINALFUNC = finsent_decay_final,
	COMBINEFUNC = finsent_decay_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_decay_merge(pg_catalog.float8[]) IS
'finsent_decay_avg of states; SQLSTATE 22023 if their as_of or half_life differ';

CREATE FUNCTION finsent_index_add(state pg_catalog.float8[], score pg_catalog.float8)
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_index_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_index_add(pg_catalog.float8[], pg_catalog.float8) IS
'part of finsent_index: adds a row';

CREATE FUNCTION finsent_index_add(state pg_catalog.float8[], score pg_catalog.float8, weight pg_catalog.float8)
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_index_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_index_add(pg_catalog.float8[], pg_catalog.float8, pg_catalog.float8) IS
'part of finsent_index: adds a row with a weight';

CREATE FUNCTION finsent_index_combine(state pg_catalog.float8[], other pg_catalog.float8[])
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_index_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_index_combine(pg_catalog.float8[], pg_catalog.float8[]) IS
'part of finsent_index: adds a state to a state';

CREATE FUNCTION finsent_index_final(state pg_catalog.float8[])
RETURNS finsent_index_mean
AS 'MODULE_PATHNAME', 'finsent_index_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;

COMMENT ON FUNCTION finsent_index_final(pg_catalog.float8[]) IS
'part of finsent_index: the figures of a state';

CREATE AGGREGATE finsent_index(score pg_catalog.float8) (
	SFUNC = finsent_index_add, STYPE = pg_catalog.float8[], SSPACE = 160, FINALFUNC = finsent_index_final,
	COMBINEFUNC = finsent_index_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_index(pg_catalog.float8) IS
'sentiment index: mean of scores with standard error, and shares of positive and negative ones; SQLSTATE 22023 for scores that are not finite';

CREATE AGGREGATE finsent_index(score pg_catalog.float8, weight pg_catalog.float8) (
	SFUNC = finsent_index_add, STYPE = pg_catalog.float8[], SSPACE = 160, FINALFUNC = finsent_index_final,
	COMBINEFUNC = finsent_index_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_index(pg_catalog.float8, pg_catalog.float8) IS
'sentiment index of weighted scores (weight: how much a score counts, such as relevance); rows with weight 0 do not count; SQLSTATE 22023 for a negative weight and for what is not finite';

CREATE AGGREGATE finsent_index_state(score pg_catalog.float8) (
	SFUNC = finsent_index_add, STYPE = pg_catalog.float8[], SSPACE = 160, COMBINEFUNC = finsent_index_combine,
	PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_index_state(pg_catalog.float8) IS
'state of finsent_index, for finsent_index_merge';

CREATE AGGREGATE finsent_index_state(score pg_catalog.float8, weight pg_catalog.float8) (
	SFUNC = finsent_index_add, STYPE = pg_catalog.float8[], SSPACE = 160, COMBINEFUNC = finsent_index_combine,
	PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_index_state(pg_catalog.float8, pg_catalog.float8) IS
'state of finsent_index with weights, for finsent_index_merge';

CREATE AGGREGATE finsent_index_merge(state pg_catalog.float8[]) (
	SFUNC = finsent_index_combine, STYPE = pg_catalog.float8[], SSPACE = 160, FINALFUNC = finsent_index_final,
	COMBINEFUNC = finsent_index_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_index_merge(pg_catalog.float8[]) IS
'finsent_index of states';

CREATE FUNCTION finsent_shrink(mean pg_catalog.float8, n pg_catalog.float8, baseline pg_catalog.float8,
							   k pg_catalog.float8 DEFAULT 5)
RETURNS pg_catalog.float8
AS 'MODULE_PATHNAME', 'finsent_shrink'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_shrink(pg_catalog.float8, pg_catalog.float8, pg_catalog.float8, pg_catalog.float8) IS
'mean of n articles drawn to a baseline that counts as k articles: (n mean + k baseline) / (n + k); the baseline where mean or n is NULL or n is 0 (credibility, Buehlmann 1967); SQLSTATE 22023 for a negative n or k';

-- Signal quality

CREATE FUNCTION finsent_ic_add(state pg_catalog.float8[], signal pg_catalog.float8, forward_return pg_catalog.float8)
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_ic_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_ic_add(pg_catalog.float8[], pg_catalog.float8, pg_catalog.float8) IS
'part of finsent_ic: adds a pair';

CREATE FUNCTION finsent_ic_remove(state pg_catalog.float8[], signal pg_catalog.float8, forward_return pg_catalog.float8)
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_ic_remove'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_ic_remove(pg_catalog.float8[], pg_catalog.float8, pg_catalog.float8) IS
'part of finsent_ic: takes the oldest pair of a moving window away, exactly';

CREATE FUNCTION finsent_ic_combine(state pg_catalog.float8[], other pg_catalog.float8[])
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_ic_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION finsent_ic_combine(pg_catalog.float8[], pg_catalog.float8[]) IS
'part of finsent_ic: adds the pairs of a state to those of a state';

CREATE FUNCTION finsent_ic_trim(state pg_catalog.float8[])
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_ic_trim'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;

COMMENT ON FUNCTION finsent_ic_trim(pg_catalog.float8[]) IS
'part of finsent_ic_state: a state without spare room';

CREATE FUNCTION finsent_ic_final(state pg_catalog.float8[])
RETURNS finsent_correlation
AS 'MODULE_PATHNAME', 'finsent_ic_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION finsent_ic_final(pg_catalog.float8[]) IS
'part of finsent_ic: ranks the pairs of a state and correlates them';

CREATE AGGREGATE finsent_ic(signal pg_catalog.float8, forward_return pg_catalog.float8) (
	SFUNC = finsent_ic_add, STYPE = pg_catalog.float8[], SSPACE = 65536, FINALFUNC = finsent_ic_final,
	COMBINEFUNC = finsent_ic_combine,
	MSFUNC = finsent_ic_add, MINVFUNC = finsent_ic_remove, MSTYPE = pg_catalog.float8[], MSSPACE = 65536,
	MFINALFUNC = finsent_ic_final, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_ic(pg_catalog.float8, pg_catalog.float8) IS
'information coefficient: correlation of a signal with the return that follows, of ranks (Spearman, with t and p) and of values (Pearson); holds the pairs of one group in memory, 16 to 32 bytes each and 40 more while they are ranked: SQLSTATE 54000 beyond 16777216 pairs; 22023 for what is not finite';

CREATE AGGREGATE finsent_ic_state(signal pg_catalog.float8, forward_return pg_catalog.float8) (
	SFUNC = finsent_ic_add, STYPE = pg_catalog.float8[], SSPACE = 65536, FINALFUNC = finsent_ic_trim,
	COMBINEFUNC = finsent_ic_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_ic_state(pg_catalog.float8, pg_catalog.float8) IS
'state of finsent_ic, all its pairs, for finsent_ic_merge';

CREATE AGGREGATE finsent_ic_merge(state pg_catalog.float8[]) (
	SFUNC = finsent_ic_combine, STYPE = pg_catalog.float8[], SSPACE = 65536, FINALFUNC = finsent_ic_final,
	COMBINEFUNC = finsent_ic_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_ic_merge(pg_catalog.float8[]) IS
'finsent_ic of states: ranks are those among the pairs of all of them';

CREATE FUNCTION finsent_ic_summary_add(state pg_catalog.float8[], ic pg_catalog.float8)
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_ic_summary_add'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_ic_summary_add(pg_catalog.float8[], pg_catalog.float8) IS
'part of finsent_ic_summary: adds a period';

CREATE FUNCTION finsent_ic_summary_combine(state pg_catalog.float8[], other pg_catalog.float8[])
RETURNS pg_catalog.float8[]
AS 'MODULE_PATHNAME', 'finsent_ic_summary_combine'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;

COMMENT ON FUNCTION finsent_ic_summary_combine(pg_catalog.float8[], pg_catalog.float8[]) IS
'part of finsent_ic_summary: adds a state to a state';

CREATE FUNCTION finsent_ic_summary_final(state pg_catalog.float8[])
RETURNS finsent_ic_mean
AS 'MODULE_PATHNAME', 'finsent_ic_summary_final'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;

COMMENT ON FUNCTION finsent_ic_summary_final(pg_catalog.float8[]) IS
'part of finsent_ic_summary: the figures of a state';

CREATE AGGREGATE finsent_ic_summary(ic pg_catalog.float8) (
	SFUNC = finsent_ic_summary_add, STYPE = pg_catalog.float8[], SSPACE = 96, FINALFUNC = finsent_ic_summary_final,
	COMBINEFUNC = finsent_ic_summary_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_ic_summary(pg_catalog.float8) IS
'mean, deviation, information ratio and t of the coefficients of many periods (Grinold and Kahn 2000; t as Fama and MacBeth 1973); SQLSTATE 22023 for what is not finite';

CREATE AGGREGATE finsent_ic_summary_state(ic pg_catalog.float8) (
	SFUNC = finsent_ic_summary_add, STYPE = pg_catalog.float8[], SSPACE = 96,
	COMBINEFUNC = finsent_ic_summary_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_ic_summary_state(pg_catalog.float8) IS
'state of finsent_ic_summary, for finsent_ic_summary_merge';

CREATE AGGREGATE finsent_ic_summary_merge(state pg_catalog.float8[]) (
	SFUNC = finsent_ic_summary_combine, STYPE = pg_catalog.float8[], SSPACE = 96,
	FINALFUNC = finsent_ic_summary_final, COMBINEFUNC = finsent_ic_summary_combine, PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_ic_summary_merge(pg_catalog.float8[]) IS
'finsent_ic_summary of states';

CREATE FUNCTION finsent_student_p(t pg_catalog.float8, df pg_catalog.float8)
RETURNS pg_catalog.float8
AS 'MODULE_PATHNAME', 'finsent_student_p'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION finsent_student_p(pg_catalog.float8, pg_catalog.float8) IS
'two-sided probability of a t of that size or more, Student with df degrees of freedom (regularised incomplete beta function, Abramowitz and Stegun 26.7); SQLSTATE 22023 unless df is above 0';

-- Functions over queries: what a signal is worth

CREATE TYPE finsent_quantile_mean AS (
	quantile pg_catalog.int4,
	mean_return pg_catalog.float8,
	stderr pg_catalog.float8,
	t pg_catalog.float8,
	p pg_catalog.float8,
	periods pg_catalog.int8,
	n pg_catalog.int8);

COMMENT ON TYPE finsent_quantile_mean IS 'mean forward return of a quantile of a signal, or the spread between the highest and the lowest';
COMMENT ON COLUMN finsent_quantile_mean.quantile IS 'number of the quantile, 1 with the lowest signals; NULL for the spread';
COMMENT ON COLUMN finsent_quantile_mean.mean_return IS 'mean of the periods'' mean returns; of the rows, where there is one period; for the spread: highest less lowest';
COMMENT ON COLUMN finsent_quantile_mean.stderr IS 'standard error of the mean';
COMMENT ON COLUMN finsent_quantile_mean.t IS 'mean_return / stderr';
COMMENT ON COLUMN finsent_quantile_mean.p IS 'two-sided probability of t, Student; degrees of freedom: periods - 1; for one period rows - 1, for its spread Welch''s';
COMMENT ON COLUMN finsent_quantile_mean.periods IS 'number of periods; 1 where the query has no column day';
COMMENT ON COLUMN finsent_quantile_mean.n IS 'number of rows';

CREATE FUNCTION finsent_quantile_returns(signals pg_catalog.text, n pg_catalog.int4 DEFAULT 5)
RETURNS SETOF finsent_quantile_mean
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 1000 ROWS 6
AS $$
#variable_conflict use_column
BEGIN
	IF n IS NULL OR n NOT BETWEEN 2 AND 1000 THEN
		RAISE invalid_parameter_value USING MESSAGE = pg_catalog.format('n must be between 2 and 1000, not %s', coalesce(n::pg_catalog.text, 'null'));
	END IF;
	RETURN QUERY
	WITH signal AS (
		SELECT q.day, q.signal, q.forward_return
		FROM @extschema@.finsent_query(signals, '{day}', argument => 'signals')
			AS q(day pg_catalog.date, signal pg_catalog.float8, forward_return pg_catalog.float8)
		WHERE q.signal IS NOT NULL AND q.forward_return IS NOT NULL
	), ranked AS (
		-- equal signals share the mean of their ranks, and so the quantile
		SELECT s.day, s.forward_return,
			pg_catalog.rank() OVER (PARTITION BY s.day ORDER BY s.signal)
				+ (pg_catalog.count(*) OVER (PARTITION BY s.day, s.signal) - 1) / 2.0 - 0.5 AS below,
			pg_catalog.count(*) OVER (PARTITION BY s.day) AS rows
		FROM signal s
	), cell AS (
		SELECT r.day, least(finsent_quantile_returns.n, 1 + pg_catalog.floor(finsent_quantile_returns.n * r.below / r.rows))::pg_catalog.int4 AS quantile,
			@extschema@.finsent_ic_summary(r.forward_return) AS figures
		FROM ranked r GROUP BY 1, 2
	), many AS (
		SELECT pg_catalog.count(DISTINCT c.day) > 1 AS periods FROM cell c
	), by_period AS (
		SELECT c.quantile, @extschema@.finsent_ic_summary((c.figures).mean) AS figures, pg_catalog.sum((c.figures).n)::pg_catalog.int8 AS rows
		FROM cell c, many m WHERE m.periods AND c.day IS NOT NULL GROUP BY c.quantile
	), spread AS (
		SELECT @extschema@.finsent_ic_summary((high.figures).mean - (low.figures).mean) AS figures,
			pg_catalog.sum((high.figures).n + (low.figures).n)::pg_catalog.int8 AS rows
		FROM many m, cell low JOIN cell high ON low.day = high.day
		WHERE m.periods AND low.quantile = 1 AND high.quantile = finsent_quantile_returns.n
		HAVING pg_catalog.count(*) > 0
	), welch AS (
		SELECT (high.figures).mean - (low.figures).mean AS mean, (low.figures).n + (high.figures).n AS rows,
			(high.figures).sd ^ 2 / (high.figures).n AS high, (low.figures).sd ^ 2 / (low.figures).n AS low,
			(high.figures).n AS high_n, (low.figures).n AS low_n
		FROM many m, cell low, cell high
		WHERE NOT m.periods AND low.quantile = 1 AND high.quantile = finsent_quantile_returns.n
			AND low.day IS NOT DISTINCT FROM high.day
	), answer AS (
		SELECT b.quantile, (b.figures).mean, (b.figures).sd / pg_catalog.sqrt((b.figures).n) AS stderr, (b.figures).t, (b.figures).p,
			(b.figures).n AS periods, b.rows
		FROM by_period b
		UNION ALL
		SELECT c.quantile, (c.figures).mean, (c.figures).sd / pg_catalog.sqrt((c.figures).n), (c.figures).t, (c.figures).p, 1, (c.figures).n
		FROM cell c, many m WHERE NOT m.periods
		UNION ALL
		SELECT NULL, (s.figures).mean, (s.figures).sd / pg_catalog.sqrt((s.figures).n), (s.figures).t, (s.figures).p, (s.figures).n, s.rows
		FROM spread s
		UNION ALL
		SELECT NULL, w.mean, pg_catalog.sqrt(w.high + w.low), w.mean / nullif(pg_catalog.sqrt(w.high + w.low), 0),
			@extschema@.finsent_student_p(w.mean / nullif(pg_catalog.sqrt(w.high + w.low), 0),
				(w.high + w.low) ^ 2 / (w.high ^ 2 / nullif(w.high_n - 1, 0) + w.low ^ 2 / nullif(w.low_n - 1, 0))), 1, w.rows
		FROM welch w
	)
	SELECT a.quantile, a.mean, a.stderr, a.t, a.p, a.periods, a.rows FROM answer a ORDER BY a.quantile;
END $$;

COMMENT ON FUNCTION finsent_quantile_returns(pg_catalog.text, pg_catalog.int4) IS
'mean forward return by quantile of a signal, and the spread of the highest over the lowest with its t, last; signals: a query with signal, forward_return and, for quantiles within each day, day (date); with several days the figures are those of the series of daily means, else those of the rows; equal signals are in one quantile; SQLSTATE 22023 unless n is between 2 and 1000; errors of queries: see finsent_query';

CREATE TYPE finsent_signal_turnover AS (
	day pg_catalog.date,
	n pg_catalog.int8,
	common pg_catalog.int8,
	rank_autocorrelation pg_catalog.float8,
	turnover pg_catalog.float8);

COMMENT ON TYPE finsent_signal_turnover IS 'how much a signal changes from one day to the next';
COMMENT ON COLUMN finsent_signal_turnover.day IS 'day of the signal';
COMMENT ON COLUMN finsent_signal_turnover.n IS 'number of tickers with a signal';
COMMENT ON COLUMN finsent_signal_turnover.common IS 'of them, those with one on the day before as well; NULL on the first day';
COMMENT ON COLUMN finsent_signal_turnover.rank_autocorrelation IS 'rank correlation with the day before over the common tickers, -1 to 1; NULL on the first day';
COMMENT ON COLUMN finsent_signal_turnover.turnover IS 'half the sum of the changes of weight of the portfolio that the signal stands for, 0 to 1: weights are deviations from the day''s mean signal over the sum of their sizes; NULL on the first day and where a day''s signals are all the same';

CREATE FUNCTION finsent_turnover(signals pg_catalog.text)
RETURNS SETOF finsent_signal_turnover
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 1000 ROWS 250
AS $$
#variable_conflict use_column
BEGIN
	RETURN QUERY
	WITH deviation AS (
		SELECT q.day, q.ticker, pg_catalog.avg(q.signal) AS signal,
			pg_catalog.avg(q.signal) - pg_catalog.avg(pg_catalog.avg(q.signal)) OVER (PARTITION BY q.day) AS deviation
		FROM @extschema@.finsent_query(signals, argument => 'signals')
			AS q(day pg_catalog.date, ticker pg_catalog.text, signal pg_catalog.float8)
		WHERE q.day IS NOT NULL AND q.ticker IS NOT NULL AND q.signal IS NOT NULL
		GROUP BY q.day, q.ticker
	), weighted AS (
		SELECT d.day, d.ticker, d.signal,
			d.deviation / nullif(pg_catalog.sum(pg_catalog.abs(d.deviation)) OVER (PARTITION BY d.day), 0) AS weight
		FROM deviation d
	), days AS (
		SELECT w.day, pg_catalog.lead(w.day) OVER (ORDER BY w.day) AS next, pg_catalog.lag(w.day) OVER (ORDER BY w.day) AS previous,
			pg_catalog.count(w.weight) > 0 AS weighted
		FROM weighted w GROUP BY w.day
	), beside AS (
		SELECT b.day, b.ticker, pg_catalog.max(b.signal) AS signal, pg_catalog.max(b.signal_before) AS signal_before,
			coalesce(pg_catalog.max(b.weight), 0) - coalesce(pg_catalog.max(b.weight_before), 0) AS change
		FROM (
			SELECT w.day, w.ticker, w.signal, w.weight, NULL::pg_catalog.float8 AS signal_before, NULL::pg_catalog.float8 AS weight_before
			FROM weighted w
			UNION ALL
			SELECT d.next, w.ticker, NULL, NULL, w.signal, w.weight
			FROM weighted w JOIN days d ON d.day = w.day AND d.next IS NOT NULL) b
		GROUP BY b.day, b.ticker
	)
	SELECT b.day, pg_catalog.count(b.signal),
		CASE WHEN d.previous IS NOT NULL THEN pg_catalog.count(*) FILTER (WHERE b.signal IS NOT NULL AND b.signal_before IS NOT NULL) END,
		(@extschema@.finsent_ic(b.signal_before, b.signal)).spearman,
		CASE WHEN d.weighted AND before.weighted THEN pg_catalog.sum(pg_catalog.abs(b.change)) / 2 END
	FROM beside b JOIN days d ON b.day = d.day LEFT JOIN days before ON before.day = d.previous
	GROUP BY b.day, d.previous, d.weighted, before.weighted
	ORDER BY b.day;
END $$;

COMMENT ON FUNCTION finsent_turnover(pg_catalog.text) IS
'turnover and rank autocorrelation of a signal, day by day; signals: a query with day (date), ticker and signal, several signals of a ticker and day being averaged; errors of queries: see finsent_query';

CREATE TYPE finsent_ic_horizon AS (
	horizon pg_catalog.int4,
	mean pg_catalog.float8,
	sd pg_catalog.float8,
	ir pg_catalog.float8,
	t pg_catalog.float8,
	p pg_catalog.float8,
	positive pg_catalog.float8,
	periods pg_catalog.int8,
	n pg_catalog.int8,
	t_hac pg_catalog.float8,
	p_hac pg_catalog.float8);

COMMENT ON TYPE finsent_ic_horizon IS 'information coefficient of a signal for returns over a horizon';
COMMENT ON COLUMN finsent_ic_horizon.horizon IS 'trading days from the signal on over which the return is taken';
COMMENT ON COLUMN finsent_ic_horizon.mean IS 'mean over the days of the rank correlation with the return over the horizon';
COMMENT ON COLUMN finsent_ic_horizon.sd IS 'standard deviation of the daily coefficients';
COMMENT ON COLUMN finsent_ic_horizon.ir IS 'mean / sd';
COMMENT ON COLUMN finsent_ic_horizon.t IS 'ir sqrt(periods); too large for horizons above 1, whose returns overlap: see t_hac';
COMMENT ON COLUMN finsent_ic_horizon.p IS 'two-sided probability of t, Student with periods - 1 degrees of freedom';
COMMENT ON COLUMN finsent_ic_horizon.positive IS 'share of days with a coefficient above 0';
COMMENT ON COLUMN finsent_ic_horizon.periods IS 'number of days with a coefficient';
COMMENT ON COLUMN finsent_ic_horizon.n IS 'number of pairs';
COMMENT ON COLUMN finsent_ic_horizon.t_hac IS 't of the mean that allows for the overlap of returns: Newey and West (1987) with horizon - 1 lags of the daily coefficients; for horizon 1 it differs from t by the factor sqrt(n / (n - 1))';
COMMENT ON COLUMN finsent_ic_horizon.p_hac IS 'two-sided probability of t_hac, Student with periods - 1 degrees of freedom';

CREATE FUNCTION finsent_ic_decay(signals pg_catalog.text, horizons pg_catalog.int4[] DEFAULT '{1,2,3,5,10,21}')
RETURNS SETOF finsent_ic_horizon
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 1000 ROWS 6
AS $$
#variable_conflict use_column
BEGIN
	IF horizons IS NULL OR pg_catalog.cardinality(horizons) = 0
		OR EXISTS (SELECT FROM pg_catalog.unnest(horizons) AS h(horizon) WHERE h.horizon IS NULL OR h.horizon NOT BETWEEN 1 AND 1000) THEN
		RAISE invalid_parameter_value USING MESSAGE = pg_catalog.format('horizons must be an array of numbers between 1 and 1000, not %s', coalesce(horizons::pg_catalog.text, 'null'));
	END IF;
	RETURN QUERY
	WITH growth AS (
		-- the growth of a ticker up to each of its days, as a logarithm, and how many returns it is made of
		SELECT q.day, q.ticker, q.signal,
			pg_catalog.sum(pg_catalog.ln(1 + q."return")) OVER so_far AS growth,
			pg_catalog.count(q."return") OVER so_far AS returns
		FROM @extschema@.finsent_query(signals, argument => 'signals')
			AS q(day pg_catalog.date, ticker pg_catalog.text, signal pg_catalog.float8, "return" pg_catalog.float8)
		WHERE q.day IS NOT NULL AND q.ticker IS NOT NULL
		WINDOW so_far AS (PARTITION BY q.ticker ORDER BY q.day ROWS UNBOUNDED PRECEDING)
	), forward AS (
		SELECT h.horizon, g.day, g.signal,
			CASE WHEN pg_catalog.lead(g.returns, h.horizon) OVER later - g.returns = h.horizon
				THEN pg_catalog.exp(pg_catalog.lead(g.growth, h.horizon) OVER later - coalesce(g.growth, 0)) - 1 END AS forward_return
		FROM growth g CROSS JOIN (SELECT DISTINCT u.horizon FROM pg_catalog.unnest(horizons) AS u(horizon)) h
		WINDOW later AS (PARTITION BY h.horizon, g.ticker ORDER BY g.day)
	), daily AS (
		SELECT f.horizon, f.day, @extschema@.finsent_ic(f.signal, f.forward_return) AS ic
		FROM forward f GROUP BY f.horizon, f.day
	), summary AS (
		SELECT d.horizon, @extschema@.finsent_ic_summary((d.ic).spearman) AS figures,
			pg_catalog.sum((d.ic).n) FILTER (WHERE (d.ic).spearman IS NOT NULL)::pg_catalog.int8 AS rows
		FROM daily d GROUP BY d.horizon
	), deviation AS (
		SELECT d.horizon, (d.ic).spearman - (s.figures).mean AS off, pg_catalog.row_number() OVER (PARTITION BY d.horizon ORDER BY d.day) AS place
		FROM daily d JOIN summary s ON d.horizon = s.horizon
		WHERE (d.ic).spearman IS NOT NULL
	), variance AS (
		-- Newey and West: products of deviations up to horizon - 1 days apart, both ways, with falling weights
		SELECT a.horizon, pg_catalog.sum(a.off * b.off * CASE WHEN a.place = b.place THEN 1 ELSE 2 * (1 - (a.place - b.place) / a.horizon::pg_catalog.float8) END) AS variance
		FROM deviation a JOIN deviation b ON a.horizon = b.horizon AND b.place BETWEEN a.place - a.horizon + 1 AND a.place
		GROUP BY a.horizon
	), tested AS (
		SELECT s.horizon, s.figures, s.rows, CASE WHEN (s.figures).n > 1 AND (s.figures).sd > 0 AND v.variance > 0
			THEN (s.figures).mean * (s.figures).n / pg_catalog.sqrt(v.variance) END AS t_hac
		FROM summary s LEFT JOIN variance v ON s.horizon = v.horizon
	)
	SELECT s.horizon, (s.figures).mean, (s.figures).sd, (s.figures).ir, (s.figures).t, (s.figures).p, (s.figures).positive,
		coalesce((s.figures).n, 0), coalesce(s.rows, 0), s.t_hac, @extschema@.finsent_student_p(s.t_hac, greatest((s.figures).n - 1, 1))
	FROM tested s ORDER BY s.horizon;
END $$;

COMMENT ON FUNCTION finsent_ic_decay(pg_catalog.text, pg_catalog.int4[]) IS
'decay of the information coefficient: for each horizon the daily rank correlation of the signal with the return over the following trading days, summarised; signals: a query with day (date), ticker, signal (may be NULL on days without one) and return, the simple return of that day; SQLSTATE 22023 for horizons outside 1 to 1000; errors of queries: see finsent_query';

-- Alignment without look-ahead

CREATE FUNCTION finsent_session(published pg_catalog.timestamptz, tz pg_catalog.text, close pg_catalog.time,
								calendar pg_catalog.date[] DEFAULT NULL)
RETURNS pg_catalog.date
AS 'MODULE_PATHNAME', 'finsent_session'
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;

COMMENT ON FUNCTION finsent_session(pg_catalog.timestamptz, pg_catalog.text, pg_catalog.time, pg_catalog.date[]) IS
'trading day on which a headline can first be traded: the day of publication in the exchange''s time zone; at or after the close, on Saturday, Sunday and the holidays listed in calendar the next one; SQLSTATE 22023 for an unknown time zone';

CREATE TYPE finsent_lookahead AS (
	row_number pg_catalog.int8,
	published pg_catalog.timestamptz,
	traded_at pg_catalog.timestamptz,
	ahead pg_catalog.interval,
	data pg_catalog.jsonb);

COMMENT ON TYPE finsent_lookahead IS 'a row that is traded before its news can be known';
COMMENT ON COLUMN finsent_lookahead.row_number IS 'number of the row in the query''s result, from 1';
COMMENT ON COLUMN finsent_lookahead.published IS 'when the news was published';
COMMENT ON COLUMN finsent_lookahead.traded_at IS 'when it is traded';
COMMENT ON COLUMN finsent_lookahead.ahead IS 'how long before publication that is; zero: at the same moment';
COMMENT ON COLUMN finsent_lookahead.data IS 'the whole row';

CREATE FUNCTION finsent_check_lookahead(query pg_catalog.text)
RETURNS SETOF finsent_lookahead
AS 'MODULE_PATHNAME', 'finsent_check_lookahead'
LANGUAGE C STABLE PARALLEL UNSAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION finsent_check_lookahead(pg_catalog.text) IS
'rows of a query that are traded at or before the moment of publication; the query has published and traded_at (timestamptz: the moment of the trade, such as (day + time ''16:00'') AT TIME ZONE ''America/New_York''); no row: no look-ahead; rows with a NULL in either are passed over; errors of queries: see finsent_query';

-- Event study

CREATE TYPE finsent_event_day AS (
	day pg_catalog.int4,
	n pg_catalog.int4,
	mean_ar pg_catalog.float8,
	car pg_catalog.float8,
	t_cross pg_catalog.float8,
	t_bmp pg_catalog.float8,
	p pg_catalog.float8,
	p_cross pg_catalog.float8,
	t_car pg_catalog.float8,
	p_car pg_catalog.float8);

COMMENT ON TYPE finsent_event_day IS 'abnormal returns of a day around events';
COMMENT ON COLUMN finsent_event_day.day IS 'trading days from the event; 0 is the event''s own, or the first one after it';
COMMENT ON COLUMN finsent_event_day.n IS 'number of events with a return on that day';
COMMENT ON COLUMN finsent_event_day.mean_ar IS 'mean abnormal return, as a fraction (0.01 is 1 percent)';
COMMENT ON COLUMN finsent_event_day.car IS 'cumulative mean abnormal return from the first day of the window on';
COMMENT ON COLUMN finsent_event_day.t_cross IS 'cross-sectional t of mean_ar: mean / (sd / sqrt(n)) (Brown and Warner 1985)';
COMMENT ON COLUMN finsent_event_day.t_bmp IS 'standardised cross-sectional t of the day (Boehmer, Musumeci and Poulsen 1991), with the correction for the error of the forecast';
COMMENT ON COLUMN finsent_event_day.p IS 'two-sided probability of t_bmp, Student with n - 1 degrees of freedom';
COMMENT ON COLUMN finsent_event_day.p_cross IS 'two-sided probability of t_cross';
COMMENT ON COLUMN finsent_event_day.t_car IS 'cross-sectional t of the events'' own cumulative abnormal returns, of those that have all days so far';
COMMENT ON COLUMN finsent_event_day.p_car IS 'two-sided probability of t_car';

CREATE TYPE finsent_event_return AS (
	ticker pg_catalog.text,
	event_day pg_catalog.date,
	status pg_catalog.text,
	day pg_catalog.int4,
	trading_day pg_catalog.date,
	simple_return pg_catalog.float8,
	expected pg_catalog.float8,
	abnormal pg_catalog.float8,
	standardised pg_catalog.float8);

COMMENT ON TYPE finsent_event_return IS 'return of one day around one event';
COMMENT ON COLUMN finsent_event_return.ticker IS 'ticker of the event';
COMMENT ON COLUMN finsent_event_return.event_day IS 'day of the event as given';
COMMENT ON COLUMN finsent_event_return.status IS 'used, or why the event was left out, in a single row';
COMMENT ON COLUMN finsent_event_return.day IS 'trading days from the event';
COMMENT ON COLUMN finsent_event_return.trading_day IS 'date of that day';
COMMENT ON COLUMN finsent_event_return.simple_return IS 'close / previous close - 1';
COMMENT ON COLUMN finsent_event_return.expected IS 'what the model expects';
COMMENT ON COLUMN finsent_event_return.abnormal IS 'simple_return - expected';
COMMENT ON COLUMN finsent_event_return.standardised IS 'abnormal over its standard deviation, with the error of the forecast';

CREATE FUNCTION finsent_event_study(events pg_catalog.text, prices pg_catalog.text, before pg_catalog.int4,
									after pg_catalog.int4, model pg_catalog.text DEFAULT 'market',
									market pg_catalog.text DEFAULT NULL, estimation pg_catalog.int4 DEFAULT 120,
									gap pg_catalog.int4 DEFAULT 11)
RETURNS SETOF finsent_event_day
AS 'MODULE_PATHNAME', 'finsent_event_study'
LANGUAGE C STABLE PARALLEL UNSAFE COST 1000 ROWS 11;

COMMENT ON FUNCTION finsent_event_study(pg_catalog.text, pg_catalog.text, pg_catalog.int4, pg_catalog.int4, pg_catalog.text, pg_catalog.text, pg_catalog.int4, pg_catalog.int4) IS
'event study from before days before to after days after the events; events: a query with ticker and day (date); prices: a query with ticker, day (date) and close (above 0), one a ticker and day; returns are simple ones from close to close; model: mean (the ticker''s own mean return), market_adjusted (the market''s return) or market (alpha + beta market, least squares), estimated over estimation trading days that end gap days before the event; market: a ticker of prices, or NULL for the equally weighted mean of all; an event without prices, or without enough days before it, is left out, counted and named in a NOTICE; SQLSTATE 22023 for a wrong argument or price, 21000 for two closes of a day; errors of queries: see finsent_query';

CREATE FUNCTION finsent_event_returns(events pg_catalog.text, prices pg_catalog.text, before pg_catalog.int4,
									  after pg_catalog.int4, model pg_catalog.text DEFAULT 'market',
									  market pg_catalog.text DEFAULT NULL, estimation pg_catalog.int4 DEFAULT 120,
									  gap pg_catalog.int4 DEFAULT 11)
RETURNS SETOF finsent_event_return
AS 'MODULE_PATHNAME', 'finsent_event_returns'
LANGUAGE C STABLE PARALLEL UNSAFE COST 1000 ROWS 1000;

COMMENT ON FUNCTION finsent_event_returns(pg_catalog.text, pg_catalog.text, pg_catalog.int4, pg_catalog.int4, pg_catalog.text, pg_catalog.text, pg_catalog.int4, pg_catalog.int4) IS
'what finsent_event_study is made of: a row an event and day, and a row an event that was left out, with the reason; arguments and errors as there';

-- Portfolio

CREATE TYPE finsent_position AS (
	ticker pg_catalog.text,
	exposure pg_catalog.float8,
	sentiment pg_catalog.float8,
	stderr pg_catalog.float8,
	contribution pg_catalog.float8,
	change_1d pg_catalog.float8,
	news_count pg_catalog.int8,
	headline pg_catalog.text,
	portfolio pg_catalog.text);

COMMENT ON TYPE finsent_position IS 'sentiment of a holding, or of a whole portfolio';
COMMENT ON COLUMN finsent_position.ticker IS 'ticker of the holding; NULL for the total of a portfolio';
COMMENT ON COLUMN finsent_position.exposure IS 'sum of the holding''s weights as given, negative for a short position; total: their sum';
COMMENT ON COLUMN finsent_position.sentiment IS 'decayed mean of the scores, -1 to 1; NULL without news; total: sum of contributions over the sum of the sizes of the exposures, -1 to 1';
COMMENT ON COLUMN finsent_position.stderr IS 'standard error of sentiment; NULL for a single article; total: from those of the holdings, taken as independent, a single article having the pooled deviation of all others';
COMMENT ON COLUMN finsent_position.contribution IS 'exposure x sentiment, in the unit of the weights; 0 without news; total: their sum';
COMMENT ON COLUMN finsent_position.change_1d IS 'sentiment less what it was 24 hours before; NULL if there was no news then; total: likewise, a holding without news being neutral';
COMMENT ON COLUMN finsent_position.news_count IS 'number of articles that count; total: their sum';
COMMENT ON COLUMN finsent_position.headline IS 'title of the article with the largest weight x decay x size of the score; total: of all';
COMMENT ON COLUMN finsent_position.portfolio IS 'portfolio as the holdings name it; NULL if they do not';

CREATE FUNCTION finsent_portfolio(holdings pg_catalog.text, news pg_catalog.text, as_of pg_catalog.timestamptz,
								  half_life pg_catalog.interval)
RETURNS SETOF finsent_position
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 1000 ROWS 50
AS $$
#variable_conflict use_column
DECLARE
	-- in seconds, a month counting 30 days, as in finsent_decay_avg
	age_of_half pg_catalog.float8 := 86400.0 * (30 * 12 * extract(year FROM half_life) + 30 * extract(month FROM half_life)
		+ extract(day FROM half_life)) + 3600.0 * extract(hour FROM half_life) + 60.0 * extract(minute FROM half_life)
		+ extract(second FROM half_life);
BEGIN
	IF as_of IS NULL OR NOT pg_catalog.isfinite(as_of) THEN
		RAISE invalid_parameter_value USING MESSAGE = 'as_of must be a finite time';
	END IF;
	IF age_of_half IS NULL OR NOT age_of_half > 0 THEN
		RAISE invalid_parameter_value USING MESSAGE = pg_catalog.format('half_life must be longer than zero, not %s', coalesce(half_life::pg_catalog.text, 'null'));
	END IF;
	RETURN QUERY
	WITH held AS (
		SELECT q.portfolio, q.ticker, pg_catalog.sum(q.weight) AS exposure
		FROM @extschema@.finsent_query(holdings, '{portfolio}', argument => 'holdings')
			AS q(portfolio pg_catalog.text, ticker pg_catalog.text, weight pg_catalog.float8)
		WHERE q.ticker IS NOT NULL AND q.weight IS NOT NULL
		GROUP BY q.portfolio, q.ticker
	), article AS (
		SELECT q.ticker, q.published, q.score, coalesce(q.weight, 1) AS weight, q.title,
			extract(epoch FROM as_of - q.published)::pg_catalog.float8 / age_of_half AS age
		FROM @extschema@.finsent_query(news, '{title,weight}', argument => 'news')
			AS q(ticker pg_catalog.text, published pg_catalog.timestamptz, score pg_catalog.float8, title pg_catalog.text, weight pg_catalog.float8)
		WHERE q.published <= as_of AND pg_catalog.isfinite(q.published) AND q.score IS NOT NULL AND coalesce(q.weight, 1) <> 0
			AND q.ticker IN (SELECT h.ticker FROM held h)
	), weighed AS (
		-- ages are counted from the ticker's newest article: only the ratio of weights matters, and old news weighs something
		SELECT a.*, a.weight * CASE WHEN a.weight < 0 THEN 1 -- refused as it was given
			ELSE 2 ^ greatest(-1000, pg_catalog.min(a.age) OVER (PARTITION BY a.ticker) - a.age) END AS w
		FROM article a
	), reading AS (
		SELECT w.ticker, @extschema@.finsent_index(w.score, w.w) AS now,
			@extschema@.finsent_decay_avg(w.score, w.published, as_of - '24 hours'::pg_catalog.interval, half_life, w.weight) AS before,
			(pg_catalog.array_agg(w.title ORDER BY w.w * pg_catalog.abs(w.score) DESC, w.published DESC, w.title COLLATE pg_catalog."C"))[1] AS headline,
			pg_catalog.max(w.w * pg_catalog.abs(w.score) * 2 ^ greatest(-1000, -w.age)) AS strength
		FROM weighed w GROUP BY w.ticker
	), pooled AS (
		SELECT pg_catalog.sqrt(pg_catalog.sum(((r.now).n - 1) * (r.now).sd ^ 2) / nullif(pg_catalog.sum((r.now).n - 1), 0)) AS sd
		FROM reading r WHERE (r.now).sd IS NOT NULL
	), holding AS (
		SELECT h.portfolio, h.ticker, h.exposure, (r.now).mean AS sentiment, (r.now).stderr AS stderr,
			h.exposure * coalesce((r.now).mean, 0) AS contribution, (r.now).mean - r.before AS change, r.before,
			coalesce((r.now).n, 0) AS news_count, r.headline, r.strength,
			CASE WHEN (r.now).n > 0 THEN coalesce((r.now).stderr, p.sd) ELSE 0 END AS error
		FROM held h LEFT JOIN reading r ON h.ticker = r.ticker CROSS JOIN pooled p
	), total AS (
		SELECT h.portfolio, pg_catalog.sum(h.exposure) AS exposure,
			pg_catalog.sum(h.contribution) / nullif(pg_catalog.sum(pg_catalog.abs(h.exposure)), 0) AS sentiment,
			CASE WHEN pg_catalog.bool_and(h.error IS NOT NULL) AND pg_catalog.sum(h.news_count) > 0
				THEN pg_catalog.sqrt(pg_catalog.sum((h.exposure * h.error) ^ 2)) / nullif(pg_catalog.sum(pg_catalog.abs(h.exposure)), 0) END AS stderr,
			pg_catalog.sum(h.contribution) AS contribution,
			CASE WHEN pg_catalog.count(h.before) > 0 THEN
				pg_catalog.sum(h.contribution - h.exposure * coalesce(h.before, 0)) / nullif(pg_catalog.sum(pg_catalog.abs(h.exposure)), 0) END AS change,
			pg_catalog.sum(h.news_count)::pg_catalog.int8 AS news_count,
			(pg_catalog.array_agg(h.headline ORDER BY pg_catalog.abs(h.exposure) * h.strength DESC NULLS LAST, h.ticker COLLATE pg_catalog."C"))[1] AS headline
		FROM holding h GROUP BY h.portfolio
	), answer AS (
		SELECT h.ticker, h.exposure, h.sentiment, h.stderr, h.contribution, h.change, h.news_count, h.headline, h.portfolio
		FROM holding h
		UNION ALL
		SELECT NULL, t.exposure, t.sentiment, t.stderr, t.contribution, t.change, t.news_count, t.headline, t.portfolio
		FROM total t
	)
	SELECT a.* FROM answer a
	ORDER BY a.portfolio COLLATE pg_catalog."C" NULLS FIRST, a.ticker IS NULL, pg_catalog.abs(a.contribution) DESC, a.ticker COLLATE pg_catalog."C";
END $$;

COMMENT ON FUNCTION finsent_portfolio(pg_catalog.text, pg_catalog.text, pg_catalog.timestamptz, pg_catalog.interval) IS
'sentiment of the holdings of portfolios at a moment, the largest contributions first, and behind them a row with the total (ticker NULL) and its standard error; holdings: a query with ticker, weight and optionally portfolio; news: a query with ticker, published (timestamptz), score and optionally title and weight (such as relevance); weights of news halve with every half_life of age, a month counts 30 days, news after as_of does not count; SQLSTATE 22023 for a half_life that is not above zero; errors of queries: see finsent_query';

-- Report

CREATE FUNCTION finsent_report_html(query pg_catalog.text, title pg_catalog.text DEFAULT NULL) RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'finsent_report_html'
LANGUAGE C STABLE PARALLEL UNSAFE COST 100000;

COMMENT ON FUNCTION finsent_report_html(pg_catalog.text, pg_catalog.text) IS
'sentiment of many tickers over time as one self-contained HTML page: the query (run read-only with the caller''s rights) gives ticker text, at timestamptz, score float8 and, if it has one, price; per ticker a mean with its standard error, news counts, and sentiment against price; at most 1000000 rows and 100 tickers, SQLSTATE 54000';

-- Search

CREATE TYPE finsent_found AS (
	key pg_catalog.jsonb,
	published pg_catalog.timestamptz,
	title pg_catalog.text,
	headline pg_catalog.text,
	score pg_catalog.float8,
	label finsent_sentiment,
	tickers pg_catalog.text[],
	rank pg_catalog.float8,
	versions pg_catalog.int4);

COMMENT ON TYPE finsent_found IS 'a story that finsent_search found';
COMMENT ON COLUMN finsent_found.key IS 'primary key of the row, column by column; NULL if the table has none';
COMMENT ON COLUMN finsent_found.published IS 'when it was published; NULL if the table was attached without such a column';
COMMENT ON COLUMN finsent_found.title IS 'its title; NULL if the table was attached without one';
COMMENT ON COLUMN finsent_found.headline IS 'fragments of the body around the words looked for, between <b> and </b>, nothing escaped; else its summary in one sentence';
COMMENT ON COLUMN finsent_found.score IS 'its stored score';
COMMENT ON COLUMN finsent_found.label IS 'the label of that score';
COMMENT ON COLUMN finsent_found.tickers IS 'its stored tickers, most relevant first';
COMMENT ON COLUMN finsent_found.rank IS 'what the order is by, 0 to 1: text match x recency x prominence of the tickers asked for';
COMMENT ON COLUMN finsent_found.versions IS 'how many rows among the best tell this story, this one included';

/*
 * The tsvector that a table's news are searched by, and its configuration: the
 * expression or column of the first valid GIN index over a tsvector, else made
 * of title and body on the fly with default_text_search_config.
 */
CREATE FUNCTION finsent_search_vector(news pg_catalog.regclass, body pg_catalog.text, title pg_catalog.text,
	OUT vector pg_catalog.text, OUT config pg_catalog.text, OUT index_used pg_catalog.regclass)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 200
AS $$
DECLARE
	source pg_catalog.text;
BEGIN
	SELECT pg_catalog.pg_get_indexdef(i.indexrelid, 1, false), i.indexrelid::pg_catalog.regclass,
		coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), pg_catalog.pg_get_indexdef(i.indexrelid, 1, false))
	INTO vector, index_used, source
	FROM pg_catalog.pg_index AS i
		JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) i.indexrelid
		JOIN pg_catalog.pg_am AS m ON m.oid OPERATOR(pg_catalog.=) c.relam
		JOIN pg_catalog.pg_attribute AS a ON a.attrelid OPERATOR(pg_catalog.=) i.indexrelid AND a.attnum OPERATOR(pg_catalog.=) 1
		LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid OPERATOR(pg_catalog.=) i.indrelid AND d.adnum OPERATOR(pg_catalog.=) i.indkey[0]
	WHERE i.indrelid OPERATOR(pg_catalog.=) news AND m.amname OPERATOR(pg_catalog.=) 'gin'::pg_catalog.name
		AND i.indisvalid AND i.indpred IS NULL
		AND EXISTS (
			SELECT FROM pg_catalog.pg_opclass AS o
			WHERE o.oid OPERATOR(pg_catalog.=) i.indclass[0] AND o.opcintype OPERATOR(pg_catalog.=) 'pg_catalog.tsvector'::pg_catalog.regtype)
	ORDER BY c.relname
	LIMIT 1;
	config := (pg_catalog.regexp_match(source, $r$to_tsvector\('((?:[^']|'')+)'::(?:pg_catalog\.)?regconfig$r$))[1];
	config := coalesce(pg_catalog.replace(config, '''''', ''''), pg_catalog.get_current_ts_config()::pg_catalog.text);
	IF vector IS NULL THEN
		vector := pg_catalog.format('pg_catalog.to_tsvector(%L::pg_catalog.regconfig, %s%I)', config,
			CASE WHEN title IS NULL THEN '' ELSE pg_catalog.format('coalesce(%I, '''') OPERATOR(pg_catalog.||) '' '' OPERATOR(pg_catalog.||) ', title) END, body);
	END IF;
END
$$;

COMMENT ON FUNCTION finsent_search_vector(pg_catalog.regclass, pg_catalog.text, pg_catalog.text) IS
'part of finsent_search: the tsvector that a table is searched by, its text search configuration, and the GIN index it is taken from';

CREATE FUNCTION finsent_search_sql(news pg_catalog.regclass, query pg_catalog.text, tickers pg_catalog.text[] DEFAULT NULL,
								   min_score pg_catalog.float8 DEFAULT NULL, max_score pg_catalog.float8 DEFAULT NULL,
								   since pg_catalog.timestamptz DEFAULT NULL, n pg_catalog.int4 DEFAULT 20)
RETURNS pg_catalog.text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
AS $$
DECLARE
	attached record;
	names pg_catalog.jsonb;
	search record;
	words pg_catalog.bool := pg_catalog.btrim(coalesce(query, '')) OPERATOR(pg_catalog.<>) '';
	asked pg_catalog.bool := pg_catalog.cardinality(coalesce(tickers, '{}')) OPERATOR(pg_catalog.>) 0;
	conditions pg_catalog.text[] := '{}';
	factors pg_catalog.text[] := '{}';
	key pg_catalog.text;
	score_column pg_catalog.text;
	tickers_column pg_catalog.text;
BEGIN
	IF news IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'news must not be NULL';
	END IF;
	IF n IS NULL OR n OPERATOR(pg_catalog.<) 1 OR n OPERATOR(pg_catalog.>) 1000 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = pg_catalog.format('n must be between 1 and 1000, not %s', coalesce(n::pg_catalog.text, 'null'));
	END IF;
	attached := @extschema@.finsent_attached(news);
	IF attached.trigger IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
			MESSAGE = pg_catalog.format('table %s is not attached', news),
			HINT = 'Attach it with finsent_attach.';
	END IF;
	-- the columns by what they hold, as the trigger names them
	SELECT pg_catalog.jsonb_object_agg(pg_catalog.split_part(a, '=', 1), pg_catalog.substr(a, pg_catalog.strpos(a, '=') OPERATOR(pg_catalog.+) 1))
	INTO names
	FROM pg_catalog.unnest(@extschema@.finsent_trigger_arguments(news, attached.trigger)) AS a;
	score_column := names OPERATOR(pg_catalog.->>) 'score';
	tickers_column := names OPERATOR(pg_catalog.->>) 'tickers';
	search := @extschema@.finsent_search_vector(news, attached.body, attached.title);
	IF words THEN
		conditions := pg_catalog.array_append(conditions, pg_catalog.format('%s OPERATOR(pg_catalog.@@) pg_catalog.websearch_to_tsquery(%L::pg_catalog.regconfig, %L)',
			search.vector, search.config, query));
		factors := pg_catalog.array_append(factors, pg_catalog.format('pg_catalog.ts_rank_cd(%s, pg_catalog.websearch_to_tsquery(%L::pg_catalog.regconfig, %L), 33)::pg_catalog.float8',
			search.vector, search.config, query));
	END IF;
	IF asked THEN
		IF tickers_column IS NULL THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = pg_catalog.format('tickers must be NULL: table %s stores none', news);
		END IF;
		conditions := pg_catalog.array_append(conditions, pg_catalog.format('%I OPERATOR(pg_catalog.@>) %L::pg_catalog.text[]', tickers_column, tickers));
		-- stored tickers are in order of relevance: the best place of one asked for
		factors := pg_catalog.array_append(factors, pg_catalog.format('(0.5 OPERATOR(pg_catalog.+) (0.5 OPERATOR(pg_catalog./) (SELECT pg_catalog.min(pg_catalog.array_position(%I, k)) FROM pg_catalog.unnest(%L::pg_catalog.text[]) AS k)))::pg_catalog.float8',
			tickers_column, tickers));
	END IF;
	IF min_score IS NOT NULL OR max_score IS NOT NULL THEN
		IF score_column IS NULL THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = pg_catalog.format('min_score and max_score must be NULL: table %s stores no score', news);
		END IF;
		IF min_score IS NOT NULL THEN
			conditions := pg_catalog.array_append(conditions, pg_catalog.format('%I OPERATOR(pg_catalog.>=) %L::pg_catalog.float8', score_column, min_score));
		END IF;
		IF max_score IS NOT NULL THEN
			conditions := pg_catalog.array_append(conditions, pg_catalog.format('%I OPERATOR(pg_catalog.<=) %L::pg_catalog.float8', score_column, max_score));
		END IF;
	END IF;
	IF attached.published IS NOT NULL THEN
		IF since IS NOT NULL THEN
			conditions := pg_catalog.array_append(conditions, pg_catalog.format('%I OPERATOR(pg_catalog.>=) %L::pg_catalog.timestamptz', attached.published, since));
		END IF;
		-- a week old counts three quarters, long ago half; what has no time is old
		factors := pg_catalog.array_append(factors, pg_catalog.format('(0.5 OPERATOR(pg_catalog.+) (0.5 OPERATOR(pg_catalog.*) coalesce(pg_catalog.power(0.5, least(60, greatest(0, extract(epoch FROM pg_catalog.now() OPERATOR(pg_catalog.-) %I) OPERATOR(pg_catalog./) 604800)))::pg_catalog.float8, 0)))',
			attached.published));
	ELSIF since IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = pg_catalog.format('since must be NULL: table %s was attached without a column of times', news);
	END IF;
	SELECT pg_catalog.string_agg(pg_catalog.format('%L, %I', a.attname, a.attname), ', ' ORDER BY k.n)
	INTO key
	FROM pg_catalog.pg_index AS i,
		LATERAL pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS k(attnum, n)
		JOIN pg_catalog.pg_attribute AS a ON a.attrelid OPERATOR(pg_catalog.=) news AND a.attnum OPERATOR(pg_catalog.=) k.attnum
	WHERE i.indrelid OPERATOR(pg_catalog.=) news AND i.indisprimary AND k.n OPERATOR(pg_catalog.<=) i.indnkeyatts;
	-- more than asked for, so that versions of one story can be told
	RETURN pg_catalog.format($q$SELECT %s AS key, %s AS published, %s AS title, %I::pg_catalog.text AS body, %s AS score, %s AS tickers, %s AS rank
FROM %s
WHERE %s
ORDER BY rank DESC, published DESC NULLS LAST, key
LIMIT %s$q$,
		CASE WHEN key IS NULL THEN 'NULL::pg_catalog.jsonb' ELSE pg_catalog.format('pg_catalog.jsonb_build_object(%s)', key) END,
		CASE WHEN attached.published IS NULL THEN 'NULL::pg_catalog.timestamptz' ELSE pg_catalog.format('%I::pg_catalog.timestamptz', attached.published) END,
		CASE WHEN attached.title IS NULL THEN 'NULL::pg_catalog.text' ELSE pg_catalog.format('%I::pg_catalog.text', attached.title) END,
		attached.body,
		CASE WHEN score_column IS NULL THEN 'NULL::pg_catalog.float8' ELSE pg_catalog.format('%I', score_column) END,
		CASE WHEN tickers_column IS NULL THEN 'NULL::pg_catalog.text[]' ELSE pg_catalog.format('%I', tickers_column) END,
		coalesce(pg_catalog.array_to_string(factors, ' OPERATOR(pg_catalog.*) '), '1::pg_catalog.float8'),
		news, coalesce(nullif(pg_catalog.array_to_string(conditions, ' AND '), ''), 'true'),
		n OPERATOR(pg_catalog.*) 3 OPERATOR(pg_catalog.+) 30);
END
$$;

COMMENT ON FUNCTION finsent_search_sql(pg_catalog.regclass, pg_catalog.text, pg_catalog.text[], pg_catalog.float8, pg_catalog.float8, pg_catalog.timestamptz, pg_catalog.int4) IS
'the query that finsent_search runs for the same arguments, before versions of one story are put together: for EXPLAIN, or to adapt';

CREATE FUNCTION finsent_search(news pg_catalog.regclass, query pg_catalog.text, tickers pg_catalog.text[] DEFAULT NULL,
							   min_score pg_catalog.float8 DEFAULT NULL, max_score pg_catalog.float8 DEFAULT NULL,
							   since pg_catalog.timestamptz DEFAULT NULL, n pg_catalog.int4 DEFAULT 20)
RETURNS SETOF finsent_found
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED COST 10000 ROWS 20
AS $$
DECLARE
	text_query pg_catalog.text := pg_catalog.btrim(coalesce(query, ''));
	config pg_catalog.regconfig;
	story record;
	fingerprint pg_catalog.int8;
	prints pg_catalog.int8[] := '{}';
	found_rows @extschema@.finsent_found[] := '{}';
	one @extschema@.finsent_found;
	first pg_catalog.int4;
	at pg_catalog.int4;
	attached record := @extschema@.finsent_attached(news);
BEGIN
	IF attached.trigger IS NOT NULL THEN
		config := (@extschema@.finsent_search_vector(news, attached.body, attached.title)).config::pg_catalog.regconfig;
	END IF;
	FOR story IN EXECUTE @extschema@.finsent_search_sql(news, query, tickers, min_score, max_score, since, n) LOOP
		fingerprint := @extschema@.finsent_fingerprint(story.body);
		-- rows come from the best on: the first that this one is a version of
		first := (SELECT p.i FROM pg_catalog.unnest(prints) WITH ORDINALITY AS p(print, i)
			WHERE @extschema@.finsent_similarity(p.print, fingerprint) OPERATOR(pg_catalog.>=) 0.78 ORDER BY p.i LIMIT 1);
		IF first IS NOT NULL THEN
			IF first OPERATOR(pg_catalog.<=) n THEN
				one := found_rows[first];
				one.versions := one.versions OPERATOR(pg_catalog.+) 1;
				found_rows[first] := one;
			END IF;
			CONTINUE;
		END IF;
		prints := pg_catalog.array_append(prints, fingerprint);
		IF pg_catalog.cardinality(prints) OPERATOR(pg_catalog.<=) n THEN
			one := ROW(story.key, story.published, story.title, story.body, story.score, @extschema@.finsent_label(story.score),
				story.tickers, story.rank, 1);
			found_rows := pg_catalog.array_append(found_rows, one);
		END IF;
	END LOOP;
	FOREACH one IN ARRAY found_rows LOOP
		one.headline := CASE WHEN text_query OPERATOR(pg_catalog.<>) ''
			THEN pg_catalog.ts_headline(config, one.headline, pg_catalog.websearch_to_tsquery(config, query), 'MaxFragments=2, MaxWords=24, MinWords=8')
			ELSE @extschema@.finsent_summary(one.headline, 1) END;
		RETURN NEXT one;
	END LOOP;
END
$$;

COMMENT ON FUNCTION finsent_search(pg_catalog.regclass, pg_catalog.text, pg_catalog.text[], pg_catalog.float8, pg_catalog.float8, pg_catalog.timestamptz, pg_catalog.int4) IS
'the n best stories of a table that finsent_attach prepared: words (as for websearch_to_tsquery; none: all), all of the tickers, a range of scores, a time; ranked by text match, recency and how prominent the tickers are, versions of one story once; uses GIN indexes over a tsvector and over the tickers';
