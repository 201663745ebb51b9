/*
 * period.h - level 3: a period as written, and the days that it means.
 */
#ifndef FS_PERIOD_H
#define FS_PERIOD_H

#include "text.h"

/* A day: the number of days since 2000-01-01 of the Gregorian calendar. */
typedef int32_t FsDay;

/* Days from first on, before end. */
typedef struct FsDays
{
	FsDay first;
	FsDay end;
} FsDays;

/* Publications for which periods are resolved: of the years 1000 to 8999. */
#define FS_DAY_MIN (-365242)
#define FS_DAY_MAX 2556697

/*
 * Resolve a period ("third quarter of 2025", "a year ago", "next 12 to 24
 * months") against the day of its publication; false when it cannot be.
 */
extern bool fs_period_resolve(FsArena *arena, FsText text, FsDay as_of, FsDays *days);

#endif /* FS_PERIOD_H */
