/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/elf_file.h"
#include "inside/elf_segments.h"
#include "files/errands.h"
#include "files/file_errand.h"
#include "model/elf_image.h"
#include "model/vma.h"
#include "own_mapping.h"

static void run(struct errands *errands, const struct errand *errand)
{
	int directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);

	errands->plan.limit = errands->plan.patience = INT64_MAX / 4;
	errands_run(errands, directory);
	assert_int_equal(errand->state, ERRAND_DONE);
	close(directory);
}

static void the_file_behind_a_mapping_is_read(void **state)
{
	struct file_question question = {.known = false};
	struct file_finding finding;
	struct errands errands;
	struct errand *errand;
	char name[4096];
	struct vma vma = own_mapping(name);

	(void)state;
	errands_init(&errands);
	question.vma = &vma;
	errand = file_errand_create(&errands, &question);
	run(&errands, errand);
	assert_int_equal(file_errand_read(errand, &finding), 0);
	errand_drop(errand);
	assert_true(finding.found && finding.readable && !finding.same);
	assert_true(finding.stat.stx_size > 0);
	assert_non_null(finding.image);
	assert_true(finding.image->segment_count > 1);
	assert_true(finding.image->segments[0].memory_size > 0);
	elf_segments_free(finding.image);
	/* What is known is not read again. */
	question.known = true;
	question.stat = finding.stat;
	errand = file_errand_create(&errands, &question);
	run(&errands, errand);
	assert_int_equal(file_errand_read(errand, &finding), 0);
	errand_drop(errand);
	assert_true(finding.found && finding.same && !finding.image);
	errands_finish(&errands);
}

static void what_a_helper_says_is_checked(void **state)
{
	struct file_finding finding = {.readable = true};
	struct elf_image image = {.segment_count = ELF_IMAGE_SEGMENTS_MAX + 1};
	struct errand errand = {.state = ERRAND_DONE};

	(void)state;
	assert_int_equal(file_errand_read(&errand, &finding), -EBADMSG);
	finding.image = &image;
	text_append_bytes(&errand.reply, (const char *)&finding, sizeof(finding));
	assert_int_equal(file_errand_read(&errand, &finding), -EBADMSG);
	text_append_bytes(&errand.reply, (const char *)&image, sizeof(image));
	assert_int_equal(file_errand_read(&errand, &finding), -EBADMSG);
	text_finish(&errand.reply);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_behind_a_mapping_is_read),
		cmocka_unit_test(what_a_helper_says_is_checked),
	};

	return cmocka_run_group_tests_name("file_errand", tests, NULL, NULL);
}
