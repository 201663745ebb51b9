/*
 * score_as.c - finsent_score_as: scores by a model of a workspace.
 *
 * A model is read from its table with the rights of the caller, checked, and kept
 * where the call stands in its query (fn_extra), so that the other rows find it.
 * Whatever happens to a table is told to all sessions (the trigger on table
 * model sees to rows too); after any such message the model is read again.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "../core/trained.h"
#include "compat.h"
#include "env.h"
#include "result.h"

PG_FUNCTION_INFO_V1(finsent_score_as);

#define NEWEST (-1)
#define COMPILED 0

/* Counts the messages. */
static uint64 changes;
static bool	  listening;

/* A model where the call stands. */
typedef struct Kept
{
	MemoryContext context; /* of the model; NULL: none is kept */
	NameData	  workspace;
	int32		  version; /* asked for */
	Oid			  role;
	uint64		  changes;	 /* when it was read */
	FsKnowledge	  knowledge; /* trained NULL: the compiled model */
} Kept;

static void
table_changed(Datum arg, Oid relation)
{
	(void) arg;
	(void) relation;
	changes++;
}

/* FsEnv.alloc of a model: in its context, 16-byte aligned. */
static void *
model_alloc(void *ctx, size_t size)
{
	return (void *) TYPEALIGN(16, MemoryContextAlloc(ctx, size + 16));
}

/* ERROR for weights that cannot be used. */
static _Noreturn void
fail_weights(const char *workspace, int32 version, FsModelFault fault, FsText found)
{
	switch (fault)
	{
		case FS_MODEL_FOREIGN:
			ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED),
							errmsg("weights of model version %d of workspace \"%s\" are not those of a model",
								   version, workspace)));
			break;
		case FS_MODEL_FEATURES:
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("model version %d of workspace \"%s\" was trained by another finsent", version,
								   workspace),
							errdetail("It was trained over the features of %s; these are those of %s.",
									  pnstrdup(found.data, found.len), fs_model_name()),
							errhint("Train it again by finsent_train; its query is in the table model.")));
			break;
		case FS_MODEL_CORRUPT:
		case FS_MODEL_GOOD:
			break;
	}
	ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED),
					errmsg("weights of model version %d of workspace \"%s\" are corrupt", version, workspace)));
}

/* ERROR unless there is such a workspace: worded where workspaces are. */
static void
check_workspace(FunctionCallInfo fcinfo, const char *workspace)
{
	char *schema = get_namespace_name(get_func_namespace(fcinfo->flinfo->fn_oid));
	Oid	  types[1] = { NAMEOID };
	Datum values[1] = { CStringGetDatum(workspace) };

	SPI_execute_with_args(psprintf("SELECT %s.finsent_workspace_oid($1)", quote_identifier(schema)), 1, types, values,
						  NULL, true, 1);
}

/* The weights of a version, and which one the newest is; inside SPI. */
static bytea *
fetch_weights(const char *workspace, int32 *version)
{
	char *table = quote_qualified_identifier(workspace, "model");
	Oid	  types[1] = { INT4OID };
	Datum values[1] = { Int32GetDatum(*version) };
	bool  null;
	Datum weights;

	if (*version == NEWEST)
		SPI_execute(psprintf("SELECT version, weights FROM %s ORDER BY version DESC LIMIT 1", table), true, 1);
	else
		SPI_execute_with_args(
			psprintf("SELECT version, weights FROM %s WHERE version OPERATOR(pg_catalog.=) $1", table), 1, types,
			values, NULL, true, 1);
	if (SPI_processed == 0 && *version == NEWEST)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("workspace \"%s\" has no model", workspace),
						errhint("finsent_train stores one.")));
	if (SPI_processed == 0)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
						errmsg("workspace \"%s\" has no model version %d", workspace, *version),
						errhint("Its versions are in the table %s; 0 is finsent's own.", table)));
	*version = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null));
	weights = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &null);
	return null ? NULL : DatumGetByteaPP(weights);
}

/* Read the model that the call asks for. */
static void
read_model(FunctionCallInfo fcinfo, Kept *kept, const char *workspace, int32 version)
{
	FsEnv		 env = { model_alloc, NULL, NULL };
	FsArena		 arena;
	FsModelFault fault = FS_MODEL_FOREIGN;
	FsText		 found = { "", 0 };
	int32		 number = version;

	if (kept->context)
		MemoryContextDelete(kept->context);
	kept->context = NULL;
	if (!listening)
		CacheRegisterRelcacheCallback(table_changed, (Datum) 0);
	listening = true;
	kept->knowledge = (FsKnowledge){ 0 };
	SPI_connect();
	check_workspace(fcinfo, workspace);
	kept->changes = changes; /* the locks are taken now, so what comes later is later */
	env.ctx = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "finsent model", ALLOCSET_DEFAULT_SIZES);
	if (version != COMPILED)
	{
		bytea *weights = fetch_weights(workspace, &number);

		fs_arena_init(&arena, &env, NULL, 0);
		if (weights)
			kept->knowledge.trained = fs_trained_read(&arena, VARDATA_ANY(weights), VARSIZE_ANY_EXHDR(weights),
													  fs_model_name(), &fault, &found);
		if (kept->knowledge.trained == NULL)
			fail_weights(workspace, number, fault, found);
	}
	SPI_finish();
	namestrcpy(&kept->workspace, workspace);
	kept->version = version;
	kept->role = GetUserId();
	kept->context = env.ctx;
}

/* finsent_score_as(workspace, body, title, version) */
Datum
finsent_score_as(PG_FUNCTION_ARGS)
{
	Kept	 *kept = fs_pg_extra(fcinfo, sizeof(Kept));
	Name	  workspace;
	int32	  version = PG_ARGISNULL(3) ? NEWEST : PG_GETARG_INT32(3);
	FsReading reading;
	int32_t	  score;

	if (PG_ARGISNULL(0))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("workspace must not be NULL")));
	if (!PG_ARGISNULL(3) && version < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("version must be at least 0, not %d", version)));
	workspace = PG_GETARG_NAME(0);
	if (kept->context == NULL || kept->version != version || kept->changes != changes || kept->role != GetUserId() ||
		strcmp(NameStr(kept->workspace), NameStr(*workspace)) != 0)
		read_model(fcinfo, kept, NameStr(*workspace), version);
	if (!fs_pg_open(&reading, fcinfo, 1, 2))
		PG_RETURN_NULL();
	if (kept->knowledge.trained)
	{
		FsError			  error = { FS_OK, 0, 0 };
		const FsDocument *document = fs_document_read_with(&reading.arena, reading.body.text, reading.title.text,
														   FS_WANT_SCORE, &kept->knowledge, &error);

		if (document == NULL)
			fs_pg_fail(&reading, error);
		score = document->score;
	}
	else
		score = fs_pg_document(&reading, FS_WANT_SCORE)->score;
	fs_pg_close(&reading);
	PG_RETURN_FLOAT8(fs_pg_score(score));
}
