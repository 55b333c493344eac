/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What a helper is asked of a file, and what is made of its reply. */

#include "fake_errands.h"

#include <errno.h>

#include "base/text.h"
#include "files/file_probe.h"
#include "files/file_prober.h"
#include "kernel/procfs_options.h"
#include "model/vma.h"

#define ASKED "init\nerrand to 8:3\nrun, 1 s each, 1 s at most\n"
#define PROBE "probe 7000-8000 of 77, /lib/a, inode 9, pages of 16384, below /some/proc but 5\n"

static int probe_error;

int file_probe(const struct procfs_options *options, int32_t pid, const struct vma *vma,
	       uint64_t page_size, struct file_facts *ret_facts)
{
	call_log_say("probe %lx-%lx of %d, %s, inode %lu, pages of %lu, below %s but %u",
		     (unsigned long)vma->start, (unsigned long)vma->end, pid, vma->name,
		     (unsigned long)vma->inode, (unsigned long)page_size, options->root,
		     options->avoid);
	assert_null(options->kept);
	if (!probe_error)
		*ret_facts = (struct file_facts){.size = 123, .is_elf = true, .bias = 0x4000};
	return probe_error;
}

/* Expects the error and the log; what there is of the file changes with a success alone. */
static void assert_probed(int error, const char *log)
{
	static const struct procfs_options options = {.root = "/some/proc", .avoid = 5};
	static const struct vma vma = {.start = 0x7000,
				       .end = 0x8000,
				       .inode = 9,
				       .dev_major = 8,
				       .dev_minor = 3,
				       .name = "/lib/a"};
	struct file_facts facts = {.size = 1, .bias = 2};

	assert_int_equal(file_prober_probe(&options, 77, &vma, 16384, &facts), error);
	assert_int_equal(facts.size, error ? 1 : 123);
	assert_int_equal(facts.is_elf, !error);
	assert_int_equal(facts.bias, error ? 2 : 0x4000);
	call_log_expect(log);
}

static void a_helper_gets_the_whole_question(void **state)
{
	(void)state;
	assert_probed(0, ASKED PROBE "finish\n");
}

static void an_error_is_told(void **state)
{
	(void)state;
	probe_error = -EACCES;
	assert_probed(-EACCES, ASKED PROBE "finish\n");
	probe_error = 0;
}

static void without_a_reply_nothing_is_known(void **state)
{
	(void)state;
	fake_errands.given_up = ERRAND_STALLED;
	assert_probed(-ETIMEDOUT, ASKED "finish\n");
	fake_errands.given_up = ERRAND_FAILED;
	assert_probed(-ETIMEDOUT, ASKED "finish\n");
	fake_errands.given_up = ERRAND_WAITING;
	fake_errands.cut = 1;
	assert_probed(-ETIMEDOUT, ASKED PROBE "finish\n");
	fake_errands.cut = 0;
	fake_errands.added = 1;
	assert_probed(-ETIMEDOUT, ASKED PROBE "finish\n");
	fake_errands.added = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_helper_gets_the_whole_question),
		cmocka_unit_test(an_error_is_told),
		cmocka_unit_test(without_a_reply_nothing_is_known),
	};

	return cmocka_run_group_tests_name("file_prober_asks", tests, NULL, NULL);
}
