/*
 * text.h - level 1: bytes to characters.
 *
 * ASCII is classified by a table; everything else passes fs_decode and
 * fs_fold_char, the only callers of ICU (unicode.c).
 */
#ifndef FS_TEXT_H
#define FS_TEXT_H

#include "base.h"

/* What a character is to the scanner. */
typedef enum FsCharClass
{
	FS_CH_SPACE, /* blanks, controls, invalid bytes */
	FS_CH_NEWLINE,
	FS_CH_LETTER,
	FS_CH_DIGIT,
	FS_CH_PUNCT,  /* . , ; : ! ? quotes brackets dashes % & / ... */
	FS_CH_SYMBOL, /* currency signs, emoji, arrows */
	FS_CH_IGNORE, /* zero width, soft hyphen, combining marks: part of the word */
} FsCharClass;

/* One character of the text, as the scanner sees it. */
typedef struct FsChar
{
	uint32_t code;	  /* folded code point: lower case, typographic
								 * quotes and dashes and full-width forms as ASCII */
	uint8_t	 bytes;	  /* in the text, 1 to 4 */
	uint8_t	 cls;	  /* FsCharClass */
	bool	 upper;	  /* an upper-case letter */
	bool	 foreign; /* a letter of a script other than Latin */
} FsChar;

extern const uint8_t fs_ascii_class[128];

/* The character at p (p < end).  Never reads beyond end. */
extern FsChar fs_char_at(const char *p, const char *end);

/* Append a code point as UTF-8 to out (room for 4); returns the bytes written. */
extern size_t fs_encode(uint32_t code, char *out);

/* Append a span of the text as the scanner sees it: folded, blanks single. */
extern void fs_append_folded(FsArena *arena, FsString *out, FsText text, FsSpan span);

/*
 * Characters before byte offsets: a sparse index over a text.  Invalid bytes
 * count as one character each.
 */
typedef struct FsCharIndex
{
	FsText	  text;
	bool	  ascii;  /* characters are bytes */
	uint32_t *before; /* characters before every FS_INDEX_STEP-th byte */
} FsCharIndex;

#define FS_INDEX_STEP 128

extern void fs_char_index(FsArena *arena, FsText text, FsCharIndex *index);

/* Characters before the byte offset. */
extern uint32_t fs_chars_before(const FsCharIndex *index, uint32_t offset);

/* Characters from one byte offset, at which one begins, to another within the text. */
extern uint32_t fs_chars_within(const FsCharIndex *index, uint32_t start, uint32_t end);

#endif /* FS_TEXT_H */
