/*
 * token_plain.c - level 2: the short path for plain tokens.
 *
 * Nineteen tokens of twenty are ASCII words behind one blank or hyphen and
 * before a blank or punctuation, figures, and punctuation itself.  They need few
 * of the questions that token.c asks, so runs of them are read here in one loop:
 * a word of up to fifteen letters is found, folded, hashed and looked up in two
 * registers, punctuation is a row of a table.  What is not plain is left to
 * token.c; whatever is read here, it would read the same (test/unit/token.c).
 *
 * The place of the next token waits for nothing but the length of this one: its
 * hash and its word in the lexicon are found meanwhile, and no branch waits for
 * them.
 */
#include "token_letters.h"

/*
 * A token's length, term, kind, flags, character and folded length as one
 * number, from the lowest bits on as they stand in FsToken.
 */
#define TERM(term) ((uint64_t) (term) << 16)
#define KIND(kind) ((uint64_t) (kind) << 32)
#define FLAGS(flags) ((uint64_t) (flags) << 40)
#define CHARACTER(ch) ((uint64_t) (ch) << 48)
#define LENGTHS(len) ((len) * (UINT64_C(1) << 56 | 1)) /* its own and the folded one */

/* The number above as fields. */
static inline void
set_fields(FsToken *token, uint64_t fields)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	_Static_assert(offsetof(FsToken, len) == 8 && offsetof(FsToken, term) == 10 && offsetof(FsToken, kind) == 12 &&
					   offsetof(FsToken, flags) == 13 && offsetof(FsToken, ch) == 14 &&
					   offsetof(FsToken, foldlen) == 15 && sizeof(FsToken) == 16,
				   "the fields behind the hash are one number");
	memcpy((char *) token + offsetof(FsToken, len), &fields, sizeof(fields));
#else
	token->len = (uint16_t) fields;
	token->term = (FsTerm) (fields >> 16);
	token->kind = (uint8_t) (fields >> 32);
	token->flags = (uint8_t) (fields >> 40);
	token->ch = (uint8_t) (fields >> 48);
	token->foldlen = (uint8_t) (fields >> 56);
#endif
}

/* What a byte behind letters says of them. */
enum End
{
	END_NONE,  /* they are no plain word */
	END_PLAIN, /* they are one */
	END_DOT,   /* before a letter or digit: initials, a host name */
	END_COLON, /* before a blank: no URL */
	END_QUOTE, /* before a possessive s */
};

static const uint8_t ends[256] = {
	[' '] = END_PLAIN,	[','] = END_PLAIN,	[';'] = END_PLAIN, [')'] = END_PLAIN, ['('] = END_PLAIN,
	['-'] = END_PLAIN,	['"'] = END_PLAIN,	['?'] = END_PLAIN, ['!'] = END_PLAIN, ['%'] = END_PLAIN,
	['/'] = END_PLAIN,	['\n'] = END_PLAIN, ['$'] = END_PLAIN, ['*'] = END_PLAIN, ['+'] = END_PLAIN,
	['\r'] = END_PLAIN, ['\t'] = END_PLAIN, ['<'] = END_PLAIN, ['='] = END_PLAIN, ['>'] = END_PLAIN,
	['['] = END_PLAIN,	[']'] = END_PLAIN,	['|'] = END_PLAIN, ['.'] = END_DOT,	  [':'] = END_COLON,
	['\''] = END_QUOTE,
};

/* Whether a plain word ends before p. */
static inline bool
ends_plainly(const char *p)
{
	uint8_t end = ends[(unsigned char) *p];

	if (end == END_PLAIN)
		return true;
	switch (end)
	{
		case END_DOT:
			return !is_word_byte(p[1]);
		case END_COLON:
			return p[1] == ' ' || p[1] == '\n';
		case END_QUOTE:
			return (p[1] | 0x20) == 's' && !is_word_byte(p[2]);
		default:
			return false;
	}
}

/*
 * Bytes of the figure at p, 0 if it is not plain: up to seven digits with inner
 * dots and commas, no letter glued to it, no blank before a dot or comma.
 */
static inline size_t
figure_length(const char *p)
{
	uint64_t v = fs_load(p, 8);
	uint64_t d = v ^ EACH('0');
	uint64_t digits = ~(((d & EACH(0x7F)) + EACH(0x80 - 10)) | d) & EACH(0x80);
	uint64_t marks = v & EACH(0xFD) & EACH(0x7F); /* ',' and '.' differ in one bit */
	uint64_t joins = ~((marks ^ EACH(',')) + EACH(0x7F)) & ~v & EACH(0x80);
	uint64_t others = ~(digits | (joins & digits >> 8)) & EACH(0x80);
	size_t	 n = others != 0 ? (size_t) __builtin_ctzll(others) / 8 : 0;

	switch (p[n])
	{
		case ' ':
			return p[n + 1] == '.' || p[n + 1] == ',' ? 0 : n;
		case '.': /* "7203.T" */
			return is_upper(p[n + 1]) || is_digit(p[n + 1]) ? 0 : n;
		case ',':
			return is_digit(p[n + 1]) ? 0 : n;
		case '%':
		case ')':
		case '-':
		case ';':
			return n;
		default:
			return 0;
	}
}

/* Plain punctuation and symbols. */
typedef struct Mark
{
	uint64_t fields; /* but the blank before it; 0: not plain */
	uint8_t	 traits; /* FsTraits */
	uint8_t	 before; /* FOLLOW bits, one of which must come next */
	uint8_t	 kind;	 /* 1 << FsTokenKind */
	uint8_t	 last;	 /* a sentence may end behind it */
} Mark;

enum Follow
{
	FOLLOW_BLANK = 1,
	FOLLOW_DIGIT = 2,
	FOLLOW_OTHER = 4,
	FOLLOW_ANY = 7,
};

#define PUNCT(mark, traits, before, last)                                                                            \
	[mark] = { CHARACTER(mark) | KIND(FS_PUNCT) | 1, traits, before, 1 << FS_PUNCT, last }
#define SYMBOL(mark, before) [mark] = { CHARACTER(mark) | KIND(FS_SYMBOL) | LENGTHS(1), 0, before, 1 << FS_SYMBOL, 0 }

static const Mark marks[256] = {
	PUNCT(',', FS_TR_SPECIAL, FOLLOW_ANY, 0),
	PUNCT(';', FS_TR_SPECIAL, FOLLOW_ANY, 0),
	PUNCT(':', FS_TR_SPECIAL, FOLLOW_ANY, 0),
	PUNCT('(', 0, FOLLOW_ANY, 0),
	PUNCT(')', 0, FOLLOW_ANY, 1),
	PUNCT('.', 0, FOLLOW_BLANK | FOLLOW_OTHER, 1),
	PUNCT('!', 0, FOLLOW_ANY, 1),
	PUNCT('?', 0, FOLLOW_ANY, 1),
	PUNCT('"', 0, FOLLOW_ANY, 1),
	PUNCT('/', 0, FOLLOW_ANY, 0),
	PUNCT('-', 0, FOLLOW_BLANK, 0),
	SYMBOL('%', FOLLOW_ANY),
	SYMBOL('$', FOLLOW_DIGIT | FOLLOW_BLANK),
};

/* What the byte behind a mark is. */
static inline unsigned
follow_of(char c)
{
	return is_digit(c) ? FOLLOW_DIGIT : c == ' ' || c == '\n' ? FOLLOW_BLANK : FOLLOW_OTHER;
}

/* The hash of up to eight folded bytes, and of up to sixteen. */
static inline uint32_t
hash_of(uint64_t first, uint64_t second, size_t len)
{
	uint64_t hash = fs_hash_step(len, first);

	if (len > 8) /* one word in eight: a branch costs less than to reckon both */
		hash = fs_hash_step(hash, second);
	return fs_hash_end(hash);
}

/*
 * A plain token at start that is no word: a figure, punctuation, "$" before a
 * figure, "%", "'s".  fields has what stands before it.  Returns its length, 0 if
 * it is none; *trait receives its traits, *kinds the bit of its kind.
 */
static inline size_t
read_mark(const char *start, uint64_t fields, FsToken *token, uint8_t *trait, unsigned *kinds)
{
	const Mark *mark = &marks[(unsigned char) *start];
	FsFound		found;
	uint64_t	bytes;
	size_t		len;

	if (mark->fields != 0)
	{
		if (!(follow_of(start[1]) & mark->before))
			return 0;
		fields |= mark->fields;
		token->hash = 0;
		*trait = mark->traits;
		*kinds |= mark->kind;
		if (mark->kind == 1 << FS_SYMBOL)
		{
			token->hash = hash_of((unsigned char) *start, 0, 1);
			found = fs_lexicon_short((unsigned char) *start, 0, token->hash);
			fields |= found & TERM(0xFFFF);
			*trait = fs_found_traits(found) & (FS_TR_START | FS_TR_SPECIAL);
		}
		set_fields(token, fields);
		return 1;
	}
	if (is_digit(*start))
	{
		len = figure_length(start);
		if (len == 0)
			return 0;
		bytes = (fs_load(start, 8) | FOLD_BITS) & (~UINT64_C(0) >> (64 - 8 * len));
		token->hash = hash_of(bytes, 0, len);
		set_fields(token, fields | LENGTHS(len) | TERM(FS_TERM_NUMBER) | KIND(FS_NUMBER));
		*trait = FS_TR_START | FS_TR_SPECIAL;
		*kinds |= 1u << FS_NUMBER;
		return len;
	}
	if (*start == '\'' && (start[1] | 0x20) == 's' && !is_word_byte(start[2]))
	{
		token->hash = hash_of('\'' | 's' << 8, 0, 2);
		found = fs_lexicon_short('\'' | 's' << 8, 0, token->hash);
		set_fields(token, fields | LENGTHS(2) | (found & TERM(0xFFFF)) | KIND(FS_WORD));
		*trait = fs_found_traits(found);
		*kinds |= 1u << FS_WORD;
		return 2;
	}
	return 0;
}

/* Whether none of a word's letters is small. */
static inline bool
all_capitals(const char *start, const FsLetters *word)
{
	return (((fs_load(start, 8) & word->first) | (fs_load(start + 8, 8) & word->second)) & FOLD_BITS) == 0;
}

int
fs_read_plain(FsScan *scan, int first, int room, unsigned *kinds)
{
	const char *text = scan->text.data;
	const char *end = scan->plain_end;
	const char *p = scan->p;
	FsToken	   *token = &scan->tokens[first];
	FsToken	   *last = token + room;
	uint8_t	   *trait = &scan->traits[first];
	unsigned	seen = 0;

	for (; p < end && token < last; token++, trait++)
	{
		const char *start = p;
		uint64_t	fields = 0;
		FsLetters	word;
		uint64_t	small;
		uint32_t	hash;
		FsFound		found;

		if (*p == ' ')
		{
			start++;
			fields = FLAGS(FS_T_SPACE);
		}
		else if (*p == '-' && is_word_byte(p[1]) && is_word_byte(p[-1]))
		{
			start++;
			fields = FLAGS(FS_T_JOINED);
		}
		token->start = (uint32_t) (start - text);
		word = fs_letters(start);
		if (word.len == 0)
		{
			size_t len = read_mark(start, fields, token, trait, &seen);

			if (len == 0)
				break;
			p = start + len;
			/* a bracket right behind a word ends no sentence */
			if (marks[(unsigned char) *start].last && !(*start == ')' && is_word_byte(start[-1])))
			{
				token++;
				break;
			}
			continue;
		}
		p = start + word.len;
		if (!ends_plainly(p) || word.others)
		{
			p = start - (fields != 0);
			break;
		}
		hash = hash_of(word.first, word.second, word.len);
		found = fs_lexicon_short(word.first, word.second, hash);
		token->hash = hash;
		small = fs_load(start, 2) & word.first;
		if ((small & 0x2020) == 0 && all_capitals(start, &word))
			fields |= FLAGS(FS_T_UPPER);
		set_fields(token, fields | FLAGS(~small >> 5 & FS_T_CAPITAL) | LENGTHS(word.len) | (found & TERM(0xFFFF)));
		*trait = fs_found_traits(found);
		seen |= 1u << FS_WORD;
	}
	*kinds = seen;
	if (token != &scan->tokens[first])
	{
		scan->lines = 0;
		scan->p = p;
		scan->token_end = p;
	}
	return (int) (token - &scan->tokens[first]);
}
