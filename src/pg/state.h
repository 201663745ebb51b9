/*
 * state.h - states of aggregates: arrays of float8 that a server can pass on to another.
 *
 * Element 1 says of which aggregate and version a state is.  Whoever can call
 * SQL can make one by hand, so a state from outside is checked before it is used.
 */
#ifndef FS_PG_STATE_H
#define FS_PG_STATE_H

#include "utils/array.h"

#include "result.h"

/* Element 1: aggregate x 100 + version. */
typedef enum FsStateKind
{
	FS_STATE_DECAY = 101,
	FS_STATE_INDEX = 201,
	FS_STATE_IC = 301,
	FS_STATE_IC_SUMMARY = 401
} FsStateKind;

/* The elements behind the first. */
static inline double *
fs_state_data(ArrayType *state)
{
	return (double *) ARR_DATA_PTR(state) + 1;
}

static inline int
fs_state_length(ArrayType *state)
{
	return ARR_DIMS(state)[0] - 1;
}

/* A state with n elements behind the first, all 0. */
extern ArrayType *fs_state_new(FsStateKind kind, int n);

/*
 * The state in an argument that is not NULL; SQLSTATE 22023 if it is none of
 * this kind.  n: how many elements it must have behind the first; below 0: at
 * least -n.  Their values are the caller's to check.
 */
extern ArrayType *fs_state_argument(FunctionCallInfo fcinfo, int number, FsStateKind kind, int n);

/* ERROR for a state that cannot be. */
extern _Noreturn void fs_state_fail(const char *why);

/* ERROR (22003) unless all elements behind the first are finite: sums that overflowed are not. */
extern void fs_state_check_finite(ArrayType *state);

/* ERROR unless called by an aggregate, whose state may be changed in place. */
extern void fs_state_check_caller(FunctionCallInfo fcinfo);

/* A float8 argument that is not NULL; SQLSTATE 22023 if it is NaN or infinite. */
extern double fs_finite_argument(FunctionCallInfo fcinfo, int number, const char *name);

/* Add a number to a row; NaN is NULL. */
extern void fs_row_number(FsRow *row, double value);

/* The row as the function's result. */
extern Datum fs_row_result(FunctionCallInfo fcinfo, FsRow *row);

#endif /* FS_PG_STATE_H */
