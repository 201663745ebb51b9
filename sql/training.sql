
/*
 * training.sql - models trained in SQL on the rows of a workspace
 *
 * Names of the extension's own objects inside function bodies are written with
 * @extschema@; whatever else a body names, with pg_catalog or the schema that
 * its arguments give.
 */

-- Evaluation

CREATE TYPE finsent_evaluation AS (
	accuracy pg_catalog.float8,
	macro_f1 pg_catalog.float8,
	mcc pg_catalog.float8,
	majority pg_catalog.float8,
	n pg_catalog.int8,
	per_class pg_catalog.jsonb);

COMMENT ON TYPE finsent_evaluation IS 'how well predicted classes agree with gold ones';
COMMENT ON COLUMN finsent_evaluation.accuracy IS 'share of the rows whose classes are the same';
COMMENT ON COLUMN finsent_evaluation.macro_f1 IS 'mean F1 of all classes that occur as predicted or gold';
COMMENT ON COLUMN finsent_evaluation.mcc IS 'correlation of the two columns (R_K; Matthews'' coefficient where there are two classes), -1 to 1; 0 where one column is constant';
COMMENT ON COLUMN finsent_evaluation.majority IS 'accuracy of always predicting the most frequent gold class';
COMMENT ON COLUMN finsent_evaluation.n IS 'rows counted: those with neither class NULL';
COMMENT ON COLUMN finsent_evaluation.per_class IS 'by class: gold, predicted (rows), precision (null if never predicted), recall (null if never gold), f1';

CREATE FUNCTION finsent_eval_add(state pg_catalog.bytea, predicted pg_catalog.anyelement, gold pg_catalog.anyelement)
RETURNS pg_catalog.bytea
AS 'MODULE_PATHNAME', 'finsent_eval_add'
LANGUAGE C STABLE PARALLEL SAFE COST 5;

COMMENT ON FUNCTION finsent_eval_add(pg_catalog.bytea, pg_catalog.anyelement, pg_catalog.anyelement) IS
'support of finsent_eval: a row more';

CREATE FUNCTION finsent_eval_combine(pg_catalog.bytea, pg_catalog.bytea)
RETURNS pg_catalog.bytea
AS 'MODULE_PATHNAME', 'finsent_eval_combine'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION finsent_eval_combine(pg_catalog.bytea, pg_catalog.bytea) IS
'support of finsent_eval: two states as one';

CREATE FUNCTION finsent_eval_final(state pg_catalog.bytea)
RETURNS finsent_evaluation
AS 'MODULE_PATHNAME', 'finsent_eval_final'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;

COMMENT ON FUNCTION finsent_eval_final(pg_catalog.bytea) IS
'support of finsent_eval: the figures of a state';

CREATE AGGREGATE finsent_eval(predicted pg_catalog.anyelement, gold pg_catalog.anyelement) (
	SFUNC = finsent_eval_add,
	STYPE = pg_catalog.bytea,
	COMBINEFUNC = finsent_eval_combine,
	FINALFUNC = finsent_eval_final,
	PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_eval(pg_catalog.anyelement, pg_catalog.anyelement) IS
'accuracy, macro F1, correlation and figures by class of predicted against gold classes of any type; pairs with a NULL are skipped, NULL if none is left; SQLSTATE 54000 beyond 1000 classes';

CREATE AGGREGATE finsent_eval_state(predicted pg_catalog.anyelement, gold pg_catalog.anyelement) (
	SFUNC = finsent_eval_add,
	STYPE = pg_catalog.bytea,
	COMBINEFUNC = finsent_eval_combine,
	PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_eval_state(pg_catalog.anyelement, pg_catalog.anyelement) IS
'the state of finsent_eval, to be merged elsewhere';

CREATE AGGREGATE finsent_eval_merge(state pg_catalog.bytea) (
	SFUNC = finsent_eval_combine,
	STYPE = pg_catalog.bytea,
	COMBINEFUNC = finsent_eval_combine,
	FINALFUNC = finsent_eval_final,
	PARALLEL = SAFE);

COMMENT ON AGGREGATE finsent_eval_merge(pg_catalog.bytea) IS
'the figures of merged states of finsent_eval_state';

/*
 * Called by finsent_create_workspace in the workspace's fresh schema.  Whatever
 * table it creates is listed in finsent_workspace_tables (live.sql).
 */
CREATE FUNCTION finsent_workspace_training(workspace pg_catalog.name)
RETURNS pg_catalog.void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 10000
AS $$
BEGIN
	-- no tables yet
END
$$;

COMMENT ON FUNCTION finsent_workspace_training(pg_catalog.name) IS
'part of finsent_create_workspace: models and what they were trained on';
