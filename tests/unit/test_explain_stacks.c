/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "statement_text.h"
#include "support/golden.h"
#include "support/sample.h"
#include "ui/text/explain.h"
#include "ui/text/explain_stacks.h"

static void append_words(struct text *text, const struct address_space *space, uint64_t address)
{
	const struct vma *mapping = address_space_at(space, address);
	struct explanation explanation = {0};

	vma_append_label(text, mapping);
	text_append(text, "\n");
	explain_stacks(&explanation, space, mapping);
	for (size_t i = 0; i < explanation.count; i++) {
		assert_true(strlen(explanation.statements[i].label) < EXPLAIN_LABEL_COLUMNS);
		text_append_format(text, "  %s: %s", explanation.statements[i].label,
				   explanation.statements[i].value);
		statement_append_look(text, &explanation.statements[i]);
		text_append(text, "\n");
	}
	explanation_finish(&explanation);
}

static void says_what_is_not_plain(void **state)
{
	struct address_space *space = sample_stacks(2);
	struct vma alternate = {.start = 0x1000,
				.end = 0x2000,
				.name = "",
				.kind = KIND_THREAD_STACK,
				.tid = 4711,
				.alternate = true};
	struct explanation explanation = {0};
	struct text text = {0};

	(void)state;
	append_words(&text, space, 0x7f83a8782000); /* a part */
	append_words(&text, space, 0x7f83a8781000); /* its guard */
	append_words(&text, space, 0x55b5f7c8d000); /* the heap, with a stack */
	append_words(&text, space, 0x55b5c4349000); /* the bss, with a fiber */
	append_words(&text, space, 0x7f83aa53e000); /* nothing to say */
	explain_stacks(&explanation, space, &alternate);
	text_append_format(&text, "%s: %s\n", explanation.statements[0].label,
			   explanation.statements[0].value);
	golden_check("explain_stacks", text_string(&text));
	explanation_finish(&explanation);
	text_finish(&text);
	address_space_destroy(space);
}

static void names_no_more_threads_than_are_read(void **state)
{
	static const struct {
		size_t lodged, said;
		const char *last;
	} cases[] = {{7, 7, NULL},
		     {8, 8, NULL},
		     {9, 9, "and those of 1 more thread"},
		     {10, 9, "and those of 2 more threads"},
		     {20, 9, "and those of 12 more threads"}};
	struct lodged_stack lodged[20];
	const struct vma heap = {
		.start = 0x1000, .end = 0x9000, .name = "[heap]", .kind = KIND_HEAP};

	(void)state;
	for (int i = 0; i < 20; i++)
		lodged[i] = (struct lodged_stack){0x2000 + (uint64_t)i, i + 1, true};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct explanation explanation = {0};
		struct address_space *space;

		assert_int_equal(
			address_space_create(&(struct target){.comm = "x"}, &heap, 1, 0, 0, &space),
			0);
		assert_int_equal(address_space_set_stacks(space, NULL, 0, lodged, cases[i].lodged),
				 0);
		explain_stacks(&explanation, space, &space->vmas[0]);
		assert_int_equal(explanation.count, cases[i].said);
		if (cases[i].last)
			assert_string_equal(explanation.statements[8].value, cases[i].last);
		explanation_finish(&explanation);
		address_space_destroy(space);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_is_not_plain),
		cmocka_unit_test(names_no_more_threads_than_are_read),
	};

	return cmocka_run_group_tests_name("explain_stacks", tests, NULL, NULL);
}
