/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "model/classify.h"
#include "model/stack_span.h"

#define PAGE 0x1000

static const struct vma vmas[] = {
	{.start = 0x10000, .end = 0x20000, .name = ""},
	{.start = 0x20000, .end = 0x30000, .name = ""},
};

/* "start-end" in pages, "!" for guards, "=tid" for stacks, "^" for a guard below. */
static void expect(const struct stack_spans *spans, const char *expected)
{
	struct text text = {0};

	for (size_t i = 0; i < spans->count; i++) {
		const struct stack_span *span = &spans->spans[i];

		text_append_format(&text, "%s%x-%x%s%s", i ? " " : "",
				   (unsigned)(span->start / PAGE), (unsigned)(span->end / PAGE),
				   span->kind == KIND_GUARD ? "!" : "", span->guard ? "^" : "");
		if (span->tid)
			text_append_format(&text, "=%d", span->tid);
	}
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
}

static void guards_are_borders(void **state)
{
	const struct guard_range guards[] = {
		{0xf000, 0x11000},  /* beyond the mapping's start */
		{0x14000, 0x16000}, /* in its midst */
		{0x1f000, 0x21000}, /* over its end */
		{0x40000, 0x41000},
	};
	struct stack_spans spans = {0};
	size_t next = 0;

	(void)state;
	stack_spans_add(&spans, vmas, 0, 0, guards, 4, &next);
	expect(&spans, "10-11! 11-14^ 14-16! 16-1f^ 1f-20!");
	stack_spans_add(&spans, vmas, 1, PAGE, guards, 4, &next);
	expect(&spans, "10-11! 11-14^ 14-16! 16-1f^ 1f-20! 20-21! 21-30^");
	stack_spans_finish(&spans);
	next = 0;
	stack_spans_add(&spans, vmas, 1, PAGE, NULL, 0, &next);
	expect(&spans, "20-30^");
	stack_spans_finish(&spans);
}

static void stacks_end_where_their_threads_say(void **state)
{
	const struct thread_stack_pointer threads[] = {
		{.tid = 1, .own = 0x13800, .own_on_top = true},
		{.tid = 2, .own = 0x17800, .own_on_top = true},
		{.tid = 3, .own = 0x2f800, .own_on_top = true},
		{.tid = 4, .own = 0x90000, .own_on_top = true},
	};
	struct stack_spans spans = {0};
	size_t next = 0;

	(void)state;
	stack_spans_add(&spans, vmas, 0, PAGE, NULL, 0, &next);
	stack_spans_add(&spans, vmas, 1, 0, NULL, 0, &next);
	stack_spans_cut(&spans, threads, 4, PAGE);
	expect(&spans, "10-14^=1 14-18=2 18-20 20-30=3");
	assert_ptr_equal(stack_spans_find(&spans, 0x18000), &spans.spans[2]);
	assert_ptr_equal(stack_spans_find(&spans, 0x17fff), &spans.spans[1]);
	assert_null(stack_spans_find(&spans, 0xffff));
	assert_null(stack_spans_find(&spans, 0x30000));
	stack_spans_finish(&spans);
}

static void what_is_not_on_top_says_only_which(void **state)
{
	const struct thread_stack_pointer threads[] = {
		{.tid = 1, .own = 0x13800},
		{.tid = 2, .own = 0x17800},
	};
	struct stack_spans spans = {0};
	size_t next = 0;

	(void)state;
	stack_spans_add(&spans, vmas, 0, PAGE, NULL, 0, &next);
	stack_spans_cut(&spans, threads + 1, 1, PAGE);
	expect(&spans, "10-20^=2");
	stack_spans_finish(&spans);
	next = 0;
	stack_spans_add(&spans, vmas, 0, PAGE, NULL, 0, &next);
	stack_spans_cut(&spans, threads, 2, PAGE);
	expect(&spans, "10-14^=1 14-20=2");
	stack_spans_finish(&spans);
}

static void nobody_has_a_stack_in_a_guard(void **state)
{
	const struct thread_stack_pointer threads[] = {{.tid = 1, .own = 0x10800}};
	const struct guard_range guards[] = {{0x10000, 0x11000}};
	struct stack_spans spans = {0};
	size_t next = 0;

	(void)state;
	stack_spans_add(&spans, vmas, 0, 0, guards, 1, &next);
	stack_spans_cut(&spans, threads, 1, PAGE);
	expect(&spans, "10-11! 11-20^");
	stack_spans_finish(&spans);
}

static void sizes_nobody_asks_for_are_cut(void **state)
{
	static const struct vma large[] = {
		{.start = 0x100000000, .end = 0x110000000, .name = ""},
		{.start = 0x200000000, .end = 0x200100000, .name = ""},
	};
	const struct thread_stack_pointer threads[] = {
		{.tid = 1, .own = 0x10ffff800, .own_on_top = true},
		{.tid = 2, .own = 0x2000ff800, .own_on_top = true},
	};
	struct stack_spans spans = {0};
	size_t next = 0;

	(void)state;
	stack_spans_add(&spans, large, 0, 0, NULL, 0, &next);
	stack_spans_cut(&spans, threads, 1, PAGE);
	stack_spans_limit(&spans, 0x800000);
	expect(&spans, "100000-10f800 10f800-110000=1");
	stack_spans_finish(&spans);
	next = 0;
	stack_spans_add(&spans, large, 0, 0, NULL, 0, &next);
	stack_spans_add(&spans, large, 1, PAGE, NULL, 0, &next);
	stack_spans_cut(&spans, threads, 2, PAGE);
	stack_spans_limit(&spans, 0x800000);
	expect(&spans, "100000-10ff00 10ff00-110000=1 200000-200100^=2");
	stack_spans_finish(&spans);
}

/* The largest stack above a guard is the limit, wherever it stands. */
static void certain_stacks_are_the_limit_of_others(void **state)
{
	static const struct vma large[] = {
		{.start = 0x100000000, .end = 0x101000000, .name = ""},
		{.start = 0x200000000, .end = 0x210000000, .name = ""},
	};
	const struct thread_stack_pointer threads[] = {
		{.tid = 1, .own = 0x100fff800, .own_on_top = true},
		{.tid = 2, .own = 0x20ffff800, .own_on_top = true},
	};
	struct stack_spans spans = {0};
	size_t next = 0;

	(void)state;
	stack_spans_add(&spans, large, 0, PAGE, NULL, 0, &next);
	stack_spans_add(&spans, large, 1, 0, NULL, 0, &next);
	stack_spans_cut(&spans, threads, 2, PAGE);
	stack_spans_limit(&spans, 0x800000);
	expect(&spans, "100000-101000^=1 200000-20f000 20f000-210000=2");
	stack_spans_finish(&spans);
}

/* Cuts the first mapping, above so many bytes without access, by the threads. */
static void expect_cut(uint64_t guard, const struct thread_stack_pointer *threads, size_t count,
		       const char *expected)
{
	struct stack_spans spans = {0};
	size_t next = 0;

	stack_spans_add(&spans, vmas, 0, guard, NULL, 0, &next);
	stack_spans_cut(&spans, threads, count, PAGE);
	for (size_t i = 0; i < spans.count; i++) {
		const struct stack_span *span = &spans.spans[i];

		assert_int_equal(span->guard, i ? 0 : guard);
		assert_int_equal(span->vma, 0);
		if (span->tid)
			assert_int_equal(span->kind_source, KIND_SOURCE_THREAD);
		else if (span->kind == KIND_THREAD_STACK)
			assert_int_equal(span->kind_source, KIND_SOURCE_SHAPE);
	}
	expect(&spans, expected);
	stack_spans_finish(&spans);
}

/* The last one ends with the mapping if two pages are left at most, others if one is. */
static void where_a_stack_ends_is_exact(void **state)
{
	const struct thread_stack_pointer near[] = {{.tid = 1, .own = 0x1e000, .own_on_top = true}};
	const struct thread_stack_pointer far[] = {{.tid = 1, .own = 0x1dfff, .own_on_top = true}};
	const struct thread_stack_pointer two[] = {{.tid = 1, .own = 0x1dfff, .own_on_top = true},
						   {.tid = 2, .own = 0x1efff, .own_on_top = true}};
	const struct thread_stack_pointer all[] = {{.tid = 1, .own = 0x1f000, .own_on_top = true},
						   {.tid = 2, .own = 0x1f800, .own_on_top = true}};
	const struct thread_stack_pointer same[] = {{.tid = 1, .own = 0x15100, .own_on_top = true},
						    {.tid = 2, .own = 0x15200, .own_on_top = true},
						    {.tid = 3, .own = 0x16000, .own_on_top = true}};

	(void)state;
	expect_cut(0, near, 1, "10-20=1");
	expect_cut(0, far, 1, "10-1e=1 1e-20");
	expect_cut(0x2000, two, 2, "10-1e^=1 1e-20=2");
	expect_cut(0, all, 2, "10-20=1");
	/* Two in one page: the first has the stack. */
	expect_cut(0, same, 3, "10-16=1 16-17=3 17-20");
}

static void who_has_ended_needs_a_guard(void **state)
{
	const struct thread_stack_pointer ended[] = {{.own = 0x15100, .own_on_top = true},
						     {.own = 0x18100, .own_on_top = true}};
	struct stack_spans spans = {0};
	size_t next = 0;

	(void)state;
	expect_cut(0, ended, 2, "10-16 16-19 19-20");
	expect_cut(PAGE, ended, 2, "10-16^ 16-19 19-20");
	stack_spans_add(&spans, vmas, 0, PAGE, NULL, 0, &next);
	stack_spans_cut(&spans, ended, 2, PAGE);
	assert_int_equal(spans.spans[0].kind, KIND_THREAD_STACK);
	assert_int_equal(spans.spans[1].kind, KIND_COUNT);
	assert_int_equal(spans.spans[2].kind, KIND_COUNT);
	stack_spans_finish(&spans);
}

/* 64 MiB are believed, and what is not larger than the limit. */
static void sizes_are_cut_at_a_border(void **state)
{
	static const struct {
		uint64_t size, usual, left;
	} cases[] = {
		{0x4000000, 0x800000, 0x4000000},  {0x4001000, 0x800000, 0x800000},
		{0x4001000, 0x4001000, 0x4001000}, {0x4001000, 0x4000000, 0x4000000},
		{0x4001000, 0x5000000, 0x4001000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct vma vma = {
			.start = 0x10000000, .end = 0x10000000 + cases[i].size, .name = ""};
		const struct thread_stack_pointer thread = {
			.tid = 1, .own = vma.end - 0x800, .own_on_top = true};
		struct stack_spans spans = {0};
		size_t next = 0;

		stack_spans_add(&spans, &vma, 0, 0, NULL, 0, &next);
		stack_spans_cut(&spans, &thread, 1, PAGE);
		stack_spans_limit(&spans, cases[i].usual);
		assert_int_equal(spans.count, cases[i].left == cases[i].size ? 1 : 2);
		assert_int_equal(spans.spans[spans.count - 1].start, vma.end - cases[i].left);
		assert_int_equal(spans.spans[spans.count - 1].end, vma.end);
		assert_int_equal(spans.spans[spans.count - 1].tid, 1);
		assert_int_equal(spans.spans[0].start, vma.start);
		assert_int_equal(spans.spans[0].end,
				 spans.count == 1 ? vma.end : vma.end - cases[i].left);
		stack_spans_finish(&spans);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guards_are_borders),
		cmocka_unit_test(stacks_end_where_their_threads_say),
		cmocka_unit_test(what_is_not_on_top_says_only_which),
		cmocka_unit_test(nobody_has_a_stack_in_a_guard),
		cmocka_unit_test(sizes_nobody_asks_for_are_cut),
		cmocka_unit_test(certain_stacks_are_the_limit_of_others),
		cmocka_unit_test(where_a_stack_ends_is_exact),
		cmocka_unit_test(who_has_ended_needs_a_guard),
		cmocka_unit_test(sizes_are_cut_at_a_border),
	};

	return cmocka_run_group_tests_name("stack_span", tests, NULL, NULL);
}
