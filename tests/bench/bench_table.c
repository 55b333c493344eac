/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * What a key costs in the table of 60 000 mappings (or as many as the argument says), with all
 * that follows on it: the rows made anew, the diagram laid out, the screen drawn. As ratios to a
 * plain qsort() of as many numbers in the same run.
 */

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/number.h"
#include "screen/key.h"
#include "support/sample.h"
#include "support/stage.h"
#include "support/stopwatch.h"
#include "ui/display.h"
#include "ui/table/table_pane.h"

#define TABLE(stage) (&((struct table_pane *)stage_pane(stage, &table_pane))->table)

#define ROUNDS 15

static int by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double measure_qsort(size_t count)
{
	uint64_t *numbers = memory_alloc(count * sizeof(*numbers));
	double times[ROUNDS];

	for (size_t i = 0; i < ROUNDS; i++) {
		uint64_t seed = i;

		for (size_t j = 0; j < count; j++)
			numbers[j] = seed = seed * UINT64_C(6364136223846793005) + 1;
		times[i] = stopwatch_ms();
		qsort(numbers, count, sizeof(*numbers), by_number);
		times[i] = stopwatch_ms() - times[i];
	}
	free(numbers);
	return stopwatch_median(times, ROUNDS);
}

/* The key pressed again and again, up to the screen. */
static double measure_key(struct stage *stage, uint32_t key)
{
	double times[ROUNDS];

	for (size_t i = 0; i < ROUNDS; i++) {
		times[i] = stopwatch_ms();
		stage_press(stage, (const uint32_t[]){key, 0});
		display_draw(&stage->ui, stage->canvas, &stage->status);
		times[i] = stopwatch_ms() - times[i];
	}
	return stopwatch_median(times, ROUNDS);
}

static void report(const char *what, double ms, double plain_ms)
{
	printf("%-32s %8.2f ms  %6.2f x\n", what, ms, ms / plain_ms);
}

int main(int argc, char **argv)
{
	uint64_t count = 60000;
	struct stage stage;
	double plain;
	char what[64];

	if (argc > 1 && (number_parse(argv[1], strlen(argv[1]), 10000000, &count) || !count)) {
		fprintf(stderr, "usage: %s [MAPPINGS]\n", argv[0]);
		return 2;
	}
	memory_keep_compact();
	setlocale(LC_ALL, "");
	stage_open(&stage, sample_large(count), 160, 50, true);
	stage_scan(&stage, true);
	plain = measure_qsort(count);
	printf("%llu mappings, median of %d; at most 100 ms are asked for\n",
	       (unsigned long long)count, ROUNDS);
	report("qsort of as many numbers", plain, plain);
	report("t, table and picture in turn", measure_key(&stage, 't'), plain);
	if (!stage_shows(&stage, &table_pane))
		stage_press(&stage, (const uint32_t[]){'t', 0});
	report("Down", measure_key(&stage, KEY_ARROW_DOWN), plain);
	for (int column = 0; column < TABLE_COLUMNS; column++) {
		snprintf(what, sizeof(what), "S, by %s and reversed",
			 table_column_name((enum table_column)column));
		TABLE(&stage)->chosen = (enum table_column)column;
		report(what, measure_key(&stage, 'S'), plain);
	}
	stage_close(&stage);
	return 0;
}
