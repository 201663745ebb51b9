/*
 * student.c - Student's t distribution.
 *
 * The two-sided probability is a regularised incomplete beta function:
 *
 *	P(|T| >= t) = I_x(df/2, 1/2),  x = df / (df + t^2)
 *
 * computed by its continued fraction (Abramowitz and Stegun 26.5.8) with Lentz's
 * method, for I_x or for 1 - I_(1-x)(1/2, df/2), whichever converges.
 *
 * Two steps lose digits if they are done naively when df is large, as it is for
 * ten million pairs: x^(df/2), where x is close to 1 (log1p(t^2/df) instead of
 * log(x)), and the beta function, which is a difference of large logarithms of
 * gamma functions.  Since one argument is 1/2, only the ratio
 * G(a + 1/2) / G(a) is needed, which has an asymptotic series in 1/a.
 *
 * For very many degrees of freedom 1 - x itself has lost its digits.  There t is
 * turned into a normal deviate by Hill's expansion (Communications of the ACM 13,
 * 1970, algorithm 395), whose error falls with the cube of df.
 */
#include "student.h"

#include <math.h>

/* Where the series of the ratio has 16 digits. */
#define SERIES_FROM 25.0

/* From here on Hill's expansion has 15 digits. */
#define EXPANSION_FROM 1e5

#define MAX_STEPS 100000
#define PI 3.14159265358979323846

/*
 * Gamma(a + 1/2) / Gamma(a).  The series (Tricomi and Erdelyi, 1951) for large a;
 * for a smaller one the recurrence r(a) = r(a + 1) * a / (a + 1/2).
 */
static double
gamma_ratio(double a)
{
	double factor = 1;
	double y;

	while (a < SERIES_FROM)
	{
		factor *= a / (a + 0.5);
		a += 1;
	}
	y = 1 / a;
	return factor * sqrt(a) *
		   (1 + y * (-1.0 / 8 + y * (1.0 / 128 +
									 y * (5.0 / 1024 + y * (-21.0 / 32768 + y * (-399.0 / 262144 +
																				 y * (869.0 / 4194304 +
																					  y * (39325.0 / 33554432))))))));
}

/* The continued fraction of I_x(a, b), by Lentz's method; converges for x < (a + 1) / (a + b + 2). */
static double
beta_fraction(double a, double b, double x)
{
	const double tiny = 1e-300;
	double		 c = 1;
	double		 d = 1 - (a + b) * x / (a + 1);
	double		 h;

	d = 1 / (fabs(d) < tiny ? tiny : d);
	h = d;
	for (int m = 1; m <= MAX_STEPS; m++)
	{
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		double step;

		d = 1 + even * d;
		c = 1 + even / c;
		d = 1 / (fabs(d) < tiny ? tiny : d);
		c = fabs(c) < tiny ? tiny : c;
		h *= d * c;
		d = 1 + odd * d;
		c = 1 + odd / c;
		d = 1 / (fabs(d) < tiny ? tiny : d);
		c = fabs(c) < tiny ? tiny : c;
		step = d * c;
		h *= step;
		if (fabs(step - 1) < 1e-16)
			break;
	}
	return h;
}

/* The normal deviate that is as improbable as t; df large. */
static double
normal_deviate(double square, double df)
{
	double a = df - 0.5;
	double b = 48 * a * a;
	double w = sqrt(a * log1p(square / df));
	double ww = w * w;

	return w + w * (ww + 3) / b - w * (((4 * ww + 33) * ww + 240) * ww + 855) / (10 * b * (b + 0.8 * ww * ww + 100));
}

double
fs_student_p(double t, double df)
{
	double square = t * t;
	double a = df / 2;
	double x, y, front;

	if (isnan(t) || !(df > 0))
		return NAN;
	if (isinf(square))
		return 0;
	if (df >= EXPANSION_FROM)
		return erfc(normal_deviate(square, df) / sqrt(2));
	x = df / (df + square);
	y = square / (df + square);
	/* x^a y^(1/2) / B(a, 1/2) */
	front = exp(-a * log1p(square / df)) * sqrt(y) * gamma_ratio(a) / sqrt(PI);
	if (x < (a + 1) / (a + 2.5))
		return front * beta_fraction(a, 0.5, x) / a;
	return 1 - front * beta_fraction(0.5, a, y) / 0.5;
}

double
fs_student_t(double mean, double sd, double n)
{
	return n >= 2 ? mean * sqrt(n) / sd : NAN;
}
