/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "files/check_probe.h"
#include "files/errands.h"
#include "kernel/procfs_options.h"
#include "model/kind.h"
#include "own_space.h"

static const struct procfs_options procfs = {.root = "/proc"};

static void each_file_is_checked_once(void **state)
{
	struct address_space *space = own_space_read();
	struct check_facts facts;
	struct errands errands;
	size_t programs = 0;

	(void)state;
	errands_init(&errands);
	errands.plan.limit = errands.plan.patience = INT64_MAX / 4;
	check_probe(&procfs, &errands, space, &facts);
	assert_true(facts.files.count >= 1);
	for (size_t i = 0; i < facts.files.count; i++) {
		const struct checked_file *file = &facts.files.files[i];

		assert_int_equal(file->name[0], '/');
		assert_false(file->deleted);
		programs += file->owner == OWNER_PROGRAM;
		if (file->owner != OWNER_OTHER)
			assert_int_equal(file->state, CHECKED_READ);
		for (size_t other = 0; other < i; other++) {
			assert_string_not_equal(file->name, facts.files.files[other].name);
			assert_true(file->start > facts.files.files[other].start);
		}
	}
	assert_int_equal(programs, 1);
	assert_int_not_equal(facts.protection.randomized, PROTECTION_UNKNOWN);
	check_facts_finish(&facts);
	errands_finish(&errands);
	address_space_destroy(space);
}

/* Another process may have the number by now. */
static void one_that_has_ended_is_unknown(void **state)
{
	struct address_space *space = own_space_read();
	struct check_facts facts;
	struct errands errands;

	(void)state;
	space->target.start_ticks++;
	errands_init(&errands);
	check_probe(&procfs, &errands, space, &facts);
	assert_true(facts.files.count >= 1);
	for (size_t i = 0; i < facts.files.count; i++) {
		assert_int_equal(facts.files.files[i].state, CHECKED_MISSING);
		assert_int_equal(facts.files.files[i].writer, CHECKED_WRITER_UNKNOWN);
	}
	assert_int_equal(facts.protection.randomized, PROTECTION_UNKNOWN);
	check_facts_finish(&facts);
	errands_finish(&errands);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_file_is_checked_once),
		cmocka_unit_test(one_that_has_ended_is_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
