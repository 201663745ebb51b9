
/*
 * research.sql - sentiment joined with prices and portfolios: periods, reports, statistics, search
 *
 * Names of the extension's own objects inside function bodies are written with
 * @extschema@; whatever else a body names, with pg_catalog or the schema that
 * its arguments give.
 */
