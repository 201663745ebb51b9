/*
 * token_bytes.h - level 2: bytes of ASCII as the tokenizer sees them; folding.
 *
 * What the three files of the tokenizer share, inlined into its loops.
 */
#ifndef FS_TOKEN_BYTES_H
#define FS_TOKEN_BYTES_H

#include "hash.h"
#include "token.h"

#define CLASS(c) ((unsigned char) (c) < 128 ? fs_ascii_class[(unsigned char) (c)] : 0xFF)
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define FOLD_BITS EACH(0x20)

/* Letters and digits of ASCII: what words are made of. */
static const bool word_bytes[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
};

static inline bool
is_word_byte(char c)
{
	return word_bytes[(unsigned char) c];
}

static inline bool
is_letter(char c)
{
	return CLASS(c) == FS_CH_LETTER;
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Whether c is one of the characters of set. */
static inline bool
one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/* The byte at p, or a blank at the end. */
static inline char
peek(const FsScan *scan, const char *p)
{
	return p < scan->end ? *p : ' ';
}

/* Run over letters and digits, polling. */
static inline const char *
run_word(FsScan *scan, const char *p)
{
	for (;;)
	{
		const char *stop = scan->end - p > FS_POLL_BYTES ? p + FS_POLL_BYTES : scan->end;

		while (p < stop && is_word_byte(*p))
			p++;
		if (p < stop || p == scan->end)
			return p;
		fs_scan_poll(scan, p);
	}
}

/* Run over digits, polling. */
static inline const char *
run_digits(FsScan *scan, const char *p)
{
	while (p < scan->end && is_digit(*p))
	{
		p++;
		fs_scan_poll(scan, p);
	}
	return p;
}

/*
 * Fold n ASCII bytes (1 to FS_WORD_BYTES) into out and hash them.  out must
 * have room for n rounded up to eight.
 */
static inline uint32_t
fold_ascii(const FsScan *scan, const char *p, size_t n, char *out)
{
	const char *text_end = scan->text.data + scan->text.len;
	uint64_t	h = n;
	uint64_t	v;

	while (n > 8)
	{
		v = fs_load(p, 8) | FOLD_BITS;
		h = fs_hash_step(h, v);
		fs_store(out, v);
		p += 8;
		out += 8;
		n -= 8;
	}
	if (text_end - p >= 8)
		v = fs_load(p, 8) & (~UINT64_C(0) >> (64 - 8 * n));
	else
		v = fs_load(p, n);
	v |= FOLD_BITS & (~UINT64_C(0) >> (64 - 8 * n));
	fs_store(out, v);
	return fs_hash_end(fs_hash_step(h, v));
}

/* Set the token's span; a span beyond 64 kB is capped, its end is kept in the scan. */
static inline void
set_span(FsScan *scan, FsToken *token, const char *start, const char *end)
{
	size_t len = (size_t) (end - start);

	token->start = (uint32_t) (start - scan->text.data);
	token->len = len < UINT16_MAX ? (uint16_t) len : UINT16_MAX;
	scan->p = end;
	scan->token_end = end;
}

/* Hash a folded word into the token and look it up. */
static inline void
set_folded(FsScan *scan, FsToken *token, const char *folded, size_t n)
{
	FsFound found;

	token->hash = fs_hash(folded, n);
	token->foldlen = (uint8_t) n;
	found = fs_lexicon_look(folded, n, token->hash);
	token->term = fs_found_term(found);
	scan->trait = fs_found_traits(found);
}

/* Finish an ASCII token [start, end): fold, hash, look up. */
static inline void
finish_ascii(FsScan *scan, FsToken *token, const char *start, const char *end)
{
	size_t n = (size_t) (end - start);
	char   folded[FS_WORD_BYTES + 8];

	if (n <= FS_WORD_BYTES)
	{
		FsFound found;

		token->hash = fold_ascii(scan, start, n, folded);
		token->foldlen = (uint8_t) n;
		found = fs_lexicon_look(folded, n, token->hash);
		token->term = fs_found_term(found);
		scan->trait = fs_found_traits(found);
	}
	set_span(scan, token, start, end);
}

/* Classes of an ASCII stretch as a word of its own. */
static inline uint64_t
classes_of(const FsScan *scan, const char *start, size_t n)
{
	char	 folded[FS_WORD_BYTES + 8];
	uint32_t hash;
	FsTerm	 term;

	if (n == 0 || n > 16)
		return 0;
	hash = fold_ascii(scan, start, n, folded);
	term = fs_lexicon_word(folded, n, hash);
	return term == FS_TERM_NONE ? 0 : fs_entry(term)->classes;
}

/* token_word.c: a word from its first letter; the second form asks ICU for every character. */
extern void fs_read_word(FsScan *scan, FsToken *token);
extern void fs_read_wide_word(FsScan *scan, FsToken *token, const char *start);

/* Set FS_T_CAPITAL and FS_T_UPPER of an ASCII word. */
extern void fs_set_case(FsToken *token, const char *start, const char *end);

/* token_number.c: a number from its first digit, ASCII or wide. */
extern void fs_read_number(FsScan *scan, FsToken *token);
extern void fs_read_wide_number(FsScan *scan, FsToken *token);

#endif /* FS_TOKEN_BYTES_H */
