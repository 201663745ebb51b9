/*
 * insight.h - level 9: risks, catalysts, outlook: sentences by kind, with horizons.
 */
#ifndef FS_INSIGHT_H
#define FS_INSIGHT_H

#include "document.h"

typedef enum FsInsightKind
{
	FS_INSIGHT_RISK,
	FS_INSIGHT_CATALYST,
	FS_INSIGHT_OUTLOOK,
	FS_INSIGHT_GUIDANCE,
	FS_INSIGHT_COMPETITOR,
	FS_INSIGHT_CONSENSUS,
	FS_INSIGHT_SECOND_ORDER
} FsInsightKind;

typedef struct FsInsight
{
	uint8_t			   kind; /* FsInsightKind */
	bool			   has_months;
	int32_t			   months_low;	/* inclusive */
	int32_t			   months_high; /* inclusive */
	int32_t			   score;		/* the sentence's, 1/10000 */
	uint32_t		   sentence;	/* index into document->sentences */
	FsSpan			   span;		/* the sentence, or the clause that the horizon governs */
	uint32_t		   ncompanies;	/* named in the span, in order of mention */
	const FsCompanyId *companies;
} FsInsight;

/* "risk", "second_order", ... */
extern const char *fs_insight_kind_name(FsInsightKind kind);

/* In order of place, one a kind and horizon.  Needs FS_WANT_SCORE | FS_WANT_COMPANIES. */
extern const FsInsight *fs_insights(FsArena *arena, const FsDocument *document, uint32_t *n);

#endif /* FS_INSIGHT_H */
