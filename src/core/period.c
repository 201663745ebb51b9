/*
 * period.c - level 3: a period as written, read into a phrase.
 *
 * The words (period_word.c) are read once from left to right.  Each item ("third
 * quarter", "of 2025", "a year ago", "next 12 to 24 months") fills its places in
 * the phrase; a place that is taken, a word that begins no item, or an item that
 * makes no sense leaves the whole period unknown.  period_day.c turns the phrase
 * into days.
 *
 * Worked example: "the third quarter of fiscal 2025": fillers gone, the words are
 * ordinal 3, unit quarter, number 2025; the first two are an item that sets
 * quarter, the third one that sets year.
 *
 * Fiscal quarters and years are read as calendar ones; docs/metrics.md lists all
 * conventions.
 */
#include "period_impl.h"

#define YEAR_MIN 1900
#define YEAR_MAX 2199

typedef struct Reader
{
	FsPeriodWord	words[FS_PERIOD_WORDS + 4]; /* FS_P_NONE behind the last */
	int				n;
	int				i;
	FsPeriodPhrase *phrase;
} Reader;

/* The word k ahead. */
static const FsPeriodWord *
ahead(const Reader *r, int k)
{
	static const FsPeriodWord none = { .kind = FS_P_NONE };

	return r->i + k < r->n ? &r->words[r->i + k] : &none;
}

static bool
is_kind(const Reader *r, int k, FsPeriodKind kind)
{
	return ahead(r, k)->kind == kind;
}

static bool
is_unit(const Reader *r, int k, FsPeriodUnit unit)
{
	return is_kind(r, k, FS_P_UNIT) && ahead(r, k)->value == (int) unit;
}

/* Whether the word k ahead is a year of four digits. */
static bool
is_year(const Reader *r, int k)
{
	const FsPeriodWord *w = ahead(r, k);

	return w->kind == FS_P_NUMBER && w->digits == 4 && w->value >= YEAR_MIN && w->value <= YEAR_MAX;
}

/* Whether it is a year of two digits, where one may stand. */
static bool
is_short_year(const Reader *r, int k)
{
	const FsPeriodWord *w = ahead(r, k);

	return w->kind == FS_P_NUMBER && w->digits == 2;
}

/* Two digits as a year, as the server reads them. */
static int16_t
full_year(int16_t value)
{
	return (int16_t) (value >= 100 ? value : value < 70 ? 2000 + value : 1900 + value);
}

/* Put a year in; two that follow each other are a range. */
static bool
put_year(Reader *r, int16_t year)
{
	FsPeriodPhrase *p = r->phrase;

	if (p->year == 0)
	{
		p->year = p->last_year = year;
		return true;
	}
	if (year > p->last_year)
		p->last_year = year;
	else if (year < p->year)
		p->year = year;
	else
		return false;
	return p->last_year - p->year < 100;
}

/* A year of two digits behind a quarter or half ("1Q26", "Q1 FY26"), if there is one. */
static bool
short_year_behind(Reader *r)
{
	int k = is_kind(r, 0, FS_P_FISCAL);

	if (!is_short_year(r, k) || is_kind(r, k + 1, FS_P_UNIT))
		return true;
	r->i += k + 1;
	return put_year(r, full_year(r->words[r->i - 1].value));
}

/* Quarters 1 to 4 and halves 1 and 2. */
static bool
put_quarter(FsPeriodPhrase *p, int value)
{
	if (value < 1 || value > 4 || p->last_quarter)
		return false;
	if (p->quarter)
		p->last_quarter = (uint8_t) value;
	else
		p->quarter = (uint8_t) value;
	return p->last_quarter == 0 || p->last_quarter > p->quarter;
}

static bool
put_half(FsPeriodPhrase *p, int value)
{
	if (value < 1 || value > 2 || p->half)
		return false;
	p->half = (uint8_t) value;
	return true;
}

/* How many of a unit are a century, as far as anyone looks. */
static int
count_max(FsPeriodUnit unit)
{
	static const int16_t max[] = { 0, 999, 999, 999, 400, 200, 100, 10 };

	return max[unit];
}

/* Units counted: "12 to 24 months", perhaps "ago". */
static bool
put_count(Reader *r, int low, int high, FsPeriodUnit unit)
{
	FsPeriodPhrase *p = r->phrase;

	if (high < 1 || high > count_max(unit) || low > high || p->high || p->ago)
		return false;
	if (is_kind(r, 0, FS_P_AGO))
	{
		r->i++;
		p->ago = (int16_t) high;
		p->ago_unit = (uint8_t) unit;
		return low == 0;
	}
	p->low = (int16_t) low;
	p->high = (int16_t) high;
	p->count_unit = (uint8_t) unit;
	return true;
}

/* "12 to 24 months", "three quarters"; false with nothing taken if no unit is counted here. */
static bool
counted(Reader *r, bool *ok)
{
	int low = ahead(r, 0)->value;
	int range = is_kind(r, 1, FS_P_TO) && is_kind(r, 2, FS_P_NUMBER) ? 2 : 0;
	int k = 1 + range;

	if (!is_kind(r, 0, FS_P_NUMBER) || ahead(r, 0)->digits > 3)
		return false;
	if (!is_kind(r, k, FS_P_UNIT))
		return false;
	r->i += k + 1;
	if (range)
		*ok = low < r->words[r->i - 2].value &&
			  put_count(r, low, r->words[r->i - 2].value, (FsPeriodUnit) r->words[r->i - 1].value);
	else
		*ok = put_count(r, 0, low, (FsPeriodUnit) r->words[r->i - 1].value);
	return true;
}

/* "1Q26", "9M 2025", "2H"; false with nothing taken if it is none of these. */
static bool
lettered(Reader *r, bool *ok)
{
	FsPeriodPhrase *p = r->phrase;
	int				value = ahead(r, 0)->value;
	uint8_t			letter = ahead(r, 1)->kind;

	if (letter != FS_P_QUARTER && letter != FS_P_HALF && letter != FS_P_MONTHS)
		return false;
	r->i += 2;
	if (letter == FS_P_MONTHS)
	{
		*ok = value >= 1 && value <= 12 && p->first_months == 0;
		p->first_months = (uint8_t) value;
	}
	else
		*ok = letter == FS_P_QUARTER ? put_quarter(p, value) : put_half(p, value);
	*ok = *ok && short_year_behind(r);
	return true;
}

/* "2025-03-31", "31.12.2025", "12/31/2025" where only one order makes sense. */
static bool
full_date(Reader *r, bool *ok)
{
	FsPeriodPhrase *p = r->phrase;
	uint8_t			mark = ahead(r, 1)->kind;
	int				a = ahead(r, 0)->value;
	int				b = ahead(r, 2)->value;
	int				c = ahead(r, 4)->value;

	if ((mark != FS_P_TO && mark != FS_P_SLASH && mark != FS_P_DOT) || !is_kind(r, 2, FS_P_NUMBER) ||
		!is_kind(r, 3, (FsPeriodKind) mark) || !is_kind(r, 4, FS_P_NUMBER))
		return false;
	*ok = p->month == 0 && b >= 1 && b <= 31 && a >= 1 && c >= 1;
	if (!*ok)
		return true;
	if (is_year(r, 0) && mark != FS_P_DOT)
	{
		*ok = c <= 31 && put_year(r, (int16_t) a);
		p->month = (uint8_t) b;
		p->day = (uint8_t) c;
	}
	else if (is_year(r, 4) && mark != FS_P_TO)
	{
		bool day_first = mark == FS_P_DOT || a > 12;

		*ok = a <= 31 && (day_first || b > 12 || a == b) && put_year(r, (int16_t) c);
		p->month = (uint8_t) (day_first ? b : a);
		p->day = (uint8_t) (day_first ? a : b);
	}
	else
		*ok = false;
	*ok = *ok && p->month <= 12;
	r->i += 5;
	return true;
}

static bool read_month(Reader *r);

/* "2025", "2017-2021", "2024/25", "2024-25". */
static bool
read_year(Reader *r, bool fiscal)
{
	int16_t year = full_year(ahead(r, 0)->value);
	uint8_t mark = ahead(r, 1)->kind;

	r->i++;
	/* a fiscal year named by two is that of the second */
	if ((mark == FS_P_SLASH || mark == FS_P_TO) && is_short_year(r, 1))
	{
		int16_t last = (int16_t) (year / 100 * 100 + ahead(r, 1)->value);

		r->i += 2;
		if (last <= year)
			return false;
		return fiscal || mark == FS_P_SLASH ? last == year + 1 && put_year(r, last)
											: put_year(r, year) && put_year(r, last);
	}
	if (!put_year(r, year))
		return false;
	if (mark == FS_P_TO && is_year(r, 1))
	{
		r->i += 2;
		return put_year(r, r->words[r->i - 1].value);
	}
	return true;
}

static bool
read_number(Reader *r)
{
	bool ok;

	if (lettered(r, &ok) || full_date(r, &ok) || counted(r, &ok))
		return ok;
	if (ahead(r, 0)->digits > 0 && ahead(r, 0)->digits <= 2 && is_kind(r, 1, FS_P_MONTH))
	{ /* "31 March 2025" */
		if (r->phrase->day || ahead(r, 0)->value == 0)
			return false;
		r->phrase->day = (uint8_t) ahead(r, 0)->value;
		r->i++;
		return read_month(r);
	}
	if (is_year(r, 0))
		return read_year(r, ahead(r, 0)->fiscal);
	if (ahead(r, 0)->short_year && is_short_year(r, 0))
		return read_year(r, false);
	return false;
}

/* "third quarter", "first nine months", "3rd of May", "final quarter". */
static bool
read_ordinal(Reader *r)
{
	FsPeriodPhrase *p = r->phrase;
	int				value = ahead(r, 0)->value;

	if (is_kind(r, 1, FS_P_MONTH) && ahead(r, 0)->digits > 0)
	{
		p->day = (uint8_t) value;
		r->i++;
		return value <= 31 && read_month(r);
	}
	if (is_unit(r, 1, FS_PU_QUARTER) || is_unit(r, 1, FS_PU_HALF))
	{
		bool quarter = is_unit(r, 1, FS_PU_QUARTER);

		r->i += 2;
		if (!(quarter ? put_quarter(p, value == 0 ? 4 : value) : put_half(p, value == 0 ? 2 : value)))
			return false;
		return short_year_behind(r);
	}
	if (value == 1 && is_kind(r, 1, FS_P_NUMBER) && is_kind(r, 2, FS_P_UNIT))
	{
		int unit = ahead(r, 2)->value;
		int months = ahead(r, 1)->value * (unit == FS_PU_QUARTER ? 3 : 1);

		if ((unit != FS_PU_MONTH && unit != FS_PU_QUARTER) || months < 1 || months > 12 || p->first_months)
			return false;
		p->first_months = (uint8_t) months;
		r->i += 3;
		return true;
	}
	return false;
}

/* "last quarter", "next 12 to 24 months", "this year", "last March". */
static bool
read_relation(Reader *r)
{
	FsPeriodPhrase *p = r->phrase;
	int8_t			value = (int8_t) ahead(r, 0)->value;
	bool			window = is_kind(r, 0, FS_P_WINDOW);
	bool			ok;

	r->i++;
	if (is_kind(r, 0, FS_P_A) && is_kind(r, 1, FS_P_NUMBER))
		r->i++; /* "within a couple of years" */
	if (counted(r, &ok))
	{
		if (p->has_rel || p->ago)
			return false;
		p->has_rel = true;
		p->rel = value;
		return ok && value != 0;
	}
	if (is_kind(r, 0, FS_P_A))
		r->i++;
	if (is_unit(r, 0, FS_PU_YEAR) && !window && !p->has_year_rel)
	{
		p->has_year_rel = true;
		p->year_rel = value;
		r->i++;
		return true;
	}
	if (p->has_rel)
		return false;
	p->has_rel = true;
	p->rel = value;
	if (is_kind(r, 0, FS_P_UNIT) && window)
		return put_count(r, 0, 1, (FsPeriodUnit) r->words[r->i++].value);
	return is_kind(r, 0, FS_P_UNIT) || is_kind(r, 0, FS_P_MONTH) || is_kind(r, 0, FS_P_WEEKDAY) ||
		   is_kind(r, 0, FS_P_SEASON);
}

/* "year to date", "year-end", "year ended", "year-ago", "year 2025", "the quarter". */
static bool
read_unit(Reader *r)
{
	FsPeriodPhrase *p = r->phrase;
	uint8_t			unit = (uint8_t) ahead(r, 0)->value;

	r->i++;
	if (is_kind(r, 0, FS_P_AGO))
	{
		r->i++;
		if (p->ago || p->high)
			return false;
		p->ago = 1;
		p->ago_unit = unit;
		return true;
	}
	if (is_kind(r, 0, FS_P_TO) && is_kind(r, 1, FS_P_DATE))
	{
		r->i += 2;
		if (p->to_date)
			return false;
		p->to_date = unit;
		return true;
	}
	if (is_kind(r, 0, FS_P_TO) && is_kind(r, 1, FS_P_MONTH) && !p->ended)
	{ /* "the year to March" */
		r->i++;
		p->ended = true;
	}
	if (unit == FS_PU_YEAR && is_year(r, 0))
		return true; /* "fiscal year 2025", "years 2020 to 2022" */
	if (unit == FS_PU_MONTH && is_kind(r, 0, FS_P_MONTH))
		return true;
	if (p->unit && !(p->unit == FS_PU_HALF && unit == FS_PU_YEAR)) /* "half-year" */
		return false;
	if (p->unit == FS_PU_HALF)
		return true;
	p->unit = unit;
	return true;
}

/* "March", "March 31, 2025", "March 3-7", "April-June 2025", "June quarter". */
static bool
read_month(Reader *r)
{
	FsPeriodPhrase *p = r->phrase;

	if (p->last_month || p->month_quarter || (p->month && p->year == 0))
		return false;
	if (p->month)
		p->last_month = (uint8_t) ahead(r, 0)->value;
	else
		p->month = (uint8_t) ahead(r, 0)->value;
	r->i++;
	if (!p->day && (is_kind(r, 0, FS_P_NUMBER) || is_kind(r, 0, FS_P_ORDINAL)) && ahead(r, 0)->digits > 0 &&
		ahead(r, 0)->digits <= 2 && !ahead(r, 0)->short_year && ahead(r, 0)->value >= 1 && ahead(r, 0)->value <= 31)
	{
		p->day = (uint8_t) ahead(r, 0)->value;
		r->i++;
		if (is_kind(r, 0, FS_P_TO) && is_kind(r, 1, FS_P_NUMBER) && ahead(r, 1)->digits > 0 &&
			ahead(r, 1)->digits <= 2)
		{
			p->last_day = (uint8_t) ahead(r, 1)->value;
			r->i += 2;
			return p->last_day > p->day && p->last_day <= 31;
		}
		return true;
	}
	if (is_kind(r, 0, FS_P_TO) && is_kind(r, 1, FS_P_MONTH) && !p->last_month && !p->ended)
	{
		p->last_month = (uint8_t) ahead(r, 1)->value;
		r->i += 2;
	}
	if (is_unit(r, 0, FS_PU_QUARTER))
	{
		r->i++;
		if (!p->last_month)
		{
			p->month_quarter = p->month;
			p->month = 0;
		}
	}
	return true;
}

/* "Q1", "H2", perhaps with a year of two digits. */
static bool
read_letter(Reader *r)
{
	bool quarter = is_kind(r, 0, FS_P_QUARTER);
	int	 value = ahead(r, 1)->value;

	if (!is_kind(r, 1, FS_P_NUMBER) || ahead(r, 1)->digits != 1)
		return false;
	r->i += 2;
	return (quarter ? put_quarter(r->phrase, value) : put_half(r->phrase, value)) && short_year_behind(r);
}

/* "FY25", or "FY" alone. */
static bool
read_fiscal(Reader *r)
{
	r->i++;
	if (is_short_year(r, 0) || is_year(r, 0))
		return read_year(r, true);
	if (r->phrase->unit)
		return false;
	r->phrase->unit = FS_PU_YEAR;
	return true;
}

/* One item; false if there is none. */
static bool
read_item(Reader *r)
{
	FsPeriodPhrase	   *p = r->phrase;
	const FsPeriodWord *w = ahead(r, 0);
	int16_t				value = w->value;

	switch ((FsPeriodKind) w->kind)
	{
		case FS_P_NUMBER:
			return read_number(r);
		case FS_P_ORDINAL:
			return read_ordinal(r);
		case FS_P_REL:
		case FS_P_WINDOW:
			return read_relation(r);
		case FS_P_UNIT:
			return read_unit(r);
		case FS_P_MONTH:
			return read_month(r);
		case FS_P_A:
			r->i++;
			return is_kind(r, 0, FS_P_UNIT) || is_kind(r, 0, FS_P_NUMBER);
		case FS_P_QUARTER:
		case FS_P_HALF:
			return read_letter(r);
		case FS_P_FISCAL:
			return read_fiscal(r);
		case FS_P_TO:
			r->i++; /* between quarters or months with their years; alone it is a deadline */
			if (r->i == 1)
				return p->by = true;
			if (p->high && is_kind(r, 0, FS_P_MONTH) && !p->ended)
				return p->ended = true; /* "nine months to September" */
			return p->quarter > 0 || (p->month > 0 && p->year > 0) || p->year > 0;
		case FS_P_BY:
			r->i++;
			return r->i == 1 && (p->by = true);
		case FS_P_SINCE:
			r->i++;
			return p->since = true;
		case FS_P_SAME:
			r->i++;
			return p->same = true;
		case FS_P_AGO: /* "before the end of the year" */
			r->i++;
			return r->i == 1 && (p->by = true);
		case FS_P_ENDED:
			r->i++;
			return !p->ended && (p->ended = true);
		case FS_P_EDGE:
			r->i++;
			p->edge = p->edge ? FS_PE_NONE : (uint8_t) value;
			return p->edge != FS_PE_NONE;
		case FS_P_EVERY:
			r->i++;
			p->unit = (uint8_t) value;
			p->has_rel = true;
			p->rel = -1;
			return r->n == 1;
		case FS_P_TODATE:
			r->i++;
			p->to_date = (uint8_t) value;
			return r->n == 1;
		case FS_P_TRAILING:
			r->i++;
			p->has_rel = true;
			p->rel = -1;
			return r->n == 1 && put_count(r, 0, value, FS_PU_MONTH);
		case FS_P_WEEKDAY:
			r->i++;
			p->weekday = (int8_t) value;
			return r->i == r->n || is_kind(r, 0, FS_P_MONTH) || is_kind(r, 0, FS_P_NUMBER);
		case FS_P_SEASON:
			r->i++;
			p->season = (uint8_t) value;
			return true;
		case FS_P_DAY:
			r->i++;
			p->has_shift = true;
			p->shift = (int8_t) value;
			return true;
		default:
			return false;
	}
}

bool
fs_period_resolve(FsArena *arena, FsText text, FsDay as_of, FsDays *days)
{
	FsPeriodPhrase phrase = { .weekday = -1 };
	Reader		   r = { .phrase = &phrase };

	r.n = fs_period_words(arena, text, r.words);
	if (r.n == 0)
		return false;
	while (r.i < r.n)
		if (!read_item(&r))
			return false;
	return fs_period_days(&phrase, as_of, days);
}
