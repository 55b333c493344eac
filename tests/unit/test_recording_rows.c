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
		assert_int_equal(back.kind_source, vma.kind_source);
		assert_int_equal(back.tid, vma.tid);
		assert_true(back.alternate);
	}
	close_row(&row);
}

static void a_mapping_that_cannot_be_is_refused(void **state)
{
	static const char *const wrong[] = {
		"a='x'",   "a=NULL",   "b=0",      "b=-4096",   "c='rwx'",   "c='rwxq'", "c='xwrp'",
		"d=1.5",   "e=-1",     "f=1<<32",  "g=NULL",    "h=x'6100'", "h=5",      "i=2",
		"j='gap'", "j='Heap'", "k=''",     "l=NULL",    "m=0",       "m=1<<31",  "n=NULL",
		"o=99",    "p=41",     "q='none'", "r='cobol'", "s=256",     "s=-1",     "o=-1",
		"p=-1",    "f=-1",     "e=1.5",    "e=1<<32",   "e='0'",
	};
	static const char *const right[] = {"f=(1<<32)-1", "e=(1<<32)-1", "m=1",    "m=(1<<31)-1",
					    "p=40",        "s=255",       "q=NULL", "r=NULL",
					    "c='rwxs'",    "m=NULL"};
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
	for (size_t i = 0; i < sizeof(right) / sizeof(right[0]); i++) {
		recording_mapping_bind(row.put, 1, &vma);
		turn(&row);
		snprintf(sql, sizeof(sql), "UPDATE t SET %s", right[i]);
		change(&row, sql);
		if (!recording_mapping_read(row.get, 0, &back))
			fail_msg("refused: %s", right[i]);
	}
	snprintf(sql, sizeof(sql), "UPDATE t SET o=%d", FILE_SYSTEM_COUNT - 1);
	change(&row, sql);
	assert_true(recording_mapping_read(row.get, 0, &back));
	assert_int_equal(back.file_system, FILE_SYSTEM_COUNT - 1);
	snprintf(sql, sizeof(sql), "UPDATE t SET o=%d", FILE_SYSTEM_COUNT);
	change(&row, sql);
	back.start = 5;
	assert_false(recording_mapping_read(row.get, 0, &back));
	assert_int_equal(back.start, 5);
	close_row(&row);
}

/* Each of these is refused by the function, which leaves what it was given as it is. */
static void refuse_each(struct row *row, bool (*read)(const struct statement *, int, void *),
			void (*bind)(struct statement *, int, const void *), const void *value,
			const char *const *wrong, size_t count)
{
	unsigned char back[512], before[512];
	char sql[64];

	memset(before, 0xa5, sizeof(before));
	for (size_t i = 0; i < count; i++) {
		bind(row->put, 1, value);
		turn(row);
		assert_true(read(row->get, 0, back));
		snprintf(sql, sizeof(sql), "UPDATE t SET %s", wrong[i]);
		change(row, sql);
		memcpy(back, before, sizeof(back));
		if (read(row->get, 0, back))
			fail_msg("taken: %s", wrong[i]);
		assert_memory_equal(back, before, 16);
	}
}

static void other_rows_that_cannot_be_are_refused(void **state)
{
	static const char *const parts[] = {"a=NULL",  "b=0",    "c='rwx'",   "d='gap'",
					    "d='x'",   "d=NULL", "e='guess'", "e=NULL",
					    "f=1<<31", "f=0",    "g=2",       "g=NULL"},
				 *const stacks[] = {"a=NULL", "a='1'", "b=-1",  "b=1<<31",
						    "b=NULL", "c=2",   "c=NULL"},
				 *const pages[] = {"c='away'", "c=NULL", "c=0"};
	const struct vma vma = {.start = 0x1000, .end = 0x2000, .name = "a"};
	const struct lodged_stack stack = {7, INT32_MAX, false};
	const struct recording_range range = {0x1000, 0x3000, 0};
	struct row row;

	(void)state;
	SKIP_WITHOUT_SQLITE();
	open_row(&row);
	refuse_each(&row, recording_part_read, recording_part_bind, &vma, parts,
		    sizeof(parts) / sizeof(parts[0]));
	refuse_each(&row, recording_stack_read, recording_stack_bind, &stack, stacks,
		    sizeof(stacks) / sizeof(stacks[0]));
	recording_pages_bind(row.put, 1, &range);
	turn(&row);
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct recording_range back;
		char sql[64];

		snprintf(sql, sizeof(sql), "UPDATE t SET %s", pages[i]);
		change(&row, sql);
		if (recording_pages_read(row.get, 0, &back))
			fail_msg("taken: %s", pages[i]);
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
	change(&row, "UPDATE t SET b=0, c=0");
	assert_true(recording_stack_read(row.get, 0, &other));
	assert_true(other.tid == 0 && !other.alternate);
	close_row(&row);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mappings_come_back),
		cmocka_unit_test(a_mapping_that_cannot_be_is_refused),
		cmocka_unit_test(other_rows_that_cannot_be_are_refused),
		cmocka_unit_test(pages_and_stacks_come_back),
	};

	return cmocka_run_group_tests_name("recording_rows", tests, NULL, NULL);
}
