-- Workspaces: created, granted, dropped; what makes no sense is refused.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS finsent;
RESET client_min_messages;
\set SHOW_CONTEXT never
\set VERBOSITY terse

SELECT finsent_create_workspace('desk');
SELECT finsent_create_workspace('Wéird "desk" ''q');
-- its tables are ordinary ones of the caller, and listed
SELECT n.nspname, c.relname, c.relowner = current_user::regrole AS mine
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN finsent_workspace_tables() t ON t.relation = c.relname
WHERE n.nspname IN ('desk', 'Wéird "desk" ''q') AND t.relation IN ('term', 'company') ORDER BY 1, 2;
SELECT c.relname AS unlisted
FROM pg_class c WHERE c.relnamespace = 'desk'::regnamespace AND c.relkind IN ('r', 'p')
	AND c.relname NOT IN (SELECT relation FROM finsent_workspace_tables());
SELECT relation AS missing FROM finsent_workspace_tables() WHERE to_regclass('desk.' || relation) IS NULL;
SELECT kind FROM finsent_workspace_tables() WHERE kind NOT IN ('knowledge', 'state');

-- names that cannot be
\set VERBOSITY sqlstate
SELECT finsent_create_workspace('desk');
SELECT finsent_create_workspace('');
SELECT finsent_create_workspace(NULL);
SELECT finsent_create_workspace('pg_desk');
\set VERBOSITY terse
SELECT finsent_drop_workspace('nowhere');
SELECT finsent_drop_workspace('public');
SELECT finsent_drop_workspace(NULL);
SELECT finsent_grant_workspace('nowhere', current_user, 'reader');

-- senseless words
INSERT INTO desk.term VALUES ('', 0.5);
INSERT INTO desk.term VALUES (' - ', 0.5);
INSERT INTO desk.term VALUES (repeat('x', 2000), 0.5);
INSERT INTO desk.term VALUES ('moon', 1.5);
INSERT INTO desk.term VALUES ('moon', 'NaN');
INSERT INTO desk.term VALUES ('moon', NULL);
INSERT INTO desk.term VALUES ('moon', 0.5), ('MOON', 0.4);
INSERT INTO desk.term VALUES ('moon', 0.5, 'said by traders'), ('急騰', 1, ''), ('Q3', -1, NULL), ('half-life', 0, NULL);

-- senseless companies
INSERT INTO desk.company VALUES ('', 'Acme');
INSERT INTO desk.company VALUES ('acme', 'Acme');
INSERT INTO desk.company VALUES ('ACME', ' ');
INSERT INTO desk.company VALUES ('ACME', repeat('x', 201));
INSERT INTO desk.company VALUES ('ACME', 'Acme', '{Acme Labs,NULL}');
INSERT INTO desk.company VALUES ('ACME', 'Acme', '{Acme Labs,""}');
INSERT INTO desk.company VALUES ('ACME', 'Acme', '{Acme Labs,!!}');
INSERT INTO desk.company VALUES ('ACME', 'Acme', '{{a},{b}}');
INSERT INTO desk.company VALUES ('ACME', 'Acme', ARRAY[repeat('x', 201)]);
INSERT INTO desk.company VALUES ('ACME', 'Acme', array_fill('x'::text, ARRAY[201]));
INSERT INTO desk.company VALUES ('ACME', 'Acme', '{}', 'empty');
INSERT INTO desk.company VALUES ('ACME', 'Acme', '{}', '(,)'), ('BRK.B', 'Bérk', '{Berk & Co,"Berk, Inc"}', '[2020-01-01,2021-01-01)');

-- rights: exactly those of the kind
CREATE ROLE "Regress Réader";
CREATE FUNCTION rights(role name) RETURNS TABLE(usage bool, relation name, rights text) LANGUAGE sql AS $$
	SELECT has_schema_privilege(role, 'desk', 'USAGE'), t.relation, string_agg(p, ' ') FILTER (WHERE has_table_privilege(role, 'desk.' || t.relation, p))
	FROM finsent_workspace_tables() t, unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES}'::text[]) p
	WHERE t.relation IN ('term', 'company') GROUP BY 1, 2 ORDER BY 2
$$;
SELECT finsent_grant_workspace('desk', 'Regress Réader', 'owner');
SELECT * FROM rights('Regress Réader');
SELECT finsent_grant_workspace('desk', 'Regress Réader', 'writer');
SELECT * FROM rights('Regress Réader');
SELECT finsent_grant_workspace('desk', 'Regress Réader', 'reader');
SELECT * FROM rights('Regress Réader');
-- what writers may change are the tables of kind state
SELECT finsent_grant_workspace('desk', 'Regress Réader', 'writer');
SELECT relation, kind FROM finsent_workspace_tables()
WHERE has_table_privilege('Regress Réader', 'desk.' || relation, 'INSERT') <> (kind = 'state') OR NOT has_table_privilege('Regress Réader', 'desk.' || relation, 'SELECT');
SELECT finsent_grant_workspace('desk', 'Regress Réader', 'none');
SELECT * FROM rights('Regress Réader');
SELECT finsent_grant_workspace('desk', 'Regress Réader', 'boss');
SELECT finsent_grant_workspace('desk', 'Regress Réader', NULL);
SELECT finsent_grant_workspace('desk', NULL, 'reader');
SELECT finsent_grant_workspace('desk', 'regress_nobody', 'reader');
-- a role without rights creates none
SET ROLE "Regress Réader";
\set VERBOSITY sqlstate
SELECT finsent_create_workspace('theirs');
SELECT finsent_drop_workspace('desk');
\set VERBOSITY terse
RESET ROLE;
DROP FUNCTION rights;
DROP ROLE "Regress Réader";

-- what is not finsent's is not dropped unless that is said
CREATE TABLE desk.mine (a serial);
CREATE FUNCTION desk.mine() RETURNS int LANGUAGE sql AS 'SELECT 1';
\set VERBOSITY default
SELECT finsent_drop_workspace('desk');
DROP TABLE desk.mine;
DROP FUNCTION desk.mine;
-- nor is what a table of another trigger needs
CREATE TABLE news (body text);
CREATE TRIGGER read_words BEFORE INSERT ON news FOR EACH ROW EXECUTE FUNCTION finsent_words_changed('workspace=desk');
SELECT finsent_drop_workspace('desk');
DROP TABLE news;
SELECT finsent_drop_workspace('desk');
SELECT finsent_drop_workspace('Wéird "desk" ''q');
SELECT finsent_create_workspace('desk');
CREATE TABLE desk.mine (a serial);
SET client_min_messages = warning;
SELECT finsent_drop_workspace('desk', "cascade" => true);
RESET client_min_messages;
SELECT nspname FROM pg_namespace WHERE nspname ~ 'desk';
