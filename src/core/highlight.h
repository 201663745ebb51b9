/*
 * highlight.h - level 9: the text with its evidence marked, like ts_headline.
 */
#ifndef FS_HIGHLIGHT_H
#define FS_HIGHLIGHT_H

#include "document.h"

#define FS_FRAGMENTS_MAX 100	   /* most fragments that may be asked for */
#define FS_FRAGMENT_WORDS_MAX 1000 /* most words of a fragment */

typedef struct FsHighlightOptions
{
	FsText	 start_pos; /* marks around good news, default <b> </b> */
	FsText	 stop_pos;
	FsText	 start_neg; /* marks around bad news, default <i> </i> */
	FsText	 stop_neg;
	uint32_t max_fragments; /* 0 (default): the whole text; at most FS_FRAGMENTS_MAX */
	uint32_t max_words;		/* of a fragment, 1 to FS_FRAGMENT_WORDS_MAX, default 35 */
	bool	 tickers;		/* mark companies too */
	bool	 metrics;		/* mark quantities of metrics too */
	bool	 escape;		/* escape & < > " ' of the text, not of the marks */
} FsHighlightOptions;

/*
 * Options as in ts_headline: "StartPos=<b>, MaxFragments=2".  Names are
 * StartPos, StopPos, StartNeg, StopNeg, MaxFragments, MaxWords,
 * HighlightTickers, HighlightMetrics and Escape, case-insensitive; a value
 * that holds a comma or blanks at its ends is quoted with " (doubled inside).
 * Marks may be empty.  false with FS_BAD_OPTION and the place of the unknown
 * name or bad value (of the name when the value is missing).
 */
extern bool fs_highlight_options(FsArena *arena, FsText options, FsHighlightOptions *out, FsError *error);

/*
 * Needs FS_WANT_EVIDENCE, and FS_WANT_COMPANIES, FS_WANT_METRICS as options
 * ask.  Pieces of evidence that overlap are one mark, good or bad by the sum
 * of their weights; a company or number that is no evidence takes the mark of
 * its sentence's score (0 counts as good).  Fragments are joined by " ... ".
 */
extern FsString fs_highlight(FsArena *arena, const FsDocument *document, const FsHighlightOptions *options);

/* A stretch of the body to be marked. */
typedef struct FsMark
{
	uint32_t start; /* bytes */
	uint32_t end;
	int32_t	 weight;	/* sum of the evidence, 1/10000; its sign is the mark's */
	uint32_t evidence;	/* first piece, index into document->evidence */
	uint32_t nevidence; /* 0: a company or number alone */
} FsMark;

/* The marks of the body from front to back, none overlapping; *n of them. */
extern const FsMark *fs_marks(FsArena *arena, const FsDocument *document, bool tickers, bool metrics, uint32_t *n);

/* Append text with & < > " ' as HTML entities. */
extern void fs_append_html(FsArena *arena, FsString *out, const char *data, size_t len);

#endif /* FS_HIGHLIGHT_H */
