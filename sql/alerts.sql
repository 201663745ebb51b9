
/*
 * alerts.sql - alerts on news tables, and the novelty of a story
 *
 * Names of the extension's own objects inside function bodies are written with
 * @extschema@; whatever else a body names, with pg_catalog or the schema that
 * its arguments give.
 */
