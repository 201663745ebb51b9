/*
 * knowledge.c - the words, companies and model of a workspace, cached by session.
 *
 * A cached build belongs to a workspace, a role and a version of its model: rights and row-level
 * security differ by role.  It is read through SPI with the role's own rights
 * and the active snapshot, and dropped when one of the tables is invalidated: the
 * tables' trigger (finsent_words_changed) sends an invalidation that other
 * sessions get when the transaction commits, and this one gets at the end of
 * the command, and again on rollback.  DDL on the tables, a grant, a policy
 * send one anyhow; a change of roles, memberships or schemas drops every build.
 *
 * A build may be older than the tables: whoever reads under an old snapshot
 * (REPEATABLE READ, a long query) may have got the invalidation before it built
 * and gets no second one.  So the tables are read once more under the latest
 * snapshot if that differs from the active one.  Only if both hold the same is
 * the build current, to be kept until the next invalidation.  Else it serves one
 * statement under one snapshot; so does every build that row-level security
 * filtered, since policies may ask for settings, and every build of a parallel
 * query, which may not take another snapshot.  A current build in turn does not
 * serve a snapshot that is older than its own (a cursor).
 *
 * Left open: between the moment that a change becomes visible and the moment
 * that its invalidation is sent, both within the other session's COMMIT, a new
 * snapshot may see the change in the tables and not yet in the build.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "access/parallel.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "../core/document.h"
#include "compat.h"
#include "knowledge.h"
#include "trained.h"

PG_FUNCTION_INFO_V1(finsent_words_changed);
PG_FUNCTION_INFO_V1(finsent_model_as);

/* Tables that a build is read from. */
typedef enum Source
{
	SOURCE_TERM,
	SOURCE_COMPANY,
	SOURCE_MODEL,
	SOURCES
} Source;

static const char *const source_names[SOURCES] = { "term", "company", "model" };

/* A snapshot's place in time. */
typedef struct Stamp
{
	TransactionId	   xmin;
	TransactionId	   xmax;
	uint32			   running; /* transactions that it does not see below xmax */
	CommandId		   command;
	LocalTransactionId transaction;
	TimestampTz		   statement;
} Stamp;

typedef struct BuildKey
{
	Oid	  schema;
	Oid	  role;
	int32 version; /* of the model */
} BuildKey;

typedef struct Build
{
	BuildKey	  key;
	MemoryContext context; /* NULL: nothing built */
	bool		  valid;   /* not invalidated */
	bool		  current; /* serves every later snapshot, else one statement */
	Oid			  tables[SOURCES];
	Stamp		  stamp; /* of the snapshot that it was read by */
	FsKnowledge	  knowledge;
	FsEnv		  env;
	FsArena		  arena;
} Build;

static HTAB	 *builds;
static uint64 generations;
static uint64 changes; /* invalidations that came in */

/* An invalidation of a table, or of all. */
static void
table_changed(Datum arg, Oid table)
{
	HASH_SEQ_STATUS scan;
	Build		   *build;

	(void) arg;
	changes++;
	hash_seq_init(&scan, builds);
	while ((build = hash_seq_search(&scan)) != NULL)
		for (int i = 0; i < SOURCES; i++)
			if (!OidIsValid(table) || table == build->tables[i])
				build->valid = false;
}

/* Roles, memberships or schemas changed. */
static void
catalog_changed(Datum arg, int cache, uint32 hash)
{
	(void) cache;
	(void) hash;
	table_changed(arg, InvalidOid);
}

/* The cache of this session. */
static void
start_cache(void)
{
	HASHCTL control = { .keysize = sizeof(BuildKey), .entrysize = sizeof(Build) };

	if (builds)
		return;
	if (!CacheMemoryContext)
		CreateCacheMemoryContext();
	control.hcxt = CacheMemoryContext;
	builds = hash_create("finsent workspaces", 8, &control, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	CacheRegisterRelcacheCallback(table_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHOID, catalog_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(AUTHMEMROLEMEM, catalog_changed, (Datum) 0);
	CacheRegisterSyscacheCallback(NAMESPACEOID, catalog_changed, (Datum) 0);
}

static Stamp
stamp_of(Snapshot snapshot)
{
	return (Stamp){ .xmin = snapshot->xmin,
					.xmax = snapshot->xmax,
					.running = snapshot->takenDuringRecovery ? (uint32) snapshot->subxcnt : snapshot->xcnt,
					.command = snapshot->curcid,
					.transaction = fs_pg_transaction(),
					.statement = GetCurrentStatementStartTimestamp() };
}

/* Whether both see the same transactions as committed. */
static bool
same_view(Stamp a, Stamp b)
{
	return a.xmin == b.xmin && a.xmax == b.xmax && a.running == b.running;
}

static bool
same_statement(Stamp a, Stamp b)
{
	return same_view(a, b) && a.command == b.command && a.transaction == b.transaction && a.statement == b.statement;
}

/* Whether a sees less than b. */
static bool
is_older(Stamp a, Stamp b)
{
	return TransactionIdPrecedes(a.xmax, b.xmax) || (a.xmax == b.xmax && a.running > b.running) ||
		   (a.transaction == b.transaction && a.command < b.command);
}

/* FsEnv.alloc: memory of the build. */
static void *
build_alloc(void *ctx, size_t size)
{
	char *p = MemoryContextAllocHuge(((Build *) ctx)->context, size + 16);

	return (void *) TYPEALIGN(16, p);
}

static void
build_poll(void *ctx)
{
	(void) ctx;
	CHECK_FOR_INTERRUPTS();
}

/* ERROR for a schema that is no workspace. */
static void
fail_workspace(const char *workspace, bool schema)
{
	if (schema)
		ereport(ERROR, (errcode(ERRCODE_INVALID_SCHEMA_NAME), errmsg("schema \"%s\" is not a workspace", workspace),
						errhint("Workspaces are created by finsent_create_workspace.")));
	ereport(ERROR, (errcode(ERRCODE_INVALID_SCHEMA_NAME), errmsg("workspace \"%s\" does not exist", workspace)));
}

/*
 * Whether changes of the table will be told: it has the trigger.  One that was
 * switched off makes no build last.
 */
static bool
tells_changes(Oid table, bool *enabled)
{
	Relation rel = table_open(table, AccessShareLock);
	bool	 found = false;

	for (int i = 0; rel->trigdesc && i < rel->trigdesc->numtriggers; i++)
	{
		Trigger *trigger = &rel->trigdesc->triggers[i];
		char	*function = get_func_name(trigger->tgfoid);

		if (!function || strcmp(function, "finsent_words_changed") != 0)
			continue;
		found = true;
		*enabled &= trigger->tgenabled == TRIGGER_FIRES_ALWAYS || trigger->tgenabled == TRIGGER_FIRES_ON_ORIGIN;
	}
	table_close(rel, AccessShareLock);
	return found;
}

/* A SQL text in UTF-8. */
static FsText
utf8_text(Datum datum)
{
	char *string = TextDatumGetCString(datum);

	string = pg_server_to_any(string, (int) strlen(string), PG_UTF8);
	return (FsText){ string, (uint32_t) strlen(string) };
}

/* Mix a text into the version of the words. */
static uint32
mix(uint32 version, FsText text)
{
	return fs_hash_pair(version, fs_hash(text.data, text.len));
}

/* A column of a row of the last query; ERROR if it is NULL. */
static Datum
column(uint64 row, int number)
{
	bool  null;
	Datum value = SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, number, &null);

	if (null)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("column \"%s\" of a workspace must not be NULL", SPI_fname(SPI_tuptable->tupdesc, number))));
	return value;
}

/* Read a table by the active snapshot, with the rights of the role. */
static void
select_rows(const char *schema, const char *columns, Source source)
{
	StringInfoData query;

	initStringInfo(&query);
	appendStringInfo(&query, "SELECT %s FROM ONLY %s.%s ORDER BY 1", columns, quote_identifier(schema),
					 source_names[source]);
	if (source == SOURCE_COMPANY)
		appendStringInfoString(&query, ", 4");
	if (SPI_execute(query.data, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "workspace could not be read");
}

/* Terms into own (NULL: none wanted) and the version. */
static uint32
read_terms(const char *schema, FsOwn *own, uint32 version)
{
	select_rows(schema, "term::pg_catalog.text COLLATE pg_catalog.\"C\", weight::pg_catalog.float8", SOURCE_TERM);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		FsText term = utf8_text(column(i, 1));
		int	   weight = (int) rint(DatumGetFloat8(column(i, 2)) * 100);

		weight = Max(-100, Min(100, weight));
		version = fs_hash_pair(mix(version, term), (uint32) weight + 1000);
		if (own)
			fs_own_term(own, term, weight);
	}
	SPI_freetuptable(SPI_tuptable);
	return version;
}

/* First day, or the first day after, of a range's bound. */
static int32
bound_day(const RangeBound *bound, int32 open)
{
	return bound->infinite ? open : DatumGetDateADT(bound->val);
}

/* The same for companies. */
static uint32
read_companies(const char *schema, FsOwn *own, uint32 version)
{
	TypeCacheEntry *type = lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO);

	select_rows(schema,
				"ticker::pg_catalog.text COLLATE pg_catalog.\"C\", name::pg_catalog.text, "
				"aliases::pg_catalog.text[], active::pg_catalog.daterange",
				SOURCE_COMPANY);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		FsText	   ticker = utf8_text(column(i, 1));
		FsText	   name = utf8_text(column(i, 2));
		RangeBound lower;
		RangeBound upper;
		bool	   empty;
		Datum	  *aliases;
		bool	  *nulls;
		int		   n;
		int32	   index = -1;

		range_deserialize(type, DatumGetRangeTypeP(column(i, 4)), &lower, &upper, &empty);
		deconstruct_array(DatumGetArrayTypeP(column(i, 3)), TEXTOID, -1, false, TYPALIGN_INT, &aliases, &nulls, &n);
		if (empty)
			continue;
		version = mix(mix(version, ticker), name);
		version = fs_hash_pair(version, (uint32) bound_day(&lower, FS_DAY_FIRST));
		version = fs_hash_pair(version, (uint32) bound_day(&upper, FS_DAY_LAST));
		if (own)
			index =
				fs_own_company(own, ticker, name, bound_day(&lower, FS_DAY_FIRST), bound_day(&upper, FS_DAY_LAST));
		for (int k = 0; k < n; k++)
		{
			FsText alias = nulls[k] ? (FsText){ "", 0 } : utf8_text(aliases[k]);

			version = mix(version, alias);
			if (own)
				fs_own_alias(own, index, alias);
		}
	}
	SPI_freetuptable(SPI_tuptable);
	return version;
}

/*
 * Everything of a workspace, by the active snapshot, into own and knowledge (NULL:
 * not wanted); what is returned differs if anything does, 0 if there is nothing.
 */
static uint32
read_workspace(const Build *build, const char *schema, FsOwn *own, FsKnowledge *knowledge)
{
	const FsTrained *trained;
	uint32			 version;

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	version = read_companies(schema, own, read_terms(schema, own, 0));
	trained = fs_pg_trained(schema, build->key.version, knowledge ? own->arena : NULL, &version);
	if (knowledge)
		knowledge->trained = trained;
	SPI_finish();
	return version;
}

/* Whether the tables hold, by the latest snapshot, what was read by the active one. */
static bool
is_current(const Build *build, const char *schema, uint32 version)
{
	Snapshot latest;
	bool	 same;

	if (IsInParallelMode())
		return false;
	latest = GetLatestSnapshot();
	if (same_view(stamp_of(latest), stamp_of(GetActiveSnapshot())) && latest->curcid == GetActiveSnapshot()->curcid)
		return true;
	PushActiveSnapshot(latest);
	same = read_workspace(build, schema, NULL, NULL) == version;
	PopActiveSnapshot();
	return same;
}

/*
 * Build what the role knows through a workspace.  An ERROR leaves nothing
 * behind; a policy may have called for another build meanwhile.
 */
static void
build_fill(Build *build, const char *workspace)
{
	uint64		  before = changes;
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext work = AllocSetContextCreate(caller, "finsent workspace rows", ALLOCSET_DEFAULT_SIZES);
	bool		  told = true;
	bool		  filtered = false;
	FsOwn		 *own;
	uint32		  version;

	MemoryContextSwitchTo(work);
	build->context = AllocSetContextCreate(work, "finsent workspace", ALLOCSET_SMALL_SIZES);
	for (int i = 0; i < SOURCES; i++)
	{
		build->tables[i] = get_relname_relid(source_names[i], build->key.schema);
		if (!OidIsValid(build->tables[i]) || !tells_changes(build->tables[i], &told))
			fail_workspace(workspace, true);
		filtered |= check_enable_rls(build->tables[i], InvalidOid, true) == RLS_ENABLED;
	}
	build->env = (FsEnv){ build_alloc, build_poll, build };
	fs_arena_init(&build->arena, &build->env, NULL, 0);
	build->stamp = stamp_of(GetActiveSnapshot());
	own = fs_own_start(&build->arena);
	build->knowledge = (FsKnowledge){ .generation = ++generations };
	version = read_workspace(build, workspace, own, &build->knowledge);
	fs_own_finish(own);
	build->current = told && !filtered && is_current(build, workspace, version);
	if (own->terms.n > 0 || own->names.n > 0)
		build->knowledge.own = own;
	if (build->knowledge.own || build->knowledge.trained)
		build->knowledge.model = MemoryContextStrdup(
			build->context, psprintf("%s+%s@%08x", fs_model_name(), workspace, (unsigned int) version));
	MemoryContextSetParent(build->context, CacheMemoryContext);
	build->valid = before == changes; /* else a change came in while it was read */
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(work);
}

/* Whether what was built serves the active snapshot. */
static bool
build_serves(const Build *build)
{
	Stamp now;

	if (!build->valid)
		return false;
	now = stamp_of(GetActiveSnapshot());
	return build->current ? !is_older(now, build->stamp) : same_statement(now, build->stamp);
}

/* Forget builds that serve nobody. */
static void
sweep(void)
{
	HASH_SEQ_STATUS scan;
	Build		   *build;

	hash_seq_init(&scan, builds);
	while ((build = hash_seq_search(&scan)) != NULL)
		if (!build->valid)
		{
			MemoryContextDelete(build->context);
			hash_search(builds, &build->key, HASH_REMOVE, NULL);
		}
}

const FsKnowledge *
fs_pg_knowledge(const char *workspace, int32 version, DateADT day)
{
	BuildKey key = { .role = GetUserId(), .version = version };
	Build	 fresh;
	Build	*build;
	bool	 found;
	bool	 pushed = !ActiveSnapshotSet();

	start_cache();
	AcceptInvalidationMessages();
	key.schema = get_namespace_oid(workspace, true);
	if (!OidIsValid(key.schema))
		fail_workspace(workspace, false);
	if (pushed)
		PushActiveSnapshot(GetTransactionSnapshot());
	build = hash_search(builds, &key, HASH_FIND, NULL);
	if (!build || !build_serves(build))
	{
		memset(&fresh, 0, sizeof(fresh));
		fresh.key = key;
		build_fill(&fresh, workspace);
		sweep();
		build = hash_search(builds, &key, HASH_ENTER, &found);
		if (found)
			MemoryContextDelete(build->context);
		*build = fresh;
	}
	if (pushed)
		PopActiveSnapshot();
	build->knowledge.day = day;
	return &build->knowledge;
}

const FsKnowledge *
fs_pg_knowledge_argument(FunctionCallInfo fcinfo, int version)
{
	int32 number = FS_PG_NEWEST;

	if (PG_ARGISNULL(0))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("workspace must not be NULL")));
	if (version >= 0 && !PG_ARGISNULL(version))
	{
		number = PG_GETARG_INT32(version);
		if (number < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("version must be at least 0, not %d", number)));
	}
	return fs_pg_knowledge(NameStr(*PG_GETARG_NAME(0)), number, GetSQLCurrentDate());
}

DateADT
fs_pg_day(Timestamp time)
{
	if (TIMESTAMP_NOT_FINITE(time))
		return GetSQLCurrentDate();
	return (DateADT) (time / USECS_PER_DAY - (time % USECS_PER_DAY < 0));
}

const char *
fs_pg_model(const FsKnowledge *knowledge)
{
	return knowledge && knowledge->model ? knowledge->model : fs_model_name();
}

/* finsent_model_as(workspace) */
Datum
finsent_model_as(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(fs_pg_model(fs_pg_knowledge_argument(fcinfo, -1))));
}

/*
 * Trigger of a workspace's tables: the invalidation goes to all sessions when
 * the transaction commits, and to this one at the end of the command.
 */
Datum
finsent_words_changed(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
						errmsg("finsent_words_changed must be called as a trigger")));
	CacheInvalidateRelcache(((TriggerData *) fcinfo->context)->tg_relation);
	PG_RETURN_POINTER(NULL);
}
