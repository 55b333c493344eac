/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/address_space.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/search.h"

/* 2^56 with LA57: Documentation/arch/x86/x86_64/5level-paging.rst in the kernel's sources. */
#define USER_END_32 (UINT64_C(1) << 32)
#define USER_END_47 (UINT64_C(1) << 47)
#define USER_END_56 (UINT64_C(1) << 56)
#define KERNEL_HALF (UINT64_C(1) << 63)

struct address_space_list {
	atomic_size_t snapshots; /* that have it */
	struct vma *vmas;
	size_t vma_bytes;
	struct arena arena; /* of their names, parts and lodged stacks */
};

static struct address_space_list *list_create(void)
{
	struct address_space_list *list = memory_alloc(sizeof(*list));

	atomic_init(&list->snapshots, 1);
	return list;
}

static struct address_space_list *list_share(struct address_space_list *list)
{
	atomic_fetch_add(&list->snapshots, 1);
	return list;
}

static void list_leave(struct address_space_list *list)
{
	if (atomic_fetch_sub(&list->snapshots, 1) > 1)
		return;
	arena_finish(&list->arena);
	free(list->vmas);
	free(list);
}

static int check(const struct vma *vmas, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (vmas[i].start >= vmas[i].end || (i && vmas[i].start < vmas[i - 1].end))
			return -EINVAL;
	return 0;
}

static const char *copy_string(struct arena *arena, const char *string)
{
	return string ? arena_copy(arena, string, strlen(string)) : NULL;
}

static void copy_target(struct address_space *space, const struct target *target)
{
	const char **cmdline = NULL;

	if (target->cmdline_count)
		cmdline =
			arena_alloc(&space->target_arena, target->cmdline_count * sizeof(*cmdline));
	space->target = *target;
	space->target.comm = copy_string(&space->target_arena, target->comm);
	space->target.exe = copy_string(&space->target_arena, target->exe);
	for (size_t i = 0; i < target->cmdline_count; i++)
		cmdline[i] = copy_string(&space->target_arena, target->cmdline[i]);
	space->target.cmdline = cmdline;
}

/* Neighbours mostly share their name; the parser gives them one pointer and so does this. */
static void own_vmas(struct address_space *space, struct vma *vmas, size_t count)
{
	struct address_space_list *list = space->list;
	const char *before = NULL;

	for (size_t i = 0; i < count; i++) {
		const char *name = vmas[i].name;

		if (name == before)
			vmas[i].name = vmas[i - 1].name;
		else
			vmas[i].name = name[0] ? copy_string(&list->arena, name) : "";
		before = name;
	}
	list->vma_bytes = count * sizeof(*vmas);
	list->vmas = vmas;
	space->vmas = vmas;
	space->vma_count = count;
}

static uint64_t find_user_end(const struct vma *vmas, size_t count)
{
	uint64_t highest = 0;

	for (size_t i = count; i > 0 && highest == 0; i--)
		if (vmas[i - 1].end <= KERNEL_HALF)
			highest = vmas[i - 1].end;
	if (highest == 0 || highest > USER_END_56)
		return highest ? KERNEL_HALF : USER_END_47;
	return highest <= USER_END_32   ? USER_END_32
	       : highest <= USER_END_47 ? USER_END_47
					: USER_END_56;
}

static void add_up(struct address_space *space)
{
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *vma = &space->vmas[i];
		struct kind_total *total = &space->by_kind[vma->kind];

		total->mappings++;
		total->size += vma_size(vma);
		if (i && vma[-1].end < vma->start)
			space->gaps++;
		if (vma->start >= space->user_end)
			continue;
		space->mappings++;
		space->size += vma_size(vma);
		if (vma_is_writable_executable(vma))
			space->writable_executable++;
	}
}

int address_space_adopt(const struct target *target, struct vma *vmas, size_t count,
			int64_t time_ns, uint64_t cost_ns, struct address_space **ret_space)
{
	struct address_space *space;
	int error = check(vmas, count);

	if (error) {
		free(vmas);
		return error;
	}
	space = memory_alloc(sizeof(*space));
	space->list = list_create();
	copy_target(space, target);
	own_vmas(space, vmas, count);
	space->time_ns = time_ns;
	space->cost_ns = cost_ns;
	space->user_end = find_user_end(space->vmas, count);
	add_up(space);
	*ret_space = space;
	return 0;
}

int address_space_create(const struct target *target, const struct vma *vmas, size_t count,
			 int64_t time_ns, uint64_t cost_ns, struct address_space **ret_space)
{
	struct vma *copy = memory_resize(NULL, count * sizeof(*copy));

	if (count)
		memcpy(copy, vmas, count * sizeof(*copy));
	return address_space_adopt(target, copy, count, time_ns, cost_ns, ret_space);
}

static int check_parts(const struct address_space *space, const struct vma *parts, size_t count)
{
	for (size_t i = 0, next; i < count; i = next) {
		size_t index = address_space_find(space, parts[i].start);
		const struct vma *vma = &space->vmas[index];
		uint64_t end = parts[i].start;

		if (index == space->vma_count || vma->start != parts[i].start)
			return -EINVAL;
		for (next = i; next < count && parts[next].start < vma->end; next++) {
			if (parts[next].start != end || parts[next].end <= end)
				return -EINVAL;
			end = parts[next].end;
		}
		if (end != vma->end)
			return -EINVAL;
	}
	return 0;
}

/* The parts with the names of their mappings, which the snapshot owns already. */
static void copy_parts(struct address_space *space, const struct vma *parts, size_t count)
{
	struct vma *copy = arena_alloc(&space->list->arena, count * sizeof(*copy));

	for (size_t i = 0; i < count; i++) {
		copy[i] = parts[i];
		copy[i].name = space->vmas[address_space_find(space, parts[i].start)].name;
	}
	space->parts = copy;
	space->part_count = count;
}

int address_space_set_stacks(struct address_space *space, const struct vma *parts,
			     size_t part_count, const struct lodged_stack *lodged,
			     size_t lodged_count)
{
	struct lodged_stack *copy;

	if (check_parts(space, parts, part_count))
		return -EINVAL;
	for (size_t i = 1; i < lodged_count; i++)
		if (lodged[i].address < lodged[i - 1].address)
			return -EINVAL;
	if (part_count)
		copy_parts(space, parts, part_count);
	if (!lodged_count)
		return 0;
	copy = arena_alloc(&space->list->arena, lodged_count * sizeof(*copy));
	memcpy(copy, lodged, lodged_count * sizeof(*copy));
	space->lodged = copy;
	space->lodged_count = lodged_count;
	return 0;
}

void address_space_destroy(struct address_space *space)
{
	if (!space)
		return;
	list_leave(space->list);
	arena_finish(&space->target_arena);
	free(space);
}

size_t address_space_lower_bound(const struct address_space *space, uint64_t address)
{
	return SEARCH_ABOVE(space->vmas, space->vma_count, end, address);
}

size_t address_space_find(const struct address_space *space, uint64_t address)
{
	size_t index = address_space_lower_bound(space, address);

	if (index < space->vma_count && space->vmas[index].start <= address)
		return index;
	return space->vma_count;
}

const struct vma *address_space_named(const struct address_space *space, size_t index)
{
	const struct vma *vma = &space->vmas[index];

	if (vma->kind == KIND_BSS && vma->name[0] == '\0' && index > 0 &&
	    vma[-1].end == vma->start && vma[-1].name[0] == '/')
		return vma - 1;
	return vma;
}

/* The index of the first of the parts that ends above the address. */
static size_t find_part(const struct address_space *space, uint64_t address)
{
	return SEARCH_ABOVE(space->parts, space->part_count, end, address);
}

const struct vma *address_space_parts(const struct address_space *space, size_t index,
				      size_t *ret_count)
{
	const struct vma *vma = &space->vmas[index];
	size_t first = find_part(space, vma->start);
	size_t end = SEARCH_FROM(space->parts, space->part_count, start, vma->end);

	*ret_count = end - first;
	return end > first ? &space->parts[first] : NULL;
}

const struct vma *address_space_at(const struct address_space *space, uint64_t address)
{
	size_t part = find_part(space, address), index;

	if (part < space->part_count && space->parts[part].start <= address)
		return &space->parts[part];
	index = address_space_find(space, address);
	return index < space->vma_count ? &space->vmas[index] : NULL;
}

const struct lodged_stack *address_space_lodged(const struct address_space *space, uint64_t start,
						uint64_t end, size_t *ret_count)
{
	size_t first = SEARCH_FROM(space->lodged, space->lodged_count, address, start);
	size_t last = first;

	while (last < space->lodged_count && space->lodged[last].address < end)
		last++;
	*ret_count = last - first;
	return last > first ? &space->lodged[first] : NULL;
}

/* Neighbours that share a name mostly share its bytes. */
static bool same_vmas(const struct vma *a, const struct vma *b, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool named = i && a[i].name == a[i - 1].name && b[i].name == b[i - 1].name;

		if (!vma_equal(&a[i], &b[i]) || (!named && strcmp(a[i].name, b[i].name) != 0))
			return false;
	}
	return true;
}

static bool same_lodged(const struct address_space *a, const struct address_space *b)
{
	for (size_t i = 0; i < a->lodged_count; i++)
		if (a->lodged[i].address != b->lodged[i].address ||
		    a->lodged[i].tid != b->lodged[i].tid ||
		    a->lodged[i].alternate != b->lodged[i].alternate)
			return false;
	return true;
}

bool address_space_same_program(const struct target *a, const struct target *b)
{
	return a->pid == b->pid && a->start_ticks == b->start_ticks &&
	       a->start_brk == b->start_brk && a->start_stack == b->start_stack &&
	       a->page_size == b->page_size;
}

static bool equal_lists(const struct address_space *a, const struct address_space *b)
{
	return address_space_same_program(&a->target, &b->target) && a->vma_count == b->vma_count &&
	       a->part_count == b->part_count && a->lodged_count == b->lodged_count &&
	       same_lodged(a, b) && same_vmas(a->parts, b->parts, a->part_count) &&
	       same_vmas(a->vmas, b->vmas, a->vma_count);
}

struct address_space *address_space_again(const struct address_space *space,
					  const struct target *target, int64_t time_ns,
					  uint64_t cost_ns)
{
	struct address_space *copy = memory_alloc(sizeof(*copy));

	*copy = *space;
	list_share(copy->list);
	copy->target_arena = (struct arena){0};
	copy_target(copy, target);
	copy->time_ns = time_ns;
	copy->cost_ns = cost_ns;
	return copy;
}

struct address_space *address_space_copy(const struct address_space *space)
{
	return address_space_again(space, &space->target, space->time_ns, space->cost_ns);
}

size_t address_space_bytes(const struct address_space *space)
{
	return sizeof(*space) + sizeof(*space->list) + space->list->vma_bytes +
	       arena_bytes(&space->target_arena) + arena_bytes(&space->list->arena);
}

bool address_space_share_list(struct address_space *space, const struct address_space *other)
{
	struct address_space_list *own = space->list;

	if (!equal_lists(space, other))
		return false;
	space->list = list_share(other->list);
	list_leave(own);
	space->vmas = other->vmas;
	space->parts = other->parts;
	space->lodged = other->lodged;
	return true;
}

bool address_space_same_list(const struct address_space *a, const struct address_space *b)
{
	return a->list == b->list;
}

void address_space_renew(struct address_space *space, struct address_space *fresher)
{
	arena_finish(&space->target_arena);
	space->target = fresher->target;
	space->target_arena = fresher->target_arena;
	fresher->target_arena = (struct arena){0};
	space->time_ns = fresher->time_ns;
	space->cost_ns = fresher->cost_ns;
	address_space_destroy(fresher);
}
