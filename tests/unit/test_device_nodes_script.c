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

#include "call_log.h"
#include "kernel/open_below.h"
#include "model/file_system.h"
#include "model/vma.h"
#include "sampler/device_nodes.h"

/* Where a node is looked for, and what it is by what stands there. */

static struct {
	struct statx link, file;
	int link_error, file_error, open_error;
	int opened;
} script;

int statx(int directory, const char *restrict path, int flags, unsigned mask,
	  struct statx *restrict buffer)
{
	const bool is_link = *path != 0;

	assert_int_equal(mask, STATX_TYPE | STATX_INO);
	assert_int_equal(flags,
			 AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT | (is_link ? 0 : AT_EMPTY_PATH));
	if (!is_link)
		assert_int_equal(directory, script.opened);
	call_log_say("stat %s", is_link ? path : "file");
	*buffer = is_link ? script.link : script.file;
	errno = is_link ? script.link_error : script.file_error;
	return errno ? -1 : 0;
}

int open_below(int root, const char *path, enum open_below_way way)
{
	assert_true(root >= 0);
	assert_int_equal(way, OPEN_BELOW_CACHED);
	call_log_say("open %s", path);
	script.opened = script.open_error ? script.open_error : open("/", O_PATH | O_CLOEXEC);
	return script.opened;
}

static struct device_nodes nodes;
static int directory; /* with a folder named root */

static int begin(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.link = script.file = (struct statx){.stx_ino = 5, .stx_mode = S_IFREG};
	script.link.stx_dev_major = script.file.stx_dev_major = 8;
	directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	call_log_clear();
	return 0;
}

static int end(void **state)
{
	(void)state;
	device_nodes_finish(&nodes);
	assert_int_equal(nodes.count, 0);
	close(directory);
	return 0;
}

static struct vma vma_of(uint64_t inode, enum file_system file_system)
{
	return (struct vma){.start = 0x1000,
			    .end = 0x3000,
			    .inode = inode,
			    .dev_major = 8,
			    .name = "/dev/x",
			    .file_system = (uint8_t)file_system};
}

/* What becomes of a mapping that was thought to be as told, of an inode that is new. */
static enum file_system resolve(uint64_t inode, enum file_system thought)
{
	struct vma vma = vma_of(inode, thought);

	device_nodes_resolve(&nodes, &vma, 1, directory);
	return (enum file_system)vma.file_system;
}

static void what_stands_there_decides(void **state)
{
	static const struct {
		uint16_t mode;
		uint32_t major, minor;
		enum file_system thought, after;
	} cases[] = {
		{S_IFCHR, 1, 5, FILE_SYSTEM_DEVICES, FILE_SYSTEM_ZEROES},
		{S_IFCHR, 1, 5, FILE_SYSTEM_ORDINARY, FILE_SYSTEM_ZEROES},
		{S_IFCHR, 1, 4, FILE_SYSTEM_ORDINARY, FILE_SYSTEM_DEVICES},
		{S_IFCHR, 2, 5, FILE_SYSTEM_TMPFS, FILE_SYSTEM_DEVICES},
		{S_IFBLK, 1, 5, FILE_SYSTEM_TMPFS, FILE_SYSTEM_DEVICES},
		{S_IFBLK, 1, 5, FILE_SYSTEM_DEVICES, FILE_SYSTEM_DEVICES},
		{S_IFREG, 1, 5, FILE_SYSTEM_DEVICES, FILE_SYSTEM_TMPFS},
		{S_IFREG, 1, 5, FILE_SYSTEM_TMPFS, FILE_SYSTEM_TMPFS},
		{S_IFREG, 1, 5, FILE_SYSTEM_ORDINARY, FILE_SYSTEM_ORDINARY},
		{S_IFCHR, 1, 5, FILE_SYSTEM_SHMEM, FILE_SYSTEM_SHMEM},
		{S_IFCHR, 1, 5, FILE_SYSTEM_UNKNOWN, FILE_SYSTEM_UNKNOWN},
	};

	(void)state;
	for (uint64_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		script.link.stx_ino = 100 + i;
		script.link.stx_mode = cases[i].mode;
		script.link.stx_rdev_major = cases[i].major;
		script.link.stx_rdev_minor = cases[i].minor;
		assert_int_equal(resolve(100 + i, cases[i].thought), cases[i].after);
	}
}

/* A link is sure where numbers differ anyway; a path has to have the inode. */
static void another_file_is_not_looked_at(void **state)
{
	(void)state;
	script.link.stx_mode = script.file.stx_mode = S_IFCHR;
	script.file.stx_ino = 6;
	script.link.stx_ino = 4; /* another inode of the same device: it was replaced */
	assert_int_equal(resolve(5, FILE_SYSTEM_ORDINARY), FILE_SYSTEM_ORDINARY);
	call_log_expect("stat map_files/1000-3000\nopen /dev/x\nstat file\n");
	assert_int_equal(fcntl(script.opened, F_GETFD), -1);
	device_nodes_finish(&nodes);
	script.link.stx_dev_major = 9;
	assert_int_equal(resolve(5, FILE_SYSTEM_ORDINARY), FILE_SYSTEM_DEVICES);
	call_log_expect("stat map_files/1000-3000\n");
	device_nodes_finish(&nodes);
	script.link.stx_dev_major = 8;
	script.link.stx_dev_minor = 1;
	assert_int_equal(resolve(5, FILE_SYSTEM_ORDINARY), FILE_SYSTEM_DEVICES);
	device_nodes_finish(&nodes);
	script.link_error = ENOENT;
	script.file.stx_dev_major = 9; /* of a path that does not help */
	assert_int_equal(resolve(5, FILE_SYSTEM_ORDINARY), FILE_SYSTEM_ORDINARY);
	device_nodes_finish(&nodes);
	script.file.stx_ino = 5;
	assert_int_equal(resolve(5, FILE_SYSTEM_ORDINARY), FILE_SYSTEM_DEVICES);
}

/* Links that are refused are not asked for again in this round; other errors are of one mapping. */
static void links_are_refused_at_once(void **state)
{
	static const int errors[] = {EPERM, EACCES, ENOENT};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct vma vmas[] = {vma_of(5, FILE_SYSTEM_ORDINARY),
				     vma_of(6, FILE_SYSTEM_ORDINARY)};

		script.link_error = errors[i];
		script.open_error = -ENOENT;
		call_log_clear();
		device_nodes_resolve(&nodes, vmas, 2, directory);
		call_log_expect(i < 2 ? "stat map_files/1000-3000\nopen /dev/x\nopen /dev/x\n"
				      : "stat map_files/1000-3000\nopen /dev/x\n"
					"stat map_files/1000-3000\nopen /dev/x\n");
		assert_int_equal(nodes.count, 2);
		device_nodes_finish(&nodes);
	}
	script.file_error = EIO;
	script.open_error = 0;
	assert_int_equal(resolve(5, FILE_SYSTEM_DEVICES), FILE_SYSTEM_DEVICES);
}

/* A deleted file has no path; where there is no root, nothing is opened below it. */
static void without_a_path_only_the_link_tells(void **state)
{
	struct vma vma = vma_of(5, FILE_SYSTEM_DEVICES);
	int other = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	script.link_error = ENOENT;
	vma.deleted = true;
	device_nodes_resolve(&nodes, &vma, 1, directory);
	call_log_expect("stat map_files/1000-3000\n");
	device_nodes_finish(&nodes);
	vma.deleted = false;
	close(directory);
	directory = openat(other, "proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	device_nodes_resolve(&nodes, &vma, 1, directory);
	call_log_expect("stat map_files/1000-3000\n");
	close(other);
}

/* What was looked at is known in the next round, and forgotten when it is not mapped. */
static void what_is_known_is_not_looked_at_again(void **state)
{
	struct vma vmas[] = {vma_of(5, FILE_SYSTEM_ORDINARY), vma_of(5, FILE_SYSTEM_ORDINARY),
			     vma_of(6, FILE_SYSTEM_ORDINARY), vma_of(5, FILE_SYSTEM_ORDINARY)};

	(void)state;
	script.link_error = script.file_error = ENOENT;
	device_nodes_resolve(&nodes, vmas, 3, directory);
	call_log_expect("stat map_files/1000-3000\nopen /dev/x\nstat file\n"
			"stat map_files/1000-3000\nopen /dev/x\nstat file\n");
	device_nodes_resolve(&nodes, vmas, 4, directory);
	call_log_expect("");
	assert_int_equal(nodes.count, 2);
	vmas[0].dev_minor = 1;
	vmas[1].dev_major = 9;
	device_nodes_resolve(&nodes, vmas, 3, directory);
	call_log_expect("stat map_files/1000-3000\nopen /dev/x\nstat file\n"
			"stat map_files/1000-3000\nopen /dev/x\nstat file\n");
	assert_int_equal(nodes.count, 3);
	device_nodes_resolve(&nodes, vmas, 3, directory);
	call_log_expect("");
	device_nodes_resolve(&nodes, vmas + 2, 1, directory);
	call_log_expect("");
	assert_int_equal(nodes.count, 1);
	/* Of a file that is met twice in one round both are one afterwards. */
	device_nodes_finish(&nodes);
	vmas[1] = vma_of(6, FILE_SYSTEM_ORDINARY);
	vmas[0] = vmas[2] = vma_of(5, FILE_SYSTEM_ORDINARY);
	device_nodes_resolve(&nodes, vmas, 3, directory);
	assert_int_equal(nodes.count, 2);
}

static void only_files_with_a_path_are_looked_at(void **state)
{
	struct vma vma = vma_of(0, FILE_SYSTEM_ORDINARY);

	(void)state;
	device_nodes_resolve(&nodes, &vma, 1, directory);
	vma.inode = 5;
	vma.name = "memfd:x";
	device_nodes_resolve(&nodes, &vma, 1, directory);
	call_log_expect("");
	assert_int_equal(nodes.count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_stands_there_decides),
		TEST(another_file_is_not_looked_at),
		TEST(links_are_refused_at_once),
		TEST(without_a_path_only_the_link_tells),
		TEST(what_is_known_is_not_looked_at_again),
		TEST(only_files_with_a_path_are_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
