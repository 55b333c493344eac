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

#include "app/find_bytes.h"
#include "app/message.h"
#include "app/options.h"
#include "kernel/procfs_options.h"
#include "no_memory.h"
#include "sample_source.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"
#include "support/capture.h"
#include "support/child.h"

/* Eight bytes that are in no other place: put together only in the child, one after the other. */
static void arrange(const void *context)
{
	volatile unsigned char *page = *(unsigned char *const *)context;

	for (int i = 0; i < 8; i++)
		page[100 + i] = (unsigned char)(0xe0 + (i * 5) % 16);
	memcpy((unsigned char *)page + 200, context, sizeof(page));
}

/* What it writes to the descriptor, 1 or 2. */
static char *run(pid_t pid, const char *line, int descriptor, int *ret_status)
{
	const struct procfs_options procfs = {.root = "/proc"};
	const struct options options = {
		.action = ACTION_SEARCH, .pid = pid, .search = line, .procfs = "/proc"};
	struct capture capture, other;
	struct source *source;

	assert_int_equal(procfs_source_create(&procfs, pid, &source), 0);
	capture_begin(&capture, descriptor);
	capture_begin(&other, 3 - descriptor);
	*ret_status = find_bytes_run(&options, source);
	source_destroy(source);
	free(capture_end(&other));
	return capture_end(&capture);
}

static void addresses_are_written_a_line_each(void **state)
{
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char wanted[64], line[64], *out;
	pid_t child;
	int status;

	(void)state;
	assert_true(page != MAP_FAILED);
	child = child_start(arrange, &page);
	assert_true(child > 0);
	snprintf(wanted, sizeof(wanted), "%" PRIx64 "\n", (uint64_t)(uintptr_t)page + 100);
	out = run(child, "0xe0e5eaef e4e9eee3", 1, &status);
	assert_int_equal(status, EXIT_DONE);
	assert_string_equal(out, wanted);
	free(out);
	/* Who points there: this, and the variable on the stack. */
	snprintf(wanted, sizeof(wanted), "%" PRIx64 "\n", (uint64_t)(uintptr_t)page + 200);
	snprintf(line, sizeof(line), "&%" PRIx64, (uint64_t)(uintptr_t)page);
	out = run(child, line, 1, &status);
	assert_non_null(strstr(out, wanted));
	free(out);
	out = run(child, "0xe0e5eaef e4e9eee3 e0e5", 1, &status);
	assert_int_equal(status, EXIT_DONE);
	assert_string_equal(out, "");
	free(out);
	child_end(child);
	munmap(page, 4096);
}

static void a_mistake_is_one_sentence(void **state)
{
	int status;
	char *out = run(getpid(), "0x1", 2, &status);

	(void)state;
	assert_int_equal(status, EXIT_USAGE);
	assert_string_equal(out,
			    "vastop: --search='0x1': Expected pairs of hexadecimal digits "
			    "after 0x, as in 0x7f454c46; \"0x\" in quotation marks is text.\n");
	free(out);
}

static void why_there_are_no_bytes_is_said(void **state)
{
	(void)state;
	no_memory_is_said(
		find_bytes_run,
		(struct options){.action = ACTION_SEARCH, .pid = 20712, .search = "text"});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_written_a_line_each),
		cmocka_unit_test(a_mistake_is_one_sentence),
		cmocka_unit_test(why_there_are_no_bytes_is_said),
	};

	if (access("/proc/self/pagemap", R_OK) || access("/proc/self/mem", R_OK)) {
		puts("1..0 # SKIP /proc has no pagemap or no mem");
		return 0;
	}
	return cmocka_run_group_tests_name("find_bytes", tests, NULL, NULL);
}
