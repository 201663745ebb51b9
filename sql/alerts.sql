
/*
 * alerts.sql - alerts on news tables, and the novelty of a story
 *
 * Names of the extension's own objects inside function bodies are written with
 * @extschema@; whatever else a body names, with pg_catalog or the schema that
 * its arguments give.
 */

/*
 * Called by finsent_create_workspace in the workspace's fresh schema.  Whatever
 * table it creates is listed in finsent_workspace_tables (live.sql).
 */
CREATE FUNCTION finsent_workspace_alerts(workspace pg_catalog.name)
RETURNS pg_catalog.void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 10000
AS $$
BEGIN
	-- no tables yet
END
$$;

COMMENT ON FUNCTION finsent_workspace_alerts(pg_catalog.name) IS
'part of finsent_create_workspace: rules, alerts and their state';
-- Novelty

CREATE FUNCTION finsent_fingerprint(body pg_catalog.text)
RETURNS pg_catalog.int8
AS 'MODULE_PATHNAME', 'finsent_fingerprint'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 300;

COMMENT ON FUNCTION finsent_fingerprint(pg_catalog.text) IS
'64 bits of a story, of which few differ between its versions; NULL for a text without content words';

CREATE FUNCTION finsent_similarity(a pg_catalog.int8, b pg_catalog.int8)
RETURNS pg_catalog.float8
AS 'MODULE_PATHNAME', 'finsent_similarity'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION finsent_similarity(pg_catalog.int8, pg_catalog.int8) IS
'likeness of two fingerprints: 1 the same, about 0.5 unrelated; from 0.78 on they are versions of one story';

CREATE FUNCTION finsent_fingerprint_bands(fingerprint pg_catalog.int8)
RETURNS pg_catalog.int4[]
AS 'MODULE_PATHNAME', 'finsent_fingerprint_bands'
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 3;

COMMENT ON FUNCTION finsent_fingerprint_bands(pg_catalog.int8) IS
'24 parts of a fingerprint for a GIN index: versions of one story share at least one (&&), other stories rarely do';
