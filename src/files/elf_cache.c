/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/elf_cache.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "inside/elf_segments.h"
#include "files/errands.h"
#include "files/file_errand.h"
#include "files/mapped_ways.h"
#include "files/scout.h"
#include "files/sightings.h"
#include "files/twins.h"
#include "kernel/random_key.h"
#include "model/classify_name.h"
#include "model/elf_image.h"
#include "model/file_key.h"
#include "model/vma.h"

#define CHECK_EVERY  64 /* look-ups after which a file is looked at again though nothing changed */
#define KEEP_ROUNDS  16 /* changed look-ups that an unmapped file is remembered */
#define UNMAPPED_MAX 1024 /* unmapped files remembered at most */

/* One file, from this look-up or an earlier one. */
struct entry {
	struct file_key key; /* its name is owned */
	struct elf_image *image;
	bool readable;
	uint8_t identity;      /* enum file_identity */
	uint64_t mappings;     /* hash of its mappings when it was last looked at */
	uint64_t checked;      /* look-up in which it was looked at */
	uint64_t mapped;       /* round in which it was last mapped */
	struct statx stat;     /* of the file that was read */
	bool answered;         /* what is here was found out; it may be old */
	bool stalled;          /* the last question was not answered */
	bool suspect;          /* its file system stalled in that question */
	bool was_mapped;       /* when it was asked about, and in the round before */
	struct errand *errand; /* under way; NULL: none */
};

struct elf_cache {
	struct errands *errands;
	struct entry *entries; /* ascending by their keys; some are not mapped now */
	size_t entry_count;
	struct elf_file *files; /* the mapped ones, as handed out */
	size_t file_count, file_capacity;
	struct sightings sightings; /* scratch */
	struct mapped_root root;    /* of the process, in a look-up */
	struct twins twins;
	bool had_twins;        /* in this round or the last */
	bool asked;            /* answers are to be taken */
	uint64_t look_ups;     /* all so far */
	uint64_t last_round;   /* the look-up of the last round */
	uint64_t rounds;       /* look-ups that found a change, or were due */
	uint64_t all_mappings; /* hash of all mappings of files in the last round */
	size_t unanswered;     /* entries that are mapped, and stalled or under way */
};

struct elf_cache *elf_cache_create(struct errands *errands)
{
	struct elf_cache *cache = memory_alloc(sizeof(*cache));

	cache->errands = errands;
	cache->sightings.key = random_key();
	return cache;
}

static void finish_entry(struct entry *entry)
{
	elf_segments_free(entry->image);
	errand_drop(entry->errand);
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
	sightings_finish(&cache->sightings);
	twins_finish(&cache->twins);
	free(cache);
}

static void forget(struct entry *entry, enum file_identity identity)
{
	elf_segments_free(entry->image);
	entry->image = NULL;
	entry->readable = false;
	entry->identity = identity;
}

/* Names of devices and of the kernel's own file systems are never looked up. */
static bool is_lasting_path(const struct vma *vma)
{
	struct vma copy = *vma;

	return vma->name[0] == '/' && !classify_name_settle(&copy);
}

/* Takes over what was found out. */
static void take_finding(struct entry *entry, const struct file_finding *finding)
{
	entry->answered = true;
	entry->suspect = false;
	if (!finding->found) {
		/* While it stays mapped its inode is not reused: what was read still holds. */
		if (!entry->was_mapped || !entry->readable)
			forget(entry, FILE_IDENTITY_UNKNOWN);
		return;
	}
	if (!finding->same) {
		forget(entry, finding->identity);
		entry->image = finding->image;
		entry->readable = finding->readable;
		entry->stat = finding->stat;
	}
	entry->identity = finding->identity;
}

/* Asks about what is mapped, where that matters. */
static void ask(struct elf_cache *cache, struct entry *entry, const struct sighting *sighting,
		unsigned avoid, bool was_mapped)
{
	const struct file_question question = {
		.vma = sighting->vma,
		.avoid = avoid,
		.known = entry->readable,
		.stat = entry->stat,
		.suspect = entry->suspect,
	};

	struct file_finding finding;

	errand_drop(entry->errand);
	entry->errand = NULL;
	entry->stalled = false;
	entry->was_mapped = was_mapped;
	entry->mappings = sighting->mappings;
	entry->checked = cache->look_ups;
	if (!sighting->worth_opening || !is_lasting_path(sighting->vma))
		forget(entry, FILE_IDENTITY_NONE);
	else if (!file_errand_spare(&cache->root, &question, &finding))
		take_finding(entry, &finding);
	else
		entry->errand = file_errand_create(cache->errands, &question);
}

/* Takes the answer, if the errand has come to an end. */
static void take_answer(struct entry *entry)
{
	struct errand *errand = entry->errand;
	struct file_finding finding;

	if (!errand || errand->state == ERRAND_WAITING || errand->state == ERRAND_ASKED)
		return;
	entry->errand = NULL;
	if (errand->state == ERRAND_STALLED) {
		entry->stalled = true;
		entry->suspect |= errand->suspect;
	} else if (errand->state == ERRAND_DONE && !file_errand_read(errand, &finding)) {
		take_finding(entry, &finding);
	}
	errand_drop(errand);
}

/* Takes the answers that have come. Returns how many of the mapped files lack one. */
static size_t take_answers(struct elf_cache *cache)
{
	size_t unanswered = 0;

	for (size_t i = 0; i < cache->entry_count; i++) {
		struct entry *entry = &cache->entries[i];

		take_answer(entry);
		unanswered += entry->mapped == cache->rounds && (entry->errand || entry->stalled);
	}
	return unanswered;
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
 * before is the entry in front of its new one, in order.
 */
static void inherit(const struct elf_cache *cache, struct entry *entry, struct entry *before)
{
	struct file_key key = entry->key;

	key.deleted = false;
	if (!entry->key.deleted || before->mapped + 1 != cache->rounds ||
	    file_key_compare(&before->key, &key) != 0)
		return;
	key = entry->key;
	*entry = *before;
	entry->key = key;
	before->image = NULL;
	before->errand = NULL;
	forget(before, FILE_IDENTITY_NONE);
}

/* Brings the last of count entries of the new list up to date. */
static void update(struct elf_cache *cache, struct entry *entries, size_t count,
		   const struct sighting *sighting, unsigned avoid)
{
	struct entry *entry = &entries[count - 1];
	bool was_mapped;

	if (!entry->mapped && count > 1)
		inherit(cache, entry, entry - 1);
	was_mapped = entry->mapped && entry->mapped + 1 == cache->rounds;
	entry->mapped = cache->rounds;
	if (was_mapped && entry->mappings == sighting->mappings && !entry->stalled &&
	    cache->look_ups - entry->checked < CHECK_EVERY)
		return;
	/* What one twin's key stands for, another's stands for when that is unmapped. */
	ask(cache, entry, sighting, avoid, was_mapped && !cache->had_twins);
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
static void merge(struct elf_cache *cache, unsigned avoid)
{
	const struct sightings *sightings = &cache->sightings;
	struct entry *entries =
		memory_alloc((cache->entry_count + sightings->count) * sizeof(*entries));
	size_t count = 0, old = 0, unmapped = 0;

	for (size_t i = 0; i < sightings->count; i++) {
		const struct sighting *sighting = &sightings->items[i];
		int order = 1;

		while (old < cache->entry_count &&
		       (order = compare_entry(&cache->entries[old], sighting)) < 0)
			count += keep_unmapped(cache, &entries[count], &cache->entries[old++],
					       &unmapped);
		if (old == cache->entry_count || order > 0)
			start_entry(&entries[count++], &sighting->key);
		else
			entries[count++] = cache->entries[old++];
		update(cache, entries, count, sighting, avoid);
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
			.stalled = !entry->answered && (entry->errand || entry->stalled),
			.identity = entry->identity,
		};
	}
}

/* Whether the VMAs are to be gone through, although they may be those of the last round. */
static bool is_due(const struct elf_cache *cache)
{
	return cache->look_ups - cache->last_round >= CHECK_EVERY ||
	       (cache->unanswered && errands_are_due(cache->errands));
}

void elf_cache_ask(struct elf_cache *cache, const struct scout *scout, struct vma *vmas,
		   size_t count)
{
	uint64_t all_mappings = sightings_hash(&cache->sightings, vmas, count);

	cache->look_ups++;
	errands_tidy(cache->errands);
	cache->asked = all_mappings != cache->all_mappings || is_due(cache);
	if (!cache->asked) {
		twins_mark(&cache->twins, vmas, count);
		return;
	}
	cache->rounds++;
	cache->had_twins = cache->twins.count;
	twins_find(&cache->twins, scout, vmas, count);
	cache->had_twins |= cache->twins.count > 0;
	sightings_collect(&cache->sightings, vmas, count);
	mapped_root_init(&cache->root, scout->directory, scout->avoid);
	merge(cache, scout->avoid);
	mapped_root_finish(&cache->root);
	cache->last_round = cache->look_ups;
	cache->all_mappings = all_mappings;
	errands_begin(cache->errands, scout->directory);
}

void elf_cache_take(struct elf_cache *cache, const struct scout *scout,
		    const struct elf_file **ret_files, size_t *ret_count)
{
	if (cache->asked) {
		errands_run(cache->errands, scout->directory);
		cache->unanswered = take_answers(cache);
		list_files(cache);
	}
	cache->asked = false;
	*ret_files = cache->files;
	*ret_count = cache->file_count;
}
