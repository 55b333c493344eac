/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/names.h"

#include <ctype.h>
#include <string.h>

#include "base/search.h"
#include "model/vma.h"

/* Anonymous memory is named among others when it is at least one of so many parts. */
#define ANONYMOUS_PART 4

/* The length of a shared library's name up to ".so" and a version; all of it otherwise. */
static size_t stem_length(const char *name)
{
	for (const char *so = strstr(name, ".so"); so; so = strstr(so + 1, ".so"))
		if (so > name && (so[3] == '\0' || (so[3] == '.' && isdigit((unsigned char)so[4]))))
			return (size_t)(so - name);
	return strlen(name);
}

const char *names_short(const char *name, size_t *ret_length)
{
	const char *slash = name[0] == '/' ? strrchr(name, '/') : NULL;

	if (!slash || slash[1] == '\0') {
		*ret_length = strlen(name);
		return name;
	}
	*ret_length = stem_length(slash + 1);
	return slash + 1;
}

/* The name of the object that the VMA belongs to; NULL where its kind says more. */
static const char *object_name(const struct vma *vma, const struct vma *below)
{
	if (vma->runtime && !vma->inode)
		return runtime_label(vma->runtime);
	if (vma->kind == KIND_THREAD_STACK || vma->kind == KIND_ARENA)
		return NULL;
	if (vma_shared_anonymous(vma))
		return vma_shared_anonymous(vma);
	if (vma->name[0])
		return vma->name;
	if (vma->kind == KIND_BSS && below && below->end == vma->start && below->name[0] == '/')
		return below->name;
	return NULL;
}

/* By length first: most names are told apart by it. */
static int compare(const struct name *a, const struct name *b)
{
	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	return memcmp(a->bytes, b->bytes, a->length);
}

static bool goes_before(const struct name *a, const struct name *b)
{
	return a->size != b->size ? a->size > b->size : a->place < b->place;
}

/* The last one in the order that names_sort() makes. */
static size_t find_smallest(const struct names *names)
{
	size_t smallest = 0;

	for (size_t i = 1; i < names->count; i++)
		if (goes_before(&names->entries[smallest], &names->entries[i]))
			smallest = i;
	return smallest;
}

struct sought_name {
	const struct names *names;
	const struct name *name;
};

static bool is_not_less(const void *context, size_t index)
{
	const struct sought_name *sought = context;

	return compare(&sought->names->entries[index], sought->name) >= 0;
}

/* The entry of the name, or where it belongs; bisection, whatever names a process chooses. */
static size_t find_entry(const struct names *names, const struct name *name, bool *ret_found)
{
	size_t index =
		search_first(names->count, is_not_less, &(const struct sought_name){names, name});

	*ret_found = index < names->count && compare(&names->entries[index], name) == 0;
	return index;
}

static void insert(struct names *names, size_t at, const struct name *name)
{
	struct name *entry = &names->entries[at];

	memmove(entry + 1, entry, (names->count - at) * sizeof(*entry));
	*entry = *name;
	names->count++;
}

static void remove_smallest(struct names *names)
{
	struct name *entry = &names->entries[names->smallest];

	names->count--;
	memmove(entry, entry + 1, (names->count - names->smallest) * sizeof(*entry));
}

/* Puts the object that was added up into the table: into its entry, a free one or the smallest. */
static void store_current(struct names *names)
{
	const struct name *current = &names->current;
	bool found;
	size_t at;

	if (!names->current_name)
		return;
	names->current_name = NULL;
	at = find_entry(names, current, &found);
	if (found) {
		names->entries[at].size += current->size;
		if (names->count < NAMES_MOST || at != names->smallest)
			return;
	} else if (names->count < NAMES_MOST) {
		insert(names, at, current);
	} else {
		names->has_dropped = true;
		if (goes_before(&names->entries[names->smallest], current))
			return;
		remove_smallest(names);
		insert(names, at - (names->smallest < at), current);
	}
	if (names->count == NAMES_MOST)
		names->smallest = find_smallest(names);
}

void names_add(struct names *names, const struct vma *vma, const struct vma *below, uint64_t size)
{
	const char *name = object_name(vma, below);

	if (name || (vma->kind != KIND_GUARD && vma->kind != KIND_RESERVE))
		names->total += size;
	if (!name) {
		names->unnamed[vma->kind] += size;
		return;
	}
	/* Neighbours mostly share one pointer. */
	if (names->current_name != name) {
		store_current(names);
		names->current_name = name;
		names->current = (struct name){.place = names->met++};
		names->current.bytes = names_short(name, &names->current.length);
	}
	names->current.size += size;
}

static void add_kind(struct names *names, enum kind kind)
{
	const char *name = kind_name(kind);

	names->entries[names->count++] = (struct name){
		.bytes = name,
		.length = strlen(name),
		.size = names->unnamed[kind],
		.place = names->met++,
	};
}

static bool is_worth_naming(const struct names *names, enum kind kind)
{
	if (names->unnamed[kind] == 0 || kind == KIND_GUARD || kind == KIND_RESERVE)
		return false;
	return kind != KIND_ANON || names->unnamed[kind] >= names->total / ANONYMOUS_PART;
}

void names_sort(struct names *names)
{
	store_current(names);
	for (unsigned kind = 0; kind < KIND_COUNT; kind++)
		if (is_worth_naming(names, (enum kind)kind))
			add_kind(names, (enum kind)kind);
	if (names->count == 0)
		for (unsigned kind = 0; kind < KIND_COUNT; kind++)
			if (names->unnamed[kind])
				add_kind(names, (enum kind)kind);
	for (size_t i = 1; i < names->count; i++) {
		struct name name = names->entries[i];
		size_t j = i;

		for (; j > 0 && goes_before(&name, &names->entries[j - 1]); j--)
			names->entries[j] = names->entries[j - 1];
		names->entries[j] = name;
	}
	if (names->total && names->unnamed[KIND_RESERVE] > names->total)
		add_kind(names, KIND_RESERVE);
}
