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

/* Whether memory of that size behind so many bytes without access looks like a stack. */
static bool looks_like_stack(uint64_t size, uint64_t guard, uint64_t page_size, enum kind below,
			     uint8_t perms)
{
	const struct vma vmas[] = {
		{.start = 0x1000000 - guard, .end = 0x1000000, .name = "", .kind = (uint8_t)below},
		{.start = 0x1000000,
		 .end = 0x1000000 + size,
		 .name = "",
		 .perms = perms,
		 .kind = KIND_ANON}};
	struct stack_spans spans = {0};
	struct arena arena = {0};
	size_t next = 0;
	bool found;

	stack_spans_add(&spans, vmas, 1, guard, NULL, 0, &next);
	assert_int_equal(spans.count, 1);
	stack_shape_take_missing(&spans, vmas, page_size, 8 << 20, 1, &arena);
	found = spans.spans[0].kind == KIND_THREAD_STACK;
	if (found) {
		assert_int_equal(spans.spans[0].kind_source, KIND_SOURCE_SHAPE);
		assert_int_equal(spans.spans[0].tid, 0);
	}
	stack_spans_finish(&spans);
	arena_finish(&arena);
	return found;
}

static void what_looks_like_a_stack(void **state)
{
	const uint64_t k = 1024, page = 4096;
	const uint8_t rw = PERM_READ | PERM_WRITE;

	(void)state;
	/* Sixty-four KiB or multiples of that, with the guard or without it. */
	assert_true(looks_like_stack(64 * k, 4 * k, page, KIND_GUARD, rw));
	assert_true(looks_like_stack(192 * k, 4 * k, page, KIND_GUARD, rw));
	assert_true(looks_like_stack(60 * k, 4 * k, page, KIND_GUARD, rw));
	assert_false(looks_like_stack(68 * k, 4 * k, page, KIND_GUARD, rw));
	assert_false(looks_like_stack(60 * k, 8 * k, page, KIND_GUARD, rw));
	/* Not below 16 KiB. */
	assert_true(looks_like_stack(16 * k, 48 * k, page, KIND_GUARD, rw));
	assert_false(looks_like_stack(12 * k, 52 * k, page, KIND_GUARD, rw));
	/* A guard is there, and not wider than 64 KiB or a page. */
	assert_true(looks_like_stack(64 * k, 64 * k, page, KIND_GUARD, rw));
	assert_false(looks_like_stack(64 * k, 68 * k, page, KIND_GUARD, rw));
	assert_true(looks_like_stack(128 * k, 128 * k, 128 * k, KIND_GUARD, rw));
	assert_false(looks_like_stack(128 * k, 132 * k, 128 * k, KIND_GUARD, rw));
	assert_false(looks_like_stack(64 * k, 0, page, KIND_GUARD, rw));
	/* What is without access below is a guard, and what is above is not executed. */
	assert_false(looks_like_stack(64 * k, 4 * k, page, KIND_RESERVE, rw));
	assert_false(looks_like_stack(64 * k, 4 * k, page, KIND_GUARD, rw | PERM_EXEC));
}

/* Those of the usual size come first, with their guards or without; then the highest. */
static void the_usual_size_comes_first(void **state)
{
	static const struct guard_range wider[] = {{0x100000, 0x101000},
						   {0x111000, 0x112000},
						   {0x122000, 0x123000},
						   {0x143000, 0x144000},
						   {0x164000, 0x165000}};
	static const char *const expected[] = {"g?g?g?g?g?", "g?gsg?g?g?", "gsgsg?g?g?",
					       "gsgsg?gsg?", "gsgsgsgsg?"};
	static const struct vma vma = {
		.start = 0x100000, .end = 0x175800, .name = "", .perms = PERM_READ | PERM_WRITE};
	const uint64_t usual[] = {0x10000, 0x11000};

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (size_t missing = 0; missing < 5; missing++) {
			struct stack_spans spans = {0};
			struct arena arena = {0};
			size_t next = 0;

			stack_spans_add(&spans, &vma, 0, 0, wider, 5, &next);
			stack_shape_take_missing(&spans, &vma, 4096, usual[i], missing, &arena);
			expect(&spans, expected[missing]);
			arena_finish(&arena);
		}
}

/* Also where the one that is known lies above, and neither another size nor one in use. */
static void kept_stacks_are_found_both_ways(void **state)
{
	struct stack_spans spans = make_spans();

	(void)state;
	stack_span_set(&spans.spans[7], KIND_SOURCE_THREAD, 7);
	stack_shape_take_kept(&spans);
	for (size_t i = 1; i < 7; i += 2) {
		assert_int_equal(spans.spans[i].kind_source, KIND_SOURCE_SHAPE);
		assert_int_equal(spans.spans[i].tid, 0);
	}
	assert_int_equal(spans.spans[7].tid, 7);
	expect(&spans, "gsgsgsgsg?");
	spans = make_spans();
	stack_span_set(&spans.spans[9], KIND_SOURCE_THREAD, 7);
	stack_shape_take_kept(&spans);
	expect(&spans, "g?g?g?g?gs");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(neighbours_of_one_size_are_kept_stacks),
		cmocka_unit_test(as_many_as_are_missing),
		cmocka_unit_test(what_looks_like_a_stack),
		cmocka_unit_test(the_usual_size_comes_first),
		cmocka_unit_test(kept_stacks_are_found_both_ways),
	};

	return cmocka_run_group_tests_name("stack_shape", tests, NULL, NULL);
}
