/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Stacks of threads that told where they are, in mappings that are more than one stack. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "maps_lines.h"
#include "model/classify.h"
#include "model/classify_name.h"
#include "model/classify_shape.h"
#include "model/thread_stack.h"

#define PID 100

static struct target target(uint32_t threads)
{
	return (struct target){
		.pid = PID, .threads = threads, .page_size = 4096, .limits.stack = 8 << 20};
}

#define STACK                                         \
	"7f0000000000-7f0000001000 ---p 0 00:00 0 \n" \
	"7f0000001000-7f0000801000 rw-p 0 00:00 0 \n"

/*
 * Facts as they are recorded of a process, and what they make of it: "kind:tid" of each part or of
 * a VMA without parts, "~" before the tid of an alternate stack; behind " | " the lodged stacks.
 */
struct situation {
	const char *maps;
	uint32_t threads;
	const struct thread_stack_pointer *stacks;
	size_t stack_count;
	const struct guard_range *guards;
	size_t guard_count;
};

static void append_mapping(struct text *text, const struct vma *vma)
{
	text_append_format(text, "%s%s", text->length ? " " : "",
			   vma->kind == KIND_COUNT ? "?" : kind_name((enum kind)vma->kind));
	if (vma->tid)
		text_append_format(text, ":%s%d", vma->alternate ? "~" : "", vma->tid);
}

static void expect_situation(const struct situation *situation, const char *expected)
{
	struct target of = target(situation->threads);
	struct classify_facts facts = {.target = &of,
				       .stacks = situation->stacks,
				       .stack_count = situation->stack_count,
				       .guards = situation->guards,
				       .guard_count = situation->guard_count};
	struct thread_stacks found = {0};
	struct arena arena = {0};
	struct maps_lines lines;
	struct text text = {0};
	size_t part = 0;

	maps_lines_init(&lines, situation->maps);
	classify_shape_no_access(lines.vmas, lines.count);
	for (size_t i = 0; i < lines.count; i++)
		if (lines.vmas[i].name[0])
			classify_name_settle(&lines.vmas[i]);
	thread_stack_classify(lines.vmas, lines.count, &facts, &arena, &found);
	for (size_t i = 0; i < lines.count; i++) {
		if (part == found.part_count || found.parts[part].start >= lines.vmas[i].end)
			append_mapping(&text, &lines.vmas[i]);
		/* Parts are all of their mapping. */
		for (uint64_t at = lines.vmas[i].start;
		     part < found.part_count && found.parts[part].start < lines.vmas[i].end;
		     part++) {
			assert_int_equal(found.parts[part].start, at);
			at = found.parts[part].end;
			assert_in_range(at, found.parts[part].start + 1, lines.vmas[i].end);
			assert_true(part + 1 < found.part_count ? found.parts[part + 1].start >= at
								: at == lines.vmas[i].end);
			if (found.parts[part].kind == KIND_GUARD)
				assert_int_equal(found.parts[part].perms, 0);
			append_mapping(&text, &found.parts[part]);
		}
	}
	for (size_t i = 0; i < found.lodged_count; i++)
		text_append_format(&text, "%s%s%d", i ? " " : " | ",
				   found.lodged[i].alternate ? "~" : "", found.lodged[i].tid);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	thread_stacks_finish(&found);
	arena_finish(&arena);
	maps_lines_finish(&lines);
}

/* As recorded of glibc 2.42: each stack is 1 MiB above one guard page. */
#define ONE_STACK "7f0000000000-7f0000101000 rw-p 0 00:00 0 \n"
static const struct guard_range one_guard[] = {{0x7f0000000000, 0x7f0000001000}};
#define THREE_STACKS "7f0000000000-7f0000303000 rw-p 0 00:00 0 \n"
static const struct guard_range three_guards[] = {{0x7f0000000000, 0x7f0000001000},
						  {0x7f0000101000, 0x7f0000102000},
						  {0x7f0000202000, 0x7f0000203000}};

static void guard_pages_need_no_mapping(void **state)
{
	const struct thread_stack_pointer told[] = {{101, 0x7f0000100e70, 0x7f00001009a0, true}};
	const struct thread_stack_pointer pointer_only[] = {{101, 0x7f0000100e70, 0, false}};
	const struct thread_stack_pointer running[] = {{101, 0, 0x7f00001009a0, true}};

	(void)state;
	expect_situation(&(struct situation){ONE_STACK, 2, told, 1, one_guard, 1},
			 "guard thread-stack:101");
	expect_situation(&(struct situation){ONE_STACK, 2, pointer_only, 1, one_guard, 1},
			 "guard thread-stack:101");
	expect_situation(&(struct situation){ONE_STACK, 2, running, 1, one_guard, 1},
			 "guard thread-stack:101");
	/* Nothing is known of the thread, but its stack has the size of one. */
	expect_situation(&(struct situation){ONE_STACK, 2, NULL, 0, one_guard, 1},
			 "guard thread-stack");
	/* A kernel that tells of no guard regions. */
	expect_situation(&(struct situation){ONE_STACK, 2, told, 1, NULL, 0}, "thread-stack:101");
	expect_situation(&(struct situation){ONE_STACK, 2, pointer_only, 1, NULL, 0}, "? | 101");
}

static void merged_stacks_are_told_apart(void **state)
{
	const struct thread_stack_pointer told[] = {{101, 0x7f0000302e70, 0x7f00003029a0, true},
						    {102, 0x7f0000201e70, 0x7f00002019a0, true},
						    {103, 0x7f0000100e70, 0x7f00001009a0, true}};
	const struct thread_stack_pointer pointers[] = {{101, 0x7f0000302e70, 0, false},
							{102, 0x7f0000201e70, 0, false},
							{103, 0x7f0000100e70, 0, false}};

	(void)state;
	expect_situation(&(struct situation){THREE_STACKS, 4, told, 3, three_guards, 3},
			 "guard thread-stack:103 guard thread-stack:102 guard thread-stack:101");
	expect_situation(&(struct situation){THREE_STACKS, 4, pointers, 3, three_guards, 3},
			 "guard thread-stack:103 guard thread-stack:102 guard thread-stack:101");
	expect_situation(&(struct situation){THREE_STACKS, 4, told, 3, NULL, 0},
			 "thread-stack:103 thread-stack:102 thread-stack:101");
	/* The middle one has ended; the C library keeps its stack. */
	expect_situation(&(struct situation){THREE_STACKS, 3,
					     (struct thread_stack_pointer[]){told[0], told[2]}, 2,
					     three_guards, 3},
			 "guard thread-stack:103 guard thread-stack guard thread-stack:101");
}

/* Buffers may lie right above a stack and be merged with it. */
static void what_else_is_merged_stays_anonymous(void **state)
{
	const struct thread_stack_pointer told[] = {{101, 0x7f0000100e70, 0x7f00001009a0, true}};

	(void)state;
	expect_situation(&(struct situation){"7f0000000000-7f0000501000 rw-p 0 00:00 0 \n", 2, told,
					     1, one_guard, 1},
			 "guard thread-stack:101 anon");
}

static void stacks_without_guards_end_at_each_other(void **state)
{
	const struct thread_stack_pointer told[] = {{101, 0x7f00002ffe70, 0x7f00002ff9a0, true},
						    {102, 0x7f00001ffe70, 0x7f00001ff9a0, true},
						    {103, 0x7f00000ffe70, 0x7f00000ff9a0, true}};
	const struct thread_stack_pointer malloced[] = {
		{101, 0x7f0000200e70, 0x7f00002009a0, true},
		{102, 0x7f00000ffe70, 0x7f00000ffe00, true}};

	(void)state;
	expect_situation(&(struct situation){"7f0000000000-7f0000300000 rw-p 0 00:00 0 \n", 4, told,
					     3, NULL, 0},
			 "thread-stack:103 thread-stack:102 thread-stack:101");
	expect_situation(&(struct situation){"7f0000000000-7f0000202000 rw-p 0 00:00 0 \n", 3,
					     malloced, 2, NULL, 0},
			 "thread-stack:102 thread-stack:101");
	/* No program asks for a stack of a gigabyte by accident. */
	expect_situation(&(struct situation){"7ef000000000-7f0000100000 rw-p 0 00:00 0 \n", 2,
					     &told[2], 1, NULL, 0},
			 "anon thread-stack:103");
}

static void other_memory_only_lodges_stacks(void **state)
{
	const struct thread_stack_pointer heap[] = {{101, 0x5600000fe000, 0x5600000ff000, true},
						    {102, 0x5600000be000, 0x5600000bf000, true}};

	(void)state;
	expect_situation(&(struct situation){"560000000000-560000200000 rw-p 0 00:00 0 [heap]\n", 3,
					     heap, 2, NULL, 0},
			 "heap | 102 101");
}

/* The thread's own stack stays its own, wherever its stack pointer is. */
static void signals_and_fibers_have_stacks_besides(void **state)
{
	static const char maps[] = "560000000000-560000200000 rw-p 0 00:00 0 [heap]\n" STACK
				   "7f0000900000-7f0000910000 rw-p 0 00:00 0 \n"
				   "7f0000a00000-7f0000a01000 ---p 0 00:00 0 \n"
				   "7f0000a01000-7f0000a41000 rw-p 0 00:00 0 \n"
				   "7f1000000000-7f1010000000 rw-p 0 00:00 0 \n";
	const uint64_t own = 0x7f00008009a0;
	const struct thread_stack_pointer mapped[] = {{101, 0x7f000090f000, own, true}};
	const struct thread_stack_pointer guarded[] = {{101, 0x7f0000a40000, own, true}};
	const struct thread_stack_pointer heap[] = {{101, 0x560000100000, own, true}};
	const struct thread_stack_pointer pool[] = {{101, 0x7f1000100000, own, true}};
	const struct thread_stack_pointer of_main[] = {{PID, 0x7f0000a40000, 0, false},
						       {101, 0, own, true}};

	(void)state;
	expect_situation(&(struct situation){maps, 2, mapped, 1, NULL, 0},
			 "heap guard thread-stack:101 thread-stack:~101 guard ? ?");
	expect_situation(&(struct situation){maps, 2, guarded, 1, NULL, 0},
			 "heap guard thread-stack:101 ? guard thread-stack:~101 ?");
	expect_situation(&(struct situation){maps, 2, heap, 1, NULL, 0},
			 "heap guard thread-stack:101 ? guard ? ? | ~101");
	expect_situation(&(struct situation){maps, 2, pool, 1, NULL, 0},
			 "heap guard thread-stack:101 ? guard ? ? | ~101");
	expect_situation(&(struct situation){maps, 2, of_main, 2, NULL, 0},
			 "heap guard thread-stack:101 ? guard thread-stack:~100 ?");
}

/* Where only history tells which stack is the thread's own, it need not be near its top. */
static void history_tells_whose_stack_it_is(void **state)
{
	static const char maps[] = STACK "7f0000a00000-7f0000a01000 ---p 0 00:00 0 \n"
					 "7f0000a01000-7f0000a41000 rw-p 0 00:00 0 \n";
	const struct thread_stack_pointer stacks[] = {{101, 0x7f0000a40000, 0x7f0000400000, false}};

	(void)state;
	expect_situation(&(struct situation){maps, 2, stacks, 1, NULL, 0},
			 "guard thread-stack:101 guard thread-stack:~101");
}

static void many_threads_are_no_more_work(void **state)
{
	enum { MANY = 2000 };
	struct thread_stack_pointer *stacks = memory_alloc(MANY * sizeof(*stacks));
	struct guard_range *guards = memory_alloc(MANY * sizeof(*guards));
	struct target of = target(MANY + 1);
	struct classify_facts facts = {.target = &of,
				       .stacks = stacks,
				       .stack_count = MANY,
				       .guards = guards,
				       .guard_count = MANY};
	struct vma vma = {.start = 0x7f0000000000,
			  .end = 0x7f0000000000 + MANY * 0x101000ull,
			  .name = "",
			  .perms = PERM_READ | PERM_WRITE,
			  .kind = KIND_COUNT};
	struct thread_stacks found = {0};
	struct arena arena = {0};

	(void)state;
	for (int i = 0; i < MANY; i++) {
		guards[i].start = vma.start + (uint64_t)i * 0x101000;
		guards[i].end = guards[i].start + 0x1000;
		stacks[i] = (struct thread_stack_pointer){
			.tid = 101 + i, .own = guards[i].start + 0x1009a0, .own_on_top = true};
	}
	thread_stack_classify(&vma, 1, &facts, &arena, &found);
	assert_int_equal(found.part_count, 2 * MANY);
	assert_int_equal(found.parts[2 * MANY - 1].tid, 100 + MANY);
	assert_int_equal(vma.kind, KIND_THREAD_STACK);
	assert_int_equal(vma.tid, 0);
	thread_stacks_finish(&found);
	arena_finish(&arena);
	free(stacks);
	free(guards);
}

/* A thread that has ended left its stack, which the C library keeps or the program will unmap. */
static void stacks_outlive_their_threads(void **state)
{
	const struct thread_stack_pointer left[] = {{0, 0, 0x7f00001009a0, true},
						    {101, 0x7f0000302e70, 0x7f00003029a0, true}};
	const struct thread_stack_pointer musl[] = {{0, 0, 0x7f00001009a0, false},
						    {104, 0x7f0000100e70, 0, false}};

	(void)state;
	expect_situation(&(struct situation){ONE_STACK, 1, left, 1, one_guard, 1},
			 "guard thread-stack");
	expect_situation(&(struct situation){ONE_STACK, 1, left, 1, NULL, 0}, "?");
	expect_situation(&(struct situation){THREE_STACKS, 2, left, 2, three_guards, 3},
			 "guard thread-stack guard thread-stack guard thread-stack:101");
	expect_situation(&(struct situation){ONE_STACK, 2, musl, 2, one_guard, 1},
			 "guard thread-stack:104");
}

/* Of two that tell of one stack the lower number has it, whoever tells first. */
static void one_stack_has_one_thread(void **state)
{
	const struct thread_stack_pointer told[] = {{102, 0x7f0000800e70, 0x7f00008009a0, true},
						    {101, 0x7f0000800e70, 0x7f00008009a0, true},
						    {103, 0x7f0000800e70, 0x7f00008009a0, true}};

	(void)state;
	expect_situation(&(struct situation){STACK, 4, told, 3, NULL, 0},
			 "guard thread-stack:101 | 102 103");
}

/* One for signals may be a part of the same mapping. */
static void an_alternate_stack_may_be_a_part(void **state)
{
	const struct thread_stack_pointer told[] = {{101, 0x7f0000201e70, 0x7f00001009a0, true}};

	(void)state;
	expect_situation(&(struct situation){"7f0000000000-7f0000202000 rw-p 0 00:00 0 \n", 2, told,
					     1, three_guards, 2},
			 "guard thread-stack:101 guard thread-stack:~101");
}

/* A stack ends with the page of what its thread told; what is no size of a page is not used. */
static void pages_have_the_size_of_the_target(void **state)
{
	static const struct {
		uint64_t page_size, end;
	} cases[] = {{4096, 0x7f00000fa000}, {16384, 0x7f00000fc000}, {65536, 0x7f0000100000},
		     {0, 0x7f00000fa000},    {12345, 0x7f00000fa000}, {0x6000, 0x7f00000fa000}};
	const struct thread_stack_pointer told[] = {{101, 0x7f00000f9000, 0x7f00000f9000, true},
						    {102, 0x7f0000201000, 0x7f00002fff00, true}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct target of = target(3);
		struct classify_facts facts = {.target = &of, .stacks = told, .stack_count = 2};
		struct thread_stacks found = {0};
		struct arena arena = {0};
		struct maps_lines lines;

		of.page_size = cases[i].page_size;
		maps_lines_init(&lines, "7f0000000000-7f0000300000 rw-p 0 00:00 0 \n");
		thread_stack_classify(lines.vmas, lines.count, &facts, &arena, &found);
		assert_int_equal(found.part_count, 2);
		assert_int_equal(found.parts[0].tid, 101);
		assert_int_equal(found.parts[0].end, cases[i].end);
		assert_int_equal(found.parts[1].tid, 102);
		thread_stacks_finish(&found);
		arena_finish(&arena);
		maps_lines_finish(&lines);
	}
}

/* Old kernels name stacks: as many are missing fewer, wherever they lie. */
static void stacks_with_names_are_not_missing(void **state)
{
	static const char first[] = "7e0000000000-7e0000100000 rw-p 0 00:00 0 [stack:101]\n" STACK;
	static const char last[] = STACK "7f1000000000-7f1000100000 rw-p 0 00:00 0 [stack:101]\n";

	(void)state;
	expect_situation(&(struct situation){first, 2, NULL, 0, NULL, 0},
			 "thread-stack:101 guard ?");
	expect_situation(&(struct situation){first, 3, NULL, 0, NULL, 0},
			 "thread-stack:101 guard thread-stack");
	expect_situation(&(struct situation){last, 2, NULL, 0, NULL, 0},
			 "guard ? thread-stack:101");
	expect_situation(&(struct situation){last, 3, NULL, 0, NULL, 0},
			 "guard thread-stack thread-stack:101");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_alternate_stack_may_be_a_part),
		cmocka_unit_test(pages_have_the_size_of_the_target),
		cmocka_unit_test(one_stack_has_one_thread),
		cmocka_unit_test(stacks_with_names_are_not_missing),
		cmocka_unit_test(guard_pages_need_no_mapping),
		cmocka_unit_test(merged_stacks_are_told_apart),
		cmocka_unit_test(what_else_is_merged_stays_anonymous),
		cmocka_unit_test(stacks_without_guards_end_at_each_other),
		cmocka_unit_test(other_memory_only_lodges_stacks),
		cmocka_unit_test(signals_and_fibers_have_stacks_besides),
		cmocka_unit_test(history_tells_whose_stack_it_is),
		cmocka_unit_test(many_threads_are_no_more_work),
		cmocka_unit_test(stacks_outlive_their_threads),
	};

	return cmocka_run_group_tests_name("thread_stack_told", tests, NULL, NULL);
}
