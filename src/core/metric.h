/*
 * metric.h - level 5: quantities bound to the metric nouns that govern them.
 */
#ifndef FS_METRIC_H
#define FS_METRIC_H

#include "mention.h"
#include "unit.h"

typedef enum FsBasis
{
	FS_BASIS_ACTUAL,
	FS_BASIS_FORECAST,
	FS_BASIS_HYPOTHETICAL,
	FS_BASIS_CONSENSUS
} FsBasis;

typedef enum FsDirection
{
	FS_DIR_NONE,
	FS_DIR_UP,
	FS_DIR_DOWN,
	FS_DIR_FLAT
} FsDirection;

/* "actual", "forecast", "hypothetical" or "consensus". */
static inline const char *
fs_basis_name(FsBasis basis)
{
	static const char *const names[] = { "actual", "forecast", "hypothetical", "consensus" };

	return names[basis];
}

/* "up", "down" or "flat"; NULL for FS_DIR_NONE. */
static inline const char *
fs_direction_name(FsDirection direction)
{
	static const char *const names[] = { NULL, "up", "down", "flat" };

	return names[direction];
}

typedef struct FsMetric
{
	const char *name;	/* canonical name; NULL: the noun phrase at name_span, folded */
	FsValue		metric; /* the same as a value of the lexicon, 0: NULL */
	FsSpan		name_span;
	bool		has_value; /* false: a pure change */
	bool		has_high;
	bool		has_change;
	bool		has_prior;
	uint8_t		unit;		 /* FsUnitKind of value (or of prior when there is none) */
	uint8_t		change_unit; /* FsUnitKind of change */
	uint8_t		comparator;	 /* FsComparator */
	uint8_t		direction;	 /* FsDirection */
	uint8_t		basis;		 /* FsBasis */
	char		currency[4]; /* unit FS_UNIT_MONEY */
	char		change_currency[4];
	FsDecimal	value;
	FsDecimal	high;
	FsDecimal	change;
	FsDecimal	prior;
	FsSpan		noun;	/* unit FS_UNIT_COUNT: the counted noun */
	FsSpan		period; /* as written; len 0 if none */
	FsSpan		prior_period;
	FsSpan		span;		/* the quantity's place: pos and len */
	FsCompanyId company;	/* -1: none */
	char		symbol[16]; /* company -1: symbol as written; "" if none */
	uint32_t	sentence;
} FsMetric;

#define FS_METRICS_MAX 128 /* a sentence's further metrics are dropped */

/* What earlier sentences established: the company spoken of, the period. */
typedef struct FsMetricState
{
	FsCompanyId company; /* -1: none */
	char		symbol[16];
	FsSpan		period;
} FsMetricState;

/* Whether the sentence has a quantity that can be part of a metric; if not, its units are not looked at. */
extern bool fs_metrics_possible(const FsParse *parse);

/* Metrics of a sentence in order of their place, into out; returns the number. */
extern int fs_metrics_find(FsMetricState *state, const FsParse *parse, const FsMention *mentions, int nmentions,
						   FsMetric out[FS_METRICS_MAX]);

#endif /* FS_METRIC_H */
