/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/denied.h"
#include "app/options.h"
#include "base/text.h"
#include "model/target.h"
#include "model/target_totals.h"
#include "sampler/source.h"
#include "support/capture.h"
#include "support/golden.h"

#define KB UINT64_C(1024)

static const struct target_totals some_totals = {
	.size = 5000 * KB,
	.size_peak = 6000 * KB,
	.rss = 1000 * KB,
	.rss_peak = 1100 * KB,
	.shared = 900 * KB,
	.swap = TARGET_UNKNOWN,
};

static struct target some_target(uint64_t uid)
{
	return (struct target){.pid = 4711,
			       .comm = "evil\033[2J\n",
			       .uid = uid,
			       .state = 'S',
			       .threads = 3,
			       .page_size = 4096};
}

/* A source that tells totals only, or an error instead. */
struct fake {
	struct source source;
	int error, why;
	bool unknown;
	uint64_t uid;
};

static int fake_totals(struct source *source, struct target *ret_target,
		       struct target_totals *ret_totals)
{
	const struct fake *fake = (const struct fake *)source;

	if (fake->error)
		return fake->error;
	*ret_target = some_target(fake->uid);
	*ret_totals = some_totals;
	if (fake->unknown)
		memset(ret_totals, 0xff, sizeof(*ret_totals));
	return 0;
}

static const struct source_operations fake_operations = {.totals = fake_totals};

static void assert_lines(const struct target_totals *totals, uint64_t uid, const char *user,
			 bool ascii, const char *golden)
{
	struct target target = some_target(uid);
	struct text text = {0};

	denied_append_totals(&text, &target, totals, user, ascii);
	golden_check(golden, text_string(&text));
	text_finish(&text);
}

static void totals_as_lines(void **state)
{
	const struct target nothing = {.pid = 1, .comm = "", .state = '?', .uid = TARGET_UNKNOWN};
	struct target_totals unknown;
	struct text text = {0};

	(void)state;
	assert_lines(&some_totals, 1000, "alice", false, "denied_totals");
	memset(&unknown, 0xff, sizeof(unknown));
	assert_lines(&unknown, TARGET_UNKNOWN, NULL, true, "denied_unknown");
	denied_append_totals(&text, &nothing, &unknown, NULL, false);
	golden_check("denied_nothing", text_string(&text));
	text_finish(&text);
}

static void assert_help(uint64_t uid, const char *user, uint64_t reader, const char *part)
{
	struct target target = some_target(uid);
	struct text text = {0};

	denied_append_help(&text, "mappings", &target, user, reader);
	if (!strstr(text_string(&text), part))
		fail_msg("'%s' is not in: %s", part, text_string(&text));
	assert_non_null(strstr(text_string(&text), "process 4711"));
	assert_null(strchr(text_string(&text), '\n'));
	assert_int_equal(text.bytes[text.length - 1], '.');
	text_finish(&text);
}

static void what_would_help(void **state)
{
	(void)state;
	assert_help(1000, "alice", 1001, "run vastop as alice (1000) or as root");
	assert_help(1000, NULL, 1001, "run vastop as 1000 or as root");
	assert_help(0, "root", 1001, "it is root's; run vastop as root");
	assert_help(1001, "bob", 1001, "not dumpable");
	assert_help(1000, "alice", 0, "CAP_SYS_PTRACE");
	assert_help(TARGET_UNKNOWN, NULL, 1001, "as its user or as root");
	assert_help(1000, "a\nb", 1001, "a\\nb");
}

static void other_errors_are_those_of_a_source(void **state)
{
	const struct options options = {.pid = 4711, .procfs = "/proc"};
	struct text text = {0};

	(void)state;
	assert_int_equal(denied_append(&text, &options, 4711, geteuid() + 1, -EACCES), 4);
	assert_non_null(strstr(text_string(&text), "mappings of process 4711"));
	text_clear(&text);
	assert_int_equal(denied_append(&text, &options, INT32_MAX, 0, -ESRCH), 3);
	assert_non_null(strstr(text_string(&text), "there is no process"));
	text_finish(&text);
}

static void run(const struct options *options, struct fake *fake, int status, char **ret_out,
		char **ret_said)
{
	struct capture out, said;

	fake->source.operations = &fake_operations;
	capture_begin(&out, 1);
	capture_begin(&said, 2);
	assert_int_equal(denied_run(options, &fake->source, fake->why), status);
	*ret_said = capture_end(&said);
	*ret_out = capture_end(&out);
}

static void totals_on_stdout_and_help_on_stderr(void **state)
{
	struct options options = {.action = ACTION_ONCE, .pid = 4711, .procfs = "/proc"};
	struct fake fake = {.why = -EACCES, .uid = (uint64_t)geteuid() + 1};
	char *out, *said;

	(void)state;
	run(&options, &fake, 4, &out, &said);
	assert_non_null(strstr(out, "rss        1000K\n"));
	assert_null(strchr(out, '\033'));
	assert_int_equal(strncmp(said, "vastop: cannot read the mappings of process 4711", 48), 0);
	assert_ptr_equal(strchr(said, '\n'), said + strlen(said) - 1);
	free(out);
	free(said);
	options.format = FORMAT_JSON;
	run(&options, &fake, 4, &out, &said);
	assert_int_equal(out[0], '{');
	assert_non_null(strstr(out, "\"rss\": 1024000,"));
	assert_non_null(strstr(out, "\"mappings\": null\n}\n"));
	free(out);
	free(said);
}

static void without_totals_there_is_the_sentence_alone(void **state)
{
	struct options options = {.action = ACTION_ONCE, .pid = 4711, .procfs = "/proc"};
	struct fake fake = {.why = -EACCES, .error = -ESRCH};
	char *out, *said;

	(void)state;
	run(&options, &fake, 4, &out, &said);
	assert_string_equal(out, "");
	assert_non_null(strstr(said, "cannot read"));
	free(out);
	free(said);
	/* One that has ended has none. */
	fake = (struct fake){.why = -ESRCH};
	options.pid = INT32_MAX;
	run(&options, &fake, 3, &out, &said);
	assert_string_equal(out, "");
	assert_non_null(strstr(said, "there is no process"));
	free(out);
	free(said);
}

static void totals_of_a_recorded_tree_without_a_list(void **state)
{
	struct options options = {.action = ACTION_ONCE, .pid = 4711, .procfs = "."};
	struct fake fake = {.why = -ENOENT};
	char *out, *said;

	(void)state;
	run(&options, &fake, 1, &out, &said);
	assert_non_null(strstr(out, "rss        1000K\n"));
	assert_non_null(strstr(said, "4711/maps: no such file"));
	free(out);
	free(said);
	fake.unknown = true;
	run(&options, &fake, 1, &out, &said);
	assert_string_equal(out, "");
	free(out);
	free(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(totals_as_lines),
		cmocka_unit_test(what_would_help),
		cmocka_unit_test(other_errors_are_those_of_a_source),
		cmocka_unit_test(totals_on_stdout_and_help_on_stderr),
		cmocka_unit_test(without_totals_there_is_the_sentence_alone),
		cmocka_unit_test(totals_of_a_recorded_tree_without_a_list),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("denied", tests, NULL, NULL);
}
