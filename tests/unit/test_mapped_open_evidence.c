/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What is looked at to tell a mapped file from others, in which order, and how often: the ways to
 * files, and what the kernel says of them, are the test's own here.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/text.h"
#include "files/mapped_open.h"
#include "files/trial_mapping.h"
#include "kernel/avoid.h"
#include "kernel/procmap_query.h"
#include "model/vma.h"

/* Two files, and another system's numbers for the first. */
static char paths[2][64];
static struct file_numbers numbers[2];

/* Where each way leads: an index of the files, or -1; and what the kernel says. */
static struct {
	int ways[MAPPED_WAY_COUNT];
	bool live;
	const char *link_path, *exe_path;
	int trial_error, query_error;
	struct trial_mapping trial;
	struct procmap_file mapped;
	unsigned long type; /* of the file system */
	char log[80];       /* ways by their numbers; t: trial, q: query */
} world;

static void note(char what)
{
	size_t length = strlen(world.log);

	assert_true(length + 1 < sizeof(world.log));
	world.log[length] = what;
}

static void assert_log(const char *expected)
{
	assert_string_equal(world.log, expected);
	memset(world.log, 0, sizeof(world.log));
}

int mapped_way_open(struct mapped_root *root, enum mapped_way way, const struct vma *vma,
		    const char *path)
{
	(void)root;
	assert_non_null(vma);
	assert_true(!path == (way > MAPPED_WAY_ABROAD));
	note((char)('0' + way));
	return world.ways[way] < 0 ? -ENOENT : open(paths[world.ways[way]], O_PATH | O_CLOEXEC);
}

bool mapped_root_is_live(struct mapped_root *root)
{
	(void)root;
	return world.live;
}

bool mapped_ways_read_path(const struct mapped_root *root, const struct vma *vma, struct text *path)
{
	(void)root, (void)vma;
	text_append(path, world.link_path ? world.link_path : "");
	return world.link_path != NULL;
}

bool mapped_ways_read_exe(const struct mapped_root *root, struct text *path)
{
	(void)root;
	text_append(path, world.exe_path ? world.exe_path : "");
	return world.exe_path != NULL;
}

int mapped_ways_maps(struct mapped_root *root)
{
	(void)root;
	return 4711;
}

/* Nothing of it is asked for. */
int mapped_way_open_at_hand(struct mapped_root *root, enum mapped_way way, const struct vma *vma)
{
	(void)root, (void)way, (void)vma;
	abort();
}

bool mapped_root_holds(const struct mapped_root *root, const struct statx *file)
{
	(void)root, (void)file;
	abort();
}

int trial_mapping_make(int descriptor, unsigned avoid, struct trial_mapping *ret_trial)
{
	assert_true(fcntl(descriptor, F_GETFD) >= 0);
	assert_true(avoid == 0 || avoid == AVOID_PROCMAP_QUERY);
	note('t');
	*ret_trial = world.trial;
	return world.trial_error;
}

int procmap_query_file(int maps, uint64_t address, struct procmap_file *ret_file)
{
	assert_int_equal(maps, 4711);
	assert_int_equal(address, 0x1000);
	note('q');
	*ret_file = world.mapped;
	return world.query_error;
}

int fstatfs(int descriptor, struct statfs *ret_system)
{
	(void)descriptor;
	memset(ret_system, 0, sizeof(*ret_system));
	ret_system->f_type = (__typeof__(ret_system->f_type))world.type;
	return 0;
}

/* A mapping of the first file, as another part of the system numbers it. */
static struct vma vma_of(bool renumbered)
{
	return (struct vma){.start = 0x1000,
			    .end = 0x2000,
			    .name = "/name",
			    .inode = numbers[0].inode,
			    .dev_major = numbers[0].dev_major + renumbered,
			    .dev_minor = numbers[0].dev_minor};
}

/* What is found of a mapping. */
static int find(const struct vma *vma, enum file_identity *ret_identity)
{
	struct mapped_root root = {.avoid = 0};
	struct mapped_found of = {.identity = FILE_IDENTITY_NONE};
	int found = mapped_find(&root, vma, &of);

	*ret_identity = of.identity;
	if (found < 0) {
		assert_int_equal(found, -ENOENT);
		return -1;
	}
	close(found);
	return of.stat.stx_ino == numbers[0].inode ? 0 : 1;
}

static void assert_finds(const struct vma *vma, int file, enum file_identity expected,
			 const char *log)
{
	enum file_identity identity;

	assert_int_equal(find(vma, &identity), file);
	assert_int_equal(identity, expected);
	assert_log(log);
}

static int set_up(void **state)
{
	(void)state;
	memset(&world, 0, sizeof(world));
	for (int way = 0; way < MAPPED_WAY_COUNT; way++)
		world.ways[way] = -1;
	world.live = true;
	for (int i = 0; i < 2; i++) {
		struct statx stat;
		int file;

		strcpy(paths[i], "/tmp/vastop-test-XXXXXX");
		file = mkstemp(paths[i]);
		assert_int_equal(ftruncate(file, 100), 0);
		assert_int_equal(statx(file, "", AT_EMPTY_PATH, STATX_INO, &stat), 0);
		numbers[i] =
			(struct file_numbers){stat.stx_ino, stat.stx_dev_major, stat.stx_dev_minor};
		close(file);
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++)
		unlink(paths[i]);
	return 0;
}

static void ways_are_tried_until_one_is_proven(void **state)
{
	struct vma vma = vma_of(false);

	(void)state;
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "012345");
	for (int way = MAPPED_WAY_OURS; way <= MAPPED_WAY_EXE; way++) {
		static const char *const logs[] = {"0", "01", "012", "0123", "01234", "012345"};

		world.ways[way] = 0;
		assert_finds(&vma, 0, FILE_IDENTITY_PROVEN, logs[way]);
		world.ways[way] = -1;
	}
	/* Another file lies in the way. */
	world.ways[MAPPED_WAY_OURS] = 1;
	world.ways[MAPPED_WAY_ABROAD] = 0;
	assert_finds(&vma, 0, FILE_IDENTITY_PROVEN, "0123");
	/* A deleted file has no path. */
	vma.deleted = true;
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "45");
	world.ways[MAPPED_WAY_EXE] = 0;
	assert_finds(&vma, 0, FILE_IDENTITY_PROVEN, "45");
}

static void equal_numbers_of_a_recording_prove_nothing(void **state)
{
	struct vma vma = vma_of(false);

	(void)state;
	world.live = false;
	world.ways[MAPPED_WAY_ROOT] = 0;
	assert_finds(&vma, 0, FILE_IDENTITY_LIKELY, "012345");
	vma = vma_of(true);
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "012345");
}

/* It is mapped to see what the kernel says then, once for each, and the link is followed once. */
static void other_numbers_are_tried(void **state)
{
	static const unsigned long types[] = {BTRFS_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC, 0xca451a4e};
	struct vma vma = vma_of(true);

	(void)state;
	world.ways[MAPPED_WAY_OURS] = world.ways[MAPPED_WAY_ROOT] = 0;
	world.query_error = -ENOTTY;
	world.trial.numbers = (struct file_numbers){vma.inode, vma.dev_major, vma.dev_minor};
	assert_finds(&vma, 0, FILE_IDENTITY_LIKELY, "04tq12t345");
	/* It has other numbers then. */
	world.trial.numbers.dev_minor++;
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "04tq12t345");
	/* It cannot be mapped: only file systems that renumber files have the benefit of doubt. */
	world.trial_error = -EACCES;
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "04t12t345");
	for (size_t i = 0; i < 3; i++) {
		world.type = types[i];
		assert_finds(&vma, 0, FILE_IDENTITY_LIKELY, "04t12t345");
	}
	world.type = TMPFS_MAGIC;
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "04t12t345");
	/* What lies beyond its end was never mapped of it. */
	world.trial_error = 0;
	world.trial.numbers.dev_minor--;
	vma.offset = 100;
	assert_finds(&vma, 0, FILE_IDENTITY_LIKELY, "04tq12t345");
	vma.offset = 101;
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "04tq12t345");
}

static void build_ids_decide_where_both_are_known(void **state)
{
	struct vma vma = vma_of(true);

	(void)state;
	world.ways[MAPPED_WAY_OURS] = 0;
	world.trial = (struct trial_mapping){.numbers = {vma.inode, vma.dev_major, vma.dev_minor},
					     .has_build_id = true,
					     .build_id = {.size = 2, .bytes = {1, 2}}};
	world.mapped = (struct procmap_file){world.trial.numbers, world.trial.build_id};
	assert_finds(&vma, 0, FILE_IDENTITY_PROVEN, "04tq");
	world.mapped.build_id.bytes[1]++;
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "04tq12345");
	/* Only one of both is known: they decide nothing. */
	world.trial.has_build_id = false;
	assert_finds(&vma, 0, FILE_IDENTITY_LIKELY, "04tq12345");
	world.trial.has_build_id = true;
	world.query_error = -ENOTTY;
	assert_finds(&vma, 0, FILE_IDENTITY_LIKELY, "04tq12345");
	world.query_error = 0;
	world.mapped.numbers.inode++;
	assert_finds(&vma, 0, FILE_IDENTITY_LIKELY, "04tq12345");
}

static void an_old_kernel_is_not_asked(void **state)
{
	struct mapped_root root = {.avoid = AVOID_PROCMAP_QUERY};
	struct vma vma = vma_of(true);
	struct file_traits traits;
	struct mapped_found of;
	int found;

	(void)state;
	world.ways[MAPPED_WAY_OURS] = 0;
	world.trial.numbers = (struct file_numbers){vma.inode, vma.dev_major, vma.dev_minor};
	found = mapped_find(&root, &vma, &of);
	assert_true(found >= 0);
	close(found);
	assert_log("04t12345");
	mapped_read_traits(&root, &vma, &traits);
	assert_false(traits.has_build_id || traits.has_link);
	assert_log("4");
}

/* The kernel's own link proves what it leads to, and that others are others. */
static void the_link_decides(void **state)
{
	struct vma vma = vma_of(true);

	(void)state;
	world.ways[MAPPED_WAY_LINK] = 0;
	assert_finds(&vma, 0, FILE_IDENTITY_PROVEN, "01234");
	world.ways[MAPPED_WAY_OURS] = 0;
	assert_finds(&vma, 0, FILE_IDENTITY_PROVEN, "041234");
}

/* The program has the name of the mapping, or is another file. */
static void the_program_needs_its_name(void **state)
{
	struct vma vma = vma_of(true);

	(void)state;
	world.query_error = -ENOTTY;
	world.trial.numbers = (struct file_numbers){vma.inode, vma.dev_major, vma.dev_minor};
	world.ways[MAPPED_WAY_EXE] = 0;
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "012345tq");
	world.exe_path = "/other";
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "012345tq");
	world.exe_path = "/name";
	assert_finds(&vma, 0, FILE_IDENTITY_LIKELY, "012345tq");
	world.exe_path = "/name (deleted)";
	assert_finds(&vma, -1, FILE_IDENTITY_NONE, "012345tq");
	vma.deleted = true;
	assert_finds(&vma, 0, FILE_IDENTITY_LIKELY, "45tq");
}

static void whether_it_is_the_program_is_judged(void **state)
{
	struct mapped_root root = {.avoid = 0};
	struct vma vma = vma_of(false);

	(void)state;
	world.query_error = -ENOTTY;
	assert_int_equal(mapped_is_exe(&root, &vma), FILE_IDENTITY_NONE);
	assert_log("5");
	world.ways[MAPPED_WAY_EXE] = 0;
	assert_int_equal(mapped_is_exe(&root, &vma), FILE_IDENTITY_PROVEN);
	assert_log("54tq");
	world.ways[MAPPED_WAY_EXE] = 1;
	assert_int_equal(mapped_is_exe(&root, &vma), FILE_IDENTITY_UNKNOWN);
	world.ways[MAPPED_WAY_OURS] = 1;
	assert_false(mapped_has_name(&root, &vma));
	world.ways[MAPPED_WAY_ABROAD] = 0;
	assert_true(mapped_has_name(&root, &vma));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ways_are_tried_until_one_is_proven),
		TEST(equal_numbers_of_a_recording_prove_nothing),
		TEST(other_numbers_are_tried),
		TEST(build_ids_decide_where_both_are_known),
		TEST(an_old_kernel_is_not_asked),
		TEST(the_link_decides),
		TEST(the_program_needs_its_name),
		TEST(whether_it_is_the_program_is_judged),
	};

	return cmocka_run_group_tests_name("mapped_open_evidence", tests, NULL, NULL);
}
