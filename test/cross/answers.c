/*
 * answers.c - every answer about the lines of the files named, to be compared
 * between processors.
 *
 * A line of a file is a text, tabs and all.  Printed of each: score,
 * probabilities, confidence, evidence, companies, metrics and the card.
 */
#include "card.h"
#include "document.h"
#include "../unit/unit.h"

static char line[1 << 17];

/* Print what is read in a text. */
static void
print_answers(FsText body)
{
	FsText			  title = { NULL, 0 };
	FsError			  error;
	const FsDocument *document = fs_document_read(unit_arena(), body, title, FS_WANT_ALL, &error);
	FsString		  page = fs_card_html(unit_arena(), document);
	char			  digits[64];

	printf("%d %u %u %u %u %d\n", document->score, document->p.negative, document->p.neutral, document->p.positive,
		   document->confidence, document->mixed);
	for (uint32_t i = 0; i < document->nevidence; i++)
		printf("%u %u %d %d\n", document->evidence[i].span.start, document->evidence[i].span.len,
			   document->evidence[i].rule, document->evidence[i].weight);
	for (uint32_t i = 0; i < document->ncompanies; i++)
		printf("%d %s %d %u %u\n", document->companies[i].company, document->companies[i].symbol,
			   document->companies[i].score, document->companies[i].relevance, document->companies[i].confidence);
	for (uint32_t i = 0; i < document->nmetrics; i++)
	{
		fs_decimal_print(document->metrics[i].value, digits);
		printf("%u %u %s\n", document->metrics[i].span.start, document->metrics[i].span.len, digits);
	}
	fwrite(page.data, 1, page.len, stdout);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
	{
		FILE *file = fopen(argv[i], "r");

		if (file == NULL)
		{
			perror(argv[i]);
			return 1;
		}
		while (fgets(line, sizeof(line), file))
		{
			print_answers(unit_bytes(line, strcspn(line, "\n")));
			unit.arena_open = false;
			while (unit.nblocks > 0)
				free(unit.blocks[--unit.nblocks]);
		}
		fclose(file);
	}
	return 0;
}
