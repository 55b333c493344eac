/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/picture/band_match.h"

/* What is looked for in the band of count regions that begins at the address. */
static struct band_match match(const struct stage *stage, uint64_t address, uint32_t count)
{
	struct scene scene = stage_scene(stage);
	size_t first = region_list_find(scene.regions, address);
	struct band band = {.start = address, .region = (uint32_t)first, .count = count, .rows = 1};
	struct band_match found;

	band.end = scene.regions->regions[first + count - 1].end;
	band_match_find(&scene, &band, &found);
	return found;
}

static void look(struct stage *stage, struct find_lookup *lookup, const char *line)
{
	const struct find_space in = {stage->ui.shown.space, NULL};
	struct text why = {0};
	size_t offset;

	assert_int_equal(find_look_for(&stage->ui.find, lookup, line, &in, &why, &offset), 0);
}

static void says_what_is_looked_for(void **state)
{
	const uint64_t heap = 0x55b5f7c8d000, libc = 0x7f83aa53e000;
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	assert_false(match(&stage, heap, 1).marked);
	assert_false(match(&stage, heap, 1).dimmed);
	assert_int_equal(match(&stage, heap, 1).kept, KIND_COUNT);
	look(&stage, &stage.ui.find.search, "heap");
	stage.ui.find.marked = true;
	assert_true(match(&stage, heap, 1).marked);
	assert_true(match(&stage, heap, 2).marked);
	assert_false(match(&stage, libc, 5).marked);
	look(&stage, &stage.ui.find.filtered, "libc perm:-x");
	stage.ui.find.filter = FILTER_DIM;
	assert_true(match(&stage, heap, 1).dimmed);
	assert_false(match(&stage, libc, 5).dimmed);
	/* The largest of libc is its code, but that is not kept. */
	assert_int_equal(match(&stage, libc, 5).kept, KIND_RODATA);
	assert_true(match(&stage, 0x7f83aa564000, 1).dimmed);
	/* A gap is nothing that could match. */
	assert_false(match(&stage, 0x55b5f7e87000, 1).dimmed);
	stage_close(&stage);
}

static void words_have_a_role(void **state)
{
	(void)state;
	assert_int_equal(band_match_role(&(struct band_match){0}, ROLE_FOLD), ROLE_FOLD);
	assert_int_equal(band_match_role(&(struct band_match){.dimmed = true}, ROLE_FOLD),
			 ROLE_MUTED);
	assert_int_equal(
		band_match_role(&(struct band_match){.dimmed = true, .marked = true}, ROLE_FOLD),
		ROLE_MATCH);
}

/* What a filter keeps has its kind, whichever that is. */
static void what_is_kept_has_its_kind(void **state)
{
	static const struct {
		const char *line;
		enum kind kind;
	} cases[] = {{"kind:text", KIND_TEXT},
		     {"kind:heap", KIND_HEAP},
		     {"kind:vsyscall", KIND_VSYSCALL}};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	stage.ui.find.filter = FILTER_DIM;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		look(&stage, &stage.ui.find.filtered, cases[i].line);
		assert_int_equal(match(&stage, 0, (uint32_t)stage.ui.shown.regions.count).kept,
				 cases[i].kind);
	}
	/* Of several that of most bytes. */
	look(&stage, &stage.ui.find.filtered, "heap|stack");
	assert_int_equal(match(&stage, 0, (uint32_t)stage.ui.shown.regions.count).kept,
			 KIND_THREAD_STACK);
	look(&stage, &stage.ui.find.filtered, "[[](heap|stack)[]]");
	assert_int_equal(match(&stage, 0, (uint32_t)stage.ui.shown.regions.count).kept, KIND_HEAP);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_is_looked_for),
		cmocka_unit_test(words_have_a_role),
		cmocka_unit_test(what_is_kept_has_its_kind),
	};

	return cmocka_run_group_tests_name("band_match", tests, NULL, NULL);
}
