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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(guards_are_borders),
		cmocka_unit_test(stacks_end_where_their_threads_say),
		cmocka_unit_test(what_is_not_on_top_says_only_which),
		cmocka_unit_test(nobody_has_a_stack_in_a_guard),
		cmocka_unit_test(sizes_nobody_asks_for_are_cut),
		cmocka_unit_test(certain_stacks_are_the_limit_of_others),
	};

	return cmocka_run_group_tests_name("stack_span", tests, NULL, NULL);
}
