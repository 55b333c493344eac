/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernel/maps_file.h"
#include "kernel/procmap_query.h"
#include "procfs/maps_parser.h"
#include "support/child.h"

/* Opens our own maps; skips where the kernel has no such query. */
static int open_maps(void)
{
	int maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	struct procmap map;

	assert_true(maps >= 0);
	if (procmap_query(maps, (uintptr_t)&map, &map) == -ENOTTY) {
		close(maps);
		print_message("this kernel cannot query single mappings\n");
		skip();
	}
	return maps;
}

static void agrees_with_the_list(void **state)
{
	int maps = open_maps();
	struct maps_parser list;
	struct procmap map;
	size_t asked = 0;

	(void)state;
	maps_parser_init(&list, (struct hash_key){{0}});
	assert_int_equal(maps_file_read(&list, AT_FDCWD, "/proc/self/maps"), 0);
	for (size_t i = 0; i < list.count; i++) {
		const struct vma *vma = &list.vmas[i];

		/* Only files: the memory of this program moves while it asks. */
		if (!vma->inode)
			continue;
		asked++;
		assert_int_equal(procmap_query(maps, vma->end - 1, &map), 0);
		assert_true(map.start == vma->start && map.end == vma->end);
		assert_true(map.inode == vma->inode);
		assert_int_equal(map.page_size, sysconf(_SC_PAGESIZE));
		assert_int_equal(map.flags & PROCMAP_SHARED, 0);
	}
	assert_true(asked > 0);
	maps_parser_finish(&list);
	close(maps);
}

static void tells_a_hole_and_what_is_shared(void **state)
{
	const size_t size = 1024 * 1024;
	int maps = open_maps();
	struct procmap map = {.start = 7};
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	(void)state;
	assert_true(memory != MAP_FAILED);
	assert_int_equal(procmap_query(maps, (uintptr_t)memory, &map), 0);
	assert_true(map.start == (uintptr_t)memory && map.end == (uintptr_t)memory + size);
	assert_int_equal(map.flags & PROCMAP_SHARED, PROCMAP_SHARED);
	map.start = 7;
	assert_int_equal(procmap_query(maps, 0, &map), -ENOENT);
	assert_int_equal(map.start, 7);
	munmap(memory, size);
	close(maps);
}

static void passes_over_what_is_not_wanted(void **state)
{
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	int maps = open_maps();
	struct procmap map = {.start = 7};
	char *memory = mmap(NULL, 4 * page, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	uintptr_t start = (uintptr_t)memory;

	(void)state;
	assert_true(memory != MAP_FAILED);
	assert_int_equal(mprotect(memory + 2 * page, page, PROT_READ | PROT_EXEC), 0);
	assert_int_equal(procmap_query_next(maps, start, PROCMAP_EXECUTABLE, &map), 0);
	assert_true(map.start == start + 2 * page && map.end == start + 3 * page);
	assert_int_equal(map.flags & (PROCMAP_EXECUTABLE | PROCMAP_SHARED),
			 PROCMAP_EXECUTABLE | PROCMAP_SHARED);
	assert_int_equal(procmap_query_next(maps, start, 0, &map), 0);
	assert_true(map.start == start && map.end == start + 2 * page);
	map.start = 7;
	assert_int_equal(procmap_query_next(maps, UINTPTR_MAX / 2, 0, &map), -ENOENT);
	assert_int_equal(map.start, 7);
	munmap(memory, 4 * page);
	close(maps);
}

static void tells_that_the_memory_is_gone(void **state)
{
	int own = open_maps(), file;
	struct procmap map;
	char path[64];
	pid_t child = child_start(NULL, NULL);

	(void)state;
	snprintf(path, sizeof(path), "/proc/%d/maps", (int)child);
	file = open(path, O_RDONLY | O_CLOEXEC);
	assert_int_equal(procmap_query(file, (uintptr_t)&map, &map), 0);
	child_end(child);
	assert_int_equal(procmap_query(file, (uintptr_t)&map, &map), -ESRCH);
	assert_int_equal(procmap_query(-1, 0, &map), -EBADF);
	close(file);
	close(own);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_the_list),
		cmocka_unit_test(tells_a_hole_and_what_is_shared),
		cmocka_unit_test(passes_over_what_is_not_wanted),
		cmocka_unit_test(tells_that_the_memory_is_gone),
	};

	return cmocka_run_group_tests_name("procmap_query", tests, NULL, NULL);
}
