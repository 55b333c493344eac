/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <inttypes.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/identity.h"
#include "model/usage.h"
#include "support/golden.h"
#include "support/sample.h"
#include "ui/table/table_columns.h"
#include "ui/table/table_rows.h"

/* All of each row, and every order of them. */

#define PAGE UINT64_C(4096)

static void append_amount(struct text *text, const char *name, uint64_t bytes)
{
	if (bytes == TARGET_UNKNOWN)
		text_append_format(text, " %s ?", name);
	else
		text_append_format(text, " %s %" PRIu64, name, bytes / PAGE);
}

static void append_row(struct text *text, const struct table_row *row)
{
	const struct table_amounts *amounts = &row->amounts;

	text_append_format(text, "%u+%u type %d, %u maps", row->vma, row->count, row->type,
			   row->mappings);
	text_append_format(text, " parts %u pieces %u of %" PRIu64 " from %u part %u", row->parts,
			   row->pieces, row->each / PAGE, row->piece, row->part);
	text_append_format(text, "%s%s perms %x", row->open ? " open" : "",
			   row->reserves ? " reserves" : "", row->perms);
	append_amount(text, "size", amounts->size);
	append_amount(text, "rss", amounts->rss);
	append_amount(text, "pss", amounts->pss);
	append_amount(text, "swap", amounts->swap);
	append_amount(text, "last", amounts->last);
	if (amounts->growth_known)
		text_append_format(text, " growth %" PRId64, amounts->growth / (int64_t)PAGE);
	text_append(text, "\n");
}

static void append_orders(struct text *text, const struct table_request *request)
{
	struct table_request ordered = *request;

	for (int column = 0; column < TABLE_COLUMNS; column++)
		for (int reversed = 0; reversed < 2; reversed++) {
			struct table_rows rows;

			ordered.order = (struct table_order){(enum table_column)column, reversed};
			table_rows_init(&rows, &ordered);
			if (column == 0 && !reversed)
				for (size_t i = 0; i < rows.count; i++)
					append_row(text, &rows.rows[i]);
			text_append_format(text,
					   "%s%s:", table_column_name((enum table_column)column),
					   reversed ? " reversed" : "");
			for (size_t i = 0; i < rows.count; i++)
				text_append_format(text, rows.rows[i].part ? " %u.%u" : " %u",
						   rows.rows[i].vma, rows.rows[i].part);
			text_append(text, " |");
			for (size_t i = 0; i < rows.vma_count; i++)
				text_append_format(text, " %u", rows.of_vma[i]);
			text_append(text, "\n");
			table_rows_finish(&rows);
		}
}

/* Amounts of which some are alike, some unknown. */
static void make_usage(struct usage_table *table, const struct address_space *space)
{
	*table = (struct usage_table){.source = RESIDENCY_PAGEMAP_SCAN};
	usage_list_init(&table->vmas, space->vma_count);
	for (size_t i = 0; i < space->vma_count; i++) {
		struct usage usage = usage_unknown();

		usage.last = usage.rss = i % 7 == 6 ? TARGET_UNKNOWN : i % 5 * 2 * PAGE;
		usage.swap = i % 4 * PAGE;
		usage.hugetlb = 0;
		usage.pss = i % 11 == 10 ? TARGET_UNKNOWN : i % 3 * PAGE;
		if (i % 7 == 6)
			usage.last = 3 * PAGE;
		usage_list_set(&table->vmas, i, &usage);
	}
}

/* With nothing known, with all, and with some rows unfolded. Owns both spaces. */
static void check(const char *golden, struct address_space *before, struct address_space *space,
		  const uint64_t *open, size_t open_count)
{
	struct table_request request = {.space = space};
	struct usage_table usage;
	struct identity growth;
	struct text text = {0};

	append_orders(&text, &request);
	make_usage(&usage, space);
	identity_init(&growth, before, space);
	request.usage = &usage;
	request.growth = &growth;
	append_orders(&text, &request);
	request.open = open;
	request.open_count = open_count;
	append_orders(&text, &request);
	golden_check(golden, text_string(&text));
	text_finish(&text);
	identity_finish(&growth);
	usage_table_finish(&usage);
	address_space_destroy(before);
	address_space_destroy(space);
}

static void of_libraries(void **state)
{
	static const uint64_t open[] = {0x55b5c3c00000, 0x7f83aa564000};

	(void)state;
	check("table_rows_python", sample_python_without(0x7f83a9100000),
	      sample_python_grown(3 * PAGE), open, 2);
}

static void of_stacks(void **state)
{
	static const uint64_t open[] = {0x7f83a8782000};

	(void)state;
	check("table_rows_stacks", sample_stacks(2), sample_stacks(3), open, 1);
}

static void of_like_mappings(void **state)
{
	static const uint64_t open[] = {0x7f0000000000, 0x7f00003f9000};

	(void)state;
	check("table_rows_large", sample_large(20), sample_large(24), open, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_libraries),
		cmocka_unit_test(of_stacks),
		cmocka_unit_test(of_like_mappings),
	};

	return cmocka_run_group_tests_name("table_rows_orders", tests, NULL, NULL);
}
