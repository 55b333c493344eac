/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "layout/diagram.h"
#include "model/address_space.h"
#include "support/sample.h"
#include "ui/picture/band_folds.h"

struct picture {
	struct address_space *space;
	struct region_list regions;
	struct diagram *diagram;
};

static void open_picture(struct picture *picture, struct address_space *space, uint64_t rows)
{
	picture->space = space;
	region_list_init(&picture->regions, space);
	picture->diagram = diagram_build(&(struct diagram_request){
		.regions = &picture->regions, .end = UINT64_MAX, .rows = rows});
}

static void close_picture(struct picture *picture)
{
	diagram_destroy(picture->diagram);
	region_list_finish(&picture->regions);
	address_space_destroy(picture->space);
}

static void assert_fold(const struct band_folds *folds, const struct picture *picture,
			const struct band *band)
{
	struct fold fold, wanted;

	band_folds_find(folds, picture->space, &picture->regions, band, &fold);
	fold_summarize(picture->space, &picture->regions, band, &wanted);
	assert_true(fold.mapped == wanted.mapped && fold.gaps == wanted.gaps);
	assert_true(fold.mappings == wanted.mappings && fold.kind == wanted.kind);
}

static void bands_of_the_diagram_are_at_hand(void **state)
{
	struct band_folds folds = {.folds = NULL};
	struct picture picture;
	struct fold fold;

	(void)state;
	open_picture(&picture, sample_python(), 30);
	band_folds_find(&folds, picture.space, &picture.regions, &picture.diagram->bands[1], &fold);
	assert_true(fold.mapped != 7);
	band_folds_make(&folds, picture.space, &picture.regions, picture.diagram);
	for (size_t i = 0; i < picture.diagram->band_count; i++) {
		assert_fold(&folds, &picture, &picture.diagram->bands[i]);
		/* It is not looked at again. */
		folds.folds[i].mapped = 7;
		band_folds_find(&folds, picture.space, &picture.regions, &picture.diagram->bands[i],
				&fold);
		assert_true(fold.mapped == 7);
	}
	band_folds_finish(&folds);
	assert_null(folds.diagram);
	close_picture(&picture);
}

/* As those of a table's rows, or of a picture on paper. */
static void other_bands_are_looked_at(void **state)
{
	struct band_folds folds = {.folds = NULL};
	struct picture picture;
	uint64_t end;

	(void)state;
	open_picture(&picture, sample_python(), 30);
	end = picture.regions.regions[picture.regions.count - 1].end;
	assert_fold(NULL, &picture, &picture.diagram->bands[0]);
	band_folds_make(&folds, picture.space, &picture.regions, picture.diagram);
	for (size_t i = 0; i < picture.regions.count; i++) {
		const struct region *region = &picture.regions.regions[i];
		const struct band one =
			diagram_band_of(&picture.regions, region->start, region->end);
		struct band all = diagram_band_of(&picture.regions, region->start, end);

		assert_fold(&folds, &picture, &one);
		assert_fold(&folds, &picture, &all);
	}
	/* One behind the other, of the same diagram. */
	band_folds_make(&folds, picture.space, &picture.regions, picture.diagram);
	band_folds_finish(&folds);
	close_picture(&picture);
}

static void assert_names(const struct band_folds *folds, const struct picture *picture,
			 const struct band *band, size_t columns)
{
	struct text text = {0}, wanted = {0};

	band_folds_append_names(folds, &text, picture->space, &picture->regions, band, columns,
				"~");
	fold_append_names(&wanted, picture->space, &picture->regions, band, columns, "~");
	assert_string_equal(text_string(&text), text_string(&wanted));
	text_finish(&text);
	text_finish(&wanted);
}

/* Those of a band of more than 1024 regions are found once, of others each time. */
static void names_are_those_of_the_band(void **state)
{
	struct band_folds folds = {.folds = NULL};
	struct picture picture;
	size_t many = 0;

	(void)state;
	open_picture(&picture, sample_large(6000), 4);
	band_folds_make(&folds, picture.space, &picture.regions, picture.diagram);
	for (size_t i = 0; i < picture.diagram->band_count; i++) {
		const struct band *band = &picture.diagram->bands[i];

		assert_null(folds.names[i]);
		assert_names(&folds, &picture, band, 40);
		assert_int_equal(folds.names[i] != NULL, band->count > 1024);
		assert_names(&folds, &picture, band, 12);
		assert_names(NULL, &picture, band, 12);
		many += band->count > 1024;
	}
	assert_true(many > 0 && many < picture.diagram->band_count);
	band_folds_finish(&folds);
	close_picture(&picture);
}

static void of_very_many_bands_there_are_none(void **state)
{
	struct band_folds folds = {.folds = NULL};
	struct picture picture;

	(void)state;
	open_picture(&picture, sample_large(6000), 20000);
	assert_true(picture.diagram->band_count > 4096);
	band_folds_make(&folds, picture.space, &picture.regions, picture.diagram);
	assert_null(folds.diagram);
	assert_fold(&folds, &picture, &picture.diagram->bands[0]);
	close_picture(&picture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bands_of_the_diagram_are_at_hand),
		cmocka_unit_test(other_bands_are_looked_at),
		cmocka_unit_test(names_are_those_of_the_band),
		cmocka_unit_test(of_very_many_bands_there_are_none),
	};

	return cmocka_run_group_tests_name("band_folds", tests, NULL, NULL);
}
