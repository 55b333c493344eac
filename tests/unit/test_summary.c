/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/pane/summary.h"

static void kinds_add_up_to_all(void **state)
{
	struct summary summary;
	uint64_t mappings = 0, size = 0, rss = 0, swap = 0;
	struct address_space *space;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage_scan(&stage, true);
	summary_make(&summary, stage.session.now, &stage.usage);
	for (size_t i = 0; i < summary.count; i++) {
		const struct summary_entry *entry = &summary.entries[i];

		assert_true(entry->mappings > 0);
		assert_true(i == 0 || entry->size < entry[-1].size ||
			    (entry->size == entry[-1].size && entry->kind > entry[-1].kind));
		assert_true(entry->largest <= entry->size && entry->largest > 0);
		assert_int_equal(stage.session.now->vmas[entry->largest_vma].kind, entry->kind);
		assert_int_equal(vma_size(&stage.session.now->vmas[entry->largest_vma]),
				 entry->largest);
		/* The kernel does not count it. */
		if (entry->kind == KIND_VSYSCALL)
			continue;
		mappings += entry->mappings;
		size += entry->size;
		rss += entry->rss;
		swap += entry->swap;
	}
	assert_int_equal(summary.total.kind, KIND_COUNT);
	assert_int_equal(mappings, summary.total.mappings);
	assert_int_equal(size, summary.total.size);
	assert_true(rss > 0 && swap > 0);
	/* The process's own counts, as in the header. */
	assert_int_equal(summary.total.rss, stage.session.now->target.rss);
	assert_int_equal(summary.total.swap, stage.session.now->target.swap);
	assert_int_equal(summary.total.largest, 0x7f83a0000000 - 0x7f839c021000);
	/* Where the kernel does not count one of them, its sum. */
	space = address_space_copy(stage.session.now);
	space->target.swap = TARGET_UNKNOWN;
	summary_make(&summary, space, &stage.usage);
	assert_int_equal(summary.total.rss, space->target.rss);
	assert_int_equal(summary.total.swap, stage.usage.total.swap);
	space->target.swap = 4096;
	space->target.rss = TARGET_UNKNOWN;
	summary_make(&summary, space, &stage.usage);
	assert_int_equal(summary.total.rss, stage.usage.total.rss);
	assert_int_equal(summary.total.swap, 4096);
	address_space_destroy(space);
	stage_close(&stage);
}

static void without_usage_amounts_are_unknown(void **state)
{
	struct address_space *space = sample_python(), *empty = sample_empty();
	struct summary summary;

	(void)state;
	summary_make(&summary, space, NULL);
	assert_true(summary.count > 10);
	for (size_t i = 0; i < summary.count; i++)
		assert_true(summary.entries[i].rss == TARGET_UNKNOWN &&
			    summary.entries[i].pss == TARGET_UNKNOWN &&
			    summary.entries[i].swap == TARGET_UNKNOWN);
	assert_true(summary.total.rss == TARGET_UNKNOWN);
	summary_make(&summary, empty, NULL);
	assert_int_equal(summary.count, 0);
	assert_int_equal(summary.total.largest_vma, SUMMARY_NONE);
	address_space_destroy(space);
	address_space_destroy(empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_add_up_to_all),
		cmocka_unit_test(without_usage_amounts_are_unknown),
	};

	return cmocka_run_group_tests_name("summary", tests, NULL, NULL);
}
