/*
 * unicode.c - level 1: the one file that asks ICU.
 *
 * Nothing is opened: only the property functions of libicuuc are used, which
 * read static data.  ASCII never comes here.
 */
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "unicode.h"

/* Typographic forms of ASCII characters, sorted by code point. */
static const struct
{
	uint16_t first, last;
	uint16_t code;
	uint8_t	 cls;
} forms[] = {
	{ 0x00A0, 0x00A0, ' ', FS_CH_SPACE },	 { 0x00AB, 0x00AB, '"', FS_CH_PUNCT },
	{ 0x00AD, 0x00AD, 0, FS_CH_IGNORE },	 { 0x00B4, 0x00B4, '\'', FS_CH_PUNCT },
	{ 0x00BB, 0x00BB, '"', FS_CH_PUNCT },	 { 0x02BC, 0x02BC, '\'', FS_CH_PUNCT },
	{ 0x2000, 0x200A, ' ', FS_CH_SPACE },	 { 0x200B, 0x200F, 0, FS_CH_IGNORE },
	{ 0x2010, 0x2013, '-', FS_CH_PUNCT },	 /* hyphens, figure and en dash */
	{ 0x2014, 0x2015, 0x2014, FS_CH_PUNCT }, /* em dashes: never inside a word */
	{ 0x2018, 0x201B, '\'', FS_CH_PUNCT },	 { 0x201C, 0x201F, '"', FS_CH_PUNCT },
	{ 0x2026, 0x2026, '.', FS_CH_PUNCT },	 { 0x2028, 0x2029, '\n', FS_CH_NEWLINE },
	{ 0x202F, 0x202F, ' ', FS_CH_SPACE },	 { 0x2032, 0x2032, '\'', FS_CH_PUNCT },
	{ 0x2033, 0x2033, '"', FS_CH_PUNCT },	 { 0x2044, 0x2044, '/', FS_CH_PUNCT },
	{ 0x205F, 0x205F, ' ', FS_CH_SPACE },	 { 0x2060, 0x2064, 0, FS_CH_IGNORE },
	{ 0x2212, 0x2212, '-', FS_CH_PUNCT },	 { 0x3000, 0x3000, ' ', FS_CH_SPACE },
	{ 0x3002, 0x3002, '.', FS_CH_PUNCT },	 { 0xFE00, 0xFE0F, 0, FS_CH_IGNORE }, /* variation selectors */
	{ 0xFEFF, 0xFEFF, 0, FS_CH_IGNORE },
};

/* Find a typographic form; false if the code point is none. */
static bool
typographic(uint32_t code, FsChar *c)
{
	size_t low = 0;
	size_t high = sizeof(forms) / sizeof(forms[0]);

	while (low < high)
	{
		size_t middle = (low + high) / 2;

		if (code > forms[middle].last)
			low = middle + 1;
		else if (code < forms[middle].first)
			high = middle;
		else
		{
			c->code = forms[middle].code;
			c->cls = forms[middle].cls;
			return true;
		}
	}
	return false;
}

FsChar
fs_unicode_char(uint32_t code)
{
	FsChar	   c = { ' ', 0, FS_CH_SPACE, false, false };
	UErrorCode error = U_ZERO_ERROR;

	if (code >= 0xFF01 && code <= 0xFF5E) /* full-width forms of ASCII */
	{
		char narrow = (char) (code - 0xFEE0);

		return fs_char_at(&narrow, &narrow + 1);
	}
	if (typographic(code, &c))
		return c;
	c.code = code;
	switch (u_charType((UChar32) code))
	{
		case U_UPPERCASE_LETTER:
		case U_TITLECASE_LETTER:
			c.upper = true;
			/* FALLTHROUGH */
		case U_LOWERCASE_LETTER:
		case U_MODIFIER_LETTER:
		case U_OTHER_LETTER:
			c.cls = FS_CH_LETTER;
			c.code = (uint32_t) u_foldCase((UChar32) code, U_FOLD_CASE_DEFAULT);
			c.foreign = code >= 0x370 && uscript_getScript((UChar32) code, &error) != USCRIPT_LATIN;
			break;
		case U_DECIMAL_DIGIT_NUMBER:
			c.cls = FS_CH_DIGIT;
			c.code = '0' + (uint32_t) u_charDigitValue((UChar32) code);
			break;
		case U_NON_SPACING_MARK:
		case U_ENCLOSING_MARK:
		case U_COMBINING_SPACING_MARK:
		case U_FORMAT_CHAR:
			c.cls = FS_CH_IGNORE;
			break;
		case U_CURRENCY_SYMBOL:
		case U_MATH_SYMBOL:
		case U_MODIFIER_SYMBOL:
		case U_OTHER_SYMBOL:
		case U_OTHER_NUMBER:
		case U_LETTER_NUMBER:
			c.cls = FS_CH_SYMBOL;
			break;
		case U_DASH_PUNCTUATION:
		case U_START_PUNCTUATION:
		case U_END_PUNCTUATION:
		case U_CONNECTOR_PUNCTUATION:
		case U_OTHER_PUNCTUATION:
		case U_INITIAL_PUNCTUATION:
		case U_FINAL_PUNCTUATION:
			c.cls = FS_CH_PUNCT;
			break;
		case U_LINE_SEPARATOR:
		case U_PARAGRAPH_SEPARATOR:
			c.cls = FS_CH_NEWLINE;
			break;
		default: /* blanks, controls, unassigned, private use */
			c.code = ' ';
			break;
	}
	return c;
}
