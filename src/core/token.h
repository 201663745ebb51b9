/*
 * token.h - level 2: the tokenizer behind scan.h, one token at a time.
 *
 * The three files of the scanner share this state: markup.c skips tags,
 * token.c cuts tokens, scan.c groups them into sentences.
 */
#ifndef FS_TOKEN_H
#define FS_TOKEN_H

#include "scan.h"

struct FsScan
{
	FsArena	   *arena;
	FsText		text;
	const char *p;			   /* next byte to read */
	const char *end;		   /* one past the last byte to read */
	const char *plain_end;	   /* plain words begin before it, token_plain.c */
	const char *polled;		   /* where poll was last called */
	const char *next_tag_end;  /* the '>' last found */
	const char *no_tag_end;	   /* from here on there is no '>' (NULL: not known) */
	const char *no_script_end; /* from here on there is no closing tag of the kind sought */
	const char *token_end;	   /* end of the last token */
	/* what lay between the last token and the one returned */
	int	 lines; /* line breaks; a block tag counts as two */
	bool space;
	bool hyphen; /* a single hyphen that joins */
	bool padded; /* FS_PLAIN_ROOM blanks stand behind the text */
	/* sentence state, scan.c */
	uint32_t index;
	unsigned kinds;			/* bits of the sentence's token kinds */
	uint32_t sentence_end;	/* byte offset behind its last token */
	bool	 pending;		/* next is read already and begins the next sentence */
	int		 pending_lines; /* line breaks before it */
	bool	 post;			/* the text is a post: FS_S_POST */
	uint32_t next_end;		/* byte offset behind it */
	FsToken	 next;
	uint8_t	 next_trait;
	uint8_t	 trait; /* FsTraits of the token read last by fs_token_next */
	uint8_t	 traits[FS_SENTENCE_TOKENS + 8];
	FsToken	 tokens[FS_SENTENCE_TOKENS + 2];
};

/* Cut the next token; false at the end of the text. */
extern bool fs_token_next(FsScan *scan, FsToken *token);

/*
 * Cut a run of plain tokens from the n-th on, at most room; returns their
 * number, perhaps 0, and the bits of their kinds.  No sentence ends within such
 * a run.
 */
extern int fs_read_plain(FsScan *scan, int n, int room, unsigned *kinds);

/* So much text from a plain token's begin on can be loaded unasked. */
#define FS_PLAIN_ROOM 24

/* Poll here, and let plain words be read up to where the next poll is due. */
static inline void
fs_scan_polled(FsScan *scan, const char *at)
{
	const char *due = scan->end - at > FS_POLL_BYTES ? at + FS_POLL_BYTES : scan->end;

	scan->polled = at;
	if (scan->padded)
		scan->plain_end = scan->end;
	else
		scan->plain_end = due - scan->text.data > FS_PLAIN_ROOM ? due - FS_PLAIN_ROOM : scan->text.data;
}

/* Call the host's poll if FS_POLL_BYTES have passed. */
static inline void
fs_scan_poll(FsScan *scan, const char *at)
{
	if (at - scan->polled >= FS_POLL_BYTES)
	{
		fs_scan_polled(scan, at);
		fs_poll(scan->arena);
	}
}

typedef enum FsMarkup
{
	FS_NO_MARKUP,
	FS_MARKUP_INLINE, /* a separator */
	FS_MARKUP_BLOCK,  /* a paragraph's end */
} FsMarkup;

/* At '<': skip a tag, comment, declaration, script or style body. */
extern FsMarkup fs_skip_tag(FsScan *scan);

/*
 * At '&': the bytes of a character reference, 0 if there is none; *ch is the
 * ASCII character it stands for (' ' for all but & - ' ").
 */
extern size_t fs_character_reference(const char *p, const char *end, char *ch);

#endif /* FS_TOKEN_H */
