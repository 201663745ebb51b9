-- Installation: any schema, any search path, dropped without a trace;
-- objects planted beforehand are never adopted.
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS finsent CASCADE;
RESET client_min_messages;
-- PostgreSQL 18 shows where in the script an error is
\set SHOW_CONTEXT never
CREATE TEMP TABLE before AS SELECT classid, objid FROM pg_depend WHERE deptype = 'e';

CREATE SCHEMA "Odd Schema é";
CREATE EXTENSION finsent SCHEMA "Odd Schema é";
SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'finsent';

-- nothing is found by name at run time: the search path does not matter
SET search_path = pg_catalog;
SELECT label::text, cardinality(tickers) AS tickers, cardinality(ticker_sentiment) AS companies, cardinality(metrics) AS metrics
FROM "Odd Schema é".finsent_analyze('Apple Inc said revenue rose 12% to $1.2 billion.');
SELECT "Odd Schema é".finsent_label(0.5);
SELECT n, label FROM "Odd Schema é".finsent_sentences('The meeting is on Monday.');
SELECT kind, months FROM "Odd Schema é".finsent_insights('The main risk over the next 3-6 months is weaker demand.');

-- nor do objects of the same name that stand before it in the path
RESET search_path;
CREATE SCHEMA trap;
CREATE TYPE trap.finsent_sentiment AS ENUM ('trapped');
CREATE TYPE trap.int4range AS (a int);
CREATE FUNCTION trap.finsent_score(text, text DEFAULT NULL) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 7';
SET search_path = trap, "Odd Schema é", pg_catalog;
SELECT "Odd Schema é".finsent_label(-0.5), months FROM "Odd Schema é".finsent_insights('The main risk over the next 3-6 months is weaker demand.');
RESET search_path;

-- it can be installed again elsewhere, in the middle of a session that has used it
DROP EXTENSION finsent;
CREATE EXTENSION finsent SCHEMA public;
SELECT finsent_label(0.5), (finsent_analyze('The meeting is on Monday.')).label;

-- planted before: refused
DROP EXTENSION finsent;
CREATE FUNCTION trap.finsent_model() RETURNS text LANGUAGE sql AS $$SELECT 'planted'$$;
CREATE EXTENSION finsent SCHEMA trap;
DROP SCHEMA trap CASCADE;
CREATE SCHEMA trap;
CREATE FUNCTION trap.finsent_model() RETURNS text LANGUAGE sql AS $$SELECT 'planted'$$;
CREATE EXTENSION finsent SCHEMA trap;
DROP SCHEMA trap CASCADE;

-- nothing is left
SELECT classid::regclass, objid FROM pg_depend WHERE deptype = 'e' EXCEPT SELECT classid::regclass, objid FROM before;
SELECT proname FROM pg_proc WHERE proname LIKE 'finsent%';
SELECT typname FROM pg_type WHERE typname LIKE '%finsent%';
SELECT relname FROM pg_class WHERE relname LIKE 'finsent%';

-- a trusted extension: whoever may create in a database may have it
CREATE ROLE regress_finsent_user;
DO $$BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_finsent_user', current_database()); END$$;
CREATE SCHEMA finsent_own AUTHORIZATION regress_finsent_user;
SET ROLE regress_finsent_user;
CREATE EXTENSION finsent SCHEMA finsent_own;
SELECT finsent_own.finsent_class(finsent_own.finsent_score('Profit surged to a record.'));
DROP EXTENSION finsent;
RESET ROLE;
DROP SCHEMA finsent_own;
DO $$BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_finsent_user', current_database()); END$$;
DROP ROLE regress_finsent_user;
DROP SCHEMA "Odd Schema é";
CREATE EXTENSION finsent;
