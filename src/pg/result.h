/*
 * result.h - SQL values of what the core found: rows, row sets, arrays.
 *
 * Types are found through the declared result of the function, never by name:
 * the extension works in any schema, under any search path.
 */
#ifndef FS_PG_RESULT_H
#define FS_PG_RESULT_H

#include "access/tupdesc.h"
#include "nodes/execnodes.h"
#include "../core/label.h"
#include "env.h"

/* More columns than any row type has. */
#define FS_PG_COLUMNS 32

#define FS_PG_LABELS (FS_STRONGLY_POSITIVE + 1)

/* Oids of the enum's values; zero before the first use.  Kept in fn_extra. */
typedef struct FsLabelOids
{
	Oid type; /* finsent_sentiment */
	Oid value[FS_PG_LABELS];
} FsLabelOids;

/* Room of a row for its short texts. */
#define FS_PG_ROW_BYTES 512

/*
 * A row under construction: columns are added in the order of the type.  Short
 * texts stand in the row itself, with the short header that a tuple would give
 * them anyway; so a row must outlive the tuple's forming, nothing more.
 */
typedef struct FsRow
{
	int	  n;
	int	  used; /* of bytes */
	Datum values[FS_PG_COLUMNS];
	bool  nulls[FS_PG_COLUMNS];
	char  bytes[FS_PG_ROW_BYTES];
} FsRow;

/* A row set under construction. */
typedef struct FsRowSet
{
	ReturnSetInfo *info;
	MemoryContext  context; /* of one row, reset after it */
	MemoryContext  caller;
	FsRow		   row; /* empty, to be filled */
} FsRowSet;

/* Make a row empty. */
extern void fs_row_clear(FsRow *row);

/* A score in 1/10000 as SQL shows it. */
static inline double
fs_pg_score(int32_t score)
{
	return score / 10000.0;
}

static inline void
fs_row_datum(FsRow *row, Datum value)
{
	Assert(row->n < FS_PG_COLUMNS);
	row->nulls[row->n] = false;
	row->values[row->n++] = value;
}

static inline void
fs_row_null(FsRow *row)
{
	Assert(row->n < FS_PG_COLUMNS);
	row->nulls[row->n] = true;
	row->values[row->n++] = (Datum) 0;
}

extern void fs_row_int(FsRow *row, int32_t value);
extern void fs_row_bool(FsRow *row, bool value);
extern void fs_row_float(FsRow *row, double value);
extern void fs_row_text(FsRow *row, text *value);
/* A terminated string of the core; NULL and "" are SQL NULL. */
extern void fs_row_string(FsRow *row, FsReading *reading, const char *string);
/* What stands at a span of the body; an empty span is SQL NULL. */
extern void fs_row_span(FsRow *row, FsReading *reading, FsSpan span);
/* pos and len of a span of the body. */
extern void fs_row_place(FsRow *row, FsReading *reading, FsSpan span);

/* The enum value of a label. */
extern Datum fs_pg_label(FsLabelOids *oids, FsLabel label);

/* fn_extra as a struct of a function's own, zero at first. */
extern void *fs_pg_extra(FunctionCallInfo fcinfo, size_t size);

/* Start a set-returning function's answer; it is empty until rows are added. */
extern void fs_rows_start(FsRowSet *rows, FunctionCallInfo fcinfo);

/* Oid of a column's type in the row set's type. */
extern Oid fs_rows_column_type(const FsRowSet *rows, int column);

/* Memory of the next row. */
extern FsRow *fs_rows_next(FsRowSet *rows);
extern void	  fs_rows_add(FsRowSet *rows);
extern void	  fs_rows_end(FsRowSet *rows);

/* A composite value. */
extern Datum fs_row_tuple(FsRow *row, TupleDesc type);

/* An array of texts or of composites; elements are as given. */
extern Datum fs_pg_text_array(Datum *elements, int n);
extern Datum fs_pg_row_array(Datum *elements, int n, Oid type);

/* Columns of finsent_ticker and finsent_metric, which analyses hold as arrays. */
extern void fs_row_ticker(FsRow *row, FsReading *reading, const FsDocumentCompany *company, FsLabelOids *oids);
extern void fs_row_metric(FsRow *row, FsReading *reading, const FsMetric *metric);

/* Symbol of a company: its ticker, or the symbol if it is known by that alone; NULL or "" if none. */
extern const char *fs_pg_symbol(const FsKnowledge *knowledge, FsCompanyId company, const char *symbol);

/* Columns value, high, unit and comparator are spread over the types. */
extern void fs_row_decimal(FsRow *row, FsDecimal value);
extern void fs_row_unit(FsRow *row, FsReading *reading, FsUnitKind kind, const char *currency, FsSpan noun);

/* text[] of the distinct symbols with at least this confidence (of 1000), most relevant first. */
extern Datum fs_pg_tickers(FsReading *reading, const FsDocument *document, double min_confidence);

/* Whole sentences that sum a document up, joined by blanks. */
extern text *fs_pg_summary(FsReading *reading, const FsDocument *document, uint32_t sentences);

#endif /* FS_PG_RESULT_H */
