/*
 * number.h - level 3: numbers, money, percentages and counted things.
 *
 * Reads the tokens of one sentence from left to right and gives every
 * quantity once, in order, with its place.  Values are decimal and exact.
 */
#ifndef FS_NUMBER_H
#define FS_NUMBER_H

#include "scan.h"

/* (negative ? -1 : 1) * digits * 10^exponent */
typedef struct FsDecimal
{
	uint64_t digits;
	int16_t	 exponent;
	bool	 negative;
} FsDecimal;

typedef enum FsUnitKind
{
	FS_UNIT_NONE,  /* a bare number */
	FS_UNIT_MONEY, /* currency holds the ISO 4217 code */
	FS_UNIT_PERCENT,
	FS_UNIT_POINTS,		  /* percentage points: "pp" */
	FS_UNIT_BASIS_POINTS, /* "bps" */
	FS_UNIT_TIMES,		  /* "x" */
	FS_UNIT_COUNT,		  /* noun holds the counted noun's span */
} FsUnitKind;

typedef enum FsComparator
{
	FS_CMP_EQ,
	FS_CMP_GT,
	FS_CMP_LT,
	FS_CMP_GE,
	FS_CMP_LE,
	FS_CMP_APPROX
} FsComparator;

/* What a number without a unit is when it is no amount. */
typedef enum FsNumberRole
{
	FS_ROLE_AMOUNT,
	FS_ROLE_YEAR,	 /* 2026 */
	FS_ROLE_DATE,	 /* the 3 of "March 3", a time of day */
	FS_ROLE_ORDINAL, /* 3rd, No. 1, list positions */
	FS_ROLE_NAME,	 /* part of a name: 737, Q1, S&P 500 */
} FsNumberRole;

typedef struct FsQuantity
{
	uint16_t  first;		 /* tokens, from the comparator or currency sign */
	uint16_t  count;		 /* to the scale or unit, both counted */
	uint16_t  number;		 /* the token of its (first) digits or number word */
	uint8_t	  kind;			 /* FsUnitKind */
	uint8_t	  role;			 /* FsNumberRole */
	uint8_t	  comparator;	 /* FsComparator */
	bool	  range;		 /* high is set: "5 to 7 percent" */
	bool	  scaled;		 /* had a scale word (million, crore) */
	bool	  conversion;	 /* a bracketed amount in another currency */
	bool	  implied_minor; /* the number was in hundredths ("50 cents") */
	char	  currency[4];	 /* FS_UNIT_MONEY: "USD", terminated */
	FsDecimal value;
	FsDecimal high; /* range only */
	FsSpan	  span; /* number with sign, currency, scale and unit */
	FsSpan	  noun; /* FS_UNIT_COUNT */
} FsQuantity;

/*
 * The quantities of a sentence into out (room for FS_SENTENCE_TOKENS), as many
 * as returned.  Roles other than AMOUNT are given too: the units (unit.h) need
 * them; finsent_quantities leaves them out (fs_quantity_reported).
 */
extern int fs_quantities_read(const FsSentence *sentence, FsQuantity *out);

/* How a percentage is written: -1 "-3%", 1 "+3%", 0 without a sign or no percentage. */
static inline int
fs_percent_sign(const FsSentence *sentence, const FsQuantity *q)
{
	const char *start = sentence->text.data + q->span.start;

	if (q->kind != FS_UNIT_PERCENT)
		return 0;
	if (q->value.negative)
		return -1;
	return start[0] == '+' || (q->span.start > 0 && start[-1] == '+');
}

/* Whether finsent_quantities reports it: an amount with unit, currency or scale. */
extern bool fs_quantity_reported(const FsQuantity *quantity);

/* Exact comparison: -1, 0, 1. */
extern int fs_decimal_compare(FsDecimal a, FsDecimal b);

/* "eq", "gt", "lt", "ge", "le" or "approx". */
static inline const char *
fs_comparator_name(FsComparator comparator)
{
	static const char *const names[] = { "eq", "gt", "lt", "ge", "le", "approx" };

	return names[comparator];
}

/* What a unit is called: the currency's code, "percent", ...; NULL for FS_UNIT_NONE and FS_UNIT_COUNT. */
static inline const char *
fs_unit_name(FsUnitKind kind, const char *currency)
{
	static const char *const names[] = { NULL, NULL, "percent", "pp", "bps", "x", NULL };

	return kind == FS_UNIT_MONEY ? currency : names[kind];
}

/* As plain decimal digits ("-1200000000", "0.98"), at most 64 bytes, terminated. */
extern size_t fs_decimal_print(FsDecimal value, char out[64]);

#endif /* FS_NUMBER_H */
