/*
 * horizon.c - level 3: time horizons that a sentence states, in months.
 *
 * A horizon is a number of weeks, months, quarters or years that lies ahead.
 * The reader looks for the word of the unit and walks back from it:
 *
 *     over the next 3 - 6 months          lead "next", numbers 3 and 6
 *     |    |    |   |   | unit
 *
 * and what stands before the number decides what it means:
 *
 *     range          "12-24 months", "in six to eight months"     [12,24], [6,8]
 *     next, coming   "in the next three months"                   [0,3]
 *     within         "within a year"                              [0,12]
 *     in, for        "cannot sell for six months"                 [6,6]
 *     over           "will be phased in over 18 months"           [0,18]
 *     from now       "six months from now"                        [6,6]
 *     as adjective   "a 12-month price target"                    [12,12]
 *
 * A single number after "in", "for" or "over" needs a word of the future in
 * its clause, for these speak of the past as often ("for the first time in ten
 * months").  "Past", "last", "ago", "earlier" and "ended" make it none, and so
 * do "12-month low" and "10-year note": an adjective counts before a noun
 * that looks ahead (target, outlook, view).
 *
 * Limits: dates ("by year-end", "in 2027") are no horizon, for the text does
 * not tell when it was written; "a few years" has no number.
 */
#include "horizon.h"

#define MONTHS_MAX 1200

/* A number word and its value. */
static const struct
{
	const char *word;
	int			value;
} number_words[] = { { "one", 1 },	   { "two", 2 },	 { "three", 3 },	{ "four", 4 },	   { "five", 5 },
					 { "six", 6 },	   { "seven", 7 },	 { "eight", 8 },	{ "nine", 9 },	   { "ten", 10 },
					 { "eleven", 11 }, { "twelve", 12 }, { "fifteen", 15 }, { "sixteen", 16 }, { "eighteen", 18 },
					 { "twenty", 20 }, { "thirty", 30 }, { "forty", 40 },	{ "fifty", 50 },   { "sixty", 60 },
					 { "ninety", 90 } };

/* A unit of time as a fraction of months. */
static const struct
{
	const char *word;
	int			months; /* months in so many ... */
	int			units;	/* ... of it */
} time_units[] = { { "month", 1, 1 },	{ "months", 1, 1 },	 { "mo", 1, 1 },	   { "mos", 1, 1 },
				   { "mths", 1, 1 },	{ "quarter", 3, 1 }, { "quarters", 3, 1 }, { "year", 12, 1 },
				   { "years", 12, 1 },	{ "yr", 12, 1 },	 { "yrs", 12, 1 },	   { "week", 12, 52 },
				   { "weeks", 12, 52 }, { "days", 12, 365 }, { "decade", 120, 1 }, { "decades", 120, 1 } };

#define COUNT_OF(array) ((int) (sizeof(array) / sizeof((array)[0])))

/* What is read back from a unit: numbers in tenths. */
typedef struct Amount
{
	int	 low; /* of a range, else equal to high */
	int	 high;
	bool range;
	int	 first; /* token */
} Amount;

/* Whether token i is one of the words of a blank-separated list. */
static bool
is_any(const FsSentence *s, int i, const char *list)
{
	return i >= 0 && i < s->ntokens && fs_token_in(s->text, &s->tokens[i], list);
}

/* Whether token i is a dash between numbers. */
static bool
is_dash(const FsSentence *s, int i)
{
	return i >= 0 && s->tokens[i].kind == FS_PUNCT && s->tokens[i].ch == '-';
}

/* The value in tenths of digits with at most one decimal, -1 if it is none. */
static int
digits_value(const char *p, size_t len)
{
	int value = 0;
	int decimals = -1;

	if (len == 0 || len > 6)
		return -1;
	for (size_t i = 0; i < len; i++)
	{
		if (p[i] == '.' && decimals < 0)
			decimals = 0;
		else if (p[i] >= '0' && p[i] <= '9' && decimals < 1)
		{
			value = value * 10 + (p[i] - '0');
			decimals += decimals >= 0;
		}
		else
			return -1;
	}
	return decimals == 1 ? value : value * 10;
}

/* The number that ends at token i in tenths, -1 if there is none; *first is its first token. */
static int
number_before(const FsSentence *s, int i, int *first)
{
	char   folded[FS_WORD_BYTES];
	size_t len;

	*first = i;
	if (i < 0 || s->tokens[i].foldlen == 0 || (s->tokens[i].kind != FS_NUMBER && s->tokens[i].kind != FS_WORD))
		return -1;
	len = fs_token_fold(s->text, &s->tokens[i], folded);
	if (s->tokens[i].kind == FS_NUMBER)
		return digits_value(folded, len);
	for (int k = 0; k < COUNT_OF(number_words); k++)
		if (strlen(number_words[k].word) == len && memcmp(number_words[k].word, folded, len) == 0)
		{
			int value = number_words[k].value;

			/* "twenty-four" */
			if (value < 10 && (s->tokens[i].flags & FS_T_JOINED) && is_any(s, i - 1, "twenty thirty forty fifty"))
			{
				*first = i - 1;
				value += is_any(s, i - 1, "twenty")	  ? 20
						 : is_any(s, i - 1, "thirty") ? 30
						 : is_any(s, i - 1, "forty")  ? 40
													  : 50;
			}
			return value * 10;
		}
	return -1;
}

/* The number or range that ends at token i. */
static bool
amount_before(const FsSentence *s, int i, Amount *amount)
{
	int from;
	int high;

	if (is_any(s, i, "of") && is_any(s, i - 1, "couple"))
		i--;
	if (is_any(s, i, "couple"))
	{
		*amount = (Amount){ 20, 20, false, is_any(s, i - 1, "a") ? i - 1 : i };
		return true;
	}
	if (is_dash(s, i))
		i--;
	high = number_before(s, i, &from);
	if (high <= 0)
		return false;
	*amount = (Amount){ high, high, false, from };
	for (int k = from - 1, steps = 0; k >= 0 && steps < 3; k--, steps++)
	{
		int start;
		int low = number_before(s, k, &start);

		if (low >= 0)
		{
			/* "3-6", "3 to 6", "3 - to - 6"; two numbers side by side are none */
			if ((steps > 0 || (s->tokens[from].flags & FS_T_JOINED)) && low <= high)
				*amount = (Amount){ low, high, true, start };
			break;
		}
		if (!is_dash(s, k) && !is_any(s, k, "to or and"))
			break;
		if (is_any(s, k, "and") && !is_any(s, k - 2, "between"))
			break;
	}
	return true;
}

/* The stretch between semicolons that was looked at last, and what it said. */
typedef struct AheadCache
{
	int	 low;
	int	 high;
	bool ahead;
} AheadCache;

static bool
is_semicolon(const FsSentence *s, int i)
{
	return s->tokens[i].kind == FS_PUNCT && s->tokens[i].ch == ';';
}

/* Whether the clause around token i speaks of the future; asked once a clause. */
static bool
looks_ahead(const FsSentence *s, int i, AheadCache *cache)
{
	if (i >= cache->low && i < cache->high)
		return cache->ahead;
	cache->low = cache->high = i;
	while (cache->low > 0 && !is_semicolon(s, cache->low - 1))
		cache->low--;
	while (cache->high < s->ntokens && !is_semicolon(s, cache->high))
		cache->high++;
	cache->ahead = false;
	for (int k = cache->low; k < cache->high && !cache->ahead; k++)
		cache->ahead =
			(fs_token_classes(&s->tokens[k]) & FS_C(FUTURE)) != 0 ||
			is_any(s, k,
				   "will would can cannot could may might should must due expected expects expect likely ought "
				   "scheduled won't can't 'll until");
	return cache->ahead;
}

/* Whether token i begins with a capital or is a number: "to June", "to 30 June". */
static bool
is_name(const FsSentence *s, int i)
{
	return i < s->ntokens && ((s->tokens[i].flags & FS_T_CAPITAL) || s->tokens[i].kind == FS_NUMBER);
}

/* "The first time in ten months", "the best growth in five quarters". */
static bool
is_record(const FsSentence *s, int in)
{
	for (int i = in - 1; i >= 0 && i >= in - 4; i--)
	{
		char   folded[FS_WORD_BYTES];
		size_t len;

		if (s->tokens[i].kind != FS_WORD || s->tokens[i].foldlen == 0)
			continue;
		len = fs_token_fold(s->text, &s->tokens[i], folded);
		if (len > 4 && memcmp(folded + len - 3, "est", 3) == 0)
			return true;
		if (is_any(s, i, "time best worst most least first low high record"))
			return true;
	}
	return false;
}

/* The token before i that is no "the", "about", "at least" and the like. */
static int
lead_before(const FsSentence *s, int i)
{
	int k = i - 1;

	if (is_any(s, k, "to") && is_any(s, k - 1, "up"))
		k -= 2;
	for (int steps = 0; steps < 4 && is_any(s, k,
											"the about roughly approximately around some nearly another least at "
											"a an just only full between");
		 steps++)
		k--;
	return k;
}

/* What a bare unit means: "over the next year", "within a year". */
static bool
bare_unit(const FsSentence *s, int unit, Amount *amount, AheadCache *cache)
{
	int k = unit - 1;

	if (!is_any(s, unit, "month quarter year week decade"))
		return false;
	if (is_any(s, k, "half") && is_any(s, k - 1, "next coming"))
	{
		*amount = (Amount){ 0, 5, true, k - 1 };
		return true;
	}
	if (is_any(s, k, "next coming") && is_any(s, k - 1, "the") && is_any(s, k - 2, "over in within for during"))
	{
		*amount = (Amount){ 0, 10, true, k - 2 };
		return true;
	}
	if (is_any(s, k, "a an") && is_any(s, k - 1, "within") && looks_ahead(s, unit, cache))
	{
		*amount = (Amount){ 0, 10, true, k - 1 };
		return true;
	}
	return false;
}

/*
 * What stands before and after the amount: whether it lies ahead, and whether
 * it is a limit (low becomes 0).
 */
static bool
read_context(const FsSentence *s, int unit, Amount *amount, AheadCache *cache)
{
	int	 lead = lead_before(s, amount->first);
	bool adjective = (s->tokens[unit].flags & FS_T_JOINED) || is_dash(s, unit - 1);
	bool next = is_any(s, lead, "next coming");

	if (is_any(s, lead, "past last previous prior preceding trailing first from since previously latest") ||
		is_any(s, lead - 1, "past last previous prior preceding"))
		return false;
	if (is_any(s, unit + 1, "ago earlier before previously old ended ending after apart of prior") ||
		(is_any(s, unit + 1, "to") && is_name(s, unit + 2)))
	{
		/* "12 to 24 months after that" is ahead all the same */
		if (!(amount->range && is_any(s, unit + 1, "after") && looks_ahead(s, unit, cache)))
			return false;
	}
	if (is_any(s, unit + 1, "from"))
		return is_any(s, unit + 2, "now today");
	if (next)
	{
		if (!amount->range)
			amount->low = 0;
		amount->first = lead;
		return true;
	}
	if (adjective && !amount->range)
		return is_any(s, unit + 1,
					  "target targets outlook view forecast horizon horizons plan guidance estimate price "
					  "goal window timeline timeframe time period runway program programme") &&
			   !is_any(s, unit + 2, "low high ago lows highs");
	if (amount->range)
		return !is_any(s, unit + 1, "low lows high highs note notes bond bonds bill bills");
	if (is_any(s, lead, "take takes") && looks_ahead(s, unit, cache))
	{
		if (is_any(s, amount->first - 1, "to"))
			amount->low = 0; /* up to */
		return !is_any(s, amount->first - 1, "least");
	}
	if (is_any(s, lead, "within inside under") && looks_ahead(s, unit, cache))
	{
		amount->low = 0;
		amount->first = lead;
		return true;
	}
	if (is_any(s, unit + 1, "ahead out hence away"))
		return true;
	if (!is_any(s, lead, "in for over") || !looks_ahead(s, unit, cache))
		return false;
	if (is_any(s, lead, "in") && is_record(s, lead))
		return false;
	if (is_any(s, lead, "over"))
		amount->low = 0;
	amount->first = lead;
	return true;
}

int
fs_horizons_find(const FsSentence *sentence, FsHorizon out[FS_HORIZONS_MAX])
{
	AheadCache cache = { 0, 0, false };
	int		   n = 0;

	for (int i = 0; i < sentence->ntokens && n < FS_HORIZONS_MAX; i++)
	{
		const FsToken *token = &sentence->tokens[i];
		char		   folded[FS_WORD_BYTES];
		size_t		   len;
		Amount		   amount;

		if (token->kind != FS_WORD || token->foldlen < 2 || token->foldlen > 8 ||
			(!(token->flags & FS_T_WIDE) && !strchr("MYQWDmyqwd", sentence->text.data[token->start])))
			continue;
		len = fs_token_fold(sentence->text, token, folded);
		if (len == 0 || !strchr("myqwd", folded[0]))
			continue;
		for (int k = 0; k < COUNT_OF(time_units); k++)
		{
			int months = time_units[k].months;
			int units = time_units[k].units * 10;
			int low;
			int high;

			if (strlen(time_units[k].word) != len || memcmp(time_units[k].word, folded, len) != 0)
				continue;
			if (amount_before(sentence, i - 1, &amount) ? !read_context(sentence, i, &amount, &cache)
														: !bare_unit(sentence, i, &amount, &cache))
				break;
			low = amount.low * months / units;
			high = (amount.high * months + units - 1) / units;
			if (amount.low == amount.high)
				low = high;
			if (high > 0 && high <= MONTHS_MAX)
				out[n++] = (FsHorizon){ low, high, (uint16_t) amount.first, (uint16_t) i };
			break;
		}
	}
	return n;
}
