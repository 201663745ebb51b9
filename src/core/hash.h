/*
 * hash.h - level 0: the hash of a folded word and the perfect-hash probe.
 *
 * One hash serves every generated table, so a token is hashed once.  It reads
 * the bytes as little-endian words, whatever the machine, and has no seed:
 * tables built on one machine are the tables of all.
 */
#ifndef FS_HASH_H
#define FS_HASH_H

#include "base.h"

#define FS_HASH_K UINT64_C(0x9E3779B97F4A7C15)

/* Up to eight bytes as a little-endian number, zero above. */
static inline uint64_t
fs_load(const char *p, size_t n)
{
	uint64_t v = 0;

	memcpy(&v, p, n < 8 ? n : 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

/* Store eight bytes so that fs_load reads them back. */
static inline void
fs_store(char *p, uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	memcpy(p, &v, 8);
}

static inline uint64_t
fs_hash_step(uint64_t h, uint64_t word)
{
	h = (h ^ word) * FS_HASH_K;
	return h ^ (h >> 29);
}

static inline uint32_t
fs_hash_end(uint64_t h)
{
	h *= FS_HASH_K;
	return (uint32_t) (h >> 32);
}

/* 64 bits of n bytes, going on from h. */
static inline uint64_t
fs_hash_bytes(uint64_t h, const char *p, size_t n)
{
	for (; n > 8; n -= 8, p += 8)
		h = fs_hash_step(h, fs_load(p, 8));
	return fs_hash_step(h, fs_load(p, n));
}

/* Hash of n folded bytes. */
static inline uint32_t
fs_hash(const char *p, size_t n)
{
	uint64_t h = n;

	while (n > 8)
	{
		h = fs_hash_step(h, fs_load(p, 8));
		p += 8;
		n -= 8;
	}
	return fs_hash_end(fs_hash_step(h, fs_load(p, n)));
}

/* Hash of a pair, for phrase transitions and feature crosses. */
static inline uint32_t
fs_hash_pair(uint32_t a, uint32_t b)
{
	return fs_hash_end(fs_hash_step(1, (uint64_t) b << 32 | a));
}

/*
 * Slot of a hash in a displaced perfect-hash table (Belazzougui, Botelho and
 * Dietzfelbinger, "Hash, displace and compress", 2009): a bucket's
 * displacement moves all its keys to free slots.  It is a shift and a mask at
 * once, which needs no multiplication; keys that agree in the bits of one shift
 * differ in those of another.  Both sizes are powers of two.
 */
static inline uint32_t
fs_slot(uint32_t hash, const uint16_t *displace, uint32_t bucket_mask, uint32_t slot_mask)
{
	uint32_t d = displace[hash & bucket_mask];

	return (hash >> (d & 31) ^ d) & slot_mask;
}

#endif /* FS_HASH_H */
