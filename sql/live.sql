
/*
 * live.sql - live news tables: workspaces, the scoring trigger, your own words and companies
 *
 * Names of the extension's own objects inside function bodies are written with
 * @extschema@; whatever else a body names, with pg_catalog or the schema that
 * its arguments give.
 */
