/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "confined_child.h"
#include "files/mapped_ways.h"

/* Whether the way leads to an existing file from a process of these mappings. */
static bool leads(struct mapped_root *root, enum mapped_way way, const struct vma *vma,
		  const char *path)
{
	int found = mapped_way_open(root, way, vma, path);

	if (found >= 0)
		close(found);
	return found >= 0;
}

static void a_recording_has_no_ways_out_of_it(void **state)
{
	static const struct vma vma = {.start = 0x1000, .end = 0x2000, .name = "/etc/passwd"};
	char folder[] = "/tmp/vastop-test-XXXXXX";
	struct mapped_root root;
	int directory;

	(void)state;
	assert_non_null(mkdtemp(folder));
	directory = high_descriptor(open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC));
	mapped_root_init(&root, directory, 0);
	assert_false(mapped_root_is_live(&root));
	for (int way = 0; way < MAPPED_WAY_COUNT; way++)
		assert_false(leads(&root, (enum mapped_way)way, &vma, vma.name));
	mapped_root_finish(&root);
	assert_int_equal(mkdirat(directory, "root", 0700), 0);
	close(openat(directory, "root/file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	assert_true(leads(&root, MAPPED_WAY_ROOT, &vma, "/file"));
	assert_false(leads(&root, MAPPED_WAY_ROOT, &vma, vma.name));
	mapped_root_finish(&root);
	unlinkat(directory, "root/file", 0);
	unlinkat(directory, "root", AT_REMOVEDIR);
	close(directory);
	assert_int_equal(rmdir(folder), 0);
}

static void one_s_own_paths_are_looked_up_once(void **state)
{
	int directory = high_descriptor(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
	struct text exe = {0};
	struct mapped_root root;

	(void)state;
	mapped_root_init(&root, directory, 0);
	assert_true(mapped_root_is_live(&root));
	assert_true(mapped_ways_read_exe(&root, &exe));
	assert_true(leads(&root, MAPPED_WAY_OURS, NULL, text_string(&exe)));
	assert_true(leads(&root, MAPPED_WAY_EXE, NULL, NULL));
	/* Before Linux 5.8 it is not known that the roots are one. */
	if (!leads(&root, MAPPED_WAY_ROOT, NULL, text_string(&exe)))
		assert_false(leads(&root, MAPPED_WAY_ABROAD, NULL, text_string(&exe)));
	assert_true(mapped_ways_maps(&root) >= 0);
	mapped_root_finish(&root);
	text_finish(&exe);
	close(directory);
}

/* Adds the ways to the file, bits 1 << enum mapped_way, to the unsigned. */
static void add_ways(struct mapped_root *root, const struct vma *vma, void *context)
{
	unsigned *ways = context;

	for (int way = MAPPED_WAY_OURS; way <= MAPPED_WAY_ABROAD; way++)
		if (leads(root, (enum mapped_way)way, vma, vma->name))
			*ways |= 1u << way;
}

static unsigned confined_ways(bool own_namespace)
{
	unsigned ways = 0;

	confined_child_visit(own_namespace, add_ways, &ways);
	return ways;
}

static void a_path_is_seen_from_our_root_or_from_inside(void **state)
{
	(void)state;
	assert_int_equal(confined_ways(false), 1u << MAPPED_WAY_OURS | 1u << MAPPED_WAY_INSIDE);
	assert_int_equal(confined_ways(true), 1u << MAPPED_WAY_INSIDE);
}

static void assert_lowest(int descriptor)
{
	assert_int_equal(descriptor, STDIN_FILENO);
	close(descriptor);
}

/* That of a program that was started without stdin. */
static void the_lowest_descriptor_is_one(void **state)
{
	int directory = high_descriptor(open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC));
	struct text exe = {0};
	struct mapped_root root;

	(void)state;
	/* What the root opens is above it. */
	if (fcntl(STDIN_FILENO, F_GETFD) < 0)
		assert_int_equal(open("/dev/null", O_RDONLY), STDIN_FILENO);
	mapped_root_init(&root, directory, 0);
	assert_true(mapped_root_is_live(&root));
	assert_true(mapped_ways_read_exe(&root, &exe));
	close(STDIN_FILENO);
	assert_lowest(mapped_way_open(&root, MAPPED_WAY_OURS, NULL, text_string(&exe)));
	assert_lowest(mapped_way_open(&root, MAPPED_WAY_EXE, NULL, NULL));
	assert_lowest(mapped_root_open(&root, false, text_string(&exe)));
	assert_lowest(mapped_root_open_inside(&root, text_string(&exe)));
	/* It stays open, and is closed with the rest. */
	assert_int_equal(mapped_ways_maps(&root), STDIN_FILENO);
	assert_int_equal(mapped_ways_maps(&root), STDIN_FILENO);
	mapped_root_finish(&root);
	assert_int_equal(fcntl(STDIN_FILENO, F_GETFD), -1);
	text_finish(&exe);
	close(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_recording_has_no_ways_out_of_it),
		cmocka_unit_test(one_s_own_paths_are_looked_up_once),
		cmocka_unit_test(the_lowest_descriptor_is_one),
		cmocka_unit_test(a_path_is_seen_from_our_root_or_from_inside),
	};

	return cmocka_run_group_tests_name("mapped_ways", tests, NULL, NULL);
}
