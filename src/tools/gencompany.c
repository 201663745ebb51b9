/*
 * gencompany.c - build src/core/tables/company*.inc from src/data/company.
 *
 * usage: gencompany DATA_DIR TABLES_DIR
 *
 * Links the core: names are cut and hashed by the scanner that reads news, so
 * that a name matches whatever its spelling makes of it ("Coca-Cola",
 * "Macy's", "3M").  The output depends on the input alone.
 *
 * Names come from names.tsv and plain.tsv (written by hand) and listed.tsv
 * (derived); of two companies with one name the first wins, the hand-written
 * first of all.
 */
#include <stdio.h>
#include <stdlib.h>

#include "gencompany.h"

Company	   *companies;
int			ncompanies;
Name	   *names;
int			nnames;
const char *exchanges[64] = { "" };
int			nexchanges = 1;

/* ---------- memory, strings ---------- */

void *
grab(void *ctx, size_t size)
{
	void *p = calloc(1, size ? size : 1);

	(void) ctx;
	if (!p)
	{
		fputs("out of memory\n", stderr);
		exit(1);
	}
	return p;
}

static char *
copy(const char *s)
{
	char *p = grab(NULL, strlen(s) + 1);

	return strcpy(p, s);
}

/* A set of strings: open addressing, value is an int. */
typedef struct Dict
{
	char   **keys;
	int		*values;
	uint32_t mask;
	uint32_t used;
} Dict;

static int *
dict_at(Dict *d, const char *key, bool add)
{
	uint32_t i;

	if (!d->keys || d->used * 2 > d->mask)
	{
		Dict bigger = { .mask = d->keys ? d->mask * 2 + 1 : 1023 };

		bigger.keys = grab(NULL, (bigger.mask + 1) * sizeof(char *));
		bigger.values = grab(NULL, (bigger.mask + 1) * sizeof(int));
		for (uint32_t k = 0; d->keys && k <= d->mask; k++)
			if (d->keys[k])
				*dict_at(&bigger, d->keys[k], true) = d->values[k];
		free(d->keys);
		free(d->values);
		*d = bigger;
	}
	for (i = fs_hash(key, strlen(key)) & d->mask; d->keys[i]; i = (i + 1) & d->mask)
		if (strcmp(d->keys[i], key) == 0)
			return &d->values[i];
	if (!add)
		return NULL;
	d->keys[i] = copy(key);
	d->values[i] = -1;
	d->used++;
	return &d->values[i];
}

static Dict pool_dict;
char	  **pool;
int			npool;
uint32_t	pool_size;

/* Offset of a string in the pool, added once. */
uint32_t
intern(const char *s)
{
	int *at = dict_at(&pool_dict, s, true);

	if (*at < 0)
	{
		if ((npool & (npool - 1)) == 0)
			pool = realloc(pool, (npool ? npool * 2 : 1) * sizeof(char *));
		pool[npool++] = copy(s);
		*at = (int) pool_size;
		pool_size += strlen(s) + 1;
	}
	return (uint32_t) *at;
}

/* ---------- input ---------- */

/* Split a line at tabs in place; returns the number of fields. */
static int
split(char *line, char **field, int max)
{
	int n = 0;

	line[strcspn(line, "\r\n")] = '\0';
	for (;;)
	{
		char *tab = strchr(line, '\t');

		field[n++] = line;
		if (!tab || n == max)
			return n;
		*tab = '\0';
		line = tab + 1;
	}
}

/* Call row for every line of a TSV file but its header. */
static void
each_row(const char *dir, const char *file, int columns, void (*row)(char **field))
{
	char  path[1024];
	char  line[8192];
	char *field[16];
	FILE *f;
	int	  number = 1;

	snprintf(path, sizeof path, "%s/%s", dir, file);
	if (!(f = fopen(path, "r")) || !fgets(line, sizeof line, f))
	{
		fprintf(stderr, "%s: cannot read\n", path);
		exit(1);
	}
	while (fgets(line, sizeof line, f))
	{
		number++;
		if (split(line, field, 16) != columns)
		{
			fprintf(stderr, "%s:%d: want %d columns\n", path, number, columns);
			exit(1);
		}
		row(field);
	}
	fclose(f);
}

static Dict by_ticker;
static Dict by_name;

static uint8_t
exchange_number(const char *name)
{
	for (int i = 0; i < nexchanges; i++)
		if (strcmp(exchanges[i], name) == 0)
			return (uint8_t) i;
	if (nexchanges == 64)
	{
		fputs("too many exchanges\n", stderr);
		exit(1);
	}
	exchanges[nexchanges] = copy(name);
	return (uint8_t) nexchanges++;
}

/*
 * Fold a name by the scanner.  false if it has no words or too many.  A name
 * that the scanner takes for several sentences is read on to its end.
 */
static bool
fold_name(const char *s, Name *out)
{
	static const FsEnv env = { grab, NULL, NULL };
	FsArena			   arena;
	FsText			   text = { s, (uint32_t) strlen(s) };
	FsScan			  *scan;
	FsSentence		   sentence;
	char			   folded[1024];
	size_t			   len = 0;

	fs_arena_init(&arena, &env, NULL, 0);
	scan = fs_scan_start(&arena, text, 0, text.len);
	out->n = 0;
	while (fs_scan_next(scan, &sentence))
		for (int i = 0; i < sentence.ntokens;)
		{
			uint32_t hash;
			char	 word[FS_WORD_BYTES + 8];
			size_t	 n;
			int		 took = fs_name_token(&sentence, i, &hash, word, &n);

			if (took == 0)
			{
				i++; /* punctuation that is no part of the name */
				continue;
			}
			i += took;
			if (n == 0)
				continue;
			if (out->n == 16 || len + n + 2 > sizeof folded)
				return false;
			if (len)
				folded[len++] = ' ';
			memcpy(folded + len, word, n);
			len += n;
			out->hashes[out->n++] = hash;
		}
	folded[len] = '\0';
	out->text = copy(folded);
	return out->n > 0;
}

/* Add a name; one that another company has already is left out. */
static void
add_name(const char *s, int32_t company, unsigned flags)
{
	Name name = { .company = company, .flags = flags };
	int *at;

	if (!fold_name(s, &name))
		return;
	at = dict_at(&by_name, name.text, true);
	if (*at >= 0)
		return;
	*at = nnames;
	if ((nnames & (nnames - 1)) == 0)
		names = realloc(names, (nnames ? nnames * 2 : 1) * sizeof(Name));
	names[nnames++] = name;
}

/* ticker name exchange country cik isin issuer size names */
static void
listed_row(char **field)
{
	Company c = { .ticker = copy(field[0]) };
	int	   *at = field[0][0] ? dict_at(&by_ticker, field[0], true) : NULL;

	if (at && *at >= 0)
		return;
	if (at)
		*at = ncompanies;
	c.ticker_off = intern(field[0]);
	c.name_off = intern(field[1]);
	c.exchange = exchange_number(field[2]);
	snprintf(c.country, sizeof c.country, "%.2s", field[3]);
	c.cik = (uint32_t) strtoul(field[4], NULL, 10);
	c.isin_off = intern(field[5]);
	c.issuer = ncompanies;
	c.large = field[7][0] && atoi(field[7]) <= 1500;
	if (field[6][0])
	{
		int *issuer = dict_at(&by_ticker, field[6], false);

		if (!issuer)
		{
			fprintf(stderr, "%s: unknown issuer %s\n", field[0], field[6]);
			exit(1);
		}
		c.issuer = companies[*issuer].issuer;
		c.large = companies[*issuer].large;
	}
	if ((ncompanies & (ncompanies - 1)) == 0)
		companies = realloc(companies, (ncompanies ? ncompanies * 2 : 1) * sizeof(Company));
	companies[ncompanies++] = c;
}

/*
 * ticker name exchange country issuer: companies that the lists lack, and
 * listings whose issuer they do not tell; ticker may be empty.
 */
static void
extra_row(char **field)
{
	char *full[9] = { field[0], field[1], field[2], field[3], "", "", field[4], "", "" };
	int	 *at = field[0][0] ? dict_at(&by_ticker, field[0], false) : NULL;
	int	 *issuer = field[4][0] ? dict_at(&by_ticker, field[4], false) : NULL;

	if (at && issuer)
	{
		int old = companies[*at].issuer;

		for (int i = 0; i < ncompanies; i++)
			if (companies[i].issuer == old)
				companies[i].issuer = *issuer;
		return;
	}
	listed_row(full);
}

/* The names of extra.tsv, behind those of names.tsv. */
static void
extra_name_row(char **field)
{
	int *at = field[0][0] ? dict_at(&by_ticker, field[0], false) : NULL;

	if (field[4][0])
		return;
	if (at)
		add_name(field[1], companies[*at].issuer, FS_N_SHORT);
	else
		for (int i = ncompanies - 1; i >= 0; i--)
			if (companies[i].ticker[0] == '\0' && companies[i].name_off == intern(field[1]))
			{
				add_name(field[1], i, FS_N_SHORT);
				return;
			}
}

static Dict by_hand;

/* Note which tickers names.tsv speaks of. */
static void
hand_row(char **field)
{
	*dict_at(&by_hand, field[0], true) = 1;
}

/*
 * Of an issuer's share classes the one that names.tsv speaks of is the primary
 * (VOW3.DE, not VOW.DE), unless it also speaks of the issuer's first.
 */
static void
choose_primaries(void)
{
	for (int i = 0; i < ncompanies; i++)
	{
		int old = companies[i].issuer;

		if (old == i || !dict_at(&by_hand, companies[i].ticker, false) ||
			dict_at(&by_hand, companies[old].ticker, false) || companies[i].exchange != companies[old].exchange)
			continue;
		for (int k = 0; k < ncompanies; k++)
			if (companies[k].issuer == old)
				companies[k].issuer = i;
	}
}

/* ticker name kind */
static void
names_row(char **field)
{
	int		*at;
	unsigned flags = 0;
	char	*kind = field[2];

	at = dict_at(&by_ticker, field[0], false);
	if (!at)
	{
		fprintf(stderr, "names.tsv: unknown ticker %s (%s)\n", field[0], field[1]);
		return;
	}
	for (kind = strtok(kind, " "); kind; kind = strtok(NULL, " "))
	{
		if (strcmp(kind, "short") == 0)
			flags |= FS_N_SHORT;
		else if (strcmp(kind, "alias") == 0)
			flags |= FS_N_ALIAS;
		else if (strcmp(kind, "word") == 0)
			flags |= FS_N_WORD;
		else if (strcmp(kind, "weak") == 0)
			flags |= FS_N_WEAK;
		else if (strcmp(kind, "source") == 0)
			flags |= FS_N_SOURCE;
		else
		{
			fprintf(stderr, "names.tsv: unknown kind %s\n", kind);
			exit(1);
		}
	}
	companies[companies[*at].issuer].large = 1;
	add_name(field[1], companies[*at].issuer, flags);
}

/* name kind */
static void
plain_row(char **field)
{
	add_name(field[0], -1, FS_N_PLAIN | (strcmp(field[1], "agency") == 0 ? FS_N_SOURCE : 0));
}

static const char *data_dir;

/* The derived names of listed.tsv, after all that is written by hand. */
static void
derived_row(char **field)
{
	char *next;
	int	 *at = field[0][0] ? dict_at(&by_ticker, field[0], false) : NULL;

	if (!at || field[6][0])
		return;
	for (char *name = field[8]; name && *name; name = next)
	{
		unsigned flags = FS_N_SHORT;

		if ((next = strchr(name, '|')))
			*next++ = '\0';
		if (*name == '~')
			flags |= FS_N_WORD;
		else if (*name == '!')
			flags |= FS_N_WEAK;
		add_name(name + (*name == '~' || *name == '!'), companies[*at].issuer, flags);
	}
}

Former formers[1024];
int	   nformers;

/*
 * old new date kind: from the date on the symbol is the new one, which may have
 * changed again in a row before; new empty: gone; kind "merged": taken over.
 */
static void
former_row(char **field)
{
	int *at = field[1][0] ? dict_at(&by_ticker, field[1], false) : NULL;
	bool known = at != NULL;
	int	 y = 0, m = 0, d = 0;

	if (nformers == 1024 || (field[2][0] && sscanf(field[2], "%d-%d-%d", &y, &m, &d) != 3))
	{
		fprintf(stderr, "former.tsv: %s: bad date or too many rows\n", field[0]);
		exit(1);
	}
	for (int i = 0; i < nformers && !known; i++)
		known = formers[i].old_off == intern(field[1]);
	if (field[1][0] && !known)
	{
		fprintf(stderr, "former.tsv: unknown ticker %s\n", field[1]);
		return;
	}
	y = y * 10000 + m * 100 + d;
	formers[nformers++] = (Former){ intern(field[0]), intern(field[1]), field[3][0] ? -y : y, at ? *at : -1 };
}

static const char *const context_classes[] = { FS_CONTEXT_NAMES };
static Dict				 context_dict;
uint32_t				 context_hash[4096];
uint32_t				 context_bits[4096];
int						 ncontext;

/* Add classes to a word. */
static void
add_context(const char *word, uint32_t bits)
{
	Name name;
	int *at;

	if (!fold_name(word, &name) || name.n != 1)
		return;
	at = dict_at(&context_dict, name.text, true);
	if (*at < 0)
	{
		if (ncontext == 4096)
		{
			fputs("context.tsv: too many words\n", stderr);
			exit(1);
		}
		*at = ncontext;
		context_hash[ncontext++] = name.hashes[0];
	}
	context_bits[*at] |= bits;
}

/* word classes */
static void
context_row(char **field)
{
	uint32_t bits = 0;

	for (char *c = strtok(field[1], " "); c; c = strtok(NULL, " "))
	{
		size_t k = 0;

		while (k < sizeof context_classes / sizeof *context_classes && strcmp(context_classes[k], c) != 0)
			k++;
		if (k == sizeof context_classes / sizeof *context_classes)
		{
			fprintf(stderr, "context.tsv: unknown class %s\n", c);
			exit(1);
		}
		bits |= UINT32_C(1) << k;
	}
	add_context(field[0], bits);
}

/* symbol: one that is also a word */
static void
wordsymbol_row(char **field)
{
	add_context(field[0], FS_X_ACRONYM);
}

int
main(int argc, char **argv)
{
	if (argc != 3)
	{
		fputs("usage: gencompany DATA_DIR TABLES_DIR\n", stderr);
		return 2;
	}
	data_dir = argv[1];
	intern("");
	each_row(data_dir, "listed.tsv", 9, listed_row);
	each_row(data_dir, "plain.tsv", 2, plain_row);
	each_row(data_dir, "extra.tsv", 5, extra_row);
	each_row(data_dir, "names.tsv", 3, hand_row);
	choose_primaries();
	each_row(data_dir, "names.tsv", 3, names_row);
	each_row(data_dir, "extra.tsv", 5, extra_name_row);
	each_row(data_dir, "listed.tsv", 9, derived_row);
	each_row(data_dir, "former.tsv", 4, former_row);
	each_row(data_dir, "context.tsv", 2, context_row);
	each_row(data_dir, "wordsymbols.tsv", 1, wordsymbol_row);
	write_names(argv[2]);
	write_context(argv[2]);
	write_companies(argv[2]);
	write_pool(argv[2]);
	printf("%d listings, %d names, %u bytes of strings\n", ncompanies, nnames, pool_size);
	return 0;
}
