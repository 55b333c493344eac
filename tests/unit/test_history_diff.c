/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "edited_process.h"
#include "model/file_identity.h"
#include "model/history_code.h"
#include "model/history_diff.h"
#include "model/history_names.h"
#include "model/history_state.h"

struct recording {
	struct text records;
	struct history_names names;
	struct history_state state;
	struct address_space *before;
	size_t last;  /* bytes of the last record */
	size_t moved; /* by the last record */
};

static void recording_finish(struct recording *recording)
{
	text_finish(&recording->records);
	history_names_finish(&recording->names);
	history_state_finish(&recording->state);
	address_space_destroy(recording->before);
}

/* Records the snapshot, which it owns from then on, applies the record, and compares. */
static void record(struct recording *recording, struct address_space *space)
{
	size_t start = recording->records.length;
	struct address_space *back = NULL;
	struct history_cursor reader;

	recording->moved = history_diff_append(&recording->records, &recording->names,
					       &recording->state, recording->before, space, false);
	recording->last = recording->records.length - start;
	reader.at = recording->records.bytes + start;
	reader.end = reader.at + recording->last;
	history_state_apply(&recording->state, &reader);
	assert_ptr_equal(reader.at, reader.end);
	assert_int_equal(
		history_state_space(&recording->state, recording->names.bytes, NULL, &back), 0);
	assert_same_space(back, space);
	assert_int_equal(back->part_count, space->part_count);
	for (size_t i = 0; i < space->part_count; i++) {
		const struct vma *a = &back->parts[i], *b = &space->parts[i];

		assert_true(a->start == b->start && a->end == b->end);
		assert_true(a->kind == b->kind && a->tid == b->tid);
	}
	address_space_destroy(back);
	address_space_destroy(recording->before);
	recording->before = space;
}

static void any_edit_is_recorded(void **state)
{
	struct edited_process *process = memory_alloc(sizeof(*process));

	(void)state;
	for (uint64_t seed = 1; seed <= 20; seed++) {
		struct recording recording = {0};

		history_state_init(&recording.state);
		edited_process_init(process, seed);
		for (size_t i = 0; i < 200; i++) {
			record(&recording, edited_process_space(process));
			edited_process_step(process);
		}
		edited_process_finish(process);
		recording_finish(&recording);
	}
	free(process);
}

static void any_space_follows_any_other(void **state)
{
	struct random random = {3};
	struct recording recording = {0};
	struct vma vmas[40];

	(void)state;
	history_state_init(&recording.state);
	for (size_t i = 0; i < 3000; i++) {
		size_t count = random_magnitude(&random, 41) - 1;

		random_vmas(&random, vmas, count);
		for (size_t j = 0; j < count; j++) {
			vmas[j].identity = (uint8_t)((i + j) % FILE_IDENTITY_COUNT);
			vmas[j].twin = (uint8_t)((i + j) % 256);
			vmas[j].kind_source = (uint8_t)random_below(&random, KIND_SOURCE_COUNT);
			vmas[j].owner = (uint8_t)random_below(&random, OWNER_COUNT);
			vmas[j].file_system = (uint8_t)random_below(&random, FILE_SYSTEM_COUNT);
			vmas[j].huge_shift = (uint8_t)random_below(&random, 35);
			vmas[j].runtime = (uint8_t)random_below(&random, RUNTIME_COUNT);
			vmas[j].deleted = random_below(&random, 2);
			vmas[j].alternate = random_below(&random, 2);
			vmas[j].tid = (int32_t)random_below(&random, 3);
		}
		record(&recording, space_of(vmas, count));
	}
	recording_finish(&recording);
}

/* Whatever alone is another: of these all that is recorded of a mapping consists. */
static void each_field_counts(void **state)
{
	static const struct vma first = {.start = PAGE, .end = 9 * PAGE, .name = "/lib/a"};
	/* What is the same costs nothing. */
	static const size_t bytes[] = {10, 9,  9,  11, 11, 11, 9,  9,  10,
				       12, 11, 13, 15, 15, 18, 17, 10, 18};
	struct recording recording = {0};

	(void)state;
	history_state_init(&recording.state);
	for (int field = 0; field < 18; field++) {
		struct vma vma = first;

		record(&recording, space_of(&vma, 1));
		switch (field) {
		case 0: vma.start += PAGE; break;
		case 1: vma.end -= PAGE; break;
		case 2: vma.offset = PAGE; break;
		case 3: vma.inode = 1; break;
		case 4: vma.dev_major = 1; break;
		case 5: vma.dev_minor = 1; break;
		case 6: vma.tid = 1; break;
		case 7: vma.perms = PERM_READ; break;
		case 8: vma.kind = 1; break;
		case 9: vma.kind_source = 1; break;
		case 10: vma.owner = 1; break;
		case 11: vma.file_system = 1; break;
		case 12: vma.huge_shift = 21; break;
		case 13: vma.identity = 1; break;
		case 14: vma.runtime = 1; break;
		case 15: vma.twin = 1; break;
		case 16: vma.deleted = true; break;
		default: vma.alternate = true; break;
		}
		record(&recording, space_of(&vma, 1));
		assert_int_equal(recording.last, bytes[field]);
		assert_int_equal(recording.moved, 0);
	}
	recording_finish(&recording);
}

/* Of a process with these arguments, and a stack of two parts with that thread in the second. */
static struct address_space *space_with(const char *const *arguments, size_t count, int32_t tid)
{
	const struct target target = {
		.comm = "target", .page_size = PAGE, .cmdline = arguments, .cmdline_count = count};
	const struct vma vma = {.start = PAGE, .end = 9 * PAGE, .kind = KIND_ANON, .name = ""};
	const struct vma parts[] = {
		{.start = PAGE, .end = 2 * PAGE, .kind = KIND_GUARD, .name = ""},
		{.start = 2 * PAGE,
		 .end = 9 * PAGE,
		 .kind = KIND_THREAD_STACK,
		 .tid = tid,
		 .name = ""},
	};
	struct address_space *space;

	assert_int_equal(address_space_create(&target, &vma, 1, 0, 0, &space), 0);
	assert_int_equal(address_space_set_stacks(space, parts, 2, NULL, 0), 0);
	return space;
}

static void each_argument_and_part_counts(void **state)
{
	static const char *const arguments[][3] = {
		{"a", "b", "c"}, {"a", "b", "d"}, {"a", "e", "d"}, {"f", "e", "d"}};
	struct recording recording = {0};

	(void)state;
	history_state_init(&recording.state);
	for (size_t i = 0; i < 4; i++)
		record(&recording, space_with(arguments[i], 3, 7));
	record(&recording, space_with(arguments[3], 2, 7));
	record(&recording, space_with(arguments[3], 0, 7));
	record(&recording, space_with(arguments[3], 0, 8));
	recording_finish(&recording);
}

static void costs_what_is_different(void **state)
{
	struct random random = {4};
	struct recording recording = {0};
	struct vma vmas[202];

	(void)state;
	history_state_init(&recording.state);
	for (size_t i = 0; i < 202; i++)
		vmas[i] = (struct vma){.start = (i * 4 + 1) * PAGE,
				       .end = (i * 4 + 2) * PAGE,
				       .name = i % 2 ? "/lib/a" : ""};
	record(&recording, space_of(vmas, 200));
	assert_in_range(recording.last, 1, 200 * 12);
	record(&recording, space_of(vmas, 200));
	assert_in_range(recording.last, 1, 8);
	assert_int_equal(recording.moved, 0);
	vmas[random_below(&random, 200)].end += PAGE;
	record(&recording, space_of(vmas, 200));
	assert_in_range(recording.last, 1, 16);
	assert_int_equal(recording.moved, 0);
	record(&recording, space_of(vmas, 202));
	assert_in_range(recording.last, 1, 24);
	assert_in_range(recording.moved, 1, 4);
	record(&recording, space_of(vmas + 1, 201));
	assert_in_range(recording.last, 1, 10);
	assert_in_range(recording.moved, 201, 403);
	assert_int_equal(recording.names.count, 3);
	recording_finish(&recording);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_edit_is_recorded),
		cmocka_unit_test(any_space_follows_any_other),
		cmocka_unit_test(each_field_counts),
		cmocka_unit_test(each_argument_and_part_counts),
		cmocka_unit_test(costs_what_is_different),
	};

	return cmocka_run_group_tests_name("history_diff", tests, NULL, NULL);
}
