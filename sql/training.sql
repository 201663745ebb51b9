
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
-- Models of your own

/*
 * Table model of a workspace.  A version is never given twice.
 */
CREATE FUNCTION finsent_workspace_training(workspace pg_catalog.name)
RETURNS pg_catalog.void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 10000
AS $$
BEGIN
	EXECUTE pg_catalog.format($sql$
		CREATE TABLE %1$I.model (
			version pg_catalog.int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			created_at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.now(),
			note pg_catalog.text,
			features pg_catalog.text NOT NULL,
			weights pg_catalog.bytea NOT NULL,
			checksum pg_catalog.text NOT NULL,
			n pg_catalog.int8,
			folds pg_catalog.int4,
			seed pg_catalog.int4,
			accuracy pg_catalog.float8,
			macro_f1 pg_catalog.float8,
			mcc pg_catalog.float8,
			majority pg_catalog.float8,
			compiled_accuracy pg_catalog.float8,
			compiled_macro_f1 pg_catalog.float8,
			per_class pg_catalog.jsonb,
			query pg_catalog.text,
			CONSTRAINT version_is_positive CHECK (version OPERATOR(pg_catalog.>) 0),
			CONSTRAINT checksum_is_that_of_the_weights CHECK (
				checksum OPERATOR(pg_catalog.=) pg_catalog.encode(pg_catalog.sha256(weights), 'hex')));
		COMMENT ON TABLE %1$I.model IS 'models trained by finsent_train; finsent_score_as scores with any of them';
		COMMENT ON COLUMN %1$I.model.version IS 'number by which finsent_score_as and finsent_drift know it';
		COMMENT ON COLUMN %1$I.model.note IS 'for people';
		COMMENT ON COLUMN %1$I.model.features IS 'finsent_model() of the finsent that trained it: another one refuses it';
		COMMENT ON COLUMN %1$I.model.weights IS 'the model: its format is in docs/training.md';
		COMMENT ON COLUMN %1$I.model.checksum IS 'SHA-256 of the weights, hexadecimal';
		COMMENT ON COLUMN %1$I.model.n IS 'texts that it was trained on';
		COMMENT ON COLUMN %1$I.model.accuracy IS 'by cross-validation, as are macro_f1, mcc and per_class';
		COMMENT ON COLUMN %1$I.model.majority IS 'accuracy of always predicting the most frequent class';
		COMMENT ON COLUMN %1$I.model.compiled_accuracy IS 'of finsent_score on the same texts, as is compiled_macro_f1';
		COMMENT ON COLUMN %1$I.model.query IS 'the query whose rows it was trained on';
		CREATE TRIGGER finsent_model_changed AFTER INSERT OR UPDATE OR DELETE ON %1$I.model
			FOR EACH ROW EXECUTE FUNCTION @extschema@.finsent_words_changed();
		CREATE TRIGGER finsent_model_emptied AFTER TRUNCATE ON %1$I.model
			FOR EACH STATEMENT EXECUTE FUNCTION @extschema@.finsent_words_changed();
		-- on a subscriber of logical replication too
		ALTER TABLE %1$I.model ENABLE ALWAYS TRIGGER finsent_model_changed;
		ALTER TABLE %1$I.model ENABLE ALWAYS TRIGGER finsent_model_emptied
		$sql$, workspace);
END
$$;

COMMENT ON FUNCTION finsent_workspace_training(pg_catalog.name) IS
'part of finsent_create_workspace: table model';

CREATE TYPE finsent_fitted AS (
	weights pg_catalog.bytea,
	features pg_catalog.text,
	n pg_catalog.int8,
	accuracy pg_catalog.float8,
	macro_f1 pg_catalog.float8,
	mcc pg_catalog.float8,
	majority pg_catalog.float8,
	compiled_accuracy pg_catalog.float8,
	compiled_macro_f1 pg_catalog.float8,
	per_class pg_catalog.jsonb,
	skipped pg_catalog.int8,
	memory pg_catalog.int8,
	seconds pg_catalog.float8);

COMMENT ON TYPE finsent_fitted IS 'a model that finsent_fit made, and its figures';
COMMENT ON COLUMN finsent_fitted.weights IS 'the model: its format is in docs/training.md';
COMMENT ON COLUMN finsent_fitted.features IS 'finsent_model() of the finsent that trained it';
COMMENT ON COLUMN finsent_fitted.n IS 'texts that it was trained on';
COMMENT ON COLUMN finsent_fitted.accuracy IS 'share of texts with the right class: every text is predicted by a model that has not seen it';
COMMENT ON COLUMN finsent_fitted.macro_f1 IS 'mean F1 of the classes, by cross-validation';
COMMENT ON COLUMN finsent_fitted.mcc IS 'correlation of predicted and given class (R_K), by cross-validation';
COMMENT ON COLUMN finsent_fitted.majority IS 'accuracy of always predicting the most frequent class';
COMMENT ON COLUMN finsent_fitted.compiled_accuracy IS 'accuracy of finsent_score on the same texts';
COMMENT ON COLUMN finsent_fitted.compiled_macro_f1 IS 'mean F1 of finsent_score on the same texts';
COMMENT ON COLUMN finsent_fitted.per_class IS 'by class: gold, predicted (texts), precision, recall, f1, by cross-validation';
COMMENT ON COLUMN finsent_fitted.skipped IS 'rows left out: text, or label and score, NULL';
COMMENT ON COLUMN finsent_fitted.memory IS 'memory that training took, in bytes';
COMMENT ON COLUMN finsent_fitted.seconds IS 'time from the query to the model';

CREATE FUNCTION finsent_fit(query pg_catalog.text, folds pg_catalog.int4 DEFAULT 5, seed pg_catalog.int4 DEFAULT 1)
RETURNS finsent_fitted
AS 'MODULE_PATHNAME', 'finsent_fit'
LANGUAGE C STABLE PARALLEL UNSAFE COST 1000000;

COMMENT ON FUNCTION finsent_fit(pg_catalog.text, pg_catalog.int4, pg_catalog.int4) IS
'what finsent_train does, without storing the model: fits it to the rows of a query with the columns text and label or score';

CREATE TYPE finsent_training AS (
	version pg_catalog.int4,
	n pg_catalog.int8,
	folds pg_catalog.int4,
	seed pg_catalog.int4,
	accuracy pg_catalog.float8,
	macro_f1 pg_catalog.float8,
	mcc pg_catalog.float8,
	majority pg_catalog.float8,
	compiled_accuracy pg_catalog.float8,
	compiled_macro_f1 pg_catalog.float8,
	per_class pg_catalog.jsonb,
	skipped pg_catalog.int8,
	memory pg_catalog.int8,
	seconds pg_catalog.float8);

COMMENT ON TYPE finsent_training IS 'a stored model and its figures';
COMMENT ON COLUMN finsent_training.version IS 'number of the model in the workspace, for finsent_score_as';
COMMENT ON COLUMN finsent_training.n IS 'texts that it was trained on';
COMMENT ON COLUMN finsent_training.folds IS 'parts of the cross-validation';
COMMENT ON COLUMN finsent_training.seed IS 'what dealt the texts out to them';
COMMENT ON COLUMN finsent_training.accuracy IS 'share of texts with the right class: every text is predicted by a model that has not seen it';
COMMENT ON COLUMN finsent_training.macro_f1 IS 'mean F1 of the classes, by cross-validation';
COMMENT ON COLUMN finsent_training.mcc IS 'correlation of predicted and given class (R_K), by cross-validation';
COMMENT ON COLUMN finsent_training.majority IS 'accuracy of always predicting the most frequent class';
COMMENT ON COLUMN finsent_training.compiled_accuracy IS 'accuracy of finsent_score on the same texts';
COMMENT ON COLUMN finsent_training.compiled_macro_f1 IS 'mean F1 of finsent_score on the same texts';
COMMENT ON COLUMN finsent_training.per_class IS 'by class: gold, predicted (texts), precision, recall, f1, by cross-validation';
COMMENT ON COLUMN finsent_training.skipped IS 'rows left out: text, or label and score, NULL';
COMMENT ON COLUMN finsent_training.memory IS 'memory that training took, in bytes';
COMMENT ON COLUMN finsent_training.seconds IS 'time from the query to the model';

CREATE FUNCTION finsent_train(workspace pg_catalog.name, query pg_catalog.text, folds pg_catalog.int4 DEFAULT 5,
							  seed pg_catalog.int4 DEFAULT 1)
RETURNS finsent_training
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
AS $$
DECLARE
	schema_oid pg_catalog.oid := @extschema@.finsent_workspace_oid(workspace);
	fitted @extschema@.finsent_fitted;
	version pg_catalog.int4;
BEGIN
	-- before the work, not after it
	IF NOT pg_catalog.has_table_privilege(pg_catalog.format('%I.model', workspace), 'INSERT') THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
			MESSAGE = pg_catalog.format('permission denied to store a model in workspace "%s"', workspace),
			HINT = 'Owners of a workspace can: finsent_grant_workspace(name, role, ''owner'').';
	END IF;
	fitted := @extschema@.finsent_fit(query, folds, seed);
	EXECUTE pg_catalog.format($sql$
		INSERT INTO %I.model (features, weights, checksum, n, folds, seed, accuracy, macro_f1, mcc, majority,
			compiled_accuracy, compiled_macro_f1, per_class, query)
		VALUES ($1.features, $1.weights, pg_catalog.encode(pg_catalog.sha256($1.weights), 'hex'), $1.n, $2, $3, $1.accuracy,
			$1.macro_f1, $1.mcc, $1.majority, $1.compiled_accuracy, $1.compiled_macro_f1, $1.per_class, $4)
		RETURNING version
		$sql$, workspace) INTO version USING fitted, folds, seed, query;
	RETURN (version, fitted.n, folds, seed, fitted.accuracy, fitted.macro_f1, fitted.mcc, fitted.majority,
		fitted.compiled_accuracy, fitted.compiled_macro_f1, fitted.per_class, fitted.skipped, fitted.memory, fitted.seconds);
END
$$;

COMMENT ON FUNCTION finsent_train(pg_catalog.name, pg_catalog.text, pg_catalog.int4, pg_catalog.int4) IS
'fit the sentence model to the rows of a query (columns text, and label: negative, neutral, positive or a finsent_sentiment, or score: -1 to 1), cross-validate it and store it as a new version in a workspace; the query runs read-only with the caller''s rights; SQLSTATE 22023 for folds not between 2 and 50, another label, fewer than 20 texts or two classes, 54000 beyond a million texts or 1 GB';

CREATE TYPE finsent_drifted AS (
	"text" pg_catalog.text,
	label_a finsent_sentiment,
	label_b finsent_sentiment,
	score_a pg_catalog.float8,
	score_b pg_catalog.float8);

COMMENT ON TYPE finsent_drifted IS 'a text to which two models give different labels';
COMMENT ON COLUMN finsent_drifted."text" IS 'the text';
COMMENT ON COLUMN finsent_drifted.label_a IS 'label by version_a';
COMMENT ON COLUMN finsent_drifted.label_b IS 'label by version_b';
COMMENT ON COLUMN finsent_drifted.score_a IS 'score by version_a';
COMMENT ON COLUMN finsent_drifted.score_b IS 'score by version_b';

CREATE FUNCTION finsent_drift(workspace pg_catalog.name, version_a pg_catalog.int4, version_b pg_catalog.int4, query pg_catalog.text)
RETURNS SETOF finsent_drifted
LANGUAGE sql STABLE PARALLEL UNSAFE COST 100000 ROWS 100
AS $$
SELECT s."text", @extschema@.finsent_label(s.score_a), @extschema@.finsent_label(s.score_b), s.score_a, s.score_b
FROM (
	SELECT q."text",
		@extschema@.finsent_score_as(workspace, q."text", NULL, version_a) AS score_a,
		@extschema@.finsent_score_as(workspace, q."text", NULL, version_b) AS score_b
	FROM @extschema@.finsent_query(query) AS q("text" pg_catalog.text)
	OFFSET 0) AS s
WHERE @extschema@.finsent_label(s.score_a) OPERATOR(pg_catalog.<>) @extschema@.finsent_label(s.score_b)
$$;

COMMENT ON FUNCTION finsent_drift(pg_catalog.name, pg_catalog.int4, pg_catalog.int4, pg_catalog.text) IS
'texts of a query (column text) to which two models of a workspace give different labels; versions as in finsent_score_as; the query runs read-only with the caller''s rights';
