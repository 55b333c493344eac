/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Whose map is read: by the status of a recorded process, in the root that it has. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/inside_question.h"
#include "files/mapped_ways.h"
#include "files/perf_map_probe.h"
#include "high_descriptor.h"
#include "inside/inside_object.h"
#include "model/file_identity.h"

static char folder[] = "/tmp/vastop-test-XXXXXX";
static int directory;

static void put(const char *name, const char *text)
{
	int file = openat(directory, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(file >= 0);
	assert_int_equal(write(file, text, strlen(text)), strlen(text));
	close(file);
}

/* The numbers are those of the user, of the process in each namespace; NULL: none is told. */
static void put_status(uid_t uid, const char *pids)
{
	char text[128];

	snprintf(text, sizeof(text), "Name:\tx\nUid:\t%u\t%u\t%u\t%u\n%s%s%s", uid, uid, uid, uid,
		 pids ? "NSpid:\t" : "", pids ? pids : "", pids ? "\n" : "");
	put("status", text);
}

static int set_up(void **state)
{
	(void)state;
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
	assert_non_null(mkdtemp(folder));
	directory = high_descriptor(open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
	assert_true(!mkdirat(directory, "root", 0700) && !mkdirat(directory, "root/tmp", 0700));
	put("root/tmp/perf-100.map", "1000 10 outer\n");
	put("root/tmp/perf-7.map", "1000 10 inner\n");
	return 0;
}

static int tear_down(void **state)
{
	char command[64];

	(void)state;
	close(directory);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
	return 0;
}

/* The name of the first symbol of the map that is read, if any is; else it expects the error. */
static void assert_map(int error, const char *name)
{
	const struct inside_question question = {.pid = 100, .is_code = true};
	struct inside_finding finding = {.bias = 77};
	struct mapped_root root;

	mapped_root_init(&root, directory, 0);
	assert_int_equal(perf_map_probe(&root, &question, &finding), error);
	mapped_root_finish(&root);
	if (error) {
		assert_int_equal(finding.bias, 77);
		assert_null(finding.object);
		return;
	}
	assert_true(finding.loaded && finding.bias == 0);
	assert_int_equal(finding.identity, FILE_IDENTITY_PROVEN);
	assert_true(finding.stamp.inode && finding.stamp.size == 14);
	assert_string_equal(finding.object->symbols.names[0].name, name);
	inside_object_unref(finding.object);
}

static void it_has_the_number_in_its_own_namespace(void **state)
{
	(void)state;
	put_status(geteuid(), NULL);
	assert_map(0, "outer");
	put_status(geteuid(), "100");
	assert_map(0, "outer");
	put_status(geteuid(), "100\t7");
	assert_map(0, "inner");
	put_status(geteuid(), "100\t50\t7");
	assert_map(0, "inner");
	put_status(geteuid(), "7\t100");
	assert_map(0, "outer");
	put_status(geteuid(), "100\t8");
	assert_map(-ENOENT, NULL);
}

static void it_is_its_users(void **state)
{
	(void)state;
	put_status(geteuid() + 1, NULL);
	assert_map(-ENOENT, NULL);
	put("status", "Name:\tx\n");
	assert_map(-ENOENT, NULL);
	assert_int_equal(unlinkat(directory, "status", 0), 0);
	assert_map(-ENOENT, NULL);
}

static void it_has_one_name_and_is_a_file(void **state)
{
	(void)state;
	put_status(geteuid(), NULL);
	assert_int_equal(linkat(directory, "root/tmp/perf-100.map", directory, "root/tmp/other", 0),
			 0);
	assert_map(-ENOENT, NULL);
	assert_int_equal(unlinkat(directory, "root/tmp/other", 0), 0);
	assert_map(0, "outer");
	assert_int_equal(unlinkat(directory, "root/tmp/perf-100.map", 0), 0);
	assert_int_equal(symlinkat("/tmp/perf-7.map", directory, "root/tmp/perf-100.map"), 0);
	assert_map(-ENOENT, NULL);
	assert_int_equal(unlinkat(directory, "root/tmp/perf-100.map", 0), 0);
	assert_int_equal(mkdirat(directory, "root/tmp/perf-100.map", 0700), 0);
	assert_map(-ENOENT, NULL);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_has_the_number_in_its_own_namespace),
		TEST(it_is_its_users),
		TEST(it_has_one_name_and_is_a_file),
	};

	return cmocka_run_group_tests_name("perf_map_probe_owner", tests, NULL, NULL);
}
