/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "high_descriptor.h"
#include "files/trial_mapping.h"
#include "kernel/avoid.h"
#include "kernel/procmap_query.h"
#include "maps_lines.h"

/* The line of this program's own code. */
static struct vma own_code(struct maps_lines *lines)
{
	struct text text = {0};
	struct vma code = {0};

	maps_lines_read_self(&text);
	maps_lines_init(lines, text_string(&text));
	text_finish(&text);
	for (size_t i = 0; i < lines->count; i++)
		if (lines->vmas[i].start <= (uintptr_t)&own_code &&
		    (uintptr_t)&own_code < lines->vmas[i].end)
			code = lines->vmas[i];
	assert_true(code.inode);
	return code;
}

static void check_numbers(unsigned avoid)
{
	int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct trial_mapping trial;
	struct maps_lines lines;
	struct vma code = own_code(&lines);

	assert_int_equal(trial_mapping_make(file, avoid, &trial), 0);
	assert_true(trial.numbers.inode == code.inode);
	assert_int_equal(trial.numbers.dev_major, code.dev_major);
	assert_int_equal(trial.numbers.dev_minor, code.dev_minor);
	if (avoid)
		assert_false(trial.has_build_id);
	close(file);
	maps_lines_finish(&lines);
}

static void the_numbers_are_those_of_maps(void **state)
{
	(void)state;
	check_numbers(0);
	check_numbers(AVOID_PROCMAP_QUERY);
}

static void the_build_id_is_that_of_the_mapped_file(void **state)
{
	int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	int maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	struct trial_mapping trial;
	struct procmap_file mapped;

	(void)state;
	assert_int_equal(trial_mapping_make(file, 0, &trial), 0);
	if (trial.has_build_id) {
		assert_int_equal(procmap_query_file(maps, (uintptr_t)&check_numbers, &mapped), 0);
		assert_int_equal(trial.build_id.size, mapped.build_id.size);
		assert_memory_equal(trial.build_id.bytes, mapped.build_id.bytes, BUILD_ID_MAX);
	}
	close(file);
	close(maps);
}

static void nothing_stays_mapped(void **state)
{
	int file = memfd_create("empty", MFD_CLOEXEC);
	struct trial_mapping trial;
	struct maps_lines lines;

	(void)state;
	/* Not a byte of it is there to be touched. */
	assert_int_equal(trial_mapping_make(file, 0, &trial), 0);
	if (trial.has_build_id)
		assert_int_equal(trial.build_id.size, 0);
	own_code(&lines);
	for (size_t i = 0; i < lines.count; i++)
		assert_string_not_equal(lines.vmas[i].name, "/memfd:empty");
	maps_lines_finish(&lines);
	close(file);
}

static void what_cannot_be_mapped_is_an_error(void **state)
{
	int folder = high_descriptor(open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	struct trial_mapping trial;

	(void)state;
	assert_int_equal(trial_mapping_make(folder, 0, &trial), -ENODEV);
	assert_int_equal(trial_mapping_make(-1, 0, &trial), -EBADF);
	close(folder);
}

/* Without a descriptor for what is mapped nothing is known of it. */
static void without_a_descriptor_nothing_is_told(void **state)
{
	int file = high_descriptor(open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
	struct trial_mapping trial = {.numbers = {.inode = 77}};
	struct rlimit before, none;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_int_equal(trial_mapping_make(file, 0, &trial), -EMFILE);
	assert_int_equal(trial_mapping_make(file, AVOID_PROCMAP_QUERY, &trial), -EMFILE);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_true(trial.numbers.inode == 77);
	close(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_numbers_are_those_of_maps),
		cmocka_unit_test(the_build_id_is_that_of_the_mapped_file),
		cmocka_unit_test(nothing_stays_mapped),
		cmocka_unit_test(what_cannot_be_mapped_is_an_error),
		cmocka_unit_test(without_a_descriptor_nothing_is_told),
	};

	return cmocka_run_group_tests_name("trial_mapping", tests, NULL, NULL);
}
