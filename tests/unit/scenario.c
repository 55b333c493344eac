/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "scenario.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

void scenario_list_again(struct scenario *scenario)
{
	region_list_finish(&scenario->list);
	address_space_destroy(scenario->space);
	scenario->space = space_of(scenario->vmas, scenario->vma_count);
	region_list_init(&scenario->list, scenario->space);
}

uint64_t scenario_end(const struct scenario *scenario)
{
	return scenario->list.regions[scenario->list.count - 1].end;
}

void scenario_choose_window(struct scenario *scenario)
{
	uint64_t end = scenario_end(scenario);
	uint64_t a = random_magnitude(&scenario->random, end / PAGE) * PAGE;
	uint64_t b = random_magnitude(&scenario->random, end / PAGE) * PAGE;

	scenario->request.start = 0;
	scenario->request.end = end;
	if (a != b && random_below(&scenario->random, 3) == 0) {
		scenario->request.start = a < b ? a : b;
		scenario->request.end = a < b ? b : a;
	}
}

void scenario_init(struct scenario *scenario, uint64_t seed, size_t most_vmas, uint64_t most_rows)
{
	*scenario = (struct scenario){.random = {seed}};
	scenario->vma_count = random_magnitude(&scenario->random, most_vmas + 1) - 1;
	scenario->vmas = calloc(scenario->vma_count + 1, sizeof(struct vma));
	random_vmas(&scenario->random, scenario->vmas, scenario->vma_count);
	scenario_list_again(scenario);
	scenario_choose_window(scenario);
	scenario->request.regions = &scenario->list;
	scenario->request.rows = random_magnitude(&scenario->random, most_rows);
	scenario->request.scale = (enum scale)random_below(&scenario->random, SCALE_COUNT);
}

void scenario_finish(struct scenario *scenario)
{
	region_list_finish(&scenario->list);
	address_space_destroy(scenario->space);
	free(scenario->vmas);
}

/* Cover, order, rows. */
static void check_bands(const struct diagram *diagram, const struct diagram_request *request)
{
	const struct region_list *list = request->regions;
	uint64_t address = request->start, row = 0;
	size_t region = region_list_find(list, request->start);

	assert_true(diagram->start == request->start && diagram->end == request->end);
	assert_true(diagram->rows == request->rows && diagram->band_count >= 1);
	for (size_t i = 0; i < diagram->band_count; i++) {
		const struct band *band = &diagram->bands[i];
		uint64_t end;

		assert_true(band->start == address && band->start < band->end);
		assert_true(band->row == row && band->rows >= 1);
		assert_true(band->region == region && band->count >= 1);
		region += band->count;
		end = list->regions[region - 1].end;
		assert_true(band->end == (end < request->end ? end : request->end));
		address = band->end;
		row += band->rows;
	}
	assert_true(address == request->end && row == request->rows);
	/* Landmarks may take all rows. */
	if (diagram->inside.count > request->rows)
		assert_true(diagram->band_count <= request->rows);
	else
		assert_true(diagram->band_count == diagram->inside.count);
}

static int by_kind_and_size(const void *a, const void *b, void *argument)
{
	const struct region_list *list = argument;
	const struct band *x = a, *y = b;
	int difference = list->regions[x->region].kind - list->regions[y->region].kind;
	uint64_t x_size = x->end - x->start, y_size = y->end - y->start;

	return difference ? difference : (x_size > y_size) - (x_size < y_size);
}

/* At equal kind the larger region never has fewer rows. */
static void check_order(const struct diagram *diagram, struct region_list *list)
{
	struct band *bands = calloc(diagram->band_count, sizeof(*bands));
	uint64_t passed = 0, level = 0;
	size_t count = 0;

	for (size_t i = 0; i < diagram->band_count; i++)
		if (diagram->bands[i].count == 1 && diagram->bands[i].start < list->user_end)
			bands[count++] = diagram->bands[i];
	if (count)
		qsort_r(bands, count, sizeof(*bands), by_kind_and_size, list);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 ||
		    list->regions[bands[i].region].kind != list->regions[bands[i - 1].region].kind)
			passed = level = 0;
		else if (by_kind_and_size(&bands[i - 1], &bands[i], list))
			passed = level;
		assert_true(bands[i].rows >= passed);
		level = bands[i].rows > level ? bands[i].rows : level;
	}
	free(bands);
}

static void check_row(const struct diagram *diagram, uint64_t row)
{
	const struct band *band = &diagram->bands[diagram_band_at_row(diagram, row)];
	uint64_t start, end;

	assert_true(band->row <= row && row < band->row + band->rows);
	diagram_row_range(diagram, row, &start, &end);
	assert_true(band->start <= start && start <= end && end <= band->end);
	assert_true(row != band->row || start == band->start);
	assert_true(row != band->row + band->rows - 1 || end == band->end);
	if (start == end) {
		assert_true(band->rows > band->end - band->start);
		return;
	}
	assert_ptr_equal(&diagram->bands[diagram_band_at_address(diagram, start)], band);
	assert_true(diagram_address_row(diagram, start) == row);
	assert_true(diagram_address_row(diagram, end - 1) == row);
	assert_true(diagram_address_row(diagram, start + (end - start) / 2) == row);
}

/* Row to range and back: all rows where they are few, some where they are many. */
static void check_rows(const struct diagram *diagram, struct random *random)
{
	uint64_t previous_end = diagram->start, start, end;

	check_row(diagram, 0);
	check_row(diagram, diagram->rows - 1);
	for (unsigned i = 0; i < 20; i++)
		check_row(diagram, random_below(random, diagram->rows));
	if (diagram->rows > 200)
		return;
	for (uint64_t row = 0; row < diagram->rows; row++) {
		check_row(diagram, row);
		diagram_row_range(diagram, row, &start, &end);
		assert_true(start == previous_end);
		previous_end = end;
	}
	assert_true(previous_end == diagram->end);
}

void scenario_check(const struct diagram *diagram, struct scenario *scenario)
{
	check_bands(diagram, &scenario->request);
	check_order(diagram, &scenario->list);
	check_rows(diagram, &scenario->random);
}
