/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "identity_pair.h"
#include "model/identity_cut.h"

#define RW "rw-p 0 00:00 0 "
#define RO "r--p 0 00:00 0 "

static void pieces_run_from_border_to_border(void **state)
{
	static const uint64_t expected[][4] = {
		{0x1000, 0x2000, 0, IDENTITY_NONE},
		{0x2000, 0x3000, 0, 0},
		{0x3000, 0x4000, IDENTITY_NONE, 0},
		{0x6000, 0x7000, 1, 1},
	};
	struct pair pair;

	(void)state;
	pair_init(&pair, "1000-3000 " RW "\n6000-7000 r--p 0 fe:00 9 /a\n",
		  "2000-4000 " RW "\n6000-7000 r--p 0 fe:00 8 /a\n");
	assert_int_equal(pair.identity.piece_count, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct identity_piece *piece = &pair.identity.pieces[i];

		assert_int_equal(piece->start, expected[i][0]);
		assert_int_equal(piece->end, expected[i][1]);
		assert_int_equal(piece->trace[IDENTITY_BEFORE], expected[i][2]);
		assert_int_equal(piece->trace[IDENTITY_NOW], expected[i][3]);
	}
	assert_null(identity_vma(&pair.identity, &pair.identity.pieces[0], IDENTITY_NOW));
	assert_ptr_equal(identity_vma(&pair.identity, &pair.identity.pieces[3], IDENTITY_NOW),
			 &pair.now->vmas[1]);
	pair_finish(&pair);
}

static void check_hunk(const struct pair *pair, size_t index, uint32_t old, uint32_t go,
		       uint32_t new, uint32_t come)
{
	const struct identity_hunk *hunk = &pair->identity.hunks[index];

	assert_int_equal(hunk->first[IDENTITY_BEFORE], old);
	assert_int_equal(hunk->count[IDENTITY_BEFORE], go);
	assert_int_equal(hunk->first[IDENTITY_NOW], new);
	assert_int_equal(hunk->count[IDENTITY_NOW], come);
	/* Its traces know which mappings they are of. */
	for (size_t side = 0; side < IDENTITY_SIDES; side++)
		for (uint32_t i = 0; i < hunk->count[side]; i++)
			assert_int_equal(pair->identity.traces[side][hunk->trace[side] + i].vma,
					 hunk->first[side] + i);
}

static void what_is_equal_lies_between_hunks(void **state)
{
	struct pair pair;

	(void)state;
	pair_init(&pair, "1000-2000 " RW "\n3000-4000 " RW "\n",
		  "1000-2000 " RW "\n3000-4000 " RW "\n");
	assert_int_equal(pair.identity.hunk_count, 0);
	assert_int_equal(pair.identity.piece_count, 0);
	pair_finish(&pair);
	/* One goes at the low end, one comes in the middle, one is protected at the high end. */
	pair_init(&pair, "1000-2000 " RW "\n3000-4000 " RW "\n7000-8000 " RW "\n9000-a000 " RW "\n",
		  "3000-4000 " RW "\n5000-6000 " RW "\n7000-8000 " RW "\n9000-a000 " RO "\n");
	assert_int_equal(pair.identity.hunk_count, 3);
	check_hunk(&pair, 0, 0, 1, 0, 0);
	check_hunk(&pair, 1, 2, 0, 1, 1);
	check_hunk(&pair, 2, 3, 1, 3, 1);
	assert_int_equal(pair.identity.trace_count[IDENTITY_BEFORE], 2);
	assert_int_equal(pair.identity.trace_count[IDENTITY_NOW], 2);
	pair_finish(&pair);
	/* A list without mappings. */
	pair_init(&pair, "", "3000-4000 " RW "\n");
	assert_int_equal(pair.identity.hunk_count, 1);
	check_hunk(&pair, 0, 0, 0, 0, 1);
	pair_finish(&pair);
}

/* Each of these alone makes a mapping another one. */
static void what_must_be_equal(void **state)
{
	static const char *const others[] = {
		"1000-3000 r--p 0 fe:00 9 /a\n",  "1000-2000 rw-p 0 fe:00 9 /a\n",
		"1000-2000 r--s 0 fe:00 9 /a\n",  "1000-2000 r--p 1000 fe:00 9 /a\n",
		"1000-2000 r--p 0 fe:01 9 /a\n",  "1000-2000 r--p 0 fe:00 8 /a\n",
		"1000-2000 r--p 0 fe:00 9 /ab\n", "1000-2000 r--p 0 fe:00 9 /a (deleted)\n",
	};
	struct pair pair;

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		pair_init(&pair, "1000-2000 r--p 0 fe:00 9 /a\n", others[i]);
		assert_int_equal(pair.identity.hunk_count, 1);
		pair_finish(&pair);
	}
}

static void what_lies_behind_two_mappings_is_the_same_or_not(void **state)
{
	const struct vma memory = {.start = 0x1000, .end = 0x3000, .name = ""};
	const struct vma file = {.start = 0x1000,
				 .end = 0x3000,
				 .offset = 0x5000,
				 .inode = 9,
				 .dev_major = 8,
				 .dev_minor = 1,
				 .name = "/a"};
	struct vma other;

	(void)state;
	assert_false(identity_is_of_file(&memory));
	assert_true(identity_is_of_file(&file));
	other = memory;
	other.dev_minor = 1; /* System V shared memory with the id 0 */
	assert_true(identity_is_of_file(&other));
	other = memory;
	other.dev_major = 1;
	assert_true(identity_is_of_file(&other));
	other = memory;
	other.name = "/SYSV00000000";
	assert_true(identity_is_of_file(&other));

	other = memory;
	other.start = 0x2000;
	other.perms = PERM_READ;
	assert_true(identity_same_backing(&memory, &other));
	other.perms = PERM_SHARED;
	assert_false(identity_same_backing(&memory, &other));
	assert_false(identity_same_backing(&memory, &file));
	assert_false(identity_same_backing(&file, &memory));

	/* A part of it, that begins later, has the later part of the file. */
	other = file;
	other.start = 0x2000;
	assert_false(identity_same_backing(&file, &other));
	other.offset = 0x6000;
	assert_true(identity_same_backing(&file, &other));
	for (int field = 0; field < 3; field++) {
		other = file;
		other.inode += field == 0;
		other.dev_major += field == 1;
		other.dev_minor += field == 2;
		assert_false(identity_same_backing(&file, &other));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_run_from_border_to_border),
		cmocka_unit_test(what_is_equal_lies_between_hunks),
		cmocka_unit_test(what_must_be_equal),
		cmocka_unit_test(what_lies_behind_two_mappings_is_the_same_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
