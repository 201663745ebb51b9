/*
 * report.h - level 10: sentiment of many tickers over time as one HTML page.
 */
#ifndef FS_REPORT_H
#define FS_REPORT_H

#include "text.h"

#define FS_REPORT_ROWS 1000000
#define FS_REPORT_TICKERS 100

/* Prices are counted in ten-thousandths, up to this size. */
#define FS_REPORT_PRICE_MAX INT64_C(100000000000000000)

/* What is known at one time: a piece of news, a price, or both. */
typedef struct FsReportRow
{
	int64_t at;	   /* local time, seconds since 2000-01-01 */
	int64_t price; /* 1/10000 */
	int32_t score; /* 1/1000000, -1 to 1 */
	bool	has_score;
	bool	has_price;
} FsReportRow;

/* The rows first .. first + n of one ticker, in order of time. */
typedef struct FsReportSeries
{
	FsText	 ticker;
	uint32_t first;
	uint32_t n;
} FsReportSeries;

typedef struct FsReport
{
	FsText				  title; /* len 0: none */
	const char			 *zone;	 /* of the times, UTF-8 */
	const FsReportRow	 *rows;
	const FsReportSeries *series;
	uint32_t			  nseries; /* up to FS_REPORT_TICKERS */
	uint64_t			  skipped; /* rows of the query without ticker, time, or both score and price */
} FsReport;

/* One self-contained page, ASCII apart from title and tickers, which are escaped. */
extern FsString fs_report_html(FsArena *arena, const FsReport *report);

#endif /* FS_REPORT_H */
