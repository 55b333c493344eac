/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/check.h"
#include "app/message.h"
#include "app/options.h"
#include "support/capture.h"

#define DELAY_NS 10000000

/* Checks processes, and catches what is written. The caller frees it. */
static char *check(struct options *options, int *ret_status)
{
	struct capture out, err;
	char *text;

	options->action = ACTION_CHECK;
	if (!options->procfs)
		options->procfs = "/proc";
	options->interval_ns = DELAY_NS;
	capture_begin(&out, 1);
	capture_begin(&err, 2);
	*ret_status = check_run(options);
	free(capture_end(&err));
	text = capture_end(&out);
	return text;
}

/* The state of the check of that name. */
static const char *state_of(const json_t *root, const char *name)
{
	const json_t *check;
	size_t i;

	json_array_foreach(
		json_object_get(root, "checks"), i,
		check) if (!strcmp(json_string_value(json_object_get(check, "name")),
				   name)) return json_string_value(json_object_get(check, "state"));
	return "";
}

static json_t *check_one(struct options *options, pid_t pid, int *ret_status)
{
	char *text;
	json_t *root;

	options->format = FORMAT_JSON;
	options->processes[0].pid = (int32_t)pid;
	options->process_count = 1;
	text = check(options, ret_status);
	root = json_loads(text, 0, NULL);
	assert_true(root || !*text);
	free(text);
	return root;
}

static void what_this_process_does_is_found(void **state)
{
	void *memory = mmap(NULL, 8192, PROT_READ | PROT_WRITE | PROT_EXEC,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct options options = {0};
	int status;
	json_t *root;

	(void)state;
	if (memory == MAP_FAILED)
		skip();
	root = check_one(&options, getpid(), &status);
	assert_int_equal(status, EXIT_FOUND);
	assert_string_equal(state_of(root, "writable-executable"), "found");
	assert_string_equal(state_of(root, "steady-growth"), "unwatched");
	json_decref(root);
	munmap(memory, 8192);
}

static void watching_judges_the_rest(void **state)
{
	struct options options = {.samples = 6};
	int status;
	json_t *root = check_one(&options, getpid(), &status);

	(void)state;
	assert_string_equal(state_of(root, "was-writable-executable"), "none");
	assert_string_not_equal(state_of(root, "steady-growth"), "unwatched");
	json_decref(root);
}

static void several_are_reported_on_one_after_the_other(void **state)
{
	struct options options = {.processes = {{.pid = (int32_t)getpid()},
						{.pid = (int32_t)getpid()},
						{.pid = INT32_MAX}},
				  .process_count = 3};
	char *text, head[64];
	int status;

	(void)state;
	text = check(&options, &status);
	snprintf(head, sizeof(head), "%d ", getpid());
	assert_int_equal(strncmp(text, head, strlen(head)), 0);
	/* What is named twice is checked once. */
	strcat(head, "test_check");
	assert_null(strstr(text + 1, head));
	assert_true(status == EXIT_FOUND || status == EXIT_NO_PROCESS);
	free(text);
}

static void what_cannot_be_checked_has_a_status(void **state)
{
	struct options options = {.processes = {{.pid = INT32_MAX}}, .process_count = 1};
	char *text;
	int status;

	(void)state;
	text = check(&options, &status);
	assert_int_equal(status, EXIT_NO_PROCESS);
	assert_string_equal(text, "");
	free(text);
}

/* What was seen of it is judged, and that there is more is said. */
static void one_that_ends_meanwhile_is_not_sound(void **state)
{
	struct options options = {.samples = 200};
	pid_t child = fork();
	int status;
	json_t *root;

	(void)state;
	if (child == 0) {
		usleep(300000);
		_exit(0);
	}
	root = check_one(&options, child, &status);
	waitpid(child, NULL, 0);
	/* On a machine that is very busy it had ended before. */
	if (!root)
		skip();
	assert_true(status == EXIT_NO_PROCESS || status == EXIT_FOUND);
	json_decref(root);
}

/* Of a recorded tree nothing but the mappings is known for certain. */
static void a_recorded_tree_is_never_sound(void **state)
{
	struct options options = {0};
	char root_path[4096];
	int status;
	json_t *root;

	(void)state;
	snprintf(root_path, sizeof(root_path), "%s/tests/fixtures/sleep", getenv("top_srcdir"));
	options.procfs = root_path;
	root = check_one(&options, 29203, &status);
	assert_true(status == EXIT_UNDECIDED || status == EXIT_FOUND);
	assert_string_equal(state_of(root, "foreign-writer"), "unknown");
	json_decref(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_this_process_does_is_found),
		cmocka_unit_test(watching_judges_the_rest),
		cmocka_unit_test(several_are_reported_on_one_after_the_other),
		cmocka_unit_test(what_cannot_be_checked_has_a_status),
		cmocka_unit_test(one_that_ends_meanwhile_is_not_sound),
		cmocka_unit_test(a_recorded_tree_is_never_sound),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
