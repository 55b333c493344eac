/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What is found without waiting: the ways to files are the test's own here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "files/mapped_open.h"
#include "model/vma.h"

/* Where the two ways lead, and whether our root's file system has it. */
static struct {
	int path, link; /* descriptors or -errno */
	bool held, live;
	char log[8]; /* p: the path was gone, l: the link */
} world;

static struct mapped_root process;

int mapped_way_open_at_hand(struct mapped_root *root, enum mapped_way way, const struct vma *vma)
{
	int descriptor = way == MAPPED_WAY_LINK ? world.link : world.path;
	size_t length = strlen(world.log);

	assert_ptr_equal(root, &process);
	assert_string_equal(vma->name, "/name");
	assert_true(way == MAPPED_WAY_OURS || way == MAPPED_WAY_LINK);
	assert_true(length + 1 < sizeof(world.log));
	world.log[length] = way == MAPPED_WAY_LINK ? 'l' : 'p';
	return descriptor < 0 ? descriptor : fcntl(descriptor, F_DUPFD_CLOEXEC, 10);
}

bool mapped_root_holds(const struct mapped_root *root, const struct statx *file)
{
	assert_ptr_equal(root, &process);
	assert_true(S_ISREG(file->stx_mode));
	return world.held;
}

bool mapped_root_is_live(struct mapped_root *root)
{
	assert_ptr_equal(root, &process);
	return world.live;
}

/* What waits is not asked for. */
int mapped_way_open(struct mapped_root *root, enum mapped_way way, const struct vma *vma,
		    const char *path)
{
	(void)root, (void)way, (void)vma, (void)path;
	abort();
}

bool mapped_ways_read_path(const struct mapped_root *root, const struct vma *vma, struct text *path)
{
	(void)root, (void)vma, (void)path;
	abort();
}

bool mapped_ways_read_exe(const struct mapped_root *root, struct text *path)
{
	(void)root, (void)path;
	abort();
}

int mapped_ways_maps(struct mapped_root *root)
{
	(void)root;
	abort();
}

static int memory_file(void)
{
	int descriptor = memfd_create("file", MFD_CLOEXEC);

	assert_true(descriptor >= 0);
	return descriptor;
}

/* A mapping of the file. */
static struct vma mapping_of(int descriptor)
{
	struct stat stat;

	assert_int_equal(fstat(descriptor, &stat), 0);
	return (struct vma){.start = 0x1000,
			    .end = 0x2000,
			    .name = "/name",
			    .inode = stat.st_ino,
			    .dev_major = major(stat.st_dev),
			    .dev_minor = minor(stat.st_dev)};
}

/* The path and the link lead to different files. */
static int set_up(void **state)
{
	(void)state;
	memset(&world, 0, sizeof(world));
	world.path = memory_file();
	world.link = memory_file();
	world.held = world.live = true;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	close(world.path);
	close(world.link);
	return 0;
}

static void assert_log(const char *expected)
{
	assert_string_equal(world.log, expected);
	memset(world.log, 0, sizeof(world.log));
}

static void assert_finds(const struct vma *vma, int file, const char *log)
{
	struct mapped_found found;
	int descriptor = mapped_find_at_hand(&process, vma, &found);
	struct stat stat;

	assert_true(descriptor >= 10);
	close(descriptor);
	assert_int_equal(fstat(file, &stat), 0);
	assert_int_equal(found.stat.stx_ino, stat.st_ino);
	assert_int_equal(found.identity, FILE_IDENTITY_PROVEN);
	assert_log(log);
}

static void assert_finds_nothing(const struct vma *vma)
{
	struct mapped_found found = {.identity = FILE_IDENTITY_NONE};

	assert_int_equal(mapped_find_at_hand(&process, vma, &found), -EAGAIN);
	assert_int_equal(found.identity, FILE_IDENTITY_NONE);
	assert_log("pl");
}

static void equal_numbers_prove_it(void **state)
{
	struct vma vma = mapping_of(world.path);

	(void)state;
	assert_finds(&vma, world.path, "p");
	vma = mapping_of(world.link);
	assert_finds(&vma, world.link, "pl");
}

/* Some file systems have other devices in maps than for stat(2): the link is sure all the same. */
static void a_link_to_the_inode_proves_it(void **state)
{
	struct vma vma = mapping_of(world.link), other = mapping_of(world.path);

	(void)state;
	vma.dev_minor++;
	assert_finds(&vma, world.link, "pl");
	other.dev_minor++;
	assert_finds_nothing(&other);
	vma.inode += 1000;
	assert_finds_nothing(&vma);
}

static void another_file_system_is_not_asked(void **state)
{
	const struct vma vma = mapping_of(world.path);

	(void)state;
	world.held = false;
	assert_finds_nothing(&vma);
}

/* There, equal numbers prove nothing. */
static void of_a_recording_nothing_is_at_hand(void **state)
{
	const struct vma vma = mapping_of(world.path);

	(void)state;
	world.live = false;
	assert_finds_nothing(&vma);
}

static void where_no_way_leads_nothing_is_found(void **state)
{
	static const int errors[] = {-EAGAIN, -ENOENT, -EINVAL, -EPERM};
	const struct vma vma = mapping_of(world.path);

	(void)state;
	close(world.path);
	close(world.link);
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		world.path = world.link = errors[i];
		assert_finds_nothing(&vma);
	}
}

/* Nothing but a regular file is ever read. */
static void a_device_is_not_taken(void **state)
{
	struct vma vma;

	(void)state;
	close(world.path);
	world.path = open("/dev/null", O_PATH | O_CLOEXEC);
	vma = mapping_of(world.path);
	assert_finds_nothing(&vma);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(equal_numbers_prove_it),
		TEST(a_link_to_the_inode_proves_it),
		TEST(another_file_system_is_not_asked),
		TEST(of_a_recording_nothing_is_at_hand),
		TEST(where_no_way_leads_nothing_is_found),
		TEST(a_device_is_not_taken),
	};

	return cmocka_run_group_tests_name("mapped_open_at_hand", tests, NULL, NULL);
}
