/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/dump.h"
#include "app/message.h"
#include "app/options.h"
#include "kernel/procfs_options.h"
#include "no_memory.h"
#include "sample_source.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/capture.h"
#include "support/child.h"

static void arrange(const void *context)
{
	char *page = *(char *const *)context;

	strcpy(page + 32, "what a child has");
}

/* What it writes of the child to the descriptor, 1 or 2. */
static char *run(pid_t child, const char *place, uint64_t length, int descriptor, int *ret_status)
{
	const struct procfs_options procfs = {.root = "/proc"};
	const struct options options = {.action = ACTION_BYTES,
					.pid = child,
					.place = place,
					.length = length,
					.procfs = "/proc"};
	struct capture capture, other;
	struct source *source;

	assert_int_equal(procfs_source_create(&procfs, child, &source), 0);
	capture_begin(&capture, descriptor);
	capture_begin(&other, 3 - descriptor);
	*ret_status = dump_run(&options, source);
	source_destroy(source);
	free(capture_end(&other));
	return capture_end(&capture);
}

static void the_bytes_of_a_process_are_written(void **state)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *pages =
		mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char place[32], wanted[512], *out;
	uint64_t at = (uintptr_t)pages + 32;
	pid_t child;
	int status;

	(void)state;
	assert_true(pages != MAP_FAILED);
	madvise(pages, 2 * page, MADV_NOHUGEPAGE);
	child = child_start(arrange, &pages);
	assert_true(child > 0);
	snprintf(place, sizeof(place), "%" PRIx64, at);
	snprintf(wanted, sizeof(wanted),
		 "%" PRIx64
		 "  77 68 61 74 20 61 20 63  68 69 6c 64 20 68 61 73  |what a child has|\n"
		 "%" PRIx64 "  00 00                                             |..|\n"
		 "%" PRIx64 "\n",
		 at, at + 16, at + 18);
	out = run(child, place, 18, 1, &status);
	assert_int_equal(status, EXIT_DONE);
	assert_string_equal(out, wanted);
	free(out);
	/* The second page is not in memory; much more than a piece. */
	snprintf(place, sizeof(place), "%" PRIx64 "+%zu", (uint64_t)(uintptr_t)pages, page);
	out = run(child, place, page, 1, &status);
	assert_non_null(strstr(out, "  ?? ?? ?? ?? ?? ?? ?? ??  ?? ?? ?? ?? ?? ?? ?? ??  |"));
	assert_non_null(strstr(out, "\n*\n"));
	free(out);
	out = run(child, "0xffffffffffffff00", 4096, 1, &status);
	assert_int_equal(status, EXIT_DONE);
	assert_non_null(strstr(out, "\nffffffffffffffff\n"));
	free(out);
	child_end(child);
	munmap(pages, 2 * page);
}

static void a_mistake_is_one_sentence(void **state)
{
	int status;
	char *out = run(getpid(), "stack+", 16, 2, &status);

	(void)state;
	assert_int_equal(status, EXIT_USAGE);
	assert_string_equal(out,
			    "vastop: --bytes='stack+': Expected a number or a name at column 7.\n");
	free(out);
}

static void why_there_are_no_bytes_is_said(void **state)
{
	(void)state;
	no_memory_is_said(dump_run, (struct options){.action = ACTION_BYTES,
						     .pid = 20712,
						     .place = "heap",
						     .length = 16});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_bytes_of_a_process_are_written),
		cmocka_unit_test(a_mistake_is_one_sentence),
		cmocka_unit_test(why_there_are_no_bytes_is_said),
	};

	if (access("/proc/self/pagemap", R_OK) || access("/proc/self/mem", R_OK)) {
		puts("1..0 # SKIP /proc has no pagemap or no mem");
		return 0;
	}
	return cmocka_run_group_tests_name("dump", tests, NULL, NULL);
}
