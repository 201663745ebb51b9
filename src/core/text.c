/*
 * text.c - level 1: ASCII classes, UTF-8 and the character index.
 */
#include "hash.h"
#include "text.h"
#include "unicode.h"

#define S FS_CH_SPACE
#define N FS_CH_NEWLINE
#define L FS_CH_LETTER
#define D FS_CH_DIGIT
#define P FS_CH_PUNCT
#define Y FS_CH_SYMBOL

/* $ and % are symbols: the lexicon knows them.  Vertical tab and form feed break lines. */
const uint8_t fs_ascii_class[128] = {
	S, S, S, S, S, S, S, S, S, S, N, N, N, N, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
	S, P, P, P, Y, Y, P, P, P, P, P, P, P, P, P, P, D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,
	P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, P,
	P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, S,
};

#undef S
#undef N
#undef L
#undef D
#undef P
#undef Y

/*
 * Length of the well-formed UTF-8 sequence at p and its code point; 0 if there
 * is none (Unicode 15, table 3-7).
 */
static size_t
decode(const unsigned char *p, const unsigned char *end, uint32_t *code)
{
	size_t left = (size_t) (end - p);

	if (p[0] >= 0xC2 && p[0] <= 0xDF)
	{
		if (left < 2 || (p[1] & 0xC0) != 0x80)
			return 0;
		*code = (uint32_t) (p[0] & 0x1F) << 6 | (p[1] & 0x3F);
		return 2;
	}
	if ((p[0] & 0xF0) == 0xE0)
	{
		if (left < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
			return 0;
		*code = (uint32_t) (p[0] & 0x0F) << 12 | (uint32_t) (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
		return *code < 0x800 || (*code >= 0xD800 && *code <= 0xDFFF) ? 0 : 3;
	}
	if (p[0] >= 0xF0 && p[0] <= 0xF4)
	{
		if (left < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80)
			return 0;
		*code = (uint32_t) (p[0] & 0x07) << 18 | (uint32_t) (p[1] & 0x3F) << 12 | (uint32_t) (p[2] & 0x3F) << 6 |
				(p[3] & 0x3F);
		return *code < 0x10000 || *code > 0x10FFFF ? 0 : 4;
	}
	return 0;
}

FsChar
fs_char_at(const char *p, const char *end)
{
	unsigned char first = (unsigned char) *p;
	FsChar		  c = { ' ', 1, FS_CH_SPACE, false, false };
	uint32_t	  code;
	size_t		  bytes;

	if (first < 0x80)
	{
		c.cls = fs_ascii_class[first];
		c.upper = first >= 'A' && first <= 'Z';
		c.code = c.upper ? first + 32u : first;
		return c;
	}
	bytes = decode((const unsigned char *) p, (const unsigned char *) end, &code);
	if (bytes == 0)
		return c;
	c = fs_unicode_char(code);
	c.bytes = (uint8_t) bytes;
	return c;
}

size_t
fs_encode(uint32_t code, char *out)
{
	if (code < 0x80)
	{
		out[0] = (char) code;
		return 1;
	}
	if (code < 0x800)
	{
		out[0] = (char) (0xC0 | code >> 6);
		out[1] = (char) (0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000)
	{
		out[0] = (char) (0xE0 | code >> 12);
		out[1] = (char) (0x80 | (code >> 6 & 0x3F));
		out[2] = (char) (0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char) (0xF0 | code >> 18);
	out[1] = (char) (0x80 | (code >> 12 & 0x3F));
	out[2] = (char) (0x80 | (code >> 6 & 0x3F));
	out[3] = (char) (0x80 | (code & 0x3F));
	return 4;
}

/* Length in bytes of the character at p: what counts as one in the index. */
static inline size_t
char_bytes(const char *p, const char *end)
{
	uint32_t code;
	size_t	 bytes;

	if ((unsigned char) *p < 0x80)
		return 1;
	bytes = decode((const unsigned char *) p, (const unsigned char *) end, &code);
	return bytes > 0 ? bytes : 1;
}

/* Whether the eight bytes at p are characters of their own. */
static inline bool
eight_ascii(const char *p)
{
	uint64_t bytes;

	memcpy(&bytes, p, 8);
	return (bytes & UINT64_C(0x8080808080808080)) == 0;
}

/* The same of the bytes of a whole step. */
static inline bool
step_ascii(const char *p)
{
	uint64_t seen = 0;

	for (int i = 0; i < FS_INDEX_STEP; i += 8)
	{
		uint64_t bytes;

		memcpy(&bytes, p + i, 8);
		seen |= bytes;
	}
	return (seen & UINT64_C(0x8080808080808080)) == 0;
}

/* Whether the text is ASCII; polls as it goes. */
static bool
is_ascii(const FsArena *arena, FsText text)
{
	uint32_t at = 0;

	while (at < text.len)
	{
		uint32_t	  stop = text.len - at < FS_POLL_BYTES ? text.len : at + FS_POLL_BYTES;
		unsigned char seen = 0;

		for (; stop - at >= FS_INDEX_STEP; at += FS_INDEX_STEP)
			if (!step_ascii(text.data + at))
				return false;
		for (; at < stop; at++)
			seen |= (unsigned char) text.data[at];
		if (seen & 0x80)
			return false;
		fs_poll(arena);
	}
	return true;
}

/*
 * A character that begins before a step's byte counts as before it, though it
 * may end behind: lookups step from the first character at or after the byte.
 */
void
fs_char_index(FsArena *arena, FsText text, FsCharIndex *index)
{
	const char *p = text.data;
	const char *end = text.data + text.len;
	uint32_t	chars = 0;
	uint32_t	step = 0;

	index->text = text;
	index->before = NULL;
	index->ascii = is_ascii(arena, text);
	if (index->ascii)
		return;
	index->before = fs_alloc(arena, ((size_t) text.len / FS_INDEX_STEP + 1) * sizeof(uint32_t));
	while (p < end)
	{
		size_t at = (size_t) (p - text.data);

		if (at >= (size_t) step * FS_INDEX_STEP)
		{
			index->before[step++] = chars;
			if (step % (FS_POLL_BYTES / FS_INDEX_STEP) == 0)
				fs_poll(arena);
			/* from the very begin of a step all of it, where no character is longer than a byte */
			if (at == (size_t) (step - 1) * FS_INDEX_STEP && end - p >= FS_INDEX_STEP && step_ascii(p))
			{
				p += FS_INDEX_STEP;
				chars += FS_INDEX_STEP;
				continue;
			}
		}
		if (at + 8 <= (size_t) step * FS_INDEX_STEP && end - p >= 8 && eight_ascii(p))
		{
			p += 8;
			chars += 8;
			continue;
		}
		p += char_bytes(p, end);
		chars++;
	}
	while (step <= text.len / FS_INDEX_STEP)
		index->before[step++] = chars;
}

void
fs_append_folded(FsArena *arena, FsString *out, FsText text, FsSpan span)
{
	const char *p = text.data + span.start;
	const char *end = p + span.len;
	bool		blank = false;

	while (p < end)
	{
		FsChar c = fs_char_at(p, end);
		char   bytes[4];

		p += c.bytes;
		if (c.cls == FS_CH_IGNORE)
			continue;
		if (c.cls == FS_CH_SPACE || c.cls == FS_CH_NEWLINE)
		{
			blank = out->len > 0;
			continue;
		}
		if (blank)
			fs_append(arena, out, " ", 1);
		blank = false;
		fs_append(arena, out, bytes, fs_encode(c.code, bytes));
	}
}

/* First character start at or after a step's byte. */
static const char *
step_start(const FsCharIndex *index, uint32_t step)
{
	const char *end = index->text.data + index->text.len;
	const char *at = index->text.data + (size_t) step * FS_INDEX_STEP;
	const char *p = at;

	/* step back over continuation bytes to a start, then forward by characters */
	while (p > index->text.data && at - p < 3 && p < end && ((unsigned char) *p & 0xC0) == 0x80)
		p--;
	while (p < at && p < end)
		p += char_bytes(p, end);
	return p;
}

/* Characters that begin at p or behind it, and before stop. */
static inline uint32_t
chars_from(const char *p, const char *stop, const char *end)
{
	uint32_t chars = 0;

	while (p < stop)
	{
		uint32_t n = stop - p < 8 ? (uint32_t) (stop - p) : 8;

		if (end - p < 8 || (fs_load(p, 8) & UINT64_C(0x8080808080808080) & ~UINT64_C(0) >> (64 - 8 * n)) != 0)
		{
			p += char_bytes(p, end);
			n = 1;
		}
		else
			p += n;
		chars += n;
	}
	return chars;
}

uint32_t
fs_chars_before(const FsCharIndex *index, uint32_t offset)
{
	const char *end = index->text.data + index->text.len;
	const char *stop = index->text.data + offset < end ? index->text.data + offset : end;
	const char *p;
	uint32_t	chars;

	if (index->ascii)
		return offset;
	p = step_start(index, offset / FS_INDEX_STEP);
	chars = index->before[offset / FS_INDEX_STEP];
	return chars + chars_from(p, stop, end);
}

uint32_t
fs_chars_within(const FsCharIndex *index, uint32_t start, uint32_t end)
{
	const char *text = index->text.data;

	if (index->ascii || end - start > FS_INDEX_STEP)
		return fs_chars_before(index, end) - fs_chars_before(index, start);
	return chars_from(text + start, text + end, text + index->text.len);
}
