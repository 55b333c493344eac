/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "maps_lines.h"
#include "model/classify.h"
#include "model/thread_stack.h"

/*
 * Properties over seeded random address spaces with hostile images: every VMA gets a kind, only
 * the results are written, and twice the same input gives twice the same result.
 */

#define SPACES 300

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static uint64_t below(uint64_t *seed, uint64_t limit)
{
	return next_random(seed) % limit;
}

static const char *const names[] = {
	"",
	"",
	"",
	"[heap]",
	"[stack]",
	"[stack:7]",
	"[anon:x]",
	"[vdso]",
	"[vsyscall]",
	"[anon: glibc: malloc arena]",
	"[anon: glibc: pthread stack: 9]",
	"/dev/zero",
	"/memfd:a",
	"/dev/nvme",
	"/lib/libc.so.6",
	"/bin/x",
	"/anon_hugepage",
	"(unreachable)/z",
};

#define FILES 6

struct random_space {
	struct vma vmas[200];
	size_t count;
	struct elf_segment segments[FILES][ELF_IMAGE_SEGMENTS_MAX];
	struct elf_image images[FILES];
	struct elf_file files[FILES];
	struct thread_stack_pointer stacks[20];
	struct guard_range guards[200];
	size_t guard_count;
};

/* One for each file, and any. */
static const char *name_of(uint64_t number)
{
	return names[number % (sizeof(names) / sizeof(names[0]))];
}

static void make_image(struct random_space *space, int i, uint64_t *seed)
{
	size_t count = 1 + below(seed, below(seed, 8) ? 5 : ELF_IMAGE_SEGMENTS_MAX);
	uint64_t address = below(seed, 4) ? below(seed, 16) << 12 : next_random(seed) >> 3;

	for (size_t s = 0; s < count; s++) {
		uint64_t size = 1 + below(seed, 0x4000), offset = below(seed, 0x8000);

		if (below(seed, 8))
			offset = (offset & ~UINT64_C(0xfff)) | (address & 0xfff);
		space->segments[i][s] = (struct elf_segment){
			.address = address,
			.memory_size = size,
			.offset = offset,
			.file_size = below(seed, 3) ? size : below(seed, size),
			.perms = (uint8_t)below(seed, 8),
		};
		address += size + below(seed, 0x2000);
	}
	space->images[i] = (struct elf_image){.segments = space->segments[i],
					      .segment_count = count,
					      .relro_start = space->segments[i][0].address,
					      .relro_end = next_random(seed)};
	space->files[i] = (struct elf_file){
		.key = {.inode = (uint64_t)i + 1, .name = name_of((uint64_t)i + 1)},
		.image = below(seed, 4) ? &space->images[i] : NULL,
		.readable = below(seed, 4),
	};
}

/* In some mappings one, at any page: also of those that can have none. */
static void make_guards(struct random_space *space, uint64_t *seed)
{
	space->guard_count = 0;
	for (size_t i = 0; i < space->count; i++) {
		const struct vma *vma = &space->vmas[i];
		uint64_t at = vma->start + (below(seed, vma_size(vma) >> 12) << 12);

		if (below(seed, 3) == 0)
			space->guards[space->guard_count++] = (struct guard_range){at, at + 4096};
	}
}

static void make_space(struct random_space *space, uint64_t *seed)
{
	uint64_t address = below(seed, 2) ? below(seed, 64) << 12 : 0x7f0000000000;

	for (int i = 0; i < FILES; i++)
		make_image(space, i, seed);
	space->count = below(seed, 200);
	for (size_t i = 0; i < space->count; i++) {
		uint64_t size = (1 + below(seed, below(seed, 5) ? 8 : 0x8000)) << 12;

		if (!below(seed, 3))
			address += below(seed, 0x4000) << 12;
		if (!below(seed, 20))
			address = (address + 0x3ffffff) & ~UINT64_C(0x3ffffff);
		space->vmas[i] = (struct vma){
			.start = address,
			.end = address + size,
			.offset = below(seed, 10) << 12,
			.inode = below(seed, 2) ? 0 : 1 + below(seed, FILES + 2),
			.perms = (uint8_t)(below(seed, 8) | (below(seed, 4) ? 0 : PERM_SHARED)),
			.kind = (uint8_t)next_random(seed),
			.owner = (uint8_t)next_random(seed),
			.kind_source = (uint8_t)next_random(seed),
			.tid = (int32_t)next_random(seed),
		};
		space->vmas[i].name =
			name_of(space->vmas[i].inode ? space->vmas[i].inode : next_random(seed));
		address += size;
	}
	for (size_t i = 0; i < 20; i++)
		space->stacks[i] = (struct thread_stack_pointer){
			.tid = (int32_t)i,
			.address = space->count ? space->vmas[below(seed, space->count)].start + 8
						: next_random(seed),
			.own = space->count && below(seed, 2)
				       ? space->vmas[below(seed, space->count)].end - 8
				       : 0,
			.own_on_top = below(seed, 2)};
	make_guards(space, seed);
}

static void check_results(const struct vma *after, const struct vma *before, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_true(after[i].kind < KIND_GAP);
		assert_true(after[i].kind_source < KIND_SOURCE_COUNT);
		assert_true(after[i].owner < OWNER_COUNT);
		if (after[i].kind != KIND_THREAD_STACK) {
			assert_int_equal(after[i].tid, 0);
			assert_false(after[i].alternate);
		}
		assert_true(after[i].start == before[i].start && after[i].end == before[i].end);
		assert_true(after[i].offset == before[i].offset);
		assert_true(after[i].inode == before[i].inode);
		assert_true(after[i].perms == before[i].perms && after[i].name == before[i].name);
	}
}

/* What comes beside the VMAs is fit for a snapshot of them. */
static void check_stacks(const struct target *target, const struct vma *vmas, size_t count,
			 const struct thread_stacks *stacks)
{
	struct target of = *target;
	struct address_space *space;

	of.comm = "x";
	assert_int_equal(address_space_create(&of, vmas, count, 0, 0, &space), 0);
	assert_int_equal(address_space_set_stacks(space, stacks->parts, stacks->part_count,
						  stacks->lodged, stacks->lodged_count),
			 0);
	address_space_destroy(space);
}

static void every_vma_gets_a_kind(void **state)
{
	struct random_space *space = memory_alloc(sizeof(*space));
	uint64_t seed = 0x5eed;

	(void)state;
	for (int round = 0; round < SPACES; round++) {
		struct vma first[200], second[200];
		struct target target = {.pid = 3, .exe = "/bin/x"};
		struct classify_facts facts = {.target = &target,
					       .files = space->files,
					       .file_count = FILES,
					       .stacks = space->stacks,
					       .guards = space->guards};

		make_space(space, &seed);
		target.threads = (uint32_t)below(&seed, 30);
		target.page_size = below(&seed, 3) ? 4096 : next_random(&seed);
		facts.exe = &space->vmas[below(&seed, 200)];
		facts.exe_by_numbers = below(&seed, 2);
		facts.interpreter_base = space->vmas[0].start;
		facts.stack_count = below(&seed, 20);
		facts.guard_count = below(&seed, 2) ? space->guard_count : 0;
		memcpy(first, space->vmas, sizeof(first));
		memcpy(second, space->vmas, sizeof(second));
		struct thread_stacks stacks = {0}, again = {0};

		classify(first, space->count, &facts, &stacks);
		classify(second, space->count, &facts, &again);
		check_results(first, space->vmas, space->count);
		check_stacks(&target, first, space->count, &stacks);
		assert_int_equal(stacks.part_count, again.part_count);
		assert_int_equal(stacks.lodged_count, again.lodged_count);
		thread_stacks_finish(&stacks);
		thread_stacks_finish(&again);
		for (size_t i = 0; i < space->count; i++)
			assert_memory_equal(&first[i], &second[i], sizeof(first[i]));
	}
	free(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_vma_gets_a_kind),
	};

	return cmocka_run_group_tests_name("classify_random", tests, NULL, NULL);
}
