/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

#include "files/scout.h"
#include "files/twins.h"
#include "kernel/maps_file.h"
#include "procfs/maps_parser.h"

/*
 * This process's list, in which the C library is said to be at the program's path, with its
 * numbers.
 */
struct forged {
	int directory;
	struct scout scout;
	struct maps_parser maps;
	struct vma program, library; /* the first of each, as it was */
};

static bool is_at(const struct vma *vma, uintptr_t address)
{
	return vma->start <= address && address < vma->end;
}

static void forge(struct forged *forged)
{
	struct maps_parser *maps = &forged->maps;
	struct vma program = {0}, library = {0};

	forged->directory = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	forged->scout = (struct scout){.directory = forged->directory};
	maps_parser_init(maps, (struct hash_key){{0}});
	assert_int_equal(maps_file_read(maps, forged->directory, "maps"), 0);
	for (size_t i = 0; i < maps->count; i++) {
		if (is_at(&maps->vmas[i], (uintptr_t)&forge))
			program = maps->vmas[i];
		if (is_at(&maps->vmas[i], (uintptr_t)dlsym(RTLD_DEFAULT, "getpid")))
			library = maps->vmas[i];
	}
	assert_true(program.inode && library.inode && !vma_same_file(&program, &library));
	for (size_t i = 0; i < maps->count; i++) {
		struct vma *vma = &maps->vmas[i];

		if (!vma_same_file(vma, &library))
			continue;
		vma->inode = program.inode;
		vma->dev_major = program.dev_major;
		vma->dev_minor = program.dev_minor;
		vma->name = program.name;
	}
	forged->program = program;
	forged->library = library;
}

static void finish(struct forged *forged)
{
	maps_parser_finish(&forged->maps);
	close(forged->directory);
}

static uint64_t distance(const struct vma *a, const struct vma *b)
{
	return a->start < b->start ? b->start - a->start : a->start - b->start;
}

/* How many mappings of the forged list have another number than its file must have. */
static size_t count_wrong(const struct forged *forged)
{
	size_t wrong = 0;

	for (size_t i = 0; i < forged->maps.count; i++) {
		const struct vma *vma = &forged->maps.vmas[i];
		bool is_library = vma->inode == forged->program.inode &&
				  distance(vma, &forged->library) < distance(vma, &forged->program);

		wrong += vma->twin != is_library;
	}
	return wrong;
}

/* Who may not follow the kernel's links has only the build-ids, which are not read of forgeries. */
static void files_of_one_key_are_told_apart(void **state)
{
	struct twins twins = {.marks = NULL};
	struct file_traits traits;
	struct forged forged;

	(void)state;
	forge(&forged);
	scout_read_traits(&forged.scout, &forged.program, &traits);
	if (!traits.has_link) {
		finish(&forged);
		skip();
	}
	twins_find(&twins, &forged.scout, forged.maps.vmas, forged.maps.count);
	assert_true(twins.count >= 2);
	assert_int_equal(count_wrong(&forged), 0);
	for (size_t i = 0; i < forged.maps.count; i++)
		forged.maps.vmas[i].twin = 0;
	twins_mark(&twins, forged.maps.vmas, forged.maps.count);
	assert_int_equal(count_wrong(&forged), 0);
	twins_finish(&twins);
	finish(&forged);
}

/* A gap in it, or memory of another file, does not make two files of one. */
static void one_file_at_two_places_is_one(void **state)
{
	struct twins twins = {.marks = NULL};
	struct forged forged;
	size_t twin_count = 0;

	(void)state;
	forge(&forged);
	maps_file_read(&forged.maps, forged.directory, "maps");
	for (size_t i = 0; i + 1 < forged.maps.count; i++)
		if (vma_same_file(&forged.maps.vmas[i], &forged.maps.vmas[i + 1]))
			forged.maps.vmas[i + 1].name = i % 2 ? "/a" : "/b";
	twins_find(&twins, &forged.scout, forged.maps.vmas, forged.maps.count);
	for (size_t i = 0; i < forged.maps.count; i++)
		twin_count += forged.maps.vmas[i].twin;
	assert_int_equal(twin_count, 0);
	assert_int_equal(twins.count, 0);
	twins_finish(&twins);
	finish(&forged);
}

static void twins_are_marked_again(void **state)
{
	struct twins twins = {.marks = NULL};
	struct twin_mark marks[] = {{0x2000, 1}, {0x3000, 2}, {0x9000, 1}};
	struct vma vmas[] = {{.start = 0x1000}, {.start = 0x2000}, {.start = 0x3000},
			     {.start = 0x8000}, {.start = 0x9000}, {.start = 0xa000}};
	static const uint8_t expected[] = {0, 1, 2, 0, 1, 0};

	(void)state;
	twins.marks = marks;
	twins.count = 3;
	twins_mark(&twins, vmas, 6);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(vmas[i].twin, expected[i]);
	/* From the first mapping to the last, and no farther than it is asked. */
	twins_mark(&twins, vmas + 1, 1);
	for (size_t count = 0; count < 6; count++) {
		for (size_t i = 0; i < 6; i++)
			vmas[i].twin = 0;
		twins_mark(&twins, vmas + 1, count);
		for (size_t i = 0; i < 6; i++)
			assert_int_equal(vmas[i].twin, i >= 1 && i < count + 1 ? expected[i] : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_one_key_are_told_apart),
		cmocka_unit_test(one_file_at_two_places_is_one),
		cmocka_unit_test(twins_are_marked_again),
	};

	return cmocka_run_group_tests_name("twins", tests, NULL, NULL);
}
