/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What a source tells of a process whose mappings may not be read. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/target_totals.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/child.h"

#define KB 1024

static struct source *open_recorded(const char *name, int32_t pid)
{
	const char *folder = getenv("top_srcdir");
	struct procfs_options options = {0};
	struct source *source;
	char root[4096];

	snprintf(root, sizeof(root), "%s/tests/fixtures/%s", folder ? folder : ".", name);
	options.root = root;
	assert_int_equal(procfs_source_create(&options, pid, &source), 0);
	return source;
}

static void totals_come_from_statm_and_status(void **state)
{
	struct source *source = open_recorded("sleep", 29203);
	struct target_totals totals;
	struct target target;

	(void)state;
	assert_int_equal(source_totals(source, &target, &totals), 0);
	assert_int_equal(target.pid, 29203);
	assert_string_equal(target.comm, "sleep");
	assert_int_equal(target.threads, 1);
	assert_int_equal(target.rss, 452 * 4 * KB);
	assert_int_equal(totals.size, 730 * 4 * KB);
	assert_int_equal(totals.size_peak, 2920 * KB);
	assert_int_equal(totals.rss, 452 * 4 * KB);
	assert_int_equal(totals.rss_peak, 1808 * KB);
	assert_int_equal(totals.shared, 425 * 4 * KB);
	assert_int_equal(totals.swap, 0);
	assert_true(totals.time_ns > 0);
	source_destroy(source);
}

static void what_has_no_address_space_has_no_totals(void **state)
{
	struct source *source = open_recorded("kernel-thread", 2);
	struct target_totals totals = {.rss = 5};
	struct target target = {.pid = 5};

	(void)state;
	assert_int_equal(source_totals(source, &target, &totals), -ENXIO);
	source_destroy(source);
	source = open_recorded("zombie", 30176);
	assert_int_equal(source_totals(source, &target, &totals), -ESRCH);
	source_destroy(source);
	assert_int_equal(totals.rss, 5);
	assert_int_equal(target.pid, 5);
}

static void forbid_looking(const void *context)
{
	(void)context;
	prctl(PR_SET_DUMPABLE, 0);
}

/* Root may read the mappings as well: then both ways are compared. */
static void a_process_that_forbids_it_still_has_totals(void **state)
{
	static const struct procfs_options live = {.root = "/proc"};
	struct address_space *space = NULL;
	struct target_totals totals;
	struct source *source;
	struct target target;
	int error;
	pid_t child = child_start(forbid_looking, NULL);

	(void)state;
	assert_int_equal(procfs_source_create(&live, child, &source), 0);
	error = source_read(source, &space);
	assert_int_equal(error, geteuid() == 0 && !error ? 0 : -EACCES);
	assert_int_equal(source_totals(source, &target, &totals), 0);
	assert_int_equal(target.pid, child);
	assert_int_equal(target.uid, geteuid());
	assert_true(totals.rss > 0 && totals.rss <= totals.size);
	assert_true(totals.shared <= totals.rss && totals.size_peak >= totals.size);
	if (space) {
		/* The kernel adds up what it counts for each processor now and then. */
		assert_in_range(target.rss, space->target.rss / 2, space->target.rss * 2);
		assert_int_equal(target.start_ticks, space->target.start_ticks);
		assert_string_equal(target.comm, space->target.comm);
	}
	address_space_destroy(space);
	child_end(child);
	assert_int_equal(source_totals(source, &target, &totals), -ESRCH);
	source_destroy(source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(totals_come_from_statm_and_status),
		cmocka_unit_test(what_has_no_address_space_has_no_totals),
		cmocka_unit_test(a_process_that_forbids_it_still_has_totals),
	};

	return cmocka_run_group_tests_name("procfs_source_totals", tests, NULL, NULL);
}
