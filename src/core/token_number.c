/*
 * token_number.c - level 2: digits with their separators, and words that begin with digits.
 */
#include "token_bytes.h"

/* Classes of letters that are cut from a number before them. */
#define NUMBER_SUFFIX (FS_C(SCALE) | FS_C(CURRENCY) | FS_C(MINOR) | FS_C(UNIT))

/*
 * A number, from its first digit: groups joined by , . or ', and the tokenised
 * forms "0 .98" and "1 ,234".  Letters that follow and are no unit make both
 * one word ("3rd", "1Q17", "5G").
 */
void
fs_read_number(FsScan *scan, FsToken *token)
{
	const char *start = scan->p;
	const char *p = run_digits(scan, start);
	bool		plain = true;

	for (;;)
	{
		char c = peek(scan, p);
		char next = peek(scan, p + 1);

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
	if (plain && peek(scan, p) == '.' && is_upper(peek(scan, p + 1))) /* "7203.T", "0005.HK" */
	{
		const char *q = p + 1;

		while (q - p <= 3 && is_upper(peek(scan, q)))
			q++;
		if (q - p <= 3 && p - start >= 4 && !is_word_byte(peek(scan, q)))
		{
			token->kind = FS_WORD;
			fs_set_case(token, start, q);
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
			fs_set_case(token, start, p);
			finish_ascii(scan, token, start, p);
			return;
		}
	}
	token->kind = FS_NUMBER;
	finish_ascii(scan, token, start, p);
	token->term = FS_TERM_NUMBER;
}

/* A number in wide digits ("３．５"). */
void
fs_read_wide_number(FsScan *scan, FsToken *token)
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
		set_folded(scan, token, folded, n);
	token->term = FS_TERM_NUMBER;
	set_span(scan, token, start, p);
}
