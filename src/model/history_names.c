/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define FIRST_SLOTS    64
#define FIRST_CAPACITY 1024

/* The slot that holds the string, or the free one where it belongs. */
static size_t *find_slot(struct history_names *names, const char *string, size_t length)
{
	size_t mask = names->slot_count - 1, at = keyed_hash(&names->key, string, length) & mask;

	while (names->slots[at] && strcmp(names->bytes + names->slots[at] - 1, string) != 0) {
		at = (at + 1) & mask;
		names->detours++;
	}
	return &names->slots[at];
}

static void grow_slots(struct history_names *names)
{
	free(names->slots);
	names->slot_count = names->slot_count ? names->slot_count * 2 : FIRST_SLOTS;
	names->slots = memory_alloc(names->slot_count * sizeof(*names->slots));
	for (size_t at = 0; at < names->length;) {
		size_t length = strlen(names->bytes + at);

		*find_slot(names, names->bytes + at, length) = at + 1;
		at += length + 1;
	}
}

static void reserve(struct history_names *names, size_t more)
{
	size_t wanted = names->capacity ? names->capacity : FIRST_CAPACITY;

	if (more <= names->capacity - names->length)
		return;
	while (wanted - names->length < more)
		wanted *= 2;
	names->bytes = memory_resize(names->bytes, wanted);
	names->capacity = wanted;
}

size_t history_names_intern(struct history_names *names, const char *string)
{
	size_t length = strlen(string), place = names->length;
	size_t *slot;

	if (names->count >= names->slot_count / 2)
		grow_slots(names);
	slot = find_slot(names, string, length);
	if (*slot)
		return *slot - 1;
	reserve(names, length + 1);
	memcpy(names->bytes + place, string, length + 1);
	names->length += length + 1;
	names->count++;
	*slot = place + 1;
	return place;
}

size_t history_names_size(const struct history_names *names)
{
	return names->capacity + names->slot_count * sizeof(*names->slots);
}

void history_names_clear(struct history_names *names)
{
	if (names->capacity > FIRST_CAPACITY && names->length < names->capacity / 4) {
		history_names_finish(names);
		return;
	}
	if (names->slots)
		memset(names->slots, 0, names->slot_count * sizeof(*names->slots));
	names->length = names->count = 0;
}

void history_names_finish(struct history_names *names)
{
	free(names->bytes);
	free(names->slots);
	*names = (struct history_names){.key = names->key};
}
