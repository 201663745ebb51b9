
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
