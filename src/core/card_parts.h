/*
 * card_parts.h - level 10: the parts of the card, one function a section.
 *
 * Every part appends complete HTML elements to the page.  Text of the document
 * passes fs_append_html and nothing else; all the rest is ASCII.
 */
#ifndef FS_CARD_PARTS_H
#define FS_CARD_PARTS_H

#include "document.h"
#include "highlight.h"
#include "insight.h"
#include "label.h"

/* What a page shows of a long document; what is left out is counted in a note. */
#define CARD_TEXT_BYTES (200 * 1024)
#define CARD_COMPANIES 24
#define CARD_METRICS 60
#define CARD_INSIGHTS 48
#define CARD_HORIZONS 16

typedef struct Page
{
	FsArena			 *arena;
	FsString		  out;
	const FsDocument *document; /* NULL: a report */
} Page;

/* card_style.c: the style sheet, terminated. */
extern const char fs_card_style[];

/* card.c: append what is ASCII and ours; a span of the body, escaped. */
extern void fs_card_put(Page *page, const char *html);
extern void fs_card_text(Page *page, FsText text);
extern void fs_card_span(Page *page, FsSpan span);

/* At most so many bytes of a text, escaped, cut between words. */
extern void fs_card_short(Page *page, FsText text, uint32_t max);

/* Everything up to the page's content: the title, at most so many bytes of it, and what the style sheet adds. */
extern void fs_card_head(Page *page, FsText title, uint32_t max, const char *style);

/* "+0.78", with the exact value in its element; 1/10000. */
extern void fs_card_score(Page *page, int32_t score);

/* "pos", "neg" or "neu": the class of a score's colour. */
extern const char *fs_card_tone(int32_t score);

/* "3 more companies are not shown." when shown < all. */
extern void fs_card_more(Page *page, uint32_t shown, uint32_t all, const char *what);

/* card_graphics.c */
extern void fs_card_gauge(Page *page, int32_t score);
extern void fs_card_mix(Page *page);
extern void fs_card_bar(Page *page, int32_t score);
extern void fs_card_timeline(Page *page, const FsInsight *insights, uint32_t n);

/* card_number.c: a count with commas between its thousands. */
extern void fs_card_count(Page *page, uint64_t n);

/* Amounts as people write them, "$1.23 bn". */
extern void fs_card_amount(Page *page, FsDecimal value, FsUnitKind unit, const char *currency, FsSpan noun);

/* card_tables.c */
extern void fs_card_companies(Page *page);
extern void fs_card_metrics(Page *page);

/* card_insights.c */
extern void fs_card_insights(Page *page);

/* What a kind is called on the page. */
extern const char *fs_card_kind(FsInsightKind kind);

/* "3&ndash;6 months" */
extern void fs_card_months(Page *page, const FsInsight *insight);

/* card_text.c */
extern void fs_card_evidence_text(Page *page);

#endif /* FS_CARD_PARTS_H */
