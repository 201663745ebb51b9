/*
 * token_plain.c - level 2: the short path for plain words.
 *
 * Two tokens of three are ASCII letters behind one blank and before a blank, a
 * comma or a full stop.  They need none of the questions that token.c asks, so
 * runs of them are read here in one loop, eight bytes at a time: a word of up to
 * eight letters is found, folded, hashed and looked up in one register.  What is
 * not plain is left to token.c; whatever is read here, it would read the same.
 *
 * Letters are found as in "Bit Twiddling Hacks" (Anderson): with bit 7 out of the
 * way, adding 0x80 - c carries into bit 7 exactly for bytes of at least c.
 */
#include "token_bytes.h"

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* How many of eight bytes, from the first on, are letters; folded is their or with 0x20. */
static inline unsigned
count_letters(uint64_t bytes, uint64_t folded)
{
	uint64_t low = folded & EACH(0x7F);
	uint64_t from_a = low + EACH(0x80 - 'a');
	uint64_t past_z = low + EACH(0x80 - 'z' - 1);
	uint64_t letters = from_a & ~past_z & ~bytes & EACH(0x80);
	uint64_t others = letters ^ EACH(0x80);

	return others == 0 ? 8 : (unsigned) __builtin_ctzll(others) / 8;
}

/*
 * What may follow a plain word: a hyphen, a quote or a bracket ends it too.  A
 * dot does before a blank, a colon unless an URL goes on, an apostrophe before a
 * possessive s.
 */
static inline bool
ends_plainly(const char *p)
{
	switch (*p)
	{
		case ' ':
		case ',':
		case ';':
		case ')':
		case '(':
		case '-':
		case '"':
		case '?':
		case '!':
		case '%':
		case '/':
		case '\n':
		case '\r':
			return true;
		case '.':
			return p[1] == ' ' || p[1] == '\n';
		case ':':
			return p[1] == ' ';
		case '\'':
			return (p[1] | 0x20) == 's' && !is_word_byte(p[2]) && (unsigned char) p[2] < 0x80;
		default:
			return false;
	}
}

/* Flags by case; bytes has the first letters as written, lower tells of small ones behind them. */
static inline uint8_t
case_flags(uint64_t bytes, uint64_t mask, bool lower)
{
	if (bytes & 0x20)
		return 0;
	return FS_T_CAPITAL | ((bytes & FOLD_BITS & mask) || lower ? 0 : FS_T_UPPER);
}

/* A word of more than eight letters, its length found: 0 if it is no plain word. */
static size_t
read_long(FsScan *scan, const char *start, FsToken *token)
{
	char	 folded[FS_WORD_BYTES + 8];
	uint64_t bytes = 0;
	bool	 lower = false;
	size_t	 n = 0;
	unsigned part = 8;

	while (part == 8 && n <= FS_WORD_BYTES)
	{
		if (scan->end - (start + n) < FS_PLAIN_ROOM)
			return 0;
		bytes = fs_load(start + n, 8);
		part = count_letters(bytes, bytes | FOLD_BITS);
		n += part;
	}
	if (n > FS_WORD_BYTES || !ends_plainly(start + n))
		return 0;
	for (size_t i = 8; i < n && !lower; i++)
		lower = (start[i] & 0x20) != 0;
	token->flags |= case_flags(fs_load(start, 8), ~UINT64_C(0), lower);
	token->hash = fold_ascii(scan, start, n, folded);
	token->term = fs_lexicon_word(folded, n, token->hash);
	return n;
}

int
fs_read_plain(FsScan *scan, FsToken *tokens, int room)
{
	const char *text = scan->text.data;
	const char *p = scan->p;
	int			n = 0;

	while (p < scan->plain_end && n < room)
	{
		const char *start = p + (*p == ' ');
		uint64_t	bytes = fs_load(start, 8);
		uint64_t	folded = bytes | FOLD_BITS;
		size_t		len = count_letters(bytes, folded);
		FsToken	   *token = &tokens[n];

		if (len < 2)
			break;
		memset(token, 0, sizeof(*token));
		token->flags = *p == ' ' ? FS_T_SPACE : 0;
		if (len == 8)
		{
			len = read_long(scan, start, token);
			if (len == 0)
				break;
		}
		else
		{
			uint64_t mask = ~UINT64_C(0) >> (64 - 8 * len);

			if (!ends_plainly(start + len))
				break;
			folded &= mask;
			token->flags |= case_flags(bytes, mask, false);
			token->hash = fs_hash_end(fs_hash_step(len, folded));
			token->term = fs_lexicon_short(folded, len, token->hash);
		}
		token->kind = FS_WORD;
		token->start = (uint32_t) (start - text);
		token->len = (uint16_t) len;
		token->foldlen = (uint8_t) len;
		n++;
		p = start + len;
		if ((*p == ',' || *p == ';') && n < room)
		{
			tokens[n++] = (FsToken){ .start = (uint32_t) (p - text), .len = 1, .kind = FS_PUNCT, .ch = (uint8_t) *p };
			p++;
		}
	}
	if (n > 0)
	{
		scan->lines = 0;
		scan->p = p;
		scan->token_end = p;
	}
	return n;
}
