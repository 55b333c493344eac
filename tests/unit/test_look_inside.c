/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/look_inside.h"
#include "app/message.h"
#include "app/options.h"
#include "kernel/procfs_options.h"
#include "own_pages.h"
#include "sample_source.h"
#include "sampler/procfs_source.h"
#include "support/capture.h"

/* What it writes about this process to the descriptor, 1 or 2. */
static char *run_with(const char *place, enum options_format format, bool parts, int descriptor,
		      int *ret_status)
{
	const struct procfs_options procfs = {.root = "/proc"};
	const struct options options = {.action = ACTION_INSIDE,
					.format = format,
					.parts = parts,
					.pid = getpid(),
					.place = place,
					.procfs = "/proc"};
	struct capture capture, other;
	struct source *source;

	assert_int_equal(procfs_source_create(&procfs, getpid(), &source), 0);
	capture_begin(&capture, descriptor);
	capture_begin(&other, 3 - descriptor);
	*ret_status = look_inside_run(&options, source);
	free(capture_end(&other));
	source_destroy(source);
	return capture_end(&capture);
}

static char *run(const char *place, enum options_format format, int descriptor, int *ret_status)
{
	return run_with(place, format, false, descriptor, ret_status);
}

static void memory_without_a_file_is_runs_of_pages(void **state)
{
	char *pages, place[20], line[80], *out;
	int status;

	(void)state;
	close(open_pagemap());
	/* Between two pages that cannot be merged with it. */
	pages = mmap(NULL, 6 * page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_true(pages != MAP_FAILED);
	pages += page_size();
	assert_int_equal(mprotect(pages, 4 * page_size(), PROT_READ | PROT_WRITE), 0);
	madvise(pages, 4 * page_size(), MADV_NOHUGEPAGE);
	pages[page_size()] = pages[2 * page_size()] = 1;
	snprintf(place, sizeof(place), "%" PRIxPTR, (uintptr_t)pages);
	out = run(place, FORMAT_PICTURE, 1, &status);
	assert_int_equal(status, EXIT_DONE);
	for (int i = 0; i < 3; i++) {
		static const size_t first[] = {0, 1, 3}, count[] = {1, 2, 1};

		snprintf(line, sizeof(line),
			 "%012" PRIxPTR " %12zu  pages   -             %-16s -\n",
			 (uintptr_t)pages + first[i] * page_size(), count[i] * page_size(),
			 i == 1 ? "anonymous" : "absent");
		assert_non_null(strstr(out, line));
	}
	free(out);
	munmap(pages - page_size(), 6 * page_size());
}

int look_inside_here = 4711; /* a symbol whatever else is taken out */

static void this_program_has_sections_and_symbols(void **state)
{
	char place[20], *out;
	int status;

	(void)state;
	snprintf(place, sizeof(place), "%" PRIxPTR, (uintptr_t)&look_inside_here);
	out = run(place, FORMAT_JSON, 1, &status);
	assert_int_equal(status, EXIT_DONE);
	assert_non_null(strstr(out, "\"schema\": \"vastop.inside/1\""));
	assert_non_null(strstr(out, "\"name\": \".data\""));
	if (!strstr(out, "\"symbols\": \"none\"") && !strstr(out, "\"symbols\": \"dynsym\""))
		assert_non_null(strstr(out, "\"name\": \"look_inside_here\""));
	free(out);
}

/* In a line its name is the last word. */
static void what_has_a_name_has_a_line_with_it(void **state)
{
	char place[20], *out;
	int status;

	(void)state;
	snprintf(place, sizeof(place), "%" PRIxPTR, (uintptr_t)&look_inside_here);
	out = run(place, FORMAT_PICTURE, 1, &status);
	assert_int_equal(status, EXIT_DONE);
	assert_non_null(strstr(out, "  section "));
	assert_non_null(strstr(out, " .data\n"));
	free(out);
}

/* Where a sanitizer has another allocator, or the C library is not glibc, there are none. */
static void chunks_of_the_heap_are_lines(void **state)
{
	char *chunk = malloc(5000), *out, line[80];
	int status;

	(void)state;
	assert_non_null(chunk);
	out = run_with("heap", FORMAT_PICTURE, true, 1, &status);
	assert_int_equal(status, EXIT_DONE);
	if (!strstr(out, "  chunk ")) {
		free(chunk);
		free(out);
		skip();
	}
	/* Its size is a word before it; the size of the one before that, another one. */
	snprintf(line, sizeof(line), "\n%012" PRIxPTR " %12zu  chunk   used          ",
		 (uintptr_t)chunk - 2 * sizeof(size_t), malloc_usable_size(chunk) + sizeof(size_t));
	assert_non_null(strstr(out, line));
	/* Without that they are not told. */
	free(out);
	out = run_with("heap", FORMAT_PICTURE, false, 1, &status);
	assert_null(strstr(out, "  chunk "));
	free(out);
	free(chunk);
}

static void what_is_not_mapped_is_said(void **state)
{
	int status;
	char *out = run("0", FORMAT_JSON, 2, &status);

	(void)state;
	assert_int_equal(status, EXIT_USAGE);
	assert_non_null(strstr(out, "nothing is mapped"));
	free(out);
	out = run("no such thing", FORMAT_JSON, 2, &status);
	assert_int_equal(status, EXIT_USAGE);
	assert_non_null(strstr(out, "vastop: --inside="));
	free(out);
}

static void a_process_that_cannot_be_read_is_told(void **state)
{
	const struct options options = {
		.action = ACTION_INSIDE, .pid = 20712, .place = "heap", .procfs = "/proc"};
	struct sample_source fake = sample_source_of(-ESRCH);
	struct capture capture;
	char *out;

	(void)state;
	capture_begin(&capture, 2);
	assert_int_equal(look_inside_run(&options, &fake.source), EXIT_NO_PROCESS);
	out = capture_end(&capture);
	assert_non_null(strstr(out, "vastop: "));
	free(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_without_a_file_is_runs_of_pages),
		cmocka_unit_test(this_program_has_sections_and_symbols),
		cmocka_unit_test(what_has_a_name_has_a_line_with_it),
		cmocka_unit_test(chunks_of_the_heap_are_lines),
		cmocka_unit_test(what_is_not_mapped_is_said),
		cmocka_unit_test(a_process_that_cannot_be_read_is_told),
	};

	return cmocka_run_group_tests_name("look_inside", tests, NULL, NULL);
}
