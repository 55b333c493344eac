/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/code_namer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "files/code_table.h"
#include "files/errands.h"
#include "files/inside_cache.h"
#include "files/line_finder.h"
#include "inside/code_class.h"
#include "inside/code_line.h"
#include "inside/generated_name.h"
#include "inside/inside_object.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "kernel/random_key.h"
#include "model/address_space.h"
#include "model/object.h"

/* Debug information is large, and may lie on a slow disk. */
#define PATIENCE_NS INT64_C(10000000000)

struct code_namer {
	struct procfs_options options;
	struct inside_cache *cache;
	struct errands errands; /* for lines */
	struct code_table table;
	const char **lineless; /* modules without debug information */
	size_t lineless_count, lineless_capacity;
	int64_t map_again; /* when a perf map may be read again: CLOCK_MONOTONIC, nanoseconds */
};

/* Addresses in one mapping, ascending. */
struct group {
	const struct address_space *space;
	size_t index; /* of the mapping */
	const uint64_t *addresses;
	size_t count;
	struct code_place place;
	struct inside_answer inside;
};

struct code_namer *code_namer_create(const struct procfs_options *options)
{
	struct code_namer *namer = memory_alloc(sizeof(*namer));

	namer->options = procfs_options_copy(options);
	namer->cache = inside_cache_create(options);
	errands_init(&namer->errands);
	namer->errands.plan.patience = PATIENCE_NS;
	namer->errands.plan.limit = PATIENCE_NS;
	namer->table.names.key = random_key();
	return namer;
}

void code_namer_destroy(struct code_namer *namer)
{
	if (!namer)
		return;
	inside_cache_destroy(namer->cache);
	errands_finish(&namer->errands);
	code_table_finish(&namer->table);
	procfs_options_finish(&namer->options);
	free(namer->lineless);
	free(namer);
}

static const char *keep_string(struct code_namer *namer, const char *string)
{
	return string && *string ? code_table_string(&namer->table, string, strlen(string)) : NULL;
}

/* The frame by what symbols say; its name may be a runtime's. */
static struct code_frame frame_by_symbol(struct code_namer *namer, const struct group *group,
					 uint64_t address)
{
	const struct vma *vma = &group->space->vmas[group->index];
	uint64_t in_file = address - group->inside.bias;
	bool known = group->inside.object && group->inside.loaded;
	const struct inside_symbol *symbol =
		known ? symbol_list_at(&group->inside.object->symbols, in_file) : NULL;
	struct code_frame frame = {.address = address, .module = group->place.module};
	bool generated = symbol && vma->kind == KIND_JIT;
	struct generated_name name;

	if (symbol) {
		name = (struct generated_name){
			.function = symbol->shown,
			.function_length = symbol_name_length(symbol->shown),
		};
		if (generated)
			generated_name_read(symbol->shown, &name);
		frame.function =
			code_table_string(&namer->table, name.function, name.function_length);
		if (name.file)
			frame.file = code_table_string(&namer->table, name.file, name.file_length);
		frame.line = frame.file ? name.line : 0;
		frame.offset = in_file - symbol->address;
	} else {
		frame.offset = known               ? in_file
			       : vma_has_file(vma) ? address - vma->start + vma->offset
						   : address;
	}
	frame.class = (uint8_t)code_class_of(frame.module, frame.function, generated);
	return frame;
}

/* Whether the symbol is that of a copy that the compiler made of the function: "f.constprop.0". */
static bool is_copy_of(const char *symbol, const char *function)
{
	size_t length = function ? strlen(function) : 0;

	return length && strncmp(symbol, function, length) == 0 &&
	       (symbol[length] == '.' || strncmp(symbol + length, " [clone ", 8) == 0);
}

/* Completes the frames of an address, whose last one is that of its symbol, by what lines say. */
static size_t add_lines(struct code_namer *namer, struct code_frame *frames, const char **at,
			const char *end, uint32_t index)
{
	const struct code_frame symbol = frames[0];
	struct code_line line;
	const char *next = *at;
	size_t count = 0;

	while (count < CODE_LINE_DEPTH_MAX && !code_line_take(&next, end, &line) &&
	       line.index == index) {
		struct code_frame *frame = &frames[count++];

		*at = next;
		*frame = symbol;
		frame->file = keep_string(namer, line.file);
		frame->line = frame->file ? line.line : 0;
		frame->function = keep_string(namer, line.function);
		frame->inlined = true;
		frame->class = (uint8_t)code_class_of(frame->module, frame->function, false);
	}
	if (count == 0)
		return 1;
	frames[count - 1].inlined = false;
	if (symbol.function && !is_copy_of(symbol.function, frames[count - 1].function)) {
		frames[count - 1].function = symbol.function;
		frames[count - 1].class = symbol.class;
	}
	return count;
}

/* Puts what symbols and lines (records, empty where there are none) say of a part of the group. */
static void put(struct code_namer *namer, const struct group *group, const uint64_t *addresses,
		size_t count, const struct text *records)
{
	struct code_frame frames[CODE_LINE_DEPTH_MAX];
	const char *at = text_string(records), *end = at + records->length;

	for (size_t i = 0; i < count; i++) {
		size_t depth;

		frames[0] = frame_by_symbol(namer, group, addresses[i]);
		depth = add_lines(namer, frames, &at, end, (uint32_t)i);
		code_table_put(&namer->table, addresses[i], &group->place, frames, depth);
	}
}

static bool is_lineless(const struct code_namer *namer, const struct group *group)
{
	for (size_t i = 0; i < namer->lineless_count; i++)
		if (namer->lineless[i] == group->place.module)
			return true;
	return false;
}

static void note_lineless(struct code_namer *namer, const struct group *group)
{
	namer->lineless = memory_array_grow(namer->lineless, namer->lineless_count,
					    &namer->lineless_capacity, sizeof(*namer->lineless));
	namer->lineless[namer->lineless_count++] = group->place.module;
}

/* The lines of some addresses, as records; none where there are none. */
static void find_lines(struct code_namer *namer, const struct group *group,
		       const uint64_t *addresses, size_t count, struct text *records)
{
	size_t file = object_file_vma(group->space, group->index);
	uint64_t in_file[LINE_FINDER_ADDRESSES_MAX];
	int error;

	text_clear(records);
	if (file >= group->space->vma_count || !group->inside.loaded || is_lineless(namer, group))
		return;
	for (size_t i = 0; i < count; i++)
		in_file[i] = addresses[i] - group->inside.bias;
	error = line_finder_find(&namer->errands, &namer->options, group->space->target.pid,
				 &group->space->vmas[file], in_file, count, records);
	if (error)
		text_clear(records);
	if (error && error != -ETIMEDOUT)
		note_lineless(namer, group);
}

static void name_group(struct code_namer *namer, struct group *group)
{
	const struct vma *vma = &group->space->vmas[group->index];
	int64_t before = clock_ns(CLOCK_MONOTONIC), after;
	struct text records = {0};

	inside_cache_find(namer->cache, group->space, group->index, &group->inside);
	if (vma->kind == KIND_JIT) {
		after = clock_ns(CLOCK_MONOTONIC);
		namer->map_again = after + (after - before) * CODE_NAMER_MAP_SHARE;
	}
	/* What hangs is asked again. */
	for (size_t i = 0; group->inside.error != -ETIMEDOUT && i < group->count;) {
		size_t count = group->count - i;

		if (count > LINE_FINDER_ADDRESSES_MAX)
			count = LINE_FINDER_ADDRESSES_MAX;
		find_lines(namer, group, group->addresses + i, count, &records);
		put(namer, group, group->addresses + i, count, &records);
		i += count;
	}
	text_finish(&records);
	inside_answer_finish(&group->inside);
}

static int compare_addresses(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

static struct code_place place_of(struct code_namer *namer, const struct address_space *space,
				  size_t index)
{
	const struct vma *vma = &space->vmas[index];
	const struct vma *named = address_space_named(space, index);
	const char *module = code_table_string(&namer->table, named->name, strlen(named->name));

	return (struct code_place){.module = module ? module : "",
				   .inode = vma->inode,
				   .base = vma->start - vma->offset};
}

/* Keeps of the sorted addresses those in the group's mapping that are to be found out about. */
static size_t keep_unknown(struct code_namer *namer, const struct group *group, uint64_t *addresses,
			   size_t count, bool hurry)
{
	bool generated = group->space->vmas[group->index].kind == KIND_JIT;
	size_t kept = 0;

	if (generated && !hurry && clock_ns(CLOCK_MONOTONIC) < namer->map_again)
		return 0;
	for (size_t i = 0; i < count; i++)
		if ((i == 0 || addresses[i] != addresses[i - 1]) &&
		    (generated || !code_table_holds(&namer->table, addresses[i], &group->place)))
			addresses[kept++] = addresses[i];
	return kept;
}

void code_namer_learn(struct code_namer *namer, const struct address_space *space,
		      const uint64_t *addresses, size_t count, bool hurry)
{
	uint64_t *sorted = memory_alloc(count * sizeof(*sorted));

	if (count)
		memcpy(sorted, addresses, count * sizeof(*sorted));
	qsort(sorted, count, sizeof(*sorted), compare_addresses);
	for (size_t i = 0, next; i < count; i = next) {
		struct group group = {.space = space,
				      .index = address_space_find(space, sorted[i]),
				      .addresses = sorted + i};

		next = i + 1;
		if (group.index == space->vma_count)
			continue;
		while (next < count && sorted[next] < space->vmas[group.index].end)
			next++;
		group.place = place_of(namer, space, group.index);
		group.count = keep_unknown(namer, &group, sorted + i, next - i, hurry);
		if (group.count)
			name_group(namer, &group);
	}
	free(sorted);
}

size_t code_namer_frames(const struct code_namer *namer, uint64_t address,
			 struct code_frame *frames, size_t max)
{
	size_t count;
	const struct code_frame *known = code_table_get(&namer->table, address, &count);

	if (!known) {
		frames[0] = (struct code_frame){
			.address = address, .module = "", .offset = address, .class = CODE_OWN};
		return 1;
	}
	/* What is really there comes last, and is never left out. */
	if (count > max) {
		frames[max - 1] = known[count - 1];
		memcpy(frames, known, (max - 1) * sizeof(*frames));
		return max;
	}
	memcpy(frames, known, count * sizeof(*frames));
	return count;
}
