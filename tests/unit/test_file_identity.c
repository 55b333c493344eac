/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/file_identity.h"
#include "model/file_key.h"

#define A                                       \
	{                                       \
		.size = 2, .bytes = { 0xaa, 1 } \
	}
#define B                                       \
	{                                       \
		.size = 2, .bytes = { 0xbb, 1 } \
	}
#define MAPPED .mapped = {257, 0, 0x27}, .same_path = true, .size = 4096
/* Another subvolume's device, and the same inode number. */
#define BTRFS MAPPED, .stat = {257, 0, 0x29}, .renumbers = true
#define TRIAL .has_trial = true, .trial = {257, 0, 0x27}

/* What a file system, a kernel and a reader with or without privileges come to. */
static const struct {
	const char *what;
	struct file_evidence evidence;
	enum file_identity identity;
	bool needs_trial; /* of the evidence without the trial */
} cases[] = {
	{"ext4: the file", {MAPPED, .stat = {257, 0, 0x27}}, FILE_IDENTITY_PROVEN, false},
	{"ext4: a hard link",
	 {.mapped = {257, 8, 1}, .stat = {257, 8, 1}},
	 FILE_IDENTITY_PROVEN,
	 false},
	{"ext4: it was replaced", {MAPPED, .stat = {258, 0, 0x27}}, FILE_IDENTITY_UNKNOWN, false},
	{"ext4: another file system is mounted over it, with that inode",
	 {MAPPED, .stat = {257, 0, 0x30}, .has_trial = true, .trial = {257, 0, 0x30}},
	 FILE_IDENTITY_UNKNOWN,
	 true},
	{"another file system, and the file may not be read",
	 {MAPPED, .stat = {257, 0, 0x30}},
	 FILE_IDENTITY_UNKNOWN,
	 true},
	{"a recording: the numbers may be those of another machine",
	 {MAPPED, .stat = {257, 0, 0x27}, .recorded = true},
	 FILE_IDENTITY_LIKELY,
	 false},
	{"a recording of btrfs", {BTRFS, .recorded = true}, FILE_IDENTITY_LIKELY, false},
	{"btrfs: the file, by the kernel's link",
	 {BTRFS, .has_link = true, .link = {257, 0, 0x29}, .linked = true},
	 FILE_IDENTITY_PROVEN,
	 false},
	{"btrfs: the path of the link, but maybe in a new subvolume",
	 {BTRFS, .has_link = true, .link = {257, 0, 0x29}},
	 FILE_IDENTITY_LIKELY,
	 false},
	{"btrfs: the path of the link, in a new subvolume",
	 {BTRFS, TRIAL, .has_link = true, .link = {257, 0, 0x29}, .has_build_ids = true,
	  .mapped_build_id = A, .trial_build_id = B},
	 FILE_IDENTITY_UNKNOWN,
	 false},
	{"btrfs: a collision, by the kernel's link",
	 {BTRFS, .has_link = true, .link = {257, 0, 0x2a}},
	 FILE_IDENTITY_UNKNOWN,
	 false},
	{"btrfs: the link is of what was mapped there since",
	 {BTRFS, TRIAL, .has_link = true, .link = {300, 0, 0x29}},
	 FILE_IDENTITY_LIKELY,
	 true},
	{"btrfs: the file, by its build-id",
	 {BTRFS, TRIAL, .has_build_ids = true, .mapped_build_id = A, .trial_build_id = A},
	 FILE_IDENTITY_PROVEN,
	 true},
	{"btrfs: a collision, by its build-id",
	 {BTRFS, TRIAL, .has_build_ids = true, .mapped_build_id = A, .trial_build_id = B},
	 FILE_IDENTITY_UNKNOWN,
	 true},
	{"btrfs: a collision with a file that has no build-id",
	 {BTRFS, TRIAL, .has_build_ids = true, .mapped_build_id = A},
	 FILE_IDENTITY_UNKNOWN,
	 true},
	{"btrfs: a collision of a file that has no build-id",
	 {BTRFS, TRIAL, .has_build_ids = true, .trial_build_id = A},
	 FILE_IDENTITY_UNKNOWN,
	 true},
	{"btrfs: neither has a build-id",
	 {BTRFS, TRIAL, .has_build_ids = true},
	 FILE_IDENTITY_LIKELY,
	 true},
	{"btrfs: an old kernel tells no build-id", {BTRFS, TRIAL}, FILE_IDENTITY_LIKELY, true},
	{"btrfs: the file may not be read", {BTRFS}, FILE_IDENTITY_LIKELY, true},
	{"btrfs: too short to be mapped there",
	 {BTRFS, TRIAL, .offset = 8192},
	 FILE_IDENTITY_UNKNOWN,
	 true},
	{"btrfs: the exe link has another path",
	 {.mapped = {257, 0, 0x27}, .stat = {257, 0, 0x29}, .renumbers = true, TRIAL},
	 FILE_IDENTITY_UNKNOWN,
	 true},
	{"btrfs: another file system image, whose subvolume has that inode",
	 {BTRFS, .has_trial = true, .trial = {257, 0, 0x31}},
	 FILE_IDENTITY_UNKNOWN,
	 true},
	{"overlayfs: maps has the numbers of the layer",
	 {.mapped = {12, 8, 1},
	  .stat = {99, 0, 0x2e},
	  .same_path = true,
	  .renumbers = true,
	  .has_trial = true,
	  .trial = {12, 8, 1}},
	 FILE_IDENTITY_LIKELY,
	 true},
	{"overlayfs: it was replaced",
	 {MAPPED, .stat = {99, 0, 0x2e}, .renumbers = true, .has_trial = true,
	  .trial = {99, 0, 0x27}},
	 FILE_IDENTITY_UNKNOWN,
	 true},
	{"overlayfs: another inode, and the file may not be read",
	 {MAPPED, .stat = {99, 0, 0x2e}, .renumbers = true},
	 FILE_IDENTITY_UNKNOWN,
	 true},
};

static void the_evidence_decides(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct file_evidence without = cases[i].evidence;

		without.has_trial = without.has_build_ids = false;
		if (file_identity_judge(&cases[i].evidence) != cases[i].identity ||
		    file_identity_needs_trial(&without) != cases[i].needs_trial)
			fail_msg("%s", cases[i].what);
	}
}

static void a_path_is_compared_as_maps_writes_it(void **state)
{
	static const struct {
		const char *name, *path;
		bool deleted, same;
	} paths[] = {
		{"/a", "/a", false, true},
		{"/a", "/ab", false, false},
		{"/ab", "/a", false, false},
		{"/a", "/a", true, false},
		{"/a", "/a (deleted)", true, true},
		{"/a", "/a (deleted)", false, false},
		{"/a (deleted)", "/a (deleted)", false, true},
		{"/a (deleted)", "/a (deleted)", true, false},
		{"/a\\012b", "/a\nb", false, true},
		{"/a\\012b", "/a\\012b", false, true},
		{"/a\\012b\\012c", "/a\\012b\nc", false, true},
		{"/a\\012", "/a", false, false},
		{"/a", "/a\n", false, false},
		{"", "", false, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const struct file_key key = {.name = paths[i].name, .deleted = paths[i].deleted};

		if (file_identity_is_path(&key, paths[i].path) != paths[i].same)
			fail_msg("%s, %s", paths[i].name, paths[i].path);
	}
}

static void what_the_kernel_tells_tells_twins_apart(void **state)
{
	const struct file_traits nothing = {.has_link = false};
	const struct file_traits link = {.has_link = true, .link = {257, 0, 0x29}};
	const struct file_traits other = {.has_link = true, .link = {257, 0, 0x2a}};
	const struct file_traits none = {.has_build_id = true};
	const struct file_traits a = {.has_build_id = true, .build_id = A};
	const struct file_traits b = {.has_build_id = true, .build_id = B};
	struct file_traits both = a;

	(void)state;
	assert_true(file_traits_agree(&nothing, &nothing));
	assert_true(file_traits_agree(&nothing, &link));
	assert_true(file_traits_agree(&link, &link));
	assert_false(file_traits_agree(&link, &other));
	assert_true(file_traits_agree(&none, &none));
	assert_false(file_traits_agree(&none, &a));
	assert_false(file_traits_agree(&b, &a));
	assert_true(file_traits_agree(&nothing, &a));
	/* A copy of the same build is another file, where the link is known. */
	both.has_link = true;
	both.link = other.link;
	assert_true(file_traits_agree(&both, &a));
	assert_false(file_traits_agree(&both, &link));
	both.link = link.link;
	assert_true(file_traits_agree(&both, &link));
	/* The number of a deleted subvolume is given away again. */
	assert_false(file_traits_agree(&both, &(struct file_traits){
						      .has_link = true,
						      .link = {257, 0, 0x29},
						      .has_build_id = true,
						      .build_id = B,
					      }));
}

static void each_has_one_word(void **state)
{
	(void)state;
	assert_null(file_identity_name(FILE_IDENTITY_NONE));
	assert_string_equal(file_identity_name(FILE_IDENTITY_UNKNOWN), "unknown");
	assert_string_equal(file_identity_name(FILE_IDENTITY_LIKELY), "likely");
	assert_string_equal(file_identity_name(FILE_IDENTITY_PROVEN), "proven");
}

static void numbers_are_equal_in_all_three(void **state)
{
	const struct file_numbers first = {7, 8, 1};

	(void)state;
	assert_true(file_numbers_equal(&first, &(struct file_numbers){7, 8, 1}));
	assert_false(file_numbers_equal(&first, &(struct file_numbers){6, 8, 1}));
	assert_false(file_numbers_equal(&first, &(struct file_numbers){7, 9, 1}));
	assert_false(file_numbers_equal(&first, &(struct file_numbers){7, 8, 2}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_evidence_decides),
		cmocka_unit_test(a_path_is_compared_as_maps_writes_it),
		cmocka_unit_test(what_the_kernel_tells_tells_twins_apart),
		cmocka_unit_test(each_has_one_word),
		cmocka_unit_test(numbers_are_equal_in_all_three),
	};

	return cmocka_run_group_tests_name("file_identity", tests, NULL, NULL);
}
