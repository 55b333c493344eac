/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "base/text.h"
#include "model/heap_keeper.h"
#include "model/target.h"
#include "ui/text/heap_words.h"

static void expect_meaning(const struct heap_arena *arena, const char *expected)
{
	struct text text = {0};

	heap_words_append_meaning(&text, arena, ALLOCATOR_GLIBC);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void leak_and_fragmentation_are_told_apart(void **state)
{
	struct heap_arena arena = {.system = 1 << 20, .used = 1 << 20};

	(void)state;
	expect_meaning(&arena, "1.0M in use, 0 free inside, 0 free at the end. Little is free "
			       "inside: if it grows, more is in use.");
	arena.used = 512 << 10;
	arena.free = 512 << 10;
	expect_meaning(&arena,
		       "512K in use, 512K free inside, 0 free at the end. The holes are small or "
		       "not in memory: later allocations fill them, the process does not shrink.");
	arena.pinned = 64 << 10;
	expect_meaning(&arena, "512K in use, 512K free inside, 0 free at the end. 64K stays in "
			       "memory for one small chunk a page: the heap is fragmented.");
	arena.resident_free = 400 << 10;
	expect_meaning(&arena,
		       "512K in use, 512K free inside, 0 free at the end. 400K is in memory "
		       "in pages that are wholly free: malloc_trim(3) would give it back.");
	arena.unknown = 4096;
	arena.free = arena.resident_free = 0;
	expect_meaning(&arena, "512K in use, 0 free inside, 0 free at the end. 4.0K could not be "
			       "walked. Little is free inside: if it grows, more is in use.");
}

static void expect_figure(const struct heap_arena *arena, unsigned figure, const char *expected)
{
	struct text text = {0};

	heap_words_append_figure(&text, arena, ALLOCATOR_GLIBC, figure);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void each_other_figure_is_explained(void **state)
{
	struct heap_arena arena = {.system = 1 << 20, .used = 1 << 20};

	(void)state;
	for (unsigned figure = 0; figure < HEAP_WORDS_FIGURES; figure++)
		expect_figure(&arena, figure, "");
	arena.largest_free = 8 << 10;
	arena.cached = 2 << 10;
	arena.pinned = 12 << 10;
	arena.resident_free = 4 << 10;
	expect_figure(&arena, 0,
		      " The largest hole has 8.0K (largest): what needs more comes from top or the "
		      "system.");
	expect_figure(&arena, 1,
		      " Of what is in use, 2.0K is only kept by threads for their next malloc(3) "
		      "(cached).");
	expect_figure(&arena, 2, " 12K in memory is pages that one small chunk keeps (pinned).");
	expect_figure(&arena, 3,
		      " 4.0K in memory is wholly free pages, which malloc_trim(3) gives back (to "
		      "trim).");
	/* What the conclusion says is not said twice. */
	arena.resident_free = 512 << 10;
	expect_figure(&arena, 3, "");
}

static void expect_lack(enum allocator allocator, int error, const char *expected)
{
	struct text text = {0};

	heap_words_append_lack(&text, allocator, error);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void what_cannot_be_walked_can_be_asked(void **state)
{
	(void)state;
	expect_lack(ALLOCATOR_GLIBC, 0, "The heap is being walked.");
	expect_lack(ALLOCATOR_JEMALLOC, -ENOENT,
		    "vastop cannot look inside jemalloc; ask it from within the process: "
		    "malloc_stats_print(), MALLOC_CONF=stats_print:true.");
	expect_lack(ALLOCATOR_UNKNOWN, -ENOENT,
		    "No allocator is known that vastop can look inside.");
	expect_lack(ALLOCATOR_MUSL, -EACCES,
		    "The memory of this process may not be read: run vastop as root, or see "
		    "ptrace_scope in ptrace(2).");
	expect_lack(ALLOCATOR_MUSL, -ENOENT,
		    "The context of musl's malloc was not found: malloc was not called yet, or "
		    "musl is older than 1.2.1 and has another one, which vastop cannot look "
		    "inside.");
	expect_lack(ALLOCATOR_MUSL_OLD, -ENOENT,
		    "vastop cannot look inside the malloc of musl before 1.2.1.");
	expect_lack(ALLOCATOR_OWN, -ENOENT,
		    "The program has a malloc of its own, which vastop cannot look inside.");
	expect_lack(ALLOCATOR_HOARD, -EIO, "The memory of this process cannot be read.");
}

static void musl_has_neither_top_nor_malloc_trim(void **state)
{
	const struct heap_arena arena = {.system = 1 << 20,
					 .used = 512 << 10,
					 .free = 512 << 10,
					 .largest_free = 8 << 10,
					 .resident_free = 400 << 10};
	struct text text = {0};

	(void)state;
	heap_words_append_meaning(&text, &arena, ALLOCATOR_MUSL);
	heap_words_append_figure(&text, &arena, ALLOCATOR_MUSL, 0);
	assert_string_equal(text_string(&text),
			    "512K in use, 512K free inside. 400K is in memory in pages that are "
			    "wholly free; musl gives a group of slots back once all of it is free. "
			    "The largest hole has 8.0K (largest): what needs more comes from the "
			    "system.");
	text_finish(&text);
}

static void expect_beside(enum allocator allocator, enum allocator arenas,
			  const struct heap_keeper *keepers, size_t count, const char *expected)
{
	const struct allocator_found found = {.allocator = allocator};
	struct text text = {0};

	heap_words_append_beside(&text, &found, arenas, keepers, count);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void other_heaps_are_named(void **state)
{
	const struct heap_keeper keepers[] = {
		{"java-heap", "java heap", "jcmd PID GC.heap_info", 4 << 20},
		{"snmalloc", "snmalloc", NULL, TARGET_UNKNOWN}};

	(void)state;
	expect_beside(ALLOCATOR_GLIBC, ALLOCATOR_GLIBC, NULL, 0, "");
	expect_beside(ALLOCATOR_UNKNOWN, ALLOCATOR_UNKNOWN, NULL, 0, "");
	expect_beside(ALLOCATOR_GLIBC, ALLOCATOR_GLIBC, keepers, 2,
		      " Other heaps: java heap, 4.0M (ask jcmd PID GC.heap_info); snmalloc.");
	expect_beside(ALLOCATOR_MIMALLOC, ALLOCATOR_GLIBC, NULL, 0,
		      " These are the arenas of glibc; the program's malloc is mimalloc (ask "
		      "mi_stats_print(), MIMALLOC_SHOW_STATS=1).");
	expect_beside(ALLOCATOR_OWN, ALLOCATOR_GLIBC, NULL, 0,
		      " These are the arenas of glibc; the program's malloc is its own.");
}

/* More than a quarter is much, and a quarter is not. */
static void a_quarter_is_not_much(void **state)
{
	struct heap_arena arena = {.system = 16 << 10, .used = 1, .resident_free = 4 << 10};
	const char *little = "1B in use, 4.0K free inside, 0 free at the end. Little is free "
			     "inside: if it grows, more is in use.";

	(void)state;
	arena.free = 4 << 10;
	arena.pinned = 1;
	expect_meaning(&arena, little);
	expect_figure(&arena, 3,
		      " 4.0K in memory is wholly free pages, which malloc_trim(3) gives back (to "
		      "trim).");
	arena.free++;
	expect_meaning(&arena, "1B in use, 4.0K free inside, 0 free at the end. 1B stays in memory "
			       "for one small chunk a page: the heap is fragmented.");
	arena.resident_free++;
	expect_meaning(&arena, "1B in use, 4.0K free inside, 0 free at the end. 4.0K is in memory "
			       "in pages that are wholly free: malloc_trim(3) would give it back.");
	expect_figure(&arena, 3, "");
}

static void expect_musl(const struct heap_arena *arena, unsigned figure, const char *expected)
{
	struct text text = {0};

	if (figure == HEAP_WORDS_FIGURES)
		heap_words_append_meaning(&text, arena, ALLOCATOR_MUSL);
	else
		heap_words_append_figure(&text, arena, ALLOCATOR_MUSL, figure);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void musl_has_the_same_figures(void **state)
{
	const struct heap_arena arena = {.system = 1 << 20,
					 .used = 3,
					 .free = 2,
					 .top = 7,
					 .unknown = 4096,
					 .cached = 5,
					 .pinned = 6,
					 .resident_free = 4096};

	(void)state;
	expect_musl(&arena, HEAP_WORDS_FIGURES,
		    "3B in use, 2B free inside. 4.0K could not be walked. Little is free inside: "
		    "if it grows, more is in use.");
	expect_musl(&arena, 0, "");
	expect_musl(&arena, 1,
		    " Of what is in use, 5B is only kept by threads for their next malloc(3) "
		    "(cached).");
	expect_musl(&arena, 2, " 6B in memory is pages that one small chunk keeps (pinned).");
	expect_musl(&arena, 3, " 4.0K in memory is wholly free pages (in pages).");
}

static void each_lack_has_its_reason(void **state)
{
	const char *denied = "The memory of this process may not be read: run vastop as root, or "
			     "see ptrace_scope in ptrace(2).";

	(void)state;
	expect_lack(ALLOCATOR_OWN, -EACCES, denied);
	expect_lack(ALLOCATOR_OWN, -EPERM, denied);
	expect_lack(ALLOCATOR_GLIBC, -ENOENT,
		    "The arenas of glibc's malloc were not found: malloc was not called yet, or "
		    "another allocator took its place; ask it from within the process: "
		    "malloc_info(0, stdout), malloc_stats().");
	expect_lack(ALLOCATOR_HOARD, -ENOENT, "vastop cannot look inside hoard.");
	expect_lack(ALLOCATOR_JEMALLOC, -EIO,
		    "The memory of this process cannot be read; ask it from within the process: "
		    "malloc_stats_print(), MALLOC_CONF=stats_print:true.");
}

/* What has no arenas, or no name, is not told apart from what has them. */
static void arenas_are_of_another_only_where_both_are_known(void **state)
{
	const struct heap_keeper keeper = {"snmalloc", "snmalloc", NULL, 0};

	(void)state;
	expect_beside(ALLOCATOR_MIMALLOC, ALLOCATOR_UNKNOWN, NULL, 0, "");
	expect_beside(ALLOCATOR_UNKNOWN, ALLOCATOR_GLIBC, NULL, 0, "");
	expect_beside(ALLOCATOR_UNKNOWN, ALLOCATOR_UNKNOWN, &keeper, 1,
		      " Other heaps: snmalloc, 0.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leak_and_fragmentation_are_told_apart),
		cmocka_unit_test(each_other_figure_is_explained),
		cmocka_unit_test(what_cannot_be_walked_can_be_asked),
		cmocka_unit_test(musl_has_neither_top_nor_malloc_trim),
		cmocka_unit_test(other_heaps_are_named),
		cmocka_unit_test(a_quarter_is_not_much),
		cmocka_unit_test(musl_has_the_same_figures),
		cmocka_unit_test(each_lack_has_its_reason),
		cmocka_unit_test(arenas_are_of_another_only_where_both_are_known),
	};

	return cmocka_run_group_tests_name("heap_words", tests, NULL, NULL);
}
