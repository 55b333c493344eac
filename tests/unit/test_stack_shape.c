/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/classify.h"
#include "model/stack_shape.h"
#include "model/stack_span.h"

/* Four stacks of 64 KiB and a larger thing, each behind a guard page, in one mapping. */
#define STACK 0x11000
static const struct vma merged = {
	.start = 0x100000, .end = 0x200000, .name = "", .perms = PERM_READ | PERM_WRITE};
static const struct guard_range guards[] = {
	{0x100000, 0x101000},
	{0x100000 + STACK, 0x101000 + STACK},
	{0x100000 + 2 * STACK, 0x101000 + 2 * STACK},
	{0x100000 + 3 * STACK, 0x101000 + 3 * STACK},
	{0x100000 + 4 * STACK, 0x101000 + 4 * STACK},
};

static struct stack_spans make_spans(void)
{
	struct stack_spans spans = {0};
	size_t next = 0;

	stack_spans_add(&spans, &merged, 0, 0, guards, 5, &next);
	assert_int_equal(spans.count, 10);
	return spans;
}

/* "s" for stacks, "g" for guards, "?" for the rest. */
static void expect(struct stack_spans *spans, const char *expected)
{
	struct text text = {0};

	for (size_t i = 0; i < spans->count; i++)
		text_append_char(&text, spans->spans[i].kind == KIND_GUARD          ? 'g'
					: spans->spans[i].kind == KIND_THREAD_STACK ? 's'
										    : '?');
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	stack_spans_finish(spans);
}

static void neighbours_of_one_size_are_kept_stacks(void **state)
{
	struct stack_spans spans = make_spans();

	(void)state;
	stack_span_set(&spans.spans[3], KIND_SOURCE_THREAD, 7);
	spans.spans[7].users = 2; /* somebody is there, but nobody knows who */
	stack_shape_take_kept(&spans);
	expect(&spans, "gsgsgsg?g?");
	spans = make_spans();
	stack_shape_take_kept(&spans);
	expect(&spans, "g?g?g?g?g?");
}

static void as_many_as_are_missing(void **state)
{
	struct stack_spans spans = make_spans();
	struct arena arena = {0};

	(void)state;
	stack_shape_take_missing(&spans, &merged, 4096, 1 << 16, 2, &arena);
	expect(&spans, "g?g?gsgsg?");
	spans = make_spans();
	stack_shape_take_missing(&spans, &merged, 4096, 1 << 16, 20, &arena);
	expect(&spans, "gsgsgsgsg?");
	arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(neighbours_of_one_size_are_kept_stacks),
		cmocka_unit_test(as_many_as_are_missing),
	};

	return cmocka_run_group_tests_name("stack_shape", tests, NULL, NULL);
}
