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

#include "high_descriptor.h"
#include "files/elf_file.h"
#include "inside/elf_segments.h"
#include "files/errands.h"
#include "files/file_errand.h"
#include "model/elf_image.h"
#include "model/file_identity.h"
#include "model/vma.h"
#include "own_mapping.h"

static void run(struct errands *errands, const struct errand *errand)
{
	int directory = high_descriptor(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));

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

/* What is found of the question, by the call that a helper makes, made here. */
static struct file_finding find_here(const struct file_question *question)
{
	int directory = high_descriptor(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
	struct file_finding finding;
	struct errands errands;
	struct errand *errand;

	errands_init(&errands);
	errand = file_errand_create(&errands, question);
	errand->call(directory, errand->request.bytes, errand->request.length, &errand->reply);
	assert_int_equal(file_errand_read(errand, &finding), 0);
	errands_finish(&errands);
	errand_drop(errand);
	close(directory);
	return finding;
}

/* Whatever of its numbers changed, it is read again. */
static void what_changed_is_read_again(void **state)
{
	char name[4096];
	struct vma vma = own_mapping(name);
	struct file_question question = {.vma = &vma};
	struct file_finding finding = find_here(&question);
	const struct statx known = finding.stat;

	(void)state;
	elf_segments_free(finding.image);
	question.known = true;
	for (int field = 0; field < 7; field++) {
		question.stat = known;
		question.stat.stx_ino += field == 1;
		question.stat.stx_dev_major += field == 2;
		question.stat.stx_dev_minor += field == 3;
		question.stat.stx_size += field == 4;
		question.stat.stx_mtime.tv_sec += field == 5;
		question.stat.stx_mtime.tv_nsec += field == 6;
		finding = find_here(&question);
		assert_true(finding.found);
		assert_int_equal(finding.same, field == 0);
		assert_int_equal(finding.readable, field != 0);
		assert_int_equal(finding.image != NULL, field != 0);
		assert_int_equal(finding.identity, FILE_IDENTITY_PROVEN);
		elf_segments_free(finding.image);
	}
	/* What is not known is not the same, whatever its numbers. */
	question.stat = known;
	question.known = false;
	finding = find_here(&question);
	assert_true(!finding.same && finding.image);
	elf_segments_free(finding.image);
}

static void what_is_not_there_is_not_found(void **state)
{
	const struct vma vma = {.start = 0x1000, .end = 0x2000, .inode = 7, .name = "/no/such"};
	const struct file_question question = {.vma = &vma};
	struct file_finding finding = find_here(&question);

	(void)state;
	assert_false(finding.found || finding.same || finding.readable || finding.image);
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
		cmocka_unit_test(what_changed_is_read_again),
		cmocka_unit_test(what_is_not_there_is_not_found),
		cmocka_unit_test(what_a_helper_says_is_checked),
	};

	return cmocka_run_group_tests_name("file_errand", tests, NULL, NULL);
}
