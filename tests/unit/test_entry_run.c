/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "entry_child.h"

#include "core_bytes.h"
#include "recording_made.h"
#include "support/child.h"
#include "written_file.h"

/* What is asked for is done, whatever it is done with. */

#define NO_SUCH_NAME                                                                      \
	"vastop: 'no-such-name' is not a PID, and no process has that name; ps -e lists " \
	"them.\n"
#define NO_SUCH_PROCESS \
	"vastop: there is no process 2147483647, or it has ended; ps -e lists those that run.\n"
#define NO_MEMORY                                                                               \
	"vastop: cannot read the memory of process 29203: it is recorded, and a recording has " \
	"no memory.\n"

static void each_action_is_that_of_a_process(void **state)
{
	const char *tree = recorded_tree();

	(void)state;
	ENTRY_CHECK(EXIT_DONE, "*address  55944054a000 = heap\n*", "", "--locate=heap", tree,
		    RECORDED_PID);
	ENTRY_CHECK(EXIT_TROUBLE, "", NO_MEMORY, "--bytes=heap", tree, RECORDED_PID);
	ENTRY_CHECK(EXIT_TROUBLE, "", NO_MEMORY, "--search=abc", tree, RECORDED_PID);
	ENTRY_CHECK(EXIT_DONE, "*malloc glibc  ask malloc_info(0, stdout), malloc_stats()*", "",
		    "--inside=heap", tree, RECORDED_PID);
	ENTRY_CHECK(EXIT_FOUND, "*29203 sleep: *", "", "--check", tree, RECORDED_PID);
	ENTRY_CHECK(EXIT_DONE, "*address space*", "", "--once", tree, RECORDED_PID);
	ENTRY_CHECK(EXIT_DONE, "*\n# EOF\n*", "", "--once", "--format=openmetrics", tree,
		    RECORDED_PID);
	/* What may be missed depends on the machine. */
	ENTRY_CHECK(EXIT_DONE, "**", "", "--events", "--samples=1", "--delay=0.01", tree,
		    RECORDED_PID);
	ENTRY_CHECK(EXIT_TROUBLE, "*MAPPING*", "*to the page faults of process 29203: *",
		    "--growth=0.1", tree, RECORDED_PID);
	ENTRY_CHECK(EXIT_TROUBLE, "",
		    "vastop: the screen needs a terminal; vastop --once PID writes one picture "
		    "anywhere.\n",
		    tree, RECORDED_PID);
}

static void without_the_process_nothing_is_done(void **state)
{
	static const char *const actions[] = {"--locate=heap", "--bytes=heap", "--search=abc",
					      "--inside=heap", "--events",     "--growth=0.1",
					      "--color=never"};

	(void)state;
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		ENTRY_CHECK(EXIT_NO_PROCESS, "", NO_SUCH_PROCESS, actions[i], "2147483647");
		ENTRY_CHECK(EXIT_USAGE, "", NO_SUCH_NAME, actions[i], "no-such-name");
	}
}

static void a_process_has_the_name_that_one_has(void **state)
{
	pid_t child = child_start(NULL, NULL);
	char pid[16];

	(void)state;
	assert_true(child > 0);
	snprintf(pid, sizeof(pid), "%d", (int)child);
	ENTRY_CHECK(EXIT_DONE, "*mapping  [stack], rw-p, *", "", "--locate=stack", pid);
	child_end(child);
}

static void a_command_is_watched_from_its_start_to_its_end(void **state)
{
	(void)state;
	ENTRY_CHECK(EXIT_DONE, "*exit       *",
		    "vastop: cat ended with status 0; its output is in /dev/null.\n", "--events",
		    "--output=/dev/null", "--", "cat", "/dev/null");
	ENTRY_CHECK(127, "", "vastop: there is no command '/no/such'; check its path.\n",
		    "--events", "--output=/dev/null", "--", "/no/such");
	ENTRY_CHECK(EXIT_TROUBLE, "",
		    "vastop: cannot write the output to '/no/such': No such file or directory.\n",
		    "--events", "--output=/no/such", "--", "cat", "/dev/null");
	ENTRY_CHECK(EXIT_TROUBLE, "",
		    "vastop: the screen needs a terminal; vastop --once PID writes one picture "
		    "anywhere.\n",
		    "--output=/dev/null", "--", "cat", "/dev/null");
}

static void a_core_file_is_in_the_place_of_a_process(void **state)
{
	struct written_file file = written_file_make("");
	struct core_bytes bytes;
	FILE *core = fopen(file.path, "we");
	char said[200];

	(void)state;
	core_bytes_init(&bytes);
	core_writer_write(core, &bytes.core);
	fclose(core);
	ENTRY_CHECK(EXIT_DONE, "*address space*", "", "--once", file.path);
	ENTRY_CHECK(EXIT_DONE, "*address  *", "", "--locate=heap", file.path);
	assert_int_equal(truncate(file.path, 30), 0);
	snprintf(said, sizeof(said),
		 "vastop: cannot show %s: it is truncated before its memory begins, or has no "
		 "memory in it.\n",
		 file.path);
	ENTRY_CHECK(EXIT_TROUBLE, "", said, "--once", file.path);
	written_file_remove(&file);
}

static void what_was_recorded_is_shown_compared_and_cut(void **state)
{
	struct recording_place place;
	char part[128], option[160], to[160];

	(void)state;
	SKIP_WITHOUT_SQLITE();
	place = recording_made();
	snprintf(part, sizeof(part), "%s/part", place.folder);
	snprintf(option, sizeof(option), "--export=%s", part);
	snprintf(to, sizeof(to), "%s@+1s", place.path);
	ENTRY_CHECK(EXIT_DONE, "*[heap]*", "", "--once", place.path);
	ENTRY_CHECK(EXIT_TROUBLE, "",
		    "vastop: the screen needs a terminal; vastop --once PID writes one picture "
		    "anywhere.\n",
		    place.path);
	ENTRY_CHECK(EXIT_DONE, "*[heap]*", "", "--diff", place.path, to);
	ENTRY_CHECK(EXIT_DONE, "", "", option, "--from=+1s", "--to=+2s", place.path);
	ENTRY_CHECK(EXIT_DONE, "*[heap]*", "", "--once", part);
	assert_int_equal(unlink(part), 0);
	recording_place_remove(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_action_is_that_of_a_process),
		cmocka_unit_test(without_the_process_nothing_is_done),
		cmocka_unit_test(a_process_has_the_name_that_one_has),
		cmocka_unit_test(a_command_is_watched_from_its_start_to_its_end),
		cmocka_unit_test(a_core_file_is_in_the_place_of_a_process),
		cmocka_unit_test(what_was_recorded_is_shown_compared_and_cut),
	};

	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	return cmocka_run_group_tests_name("entry_run", tests, NULL, NULL);
}
