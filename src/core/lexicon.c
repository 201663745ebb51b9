/*
 * lexicon.c - level 1: lookup in the generated lexicon.
 *
 * Two displaced perfect-hash tables (hash.h).  The first maps a folded word to
 * its entry; a slot holds the word's length and first sixteen bytes, so that
 * most words are proved without touching the string pool.
 * The second maps (state, word) to the next state of a phrase; it is what a
 * trie's edges become, and one probe a step.
 */
#include "hash.h"
#include "lexicon.h"

typedef struct PhraseSlot
{
	uint32_t key;	 /* state << 16 | word; 0: empty */
	uint16_t next;	 /* state, 0: no phrase goes on */
	FsTerm	 phrase; /* that ends here, FS_TERM_NONE: none */
} PhraseSlot;

#include "tables/lexicon.inc"

const char *
fs_entry_text(FsTerm term)
{
	return strings + texts[term];
}

const char *
fs_entry_value(FsTerm term)
{
	return values + fs_entries[term].value;
}

const char *
fs_value_text(FsValue value)
{
	return values + value;
}

uint32_t
fs_lexicon_size(void)
{
	return FS_TERMS;
}

FsFound
fs_lexicon_look(const char *folded, size_t len, uint32_t hash)
{
	const FsWordSlot *slot = fs_lexicon_probe(hash);

	if ((slot->found & 0xFF) != len || slot->first != fs_load(folded, len) ||
		(len > 8 && slot->second != fs_load(folded + 8, len - 8)) ||
		(len > 16 && memcmp(fs_entry_text(fs_found_term(slot->found)), folded, len) != 0))
		return FS_NOT_FOUND;
	return slot->found;
}

FsTerm
fs_lexicon_word(const char *folded, size_t len, uint32_t hash)
{
	return fs_found_term(fs_lexicon_look(folded, len, hash));
}

uint16_t
fs_lexicon_step(uint16_t state, FsTerm word, FsTerm *phrase)
{
	uint32_t		  key = (uint32_t) state << 16 | word;
	uint32_t		  hash = fs_hash_pair(state, word);
	const PhraseSlot *slot = &phrase_slots[fs_slot(hash, phrase_displace, PHRASE_BUCKETS - 1, PHRASE_SLOTS - 1)];

	*phrase = FS_TERM_NONE;
	if (slot->key != key)
		return 0;
	*phrase = slot->phrase;
	return slot->next;
}

/* Words of the term in turn, then the steps of the phrase. */
FsTerm
fs_lexicon_find(const char *term)
{
	FsTerm	 found = FS_TERM_NONE;
	uint16_t state = 0;

	for (const char *p = term; *p;)
	{
		size_t n = strcspn(p, " ");
		FsTerm word = n == 1 && *p == '#' ? FS_TERM_NUMBER : fs_lexicon_word(p, n, fs_hash(p, n));

		if (word == FS_TERM_NONE)
			return FS_TERM_NONE;
		if (p == term)
			found = state = word;
		else if (state == 0)
			return FS_TERM_NONE;
		else
			state = fs_lexicon_step(state, word, &found);
		p += n;
		p += *p == ' ';
	}
	return found;
}
