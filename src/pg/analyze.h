/*
 * analyze.h - the parts of finsent_analysis, for whoever stores them.
 */
#ifndef FS_PG_ANALYZE_H
#define FS_PG_ANALYZE_H

#include "result.h"

/* What finsent_analysis wants of a document. */
#define FS_WANT_ANALYSIS (FS_WANT_SCORE | FS_WANT_TARGETS | FS_WANT_METRICS | FS_WANT_DIGEST)

/* Types of an analysis and its parts. */
typedef struct FsAnalysisTypes
{
	FsLabelOids oids;
	TupleDesc	row;	/* finsent_analysis; NULL: not looked up yet */
	Oid			ticker; /* finsent_ticker */
	Oid			metric; /* finsent_metric */
	TupleDesc	ticker_row;
	TupleDesc	metric_row;
} FsAnalysisTypes;

/* Look the types up, given finsent_analysis's row, in the current memory context. */
extern void fs_pg_analysis_types(FsAnalysisTypes *types, TupleDesc row);

/* finsent_analysis of the reading, which is read for FS_WANT_ANALYSIS at least. */
extern Datum fs_pg_analysis(FsReading *reading, const FsDocument *document, FsAnalysisTypes *types);

/* finsent_metric[] of the document, given the element type and its row. */
extern Datum fs_pg_metrics(FsReading *reading, const FsDocument *document, Oid metric, TupleDesc row);

#endif /* FS_PG_ANALYZE_H */
