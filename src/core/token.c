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
#include "token_bytes.h"

/* "$AMZN", "$BRK.B": letters and dots, six at most, no letter or digit before the sign. */
static bool
read_cashtag(FsScan *scan, FsToken *token)
{
	const char *start = scan->p;
	const char *p = start + 1;

	if (start > scan->text.data && is_word_byte(start[-1]))
		return false;
	while (p < scan->end && p - start <= 8 &&
		   (is_letter(*p) || ((*p == '.' || *p == '-') && is_letter(peek(scan, p + 1)))))
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
		set_folded(scan, token, folded, fs_encode(c.code, folded));
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
	set_folded(scan, token, "'s", 2);
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
		FsChar next = p + 1 < scan->end ? fs_char_at(p + 1, scan->end) : (FsChar){ .cls = FS_CH_SPACE };

		if (!word_before(scan, p) || !(next.cls == FS_CH_LETTER || next.cls == FS_CH_DIGIT))
			return false;
		scan->hyphen = true;
		scan->p++;
		return true;
	}
	if (*p == '<')
	{
		FsMarkup markup = fs_skip_tag(scan);

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
		case '.': /* ".98" where a number may begin */
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
	FsChar c = fs_char_at(scan->p, scan->end);

	if (c.cls == FS_CH_LETTER)
		fs_read_wide_word(scan, token, scan->p);
	else if (c.cls == FS_CH_DIGIT)
		fs_read_wide_number(scan, token);
	else if (c.code == '\'' && read_possessive(scan, token, c.bytes))
		return;
	else
		read_single(scan, token, c);
}

/* The traits of a token, its word's being in scan->trait. */
static inline uint8_t
token_traits(const FsScan *scan, const FsToken *token)
{
	uint8_t traits = scan->trait;

	if (token->kind == FS_WORD)
	{
		if (token->flags & FS_T_FOREIGN && !(traits & (FS_TR_FUNCTION | FS_TR_FOREIGN)))
			traits = (uint8_t) ((traits & ~(unsigned) FS_TR_ENGLISH) | FS_TR_SCRIPT);
		return traits;
	}
	traits &= FS_TR_START | FS_TR_SPECIAL;
	if (token->kind == FS_PUNCT ? token->ch == ',' || token->ch == ';' || token->ch == ':' || token->ch == '|'
								: token->kind != FS_SYMBOL && token->kind != FS_URL)
		traits |= FS_TR_SPECIAL;
	if (token->kind == FS_NUMBER || (token->kind == FS_SYMBOL && token->flags & FS_T_WIDE && token->term == 0))
		traits |= FS_TR_START;
	return traits;
}

bool
fs_token_next(FsScan *scan, FsToken *token)
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
	scan->trait = fs_found_traits(FS_NOT_FOUND);
	if (scan->space)
		token->flags |= FS_T_SPACE;
	if (scan->lines > 0 || scan->token_end == NULL)
		token->flags |= FS_T_LINE;
	if (scan->hyphen && !scan->space)
		token->flags |= FS_T_JOINED;
	switch (CLASS(*scan->p))
	{
		case FS_CH_LETTER:
			fs_read_word(scan, token);
			break;
		case FS_CH_DIGIT:
			fs_read_number(scan, token);
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
	scan->trait = token_traits(scan, token);
	return true;
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
		out[0] = '\''; /* "&rsquo;s" */
		out[1] = 's';
		return 2;
	}
	while (p < end && n < token->foldlen)
	{
		FsChar c = fs_char_at(p, end);

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
			char c = p[i] >= 'A' && p[i] <= 'Z' ? (char) (p[i] + 32) : p[i];

			if (c != folded[i])
				return false;
		}
		return n > 0 && folded[n] == '\0';
	}
	return strlen(folded) == n && fs_token_fold(text, token, mine) == n && memcmp(mine, folded, n) == 0;
}

bool
fs_token_in(FsText text, const FsToken *token, const char *list)
{
	char   folded[FS_WORD_BYTES + 8];
	size_t len;

	if (token->kind != FS_WORD || token->foldlen == 0)
		return false;
	len = fs_token_fold(text, token, folded);
	while (*list)
	{
		size_t n = strcspn(list, " ");

		if (n == len && memcmp(list, folded, n) == 0)
			return true;
		list += n + (list[n] == ' ');
	}
	return false;
}
