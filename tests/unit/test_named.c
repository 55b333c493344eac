/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/message.h"
#include "app/named.h"
#include "app/options.h"
#include "base/text.h"
#include "said_sentence.h"
#include "support/capture.h"
#include "support/child.h"

/* A name that no other process has, not even another run of this test. */
static void make_name(char out[static 16])
{
	snprintf(out, 16, "vst%d", getpid());
}

/* A child of that name that lives until the descriptor is closed. */
static pid_t start_child(const char *name, int *ret_descriptor)
{
	int ready[2], end[2];
	pid_t child;
	char byte;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(end), 0);
	child = fork();
	if (child == 0) {
		close(end[1]);
		prctl(PR_SET_NAME, name);
		close(ready[1]);
		(void)!read(end[0], &byte, 1);
		_exit(0);
	}
	close(ready[1]);
	close(end[0]);
	(void)!read(ready[0], &byte, 1);
	close(ready[0]);
	*ret_descriptor = end[1];
	return child;
}

static void end_child(pid_t child, int descriptor)
{
	close(descriptor);
	waitpid(child, NULL, 0);
}

/* Resolves, and checks the status and what is said. */
static void check_resolve(const char *name, bool choosable, int32_t *pid, int status,
			  const char *part)
{
	struct capture capture;
	int result;
	char *said;

	capture_begin(&capture, 2);
	result = named_resolve(name, choosable, pid);
	said = capture_end(&capture);
	assert_int_equal(result, status);
	if (part && !strstr(said, part))
		fail_msg("'%s' is not in: %s", part, said);
	if (!part)
		assert_string_equal(said, "");
	free(said);
}

static void one_of_that_name_is_meant(void **state)
{
	char name[16];
	int32_t pid = 7;
	int descriptor;
	pid_t child;

	(void)state;
	make_name(name);
	check_resolve(name, false, &pid, EXIT_USAGE, "no process has that name");
	assert_int_equal(pid, 7);
	child = start_child(name, &descriptor);
	check_resolve(name, false, &pid, EXIT_DONE, NULL);
	assert_int_equal(pid, child);
	end_child(child, descriptor);
}

static void several_can_be_chosen_from_on_the_screen_only(void **state)
{
	char name[16];
	int32_t pids[3] = {0}, pid = 7;
	int first, second;
	pid_t a, b;

	(void)state;
	make_name(name);
	a = start_child(name, &first);
	b = start_child(name, &second);
	check_resolve(name, false, &pid, EXIT_USAGE, "processes of that name: ");
	assert_int_equal(pid, 7);
	check_resolve(name, true, &pid, EXIT_DONE, NULL);
	assert_int_equal(pid, 0);
	assert_int_equal(named_find(name, pids, 3), 2);
	assert_int_equal(pids[0], a < b ? a : b);
	assert_int_equal(pids[1], a < b ? b : a);
	assert_int_equal(pids[2], 0);
	/* The second has the first one's descriptor, too. */
	end_child(b, second);
	end_child(a, first);
}

static void what_is_no_pattern_is_no_name(void **state)
{
	int32_t pid = 7;

	(void)state;
	assert_int_equal(named_find("", &pid, 1), 0);
	assert_int_equal(named_find("(((", &pid, 1), 0);
	check_resolve("(((", true, &pid, EXIT_USAGE, "'((('");
	assert_int_equal(pid, 7);
}

static void what_is_no_pid_is_quoted_safely(void **state)
{
	static const char *const arguments[] = {"no-such-name-here", "", "\033[2J\n", "(((",
						"\xff"};

	(void)state;
	for (size_t i = 0; i < sizeof(arguments) / sizeof(arguments[0]); i++) {
		struct capture capture;
		char *said;

		capture_begin(&capture, 2);
		assert_int_equal(named_say_not_a_pid(arguments[i]), 2);
		said = capture_end(&capture);
		check_sentence(said, "is not a PID");
		free(said);
	}
}

static void reports_are_of_all_that_are_named(void **state)
{
	struct options_process found[NAMED_ALL_MAX];
	struct options options = {.process_count = 3};
	int first, second;
	pid_t one, two;
	size_t count;
	char name[16];

	(void)state;
	make_name(name);
	one = start_child(name, &first);
	two = start_child(name, &second);
	/* What is named twice is meant once. */
	options.processes[0].pid = (int32_t)two;
	options.processes[1].name = name;
	options.processes[2].name = name;
	assert_int_equal(named_resolve_all(&options, found, &count), 0);
	assert_int_equal(count, 2);
	assert_int_equal(found[0].pid, two);
	assert_null(found[0].name);
	assert_int_equal(found[1].pid, one);
	assert_ptr_equal(found[1].name, name);
	/* The second has inherited what the first waits for. */
	end_child(two, second);
	end_child(one, first);
}

static void one_name_that_is_none_is_a_mistake(void **state)
{
	struct options_process found[NAMED_ALL_MAX];
	struct options options = {.process_count = 2,
				  .processes = {{.pid = 1}, {.name = "no process has this"}}};
	struct capture said;
	size_t count = 7;
	char *text;

	(void)state;
	capture_begin(&said, 2);
	assert_int_equal(named_resolve_all(&options, found, &count), EXIT_USAGE);
	text = capture_end(&said);
	assert_non_null(strstr(text, "no process has this"));
	assert_int_equal(count, 7);
	free(text);
}

static void what_is_no_pid_may_be_a_name(void **state)
{
	char name[16], expected[128];
	struct capture capture;
	int descriptor;
	pid_t child;
	char *said;

	(void)state;
	make_name(name);
	child = start_child(name, &descriptor);
	capture_begin(&capture, 2);
	assert_int_equal(named_say_not_a_pid(name), EXIT_USAGE);
	said = capture_end(&capture);
	snprintf(expected, sizeof(expected),
		 "'%s' is not a PID; processes of that name: %d; try vastop %d.", name, (int)child,
		 (int)child);
	assert_non_null(strstr(said, expected));
	free(said);
	end_child(child, descriptor);
	capture_begin(&capture, 2);
	assert_int_equal(named_say_not_a_pid(name), EXIT_USAGE);
	said = capture_end(&capture);
	assert_non_null(strstr(said, "no process has that name"));
	free(said);
}

static void be_named(const void *name)
{
	prctl(PR_SET_NAME, name);
}

static int compare_pids(const void *a, const void *b)
{
	return *(const pid_t *)a < *(const pid_t *)b ? -1 : 1;
}

/* What is said of a name that these processes have. */
static void check_said(const char *name, pid_t *pids, int count)
{
	struct text expected = {0};
	struct capture capture;
	char pattern[24], *said;

	qsort(pids, (size_t)count, sizeof(*pids), compare_pids);
	text_append_format(&expected, "vastop: '^%s$' is not a PID; processes of that name: %d",
			   name, (int)pids[0]);
	for (int i = 1; i < count && i < 5; i++)
		text_append_format(&expected, "%s%d", i + 1 == count ? " and " : ", ",
				   (int)pids[i]);
	if (count > 5)
		text_append_format(&expected, " and %d more", count - 5);
	text_append_format(&expected, "; try vastop %d.\n", (int)pids[0]);
	snprintf(pattern, sizeof(pattern), "^%s$", name);
	capture_begin(&capture, 2);
	assert_int_equal(named_say_not_a_pid(pattern), EXIT_USAGE);
	said = capture_end(&capture);
	assert_string_equal(said, text_string(&expected));
	free(said);
	text_finish(&expected);
}

static void five_are_told_by_their_numbers(void **state)
{
	pid_t children[7];
	char name[16];

	(void)state;
	make_name(name);
	for (int i = 0; i < 7; i++) {
		children[i] = child_start(be_named, name);
		assert_true(children[i] > 0);
		check_said(name, children, i + 1);
	}
	for (int i = 0; i < 7; i++)
		child_end(children[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_of_that_name_is_meant),
		cmocka_unit_test(several_can_be_chosen_from_on_the_screen_only),
		cmocka_unit_test(what_is_no_pattern_is_no_name),
		cmocka_unit_test(what_is_no_pid_is_quoted_safely),
		cmocka_unit_test(reports_are_of_all_that_are_named),
		cmocka_unit_test(one_name_that_is_none_is_a_mistake),
		cmocka_unit_test(what_is_no_pid_may_be_a_name),
		cmocka_unit_test(five_are_told_by_their_numbers),
	};

	return cmocka_run_group_tests_name("named", tests, NULL, NULL);
}
