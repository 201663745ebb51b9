/*
 * token.c - the short path for plain tokens reads as the long one does.
 */
#include "token_letters.h"
#include "unit.h"

static uint32_t seed;

/* A number below n; the same in every run. */
static uint32_t
below(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

/* What texts are made of: what is plain, and what makes plain things something else. */
static const char *const pieces[] = {
	"a",
	"A",
	"the",
	"Profit",
	"CEO",
	"McDonald",
	"rose",
	"international",
	"telecommunication",
	"counterrevolutionary",
	"I",
	"U",
	"s",
	"S",
	"'s",
	"'S",
	"n't",
	"'",
	"''",
	"\"",
	"http",
	"https",
	"www",
	"://",
	".com",
	"@",
	"#",
	"#1",
	"$",
	"$A",
	"$5",
	"%",
	"&",
	"&amp;",
	"&rsquo;",
	"<",
	">",
	"<b>",
	"<br>",
	"<JNJ.N>",
	"(",
	")",
	"[",
	"]",
	"{",
	"}",
	"-",
	"--",
	"- ",
	" -",
	" ",
	"  ",
	" ",
	" ",
	" ",
	"\n",
	"\r\n",
	"\t",
	".",
	"...",
	". ",
	", ",
	",",
	";",
	":",
	": ",
	"!",
	"?",
	"/",
	"|",
	"=",
	"+",
	"*",
	"_",
	"`",
	"^",
	"~",
	"\\",
	"\x7F",
	"\x01",
	"0",
	"1",
	"12",
	"1,234",
	"0.5",
	"2024",
	"1234567",
	"12345678",
	"123456789012345678",
	"5m",
	"8.7mn",
	"EUR98",
	"Q1",
	"7203.T",
	"0 .98",
	"1 ,234",
	"1'234",
	"\xC3\xA9",
	"\xC3\x89",
	"\xE2\x80\x99s",
	"\xE2\x80\x94",
	"\xCC\x81",
	"\xE2\x82\xAC",
	"\xF0",
	"\x80",
	"\xFF",
	"\xEF\xBC\x95",
};

#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

/* A text of n pieces, in memory of exactly its size. */
static FsText
random_text(uint32_t n)
{
	char   buffer[4096];
	size_t len = 0;
	char  *data;

	for (uint32_t i = 0; i < n; i++)
	{
		const char *piece = pieces[below(PIECES)];
		size_t		size = strlen(piece);

		if (len + size > sizeof(buffer))
			break;
		memcpy(buffer + len, piece, size);
		len += size;
	}
	data = unit_alloc(NULL, len);
	memcpy(data, buffer, len);
	return (FsText){ data, (uint32_t) len };
}

/*
 * Read a text by sentences, and token by token without the short path; both
 * must give the same tokens, but for sentences of nothing but punctuation,
 * which are left out.
 */
static bool
reads_the_same(FsText text)
{
	static char		   block[65536] __attribute__((aligned(16)));
	static const FsEnv env = { unit_alloc, NULL, NULL };
	FsArena			   arena;
	FsScan			  *scan;
	FsScan			  *slow;
	FsSentence		   sentence;
	FsToken			   token;

	fs_arena_init(&arena, &env, block, sizeof(block));
	scan = fs_scan_start(&arena, text, 0, text.len);
	slow = fs_scan_start(&arena, text, 0, text.len);
	while (fs_scan_next(scan, &sentence))
		for (int i = 0; i < sentence.ntokens; i++)
		{
			const FsToken *got = &sentence.tokens[i];

			do
				if (!fs_token_next(slow, &token) || token.start > got->start)
					return false;
			while (token.start < got->start && token.kind == FS_PUNCT);
			if (token.start != got->start || token.hash != got->hash || token.len != got->len ||
				token.term != got->term || token.kind != got->kind || token.flags != got->flags ||
				token.ch != got->ch || token.foldlen != got->foldlen || slow->trait != sentence.traits[i])
				return false;
		}
	while (fs_token_next(slow, &token))
		if (token.kind != FS_PUNCT)
			return false;
	return true;
}

/* Mixed texts, short ones above all: their ends are where reading beyond them would happen. */
static void
plain_tokens_are_those_of_the_long_path(void)
{
	seed = 1;
	for (uint32_t i = 0; i < 30000; i++)
	{
		FsText text = random_text(1 + below(i % 100 == 0 ? 900 : 30));

		if (!reads_the_same(text))
		{
			CHECK_MSG(false, "read otherwise: \"%.*s\"", (int) text.len, text.data);
			return;
		}
	}
}

/* Every byte before, within and behind a word, a figure and punctuation. */
static void
every_byte_beside_a_token(void)
{
	static const char *const frames[] = {
		"a Profit rose",	"a 12 rose",		   "profit's rose",	  "Acme rose. Beta",
		"Acme (rose) Beta", "a $5 rose",		   "well-known name", "said \"no\" now",
		"U.S. up 3.5% now", "no, 1,234 it; is: x", "is it? Yes! No",  "http x",
	};

	for (size_t k = 0; k < sizeof(frames) / sizeof(frames[0]); k++)
		for (size_t at = 0; at <= strlen(frames[k]); at++)
			for (int c = 0; c < 256; c++)
				for (int replaces = 0; replaces < 2 && at + (size_t) replaces <= strlen(frames[k]); replaces++)
				{
					size_t len = strlen(frames[k]) + 1 - (size_t) replaces;
					char   data[32];
					FsText text = { data, (uint32_t) len };

					memcpy(data, frames[k], at);
					data[at] = (char) c;
					memcpy(data + at + 1, frames[k] + at + replaces, len - at - 1);
					if (!reads_the_same(text))
					{
						CHECK_MSG(false, "byte %d at %zu of \"%s\"", c, at, frames[k]);
						return;
					}
				}
}

/* Letters are found without SSE2 as with it. */
static void
letters_on_every_machine(void)
{
	static const char mostly[] = "abcxyzABCXYZ@[`{ ";
	char			  bytes[32];

	seed = 2;
	for (uint32_t i = 0; i < 200000; i++)
	{
		FsLetters a;
		FsLetters b;

		for (size_t k = 0; k < sizeof(bytes); k++)
			bytes[k] = below(12) == 0 ? (char) below(256) : mostly[below(sizeof(mostly) - 1 - (i % 3 == 0 ? 0 : 5))];
		a = fs_letters_portable(bytes);
		b = fs_letters(bytes);
		if (a.len != b.len || a.others != b.others || a.first != b.first || a.second != b.second)
			CHECK_MSG(false, "letters of \"%.16s\"", bytes);
		/* and as one by one */
		for (size_t k = 0; k < a.len && !a.others; k++)
			CHECK(is_letter(bytes[k]) && (char) ((k < 8 ? a.first : a.second) >> 8 * (k % 8)) == (bytes[k] | 0x20));
		CHECK(a.others || a.len == FS_SHORT_WORD || !is_letter(bytes[a.len]));
	}
}

int
main(void)
{
	RUN(plain_tokens_are_those_of_the_long_path);
	RUN(every_byte_beside_a_token);
	RUN(letters_on_every_machine);
	return unit_done();
}
