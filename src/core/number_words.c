/*
 * number_words.c - level 3: number words to exact decimals.
 *
 * Words add up from left to right ("two hundred and six"), scale words that
 * grow smaller close a part ("two million three hundred thousand").  Values are
 * counted in thousandths, so that "half" and "quarter" are whole numbers.
 */
#include <stdlib.h>

#include "number_impl.h"

/* The number of a number word in thousandths ("half" 500), 0 if it is none. */
static uint64_t
word_thousandths(const FsSentence *sentence, int token)
{
	const FsToken *t;
	const char	  *s;
	uint64_t	   v = 0;
	int			   decimals = -1;

	if (token >= sentence->ntokens)
		return 0;
	t = &sentence->tokens[token];
	if (t->kind != FS_WORD || !(fs_token_classes(t) & FS_C(NUMBER)))
		return 0;
	for (s = fs_entry_value(t->term); *s; s++)
	{
		if (*s == '.')
			decimals = 0;
		else if (!(*s >= '0' && *s <= '9') || v > 100000)
			return 0;
		else
		{
			v = v * 10 + (uint64_t) (*s - '0');
			decimals += decimals >= 0;
		}
	}
	for (int i = decimals < 0 ? 0 : decimals; i < 3; i++)
		v *= 10;
	return v;
}

/* Power of ten of a scale word (3 or more) that may follow number words; 0: none. */
static int
word_scale(const FsSentence *sentence, int token)
{
	const FsToken *t;

	if (token >= sentence->ntokens)
		return 0;
	t = &sentence->tokens[token];
	if (t->kind != FS_WORD || t->len < 4 || !(fs_token_classes(t) & FS_C(SCALE)))
		return 0;
	return atoi(fs_entry_value(t->term));
}

static uint64_t
power_of_ten(int n)
{
	uint64_t v = 1;

	while (n-- > 0)
		v *= 10;
	return v;
}

/*
 * "twenty-one", "one hundred and six", "two million three hundred thousand",
 * "two and a half (billion)", "half a (million)".  A last scale word is left to
 * the caller, as it is after digits.
 */
FsNumeral
fs_number_words_read(const FsSentence *sentence, int token)
{
	FsNumeral r = { .flags = FS_NUM_WORDS };
	uint64_t  total = 0, current = 0;
	int		  i = token;
	int		  below = 99; /* the next scale must be smaller */
	uint8_t	  kind;

	while (i < sentence->ntokens)
	{
		uint64_t v = word_thousandths(sentence, i);
		int		 scale;

		if (v == 0)
			break;
		if (v % 1000 != 0)
		{ /* half, quarter: only alone */
			if (i > token)
				break;
			r.value = (FsDecimal){ .digits = v, .exponent = -3 };
			while (r.value.digits % 10 == 0)
			{
				r.value.digits /= 10;
				r.value.exponent++;
			}
			r.count = 1 + (fs_is_term(sentence, i + 1, FS_W_a) || fs_is_term(sentence, i + 1, FS_W_an));
			if (i + r.count >= sentence->ntokens ||
				(!(fs_token_classes(&sentence->tokens[i + r.count]) &
				   (FS_C(SCALE) | FS_C(CURRENCY) | FS_C(MINOR) | FS_C(UNIT) | FS_C(NUMBER))) &&
				 fs_unit_after(sentence, i + r.count, &kind) == 0))
				return (FsNumeral){ .count = 0 }; /* "the first half" */
			r.flags |= FS_NUM_DECIMAL;
			if (r.count == 2 && word_thousandths(sentence, i + 2) == 12000)
			{ /* half a dozen */
				r.value = (FsDecimal){ .digits = 6 };
				r.count = 3;
				r.flags &= ~(unsigned) FS_NUM_DECIMAL;
			}
			return r;
		}
		v /= 1000;
		if (v == 12 && current > 0 && current < 100 && !fs_is_term(sentence, i, FS_W_twelve))
			current *= v; /* two dozen */
		else if (current == 0 || (current % 100 == 0 && v < 100) ||
				 (current % 100 >= 20 && current % 10 == 0 && v < 10))
			current += v;
		else
			break;
		i++;
		if (fs_is_term(sentence, i, FS_W_hundred) && current < 100)
		{
			current *= 100;
			i++;
		}
		if (fs_is_term(sentence, i, FS_W_and) && current % 100 == 0 &&
			word_thousandths(sentence, i + 1) % 1000 == 0 && word_thousandths(sentence, i + 1) > 0 &&
			word_thousandths(sentence, i + 1) < 100000 && current > 0)
		{
			i++;
			continue;
		}
		scale = word_scale(sentence, i);
		if (scale >= 3 && scale < below && scale <= 12 && word_thousandths(sentence, i + 1) >= 1000 &&
			word_thousandths(sentence, i + 1) % 1000 == 0 && current < 1000000)
		{
			total += current * power_of_ten(scale);
			current = 0;
			below = scale;
			r.flags |= FS_NUM_SCALED;
			i++;
		}
	}
	r.count = i - token;
	if (total > 0 && word_scale(sentence, i) >= 3)
	{
		int scale = word_scale(sentence, i);

		if (scale < below)
		{
			current *= power_of_ten(scale);
			r.count++;
		}
	}
	r.value = (FsDecimal){ .digits = total + current };
	if (r.count > 0 && fs_is_term(sentence, i, FS_W_and) && fs_is_term(sentence, i + 1, FS_W_a) &&
		fs_is_term(sentence, i + 2, FS_W_half))
	{
		r.value = (FsDecimal){ .digits = r.value.digits * 10 + 5, .exponent = -1 };
		r.count += 3;
		r.flags |= FS_NUM_DECIMAL;
	}
	return r;
}
