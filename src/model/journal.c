/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/journal.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/search.h"

void journal_init(struct journal *journal, size_t capacity)
{
	*journal = (struct journal){.capacity = capacity};
}

void journal_finish(struct journal *journal)
{
	for (size_t i = 0; i < journal->count; i++)
		free((char *)journal_get(journal, i)->name);
	free(journal->entries);
	*journal = (struct journal){0};
}

const struct change *journal_get(const struct journal *journal, size_t index)
{
	return &journal->entries[(journal->first + index) % journal->capacity];
}

void journal_add(struct journal *journal, const struct change *change)
{
	struct change *entry;

	if (!journal->entries)
		journal->entries = memory_alloc(journal->capacity * sizeof(*journal->entries));
	if (journal->count == journal->capacity) {
		free((char *)journal->entries[journal->first].name);
		journal->first = (journal->first + 1) % journal->capacity;
		journal->count--;
	}
	entry = &journal->entries[(journal->first + journal->count) % journal->capacity];
	*entry = *change;
	entry->name = memory_copy_string(change->name);
	journal->count++;
	journal->total++;
}

struct sought_change {
	const struct journal *journal;
	int64_t time_ns;
};

static bool is_later(const void *context, size_t index)
{
	const struct sought_change *sought = context;

	return journal_get(sought->journal, index)->time_ns > sought->time_ns;
}

size_t journal_count_until(const struct journal *journal, int64_t time_ns)
{
	return search_first(journal->count, is_later,
			    &(const struct sought_change){journal, time_ns});
}
