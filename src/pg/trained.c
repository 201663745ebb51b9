/*
 * trained.c - models of a workspace, trained by finsent_train.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/builtins.h"

#include "../core/document.h"
#include "compat.h"
#include "trained.h"

/* Complain of weights that cannot be used; an ERROR but for what is only of another finsent. */
static void
complain(int level, const char *workspace, int32 version, FsModelFault fault, FsText found)
{
	switch (fault)
	{
		case FS_MODEL_FOREIGN:
			ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED),
							errmsg("weights of model version %d of workspace \"%s\" are not those of a model",
								   version, workspace)));
			break;
		case FS_MODEL_FEATURES:
			ereport(level, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("model version %d of workspace \"%s\" was trained by another finsent", version,
								   workspace),
							errdetail("It was trained over the features of %s; these are those of %s.",
									  pnstrdup(found.data, found.len), fs_model_name()),
							errhint("Train it again by finsent_train; its query is in the table model.")));
			return;
		case FS_MODEL_CORRUPT:
		case FS_MODEL_GOOD:
			break;
	}
	ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED),
					errmsg("weights of model version %d of workspace \"%s\" are corrupt", version, workspace)));
}

/* Select the row of a version; false if the newest is asked for and there is none. */
static bool
select_model(const char *workspace, int32 version)
{
	char *table = quote_qualified_identifier(workspace, "model");
	Oid	  types[1] = { INT4OID };
	Datum values[1] = { Int32GetDatum(version) };

	if (version == FS_PG_NEWEST)
		SPI_execute(
			psprintf("SELECT version, features, checksum, weights FROM ONLY %s ORDER BY version DESC LIMIT 1", table),
			true, 1);
	else
		SPI_execute_with_args(psprintf("SELECT version, features, checksum, weights FROM ONLY %s WHERE version "
									   "OPERATOR(pg_catalog.=) $1",
									   table),
							  1, types, values, NULL, true, 1);
	if (SPI_processed == 0 && version != FS_PG_NEWEST)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
						errmsg("workspace \"%s\" has no model version %d", workspace, version),
						errhint("Its versions are in the table %s; 0 is finsent's own.", table)));
	return SPI_processed > 0;
}

/* A column of the selected row as a string. */
static const char *
column_string(int number)
{
	char *string = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, number);

	return string ? string : "";
}

const FsTrained *
fs_pg_trained(const char *workspace, int32 version, FsArena *arena, uint32 *mark)
{
	const FsTrained *model = NULL;
	FsModelFault	 fault = FS_MODEL_FOREIGN;
	FsText			 found = { "", 0 };
	const char		*checksum;
	bytea			*weights;
	Datum			 value;
	int32			 number;
	bool			 null;

	if (version == FS_PG_COMPILED || !select_model(workspace, version))
		return NULL;
	number = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null));
	if (version == FS_PG_NEWEST && strcmp(column_string(2), fs_model_name()) != 0)
	{
		const char *features = column_string(2);

		if (arena)
			complain(WARNING, workspace, number, FS_MODEL_FEATURES, (FsText){ features, (uint32) strlen(features) });
		return NULL;
	}
	checksum = column_string(3);
	*mark = fs_hash_pair(fs_hash_pair(*mark, fs_hash(checksum, strlen(checksum))), (uint32) number);
	if (!arena)
		return NULL;
	value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 4, &null);
	weights = null ? NULL : DatumGetByteaPP(value);
	if (weights)
		model =
			fs_trained_read(arena, VARDATA_ANY(weights), VARSIZE_ANY_EXHDR(weights), fs_model_name(), &fault, &found);
	if (!model)
		complain(ERROR, workspace, number, fault, found);
	return model;
}
