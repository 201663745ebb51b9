/*
 * number_role.c - level 3: what a number without a currency or unit is.
 *
 * Years, dates, list positions and parts of names are no amounts; what is left
 * counts the noun after it ("15 quarters", "1.4 million sf", "52-week") or is
 * a bare number.  The noun is the first plural within three words, so that an
 * adjective may stand between ("10 new stores").
 */
#include "number_impl.h"

/* Words before a number that make it part of a name or a position, in order. */
static const struct
{
	const char *word;
	uint8_t		role;
} openers[] = {
	{ "act", FS_ROLE_NAME },	  { "age", FS_ROLE_NAME },		 { "aged", FS_ROLE_NAME },
	{ "appendix", FS_ROLE_NAME }, { "article", FS_ROLE_NAME },	 { "asc", FS_ROLE_NAME },
	{ "asu", FS_ROLE_NAME },	  { "asx", FS_ROLE_NAME },		 { "cac", FS_ROLE_NAME },
	{ "chapter", FS_ROLE_NAME },  { "class", FS_ROLE_NAME },	 { "covid", FS_ROLE_NAME },
	{ "dax", FS_ROLE_NAME },	  { "fax", FS_ROLE_NAME },		 { "figure", FS_ROLE_NAME },
	{ "flight", FS_ROLE_NAME },	  { "form", FS_ROLE_NAME },		 { "fortune", FS_ROLE_NAME },
	{ "ftse", FS_ROLE_NAME },	  { "group", FS_ROLE_NAME },	 { "ias", FS_ROLE_NAME },
	{ "ifrs", FS_ROLE_NAME },	  { "iphone", FS_ROLE_NAME },	 { "item", FS_ROLE_NAME },
	{ "level", FS_ROLE_NAME },	  { "mobile", FS_ROLE_NAME },	 { "model", FS_ROLE_NAME },
	{ "nasdaq", FS_ROLE_NAME },	  { "nifty", FS_ROLE_NAME },	 { "nikkei", FS_ROLE_NAME },
	{ "no", FS_ROLE_ORDINAL },	  { "no.", FS_ROLE_ORDINAL },	 { "note", FS_ROLE_NAME },
	{ "nr", FS_ROLE_ORDINAL },	  { "number", FS_ROLE_ORDINAL }, { "omx", FS_ROLE_NAME },
	{ "page", FS_ROLE_NAME },	  { "pages", FS_ROLE_NAME },	 { "part", FS_ROLE_NAME },
	{ "phase", FS_ROLE_NAME },	  { "phone", FS_ROLE_NAME },	 { "room", FS_ROLE_NAME },
	{ "route", FS_ROLE_NAME },	  { "rule", FS_ROLE_NAME },		 { "russell", FS_ROLE_NAME },
	{ "s&p", FS_ROLE_NAME },	  { "scenario", FS_ROLE_NAME },	 { "section", FS_ROLE_NAME },
	{ "series", FS_ROLE_NAME },	  { "stage", FS_ROLE_NAME },	 { "step", FS_ROLE_NAME },
	{ "stoxx", FS_ROLE_NAME },	  { "table", FS_ROLE_NAME },	 { "tel", FS_ROLE_NAME },
	{ "tier", FS_ROLE_NAME },	  { "top", FS_ROLE_ORDINAL },	 { "topix", FS_ROLE_NAME },
	{ "version", FS_ROLE_NAME },  { "windows", FS_ROLE_NAME },
};

/* Counted nouns and units that do not end in s, in order. */
static const char *const plain_nouns[] = {
	"acre",		 "aircraft",  "barrel",	   "bcf",	"boe",	 "boepd", "bpd",	"carat",   "children",
	"cubic",	 "gb",		  "gigawatt",  "gw",	"gwh",	 "ha",	  "head",	"hectare", "kg",
	"kilometer", "kilometre", "km",		   "kw",	"kwh",	 "mah",	  "mb",		"mcf",	   "megawatt",
	"men",		 "meter",	  "metre",	   "mile",	"mmbtu", "mt",	  "mw",		"mwh",	   "ounce",
	"oz",		 "people",	  "personnel", "sf",	"sq",	 "sqft",  "square", "staff",   "tb",
	"tcf",		 "teu",		  "ton",	   "tonne", "twh",	 "women",
};

/* A letter of plain text as fs_token_fold gives it. */
static inline int
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : (unsigned char) c;
}

/* Whether the token's folded bytes are those of the text in small letters. */
static inline bool
folds_plainly(const FsToken *t)
{
	return !(t->flags & FS_T_WIDE) && t->len == t->foldlen;
}

/* Two bytes as a number that orders as words do. */
static inline int
pair(int first, int second)
{
	return first << 8 | second;
}

/*
 * Where the token's word stands in a list of n words in order, each the first
 * thing in size bytes and of two letters or more; -1 if it is none of them.
 * The first two letters rule most words out before one is folded.
 */
static int
word_at(const FsSentence *s, int token, const void *list, size_t n, size_t size)
{
	char		   folded[FS_WORD_BYTES + 8];
	const FsToken *t = &s->tokens[token];
	const char	  *p;
	size_t		   low = 0;
	size_t		   high = n;
	bool		   known = false;
	int			   first;

	if (token < 0 || token >= s->ntokens || t->foldlen < 2)
		return -1;
	if (!folds_plainly(t))
	{
		folded[fs_token_fold(s->text, t, folded)] = '\0';
		known = true;
	}
	p = known ? folded : s->text.data + t->start;
	first = pair(lower(p[0]), lower(p[1]));
	while (low < high)
	{
		size_t		middle = (low + high) / 2;
		const char *word = *(const char *const *) ((const char *) list + middle * size);
		int			order = first - pair((unsigned char) word[0], (unsigned char) word[1]);

		if (order == 0)
		{
			if (!known)
				folded[fs_token_fold(s->text, t, folded)] = '\0';
			known = true;
			order = strcmp(folded, word);
			if (order == 0)
				return (int) middle;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

/* Whether the token is one of the words, which are in order. */
static bool
word_in(const FsSentence *s, int token, const char *const *list, size_t n)
{
	return word_at(s, token, list, n, sizeof(*list)) >= 0;
}

/* Whether the token is "in", "of", "the" and the like: frequent beside numbers, and in no list of this file. */
static inline bool
is_particle(const FsToken *t)
{
	return t->foldlen < 4 && fs_token_classes(t) & FS_C(FUNCTION) && t->term != FS_W_men && t->term != FS_W_new &&
		   t->term != FS_W_no;
}

/* Whether the token's folded form looks like a plural noun. */
static bool
plural(const FsSentence *s, int token)
{
	char		   w[FS_WORD_BYTES];
	const FsToken *t = &s->tokens[token];
	const char	  *end;
	size_t		   n;
	int			   before;

	if (t->foldlen < 4 ||
		(fs_token_classes(t) & (FS_C(FUNCTION) | FS_C(SAY)) && !(fs_token_classes(t) & FS_C(PERIOD))))
		return t->foldlen == 3 && (fs_is_term(s, token, FS_W_men) || fs_is_term(s, token, FS_W_ads));
	if (folds_plainly(t))
		end = s->text.data + fs_token_end(t);
	else
	{
		n = fs_token_fold(s->text, t, w);
		if (n < 4)
			return false;
		end = w + n;
	}
	before = lower(end[-2]);
	return lower(end[-1]) == 's' && before != 's' && before != 'u' && before != 'i' && before != '\'';
}

/* See number_impl.h. */
int
fs_counted_noun(const FsSentence *s, int after)
{
	for (int k = after; k < after + 3 && k < s->ntokens; k++)
	{
		const FsToken *t = &s->tokens[k];
		uint64_t	   c = fs_token_classes(t);

		if (t->kind != FS_WORD || (k > after && t->flags & FS_T_LINE))
			return 0;
		if (t->flags & FS_T_JOINED && k == after)
			return fs_is_term(s, k, FS_W_for) || fs_is_term(s, k, FS_W_a) || fs_is_term(s, k, FS_W_to) ? 0 : k;
		if (is_particle(t))
			return 0;
		if (plural(s, k))
			return k;
		if (word_in(s, k, plain_nouns, sizeof(plain_nouns) / sizeof(plain_nouns[0])))
			return k + ((fs_is(s, k, "square") || fs_is(s, k, "cubic") || fs_is(s, k, "sq")) && k + 1 < s->ntokens &&
						s->tokens[k + 1].kind == FS_WORD);
		if (k < after + 2 && (fs_is_term(s, k, FS_W_new) || fs_is_term(s, k, FS_W_more) ||
							  fs_is_term(s, k, FS_W_other) || fs_is_term(s, k, FS_W_additional)))
			continue;
		if (t->foldlen < 3 ||
			c & (FS_C(FUNCTION) | FS_C(CURRENCY) | FS_C(MONTH) | FS_C(SAY) | FS_C(COMPARE) | FS_C(PAST)))
			return 0;
		if (c & FS_C(VERB) && !(c & (FS_C(NOUN) | FS_C_METRIC)))
			return 0;
		if (t->flags & FS_T_CAPITAL && !(s->tokens[after].flags & FS_T_CAPITAL))
			return 0;
	}
	return 0;
}

/* Whether a token is a month; "may" and "march" with a capital only. */
static bool
is_month(const FsSentence *s, int token)
{
	const FsToken *t;

	if (token < 0 || token >= s->ntokens)
		return false;
	t = &s->tokens[token];
	if (!(fs_token_classes(t) & FS_C(MONTH)))
		return false;
	return t->flags & FS_T_CAPITAL ||
		   !(fs_is_term(s, token, FS_W_may) || fs_is_term(s, token, FS_W_march) || fs_is_term(s, token, FS_W_mar) ||
			 fs_is(s, token, "sun") || fs_is(s, token, "sat"));
}

/* Whether the word before a year-like number speaks of time. */
static bool
time_before(const FsSentence *s, int p)
{
	static const char *const words[] = {
		"after",  "and", "at",	  "before", "between", "by",	"calendar", "during", "early", "end",
		"fiscal", "for", "from",  "full",	"fy",	   "half",	"in",		"its",	  "late",  "mid",
		"of",	  "on",	 "our",	  "over",	"quarter", "since", "than",		"the",	  "their", "through",
		"till",	  "to",	 "until", "versus", "vs",	   "vs.",	"with",		"year",
	};

	if (p < 0)
		return true;
	if (s->tokens[p].kind != FS_WORD)
		return !fs_ch(s, p, '~');
	return word_in(s, p, words, sizeof(words) / sizeof(words[0])) ||
		   fs_token_classes(&s->tokens[p]) & (FS_C(PERIOD) | FS_C(MONTH));
}

/* Whether a dash glues token a to the number b on its right. */
static bool
dashed(const FsSentence *s, int a, int b)
{
	uint32_t end;

	if (a < 0 || b >= s->ntokens || s->tokens[a].kind != FS_NUMBER || s->tokens[b].kind != FS_NUMBER)
		return false;
	end = fs_token_end(&s->tokens[a]);
	return s->tokens[b].start == end + 1 && s->text.data[end] == '-';
}

/* Whether the token makes a time of day of the number before it. */
static bool
says_time(const FsSentence *s, int token)
{
	const unsigned letters =
		1u << ('a' & 31) | 1u << ('p' & 31) | 1u << ('g' & 31) | 1u << ('o' & 31) | 1u << ('e' & 31);
	const FsToken *t = &s->tokens[token];

	if (token >= s->ntokens || t->kind != FS_WORD || t->foldlen < 2 || t->foldlen > 7)
		return false;
	/* mostly another word stands there: none that begins so */
	if (folds_plainly(t) && !(letters >> (s->text.data[t->start] & 31) & 1))
		return false;
	return t->term == FS_W_am || fs_is(s, token, "pm") || fs_is(s, token, "a.m.") || fs_is(s, token, "p.m.") ||
		   fs_is(s, token, "gmt") || fs_is(s, token, "o'clock") || fs_is(s, token, "et");
}

/* The role of a plain numeral in digits; after is the token behind it. */
static uint8_t
digits_role(const FsSentence *s, const FsQuantity *q, const FsNumeral *numeral, int after, int noun, int taken)
{
	int			   opener;
	int			   i = q->number;
	int			   p = q->first - 1;
	const FsToken *t = &s->tokens[i];
	bool		   plain = !(numeral->flags & (FS_NUM_DECIMAL | FS_NUM_GROUPED)) && numeral->count == 1;
	uint64_t	   v = q->value.digits;
	bool		   year = plain && t->len == 4 && v >= 1900 && v <= 2100 && !q->value.negative;

	/* times and dates by their separators */
	if (fs_ch(s, after, ':') && after + 1 < s->ntokens && s->tokens[after + 1].kind == FS_NUMBER &&
		!fs_spaced(s, after + 1) && !fs_spaced(s, after))
		return FS_ROLE_DATE;
	if (fs_ch(s, p, ':') && !fs_spaced(s, i) && p > 0 && s->tokens[p - 1].kind == FS_NUMBER)
		return FS_ROLE_DATE;
	if (says_time(s, after))
		return FS_ROLE_DATE;
	if (((fs_ch(s, after, '/') && !fs_spaced(s, after)) || (fs_ch(s, p, '/') && !fs_spaced(s, i))) && plain)
		return year ? FS_ROLE_YEAR : FS_ROLE_NAME;
	if (plain && v <= 31 && (is_month(s, p) || (fs_ch(s, p, '.') && is_month(s, p - 1)) || is_month(s, after)))
		return FS_ROLE_DATE;
	if (plain && v <= 31 && q->range && is_month(s, p))
		return FS_ROLE_DATE;
	if (year)
	{
		bool thing = noun > 0 && !(fs_token_classes(&s->tokens[noun]) & (FS_C_METRIC | FS_C(PERIOD))) &&
					 !(s->tokens[after].flags & FS_T_CAPITAL);

		return thing && !time_before(s, p) ? FS_ROLE_AMOUNT : FS_ROLE_YEAR;
	}
	if (dashed(s, i - 1, i) || dashed(s, after - 1, after))
	{
		uint64_t before = i > 0 && s->tokens[i - 1].kind == FS_NUMBER ? s->tokens[i - 1].len : 0;

		return before == 4 && t->len == 2 ? FS_ROLE_YEAR : FS_ROLE_NAME;
	}
	if (t->flags & FS_T_JOINED && p >= 0 && s->tokens[p].kind == FS_WORD)
		return FS_ROLE_NAME;
	/* telephone numbers */
	if (plain && (t->len >= 10 ||
				  (fs_ch(s, p, '+') && (t->len >= 7 || (after < s->ntokens && s->tokens[after].kind == FS_NUMBER)))))
		return FS_ROLE_NAME;
	/* list positions and notes: "3.", "( 3 )", "#1" */
	if (fs_ch(s, p, '#'))
		return FS_ROLE_ORDINAL;
	if (plain && t->len <= 2 && fs_ch(s, p, '(') && fs_ch(s, after, ')'))
		return FS_ROLE_ORDINAL;
	if (plain && t->len <= 2 && p < taken && (p < 0 || t->flags & FS_T_LINE) && after < s->ntokens &&
		(fs_ch(s, after, '.') || fs_ch(s, after, ')')))
		return FS_ROLE_ORDINAL;
	if (p >= 0 && fs_ch(s, p, '.') && fs_is_term(s, p - 1, FS_W_no))
		return FS_ROLE_ORDINAL;
	if (noun > 0 && fs_is_term(s, noun + 1, FS_W_old))
		return FS_ROLE_NAME;
	if (p < 0 || s->tokens[p].kind != FS_WORD)
		return FS_ROLE_AMOUNT;
	opener = is_particle(&s->tokens[p])
				 ? -1
				 : word_at(s, p, openers, sizeof(openers) / sizeof(openers[0]), sizeof(openers[0]));
	if (opener >= 0)
		return noun > 0 && fs_is_term(s, p, FS_W_no) ? FS_ROLE_AMOUNT : openers[opener].role;
	if (plain && s->tokens[p].foldlen == 1 && s->tokens[p].flags & FS_T_CAPITAL && t->len >= 2 &&
		!fs_is_term(s, p, FS_W_a) && !fs_is_term(s, p, FS_W_i))
		return FS_ROLE_NAME; /* "S & P 500" */
	/* "Boeing 737", "S & P 500": glued to a name that is no word of the lexicon */
	if (plain && t->len <= 4 && s->tokens[p].flags & FS_T_CAPITAL && !q->range &&
		(fs_token_classes(&s->tokens[p]) & ~(FS_C(LEGAL) | FS_C(NOUN))) == 0 && !(p == 0 && noun > 0))
		return FS_ROLE_NAME;
	return FS_ROLE_AMOUNT;
}

/* Whether the token may be "thirds" or "fifths": most nouns end in other letters. */
static inline bool
may_be_fraction(const FsSentence *s, int token)
{
	const FsToken *t = &s->tokens[token];
	int			   before = t->len < 2 ? 0 : lower(s->text.data[fs_token_end(t) - 2]);

	return !folds_plainly(t) || before == 'h' || before == 'd';
}

/* See number_impl.h. */
void
fs_quantity_role(const FsSentence *s, FsQuantity *q, const FsNumeral *numeral, int taken)
{
	int after = q->first + q->count;
	int noun = fs_counted_noun(s, after);

	if (!q->scaled && !(numeral->flags & FS_NUM_WORDS))
	{
		q->role = digits_role(s, q, numeral, after, noun, taken);
		if (q->role != FS_ROLE_AMOUNT)
			return;
	}
	if (numeral->flags & FS_NUM_WORDS && !q->scaled &&
		((q->value.digits == 1 && q->value.exponent == 0) || numeral->flags & FS_NUM_DECIMAL))
		return; /* "one" is mostly a pronoun, "half" no count */
	/* "1.5 dozen" is no number */
	if (fs_is_term(s, after, FS_W_dozen) || fs_is(s, after, "dozens"))
	{
		q->role = FS_ROLE_NAME;
		return;
	}
	if (noun == 0)
		return;
	if (noun == after && may_be_fraction(s, noun) &&
		fs_token_in(s->text, &s->tokens[noun], "thirds fourths fifths sixths eighths tenths"))
	{ /* "two-fifths" has no unit */
		q->role = FS_ROLE_NAME;
		return;
	}
	q->kind = FS_UNIT_COUNT;
	q->noun.start = s->tokens[noun].start;
	q->noun.len = s->tokens[noun].len;
	/* the noun itself stays a word of its own for the rules */
}

/* See number_impl.h. */
void
fs_share_unit(const FsSentence *s, FsQuantity *low, const FsQuantity *high)
{
	int to = low->first + low->count;

	if (low->role == FS_ROLE_AMOUNT && low->kind == FS_UNIT_NONE && !low->scaled && high->first == to + 1 &&
		fs_is_term(s, to, FS_W_to) && fs_is_term(s, low->first - 1, FS_W_from) &&
		(high->kind == FS_UNIT_PERCENT || high->kind == FS_UNIT_POINTS || high->kind == FS_UNIT_BASIS_POINTS))
		low->kind = high->kind;
}
