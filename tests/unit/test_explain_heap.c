/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "model/vma.h"
#include "sample_heap.h"
#include "ui/scene.h"
#include "ui/text/explain_heap.h"
#include "ui/text/explanation.h"

static void check(const struct scene *scene, const struct vma *vma, const char *expected)
{
	struct explanation explanation = {0};
	struct text text = {0};

	explain_heap(&explanation, scene, vma);
	explain_heap_hint(&explanation, scene, vma);
	for (size_t i = 0; i < explanation.count; i++) {
		const struct statement *statement = &explanation.statements[i];

		if (statement->value)
			text_append_format(&text, "%s|%s\n",
					   statement->label ? statement->label : "",
					   statement->value);
	}
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	explanation_finish(&explanation);
}

static void a_heap_says_its_three_numbers(void **state)
{
	struct heap_usage heap = sample_heap();
	const struct scene scene = {.heap = &heap};
	const struct vma brk = {
		.start = SAMPLE_HEAP_START, .end = SAMPLE_HEAP_END, .kind = KIND_HEAP};
	const struct vma arena = {
		.start = SAMPLE_ARENA_START, .end = SAMPLE_ARENA_END, .kind = KIND_ARENA};
	const struct vma other = {.start = 0x1000, .end = 0x2000, .kind = KIND_ANON};

	(void)state;
	check(&scene, &brk,
	      "used|1012K\nfree|1000K\ntop|12K\n|896K is in memory in pages that are wholly free: "
	      "malloc_trim(3) would give it back.\n");
	check(&scene, &arena,
	      "used|128K\nfree|0\ntop|2.0K\nunseen|2.0K\n"
	      "|Little is free inside: if it grows, more is in use.\n");
	check(&scene, &other, "");
	heap_usage_finish(&heap);
}

static void one_that_was_not_walked_says_which_key_does(void **state)
{
	const struct vma brk = {
		.start = SAMPLE_HEAP_START, .end = SAMPLE_HEAP_END, .kind = KIND_HEAP};
	struct scene scene = {.session = (const struct session *)&brk};

	(void)state;
	check(&scene, &brk, "|'heap' shows what of it is in use.\n");
	/* On paper there is no key. */
	scene.session = NULL;
	check(&scene, &brk, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_heap_says_its_three_numbers),
		cmocka_unit_test(one_that_was_not_walked_says_which_key_does),
	};

	return cmocka_run_group_tests_name("explain_heap", tests, NULL, NULL);
}
