/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/message.h"
#include "app/options.h"
#include "app/source_error.h"
#include "base/text.h"
#include "said_sentence.h"
#include "sampler/source.h"
#include "support/capture.h"

static void every_error_of_a_source_has_a_sentence_and_a_status(void **state)
{
	static const struct {
		int error, status;
		const char *part;
	} cases[] = {
		{-ESRCH, 3, "no process 2147483647"}, {-ENOENT, 3, "no process 2147483647"},
		{-EACCES, 4, "permission denied"},    {-EPERM, 4, "permission denied"},
		{-ENXIO, 1, "kernel thread"},         {-EBADMSG, 1, "not in the format of procfs"},
		{-EMFILE, 1, "open files"},           {-EAGAIN, 1, "try again"},
	};
	const struct options options = {.pid = INT32_MAX, .procfs = "/proc"};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct capture capture;
		char *said;

		capture_begin(&capture, 2);
		assert_int_equal(source_error_say(&options, cases[i].error), cases[i].status);
		said = capture_end(&capture);
		check_sentence(said, cases[i].part);
		free(said);
	}
}

/* What is listed is not said to be nowhere. */
static void a_zombie_is_called_one(void **state)
{
	struct options options = {.procfs = "/proc"};
	struct text text = {0};
	pid_t child = fork();

	(void)state;
	if (child == 0)
		_exit(0);
	assert_int_equal(waitid(P_PID, (id_t)child, NULL, WEXITED | WNOWAIT), 0);
	assert_int_equal(source_error_append(&text, &options, child, -ESRCH), EXIT_NO_PROCESS);
	assert_non_null(strstr(text_string(&text), "has ended: a zombie"));
	assert_int_equal(waitpid(child, NULL, 0), child);
	text_finish(&text);
}

static const struct source_damage cut = {.file = "maps", .cut = true};

static int read_nothing(struct source *source, struct address_space **ret_space)
{
	(void)source, (void)ret_space;
	return -EIO;
}

static const struct source_damage *find_damage(const struct source *source)
{
	(void)source;
	return &cut;
}

static void check_damage(const struct options *options, const struct source *source,
			 const char *words)
{
	struct capture capture;
	char *said;

	capture_begin(&capture, 2);
	source_error_say_damage(options, source);
	said = capture_end(&capture);
	assert_string_equal(said, words);
	free(said);
}

static void what_is_not_whole_is_said(void **state)
{
	static const struct source_operations torn = {.read = read_nothing, .damage = find_damage};
	static const struct source_operations whole = {.read = read_nothing};
	const struct options options = {.pid = 77, .procfs = "/nonexistent"};

	(void)state;
	check_damage(&options, &(struct source){&whole}, "");
	check_damage(&options, &(struct source){&torn},
		     "vastop: /nonexistent/77/maps seems to be truncated: its last line is "
		     "incomplete; mappings may be missing.\n");
}

/* Another procfs than that at /proc. */
static void where_the_process_is_not_is_said(void **state)
{
	const struct options options = {.pid = INT32_MAX, .procfs = "/proc/."};
	struct text text = {0};

	(void)state;
	assert_int_equal(source_error_append(&text, &options, INT32_MAX, -ESRCH), EXIT_NO_PROCESS);
	assert_string_equal(text_string(&text),
			    "there is no process 2147483647 in /proc/.; check --procfs.");
	text_clear(&text);
	assert_int_equal(source_error_append(&text, &options, 7, -ENXIO), EXIT_TROUBLE);
	assert_string_equal(text_string(&text),
			    "process 7 is a kernel thread, which has no address space of its own; "
			    "choose a process with a command line.");
	text_clear(&text);
	assert_int_equal(source_error_append(&text, &options, 7, -EBADMSG), EXIT_TROUBLE);
	assert_string_equal(text_string(&text), "cannot read process 7 from /proc/.: its files are "
						"not in the format of procfs.");
	text_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_error_of_a_source_has_a_sentence_and_a_status),
		cmocka_unit_test(a_zombie_is_called_one),
		cmocka_unit_test(what_is_not_whole_is_said),
		cmocka_unit_test(where_the_process_is_not_is_said),
	};

	return cmocka_run_group_tests_name("source_error", tests, NULL, NULL);
}
