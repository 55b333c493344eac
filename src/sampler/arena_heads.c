/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sampler/arena_heads.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "kernel/pagemap.h"
#include "kernel/proc_file.h"
#include "model/classify_shape.h"
#include "model/vma.h"
#include "procfs/heap_info_parser.h"

/* Calls after which a look is repeated: another mapping may lie there by now. */
#define ROUNDS_MAX 64u

#define NOT_OPEN (-1)
#define CANNOT   (-2)

/* One call of arena_heads_look(). */
struct looking {
	struct arena_heads *heads;
	int directory;
	int memory, pagemap; /* opened when needed; NOT_OPEN, CANNOT */
	unsigned looks;
	uint64_t unit, page_size;
};

void arena_heads_finish(struct arena_heads *heads)
{
	free(heads->heads);
	free(heads->before);
	*heads = (struct arena_heads){0};
}

static int open_once(struct looking *looking, int *descriptor, const char *name)
{
	if (*descriptor == NOT_OPEN) {
		*descriptor = proc_file_open(looking->directory, name);
		if (*descriptor < 0)
			*descriptor = CANNOT;
	}
	return *descriptor;
}

/* To read a page that is not there would bring it in. */
static bool is_resident(struct looking *looking, uint64_t address)
{
	uint64_t entries[PAGEMAP_PIECE];
	int pagemap = open_once(looking, &looking->pagemap, "pagemap");

	return pagemap >= 0 &&
	       pagemap_read(pagemap, address, looking->page_size, 1, entries) == 0 &&
	       pagemap_page(entries[0], false) != PAGEMAP_NONE &&
	       pagemap_page(entries[0], false) != PAGEMAP_SWAPPED;
}

/* False when nothing can be told: it cannot be read, or nothing is written there yet. */
static bool look_at(struct looking *looking, const struct vma *vma, struct arena_head *head)
{
	const struct heap_place place = {.start = vma->start,
					 .end = vma->end,
					 .unit = looking->unit,
					 .page_size = looking->page_size};
	uint8_t bytes[HEAP_INFO_BYTES], all = 0;
	int memory;

	if (looking->looks == ARENA_HEADS_LOOKS)
		return false;
	looking->looks++;
	memory = open_once(looking, &looking->memory, "mem");
	if (memory < 0 || !is_resident(looking, vma->start))
		return false;
	if (pread(memory, bytes, sizeof(bytes), (off_t)vma->start) != sizeof(bytes)) {
		looking->memory = CANNOT;
		close(memory);
		return false;
	}
	for (size_t i = 0; i < sizeof(bytes); i++)
		all |= bytes[i];
	*head = (struct arena_head){.start = vma->start,
				    .round = looking->heads->round,
				    .is_heap = heap_info_parse(&place, bytes)};
	return all != 0;
}

static void look_again(struct looking *looking, const struct vma *vma, size_t *next)
{
	struct arena_heads *heads = looking->heads;
	struct arena_head head;

	while (*next < heads->before_count && heads->before[*next].start < vma->start)
		++*next;
	if (*next < heads->before_count && heads->before[*next].start == vma->start &&
	    heads->round - heads->before[*next].round < ROUNDS_MAX)
		head = heads->before[*next];
	else if (!look_at(looking, vma, &head))
		return;
	heads->heads =
		memory_array_grow(heads->heads, heads->count, &heads->capacity, sizeof(head));
	heads->heads[heads->count++] = head;
}

static void swap_with_before(struct arena_heads *heads)
{
	struct arena_head *free_heads = heads->before;
	size_t free_capacity = heads->before_capacity;

	heads->before = heads->heads;
	heads->before_count = heads->count;
	heads->before_capacity = heads->capacity;
	heads->heads = free_heads;
	heads->capacity = free_capacity;
	heads->count = 0;
}

void arena_heads_look(struct arena_heads *heads, const struct vma *vmas, size_t count,
		      uint64_t page_size, int directory)
{
	struct looking looking = {
		.heads = heads,
		.directory = directory,
		.memory = NOT_OPEN,
		.pagemap = NOT_OPEN,
		.unit = classify_shape_arena_unit(vmas, count),
		.page_size = page_size,
	};
	size_t next = 0;

	heads->round++;
	swap_with_before(heads);
	if (heads->refused_round && heads->round - heads->refused_round < ROUNDS_MAX)
		return;
	heads->refused_round = 0;
	for (size_t i = 0; i < count && looking.memory != CANNOT; i++)
		if (classify_shape_may_be_arena(&vmas[i], looking.unit))
			look_again(&looking, &vmas[i], &next);
	if (looking.memory == CANNOT)
		heads->refused_round = heads->round;
	if (looking.memory >= 0)
		close(looking.memory);
	if (looking.pagemap >= 0)
		close(looking.pagemap);
}
