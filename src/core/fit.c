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
 * With dropout each step leaves out features of each sample by chance, the same
 * in every run, and scales the others up, so that the sum is expected to stay: no
 * weight may rely on the others of its sample, and words that say the same
 * share what they say (Wager, Wang and Liang, "Dropout training as adaptive
 * regularization", 2013).
 *
 * A bucket that no sample has is never touched and stays 0.
 */
#include <math.h>

#include "feature_parts.h"
#include "fit.h"

#define STEPS 300
#define RATE 0.05
#define POLL_SAMPLES 256
#define HALF_TURN 3.14159265358979323846

/* Which features of which sample a step leaves out. */
typedef struct Dropout
{
	uint32_t below; /* hashes below leave out */
	uint32_t step;
	uint32_t sample;
	double	 unit; /* what a value's 1 is worth: the features that stay make up for the others */
} Dropout;

static inline bool
is_dropped(const Dropout *dropout, uint32_t bucket)
{
	return dropout->below > 0 && fs_feature_hash(dropout->step, dropout->sample, bucket) < dropout->below;
}

static void
predict(const FsFit *fit, const FsSample *s, const Dropout *dropout, double p[3])
{
	double top;
	double sum = 0;

	for (int k = 0; k < 3; k++)
		p[k] = fit->bias[k];
	for (int i = 0; i < s->n; i++)
	{
		double value = s->items[i].value * dropout->unit;

		if (!is_dropped(dropout, s->items[i].bucket))
			for (int k = 0; k < 3; k++)
				p[k] += fit->weights[s->items[i].bucket * 3 + k] * value;
	}
	top = p[0] > p[1] ? p[0] : p[1];
	top = top > p[2] ? top : p[2];
	for (int k = 0; k < 3; k++)
		sum += p[k] = exp(p[k] - top);
	for (int k = 0; k < 3; k++)
		p[k] /= sum;
}

void
fs_fit_predict(const FsFit *fit, const FsSample *s, double p[3])
{
	static const Dropout none = { .unit = 1.0 / FS_FEATURE_ONE };

	predict(fit, s, &none, p);
}

struct FsFitWork
{
	FsArena	 *arena;
	FsFit	  fit;
	int		  steps;
	float	  limit; /* size of a weight, at most */
	Dropout	  dropout;
	size_t	  size; /* weights */
	uint32_t  nused;
	uint32_t *used; /* buckets that a sample has, rising */
	double	 *gradient;
	float	 *mean;
	float	 *square;
	double	  bias_gradient[3];
	double	  bias_mean[3];
	double	  bias_square[3];
};

/* Gradient of the loss at the present weights. */
static void
find_gradient(FsFitWork *w, const FsSample *samples, int n, double c)
{
	for (uint32_t u = 0; u < w->nused; u++)
		for (size_t i = w->used[u] * 3; i < w->used[u] * 3 + 3; i++)
			w->gradient[i] = w->fit.weights[i] / c;
	memset(w->bias_gradient, 0, sizeof(w->bias_gradient));
	for (int i = 0; i < n; i++)
	{
		double p[3];

		if (i % POLL_SAMPLES == 0)
			fs_poll(w->arena);
		w->dropout.sample = (uint32_t) i;
		predict(&w->fit, &samples[i], &w->dropout, p);
		p[samples[i].label] -= 1;
		for (int k = 0; k < 3; k++)
		{
			p[k] *= samples[i].weight;
			w->bias_gradient[k] += p[k];
		}
		for (int j = 0; j < samples[i].n; j++)
		{
			const FsFeature *feature = &samples[i].items[j];

			if (!is_dropped(&w->dropout, feature->bucket))
				for (int k = 0; k < 3; k++)
					w->gradient[feature->bucket * 3 + k] += p[k] * feature->value * w->dropout.unit;
		}
	}
}

static inline float
clamp(float weight, float limit)
{
	return weight > limit ? limit : weight < -limit ? -limit : weight;
}

/* A step of Adam. */
static void
take_step(FsFitWork *w, int step)
{
	double rate = RATE * 0.5 * (1 + cos(HALF_TURN * (step - 1) / w->steps));
	double correct1 = 1 - pow(0.9, step);
	double correct2 = 1 - pow(0.999, step);

	for (uint32_t u = 0; u < w->nused; u++)
		for (size_t i = w->used[u] * 3; i < w->used[u] * 3 + 3; i++)
		{
			double gradient = w->gradient[i];

			w->mean[i] = (float) (0.9 * w->mean[i] + 0.1 * gradient);
			w->square[i] = (float) (0.999 * w->square[i] + 0.001 * gradient * gradient);
			w->fit.weights[i] -= (float) (rate * (w->mean[i] / correct1) / (sqrt(w->square[i] / correct2) + 1e-8));
			w->fit.weights[i] = clamp(w->fit.weights[i], w->limit);
		}
	for (int k = 0; k < 3; k++)
	{
		w->bias_mean[k] = 0.9 * w->bias_mean[k] + 0.1 * w->bias_gradient[k];
		w->bias_square[k] = 0.999 * w->bias_square[k] + 0.001 * w->bias_gradient[k] * w->bias_gradient[k];
		w->fit.bias[k] -= rate * (w->bias_mean[k] / correct1) / (sqrt(w->bias_square[k] / correct2) + 1e-8);
	}
}

FsFitWork *
fs_fit_start(FsArena *arena, uint32_t buckets)
{
	FsFitWork *w = fs_alloc0(arena, sizeof(FsFitWork));

	w->arena = arena;
	w->steps = STEPS;
	w->limit = INFINITY;
	fs_fit_dropout(w, 0);
	w->size = (size_t) buckets * 3;
	w->fit.buckets = buckets;
	w->fit.weights = fs_alloc(arena, w->size * sizeof(float));
	w->used = fs_alloc(arena, buckets * sizeof(uint32_t));
	w->gradient = fs_alloc(arena, w->size * sizeof(double));
	w->mean = fs_alloc(arena, w->size * sizeof(float));
	w->square = fs_alloc(arena, w->size * sizeof(float));
	return w;
}

void
fs_fit_steps(FsFitWork *w, int steps)
{
	w->steps = steps;
}

void
fs_fit_limit(FsFitWork *w, double limit)
{
	w->limit = (float) limit;
}

void
fs_fit_dropout(FsFitWork *w, int percent)
{
	w->dropout.below = (uint32_t) (UINT64_C(0x100000000) * (uint64_t) percent / 100);
	w->dropout.unit = 100.0 / (100 - percent) / FS_FEATURE_ONE;
}

/* The buckets that the samples have: only they have a gradient. */
static void
find_used(FsFitWork *w, const FsSample *samples, int n)
{
	memset(w->gradient, 0, w->size * sizeof(double));
	for (int i = 0; i < n; i++)
		for (int j = 0; j < samples[i].n; j++)
			w->gradient[(size_t) samples[i].items[j].bucket * 3] = 1;
	w->nused = 0;
	for (uint32_t bucket = 0; bucket < w->fit.buckets; bucket++)
		if (w->gradient[(size_t) bucket * 3] != 0)
			w->used[w->nused++] = bucket;
}

const FsFit *
fs_fit_run(FsFitWork *w, const FsSample *samples, int n, double c)
{
	memset(w->fit.weights, 0, w->size * sizeof(float));
	memset(w->fit.bias, 0, sizeof(w->fit.bias));
	memset(w->mean, 0, w->size * sizeof(float));
	memset(w->square, 0, w->size * sizeof(float));
	memset(w->bias_mean, 0, sizeof(w->bias_mean));
	memset(w->bias_square, 0, sizeof(w->bias_square));
	find_used(w, samples, n);
	for (int step = 1; step <= w->steps; step++)
	{
		w->dropout.step = (uint32_t) step;
		find_gradient(w, samples, n, c);
		take_step(w, step);
	}
	return &w->fit;
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
