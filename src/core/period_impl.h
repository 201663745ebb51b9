/*
 * period_impl.h - level 3: what the files of the period reader share.
 *
 * period_word.c cuts words, period.c reads them into a phrase, period_day.c
 * turns the phrase into days.
 */
#ifndef FS_PERIOD_IMPL_H
#define FS_PERIOD_IMPL_H

#include "period.h"

/* Longer texts are no periods. */
#define FS_PERIOD_BYTES 96
#define FS_PERIOD_WORDS 24

typedef enum FsPeriodKind
{
	FS_P_NONE,
	FS_P_FILL,	  /* says nothing: "of", "fiscal" */
	FS_P_A,		  /* "a", "an" */
	FS_P_NUMBER,  /* value; digits > 0 if written in digits */
	FS_P_ORDINAL, /* value; 0: the last */
	FS_P_UNIT,	  /* value: FsPeriodUnit */
	FS_P_MONTH,	  /* 1 to 12 */
	FS_P_WEEKDAY, /* 0 Monday to 6 */
	FS_P_SEASON,  /* month that it begins in */
	FS_P_DAY,	  /* days from the publication: "yesterday" */
	FS_P_REL,	  /* -1 last, 0 this, 1 next */
	FS_P_WINDOW,  /* the same, counted from the publication: "past", "coming" */
	FS_P_SAME,
	FS_P_AGO,
	FS_P_ENDED,
	FS_P_EDGE, /* FsPeriodEdge */
	FS_P_BY,
	FS_P_SINCE,
	FS_P_TO, /* to, through, and, a dash between numbers or months */
	FS_P_DATE,
	FS_P_EVERY,	   /* "quarterly": FsPeriodUnit */
	FS_P_TODATE,   /* "YTD": FsPeriodUnit */
	FS_P_TRAILING, /* "TTM": months */
	FS_P_QUARTER,  /* the letter q */
	FS_P_HALF,	   /* the letter h */
	FS_P_MONTHS,   /* the letter m */
	FS_P_FISCAL,   /* "FY" */
	FS_P_SLASH,
	FS_P_DOT,
} FsPeriodKind;

typedef enum FsPeriodUnit
{
	FS_PU_NONE,
	FS_PU_DAY,
	FS_PU_WEEK,
	FS_PU_MONTH,
	FS_PU_QUARTER,
	FS_PU_HALF,
	FS_PU_YEAR,
	FS_PU_DECADE,
} FsPeriodUnit;

typedef enum FsPeriodEdge
{
	FS_PE_NONE,
	FS_PE_START,
	FS_PE_EARLY,
	FS_PE_MID,
	FS_PE_LATE,
	FS_PE_END,
} FsPeriodEdge;

typedef struct FsPeriodWord
{
	uint8_t kind;
	uint8_t digits;
	int16_t value;
	bool	glued;		/* no blank before it */
	bool	short_year; /* an apostrophe before it: "'26" */
	bool	fiscal;		/* "fiscal" before it */
} FsPeriodWord;

/* What was read of a period; 0 (or false) is absent. */
typedef struct FsPeriodPhrase
{
	uint8_t quarter, last_quarter; /* "Q1-Q3" */
	uint8_t half;
	uint8_t first_months; /* "first nine months": 9 */
	uint8_t month, last_month;
	uint8_t day, last_day;
	uint8_t season;		   /* its first month */
	int8_t	weekday;	   /* -1: none */
	uint8_t month_quarter; /* "June quarter": ends in that month */
	uint8_t unit;		   /* FsPeriodUnit standing alone: "the quarter" */
	uint8_t to_date;	   /* FsPeriodUnit of "year to date" */
	uint8_t edge;		   /* FsPeriodEdge */
	bool	has_rel, has_year_rel, same, ended, by, since, window;
	int8_t	rel;	   /* of the unit, month, weekday */
	int8_t	year_rel;  /* "last year": -1 */
	int16_t low, high; /* counted units: "12 to 24 months"; high 0: none */
	uint8_t count_unit;
	int16_t ago; /* "two years ago": 2 of ago_unit */
	uint8_t ago_unit;
	int16_t year, last_year; /* "2017-2021" */
	bool	has_shift;		 /* "yesterday" */
	int8_t	shift;
} FsPeriodPhrase;

/* Cut a text into words; their number, 0 if one is not known. */
extern int fs_period_words(FsArena *arena, FsText text, FsPeriodWord words[FS_PERIOD_WORDS]);

/* The days that a phrase means. */
extern bool fs_period_days(const FsPeriodPhrase *phrase, FsDay as_of, FsDays *days);

#endif /* FS_PERIOD_IMPL_H */
