/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/mapping_counts.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "kernel/clock.h"
#include "kernel/proc_file.h"
#include "model/process.h"
#include "model/target.h"

#define REST 100 /* times as long as it took, a process is left alone */

struct mapping_count {
	int32_t pid;
	uint64_t start_ticks;
	uint64_t mappings;  /* TARGET_UNKNOWN: they could not be read */
	int64_t counted_ns; /* when; 0: not yet */
	int64_t due_ns;
	bool wanted, listed; /* while a list is filled */
};

/* The lines of a list of mappings, and what the last one ends in. */
struct tally {
	uint64_t lines;
	char tail[16];
	size_t tail_length;
};

void mapping_counts_finish(struct mapping_counts *counts)
{
	free(counts->entries);
	*counts = (struct mapping_counts){0};
}

/* Keeps the last bytes seen. */
static void keep_tail(struct tally *tally, const char *piece, size_t length)
{
	const size_t room = sizeof(tally->tail);
	size_t kept = tally->tail_length;

	if (length >= room) {
		memcpy(tally->tail, piece + length - room, room);
		tally->tail_length = room;
		return;
	}
	if (kept + length > room) {
		memmove(tally->tail, tally->tail + kept + length - room, room - length);
		kept = room - length;
	}
	memcpy(tally->tail + kept, piece, length);
	tally->tail_length = kept + length;
}

static int take(void *context, const char *piece, size_t length)
{
	struct tally *tally = context;

	for (const char *at = piece, *end = piece + length;
	     (at = memchr(at, '\n', (size_t)(end - at))); at++)
		tally->lines++;
	keep_tail(tally, piece, length);
	return 0;
}

static bool ends_in(const struct tally *tally, const char *words)
{
	size_t length = strlen(words);

	return tally->tail_length >= length &&
	       memcmp(tally->tail + tally->tail_length - length, words, length) == 0;
}

static uint64_t count_mappings(int32_t pid)
{
	char path[sizeof("/proc/2147483647/maps")];
	struct tally tally = {0};

	snprintf(path, sizeof(path), "/proc/%" PRId32 "/maps", pid);
	if (proc_file_feed(AT_FDCWD, path, take, &tally) || tally.lines == 0)
		return TARGET_UNKNOWN;
	return tally.lines - ends_in(&tally, "[vsyscall]\n");
}

static struct mapping_count *find(const struct mapping_counts *counts,
				  const struct process *process)
{
	for (size_t i = 0; i < counts->count; i++)
		if (counts->entries[i].pid == process->pid &&
		    counts->entries[i].start_ticks == process->start_ticks)
			return &counts->entries[i];
	return NULL;
}

static void add_wanted(struct mapping_counts *counts, const struct process *process)
{
	struct mapping_count *entry = find(counts, process);

	if (!entry) {
		counts->entries = memory_array_grow(counts->entries, counts->count,
						    &counts->capacity, sizeof(*counts->entries));
		entry = &counts->entries[counts->count++];
		*entry = (struct mapping_count){.pid = process->pid,
						.start_ticks = process->start_ticks,
						.mappings = TARGET_UNKNOWN};
	}
	entry->wanted = true;
}

/* The one that is due and was counted longest ago; NULL when none is. */
static struct mapping_count *find_due(const struct mapping_counts *counts, int64_t now)
{
	struct mapping_count *found = NULL;

	for (size_t i = 0; i < counts->count; i++) {
		struct mapping_count *entry = &counts->entries[i];

		if (entry->wanted && entry->due_ns <= now &&
		    (!found || entry->counted_ns < found->counted_ns))
			found = entry;
	}
	return found;
}

static void count_due(struct mapping_counts *counts, uint64_t budget_ns)
{
	const int64_t start = clock_ns(CLOCK_MONOTONIC);
	int64_t now = start;
	struct mapping_count *entry;

	while ((now == start || (uint64_t)(now - start) < budget_ns) &&
	       (entry = find_due(counts, now))) {
		int64_t begin = now;

		entry->mappings = count_mappings(entry->pid);
		now = clock_ns(CLOCK_MONOTONIC);
		entry->counted_ns = now;
		entry->due_ns = now + (now - begin) * REST;
		entry->wanted = false;
	}
}

static void forget_others(struct mapping_counts *counts)
{
	size_t kept = 0;

	for (size_t i = 0; i < counts->count; i++)
		if (counts->entries[i].listed)
			counts->entries[kept++] = counts->entries[i];
	counts->count = kept;
	for (size_t i = 0; i < kept; i++)
		counts->entries[i].wanted = counts->entries[i].listed = false;
}

void mapping_counts_fill(struct mapping_counts *counts, struct process_list *list,
			 const int32_t *wanted, size_t wanted_count, uint64_t budget_ns)
{
	for (size_t i = 0; i < wanted_count; i++) {
		const struct process *process = process_list_find(list, wanted[i]);

		if (process && process->access == PROCESS_READABLE)
			add_wanted(counts, process);
	}
	count_due(counts, budget_ns);
	for (size_t i = 0; i < list->count; i++) {
		struct mapping_count *entry = find(counts, &list->processes[i]);

		if (!entry)
			continue;
		entry->listed = true;
		list->processes[i].mappings = entry->mappings;
	}
	forget_others(counts);
}
