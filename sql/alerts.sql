
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
