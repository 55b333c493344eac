/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Stacks that are parts of a mapping come and go like mappings. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/change.h"
#include "support/sample.h"

/* "type start-end kind:tid" of each change. */
static void expect_stacks(struct address_space *before, struct address_space *now,
			  const char *expected)
{
	struct change_list list = {.changes = NULL};
	struct text text = {0};

	change_compute(&list, before, now);
	for (size_t i = 0; i < list.count; i++) {
		const struct change *change = &list.changes[i];
		bool there = change->start < change->end;

		text_append_format(&text, "%s%s %" PRIx64 "-%" PRIx64 " %s:%d", i ? ", " : "",
				   change_type_name(change->type),
				   there ? change->start : change->old_start,
				   there ? change->end : change->old_end,
				   kind_name((enum kind)change->kind), change->tid);
	}
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	change_list_finish(&list);
	address_space_destroy(before);
	address_space_destroy(now);
}

/* The mapping that the kernel merges them into grew: that is not what happened. */
static void a_stack_in_a_mapping_appears_and_vanishes(void **state)
{
	(void)state;
	expect_stacks(sample_stacks(1), sample_stacks(2),
		      "mapped 7f83a7f80000-7f83a7f81000 guard:0, "
		      "mapped 7f83a7f81000-7f83a8781000 thread-stack:20716");
	expect_stacks(sample_stacks(3), sample_stacks(2),
		      "unmapped 7f83a777f000-7f83a7780000 guard:0, "
		      "unmapped 7f83a7780000-7f83a7f80000 thread-stack:20721");
	expect_stacks(sample_stacks(2), sample_stacks(2), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stack_in_a_mapping_appears_and_vanishes),
	};

	return cmocka_run_group_tests_name("change_stacks", tests, NULL, NULL);
}
