/*
 * number.c - level 3: quantities of a sentence.
 *
 * Idea: a quantity starts at a numeral (digits or number words) or at an
 * article before a scale or currency ("a grand", "a dollar").  From there the
 * reader looks back for sign, currency and comparator, and forward for scale,
 * currency and unit; then it tries to read a second amount as the upper end of
 * a range.  Tokens left of "taken" belong to an earlier quantity and are never
 * read again, so the work is linear.
 *
 * Example: "between $5.5 and 6 million" -> numeral 5.5, currency before it,
 * no scale; "and" with "between" before opens a range; 6 with scale million;
 * the first end takes the scale: 5.5e6 to 6e6 USD.
 *
 * Limits: "1 point 1" and thirds ("two-thirds") are no quantities; "5, 6 and 7
 * percent" gives the unit to the last.
 */
#include "number_impl.h"

/* Give the quantity a currency. */
static void
set_money(FsQuantity *q, const FsCurrency *c)
{
	q->kind = FS_UNIT_MONEY;
	memcpy(q->currency, c->code, 4);
	q->value = fs_decimal_shift(q->value, c->power);
	q->implied_minor = c->minor;
	q->scaled |= c->power > 0;
	while (q->value.exponent < 0 && q->value.digits % 10 == 0 && q->value.digits > 0)
	{
		q->value.digits /= 10;
		q->value.exponent++;
	}
}

/*
 * "3 dollars 50 cents", "$20 and 43c", "15 dollars 50": add the minor unit.
 * Returns the token after it.
 */
static int
add_minor(const FsSentence *s, FsQuantity *q, int after, bool named)
{
	int		   i = after + fs_is_term(s, after, FS_W_and);
	FsNumeral  m;
	FsCurrency c;
	int		   n;

	if (i >= s->ntokens || q->scaled || q->implied_minor || !fs_spaced(s, i) || q->value.exponent < 0 ||
		(s->tokens[i].kind != FS_NUMBER && !(fs_token_classes(&s->tokens[i]) & FS_C(NUMBER))))
		return after;
	m = fs_numeral_read(s, i);
	if (m.count == 0 || m.flags & (FS_NUM_DECIMAL | FS_NUM_GROUPED | FS_NUM_ODD) || m.value.digits == 0 ||
		m.value.digits > 99)
		return after;
	n = fs_currency_after(s, i + m.count, &c);
	if (n > 0 ? !c.minor
			  : (!named || (i + m.count < s->ntokens && !fs_ch(s, i + m.count, '.') && !fs_ch(s, i + m.count, ',')) ||
				 (i == after && m.value.digits < 10)))
		return after;
	m.value = fs_decimal_shift(m.value, -2);
	if (q->value.negative || !fs_decimal_add(q->value, m.value, &q->value))
		return after;
	while (q->value.exponent < 0 && q->value.digits % 10 == 0)
	{
		q->value.digits /= 10;
		q->value.exponent++;
	}
	return i + m.count + n;
}

/* "3.6 million negative", "minus 2 percent": the token after the amount; *first may move. */
static int
sign_words(const FsNumberReader *r, FsQuantity *q, int *first, int after)
{
	const FsSentence *s = r->s;

	if (fs_is_term(s, after, FS_W_negative) && (q->scaled || q->kind != FS_UNIT_NONE) &&
		!(after + 1 < s->ntokens && s->tokens[after + 1].kind == FS_WORD))
	{
		q->value.negative = true;
		return after + 1;
	}
	if (*first > r->taken && fs_is_term(s, *first - 1, FS_W_minus))
	{
		q->value.negative = true;
		(*first)--;
	}
	return after;
}

/*
 * What may start at the token, in bits of FsEntry.classes: a scale, currency or
 * unit.  Cheap, so that after most numbers no phrase is looked up.
 */
static uint64_t
may_follow(const FsSentence *s, int i)
{
	const FsToken *t = &s->tokens[i];
	uint64_t	   c = 0;

	if (i >= s->ntokens)
		return 0;
	if (t->term > FS_TERM_NUMBER)
	{
		c = fs_entry(t->term)->classes;
		if (fs_may_go_on(s, i))
			c |= FS_C(CURRENCY) | FS_C(UNIT);
	}
	if (t->kind == FS_WORD && fs_ch(s, i + 1, '$'))
		c |= FS_C(CURRENCY); /* 3.14US$ */
	return c;
}

/*
 * Give the quantity the scales that start at token after; returns the token
 * behind them, *follow receives what may start there.
 */
static inline int
read_scales(const FsSentence *s, FsQuantity *q, int after, bool money, uint64_t *follow)
{
	int n, power;

	*follow = may_follow(s, after);
	while (*follow & FS_C(SCALE) && (n = fs_scale_after(s, after, money, &power)) > 0)
	{
		/* a letter scale of an amount that has a scale is no scale */
		if (q->scaled && s->tokens[after].foldlen < 3)
			break;
		q->value = fs_decimal_shift(q->value, power);
		q->scaled |= power >= 3;
		after += n;
		*follow = may_follow(s, after);
		if (q->value.exponent > 30)
			break;
	}
	return after;
}

/*
 * Whether what stands before token i says nothing of an amount there: a word in
 * small letters that is no currency, and one blank.
 */
static inline bool
quiet_before(const FsNumberReader *r, int i)
{
	const FsSentence *s = r->s;
	const char		 *p = s->text.data + s->tokens[i].start;

	return i > r->taken && s->tokens[i - 1].kind == FS_WORD && p[-1] == ' ' && (unsigned char) (p[-2] - 'a') < 26 &&
		   !(fs_token_classes(&s->tokens[i - 1]) & (FS_C(CURRENCY) | FS_C(MINOR)));
}

/*
 * Read one amount whose numeral is at token i.  Returns the token after it, 0
 * if there is none.  Ranges and roles come later.
 */
static int
read_amount(const FsNumberReader *r, int i, const FsNumeral *numeral, FsQuantity *q)
{
	const FsSentence *s = r->s;
	FsCurrency		  c = { .power = 0 };
	int				  first = i;
	int				  after = i + numeral->count;
	int				  head = i; /* where a sign may stand */
	int				  n;
	uint64_t		  follow; /* what may start at after */
	bool			  bracket = false;
	bool			  money = false;
	bool			  named = false;
	bool			  quiet = quiet_before(r, i);
	char			  before = !quiet && i > r->taken ? fs_mark(s, i - 1) : 0;

	memset(q, 0, sizeof(*q));
	q->value = numeral->value;
	q->number = (uint16_t) i;
	q->scaled = (numeral->flags & FS_NUM_SCALED) != 0;
	if (before == '(' && fs_ch(s, after, ')'))
	{ /* $( 131 ) million, EPS (0.04), (2.3)% */
		int cur = fs_currency_before(r, i - 1, &c);

		if (cur >= 0 || (fs_ch(s, after + 1, '%') && !fs_spaced(s, after + 1)) ||
			(numeral->flags & FS_NUM_DECIMAL && i >= 2 && s->tokens[i - 2].kind == FS_WORD &&
			 fs_unit_after(s, after + 1, &q->kind) == 0))
		{
			bracket = true;
			head = cur >= 0 ? cur : i - 1;
			first = head;
			after++;
			money = cur >= 0;
		}
	}
	if (!bracket && !quiet)
	{
		/* the sign stands between in "$-131" */
		int sign = before == '-' && !fs_spaced(s, i);

		n = numeral->flags & FS_NUM_ARTICLE ? -1 : fs_currency_before(r, i - sign, &c);
		money = n >= 0;
		if (money)
			first = head = n;
	}
	if (!quiet && (bracket || fs_minus_before(s, head) || (head != i && fs_minus_before(s, i))))
	{
		q->value.negative = true;
		if (!bracket && head > r->taken && fs_ch(s, head - 1, '-'))
			first = head - 1;
	}
	after = read_scales(s, q, after, money, &follow);
	if (money)
		set_money(q, &c);
	if (follow & (FS_C(CURRENCY) | FS_C(MINOR)) && (!money || fs_ch(s, head, '$')))
	{
		FsCurrency name;

		n = fs_currency_after(s, after, &name);
		if (n > 0 && (!money || (s->tokens[after].kind == FS_WORD && !name.minor && s->tokens[after].foldlen >= 3)))
		{
			if (money)
				name.power = 0;
			set_money(q, &name);
			named = s->tokens[after].kind == FS_WORD;
			after += n;
			money = true;
		}
	}
	if (money)
		after = add_minor(s, q, after, named);
	else
	{
		after += n = follow & FS_C(UNIT) ? fs_unit_after(s, after, &q->kind) : 0;
		if (n == 0)
			q->kind = fs_is_term(s, first - 1, FS_W_of) && fs_is_term(s, first - 2, FS_W_percents) ? FS_UNIT_PERCENT
																								   : FS_UNIT_NONE;
	}
	after = sign_words(r, q, &first, after);
	q->first = (uint16_t) first;
	q->count = (uint16_t) (after - first);
	return after;
}

/* Whether a dash stands between the end of token a and token b, blanks aside; tokens between are counted. */
static inline bool
dash_between(const FsSentence *s, int a, int b)
{
	const char *p = s->text.data + fs_token_end(&s->tokens[a]);
	const char *end = s->text.data + s->tokens[b].start;
	int			dashes = 0;

	/* mostly: nothing or one blank */
	if (end == p || (end - p == 1 && *p == ' ') || end - p > 16)
		return false;
	while (p < end)
	{
		FsChar c = fs_char_at(p, end);

		p += c.bytes;
		if (c.code == '-')
			dashes++;
		else if (c.cls != FS_CH_SPACE && c.cls != FS_CH_IGNORE)
			return false;
	}
	return dashes == 1;
}

/* The token where the numeral of a second amount starts, from token i; -1 if none. */
static int
second_numeral(const FsSentence *s, int i)
{
	for (int k = i; k < i + 4 && k < s->ntokens; k++)
	{
		if (s->tokens[k].kind == FS_NUMBER || fs_token_classes(&s->tokens[k]) & FS_C(NUMBER))
			return k;
		if (!(fs_token_classes(&s->tokens[k]) & FS_C(CURRENCY)) && s->tokens[k].kind != FS_SYMBOL &&
			!fs_dollar_letters(s, k))
			return -1;
	}
	return -1;
}

/* Whether what stands before the amount makes "X to Y" a move, no range. */
static bool
move_before(const FsNumberReader *r, const FsQuantity *q)
{
	const FsSentence *s = r->s;
	int				  p = q->first - 1;
	uint64_t		  c;

	if (p < 0)
		return false;
	if (fs_is_term(s, p, FS_W_from))
		return !(p > 0 && (fs_is_term(s, p - 1, FS_W_range) || fs_is_term(s, p - 1, FS_W_ranges) ||
						   fs_is_term(s, p - 1, FS_W_ranging) || fs_is_term(s, p - 1, FS_W_ranged)));
	c = fs_token_classes(&s->tokens[p]);
	/* "to rise 3% to 5%": what is still to come has a range, where "rose 3% to 5%" may be a move */
	if (q->kind == FS_UNIT_PERCENT && p > 0 && c & FS_C(VERB) &&
		(fs_is_term(s, p - 1, FS_W_to) || fs_token_classes(&s->tokens[p - 1]) & (FS_C(FUTURE) | FS_C(CONDITION))))
		return false;
	return (c & FS_C_DIRECTION || fs_is_term(s, p, FS_W_by)) && q->kind != FS_UNIT_NONE;
}

/*
 * The token where the upper end of a range may start, after the amount that
 * ends before token after: behind a dash, "to", or "and" of "between".  0 if
 * the amount stands alone.
 */
static inline int
range_end(const FsNumberReader *r, const FsQuantity *q, int after, bool *dash)
{
	const FsSentence *s = r->s;
	bool			  hyphen;

	if (after >= s->ntokens)
		return 0;
	hyphen = fs_mark(s, after) == '-';
	*dash = dash_between(s, after - 1, after) ||
			(hyphen && after + 1 < s->ntokens && dash_between(s, after - 1, after + 1));
	if (*dash)
		return after + hyphen;
	if (s->tokens[after].term == FS_W_to)
		return move_before(r, q) ? 0 : after + 1;
	if (s->tokens[after].term == FS_W_and)
		return fs_is_term(s, q->first - 1, FS_W_between) ? after + 1 : 0;
	return 0;
}

/*
 * Try to read the upper end of a range after the amount that ends before
 * token after; returns the token after the range, 0 if there is none.
 */
static int
read_range(const FsNumberReader *r, FsQuantity *q, const FsNumeral *numeral, int after)
{
	const FsSentence *s = r->s;
	FsQuantity		  high;
	FsNumeral		  second;
	FsDecimal		  low;
	FsNumberReader	  inner = { .s = s };
	bool			  dash;
	int				  k = range_end(r, q, after, &dash);
	int				  at, end, noun = 0;

	if (k == 0)
		return 0;
	at = second_numeral(s, k);
	if (at < 0)
		return 0;
	second = fs_numeral_read(s, at);
	if (second.count == 0 || second.flags & FS_NUM_ODD)
		return 0;
	inner.taken = k;
	end = read_amount(&inner, at, &second, &high);
	if (end == 0 || high.first < k || (dash && high.first > k))
		return 0;
	high.value.negative = false;
	low = q->value;
	low.negative = false;
	if (q->kind == FS_UNIT_NONE && high.kind == FS_UNIT_NONE && !q->scaled)
	{
		/* bare numbers: a counted range only with a noun ("3-6 months"), and no pair of years */
		noun = fs_counted_noun(s, end);
		if ((noun == 0 && !high.scaled) || numeral->flags & FS_NUM_ODD)
			return 0;
		if (!high.scaled && s->tokens[q->number].len == 4 && low.digits >= 1900 && low.digits <= 2100)
			return 0;
	}
	if (high.kind == FS_UNIT_NONE && q->kind == FS_UNIT_MONEY && !high.scaled && q->scaled)
		return 0;
	if (high.kind != q->kind && q->kind != FS_UNIT_NONE && high.kind != FS_UNIT_NONE)
		return 0;
	if (high.kind == FS_UNIT_NONE && q->kind != FS_UNIT_NONE && q->kind != FS_UNIT_MONEY)
		return 0;
	if (q->kind == FS_UNIT_MONEY && high.kind == FS_UNIT_MONEY && memcmp(q->currency, high.currency, 4) != 0)
		return 0;
	if (!q->scaled && high.scaled && numeral->value.exponent > -4)
	{ /* $1-2 billion: the scale counts for both */
		int power = high.value.exponent - second.value.exponent;

		if (fs_decimal_compare(fs_decimal_shift(low, power), high.value) < 0)
		{
			low = fs_decimal_shift(low, power);
			q->scaled = true;
		}
	}
	else if (high.implied_minor && !q->implied_minor && q->kind == FS_UNIT_NONE)
		low = fs_decimal_shift(low, -2);
	if (fs_decimal_compare(low, high.value) >= 0)
		return 0;
	/* "X to Y" far apart is no range */
	if (!dash && q->kind != FS_UNIT_NONE && fs_decimal_compare(fs_decimal_shift(low, 1), high.value) < 0)
		return 0;
	q->value.digits = low.digits;
	q->value.exponent = low.exponent;
	q->high = high.value;
	q->high.negative = q->value.negative;
	q->range = true;
	if (q->kind == FS_UNIT_NONE)
	{
		q->kind = high.kind;
		memcpy(q->currency, high.currency, 4);
		q->implied_minor = high.implied_minor;
	}
	q->count = (uint16_t) (end - q->first);
	return end;
}

/*
 * Most amounts: "$5.2 billion", "3.5%" and "2,000" behind a word in small
 * letters, with nothing behind them that may go on.  What read_amount and
 * read_range give, 0 for all that they must look at.
 */
static int
read_plain_amount(const FsNumberReader *r, int i, const FsNumeral *numeral, FsQuantity *q)
{
	static const FsCurrency dollar = { .code = "USD" };
	const uint64_t			units = FS_C(SCALE) | FS_C(CURRENCY) | FS_C(MINOR);
	const FsSentence	   *s = r->s;
	const FsToken		   *next;
	bool					money = i > 0 && fs_ch(s, i - 1, '$') && fs_spaced(s, i - 1) && !fs_spaced(s, i);
	int						first = i - money;
	int						after = i + 1;
	FsTerm					before;
	uint32_t				gap;
	uint64_t				follow;

	if (numeral->count != 1 || numeral->flags & ~(unsigned) (FS_NUM_DECIMAL | FS_NUM_GROUPED) ||
		s->tokens[i].kind != FS_NUMBER || !quiet_before(r, first))
		return 0;
	before = s->tokens[first - 1].term;
	*q = (FsQuantity){ .first = (uint16_t) first, .number = (uint16_t) i, .value = numeral->value };
	if (!money && fs_ch(s, after, '%'))
	{
		if (fs_may_go_on(s, after))
			return 0;
		q->kind = FS_UNIT_PERCENT;
		after++;
	}
	else
	{
		after = read_scales(s, q, after, money, &follow);
		if (follow & (money ? units : units | FS_C(UNIT)) || (!money && before == FS_W_of))
			return 0;
		if (money)
		{
			set_money(q, &dollar);
			after = add_minor(s, q, after, false);
		}
	}
	q->count = (uint16_t) (after - first);
	if (before == FS_W_minus)
		return 0;
	if (after == s->ntokens)
		return after;
	next = &s->tokens[after];
	gap = next->start - fs_token_end(next - 1);
	if (next->term == FS_W_to || next->term == FS_W_negative || fs_mark(s, after) == '-' || gap > 1 ||
		(gap == 1 && s->text.data[next->start - 1] != ' ') || (next->term == FS_W_and && before == FS_W_between))
		return 0;
	return after;
}

/* Whether "(X)" after another money amount says the same in another currency. */
static bool
is_conversion(const FsSentence *s, const FsQuantity *q, const FsQuantity *before)
{
	int p = q->first - 1;

	if (q->kind != FS_UNIT_MONEY || !before || before->kind != FS_UNIT_MONEY ||
		memcmp(q->currency, before->currency, 4) == 0)
		return false;
	while (p > before->first + before->count && p > q->first - 4 && !fs_ch(s, p, '('))
		p--;
	return fs_ch(s, p, '(') && p - (before->first + before->count) <= 1;
}

/* The numeral that starts at token i, or an article before a scale or currency. */
static FsNumeral
numeral_at(const FsNumberReader *r, int i)
{
	const FsSentence *s = r->s;
	const FsToken	 *t = &s->tokens[i];
	uint64_t		  c;

	if (t->kind == FS_NUMBER || (t->kind == FS_SYMBOL && t->flags & FS_T_WIDE))
		return fs_numeral_read(s, i);
	c = fs_token_classes(t);
	/* "a quarter of a percentage point" */
	if (t->term == FS_W_percentage)
		return i - 3 >= r->taken && fs_is_term(s, i - 1, FS_W_a) && fs_is_term(s, i - 2, FS_W_of) &&
					   fs_is_term(s, i - 3, FS_W_quarter)
				   ? (FsNumeral){ .value = { .digits = 25, .exponent = -2 },
								  .count = 3,
								  .flags = FS_NUM_DECIMAL | FS_NUM_ARTICLE }
				   : (FsNumeral){ .count = 0 };
	if (c & FS_C(NUMBER))
	{
		FsNumeral n = fs_numeral_read(s, i);

		if (n.count > 0)
			return n;
	}
	/* "a EUR 6mn loan": the sign of the next number */
	if (i + 1 < s->ntokens && s->tokens[i + 1].kind == FS_NUMBER)
		return (FsNumeral){ .count = 0 };
	if (i - 1 >= r->taken && c & (FS_C(SCALE) | FS_C(CURRENCY)) && t->kind == FS_WORD && t->foldlen > 2 &&
		!fs_shy_code(s, i))
	{
		if (fs_is_term(s, i - 1, FS_W_a) || fs_is_term(s, i - 1, FS_W_one))
			return (FsNumeral){ .value = { .digits = 1 }, .count = 1, .flags = FS_NUM_WORDS | FS_NUM_ARTICLE };
		if (fs_is_term(s, i - 1, FS_W_quarter) && c & FS_C(SCALE))
			return (FsNumeral){ .value = { .digits = 25, .exponent = -2 },
								.count = 1,
								.flags = FS_NUM_DECIMAL | FS_NUM_ARTICLE };
	}
	return (FsNumeral){ .count = 0 };
}

/* See number.h. */
int
fs_quantities_read(const FsSentence *sentence, FsQuantity *out)
{
	FsNumberReader r = { .s = sentence };
	int			   n = 0;
	int			   i = 0;

	while ((i = fs_next_start(sentence, i)) < sentence->ntokens)
	{
		FsQuantity *q = &out[n];
		FsNumeral	numeral;
		bool		plain = false;
		int			after, end;

		numeral = numeral_at(&r, i);
		if (numeral.count == 0)
		{
			i++;
			continue;
		}
		if (numeral.flags & FS_NUM_ARTICLE)
		{ /* the numeral is the word before, or a few */
			int words = numeral.count;

			numeral.count = 0;
			after = read_amount(&r, i, &numeral, q);
			q->first = q->number = (uint16_t) (i - words);
			q->count = (uint16_t) (after - i + words);
		}
		else if ((after = read_plain_amount(&r, i, &numeral, q)) > 0)
			plain = true;
		else
			after = read_amount(&r, i, &numeral, q);
		if (numeral.flags & FS_NUM_ODD)
		{
			q->kind = FS_UNIT_NONE;
			q->role = FS_ROLE_NAME;
			q->scaled = false;
		}
		else
		{
			end = plain ? 0 : read_range(&r, q, &numeral, after);
			if (end > 0)
				after = end;
			if (q->kind == FS_UNIT_NONE)
				fs_quantity_role(sentence, q, &numeral, r.taken);
			else if (n > 0)
				q->conversion = is_conversion(sentence, q, &out[n - 1]);
		}
		fs_quantity_finish(&r, q);
		if (n > 0 && q->kind != FS_UNIT_NONE)
			fs_share_unit(sentence, &out[n - 1], q);
		n++;
		if (after <= i)
			after = i + 1;
		if (q->role == FS_ROLE_NAME && (fs_is_term(sentence, after, FS_W_dozen) || fs_is(sentence, after, "dozens")))
			after++;
		r.taken = i = after;
	}
	return n;
}

/* See number.h. */
bool
fs_quantity_reported(const FsQuantity *q)
{
	return q->role == FS_ROLE_AMOUNT && (q->kind != FS_UNIT_NONE || q->scaled);
}
