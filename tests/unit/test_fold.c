/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "support/sample.h"

#include <locale.h>

#include "base/text.h"
#include "base/utf8.h"
#include "layout/fold.h"
#include "model/query_matches.h"
#include "model/runtime.h"
#include "random_space.h"

/* A library, a gap, a stack that may do everything, a hostile name; all in one band. */
static const struct vma vmas[] = {
	{.start = 10 * PAGE,
	 .end = 14 * PAGE,
	 .name = "/lib/libc.so.6",
	 .perms = PERM_READ,
	 .kind = KIND_RODATA},
	{.start = 14 * PAGE,
	 .end = 20 * PAGE,
	 .name = "/lib/libc.so.6",
	 .perms = PERM_READ | PERM_EXEC,
	 .kind = KIND_TEXT},
	{.start = 30 * PAGE,
	 .end = 33 * PAGE,
	 .name = "/lib/a\x1b[2J",
	 .perms = PERM_WRITE | PERM_EXEC,
	 .kind = KIND_JIT},
	{.start = 33 * PAGE, .end = 63 * PAGE, .name = "", .perms = 0, .kind = KIND_RESERVE},
	{.start = 63 * PAGE,
	 .end = 65 * PAGE,
	 .name = "[vdso]",
	 .perms = PERM_READ | PERM_SHARED,
	 .kind = KIND_VDSO},
};

struct scene {
	struct address_space *space;
	struct region_list list;
	struct band band;
};

/* A band from the first region that ends above start to the last that begins below end. */
static void scene_init(struct scene *scene, uint64_t start, uint64_t end)
{
	scene->space = space_of(vmas, sizeof(vmas) / sizeof(vmas[0]));
	region_list_init(&scene->list, scene->space);
	scene->band = (struct band){.start = start, .end = end, .rows = 1};
	scene->band.region = (uint32_t)region_list_find(&scene->list, start);
	scene->band.count =
		(uint32_t)region_list_find(&scene->list, end - 1) - scene->band.region + 1;
}

static void scene_finish(struct scene *scene)
{
	region_list_finish(&scene->list);
	address_space_destroy(scene->space);
}

static void adds_up_what_the_band_holds(void **state)
{
	struct scene scene;
	struct fold fold;

	(void)state;
	scene_init(&scene, 0, 70 * PAGE);
	fold_summarize(scene.space, &scene.list, &scene.band, &fold);
	assert_int_equal(fold.mappings, 5);
	assert_int_equal(fold.gaps, 3);
	assert_int_equal(fold.mapped, 45 * PAGE);
	assert_int_equal(fold.perms, PERM_READ | PERM_WRITE | PERM_EXEC | PERM_SHARED);
	assert_int_equal(fold.writable_executable, 1);
	assert_int_equal(fold.kind, KIND_TEXT);
	scene_finish(&scene);
}

static void counts_only_what_lies_in_the_band(void **state)
{
	struct scene scene;
	struct fold fold;

	(void)state;
	scene_init(&scene, 11 * PAGE, 16 * PAGE);
	fold_summarize(scene.space, &scene.list, &scene.band, &fold);
	assert_int_equal(fold.mappings, 2);
	assert_int_equal(fold.gaps, 0);
	assert_int_equal(fold.mapped, 5 * PAGE);
	assert_int_equal(fold.perms, PERM_READ | PERM_EXEC);
	assert_int_equal(fold.writable_executable, 0);
	assert_int_equal(fold.kind, KIND_RODATA);
	scene_finish(&scene);
}

static void access_counts_before_bytes(void **state)
{
	struct scene scene;
	struct fold fold;

	(void)state;
	scene_init(&scene, 34 * PAGE, 40 * PAGE);
	fold_summarize(scene.space, &scene.list, &scene.band, &fold);
	assert_int_equal(fold.kind, KIND_RESERVE);
	assert_int_equal(fold.perms, 0);
	scene_finish(&scene);
	/* Three pages that can be written count more than seven without access. */
	scene_init(&scene, 30 * PAGE, 40 * PAGE);
	fold_summarize(scene.space, &scene.list, &scene.band, &fold);
	assert_int_equal(fold.kind, KIND_JIT);
	scene_finish(&scene);
	scene_init(&scene, 21 * PAGE, 22 * PAGE);
	fold_summarize(scene.space, &scene.list, &scene.band, &fold);
	assert_int_equal(fold.kind, KIND_GAP);
	assert_int_equal(fold.gaps, 1);
	assert_int_equal(fold.mappings, 0);
	scene_finish(&scene);
}

static void check_names(struct scene *scene, size_t columns, const char *expected)
{
	struct text text = {0};

	text_append(&text, ">");
	fold_append_names(&text, scene->space, &scene->list, &scene->band, columns, "..");
	assert_string_equal(text_string(&text) + 1, expected);
	assert_true(utf8_columns(text_string(&text) + 1) <= columns);
	text_finish(&text);
}

static void names_fill_the_columns_and_no_more(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene, 0, 70 * PAGE);
	check_names(&scene, 80, "libc, a\\x1b[2J, [vdso], reserve");
	check_names(&scene, 31, "libc, a\\x1b[2J, [vdso], reserve");
	check_names(&scene, 30, "libc, a\\x1b[2J, [vdso] ..");
	check_names(&scene, 25, "libc, a\\x1b[2J, [vdso] ..");
	check_names(&scene, 24, "libc, a\\x1b[2J ..");
	check_names(&scene, 17, "libc, a\\x1b[2J ..");
	check_names(&scene, 16, "libc ..");
	check_names(&scene, 7, "libc ..");
	check_names(&scene, 6, "libc..");
	check_names(&scene, 5, "lib..");
	check_names(&scene, 3, "l..");
	check_names(&scene, 2, "..");
	check_names(&scene, 1, "");
	check_names(&scene, 0, "");
	scene_finish(&scene);
}

static void a_gap_has_no_name(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene, 21 * PAGE, 22 * PAGE);
	check_names(&scene, 20, "");
	scene_finish(&scene);
}

static void what_is_hidden_counts_apart(void **state)
{
	struct query_matches kept;
	struct scene scene;
	struct fold fold;

	(void)state;
	scene_init(&scene, 0, 70 * PAGE);
	query_matches_init(&kept, scene.space->vma_count);
	query_matches_remove(&kept, 1);
	query_matches_remove(&kept, 2);
	region_list_hide(&scene.list, &kept);
	scene.band.count = (uint32_t)region_list_find(&scene.list, 70 * PAGE - 1) + 1;
	fold_summarize(scene.space, &scene.list, &scene.band, &fold);
	assert_int_equal(fold.mappings, 3);
	assert_int_equal(fold.hidden, 2);
	assert_true(fold.hidden_bytes == scene.space->vmas[1].end - scene.space->vmas[1].start +
						 scene.space->vmas[2].end -
						 scene.space->vmas[2].start);
	assert_int_equal(fold.gaps, 2); /* the one between them is hidden, too */
	assert_int_equal(fold.writable_executable, 0);
	query_matches_finish(&kept);
	scene_finish(&scene);
}

static void parts_count_as_one_mapping(void **state)
{
	struct address_space *space = sample_stacks(2);
	struct region_list list;
	struct text names = {0};
	struct band band;
	struct fold fold;

	(void)state;
	region_list_init(&list, space);
	band = (struct band){.region = (uint32_t)region_list_find(&list, 0x7f83a7f80000),
			     .count = 4};
	band.start = list.regions[band.region].start;
	band.end = list.regions[band.region + 3].end;
	fold_summarize(space, &list, &band, &fold);
	assert_int_equal(fold.mappings, 1);
	assert_int_equal(fold.parts, 4);
	assert_int_equal(fold.mapped, 2 * 0x801000);
	assert_int_equal(fold.kind, KIND_THREAD_STACK);
	fold_append_names(&names, space, &list, &band, 40, "~");
	assert_string_equal(text_string(&names), "thread-stack");
	text_finish(&names);
	region_list_finish(&list);
	address_space_destroy(space);
}

/* What a band of all of the mappings holds. */
static struct fold summarize(const struct vma *all, size_t count)
{
	struct address_space *space = space_of(all, count);
	struct region_list list;
	struct fold fold;

	region_list_init(&list, space);
	fold_summarize(space, &list,
		       &(struct band){.end = list.regions[list.count - 1].end,
				      .count = (uint32_t)list.count},
		       &fold);
	/* The name is that of a mapping of the space. */
	if (fold.object) {
		assert_in_range((uintptr_t)fold.object, (uintptr_t)space->vmas,
				(uintptr_t)(space->vmas + count - 1));
		assert_string_equal(fold.object->name, "/lib/a");
	}
	region_list_finish(&list);
	address_space_destroy(space);
	return fold;
}

static void what_is_alike_in_all_is_said(void **state)
{
	struct vma all[3];
	struct fold fold;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		all[i] = (struct vma){.start = (10 + 2 * i) * PAGE,
				      .end = (11 + 2 * i) * PAGE,
				      .name = "/lib/a",
				      .inode = 7,
				      .perms = PERM_READ,
				      .kind = KIND_RODATA,
				      .runtime = RUNTIME_V8};
	fold = summarize(all, 3);
	assert_int_equal(fold.like, KIND_RODATA);
	assert_int_equal(fold.like_size, PAGE);
	assert_int_equal(fold.runtime, RUNTIME_V8);
	assert_int_equal(fold.accessible, 3);
	assert_int_equal(fold.guards, 0);
	assert_int_equal(fold.reserves, 0);
	assert_int_equal(fold.only, 1);
	assert_non_null(fold.object);
	assert_false(fold.is_beyond);
	/* Each of them can be the one that is not. */
	for (size_t i = 0; i < 3; i++) {
		struct vma others[3];

		memcpy(others, all, sizeof(all));
		others[i].kind = KIND_TEXT;
		fold = summarize(others, 3);
		assert_int_equal(fold.like, KIND_COUNT);
		assert_non_null(fold.object);
		others[i].kind = KIND_ANON;
		assert_null(summarize(others, 3).object);
		memcpy(others, all, sizeof(all));
		others[i].end += PAGE / 2;
		fold = summarize(others, 3);
		assert_int_equal(fold.like_size, 0);
		assert_int_equal(fold.like, KIND_RODATA);
		memcpy(others, all, sizeof(all));
		others[i].runtime = RUNTIME_NONE;
		assert_int_equal(summarize(others, 3).runtime, RUNTIME_NONE);
		memcpy(others, all, sizeof(all));
		others[i].inode = 8;
		assert_null(summarize(others, 3).object);
	}
}

/* Guards and what is reserved count apart. */
static void what_has_no_access_is_not_alike(void **state)
{
	struct vma all[4];
	struct fold fold;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		all[i] = (struct vma){.start = (10 + 2 * i) * PAGE,
				      .end = (11 + 2 * i) * PAGE,
				      .name = "",
				      .kind = i % 2 ? KIND_GUARD : KIND_RESERVE};
	all[2].kind = KIND_THREAD_STACK;
	all[2].perms = PERM_READ | PERM_WRITE;
	fold = summarize(all, 4);
	assert_int_equal(fold.guards, 2);
	assert_int_equal(fold.reserves, 1);
	assert_int_equal(fold.accessible, 1);
	assert_int_equal(fold.only, 5);
	assert_int_equal(fold.like, KIND_THREAD_STACK);
	assert_int_equal(fold.like_size, all[2].end - all[2].start);
	assert_int_equal(fold.kind, KIND_THREAD_STACK);
	assert_null(fold.object);
	assert_int_equal(fold.mappings, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adds_up_what_the_band_holds),
		cmocka_unit_test(counts_only_what_lies_in_the_band),
		cmocka_unit_test(access_counts_before_bytes),
		cmocka_unit_test(names_fill_the_columns_and_no_more),
		cmocka_unit_test(a_gap_has_no_name),
		cmocka_unit_test(what_is_hidden_counts_apart),
		cmocka_unit_test(parts_count_as_one_mapping),
		cmocka_unit_test(what_is_alike_in_all_is_said),
		cmocka_unit_test(what_has_no_access_is_not_alike),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
