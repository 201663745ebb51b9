/*
 * metric_list.c - level 5: lists of one metric's figures over years.
 *
 * "Expense was $3 million, $2 million and $1 million in 2020, 2019 and 2018"
 * becomes two rows: 3 million with 2 million as its prior, and 1 million; the
 * latest year is the value whatever the order.  "$11 million in 2020 and $10
 * million in 2019" is read the same way.  Amounts without years stay apart.
 */
#include "metric_impl.h"

#define LIST_MAX 3
#define RESPECTIVE_MAX 6
#define YEARS_BEFORE 60 /* units searched for the years */
#define YEARS_AFTER 16

/* See metric_impl.h. */
bool
fs_listed(const FsParse *parse, int a, int b)
{
	if (b - a > 3)
		return false;
	for (int i = a + 1; i < b; i++)
		if (!fs_unit_ch(parse, i, ',') && !fs_unit_is(parse, i, FS_W_and))
			return false;
	return b > a + 1;
}

/* See metric_impl.h. */
bool
fs_says_respectively(const FsParse *parse)
{
	const FsSentence *s = parse->sentence;

	if (parse->nquantities < 2)
		return false;
	for (int i = s->ntokens - 1; i > 0; i--)
		if (s->tokens[i].foldlen == 12 && fs_token_is(s->text, &s->tokens[i], "respectively"))
			return true;
	return false;
}

/* The unit of the next listed quantity after (step 1) or before (step -1) one, -1 if there is none. */
static int
listed_quantity(const FsParse *parse, int unit, int step)
{
	for (int i = unit + step; i >= 0 && i < parse->nunits && i - unit <= 3 && unit - i <= 3; i += step)
		if (fs_is_quantity(parse, i))
			return fs_listed(parse, step > 0 ? unit : i, step > 0 ? i : unit) ? i : -1;
	return -1;
}

/* See metric_impl.h. */
void
fs_respective_noun(const FsMetricReader *r, FsAmount *rd)
{
	const FsParse *parse = r->parse;
	FsNoun		   nouns[RESPECTIVE_MAX];
	int			   n = 0, place = 0, first = rd->unit, count;
	int			   next;

	while (place < RESPECTIVE_MAX && (next = listed_quantity(parse, first, -1)) >= 0)
	{
		first = next;
		place++;
	}
	count = place + 1;
	for (int at = rd->unit; count <= RESPECTIVE_MAX && (next = listed_quantity(parse, at, 1)) >= 0; at = next)
		count++;
	if (count < 2 || count > RESPECTIVE_MAX)
		return;
	/* as many nouns before the list, the last near by, each listed beside the next */
	for (int i = first - 1; i >= 0 && n < count && first - i < FS_METRIC_WINDOW; i--)
	{
		FsNoun noun = fs_metric_noun(r, i);

		if (noun.unit < 0)
			continue;
		if (n > 0 && !fs_listed(parse, i, nouns[n - 1].unit))
			break;
		nouns[n++] = noun;
	}
	if (n == count)
	{
		rd->noun = nouns[n - 1 - place];
		rd->own_noun = true;
		rd->growth = fs_growth_noun(r, &nouns[0]);
	}
}

/* A run of exactly n listed years that starts at or after unit from and before unit to. */
static int
run_of_years(const FsParse *parse, int from, int to, int n, unsigned *years)
{
	for (int i = from; i < to && i < parse->nunits; i++)
	{
		int count = 0, last = i, at = i;

		if (!fs_unit_year(parse, i))
			continue;
		while (at < parse->nunits && at - last <= 3 &&
			   (at == i || fs_unit_year(parse, at) == 0 || fs_listed(parse, last, at)))
		{
			unsigned year = fs_unit_year(parse, at);

			if (year)
			{
				if (count == LIST_MAX)
					break;
				years[count++] = year;
				last = at;
			}
			at++;
		}
		if (count == n)
			return last;
		i = last;
	}
	return -1;
}

/* The year that follows a quantity ("$11 million in 2020"), 0 if none. */
static unsigned
own_year(const FsParse *parse, int unit)
{
	for (int i = unit + 1; i < parse->nunits && i <= unit + 7; i++)
	{
		if (parse->units[i].type == FS_U_QUANTITY)
			break;
		if (fs_unit_year(parse, i))
			return fs_unit_year(parse, i);
	}
	return 0;
}

/* Whether rows i and i + 1 can be figures of one metric. */
static bool
alike(const FsMetricReader *r, int i)
{
	const FsMetric *a = &r->rows[i];
	const FsMetric *b = &r->rows[i + 1];

	return r->nouns[i].unit == r->nouns[i + 1].unit && a->has_value && b->has_value && !a->has_prior &&
		   !b->has_prior && !a->has_change && !b->has_change && a->unit == b->unit &&
		   memcmp(a->currency, b->currency, 4) == 0 && a->basis != FS_BASIS_CONSENSUS &&
		   b->basis != FS_BASIS_CONSENSUS;
}

/* Take row i out. */
static void
remove_row(FsMetricReader *r, int i)
{
	r->n--;
	for (; i < r->n; i++)
	{
		r->rows[i] = r->rows[i + 1];
		r->nouns[i] = r->nouns[i + 1];
		r->units[i] = r->units[i + 1];
		r->first_units[i] = r->first_units[i + 1];
		r->prior_units[i] = r->prior_units[i + 1];
	}
}

/* Make the row of the latest year the value and that of the year before its prior. */
static void
merge(FsMetricReader *r, int i, int n, const unsigned *years)
{
	int latest = 0, before = -1;

	for (int k = 1; k < n; k++)
		if (years[k] > years[latest])
			latest = k;
	for (int k = 0; k < n; k++)
		if (k != latest && (before < 0 || years[k] > years[before]))
			before = k;
	r->rows[i + latest].has_prior = true;
	r->rows[i + latest].prior = r->rows[i + before].value;
	remove_row(r, i + before);
}

/* See metric_impl.h. */
void
fs_merge_years(FsMetricReader *r)
{
	const FsParse *parse = r->parse;

	for (int i = 0; i + 1 < r->n; i++)
	{
		unsigned years[LIST_MAX];
		int		 n = 1;

		while (i + n < r->n && n <= LIST_MAX && alike(r, i + n - 1) &&
			   fs_listed(parse, r->units[i + n - 1], r->first_units[i + n]))
			n++;
		if (n > LIST_MAX)
			continue;
		if (n >= 2)
		{
			int last = r->units[i + n - 1];
			int first = r->first_units[i];

			if (run_of_years(parse, last + 1, last + YEARS_AFTER, n, years) >= 0 ||
				run_of_years(parse, first > YEARS_BEFORE ? first - YEARS_BEFORE : 0, first, n, years) >= 0)
				merge(r, i, n, years);
			continue;
		}
		if (alike(r, i) && r->first_units[i + 1] - r->units[i] <= 10)
		{
			years[0] = own_year(parse, r->units[i]);
			years[1] = own_year(parse, r->units[i + 1]);
			if (years[0] && years[1] && years[0] != years[1])
				merge(r, i, 2, years);
		}
	}
}
