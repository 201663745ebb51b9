/*
 * novelty.c - SQL functions of the group Novelty.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "../core/fingerprint.h"
#include "compat.h"
#include "env.h"

PG_FUNCTION_INFO_V1(finsent_fingerprint);
PG_FUNCTION_INFO_V1(finsent_similarity);
PG_FUNCTION_INFO_V1(finsent_fingerprint_bands);

/* finsent_fingerprint(body) */
Datum
finsent_fingerprint(PG_FUNCTION_ARGS)
{
	FsReading reading;
	FsError	  error = { FS_OK, 0, 0 };
	uint64_t  fingerprint;
	bool	  any;

	if (!fs_pg_open(&reading, fcinfo, 0, -1))
		PG_RETURN_NULL();
	any = fs_fingerprint(&reading.arena, reading.body.text, &fingerprint, &error);
	if (error.status != FS_OK)
		fs_pg_fail(&reading, error);
	fs_pg_close(&reading);
	if (!any)
		PG_RETURN_NULL();
	PG_RETURN_INT64((int64) fingerprint);
}

/* finsent_similarity(a, b) */
Datum
finsent_similarity(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(fs_similarity((uint64_t) PG_GETARG_INT64(0), (uint64_t) PG_GETARG_INT64(1)));
}

/* finsent_fingerprint_bands(fingerprint) */
Datum
finsent_fingerprint_bands(PG_FUNCTION_ARGS)
{
	int32_t bands[FS_BANDS];
	Datum	elements[FS_BANDS];

	fs_fingerprint_bands((uint64_t) PG_GETARG_INT64(0), bands);
	for (int i = 0; i < FS_BANDS; i++)
		elements[i] = Int32GetDatum(bands[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, FS_BANDS, INT4OID, sizeof(int32_t), true, TYPALIGN_INT));
}
