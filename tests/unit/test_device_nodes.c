/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "model/vma.h"
#include "sampler/device_nodes.h"

#define SIZE ((size_t)64 * 1024)

/* What becomes of a mapping of the path in this very process, which was thought to be as told. */
static enum file_system resolve(struct device_nodes *nodes, const char *path, int flags,
				enum file_system thought)
{
	int descriptor = open(path, O_RDWR | O_CLOEXEC);
	int directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	char *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, flags, descriptor, 0);
	struct stat stat;
	struct vma vma = {.name = path, .file_system = (uint8_t)thought};

	assert_true(descriptor >= 0 && directory >= 0 && memory != MAP_FAILED);
	assert_int_equal(fstat(descriptor, &stat), 0);
	vma.start = (uintptr_t)memory;
	vma.end = vma.start + SIZE;
	vma.inode = stat.st_ino;
	vma.dev_major = major(stat.st_dev);
	vma.dev_minor = minor(stat.st_dev);
	device_nodes_resolve(nodes, &vma, 1, directory);
	munmap(memory, SIZE);
	close(directory);
	close(descriptor);
	return (enum file_system)vma.file_system;
}

static void the_device_of_zeroes_is_told_from_others(void **state)
{
	struct device_nodes nodes = {0};

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(resolve(&nodes, "/dev/zero", MAP_PRIVATE, FILE_SYSTEM_DEVICES),
				 FILE_SYSTEM_ZEROES);
		/* As in a container, whose nodes lie in a tmpfs. */
		assert_int_equal(resolve(&nodes, "/dev/zero", MAP_PRIVATE, FILE_SYSTEM_TMPFS),
				 FILE_SYSTEM_ZEROES);
		/* The kernel's own are not looked at. */
		assert_int_equal(resolve(&nodes, "/dev/zero", MAP_PRIVATE, FILE_SYSTEM_SHMEM),
				 FILE_SYSTEM_SHMEM);
	}
	device_nodes_finish(&nodes);
}

static void a_regular_file_is_no_node(void **state)
{
	char path[] = "/tmp/vastop-XXXXXX";
	int descriptor = mkstemp(path);
	struct device_nodes nodes = {0};

	(void)state;
	assert_true(descriptor >= 0);
	assert_int_equal(ftruncate(descriptor, (off_t)SIZE), 0);
	close(descriptor);
	assert_int_equal(resolve(&nodes, path, MAP_SHARED, FILE_SYSTEM_ORDINARY),
			 FILE_SYSTEM_ORDINARY);
	assert_int_equal(resolve(&nodes, path, MAP_SHARED, FILE_SYSTEM_TMPFS), FILE_SYSTEM_TMPFS);
	assert_int_equal(resolve(&nodes, path, MAP_SHARED, FILE_SYSTEM_DEVICES), FILE_SYSTEM_TMPFS);
	/* What is not mapped any more is forgotten. */
	assert_int_equal(resolve(&nodes, "/dev/zero", MAP_PRIVATE, FILE_SYSTEM_DEVICES),
			 FILE_SYSTEM_ZEROES);
	assert_int_equal(nodes.count, 1);
	device_nodes_resolve(&nodes, NULL, 0, -1);
	assert_int_equal(nodes.count, 0);
	device_nodes_finish(&nodes);
	assert_int_equal(unlink(path), 0);
}

static void a_node_may_lie_anywhere(void **state)
{
	char directory[] = "/tmp/vastop-XXXXXX", path[64];
	struct device_nodes nodes = {0};
	int descriptor;

	(void)state;
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/data", directory);
	descriptor = mknod(path, S_IFCHR | 0600, makedev(1, 5)) ? -1 : open(path, O_RDWR);
	if (descriptor >= 0) {
		close(descriptor);
		assert_int_equal(resolve(&nodes, path, MAP_PRIVATE, FILE_SYSTEM_ORDINARY),
				 FILE_SYSTEM_ZEROES);
	}
	device_nodes_finish(&nodes);
	unlink(path);
	rmdir(directory);
	if (descriptor < 0) {
		print_message("mknod(2) is refused here, or the nodes it makes are\n");
		skip();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_device_of_zeroes_is_told_from_others),
		cmocka_unit_test(a_regular_file_is_no_node),
		cmocka_unit_test(a_node_may_lie_anywhere),
	};

	return cmocka_run_group_tests_name("device_nodes", tests, NULL, NULL);
}
