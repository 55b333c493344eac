/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "model/target.h"
#include "report/openmetrics.h"
#include "report_text.h"
#include "support/golden.h"

static char *written(const struct metrics_process *processes, size_t count)
{
	const struct metrics_round round = {.time_ns = INT64_C(1792406467123999999),
					    .length_ns = 1500000000,
					    .cpu_ns = 20000000,
					    .failed = 2,
					    .left_out = 3};
	struct report_text text;

	report_text_begin(&text);
	openmetrics_write(text.stream, processes, count, &round);
	return report_text_end(&text);
}

static void processes_and_kinds(void **state)
{
	const struct metrics_process processes[] = {
		{.pid = 7,
		 .comm = "python3",
		 .unit = "web.service",
		 .mappings = 30,
		 .mappings_max = 65530,
		 .writable_executable = 1,
		 .heap = 8192,
		 .heap_used = 5000,
		 .heap_free = 3000,
		 .heap_free_resident = 0,
		 .heap_unknown = 192,
		 .kinds = {[KIND_TEXT] = {2, 12288, 8192, 0, TARGET_UNKNOWN, 0},
			   [KIND_HEAP] = {1, 8192, 4096, 2048, 0, 4096},
			   [KIND_STACK] = {1, 4096, TARGET_UNKNOWN, TARGET_UNKNOWN, 0, 4096},
			   /* It had one when it was first seen. */
			   [KIND_JIT] = {0, 0, 0, 0, 0, 4096},
			   [KIND_VSYSCALL] = {1, 4096, 0, 0, 0, 4096}}},
		{.pid = 8,
		 .comm = "",
		 .unit = "",
		 .mappings_max = TARGET_UNLIMITED,
		 .heap = TARGET_UNKNOWN,
		 .heap_used = TARGET_UNKNOWN,
		 .heap_free = TARGET_UNKNOWN,
		 .heap_free_resident = TARGET_UNKNOWN,
		 .heap_unknown = TARGET_UNKNOWN},
	};
	char *out = written(processes, 2);

	(void)state;
	golden_check("openmetrics", out);
	free(out);
}

static void no_process_at_all(void **state)
{
	char *out = written(NULL, 0);

	(void)state;
	assert_non_null(strstr(out, "\nvastop_processes 0\n"));
	assert_string_equal(out + strlen(out) - 6, "# EOF\n");
	free(out);
}

static void expect_comm(const char *comm, const char *label)
{
	const struct metrics_process process = {.comm = comm, .unit = comm};
	char *out = written(&process, 1);

	if (!strstr(out, label))
		fail_msg("no %s", label);
	free(out);
}

static void names_survive(void **state)
{
	(void)state;
	expect_comm("a,b={}", ",comm=\"a,b={}\",unit=\"a,b={}\"}");
	expect_comm("a\"b", ",comm=\"a\\\"b\",");
	expect_comm("a\\b", ",comm=\"a\\\\b\",");
	expect_comm("a\nb", ",comm=\"a\\nb\",");
	expect_comm("é", ",comm=\"é\",");
	expect_comm("\xff\xc3(", ",comm=\"\\\\xff\\\\xc3(\",");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(processes_and_kinds),
		cmocka_unit_test(no_process_at_all),
		cmocka_unit_test(names_survive),
	};

	return cmocka_run_group_tests_name("openmetrics", tests, NULL, NULL);
}
