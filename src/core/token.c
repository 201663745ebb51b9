/*
 * token.c - level 2: one pass over the bytes, a token at a time.
 *
 * ASCII words, nearly all there is, run through a class table and are folded
 * eight bytes at a time: or-ing 0x20 lowers letters and leaves digits, "'", "&"
 * and "." as they are.  A byte beyond ASCII in a word sends that word, alone,
 * through the slow path, which asks text.h for every character.
 *
 * What makes a word and what cuts it is said in scan.h.
 */
#include "hash.h"
#include "token.h"

#define CLASS(c) ((unsigned char) (c) < 128 ? fs_ascii_class[(unsigned char) (c)] : 0xFF)
/* A plain word needs this much text behind it, its terminator included. */
#define PLAIN_ROOM (FS_WORD_BYTES + 8)

#define FOLD_BITS UINT64_C(0x2020202020202020)

/* Letters of ASCII. */
static const bool letter_bytes[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
};

/* Letters and digits of ASCII: what words are made of. */
static const bool word_bytes[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
	0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
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
static const char *
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
	size_t		len = (size_t) (end - start);

	token->start = (uint32_t) (start - scan->text.data);
	token->len = len < UINT16_MAX ? (uint16_t) len : UINT16_MAX;
	scan->p = end;
	scan->token_end = end;
}

/* Hash a folded word into the token and look it up. */
static void
set_folded(FsToken *token, const char *folded, size_t n)
{
	token->hash = fs_hash(folded, n);
	token->foldlen = (uint8_t) n;
	token->term = fs_lexicon_word(folded, n, token->hash);
}

/* Finish an ASCII token [start, end): fold, hash, look up. */
static inline void
finish_ascii(FsScan *scan, FsToken *token, const char *start, const char *end)
{
	size_t		n = (size_t) (end - start);
	char		folded[FS_WORD_BYTES + 8];

	if (n <= FS_WORD_BYTES)
	{
		token->hash = fold_ascii(scan, start, n, folded);
		token->foldlen = (uint8_t) n;
		token->term = fs_lexicon_word_from(fs_load(folded, 8), folded, n, token->hash);
	}
	set_span(scan, token, start, end);
}

/* Classes of an ASCII stretch as a word of its own. */
static uint64_t
classes_of(const FsScan *scan, const char *start, size_t n)
{
	char		folded[FS_WORD_BYTES + 8];
	uint32_t	hash;
	FsTerm		term;

	if (n == 0 || n > 16)
		return 0;
	hash = fold_ascii(scan, start, n, folded);
	term = fs_lexicon_word(folded, n, hash);
	return term == FS_TERM_NONE ? 0 : fs_entry(term)->classes;
}

#define NUMBER_SUFFIX (FS_C(SCALE) | FS_C(CURRENCY) | FS_C(MINOR) | FS_C(UNIT))

/*
 * At a dot behind [start, p): whether the word goes on over it.  So it does in
 * initialisms ("U.S."), symbols ("BRK.B") and host names ("amazon.com"), but
 * not where a blank is missing between sentences ("rose.The").
 */
static bool
dot_inside(const FsScan *scan, const char *start, const char *p)
{
	char		next = peek(scan, p + 1);

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
	size_t		n = (size_t) (p - start);

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
	size_t		left = (size_t) (scan->end - p);

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
		char		c = *p;

		if ((unsigned char) c >= 0x80)
		{
			FsChar		next = fs_char_at(p, scan->end);

			*wide = next.cls == FS_CH_LETTER || next.cls == FS_CH_IGNORE || next.cls == FS_CH_DIGIT ||
				(next.code == '\'' && p + next.bytes < scan->end && is_letter(p[next.bytes]));
			return p;
		}
		if (c == '\'')
		{
			char		next = peek(scan, p + 1);

			if (!is_letter(next))
				break;
			if ((next | 0x20) == 's' && !is_word_byte(peek(scan, p + 2)))
				break;			/* possessive: a token of its own */
		}
		else if (c == '&')
		{
			char		ch;

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
			break;				/* joins are for words; a longer run is none */
		p = run_word(scan, p + 1);
	}
	return p;
}

/*
 * A word with characters beyond ASCII, from its start.  The folded form leaves
 * ignorable characters out and turns "’" into "'".
 */
static void
read_wide_word(FsScan *scan, FsToken *token, const char *start)
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
		FsChar		c = fs_char_at(p, scan->end);

		if (c.cls == FS_CH_PUNCT && (c.code == '\'' || c.code == '&') && p > start)
		{
			FsChar		next = p + c.bytes < scan->end ? fs_char_at(p + c.bytes, scan->end) : c;
			const char *after = p + c.bytes + next.bytes;
			bool		ends = after >= scan->end ||
				(fs_char_at(after, scan->end).cls != FS_CH_LETTER && fs_char_at(after, scan->end).cls != FS_CH_DIGIT);

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
		set_folded(token, folded, n);
	set_span(scan, token, start, p);
}

/* Flags of an ASCII word's case. */
static void
set_case(FsToken *token, const char *start, const char *end)
{
	bool		upper = false;
	bool		lower = false;

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
static void
read_word(FsScan *scan, FsToken *token)
{
	const char *start = scan->p;
	const char *p;
	const char *end;
	bool		wide = false;

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
		read_wide_word(scan, token, start);
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
	token->kind = FS_WORD;
	set_case(token, start, end);
	if (end[-1] == '.')
		token->flags |= FS_T_DOTTED;
	finish_ascii(scan, token, start, end);
}

/*
 * A number, from its first digit: groups joined by , . or ', and the tokenised
 * forms "0 .98" and "1 ,234".  Letters that follow and are no unit make both
 * one word ("3rd", "1Q17", "5G").
 */
static void
read_number(FsScan *scan, FsToken *token)
{
	const char *start = scan->p;
	const char *p = run_digits(scan, start);
	bool		plain = true;

	for (;;)
	{
		char		c = peek(scan, p);
		char		next = peek(scan, p + 1);

		if ((c == '.' || c == ',') && is_digit(next))
			p = run_digits(scan, p + 1);
		else if (c == '\'' && is_digit(next) && run_digits(scan, p + 1) == p + 4)
			p += 4;
		else if (c == ' ' && next == '.' && is_digit(peek(scan, p + 2)))
			p = run_digits(scan, p + 2);
		else if (c == ' ' && next == ',' && scan->end - p >= 5 && run_digits(scan, p + 2) == p + 5)
			p += 5;
		else
			break;
		plain = false;
	}
	if (plain && peek(scan, p) == '.' && is_upper(peek(scan, p + 1)))	/* "7203.T", "0005.HK" */
	{
		const char *q = p + 1;

		while (q - p <= 3 && is_upper(peek(scan, q)))
			q++;
		if (q - p <= 3 && p - start >= 4 && !is_word_byte(peek(scan, q)))
		{
			token->kind = FS_WORD;
			set_case(token, start, q);
			finish_ascii(scan, token, start, q);
			return;
		}
	}
	if (plain && p < scan->end && is_letter(*p))
	{
		const char *q = p;

		while (q < scan->end && q - p <= 16 && is_letter(*q))
			q++;
		if (!(classes_of(scan, p, (size_t) (q - p)) & NUMBER_SUFFIX) || is_digit(peek(scan, q)))
		{
			p = run_word(scan, p);
			token->kind = FS_WORD;
			set_case(token, start, p);
			finish_ascii(scan, token, start, p);
			return;
		}
	}
	token->kind = FS_NUMBER;
	finish_ascii(scan, token, start, p);
	token->term = FS_TERM_NUMBER;
}

/* A number in wide digits ("３．５"). */
static void
read_wide_number(FsScan *scan, FsToken *token)
{
	const char *start = scan->p;
	const char *p = start;
	char		folded[FS_WORD_BYTES + 8];
	size_t		n = 0;
	bool		fits = true;

	while (p < scan->end)
	{
		FsChar		c = fs_char_at(p, scan->end);
		const char *next = p + c.bytes;

		if (c.cls != FS_CH_DIGIT &&
			!((c.code == '.' || c.code == ',') && next < scan->end && fs_char_at(next, scan->end).cls == FS_CH_DIGIT))
			break;
		if (n < FS_WORD_BYTES)
			folded[n++] = (char) c.code;
		else
			fits = false;
		p = next;
		fs_scan_poll(scan, p);
	}
	token->kind = FS_NUMBER;
	token->flags |= FS_T_WIDE;
	if (fits)
		set_folded(token, folded, n);
	token->term = FS_TERM_NUMBER;
	set_span(scan, token, start, p);
}

/* "$AMZN", "$BRK.B": letters and dots, six at most, no letter or digit before the sign. */
static bool
read_cashtag(FsScan *scan, FsToken *token)
{
	const char *start = scan->p;
	const char *p = start + 1;

	if (start > scan->text.data && is_word_byte(start[-1]))
		return false;
	while (p < scan->end && p - start <= 8 && (is_letter(*p) || ((*p == '.' || *p == '-') && is_letter(peek(scan, p + 1)))))
		p++;
	if (p == start + 1 || p - start > 8 || is_word_byte(peek(scan, p)) || (unsigned char) peek(scan, p) >= 0x80)
		return false;
	token->kind = FS_CASHTAG;
	set_span(scan, token, start, p);
	return true;
}

/* "#earnings", "@reuters". */
static bool
read_tag(FsScan *scan, FsToken *token, FsTokenKind kind)
{
	const char *start = scan->p;
	const char *p = start + 1;

	if (start > scan->text.data && is_word_byte(start[-1]))
		return false;
	while (p < scan->end && (is_word_byte(*p) || *p == '_'))
	{
		p++;
		fs_scan_poll(scan, p);
	}
	if (p == start + 1 || !is_letter(start[1]))
		return false;
	token->kind = (uint8_t) kind;
	if (kind == FS_HASHTAG)
	{
		finish_ascii(scan, token, start + 1, p);
		token->start--;
		token->len += token->len < UINT16_MAX;
	}
	else
		set_span(scan, token, start, p);
	return true;
}

/* "<JNJ.N>", "<.SPX>", "<LCOc1>": an instrument code in angle brackets. */
static bool
read_ric(FsScan *scan, FsToken *token)
{
	const char *start = scan->p;
	const char *p = start + 1;
	bool		upper = false;

	while (p < scan->end && p - start <= 20 && (is_word_byte(*p) || one_of(*p, ".^=_/")))
	{
		upper |= is_upper(*p) || is_digit(*p);
		p++;
	}
	if (p == start + 1 || peek(scan, p) != '>' || !upper)
		return false;
	token->kind = FS_RIC;
	set_span(scan, token, start, p + 1);
	return true;
}

/* One character that is no word, number or blank; c says which. */
static void
read_single(FsScan *scan, FsToken *token, FsChar c)
{
	const char *start = scan->p;
	char		folded[8];

	token->kind = c.cls == FS_CH_SYMBOL ? FS_SYMBOL : FS_PUNCT;
	token->ch = c.code < 128 ? (uint8_t) c.code : c.code == 0x2014 ? '-' : 0;
	if (c.bytes > 1)
		token->flags |= FS_T_WIDE;
	if (c.cls == FS_CH_SYMBOL)
		set_folded(token, folded, fs_encode(c.code, folded));
	set_span(scan, token, start, start + c.bytes);
}

/* "'s" as a token of its own; anything else at an apostrophe is a quote. */
static bool
read_possessive(FsScan *scan, FsToken *token, size_t apostrophe)
{
	const char *s = scan->p + apostrophe;

	if (s >= scan->end || (*s | 0x20) != 's' || is_word_byte(peek(scan, s + 1)))
		return false;
	token->kind = FS_WORD;
	if (apostrophe > 1)
		token->flags |= FS_T_WIDE;
	set_folded(token, "'s", 2);
	set_span(scan, token, scan->p, s + 1);
	return true;
}

/* Whether the byte before p ends a word or number. */
static bool
word_before(const FsScan *scan, const char *p)
{
	return p > scan->text.data && p == scan->token_end && is_word_byte(p[-1]);
}

/*
 * Skip one separator: blank, line break, mark-up, a joining hyphen or an
 * ignorable character.  False if a token begins here.
 */
static bool
skip_separator(FsScan *scan)
{
	const char *p = scan->p;
	FsChar		c;
	char		reference;
	size_t		bytes;

	if (*p == ' ')
	{
		scan->space = true;
		scan->p++;
		return true;
	}
	switch (CLASS(*p))
	{
		case FS_CH_SPACE:
			scan->space = true;
			scan->p++;
			return true;
		case FS_CH_NEWLINE:
			scan->space = true;
			if (*p != '\r' || peek(scan, p + 1) != '\n')
				scan->lines++;
			scan->p++;
			return true;
		case FS_CH_LETTER:
		case FS_CH_DIGIT:
		case FS_CH_SYMBOL:
			return false;
		case FS_CH_PUNCT:
			break;
		default:
			c = fs_char_at(p, scan->end);
			if (c.cls == FS_CH_SPACE || c.cls == FS_CH_NEWLINE || c.cls == FS_CH_IGNORE)
			{
				scan->space |= c.cls != FS_CH_IGNORE;
				scan->lines += c.cls == FS_CH_NEWLINE;
				scan->p += c.bytes;
				return true;
			}
			if (c.code == '-' && word_before(scan, p) && is_word_byte(peek(scan, p + c.bytes)))
			{
				scan->hyphen = true;
				scan->p += c.bytes;
				return true;
			}
			return false;
	}
	if (*p == '-')
	{
		FsChar		next = p + 1 < scan->end ? fs_char_at(p + 1, scan->end) : (FsChar) { .cls = FS_CH_SPACE };

		if (!word_before(scan, p) || !(next.cls == FS_CH_LETTER || next.cls == FS_CH_DIGIT))
			return false;
		scan->hyphen = true;
		scan->p++;
		return true;
	}
	if (*p == '<')
	{
		FsMarkup	markup = fs_skip_tag(scan);

		if (markup == FS_NO_MARKUP)
			return false;
		scan->space = true;
		scan->lines += markup == FS_MARKUP_BLOCK ? 2 : 0;
		return true;
	}
	if (*p == '&' && (bytes = fs_character_reference(p, scan->end, &reference)) > 0)
	{
		if (reference == '-' && word_before(scan, p) && is_word_byte(peek(scan, p + bytes)))
			scan->hyphen = true;
		else if (reference != ' ')
			return false;
		else
			scan->space = true;
		scan->p += bytes;
		return true;
	}
	return false;
}

/* A punctuation character or what it opens. */
static void
read_punct(FsScan *scan, FsToken *token)
{
	const char *p = scan->p;
	FsChar		c = { (unsigned char) *p, 1, FS_CH_PUNCT, false, false };
	char		reference;
	size_t		bytes;

	switch (*p)
	{
		case '#':
			if (read_tag(scan, token, FS_HASHTAG))
				return;
			break;
		case '@':
			if (read_tag(scan, token, FS_HANDLE))
				return;
			break;
		case '<':
			if (read_ric(scan, token))
				return;
			break;
		case '\'':
			if (read_possessive(scan, token, 1))
				return;
			break;
		case '.':				/* ".98" where a number may begin */
			if (is_digit(peek(scan, p + 1)) && !(p > scan->text.data && is_word_byte(p[-1])))
			{
				token->kind = FS_NUMBER;
				finish_ascii(scan, token, p, run_digits(scan, p + 1));
				token->term = FS_TERM_NUMBER;
				return;
			}
			break;
		case '&':
			bytes = fs_character_reference(p, scan->end, &reference);
			if (bytes > 0)
			{
				if (reference == '\'' && read_possessive(scan, token, bytes))
					return;
				c.code = (unsigned char) reference;
				c.bytes = (uint8_t) bytes;
			}
			break;
		default:
			break;
	}
	read_single(scan, token, c);
}

/* A token that begins with a byte beyond ASCII. */
static void
read_wide(FsScan *scan, FsToken *token)
{
	FsChar		c = fs_char_at(scan->p, scan->end);

	if (c.cls == FS_CH_LETTER)
		read_wide_word(scan, token, scan->p);
	else if (c.cls == FS_CH_DIGIT)
		read_wide_number(scan, token);
	else if (c.code == '\'' && read_possessive(scan, token, c.bytes))
		return;
	else
		read_single(scan, token, c);
}

/* A token of any kind. */
static __attribute__((noinline)) bool
next_token(FsScan *scan, FsToken *token)
{
	scan->lines = 0;
	scan->space = scan->p == scan->text.data || scan->token_end == NULL;
	scan->hyphen = false;
	while (scan->p < scan->end && skip_separator(scan))
		fs_scan_poll(scan, scan->p);
	fs_scan_poll(scan, scan->p);
	if (scan->p >= scan->end)
		return false;

	memset(token, 0, sizeof(*token));
	if (scan->space)
		token->flags |= FS_T_SPACE;
	if (scan->lines > 0 || scan->token_end == NULL)
		token->flags |= FS_T_LINE;
	if (scan->hyphen && !scan->space)
		token->flags |= FS_T_JOINED;
	switch (CLASS(*scan->p))
	{
		case FS_CH_LETTER:
			read_word(scan, token);
			break;
		case FS_CH_DIGIT:
			read_number(scan, token);
			break;
		case FS_CH_SYMBOL:
			if (*scan->p != '$' || !read_cashtag(scan, token))
				read_single(scan, token, fs_char_at(scan->p, scan->end));
			break;
		case FS_CH_PUNCT:
			read_punct(scan, token);
			break;
		default:
			read_wide(scan, token);
			break;
	}
	return true;
}

/* What may follow a plain word on the same line. */
static inline bool
ends_plainly(const char *p)
{
	return *p == ' ' || *p == ',' || *p == ';' || *p == ')' || (*p == '.' && p[1] == ' ');
}

/*
 * The common case, two tokens of three: at most one blank, then ASCII letters
 * that a blank or plain punctuation ends.  False, with nothing read, if it is not
 * this; everything it does read_word would do too.
 */
static inline bool
read_plain_word(FsScan *scan, FsToken *token)
{
	const char *start = scan->p;
	const char *p;
	bool		space;

	if (scan->end - start < PLAIN_ROOM || start - scan->polled >= FS_POLL_BYTES || scan->token_end == NULL)
		return false;
	space = *start == ' ';
	start += space;
	p = start;
	while (letter_bytes[(unsigned char) *p] && p - start < PLAIN_ROOM - 2)
		p++;
	if (p - start < 2 || p - start > FS_WORD_BYTES || !ends_plainly(p))
		return false;
	scan->lines = 0;
	scan->space = space;
	scan->hyphen = false;
	memset(token, 0, sizeof(*token));
	token->kind = FS_WORD;
	token->flags = space ? FS_T_SPACE : 0;
	if (is_upper(*start))
	{
		if (is_upper(start[1]))
			set_case(token, start, p);
		else
			token->flags |= FS_T_CAPITAL;
	}
	finish_ascii(scan, token, start, p);
	return true;
}

bool
fs_token_next(FsScan *scan, FsToken *token)
{
	return read_plain_word(scan, token) || next_token(scan, token);
}

/* Folded bytes of a character reference or "<...>", "$...", "#..." are not wanted: spans say it. */
size_t
fs_token_fold(FsText text, const FsToken *token, char *out)
{
	const char *p = text.data + token->start;
	const char *end = p + token->len;
	size_t		n = 0;

	if (token->foldlen == 0)
		return 0;
	/* ASCII folds byte by byte */
	if (!(token->flags & FS_T_WIDE) && token->len == token->foldlen)
	{
		for (; n < token->foldlen; n++)
			out[n] = p[n] >= 'A' && p[n] <= 'Z' ? (char) (p[n] + 32) : p[n];
		return n;
	}
	if (token->kind == FS_HASHTAG)
		p++;
	if (token->kind == FS_WORD && token->foldlen == 2 && *p == '&')
	{
		memcpy(out, "'s", 2);	/* "&rsquo;s" */
		return 2;
	}
	while (p < end && n < token->foldlen)
	{
		FsChar		c = fs_char_at(p, end);

		if (c.cls != FS_CH_IGNORE)
			n += fs_encode(c.code, out + n);
		p += c.bytes;
	}
	return n;
}

bool
fs_token_equals(FsText text, const FsToken *token, const char *folded)
{
	const char *p = text.data + token->start;
	size_t		n = token->foldlen;
	char		mine[FS_WORD_BYTES + 8];

	/* ASCII folds byte by byte; most comparisons end at the first */
	if (!(token->flags & FS_T_WIDE) && token->len == n)
	{
		for (size_t i = 0; i < n; i++)
		{
			char		c = p[i] >= 'A' && p[i] <= 'Z' ? (char) (p[i] + 32) : p[i];

			if (c != folded[i])
				return false;
		}
		return n > 0 && folded[n] == '\0';
	}
	return strlen(folded) == n && fs_token_fold(text, token, mine) == n && memcmp(mine, folded, n) == 0;
}
