/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"
#include "model/file_identity.h"
#include "record/recording_rows.h"
#include "recording_row.h"

static void mappings_come_back(void **state)
{
	struct row row;
	struct vma vma = {.start = 0xffffffffff600000,
			  .end = 0xffffffffff601000,
			  .offset = UINT64_MAX,
			  .inode = UINT64_MAX - 1,
			  .name = "/a\xff",
			  .dev_major = 8,
			  .dev_minor = UINT32_MAX,
			  .tid = INT32_MAX,
			  .deleted = true,
			  .alternate = true,
			  .huge_shift = 30,
			  .twin = 9},
		   back;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	for (int i = 0; i < 64; i++) {
		vma.perms = (uint8_t)(i % 16);
		vma.kind = (uint8_t)(i % KIND_GAP);
		vma.kind_source = (uint8_t)(i % KIND_SOURCE_COUNT);
		vma.owner = (uint8_t)(i % OWNER_COUNT);
		vma.identity = (uint8_t)(i % FILE_IDENTITY_COUNT);
		vma.runtime = (uint8_t)(i % RUNTIME_COUNT);
		vma.file_system = (uint8_t)(i % FILE_SYSTEM_COUNT);
		recording_mapping_bind(row.put, 1, &vma);
		turn(&row);
		assert_true(recording_mapping_read(row.get, 0, &back));
		assert_true(vma_equal(&vma, &back));
		assert_string_equal(vma.name, back.name);
		recording_part_bind(row.put, 1, &vma);
		turn(&row);
		assert_true(recording_part_read(row.get, 0, &back));
		assert_true(back.start == vma.start && back.end == vma.end);
		assert_int_equal(back.perms, vma.perms);
		assert_int_equal(back.kind, vma.kind);
		assert_int_equal(back.tid, vma.tid);
	}
	close_row(&row);
}

static void a_mapping_that_cannot_be_is_refused(void **state)
{
	static const char *const wrong[] = {
		"a='x'",   "a=NULL",   "b=0",      "b=-4096",   "c='rwx'",   "c='rwxq'", "c='xwrp'",
		"d=1.5",   "e=-1",     "f=1<<32",  "g=NULL",    "h=x'6100'", "h=5",      "i=2",
		"j='gap'", "j='Heap'", "k=''",     "l=NULL",    "m=0",       "m=1<<31",  "n=NULL",
		"o=99",    "p=64",     "q='none'", "r='cobol'", "s=256",     "s=-1",
	};
	struct vma vma = {.start = 0x1000, .end = 0x2000, .name = "a"}, back;
	struct row row;
	char sql[64];

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		recording_mapping_bind(row.put, 1, &vma);
		turn(&row);
		assert_true(recording_mapping_read(row.get, 0, &back));
		snprintf(sql, sizeof(sql), "UPDATE t SET %s", wrong[i]);
		change(&row, sql);
		if (recording_mapping_read(row.get, 0, &back))
			fail_msg("taken: %s", wrong[i]);
	}
	close_row(&row);
}

static void pages_and_stacks_come_back(void **state)
{
	struct recording_range range = {0x1000, 0x3000, 0}, again;
	struct lodged_stack stack = {UINT64_MAX, 5, true}, other;
	struct row row;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	for (range.what = 0; range.what < RECORDING_PAGES_COUNT; range.what++) {
		recording_pages_bind(row.put, 1, &range);
		turn(&row);
		assert_true(recording_pages_read(row.get, 0, &again));
		assert_memory_equal(&range, &again, sizeof(range));
	}
	recording_stack_bind(row.put, 1, &stack);
	turn(&row);
	assert_true(recording_stack_read(row.get, 0, &other));
	assert_true(other.address == UINT64_MAX && other.tid == 5 && other.alternate);
	close_row(&row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mappings_come_back),
		cmocka_unit_test(a_mapping_that_cannot_be_is_refused),
		cmocka_unit_test(pages_and_stacks_come_back),
	};

	return cmocka_run_group_tests_name("recording_rows", tests, NULL, NULL);
}
