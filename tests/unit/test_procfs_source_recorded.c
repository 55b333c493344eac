/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is read of a recorded tree in which files are missing, empty or cut. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/pulse.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"

/* A tree in a folder of its own: files of process 9, each a name and a text. */
static int read_tree(const char *const *files, struct address_space **ret_space, bool *ret_damaged)
{
	char root[] = "/tmp/vastop-test-XXXXXX", path[64];
	struct procfs_options options = {.root = root};
	struct source *source;
	struct pulse pulse;
	int error;

	assert_non_null(mkdtemp(root));
	snprintf(path, sizeof(path), "%s/9", root);
	assert_int_equal(mkdir(path, 0700), 0);
	for (size_t i = 0; files[i]; i += 2) {
		FILE *file;

		snprintf(path, sizeof(path), "%s/9/%s", root, files[i]);
		file = fopen(path, "w");
		assert_non_null(file);
		assert_true(fputs(files[i + 1], file) >= 0);
		fclose(file);
	}
	assert_int_equal(procfs_source_create(&options, 9, &source), 0);
	error = source_read(source, ret_space);
	*ret_damaged = source_damage(source) != NULL;
	/* Nothing says that it has ended. */
	assert_int_not_equal(source_pulse(source, &pulse), -ESRCH);
	source_destroy(source);
	for (size_t i = 0; files[i]; i += 2) {
		snprintf(path, sizeof(path), "%s/9/%s", root, files[i]);
		unlink(path);
	}
	snprintf(path, sizeof(path), "%s/9", root);
	rmdir(path);
	rmdir(root);
	return error;
}

#define MAPS "1000-2000 rw-p 00000000 00:00 0 \n2000-3000 r--p 00000000 00:00 0 [heap]\n"

static void a_recorded_process_is_what_is_there_of_it(void **state)
{
	static const char *const maps[] = {"maps", MAPS, NULL};
	static const char *const smaps[] = {
		"smaps", MAPS "Rss: 4 kB\n", "stat", "9 (na", "statm", "", NULL};
	static const char *const status[] = {"maps",   MAPS "3000-",
					     "comm",   "name\n",
					     "status", "State:\tS (sleeping)\nThreads:\t3\n",
					     "stat",   "",
					     "statm",  "0 0 0 0 0 0 0\n",
					     NULL};
	struct address_space *space;
	bool damaged;

	(void)state;
	assert_int_equal(read_tree(maps, &space, &damaged), 0);
	assert_false(damaged);
	assert_int_equal(space->vma_count, 2);
	assert_string_equal(space->target.comm, "");
	assert_int_equal(space->target.state, '?');
	assert_int_equal(space->target.threads, 0);
	assert_true(space->target.start_ticks == TARGET_UNKNOWN);
	assert_true(space->target.uid == TARGET_UNKNOWN);
	assert_true(space->target.rss == TARGET_UNKNOWN);
	assert_int_equal(space->vmas[1].kind, KIND_HEAP);
	address_space_destroy(space);
	assert_int_equal(read_tree(smaps, &space, &damaged), 0);
	assert_int_equal(space->vma_count, 2);
	assert_string_equal(space->target.comm, "");
	address_space_destroy(space);
	assert_int_equal(read_tree(status, &space, &damaged), 0);
	assert_true(damaged);
	assert_int_equal(space->vma_count, 2);
	assert_string_equal(space->target.comm, "name");
	assert_int_equal(space->target.state, 'S');
	assert_int_equal(space->target.threads, 3);
	address_space_destroy(space);
}

static void a_recorded_process_without_a_list_is_told(void **state)
{
	static const char *const nothing[] = {NULL}, *const empty[] = {"maps", "", NULL};
	static const char *const strange[] = {"maps", "<html>\n", NULL};
	static const char *const zombie[] = {"maps", "", "stat", "9 (x) Z 1 ", NULL};
	struct address_space *space = NULL;
	bool damaged;

	(void)state;
	assert_int_equal(read_tree(nothing, &space, &damaged), -ENOENT);
	assert_int_equal(read_tree(empty, &space, &damaged), -ENODATA);
	assert_int_equal(read_tree(strange, &space, &damaged), -EBADMSG);
	assert_int_equal(read_tree(zombie, &space, &damaged), -ESRCH);
	assert_null(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_recorded_process_is_what_is_there_of_it),
		cmocka_unit_test(a_recorded_process_without_a_list_is_told),
	};

	return cmocka_run_group_tests_name("procfs_source_recorded", tests, NULL, NULL);
}
