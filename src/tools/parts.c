/*
 * parts.c - parts of headlines that have several labels, as more to learn from.
 *
 * A headline that is good for one company and bad for another has no
 * label, but its parts have: "Brinova gains; Oakline hits a low" is "Brinova
 * gains" and "Oakline hits a low".  A part begins at ; , : and at the words
 * below; parts without a name go with the one before.
 */
#include <string.h>

#include "parts.h"

#define PART_WORDS 3 /* fewer say nothing */

/* Words that begin a part of a headline. */
static const char *const part_words[] = { "while", "but", "as", "and" };

/* Bytes of what parts two pieces here, 0 if nothing does; a word stands between blanks. */
static size_t
parting(const char *p)
{
	if (*p == ';' || *p == ',' || *p == ':')
		return 1;
	if (*p != ' ')
		return 0;
	for (size_t i = 0; i < sizeof(part_words) / sizeof(part_words[0]); i++)
	{
		size_t n = strlen(part_words[i]);

		if (strncmp(p + 1, part_words[i], n) == 0 && p[n + 1] == ' ')
			return n + 1;
	}
	return 0;
}

/* The label of the names in the piece: -1 none, -2 several. */
static int
label_in(const char *piece, const LabelledName *names, int n)
{
	int label = -1;

	for (int i = 0; i < n; i++)
		if (strcasestr(piece, names[i].name))
		{
			if (label >= 0 && label != names[i].label)
				return -2;
			label = names[i].label;
		}
	return label;
}

/* Give what was gathered, and begin anew. */
static void
give_part(char *part, size_t *used, int *label, TakePart take, void *ctx)
{
	int words = 0;

	part[*used] = '\0';
	for (size_t i = 0; i < *used; i++)
		words += part[i] != ' ' && (i == 0 || part[i - 1] == ' ');
	if (*label >= 0 && words >= PART_WORDS)
		take(ctx, part, *label);
	*used = 0;
	*label = -1;
}

void
cut_headline(const char *text, const LabelledName *names, int n, TakePart take, void *ctx)
{
	char   part[PART_BYTES];
	char   piece[PART_BYTES];
	size_t used = 0;
	int	   label = -1;

	if (strlen(text) + 2 >= PART_BYTES)
		return;
	while (*text)
	{
		size_t length = 0;
		int	   found;

		while (text[length] && !parting(text + length))
			length++;
		memcpy(piece, text, length);
		piece[length] = '\0';
		text += length + parting(text + length);
		while (*text == ' ')
			text++;
		found = label_in(piece, names, n);
		if (found == -2 || (found >= 0 && label >= 0 && found != label))
			give_part(part, &used, &label, take, ctx);
		if (found == -2)
			continue;
		label = found >= 0 ? found : label;
		if (used > 0)
			part[used++] = ' ';
		memcpy(part + used, piece, length);
		used += length;
	}
	give_part(part, &used, &label, take, ctx);
}
