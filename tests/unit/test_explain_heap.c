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

/* The key is said of heaps and arenas that were not walked, and of nothing else. */
static void other_kinds_have_no_key(void **state)
{
	const struct heap_usage nothing = {0};
	struct vma vma = {.start = 0x1000, .end = 0x2000, .kind = KIND_ARENA};
	struct scene scene = {.session = (const struct session *)&vma};

	(void)state;
	check(&scene, &vma, "|'heap' shows what of it is in use.\n");
	vma.kind = KIND_ANON;
	check(&scene, &vma, "");
	vma.kind = KIND_ARENA;
	scene.heap = &nothing;
	check(&scene, &vma, "");
}

/* An arena is of the mapping where it begins, or where its chunks are; large chunks have none. */
static void an_arena_is_found_by_its_chunks(void **state)
{
	struct heap_arena arenas[] = {{.start = 0x10000, .used = 1, .top = 5, .system = 4},
				      {.start = 0x20000, .used = 2, .top = 6, .system = 4}};
	struct heap_piece pieces[] = {
		{.start = 0x10000, .end = 0x11000, .use = HEAP_USE_USED},
		{.start = 0x20000, .end = 0x21000, .use = HEAP_USE_USED, .arena = 1},
		{.start = 0x30000, .end = 0x31000, .use = HEAP_USE_FREE, .arena = 1},
		{.start = 0x40000, .end = 0x41000, .use = HEAP_USE_MAPPED},
	};
	struct heap_usage heap = {.arenas = arenas, .count = 2, .pieces = pieces, .piece_count = 4};
	const struct scene scene = {.heap = &heap};
	const char *first = "used|1B\nfree|0\ntop|5B\n|Little is free inside: if it grows, more is "
			    "in use.\n";
	const char *second = "used|2B\nfree|0\ntop|6B\n|Little is free inside: if it grows, more "
			     "is in use.\n";

	(void)state;
	check(&scene, &(struct vma){.start = 0x10000, .end = 0x11000}, first);
	check(&scene, &(struct vma){.start = 0xf000, .end = 0x10001}, first);
	check(&scene, &(struct vma){.start = 0xf000, .end = 0x10000}, "");
	check(&scene, &(struct vma){.start = 0x20000, .end = 0x21000}, second);
	/* It continues in another mapping. */
	check(&scene, &(struct vma){.start = 0x30000, .end = 0x31000}, second);
	check(&scene, &(struct vma){.start = 0x2f000, .end = 0x30000}, "");
	check(&scene, &(struct vma){.start = 0x40000, .end = 0x41000}, "");
	check(&scene, &(struct vma){.start = 0x50000, .end = 0x51000}, "");
	/* A heap of musl has no top. */
	heap.allocator = ALLOCATOR_MUSL;
	check(&scene, &(struct vma){.start = 0x10000, .end = 0x11000},
	      "used|1B\nfree|0\n|Little is free inside: if it grows, more is in use.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_arena_is_found_by_its_chunks),
		cmocka_unit_test(other_kinds_have_no_key),
		cmocka_unit_test(a_heap_says_its_three_numbers),
		cmocka_unit_test(one_that_was_not_walked_says_which_key_does),
	};

	return cmocka_run_group_tests_name("explain_heap", tests, NULL, NULL);
}
