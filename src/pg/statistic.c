/*
 * statistic.c - SQL functions of the group Research: index over time, decay, summary of coefficients.
 */
#include "postgres.h"

#include <math.h>

#include "datatype/timestamp.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/timestamp.h"

#include "../stat/event.h"
#include "../stat/student.h"
#include "../stat/weighted.h"
#include "compat.h"
#include "result.h"
#include "state.h"

PG_FUNCTION_INFO_V1(finsent_decay_add);
PG_FUNCTION_INFO_V1(finsent_decay_combine);
PG_FUNCTION_INFO_V1(finsent_decay_final);
PG_FUNCTION_INFO_V1(finsent_index_add);
PG_FUNCTION_INFO_V1(finsent_index_combine);
PG_FUNCTION_INFO_V1(finsent_index_final);
PG_FUNCTION_INFO_V1(finsent_ic_summary_add);
PG_FUNCTION_INFO_V1(finsent_ic_summary_combine);
PG_FUNCTION_INFO_V1(finsent_ic_summary_final);
PG_FUNCTION_INFO_V1(finsent_shrink);
PG_FUNCTION_INFO_V1(finsent_student_p);

/* Elements of a state that is a struct of doubles. */
#define ELEMENTS(type) ((int) (sizeof(type) / sizeof(double)))

/* State of finsent_decay_avg. */
typedef struct DecayState
{
	double	as_of;	   /* microseconds as a timestamp has them, rounded */
	double	half_life; /* microseconds */
	FsDecay decay;
} DecayState;

/* State of finsent_ic_summary. */
typedef struct SummaryState
{
	FsEventSums sums;
	double		positive; /* rows above 0 */
} SummaryState;

/* An optional weight; NaN for NULL.  SQLSTATE 22023 below 0. */
static double
get_weight(FunctionCallInfo fcinfo, int number)
{
	double weight;

	if (PG_NARGS() <= number)
		return 1;
	if (PG_ARGISNULL(number))
		return NAN;
	weight = fs_finite_argument(fcinfo, number, "weight");
	if (weight < 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("weight must not be negative, as %s is", float8out_internal(weight))));
	return weight;
}

/* ERROR unless n, of a state from outside, counts rows. */
static void
check_count(double n)
{
	if (!(n >= 1 && n <= 9e15 && n == floor(n)))
		fs_state_fail(psprintf("it has %s rows", float8out_internal(n)));
}

/* ERROR unless a sum of weights, of a state from outside, is one. */
static void
check_weights(FsSum w)
{
	if (!(fs_sum_value(w) > 0))
		fs_state_fail(psprintf("its weights add up to %s", float8out_internal(fs_sum_value(w))));
}

/* ERROR for a result beyond what a float8 holds. */
static void
check_range(double value)
{
	if (!isfinite(value))
		float_overflow_error();
}

/* What a state aggregate or a combine function returns when nothing was added. */
static Datum
unchanged(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* A half-life in microseconds; SQLSTATE 22023 unless it is above zero. */
static double
get_half_life(FunctionCallInfo fcinfo, int number)
{
	Interval *interval = PG_GETARG_INTERVAL_P(number);
	double	  result = (double) interval->time + USECS_PER_DAY * (interval->day + 30.0 * interval->month);

	if (!(result > 0))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("half_life must be longer than zero, not %s",
							   DatumGetCString(DirectFunctionCall1(interval_out, PG_GETARG_DATUM(number))))));
	return result;
}

/* finsent_decay_avg's state in an argument. */
static DecayState *
decay_argument(FunctionCallInfo fcinfo, int number, bool check)
{
	ArrayType  *array = fs_state_argument(fcinfo, number, FS_STATE_DECAY, ELEMENTS(DecayState));
	DecayState *state = (DecayState *) fs_state_data(array);

	if (check)
	{
		fs_state_check_finite(array);
		check_count(state->decay.n);
		if (state->decay.block < 0 || state->decay.block != floor(state->decay.block))
			fs_state_fail("its scale is no power of two");
	}
	return state;
}

/* ERROR unless two rows or states speak of the same moment and half-life. */
static void
check_same(const DecayState *state, double as_of, double half_life)
{
	if (state->as_of != as_of || state->half_life != half_life)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s must be the same for all rows of a group",
																  state->as_of != as_of ? "as_of" : "half_life")));
}

/* finsent_decay_add(state, score, at, as_of, half_life [, weight]) */
Datum
finsent_decay_add(PG_FUNCTION_ARGS)
{
	double		weight, score, half_life;
	TimestampTz at, as_of;
	ArrayType  *array = NULL;
	DecayState *state;

	fs_state_check_caller(fcinfo);
	weight = get_weight(fcinfo, 5);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) || PG_ARGISNULL(4) || !(weight > 0))
		return unchanged(fcinfo);
	score = fs_finite_argument(fcinfo, 1, "score");
	at = PG_GETARG_TIMESTAMPTZ(2);
	as_of = PG_GETARG_TIMESTAMPTZ(3);
	half_life = get_half_life(fcinfo, 4);
	if (TIMESTAMP_NOT_FINITE(as_of))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("as_of must be a finite time")));
	if (at > as_of || TIMESTAMP_IS_NOBEGIN(at))
		return unchanged(fcinfo);
	if (PG_ARGISNULL(0))
	{
		array = fs_state_new(FS_STATE_DECAY, ELEMENTS(DecayState));
		state = (DecayState *) fs_state_data(array);
		state->as_of = (double) as_of;
		state->half_life = half_life;
	}
	else
		state = decay_argument(fcinfo, 0, false);
	check_same(state, (double) as_of, half_life);
	fs_decay_add(&state->decay, score, ((double) as_of - (double) at) / half_life, weight);
	if (array)
		PG_RETURN_ARRAYTYPE_P(array);
	return unchanged(fcinfo);
}

/* finsent_decay_combine(state, state) */
Datum
finsent_decay_combine(PG_FUNCTION_ARGS)
{
	DecayState *other, *state;

	fs_state_check_caller(fcinfo);
	if (PG_ARGISNULL(1))
		return unchanged(fcinfo);
	other = decay_argument(fcinfo, 1, true);
	if (PG_ARGISNULL(0))
		PG_RETURN_ARRAYTYPE_P(PG_GETARG_ARRAYTYPE_P(1));
	state = decay_argument(fcinfo, 0, true);
	check_same(state, other->as_of, other->half_life);
	fs_decay_merge(&state->decay, &other->decay);
	return unchanged(fcinfo);
}

/* finsent_decay_final(state) */
Datum
finsent_decay_final(PG_FUNCTION_ARGS)
{
	DecayState *state;
	double		value;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = decay_argument(fcinfo, 0, true);
	if (!(fs_sum_value(state->decay.w) > 0))
		PG_RETURN_NULL();
	value = fs_decay_value(&state->decay);
	check_range(value);
	PG_RETURN_FLOAT8(value);
}

/* finsent_index's state in an argument. */
static FsIndex *
index_argument(FunctionCallInfo fcinfo, int number, bool check)
{
	ArrayType *array = fs_state_argument(fcinfo, number, FS_STATE_INDEX, ELEMENTS(FsIndex));
	FsIndex	  *state = (FsIndex *) fs_state_data(array);

	if (check)
	{
		fs_state_check_finite(array);
		check_count(state->n);
		check_weights(state->w);
		check_weights(state->ww);
	}
	return state;
}

/* finsent_index_add(state, score [, weight]) */
Datum
finsent_index_add(PG_FUNCTION_ARGS)
{
	double	   weight, score;
	ArrayType *array;

	fs_state_check_caller(fcinfo);
	weight = get_weight(fcinfo, 2);
	if (PG_ARGISNULL(1) || !(weight > 0))
		return unchanged(fcinfo);
	score = fs_finite_argument(fcinfo, 1, "score");
	if (!PG_ARGISNULL(0))
	{
		fs_index_add(index_argument(fcinfo, 0, false), score, weight);
		return unchanged(fcinfo);
	}
	array = fs_state_new(FS_STATE_INDEX, ELEMENTS(FsIndex));
	fs_index_add((FsIndex *) fs_state_data(array), score, weight);
	PG_RETURN_ARRAYTYPE_P(array);
}

/* finsent_index_combine(state, state) */
Datum
finsent_index_combine(PG_FUNCTION_ARGS)
{
	FsIndex *other;

	fs_state_check_caller(fcinfo);
	if (PG_ARGISNULL(1))
		return unchanged(fcinfo);
	other = index_argument(fcinfo, 1, true);
	if (PG_ARGISNULL(0))
		PG_RETURN_ARRAYTYPE_P(PG_GETARG_ARRAYTYPE_P(1));
	fs_index_merge(index_argument(fcinfo, 0, true), other);
	return unchanged(fcinfo);
}

/* finsent_index_final(state) */
Datum
finsent_index_final(PG_FUNCTION_ARGS)
{
	FsIndexValue value;
	FsRow		 row;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	value = fs_index_value(index_argument(fcinfo, 0, true));
	check_range(value.mean);
	fs_row_clear(&row);
	fs_row_float(&row, value.mean);
	fs_row_number(&row, value.se);
	fs_row_float(&row, value.effective_n);
	fs_row_float(&row, value.positive);
	fs_row_float(&row, value.negative);
	fs_row_number(&row, value.sd);
	fs_row_datum(&row, Int64GetDatum((int64) value.n));
	return fs_row_result(fcinfo, &row);
}

/* finsent_ic_summary's state in an argument. */
static SummaryState *
summary_argument(FunctionCallInfo fcinfo, int number, bool check)
{
	ArrayType	 *array = fs_state_argument(fcinfo, number, FS_STATE_IC_SUMMARY, ELEMENTS(SummaryState));
	SummaryState *state = (SummaryState *) fs_state_data(array);

	if (check)
	{
		fs_state_check_finite(array);
		check_count(state->sums.n);
		if (!(state->positive >= 0 && state->positive <= state->sums.n))
			fs_state_fail("more rows are above 0 than there are");
	}
	return state;
}

/* finsent_ic_summary_add(state, ic) */
Datum
finsent_ic_summary_add(PG_FUNCTION_ARGS)
{
	double		  ic;
	ArrayType	 *array = NULL;
	SummaryState *state;

	fs_state_check_caller(fcinfo);
	if (PG_ARGISNULL(1))
		return unchanged(fcinfo);
	ic = fs_finite_argument(fcinfo, 1, "ic");
	if (PG_ARGISNULL(0))
	{
		array = fs_state_new(FS_STATE_IC_SUMMARY, ELEMENTS(SummaryState));
		state = (SummaryState *) fs_state_data(array);
	}
	else
		state = summary_argument(fcinfo, 0, false);
	fs_event_sums_add(&state->sums, ic);
	state->positive += ic > 0;
	if (array)
		PG_RETURN_ARRAYTYPE_P(array);
	return unchanged(fcinfo);
}

/* finsent_ic_summary_combine(state, state) */
Datum
finsent_ic_summary_combine(PG_FUNCTION_ARGS)
{
	SummaryState *other, *state;

	fs_state_check_caller(fcinfo);
	if (PG_ARGISNULL(1))
		return unchanged(fcinfo);
	other = summary_argument(fcinfo, 1, true);
	if (PG_ARGISNULL(0))
		PG_RETURN_ARRAYTYPE_P(PG_GETARG_ARRAYTYPE_P(1));
	state = summary_argument(fcinfo, 0, true);
	fs_event_sums_merge(&state->sums, &other->sums);
	state->positive += other->positive;
	return unchanged(fcinfo);
}

/* finsent_ic_summary_final(state) */
Datum
finsent_ic_summary_final(PG_FUNCTION_ARGS)
{
	SummaryState *state;
	FsRow		  row;
	double		  mean, sd, t;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = summary_argument(fcinfo, 0, true);
	mean = fs_event_sums_mean(&state->sums);
	sd = fs_event_sums_sd(&state->sums);
	t = fs_event_sums_t(&state->sums);
	check_range(mean);
	fs_row_clear(&row);
	fs_row_float(&row, mean);
	fs_row_number(&row, sd);
	fs_row_number(&row, sd > 0 ? mean / sd : NAN);
	fs_row_number(&row, t);
	fs_row_number(&row, fs_student_p(t, state->sums.n - 1));
	fs_row_float(&row, state->positive / state->sums.n);
	fs_row_datum(&row, Int64GetDatum((int64) state->sums.n));
	return fs_row_result(fcinfo, &row);
}

/* finsent_shrink(mean, n, baseline, k) */
Datum
finsent_shrink(PG_FUNCTION_ARGS)
{
	double mean = 0, n = 0, baseline, k;

	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	baseline = fs_finite_argument(fcinfo, 2, "baseline");
	k = fs_finite_argument(fcinfo, 3, "k");
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
	{
		mean = fs_finite_argument(fcinfo, 0, "mean");
		n = fs_finite_argument(fcinfo, 1, "n");
	}
	if (n < 0 || k < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must not be negative, as %s is", n < 0 ? "n" : "k", float8out_internal(n < 0 ? n : k))));
	if (n == 0)
		PG_RETURN_FLOAT8(baseline);
	PG_RETURN_FLOAT8((n * mean + k * baseline) / (n + k));
}

/* finsent_student_p(t, df) */
Datum
finsent_student_p(PG_FUNCTION_ARGS)
{
	double t = PG_GETARG_FLOAT8(0);
	double df = fs_finite_argument(fcinfo, 1, "df");

	if (!(df > 0))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("df must be above 0, not %s", float8out_internal(df))));
	PG_RETURN_FLOAT8(fs_student_p(t, df));
}
