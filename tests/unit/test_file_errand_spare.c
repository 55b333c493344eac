/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is found out without an errand, and when that is not enough: files are the test's own here.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "files/elf_file.h"
#include "files/file_errand.h"
#include "files/mapped_open.h"
#include "inside/elf_segments.h"
#include "model/elf_image.h"
#include "model/vma.h"

/* What each step gives. */
static struct {
	int found, opened; /* 0, or -errno */
	int read;
	int reads;
	struct statx stat;
} world;

static struct mapped_root process;
static const struct vma vma = {.start = 0x1000, .end = 0x2000, .name = "/name"};

/* A descriptor that the code under test has to close. */
static int descriptor_or(int error)
{
	return error ? error : open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int mapped_find_at_hand(struct mapped_root *root, const struct vma *of,
			struct mapped_found *ret_found)
{
	assert_ptr_equal(root, &process);
	assert_ptr_equal(of, &vma);
	if (!world.found)
		*ret_found = (struct mapped_found){world.stat, FILE_IDENTITY_PROVEN};
	return descriptor_or(world.found);
}

int mapped_open(int descriptor)
{
	assert_true(fcntl(descriptor, F_GETFD) >= 0);
	return descriptor_or(world.opened);
}

int elf_file_read_cached(int descriptor, struct elf_image **ret_image)
{
	assert_true(fcntl(descriptor, F_GETFD) >= 0);
	world.reads++;
	if (!world.read)
		*ret_image = memory_alloc(sizeof(**ret_image));
	return world.read;
}

/* What waits is not asked for. */
int mapped_find(struct mapped_root *root, const struct vma *of, struct mapped_found *ret_found)
{
	(void)root, (void)of, (void)ret_found;
	abort();
}

int elf_file_read(int descriptor, struct elf_image **ret_image)
{
	(void)descriptor, (void)ret_image;
	abort();
}

static int set_up(void **state)
{
	(void)state;
	memset(&world, 0, sizeof(world));
	world.stat.stx_ino = 7;
	world.stat.stx_size = 4711;
	return 0;
}

static void assert_needs_errand(void)
{
	const struct file_question question = {.vma = &vma};
	struct file_finding finding = {.identity = 77};

	assert_int_equal(file_errand_spare(&process, &question, &finding), -EAGAIN);
	assert_int_equal(finding.identity, 77);
}

static void what_is_at_hand_needs_no_errand(void **state)
{
	struct file_question question = {.vma = &vma};
	struct file_finding finding;

	(void)state;
	assert_int_equal(file_errand_spare(&process, &question, &finding), 0);
	assert_true(finding.found && finding.readable && !finding.same && finding.image);
	assert_int_equal(finding.identity, FILE_IDENTITY_PROVEN);
	assert_int_equal(finding.stat.stx_size, 4711);
	elf_segments_free(finding.image);
	/* What is known is not read again, and what changed is. */
	question.known = true;
	question.stat = finding.stat;
	assert_int_equal(file_errand_spare(&process, &question, &finding), 0);
	assert_true(finding.found && finding.same && !finding.image);
	assert_int_equal(world.reads, 1);
	question.stat.stx_size++;
	assert_int_equal(file_errand_spare(&process, &question, &finding), 0);
	assert_true(!finding.same && finding.image);
	assert_int_equal(world.reads, 2);
	elf_segments_free(finding.image);
}

static void one_that_is_no_object_is_known(void **state)
{
	const struct file_question question = {.vma = &vma};
	struct file_finding finding;

	(void)state;
	world.read = -ENOEXEC;
	assert_int_equal(file_errand_spare(&process, &question, &finding), 0);
	assert_true(finding.found && finding.readable && !finding.image);
}

static void whatever_fails_is_left_to_an_errand(void **state)
{
	static const int errors[] = {-EAGAIN, -EOPNOTSUPP, -EACCES, -EIO};

	(void)state;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		world.read = errors[i];
		assert_needs_errand();
	}
	assert_int_equal(world.reads, 4);
	world.opened = -EAGAIN;
	assert_needs_errand();
	world.opened = 0;
	world.found = -EAGAIN;
	assert_needs_errand();
	assert_int_equal(world.reads, 4);
}

#define TEST(function) cmocka_unit_test_setup(function, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_at_hand_needs_no_errand),
		TEST(one_that_is_no_object_is_known),
		TEST(whatever_fails_is_left_to_an_errand),
	};

	return cmocka_run_group_tests_name("file_errand_spare", tests, NULL, NULL);
}
