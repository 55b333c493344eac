/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is said of a file that cannot be opened or read, and of what a helper replies. */

#include "fake_errands.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "elf_maker.h"
#include "files/file_check.h"
#include "files/mapped_open.h"
#include "model/checked_file.h"
#include "model/target.h"
#include "model/vma.h"

static int find_error, opened;

int mapped_find(struct mapped_root *root, const struct vma *vma, struct mapped_found *ret_found)
{
	call_log_say("find %s, avoiding %u", vma->name, root->avoid);
	*ret_found = (struct mapped_found){.stat = {.stx_size = 100}};
	return find_error ? find_error : open("/dev/null", O_PATH | O_CLOEXEC);
}

int mapped_open(int descriptor)
{
	assert_true(descriptor >= 0);
	return opened < 0 ? opened : dup(opened);
}

static struct checked_file check(void)
{
	static const struct vma vma = {.start = 0x7000,
				       .end = 0x8000,
				       .inode = 9,
				       .dev_major = 8,
				       .dev_minor = 3,
				       .name = "/lib/a"};
	struct checked_file file = {.name = NULL, .state = 77, .writer = 77};
	struct errands errands;
	struct errand *errand;

	errands_init(&errands);
	errand = file_check_create(&errands, &vma, 5, TARGET_UNKNOWN);
	errands_run(&errands, -1);
	file_check_take(errand, &file);
	errand_drop(errand);
	return file;
}

#define ASKED "init\nerrand to 8:3\nrun, 1 s each, 1 s at most\n"

static void what_cannot_be_opened_is_denied_or_failed(void **state)
{
	static const struct {
		int error;
		enum checked_state state;
	} cases[] = {{-EACCES, CHECKED_DENIED},
		     {-EPERM, CHECKED_DENIED},
		     {-ENXIO, CHECKED_FAILED},
		     {-EIO, CHECKED_FAILED}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct checked_file file;

		call_log_clear();
		opened = cases[i].error;
		file = check();
		call_log_expect(ASKED "find /lib/a, avoiding 5\n");
		assert_int_equal(file.state, cases[i].state);
		free(file.place);
	}
	find_error = -ENOENT;
	assert_int_equal(check().state, CHECKED_MISSING);
	find_error = 0;
}

static void what_cannot_be_read_is_failed(void **state)
{
	struct checked_file file;

	(void)state;
	opened = open("/dev/null", O_RDONLY | O_CLOEXEC);
	file = check();
	assert_int_equal(file.state, CHECKED_NOT_ELF);
	free(file.place);
	close(opened);
	opened = open("/dev/null", O_WRONLY | O_CLOEXEC);
	file = check();
	assert_int_equal(file.state, CHECKED_FAILED);
	free(file.place);
	close(opened);
}

static void without_a_reply_nothing_is_known(void **state)
{
	struct checked_file file;

	(void)state;
	find_error = -ENOENT;
	fake_errands.given_up = ERRAND_STALLED;
	file = check();
	assert_int_equal(file.state, CHECKED_STALLED);
	assert_int_equal(file.writer, CHECKED_WRITER_UNKNOWN);
	fake_errands.given_up = ERRAND_FAILED;
	file = check();
	assert_int_equal(file.state, CHECKED_FAILED);
	assert_int_equal(file.writer, CHECKED_WRITER_UNKNOWN);
	fake_errands.given_up = ERRAND_WAITING;
	fake_errands.cut = 1;
	file = check();
	assert_int_equal(file.state, CHECKED_FAILED);
	assert_int_equal(file.writer, CHECKED_WRITER_UNKNOWN);
	assert_null(file.place);
	fake_errands.cut = 0;
	find_error = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_be_opened_is_denied_or_failed),
		cmocka_unit_test(what_cannot_be_read_is_failed),
		cmocka_unit_test(without_a_reply_nothing_is_known),
	};

	return cmocka_run_group_tests_name("file_check_reads", tests, NULL, NULL);
}
