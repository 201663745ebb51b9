
/*
 * training.sql - models trained in SQL on the rows of a workspace
 *
 * Names of the extension's own objects inside function bodies are written with
 * @extschema@; whatever else a body names, with pg_catalog or the schema that
 * its arguments give.
 */
