/* SPDX-License-Identifier: GPL-2.0-or-later */

/* Ways from a directory that is taken for the kernel's, with links as the test makes them. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/mapped_ways.h"
#include "high_descriptor.h"
#include "kernel/procfs_relation.h"
#include "model/vma.h"

static bool live;

bool procfs_relation_is_live(int root)
{
	assert_true(root >= 0);
	return live;
}

/*
 * A process in /tmp/…/process, whose root is /tmp/…/inside, with a file in it and one in its
 * sub-folder; and one beside its root.
 */
static char folder[] = "/tmp/vastop-test-XXXXXX";
static char inside[64], beside[64], within[64]; /* paths from our root */
static int directory;
static const struct vma vma = {.start = 0x1000, .end = 0x2000, .inode = 7, .name = "/file"};

static void make_file(const char *path)
{
	int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	assert_true(file >= 0);
	close(file);
}

/* The link of the process leads there. */
static void set_link(const char *name, const char *path)
{
	unlinkat(directory, name, 0);
	assert_int_equal(symlinkat(path, directory, name), 0);
}

static int set_up(void **state)
{
	char path[64];

	(void)state;
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/process", folder);
	snprintf(inside, sizeof(inside), "%s/inside", folder);
	snprintf(within, sizeof(within), "%s/inside/file", folder);
	snprintf(beside, sizeof(beside), "%s/insidebeside", folder);
	assert_true(!mkdir(path, 0700) && !mkdir(inside, 0700));
	directory = high_descriptor(open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
	assert_true(!mkdirat(directory, "ns", 0700) && !mkdirat(directory, "map_files", 0700));
	make_file(within);
	make_file(beside);
	set_link("root", inside);
	set_link("exe", beside);
	set_link("map_files/1000-2000", within);
	set_link("ns/mnt", "/proc/self/ns/mnt");
	live = true;
	return 0;
}

static int tear_down(void **state)
{
	char command[64];

	(void)state;
	close(directory);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
	return 0;
}

/* What the way leads to: 'w' the file within the root, 'b' the one beside it, '-' nothing. */
static char opened(int descriptor)
{
	struct stat stat_opened, stat_within, stat_beside;

	if (descriptor < 0)
		return '-';
	assert_int_equal(fstat(descriptor, &stat_opened), 0);
	assert_true(!stat(within, &stat_within) && !stat(beside, &stat_beside));
	close(descriptor);
	return stat_opened.st_ino == stat_within.st_ino   ? 'w'
	       : stat_opened.st_ino == stat_beside.st_ino ? 'b'
							  : '?';
}

/* The same of all ways for a path, in their order. */
static void assert_ways(const char *path, const char *expected)
{
	struct mapped_root root;
	char ways[MAPPED_WAY_COUNT + 1] = "";

	mapped_root_init(&root, directory, 0);
	assert_int_equal(mapped_root_is_live(&root), live);
	for (int way = 0; way < MAPPED_WAY_COUNT; way++)
		ways[way] = opened(mapped_way_open(&root, (enum mapped_way)way, &vma, path));
	assert_string_equal(ways, expected);
	mapped_root_finish(&root);
	assert_int_equal(root.directory, directory);
	assert_true(root.target < 0 && root.ours < 0 && root.maps < 0 && !root.looked);
}

/* OURS, INSIDE, ROOT, ABROAD, LINK, EXE. */
static void in_our_namespace_paths_are_ours(void **state)
{
	(void)state;
	assert_ways(within, "ww--wb");
	assert_ways("/file", "--w-wb");
	/* Not below its root, though its name begins so. */
	assert_ways(beside, "b---wb");
	assert_ways("/nothing", "----wb");
	assert_ways(NULL, "----wb");
}

static void in_another_namespace_they_are_not(void **state)
{
	(void)state;
	for (int missing = 0; missing < 2; missing++) {
		assert_int_equal(unlinkat(directory, "ns/mnt", 0), 0);
		if (!missing)
			set_link("ns/mnt", within);
		assert_ways(within, "-w-wwb");
		assert_ways("/file", "--w-wb");
		assert_ways(beside, "---bwb");
	}
}

static void of_one_root_there_is_one_way(void **state)
{
	struct mapped_root root;

	(void)state;
	set_link("root", "/");
	assert_ways(within, "w---wb");
	assert_ways(beside, "b---wb");
	mapped_root_init(&root, directory, 0);
	assert_int_equal(mapped_root_open(&root, true, within), -ENOENT);
	assert_int_equal(opened(mapped_root_open(&root, false, within)), 'w');
	assert_int_equal(opened(mapped_root_open_inside(&root, within)), 'w');
	assert_int_equal(mapped_root_open(&root, false, "/nothing"), -ENOENT);
	mapped_root_finish(&root);
}

/* Where that way leads, as opened() says. */
static char at_hand(struct mapped_root *root, enum mapped_way way, const struct vma *of)
{
	return opened(mapped_way_open_at_hand(root, way, of));
}

/* The path only from a root that is both ours and the target's, and as far as it is cached. */
static void of_one_root_paths_are_at_hand(void **state)
{
	struct vma named = vma;
	struct mapped_root root;
	struct statx file;

	(void)state;
	named.name = within;
	mapped_root_init(&root, directory, 0);
	assert_int_equal(statx(AT_FDCWD, "/", 0, STATX_INO, &file), 0);
	assert_false(mapped_root_holds(&root, &file));
	assert_int_equal(at_hand(&root, MAPPED_WAY_OURS, &named), '-');
	assert_int_equal(at_hand(&root, MAPPED_WAY_LINK, &named), 'w');
	assert_true(mapped_root_holds(&root, &file));
	mapped_root_finish(&root);
	set_link("root", "/");
	mapped_root_init(&root, directory, 0);
	/* Before Linux 5.12, and where openat2(2) is refused, nothing is. */
	assert_true(strchr("w-", at_hand(&root, MAPPED_WAY_OURS, &named)));
	assert_int_equal(at_hand(&root, MAPPED_WAY_ROOT, &named), '-');
	named.deleted = true;
	assert_int_equal(at_hand(&root, MAPPED_WAY_OURS, &named), '-');
	assert_int_equal(at_hand(&root, MAPPED_WAY_LINK, &named), 'w');
	file.stx_dev_major++;
	assert_false(mapped_root_holds(&root, &file));
	file.stx_dev_major--;
	file.stx_dev_minor++;
	assert_false(mapped_root_holds(&root, &file));
	mapped_root_finish(&root);
}

static void of_a_recording_nothing_is_at_hand(void **state)
{
	struct mapped_root root;
	struct statx file;

	(void)state;
	set_link("root", "/");
	live = false;
	mapped_root_init(&root, directory, 0);
	assert_int_equal(at_hand(&root, MAPPED_WAY_OURS, &vma), '-');
	assert_int_equal(at_hand(&root, MAPPED_WAY_LINK, &vma), '-');
	assert_int_equal(statx(AT_FDCWD, "/", 0, STATX_INO, &file), 0);
	assert_false(mapped_root_holds(&root, &file));
	mapped_root_finish(&root);
}

static void of_two_roots_either_may_be_meant(void **state)
{
	struct mapped_root root;

	(void)state;
	mapped_root_init(&root, directory, 0);
	assert_int_equal(opened(mapped_root_open(&root, true, "/file")), 'w');
	assert_int_equal(mapped_root_open(&root, true, within), -ENOENT);
	assert_int_equal(opened(mapped_root_open(&root, false, within)), 'w');
	assert_int_equal(opened(mapped_root_open_inside(&root, "/file")), 'w');
	mapped_root_finish(&root);
}

/* Links are followed where they may lie on the way, and not where they are the file itself. */
static void a_link_is_no_file(void **state)
{
	struct mapped_root root;
	char path[80];
	int found;

	(void)state;
	snprintf(path, sizeof(path), "%s/link", inside);
	assert_int_equal(symlink("/file", path), 0);
	mapped_root_init(&root, directory, 0);
	assert_int_equal(opened(mapped_root_open(&root, true, "/link")), 'w');
	found = mapped_root_open_inside(&root, "/link");
	assert_int_equal(opened(found), '?');
	assert_int_equal(opened(mapped_way_open(&root, MAPPED_WAY_ROOT, &vma, "/link")), '?');
	mapped_root_finish(&root);
}

static void a_recording_has_its_root_alone(void **state)
{
	struct mapped_root root;
	struct text text = {0};

	(void)state;
	live = false;
	assert_ways(within, "-----b");
	assert_ways("/file", "--w--b");
	mapped_root_init(&root, directory, 0);
	assert_int_equal(mapped_way_open(&root, MAPPED_WAY_LINK, &vma, NULL), -EPERM);
	assert_int_equal(opened(mapped_root_open(&root, true, "/file")), 'w');
	assert_false(mapped_ways_read_path(&root, &vma, &text));
	mapped_root_finish(&root);
	text_finish(&text);
}

static void links_tell_paths(void **state)
{
	const struct vma other = {.start = 0x1000, .end = 0x3000, .name = ""};
	struct mapped_root root;
	struct text text = {0};

	(void)state;
	mapped_root_init(&root, directory, 0);
	assert_true(mapped_root_is_live(&root));
	assert_true(mapped_ways_read_path(&root, &vma, &text));
	assert_string_equal(text_string(&text), within);
	assert_true(mapped_ways_read_exe(&root, &text));
	assert_string_equal(text_string(&text), beside);
	assert_false(mapped_ways_read_path(&root, &other, &text));
	/* That one link is missing says nothing of the others. */
	assert_int_equal(mapped_way_open(&root, MAPPED_WAY_LINK, &other, NULL), -ENOENT);
	assert_int_equal(opened(mapped_way_open(&root, MAPPED_WAY_LINK, &vma, NULL)), 'w');
	assert_int_equal(unlinkat(directory, "exe", 0), 0);
	assert_int_equal(mapped_way_open(&root, MAPPED_WAY_EXE, &vma, NULL), -ENOENT);
	assert_false(mapped_ways_read_exe(&root, &text));
	mapped_root_finish(&root);
	text_finish(&text);
}

static void maps_are_opened_once(void **state)
{
	struct mapped_root root;
	char path[80];
	int maps;

	(void)state;
	mapped_root_init(&root, directory, 0);
	assert_int_equal(mapped_ways_maps(&root), -ENOENT);
	snprintf(path, sizeof(path), "%s/process/maps", folder);
	make_file(path);
	maps = mapped_ways_maps(&root);
	assert_true(maps >= 0);
	assert_int_equal(mapped_ways_maps(&root), maps);
	mapped_root_finish(&root);
	assert_int_equal(fcntl(maps, F_GETFD), -1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(in_our_namespace_paths_are_ours),
		TEST(in_another_namespace_they_are_not),
		TEST(of_one_root_there_is_one_way),
		TEST(of_one_root_paths_are_at_hand),
		TEST(of_a_recording_nothing_is_at_hand),
		TEST(of_two_roots_either_may_be_meant),
		TEST(a_link_is_no_file),
		TEST(a_recording_has_its_root_alone),
		TEST(links_tell_paths),
		TEST(maps_are_opened_once),
	};

	return cmocka_run_group_tests_name("mapped_ways_live", tests, NULL, NULL);
}
