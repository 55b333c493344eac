/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "model/address_space.h"
#include "model/object.h"
#include "support/sample.h"

#define FILE_A 7
#define FILE_B 8

static size_t span(const struct vma *vmas, size_t count)
{
	const struct address_space space = {.vmas = vmas, .vma_count = count};

	return object_span_end(&space, 0);
}

static struct vma of_file(uint64_t start, uint64_t end, uint64_t inode)
{
	return (struct vma){.start = start,
			    .end = end,
			    .inode = inode,
			    .name = "/usr/lib/liba.so",
			    .perms = PERM_READ,
			    .kind = KIND_RODATA,
			    .kind_source = KIND_SOURCE_ELF};
}

static struct vma without_file(uint64_t start, uint64_t end, enum kind kind,
			       enum kind_source source)
{
	return (struct vma){.start = start,
			    .end = end,
			    .name = "",
			    .perms = PERM_READ | PERM_WRITE,
			    .kind = (uint8_t)kind,
			    .kind_source = (uint8_t)source};
}

static void a_library_is_its_mappings_and_its_bss(void **state)
{
	struct address_space *space = sample_python();
	size_t libc = address_space_find(space, 0x7f83aa53e000);
	size_t program = address_space_find(space, 0x55b5c3c00000);

	(void)state;
	assert_int_equal(object_span_end(space, libc), libc + 6);
	assert_int_equal(space->vmas[libc + 5].kind, KIND_BSS);
	/* The heap comes next, and is no part of the program's file. */
	assert_int_equal(object_span_end(space, program), program + 6);
	address_space_destroy(space);
}

static void memory_of_no_file_is_no_object(void **state)
{
	const struct vma anonymous[] = {
		without_file(0x1000, 0x2000, KIND_ANON, KIND_SOURCE_PERMISSIONS),
		without_file(0x2000, 0x3000, KIND_ANON, KIND_SOURCE_PERMISSIONS),
	};

	(void)state;
	assert_int_equal(span(anonymous, 2), 1);
}

static void another_file_or_foreign_memory_ends_it(void **state)
{
	const struct vma files[] = {of_file(0x1000, 0x2000, FILE_A),
				    of_file(0x2000, 0x3000, FILE_B)};
	const struct vma arena[] = {
		of_file(0x1000, 0x2000, FILE_A),
		without_file(0x2000, 0x3000, KIND_ARENA, KIND_SOURCE_SHAPE),
		of_file(0x3000, 0x4000, FILE_A),
	};

	(void)state;
	assert_int_equal(span(files, 2), 1);
	assert_int_equal(span(arena, 3), 1);
}

static void memory_in_place_of_its_code_is_a_part(void **state)
{
	const struct vma vmas[] = {
		of_file(0x1000, 0x2000, FILE_A),
		without_file(0x2000, 0x3000, KIND_TEXT, KIND_SOURCE_ELF),
		of_file(0x3000, 0x4000, FILE_A),
	};

	(void)state;
	assert_int_equal(span(vmas, 3), 3);
}

static void holes_are_allowed_up_to_a_size(void **state)
{
	const uint64_t most = 0x2000 + OBJECT_SPAN_HOLE_MAX;
	const struct vma near[] = {of_file(0x1000, 0x2000, FILE_A),
				   of_file(most, most + 0x1000, FILE_A)};
	const struct vma far[] = {of_file(0x1000, 0x2000, FILE_A),
				  of_file(most + 0x1000, most + 0x2000, FILE_A)};

	(void)state;
	assert_int_equal(span(near, 2), 2);
	assert_int_equal(span(far, 2), 1);
}

static size_t file_of(const struct vma *vmas, size_t count, size_t index)
{
	const struct address_space space = {.vmas = vmas, .vma_count = count};

	return object_file_vma(&space, index);
}

static void memory_without_a_file_belongs_to_one_beside_it(void **state)
{
	const struct vma vmas[] = {
		without_file(0x1000, 0x2000, KIND_TEXT, KIND_SOURCE_ELF), /* moved to huge pages */
		of_file(0x2000, 0x3000, FILE_A),
		without_file(0x3000, 0x4000, KIND_DATA, KIND_SOURCE_ELF),
		without_file(0x4000, 0x5000, KIND_BSS, KIND_SOURCE_ELF),
		without_file(0x5000, 0x6000, KIND_HEAP, KIND_SOURCE_NAME),
		without_file(OBJECT_SPAN_HOLE_MAX * 4, OBJECT_SPAN_HOLE_MAX * 4 + 0x1000, KIND_BSS,
			     KIND_SOURCE_ELF),
	};
	size_t none = sizeof(vmas) / sizeof(vmas[0]);

	(void)state;
	assert_int_equal(file_of(vmas, none, 0), 1);
	assert_int_equal(file_of(vmas, none, 1), 1);
	assert_int_equal(file_of(vmas, none, 2), 1);
	assert_int_equal(file_of(vmas, none, 3), 1);
	assert_int_equal(file_of(vmas, none, 4), none);
	assert_int_equal(file_of(vmas, none, 5), none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_library_is_its_mappings_and_its_bss),
		cmocka_unit_test(memory_of_no_file_is_no_object),
		cmocka_unit_test(another_file_or_foreign_memory_ends_it),
		cmocka_unit_test(memory_in_place_of_its_code_is_a_part),
		cmocka_unit_test(holes_are_allowed_up_to_a_size),
		cmocka_unit_test(memory_without_a_file_belongs_to_one_beside_it),
	};

	return cmocka_run_group_tests_name("object_spans", tests, NULL, NULL);
}
