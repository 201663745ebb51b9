/*
 * number.c - the fuzz target: quantities and horizons over any bytes.
 *
 * Closer to the numbers than the whole document is: every sentence, whatever
 * its tokens, is read for quantities and time horizons.  Spans lie inside the
 * text and in order, a range's ends and every printed value are decimal numbers
 * of the size promised, and comparison agrees with itself.
 */
#include "fuzz.h"
#include "horizon.h"
#include "number.h"
#include "scan.h"

/* A printed value: an optional sign, digits, perhaps a point and more digits. */
static void
check_decimal(FsDecimal value)
{
	char   out[64];
	size_t len = fs_decimal_print(value, out);
	size_t i = len > 0 && out[0] == '-';
	size_t digits = 0;
	bool   point = false;

	MUST(len > 0 && len < sizeof(out) && out[len] == '\0');
	for (; i < len; i++)
	{
		if (out[i] == '.')
		{
			MUST(!point && digits > 0 && i + 1 < len);
			point = true;
		}
		else
		{
			MUST(out[i] >= '0' && out[i] <= '9');
			digits++;
		}
	}
	MUST(digits > 0 && fs_decimal_compare(value, value) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FsQuantity quantities[FS_SENTENCE_TOKENS];
	FsHorizon		  horizons[FS_HORIZONS_MAX];
	FsText			  text = copy_text(data, size);
	FsArena			  arena;
	FsScan			 *scan;
	FsSentence		  sentence;
	uint32_t		  end = 0;

	fs_arena_init(&arena, &env, NULL, 0);
	scan = fs_scan_start(&arena, text, 0, text.len);
	while (fs_scan_next(scan, &sentence))
	{
		int n = fs_quantities_read(&sentence, quantities);

		MUST(n >= 0 && n <= FS_SENTENCE_TOKENS);
		for (int i = 0; i < n; i++)
		{
			const FsQuantity *q = &quantities[i];

			MUST(inside(text, q->span) && q->span.start >= end);
			MUST(q->kind != FS_UNIT_COUNT || inside(text, q->noun));
			end = fs_span_end(q->span);
			check_decimal(q->value);
			if (q->range)
			{
				check_decimal(q->high);
				MUST(fs_decimal_compare(q->value, q->high) == -fs_decimal_compare(q->high, q->value));
			}
		}
		n = fs_horizons_find(&sentence, horizons);
		MUST(n >= 0 && n <= FS_HORIZONS_MAX);
	}
	fuzz_free();
	return 0;
}
