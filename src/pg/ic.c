/*
 * ic.c - SQL functions of the group Research: the information coefficient and other statistics of ranks.
 *
 * Ranks need all pairs of a group at once, so the state is a list of them, with
 * room to grow: {kind, n, first, x, y, x, y, ...}.  Room doubles when it is
 * used up, so that adding a pair is cheap on average; within an aggregate the
 * list grows in place.  A moving window takes its oldest pair away at the
 * front, which is exact.  Pairs beyond the cap are refused.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "../stat/rank.h"
#include "compat.h"
#include "result.h"
#include "state.h"

PG_FUNCTION_INFO_V1(finsent_ic_add);
PG_FUNCTION_INFO_V1(finsent_ic_remove);
PG_FUNCTION_INFO_V1(finsent_ic_combine);
PG_FUNCTION_INFO_V1(finsent_ic_trim);
PG_FUNCTION_INFO_V1(finsent_ic_final);

/* Pairs of one group: 256 MB. */
#define MAX_PAIRS (1 << 24)

/* Pairs that a new state has room for. */
#define FIRST_ROOM 16

/* A list of pairs, behind the first element of a state. */
typedef struct PairList
{
	double n;
	double first; /* pairs taken away at the front */
	double values[FLEXIBLE_ARRAY_MEMBER];
} PairList;

#define HEADER_ELEMENTS 2

static PairList *
list_of(ArrayType *state)
{
	return (PairList *) fs_state_data(state);
}

/* Pairs that a state has room for. */
static int
room_of(ArrayType *state)
{
	return (fs_state_length(state) - HEADER_ELEMENTS) / 2;
}

/* The pairs themselves. */
static double *
pairs_of(ArrayType *state)
{
	return list_of(state)->values + 2 * (size_t) list_of(state)->first;
}

/* The state in an argument; its counts are checked, because they are used as places. */
static ArrayType *
ic_argument(FunctionCallInfo fcinfo, int number)
{
	ArrayType *state = fs_state_argument(fcinfo, number, FS_STATE_IC, -HEADER_ELEMENTS);
	PairList  *list = list_of(state);

	if (!(list->n >= 0 && list->n == floor(list->n) && list->first >= 0 && list->first == floor(list->first) &&
		  list->n + list->first <= room_of(state)))
		fs_state_fail("its number of pairs is not that of its elements");
	return state;
}

/* A state with room for so many pairs and the pairs of another, which may be NULL. */
static ArrayType *
new_list(ArrayType *old, int room)
{
	ArrayType *state = fs_state_new(FS_STATE_IC, HEADER_ELEMENTS + 2 * room);

	if (old)
	{
		list_of(state)->n = list_of(old)->n;
		memcpy(list_of(state)->values, pairs_of(old), 2 * sizeof(double) * (size_t) list_of(old)->n);
	}
	return state;
}

/*
 * The state with room for more pairs: itself, or a new one.  A new one lies in
 * the current context; the aggregate copies it into its own.
 */
static ArrayType *
make_room(ArrayType *state, int more)
{
	int n, room;

	if (state == NULL)
		return new_list(NULL, Max(more, FIRST_ROOM));
	n = (int) list_of(state)->n;
	if (n + more > MAX_PAIRS)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("a group has more than %d pairs", MAX_PAIRS),
						errdetail("A statistic of ranks holds the pairs of a group in memory."),
						errhint("Group by a shorter period, and summarise the periods by finsent_ic_summary.")));
	if (list_of(state)->first + n + more <= room_of(state))
		return state;
	if (list_of(state)->first > n + more)
	{
		memmove(list_of(state)->values, pairs_of(state), 2 * sizeof(double) * (size_t) n);
		list_of(state)->first = 0;
		return state;
	}
	room = Min(Max(2 * room_of(state), n + more), MAX_PAIRS);
	return new_list(state, room);
}

/* finsent_ic_add(state, signal, forward_return) */
Datum
finsent_ic_add(PG_FUNCTION_ARGS)
{
	ArrayType *state;
	double	   signal, forward_return;
	double	  *pair;

	fs_state_check_caller(fcinfo);
	/* Never NULL: a moving window must be able to start without a pair. */
	state = PG_ARGISNULL(0) ? new_list(NULL, FIRST_ROOM) : ic_argument(fcinfo, 0);
	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		signal = fs_finite_argument(fcinfo, 1, "signal");
		forward_return = fs_finite_argument(fcinfo, 2, "forward_return");
		state = make_room(state, 1);
		pair = pairs_of(state) + 2 * (size_t) list_of(state)->n;
		pair[0] = signal;
		pair[1] = forward_return;
		list_of(state)->n += 1;
	}
	PG_RETURN_ARRAYTYPE_P(state);
}

/* finsent_ic_remove(state, signal, forward_return): the oldest row leaves the window. */
Datum
finsent_ic_remove(PG_FUNCTION_ARGS)
{
	ArrayType *state;
	double	  *pair;

	fs_state_check_caller(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = ic_argument(fcinfo, 0);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_ARRAYTYPE_P(state);
	pair = pairs_of(state);
	/* NULL makes the server compute the window anew. */
	if (list_of(state)->n < 1 || pair[0] != PG_GETARG_FLOAT8(1) || pair[1] != PG_GETARG_FLOAT8(2))
		PG_RETURN_NULL();
	list_of(state)->first += 1;
	list_of(state)->n -= 1;
	PG_RETURN_ARRAYTYPE_P(state);
}

/* ERROR unless the pairs, of a state from outside, are numbers. */
static void
check_pairs(ArrayType *state)
{
	const double *pairs = pairs_of(state);
	size_t		  n = 2 * (size_t) list_of(state)->n;

	for (size_t i = 0; i < n; i++)
		if (!isfinite(pairs[i]))
			fs_state_fail("a value is not finite");
}

/* finsent_ic_combine(state, state) */
Datum
finsent_ic_combine(PG_FUNCTION_ARGS)
{
	ArrayType *state = NULL, *other;
	int		   n;

	fs_state_check_caller(fcinfo);
	if (!PG_ARGISNULL(0))
		state = ic_argument(fcinfo, 0);
	if (!PG_ARGISNULL(1))
	{
		other = ic_argument(fcinfo, 1);
		check_pairs(other);
		n = (int) list_of(other)->n;
		state = make_room(state, n);
		memcpy(pairs_of(state) + 2 * (size_t) list_of(state)->n, pairs_of(other), 2 * sizeof(double) * (size_t) n);
		list_of(state)->n += n;
	}
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_ARRAYTYPE_P(state);
}

/* finsent_ic_trim(state): without spare room, as finsent_ic_state returns it. */
Datum
finsent_ic_trim(PG_FUNCTION_ARGS)
{
	ArrayType *state;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = ic_argument(fcinfo, 0);
	if (list_of(state)->n == 0)
		PG_RETURN_NULL();
	PG_RETURN_ARRAYTYPE_P(new_list(state, (int) list_of(state)->n));
}

/* Between passes over many pairs. */
static void
poll_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* finsent_ic_final(state) */
Datum
finsent_ic_final(PG_FUNCTION_ARGS)
{
	ArrayType	 *state;
	uint32_t	  n;
	FsRankSpace	  space;
	FsCorrelation result;
	FsRow		  row;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = ic_argument(fcinfo, 0);
	check_pairs(state);
	n = (uint32_t) list_of(state)->n;
	if (n == 0)
		PG_RETURN_NULL();
	space.items = MemoryContextAllocHuge(CurrentMemoryContext, 2 * sizeof(FsRanked) * (Size) n);
	space.x = MemoryContextAllocHuge(CurrentMemoryContext, 2 * sizeof(uint32_t) * (Size) n);
	space.y = space.x + n;
	result = fs_correlation(pairs_of(state), n, space, poll_interrupts);
	pfree(space.items);
	pfree(space.x);
	fs_row_clear(&row);
	fs_row_number(&row, result.spearman);
	fs_row_number(&row, result.pearson);
	fs_row_number(&row, result.t);
	fs_row_number(&row, result.p);
	fs_row_datum(&row, Int64GetDatum((int64) n));
	return fs_row_result(fcinfo, &row);
}
