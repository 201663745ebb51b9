/*
 * token_word.c - level 2: words, and the URLs and mail addresses that look like them.
 *
 * What makes a word and what cuts it is said in scan.h.
 */
#include "token_bytes.h"

/*
 * At a dot behind [start, p): whether the word goes on over it.  So it does in
 * initialisms ("U.S."), symbols ("BRK.B") and host names ("amazon.com"), but
 * not where a blank is missing between sentences ("rose.The").
 */
static bool
dot_inside(const FsScan *scan, const char *start, const char *p)
{
	char next = peek(scan, p + 1);

	if (!is_word_byte(next))
		return false;
	if (p - start >= 2 && !is_upper(p[-1]) && is_upper(next) && is_letter(peek(scan, p + 2)) &&
		!is_upper(peek(scan, p + 2)))
		return false;
	return !(is_digit(p[-1]) && is_digit(next));
}

/* Whether [start, p) is single letters each followed by a dot but the last: "U.S", "a.m". */
static bool
is_initialism(const char *start, const char *p)
{
	size_t n = (size_t) (p - start);

	if (n < 3 || n % 2 == 0 || n > 11)
		return false;
	for (size_t i = 0; i < n; i++)
		if (i % 2 == 0 ? !is_letter(start[i]) : start[i] != '.')
			return false;
	return true;
}

/* URL behind "http://", "https://" or "www.": up to the next blank or '<'. */
static const char *
run_url(FsScan *scan, const char *p)
{
	while (p < scan->end && CLASS(*p) != FS_CH_SPACE && CLASS(*p) != FS_CH_NEWLINE && *p != '<' && *p != '"')
	{
		p++;
		fs_scan_poll(scan, p);
	}
	while (one_of(p[-1], ".,;:!?)]'"))
		p--;
	return p;
}

/* Whether a URL begins here. */
static bool
starts_url(const FsScan *scan, const char *p)
{
	size_t left = (size_t) (scan->end - p);

	return (left > 8 && (memcmp(p, "http://", 7) == 0 || memcmp(p, "https://", 8) == 0)) ||
		   (left > 5 && memcmp(p, "www.", 4) == 0 && is_word_byte(p[4]));
}

/*
 * The end of a word whose letters and digits run to p: over inner "'", "&" and
 * dots.  *wide is set where a byte beyond ASCII takes part, for the slow path.
 */
static const char *
word_end(FsScan *scan, const char *start, const char *p, bool *wide)
{
	while (p < scan->end)
	{
		char c = *p;

		if ((unsigned char) c >= 0x80)
		{
			FsChar next = fs_char_at(p, scan->end);

			*wide = next.cls == FS_CH_LETTER || next.cls == FS_CH_IGNORE || next.cls == FS_CH_DIGIT ||
					(next.code == '\'' && p + next.bytes < scan->end && is_letter(p[next.bytes]));
			return p;
		}
		if (c == '\'')
		{
			char next = peek(scan, p + 1);

			if (!is_letter(next))
				break;
			if ((next | 0x20) == 's' && !is_word_byte(peek(scan, p + 2)))
				break; /* possessive: a token of its own */
		}
		else if (c == '&')
		{
			char ch;

			if (!is_letter(peek(scan, p + 1)) || fs_character_reference(p, scan->end, &ch) > 0)
				break;
		}
		else if (c == '.')
		{
			if (!dot_inside(scan, start, p))
			{
				if (is_initialism(start, p))
					p++;
				break;
			}
		}
		else
			break;
		if (p - start >= FS_WORD_BYTES)
			break; /* joins are for words; a longer run is none */
		p = run_word(scan, p + 1);
	}
	return p;
}

/*
 * A word with characters beyond ASCII, from its start.  The folded form leaves
 * ignorable characters out and turns "’" into "'".
 */
void
fs_read_wide_word(FsScan *scan, FsToken *token, const char *start)
{
	const char *p = start;
	char		folded[FS_WORD_BYTES + 8];
	size_t		n = 0;
	bool		upper = false;
	bool		lower = false;
	bool		fits = true;

	token->kind = FS_WORD;
	while (p < scan->end)
	{
		FsChar c = fs_char_at(p, scan->end);

		if (c.cls == FS_CH_PUNCT && (c.code == '\'' || c.code == '&') && p > start)
		{
			FsChar		next = p + c.bytes < scan->end ? fs_char_at(p + c.bytes, scan->end) : c;
			const char *after = p + c.bytes + next.bytes;
			bool		ends = after >= scan->end || (fs_char_at(after, scan->end).cls != FS_CH_LETTER &&
												  fs_char_at(after, scan->end).cls != FS_CH_DIGIT);

			if (next.cls != FS_CH_LETTER || p + c.bytes >= scan->end || (c.code == '\'' && next.code == 's' && ends))
				break;
		}
		else if (c.cls != FS_CH_LETTER && c.cls != FS_CH_DIGIT && c.cls != FS_CH_IGNORE)
			break;
		if (c.cls == FS_CH_LETTER)
		{
			if (p == start && c.upper)
				token->flags |= FS_T_CAPITAL;
			upper |= c.upper;
			lower |= !c.upper;
			if (c.foreign)
				token->flags |= FS_T_FOREIGN;
		}
		if (c.cls != FS_CH_IGNORE)
		{
			if (n + 4 <= FS_WORD_BYTES)
				n += fs_encode(c.code, folded + n);
			else
				fits = false;
		}
		p += c.bytes;
		fs_scan_poll(scan, p);
	}
	token->flags |= FS_T_WIDE;
	if (upper && !lower)
		token->flags |= FS_T_UPPER;
	if (fits && n > 0)
		set_folded(scan, token, folded, n);
	set_span(scan, token, start, p);
}

/* Flags of an ASCII word's case. */
void
fs_set_case(FsToken *token, const char *start, const char *end)
{
	bool upper = false;
	bool lower = false;

	if (is_upper(*start))
		token->flags |= FS_T_CAPITAL;
	else if (!is_digit(*start))
		return;
	if (end - start > FS_WORD_BYTES)
		end = start + FS_WORD_BYTES;
	for (const char *p = start; p < end; p++)
	{
		upper |= is_upper(*p);
		lower |= is_letter(*p) && !is_upper(*p);
	}
	if (upper && !lower)
		token->flags |= FS_T_UPPER;
}

/* Whether [p, end) has letters and digits enough and an '@' with a host behind it. */
static const char *
run_mail(FsScan *scan, const char *p)
{
	const char *host = p + 1;
	const char *q = host;
	bool		dot = false;

	while (q < scan->end && q - host < 255 && (is_word_byte(*q) || *q == '.' || *q == '-'))
	{
		dot |= *q == '.';
		q++;
	}
	while (q > host && (q[-1] == '.' || q[-1] == '-'))
		q--;
	return dot && q > host ? q : NULL;
}

/* A word that starts with an ASCII letter. */
void
fs_read_word(FsScan *scan, FsToken *token)
{
	const char *start = scan->p;
	const char *p;
	const char *end;
	bool		wide = false;
	bool		dot;

	if ((*start == 'h' || *start == 'w') && starts_url(scan, start))
	{
		token->kind = FS_URL;
		set_span(scan, token, start, run_url(scan, start));
		return;
	}
	p = run_word(scan, start);
	end = p < scan->end && (CLASS(*p) == FS_CH_PUNCT || CLASS(*p) == 0xFF) ? word_end(scan, start, p, &wide) : p;
	if (wide)
	{
		fs_read_wide_word(scan, token, start);
		return;
	}
	if (end < scan->end && *end == '@' && is_word_byte(peek(scan, end + 1)))
	{
		const char *mail = run_mail(scan, end);

		if (mail)
		{
			token->kind = FS_URL;
			set_span(scan, token, start, mail);
			return;
		}
	}
	/* "EUR98", "Rs16", "EUR59m": the currency is a word of its own */
	if (is_digit(end[-1]) || (end - start > 3 && (is_digit(start[2]) || is_digit(start[3]))))
	{
		const char *q = start;

		while (is_letter(*q))
			q++;
		if (is_digit(*q) && q - start <= 5 && (classes_of(scan, start, (size_t) (q - start)) & FS_C(CURRENCY)))
			end = q;
	}
	/* "Rs.126": the dot of the abbreviation is passed over */
	dot = (start[0] | 0x20) == 'r' && end - start > 3 && (start[1] | 0x20) == 's' && start[2] == '.' &&
		  is_digit(start[3]);
	end = dot ? start + 2 : end;
	token->kind = FS_WORD;
	fs_set_case(token, start, end);
	if (end[-1] == '.')
		token->flags |= FS_T_DOTTED;
	finish_ascii(scan, token, start, end);
	scan->p += dot;
}
