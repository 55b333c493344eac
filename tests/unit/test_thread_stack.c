/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "maps_lines.h"
#include "model/classify.h"
#include "model/classify_shape.h"
#include "model/thread_stack.h"

#define PID 100

static struct target target(uint32_t threads)
{
	return (struct target){
		.pid = PID, .threads = threads, .page_size = 4096, .limits.stack = 8 << 20};
}

static void expect(const char *maps, uint32_t threads, const struct thread_stack_pointer *stacks,
		   size_t stack_count, const char *kinds, const int32_t *tids)
{
	struct target of = target(threads);
	struct classify_facts facts = {.target = &of, .stacks = stacks, .stack_count = stack_count};
	struct thread_stacks found = {0};
	struct arena arena = {0};
	struct maps_lines lines;

	maps_lines_init(&lines, maps);
	classify_shape_no_access(lines.vmas, lines.count);
	thread_stack_classify(lines.vmas, lines.count, &facts, &arena, &found);
	assert_int_equal(found.part_count, 0);
	for (size_t i = 0; i < lines.count; i++) {
		if (lines.vmas[i].kind == KIND_COUNT)
			lines.vmas[i].kind = KIND_GAP;
		assert_int_equal(lines.vmas[i].tid, tids ? tids[i] : 0);
	}
	assert_string_equal(maps_lines_kinds(&lines), kinds);
	thread_stacks_finish(&found);
	arena_finish(&arena);
	maps_lines_finish(&lines);
}

#define OTHER "gap/elf"
#define GUARD "guard/shape"
#define STACK                                         \
	"7f0000000000-7f0000001000 ---p 0 00:00 0 \n" \
	"7f0000001000-7f0000801000 rw-p 0 00:00 0 \n"

static void a_pointer_makes_a_stack(void **state)
{
	const struct thread_stack_pointer stacks[] = {{.tid = PID, .address = 0x7ffc00000100},
						      {.tid = 101, .address = 0x7f0000800f00}};
	const int32_t tids[] = {0, 101};

	(void)state;
	expect(STACK, 2, stacks, 2, GUARD " thread-stack/thread", tids);
}

static void executable_stacks_have_pointers_too(void **state)
{
	const struct thread_stack_pointer stacks[] = {{.tid = 101, .address = 0x7f0000000ffff},
						      {.tid = 102, .address = 0x1800}};
	const int32_t tids[] = {0, 102};

	(void)state;
	expect("0-1000 ---p 0 00:00 0 \n"
	       "1000-2000 rwxp 0 00:00 0 \n",
	       3, stacks, 2, GUARD " thread-stack/thread", tids);
}

static void a_heap_of_stacks_is_no_stack(void **state)
{
	const struct thread_stack_pointer two[] = {{.tid = 101, .address = 0x7f0000002000},
						   {.tid = 102, .address = 0x7f0000003000}};
	const struct thread_stack_pointer one[] = {{.tid = 101, .address = 0xc000002000}};

	(void)state;
	expect(STACK, 3, two, 2, GUARD " " OTHER, NULL);
	/* Go's heap: one pointer inside, but nothing guards it. */
	expect("c000000000-c000400000 rw-p 0 00:00 0 \n"
	       "c000400000-c004000000 ---p 0 00:00 0 \n",
	       2, one, 1, OTHER " reserve/shape", NULL);
}

static void the_main_threads_pointer_makes_no_thread_s_stack(void **state)
{
	const struct thread_stack_pointer main_only[] = {{.tid = PID, .address = 0x7f0000002000}};
	const struct thread_stack_pointer both[] = {{.tid = 101, .address = 0x7f0000002000},
						    {.tid = PID, .address = 0x7f0000003000}};

	const int32_t tids[] = {0, PID};

	(void)state;
	expect(STACK, 1, main_only, 1, GUARD " thread-stack/thread", tids); /* an alternate one */
	expect(STACK, 2, both, 2, GUARD " " OTHER, NULL);
}

static void shape_finds_as_many_as_are_missing(void **state)
{
	static const char two[] = STACK "7f0000801000-7f0000802000 ---p 0 00:00 0 \n"
					"7f0000802000-7f0001002000 rw-p 0 00:00 0 \n";

	(void)state;
	expect(two, 3, NULL, 0, GUARD " thread-stack/shape " GUARD " thread-stack/shape", NULL);
	expect(two, 2, NULL, 0, GUARD " " OTHER " " GUARD " thread-stack/shape", NULL);
	expect(two, 1, NULL, 0, GUARD " " OTHER " " GUARD " " OTHER, NULL);
	expect(two, 0, NULL, 0, GUARD " " OTHER " " GUARD " " OTHER, NULL);
}

static void pointers_come_before_shape(void **state)
{
	static const char two[] = STACK "7f0000801000-7f0000802000 ---p 0 00:00 0 \n"
					"7f0000802000-7f0001002000 rw-p 0 00:00 0 \n";
	const struct thread_stack_pointer low[] = {{.tid = 101, .address = 0x7f0000800f00}};
	const int32_t tids[] = {0, 101, 0, 0};

	(void)state;
	expect(two, 2, low, 1, GUARD " thread-stack/thread " GUARD " " OTHER, tids);
	expect(two, 3, low, 1, GUARD " thread-stack/thread " GUARD " thread-stack/shape", tids);
}

static void the_usual_size_comes_first(void **state)
{
	static const char sizes[] = STACK "7f0000801000-7f0000802000 ---p 0 00:00 0 \n"
					  "7f0000802000-7f0000902000 rw-p 0 00:00 0 \n";

	(void)state;
	expect(sizes, 2, NULL, 0, GUARD " thread-stack/shape " GUARD " " OTHER, NULL);
	expect(sizes, 3, NULL, 0, GUARD " thread-stack/shape " GUARD " thread-stack/shape", NULL);
}

static void shape_wants_a_stacks_size_and_guard(void **state)
{
	static const char *const others[] = {
		"10000-11000 ---p 0 00:00 0 \n11000-14000 rw-p 0 00:00 0 \n", /* too small */
		"10000-11000 ---p 0 00:00 0 \n11000-32000 rw-p 0 00:00 0 \n", /* an odd size */
		"10000-8f000 ---p 0 00:00 0 \n8f000-9f000 rw-p 0 00:00 0 \n", /* a large guard */
		"10000-11000 ---p 0 00:00 0 \n12000-22000 rw-p 0 00:00 0 \n", /* no guard */
		"10000-11000 ---p 0 00:00 0 \n11000-21000 rwxp 0 00:00 0 \n", /* executable */
		"10000-11000 ---p 0 00:00 0 \n11000-21000 rw-s 0 00:01 7 /x\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		bool touches = strstr(others[i], "12000-") == NULL;

		expect(others[i], 9, NULL, 0, touches ? GUARD " " OTHER : "reserve/shape " OTHER,
		       NULL);
	}
	/* The guard may be part of the round size, as Java has it. */
	expect("10000-14000 ---p 0 00:00 0 \n14000-110000 rw-p 0 00:00 0 \n", 9, NULL, 0,
	       GUARD " thread-stack/shape", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pointer_makes_a_stack),
		cmocka_unit_test(executable_stacks_have_pointers_too),
		cmocka_unit_test(a_heap_of_stacks_is_no_stack),
		cmocka_unit_test(the_main_threads_pointer_makes_no_thread_s_stack),
		cmocka_unit_test(shape_finds_as_many_as_are_missing),
		cmocka_unit_test(pointers_come_before_shape),
		cmocka_unit_test(the_usual_size_comes_first),
		cmocka_unit_test(shape_wants_a_stacks_size_and_guard),
	};

	return cmocka_run_group_tests_name("thread_stack", tests, NULL, NULL);
}
