/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/address_space.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"

#define KEYS(...) ((const uint32_t[]){__VA_ARGS__, 0})
#define MANY      300

static void check_same_regions(const struct region_list *a, const struct region_list *b)
{
	assert_int_equal(a->count, b->count);
	assert_int_equal(a->filtered, b->filtered);
	for (size_t i = 0; i < a->count; i++) {
		assert_true(a->regions[i].start == b->regions[i].start);
		assert_true(a->regions[i].end == b->regions[i].end);
		assert_int_equal(a->regions[i].vma, b->regions[i].vma);
		assert_int_equal(a->regions[i].hidden, b->regions[i].hidden);
		assert_int_equal(region_grown(&a->regions[i]), region_grown(&b->regions[i]));
		assert_int_equal(region_list_hidden(a, &a->regions[i]).count,
				 region_list_hidden(b, &b->regions[i]).count);
	}
}

static void check_same_matches(const struct query_matches *a, const struct query_matches *b)
{
	assert_int_equal(a->vma_count, b->vma_count);
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->vma_count; i++)
		assert_int_equal(query_matches_has(a, i), query_matches_has(b, i));
}

static void check_same_bands(const struct diagram *a, const struct diagram *b)
{
	assert_int_equal(a->band_count, b->band_count);
	for (size_t i = 0; i < a->band_count; i++) {
		assert_int_equal(a->bands[i].region, b->bands[i].region);
		assert_int_equal(a->bands[i].count, b->bands[i].count);
		assert_int_equal(a->bands[i].rows, b->bands[i].rows);
	}
}

/* What is made beside is what the screen makes of the same snapshot by itself. */
static void check_basis(struct stage *stage, struct address_space *next)
{
	const struct ui *ui = &stage->ui;
	struct address_space *space = address_space_copy(next);
	struct shown_basis basis = {.baseline = NULL};
	struct shown_wish wish;

	assert_false(shown_basis_is_made(&basis));
	assert_true(shown_wish_make(&ui->shown.picture, &ui->view, &ui->find, &wish));
	shown_basis_make(&basis, stage->session.baseline, space, NULL, &wish);
	shown_wish_finish(&wish);
	assert_true(shown_basis_is_made(&basis));
	assert_true(basis.finds);
	stage_add(stage, next, 1);
	assert_memory_equal(&basis.limits, &ui->shown.limits, sizeof(basis.limits));
	assert_int_equal(basis.growth.piece_count, ui->shown.growth.piece_count);
	check_same_regions(&basis.all, &ui->shown.all);
	check_same_regions(&basis.regions, &ui->shown.regions);
	check_same_matches(&basis.find.search.matches, &ui->find.search.matches);
	check_same_matches(&basis.find.filtered.matches, &ui->find.filtered.matches);
	assert_int_equal(basis.find.filtered.kinds, ui->find.filtered.kinds);
	check_same_bands(basis.picture.diagram, ui->shown.picture.diagram);
	shown_basis_finish(&basis);
	assert_false(shown_basis_is_made(&basis));
	address_space_destroy(space);
}

static void it_is_what_the_screen_would_make(void **state)
{
	const uint32_t *const keys[] = {
		KEYS('k'),
		KEYS('+'),
		KEYS('/', 'l', 'i', 'b', KEY_RETURN),
		KEYS('f', 'l', 'i', 'b', KEY_RETURN),
		KEYS('f', 'l', 'i', 'b', KEY_RETURN, 'f'),
		KEYS('f', 'l', 'i', 'b', KEY_RETURN, 'f', '/', 'd', 'a', 't', 'a', KEY_RETURN),
	};
	struct stage stage;

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		stage_open(&stage, sample_large(MANY), 100, 30, true);
		/* The chart opens when there is something to be seen in it. */
		stage_add(&stage, sample_large(MANY + 20), 1);
		stage_press(&stage, keys[i]);
		assert_int_equal(stage.ui.find.filter, i < 3    ? FILTER_NONE
						       : i == 3 ? FILTER_DIM
								: FILTER_HIDE);
		check_basis(&stage, sample_large(MANY + 40));
		check_basis(&stage, sample_large(MANY + 5));
		stage_close(&stage);
	}
}

static void what_is_looked_for_may_be_about_memory(void **state)
{
	struct shown_basis basis = {.baseline = NULL};
	struct shown_wish wish;
	struct stage stage;
	const struct ui *ui = &stage.ui;

	(void)state;
	stage_open(&stage, sample_python(), 100, 30, true);
	stage_scan(&stage, false);
	stage_press(&stage, KEYS('/', 'r', 's', 's', ':', '>', '4', 'K', KEY_RETURN));
	assert_true(find_needs_usage(&ui->find) && ui->find.search.matches.count > 0);
	assert_true(shown_wish_make(&ui->shown.picture, &ui->view, &ui->find, &wish));
	shown_basis_make(&basis, stage.session.baseline, stage.session.now, &stage.usage, &wish);
	check_same_matches(&basis.find.search.matches, &ui->find.search.matches);
	shown_basis_finish(&basis);
	shown_basis_make(&basis, stage.session.baseline, stage.session.now, NULL, &wish);
	assert_int_equal(basis.find.search.matches.count, 0);
	shown_basis_finish(&basis);
	shown_wish_finish(&wish);
	stage_close(&stage);
}

static void without_a_wish_nothing_is_found_or_laid_out(void **state)
{
	struct address_space *space = sample_python_grown(8192), *baseline = sample_python();
	struct shown_basis basis = {.baseline = NULL};

	(void)state;
	shown_basis_make(&basis, baseline, space, NULL, NULL);
	assert_false(basis.finds);
	assert_null(basis.found.list);
	assert_null(basis.picture.diagram);
	assert_ptr_equal(basis.regions.regions, basis.all.regions);
	/* It has a baseline of its own. */
	assert_true(address_space_same_list(basis.baseline, baseline));
	assert_ptr_not_equal(basis.baseline, baseline);
	shown_basis_finish(&basis);
	address_space_destroy(baseline);
	address_space_destroy(space);
}

/* One that takes too many steps is left to the screen, which says so. */
static void a_query_that_cannot_be_found_is_left_alone(void **state)
{
	struct shown_basis basis = {.baseline = NULL};
	struct shown_wish wish;
	struct stage stage;
	const struct ui *ui = &stage.ui;

	(void)state;
	stage_open(&stage, sample_python(), 100, 30, true);
	assert_true(shown_wish_make(&ui->shown.picture, &ui->view, &ui->find, &wish));
	strcpy(wish.find.search, "/(((((");
	shown_basis_make(&basis, stage.session.baseline, stage.session.now, NULL, &wish);
	assert_false(basis.finds);
	assert_null(basis.picture.diagram);
	assert_null(basis.find.search.query);
	assert_true(basis.all.count > 0);
	shown_basis_finish(&basis);
	shown_wish_finish(&wish);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_what_the_screen_would_make),
		cmocka_unit_test(what_is_looked_for_may_be_about_memory),
		cmocka_unit_test(without_a_wish_nothing_is_found_or_laid_out),
		cmocka_unit_test(a_query_that_cannot_be_found_is_left_alone),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("shown_basis", tests, NULL, NULL);
}
