/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "files/sightings.h"
#include "model/vma.h"

static const struct vma vmas[] = {
	{.start = 0x1000, .end = 0x2000, .inode = 7, .name = "/b", .perms = PERM_READ | PERM_EXEC},
	{.start = 0x2000, .end = 0x3000, .inode = 3, .name = "/a", .perms = PERM_READ},
	{.start = 0x3000, .end = 0x4000, .name = "", .perms = PERM_READ | PERM_WRITE},
	{.start = 0x4000, .end = 0x5000, .inode = 7, .name = "/b", .perms = PERM_READ},
	{.start = 0x5000,
	 .end = 0x6000,
	 .inode = 3,
	 .name = "/a",
	 .perms = PERM_READ | PERM_WRITE | PERM_SHARED},
	{.start = 0x6000, .end = 0x7000, .inode = 9, .name = "/c", .perms = PERM_READ},
	{.start = 0x7000, .end = 0x8000, .inode = 9, .name = "/c", .perms = PERM_READ | PERM_WRITE},
};

static void each_file_is_there_once_in_order(void **state)
{
	struct sightings sightings = {0};

	(void)state;
	for (int i = 0; i < 2; i++) {
		sightings_collect(&sightings, vmas, 7);
		assert_int_equal(sightings.count, 3);
		assert_int_equal(sightings.items[0].key.inode, 3);
		assert_int_equal(sightings.items[1].key.inode, 7);
		assert_int_equal(sightings.items[2].key.inode, 9);
		/* Data only, code, and private mappings of different permissions. */
		assert_false(sightings.items[0].worth_opening);
		assert_ptr_equal(sightings.items[0].vma, &vmas[1]);
		assert_true(sightings.items[1].worth_opening);
		assert_true(sightings.items[2].worth_opening);
	}
	sightings_collect(&sightings, vmas, 0);
	assert_int_equal(sightings.count, 0);
	sightings_finish(&sightings);
}

/* What is known of one is known of all that are joined. */
static void a_file_is_joined_from_its_places(void **state)
{
	static const struct {
		unsigned perms[3];
		bool worth_opening;
		size_t vma;
	} files[] = {
		{{PERM_READ, PERM_READ, PERM_READ}, false, 0},
		{{PERM_READ, PERM_READ | PERM_WRITE, PERM_READ | PERM_WRITE}, true, 0},
		{{PERM_READ, PERM_READ, PERM_READ | PERM_WRITE}, true, 0},
		{{0, PERM_READ, PERM_READ}, false, 1},
		{{0, PERM_READ, PERM_READ | PERM_WRITE}, true, 1},
		{{PERM_READ, 0, PERM_READ}, false, 0},
		{{PERM_READ, 0, PERM_READ | PERM_WRITE}, true, 0},
		{{PERM_READ, PERM_READ, PERM_READ | PERM_EXEC}, true, 0},
		{{PERM_READ | PERM_EXEC, 0, 0}, true, 0},
		{{0, 0, PERM_READ | PERM_EXEC}, true, 2},
		{{PERM_READ, PERM_READ | PERM_WRITE | PERM_SHARED, PERM_READ}, false, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct sightings sightings = {0};
		struct vma places[5];

		/* With another file between each two. */
		for (size_t j = 0; j < 5; j++)
			places[j] = (struct vma){.start = 0x1000 * (j + 1),
						 .end = 0x1000 * (j + 2),
						 .inode = j % 2 ? 99 : 7,
						 .name = j % 2 ? "/z" : "/a",
						 .perms = j % 2 ? PERM_READ
								: (uint8_t)files[i].perms[j / 2]};
		sightings_collect(&sightings, places, 5);
		assert_int_equal(sightings.count, 2);
		assert_int_equal(sightings.items[0].key.inode, 7);
		/* All mappings count, as they do for all files together. */
		assert_true(sightings_hash(&sightings, places, 5) ==
			    sightings.items[0].mappings + sightings.items[1].mappings + 1);
		assert_int_equal(sightings.items[0].worth_opening, files[i].worth_opening);
		assert_ptr_equal(sightings.items[0].vma, &places[2 * files[i].vma]);
		assert_false(sightings.items[1].worth_opening);
		/* Side by side they are the same. */
		for (size_t j = 1; j < 3; j++)
			places[j] = places[2 * j];
		sightings_collect(&sightings, places, 3);
		assert_int_equal(sightings.count, 1);
		assert_true(sightings_hash(&sightings, places, 3) ==
			    sightings.items[0].mappings + 1);
		assert_int_equal(sightings.items[0].worth_opening, files[i].worth_opening);
		assert_ptr_equal(sightings.items[0].vma, &places[files[i].vma]);
		sightings_finish(&sightings);
	}
}

static void a_change_of_a_file_s_mapping_changes_the_number(void **state)
{
	struct sightings sightings = {.key = {{1, 2}}};
	uint64_t before = sightings_hash(&sightings, vmas, 7);
	struct vma changed[7];

	(void)state;
	for (size_t i = 0; i < 7; i++)
		changed[i] = vmas[i];
	assert_true(sightings_hash(&sightings, changed, 7) == before);
	changed[2].end += 0x1000; /* of no file */
	assert_true(sightings_hash(&sightings, changed, 7) == before);
	changed[0].name = "/b (deleted)";
	assert_true(sightings_hash(&sightings, changed, 7) != before);
	changed[0] = vmas[0];
	changed[1].end -= 0x800;
	assert_true(sightings_hash(&sightings, changed, 7) != before);
	for (int field = 0; field < 7; field++) {
		changed[1] = vmas[1];
		changed[1].start += field == 0 ? 0x800 : 0;
		changed[1].offset += field == 1 ? 0x1000 : 0;
		changed[1].inode += field == 2;
		changed[1].dev_major += field == 3;
		changed[1].dev_minor += field == 4;
		changed[1].deleted = field == 5;
		changed[1].perms |= field == 6 ? PERM_EXEC : 0;
		assert_true(sightings_hash(&sightings, changed, 7) != before);
	}
	/* Each number counts where it stands: none is taken for another. */
	changed[1] = vmas[1];
	changed[1].dev_major = 1;
	before = sightings_hash(&sightings, changed, 7);
	changed[1].dev_major = 0;
	changed[1].dev_minor = 1;
	assert_true(sightings_hash(&sightings, changed, 7) != before);
	/* None at all is a number, too; the key decides which. */
	assert_int_equal(sightings_hash(&sightings, changed, 0), 1);
	sightings.key.words[0]++;
	assert_true(sightings_hash(&sightings, vmas, 7) !=
		    sightings_hash(&(struct sightings){.key = {{1, 2}}}, vmas, 7));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_file_is_there_once_in_order),
		cmocka_unit_test(a_file_is_joined_from_its_places),
		cmocka_unit_test(a_change_of_a_file_s_mapping_changes_the_number),
	};

	return cmocka_run_group_tests_name("sightings", tests, NULL, NULL);
}
