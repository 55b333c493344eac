/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_ADDRESS_SPACE_H
#define MODEL_ADDRESS_SPACE_H

/*
 * A snapshot of a process's virtual address space: who it is and all of its VMAs. Immutable and
 * complete once made. The VMAs are sorted by address and disjoint.
 *
 * It owns everything it points to, but can share its list (mappings, parts and lodged stacks) with
 * other snapshots, also with those of another thread; the list is freed with the last of them.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/target.h"
#include "model/vma.h"

struct kind_total {
	uint64_t mappings;
	uint64_t size; /* bytes */
};

/* A thread's stack in memory that is something else: the heap, a bss, a mapping of many fibers. */
struct lodged_stack {
	uint64_t address; /* the stack pointer, or else any address in the stack */
	int32_t tid;
	bool alternate; /* as in struct vma; else it is not known, or not so */
};

struct address_space_list;

struct address_space {
	struct address_space_list *list; /* its memory; private */
	struct arena target_arena;       /* of the target's strings; private */
	struct target target;
	int64_t time_ns;   /* when it was sampled: CLOCK_REALTIME, nanoseconds */
	uint64_t cost_ns;  /* how long sampling took, nanoseconds */
	uint64_t user_end; /* where user addresses end: 2^47, 2^32, or more with LA57 */
	const struct vma *vmas;
	size_t vma_count;
	/*
	 * What a mapping consists of that is more than one thing, as when the kernel merged the
	 * stacks of several threads: all parts of all such mappings, sorted. The parts of a mapping
	 * cover it. A part is what its mapping is, but for range, kind, kind_source, tid, alternate
	 * and, of a guard, perms. Sums count mappings, not parts.
	 */
	const struct vma *parts;
	size_t part_count;
	const struct lodged_stack *lodged; /* ascending; an earlier moment of a history has none */
	size_t lodged_count;
	/*
	 * Totals as the kernel counts (VmSize of proc_pid_status(5), map_count of mm/mmap.c):
	 * without what lies above user addresses, as [vsyscall] does, which is listed in maps but
	 * is not a mapping of the process. by_kind has all that is listed.
	 */
	uint64_t mappings;
	uint64_t size;                         /* bytes mapped */
	uint64_t gaps;                         /* unmapped ranges between two mappings */
	uint64_t writable_executable;          /* mappings that are both */
	struct kind_total by_kind[KIND_COUNT]; /* KIND_GAP stays empty */
};

/*
 * Copies the target and count classified VMAs (with all strings) into a new snapshot and adds
 * them up. Returns 0 and sets *ret_space, which the caller destroys; or -EINVAL when the VMAs are
 * empty ranges, not sorted or not disjoint.
 */
int address_space_create(const struct target *target, const struct vma *vmas, size_t count,
			 int64_t time_ns, uint64_t cost_ns, struct address_space **ret_space);

/*
 * The same with malloc'ed VMAs, which are given away, also when there is an error: they are not
 * copied, but their strings are.
 */
int address_space_adopt(const struct target *target, struct vma *vmas, size_t count,
			int64_t time_ns, uint64_t cost_ns, struct address_space **ret_space);

/*
 * Copies parts and lodged stacks into a snapshot that has none yet and shares its list with no
 * other. Returns 0; or -EINVAL when the parts are not as struct address_space says, or the stacks
 * not sorted.
 */
int address_space_set_stacks(struct address_space *space, const struct vma *parts,
			     size_t part_count, const struct lodged_stack *lodged,
			     size_t lodged_count);

/* A snapshot that shares the list of this one. */
struct address_space *address_space_copy(const struct address_space *space);

/* The same of another time, with a target of its own (copied). */
struct address_space *address_space_again(const struct address_space *space,
					  const struct target *target, int64_t time_ns,
					  uint64_t cost_ns);

/* The bytes that it takes, its list counted, also where others share that. */
size_t address_space_bytes(const struct address_space *space);

/*
 * Where the two have the same mappings, parts and lodged stacks, of the same program in the same
 * process, so that they differ only in time, cost and the figures of the target: the first gives up
 * its list for that of the other. Returns whether it did. O(n).
 */
bool address_space_share_list(struct address_space *space, const struct address_space *other);

/* Whether both targets are the same program in the same process, as far as that shows in them. */
bool address_space_same_program(const struct target *a, const struct target *b);

/* Whether the two share their list. O(1). */
bool address_space_same_list(const struct address_space *a, const struct address_space *b);

/*
 * Gives the snapshot the time, the cost and the target of a fresher one that shares its list, which
 * it destroys. Whatever was made of the list stays valid.
 */
void address_space_renew(struct address_space *space, struct address_space *fresher);

/* Frees the snapshot; NULL is allowed. */
void address_space_destroy(struct address_space *space);

/* The index of the VMA that contains the address; space->vma_count when none does. */
size_t address_space_find(const struct address_space *space, uint64_t address);

/* The index of the first VMA that ends above the address; space->vma_count when none does. */
size_t address_space_lower_bound(const struct address_space *space, uint64_t address);

/* The parts of the VMA at the index; NULL and *ret_count 0 when it is one thing. O(log parts). */
const struct vma *address_space_parts(const struct address_space *space, size_t index,
				      size_t *ret_count);

/* The part, or the VMA without parts, that contains the address; NULL when none does. */
const struct vma *address_space_at(const struct address_space *space, uint64_t address);

/* The stacks that are lodged in the range; NULL, and *ret_count is 0, when there are none. */
const struct lodged_stack *address_space_lodged(const struct address_space *space, uint64_t start,
						uint64_t end, size_t *ret_count);

/*
 * The VMA whose name the one at the index goes by: itself, but a bss has no name of its own and
 * takes that of the file that it continues.
 */
const struct vma *address_space_named(const struct address_space *space, size_t index);

#endif
