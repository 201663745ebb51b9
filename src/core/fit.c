/*
 * fit.c - level 7: multinomial logistic regression over hashed features.
 *
 * Minimises, over the samples with their weights,
 *
 *     sum of weight x -log P(label) + |w|^2 / (2C)
 *
 * (no penalty on the bias) by full-batch gradient descent with Adam steps
 * (Kingma and Ba, "Adam: a method for stochastic optimization", 2015), whose
 * rate falls with a cosine: always the same number of steps, from zero, in the
 * order of the samples.  The same samples give the same weights to the bit.
 *
 * A bucket that no sample has is never touched and stays 0.
 */
#include <math.h>

#include "fit.h"

#define STEPS 300
#define RATE 0.05
#define POLL_SAMPLES 256
#define HALF_TURN 3.14159265358979323846

void
fs_fit_predict(const FsFit *fit, const FsSample *s, double p[3])
{
	double top;
	double sum = 0;

	for (int k = 0; k < 3; k++)
		p[k] = fit->bias[k];
	for (int i = 0; i < s->n; i++)
		for (int k = 0; k < 3; k++)
			p[k] += fit->weights[s->items[i].bucket * 3 + k] * (s->items[i].value / (double) FS_FEATURE_ONE);
	top = p[0] > p[1] ? p[0] : p[1];
	top = top > p[2] ? top : p[2];
	for (int k = 0; k < 3; k++)
		sum += p[k] = exp(p[k] - top);
	for (int k = 0; k < 3; k++)
		p[k] /= sum;
}

/* What a fit works on. */
typedef struct Work
{
	FsFit  *fit;
	size_t	size; /* weights */
	double *gradient;
	float  *mean;
	float  *square;
	double	bias_gradient[3];
	double	bias_mean[3];
	double	bias_square[3];
} Work;

/* Gradient of the loss at the present weights. */
static void
find_gradient(Work *w, FsArena *arena, const FsSample *samples, int n, double c)
{
	for (size_t i = 0; i < w->size; i++)
		w->gradient[i] = w->fit->weights[i] / c;
	memset(w->bias_gradient, 0, sizeof(w->bias_gradient));
	for (int i = 0; i < n; i++)
	{
		double p[3];

		if (i % POLL_SAMPLES == 0)
			fs_poll(arena);
		fs_fit_predict(w->fit, &samples[i], p);
		p[samples[i].label] -= 1;
		for (int k = 0; k < 3; k++)
		{
			p[k] *= samples[i].weight;
			w->bias_gradient[k] += p[k];
		}
		for (int j = 0; j < samples[i].n; j++)
			for (int k = 0; k < 3; k++)
				w->gradient[samples[i].items[j].bucket * 3 + k] += p[k] * samples[i].items[j].value / FS_FEATURE_ONE;
	}
}

/* A step of Adam. */
static void
take_step(Work *w, int step)
{
	double rate = RATE * 0.5 * (1 + cos(HALF_TURN * (step - 1) / STEPS));
	double correct1 = 1 - pow(0.9, step);
	double correct2 = 1 - pow(0.999, step);

	for (size_t i = 0; i < w->size; i++)
	{
		double gradient = w->gradient[i];

		if (gradient == 0 && w->mean[i] == 0)
			continue;
		w->mean[i] = (float) (0.9 * w->mean[i] + 0.1 * gradient);
		w->square[i] = (float) (0.999 * w->square[i] + 0.001 * gradient * gradient);
		w->fit->weights[i] -= (float) (rate * (w->mean[i] / correct1) / (sqrt(w->square[i] / correct2) + 1e-8));
	}
	for (int k = 0; k < 3; k++)
	{
		w->bias_mean[k] = 0.9 * w->bias_mean[k] + 0.1 * w->bias_gradient[k];
		w->bias_square[k] = 0.999 * w->bias_square[k] + 0.001 * w->bias_gradient[k] * w->bias_gradient[k];
		w->fit->bias[k] -= rate * (w->bias_mean[k] / correct1) / (sqrt(w->bias_square[k] / correct2) + 1e-8);
	}
}

FsFit
fs_fit(FsArena *arena, const FsSample *samples, int n, uint32_t buckets, double c)
{
	size_t size = (size_t) buckets * 3;
	FsFit  fit = { buckets, fs_alloc0(arena, size * sizeof(float)), { 0 } };
	Work   work = { .fit = &fit,
					.size = size,
					.gradient = fs_alloc(arena, size * sizeof(double)),
					.mean = fs_alloc0(arena, size * sizeof(float)),
					.square = fs_alloc0(arena, size * sizeof(float)) };

	for (int step = 1; step <= STEPS; step++)
	{
		find_gradient(&work, arena, samples, n, c);
		take_step(&work, step);
	}
	return fit;
}

/* To the nearest whole number, halves up. */
static int32_t
nearest(double value)
{
	int32_t down = (int32_t) value;

	down -= down > value; /* (int32_t) cuts toward zero */
	return value - down >= 0.5 ? down + 1 : down;
}

int
fs_fit_scale(const FsFit *fit)
{
	float largest = 0;
	int	  scale;

	for (size_t i = 0; i < (size_t) fit->buckets * 3; i++)
	{
		float size = fit->weights[i] < 0 ? -fit->weights[i] : fit->weights[i];

		largest = size > largest ? size : largest;
	}
	scale = largest > 0 ? (int) (127 / largest) : 127;
	return scale < 1 ? 1 : scale;
}

int32_t
fs_fit_bias(const FsFit *fit, int k)
{
	return nearest(fit->bias[k] * FS_FEATURE_ONE);
}

int
fs_fit_weight(const FsFit *fit, int scale, uint32_t bucket, int k)
{
	return nearest(fit->weights[bucket * 3 + k] * scale);
}
