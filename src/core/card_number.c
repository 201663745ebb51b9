/*
 * card_number.c - level 10: amounts as people write them: "$1.23 bn", "12.5%".
 *
 * What is shown is rounded to hundredths of its scale; the element's value
 * attribute has the exact number.  All integer.
 */
#include "card_parts.h"

/* Currencies with a sign of their own; the others show their code. */
static const struct
{
	char		code[4];
	const char *sign;
} signs[] = { { "USD", "$" },	  { "EUR", "&euro;" },	{ "GBP", "&pound;" },
			  { "JPY", "&yen;" }, { "INR", "&#8377;" }, { "KRW", "&#8361;" },
			  { "CAD", "C$" },	  { "AUD", "A$" },		{ "HKD", "HK$" } };

static const char *
currency_sign(const char *code)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strcmp(signs[i].code, code) == 0)
			return signs[i].sign;
	return NULL;
}

static uint64_t
power_of_ten(int n)
{
	uint64_t p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

void
fs_card_count(Page *page, uint64_t n)
{
	char digits[32];
	char out[48];
	int	 ndigits = 0;
	int	 len = 0;

	do
		digits[ndigits++] = (char) ('0' + n % 10);
	while ((n /= 10) > 0);
	while (ndigits > 0)
	{
		out[len++] = digits[--ndigits];
		if (ndigits > 0 && ndigits % 3 == 0)
			out[len++] = ',';
	}
	fs_append(page->arena, &page->out, out, (size_t) len);
}

/* Append the size of a value in its scale; returns the scale's name. */
static const char *
put_scaled(Page *page, FsDecimal value)
{
	static const struct
	{
		int			power;
		const char *name;
	} scales[] = { { 12, "tn" }, { 9, "bn" }, { 6, "m" } };
	int ndigits = 1;
	int whole;

	while (ndigits < 19 && power_of_ten(ndigits) <= value.digits)
		ndigits++;
	whole = ndigits + value.exponent; /* digits before the point */
	for (int i = 0; i < 3; i++)
	{
		int		 shift = value.exponent - scales[i].power + 2;
		uint64_t hundredths;

		if (whole <= scales[i].power || whole > 17 || shift > 18 || shift < -18)
			continue;
		if (shift >= 0)
			hundredths = value.digits * power_of_ten(shift);
		else
			hundredths = (value.digits + power_of_ten(-shift) / 2) / power_of_ten(-shift);
		fs_card_count(page, hundredths / 100);
		if (hundredths % 10 != 0)
			fs_appendf(page->arena, &page->out, ".%02d", (int) (hundredths % 100));
		else if (hundredths % 100 != 0)
			fs_appendf(page->arena, &page->out, ".%d", (int) (hundredths % 100 / 10));
		return scales[i].name;
	}
	if (value.exponent >= 0 && value.exponent <= 18 && whole <= 18)
		fs_card_count(page, value.digits * power_of_ten(value.exponent));
	else if (value.exponent < 0 && value.exponent >= -18 && whole <= 18)
	{
		fs_card_count(page, value.digits / power_of_ten(-value.exponent));
		fs_appendf(page->arena, &page->out, ".%0*llu", -value.exponent,
				   (unsigned long long) (value.digits % power_of_ten(-value.exponent)));
	}
	else
	{
		char plain[64];

		value.negative = false;
		fs_append(page->arena, &page->out, plain, fs_decimal_print(value, plain));
	}
	return NULL;
}

void
fs_card_amount(Page *page, FsDecimal value, FsUnitKind unit, const char *currency, FsSpan noun)
{
	static const char *const after[] = { "", "", "%", "&nbsp;pp", "&nbsp;bps", "&times;", "" };
	const char				*sign = unit == FS_UNIT_MONEY ? currency_sign(currency) : NULL;
	const char				*scale;
	char					 exact[64];
	size_t					 len = fs_decimal_print(value, exact);

	fs_card_put(page, "<data value=\"");
	fs_append_html(page->arena, &page->out, exact, len);
	fs_card_put(page, "\">");
	if (value.negative)
		fs_card_put(page, "&minus;");
	if (sign)
		fs_card_put(page, sign);
	else if (unit == FS_UNIT_MONEY && currency[0] != '\0')
	{
		fs_append_html(page->arena, &page->out, currency, strlen(currency));
		fs_card_put(page, "&nbsp;");
	}
	scale = put_scaled(page, value);
	if (unit == FS_UNIT_MONEY && value.exponent == -1 && scale == NULL)
		fs_card_put(page, "0"); /* $0.50, not $0.5 */
	if (scale)
		fs_appendf(page->arena, &page->out, "&nbsp;%s", scale);
	fs_card_put(page, after[unit]);
	fs_card_put(page, "</data>");
	if (unit == FS_UNIT_COUNT && noun.len > 0 && noun.len <= 40)
	{
		fs_card_put(page, " ");
		fs_card_span(page, noun);
	}
}
