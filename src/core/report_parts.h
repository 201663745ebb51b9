/*
 * report_parts.h - level 10: private to the report.
 */
#ifndef FS_REPORT_PARTS_H
#define FS_REPORT_PARTS_H

#include "card_parts.h"
#include "report.h"

/* What is shown of one ticker, or of all. */
typedef struct FsReportFigures
{
	const FsReportSeries *series; /* NULL: of all */
	uint32_t			  news;
	uint32_t			  last_day; /* news on the report's last day */
	int32_t				  mean;		/* 1/10000 */
	int32_t				  error;	/* standard error of the mean, 1/10000; -1: of one piece of news, none */
	bool				  has_price;
	int64_t				  price_first; /* 1/10000 */
	int64_t				  price_last;
	int64_t				  price_low;
	int64_t				  price_high;
} FsReportFigures;

/* The time that all tickers share, in steps. */
typedef struct FsReportTime
{
	int64_t	 first; /* where the first step starts */
	int64_t	 last;	/* of the last row */
	int64_t	 step;	/* seconds */
	uint32_t steps;
	int32_t	 scale; /* 1/10000: what the height of a bar stands for */
} FsReportTime;

#define FS_REPORT_STEPS 64
#define FS_REPORT_DAY INT64_C(86400)

/* report_style.c: what the report adds to the card's style sheet. */
extern const char fs_report_style[];

/* report_figures.c: figures of a series' rows; last_day: the day since 2000-01-01. */
extern FsReportFigures fs_report_figures(const FsReport *report, const FsReportSeries *series, int64_t last_day);

/* ... of all tickers' news. */
extern FsReportFigures fs_report_total(const FsReport *report, int64_t last_day);

/* The day that a time is of, since 2000-01-01. */
extern int64_t fs_report_day(int64_t at);

/* The steps of all rows; false if there is no row. */
extern bool fs_report_time(const FsReport *report, FsReportTime *time);

/* Mean score (1/10000) and number of the news in each step of a series, the last price where there is one. */
typedef struct FsReportStep
{
	uint32_t news;
	int32_t	 mean;
	bool	 has_price;
	int64_t	 price;
} FsReportStep;
extern void fs_report_steps(const FsReport *report, const FsReportTime *time, const FsReportSeries *series,
							FsReportStep steps[FS_REPORT_STEPS]);

/* report_graphics.c */
/* "4 Mar 2026", with the hour where steps are hours. */
extern void fs_report_date(Page *page, int64_t at, bool year, bool hour);

/* "188.20", rounded for reading. */
extern void fs_report_price(Page *page, int64_t price);

/* "+0.23 &plusmn; 0.04" */
extern void fs_report_mean(Page *page, const FsReportFigures *figures);

/* The mean as a dot with its standard error on a line from -1 to 1. */
extern void fs_report_whisker(Page *page, const FsReportFigures *figures);

/* Price over sentiment over time, of one ticker. */
extern void fs_report_panel(Page *page, const FsReport *report, const FsReportTime *time,
							const FsReportFigures *figures);

#endif /* FS_REPORT_PARTS_H */
