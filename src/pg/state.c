/*
 * state.c - states of aggregates: arrays of float8 that a server can pass on to another.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "compat.h"
#include "result.h"
#include "state.h"

ArrayType *
fs_state_new(FsStateKind kind, int n)
{
	Size	   size = ARR_OVERHEAD_NONULLS(1) + (n + 1) * sizeof(double);
	ArrayType *state = palloc0(size);

	SET_VARSIZE(state, size);
	state->ndim = 1;
	state->elemtype = FLOAT8OID;
	ARR_DIMS(state)[0] = n + 1;
	ARR_LBOUND(state)[0] = 1;
	fs_state_data(state)[-1] = kind;
	return state;
}

void
fs_state_fail(const char *why)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("this is no state of this aggregate: %s", why),
					errhint("States come from the aggregates whose names end in _state.")));
}

ArrayType *
fs_state_argument(FunctionCallInfo fcinfo, int number, FsStateKind kind, int n)
{
	ArrayType *state = PG_GETARG_ARRAYTYPE_P(number);

	if (ARR_NDIM(state) != 1 || ARR_HASNULL(state) || ARR_ELEMTYPE(state) != FLOAT8OID || ARR_DIMS(state)[0] < 1)
		fs_state_fail("not an array of numbers");
	if (fs_state_data(state)[-1] != (double) kind)
	{
		double first = fs_state_data(state)[-1];

		fs_state_fail(
			psprintf(floor(first / 100) == kind / 100 ? "version %s is not known" : "its first element is %s",
					 float8out_internal(first)));
	}
	if (n >= 0 ? fs_state_length(state) != n : fs_state_length(state) < -n)
		fs_state_fail(psprintf("it has %d elements", fs_state_length(state) + 1));
	return state;
}

void
fs_state_check_finite(ArrayType *state)
{
	for (int i = 0; i < fs_state_length(state); i++)
		if (!isfinite(fs_state_data(state)[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("element %d of the state is %s", i + 2, float8out_internal(fs_state_data(state)[i])),
					 errdetail("The values add up to more than double precision can hold.")));
}

void
fs_state_check_caller(FunctionCallInfo fcinfo)
{
	if (!AggCheckCallContext(fcinfo, NULL))
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("this function is a part of an aggregate and cannot be called by itself")));
}

double
fs_finite_argument(FunctionCallInfo fcinfo, int number, const char *name)
{
	double value = PG_GETARG_FLOAT8(number);

	if (!isfinite(value))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be a finite number, not %s", name, float8out_internal(value)),
						errhint("Leave such rows out, with a WHERE or a FILTER, or make them null.")));
	return value;
}

void
fs_row_number(FsRow *row, double value)
{
	if (isnan(value))
		fs_row_null(row);
	else
		fs_row_float(row, value);
}

Datum
fs_row_result(FunctionCallInfo fcinfo, FsRow *row)
{
	TupleDesc type;

	if (get_call_result_type(fcinfo, NULL, &type) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "function returns no row");
	return fs_row_tuple(row, type);
}
