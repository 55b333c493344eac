/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "base/text.h"
#include "files/errands.h"
#include "files/file_check.h"
#include "model/checked_file.h"
#include "model/target.h"
#include "model/vma.h"
#include "own_mapping.h"

/* Runs the errand for the mapping, on the test itself. */
static struct checked_file check(const struct vma *vma)
{
	int directory = high_descriptor(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
	struct checked_file file = {.name = NULL};
	struct errands errands;
	struct errand *errand;

	errands_init(&errands);
	errands.plan.limit = errands.plan.patience = INT64_MAX / 4;
	errand = file_check_create(&errands, vma, 0, getuid());
	errands_run(&errands, directory);
	assert_int_equal(errand->state, ERRAND_DONE);
	file_check_take(errand, &file);
	errand_drop(errand);
	errands_finish(&errands);
	close(directory);
	return file;
}

static void the_file_behind_a_mapping_is_checked(void **state)
{
	char name[4096];
	struct vma vma = own_mapping(name);
	struct checked_file file = check(&vma);

	(void)state;
	assert_int_equal(file.state, CHECKED_READ);
	assert_true(file.hardening.is_dynamic && file.hardening.dynamic_known);
	assert_int_not_equal(file.hardening.relro, ELF_RELRO_UNKNOWN);
	assert_int_not_equal(file.writer, CHECKED_WRITER_UNKNOWN);
	assert_false(file.replaced);
	assert_true(!file.place == (file.writer == CHECKED_WRITER_NONE));
	free(file.place);
}

/* What has the name of a file that was deleted took its place. */
static void a_successor_is_found(void **state)
{
	char name[4096];
	struct vma vma = own_mapping(name);
	struct checked_file file;

	(void)state;
	vma.deleted = true;
	file = check(&vma);
	assert_true(file.replaced);
	vma.name = "/no/such/file";
	file = check(&vma);
	assert_false(file.replaced);
}

static void what_is_not_there_is_missing(void **state)
{
	const struct vma vma = {.start = 0x1000,
				.end = 0x2000,
				.inode = 7,
				.name = "/no/such\nfile\xff",
				.perms = PERM_READ};
	struct checked_file file = check(&vma);

	(void)state;
	assert_int_equal(file.state, CHECKED_MISSING);
	assert_int_equal(file.writer, CHECKED_WRITER_UNKNOWN);
	assert_null(file.place);
}

static void what_a_helper_says_is_checked(void **state)
{
	struct errand errand = {.state = ERRAND_DONE};
	struct checked_file file = {.name = NULL};
	char nonsense[256];

	(void)state;
	memset(nonsense, 0xff, sizeof(nonsense));
	file_check_take(&errand, &file);
	assert_int_equal(file.state, CHECKED_FAILED);
	text_append_bytes(&errand.reply, nonsense, sizeof(nonsense));
	file_check_take(&errand, &file);
	assert_int_equal(file.state, CHECKED_FAILED);
	assert_int_equal(file.writer, CHECKED_WRITER_UNKNOWN);
	assert_null(file.place);
	errand.state = ERRAND_STALLED;
	file_check_take(&errand, &file);
	assert_int_equal(file.state, CHECKED_STALLED);
	errand.state = ERRAND_WAITING;
	file_check_take(&errand, &file);
	assert_int_equal(file.state, CHECKED_STALLED);
	errand.state = ERRAND_FAILED;
	file_check_take(&errand, &file);
	assert_int_equal(file.state, CHECKED_FAILED);
	text_finish(&errand.reply);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_behind_a_mapping_is_checked),
		cmocka_unit_test(a_successor_is_found),
		cmocka_unit_test(what_is_not_there_is_missing),
		cmocka_unit_test(what_a_helper_says_is_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
