/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "listener_script.h"

/* Runs it: what came on stdout and stderr, what was asked for, and the exit status. */
static void runs(const struct script *played, const char *out, const char *said, const char *asked,
		 int status)
{
	struct captured captured;

	*told = '\0';
	captured = capture_child(run, played);
	assert_string_equal(captured.said, said);
	if (out)
		assert_string_equal(captured.out, out);
	assert_string_equal(told, asked);
	assert_true(WIFEXITED(captured.status));
	assert_int_equal(WEXITSTATUS(captured.status), status);
	captured_finish(&captured);
}

/* The result of a heap that grew by a number of pages, in the format. */
static char *result(const struct script *played, int before_pages, int pages)
{
	struct address_space *before = sample_python_grown((uint64_t)before_pages * 4096);
	struct address_space *now = sample_python_grown((uint64_t)pages * 4096);
	struct call_sites *sites = sample_sites_create();
	const enum options_format format = played->options.format;
	const bool ascii = played->options.ascii || played->locale;
	struct growth_balance balance;
	const struct growth_table table = {
		.before = before, .now = now, .sites = sites, .balance = &balance, .ascii = ascii};
	char *text = NULL;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	now->target.uid = before->target.uid = 0;
	if (played->swap_unknown)
		now->target.swap = before->target.swap = TARGET_UNKNOWN;
	sites->listening.ended = true;
	sites->listening.samples = played->heard_end ? sites->listening.samples : LAST_SAMPLES;
	growth_balance_make(&balance, before, now, sites->bytes);
	if (format == FORMAT_JSON)
		assert_int_equal(json_growth_write(stream, now, sites, &balance), 0);
	else if (format == FORMAT_FOLDED)
		assert_int_equal(folded_write(stream, "python3", sites), 0);
	else
		growth_table_write(stream, &table);
	fclose(stream);
	address_space_destroy(before);
	address_space_destroy(now);
	call_sites_unref(sites);
	return text;
}

/* The same where that is the result. */
static void gives_result(const struct script *played, int before_pages, int pages,
			 const char *asked)
{
	char *expected = result(played, before_pages, pages);

	runs(played, expected, "", asked, EXIT_DONE);
	free(expected);
}

/* The same where SIGTERM is the end. */
static void ends_by_signal(const struct script *played, const char *said, const char *asked)
{
	struct captured captured;

	*told = '\0';
	captured = capture_child(run, played);
	assert_string_equal(captured.said, said);
	assert_string_equal(captured.out, "");
	assert_string_equal(told, asked);
	assert_true(WIFSIGNALED(captured.status));
	assert_int_equal(WTERMSIG(captured.status), SIGTERM);
	captured_finish(&captured);
}

#define REFUSED                                                                                   \
	"vastop: cannot listen to the page faults of process 20712: too many files are open for " \
	"an event of each thread and processor; raise ulimit -n."
#define INSTEAD " What grew is shown instead, without whose code it was.\n"

#define BEGIN "read\ncreate /proc\nstart 1 at 20712\n"
#define END   "destroy\nforget\n"

static void each_format_has_its_result(void **state)
{
	static const enum options_format formats[] = {FORMAT_PICTURE, FORMAT_JSON, FORMAT_FOLDED};

	(void)state;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		const struct script played = script_of(formats[i]);

		gives_result(&played, 0, 1, BEGIN "read\nrenew +1\nstop\n" END);
	}
}

/* There is one sign: for what is not known. */
static void signs_are_as_locale_and_options_want_them(void **state)
{
	struct script played = script_of(FORMAT_PICTURE);

	(void)state;
	played.swap_unknown = true;
	gives_result(&played, 0, 1, BEGIN "read\nrenew +1\nstop\n" END);
	played.options.ascii = true;
	gives_result(&played, 0, 1, BEGIN "read\nrenew +1\nstop\n" END);
	played.options.ascii = false;
	played.locale = "C";
	gives_result(&played, 0, 1, BEGIN "read\nrenew +1\nstop\n" END);
}

/* A second is between two lists of mappings, but not where one is needed at once. */
static void lists_of_mappings_are_read_when_they_are_due(void **state)
{
	struct script played = script_of(FORMAT_FOLDED);

	(void)state;
	played.options.growth_ns = 200 * MS;
	gives_result(&played, 0, 1, BEGIN "read\nrenew +1\nstop\n" END);
	played.options.growth_ns = 950 * MS;
	played.wants_space = true;
	played.interrupted_at = 2;
	gives_result(&played, 0, 2, BEGIN "read\nrenew +1\nread\nrenew +2\nstop\n" END);
}

static void what_was_wanted_once_is_read_once(void **state)
{
	struct script played = script_of(FORMAT_FOLDED);
	struct captured captured;
	int reads = 0;

	(void)state;
	played.options.growth_ns = 250 * MS;
	played.wants_space = true;
	*told = '\0';
	captured = capture_child(run, &played);
	for (const char *at = told; (at = strstr(at, "read\n")); at++)
		reads++;
	/* The first, the one that was wanted, unless the machine is too busy, and the last. */
	assert_in_range(reads, 2, 3);
	captured_finish(&captured);
}

/* One that fails while another is wanted is tried again, but not at once. */
static void a_list_that_cannot_be_read_is_tried_again_later(void **state)
{
	struct script played = script_of(FORMAT_FOLDED);
	struct captured captured;
	int reads = 0;

	(void)state;
	played.options.growth_ns = 120 * MS;
	played.wants_space = true;
	played.last_error = -EIO;
	*told = '\0';
	captured = capture_child(run, &played);
	for (const char *at = told; (at = strstr(at, "read\n")); at++)
		reads++;
	/* The first, the last, and one each 50 ms. */
	assert_in_range(reads, 2, 4);
	captured_finish(&captured);
}

static void another_program_is_compared_with_itself(void **state)
{
	struct script played = script_of(FORMAT_JSON);

	(void)state;
	played.other_program = true;
	gives_result(&played, 1, 1, BEGIN "read\nrenew +1\nstop\n" END);
}

static void it_ends_with_the_process(void **state)
{
	struct script played = script_of(FORMAT_JSON);

	(void)state;
	played.options.growth_ns = 0;
	played.ends = true;
	gives_result(&played, 0, 0, BEGIN "stop\n" END);
	played.ends = false;
	played.heard_end = true;
	gives_result(&played, 0, 1, BEGIN "read\nrenew +1\nstop\n" END);
	played.last_error = -ESRCH;
	gives_result(&played, 0, 0, BEGIN "read\nstop\n" END);
	/* That one cannot be read is not its end. */
	played.last_error = -EIO;
	gives_result(&played, 0, 0, BEGIN "read\nstop\n" END);
}

static void an_interrupt_asks_for_the_result(void **state)
{
	struct script played = script_of(FORMAT_JSON);

	(void)state;
	played.options.growth_ns = 0;
	played.signal = SIGINT;
	gives_result(&played, 0, 1, BEGIN "read\nrenew +1\nstop\n" END);
	/* In a session of its own nothing stops: it only must not end. */
	played.options.growth_ns = 1;
	played.signal = SIGTSTP;
	gives_result(&played, 0, 1, BEGIN "read\nrenew +1\nstop\n" END);
}

static void another_signal_ends_it_without_one(void **state)
{
	struct script played = script_of(FORMAT_JSON);

	(void)state;
	played.options.growth_ns = 0;
	played.signal = SIGTERM;
	ends_by_signal(&played, "", BEGIN "read\nrenew +1\nstop\n" END);
	played.mute = true;
	ends_by_signal(&played, "", BEGIN END);
	/* While it is said why nothing can be heard. */
	played.mute = false;
	played.options.format = FORMAT_PICTURE;
	played.listen_error = -EMFILE;
	ends_by_signal(&played, REFUSED INSTEAD, BEGIN END);
}

static void why_it_cannot_listen_is_said(void **state)
{
	struct script played = script_of(FORMAT_JSON);

	(void)state;
	played.listen_error = -EMFILE;
	runs(&played, "", REFUSED "\n", BEGIN END, EXIT_TROUBLE);
	played.listen_error = -ESRCH;
	played.options.format = FORMAT_PICTURE;
	runs(&played, "",
	     "vastop: cannot listen to the page faults of process 20712: it has ended.\n",
	     BEGIN END, EXIT_NO_PROCESS);
}

static void people_see_what_grew_nevertheless(void **state)
{
	struct script played = script_of(FORMAT_PICTURE);

	(void)state;
	played.listen_error = -EMFILE;
	runs(&played,
	     "     GREW       SIZE  KIND          MAPPING\n"
	     "     4.0K       1.9M  heap          55b5f7c8d000 [heap]\n",
	     REFUSED INSTEAD, BEGIN "read\nrenew +1\n" END, EXIT_TROUBLE);
}

static void what_cannot_begin_is_said(void **state)
{
	struct script played = script_of(FORMAT_PICTURE);

	(void)state;
	played.read_error = -EIO;
	runs(&played, "", "vastop: cannot read process 20712 from /proc: Input/output error.\n",
	     "read\nforget\n", EXIT_TROUBLE);
	played.read_error = 0;
	played.create_error = -EAGAIN;
	runs(&played, "",
	     "vastop: cannot start a thread: Resource temporarily unavailable; try again when the "
	     "machine is less busy.\n",
	     "read\ncreate /proc\nforget\n", EXIT_TROUBLE);
}

#define FROM_START "read\ncreate /proc\nstart 1 at 20712 from its start\n"

static void a_command_is_listened_to_from_its_start(void **state)
{
	struct script played = script_of(FORMAT_FOLDED);
	struct captured captured;

	(void)state;
	played.options.growth_ns = 0;
	played.command = COMMAND_ENDS;
	played.ends = true;
	runs(&played, NULL, "vastop: grow ended with status 3; its output is in /dev/null.\n",
	     FROM_START "stop\n" END, EXIT_DONE);
	/* It is not waited for where its end was not seen. */
	played.options.growth_ns = 1;
	played.command = COMMAND_STAYS;
	played.ends = false;
	*told = '\0';
	captured = capture_child(run, &played);
	assert_string_equal(told, FROM_START "read\nrenew +1\nstop\n" END);
	assert_int_equal(strncmp(captured.said, "vastop: grow continues as process ", 34), 0);
	assert_int_equal(captured.status, 0);
	captured_finish(&captured);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_format_has_its_result),
		cmocka_unit_test(signs_are_as_locale_and_options_want_them),
		cmocka_unit_test(lists_of_mappings_are_read_when_they_are_due),
		cmocka_unit_test(what_was_wanted_once_is_read_once),
		cmocka_unit_test(a_list_that_cannot_be_read_is_tried_again_later),
		cmocka_unit_test(another_program_is_compared_with_itself),
		cmocka_unit_test(it_ends_with_the_process),
		cmocka_unit_test(an_interrupt_asks_for_the_result),
		cmocka_unit_test(another_signal_ends_it_without_one),
		cmocka_unit_test(why_it_cannot_listen_is_said),
		cmocka_unit_test(people_see_what_grew_nevertheless),
		cmocka_unit_test(what_cannot_begin_is_said),
		cmocka_unit_test(a_command_is_listened_to_from_its_start),
	};

	return cmocka_run_group_tests_name("growth", tests, make_told, NULL);
}
