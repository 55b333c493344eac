/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_ODD_SPACE_H
#define TESTS_UNIT_ODD_SPACE_H

/*
 * A process whose mappings have what few have, so that reports have each of their values: devices
 * of one digit and of many, files without numbers, runtimes, stacks for signals, deleted files,
 * parts and lodged stacks; and a usage in which no two amounts are the same.
 */

#include <stdlib.h>

#include "model/address_space.h"
#include "model/file_identity.h"
#include "model/runtime.h"
#include "model/usage.h"

static const struct vma odd_vmas[] = {
	{.start = 0x1000,
	 .end = 0x3000,
	 .offset = 0x2000,
	 .inode = 7,
	 .dev_major = 0xf,
	 .dev_minor = 0x10,
	 .name = "/a \xc3\xa4\x1b\"\\,",
	 .perms = PERM_READ | PERM_EXEC,
	 .kind = KIND_TEXT,
	 .kind_source = KIND_SOURCE_ELF,
	 .owner = OWNER_PROGRAM,
	 .identity = FILE_IDENTITY_PROVEN,
	 .deleted = true},
	{.start = 0x3000,
	 .end = 0x4000,
	 .inode = 9,
	 .dev_major = VMA_UNNUMBERED,
	 .name = "/b",
	 .perms = PERM_READ | PERM_SHARED,
	 .kind = KIND_SHARED,
	 .kind_source = KIND_SOURCE_FILE_SYSTEM,
	 .owner = OWNER_OTHER},
	{.start = 0x10000,
	 .end = 0x18000,
	 .name = "",
	 .dev_major = 0,
	 .perms = PERM_READ | PERM_WRITE,
	 .kind = KIND_ANON,
	 .kind_source = KIND_SOURCE_SHAPE,
	 .owner = OWNER_RUNTIME,
	 .runtime = RUNTIME_JAVA},
	{.start = 0x20000,
	 .end = 0x24000,
	 .name = "[anon:x]",
	 .perms = PERM_READ | PERM_WRITE,
	 .kind = KIND_THREAD_STACK,
	 .kind_source = KIND_SOURCE_THREAD,
	 .owner = OWNER_OTHER,
	 .tid = 12,
	 .alternate = true},
	{.start = 0x30000,
	 .end = 0x38000,
	 .inode = UINT64_C(0xffffffffff),
	 .dev_major = 0xfff,
	 .dev_minor = 0xfffff,
	 .name = "/dev/shm/y",
	 .perms = PERM_READ | PERM_WRITE | PERM_SHARED | PERM_EXEC,
	 .kind = KIND_FILE,
	 .kind_source = KIND_SOURCE_STALLED,
	 .owner = OWNER_LIBRARY},
};

#define ODD_VMAS (sizeof(odd_vmas) / sizeof(odd_vmas[0]))

/* Of the last mapping a half is a thread's stack, and another thread's lies in it. */
static inline struct address_space *odd_space(void)
{
	const struct target target = {.pid = 4711,
				      .start_ticks = 5,
				      .comm = "o\x1b\"d",
				      .uid = 3,
				      .state = 'D',
				      .threads = 1,
				      .page_size = 4096,
				      .start_brk = 0x5000,
				      .start_stack = 0x21000,
				      .rss = 12288,
				      .swap = TARGET_UNKNOWN,
				      .limits = {7, TARGET_UNKNOWN, TARGET_UNLIMITED, 8}};
	const struct lodged_stack lodged[] = {{0x31000, 15, false}, {0x32000, 16, true}};
	struct vma parts[2] = {odd_vmas[ODD_VMAS - 1], odd_vmas[ODD_VMAS - 1]};
	struct address_space *space;

	parts[0].end = parts[1].start = 0x34000;
	parts[1].kind = KIND_THREAD_STACK;
	parts[1].kind_source = KIND_SOURCE_PAGES;
	parts[1].tid = 13;
	parts[1].alternate = true;
	if (address_space_create(&target, odd_vmas, ODD_VMAS, INT64_C(1700000000123456789), 1234,
				 &space) ||
	    address_space_set_stacks(space, parts, 2, lodged, 2))
		abort();
	return space;
}

/* For usage_table_finish(). */
static inline void odd_usage(struct usage_table *table, const struct address_space *space)
{
	struct usage_list list;
	struct usage total;

	usage_list_init(&list, space->vma_count);
	for (size_t i = 0; i <= space->vma_count; i++) {
		const uint64_t page = 4096 * (i + 1);

		total = (struct usage){
			.rss = page,
			.last = page,
			.swap = 2 * page,
			.hugetlb = i == 1 ? 3 * page : 0,
			.pss = 5 * page + 1,
			.uss = 7 * page,
			.private_dirty = 11 * page,
			.shared_dirty = 13 * page,
			.referenced = 17 * page,
			.anonymous = 19 * page,
			.huge = 23 * page,
			.locked = i == 2 ? TARGET_UNKNOWN : 29 * page,
			.page_size = 4096,
			.flags = i == 0 ? TARGET_UNKNOWN : UINT64_C(0x5) << i,
		};
		if (i < space->vma_count)
			usage_list_set(&list, i, &total);
	}
	usage_table_restore(table, space, list, &total);
	table->source = RESIDENCY_PAGEMAP_SCAN;
	table->smaps_ns = INT64_C(1700000000000000000);
}

#endif
