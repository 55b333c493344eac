/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "edited_process.h"

/* Any bytes but NUL; mostly short, now and then as long as a path may be. */
static const char *new_string(struct edited_process *process)
{
	size_t length = random_magnitude(&process->random, 4096) - 1;
	char *string = arena_alloc(&process->strings, length + 1);

	for (size_t i = 0; i < length; i++)
		string[i] = (char)(1 + random_below(&process->random, 255));
	return string;
}

static void change_number(struct edited_process *process)
{
	struct target *target = &process->target;
	uint64_t *const numbers[] = {&target->rss,       &target->rss,         &target->rss,
				     &target->swap,      &target->start_ticks, &target->uid,
				     &target->page_size, &target->start_brk,   &target->start_stack,
				     &target->limits.as, &target->limits.data};
	uint64_t *number = numbers[random_below(&process->random, 11)];

	switch (random_below(&process->random, 6)) {
	case 0: *number = TARGET_UNKNOWN; break;
	case 1: *number = random_next(&process->random); break;
	case 2: target->state = "RSDTtZXI?"[random_below(&process->random, 9)]; break;
	case 3: target->threads = (uint32_t)random_next(&process->random); break;
	case 4: target->limits.stack = target->limits.max_map_count++; break;
	default: *number += random_below(&process->random, 9) * PAGE;
	}
}

static void change_words(struct edited_process *process)
{
	struct target *target = &process->target;

	switch (random_below(&process->random, 4)) {
	case 0: target->comm = new_string(process); break;
	case 1: target->exe = target->exe ? NULL : new_string(process); break;
	case 2:
		target->cmdline_count = random_below(&process->random, EDITED_MOST_ARGUMENTS + 1);
		for (size_t i = 0; i < target->cmdline_count; i++)
			process->cmdline[i] = new_string(process);
		break;
	default: process->cmdline[0] = new_string(process);
	}
}

static void start_program(struct edited_process *process)
{
	process->target.pid = (int32_t)random_next(&process->random);
	for (size_t i = 0; i < 4; i++)
		change_words(process);
	for (size_t i = 0; i < 20; i++)
		change_number(process);
	process->count = random_magnitude(&process->random, EDITED_MOST_VMAS) - 1;
	random_vmas(&process->random, process->vmas, process->count);
}

/* Where the next VMA begins, or user addresses end. */
static uint64_t room_end(const struct edited_process *process, size_t index)
{
	return index < process->count ? process->vmas[index].start : UINT64_C(1) << 47;
}

static void insert(struct edited_process *process, size_t index, struct vma vma)
{
	if (process->count == EDITED_MOST_VMAS || vma.start >= vma.end)
		return;
	memmove(&process->vmas[index + 1], &process->vmas[index],
		(process->count - index) * sizeof(vma));
	process->vmas[index] = vma;
	process->count++;
}

static void take_away(struct edited_process *process, size_t index)
{
	process->count--;
	memmove(&process->vmas[index], &process->vmas[index + 1],
		(process->count - index) * sizeof(process->vmas[0]));
}

static void map(struct edited_process *process)
{
	size_t index = random_below(&process->random, process->count + 1);
	struct vma vma = {.name = "", .kind = KIND_ANON};

	vma.start = index ? process->vmas[index - 1].end : 0;
	vma.end = room_end(process, index);
	if (vma.end > vma.start)
		vma.end = vma.start + random_magnitude(&process->random, vma.end - vma.start);
	insert(process, index, vma);
}

static void change_what_it_is(struct edited_process *process, struct vma *vma)
{
	struct random *random = &process->random;

	switch (random_below(random, 7)) {
	case 0: vma->name = new_string(process); break;
	case 1: vma->name = process->vmas[random_below(random, process->count)].name; break;
	case 2: vma->deleted = !vma->deleted; break;
	case 3: vma->inode = random_next(random); break;
	case 4: vma->dev_minor = (uint32_t)random_next(random); break;
	case 5: vma->tid = (int32_t)random_next(random); break;
	default:
		vma->kind = (uint8_t)random_below(random, KIND_GAP);
		vma->kind_source = (uint8_t)random_below(random, KIND_SOURCE_COUNT);
		vma->owner = (uint8_t)random_below(random, OWNER_COUNT);
	}
}

static void change_size(struct edited_process *process, size_t index)
{
	struct vma *vma = &process->vmas[index];
	uint64_t room = room_end(process, index + 1), low = index ? vma[-1].end : 0;

	if (random_below(&process->random, 4) == 0)
		vma->start = low + random_below(&process->random, vma->end - low);
	else if (room > vma->start)
		vma->end = vma->start + random_magnitude(&process->random, room - vma->start);
}

static void split(struct edited_process *process, size_t index)
{
	struct vma *vma = &process->vmas[index], upper = *vma;

	if (process->count == EDITED_MOST_VMAS || vma_size(vma) < 2)
		return;
	upper.start = vma->start + random_magnitude(&process->random, vma_size(vma) - 1);
	upper.offset += upper.start - vma->start;
	upper.perms = (uint8_t)random_below(&process->random, 16);
	vma->end = upper.start;
	insert(process, index + 1, upper);
}

static void edit(struct edited_process *process)
{
	size_t index = process->count ? random_below(&process->random, process->count) : 0;
	struct vma *vma = &process->vmas[index];

	if (process->count == 0) {
		map(process);
		return;
	}
	switch (random_below(&process->random, 9)) {
	case 0: map(process); break;
	case 1: take_away(process, index); break;
	case 2: split(process, index); break;
	case 3: vma->perms = (uint8_t)random_below(&process->random, 16); break;
	case 4: change_what_it_is(process, vma); break;
	case 5: vma->offset = random_next(&process->random); break;
	case 6: /* merge */
		if (index + 1 < process->count) {
			vma->end = vma[1].end;
			take_away(process, index + 1);
		}
		break;
	default: change_size(process, index);
	}
}

void edited_process_init(struct edited_process *process, uint64_t seed)
{
	*process = (struct edited_process){.random = {seed}};
	process->target.comm = "";
	process->target.state = 'R';
	process->target.cmdline = process->cmdline;
	for (size_t i = 0; i < EDITED_MOST_ARGUMENTS; i++)
		process->cmdline[i] = "";
	start_program(process);
}

void edited_process_finish(struct edited_process *process)
{
	arena_finish(&process->strings);
}

void edited_process_step(struct edited_process *process)
{
	struct random *random = &process->random;
	uint64_t what = random_below(random, 64);

	process->time_ns += (int64_t)random_magnitude(random, 2000000000) - 1000;
	if (what == 0)
		start_program(process);
	else if (what == 1)
		change_words(process);
	else if (what == 2)
		process->time_ns = (int64_t)random_next(random); /* the clock was set */
	if (what < 32)
		change_number(process);
	for (uint64_t edits = what < 20 ? random_magnitude(random, 8) : 0; edits > 0; edits--)
		edit(process);
}

struct address_space *edited_process_space(const struct edited_process *process)
{
	struct address_space *space = NULL;

	assert_int_equal(address_space_create(&process->target, process->vmas, process->count,
					      process->time_ns,
					      (uint64_t)process->time_ns % 1000003, &space),
			 0);
	return space;
}

static void assert_same_string(const char *a, const char *b)
{
	assert_true(!a == !b);
	if (a)
		assert_string_equal(a, b);
}

static void assert_same_target(const struct target *a, const struct target *b)
{
	assert_int_equal(a->pid, b->pid);
	assert_true(a->start_ticks == b->start_ticks && a->uid == b->uid);
	assert_same_string(a->comm, b->comm);
	assert_same_string(a->exe, b->exe);
	assert_int_equal(a->cmdline_count, b->cmdline_count);
	for (size_t i = 0; i < a->cmdline_count; i++)
		assert_same_string(a->cmdline[i], b->cmdline[i]);
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->threads, b->threads);
	assert_true(a->page_size == b->page_size && a->start_brk == b->start_brk);
	assert_true(a->start_stack == b->start_stack);
	assert_true(a->rss == b->rss && a->swap == b->swap);
	assert_memory_equal(&a->limits, &b->limits, sizeof(a->limits));
}

static void assert_same_vma(const struct vma *a, const struct vma *b)
{
	assert_true(a->start == b->start && a->end == b->end);
	assert_true(a->offset == b->offset && a->inode == b->inode);
	assert_same_string(a->name, b->name);
	assert_int_equal(a->dev_major, b->dev_major);
	assert_int_equal(a->dev_minor, b->dev_minor);
	assert_int_equal(a->tid, b->tid);
	assert_int_equal(a->perms, b->perms);
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->kind_source, b->kind_source);
	assert_int_equal(a->owner, b->owner);
	assert_int_equal(a->identity, b->identity);
	assert_int_equal(a->twin, b->twin);
	assert_int_equal(a->file_system, b->file_system);
	assert_int_equal(a->huge_shift, b->huge_shift);
	assert_int_equal(a->runtime, b->runtime);
	assert_int_equal(a->deleted, b->deleted);
	assert_int_equal(a->alternate, b->alternate);
}

void assert_same_space(const struct address_space *a, const struct address_space *b)
{
	assert_same_target(&a->target, &b->target);
	assert_true(a->time_ns == b->time_ns && a->cost_ns == b->cost_ns);
	assert_true(a->user_end == b->user_end);
	assert_int_equal(a->vma_count, b->vma_count);
	for (size_t i = 0; i < a->vma_count; i++)
		assert_same_vma(&a->vmas[i], &b->vmas[i]);
	assert_int_equal(a->gaps, b->gaps);
	assert_true(a->size == b->size);
	assert_int_equal(a->writable_executable, b->writable_executable);
	assert_memory_equal(a->by_kind, b->by_kind, sizeof(a->by_kind));
}
