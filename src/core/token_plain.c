/*
 * token_plain.c - level 2: the short path for plain tokens.
 *
 * Nine tokens of ten are ASCII words behind one blank or hyphen and before a
 * blank, a comma or a full stop, or a figure, "$", "%" or comma among them.
 * They need few of the questions that token.c asks, so runs of them are read
 * here in one loop, eight bytes at a time: a word of up to eight letters is
 * found, folded, hashed and looked up in one register.  What is not plain is
 * left to token.c; whatever is read here, it would read the same.
 *
 * Letters are found as in "Bit Twiddling Hacks" (Anderson): with bit 7 out of the
 * way, adding 0x80 - c carries into bit 7 exactly for bytes of at least c.
 */
#include "token_bytes.h"

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* What may stand behind a plain word; the others end no plain word. */
enum End
{
	END_NONE,
	END_PLAIN, /* also a hyphen, a quote or a bracket */
	END_DOT,   /* before a blank: no initials, host name or decimal */
	END_COLON, /* before a blank: no URL */
	END_QUOTE, /* before a possessive s */
};

static const uint8_t ends[256] = {
	[' '] = END_PLAIN,	[','] = END_PLAIN, [';'] = END_PLAIN, [')'] = END_PLAIN,
	['('] = END_PLAIN,	['-'] = END_PLAIN, ['"'] = END_PLAIN, ['?'] = END_PLAIN,
	['!'] = END_PLAIN,	['%'] = END_PLAIN, ['/'] = END_PLAIN, ['\n'] = END_PLAIN,
	['\r'] = END_PLAIN, ['.'] = END_DOT,   [':'] = END_COLON, ['\''] = END_QUOTE,
};

/* Bit 7 of each byte that is no letter; folded has the bytes or'ed with 0x20. */
static inline uint64_t
find_others(uint64_t bytes, uint64_t folded)
{
	uint64_t low = folded & EACH(0x7F);
	uint64_t from_a = low + EACH(0x80 - 'a');
	uint64_t past_z = low + EACH(0x80 - 'z' - 1);

	return ~(from_a & ~past_z & ~bytes) & EACH(0x80);
}

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
			return p[1] == ' ' || p[1] == '\n';
		case END_COLON:
			return p[1] == ' ';
		case END_QUOTE:
			return (p[1] | 0x20) == 's' && !is_word_byte(p[2]) && (unsigned char) p[2] < 0x80;
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
	uint8_t kind;	/* FsTokenKind, 0 (FS_WORD): not plain */
	uint8_t traits; /* FsTraits */
	uint8_t before; /* what must follow: 0 anything, else a class of follows[] */
	uint8_t last;	/* a sentence may end behind it */
} Mark;

enum Follow
{
	FOLLOW_ANY,
	FOLLOW_BLANK = 1,
	FOLLOW_DIGIT = 2,
};

static const Mark marks[256] = {
	[','] = { FS_PUNCT, FS_TR_SPECIAL, FOLLOW_ANY, 0 },
	[';'] = { FS_PUNCT, FS_TR_SPECIAL, FOLLOW_ANY, 0 },
	['('] = { FS_PUNCT, 0, FOLLOW_ANY, 0 },
	[')'] = { FS_PUNCT, 0, FOLLOW_ANY, 1 },
	['.'] = { FS_PUNCT, 0, FOLLOW_BLANK, 1 },
	['%'] = { FS_SYMBOL, 0, FOLLOW_ANY, 0 },
	['$'] = { FS_SYMBOL, 0, FOLLOW_DIGIT, 0 },
};

static const uint8_t follows[256] = {
	[' '] = FOLLOW_BLANK, ['\n'] = FOLLOW_BLANK, ['0'] = FOLLOW_DIGIT, ['1'] = FOLLOW_DIGIT,
	['2'] = FOLLOW_DIGIT, ['3'] = FOLLOW_DIGIT,	 ['4'] = FOLLOW_DIGIT, ['5'] = FOLLOW_DIGIT,
	['6'] = FOLLOW_DIGIT, ['7'] = FOLLOW_DIGIT,	 ['8'] = FOLLOW_DIGIT, ['9'] = FOLLOW_DIGIT,
};

/*
 * A plain token at start that is no word: a figure, punctuation, "$" before a
 * figure, "%", "'s".  Returns its length, 0 if it is none; *trait receives its
 * traits.
 */
static inline size_t
read_mark(const char *start, FsToken *token, uint8_t *trait)
{
	const Mark		 *mark = &marks[(unsigned char) *start];
	const FsWordSlot *slot;
	size_t			  len = 1;

	if (mark->kind != 0)
	{
		uint32_t hash = fs_hash_end(fs_hash_step(1, (unsigned char) *start));

		if ((follows[(unsigned char) start[1]] & mark->before) != mark->before)
			return 0;
		slot = fs_lexicon_short((unsigned char) *start, 0, 1, hash);
		token->kind = mark->kind;
		token->ch = (uint8_t) *start;
		token->term = slot->term;
		token->hash = mark->kind == FS_SYMBOL ? hash : 0;
		token->foldlen = mark->kind == FS_SYMBOL;
		*trait = mark->traits | (slot->traits & (FS_TR_START | FS_TR_SPECIAL));
	}
	else if (is_digit(*start))
	{
		len = figure_length(start);
		if (len == 0)
			return 0;
		token->kind = FS_NUMBER;
		token->hash =
			fs_hash_end(fs_hash_step(len, (fs_load(start, 8) | FOLD_BITS) & (~UINT64_C(0) >> (64 - 8 * len))));
		token->foldlen = (uint8_t) len;
		token->term = FS_TERM_NUMBER;
		*trait = FS_TR_START | FS_TR_SPECIAL;
	}
	else if (*start == '\'' && (start[1] | 0x20) == 's' && !is_word_byte(start[2]))
	{
		len = 2;
		token->kind = FS_WORD;
		token->hash = fs_hash_end(fs_hash_step(2, '\'' | 's' << 8));
		token->foldlen = 2;
		slot = fs_lexicon_short('\'' | 's' << 8, 0, 2, token->hash);
		token->term = slot->term;
		*trait = slot->traits;
	}
	else
		return 0;
	token->len = (uint16_t) len;
	return len;
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

	*kinds = 0;

	for (; p < end && token < last; token++, trait++)
	{
		const char		 *start = p;
		unsigned		  flags = 0;
		uint64_t		  bytes;
		uint64_t		  more;
		uint64_t		  others;
		uint64_t		  in_first;
		uint64_t		  in_more;
		uint64_t		  hash;
		uint64_t		  both;
		size_t			  len;
		const FsWordSlot *slot;

		if (*p == ' ')
		{
			start++;
			flags = FS_T_SPACE;
		}
		else if (*p == '-' && is_word_byte(p[1]) && is_word_byte(p[-1]))
		{
			start++;
			flags = FS_T_JOINED;
		}
		bytes = fs_load(start, 8);
		more = fs_load(start + 8, 8);
		others = find_others(bytes, bytes | FOLD_BITS);
		if (others & 0x80)
		{
			*token = (FsToken){ .start = (uint32_t) (start - text), .flags = (uint8_t) flags };
			len = read_mark(start, token, trait);
			if (len == 0)
				break;
			*kinds |= 1u << token->kind;
			p = start + len;
			if (marks[(unsigned char) *start].last)
			{
				token++;
				break; /* a sentence may end here */
			}
			continue;
		}
		/* where the next word begins must be known soon: a branch that is mostly right is better than none */
		if (others != 0)
		{
			len = (size_t) __builtin_ctzll(others) / 8;
			in_first = ((others & (~others + 1)) >> 7) - 1;
			in_more = 0;
		}
		else
		{
			others = find_others(more, more | FOLD_BITS);
			if (others == 0)
				break; /* sixteen letters or more */
			len = 8 + (size_t) __builtin_ctzll(others) / 8;
			in_first = ~UINT64_C(0);
			in_more = ((others & (~others + 1)) >> 7) - 1;
		}
		if (!ends_plainly(start + len))
			break;
		flags |= (~bytes >> 5 & 1) * FS_T_CAPITAL;
		flags |= (((bytes & in_first) | (more & in_more)) & FOLD_BITS) == 0 ? FS_T_UPPER : 0;
		bytes = (bytes | FOLD_BITS) & in_first;
		more = (more | FOLD_BITS) & in_more;
		hash = fs_hash_step(len, bytes);
		both = fs_hash_step(hash, more);
		hash = fs_hash_end(in_more != 0 ? both : hash);
		slot = fs_lexicon_short(bytes, more, len, (uint32_t) hash);
		*token = (FsToken){
			.start = (uint32_t) (start - text),
			.hash = (uint32_t) hash,
			.len = (uint16_t) len,
			.term = slot->term,
			.kind = FS_WORD,
			.flags = (uint8_t) flags,
			.foldlen = (uint8_t) len,
		};
		*trait = slot->traits;
		*kinds |= 1u << FS_WORD;
		p = start + len;
	}
	if (token != &scan->tokens[first])
	{
		scan->lines = 0;
		scan->p = p;
		scan->token_end = p;
	}
	return (int) (token - &scan->tokens[first]);
}
