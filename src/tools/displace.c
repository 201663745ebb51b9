/*
 * displace.c - hash, displace: buckets from the fullest to the emptiest look
 * for the first displacement that moves all their keys to free slots.
 */
#include <stdio.h>
#include <stdlib.h>

#include "displace.h"

#define BUCKET_MAX 64

/* Fuller buckets first, then by number. */
static int
compare_buckets(const void *a, const void *b)
{
	const int *x = a;
	const int *y = b;

	return x[1] != y[1] ? y[1] - x[1] : x[0] - y[0];
}

/* Put a bucket's hashes into free slots under a displacement, or none of them. */
static bool
place(Displaced *d, const uint32_t *hashes, const int *members, int count)
{
	for (int i = 0; i < count; i++)
	{
		uint32_t slot = fs_slot(hashes[members[i]], d->displace, d->buckets - 1, d->slots - 1);

		if (d->slot_item[slot] < 0)
		{
			d->slot_item[slot] = members[i];
			continue;
		}
		while (i-- > 0)
			d->slot_item[fs_slot(hashes[members[i]], d->displace, d->buckets - 1, d->slots - 1)] = -1;
		return false;
	}
	return true;
}

uint32_t
displaced_slots(int n)
{
	uint32_t slots = 64;

	while (slots < (uint32_t) n + (uint32_t) n / 4)
		slots *= 2;
	return slots;
}

Displaced
displace_all(const uint32_t *hashes, int n)
{
	Displaced d;
	int(*order)[2];
	int *next;
	int *head;

	d.slots = displaced_slots(n);
	d.buckets = d.slots / 4;
	d.displace = calloc(d.buckets, sizeof(uint16_t));
	d.slot_item = malloc(d.slots * sizeof(int));
	order = calloc(d.buckets, sizeof(*order));
	head = malloc(d.buckets * sizeof(int));
	next = malloc(((size_t) n + 1) * sizeof(int));
	for (uint32_t i = 0; i < d.slots; i++)
		d.slot_item[i] = -1;
	for (uint32_t b = 0; b < d.buckets; b++)
	{
		order[b][0] = (int) b;
		head[b] = -1;
	}
	for (int i = n - 1; i >= 0; i--)
	{
		uint32_t bucket = hashes[i] & (d.buckets - 1);

		order[bucket][1]++;
		next[i] = head[bucket];
		head[bucket] = i;
	}
	qsort(order, d.buckets, sizeof(*order), compare_buckets);
	for (uint32_t k = 0; k < d.buckets && order[k][1] > 0; k++)
	{
		int		 bucket = order[k][0];
		int		 members[BUCKET_MAX];
		int		 count = 0;
		uint32_t try = 0;

		for (int i = head[bucket]; i >= 0 && count < BUCKET_MAX; i = next[i])
			members[count++] = i;
		do
			d.displace[bucket] = (uint16_t) try;
		while (!place(&d, hashes, members, count) && ++try < 65536);
		if (try == 65536 || count == BUCKET_MAX)
		{
			fprintf(stderr, "no displacement for a bucket of %d: two equal hashes?\n", count);
			exit(1);
		}
	}
	free(order);
	free(head);
	free(next);
	return d;
}

void
print_displacements(const char *declaration, const Displaced *d)
{
	printf("%s = {", declaration);
	for (uint32_t i = 0; i < d->buckets; i++)
		printf("%s%u,", i % 16 == 0 ? "\n\t" : " ", d->displace[i]);
	printf("\n};\n\n");
}

void
print_escaped(const char *text)
{
	for (const char *p = text; *p; p++)
		if ((unsigned char) *p >= 128 || *p == '"' || *p == '\\')
			printf("\\%03o", (unsigned char) *p);
		else
			putchar(*p);
}
