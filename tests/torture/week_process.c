/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "week_process.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/pulse.h"

#define PAGE        UINT64_C(4096)
#define MAPPINGS    90 /* about so many there are */
#define HEAP_MAX    (UINT64_C(64) << 20)
#define STORM_EVERY 10800 /* seconds */
#define STORM_LASTS 40
#define STORM_SIZE  400 /* mappings */
#define EXEC_EVERY  28800
#define LOWEST      UINT64_C(0x7f0000000000) /* of what is mapped by mmap(2) */
#define STORM_PLACE UINT64_C(0x7e0000000000)

static uint64_t draw(struct week_process *process, uint64_t below)
{
	process->random ^= process->random << 13;
	process->random ^= process->random >> 7;
	process->random ^= process->random << 17;
	return process->random % below;
}

static void insert(struct week_process *process, size_t at, const struct vma *vma)
{
	process->vmas = memory_array_grow(process->vmas, process->count, &process->capacity,
					  sizeof(*process->vmas));
	memmove(process->vmas + at + 1, process->vmas + at,
		(process->count - at) * sizeof(*process->vmas));
	process->vmas[at] = *vma;
	process->count++;
}

static void erase(struct week_process *process, size_t at)
{
	process->count--;
	memmove(process->vmas + at, process->vmas + at + 1,
		(process->count - at) * sizeof(*process->vmas));
}

static void append(struct week_process *process, uint64_t start, uint64_t size, enum kind kind,
		   const char *name)
{
	const struct vma vma = {.start = start,
				.end = start + size,
				.name = name,
				.inode = name[0] == '/' ? 7 : 0,
				.dev_major = name[0] == '/' ? 8 : 0,
				.perms = kind == KIND_TEXT ? PERM_READ | PERM_EXEC
							   : PERM_READ | PERM_WRITE,
				.kind = (uint8_t)kind};

	insert(process, process->count, &vma);
}

/* The image of a program: what every process begins with. */
static void begin_image(struct week_process *process)
{
	const uint64_t base = UINT64_C(0x550000000000) + draw(process, 1 << 20) * PAGE;

	process->count = process->storms = 0;
	process->start_brk = base + 0x200000;
	append(process, base, 0x10000, KIND_TEXT, "/usr/bin/week");
	append(process, base + 0x10000, 0x4000, KIND_DATA, "/usr/bin/week");
	append(process, process->start_brk, 0x21000, KIND_HEAP, "[heap]");
	append(process, LOWEST - 0x400000, 0x200000, KIND_TEXT, "/usr/lib/libc.so.6");
	append(process, UINT64_C(0x7ffd00000000), 0x21000, KIND_STACK, "[stack]");
}

/* The heap is the third one. */
static void change_heap(struct week_process *process)
{
	struct vma *heap = &process->vmas[2];
	uint64_t size = heap->end - heap->start;

	if (size > HEAP_MAX || draw(process, 50) == 0)
		heap->end = heap->start + 0x21000;
	else
		heap->end += (1 + draw(process, 64)) * PAGE;
}

/* A mapping of mmap(2): from the fifth on, but for the stack above. False: there is none. */
static bool choose(struct week_process *process, size_t *ret_at)
{
	size_t first = 4 + process->storms, count = process->count - 1;

	if (first >= count)
		return false;
	*ret_at = first + draw(process, count - first);
	return true;
}

static void map(struct week_process *process)
{
	struct vma vma = {.name = "", .kind = KIND_ANON, .perms = PERM_READ | PERM_WRITE};
	size_t at = 0;

	vma.start = LOWEST + draw(process, 4096) * 0x1000000;
	vma.end = vma.start + (1 + draw(process, 256)) * PAGE;
	while (at < process->count && process->vmas[at].end <= vma.start)
		at++;
	if (at < process->count && process->vmas[at].start < vma.end)
		return;
	insert(process, at, &vma);
	/* A thread's stack has a guard below. */
	if (draw(process, 8) || (at && process->vmas[at - 1].end > vma.start - PAGE))
		return;
	process->vmas[at].kind = KIND_THREAD_STACK;
	process->vmas[at].tid = (int32_t)(100 + draw(process, 1000));
	vma.end = vma.start;
	vma.start -= PAGE;
	vma.perms = 0;
	vma.kind = KIND_GUARD;
	insert(process, at, &vma);
}

/* Grows into what is free above it, at the most to twice its size. */
static void grow(struct week_process *process)
{
	struct vma *vma;
	size_t at;
	uint64_t end;

	if (!choose(process, &at))
		return;
	vma = &process->vmas[at];
	end = vma->end + (1 + draw(process, (vma->end - vma->start) / PAGE)) * PAGE;
	if (end <= vma[1].start && end - vma->start <= 0x1000000)
		vma->end = end;
}

static void split(struct week_process *process)
{
	struct vma upper;
	size_t at;

	if (!choose(process, &at) || process->vmas[at].end - process->vmas[at].start < 2 * PAGE)
		return;
	upper = process->vmas[at];
	upper.start += PAGE;
	upper.perms ^= PERM_WRITE;
	process->vmas[at].end = upper.start;
	insert(process, at + 1, &upper);
}

static void unmap(struct week_process *process)
{
	size_t at;

	if (choose(process, &at))
		erase(process, at);
}

/* Comes at once, goes at once, and is another one meanwhile. */
static void storm(struct week_process *process, uint64_t since)
{
	if (since >= STORM_LASTS) {
		while (process->storms) {
			process->storms--;
			erase(process, 3);
		}
		return;
	}
	for (size_t i = 0; i < STORM_SIZE; i++) {
		const struct vma vma = {.start = STORM_PLACE + i * 0x100000,
					.end = STORM_PLACE + i * 0x100000 +
					       (1 + draw(process, 16)) * PAGE,
					.name = "",
					.kind = KIND_ANON,
					.perms = PERM_READ | PERM_WRITE};

		if (i < process->storms) {
			process->vmas[3 + i] = vma;
			continue;
		}

		insert(process, 3 + i, &vma);
		process->storms++;
	}
}

void week_process_live(struct week_process *process)
{
	uint64_t second = process->second++, chance = draw(process, 100);
	bool rages = second >= STORM_EVERY / 2 &&
		     (second + STORM_EVERY / 2) % STORM_EVERY <= STORM_LASTS;

	process->changes += rages || chance < 31;
	if (rages) {
		storm(process, (second + STORM_EVERY / 2) % STORM_EVERY);
	} else if (second % EXEC_EVERY == EXEC_EVERY - 1) {
		begin_image(process);
		process->changes++;
	} else if (chance < 12) {
		change_heap(process);
	} else if (chance < 20) {
		process->count < MAPPINGS + draw(process, 16) ? map(process) : unmap(process);
	} else if (chance < 26) {
		grow(process);
	} else if (chance < 28) {
		split(process);
	} else if (chance < 31) {
		unmap(process);
	}
}

uint64_t week_process_size(const struct week_process *process)
{
	uint64_t size = 0;

	for (size_t i = 0; i < process->count; i++)
		size += process->vmas[i].end - process->vmas[i].start;
	return size;
}

static int read_process(struct source *source, struct address_space **ret_space)
{
	struct week_process *process = (struct week_process *)source;
	const struct target target = {
		.pid = 7,
		.start_ticks = 1,
		.comm = "week",
		.exe = "/usr/bin/week",
		.state = 'S',
		.threads = 1,
		.page_size = PAGE,
		.start_brk = process->start_brk,
		.start_stack = process->start_brk + 1,
		.uid = 1,
		.rss = week_process_size(process) / 2,
		.limits = {65530, 8 << 20, TARGET_UNLIMITED, TARGET_UNLIMITED}};

	return address_space_create(&target, process->vmas, process->count,
				    clock_course_ns(&process->course), 1000, ret_space);
}

static int pulse_process(struct source *source, struct pulse *ret_pulse)
{
	struct week_process *process = (struct week_process *)source;
	const struct vma *heap = &process->vmas[2];

	*ret_pulse = (struct pulse){.time_ns = clock_course_ns(&process->course),
				    .heap_end = heap->end,
				    .heap = heap->end - heap->start,
				    .size = week_process_size(process),
				    .resident = week_process_size(process) / 2};
	return 0;
}

static int look_at_process(struct source *source, enum coverage_level level, uint64_t *ret_print)
{
	(void)level;
	*ret_print = ((struct week_process *)source)->changes;
	return 0;
}

static int exit_descriptor(const struct source *source)
{
	return ((const struct week_process *)source)->ends;
}

static void destroy(struct source *source)
{
	struct week_process *process = (struct week_process *)source;

	close(process->ends);
	free(process->vmas);
	process->vmas = NULL;
}

static const struct source_operations operations = {
	.read = read_process,
	.pulse = pulse_process,
	.look = look_at_process,
	.exit_descriptor = exit_descriptor,
	.destroy = destroy,
};

int week_process_init(struct week_process *process, uint64_t seed)
{
	*process = (struct week_process){.source.operations = &operations,
					 .random = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15),
					 .ends = eventfd(0, EFD_CLOEXEC)};
	if (process->ends < 0)
		return -errno;
	begin_image(process);
	return 0;
}
