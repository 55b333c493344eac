/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/alike.h"
#include "maps_space.h"

#define RW   "rw-p 0 00:00 0 "
#define NONE "---p 0 00:00 0 "

static void what_must_be_equal(void **state)
{
	const struct alike small = alike_make(KIND_ANON, OWNER_OTHER, RUNTIME_NONE, 4096);
	const struct alike large = alike_make(KIND_ANON, OWNER_OTHER, RUNTIME_NONE, 8192);
	const struct alike stack = alike_make(KIND_THREAD_STACK, OWNER_OTHER, RUNTIME_NONE, 4096);
	const struct alike other = alike_make(KIND_THREAD_STACK, OWNER_OTHER, RUNTIME_NONE, 8192);
	const struct alike java = alike_make(KIND_ANON, OWNER_OTHER, RUNTIME_JAVA, 4096);
	const struct alike code = alike_make(KIND_JIT, OWNER_OTHER, RUNTIME_JAVA, 8192);
	const struct alike text = alike_make(KIND_TEXT, OWNER_PROGRAM, RUNTIME_NONE, 4096);
	const struct alike bss = alike_make(KIND_BSS, OWNER_PROGRAM, RUNTIME_NONE, 8192);
	const struct alike library = alike_make(KIND_TEXT, OWNER_OTHER, RUNTIME_NONE, 4096);

	(void)state;
	assert_false(alike_same(&small, &large));
	assert_true(alike_same(&stack, &other));
	assert_false(alike_same(&small, &stack));
	assert_true(alike_same(&java, &code));
	assert_false(alike_same(&java, &small));
	assert_true(alike_same(&text, &bss));
	assert_false(alike_same(&text, &library));
	assert_int_equal(alike_least(&small), 4);
	assert_int_equal(alike_least(&stack), 3);
	assert_int_equal(alike_least(&java), 1);
	assert_int_equal(alike_least(&text), 2);
	assert_int_equal(alike_least(&library), 0);
}

/* What the program would find from more than the lines of maps. */
static struct vma *at(struct address_space *space, size_t index)
{
	return (struct vma *)&space->vmas[index];
}

static struct address_space *make_space(const char *maps, const uint8_t *kinds)
{
	struct address_space *space = maps_space_create(NULL, maps);

	for (size_t i = 0; i < space->vma_count; i++)
		at(space, i)->kind = kinds[i];
	return space;
}

static void stacks_run_with_their_guards(void **state)
{
	static const uint8_t kinds[] = {KIND_ANON,         KIND_GUARD,        KIND_THREAD_STACK,
					KIND_GUARD,        KIND_THREAD_STACK, KIND_GUARD,
					KIND_THREAD_STACK, KIND_ANON};
	struct address_space *space = make_space("1000-2000 " RW "\n"
						 "10000-11000 " NONE "\n11000-21000 " RW "\n"
						 "21000-22000 " NONE "\n22000-32000 " RW "\n"
						 "32000-33000 " NONE "\n33000-43000 " RW "\n"
						 "50000-52000 " RW "\n",
						 kinds);
	struct alike_run run;

	(void)state;
	assert_false(alike_find(space, 0, &run));
	assert_true(alike_find(space, 1, &run));
	assert_int_equal(run.piece, 2);
	assert_int_equal(run.end, 7);
	assert_int_equal(run.pieces, 3);
	assert_int_equal(run.each, 0x10000);
	/* Two are too few. */
	assert_false(alike_find(space, 3, &run));
	assert_false(alike_find(space, 7, &run));
	address_space_destroy(space);
}

/* A guard is that of a stack right above it, of nothing else. */
static void a_guard_begins_a_run_of_stacks_only(void **state)
{
	static const uint8_t kinds[] = {KIND_GUARD, KIND_ANON, KIND_ANON,
					KIND_ANON,  KIND_ANON, KIND_GUARD};
	struct address_space *space = make_space("10000-11000 " NONE "\n11000-12000 " RW "\n"
						 "12000-13000 " RW "\n13000-14000 " RW "\n"
						 "14000-15000 " RW "\n16000-17000 " NONE "\n",
						 kinds);
	struct alike_run run = {.piece = 77};

	(void)state;
	assert_false(alike_find(space, 0, &run));
	assert_int_equal(run.piece, 77);
	assert_true(alike_find(space, 1, &run));
	assert_int_equal(run.piece, 1);
	assert_int_equal(run.pieces, 4);
	assert_int_equal(run.each, 0x1000);
	/* The last one guards nothing. */
	assert_false(alike_find(space, 5, &run));
	for (size_t i = 1; i < 5; i++)
		at(space, i)->kind = KIND_THREAD_STACK;
	assert_true(alike_find(space, 0, &run));
	at(space, 0)->end -= 0x800;
	assert_false(alike_find(space, 0, &run));
	address_space_destroy(space);
}

/* A size is said only where all have the same. */
static void each_is_told_where_all_are_of_it(void **state)
{
	static const uint8_t kinds[] = {KIND_THREAD_STACK, KIND_THREAD_STACK, KIND_THREAD_STACK};
	struct address_space *space = make_space("11000-13000 " RW "\n13000-14000 " RW "\n"
						 "14000-16000 " RW "\n",
						 kinds);
	struct alike_run run;

	(void)state;
	assert_true(alike_find(space, 0, &run));
	assert_int_equal(run.pieces, 3);
	assert_int_equal(run.each, 0);
	address_space_destroy(space);
}

static void pieces_of_one_size_run_up_to_a_wide_hole(void **state)
{
	static const uint8_t kinds[] = {KIND_ANON, KIND_ANON, KIND_ANON, KIND_GUARD,
					KIND_ANON, KIND_ANON, KIND_ANON};
	struct address_space *space = make_space("100000-110000 " RW "\n120000-130000 " RW "\n"
						 "140000-150000 " RW "\n150000-151000 " NONE "\n"
						 "151000-161000 " RW "\n"
						 "170000-172000 " RW "\n"
						 "8000000-8010000 " RW "\n",
						 kinds);
	struct alike_run run;

	(void)state;
	assert_true(alike_find(space, 0, &run));
	assert_int_equal(run.end, 5);
	assert_int_equal(run.pieces, 4);
	assert_false(alike_find(space, 1, &run));
	/* Another size ends it, and so does a hole. */
	at(space, 5)->end = 0x180000;
	assert_true(alike_find(space, 1, &run));
	assert_int_equal(run.end, 6);
	address_space_destroy(space);
}

static void arenas_run_with_what_they_reserve(void **state)
{
	static const uint8_t kinds[] = {KIND_ARENA,   KIND_RESERVE, KIND_ARENA,
					KIND_RESERVE, KIND_ARENA,   KIND_RESERVE};
	struct address_space *space =
		make_space("4000000-4021000 " RW "\n4021000-8000000 " NONE "\n"
			   "8000000-8031000 " RW "\n8031000-c000000 " NONE "\n"
			   "c000000-c021000 " RW "\nc021000-10000000 " NONE "\n",
			   kinds);
	struct alike_run run;

	(void)state;
	assert_true(alike_find(space, 0, &run));
	assert_int_equal(run.end, 6);
	assert_int_equal(run.pieces, 3);
	assert_int_equal(run.each, 0);
	/* What does not touch the last arena, or reserves nothing, is none of it. */
	at(space, 5)->start += 0x1000;
	assert_true(alike_find(space, 0, &run));
	assert_int_equal(run.end, 5);
	at(space, 5)->start -= 0x1000;
	at(space, 5)->kind = KIND_GUARD;
	assert_true(alike_find(space, 0, &run));
	assert_int_equal(run.end, 5);
	address_space_destroy(space);
}

static void a_runtime_runs_whatever_its_kinds(void **state)
{
	static const uint8_t kinds[] = {KIND_ANON, KIND_JIT, KIND_ANON};
	struct address_space *space = make_space(
		"100000-110000 " RW "\n110000-130000 " RW "\n130000-133000 " RW "\n", kinds);
	struct alike_run run;

	(void)state;
	at(space, 0)->runtime = at(space, 1)->runtime = RUNTIME_V8;
	assert_true(alike_find(space, 0, &run));
	assert_int_equal(run.end, 2);
	/* Wherever it chose to put them. */
	address_space_destroy(space);
	space = make_space("100000-110000 " RW "\n400000000-400020000 " RW "\n"
			   "400030000-400033000 " RW "\n",
			   kinds);
	at(space, 0)->runtime = at(space, 1)->runtime = RUNTIME_V8;
	assert_true(alike_find(space, 0, &run));
	assert_int_equal(run.end, 2);
	/* A single mapping is not a run. */
	assert_false(alike_find(space, 1, &run));
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_must_be_equal),
		cmocka_unit_test(stacks_run_with_their_guards),
		cmocka_unit_test(a_guard_begins_a_run_of_stacks_only),
		cmocka_unit_test(each_is_told_where_all_are_of_it),
		cmocka_unit_test(pieces_of_one_size_run_up_to_a_wide_hole),
		cmocka_unit_test(arenas_run_with_what_they_reserve),
		cmocka_unit_test(a_runtime_runs_whatever_its_kinds),
	};

	return cmocka_run_group_tests_name("alike", tests, NULL, NULL);
}
