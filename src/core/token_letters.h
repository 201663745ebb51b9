/*
 * token_letters.h - level 2: the word that begins at a letter, in two registers.
 *
 * Written twice, with SSE2 and without; test/unit/token.c compares the two.
 */
#ifndef FS_TOKEN_LETTERS_H
#define FS_TOKEN_LETTERS_H

#include "token_bytes.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef struct FsLetters
{
	size_t	 len;	 /* FS_SHORT_WORD at most */
	bool	 others; /* some of them are no letters: nothing is known of the place */
	uint64_t first;	 /* folded, as fs_load reads them, zero above */
	uint64_t second;
} FsLetters;

/* Sixteen bytes of ones, then as many of zeros: from 16 - n on, a mask of n bytes. */
static const char fs_byte_masks[32] __attribute__((aligned(32))) =
	"\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377\377";

/*
 * Letters at p, as far as bit 6 tells, which all of them have and neither blanks
 * nor digits nor nearly all punctuation: where the next token is must be known
 * soon, whether all were letters may be found out meanwhile.  first has eight
 * bytes, and eight more must be there to be read.
 */
static inline size_t
fs_letters_length(const char *p, uint64_t first)
{
	const uint64_t bit6 = EACH(0x40);
	uint64_t	   ends = ~first & bit6;

	/* a branch that is mostly right is better than none */
	if (ends != 0)
		return (unsigned) __builtin_ctzll(ends) / 8;
	ends = (~fs_load(p + 8, 8) & bit6) | UINT64_C(1) << 63;
	return 8 + (unsigned) __builtin_ctzll(ends) / 8;
}

/*
 * Bit 7 of each byte that is a letter, found as in "Bit Twiddling Hacks"
 * (Anderson): with bit 7 out of the way, adding 0x80 - c carries into bit 7
 * exactly for bytes of at least c.
 */
static inline uint64_t
fs_letter_bits(uint64_t bytes, uint64_t folded)
{
	uint64_t low = folded & EACH(0x7F);

	return (low + EACH(0x80 - 'a')) & ~(low + EACH(0x80 - 'z' - 1)) & ~bytes & EACH(0x80);
}

static inline FsLetters
fs_letters_portable(const char *p)
{
	uint64_t	first = fs_load(p, 8);
	uint64_t	second = fs_load(p + 8, 8);
	FsLetters	letters = { .len = fs_letters_length(p, first) };
	const char *masks = fs_byte_masks + 16 - letters.len;

	letters.first = (first | FOLD_BITS) & fs_load(masks, 8);
	letters.second = (second | FOLD_BITS) & fs_load(masks + 8, 8);
	letters.others = ((fs_load(masks, 8) & ~fs_letter_bits(first, first | FOLD_BITS)) |
					  (fs_load(masks + 8, 8) & ~fs_letter_bits(second, second | FOLD_BITS))) &
					 EACH(0x80);
	return letters;
}

#ifdef __SSE2__
static inline FsLetters
fs_letters_sse2(const char *p)
{
	__m128i folded = _mm_or_si128(_mm_loadu_si128((const __m128i *) (const void *) p), _mm_set1_epi8(0x20));
	/* signed: the letters become the 26 least numbers */
	__m128i	  moved = _mm_add_epi8(folded, _mm_set1_epi8((char) (0x80 - 'a')));
	__m128i	  found = _mm_cmplt_epi8(moved, _mm_set1_epi8(-0x80 + 26));
	FsLetters letters = { .len = fs_letters_length(p, fs_load(p, 8)) };
	__m128i	  mask = _mm_loadu_si128((const __m128i *) (const void *) (fs_byte_masks + 16 - letters.len));

	letters.others = _mm_movemask_epi8(_mm_andnot_si128(found, mask)) != 0;
	folded = _mm_and_si128(folded, mask);
	letters.first = (uint64_t) _mm_cvtsi128_si64(folded);
	letters.second = (uint64_t) _mm_cvtsi128_si64(_mm_unpackhi_epi64(folded, folded));
	return letters;
}
#define fs_letters fs_letters_sse2
#else
#define fs_letters fs_letters_portable
#endif

#endif /* FS_TOKEN_LETTERS_H */
