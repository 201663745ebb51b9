-- The SQL surface: names, types, volatility, cost, comments.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
-- no counts of rows: every new object would change them
\pset footer off

CREATE TEMP VIEW members AS
SELECT d.classid, d.objid
FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE e.extname = 'finsent' AND d.deptype = 'e'
	-- from PostgreSQL 17 on a type's array type is a member too
	AND NOT (d.classid = 'pg_type'::regclass AND EXISTS (SELECT FROM pg_type t WHERE t.typarray = d.objid));

-- functions; unaligned, so that a new one changes no other line
\pset format unaligned
SELECT p.proname AS function, pg_get_function_arguments(p.oid) AS arguments, pg_get_function_result(p.oid) AS result
FROM members m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
ORDER BY 1, 2;

-- whatever reads a text alone is in C, immutable and parallel safe, and has a cost, and row sets an expectation of rows
CREATE TEMP VIEW readers AS
SELECT p.*
FROM members m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
WHERE p.proname IN ('finsent_score', 'finsent_label', 'finsent_class', 'finsent_analyze', 'finsent_target_score', 'finsent_sentences',
	'finsent_explain', 'finsent_model', 'finsent_tickers', 'finsent_ticker_sentiment', 'finsent_metrics', 'finsent_quantities',
	'finsent_companies', 'finsent_symbol', 'finsent_period', 'finsent_summary', 'finsent_insights', 'finsent_highlight', 'finsent_card_html');
SELECT p.proname
FROM readers p
WHERE p.provolatile <> 'i' OR p.proparallel <> 's' OR p.proretset <> (p.prorows > 0) OR p.prorows = 1000
	OR (p.procost < 100) <> (p.proname IN ('finsent_class', 'finsent_model', 'finsent_symbol', 'finsent_period')
							 OR p.proname = 'finsent_label' AND p.proargtypes[0] = 'float8'::regtype)
	OR p.prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c') OR p.prosecdef OR p.proconfig IS NOT NULL;

-- a NULL title is no title: functions that have one are not strict
SELECT p.proname, p.proisstrict
FROM readers p
WHERE p.proisstrict = (p.proargnames @> '{title}' OR p.proname IN ('finsent_summary', 'finsent_highlight'))
	OR p.proargnames @> '{title}' AND p.pronargdefaults = 0;

-- types
SELECT t.typname AS type, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS of_type
FROM members m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
	JOIN pg_attribute a ON a.attrelid = t.typrelid
WHERE t.typtype = 'c'
ORDER BY t.typname, a.attnum;
\pset format aligned
SELECT unnest(enum_range(NULL::finsent_sentiment)) AS label;

-- comments: on the extension, every type, every column, every function
SELECT obj_description(oid, 'pg_extension') IS NOT NULL AS commented FROM pg_extension WHERE extname = 'finsent';
SELECT pg_describe_object(m.classid, m.objid, 0) AS uncommented
FROM members m
WHERE obj_description(m.objid, m.classid::regclass::name) IS NULL AND m.classid IN ('pg_proc'::regclass, 'pg_type'::regclass);
SELECT t.typname, a.attname AS uncommented
FROM members m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
	JOIN pg_attribute a ON a.attrelid = t.typrelid
WHERE t.typtype = 'c' AND col_description(a.attrelid, a.attnum) IS NULL;

-- nothing else belongs to the extension
SELECT DISTINCT m.classid::regclass::text COLLATE "C" AS catalog FROM members m ORDER BY 1;

-- the model has a name and a version
SELECT finsent_model() ~ '^finsent-[0-9]' AS model;
