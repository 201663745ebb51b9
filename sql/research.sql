
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
