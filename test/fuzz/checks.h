/*
 * checks.h - what holds of every document, whatever its bytes.
 */
#ifndef FUZZ_CHECKS_H
#define FUZZ_CHECKS_H

#include "document.h"
#include "fuzz.h"
#include "knowledge.h"

/* Sentences: title's first, in order, apart, scores in range. */
static inline void
check_sentences(const FsDocument *d)
{
	uint32_t end = 0;
	bool	 title = true;

	for (uint32_t i = 0; i < d->nsentences; i++)
	{
		const FsSentenceInfo *s = &d->sentences[i];

		if (title && !(s->flags & FS_S_TITLE))
		{
			title = false;
			end = 0;
		}
		MUST(title == ((s->flags & FS_S_TITLE) != 0));
		MUST(inside(title ? d->title : d->body, s->span));
		MUST(s->span.len > 0 && s->span.start >= end);
		MUST(s->score >= -FS_SCORE_ONE && s->score <= FS_SCORE_ONE);
		end = fs_span_end(s->span);
	}
}

/* Evidence lies in the text and adds up to the score within 1 (1/10000). */
static inline void
check_evidence(const FsDocument *d)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < d->nevidence; i++)
	{
		const FsEvidence *e = &d->evidence[i];
		bool			  title = e->sentence != UINT32_MAX &&
					 (MUST(e->sentence < d->nsentences), (d->sentences[e->sentence].flags & FS_S_TITLE) != 0);

		MUST(inside(title ? d->title : d->body, e->span));
		sum += e->weight;
	}
	MUST(sum - d->score <= 1 && d->score - sum <= 1);
}

/* Companies, metrics, quantities. */
static inline void
check_extraction(const FsDocument *d)
{
	for (uint32_t i = 0; i < d->ncompanies; i++)
	{
		const FsDocumentCompany *c = &d->companies[i];

		MUST(inside(d->body, c->first));
		MUST(c->score >= -FS_SCORE_ONE && c->score <= FS_SCORE_ONE);
		MUST(c->relevance <= 1000 && c->confidence <= 1000);
		if (c->company >= FS_COMPANY_OWN)
			MUST(d->knowledge && (uint32_t) (c->company - FS_COMPANY_OWN) < d->knowledge->own->ncompanies);
		else
			MUST(c->company >= 0 ? (uint32_t) c->company < fs_company_count()
								 : memchr(c->symbol, 0, sizeof(c->symbol)) != NULL);
	}
	for (uint32_t i = 0; i < d->nmetrics; i++)
	{
		const FsMetric *m = &d->metrics[i];

		MUST(inside(d->body, m->span) && inside(d->body, m->period) && inside(d->body, m->prior_period));
		MUST(m->name != NULL || inside(d->body, m->name_span));
		MUST(m->unit != FS_UNIT_COUNT || inside(d->body, m->noun));
	}
	for (uint32_t i = 0; i < d->nquantities; i++)
	{
		MUST(inside(d->body, d->quantities[i].quantity.span));
		MUST(i == 0 || d->quantities[i].quantity.span.start >= d->quantities[i - 1].quantity.span.start);
	}
}

/* All of it. */
static inline void
check_document(const FsDocument *d)
{
	MUST(d->score >= -FS_SCORE_ONE && d->score <= FS_SCORE_ONE);
	MUST(d->p.negative + d->p.neutral + d->p.positive == 65536);
	MUST(d->confidence <= 1000);
	check_sentences(d);
	check_evidence(d);
	check_extraction(d);
}

#endif /* FUZZ_CHECKS_H */
