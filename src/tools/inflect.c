/*
 * inflect.c - regular English inflection by spelling, irregular verbs by list.
 *
 * "cut costs" -> cuts costs, cut costs, cutting costs: what follows the first
 * word stays.  Final consonants double after one short vowel in words of up to
 * five letters ("drop" - "dropped"); longer ones that double are listed.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inflect.h"

typedef struct Irregular
{
	char *base;
	char *forms[4];
} Irregular;

static Irregular *irregulars;
static size_t	  nirregulars;

void
add_irregular(const char *base, const char *const forms[4])
{
	irregulars = realloc(irregulars, (nirregulars + 1) * sizeof(Irregular));
	irregulars[nirregulars].base = strdup(base);
	for (int i = 0; i < 4; i++)
		irregulars[nirregulars].forms[i] = strdup(forms[i]);
	nirregulars++;
}

static bool
is_vowel(char c)
{
	return strchr("aeiou", c) != NULL;
}

/* stem (its first len bytes), ending and rest as the next form. */
static int
put(char forms[][FORM_BYTES], int n, const char *stem, size_t len, const char *ending, const char *rest)
{
	if (n < FORMS_MAX)
		snprintf(forms[n], FORM_BYTES, "%.*s%s%s", (int) len, stem, ending, rest);
	return n < FORMS_MAX ? n + 1 : n;
}

/* The word with -s as spelling wants it. */
static int
put_s(char forms[][FORM_BYTES], int n, const char *word, size_t len, const char *rest)
{
	char last = word[len - 1];
	char before = len > 1 ? word[len - 2] : 'a';

	if (last == 's' || last == 'x' || last == 'z' || (last == 'h' && (before == 'c' || before == 's')))
		return put(forms, n, word, len, "es", rest);
	if (last == 'y' && !is_vowel(before))
		return put(forms, n, word, len - 1, "ies", rest);
	return put(forms, n, word, len, "s", rest);
}

/* Variants of an irregular form, '|' between them. */
static int
put_list(char forms[][FORM_BYTES], int n, const char *list, const char *rest)
{
	while (*list)
	{
		size_t len = strcspn(list, "|");

		n = put(forms, n, list, len, "", rest);
		list += len;
		list += *list == '|';
	}
	return n;
}

int
verb_forms(const char *phrase, char forms[FORMS_MAX][FORM_BYTES])
{
	size_t		len = strcspn(phrase, " ");
	const char *rest = phrase + len;
	char		last = phrase[len - 1];
	char		before = len > 1 ? phrase[len - 2] : 'a';
	char		doubled[2] = { last, '\0' };
	int			n = put(forms, 0, phrase, len, "", rest);

	for (size_t i = 0; i < nirregulars; i++)
		if (strlen(irregulars[i].base) == len && memcmp(irregulars[i].base, phrase, len) == 0)
		{
			for (int k = 0; k < 4; k++)
				n = put_list(forms, n, irregulars[i].forms[k], rest);
			return n;
		}
	n = put_s(forms, n, phrase, len, rest);
	if (last == 'y' && !is_vowel(before))
	{
		n = put(forms, n, phrase, len - 1, "ied", rest);
		return put(forms, n, phrase, len, "ing", rest);
	}
	if (last == 'e')
	{
		n = put(forms, n, phrase, len, "d", rest);
		return put(forms, n, phrase, before == 'e' ? len : len - 1, "ing", rest);
	}
	if (len > 2 && len <= 5 && strchr("bdgklmnprt", last) && is_vowel(before) && !is_vowel(phrase[len - 3]) &&
		!(last == 'n' && before == 'e'))
	{
		char with[FORM_BYTES];

		snprintf(with, sizeof(with), "%.*s%s", (int) len, phrase, doubled);
		n = put(forms, n, with, len + 1, "ed", rest);
		return put(forms, n, with, len + 1, "ing", rest);
	}
	n = put(forms, n, phrase, len, "ed", rest);
	return put(forms, n, phrase, len, "ing", rest);
}

int
noun_forms(const char *phrase, char forms[FORMS_MAX][FORM_BYTES])
{
	char		plural[1][FORM_BYTES];
	const char *last = strrchr(phrase, ' ');

	last = last ? last + 1 : phrase;
	put(forms, 0, phrase, strlen(phrase), "", "");
	put_s(plural, 0, last, strlen(last), "");
	snprintf(forms[1], FORM_BYTES, "%.*s%.*s", (int) (last - phrase), phrase, FORM_BYTES / 2, plural[0]);
	return 2;
}
