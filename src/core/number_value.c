/*
 * number_value.c - level 3: digits to exact decimals.
 *
 * A value is digits * 10^exponent, at most 19 significant digits; what does
 * not fit is no amount.  Separators are read by their pattern: the last of two
 * kinds is the decimal sign ("1.234,5"), groups of three (or 2-2-3, Indian)
 * are thousands, one comma before anything but three digits is a decimal
 * comma.  "1,234" and "1.234" alone say both; English wins unless the sentence
 * has a number with a plain decimal comma and none with a decimal point.
 */
#include "number_impl.h"

/* A longer numeral is an address or a key. */
#define NUMERAL_BYTES 48

/* Plain characters of a numeral: digits and the separators , . ' and blank. */
typedef struct Digits
{
	char ch[NUMERAL_BYTES];
	int	 n;
} Digits;

/* Add the characters of a token; false if it does not fit or holds others. */
static bool
add_token(const FsSentence *sentence, int token, Digits *d)
{
	const FsToken *t = &sentence->tokens[token];
	const char	  *p = sentence->text.data + t->start;
	const char	  *end = p + t->len;

	while (p < end)
	{
		FsChar c;
		char   ch;

		if (*p >= '0' && *p <= '9' && d->n < NUMERAL_BYTES)
		{
			d->ch[d->n++] = *p++;
			continue;
		}
		c = fs_char_at(p, end);
		p += c.bytes;
		if (c.cls == FS_CH_IGNORE)
			continue;
		if (c.code < 128 &&
			(fs_ascii_class[c.code] == FS_CH_DIGIT || c.code == ',' || c.code == '.' || c.code == '\''))
			ch = (char) c.code;
		else if (c.cls == FS_CH_SPACE)
			ch = ' ';
		else
			return false;
		/* "0 .98": a blank beside a decimal point is an accident of tokenising */
		if (d->n > 0 && d->ch[d->n - 1] == ' ' && (ch == '.' || ch == ','))
			d->n--;
		if (ch == ' ' && d->n > 0 && (d->ch[d->n - 1] == '.' || d->ch[d->n - 1] == ','))
			continue;
		if (d->n == NUMERAL_BYTES)
			return false;
		d->ch[d->n++] = ch;
	}
	return d->n > 0;
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Length of the digit group that starts at i. */
static int
group_length(const Digits *d, int i)
{
	int n = 0;

	while (i + n < d->n && is_digit(d->ch[i + n]))
		n++;
	return n;
}

/* Whether sep cuts the characters up to end as thousands, western or Indian. */
static bool
thousands(const Digits *d, char sep, int end)
{
	int	 first = group_length(d, 0);
	int	 i = first;
	bool indian = false;

	if (first < 1 || first > 3)
		return false;
	while (i < end)
	{
		int n;

		if (d->ch[i] != sep)
			return false;
		n = group_length(d, i + 1);
		if (n == 2 && i + 1 + n < end && first <= 2)
			indian = true;
		else if (n != 3 || (indian && i + 1 + n < end))
			return false;
		i += 1 + n;
	}
	return i == end;
}

/* Whether the token is digits only, and how many. */
static int
plain_digits(const FsSentence *sentence, int token)
{
	const FsToken *t;
	const char	  *p;

	if (token >= sentence->ntokens)
		return 0;
	t = &sentence->tokens[token];
	if (t->kind != FS_NUMBER || t->flags & FS_T_WIDE || t->len > FS_DIGITS_MAX)
		return 0;
	p = sentence->text.data + t->start;
	for (int i = 0; i < t->len; i++)
		if (!is_digit(p[i]))
			return 0;
	return t->len;
}

/* Whether a number but that at token own is written with a decimal comma, and none with a point. */
static bool
european(const FsSentence *sentence, int own)
{
	bool comma = false;

	for (int i = fs_next_start(sentence, 0); i < sentence->ntokens; i = fs_next_start(sentence, i + 1))
	{
		Digits d;
		int	   n;

		if (sentence->tokens[i].kind != FS_NUMBER || i == own || sentence->tokens[i].len > NUMERAL_BYTES ||
			plain_digits(sentence, i))
			continue;
		d.n = 0;
		if (!add_token(sentence, i, &d))
			continue;
		for (int k = 0; k < d.n; k++)
			if (d.ch[k] == ',' || d.ch[k] == '.')
			{
				n = group_length(&d, k + 1);
				if (k + 1 + n < d.n)
				{
					comma |= d.ch[k] == '.' && memchr(d.ch + k, ',', (size_t) (d.n - k)) != NULL;
					break;
				}
				if (d.ch[k] == '.' && n != 3)
					return false;
				comma |= d.ch[k] == ',' && n != 3;
			}
	}
	return comma;
}

/* Digits of the range as a value with so many decimals; false if too long. */
static bool
make_value(const Digits *d, int end, int decimal, FsDecimal *value)
{
	uint64_t digits = 0;
	int		 significant = 0;
	int		 exponent = 0;

	for (int i = 0; i < end; i++)
	{
		if (!is_digit(d->ch[i]))
			continue;
		if (significant > 0 || d->ch[i] != '0')
			significant++;
		if (significant > FS_DIGITS_MAX)
			return false;
		digits = digits * 10 + (uint64_t) (d->ch[i] - '0');
		if (decimal >= 0 && i > decimal)
			exponent--;
	}
	while (exponent < 0 && digits % 10 == 0)
	{
		digits /= 10;
		exponent++;
	}
	value->digits = digits;
	value->exponent = (int16_t) (digits == 0 ? 0 : exponent);
	value->negative = false;
	return true;
}

/* Read plain characters, those of the token; false for what is no single amount. */
static bool
parse_digits(const FsSentence *sentence, int token, const Digits *d, FsDecimal *value, unsigned *flags)
{
	int	 commas = 0, points = 0, others = 0;
	int	 last = -1;
	char other = 0;

	for (int i = 0; i < d->n; i++)
	{
		char c = d->ch[i];

		if (is_digit(c))
			continue;
		commas += c == ',';
		points += c == '.';
		if (c == '\'' || c == ' ')
		{
			others++;
			other = c;
			continue;
		}
		last = i;
	}
	if (commas + points + others == 0)
		return make_value(d, d->n, -1, value);
	if (others > 0)
	{ /* 1'234'567.8 */
		if (commas + points > 1 || !thousands(d, other, last >= 0 ? last : d->n))
			return false;
		*flags |= FS_NUM_GROUPED | (last >= 0 ? FS_NUM_DECIMAL : 0);
		return make_value(d, d->n, last, value);
	}
	if (commas > 0 && points > 0)
	{ /* 1,234.5 and 1.234,5 */
		char group = d->ch[last] == '.' ? ',' : '.';

		if ((d->ch[last] == '.' ? points : commas) != 1 || !thousands(d, group, last))
			return false;
		*flags |= FS_NUM_GROUPED | FS_NUM_DECIMAL;
		return make_value(d, d->n, last, value);
	}
	if (commas + points == 1)
	{
		bool three = d->n - last - 1 == 3 && last >= 1 && last <= 3 && d->ch[0] != '0';
		bool decimal =
			d->ch[last] == '.' ? !three || !european(sentence, token) : !three || european(sentence, token);

		*flags |= decimal ? FS_NUM_DECIMAL : FS_NUM_GROUPED;
		return make_value(d, d->n, decimal ? last : -1, value);
	}
	if (!thousands(d, commas > 0 ? ',' : '.', d->n))
		return false;
	*flags |= FS_NUM_GROUPED;
	return make_value(d, d->n, -1, value);
}

/* A small plain number's value. */
static uint64_t
plain_value(const FsSentence *sentence, int token)
{
	uint64_t	   v = 0;
	const FsToken *t = &sentence->tokens[token];

	for (int i = 0; i < t->len && i < FS_DIGITS_MAX; i++)
		v = v * 10 + (uint64_t) (sentence->text.data[t->start + i] - '0');
	return v;
}

/* Hundredths of a vulgar fraction sign (1/4, 1/2, 3/4), else 0. */
static unsigned
fraction_sign(const FsSentence *sentence, int token)
{
	const unsigned char *p;

	if (token >= sentence->ntokens || sentence->tokens[token].len != 2)
		return 0;
	p = (const unsigned char *) sentence->text.data + sentence->tokens[token].start;
	if (p[0] != 0xC2)
		return 0;
	return p[1] == 0xBC ? 25 : p[1] == 0xBD ? 50 : p[1] == 0xBE ? 75 : 0;
}

/*
 * "1/4", "1 / 4" at a token: tokens read, 0 if it is none.  Denominators that
 * give no exact decimal are read (odd is set), so that nothing else takes them.
 */
static int
read_fraction(const FsSentence *sentence, int token, FsDecimal *value, bool *odd)
{
	uint64_t a, b;

	if (!plain_digits(sentence, token) || !fs_ch(sentence, token + 1, '/') || !plain_digits(sentence, token + 2) ||
		sentence->tokens[token].len > 2 || sentence->tokens[token + 2].len > 3 ||
		fs_spaced(sentence, token + 1) != fs_spaced(sentence, token + 2) || fs_ch(sentence, token + 3, '/'))
		return 0;
	a = plain_value(sentence, token);
	b = plain_value(sentence, token + 2);
	if (a == 0 || a >= b)
		return 0;
	*odd = true;
	if (b == 2 || b == 4 || b == 5 || b == 8 || b == 10 || b == 16 || b == 32 || b == 64 || b == 100)
	{
		*odd = false;
		value->digits = a * (1000000 / b);
		value->exponent = -6;
		value->negative = false;
		while (value->digits % 10 == 0)
		{
			value->digits /= 10;
			value->exponent++;
		}
	}
	return 3;
}

/* Whether nothing of a number in plain digits can follow it: no group, fraction or cut decimal. */
static bool
ends_before(const FsSentence *sentence, int token)
{
	const FsToken *t = &sentence->tokens[token];

	if (token >= sentence->ntokens || (t->kind == FS_WORD && !(t->flags & FS_T_WIDE)))
		return true;
	return (t->kind == FS_PUNCT || t->kind == FS_SYMBOL) && t->ch != 0 && t->ch != '/' &&
		   (t->ch != '.' || !(t->flags & FS_T_SPACE));
}

/*
 * Most numbers: up to eight bytes of digits with at most one point inside, read
 * in one register.  False for any other.
 */
static inline bool
read_short(FsText text, const FsToken *t, uint64_t *value, int *point)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t	   v;
	uint64_t	   dots;
	uint64_t	   low;
	int			   n = t->len;

	if (n > 8 || t->flags & FS_T_WIDE)
		return false;
	v = text.len - t->start >= 8 ? fs_load(text.data + t->start, 8) : fs_load(text.data + t->start, (size_t) n);
	v ^= ones * '0';
	v &= ~UINT64_C(0) >> (64 - 8 * n);
	/* bytes are below 128: those of a point ('.' ^ '0') in bit 7 */
	dots = ~((v ^ ones * ('.' ^ '0')) + ones * 0x7F) & ones * 0x80;
	*point = -1;
	if (dots != 0)
	{
		*point = __builtin_ctzll(dots) / 8;
		low = (UINT64_C(1) << 8 * *point) - 1;
		v = (v & low) | (v >> 8 & ~low);
		n--;
	}
	if (((v + ones * 0x76) & ones * 0x80) != 0 || n == 0)
		return false;
	/* the last digit in the highest byte: tens, hundreds and so on are added pairwise */
	v <<= 64 - 8 * n;
	v = v * 10 + (v >> 8);
	v = ((v & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064) +
		 (v >> 16 & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001)) >>
		32;
	*value = v & UINT32_MAX;
	return true;
}

/*
 * Almost all numbers: digits, western thousands with commas, a decimal point.
 * False where what follows may go on or the sentence must say what a point
 * means: read_digits looks closer.
 */
static bool
read_simple(const FsSentence *sentence, int token, FsNumeral *r)
{
	const FsToken *t = &sentence->tokens[token];
	const char	  *p = sentence->text.data + t->start;
	uint64_t	   digits = 0;
	int			   point = -1;
	int			   commas = 0;
	int			   comma = 0; /* the last */
	int			   decimals;
	unsigned	   flags = 0;

	if (t->len >= FS_DIGITS_MAX)
		return false;
	for (int i = read_short(sentence->text, t, &digits, &point) ? t->len : 0; i < t->len; i++)
	{
		if (is_digit(p[i]))
			digits = digits * 10 + (uint64_t) (p[i] - '0');
		else if (p[i] == '.' && point < 0)
			point = i;
		else if (p[i] == ',' && point < 0 && (commas == 0 ? i >= 1 && i <= 3 && p[0] != '0' : i == comma + 4))
		{
			comma = i;
			commas++;
		}
		else
			return false;
	}
	decimals = point < 0 ? 0 : t->len - point - 1;
	if (point >= 0)
		flags = FS_NUM_DECIMAL;
	else if (!ends_before(sentence, token + 1))
		return false;
	if (commas > 0)
	{
		flags |= FS_NUM_GROUPED;
		if ((point < 0 ? t->len : point) != comma + 4 || (commas == 1 && point < 0 && european(sentence, token)))
			return false;
	}
	else if (decimals == 3)
		return false;
	while (decimals > 0 && digits % 10 == 0)
	{
		digits /= 10;
		decimals--;
	}
	*r = (FsNumeral){ .value = { .digits = digits, .exponent = (int16_t) -decimals }, .count = 1, .flags = flags };
	return true;
}

/*
 * A number in digits that starts at the token, with groups and fractions that
 * follow.  Kept apart: read_simple reads almost all.
 */
static __attribute__((noinline)) FsNumeral
read_digits(const FsSentence *sentence, int token)
{
	FsNumeral r = { .count = 1 };
	Digits	  d = { .n = 0 };
	FsDecimal part;
	bool	  odd = false;
	int		  n = read_fraction(sentence, token, &r.value, &odd);

	if (n > 0)
	{
		r.count = n;
		r.flags = FS_NUM_DECIMAL | (odd ? FS_NUM_ODD : 0);
		return r;
	}
	if (sentence->tokens[token].len > NUMERAL_BYTES || !add_token(sentence, token, &d))
	{
		r.flags = FS_NUM_ODD;
		return r;
	}
	/* 1 234 567: groups of three digits, one blank (or an apostrophe) between */
	if (plain_digits(sentence, token) && d.n <= 3 && d.ch[0] != '0')
		while (token + r.count < sentence->ntokens)
		{
			int			   next = token + r.count;
			uint32_t	   end = fs_token_end(&sentence->tokens[next - 1]);
			const FsToken *t = &sentence->tokens[next];
			uint32_t	   gap = t->start - end;
			const char	  *g = sentence->text.data + end;
			int			   lead = 0;

			while (lead < t->len && is_digit(sentence->text.data[t->start + (uint32_t) lead]))
				lead++;
			if (t->kind != FS_NUMBER || lead != 3 ||
				!((gap == 1 && g[0] == ' ') || (gap == 2 && memcmp(g, "\xC2\xA0", 2) == 0) ||
				  (gap == 3 && memcmp(g, "\xE2\x80\xAF", 3) == 0)) ||
				d.n + 8 > NUMERAL_BYTES)
				break;
			d.ch[d.n++] = ' ';
			if (!add_token(sentence, next, &d))
				break;
			r.count++;
			if (t->len != 3)
				break;
		}
	/* "4 . 8": a decimal cut apart by a tokeniser */
	if (plain_digits(sentence, token) && r.count == 1 && fs_ch(sentence, token + 1, '.') &&
		fs_spaced(sentence, token + 1) && plain_digits(sentence, token + 2) && fs_spaced(sentence, token + 2) &&
		d.n + sentence->tokens[token + 2].len < NUMERAL_BYTES)
	{
		d.ch[d.n++] = '.';
		add_token(sentence, token + 2, &d);
		r.count = 3;
	}
	if (!parse_digits(sentence, token, &d, &r.value, &r.flags))
	{
		r.flags |= FS_NUM_ODD;
		return r;
	}
	if (r.flags & FS_NUM_DECIMAL || token + r.count >= sentence->ntokens)
		return r;
	/* 7 3/4, 2 1/2 with the fraction as one sign */
	n = read_fraction(sentence, token + r.count, &part, &odd);
	if (n > 0 && !odd && fs_decimal_add(r.value, part, &part))
	{
		r.value = part;
		r.count += n;
		r.flags |= FS_NUM_DECIMAL;
	}
	else if ((n = (int) fraction_sign(sentence, token + r.count)) > 0)
	{
		part = (FsDecimal){ .digits = (uint64_t) n, .exponent = -2 };
		if (fs_decimal_add(r.value, part, &part))
		{
			r.value = part;
			r.count++;
			r.flags |= FS_NUM_DECIMAL;
		}
	}
	return r;
}

/* See number_impl.h. */
FsNumeral
fs_numeral_read(const FsSentence *sentence, int token)
{
	const FsToken *t = &sentence->tokens[token];
	FsNumeral	   r;
	unsigned	   part;

	if (t->kind == FS_NUMBER)
		return read_simple(sentence, token, &r) ? r : read_digits(sentence, token);
	part = fraction_sign(sentence, token);
	if (part > 0)
		return (FsNumeral){ .value = { .digits = part, .exponent = -2 }, .count = 1, .flags = FS_NUM_DECIMAL };
	return fs_number_words_read(sentence, token);
}
