/*
 * period_word.c - level 3: the words of a period.
 *
 * Runs of letters and of digits are words of their own, so that "1Q26", "Q1 '26"
 * and "FY2025" need no rules.  A word that is not in the table makes the whole
 * text unknown: what is not understood is never resolved by the rest.
 */
#include "period_impl.h"

typedef struct Entry
{
	const char *word;
	uint8_t		kind;
	int8_t		value;
} Entry;

/* Sorted by word; value 1 of a filler: what follows is fiscal. */
static const Entry entries[] = {
	{ "a", FS_P_A, 0 },
	{ "afternoon", FS_P_FILL, 0 },
	{ "ago", FS_P_AGO, 0 },
	{ "all", FS_P_FILL, 0 },
	{ "an", FS_P_A, 0 },
	{ "and", FS_P_TO, 0 },
	{ "annual", FS_P_EVERY, FS_PU_YEAR },
	{ "apr", FS_P_MONTH, 4 },
	{ "april", FS_P_MONTH, 4 },
	{ "as", FS_P_FILL, 0 },
	{ "at", FS_P_FILL, 0 },
	{ "aug", FS_P_MONTH, 8 },
	{ "august", FS_P_MONTH, 8 },
	{ "autumn", FS_P_SEASON, 9 },
	{ "before", FS_P_AGO, 0 },
	{ "beginning", FS_P_EDGE, FS_PE_START },
	{ "between", FS_P_FILL, 0 },
	{ "by", FS_P_BY, 0 },
	{ "calendar", FS_P_FILL, 0 },
	{ "coming", FS_P_WINDOW, 1 },
	{ "comparable", FS_P_SAME, 0 },
	{ "corresponding", FS_P_SAME, 0 },
	{ "couple", FS_P_NUMBER, 2 },
	{ "current", FS_P_REL, 0 },
	{ "date", FS_P_DATE, 0 },
	{ "day", FS_P_UNIT, FS_PU_DAY },
	{ "days", FS_P_UNIT, FS_PU_DAY },
	{ "dec", FS_P_MONTH, 12 },
	{ "decade", FS_P_UNIT, FS_PU_DECADE },
	{ "decades", FS_P_UNIT, FS_PU_DECADE },
	{ "december", FS_P_MONTH, 12 },
	{ "during", FS_P_FILL, 0 },
	{ "earlier", FS_P_AGO, 0 },
	{ "early", FS_P_EDGE, FS_PE_EARLY },
	{ "eight", FS_P_NUMBER, 8 },
	{ "eleven", FS_P_NUMBER, 11 },
	{ "end", FS_P_EDGE, FS_PE_END },
	{ "ended", FS_P_ENDED, 0 },
	{ "ending", FS_P_ENDED, 0 },
	{ "ends", FS_P_ENDED, 0 },
	{ "entire", FS_P_FILL, 0 },
	{ "fall", FS_P_SEASON, 9 },
	{ "far", FS_P_SINCE, 0 },
	{ "feb", FS_P_MONTH, 2 },
	{ "february", FS_P_MONTH, 2 },
	{ "fifteen", FS_P_NUMBER, 15 },
	{ "fifth", FS_P_ORDINAL, 5 },
	{ "final", FS_P_ORDINAL, 0 },
	{ "financial", FS_P_FILL, 1 },
	{ "first", FS_P_ORDINAL, 1 },
	{ "fiscal", FS_P_FILL, 1 },
	{ "five", FS_P_NUMBER, 5 },
	{ "following", FS_P_REL, 1 },
	{ "for", FS_P_FILL, 0 },
	{ "forthcoming", FS_P_REL, 1 },
	{ "four", FS_P_NUMBER, 4 },
	{ "fourth", FS_P_ORDINAL, 4 },
	{ "fri", FS_P_WEEKDAY, 4 },
	{ "friday", FS_P_WEEKDAY, 4 },
	{ "from", FS_P_FILL, 0 },
	{ "full", FS_P_FILL, 0 },
	{ "fy", FS_P_FISCAL, 0 },
	{ "h", FS_P_HALF, 0 },
	{ "half", FS_P_UNIT, FS_PU_HALF },
	{ "in", FS_P_FILL, 0 },
	{ "intraday", FS_P_DAY, 0 },
	{ "its", FS_P_FILL, 0 },
	{ "jan", FS_P_MONTH, 1 },
	{ "january", FS_P_MONTH, 1 },
	{ "jul", FS_P_MONTH, 7 },
	{ "july", FS_P_MONTH, 7 },
	{ "jun", FS_P_MONTH, 6 },
	{ "june", FS_P_MONTH, 6 },
	{ "just", FS_P_FILL, 0 },
	{ "last", FS_P_REL, -1 },
	{ "late", FS_P_EDGE, FS_PE_LATE },
	{ "later", FS_P_BY, 0 },
	{ "latest", FS_P_REL, -1 },
	{ "ltm", FS_P_TRAILING, 12 },
	{ "m", FS_P_MONTHS, 0 },
	{ "mar", FS_P_MONTH, 3 },
	{ "march", FS_P_MONTH, 3 },
	{ "may", FS_P_MONTH, 5 },
	{ "mid", FS_P_EDGE, FS_PE_MID },
	{ "middle", FS_P_EDGE, FS_PE_MID },
	{ "mon", FS_P_WEEKDAY, 0 },
	{ "monday", FS_P_WEEKDAY, 0 },
	{ "month", FS_P_UNIT, FS_PU_MONTH },
	{ "months", FS_P_UNIT, FS_PU_MONTH },
	{ "morning", FS_P_FILL, 0 },
	{ "most", FS_P_FILL, 0 },
	{ "mtd", FS_P_TODATE, FS_PU_MONTH },
	{ "nearly", FS_P_FILL, 0 },
	{ "next", FS_P_REL, 1 },
	{ "nine", FS_P_NUMBER, 9 },
	{ "nov", FS_P_MONTH, 11 },
	{ "november", FS_P_MONTH, 11 },
	{ "now", FS_P_DAY, 0 },
	{ "oct", FS_P_MONTH, 10 },
	{ "october", FS_P_MONTH, 10 },
	{ "of", FS_P_FILL, 0 },
	{ "on", FS_P_FILL, 0 },
	{ "one", FS_P_NUMBER, 1 },
	{ "our", FS_P_FILL, 0 },
	{ "over", FS_P_FILL, 0 },
	{ "past", FS_P_WINDOW, -1 },
	{ "period", FS_P_FILL, 0 },
	{ "preceding", FS_P_REL, -1 },
	{ "premarket", FS_P_DAY, 0 },
	{ "previous", FS_P_REL, -1 },
	{ "prior", FS_P_REL, -1 },
	{ "q", FS_P_QUARTER, 0 },
	{ "qtd", FS_P_TODATE, FS_PU_QUARTER },
	{ "qtr", FS_P_UNIT, FS_PU_QUARTER },
	{ "qtrly", FS_P_EVERY, FS_PU_QUARTER },
	{ "quarter", FS_P_UNIT, FS_PU_QUARTER },
	{ "quarterly", FS_P_EVERY, FS_PU_QUARTER },
	{ "quarters", FS_P_UNIT, FS_PU_QUARTER },
	{ "recent", FS_P_REL, -1 },
	{ "remainder", FS_P_BY, 0 },
	{ "reported", FS_P_FILL, 0 },
	{ "rest", FS_P_BY, 0 },
	{ "s", FS_P_FILL, 0 }, /* "last year's" */
	{ "same", FS_P_SAME, 0 },
	{ "sat", FS_P_WEEKDAY, 5 },
	{ "saturday", FS_P_WEEKDAY, 5 },
	{ "second", FS_P_ORDINAL, 2 },
	{ "sep", FS_P_MONTH, 9 },
	{ "sept", FS_P_MONTH, 9 },
	{ "september", FS_P_MONTH, 9 },
	{ "session", FS_P_DAY, 0 },
	{ "seven", FS_P_NUMBER, 7 },
	{ "since", FS_P_SINCE, 0 },
	{ "six", FS_P_NUMBER, 6 },
	{ "so", FS_P_FILL, 0 },
	{ "spring", FS_P_SEASON, 3 },
	{ "start", FS_P_EDGE, FS_PE_START },
	{ "summer", FS_P_SEASON, 6 },
	{ "sun", FS_P_WEEKDAY, 6 },
	{ "sunday", FS_P_WEEKDAY, 6 },
	{ "ten", FS_P_NUMBER, 10 },
	{ "the", FS_P_FILL, 0 },
	{ "their", FS_P_FILL, 0 },
	{ "third", FS_P_ORDINAL, 3 },
	{ "this", FS_P_REL, 0 },
	{ "three", FS_P_NUMBER, 3 },
	{ "through", FS_P_TO, 0 },
	{ "throughout", FS_P_FILL, 0 },
	{ "thu", FS_P_WEEKDAY, 3 },
	{ "thursday", FS_P_WEEKDAY, 3 },
	{ "till", FS_P_TO, 0 },
	{ "to", FS_P_TO, 0 },
	{ "today", FS_P_DAY, 0 },
	{ "tomorrow", FS_P_DAY, 1 },
	{ "tonight", FS_P_DAY, 0 },
	{ "trade", FS_P_DAY, 0 },
	{ "trading", FS_P_DAY, 0 },
	{ "trailing", FS_P_WINDOW, -1 },
	{ "ttm", FS_P_TRAILING, 12 },
	{ "tue", FS_P_WEEKDAY, 1 },
	{ "tuesday", FS_P_WEEKDAY, 1 },
	{ "twelve", FS_P_NUMBER, 12 },
	{ "twenty", FS_P_NUMBER, 20 },
	{ "two", FS_P_NUMBER, 2 },
	{ "until", FS_P_TO, 0 },
	{ "upcoming", FS_P_WINDOW, 1 },
	{ "wed", FS_P_WEEKDAY, 2 },
	{ "wednesday", FS_P_WEEKDAY, 2 },
	{ "week", FS_P_UNIT, FS_PU_WEEK },
	{ "weeks", FS_P_UNIT, FS_PU_WEEK },
	{ "whole", FS_P_FILL, 0 },
	{ "winter", FS_P_SEASON, 12 },
	{ "within", FS_P_WINDOW, 1 },
	{ "year", FS_P_UNIT, FS_PU_YEAR },
	{ "years", FS_P_UNIT, FS_PU_YEAR },
	{ "yesterday", FS_P_DAY, -1 },
	{ "ytd", FS_P_TODATE, FS_PU_YEAR },
};

#define ENTRIES ((int) (sizeof(entries) / sizeof(entries[0])))

/* Compare a word of n bytes with a terminated one. */
static int
compare(const char *word, size_t n, const char *other)
{
	int order = strncmp(word, other, n);

	return order != 0 ? order : other[n] == '\0' ? 0 : -1;
}

/* The entry of a word, NULL if it is not known. */
static const Entry *
find_entry(const char *word, size_t n)
{
	int low = 0;
	int high = ENTRIES;

	while (low < high)
	{
		int middle = (low + high) / 2;
		int order = compare(word, n, entries[middle].word);

		if (order == 0)
			return &entries[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* Whether "st", "nd", "rd" or "th" makes the digits before it an ordinal. */
static bool
is_ordinal_ending(const char *word, size_t n)
{
	return n == 2 && (memcmp(word, "st", 2) == 0 || memcmp(word, "nd", 2) == 0 || memcmp(word, "rd", 2) == 0 ||
					  memcmp(word, "th", 2) == 0);
}

/* Whether a dash between two words makes a range of them: "Jan-Mar", "2017-2021", "Q1-Q3". */
static bool
dash_ranges(const FsPeriodWord *before, const FsPeriodWord *after)
{
	if (before->kind == FS_P_MONTH)
		return after->kind == FS_P_MONTH;
	return before->kind == FS_P_NUMBER && before->digits > 0 &&
		   ((after->kind == FS_P_NUMBER && after->digits > 0) || after->kind == FS_P_QUARTER ||
			after->kind == FS_P_MONTH);
}

/* Leave out fillers, and dashes (FS_P_NONE) that join; the number of words left. */
static int
drop_fillers(FsPeriodWord *words, int n)
{
	int	 kept = 0;
	bool fiscal = false;

	for (int i = 0; i < n; i++)
	{
		if (words[i].kind == FS_P_FILL)
		{
			fiscal |= words[i].value == 1;
			continue;
		}
		if (words[i].kind == FS_P_NONE)
		{
			if (kept == 0 || i + 1 == n || !dash_ranges(&words[kept - 1], &words[i + 1]))
				continue;
			words[i].kind = FS_P_TO;
		}
		words[kept] = words[i];
		words[kept++].fiscal = fiscal;
		fiscal = fiscal && words[i].kind == FS_P_UNIT; /* "fiscal year 2025" */
	}
	return kept;
}

/* Read a run of letters; false if it is no word of a period. */
static bool
read_letters(const char *p, size_t n, FsPeriodWord *words, int *count)
{
	FsPeriodWord *last = *count > 0 ? &words[*count - 1] : NULL;
	const Entry	 *entry = find_entry(p, n);

	if (last && words[*count].glued && last->kind == FS_P_NUMBER && last->digits > 0 && is_ordinal_ending(p, n))
	{
		last->kind = FS_P_ORDINAL;
		return true;
	}
	if (!entry || entry->kind == FS_P_NONE)
		return false;
	words[*count].kind = entry->kind;
	words[*count].value = entry->value;
	(*count)++;
	return true;
}

/* Read a mark; false if none belongs into a period. */
static bool
read_mark(const char *p, const char *end, FsPeriodWord *words, int *count)
{
	bool between = *count > 0 && words[*count - 1].kind == FS_P_NUMBER && p + 1 < end && p[1] >= '0' && p[1] <= '9';

	switch (*p)
	{
		case '-':
			words[(*count)++].kind = FS_P_NONE;
			return true;
		case '/':
			words[(*count)++].kind = FS_P_SLASH;
			return between;
		case '.':
			if (between)
				words[(*count)++].kind = FS_P_DOT;
			return true;
		case ',':
		case '\'':
		case '(':
		case ')':
		case '"':
			return true;
		default:
			return false;
	}
}

int
fs_period_words(FsArena *arena, FsText text, FsPeriodWord words[FS_PERIOD_WORDS])
{
	FsString	folded = { NULL, 0, 0 };
	const char *p;
	const char *end;
	int			n = 0;
	bool		blank = true;

	if (text.len > FS_PERIOD_BYTES)
		return 0;
	fs_append_folded(arena, &folded, text, (FsSpan){ 0, text.len });
	if (folded.len == 0)
		return 0; /* nothing but bytes that are no text */
	p = folded.data;
	end = p + folded.len;
	while (p < end)
	{
		const char *start = p;

		if (*p == ' ')
		{
			blank = true;
			p++;
			continue;
		}
		if (n == FS_PERIOD_WORDS)
			return 0;
		words[n] = (FsPeriodWord){ .glued = !blank, .short_year = p > folded.data && p[-1] == '\'' };
		blank = false;
		if (*p >= '0' && *p <= '9')
		{
			int value = 0;

			for (; p < end && *p >= '0' && *p <= '9' && p - start < 5; p++)
				value = value * 10 + (*p - '0');
			if (p - start > 4)
				return 0;
			words[n].kind = FS_P_NUMBER;
			words[n].value = (int16_t) value;
			words[n++].digits = (uint8_t) (p - start);
			continue;
		}
		while (p < end && *p >= 'a' && *p <= 'z')
			p++;
		if (p > start ? !read_letters(start, (size_t) (p - start), words, &n) : !read_mark(p++, end, words, &n))
			return 0;
	}
	return drop_fillers(words, n);
}
