
/*
 * live.sql - live news tables: workspaces, the scoring trigger, your own words and companies
 *
 * Names of the extension's own objects inside function bodies are written with
 * @extschema@; whatever else a body names, with pg_catalog or the schema that
 * its arguments give.
 *
 * A workspace is a schema of ordinary tables that belong to whoever created it:
 * what an extension creates itself would belong to the bootstrap superuser and
 * could neither be read nor dumped by its user.  A schema is a workspace if its
 * table "term" carries the trigger finsent_words_changed: tables, triggers and
 * comments are dumped and restored like any others, so nothing else has to be
 * remembered anywhere.
 */

-- Workspaces

/*
 * The tables of a workspace by kind: what the kinds of finsent_grant_workspace
 * may change.  Every group of functions that creates tables lists them here.
 *
 *   knowledge  written by people: words, companies, rules, models
 *   state      written by the triggers of news tables, whoever inserts news
 */
CREATE FUNCTION finsent_workspace_tables(OUT relation pg_catalog.name, OUT kind pg_catalog.text)
RETURNS SETOF pg_catalog.record
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10 ROWS 10
AS $$
VALUES
	('term'::pg_catalog.name, 'knowledge'::pg_catalog.text),
	('company', 'knowledge'),
	('model', 'knowledge'),
	('alert_rule', 'knowledge'),
	('alert', 'state'),
	('alert_state', 'state')
$$;

COMMENT ON FUNCTION finsent_workspace_tables() IS
'tables of a workspace by kind: knowledge is written by people, state by the triggers of news tables';

CREATE FUNCTION finsent_words_changed()
RETURNS pg_catalog.trigger
AS 'MODULE_PATHNAME', 'finsent_words_changed'
LANGUAGE C VOLATILE PARALLEL UNSAFE COST 1;

COMMENT ON FUNCTION finsent_words_changed() IS
'trigger of a workspace''s tables term and company: all sessions read them again once the change is committed';

/*
 * Triggers of the extension, on tables that the caller may not even read, whose
 * arguments name the workspace.  Arguments are stored with a zero byte behind each.
 */
CREATE FUNCTION finsent_workspace_triggers(workspace pg_catalog.name, OUT tgrelid pg_catalog.oid, OUT tgname pg_catalog.name)
RETURNS SETOF pg_catalog.record
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 2
AS $$
SELECT t.tgrelid, t.tgname
FROM pg_catalog.pg_trigger AS t JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) t.tgfoid
WHERE p.pronamespace OPERATOR(pg_catalog.=) '@extschema@'::pg_catalog.regnamespace
	AND p.proname OPERATOR(pg_catalog.^@) 'finsent_'::pg_catalog.text
	AND pg_catalog."position"(
		'\x00'::pg_catalog.bytea OPERATOR(pg_catalog.||) t.tgargs,
		'\x00'::pg_catalog.bytea OPERATOR(pg_catalog.||)
			pg_catalog.convert_to(pg_catalog.concat('workspace=', workspace), pg_catalog.getdatabaseencoding())
			OPERATOR(pg_catalog.||) '\x00'::pg_catalog.bytea) OPERATOR(pg_catalog.>) 0
$$;

COMMENT ON FUNCTION finsent_workspace_triggers(pg_catalog.name) IS
'triggers of news tables that name a workspace';

/*
 * The oid of a workspace's schema; ERROR 3F000 if there is none.
 */
CREATE FUNCTION finsent_workspace_oid(workspace pg_catalog.name)
RETURNS pg_catalog.oid
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100
AS $$
DECLARE
	schema_oid pg_catalog.oid := (
		SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname OPERATOR(pg_catalog.=) workspace);
BEGIN
	IF workspace IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'workspace must not be NULL';
	END IF;
	IF schema_oid IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_schema_name',
			MESSAGE = pg_catalog.format('workspace "%s" does not exist', workspace);
	END IF;
	IF NOT EXISTS (
		SELECT FROM pg_catalog.pg_trigger AS t JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) t.tgrelid
		WHERE c.relnamespace OPERATOR(pg_catalog.=) schema_oid AND c.relname OPERATOR(pg_catalog.=) 'term'::pg_catalog.name
			AND t.tgfoid OPERATOR(pg_catalog.=) '@extschema@.finsent_words_changed()'::pg_catalog.regprocedure)
	THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_schema_name',
			MESSAGE = pg_catalog.format('schema "%s" is not a workspace', workspace),
			HINT = 'Workspaces are created by finsent_create_workspace.';
	END IF;
	RETURN schema_oid;
END
$$;

COMMENT ON FUNCTION finsent_workspace_oid(pg_catalog.name) IS
'oid of a workspace''s schema; SQLSTATE 3F000 if there is no such workspace';

/*
 * Tables term and company.  What a CHECK refuses is told by its name, which the
 * message quotes.
 */
CREATE FUNCTION finsent_workspace_words(workspace pg_catalog.name)
RETURNS pg_catalog.void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 10000
AS $$
DECLARE
	relation pg_catalog.name;
BEGIN
	EXECUTE pg_catalog.format($sql$
		CREATE TABLE %1$I.term (
			term pg_catalog.text PRIMARY KEY,
			weight pg_catalog.float8 NOT NULL,
			note pg_catalog.text,
			CONSTRAINT term_holds_a_letter_or_digit CHECK (term OPERATOR(pg_catalog.~) '[^[:space:][:punct:][:cntrl:]]'),
			CONSTRAINT term_has_at_most_200_characters CHECK (pg_catalog.length(term) OPERATOR(pg_catalog.<=) 200),
			CONSTRAINT weight_is_between_minus_1_and_1 CHECK (
				weight OPERATOR(pg_catalog.>=) -1 AND weight OPERATOR(pg_catalog.<=) 1));
		-- a term is found whatever its case, so it is there once
		CREATE UNIQUE INDEX term_whatever_its_case ON %1$I.term (pg_catalog.lower(term));
		COMMENT ON TABLE %1$I.term IS 'words and phrases of your own: their weight counts instead of what finsent knows of them';
		COMMENT ON COLUMN %1$I.term.term IS 'word or phrase as texts have it, in any case';
		COMMENT ON COLUMN %1$I.term.weight IS 'how good (to 1) or bad (to -1) the news is that it tells; 0 silences it';
		COMMENT ON COLUMN %1$I.term.note IS 'for people'
		$sql$, workspace);
	EXECUTE pg_catalog.format($sql$
		CREATE TABLE %1$I.company (
			ticker pg_catalog.text,
			name pg_catalog.text NOT NULL,
			aliases pg_catalog.text[] NOT NULL DEFAULT '{}',
			active pg_catalog.daterange NOT NULL DEFAULT '(,)',
			PRIMARY KEY (ticker, active),
			CONSTRAINT ticker_is_1_to_15_of_capitals_digits_dot_hyphen_ampersand CHECK (
				ticker OPERATOR(pg_catalog.~) '^[A-Z0-9][A-Z0-9.&-]{0,14}$'),
			CONSTRAINT name_holds_a_letter_or_digit CHECK (name OPERATOR(pg_catalog.~) '[^[:space:][:punct:][:cntrl:]]'),
			CONSTRAINT name_has_at_most_200_characters CHECK (pg_catalog.length(name) OPERATOR(pg_catalog.<=) 200),
			CONSTRAINT aliases_are_one_list_without_null CHECK (
				coalesce(pg_catalog.array_ndims(aliases), 1) OPERATOR(pg_catalog.=) 1
				AND pg_catalog.array_position(aliases, NULL) IS NULL),
			CONSTRAINT aliases_hold_a_letter_or_digit CHECK (
				aliases OPERATOR(pg_catalog.=) '{}'
				OR pg_catalog.concat(E'\n', pg_catalog.array_to_string(aliases, E'\n'), E'\n')
					OPERATOR(pg_catalog.!~) '\n[[:space:][:punct:][:cntrl:]]*\n'),
			CONSTRAINT aliases_have_at_most_200_characters CHECK (
				pg_catalog.array_to_string(aliases, E'\n') OPERATOR(pg_catalog.!~) '[^\n]{201}'),
			CONSTRAINT aliases_are_at_most_200 CHECK (pg_catalog.cardinality(aliases) OPERATOR(pg_catalog.<=) 200),
			CONSTRAINT active_is_not_empty CHECK (NOT pg_catalog.isempty(active)));
		COMMENT ON TABLE %1$I.company IS 'companies of your own: their names count before those that finsent knows';
		COMMENT ON COLUMN %1$I.company.ticker IS 'symbol to report; that of a company which finsent knows gives it further names';
		COMMENT ON COLUMN %1$I.company.name IS 'name to report, and by which texts speak of the company';
		COMMENT ON COLUMN %1$I.company.aliases IS 'further names: brands, subsidiaries; one with a capital is found only where the text writes one';
		COMMENT ON COLUMN %1$I.company.active IS 'days on which the names mean this company'
		$sql$, workspace);
	FOREACH relation IN ARRAY ARRAY['term', 'company']::pg_catalog.name[] LOOP
		EXECUTE pg_catalog.format($sql$
			CREATE TRIGGER finsent_words_changed AFTER INSERT OR UPDATE OR DELETE ON %1$I.%2$I
				FOR EACH ROW EXECUTE FUNCTION @extschema@.finsent_words_changed();
			CREATE TRIGGER finsent_words_emptied AFTER TRUNCATE ON %1$I.%2$I
				FOR EACH STATEMENT EXECUTE FUNCTION @extschema@.finsent_words_changed();
			-- on a subscriber of logical replication too
			ALTER TABLE %1$I.%2$I ENABLE ALWAYS TRIGGER finsent_words_changed;
			ALTER TABLE %1$I.%2$I ENABLE ALWAYS TRIGGER finsent_words_emptied
			$sql$, workspace, relation);
	END LOOP;
END
$$;

COMMENT ON FUNCTION finsent_workspace_words(pg_catalog.name) IS
'part of finsent_create_workspace: tables term and company';

CREATE FUNCTION finsent_create_workspace(name pg_catalog.name)
RETURNS pg_catalog.void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
AS $$
BEGIN
	IF name IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'name of a workspace must not be NULL';
	END IF;
	IF name OPERATOR(pg_catalog.=) ''::pg_catalog.name THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_name', MESSAGE = 'name of a workspace must not be empty';
	END IF;
	EXECUTE pg_catalog.format('CREATE SCHEMA %I', name);
	EXECUTE pg_catalog.format('COMMENT ON SCHEMA %I IS %L', name, 'finsent workspace');
	PERFORM @extschema@.finsent_workspace_words(name);
	PERFORM @extschema@.finsent_workspace_alerts(name);
	PERFORM @extschema@.finsent_workspace_training(name);
END
$$;

COMMENT ON FUNCTION finsent_create_workspace(pg_catalog.name) IS
'create a schema with the tables of a workspace, owned by the caller; SQLSTATE 42P06 if the schema exists';

CREATE FUNCTION finsent_drop_workspace(name pg_catalog.name, "cascade" pg_catalog.bool DEFAULT false)
RETURNS pg_catalog.void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
AS $$
DECLARE
	schema_oid pg_catalog.oid := @extschema@.finsent_workspace_oid(name);
	own pg_catalog.oid[];
	others pg_catalog.text;
BEGIN
	own := ARRAY(
		SELECT c.oid
		FROM pg_catalog.pg_class AS c
			JOIN @extschema@.finsent_workspace_tables() AS t ON t.relation OPERATOR(pg_catalog.=) c.relname
		WHERE c.relnamespace OPERATOR(pg_catalog.=) schema_oid);
	-- news tables whose triggers read it
	SELECT pg_catalog.string_agg(pg_catalog.format('trigger %I on table %s', t.tgname, t.tgrelid::pg_catalog.regclass), E'\n')
	INTO others
	FROM @extschema@.finsent_workspace_triggers(name) AS t;
	IF others IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'dependent_objects_still_exist',
			MESSAGE = pg_catalog.format('cannot drop workspace "%s" because news tables use it', name),
			DETAIL = others,
			HINT = 'Detach the tables with finsent_detach, or drop the triggers.';
	END IF;
	-- what is not finsent's
	SELECT pg_catalog.string_agg(pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), E'\n') INTO others
	FROM pg_catalog.pg_depend AS d
	WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass
		AND d.refobjid OPERATOR(pg_catalog.=) schema_oid
		AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass AND (
			d.objid OPERATOR(pg_catalog.=) ANY (own)
			-- a sequence of one of its columns
			OR EXISTS (SELECT FROM pg_catalog.pg_depend AS s
				WHERE s.classid OPERATOR(pg_catalog.=) d.classid AND s.objid OPERATOR(pg_catalog.=) d.objid
					AND s.refclassid OPERATOR(pg_catalog.=) d.classid AND s.refobjid OPERATOR(pg_catalog.=) ANY (own))));
	IF others IS NOT NULL AND "cascade" IS NOT TRUE THEN
		RAISE EXCEPTION USING ERRCODE = 'dependent_objects_still_exist',
			MESSAGE = pg_catalog.format('cannot drop workspace "%s" because it holds other objects', name),
			DETAIL = others,
			HINT = 'Move them elsewhere, or drop them with it: finsent_drop_workspace(name, "cascade" => true).';
	END IF;
	IF "cascade" THEN
		EXECUTE pg_catalog.format('DROP SCHEMA %I CASCADE', name);
	ELSE
		EXECUTE pg_catalog.format('DROP TABLE %s', (
			SELECT pg_catalog.string_agg(pg_catalog.format('%I.%I', name, c.relname), ', ')
			FROM pg_catalog.pg_class AS c WHERE c.oid OPERATOR(pg_catalog.=) ANY (own)));
		EXECUTE pg_catalog.format('DROP SCHEMA %I', name);
	END IF;
END
$$;

COMMENT ON FUNCTION finsent_drop_workspace(pg_catalog.name, pg_catalog.bool) IS
'drop a workspace''s tables and schema; SQLSTATE 2BP01 if news tables use it, or if it holds other objects and cascade is not true';

/*
 * Each kind has exactly its rights: what was granted before is taken back.
 */
CREATE FUNCTION finsent_grant_workspace(name pg_catalog.name, role pg_catalog.name, kind pg_catalog.text)
RETURNS pg_catalog.void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 10000
AS $$
DECLARE
	schema_oid pg_catalog.oid := @extschema@.finsent_workspace_oid(name);
	-- "public" stays the keyword
	grantee pg_catalog.text := pg_catalog.quote_ident(role);
	tables record;
BEGIN
	IF kind IS NULL OR kind OPERATOR(pg_catalog.<>) ALL (ARRAY['reader', 'writer', 'owner', 'none']) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = pg_catalog.format('kind must be reader, writer, owner or none, not %L', kind);
	END IF;
	IF grantee IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'role must not be NULL';
	END IF;
	EXECUTE pg_catalog.format('REVOKE ALL ON ALL TABLES IN SCHEMA %1$I FROM %2$s', name, grantee);
	EXECUTE pg_catalog.format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %1$I FROM %2$s', name, grantee);
	EXECUTE pg_catalog.format('REVOKE ALL ON SCHEMA %1$I FROM %2$s', name, grantee);
	IF kind OPERATOR(pg_catalog.=) 'none' THEN
		RETURN;
	END IF;
	EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA %1$I TO %2$s', name, grantee);
	FOR tables IN
		SELECT t.kind, pg_catalog.string_agg(pg_catalog.format('%I.%I', name, t.relation), ', ') AS list
		FROM @extschema@.finsent_workspace_tables() AS t
			JOIN pg_catalog.pg_class AS c ON c.relname OPERATOR(pg_catalog.=) t.relation
		WHERE c.relnamespace OPERATOR(pg_catalog.=) schema_oid
		GROUP BY t.kind
	LOOP
		EXECUTE pg_catalog.format('GRANT SELECT ON %s TO %s', tables.list, grantee);
		IF kind OPERATOR(pg_catalog.=) 'owner' THEN
			EXECUTE pg_catalog.format('GRANT INSERT, UPDATE, DELETE, TRUNCATE ON %s TO %s', tables.list, grantee);
		ELSIF kind OPERATOR(pg_catalog.=) 'writer' AND tables.kind OPERATOR(pg_catalog.=) 'state' THEN
			EXECUTE pg_catalog.format('GRANT INSERT, UPDATE, DELETE ON %s TO %s', tables.list, grantee);
		END IF;
	END LOOP;
	IF kind OPERATOR(pg_catalog.<>) 'reader' THEN
		EXECUTE pg_catalog.format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %1$I TO %2$s', name, grantee);
	END IF;
END
$$;

COMMENT ON FUNCTION finsent_grant_workspace(pg_catalog.name, pg_catalog.name, pg_catalog.text) IS
'give a role the rights of a reader, a writer of news or an owner (who edits words and rules) in a workspace, or none';

-- Your own words and companies

CREATE FUNCTION finsent_model_as(workspace pg_catalog.name)
RETURNS pg_catalog.text
AS 'MODULE_PATHNAME', 'finsent_model_as'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION finsent_model_as(pg_catalog.name) IS
'name of the model with a workspace''s words, companies and newest model, another one after each change of them; SQLSTATE 3F000 if there is no such workspace';

CREATE FUNCTION finsent_score_as(workspace pg_catalog.name, body pg_catalog.text, title pg_catalog.text DEFAULT NULL,
								 version pg_catalog.int4 DEFAULT NULL)
RETURNS pg_catalog.float8
AS 'MODULE_PATHNAME', 'finsent_score_as'
LANGUAGE C STABLE PARALLEL SAFE COST 500;

COMMENT ON FUNCTION finsent_score_as(pg_catalog.name, pg_catalog.text, pg_catalog.text, pg_catalog.int4) IS
'as finsent_score, with the words, companies and a model of a workspace; version NULL: the newest model, finsent''s own where there is none; 0: finsent''s own; SQLSTATE 42704 for a version that is not there, XX001 for corrupt weights, 22023 for those of another finsent';

CREATE FUNCTION finsent_label_as(workspace pg_catalog.name, body pg_catalog.text, title pg_catalog.text DEFAULT NULL,
								 version pg_catalog.int4 DEFAULT NULL)
RETURNS finsent_sentiment
AS 'MODULE_PATHNAME', 'finsent_label_as'
LANGUAGE C STABLE PARALLEL SAFE COST 500;

COMMENT ON FUNCTION finsent_label_as(pg_catalog.name, pg_catalog.text, pg_catalog.text, pg_catalog.int4) IS
'label of finsent_score_as';

CREATE FUNCTION finsent_analyze_as(workspace pg_catalog.name, body pg_catalog.text, title pg_catalog.text DEFAULT NULL)
RETURNS finsent_analysis
AS 'MODULE_PATHNAME', 'finsent_analyze_as'
LANGUAGE C STABLE PARALLEL SAFE COST 1500;

COMMENT ON FUNCTION finsent_analyze_as(pg_catalog.name, pg_catalog.text, pg_catalog.text) IS
'as finsent_analyze, with the words and companies of a workspace';

CREATE FUNCTION finsent_tickers_as(workspace pg_catalog.name, body pg_catalog.text, title pg_catalog.text DEFAULT NULL,
								   min_confidence pg_catalog.float8 DEFAULT 0.5)
RETURNS pg_catalog.text[]
AS 'MODULE_PATHNAME', 'finsent_tickers_as'
LANGUAGE C STABLE PARALLEL SAFE COST 500;

COMMENT ON FUNCTION finsent_tickers_as(pg_catalog.name, pg_catalog.text, pg_catalog.text, pg_catalog.float8) IS
'as finsent_tickers, with the companies of a workspace that are active today';

CREATE FUNCTION finsent_explain_as(workspace pg_catalog.name, body pg_catalog.text, title pg_catalog.text DEFAULT NULL)
RETURNS SETOF finsent_evidence
AS 'MODULE_PATHNAME', 'finsent_explain_as'
LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 30;

COMMENT ON FUNCTION finsent_explain_as(pg_catalog.name, pg_catalog.text, pg_catalog.text) IS
'as finsent_explain, with the words and companies of a workspace; what its words carry has the rule "your term"';

-- Live tables

CREATE FUNCTION finsent_trigger()
RETURNS pg_catalog.trigger
AS 'MODULE_PATHNAME', 'finsent_trigger'
LANGUAGE C VOLATILE PARALLEL UNSAFE COST 1500;

COMMENT ON FUNCTION finsent_trigger() IS
'row trigger BEFORE INSERT OR UPDATE that keeps scores; arguments role=column: body, title, published, score, label, tickers, metrics, analysis, model, and workspace=name';

CREATE FUNCTION finsent_trigger_arguments(tbl pg_catalog.regclass, trigger pg_catalog.name)
RETURNS pg_catalog.text[]
AS 'MODULE_PATHNAME', 'finsent_trigger_arguments'
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10;

COMMENT ON FUNCTION finsent_trigger_arguments(pg_catalog.regclass, pg_catalog.name) IS
'arguments of a table''s trigger; NULL if it has none of that name';

/*
 * A table's scoring trigger and the columns that it names; trigger is NULL if
 * there is none.  Of several, the one of finsent_attach, else the first by name.
 */
CREATE FUNCTION finsent_attached(tbl pg_catalog.regclass, OUT trigger pg_catalog.name, OUT body pg_catalog.text,
	OUT title pg_catalog.text, OUT published pg_catalog.text, OUT score pg_catalog.text, OUT model pg_catalog.text,
	OUT workspace pg_catalog.text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 200
AS $$
DECLARE
	arguments pg_catalog.text[];
	argument pg_catalog.text;
	value pg_catalog.text;
BEGIN
	SELECT t.tgname INTO trigger
	FROM pg_catalog.pg_trigger AS t
	WHERE t.tgrelid OPERATOR(pg_catalog.=) tbl
		AND t.tgfoid OPERATOR(pg_catalog.=) '@extschema@.finsent_trigger()'::pg_catalog.regprocedure
	ORDER BY t.tgname OPERATOR(pg_catalog.<>) 'zz_finsent'::pg_catalog.name, t.tgname
	LIMIT 1;
	arguments := @extschema@.finsent_trigger_arguments(tbl, trigger);
	FOREACH argument IN ARRAY coalesce(arguments, '{}') LOOP
		value := pg_catalog.substr(argument, pg_catalog.strpos(argument, '=') OPERATOR(pg_catalog.+) 1);
		CASE pg_catalog.split_part(argument, '=', 1)
			WHEN 'body' THEN body := value;
			WHEN 'title' THEN title := value;
			WHEN 'published' THEN published := value;
			WHEN 'score' THEN score := value;
			WHEN 'model' THEN model := value;
			WHEN 'workspace' THEN workspace := value;
			ELSE NULL;
		END CASE;
	END LOOP;
END
$$;

COMMENT ON FUNCTION finsent_attached(pg_catalog.regclass) IS
'the scoring trigger of a table and the columns that it names; NULL if it has none';

/*
 * The condition under which a row of a table is stale, as SQL: the model is
 * given as $1.  A row without a body has no score and is not stale for that.
 */
CREATE FUNCTION finsent_stale_condition(tbl pg_catalog.regclass)
RETURNS pg_catalog.text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 300
AS $$
DECLARE
	a record := @extschema@.finsent_attached(tbl);
	conditions pg_catalog.text[];
BEGIN
	IF a.trigger IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
			MESSAGE = pg_catalog.format('table %s has no scoring trigger', tbl),
			HINT = 'Attach it with finsent_attach, or create a trigger that executes finsent_trigger.';
	END IF;
	IF a.model IS NOT NULL THEN
		conditions := pg_catalog.array_append(conditions, pg_catalog.format('%I IS NULL', a.model));
		conditions := pg_catalog.array_append(conditions, pg_catalog.format('%I OPERATOR(pg_catalog.<>) $1', a.model));
	END IF;
	IF a.score IS NOT NULL THEN
		conditions := pg_catalog.array_append(conditions, pg_catalog.format('(%I IS NULL AND %I IS NOT NULL)', a.score, a.body));
	END IF;
	IF conditions IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
			MESSAGE = pg_catalog.format('trigger "%s" of table %s keeps neither a score nor a model', a.trigger, tbl);
	END IF;
	RETURN pg_catalog.format('(%s)', pg_catalog.array_to_string(conditions, ' OR '));
END
$$;

COMMENT ON FUNCTION finsent_stale_condition(pg_catalog.regclass) IS
'condition on the rows of a table that finsent_stale counts, with the model as $1; SQLSTATE 55000 if the table has no scoring trigger';

CREATE FUNCTION finsent_stale(tbl pg_catalog.regclass)
RETURNS pg_catalog.int8
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000
AS $$
DECLARE
	a record := @extschema@.finsent_attached(tbl);
	n pg_catalog.int8;
BEGIN
	EXECUTE pg_catalog.format('SELECT pg_catalog.count(*) FROM %s WHERE %s', tbl, @extschema@.finsent_stale_condition(tbl))
	INTO n
	USING CASE WHEN a.workspace IS NULL THEN @extschema@.finsent_model()
		ELSE @extschema@.finsent_model_as(a.workspace::pg_catalog.name) END;
	RETURN n;
END
$$;

COMMENT ON FUNCTION finsent_stale(pg_catalog.regclass) IS
'number of rows of an attached table that have no score, or another model''s; SQLSTATE 55000 if it has no scoring trigger';

/*
 * One column of an attached table: what was done about it, NULL if it was there.
 */
CREATE FUNCTION finsent_attach_column(tbl pg_catalog.regclass, column_name pg_catalog.name, column_type pg_catalog.regtype)
RETURNS pg_catalog.text
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 10000
AS $$
DECLARE
	found_type pg_catalog.oid;
BEGIN
	SELECT a.atttypid INTO found_type
	FROM pg_catalog.pg_attribute AS a
	WHERE a.attrelid OPERATOR(pg_catalog.=) tbl AND a.attname OPERATOR(pg_catalog.=) column_name AND NOT a.attisdropped;
	IF found_type IS NULL THEN
		EXECUTE pg_catalog.format('ALTER TABLE %s ADD COLUMN %I %s', tbl, column_name, column_type);
		RETURN pg_catalog.format('added column %I', column_name);
	END IF;
	IF found_type OPERATOR(pg_catalog.<>) column_type THEN
		RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch',
			MESSAGE = pg_catalog.format('column "%s" of table %s is of type %s, not %s', column_name, tbl,
				found_type::pg_catalog.regtype, column_type),
			HINT = 'Rename it, or create a trigger of your own that executes finsent_trigger.';
	END IF;
	RETURN NULL;
END
$$;

COMMENT ON FUNCTION finsent_attach_column(pg_catalog.regclass, pg_catalog.name, pg_catalog.regtype) IS
'part of finsent_attach: a column of a given type; SQLSTATE 42804 if there is one of another type';

CREATE FUNCTION finsent_attach(tbl pg_catalog.regclass, body pg_catalog.name, title pg_catalog.name DEFAULT NULL,
							   published pg_catalog.name DEFAULT NULL, workspace pg_catalog.name DEFAULT NULL)
RETURNS SETOF pg_catalog.text
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000 ROWS 6
AS $$
DECLARE
	kind pg_catalog."char" := (SELECT c.relkind FROM pg_catalog.pg_class AS c WHERE c.oid OPERATOR(pg_catalog.=) tbl);
	wanted pg_catalog.text[];
	present pg_catalog.text[];
	argument pg_catalog.name;
	step pg_catalog.text;
	done pg_catalog.text[];
	any_row pg_catalog.bool;
BEGIN
	IF tbl IS NULL OR body IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'tbl and body must not be NULL';
	END IF;
	IF kind OPERATOR(pg_catalog.<>) ALL (ARRAY['r', 'p']::pg_catalog."char"[]) THEN
		RAISE EXCEPTION USING ERRCODE = 'wrong_object_type', MESSAGE = pg_catalog.format('%s is not a table', tbl),
			DETAIL = 'Ordinary and partitioned tables can be attached.';
	END IF;
	FOREACH argument IN ARRAY ARRAY[body, title, published] LOOP
		IF argument IS NOT NULL AND NOT EXISTS (
			SELECT FROM pg_catalog.pg_attribute AS a
			WHERE a.attrelid OPERATOR(pg_catalog.=) tbl AND a.attname OPERATOR(pg_catalog.=) argument
				AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped)
		THEN
			RAISE EXCEPTION USING ERRCODE = 'undefined_column',
				MESSAGE = pg_catalog.format('column "%s" of table %s does not exist', argument, tbl);
		END IF;
	END LOOP;
	IF workspace IS NOT NULL THEN
		PERFORM @extschema@.finsent_workspace_oid(workspace);
	END IF;
	-- one session at a time; the strongest lock only if columns are missing
	IF 4 OPERATOR(pg_catalog.=) (
		SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute AS a
		WHERE a.attrelid OPERATOR(pg_catalog.=) tbl AND NOT a.attisdropped AND a.attname OPERATOR(pg_catalog.=) ANY (
			ARRAY['finsent_score', 'finsent_label', 'finsent_tickers', 'finsent_model']::pg_catalog.name[]))
	THEN
		EXECUTE pg_catalog.format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', tbl);
	ELSE
		EXECUTE pg_catalog.format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', tbl);
	END IF;
	done := ARRAY[
		@extschema@.finsent_attach_column(tbl, 'finsent_score', 'pg_catalog.float8'),
		@extschema@.finsent_attach_column(tbl, 'finsent_label', '@extschema@.finsent_sentiment'),
		@extschema@.finsent_attach_column(tbl, 'finsent_tickers', 'pg_catalog.text[]'),
		@extschema@.finsent_attach_column(tbl, 'finsent_model', 'pg_catalog.text')];
	-- the trigger; its name lets it fire after others, whose changes it reads
	wanted := ARRAY['score=finsent_score', 'label=finsent_label', 'tickers=finsent_tickers', 'model=finsent_model',
		pg_catalog.format('body=%s', body)];
	IF title IS NOT NULL THEN
		wanted := pg_catalog.array_append(wanted, pg_catalog.format('title=%s', title));
	END IF;
	IF published IS NOT NULL THEN
		wanted := pg_catalog.array_append(wanted, pg_catalog.format('published=%s', published));
	END IF;
	IF workspace IS NOT NULL THEN
		wanted := pg_catalog.array_append(wanted, pg_catalog.format('workspace=%s', workspace));
	END IF;
	present := @extschema@.finsent_trigger_arguments(tbl, 'zz_finsent');
	IF present IS DISTINCT FROM wanted THEN
		IF present IS NOT NULL THEN
			EXECUTE pg_catalog.format('DROP TRIGGER zz_finsent ON %s', tbl);
		END IF;
		EXECUTE pg_catalog.format('CREATE TRIGGER zz_finsent BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION @extschema@.finsent_trigger(%s)',
			tbl, (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(w), ', ') FROM pg_catalog.unnest(wanted) AS w));
		done := pg_catalog.array_append(done, CASE WHEN present IS NULL THEN 'created' ELSE 'replaced' END OPERATOR(pg_catalog.||) ' trigger zz_finsent');
	END IF;
	-- the index
	IF @extschema@.finsent_attached_index(tbl, false) IS NULL THEN
		EXECUTE pg_catalog.format('CREATE INDEX ON %s USING gin (finsent_tickers)', tbl);
		step := @extschema@.finsent_attached_index(tbl, false);
		EXECUTE pg_catalog.format('COMMENT ON INDEX %s IS %L', step, 'of finsent_attach');
		done := pg_catalog.array_append(done, pg_catalog.format('created index %s', step));
	END IF;
	done := pg_catalog.array_remove(done, NULL);
	IF pg_catalog.cardinality(done) OPERATOR(pg_catalog.=) 0 THEN
		done := ARRAY[pg_catalog.format('table %s was attached already', tbl)];
	ELSE
		EXECUTE pg_catalog.format('SELECT EXISTS (SELECT FROM %s)', tbl) INTO any_row;
		IF any_row THEN
			done := pg_catalog.array_append(done, pg_catalog.format('rows that are there already are scored by CALL finsent_rescore(%L)', tbl));
		END IF;
	END IF;
	RETURN QUERY SELECT d FROM pg_catalog.unnest(done) AS d;
END
$$;

COMMENT ON FUNCTION finsent_attach(pg_catalog.regclass, pg_catalog.name, pg_catalog.name, pg_catalog.name, pg_catalog.name) IS
'have a table''s rows scored: columns finsent_score, finsent_label, finsent_tickers, finsent_model, trigger and GIN index, as far as they are missing; tells what it did';

/*
 * A GIN index over finsent_tickers alone; only one that finsent_attach made, if that is asked for.
 */
CREATE FUNCTION finsent_attached_index(tbl pg_catalog.regclass, own pg_catalog.bool)
RETURNS pg_catalog.regclass
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 200
AS $$
SELECT i.indexrelid::pg_catalog.regclass
FROM pg_catalog.pg_index AS i
	JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) i.indexrelid
	JOIN pg_catalog.pg_am AS m ON m.oid OPERATOR(pg_catalog.=) c.relam
	JOIN pg_catalog.pg_attribute AS a ON a.attrelid OPERATOR(pg_catalog.=) tbl
WHERE i.indrelid OPERATOR(pg_catalog.=) tbl AND m.amname OPERATOR(pg_catalog.=) 'gin'::pg_catalog.name
	AND a.attname OPERATOR(pg_catalog.=) 'finsent_tickers'::pg_catalog.name
	AND i.indnkeyatts OPERATOR(pg_catalog.=) 1 AND i.indkey[0] OPERATOR(pg_catalog.=) a.attnum
	AND i.indpred IS NULL AND i.indisvalid
	AND (NOT own OR pg_catalog.obj_description(i.indexrelid, 'pg_class') OPERATOR(pg_catalog.=) 'of finsent_attach')
ORDER BY c.relname
LIMIT 1
$$;

COMMENT ON FUNCTION finsent_attached_index(pg_catalog.regclass, pg_catalog.bool) IS
'GIN index of an attached table''s tickers, or only one that finsent_attach made';

CREATE FUNCTION finsent_detach(tbl pg_catalog.regclass)
RETURNS SETOF pg_catalog.text
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000 ROWS 2
AS $$
DECLARE
	tickers_index pg_catalog.regclass;
	done pg_catalog.text[] := '{}';
BEGIN
	IF tbl IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'tbl must not be NULL';
	END IF;
	EXECUTE pg_catalog.format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', tbl);
	IF @extschema@.finsent_trigger_arguments(tbl, 'zz_finsent') IS NOT NULL THEN
		EXECUTE pg_catalog.format('DROP TRIGGER zz_finsent ON %s', tbl);
		done := pg_catalog.array_append(done, 'dropped trigger zz_finsent');
	END IF;
	tickers_index := @extschema@.finsent_attached_index(tbl, true);
	IF tickers_index IS NOT NULL THEN
		done := pg_catalog.array_append(done, pg_catalog.format('dropped index %s', tickers_index));
		EXECUTE pg_catalog.format('DROP INDEX %s', tickers_index);
	END IF;
	IF pg_catalog.cardinality(done) OPERATOR(pg_catalog.=) 0 THEN
		done := ARRAY[pg_catalog.format('table %s was not attached', tbl)];
	END IF;
	RETURN QUERY SELECT d FROM pg_catalog.unnest(done) AS d;
END
$$;

COMMENT ON FUNCTION finsent_detach(pg_catalog.regclass) IS
'drop what finsent_attach made of a table, but its columns; tells what it did';

/*
 * One batch of finsent_rescore: up to so many stale rows of blocks [first, last)
 * of a table that holds rows itself.  They are updated in one statement or, if
 * that fails for the sake of some row, one by one; what cannot be scored is
 * added to passed and not tried again.
 */
CREATE FUNCTION finsent_rescore_batch(leaf pg_catalog.regclass, model pg_catalog.text, stale pg_catalog.text,
	model_column pg_catalog.text, first pg_catalog.int8, last pg_catalog.int8, batch pg_catalog.int4, INOUT passed pg_catalog.tid[],
	OUT picked pg_catalog.int8, OUT scored pg_catalog.int8)
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
AS $$
DECLARE
	rows pg_catalog.tid[];
	one pg_catalog.tid;
	-- a row that stays stale has a trigger that does not fire
	statement pg_catalog.text := pg_catalog.format(
		'WITH done AS (UPDATE ONLY %1$s SET %2$I = NULL WHERE ctid OPERATOR(pg_catalog.=) ANY ($2) AND %3$s RETURNING ctid, %3$s AS stale)
		 SELECT pg_catalog.count(*) FILTER (WHERE NOT stale), pg_catalog.array_agg(ctid) FILTER (WHERE stale) FROM done',
		leaf, model_column, stale);
	n pg_catalog.int8;
	still pg_catalog.tid[];
BEGIN
	EXECUTE pg_catalog.format(
		'SELECT pg_catalog.array_agg(ctid) FROM (
			SELECT ctid FROM ONLY %s
			WHERE ctid OPERATOR(pg_catalog.>=) $2 AND ctid OPERATOR(pg_catalog.<) $3 AND NOT ctid OPERATOR(pg_catalog.=) ANY ($4) AND %s
			LIMIT $5) AS t', leaf, stale)
	INTO rows
	USING model, pg_catalog.format('(%s,0)', first)::pg_catalog.tid, pg_catalog.format('(%s,0)', last)::pg_catalog.tid, passed, batch;
	picked := coalesce(pg_catalog.cardinality(rows), 0);
	scored := 0;
	IF picked OPERATOR(pg_catalog.=) 0 THEN
		RETURN;
	END IF;
	BEGIN
		EXECUTE statement INTO scored, still USING model, rows;
		passed := passed OPERATOR(pg_catalog.||) coalesce(still, '{}');
		RETURN;
	EXCEPTION WHEN OTHERS THEN
		-- data, constraints, limits, deadlocks, refusals of other triggers: some row's fault
		IF pg_catalog."left"(SQLSTATE, 2) OPERATOR(pg_catalog.<>) ALL (ARRAY['22', '23', '54', '40', 'P0']) THEN
			RAISE;
		END IF;
	END;
	FOREACH one IN ARRAY rows LOOP
		BEGIN
			EXECUTE statement INTO n, still USING model, ARRAY[one];
			scored := scored OPERATOR(pg_catalog.+) n;
			passed := passed OPERATOR(pg_catalog.||) coalesce(still, '{}');
		EXCEPTION WHEN OTHERS THEN
			IF pg_catalog."left"(SQLSTATE, 2) OPERATOR(pg_catalog.<>) ALL (ARRAY['22', '23', '54', '40', 'P0']) THEN
				RAISE;
			END IF;
			passed := pg_catalog.array_append(passed, one);
			RAISE WARNING USING MESSAGE = pg_catalog.format('row %s of table %s could not be scored: %s', one, leaf, SQLERRM),
				ERRCODE = SQLSTATE;
		END;
	END LOOP;
END
$$;

COMMENT ON FUNCTION finsent_rescore_batch(pg_catalog.regclass, pg_catalog.text, pg_catalog.text, pg_catalog.text, pg_catalog.int8,
	pg_catalog.int8, pg_catalog.int4, pg_catalog.tid[]) IS
'part of finsent_rescore: one batch';

/*
 * The table is walked once, a stretch of blocks after the other, so that no
 * index is needed and nothing is read twice; rows that come in meanwhile are
 * scored by the trigger.  What was committed stays: a row that has its score is
 * not stale, so another call goes on where this one was stopped.
 */
CREATE PROCEDURE finsent_rescore(tbl pg_catalog.regclass, batch pg_catalog.int4 DEFAULT 1000)
LANGUAGE plpgsql
AS $$
DECLARE
	a record;
	stale pg_catalog.text;
	model pg_catalog.text;
	leaves pg_catalog.oid[];
	leaf pg_catalog.oid;
	stretch pg_catalog.int8;
	blocks pg_catalog.int8 := 0;
	blocks_before pg_catalog.int8 := 0;
	leaf_blocks pg_catalog.int8;
	first pg_catalog.int8;
	scored pg_catalog.int8 := 0;
	failed pg_catalog.int8 := 0;
	passed pg_catalog.tid[];
	step record;
	share pg_catalog.float8 := 0;
	begun pg_catalog.timestamptz := pg_catalog.clock_timestamp();
	told pg_catalog.timestamptz := begun;
	seconds pg_catalog.float8;
BEGIN
	IF tbl IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'tbl must not be NULL';
	END IF;
	IF batch IS NULL OR batch OPERATOR(pg_catalog.<) 1 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = pg_catalog.format('batch must be at least 1, not %s', coalesce(batch::pg_catalog.text, 'NULL'));
	END IF;
	a := @extschema@.finsent_attached(tbl);
	stale := @extschema@.finsent_stale_condition(tbl);
	stretch := 1 OPERATOR(pg_catalog.+) (batch OPERATOR(pg_catalog./) 20);
	SELECT pg_catalog.array_agg(c.oid ORDER BY c.oid), pg_catalog.sum(pg_catalog.pg_relation_size(c.oid)) OPERATOR(pg_catalog./)
		pg_catalog.current_setting('block_size')::pg_catalog.int8
	INTO leaves, blocks
	FROM pg_catalog.pg_class AS c
	WHERE c.relkind OPERATOR(pg_catalog.=) 'r'
		AND (c.oid OPERATOR(pg_catalog.=) tbl
			 OR c.oid OPERATOR(pg_catalog.=) ANY (SELECT t.relid FROM pg_catalog.pg_partition_tree(tbl) AS t));
	FOREACH leaf IN ARRAY coalesce(leaves, '{}') LOOP
		leaf_blocks := pg_catalog.pg_relation_size(leaf) OPERATOR(pg_catalog./) pg_catalog.current_setting('block_size')::pg_catalog.int8;
		first := 0;
		passed := '{}';
		WHILE first OPERATOR(pg_catalog.<) leaf_blocks LOOP
			-- of this transaction only, so that whatever ends it gives the name back
			PERFORM pg_catalog.set_config('application_name', pg_catalog.format('finsent_rescore %s %s rows %s%%', tbl, scored,
				pg_catalog.floor(share OPERATOR(pg_catalog.*) 100)), true);
			model := CASE WHEN a.workspace IS NULL THEN @extschema@.finsent_model()
				ELSE @extschema@.finsent_model_as(a.workspace::pg_catalog.name) END;
			step := @extschema@.finsent_rescore_batch(leaf, model, stale, coalesce(a.model, a.score), first,
				first OPERATOR(pg_catalog.+) stretch, batch, passed);
			COMMIT;
			scored := scored OPERATOR(pg_catalog.+) step.scored;
			failed := failed OPERATOR(pg_catalog.+) (pg_catalog.cardinality(step.passed) OPERATOR(pg_catalog.-) pg_catalog.cardinality(passed));
			passed := step.passed;
			IF step.picked OPERATOR(pg_catalog.<) batch THEN
				first := first OPERATOR(pg_catalog.+) stretch;
				passed := '{}';
			END IF;
			share := least(1, (blocks_before OPERATOR(pg_catalog.+) first)::pg_catalog.float8 OPERATOR(pg_catalog./) greatest(blocks, 1));
			IF pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) told OPERATOR(pg_catalog.>) '2 seconds'::pg_catalog.interval THEN
				told := pg_catalog.clock_timestamp();
				seconds := pg_catalog.date_part('epoch', told OPERATOR(pg_catalog.-) begun);
				RAISE NOTICE USING MESSAGE = pg_catalog.format(
					'table %s: %s rows scored, %s percent of the table, %s rows a second, about %s seconds left', tbl, scored,
					pg_catalog.floor(share OPERATOR(pg_catalog.*) 100),
					pg_catalog.round(scored OPERATOR(pg_catalog./) seconds),
					coalesce(pg_catalog.ceil(seconds OPERATOR(pg_catalog.*) (1 OPERATOR(pg_catalog.-) share) OPERATOR(pg_catalog./) nullif(share, 0))::pg_catalog.text, '?'));
			END IF;
		END LOOP;
		blocks_before := blocks_before OPERATOR(pg_catalog.+) leaf_blocks;
	END LOOP;
	seconds := pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) begun);
	RAISE NOTICE USING MESSAGE = pg_catalog.format('table %s: %s rows scored in %s seconds', tbl, scored,
		pg_catalog.round(seconds::pg_catalog."numeric", 1));
	IF failed OPERATOR(pg_catalog.>) 0 THEN
		RAISE WARNING USING MESSAGE = pg_catalog.format('table %s: %s rows could not be scored', tbl, failed),
			HINT = 'Either a warning above names the row, or the scoring trigger is disabled.';
	END IF;
END
$$;

COMMENT ON PROCEDURE finsent_rescore(pg_catalog.regclass, pg_catalog.int4) IS
'score an attached table''s rows that have no score or another model''s, committing after each batch; may be stopped and called again';
