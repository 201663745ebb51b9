/*
 * query.h - a query that a user gives as text: checked, run read-only, read row by row.
 *
 *	FsQuery *query = fs_query_open(text, "signals", columns, 3, "1, 2", 0);
 *	while (fs_query_next(query))
 *		... query->values[0], query->nulls[0] ...
 *	fs_query_close(query);
 *
 * The query runs with the rights and the search path of whoever calls the SQL
 * function, sees what the calling statement sees, and cannot write: neither
 * itself nor through a function that it calls.  Rows come in batches through a
 * cursor, so that any number of them needs the same memory.
 *
 * A SQL function that opens one is STABLE and PARALLEL UNSAFE (a transaction
 * is not made read-only in the middle of a parallel query).
 */
#ifndef FS_PG_QUERY_H
#define FS_PG_QUERY_H

#include "executor/spi.h"

/* More columns than any function wants. */
#define FS_QUERY_COLUMNS 32

/* A column that is wanted, by its name; other columns of the query are left alone. */
typedef struct FsQueryColumn
{
	const char *name; /* NULL: the whole row as jsonb */
	/*
	 * What its values are to be: FLOAT8OID, INT4OID, INT8OID, NUMERICOID (of
	 * any number), BOOLOID, DATEOID, TIMESTAMPTZOID (of a timestamp too),
	 * TEXTOID (of any string or enum), TEXTARRAYOID, JSONBOID; any other
	 * type: of that type alone; InvalidOid: as they come.
	 */
	Oid	 type;
	bool optional; /* absent: all its values are NULL */
} FsQueryColumn;

typedef struct FsQuery
{
	Datum values[FS_QUERY_COLUMNS]; /* of the row, in the order of what is wanted; valid until the next one */
	bool  nulls[FS_QUERY_COLUMNS];
	bool  present[FS_QUERY_COLUMNS]; /* whether the query has the column */
	Oid	  types[FS_QUERY_COLUMNS];	 /* of the values */
	int64 rows;						 /* read so far */
	/* private */
	const char	  *argument;
	int			   ncolumns;
	int64		   max_rows;
	bool		   was_read_only; /* the transaction, before */
	Portal		   portal;
	SPITupleTable *batch;
	uint64		   next;
	MemoryContext  caller;
} FsQuery;

/*
 * Check a query and open it.
 *
 * argument is the name of the SQL function's argument, for messages.  order is
 * what ORDER BY takes (numbers of wanted columns, from 1, or NULL: as the query
 * gives them).  max_rows 0: no limit.  The answer lives in the current memory
 * context, which stays current.
 *
 * Errors: 22023 for no text, several statements and statements that give no
 * rows; 25006 for one that writes or locks; 42601 as the server words it;
 * 42703 for a missing column, 42702 for one that is there twice, 42804 for a
 * type that does not do.
 */
extern FsQuery *fs_query_open(const char *text, const char *argument, const FsQueryColumn *columns, int ncolumns,
							  const char *order, int64 max_rows);

/* Go on to the next row; false at the end.  SQLSTATE 54000 beyond max_rows. */
extern bool fs_query_next(FsQuery *query);

/* Give everything back.  Queries are closed in the reverse order of opening. */
extern void fs_query_close(FsQuery *query);

/* The text of a SQL function's argument that is a query; SQLSTATE 22023 if it is NULL. */
extern char *fs_query_argument(FunctionCallInfo fcinfo, int number, const char *argument);

#endif /* FS_PG_QUERY_H */
