/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/sightings.h"

#include <stdlib.h>

#include "base/memory.h"
#include "model/vma.h"

static uint64_t hash_mapping(const struct hash_key *key, const struct vma *vma)
{
	const uint64_t words[] = {
		vma->start,
		vma->end,
		vma->offset,
		vma->inode,
		(uint64_t)vma->dev_major << 32 | vma->dev_minor,
		(uint64_t)vma->deleted << 8 | vma->perms,
		(uintptr_t)vma->name, /* equal names have one pointer (procfs/name_pool.h) */
	};

	return keyed_hash(key, words, sizeof(words));
}

uint64_t sightings_hash(const struct sightings *sightings, const struct vma *vmas, size_t count)
{
	uint64_t hash = 1;

	for (size_t i = 0; i < count; i++)
		if (vmas[i].inode)
			hash += hash_mapping(&sightings->key, &vmas[i]);
	return hash;
}

static int compare_sightings(const void *left, const void *right)
{
	const struct sighting *a = left, *b = right;
	int order = file_key_compare(&a->key, &b->key);

	return order ? order : a->vma < b->vma ? -1 : a->vma > b->vma;
}

static void add_mapping(const struct hash_key *key, struct sighting *sighting,
			const struct vma *vma)
{
	uint8_t access = vma->perms & PERM_ACCESS;

	sighting->mappings += hash_mapping(key, vma);
	if ((vma->perms & PERM_SHARED) || !access)
		return;
	if (!sighting->perms)
		sighting->vma = vma;
	if ((access & PERM_EXEC) || (sighting->perms && sighting->perms != access))
		sighting->worth_opening = true;
	sighting->perms = access;
}

static void join(struct sighting *to, const struct sighting *from)
{
	to->mappings += from->mappings;
	if (!from->perms)
		return;
	if (from->worth_opening || (to->perms && to->perms != from->perms))
		to->worth_opening = true;
	if (!to->perms)
		to->vma = from->vma;
	to->perms = from->perms;
}

void sightings_collect(struct sightings *sightings, const struct vma *vmas, size_t count)
{
	size_t found = 0, kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (!vmas[i].inode)
			continue;
		if (!(i && vma_same_file(&vmas[i - 1], &vmas[i]))) {
			sightings->items =
				memory_array_grow(sightings->items, found, &sightings->capacity,
						  sizeof(*sightings->items));
			sightings->items[found++] = (struct sighting){
				.key = file_key_of(&vmas[i]),
				.vma = &vmas[i],
			};
		}
		add_mapping(&sightings->key, &sightings->items[found - 1], &vmas[i]);
	}
	if (found)
		qsort(sightings->items, found, sizeof(*sightings->items), compare_sightings);
	for (size_t i = 0; i < found; i++) {
		struct sighting *last = kept ? &sightings->items[kept - 1] : NULL;

		if (last && vma_same_file(last->vma, sightings->items[i].vma))
			join(last, &sightings->items[i]);
		else
			sightings->items[kept++] = sightings->items[i];
	}
	sightings->count = kept;
}

void sightings_finish(struct sightings *sightings)
{
	free(sightings->items);
	sightings->items = NULL;
	sightings->count = sightings->capacity = 0;
}
