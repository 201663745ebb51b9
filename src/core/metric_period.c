/*
 * metric_period.c - level 5: the periods of a row, as written.
 *
 * The period is the nearest one to the row's quantities.  The period of its
 * earlier value is what follows that value ("from EUR 8.7 mn in 2024"), else a
 * word of the past beside it ("a year ago"); finsent_period (period.c) turns
 * what is found into days.
 */
#include "metric_impl.h"

/* Units from first to last; first -1: none. */
typedef struct Stretch
{
	int first;
	int last;
} Stretch;

/* See metric_impl.h. */
unsigned
fs_unit_year(const FsParse *parse, int unit)
{
	const FsUnit	 *u = &parse->units[unit];
	const FsSentence *s = parse->sentence;
	const FsToken	 *t = &s->tokens[u->token + u->count - 1];
	unsigned		  year = 0;

	if ((u->type != FS_U_DATE && !(u->classes & FS_C(PERIOD))) || t->kind != FS_NUMBER || t->len != 4)
		return 0;
	for (int i = 0; i < 4; i++)
	{
		char c = s->text.data[t->start + (uint32_t) i];

		if (c < '0' || c > '9')
			return 0;
		year = year * 10 + (unsigned) (c - '0');
	}
	return year >= 1900 && year <= 2100 ? year : 0;
}

/* Whether the unit is a month's name (a weekday's is another). */
static bool
month_unit(const FsParse *parse, int unit)
{
	return unit >= 0 && unit < parse->nunits && parse->units[unit].count == 1 &&
		   (fs_token_classes(&parse->sentence->tokens[parse->units[unit].token]) & FS_C(MONTH));
}

/* Whether a date unit is a month, weekday, year, or the day beside a month; no time of day. */
static bool
date_unit(const FsParse *parse, int unit)
{
	if (parse->sentence->tokens[parse->units[unit].token].kind != FS_NUMBER)
		return true;
	return fs_unit_year(parse, unit) || month_unit(parse, unit - 1) || month_unit(parse, unit + 1) ||
		   (fs_unit_ch(parse, unit - 1, '.') && month_unit(parse, unit - 2));
}

/* Words of the class that say how often, or how long, but not when. */
static bool
names_no_period(FsTerm word)
{
	switch (word)
	{
		case FS_W_year:
		case FS_W_years:
		case FS_W_months:
		case FS_W_days:
		case FS_W_weeks:
		case FS_W_day:
		case FS_W_week:
		case FS_W_today:
		case FS_W_yesterday:
		case FS_W_spring:
		case FS_W_summer:
		case FS_W_winter:
		case FS_W_autumn:
		case FS_W_half:
		case FS_W_period:
		case FS_W_tonight:
		case FS_W_midday:
		case FS_W_quarters:
		case FS_W_month:
		case FS_W_decade:
		case FS_W_annually:
		case FS_W_monthly:
		case FS_W_weekly:
		case FS_W_yoy:
			return true;
		default:
			return false;
	}
}

/* Whether a unit can be (the middle of) a period. */
static bool
period_unit(const FsParse *parse, int unit)
{
	const FsUnit *u = &parse->units[unit];

	if (u->type == FS_U_DATE)
		return date_unit(parse, unit);
	/* "sep 30, 2019" */
	if (month_unit(parse, unit) && unit + 1 < parse->nunits && parse->units[unit + 1].type == FS_U_DATE)
		return true;
	if (u->type != FS_U_WORD || !(u->classes & FS_C(PERIOD)) || u->classes & FS_C(PAST))
		return false;
	if (u->count > 1)
	{
		const char *text = fs_entry_text(u->term);

		/* "year on year" */
		return !(u->count == 3 && (strstr(text, " on ") || strstr(text, " over ") || strstr(text, " o ")));
	}
	return !names_no_period(fs_unit_word(parse, unit));
}

/* Whether the unit is a month, a day or a year. */
static bool
part_of_date(const FsParse *parse, int unit)
{
	return unit >= 0 && unit < parse->nunits && (parse->units[unit].type == FS_U_DATE || month_unit(parse, unit)) &&
		   period_unit(parse, unit);
}

/* Whether the unit may stand within a period: "quarter of 2019", "Dec. 31", "31, 2019". */
static bool
joins_period(const FsParse *parse, int unit)
{
	return fs_unit_is(parse, unit, FS_W_of) || fs_unit_is(parse, unit, FS_W_ended) ||
		   fs_unit_is(parse, unit, FS_W_ending) || fs_unit_is(parse, unit, FS_W_to) ||
		   (fs_unit_ch(parse, unit, '.') && month_unit(parse, unit - 1)) ||
		   (fs_unit_ch(parse, unit, ',') && part_of_date(parse, unit - 1));
}

/* What a window counts. */
static inline bool
counts_time(FsTerm word)
{
	switch (word)
	{
		case FS_W_months:
		case FS_W_years:
		case FS_W_quarters:
		case FS_W_weeks:
		case FS_W_days:
			return true;
		default:
			return false;
	}
}

/* What stands before the count. */
static inline bool
opens_window(FsTerm word)
{
	switch (word)
	{
		case FS_W_next:
		case FS_W_last:
		case FS_W_past:
		case FS_W_first:
		case FS_W_coming:
		case FS_W_previous:
		case FS_W_trailing:
		case FS_W_following:
			return true;
		default:
			return false;
	}
}

/* "next 12 to 24 months": units from the word before a count of time to its noun; none if it is no such count. */
static Stretch
window_at(const FsParse *parse, int unit)
{
	const FsSentence *s = parse->sentence;
	const FsQuantity *q;

	if (!fs_is_quantity(parse, unit) || unit == 0 || unit + 1 >= parse->nunits)
		return (Stretch){ -1, -1 };
	q = fs_quantity_of(parse, unit);
	if (q->kind != FS_UNIT_COUNT || fs_units_span(parse, unit + 1, unit + 1).start != q->noun.start ||
		!counts_time(s->tokens[parse->units[unit + 1].token].term) ||
		!opens_window(s->tokens[parse->units[unit].token - 1].term))
		return (Stretch){ -1, -1 };
	return (Stretch){ unit - 1, unit + 1 };
}

/* The period around a unit, as written: "year ended December 31 , 2018"; none of numbers alone ("31, 2018"). */
static Stretch
period_around(const FsParse *parse, int unit)
{
	Stretch window = window_at(parse, unit);
	int		first = window.first < 0 ? unit : window.first;
	int		last = window.first < 0 ? unit : window.last;

	while (last + 1 < parse->nunits && last - unit < 8)
	{
		if (period_unit(parse, last + 1))
			last++;
		else if (joins_period(parse, last + 1) && part_of_date(parse, last + 2))
			last += 2;
		else
			break;
	}
	if (window.first >= 0)
		return (Stretch){ first, last };
	while (first > 0 && unit - first < 6)
	{
		if (period_unit(parse, first - 1))
			first--;
		else if (part_of_date(parse, first) && joins_period(parse, first - 1) && first > 1 &&
				 (part_of_date(parse, first - 2) ||
				  (!fs_unit_ch(parse, first - 1, ',') && fs_unit_has(parse, first - 2, FS_C(PERIOD)))))
			first -= 2;
		else
			break;
	}
	/* "first three quarters of 2025" */
	if (window_at(parse, first - 1).first >= 0 && parse->units[first - 2].count == 1)
		return (Stretch){ first - 2, last };
	for (int i = first; i <= last; i++)
		if (parse->units[i].type != FS_U_DATE || month_unit(parse, i) || fs_unit_year(parse, i))
			return (Stretch){ first, last };
	return (Stretch){ -1, -1 };
}

/* The period that follows an earlier value: "from EUR 8.7 mn in 2024". */
static Stretch
period_behind(const FsParse *parse, int unit)
{
	int i = fs_after_quantity(parse, unit);

	if (!(fs_unit_is(parse, i, FS_W_in) || fs_unit_is(parse, i, FS_W_for) || fs_unit_is(parse, i, FS_W_during) ||
		  fs_unit_is(parse, i, FS_W_of)))
		return (Stretch){ -1, -1 };
	i++;
	while (fs_unit_is(parse, i, FS_W_the) || fs_unit_is(parse, i, FS_W_its))
		i++;
	if (i < parse->nunits && period_unit(parse, i))
		return period_around(parse, i);
	return (Stretch){ -1, -1 };
}

/* A word of the past with the year that it speaks of: "the same period of 2009". */
static Stretch
past_period(const FsParse *parse, int unit)
{
	int last = unit;

	if ((fs_unit_is(parse, unit + 1, FS_W_of) || fs_unit_is(parse, unit + 1, FS_W_in)) && unit + 2 < parse->nunits &&
		parse->units[unit].count > 1)
	{
		if (fs_unit_year(parse, unit + 2))
			last = unit + 2;
		else if (fs_unit_is(parse, unit + 2, FS_W_fiscal) && unit + 3 < parse->nunits &&
				 fs_unit_year(parse, unit + 3))
			last = unit + 3;
	}
	return (Stretch){ unit, last };
}

/* See metric_impl.h. */
void
fs_find_periods(const FsMetricReader *r, int row, FsSpan *period, FsSpan *prior)
{
	const FsParse *parse = r->parse;
	int			   first = r->first_units[row];
	int			   last = r->units[row];
	int			   prior_unit = r->prior_units[row];
	int			   end = last + 16 < parse->nunits ? last + 16 : parse->nunits;
	int			   best = -1, best_distance = FS_METRIC_WINDOW;
	int			   past = -1;
	Stretch		   before = { -1, -1 };
	Stretch		   found;

	if (!r->any_dated)
		return;
	if (prior_unit >= 0)
		before = period_behind(parse, prior_unit);
	for (int i = fs_set_first(&r->dated, first - 30, end); i < end; i = fs_set_first(&r->dated, i + 1, end))
	{
		int distance = i < first ? first - i : i > last ? i - last : 0;

		if (i >= before.first && i <= before.last)
			continue;
		if (parse->units[i].clause != parse->units[first].clause)
			distance += 6;
		if (before.first < 0 && i > first && fs_unit_has(parse, i, FS_C(PAST)) && i <= last + 4)
			before = past_period(parse, i);
		else if (i < first && fs_unit_has(parse, i, FS_C(PAST)) && prior_unit < 0)
			past = i; /* "sales in the year-earlier period were $5 million" */
		else if (distance < best_distance && (period_unit(parse, i) || window_at(parse, i).first >= 0) &&
				 !(i > 0 && fs_unit_has(parse, i - 1, FS_C(PAST))))
		{
			best = i;
			best_distance = distance;
		}
	}
	if (before.first >= 0)
		*prior = fs_units_span(parse, before.first, before.last);
	found = best >= 0 ? period_around(parse, best) : past >= 0 ? past_period(parse, past) : (Stretch){ -1, -1 };
	if (found.first >= 0)
		*period = fs_units_span(parse, found.first, found.last);
	if (found.first >= 0 && best >= 0 && window_at(parse, best).first == found.first)
	{ /* "over the next": the last word of its unit */
		uint32_t start = parse->sentence->tokens[parse->units[best].token - 1].start;

		period->len -= start - period->start;
		period->start = start;
	}
}
