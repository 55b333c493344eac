/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core_bytes.h"

#include "core/core_image.h"
#include "core/core_mappings.h"
#include "model/vma.h"

struct made_mappings {
	struct core_made made;
	struct core_image *image;
	struct core_mappings mappings;
};

static void make(struct made_mappings *made, const struct core_bytes *bytes)
{
	core_made_init(&made->made, &bytes->core);
	assert_int_equal(core_image_open(&made->made.reader, NULL, &made->image), 0);
	core_mappings_make(made->image, &made->mappings);
}

static void finish(struct made_mappings *made)
{
	core_mappings_finish(&made->mappings);
	kept_memory_release(&made->image->kept);
	free(made->made.bytes);
}

static void expect(const struct vma *vma, uint64_t start, uint64_t end, const char *perms,
		   const char *name)
{
	char out[PERMS_LENGTH];

	assert_int_equal(vma->start, start);
	assert_int_equal(vma->end, end);
	assert_string_equal(vma_perms(vma, out), perms);
	assert_string_equal(vma->name, name);
	assert_int_equal(vma->inode != 0, *name != '\0');
	assert_int_equal(vma_is_numbered(vma), *name == '\0');
}

static void segments_have_the_names_of_files(void **state)
{
	struct made_mappings made;
	struct core_bytes bytes;

	(void)state;
	core_bytes_init(&bytes);
	make(&made, &bytes);
	assert_int_equal(made.mappings.count, 8);
	assert_int_equal(made.mappings.file_count, 1);
	expect(&made.mappings.vmas[0], CORE_TEXT, CORE_DATA, "r-x?", CORE_PROGRAM_NAME);
	expect(&made.mappings.vmas[1], CORE_DATA, CORE_DATA_END, "rw-?", CORE_PROGRAM_NAME);
	assert_int_equal(made.mappings.vmas[1].offset, 2 * CORE_PAGE);
	assert_int_equal(made.mappings.vmas[1].inode, made.mappings.vmas[0].inode);
	expect(&made.mappings.vmas[2], CORE_HEAP, CORE_HEAP_END, "rw-p", "");
	finish(&made);
}

/* What a debugger does not dump is only in the list of files; one segment can have several. */
static void files_cut_segments(void **state)
{
	struct made_mappings made;
	struct core_bytes bytes;

	(void)state;
	core_bytes_init(&bytes);
	bytes.files[0] =
		(struct written_range){CORE_TEXT - CORE_PAGE, CORE_TEXT + CORE_PAGE, 0, "/a"};
	bytes.files[1] = (struct written_range){CORE_HEAP + CORE_PAGE, CORE_HEAP + 2 * CORE_PAGE,
						8 * CORE_PAGE, "/b"};
	bytes.files[2] =
		(struct written_range){CORE_STACK_END, CORE_STACK_END + CORE_PAGE, 0, "/a"};
	bytes.core.file_count = 3;
	make(&made, &bytes);
	assert_int_equal(made.mappings.file_count, 2);
	assert_int_equal(made.mappings.count, 13);
	expect(&made.mappings.vmas[0], CORE_TEXT - CORE_PAGE, CORE_TEXT, "????", "/a");
	expect(&made.mappings.vmas[1], CORE_TEXT, CORE_TEXT + CORE_PAGE, "r-x?", "/a");
	assert_int_equal(made.mappings.vmas[1].offset, CORE_PAGE);
	expect(&made.mappings.vmas[2], CORE_TEXT + CORE_PAGE, CORE_DATA, "r-xp", "");
	expect(&made.mappings.vmas[5], CORE_HEAP + CORE_PAGE, CORE_HEAP + 2 * CORE_PAGE, "rw-?",
	       "/b");
	expect(&made.mappings.vmas[6], CORE_HEAP + 2 * CORE_PAGE, CORE_HEAP_END, "rw-p", "");
	expect(&made.mappings.vmas[12], CORE_STACK_END, CORE_STACK_END + CORE_PAGE, "????", "/a");
	finish(&made);
}

static void marks_tell_of_deleted_and_of_shared_files(void **state)
{
	struct made_mappings made;
	struct core_bytes bytes;

	(void)state;
	core_bytes_init(&bytes);
	bytes.files[0].name = "/tmp/x (deleted)";
	bytes.files[1].name = "/dev/zero (deleted)";
	bytes.files[2] = (struct written_range){CORE_HEAP, CORE_HEAP_END, 0, "/SYSV0000 (deleted)"};
	bytes.core.file_count = 3;
	make(&made, &bytes);
	expect(&made.mappings.vmas[0], CORE_TEXT, CORE_DATA, "r-x?", "/tmp/x");
	assert_true(made.mappings.vmas[0].deleted);
	expect(&made.mappings.vmas[1], CORE_DATA, CORE_DATA_END, "rw-s", "/dev/zero");
	expect(&made.mappings.vmas[2], CORE_HEAP, CORE_HEAP_END, "rw-s", "/SYSV0000");
	finish(&made);
}

static void without_the_list_nothing_is_known_of_sharing(void **state)
{
	struct made_mappings made;
	struct core_bytes bytes;

	(void)state;
	core_bytes_init(&bytes);
	bytes.core.no_files = true;
	make(&made, &bytes);
	expect(&made.mappings.vmas[2], CORE_HEAP, CORE_HEAP_END, "rw-?", "");
	finish(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(segments_have_the_names_of_files),
		cmocka_unit_test(files_cut_segments),
		cmocka_unit_test(marks_tell_of_deleted_and_of_shared_files),
		cmocka_unit_test(without_the_list_nothing_is_known_of_sharing),
	};

	return cmocka_run_group_tests_name("core_mappings", tests, NULL, NULL);
}
