/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "finding_cases.h"
#include "model/finding_table.h"
#include "report/check_report.h"
#include "support/golden.h"

static struct finding_case it;

/* Things of every sort, about names that are not harmless. */
static int set_up(void **state)
{
	(void)state;
	finding_case_init(&it);
	it.target.comm = "ca\033[31mse\xff";
	it.target.limits.max_map_count = 7;
	it.vmas[CASE_THREAD].perms |= PERM_EXEC;
	it.files[1].hardening.stack = ELF_STACK_UNSTATED;
	it.files[0].hardening.relro = ELF_RELRO_PARTIAL;
	it.files[2] = (struct checked_file){.name = (char *)"/lib/\xf0\x9f\"\\,x.so",
					    .owner = OWNER_LIBRARY,
					    .state = CHECKED_DENIED,
					    .writer = CHECKED_WRITER_EVERYONE,
					    .place = (char *)"/lib"};
	it.checked.count = 3;
	finding_case_build(&it);
	findings_judge(&it.findings, &it.facts);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	finding_case_finish(&it);
	return 0;
}

static char *write_report(bool json)
{
	const struct check_report report = {.target = &it.space->target,
					    .findings = &it.findings,
					    .time_ns = it.space->time_ns,
					    .watched_ns = 12345000000};
	char *written;
	size_t length;
	FILE *stream = open_memstream(&written, &length);

	if (json)
		assert_int_equal(check_report_write_json(stream, &report), 0);
	else
		check_report_write_text(stream, &report);
	fclose(stream);
	return written;
}

static void as_text(void **state)
{
	char *text = write_report(false);

	(void)state;
	golden_check("check_text", text);
	free(text);
}

static void as_json(void **state)
{
	char *text = write_report(true);

	(void)state;
	golden_check("check_json", text);
	free(text);
}

static void a_sound_process_is_one_line_and_names(void **state)
{
	char *text;

	(void)state;
	finding_case_finish(&it);
	finding_case_init(&it);
	finding_case_build(&it);
	findings_judge(&it.findings, &it.facts);
	text = write_report(false);
	assert_int_equal(strncmp(text, "1 case: nothing found\n\nnothing found: ", 38), 0);
	free(text);
}

static void a_full_disk_is_an_error(void **state)
{
	const struct check_report report = {.target = &it.space->target, .findings = &it.findings};
	FILE *full = fopen("/dev/full", "we");

	(void)state;
	assert_non_null(full);
	setvbuf(full, NULL, _IONBF, 0);
	assert_true(check_report_write_json(full, &report) < 0);
	fclose(full);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(as_text),
		TEST(as_json),
		TEST(a_sound_process_is_one_line_and_names),
		TEST(a_full_disk_is_an_error),
	};

	setlocale(LC_CTYPE, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
