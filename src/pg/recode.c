/*
 * recode.c - texts between the database's encoding and the core's UTF-8.
 *
 * The core reads UTF-8 and takes bytes that are none for separators.  So
 * - a UTF-8 database's texts are read where they lie;
 * - so are those of a SQL_ASCII database, which knows no characters: places are
 *   counted in bytes there, as its substr does;
 * - every other encoding is converted in pieces.  A character that the server
 *   cannot convert (0x81 in WIN1252) becomes one blank, and the rest goes on: an
 *   INSERT into a table with a finsent column never fails for a byte.
 *
 * Invariant: a converted text has as many characters as the original.  Places
 * found in the copy are therefore the original's when counted in characters,
 * and what is shown as evidence is cut from the original.  EUC_JIS_2004 has
 * characters that are two in Unicode; the second, a combining mark, is dropped.
 *
 * Conversions are those of pg_catalog: neither the search path nor a conversion
 * that a user made the default can change a score.
 */
#include "postgres.h"

#include "catalog/pg_conversion.h"
#include "catalog/pg_namespace.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "recode.h"

/* A piece converted: growth is at most four bytes for a byte, and a zero. */
#define PIECE_BYTES (FS_PG_PIECE * MAX_MULTIBYTE_CHAR_LEN)
#define PIECE_ROOM (PIECE_BYTES * MAX_CONVERSION_GROWTH + 1)

/* A direction of conversion, looked up once in a session. */
typedef struct Conversion
{
	bool	 known;
	bool	 exists;
	FmgrInfo function;
} Conversion;

static Conversion to_utf8;
static Conversion from_utf8;

/* Whether the database's texts are read without conversion. */
static inline bool
is_direct(void)
{
	int encoding = GetDatabaseEncoding();

	return encoding == PG_UTF8 || encoding == PG_SQL_ASCII;
}

/* Whether all bytes are ASCII, which is the same in all encodings of a server. */
static bool
is_ascii_text(const char *data, size_t len)
{
	size_t i = 0;

	for (; i + 8 <= len; i += 8)
	{
		uint64_t word;

		memcpy(&word, data + i, 8);
		if (word & UINT64_C(0x8080808080808080))
			return false;
	}
	for (; i < len; i++)
	{
		if (IS_HIGHBIT_SET(data[i]))
			return false;
	}
	return true;
}

/* Look a conversion up; one that does not exist converts nothing. */
static Conversion *
conversion_get(Conversion *conversion, int from, int to)
{
	Oid function;

	if (conversion->known)
		return conversion;
	function = FindDefaultConversion(PG_CATALOG_NAMESPACE, from, to);
	if (OidIsValid(function))
	{
		fmgr_info_cxt(function, &conversion->function, TopMemoryContext);
		conversion->exists = true;
	}
	conversion->known = true;
	return conversion;
}

/* Convert; returns the number of bytes of src that could be, dst terminated. */
static int
convert(Conversion *conversion, int from, int to, const char *src, int len, char *dst)
{
	dst[0] = '\0';
	if (!conversion->exists)
		return 0;
	return DatumGetInt32(FunctionCall6(&conversion->function, Int32GetDatum(from), Int32GetDatum(to),
									   CStringGetDatum(src), CStringGetDatum(dst), Int32GetDatum(len),
									   BoolGetDatum(true)));
}

/* Bytes of the character at p; never beyond end. */
static int
char_bytes(int encoding, const char *p, const char *end)
{
	int n;

	/* GB18030 looks at the second byte. */
	if (!IS_HIGHBIT_SET(*p) || end - p < 2)
		return 1;
	n = pg_encoding_mblen(encoding, p);
	return n > end - p ? (int) (end - p) : n;
}

/* Characters of a UTF-8 string that the server made. */
static int
count_chars(const char *s, size_t len)
{
	int n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char) s[i] & 0xC0) != 0x80;
	return n;
}

/*
 * Convert a piece character by character, bad in place of what cannot be.
 * Each gives one character: of two code points the first.
 */
static void
convert_slowly(FsArena *arena, Conversion *conversion, int from, int to, const char *p, const char *end, char bad,
			   FsString *out)
{
	char dst[MAX_MULTIBYTE_CHAR_LEN * MAX_CONVERSION_GROWTH + 1];

	while (p < end)
	{
		int n = char_bytes(from, p, end);

		if (!IS_HIGHBIT_SET(*p))
			fs_append(arena, out, p, 1);
		else if (n <= MAX_MULTIBYTE_CHAR_LEN && convert(conversion, from, to, p, n, dst) == n && dst[0] != '\0')
			fs_append(arena, out, dst, to == PG_UTF8 ? (size_t) pg_encoding_mblen(PG_UTF8, dst) : strlen(dst));
		else
			fs_append(arena, out, &bad, 1);
		p += n;
	}
}

/* Convert a piece of nchars characters and append it. */
static void
convert_piece(FsArena *arena, Conversion *conversion, int from, int to, const char *p, int len, int nchars, char bad,
			  FsString *out)
{
	char   dst[PIECE_ROOM];
	size_t n;

	if (is_ascii_text(p, len))
	{
		fs_append(arena, out, p, len);
		return;
	}
	if (convert(conversion, from, to, p, len, dst) == len)
	{
		n = strlen(dst);
		if (to != PG_UTF8 || count_chars(dst, n) == nchars)
		{
			fs_append(arena, out, dst, n);
			return;
		}
	}
	convert_slowly(arena, conversion, from, to, p, p + len, bad, out);
}

/* End of the piece at p: FS_PG_PIECE characters on, or the end. */
static const char *
piece_end(int encoding, const char *p, const char *end, int *nchars)
{
	if (pg_encoding_max_length(encoding) == 1)
	{
		*nchars = end - p < FS_PG_PIECE ? (int) (end - p) : FS_PG_PIECE;
		return p + *nchars;
	}
	for (*nchars = 0; *nchars < FS_PG_PIECE && p < end; (*nchars)++)
		p += char_bytes(encoding, p, end);
	return p;
}

bool
fs_pg_decode(FsArena *arena, FsSource *source)
{
	int			encoding = GetDatabaseEncoding();
	const char *p = source->data;
	const char *end = p + source->len;
	Conversion *conversion;
	FsString	out = { NULL, 0, 0 };
	uint32_t	npieces = 0;

	source->text.data = source->data;
	source->text.len = source->len;
	if (is_direct() || is_ascii_text(source->data, source->len))
		return true;

	conversion = conversion_get(&to_utf8, encoding, PG_UTF8);
	source->recoded = true;
	if (pg_encoding_max_length(encoding) > 1)
		source->pieces = fs_alloc(arena, (source->len / FS_PG_PIECE + 2) * sizeof(uint32_t));
	while (p < end)
	{
		int			nchars;
		const char *next = piece_end(encoding, p, end, &nchars);

		CHECK_FOR_INTERRUPTS();
		if (source->pieces)
			source->pieces[npieces++] = (uint32_t) (p - source->data);
		convert_piece(arena, conversion, encoding, PG_UTF8, p, (int) (next - p), nchars, ' ', &out);
		if (out.len > FS_TEXT_MAX)
			return false;
		p = next;
	}
	if (source->pieces)
		source->pieces[npieces] = source->len;
	source->text.data = out.data;
	source->text.len = (uint32_t) out.len;
	return true;
}

FsText
fs_pg_encode(FsArena *arena, const char *data, size_t len)
{
	const char *p = data;
	const char *end = data + len;
	Conversion *conversion;
	FsString	out = { NULL, 0, 0 };

	if (is_direct() || is_ascii_text(data, len))
		return (FsText){ data, (uint32_t) len };
	conversion = conversion_get(&from_utf8, PG_UTF8, GetDatabaseEncoding());
	while (p < end)
	{
		int			nchars;
		const char *next = piece_end(PG_UTF8, p, end, &nchars);

		CHECK_FOR_INTERRUPTS();
		convert_piece(arena, conversion, PG_UTF8, GetDatabaseEncoding(), p, (int) (next - p), nchars, '?', &out);
		p = next;
	}
	return (FsText){ out.data, (uint32_t) out.len };
}

/* The index of a text, made when the first place is asked for. */
static const FsCharIndex *
source_index(FsArena *arena, FsSource *source)
{
	if (!source->indexed)
	{
		fs_char_index(arena, source->text, &source->index);
		source->indexed = true;
	}
	return &source->index;
}

/* Byte of data at which its n-th character starts. */
static uint32_t
original_byte(const FsSource *source, uint32_t n)
{
	int			encoding = GetDatabaseEncoding();
	const char *p = source->data;
	const char *end = p + source->len;

	if (!source->pieces)
		return n;
	p += source->pieces[n / FS_PG_PIECE];
	for (uint32_t left = n % FS_PG_PIECE; left > 0 && p < end; left--)
		p += char_bytes(encoding, p, end);
	return (uint32_t) (p - source->data);
}

FsText
fs_pg_original(FsArena *arena, FsSource *source, FsSpan span)
{
	const FsCharIndex *index;
	uint32_t		   start;
	uint32_t		   end;

	if (!source->recoded)
		return (FsText){ source->text.data + span.start, span.len };
	index = source_index(arena, source);
	start = original_byte(source, fs_chars_before(index, span.start));
	end = original_byte(source, fs_chars_before(index, fs_span_end(span)));
	return (FsText){ source->data + start, end - start };
}

void
fs_pg_place(FsArena *arena, FsSource *source, FsSpan span, int32_t *pos, int32_t *len)
{
	uint32_t first = span.start;
	uint32_t chars = span.len;

	if (GetDatabaseEncoding() != PG_SQL_ASCII)
	{
		const FsCharIndex *index = source_index(arena, source);

		first = fs_chars_before(index, first);
		chars = fs_chars_within(index, span.start, fs_span_end(span));
	}
	*pos = (int32_t) first + 1;
	*len = (int32_t) chars;
}
