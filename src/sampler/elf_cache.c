/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/elf_cache.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/keyed_hash.h"
#include "base/memory.h"
#include "model/classify_name.h"
#include "model/elf_image.h"
#include "model/file_key.h"
#include "model/vma.h"
#include "sampler/elf_file.h"
#include "sampler/mapped_open.h"
#include "sampler/twins.h"
#include "sampler/random_key.h"

#define CHECK_EVERY  64 /* look-ups after which a file is looked at again though nothing changed */
#define KEEP_ROUNDS  16 /* changed look-ups that an unmapped file is remembered */
#define UNMAPPED_MAX 1024 /* unmapped files remembered at most */

/* One file, from this look-up or an earlier one. */
struct entry {
	struct file_key key; /* its name is owned */
	struct elf_image *image;
	bool readable;
	uint8_t identity;  /* enum file_identity */
	uint64_t mappings; /* hash of its mappings when it was last looked at */
	uint64_t checked;  /* look-up in which it was looked at */
	uint64_t mapped;   /* round in which it was last mapped */
	struct statx stat; /* of the file that was read */
};

/* One file as the VMAs of this look-up have it. */
struct sighting {
	struct file_key key;
	uint64_t mappings;     /* sum of the hashes of its mappings */
	const struct vma *vma; /* one of its private mappings, else any */
	uint8_t perms;         /* of the first private mapping with access */
	bool worth_opening;
};

struct elf_cache {
	struct hash_key key;   /* of the hashes: no process shall be able to hide a change */
	struct entry *entries; /* ascending by their keys; some are not mapped now */
	size_t entry_count;
	struct elf_file *files; /* the mapped ones, as handed out */
	size_t file_count, file_capacity;
	struct sighting *sightings; /* scratch */
	size_t sighting_capacity;
	struct twins twins;
	bool had_twins;        /* in this round or the last */
	uint64_t look_ups;     /* all so far */
	uint64_t last_round;   /* the look-up of the last round */
	uint64_t rounds;       /* look-ups that found a change, or were due */
	uint64_t all_mappings; /* hash of all mappings of files in the last round */
};

struct elf_cache *elf_cache_create(void)
{
	struct elf_cache *cache = memory_alloc(sizeof(*cache));

	cache->key = random_key();
	return cache;
}

static void finish_entry(struct entry *entry)
{
	elf_file_free_image(entry->image);
	free((char *)entry->key.name);
}

void elf_cache_destroy(struct elf_cache *cache)
{
	if (!cache)
		return;
	for (size_t i = 0; i < cache->entry_count; i++)
		finish_entry(&cache->entries[i]);
	free(cache->entries);
	free(cache->files);
	free(cache->sightings);
	twins_finish(&cache->twins);
	free(cache);
}

static uint64_t hash_mapping(const struct hash_key *key, const struct vma *vma)
{
	const uint64_t words[] = {
		vma->start,
		vma->end,
		vma->offset,
		vma->inode,
		(uint64_t)vma->dev_major << 32 | vma->dev_minor,
		(uint64_t)vma->deleted << 8 | vma->perms,
		(uintptr_t)vma->name, /* equal names have one pointer (sampler/name_pool.h) */
	};

	return keyed_hash(key, words, sizeof(words));
}

static uint64_t hash_all(const struct hash_key *key, const struct vma *vmas, size_t count)
{
	uint64_t hash = 1;

	for (size_t i = 0; i < count; i++)
		if (vmas[i].inode)
			hash += hash_mapping(key, &vmas[i]);
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

/* Lists the files of the VMAs in order, each once; returns how many. */
static size_t collect(struct elf_cache *cache, const struct vma *vmas, size_t count)
{
	size_t found = 0, kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (!vmas[i].inode)
			continue;
		if (!(i && vma_same_file(&vmas[i - 1], &vmas[i]))) {
			cache->sightings = memory_array_grow(cache->sightings, found,
							     &cache->sighting_capacity,
							     sizeof(*cache->sightings));
			cache->sightings[found++] = (struct sighting){
				.key = file_key_of(&vmas[i]),
				.vma = &vmas[i],
			};
		}
		add_mapping(&cache->key, &cache->sightings[found - 1], &vmas[i]);
	}
	if (found)
		qsort(cache->sightings, found, sizeof(*cache->sightings), compare_sightings);
	for (size_t i = 0; i < found; i++) {
		if (kept && vma_same_file(cache->sightings[kept - 1].vma, cache->sightings[i].vma))
			join(&cache->sightings[kept - 1], &cache->sightings[i]);
		else
			cache->sightings[kept++] = cache->sightings[i];
	}
	return kept;
}

static void forget(struct entry *entry, enum file_identity identity)
{
	elf_file_free_image(entry->image);
	entry->image = NULL;
	entry->readable = false;
	entry->identity = identity;
}

static bool is_same_content(const struct entry *entry, const struct statx *stat)
{
	const struct statx *read = &entry->stat;

	return entry->readable && read->stx_ino == stat->stx_ino &&
	       read->stx_dev_major == stat->stx_dev_major &&
	       read->stx_dev_minor == stat->stx_dev_minor && read->stx_size == stat->stx_size &&
	       read->stx_mtime.tv_sec == stat->stx_mtime.tv_sec &&
	       read->stx_mtime.tv_nsec == stat->stx_mtime.tv_nsec;
}

static void read_file(struct entry *entry, int found, const struct mapped_found *file)
{
	int descriptor = mapped_open(found), error;

	forget(entry, file->identity);
	if (descriptor < 0)
		return;
	error = elf_file_read(descriptor, &entry->image);
	close(descriptor);
	entry->readable = error == 0 || error == -ENOEXEC;
	entry->stat = file->stat;
}

/* Names of devices and of the kernel's own file systems are never looked up. */
static bool is_lasting_path(const struct vma *vma)
{
	struct vma copy = *vma;

	return vma->name[0] == '/' && !classify_name_settle(&copy);
}

/* Brings the entry up to date with what is mapped. */
static void examine(struct entry *entry, struct mapped_root *root, const struct sighting *sighting,
		    bool was_mapped)
{
	struct mapped_found file;
	int found;

	if (!sighting->worth_opening || !is_lasting_path(sighting->vma)) {
		forget(entry, FILE_IDENTITY_NONE);
		return;
	}
	found = mapped_find(root, sighting->vma, &file);
	if (found < 0) {
		/* While it stays mapped its inode is not reused: what was read still holds. */
		if (!was_mapped || !entry->readable)
			forget(entry, FILE_IDENTITY_UNKNOWN);
		return;
	}
	if (is_same_content(entry, &file.stat))
		entry->identity = (uint8_t)file.identity;
	else
		read_file(entry, found, &file);
	close(found);
}

static int compare_entry(const struct entry *entry, const struct sighting *sighting)
{
	return file_key_compare(&entry->key, &sighting->key);
}

static void start_entry(struct entry *entry, const struct file_key *key)
{
	*entry = (struct entry){.key = *key};
	entry->key.name = memory_copy_string(key->name);
}

/*
 * A file that is deleted while it is mapped is the same file: what was read of it is handed on.
 * before is the entry in front of its new one, in order. Returns whether it was this file's.
 */
static bool inherit(const struct elf_cache *cache, struct entry *entry, struct entry *before)
{
	struct file_key key = entry->key;

	key.deleted = false;
	if (!entry->key.deleted || before->mapped + 1 != cache->rounds ||
	    file_key_compare(&before->key, &key) != 0)
		return false;
	key = entry->key;
	*entry = *before;
	entry->key = key;
	before->image = NULL;
	forget(before, FILE_IDENTITY_NONE);
	return true;
}

/* Brings the last of count entries of the new list up to date. */
static void update(struct elf_cache *cache, struct entry *entries, size_t count,
		   const struct sighting *sighting, struct mapped_root *root)
{
	struct entry *entry = &entries[count - 1];
	bool was_mapped = entry->mapped && entry->mapped + 1 == cache->rounds;

	if (!entry->mapped && count > 1)
		was_mapped = inherit(cache, entry, entry - 1);
	entry->mapped = cache->rounds;
	if (was_mapped && entry->mappings == sighting->mappings &&
	    cache->look_ups - entry->checked < CHECK_EVERY)
		return;
	/* What one twin's key stands for, another's stands for when that is unmapped. */
	examine(entry, root, sighting, was_mapped && !cache->had_twins);
	entry->mappings = sighting->mappings;
	entry->checked = cache->look_ups;
}

/* Keeps an entry that is not mapped now for a while. Returns whether it did. */
static bool keep_unmapped(const struct elf_cache *cache, struct entry *to, struct entry *old,
			  size_t *unmapped)
{
	if (cache->rounds - old->mapped > KEEP_ROUNDS || *unmapped >= UNMAPPED_MAX) {
		finish_entry(old);
		return false;
	}
	*to = *old;
	(*unmapped)++;
	return true;
}

/* Merges the sightings into the entries: both are in the same order. */
static void merge(struct elf_cache *cache, size_t sightings, struct mapped_root *root)
{
	struct entry *entries = memory_alloc((cache->entry_count + sightings) * sizeof(*entries));
	size_t count = 0, old = 0, unmapped = 0;

	for (size_t i = 0; i < sightings; i++) {
		const struct sighting *sighting = &cache->sightings[i];
		int order = 1;

		while (old < cache->entry_count &&
		       (order = compare_entry(&cache->entries[old], sighting)) < 0)
			count += keep_unmapped(cache, &entries[count], &cache->entries[old++],
					       &unmapped);
		if (old == cache->entry_count || order > 0)
			start_entry(&entries[count++], &sighting->key);
		else
			entries[count++] = cache->entries[old++];
		update(cache, entries, count, sighting, root);
	}
	while (old < cache->entry_count)
		count += keep_unmapped(cache, &entries[count], &cache->entries[old++], &unmapped);
	free(cache->entries);
	cache->entries = entries;
	cache->entry_count = count;
}

static void list_files(struct elf_cache *cache)
{
	cache->file_count = 0;
	for (size_t i = 0; i < cache->entry_count; i++) {
		const struct entry *entry = &cache->entries[i];

		if (entry->mapped != cache->rounds)
			continue;
		cache->files = memory_array_grow(cache->files, cache->file_count,
						 &cache->file_capacity, sizeof(*cache->files));
		cache->files[cache->file_count++] = (struct elf_file){
			.key = entry->key,
			.image = entry->image,
			.readable = entry->readable,
			.identity = entry->identity,
		};
	}
}

void elf_cache_look_up(struct elf_cache *cache, struct mapped_root *root, struct vma *vmas,
		       size_t count, const struct elf_file **ret_files, size_t *ret_count)
{
	uint64_t all_mappings = hash_all(&cache->key, vmas, count);

	cache->look_ups++;
	if (all_mappings != cache->all_mappings ||
	    cache->look_ups - cache->last_round >= CHECK_EVERY) {
		cache->rounds++;
		cache->had_twins = cache->twins.count;
		twins_find(&cache->twins, root, vmas, count);
		cache->had_twins |= cache->twins.count > 0;
		merge(cache, collect(cache, vmas, count), root);
		list_files(cache);
		cache->last_round = cache->look_ups;
		cache->all_mappings = all_mappings;
	} else {
		twins_mark(&cache->twins, vmas, count);
	}
	*ret_files = cache->files;
	*ret_count = cache->file_count;
}
