/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef FILES_SIGHTINGS_H
#define FILES_SIGHTINGS_H

/* The files that VMAs map, each once (model/file_key.h), and whether it is worth opening. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/keyed_hash.h"
#include "model/file_key.h"

struct vma;

/* One file as the VMAs have it. */
struct sighting {
	struct file_key key;
	uint64_t mappings;     /* sum of the hashes of its mappings */
	const struct vma *vma; /* one of its private mappings, else any */
	uint8_t perms;         /* of the first private mapping with access */
	bool worth_opening;
};

/* All zeroes but the key is a valid, empty list. */
struct sightings {
	struct hash_key key;    /* of the hashes: no process shall be able to hide a change */
	struct sighting *items; /* ascending by their keys */
	size_t count, capacity;
};

/* A number that differs when a mapping of a file does, its address or name included. */
uint64_t sightings_hash(const struct sightings *sightings, const struct vma *vmas, size_t count);

/* Replaces the list by that of the files of count VMAs, which it points to. */
void sightings_collect(struct sightings *sightings, const struct vma *vmas, size_t count);

void sightings_finish(struct sightings *sightings);

#endif
