/*
 * trained.c - level 6: a sentence model trained by a user, and its bytes.
 *
 * Format 2 of the bytes, numbers little-endian:
 *
 *     offset  size
 *          0     8  "FSMODEL" and a zero byte
 *          8     2  format: 2
 *         10     2  bits of a bucket: 17
 *         12     4  size of everything in bytes
 *         16    32  name of the features that it was trained over (that of the
 *                   compiled model, which they end with), zero bytes behind it
 *         48     4  scale: weights in 1.0
 *         52    12  bias of negative, neutral, positive, in 1/256
 *         64   144  12 x 3 weights of what rules and compiled model say, in 1/65536
 *        208     2  shares of words and forest, in 1/4
 *        210     2  trees of the forest
 *        212     4  their nodes
 *        216     4  buckets that follow
 *        220     -  of each bucket, rising: its distance from the one before (from
 *                   -1) as a varint of 7 bits a byte, low bits first; three
 *                   weights of a byte each
 *          -     -  of each node three bytes (forest.c)
 *     size-8     8  checksum of all before it
 *
 * Buckets whose weights are all 0 are left out, which is most of them.  Every
 * model has exactly one form in bytes: what reading accepts, writing gives again.
 *
 * Whatever bytes pass the checks, computing with them stays within its integers.
 */
#include "hash.h"
#include "trained.h"

#define MAGIC "FSMODEL"
#define FORMAT 2
#define NAME_BYTES 32
#define HEADER_BYTES 220
#define CHECKSUM_BYTES 8
#define VARINT_BYTES 3		/* 21 bits hold any distance */
#define SCALE_MAX 65536		/* of a weight of 127 / 65536: less is none */
#define BIAS_MAX (1 << 16)	/* a logit of 256 */
#define STACK_MAX (1 << 24) /* a weight of 256 */
#define LOGIT_MAX (1 << 20) /* inputs and answers are cut there */
#define STACK_VALUE 2		/* of the compiled model's logits: how little the penalty of training holds them back */

/* ------------------------------------------------------------------ */
/* Features and logits. */

static int32_t
cut(int64_t logit)
{
	return logit > LOGIT_MAX ? LOGIT_MAX : logit < -LOGIT_MAX ? -LOGIT_MAX : (int32_t) logit;
}

void
fs_trained_stack(const FsParse *parse, const FsEvent *events, int nevents, FsLogits compiled, FsFeatures *features)
{
	uint32_t	  first = FS_MODEL_BUCKETS + (parse->sentence->flags & FS_S_PROSE ? 0 : FS_STACK);
	int32_t		  net = fs_events_net(events, nevents);
	int32_t		  up = net > 0 ? net : 0;
	int32_t		  down = net < 0 ? -net : 0;
	const int32_t values[FS_STACK] = { cut(STACK_VALUE * (int64_t) compiled.negative),
									   cut(STACK_VALUE * (int64_t) compiled.neutral),
									   cut(STACK_VALUE * (int64_t) compiled.positive),
									   up * FS_FEATURE_ONE / 100,
									   down * FS_FEATURE_ONE / 100,
									   FS_FEATURE_ONE };

	if (features->n > FS_FEATURES_MAX - FS_STACK)
		features->n = FS_FEATURES_MAX - FS_STACK;
	for (int i = 0; i < FS_STACK; i++)
		features->item[features->n++] = (FsFeature){ first + (uint32_t) i, values[i] };
}

FsLogits
fs_trained_words(const FsTrained *model, const FsFeature *features, int n)
{
	int32_t words[3] = { 0 }; /* as in fs_linear_add, they fit */
	int64_t stack[3] = { 0 }; /* six inputs of 2^20 times 2^24 */
	int64_t logit[3];

	for (int i = 0; i < n; i++)
		for (int k = 0; k < 3; k++)
			if (features[i].bucket < FS_MODEL_BUCKETS)
				words[k] += features[i].value * model->weights[features[i].bucket][k];
			else
				stack[k] += (int64_t) features[i].value * model->stack[features[i].bucket - FS_MODEL_BUCKETS][k];
	for (int k = 0; k < 3; k++)
		logit[k] = words[k] / model->scale + stack[k] / FS_STACK_ONE + model->bias[k];
	return (FsLogits){ cut(logit[0]), cut(logit[1]), cut(logit[2]) };
}

FsLogits
fs_trained_blend(int words_share, int forest_share, FsLogits words, FsLogits forest, FsLogits compiled)
{
	int rest = FS_SHARES - words_share - forest_share;

	return (FsLogits){
		(words_share * words.negative + forest_share * forest.negative + rest * compiled.negative) / FS_SHARES,
		(words_share * words.neutral + forest_share * forest.neutral + rest * compiled.neutral) / FS_SHARES,
		(words_share * words.positive + forest_share * forest.positive + rest * compiled.positive) / FS_SHARES,
	};
}

FsLogits
fs_trained_logits(const FsTrained *model, const FsSight *sight)
{
	FsLogits words = { 0, 0, 0 };

	if (model->words_share > 0)
		words = fs_trained_words(model, sight->features->item, sight->features->n);
	return fs_trained_blend(model->words_share, model->forest_share, words,
							fs_forest_logits(&model->forest, &sight->measures), sight->compiled);
}

/* ------------------------------------------------------------------ */
/* Bytes. */

static void
append_number(FsArena *arena, FsString *out, uint64_t value, int bytes)
{
	char little[8];

	fs_store(little, value);
	fs_append(arena, out, little, (size_t) bytes);
}

static uint32_t
number_at(const char *bytes, int size)
{
	return (uint32_t) fs_load(bytes, (size_t) size);
}

/* Of n bytes; a changed bit changes it, a forger need not be stopped. */
static uint64_t
checksum(const char *bytes, size_t n)
{
	return fs_hash_bytes(n, bytes, n);
}

/* Bytes before the first zero byte. */
static size_t
name_length(const char *name, size_t max)
{
	const char *end = memchr(name, 0, max);

	return end ? (size_t) (end - name) : max;
}

static bool
all_zero(const int8_t weights[3])
{
	return weights[0] == 0 && weights[1] == 0 && weights[2] == 0;
}

void
fs_trained_seal(char *bytes, size_t size)
{
	char number[8];

	fs_store(number, size);
	memcpy(bytes + 12, number, 4);
	if (size >= HEADER_BYTES + CHECKSUM_BYTES)
		fs_store(bytes + size - CHECKSUM_BYTES, checksum(bytes, size - CHECKSUM_BYTES));
}

FsText
fs_trained_write(FsArena *arena, const FsTrained *model, const char *features)
{
	FsString out = { NULL, 0, 0 };
	char	 name[NAME_BYTES] = { 0 };
	uint32_t count = 0;
	uint32_t next = 0; /* behind the bucket written last */

	memcpy(name, features, name_length(features, NAME_BYTES - 1));
	for (uint32_t i = 0; i < FS_MODEL_BUCKETS; i++)
		count += !all_zero(model->weights[i]);
	fs_append(arena, &out, MAGIC, 8);
	append_number(arena, &out, FORMAT, 2);
	append_number(arena, &out, FS_MODEL_BITS, 2);
	append_number(arena, &out, 0, 4); /* size: sealed below */
	fs_append(arena, &out, name, NAME_BYTES);
	append_number(arena, &out, (uint32_t) model->scale, 4);
	for (int k = 0; k < 3; k++)
		append_number(arena, &out, (uint32_t) model->bias[k], 4);
	for (int i = 0; i < FS_STACK_ALL; i++)
		for (int k = 0; k < 3; k++)
			append_number(arena, &out, (uint32_t) model->stack[i][k], 4);
	append_number(arena, &out, model->words_share, 1);
	append_number(arena, &out, model->forest_share, 1);
	append_number(arena, &out, (uint32_t) model->forest.trees, 2);
	append_number(arena, &out, model->forest.nnodes, 4);
	append_number(arena, &out, count, 4);
	for (uint32_t i = 0; i < FS_MODEL_BUCKETS; i++)
	{
		uint32_t distance = i - next;

		if (all_zero(model->weights[i]))
			continue;
		for (; distance > 127; distance >>= 7)
			append_number(arena, &out, (distance & 127) | 128, 1);
		append_number(arena, &out, distance, 1);
		fs_append(arena, &out, (const char *) model->weights[i], 3);
		next = i + 1;
	}
	fs_forest_write(arena, &model->forest, &out);
	append_number(arena, &out, 0, CHECKSUM_BYTES);
	fs_trained_seal(out.data, out.len);
	return (FsText){ out.data, (uint32_t) out.len };
}

/* The fixed part; false if a value is beyond what computing bears. */
static bool
read_numbers(const char *bytes, FsTrained *model)
{
	bool good;

	model->scale = (int32_t) number_at(bytes + 48, 4);
	good = model->scale >= 1 && model->scale <= SCALE_MAX;
	for (int k = 0; k < 3; k++)
	{
		model->bias[k] = (int32_t) number_at(bytes + 52 + 4 * k, 4);
		good &= model->bias[k] >= -BIAS_MAX && model->bias[k] <= BIAS_MAX;
	}
	for (int i = 0; i < FS_STACK_ALL; i++)
		for (int k = 0; k < 3; k++)
		{
			model->stack[i][k] = (int32_t) number_at(bytes + 64 + 4 * (i * 3 + k), 4);
			good &= model->stack[i][k] >= -STACK_MAX && model->stack[i][k] <= STACK_MAX;
		}
	model->words_share = (uint8_t) number_at(bytes + 208, 1);
	model->forest_share = (uint8_t) number_at(bytes + 209, 1);
	return good && model->words_share + model->forest_share <= FS_SHARES;
}

/* The buckets; returns where they end, NULL if they are none. */
static const char *
read_weights(const char *bytes, const char *end, uint32_t count, FsTrained *model)
{
	uint32_t bucket = 0;

	for (; count > 0; count--, bucket++)
	{
		uint32_t distance = 0;
		int		 n = 0;

		do
		{
			if (bytes == end || n == VARINT_BYTES)
				return NULL;
			distance |= (uint32_t) (*bytes & 127) << (7 * n++);
		} while (*bytes++ & 128);
		/* a varint has no empty byte at its end */
		if ((n > 1 && bytes[-1] == 0) || distance >= FS_MODEL_BUCKETS - bucket || end - bytes < 3)
			return NULL;
		bucket += distance;
		memcpy(model->weights[bucket], bytes, 3);
		bytes += 3;
		if (all_zero(model->weights[bucket]))
			return NULL;
	}
	return bytes;
}

/* All behind the name; false if it is not as the format says. */
static bool
read_model(FsArena *arena, const char *bytes, size_t size, FsTrained *model)
{
	const char *end = bytes + size - CHECKSUM_BYTES;
	const char *nodes;
	int			trees = (int) number_at(bytes + 210, 2);
	uint32_t	nnodes = number_at(bytes + 212, 4);

	if (!read_numbers(bytes, model))
		return false;
	nodes = read_weights(bytes + HEADER_BYTES, end, number_at(bytes + 216, 4), model);
	/* they end exactly where the checksum begins */
	return nodes && (size_t) (end - nodes) == (size_t) nnodes * FS_NODE_BYTES &&
		   fs_forest_read(arena, nodes, trees, nnodes, &model->forest);
}

const FsTrained *
fs_trained_read(FsArena *arena, const void *data, size_t size, const char *features, FsModelFault *fault,
				FsText *found)
{
	const char *bytes = data;
	FsTrained  *model;
	size_t		name;

	*fault = FS_MODEL_FOREIGN;
	if (size < 12 || memcmp(bytes, MAGIC, 8) != 0 || number_at(bytes + 8, 2) != FORMAT ||
		number_at(bytes + 10, 2) != FS_MODEL_BITS)
		return NULL;
	*fault = FS_MODEL_CORRUPT;
	if (size < HEADER_BYTES + CHECKSUM_BYTES || number_at(bytes + 12, 4) != size ||
		fs_load(bytes + size - CHECKSUM_BYTES, 8) != checksum(bytes, size - CHECKSUM_BYTES))
		return NULL;
	name = name_length(bytes + 16, NAME_BYTES);
	for (size_t i = name; i < NAME_BYTES; i++)
		if (bytes[16 + i] != 0 || name == NAME_BYTES)
			return NULL;
	if (name != strlen(features) || memcmp(bytes + 16, features, name) != 0)
	{
		*fault = FS_MODEL_FEATURES;
		*found = (FsText){ bytes + 16, (uint32_t) name };
		return NULL;
	}
	model = fs_alloc0(arena, sizeof(FsTrained));
	if (!read_model(arena, bytes, size, model))
		return NULL;
	*fault = FS_MODEL_GOOD;
	return model;
}
