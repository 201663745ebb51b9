/*
 * period.c - finsent_period: a period as written, resolved against a date.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/date.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#include "../core/period.h"
#include "compat.h"
#include "env.h"

PG_FUNCTION_INFO_V1(finsent_period);

/* The core's days are the server's dates. */
StaticAssertDecl(POSTGRES_EPOCH_JDATE == 2451545, "dates count from 2000-01-01");

/* finsent_period(period, as_of) */
Datum
finsent_period(PG_FUNCTION_ARGS)
{
	FsReading  reading;
	DateADT	   as_of = PG_GETARG_DATEADT(1);
	FsDays	   days;
	bool	   known;
	RangeBound lower = { .inclusive = true, .lower = true };
	RangeBound upper = { .inclusive = false, .lower = false };

	if (DATE_NOT_FINITE(as_of))
		PG_RETURN_NULL();
	fs_pg_open_empty(&reading);
	fs_pg_fetch_extra(&reading, fcinfo, 0, "period");
	known = fs_period_resolve(&reading.arena, reading.extra.text, as_of, &days);
	fs_pg_close(&reading);
	if (!known)
		PG_RETURN_NULL();
	lower.val = DateADTGetDatum(days.first);
	upper.val = DateADTGetDatum(days.end);
	PG_RETURN_RANGE_P(fs_pg_make_range(lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO), &lower, &upper));
}
