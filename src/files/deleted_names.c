/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/deleted_names.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "files/scout.h"
#include "model/file_key.h"

#define SUFFIX_LENGTH (sizeof(DELETED_SUFFIX) - 1)
#define CHECK_EVERY   64 /* samples after which nothing is taken from the last one */
#define NEAR          8  /* decisions that may have gone in between; more are made anew */

static bool has_suffix(const char *name, size_t length)
{
	return name[0] == '/' && length > SUFFIX_LENGTH &&
	       memcmp(name + length - SUFFIX_LENGTH, DELETED_SUFFIX, SUFFIX_LENGTH) == 0;
}

/* The decision about a file with such a name. */
struct deleted_name {
	const char *name; /* in the pool, to be compared only: the pool may be another one */
	uint64_t inode;
	uint32_t dev_major, dev_minor;
	bool deleted;
};

/* Where the last sample's decisions are looked for, in the order of addresses. */
struct cursor {
	const struct deleted_name *at; /* NULL when there are none */
	size_t left;
};

static bool is_about(const struct deleted_name *known, const struct vma *vma)
{
	return known->name == vma->name && known->inode == vma->inode &&
	       known->dev_major == vma->dev_major && known->dev_minor == vma->dev_minor;
}

/* The decision of the last sample; NULL when it has none, or not near. */
static const struct deleted_name *recall(struct cursor *cursor, const struct vma *vma)
{
	for (size_t i = 0; i < NEAR && i < cursor->left; i++) {
		const struct deleted_name *known = &cursor->at[i];

		if (!is_about(known, vma))
			continue;
		cursor->at = known + 1;
		cursor->left -= i + 1;
		return known;
	}
	return NULL;
}

/* Decides about the file of the VMA, and keeps that for the next sample. */
static bool decide(struct deleted_names *deleted, struct cursor *cursor, const struct scout *scout,
		   const struct vma *vma)
{
	const struct deleted_name *known = recall(cursor, vma);
	struct deleted_name now = {
		.name = vma->name,
		.inode = vma->inode,
		.dev_major = vma->dev_major,
		.dev_minor = vma->dev_minor,
		.deleted = known ? known->deleted : !vma->inode || !scout_has_name(scout, vma),
	};

	deleted->known = memory_array_grow(deleted->known, deleted->count, &deleted->capacity,
					   sizeof(*deleted->known));
	deleted->known[deleted->count++] = now;
	return now.deleted;
}

/* The decisions so far become those of the last sample. */
static void begin(struct deleted_names *deleted, struct cursor *ret_cursor)
{
	const struct deleted_names last = *deleted;

	deleted->known = last.former;
	deleted->capacity = last.former_capacity;
	deleted->count = 0;
	deleted->former = last.known;
	deleted->former_capacity = last.capacity;
	deleted->former_count = last.count;
	*ret_cursor = (struct cursor){.at = NULL};
	if (last.count && ++deleted->samples % CHECK_EVERY)
		*ret_cursor = (struct cursor){last.known, last.count};
}

void deleted_names_resolve(struct deleted_names *deleted, struct vma *vmas, size_t count,
			   const struct scout *scout, struct name_pool *names)
{
	const char *last_name = NULL, *stripped = NULL;
	struct vma decided = {0}; /* the VMA that stripped was found for, as it was */
	struct cursor cursor;
	size_t length = 0;
	bool suffixed = false;

	begin(deleted, &cursor);
	for (size_t i = 0; i < count; i++) {
		struct vma *vma = &vmas[i];

		/* Neighbours share names; the files of one name may still be different ones. */
		if (vma->name != last_name) {
			last_name = vma->name;
			length = strlen(vma->name);
			suffixed = has_suffix(vma->name, length);
		}
		if (!suffixed)
			continue;
		if (!vma_same_file(vma, &decided)) {
			decided = *vma;
			stripped = NULL;
			if (decide(deleted, &cursor, scout, vma))
				stripped =
					name_pool_intern(names, vma->name, length - SUFFIX_LENGTH);
		}
		if (stripped) {
			vma->name = stripped;
			vma->deleted = true;
		}
	}
}

void deleted_names_finish(struct deleted_names *deleted)
{
	free(deleted->known);
	free(deleted->former);
	*deleted = (struct deleted_names){.known = NULL};
}
