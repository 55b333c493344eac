/* SPDX-License-Identifier: GPL-2.0-or-later */

/* What the kernel maps for each call is known for what it is, and a file of the same name is not.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/procfs_options.h"
#include "maps_lines.h"
#include "model/address_space.h"
#include "sampler/file_systems.h"
#include "sampler/procfs_source.h"
#include "sampler/source.h"

#define SIZE ((size_t)64 * 1024)
#define RW   (PROT_READ | PROT_WRITE)

/* The VMA that the process itself sees at the address. */
static struct vma look(const void *address)
{
	const struct procfs_options options = {.root = "/proc"};
	struct address_space *space;
	struct source *source;
	struct vma vma;
	size_t index;

	assert_int_equal(procfs_source_create(&options, getpid(), &source), 0);
	assert_int_equal(source_read(source, &space), 0);
	index = address_space_find(space, (uintptr_t)address);
	assert_true(index < space->vma_count);
	vma = space->vmas[index];
	vma.name = "";
	address_space_destroy(space);
	source_destroy(source);
	return vma;
}

static void expect(const void *memory, size_t size, enum kind kind, enum file_system file_system)
{
	struct vma vma = look(memory);

	assert_int_equal(vma.kind, kind);
	assert_int_equal(vma.file_system, file_system);
	assert_int_equal(vma.owner, OWNER_OTHER);
	assert_int_equal(munmap((void *)(uintptr_t)memory, size), 0);
}

/* Maps the descriptor, which is closed; NULL where the kernel does not. */
static void *map(int descriptor, size_t size, int protection, int flags)
{
	void *memory = MAP_FAILED;

	if (descriptor >= 0 || (flags & MAP_ANONYMOUS))
		memory = mmap(NULL, size, protection, flags, descriptor, 0);
	if (descriptor >= 0)
		close(descriptor);
	return memory == MAP_FAILED ? NULL : memory;
}

static int make_memfd(unsigned flags)
{
	int descriptor = memfd_create("[heap]", MFD_CLOEXEC | flags);

	assert_true(descriptor >= 0);
	assert_int_equal(ftruncate(descriptor, (off_t)SIZE), 0);
	return descriptor;
}

static void shared_memory_is_shared(void **state)
{
	int segment = shmget(IPC_PRIVATE, SIZE, IPC_CREAT | 0600);
	char *attached;

	(void)state;
	expect(map(make_memfd(0), SIZE, RW, MAP_SHARED), SIZE, KIND_SHARED, FILE_SYSTEM_SHMEM);
	expect(map(make_memfd(0), SIZE, RW, MAP_PRIVATE), SIZE, KIND_SHARED, FILE_SYSTEM_SHMEM);
	expect(map(-1, SIZE, RW, MAP_SHARED | MAP_ANONYMOUS), SIZE, KIND_SHARED, FILE_SYSTEM_SHMEM);
	expect(map(open("/dev/zero", O_RDWR | O_CLOEXEC), SIZE, RW, MAP_SHARED), SIZE, KIND_SHARED,
	       FILE_SYSTEM_SHMEM);
	assert_true(segment >= 0);
	attached = shmat(segment, NULL, 0);
	assert_true((intptr_t)attached != -1);
	assert_int_equal(shmctl(segment, IPC_RMID, NULL), 0);
	expect(attached, SIZE, KIND_SHARED, FILE_SYSTEM_SHMEM);
}

static void code_in_a_memfd_is_no_library(void **state)
{
	void *memory = map(make_memfd(0), SIZE, PROT_READ | PROT_EXEC, MAP_PRIVATE);

	(void)state;
	if (!memory) {
		print_message("memory of a memfd may not be executed here\n");
		skip();
	}
	expect(memory, SIZE, KIND_JIT, FILE_SYSTEM_SHMEM);
}

static void secret_memory_is_shared(void **state)
{
	int descriptor = (int)syscall(447, O_CLOEXEC); /* memfd_secret(2) */
	void *memory;

	(void)state;
	if (descriptor < 0 || ftruncate(descriptor, (off_t)SIZE) ||
	    !(memory = map(descriptor, SIZE, RW, MAP_SHARED))) {
		print_message("no memfd_secret(2) here\n");
		skip();
	}
	expect(memory, SIZE, KIND_SHARED, FILE_SYSTEM_SECRETMEM);
}

static void a_buffer_of_events_is_a_device(void **state)
{
	struct perf_event_attr event = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(event),
		.config = PERF_COUNT_SW_DUMMY,
		.exclude_kernel = 1,
	};
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	void *memory = map((int)syscall(SYS_perf_event_open, &event, 0, -1, -1, 0), 2 * page, RW,
			   MAP_SHARED);

	(void)state;
	if (!memory) {
		print_message("perf_event_open(2) is refused here\n");
		skip();
	}
	expect(memory, 2 * page, KIND_DEVICE, FILE_SYSTEM_ABSENT);
}

static void huge_pages_have_a_file_system_of_their_own(void **state)
{
	size_t size = (size_t)2 << 20;
	int descriptor = memfd_create("huge", MFD_CLOEXEC | MFD_HUGETLB | 21u << 26);
	void *memory = map(descriptor, size, RW, MAP_SHARED | MAP_NORESERVE);
	struct vma vma;

	(void)state;
	if (!memory) {
		print_message("this kernel has no huge pages of 2 MB\n");
		skip();
	}
	vma = look(memory);
	assert_int_equal(vma.kind, KIND_SHARED);
	assert_int_equal(vma.file_system, FILE_SYSTEM_HUGETLBFS);
	assert_int_equal(vma.huge_shift, 21);
	munmap(memory, size);
}

static void write_file(const char *directory, const char *name, const char *bytes)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(bytes, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void expect_file_systems(struct file_systems *systems, int tree, const char *expected)
{
	struct text text = {0};
	struct maps_lines lines;

	maps_lines_init(&lines, "1000-2000 rw-s 0 00:17 5 /srv/a\n"
				"2000-3000 rw-p 0 00:00 0 \n"
				"3000-4000 rw-s 0 00:17 6 /srv/b\n"
				"4000-5000 rw-s 0 fe:00 7 /dev/zero\n"
				"5000-6000 rw-s 0 00:2c 8 /dev/shm/huge\n"
				"6000-7000 rw-s 0 00:01 9 /memfd:x (deleted)\n");
	file_systems_resolve(systems, lines.vmas, lines.count, tree, false);
	for (size_t i = 0; i < lines.count; i++)
		text_append_format(&text, "%d", lines.vmas[i].file_system);
	assert_string_equal(text_string(&text), expected);
	text_finish(&text);
	maps_lines_finish(&lines);
}

static void a_recorded_tree_tells_what_was_mounted(void **state)
{
	char directory[] = "/tmp/vastop-XXXXXX", path[64];
	struct file_systems systems = {0};
	int tree;

	(void)state;
	assert_non_null(mkdtemp(directory));
	tree = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
	/* Without the list nothing is known. */
	expect_file_systems(&systems, tree, "000000");
	file_systems_finish(&systems);
	write_file(directory, "mountinfo",
		   "1 2 0:23 / / rw - tmpfs t rw\n"
		   "1 2 0:44 / /dev/shm rw - hugetlbfs h rw\n");
	expect_file_systems(&systems, tree, "202140");
	/* What is mapped all the time is not asked again. */
	write_file(directory, "mountinfo", "1 2 0:23 / / rw - ext4 t rw\n");
	expect_file_systems(&systems, tree, "202140");
	file_systems_finish(&systems);
	expect_file_systems(&systems, tree, "101100");
	file_systems_finish(&systems);
	close(tree);
	snprintf(path, sizeof(path), "%s/mountinfo", directory);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(directory), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shared_memory_is_shared),
		cmocka_unit_test(code_in_a_memfd_is_no_library),
		cmocka_unit_test(secret_memory_is_shared),
		cmocka_unit_test(a_buffer_of_events_is_a_device),
		cmocka_unit_test(huge_pages_have_a_file_system_of_their_own),
		cmocka_unit_test(a_recorded_tree_tells_what_was_mounted),
	};

	return cmocka_run_group_tests_name("file_systems", tests, NULL, NULL);
}
