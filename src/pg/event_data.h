/*
 * event_data.h - what an event study reads: events, prices, the market.
 *
 *	fs_study_read(&data, events, prices);
 *	while ((ticker = fs_study_next(&data)) != NULL)
 *		... data.series has its prices
 */
#ifndef FS_PG_EVENT_DATA_H
#define FS_PG_EVENT_DATA_H

#include "storage/buffile.h"
#include "utils/date.h"
#include "utils/hsearch.h"

/* What became of an event. */
typedef enum FsStudyStatus
{
	FS_STUDY_USED,
	FS_STUDY_NO_PRICES, /* the ticker has none */
	FS_STUDY_NO_DAY,	/* the ticker has no price within a week of it */
	FS_STUDY_TOO_EARLY, /* too few days before it */
	FS_STUDY_NO_MARKET	/* too few days on which the market has a return, or it does not move */
} FsStudyStatus;

typedef struct FsStudyEvent
{
	DateADT		  day;
	FsStudyStatus status;
} FsStudyEvent;

/* A ticker's events: a part of the list of all. */
typedef struct FsStudyTicker
{
	char *ticker;
	int	  first;
	int	  n;
} FsStudyTicker;

/* One ticker's prices. */
typedef struct FsSeries
{
	char		 *ticker;
	int			  n;
	int			  room;
	DateADT		 *days;
	double		 *returns; /* of the day, the first NaN; closes while they are read */
	double		 *market;  /* the market's return of the day, NaN if it has none */
	MemoryContext context;
} FsSeries;

typedef struct FsStudyData
{
	/* set by the caller */
	bool		market_wanted;
	const char *market; /* ticker; NULL: mean of all */

	int			   nevents;
	FsStudyEvent  *events; /* by ticker and day; FS_STUDY_NO_PRICES */
	int			   ntickers;
	FsStudyTicker *tickers;
	FsSeries	   series; /* of fs_study_next's ticker */

	/* private */
	HTAB	*days; /* MarketDay */
	bool	 market_seen;
	BufFile *file; /* series of tickers with events */
	int		 nseries;
} FsStudyData;

/* Read both queries; ERROR for prices that are none, twice there, or without the market. */
extern void fs_study_read(FsStudyData *data, const char *events, const char *prices);

/* The next ticker with events and prices, in no promised order; NULL at the end. */
extern const FsStudyTicker *fs_study_next(FsStudyData *data);

#endif /* FS_PG_EVENT_DATA_H */
