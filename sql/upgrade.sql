/*
 * upgrade.sql - what changes in the objects of version 0.1.0; the groups that
 * 0.2.0 added follow it in finsent--0.1.0--0.2.0.sql
 */

-- complain if script is sourced in psql, rather than via ALTER EXTENSION
\echo Use "ALTER EXTENSION finsent UPDATE" to load this file. \quit
