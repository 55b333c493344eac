/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/history_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/history_code.h"
#include "model/history_target.h"

struct history_vma history_vma_successor(const struct history_vma *vma)
{
	struct history_vma next = *vma;
	uint64_t size = vma_size(&vma->vma);

	next.vma.start = vma->vma.end;
	next.vma.end = vma->vma.end + size;
	if (vma->vma.inode)
		next.vma.offset += size;
	return next;
}

void history_state_init(struct history_state *state)
{
	*state = (struct history_state){
		.comm = HISTORY_NO_NAME, .exe = HISTORY_NO_NAME, .known.total = usage_unknown()};
}

/* The same memory with nothing in it. */
static struct history_ranges emptied(const struct history_ranges *ranges)
{
	return (struct history_ranges){.ranges = ranges->ranges, .capacity = ranges->capacity};
}

void history_state_clear(struct history_state *state)
{
	struct history_state empty;

	if (state->vma_count < state->vma_capacity / 4 ||
	    state->vma_count < state->usages.capacity / 4) {
		history_state_finish(state);
		return;
	}
	history_state_init(&empty);
	empty.bare = state->bare;
	empty.cmdline = state->cmdline;
	empty.cmdline_capacity = state->cmdline_capacity;
	empty.vmas = state->vmas;
	empty.usages = state->usages;
	empty.usages.count = 0;
	empty.vma_capacity = state->vma_capacity;
	empty.parts = state->parts;
	empty.part_capacity = state->part_capacity;
	empty.known.runs = emptied(&state->known.runs);
	empty.known.covered = emptied(&state->known.covered);
	empty.known.blurred = emptied(&state->known.blurred);
	*state = empty;
}

void history_state_finish(struct history_state *state)
{
	bool bare = state->bare;

	free(state->cmdline);
	free(state->vmas);
	usage_list_finish(&state->usages);
	free(state->parts);
	history_ranges_finish(&state->known.runs);
	history_ranges_finish(&state->known.covered);
	history_ranges_finish(&state->known.blurred);
	history_state_init(state);
	state->bare = bare;
}

size_t history_state_size(const struct history_state *state)
{
	const struct history_known *known = &state->known;

	return state->cmdline_capacity * sizeof(*state->cmdline) +
	       state->vma_capacity * sizeof(*state->vmas) + usage_list_bytes(&state->usages) +
	       state->part_capacity * sizeof(*state->parts) +
	       (known->runs.capacity + known->covered.capacity + known->blurred.capacity) *
		       sizeof(*known->runs.ranges);
}

static bool has_usages(const struct history_state *state)
{
	return state->usages.made;
}

/* A little more than needed: the number of mappings moves up and down by a few all the time. */
static void reserve_vmas(struct history_state *state, size_t count)
{
	if (has_usages(state))
		usage_list_resize(&state->usages, count);
	if (state->bare || count <= state->vma_capacity)
		return;
	state->vma_capacity = count + count / 8 + 4;
	state->vmas = memory_resize(state->vmas, state->vma_capacity * sizeof(*state->vmas));
}

void history_state_need_usages(struct history_state *state)
{
	if (!has_usages(state))
		usage_list_init(&state->usages, state->vma_count);
}

static void take_vma(struct history_cursor *reader, struct history_vma *vma)
{
	uint64_t mask = history_number_take(reader), size = vma_size(&vma->vma), number;

	if (mask & HISTORY_VMA_START)
		vma->vma.start = history_delta_take(reader, vma->vma.start);
	if (mask & HISTORY_VMA_SIZE)
		size = history_delta_take(reader, size);
	vma->vma.end = vma->vma.start + size;
	if (mask & HISTORY_VMA_OFFSET)
		vma->vma.offset = history_delta_take(reader, vma->vma.offset);
	if (mask & HISTORY_VMA_FILE) {
		vma->vma.inode = history_number_take(reader);
		vma->vma.dev_major = (uint32_t)history_number_take(reader);
		vma->vma.dev_minor = (uint32_t)history_number_take(reader);
	}
	if (mask & HISTORY_VMA_NAME)
		vma->name = history_number_take(reader);
	if (mask & HISTORY_VMA_TID)
		vma->vma.tid = (int32_t)(uint32_t)history_number_take(reader);
	if (mask & HISTORY_VMA_PERMS)
		vma->vma.perms = (uint8_t)history_number_take(reader);
	if (mask & HISTORY_VMA_KIND) {
		number = history_number_take(reader);
		vma->vma.deleted = number & 1;
		vma->vma.kind = (uint8_t)(number >> 1);
		vma->vma.owner = (uint8_t)(number >> 9);
		vma->vma.kind_source = (uint8_t)(number >> 17);
		vma->vma.file_system = (uint8_t)(number >> 25);
		vma->vma.huge_shift = (uint8_t)(number >> 33);
		vma->vma.identity = (uint8_t)(number >> 41);
		vma->vma.twin = (uint8_t)(number >> 49);
		vma->vma.alternate = number >> 57 & 1;
		vma->vma.runtime = number >> 58 & 63;
	}
}

/*
 * Hunks are applied where the VMAs lie. Those of before that are not reached yet lie behind those
 * that are final; where more come than there is room for between the two, they move up.
 */
struct patch {
	struct history_state *state;
	size_t done;         /* VMAs of the state that are final */
	size_t before, left; /* where the next one of before is, and how many there are */
	size_t room;         /* how much more room was made than needed the last time */
};

static void move_vmas(struct history_state *state, size_t to, size_t from, size_t count)
{
	if (to == from || count == 0)
		return;
	if (!state->bare)
		memmove(&state->vmas[to], &state->vmas[from], count * sizeof(*state->vmas));
	if (has_usages(state))
		usage_list_take(&state->usages, to, &state->usages, from, count);
}

/* Makes room for so many. The first time it is just enough, so that they need not move again. */
static void make_room(struct patch *patch, size_t come, size_t go)
{
	size_t more = patch->done + come, from = patch->before;

	if (more <= patch->before + go)
		return;
	more -= patch->before + go;
	patch->before += more + patch->room;
	patch->room = patch->room * 2 + more;
	reserve_vmas(patch->state, patch->before + patch->left);
	move_vmas(patch->state, patch->before, from, patch->left);
}

static void skip(struct patch *patch, size_t count)
{
	patch->before += count;
	patch->left -= count;
}

static void keep(struct patch *patch, size_t count)
{
	move_vmas(patch->state, patch->done, patch->before, count);
	patch->done += count;
	skip(patch, count);
}

/* The usages of the VMAs of a hunk: of those that they replace, and else of the one below. */
static void set_usages(const struct patch *patch, size_t come, size_t go)
{
	struct usage_list *usages = &patch->state->usages;
	const size_t replaced = come < go ? come : go;

	if (!has_usages(patch->state))
		return;
	usage_list_take(usages, patch->done, usages, patch->before, replaced);
	usage_list_repeat(usages, patch->done + replaced, come - replaced);
}

/* Returns the VMA that the next one is encoded against; any one in a bare state. */
static struct history_vma reference(const struct patch *patch, size_t come, size_t go)
{
	const struct history_state *state = patch->state;

	if (state->bare)
		return (struct history_vma){.name = 0};
	if (come < go)
		return state->vmas[patch->before + come];
	return patch->done ? history_vma_successor(&state->vmas[patch->done - 1])
			   : (struct history_vma){.name = 0};
}

static void apply_hunk(struct patch *patch, struct history_cursor *reader)
{
	struct history_state *state = patch->state;
	size_t same = history_number_take(reader);
	size_t go = history_number_take(reader), come = history_number_take(reader);

	keep(patch, same);
	make_room(patch, come, go);
	set_usages(patch, come, go);
	for (size_t i = 0; i < come; i++) {
		struct history_vma vma = reference(patch, i, go);

		take_vma(reader, &vma);
		if (!state->bare)
			state->vmas[patch->done] = vma;
		patch->done++;
	}
	skip(patch, go);
}

static void apply_vmas(struct history_state *state, struct history_cursor *reader)
{
	struct patch patch = {.state = state, .left = state->vma_count};

	while (reader->at < reader->end)
		apply_hunk(&patch, reader);
	keep(&patch, patch.left);
	state->vma_count = patch.done;
	if (has_usages(state))
		usage_list_resize(&state->usages, patch.done);
}

static void apply_parts(struct history_state *state, struct history_cursor *reader)
{
	size_t count = history_number_take(reader);

	if (count > state->part_capacity || count < state->part_capacity / 4) {
		state->parts = memory_resize(state->parts, count * sizeof(*state->parts));
		state->part_capacity = count;
	}
	state->part_count = count;
	for (size_t i = 0; i < count; i++) {
		struct history_vma part = {0};

		if (i)
			part = history_vma_successor(&state->parts[i - 1]);
		take_vma(reader, &part);
		state->parts[i] = part;
	}
}

static void apply_cmdline(struct history_state *state, struct history_cursor *reader)
{
	size_t count = history_number_take(reader);

	if (count > state->cmdline_capacity) {
		state->cmdline = memory_resize(state->cmdline, count * sizeof(*state->cmdline));
		state->cmdline_capacity = count;
	}
	for (size_t i = 0; i < count; i++)
		state->cmdline[i] = history_number_take(reader) - 1;
	state->target.cmdline_count = count;
}

bool history_state_apply(struct history_state *state, struct history_cursor *reader)
{
	struct history_cursor record = history_block_take(reader);
	struct target *target = &state->target;
	uint64_t mask;

	state->time_ns = (int64_t)history_delta_take(&record, (uint64_t)state->time_ns);
	state->cost_ns = history_delta_take(&record, state->cost_ns);
	mask = history_number_take(&record);
	for (size_t i = 0; mask >> HISTORY_PART_COUNT >> i; i++)
		if (mask >> HISTORY_PART_COUNT >> i & 1)
			history_target_set_number(
				target, i,
				history_delta_take(&record, history_target_number(target, i)));
	if (mask & HISTORY_PART_COMM)
		state->comm = history_number_take(&record) - 1;
	if (mask & HISTORY_PART_EXE)
		state->exe = history_number_take(&record) - 1;
	if (mask & HISTORY_PART_CMDLINE)
		apply_cmdline(state, &record);
	if (mask & HISTORY_PART_PARTS)
		apply_parts(state, &record);
	if (mask & HISTORY_PART_VMAS)
		apply_vmas(state, &record);
	return !(mask & (HISTORY_PART_PARTS | HISTORY_PART_VMAS));
}

static const char *string_at(const char *names, size_t place)
{
	return place == HISTORY_NO_NAME ? NULL : names + place;
}

static struct vma *make_vmas(const struct history_vma *from, size_t count, const char *names)
{
	struct vma *vmas = memory_resize(NULL, count * sizeof(*vmas));

	for (size_t i = 0; i < count; i++) {
		vmas[i] = from[i].vma;
		vmas[i].name = string_at(names, from[i].name);
	}
	return vmas;
}

/* The mappings and parts are those of the state. */
static int make_space(const struct history_state *state, const char *names,
		      const struct target *target, struct address_space **ret_space)
{
	struct vma *vmas = make_vmas(state->vmas, state->vma_count, names);
	struct vma *parts = make_vmas(state->parts, state->part_count, names);
	struct address_space *space;
	int error = address_space_adopt(target, vmas, state->vma_count, state->time_ns,
					state->cost_ns, &space);

	if (!error) {
		error = address_space_set_stacks(space, parts, state->part_count, NULL, 0);
		if (error)
			address_space_destroy(space);
		else
			*ret_space = space;
	}
	free(parts);
	return error;
}

int history_state_space(const struct history_state *state, const char *names,
			const struct address_space *mappings, struct address_space **ret_space)
{
	struct target target = state->target;
	const char **cmdline = memory_alloc(target.cmdline_count * sizeof(*cmdline));
	int error = 0;

	target.comm = string_at(names, state->comm);
	target.exe = string_at(names, state->exe);
	for (size_t i = 0; i < target.cmdline_count; i++)
		cmdline[i] = string_at(names, state->cmdline[i]);
	target.cmdline = cmdline;
	if (mappings)
		*ret_space = address_space_again(mappings, &target, state->time_ns, state->cost_ns);
	else
		error = make_space(state, names, &target, ret_space);
	free(cmdline);
	return error;
}
