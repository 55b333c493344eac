/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "maps_lines.h"
#include "maps_space.h"
#include "model/classify.h"
#include "model/classify_shape.h"
#include "model/mapped_file.h"

/* What else is known of the process. */
struct known {
	uint32_t threads;
	const struct arena_head *heads;
	size_t head_count;
};

/* Names the vdso, finds what has no access, then the arenas; the rest shows as "gap". */
static void expect_known(const char *maps, const struct known *known, const char *kinds)
{
	const struct target target = {.pid = 1, .threads = known->threads};
	const struct classify_facts facts = {.target = &target,
					     .arena_heads = known->heads,
					     .arena_head_count = known->head_count};
	struct arena arena = {0};
	struct mapped_files files;
	struct maps_lines lines;

	maps_lines_init(&lines, maps);
	for (size_t i = 0; i < lines.count; i++)
		if (!strcmp(lines.vmas[i].name, "[vdso]"))
			lines.vmas[i].kind = KIND_VDSO;
	mapped_files_collect(&files, &arena, lines.vmas, lines.count, NULL, 0);
	classify_shape_no_access(lines.vmas, lines.count);
	classify_shape_arenas(lines.vmas, lines.count, &files, &facts);
	for (size_t i = 0; i < lines.count; i++)
		if (lines.vmas[i].kind == KIND_COUNT || lines.vmas[i].kind == KIND_VDSO)
			lines.vmas[i].kind = KIND_GAP;
	assert_string_equal(maps_lines_kinds(&lines), kinds);
	arena_finish(&arena);
	maps_lines_finish(&lines);
}

/* Of a process with two threads that does not let itself be read. */
static void expect(const char *maps, const char *kinds)
{
	expect_known(maps, &(struct known){.threads = 2}, kinds);
}

#define OTHER "gap/elf"
#define LIBC  "7fff00000000-7fff00100000 r-xp 26000 fe:00 9 /lib/libc.so.6\n"
#define VDSO  "7fff00000000-7fff00002000 r-xp 0 00:00 0 [vdso]\n"

static void a_guard_is_small_and_touches_memory(void **state)
{
	(void)state;
	expect("1000-2000 ---p 0 00:00 0 \n"
	       "2000-3000 rw-p 0 00:00 0 \n"
	       "3000-4000 ---p 0 00:00 0 \n",
	       "guard/shape " OTHER " guard/shape");
	expect("1000-2000 ---p 0 00:00 0 \n"
	       "3000-4000 rw-p 0 00:00 0 \n",
	       "reserve/shape " OTHER);
	expect("2000-3000 rw-p 0 00:00 0 \n"
	       "3000-103000 ---p 0 00:00 0 \n",
	       OTHER " guard/shape");
	expect("2000-3000 rw-p 0 00:00 0 \n"
	       "3000-104000 ---p 0 00:00 0 \n",
	       OTHER " reserve/shape");
	/* Beside another one without access: nothing to guard. */
	expect("1000-2000 ---p 0 00:00 0 \n"
	       "2000-3000 ---s 0 00:05 4 /x\n",
	       "reserve/shape reserve/shape");
	/* Execute-only memory is memory with access; a file's hole can be a guard. */
	expect("1000-2000 --xp 0 00:00 0 \n"
	       "2000-3000 ---p 1000 fe:00 4 /lib/x\n",
	       OTHER " guard/shape");
}

static void an_arena_begins_at_64_mib(void **state)
{
	(void)state;
	expect("7ff800000000-7ff800021000 rw-p 0 00:00 0 \n"
	       "7ff800021000-7ff804000000 ---p 0 00:00 0 \n" LIBC,
	       "arena/shape reserve/shape " OTHER);
	/* Nearly full: its rest is small, and still no guard. */
	expect("7ff800000000-7ff803fff000 rw-p 0 00:00 0 \n"
	       "7ff803fff000-7ff804000000 ---p 0 00:00 0 \n" LIBC,
	       "arena/shape reserve/shape " OTHER);
	/* Full: only what is written there could tell. */
	expect("7ff800000000-7ff804000000 rw-p 0 00:00 0 \n" LIBC, OTHER " " OTHER);
	/* A full one that has become one mapping with the next. */
	expect("7ff800000000-7ff804021000 rw-p 0 00:00 0 \n"
	       "7ff804021000-7ff808000000 ---p 0 00:00 0 \n" LIBC,
	       "arena/shape reserve/shape " OTHER);
	expect("7ff800000000-7ff800021000 rw-p 0 00:00 0 [anon: glibc: malloc arena]\n"
	       "7ff800021000-7ff800022000 ---p 0 00:00 0 [anon: glibc: malloc arena]\n",
	       OTHER " reserve/shape");
}

static void what_only_looks_like_an_arena(void **state)
{
	(void)state;
	expect("7ff800001000-7ff800021000 rw-p 0 00:00 0 \n"
	       "7ff800021000-7ff804000000 ---p 0 00:00 0 \n" LIBC,
	       OTHER " reserve/shape " OTHER);
	expect("7ff800000000-7ff800021000 rw-p 0 00:00 0 \n"
	       "7ff800021000-7ff803000000 ---p 0 00:00 0 \n" LIBC,
	       OTHER " reserve/shape " OTHER);
	expect("7ff800000000-7ff800021000 rwxp 0 00:00 0 \n"
	       "7ff800021000-7ff804000000 ---p 0 00:00 0 \n" LIBC,
	       OTHER " reserve/shape " OTHER);
	/* Go's heap in a program with a C library, far from where mmap maps. */
	expect("c000000000-c000400000 rw-p 0 00:00 0 \n"
	       "c000400000-c004000000 ---p 0 00:00 0 \n" LIBC,
	       OTHER " reserve/shape " OTHER);
	/* Go's heap in a program without one. */
	expect("400000-500000 r-xp 0 fe:00 7 /bin/go\n"
	       "c000000000-c000400000 rw-p 0 00:00 0 \n"
	       "c000400000-c004000000 ---p 0 00:00 0 \n" VDSO,
	       OTHER " " OTHER " reserve/shape " OTHER);
	/* Another C library. */
	expect("400000-500000 r-xp 0 fe:00 7 /bin/x\n"
	       "7ff800000000-7ff800021000 rw-p 0 00:00 0 \n"
	       "7ff800021000-7ff804000000 ---p 0 00:00 0 \n"
	       "7ffe00000000-7ffe00100000 r-xp 0 fe:00 9 /lib/ld-musl-x86_64.so.1\n" VDSO,
	       OTHER " " OTHER " reserve/shape " OTHER " " OTHER);
}

static void a_static_program_has_arenas_too(void **state)
{
	(void)state;
	expect("400000-500000 r-xp 0 fe:00 7 /bin/x\n"
	       "7ff800000000-7ff800021000 rw-p 0 00:00 0 \n"
	       "7ff800021000-7ff804000000 ---p 0 00:00 0 \n" VDSO,
	       OTHER " arena/shape reserve/shape " OTHER);
}

static void arenas_of_32_bit_programs_are_1_mib(void **state)
{
	(void)state;
	expect("f6100000-f6121000 rw-p 0 00:00 0 \n"
	       "f6121000-f6200000 ---p 0 00:00 0 \n"
	       "f7cc7000-f7e40000 r-xp 22000 fe:00 9 /usr/lib32/libc-2.31.so\n",
	       "arena/shape reserve/shape " OTHER);
	expect("f6100000-f6121000 rw-p 0 00:00 0 \n"
	       "f6121000-f6200000 ---p 0 00:00 0 \n" LIBC,
	       OTHER " guard/shape " OTHER);
}

#define ARENA                                         \
	"7ff800000000-7ff800021000 rw-p 0 00:00 0 \n" \
	"7ff800021000-7ff804000000 ---p 0 00:00 0 \n"

/* The main thread has the brk heap; so the shape alone is somebody else's. */
static void a_process_with_one_thread_has_no_arenas_by_shape(void **state)
{
	(void)state;
	expect_known(ARENA LIBC, &(struct known){.threads = 1}, OTHER " reserve/shape " OTHER);
	expect_known(ARENA VDSO, &(struct known){.threads = 1}, OTHER " reserve/shape " OTHER);
}

static void what_is_written_at_the_start_decides(void **state)
{
	static const struct arena_head heads[] = {{.start = 0x7ff800000000, .is_heap = true},
						  {.start = 0x7ff810000000, .is_heap = false},
						  {.start = 0x7ff820000000, .is_heap = true}};
	const struct known known = {.threads = 2, .heads = heads, .head_count = 3};
	const struct known single = {.threads = 1, .heads = heads, .head_count = 3};

	(void)state;
	expect_known(ARENA "7ff810000000-7ff810021000 rw-p 0 00:00 0 \n"
			   "7ff810021000-7ff814000000 ---p 0 00:00 0 \n"
			   "7ff820000000-7ff824000000 rw-p 0 00:00 0 \n" LIBC,
		     &known,
		     "arena/content reserve/shape " OTHER " reserve/shape arena/content " OTHER);
	/* Its threads may have ended, and the C library may have any name. */
	expect_known(ARENA, &single, "arena/content reserve/shape");
	/* One that is not of malloc's memory at all. */
	expect_known("7ff800000000-7ff800021000 rw-p 0 fe:00 7 /srv/x\n", &known, OTHER);
}

/* A bss goes by the file of the data right below it, whatever lies below that. */
static void a_bss_is_of_the_data_below_it(void **state)
{
	const struct target target = maps_space_target();
	const struct vma exe = {.inode = 6, .dev_major = 8, .dev_minor = 1, .name = "/bin/x"};
	const struct classify_facts facts = {.target = &target, .exe = &exe};
	struct address_space *space =
		maps_space_classify(&facts, "20000-21000 r-xp 00000000 08:01 6 /bin/x\n"
					    "21000-22000 r-xp 00000000 08:01 5 /lib/a.so\n"
					    "22000-23000 rw-p 00001000 08:01 6 /bin/x\n"
					    "23000-24000 rw-p 00000000 00:00 0 \n"
					    "25000-26000 r-xp 00000000 08:01 6 /bin/x\n"
					    "26000-27000 rw-p 00001000 08:01 5 /lib/a.so\n"
					    "27000-28000 rw-p 00000000 00:00 0 \n"
					    "28000-29000 rwxp 00000000 00:00 0 \n");

	(void)state;
	assert_int_equal(space->vmas[2].kind, KIND_DATA);
	assert_int_equal(space->vmas[3].kind, KIND_BSS);
	assert_int_equal(space->vmas[3].kind_source, KIND_SOURCE_SHAPE);
	assert_int_equal(space->vmas[3].owner, OWNER_PROGRAM);
	assert_int_equal(space->vmas[6].kind, KIND_BSS);
	assert_int_equal(space->vmas[6].owner, OWNER_LIBRARY);
	assert_int_not_equal(space->vmas[7].kind, KIND_BSS);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_guard_is_small_and_touches_memory),
		cmocka_unit_test(an_arena_begins_at_64_mib),
		cmocka_unit_test(what_only_looks_like_an_arena),
		cmocka_unit_test(a_static_program_has_arenas_too),
		cmocka_unit_test(arenas_of_32_bit_programs_are_1_mib),
		cmocka_unit_test(a_process_with_one_thread_has_no_arenas_by_shape),
		cmocka_unit_test(what_is_written_at_the_start_decides),
		cmocka_unit_test(a_bss_is_of_the_data_below_it),
	};

	return cmocka_run_group_tests_name("classify_shape", tests, NULL, NULL);
}
