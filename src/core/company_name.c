/*
 * company_name.c - level 3: the words of a name, as the tables and their
 * generator see them.
 */
#include "company_hash.h"

int
fs_name_token(const FsSentence *sentence, int token, uint32_t *hash, char *word, size_t *n)
{
	const FsToken *t = &sentence->tokens[token];

	*n = 0;
	if (t->kind == FS_PUNCT)
	{
		if (t->ch == '&')
		{
			memcpy(word, "and", *n = 3);
			*hash = fs_hash(word, 3);
			return 1;
		}
		if (t->ch == '\'' && token + 1 < sentence->ntokens && fs_token_is(sentence->text, t + 1, "s"))
		{
			memcpy(word, "'s", *n = 2);
			*hash = fs_hash(word, 2);
			return 2;
		}
		return t->ch == '.' || t->ch == '!' ? 1 : 0;
	}
	if ((t->kind != FS_WORD && t->kind != FS_NUMBER && t->kind != FS_SYMBOL) || t->foldlen == 0)
		return 0;
	*hash = t->hash;
	*n = fs_token_fold(sentence->text, t, word);
	return 1;
}
