/*
 * displace.h - perfect hashing for the table generators (see core/hash.h).
 */
#ifndef DISPLACE_H
#define DISPLACE_H

#include "hash.h"

typedef struct Displaced
{
	uint32_t  buckets; /* powers of two */
	uint32_t  slots;
	uint16_t *displace;	 /* one a bucket */
	int		 *slot_item; /* index of the hash in a slot, -1: empty */
} Displaced;

/*
 * Place n distinct hashes in distinct slots; the same input gives the same
 * tables.  Exits with a message if two hashes are equal.
 */
extern Displaced displace_all(const uint32_t *hashes, int n);

/* Slots that displace_all takes for n hashes; a quarter as many buckets. */
extern uint32_t displaced_slots(int n);

/* Print the displacements as an array under its declaration. */
extern void print_displacements(const char *declaration, const Displaced *d);

/* Print bytes as a C string literal without its quotes, octal where needed. */
extern void print_escaped(const char *text);

#endif /* DISPLACE_H */
