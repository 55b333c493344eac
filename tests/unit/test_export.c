/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/export.h"
#include "app/options.h"
#include "support/capture.h"

/* What recorded processes there are: a number, and one that is none. */
static struct options options_of(const char *procfs)
{
	return (struct options){.action = ACTION_ONCE,
				.format = FORMAT_OPENMETRICS,
				.procfs = procfs,
				.budget = 1,
				.interval_ns = 1};
}

static char *run(const struct options *options, int status)
{
	struct capture capture;

	capture_begin(&capture, 1);
	assert_int_equal(export_run(options), status);
	return capture_end(&capture);
}

static const char *fixture(char out[static 200])
{
	const char *source = getenv("top_srcdir");

	snprintf(out, 200, "%s/tests/fixtures/sleep", source ? source : ".");
	return out;
}

static void recorded_processes_are_exported(void **state)
{
	char procfs[200];
	struct options options = options_of(fixture(procfs));
	char *out;

	(void)state;
	/* The second is named twice, the third is not there: neither is a mistake. */
	options.process_count = 3;
	options.processes[0].pid = 29203;
	options.processes[1].pid = 29203;
	options.processes[2].pid = 1;
	out = run(&options, 0);
	assert_non_null(strstr(out, "\nvastop_processes 1\n"));
	assert_non_null(strstr(out, "vastop_mappings{pid=\"29203\",comm=\"sleep\","));
	assert_non_null(strstr(out, "\nvastop_processes_failed 0\n"));
	assert_string_equal(out + strlen(out) - 6, "# EOF\n");
	free(out);
}

static void a_file_is_written_so_many_times(void **state)
{
	char procfs[200], folder[] = "/tmp/vastop-export-XXXXXX", path[60], line[80] = "";
	struct options options = options_of(fixture(procfs));
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/a.prom", folder);
	options.process_count = 1;
	options.processes[0].pid = 29203;
	options.output = path;
	options.samples = 3;
	free(run(&options, 0));
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		;
	fclose(file);
	assert_string_equal(line, "# EOF\n");
	unlink(path);
	assert_int_equal(rmdir(folder), 0);
}

static void a_file_that_cannot_be_written_is_said(void **state)
{
	char procfs[200], *said;
	struct options options = options_of(fixture(procfs));
	struct capture capture;

	(void)state;
	options.output = "/nonexistent/a.prom";
	capture_begin(&capture, 2);
	free(run(&options, 1));
	said = capture_end(&capture);
	assert_non_null(strstr(said, "/nonexistent/a.prom: No such file"));
	free(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(recorded_processes_are_exported),
		cmocka_unit_test(a_file_is_written_so_many_times),
		cmocka_unit_test(a_file_that_cannot_be_written_is_said),
	};

	return cmocka_run_group_tests_name("export", tests, NULL, NULL);
}
