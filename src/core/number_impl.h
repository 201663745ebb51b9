/*
 * number_impl.h - level 3: what the files of the quantity reader share.
 *
 * number_value.c reads digits, number_words.c number words, number_unit.c what
 * stands beside them, number_role.c decides what a number without a unit is,
 * number.c puts quantities together.
 */
#ifndef FS_NUMBER_IMPL_H
#define FS_NUMBER_IMPL_H

#include "number.h"

/* How a number was written. */
enum FsNumeralFlags
{
	FS_NUM_DECIMAL = 1,	 /* has a decimal point or comma, or is a fraction */
	FS_NUM_GROUPED = 2,	 /* has thousands separators */
	FS_NUM_WORDS = 4,	 /* number words */
	FS_NUM_SCALED = 8,	 /* the words held thousand or more */
	FS_NUM_ODD = 16,	 /* a date, version, address: no amount */
	FS_NUM_ARTICLE = 32, /* "a" million: the article is the number */
};

typedef struct FsNumeral
{
	FsDecimal value;
	int		  count; /* tokens read; 0: no number here */
	unsigned  flags; /* FsNumeralFlags */
} FsNumeral;

/* Read number words: "twenty-one", "two and a half". */
extern FsNumeral fs_number_words_read(const FsSentence *sentence, int token);

#define FS_DIGITS_MAX 19 /* significant digits that fit a value */

/* Read the number that starts at a token of kind FS_NUMBER or of class number. */
extern FsNumeral fs_numeral_read(const FsSentence *sentence, int token);

/* value * 10^power */
static inline FsDecimal
fs_decimal_shift(FsDecimal value, int power)
{
	value.exponent = (int16_t) (value.exponent + power);
	return value;
}

/* The sum of two values of one sign; false when it does not fit. */
extern bool fs_decimal_add(FsDecimal a, FsDecimal b, FsDecimal *sum);

/* Whether the token is this word of the lexicon (FS_W_...): one comparison. */
static inline bool
fs_is_term(const FsSentence *s, int i, FsTerm term)
{
	return i >= 0 && i < s->ntokens && s->tokens[i].term == term;
}

/* Whether the token's folded form is this word. */
static inline bool
fs_is(const FsSentence *sentence, int token, const char *word)
{
	return token >= 0 && token < sentence->ntokens && sentence->tokens[token].foldlen == strlen(word) &&
		   fs_token_is(sentence->text, &sentence->tokens[token], word);
}

/* Whether the token is this punctuation or symbol character. */
static inline bool
fs_ch(const FsSentence *sentence, int token, char ch)
{
	return token >= 0 && token < sentence->ntokens && sentence->tokens[token].ch == (uint8_t) ch &&
		   (sentence->tokens[token].kind == FS_PUNCT || sentence->tokens[token].kind == FS_SYMBOL);
}

/* The punctuation or symbol character at the token, 0 if there is none. */
static inline char
fs_mark(const FsSentence *s, int i)
{
	if (i < 0 || i >= s->ntokens || (s->tokens[i].kind != FS_PUNCT && s->tokens[i].kind != FS_SYMBOL))
		return 0;
	return (char) s->tokens[i].ch;
}

/* Whether a blank stands before the token. */
static inline bool
fs_spaced(const FsSentence *sentence, int token)
{
	return (sentence->tokens[token].flags & FS_T_SPACE) != 0;
}

/* Whether a phrase of the lexicon may go from this token (of a known word) over the next. */
static inline bool
fs_may_go_on(const FsSentence *s, int i)
{
	const FsToken *t = &s->tokens[i];

	return fs_may_follow(fs_entry(t[0].term), fs_entry(t[1].term)) &&
		   fs_phrase_may_begin(t[0].term, t[1].term, t[2].term);
}

/* The first token from i on that may start a quantity, ntokens if none: all most tokens are ever asked. */
static inline int
fs_next_start(const FsSentence *s, int i)
{
	if (i < 64)
	{
		uint64_t starts = s->starts >> i;

		if (starts != 0)
			return i + __builtin_ctzll(starts);
		i = 64;
	}
	while (i < s->ntokens && !(s->traits[i] & FS_TR_START))
		i++;
	return i < s->ntokens ? i : s->ntokens;
}

/*
 * The longest lexicon term that starts at the token and has one of the
 * classes; *count receives its tokens.  FS_TERM_NONE if there is none.
 */
extern FsTerm fs_term_at(const FsSentence *sentence, int token, uint64_t classes, int *count);

/* The reader's place in a sentence. */
typedef struct FsNumberReader
{
	const FsSentence *s;
	int				  taken; /* tokens before it belong to earlier quantities */
} FsNumberReader;

/* A currency found beside a number. */
typedef struct FsCurrency
{
	char code[4];
	int	 power; /* -2 for cents, 6 for MUSD */
	bool minor;
} FsCurrency;

/* Letters before a "$" as the currency's code ("a" AUD); NULL if none. */
extern const char *fs_dollar_letters(const FsSentence *sentence, int token);

/* Whether an ISO code that is also a word stands in small letters. */
extern bool fs_shy_code(const FsSentence *sentence, int token);

/* Bytes of a character reference ("&euro;") right before the token that is a currency, 0 if none. */
extern uint32_t fs_currency_reference_read(const FsSentence *sentence, int token, FsCurrency *currency);

/* The same; at almost every number it ends with one look at the byte before. */
static inline uint32_t
fs_currency_reference(const FsSentence *s, int token, FsCurrency *currency)
{
	uint32_t start = s->tokens[token].start;

	return start >= 5 && s->text.data[start - 1] == ';' ? fs_currency_reference_read(s, token, currency) : 0;
}

/* The currency that ends right before the token: its first token, -1 if none. */
extern int fs_currency_before_read(const FsNumberReader *reader, int token, FsCurrency *currency);

/* The same; a word that is no currency ends it. */
static inline int
fs_currency_before(const FsNumberReader *reader, int token, FsCurrency *currency)
{
	const FsSentence *s = reader->s;
	const FsToken	 *t;

	if (token > 0 && (s->tokens[token].start == 0 || s->text.data[s->tokens[token].start - 1] != ';'))
	{
		t = &s->tokens[token - 1];
		if (t->kind == FS_WORD && !(fs_token_classes(t) & (FS_C(CURRENCY) | FS_C(MINOR))))
			return -1;
	}
	return fs_currency_before_read(reader, token, currency);
}

/* The currency, scale or unit that starts at the token: tokens read, 0 if none. */
extern int fs_currency_after(const FsSentence *sentence, int token, FsCurrency *currency);
extern int fs_scale_after(const FsSentence *sentence, int token, bool money, int *power);
extern int fs_unit_after(const FsSentence *sentence, int token, uint8_t *kind);

/* Whether a minus sign stands before the token. */
extern bool fs_minus_before_read(const FsSentence *sentence, int token);

/* The same; the byte before the token, or before one blank, mostly says no. */
static inline bool
fs_minus_before(const FsSentence *s, int token)
{
	const char *p = s->text.data + s->tokens[token].start;

	if (p - s->text.data < 2)
		return p > s->text.data && p[-1] == '-';
	p -= p[-1] == ' ';
	return (p[-1] == '-' || p[-1] == '\x92') && fs_minus_before_read(s, token);
}

/* Finish a quantity: comparator, span. */
extern void fs_quantity_finish(const FsNumberReader *reader, FsQuantity *quantity);

/* Settle role and counted noun of a quantity without unit; taken: see number.c. */
extern void fs_quantity_role(const FsSentence *sentence, FsQuantity *quantity, const FsNumeral *numeral, int taken);

/* "from 120 to 135 basis points": the unit of the second amount counts for the first. */
extern void fs_share_unit(const FsSentence *sentence, FsQuantity *low, const FsQuantity *high);

/* The counted noun that starts after token last (0: none): its last token. */
extern int fs_counted_noun(const FsSentence *sentence, int after);

#endif /* FS_NUMBER_IMPL_H */
