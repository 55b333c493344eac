/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>

#include "base/text.h"
#include "layout/diagram.h"
#include "model/address_space.h"
#include "support/golden.h"
#include "support/sample.h"

/*
 * Which bands there are, and how many rows each has: in each scale, with few rows and with many, of
 * the whole and of a part, and after what is shown has changed.
 */

static void append_diagram(struct text *text, const struct diagram *diagram)
{
	text_append_format(text, "%d rows:", (int)diagram->rows);
	for (size_t i = 0; i < diagram->band_count; i++) {
		const struct band *band = &diagram->bands[i];

		text_append_format(text, " %u+%u=%d", band->region, band->count, (int)band->rows);
	}
	text_append(text, "\n");
}

/* One picture after the other of the spaces, which it destroys. */
static void append_course(struct text *text, struct address_space **spaces, size_t count,
			  enum scale scale, uint64_t rows, bool part)
{
	struct diagram *before = NULL;

	for (size_t i = 0; i < count; i++) {
		struct region_list regions;
		struct diagram *diagram;
		uint64_t start, end;

		region_list_init(&regions, spaces[i]);
		start = part ? regions.regions[regions.count / 3].start : 0;
		end = part ? regions.regions[regions.count * 2 / 3].end
			   : regions.regions[regions.count - 1].end;
		diagram = diagram_build(&(struct diagram_request){.regions = &regions,
								  .start = start,
								  .end = end,
								  .rows = rows,
								  .scale = scale,
								  .hint = before});
		append_diagram(text, diagram);
		diagram_destroy(before);
		before = diagram;
		region_list_finish(&regions);
	}
	diagram_destroy(before);
}

static void check(const char *golden, struct address_space **spaces, size_t count)
{
	static const uint64_t rows[] = {1, 2, 5, 9, 14, 22, 36, 60, 200};
	struct text text = {0};

	for (int scale = 0; scale < SCALE_COUNT; scale++)
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			for (int part = 0; part < 2; part++) {
				text_append_format(&text, "== scale %d%s\n", scale,
						   part ? ", a part" : "");
				append_course(&text, spaces, count, (enum scale)scale, rows[i],
					      part);
			}
	golden_check(golden, text_string(&text));
	text_finish(&text);
	for (size_t i = 0; i < count; i++)
		address_space_destroy(spaces[i]);
}

static void of_libraries(void **state)
{
	struct address_space *spaces[] = {sample_python(), sample_python_grown(UINT64_C(1) << 24),
					  sample_python_without(0x7f83a9100000), sample_python()};

	(void)state;
	check("diagram_bands_python", spaces, 4);
}

static void of_stacks(void **state)
{
	struct address_space *spaces[] = {sample_stacks(1), sample_stacks(3), sample_stacks(2)};

	(void)state;
	check("diagram_bands_stacks", spaces, 3);
}

static void of_many(void **state)
{
	struct address_space *spaces[] = {sample_large(60), sample_large(75), sample_large(50)};

	(void)state;
	check("diagram_bands_large", spaces, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_libraries),
		cmocka_unit_test(of_stacks),
		cmocka_unit_test(of_many),
	};

	return cmocka_run_group_tests_name("diagram_bands", tests, NULL, NULL);
}
