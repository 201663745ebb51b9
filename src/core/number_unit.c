/*
 * number_unit.c - level 3: what stands beside a number.
 *
 * Currencies before and after, scales, units, minus signs and comparators.
 *
 * Letters that are words of their own ("m", "k", "b", "p") scale only what
 * they are glued to, or an amount with a currency.  ISO codes that are English
 * words count in capitals only.  "$" is USD unless letters before it (A$) or a
 * name after the number ("$17 Canadian dollars") say otherwise.
 */
#include <stdlib.h>

#include "number_impl.h"

#define COMPARATOR_TOKENS 5

/*
 * The longest phrase that starts at the token and has one of the classes, best
 * (of *count tokens) if there is none.  Kept apart: most words begin no phrase.
 */
static __attribute__((noinline)) FsTerm
longest_phrase(const FsSentence *sentence, int token, uint64_t classes, FsTerm best, int *count)
{
	uint16_t state = sentence->tokens[token].term;

	for (int i = token + 1; i < sentence->ntokens && i < token + 6 && state != 0; i++)
	{
		FsTerm phrase = FS_TERM_NONE;

		if (sentence->tokens[i].term == FS_TERM_NONE)
			break;
		state = fs_lexicon_step(state, sentence->tokens[i].term, &phrase);
		if (phrase != FS_TERM_NONE && fs_entry(phrase)->classes & classes)
		{
			best = phrase;
			*count = i - token + 1;
		}
	}
	return best;
}

/* See number_impl.h. */
FsTerm
fs_term_at(const FsSentence *sentence, int token, uint64_t classes, int *count)
{
	FsTerm best = FS_TERM_NONE;
	FsTerm term;

	if (token < 0 || token >= sentence->ntokens)
		return FS_TERM_NONE;
	term = sentence->tokens[token].term;
	if (term <= FS_TERM_NUMBER)
		return FS_TERM_NONE;
	if (fs_entry(term)->classes & classes)
	{
		best = term;
		*count = 1;
	}
	return fs_may_go_on(sentence, token) ? longest_phrase(sentence, token, classes, best, count) : best;
}

/* Whether an ISO code that is also a word stands in small letters. */
bool
fs_shy_code(const FsSentence *s, int token)
{
	const FsToken *t = &s->tokens[token];

	if (t->kind != FS_WORD || t->flags & FS_T_UPPER)
		return false;
	switch (t->term)
	{
		case FS_W_all:
		case FS_W_ars:
		case FS_W_bam:
		case FS_W_bob:
		case FS_W_cad:
		case FS_W_cop:
		case FS_W_cup:
		case FS_W_gel:
		case FS_W_lak:
		case FS_W_mad:
		case FS_W_mop:
		case FS_W_mur:
		case FS_W_nad:
		case FS_W_pen:
		case FS_W_ron:
		case FS_W_rub:
		case FS_W_sos:
		case FS_W_top:
		case FS_W_try:
			return true;
		default:
			return false;
	}
}

/* Fill a currency from a lexicon value: "USD", "USD 6" (millions), "BHD -3". */
static bool
currency_of(FsTerm term, FsCurrency *c)
{
	const char *v = fs_entry_value(term);

	if (!v[0] || !v[1] || !v[2])
		return false;
	memcpy(c->code, v, 3);
	c->code[3] = '\0';
	c->minor = (fs_entry(term)->classes & FS_C(MINOR)) != 0;
	c->power = v[3] == ' ' ? atoi(v + 4) : c->minor ? -2 : 0;
	return true;
}

/* The currency of letters before a "$": a (A$), us, hk, nt, usd; NULL if none. */
const char *
fs_dollar_letters(const FsSentence *s, int token)
{
	static const struct
	{
		const char *letters;
		const char *code;
	} table[] = {
		{ "us", "USD" },  { "u.s.", "USD" }, { "u.s", "USD" }, { "a", "AUD" },	 { "au", "AUD" },  { "c", "CAD" },
		{ "ca", "CAD" },  { "can", "CAD" },	 { "cdn", "CAD" }, { "hk", "HKD" },	 { "s", "SGD" },   { "sg", "SGD" },
		{ "nz", "NZD" },  { "nt", "TWD" },	 { "r", "BRL" },   { "mx", "MXN" },	 { "mex", "MXN" }, { "tt", "TTD" },
		{ "j", "JMD" },	  { "z", "ZWL" },	 { "n", "NAD" },   { "b", "BND" },	 { "fj", "FJD" },  { "bz", "BZD" },
		{ "ec", "XCD" },  { "rd", "DOP" },	 { "ar", "ARS" },  { "col", "COP" }, { "cl", "CLP" },  { "clp", "CLP" },
		{ "bds", "BBD" }, { "cad", "CAD" },
	};

	if (s->tokens[token].foldlen == 0 || s->tokens[token].foldlen > 4)
		return NULL;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (fs_token_is(s->text, &s->tokens[token], table[i].letters))
			return table[i].code;
	return NULL;
}

/* "&euro;9.1 billion": the scanner skips the reference; its length, 0 if none. */
uint32_t
fs_currency_reference_read(const FsSentence *s, int i, FsCurrency *c)
{
	static const struct
	{
		const char *text;
		const char *code;
	} references[] = {
		{ "&euro;", "EUR" }, { "&pound;", "GBP" }, { "&yen;", "JPY" }, { "&#8364;", "EUR" }, { "&#163;", "GBP" }
	};
	uint32_t start = s->tokens[i].start;

	for (size_t k = 0; k < sizeof(references) / sizeof(references[0]); k++)
	{
		uint32_t n = (uint32_t) strlen(references[k].text);

		if (start >= n && memcmp(s->text.data + start - n, references[k].text, n) == 0)
		{
			memcpy(c->code, references[k].code, 4);
			c->power = 0;
			c->minor = false;
			return n;
		}
	}
	return 0;
}

/*
 * The currency that ends right before token i: its first token, -1 if none.
 */
int
fs_currency_before_read(const FsNumberReader *r, int i, FsCurrency *c)
{
	const FsSentence *s = r->s;
	const FsToken	 *t;
	int				  p = i - 1;
	int				  n;

	if (fs_currency_reference(s, i, c) > 0)
		return i;
	if (p < r->taken)
		return -1;
	if (s->tokens[p].kind == FS_PUNCT)
	{
		/* "(EUR) 103", "( x20ac ) 103": a bracketed sign */
		if (fs_ch(s, p, ')') && p - 2 >= r->taken && fs_ch(s, p - 2, '(') &&
			fs_token_classes(&s->tokens[p - 1]) & FS_C(CURRENCY) && currency_of(s->tokens[p - 1].term, c))
			return p - 2;
		if (fs_ch(s, p, '.') && p > r->taken && s->tokens[p - 1].foldlen <= 3 &&
			fs_token_classes(&s->tokens[p - 1]) & FS_C(CURRENCY))
			p--; /* Rs. 500 */
	}
	t = &s->tokens[p];
	if (!(fs_token_classes(t) & (FS_C(CURRENCY) | FS_C(MINOR))) || fs_shy_code(s, p))
		return -1;
	if (t->kind == FS_WORD && t->foldlen == 1)
		return -1; /* "S & P 500" */
	if (t->term == FS_W_won && !(t->flags & FS_T_UPPER))
		return -1; /* "has won 40 orders" */
	if (!currency_of(t->term, c))
		return -1;
	if (t->kind == FS_WORD && t->foldlen > 4 && fs_spaced(s, i) && !(fs_token_classes(t) & FS_C(MINOR)) &&
		s->tokens[i].flags & FS_T_LINE)
		return -1;
	if (fs_ch(s, p, '$') && p > r->taken && s->tokens[p - 1].kind == FS_WORD)
	{
		FsCurrency other;

		/* glued, or all of it spaced (tokenised text: "us $ 150 million") */
		if (!fs_spaced(s, p) || fs_spaced(s, i))
		{
			const char *code = fs_dollar_letters(s, p - 1);

			/* "a $ 5 bill" is no Australian one */
			if (code && (!fs_spaced(s, p) || fs_is_term(s, p - 1, FS_W_us) || fs_is(s, p - 1, "u.s.") ||
						 fs_is_term(s, p - 1, FS_W_c) || fs_is(s, p - 1, "hk") || fs_is(s, p - 1, "nz") ||
						 fs_is(s, p - 1, "nt")))
			{
				memcpy(c->code, code, 4);
				return p - 1;
			}
			if (fs_token_classes(&s->tokens[p - 1]) & FS_C(CURRENCY) && s->tokens[p - 1].foldlen == 3 &&
				currency_of(s->tokens[p - 1].term, &other))
			{
				*c = other;
				return p - 1;
			}
		}
	}
	/* a phrase that covers the word: "malaysian ringgit 42" */
	if (p - 1 >= r->taken && t->kind == FS_WORD)
	{
		FsTerm term = fs_term_at(s, p - 1, FS_C(CURRENCY), &n);

		if (term != FS_TERM_NONE && n == 2 && currency_of(term, c))
			return p - 1;
	}
	return p;
}

/* The currency that starts at token i: tokens read, 0 if none. */
int
fs_currency_after(const FsSentence *s, int i, FsCurrency *c)
{
	int	   n = 0;
	FsTerm term = fs_term_at(s, i, FS_C(CURRENCY) | FS_C(MINOR), &n);

	if (term == FS_TERM_NONE)
	{
		/* 3.14US$ */
		if (i + 1 < s->ntokens && s->tokens[i].kind == FS_WORD && fs_ch(s, i + 1, '$') && !fs_spaced(s, i + 1))
		{
			const char *code = fs_dollar_letters(s, i);

			if (code)
			{
				memcpy(c->code, code, 4);
				c->power = 0;
				c->minor = false;
				return 2;
			}
		}
		return 0;
	}
	if (n == 1 && fs_shy_code(s, i))
		return 0;
	if (n == 1 && s->tokens[i].kind == FS_SYMBOL && fs_spaced(s, i) && i + 1 < s->ntokens &&
		(s->tokens[i + 1].kind == FS_NUMBER || fs_ch(s, i + 1, '(')))
		return 0; /* "2016 $ 300": the sign of the next amount */
	if (n == 1 && s->tokens[i].foldlen == 1 && s->tokens[i].kind == FS_WORD &&
		(fs_spaced(s, i) || s->tokens[i].flags & FS_T_CAPITAL))
		return 0; /* "p" and "c" only glued, and not "Note 2C" */
	if (n == 1 && s->tokens[i].kind == FS_WORD && s->tokens[i].foldlen <= 3 && i + 1 < s->ntokens &&
		s->tokens[i + 1].kind == FS_NUMBER && fs_spaced(s, i) && !fs_spaced(s, i + 1))
		return 0; /* "in 2008 EUR59m" */
	/* "$" of "A$", "US$" that belongs to the next amount */
	if (fs_ch(s, i + n, '$') && n == 1 && s->tokens[i].kind == FS_WORD && s->tokens[i].foldlen <= 3 &&
		fs_spaced(s, i) && i + n + 1 < s->ntokens && s->tokens[i + n + 1].kind == FS_NUMBER)
		return 0;
	return currency_of(term, c) ? n : 0;
}

/* Tokens of a scale at token i, its power of ten to *power; money: an amount with a currency. */
int
fs_scale_after(const FsSentence *s, int i, bool money, int *power)
{
	const FsToken *t;
	const char	  *v;

	if (i >= s->ntokens)
		return 0;
	t = &s->tokens[i];
	if (t->kind != FS_WORD || !(fs_token_classes(t) & FS_C(SCALE)))
		return 0;
	if (t->foldlen == 1 && fs_spaced(s, i) && !money)
		return 0;
	if (t->foldlen == 1 && !money && fs_is_term(s, i, FS_W_t))
		return 0; /* tonnes */
	/* one digit or two */
	v = fs_entry_value(t->term);
	*power = v[0] - '0';
	if (*power > 0 && v[1])
		*power = *power * 10 + v[1] - '0';
	return *power > 0;
}

/* What unit starts at token i: tokens read, 0 if none; *kind receives it. */
int
fs_unit_after(const FsSentence *s, int i, uint8_t *kind)
{
	int			n = 0;
	FsTerm		term = fs_term_at(s, i, FS_C(UNIT), &n);
	const char *v;

	if (term == FS_TERM_NONE)
		return 0;
	v = fs_entry_value(term);
	switch (v[0])
	{
		case 'p': /* percent, pp */
			*kind = v[1] == 'e' ? FS_UNIT_PERCENT : FS_UNIT_POINTS;
			return n;
		case 'b':
			*kind = FS_UNIT_BASIS_POINTS;
			return n;
		case 'x':
			if (s->tokens[i].foldlen == 1 && fs_spaced(s, i))
				return 0;
			*kind = FS_UNIT_TIMES;
			return n;
		default:
			return 0;
	}
}

/* Whether a minus sign stands before the byte where token i starts. */
bool
fs_minus_before_read(const FsSentence *s, int i)
{
	uint32_t	start = s->tokens[i].start;
	const char *base = s->text.data;

	if (start < 1)
		return false;
	if (base[start - 1] != '-')
	{ /* U+2212 says minus even with a blank after it */
		start -= base[start - 1] == ' ';
		return start >= 3 && memcmp(base + start - 3, "\xE2\x88\x92", 3) == 0;
	}
	if (start < 2)
		return true;
	return base[start - 2] == ' ' || base[start - 2] == '(' || base[start - 2] == '\n' || base[start - 2] == '\t' ||
		   base[start - 2] == ':' || base[start - 2] == '$';
}

/* Whether the token is a verb that "up to" goes on: "profit went up to $5 million". */
static bool
goes(const FsSentence *s, int token)
{
	return fs_is(s, token, "went") || fs_is(s, token, "goes") || fs_is(s, token, "go") || fs_is(s, token, "moved") ||
		   fs_is(s, token, "gone") || fs_is(s, token, "going");
}

/* Comparator words that end right before token i: their first token, i if none. */
static int
comparator_before(const FsNumberReader *r, int i, uint8_t *comparator)
{
	const FsSentence *s = r->s;
	int				  first = i;

	for (int p = i - 1; p >= r->taken && p >= i - COMPARATOR_TOKENS; p--)
	{
		int	   n = 0;
		FsTerm term = s->tokens[p].term;

		if (term <= FS_TERM_NUMBER)
			break;
		/* most words are no comparator and begin no phrase: ask no further */
		if (p == i - 1 ? !(fs_entry(term)->classes & FS_C(COMPARATOR)) : !fs_may_go_on(s, p))
			continue;
		term = fs_term_at(s, p, FS_C(COMPARATOR), &n);
		if (term != FS_TERM_NONE && p + n == i && !(fs_is(s, p, "up") && p > 0 && goes(s, p - 1)))
		{
			const char *v = fs_entry_value(term);

			first = p;
			*comparator = strcmp(v, "gt") == 0		 ? FS_CMP_GT
						  : strcmp(v, "lt") == 0	 ? FS_CMP_LT
						  : strcmp(v, "ge") == 0	 ? FS_CMP_GE
						  : strcmp(v, "le") == 0	 ? FS_CMP_LE
						  : strcmp(v, "approx") == 0 ? FS_CMP_APPROX
													 : FS_CMP_EQ;
		}
	}
	return first;
}

/* Whether a word may be the last of a comparator there. */
static bool
ends_comparator(const FsSentence *s, int i)
{
	FsTerm term = s->tokens[i].term;
	FsTerm before = i > 0 ? s->tokens[i - 1].term : FS_TERM_NONE;

	if (!(fs_entry(term)->says & FS_ENDS_COMPARATOR))
		return false;
	/* the most frequent of all */
	if (term == FS_W_to)
		return before == FS_W_up || before == FS_W_close || before == FS_W_closer;
	if (term == FS_W_of)
		return before == FS_W_order || !(fs_entry(before)->classes & FS_C_METRIC); /* "profit of" is none */
	return true;
}

/* See number_impl.h. */
void
fs_quantity_finish(const FsNumberReader *r, FsQuantity *q)
{
	const FsSentence *s = r->s;
	int				  last = q->first + q->count - 1;
	int				  first = q->first;
	uint32_t		  start = s->tokens[first].start;
	FsCurrency		  reference;
	char			  before;
	int				  p;

	/* a sign before the amount is part of it */
	if (q->value.negative && start > 0 && s->text.data[start - 1] == '-')
		start--;
	start -= fs_currency_reference(s, first, &reference);
	q->span.start = start;
	q->span.len = fs_token_end(&s->tokens[last]) - start;
	p = first;
	if (first > r->taken && ends_comparator(s, first - 1))
		p = comparator_before(r, first, &q->comparator);
	before = first > r->taken ? fs_mark(s, first - 1) : 0;
	if (p < first)
	{
		q->first = (uint16_t) p;
		q->count = (uint16_t) (last - p + 1);
	}
	else if (before == '~' || before == '>' || before == '<')
	{
		q->comparator = before == '~' ? FS_CMP_APPROX : before == '>' ? FS_CMP_GT : FS_CMP_LT;
		q->first--;
		q->count++;
	}
	else if (fs_is_term(s, last + 1, FS_W_or))
	{
		if (fs_is_term(s, last + 2, FS_W_more))
			q->comparator = FS_CMP_GE;
		else if (fs_is_term(s, last + 2, FS_W_less))
			q->comparator = FS_CMP_LE;
	}
	else if (fs_mark(s, last + 1) == '+' && !fs_spaced(s, last + 1))
		q->comparator = FS_CMP_GE;
}
