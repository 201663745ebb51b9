/*
 * period_day.c - level 3: the days that a period's phrase means.
 *
 * Conventions, for what a text leaves open (as_of is the day of publication):
 *
 *   a quarter, half or month without a year   the most recent one begun at as_of;
 *                                             of a deadline the next to end
 *   a day without a year                      the nearest
 *   the quarter, last quarter                 the last one that was over at as_of
 *   last year, this month, next quarter       the calendar unit before, with, after as_of
 *   two years ago                             the second calendar unit before
 *   past, trailing 12 months                  the days before as_of
 *   next 12 months; 12 to 24 months           the days from as_of on; from the 12th month on
 *   early, mid, late                          thirds
 *   by, until                                 from as_of to the end
 *   since, so far, to date                    from the start through as_of
 */
#include "period_impl.h"

/* Days since 2000-01-01 of a civil date (month 1 to 12; day may be beyond it), after Howard Hinnant's days_from_civil. */
static FsDay
day_of(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 730425;
}

/* A day as year, month and day. */
static void
civil_of(FsDay days, int *year, int *month, int *day)
{
	int z = days + 730425;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;

	*day = doy - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = yoe + era * 400 + (*month <= 2);
}

/* The first day of a month, counted from January of the year. */
static FsDay
month_start(int year, int month)
{
	int count = year * 12 + month - 1;

	return day_of(count / 12, count % 12 + 1, 1);
}

/* Days of a month. */
static int
month_days(int year, int month)
{
	return month_start(year, month + 1) - month_start(year, month);
}

/* The day so many months on; the month's last if it has no such day. */
static FsDay
add_months(FsDay from, int months)
{
	int year, month, day, count;

	civil_of(from, &year, &month, &day);
	count = year * 12 + month - 1 + months;
	year = count / 12;
	month = count % 12 + 1;
	return day_of(year, month, day < month_days(year, month) ? day : month_days(year, month));
}

/* Months of a unit, 0 if it is counted in days. */
static int
months_of(int unit)
{
	switch (unit)
	{
		case FS_PU_MONTH:
			return 1;
		case FS_PU_QUARTER:
			return 3;
		case FS_PU_HALF:
			return 6;
		case FS_PU_YEAR:
			return 12;
		case FS_PU_DECADE:
			return 120;
		default:
			return 0;
	}
}

/* The day so many units on. */
static FsDay
add_units(FsDay from, int n, int unit)
{
	int months = months_of(unit);

	return months ? add_months(from, n * months) : from + n * (unit == FS_PU_WEEK ? 7 : 1);
}

/* The calendar unit that is n after the one that holds the day; weeks begin on Monday. */
static FsDays
calendar_unit(FsDay day, int unit, int n)
{
	int	  months = months_of(unit);
	int	  year, month, first;
	FsDay start;

	if (!months)
	{
		int weekday = ((day + 5) % 7 + 7) % 7; /* 2000-01-01 was a Saturday */

		start = unit == FS_PU_WEEK ? day - weekday : day;
		start = add_units(start, n, unit);
		return (FsDays){ start, add_units(start, 1, unit) };
	}
	civil_of(day, &year, &month, &first);
	first = year * 12 + month - 1;
	first = first / months * months + n * months;
	return (FsDays){ month_start(0, first + 1), month_start(0, first + months + 1) };
}

/* Months first to last of a year, counted from 1; a last before the first is of the year after. */
static FsDays
months_range(int year, int first, int last)
{
	return (FsDays){ month_start(year, first), month_start(year, last + 1 + (last < first ? 12 : 0)) };
}

/* The year of the publication. */
static int
year_of_day(FsDay day)
{
	int year, month, d;

	civil_of(day, &year, &month, &d);
	return year;
}

/* The year that a phrase names, or as_of's where it names none; *given tells which. */
static int
phrase_year(const FsPeriodPhrase *p, FsDay as_of, bool *given)
{
	int year = p->year ? p->year : year_of_day(as_of);

	*given = p->year || p->has_year_rel || (p->ago && p->ago_unit == FS_PU_YEAR);
	if (p->has_year_rel)
		year += p->year_rel;
	return year;
}

/* Whether days that repeat every year (months first to last) can be found. */
static FsDays
of_year(const FsPeriodPhrase *p, FsDay as_of, int first, int last)
{
	bool   given;
	int	   year = phrase_year(p, as_of, &given);
	FsDays days;

	if (!given || (p->ago && !p->year && !p->has_year_rel))
	{ /* the most recent begun; of a deadline or a coming one, the next */
		bool coming = p->by || (p->has_rel && p->rel > 0);
		bool before = p->has_rel && p->rel < 0;

		year += coming;
		while (coming
				   ? months_range(year - 1, first, last).end > as_of &&
						 !(p->rel > 0 && months_range(year - 1, first, last).first <= as_of)
				   : (before ? months_range(year, first, last).end : months_range(year, first, last).first) > as_of)
			year--;
		if (p->ago)
			year -= p->ago;
	}
	days = months_range(year, first, last);
	if (p->last_year > p->year)
		days.end = months_range(p->last_year, last, last).end;
	return days;
}

/* A day of a month; false if the month has no such day. */
static bool
of_month(const FsPeriodPhrase *p, FsDay as_of, FsDays *days)
{
	bool given;
	int	 year = phrase_year(p, as_of, &given);
	int	 last = p->last_day ? p->last_day : p->day;

	if (!given)
	{ /* the nearest; before the publication, if the text says so */
		int best = year;

		for (int y = year - 1; y <= year + 1; y++)
		{
			FsDay d = day_of(y, p->month, p->day) - as_of;
			FsDay b = day_of(best, p->month, p->day) - as_of;

			if ((p->ended || (p->has_rel && p->rel < 0)) && d > 0)
				continue;
			if ((d < 0 ? -d : d) < (b < 0 ? -b : b) || ((p->ended || (p->has_rel && p->rel < 0)) && b > 0))
				best = y;
		}
		year = best;
	}
	else if (p->ago && !p->year && !p->has_year_rel)
		year -= p->ago;
	if (last > month_days(year, p->month))
		return false;
	*days = (FsDays){ day_of(year, p->month, p->day), day_of(year, p->month, last) + 1 };
	return true;
}

/* "year ended December 31", "three months to June": back from the end. */
static bool
ended_period(const FsPeriodPhrase *p, FsDay as_of, FsDays *days)
{
	int	   unit = p->high ? p->count_unit : p->quarter ? FS_PU_QUARTER : p->half ? FS_PU_HALF : p->unit;
	FsDays end;

	if (p->first_months)
		unit = FS_PU_MONTH;
	if (unit == FS_PU_NONE || p->low || p->last_month || !p->month)
		return false;
	if (p->day)
	{
		if (!of_month(p, as_of, &end))
			return false;
	}
	else if (months_of(unit) == 0)
		return false;
	else
		end = of_year(p, as_of, p->month, p->month);
	days->end = end.end;
	days->first = add_units(end.end, -(p->high ? p->high : p->first_months ? p->first_months : 1), unit);
	return true;
}

/* Counted units: windows before or behind the publication, parts of a year. */
static bool
counted_period(const FsPeriodPhrase *p, FsDay as_of, FsDays *days)
{
	bool given;
	int	 year = phrase_year(p, as_of, &given);
	int	 months = months_of(p->count_unit) * p->high;

	if (p->has_rel && given)
	{ /* "last three months of 2025" */
		if (months == 0 || months > 12 || p->rel >= 0 || p->low)
			return false;
		*days = months_range(year, 13 - months, 12);
		return true;
	}
	if (p->has_rel && p->rel > 0)
	{
		*days = (FsDays){ add_units(as_of, p->low, p->count_unit), add_units(as_of, p->high, p->count_unit) };
		return true;
	}
	if (p->has_rel)
	{
		*days = (FsDays){ add_units(as_of, -p->high, p->count_unit), as_of };
		return p->low == 0;
	}
	/* "the nine months", "six months of 2025": from January */
	if (p->count_unit != FS_PU_MONTH || p->low || (p->high != 6 && p->high != 9 && !(given && p->high < 12)))
		return false;
	*days = of_year(p, as_of, 1, p->high);
	return true;
}

/* A unit that stands alone: "the quarter", "last month", "year-ago quarter". */
static bool
lone_unit(const FsPeriodPhrase *p, FsDay as_of, FsDays *days)
{
	int	 n = 0;
	bool whole = p->unit != FS_PU_QUARTER && p->unit != FS_PU_HALF;

	if (p->unit == FS_PU_YEAR && p->year)
	{
		*days = months_range(p->year, 1, 12);
		days->end = month_start(p->last_year + 1, 1);
		return true;
	}
	if (p->unit == FS_PU_QUARTER && p->year && p->has_rel && p->rel < 0)
	{ /* "last quarter of 2023" */
		*days = months_range(p->year, 10, 12);
		return true;
	}
	if (p->year && p->same && p->unit == FS_PU_QUARTER && p->year == p->last_year)
	{ /* "the corresponding quarter in 2006" */
		FsDay last = calendar_unit(as_of, p->unit, -1).first;

		*days = calendar_unit(add_months(last, 12 * (p->year - year_of_day(last))), p->unit, 0);
		return true;
	}
	if (p->year || p->unit == FS_PU_DAY || (p->unit == FS_PU_DECADE && !p->has_rel))
		return false;
	/* "by the end of the quarter" is the one that runs; else the last that is over */
	if (p->has_rel)
		n = p->rel;
	else if (!whole && !p->by && !p->edge && !p->to_date)
		n = -1;
	*days = calendar_unit(as_of, p->unit, n);
	if (p->has_year_rel || p->ago)
	{ /* "prior-year quarter" */
		int years = p->has_year_rel ? p->year_rel : -p->ago;

		if ((p->ago && p->ago_unit != FS_PU_YEAR) || months_of(p->unit) == 0)
			return false;
		*days = calendar_unit(add_months(days->first, 12 * years), p->unit, 0);
	}
	return true;
}

/* The part of the days that an edge names: "early 2025", "end of March". */
static bool
cut_edge(int edge, FsDays *days)
{
	int months = 0;
	int part = edge - FS_PE_EARLY;

	while (months < 13 && add_months(days->first, months) < days->end)
		months++;
	if (edge == FS_PE_END)
		days->first = days->end - 1;
	else if (edge == FS_PE_START)
		days->end = days->first + 1;
	else if (months == 1)
	{
		FsDay first = days->first;

		days->first = first + 10 * part;
		days->end = part == 2 ? days->end : first + 10 * (part + 1);
	}
	else
	{
		FsDay first = days->first;

		if (months % 3 != 0 || add_months(first, months) != days->end)
			return false;
		days->first = add_months(first, months / 3 * part);
		days->end = add_months(first, months / 3 * (part + 1));
	}
	return true;
}

/* The days that the phrase names, its edge and its preposition left out. */
static bool
named_days(const FsPeriodPhrase *p, FsDay as_of, FsDays *days)
{
	bool given;
	int	 year = phrase_year(p, as_of, &given);

	if (p->has_shift && p->weekday < 0)
		*days = (FsDays){ as_of + p->shift, as_of + p->shift + 1 };
	else if (p->to_date)
		*days = (FsDays){ calendar_unit(as_of, p->to_date, 0).first, as_of + 1 };
	else if (p->ended)
		return ended_period(p, as_of, days);
	else if (p->high)
		return counted_period(p, as_of, days);
	else if (p->quarter)
		*days = of_year(p, as_of, p->quarter * 3 - 2, (p->last_quarter ? p->last_quarter : p->quarter) * 3);
	else if (p->half)
		*days = of_year(p, as_of, p->half * 6 - 5, p->half * 6);
	else if (p->first_months)
		*days = of_year(p, as_of, 1, p->first_months);
	else if (p->month && p->day)
	{
		if (!of_month(p, as_of, days) || p->last_month)
			return false;
		if (p->unit == FS_PU_WEEK)
			*days = calendar_unit(days->first, FS_PU_WEEK, 0);
	}
	else if (p->month && p->unit == FS_PU_NONE)
		*days = of_year(p, as_of, p->month, p->last_month ? p->last_month : p->month);
	else if (p->month_quarter)
		/* a quarter that ends in January began two months before it */
		*days = calendar_unit(of_year(p, as_of, p->month_quarter, p->month_quarter).first, FS_PU_MONTH, 0),
		days->first = add_months(days->first, -2);
	else if (p->season)
		*days = of_year(p, as_of, p->season, (p->season + 1) % 12 + 1);
	else if (p->weekday >= 0)
	{
		FsDay monday = calendar_unit(as_of, FS_PU_WEEK, 0).first;
		FsDay day = monday + p->weekday;

		if (p->has_rel && p->rel > 0)
			day += day <= as_of ? 7 : 0;
		else
			day -= day > as_of ? 7 : 0;
		*days = (FsDays){ day, day + 1 };
	}
	else if (p->unit)
		return lone_unit(p, as_of, days);
	else if (p->ago)
		*days = calendar_unit(as_of, p->ago_unit, -p->ago);
	else if (given)
		*days = (FsDays){ month_start(year, 1), month_start((p->last_year > year ? p->last_year : year) + 1, 1) };
	else
		return false;
	return true;
}

bool
fs_period_days(const FsPeriodPhrase *p, FsDay as_of, FsDays *days)
{
	bool given;

	if (as_of < FS_DAY_MIN || as_of > FS_DAY_MAX)
		return false;
	phrase_year(p, as_of, &given);
	/* "the same quarter": of which year? */
	if (p->same && !given && !p->has_rel)
		return false;
	if (!named_days(p, as_of, days))
		return false;
	if (p->edge && !p->has_shift && !(p->by && p->edge == FS_PE_END) && !cut_edge(p->edge, days))
		return false;
	if (p->by && days->end > as_of)
		days->first = as_of;
	if (p->since)
	{
		if (days->first > as_of)
			return false;
		days->end = as_of + 1;
	}
	return days->end > days->first;
}
