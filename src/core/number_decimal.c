/*
 * number_decimal.c - level 3: sums, comparison and printing of exact decimals.
 */
#include <stdio.h>

#include "number_impl.h"

/* The largest number of FS_DIGITS_MAX digits. */
#define VALUE_MAX UINT64_C(9999999999999999999)

/* See number_impl.h. */
bool
fs_decimal_add(FsDecimal a, FsDecimal b, FsDecimal *sum)
{
	if (a.exponent < b.exponent)
	{
		FsDecimal swap = a;

		a = b;
		b = swap;
	}
	for (; a.exponent > b.exponent; a.exponent--)
	{
		if (a.digits > UINT64_MAX / 10)
			return false;
		a.digits *= 10;
	}
	if (a.digits > VALUE_MAX || b.digits > VALUE_MAX || a.digits + b.digits > VALUE_MAX)
		return false;
	a.digits += b.digits;
	*sum = a;
	return true;
}

/* See number.h. */
int
fs_decimal_compare(FsDecimal a, FsDecimal b)
{
	static const uint64_t powers[] = {
		1,
		10,
		100,
		1000,
		10000,
		100000,
		1000000,
		10000000,
		100000000,
		1000000000,
		UINT64_C(10000000000),
		UINT64_C(100000000000),
		UINT64_C(1000000000000),
		UINT64_C(10000000000000),
		UINT64_C(100000000000000),
		UINT64_C(1000000000000000),
		UINT64_C(10000000000000000),
		UINT64_C(100000000000000000),
		UINT64_C(1000000000000000000),
		UINT64_C(10000000000000000000),
	};
	int		  sign = 1;
	int		  apart;
	FsDecimal swap = a;

	if (a.digits == 0 && b.digits == 0)
		return 0;
	if (a.digits == 0)
		return b.negative ? 1 : -1;
	if (b.digits == 0 || a.negative != b.negative)
		return a.negative ? -1 : 1;
	if (a.negative)
		sign = -1;
	if (a.exponent < b.exponent)
	{
		a = b;
		b = swap;
		sign = -sign;
	}
	apart = a.exponent - b.exponent;
	/* what does not fit is larger than all that does */
	if (apart >= (int) (sizeof(powers) / sizeof(powers[0])) ||
		__builtin_mul_overflow(a.digits, powers[apart], &a.digits))
		return sign;
	return a.digits == b.digits ? 0 : a.digits > b.digits ? sign : -sign;
}

/* See number.h. */
size_t
fs_decimal_print(FsDecimal value, char out[64])
{
	char   digits[24];
	int	   n = snprintf(digits, sizeof(digits), "%llu", (unsigned long long) value.digits);
	int	   point = n + value.exponent;
	size_t len = 0;

	if (value.negative && value.digits > 0)
		out[len++] = '-';
	if (value.digits == 0 || point > 40 || value.exponent < -40)
	{
		out[len++] = '0';
		out[len] = '\0';
		return len;
	}
	if (point <= 0)
	{
		out[len++] = '0';
		out[len++] = '.';
		for (int i = point; i < 0; i++)
			out[len++] = '0';
	}
	for (int i = 0; i < n; i++)
	{
		if (i == point && point > 0)
			out[len++] = '.';
		out[len++] = digits[i];
	}
	for (int i = n; i < point; i++)
		out[len++] = '0';
	out[len] = '\0';
	return len;
}
