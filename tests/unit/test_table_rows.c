/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "maps_space.h"
#include "model/address_space.h"
#include "model/identity.h"
#include "model/query_matches.h"
#include "model/usage.h"
#include "support/sample.h"
#include "ui/table/table_rows.h"

#define PROGRAM 0x55b5c3c00000
#define HEAP    0x55b5f7c8d000
#define LIBC    0x7f83aa53e000
#define JIT     0x7f83a9100000
#define SHARED  0x7f83a8f82000

/* What became of a request: the rows and what they are of. */
struct stand {
	struct address_space *space;
	struct usage_table usage;
	struct table_rows rows;
};

static void set_up(struct stand *stand, struct address_space *space)
{
	struct usage usage = usage_unknown();

	*stand = (struct stand){.space = space};
	usage_list_init(&stand->usage.vmas, space->vma_count);
	for (size_t i = 0; i < space->vma_count; i++) {
		usage.rss = vma_size(&space->vmas[i]) / 2;
		usage_list_set(&stand->usage.vmas, i, &usage);
	}
}

static void take_down(struct stand *stand)
{
	table_rows_finish(&stand->rows);
	usage_table_finish(&stand->usage);
	address_space_destroy(stand->space);
}

static void make(struct stand *stand, enum table_column column, bool reversed)
{
	table_rows_finish(&stand->rows);
	table_rows_init(&stand->rows, &(struct table_request){.space = stand->space,
							      .usage = &stand->usage,
							      .order = {column, reversed}});
}

static uint64_t start_of(const struct stand *stand, size_t row)
{
	return stand->space->vmas[stand->rows.rows[row].vma].start;
}

static size_t row_of(const struct stand *stand, uint64_t address)
{
	return stand->rows.of_vma[address_space_find(stand->space, address)];
}

static void objects_are_folded_with_their_sums(void **state)
{
	struct stand stand;
	const struct table_row *row;

	(void)state;
	set_up(&stand, sample_python());
	make(&stand, TABLE_ADDRESS, false);
	row = &stand.rows.rows[0];
	assert_int_equal(start_of(&stand, 0), PROGRAM);
	assert_int_equal(row->type, TABLE_ROW_OBJECT);
	assert_int_equal(row->count, 6);
	assert_int_equal(row->amounts.size, 0x55b5c438d000 - PROGRAM);
	assert_int_equal(row->amounts.rss, (0x55b5c438d000 - PROGRAM) / 2);
	assert_true(row->amounts.pss == TARGET_UNKNOWN);
	assert_false(row->amounts.growth_known);
	assert_string_equal(table_rows_kind(stand.space, row), "program");
	assert_int_equal(start_of(&stand, 1), HEAP);
	assert_int_equal(stand.rows.rows[1].type, TABLE_ROW_MAPPING);
	assert_string_equal(table_rows_kind(stand.space, &stand.rows.rows[1]), "heap");
	/* Every mapping is found in a row. */
	assert_int_equal(row_of(&stand, LIBC), row_of(&stand, LIBC + 0x1d3000));
	take_down(&stand);
}

static void a_sum_with_an_unknown_part_is_unknown(void **state)
{
	const struct usage unknown = usage_unknown();
	struct stand stand;

	(void)state;
	set_up(&stand, sample_python());
	usage_list_set(&stand.usage.vmas, 1, &unknown);
	make(&stand, TABLE_RSS, false); /* the larger part is known: it stays where it was */
	assert_true(start_of(&stand, stand.rows.count - 1) != PROGRAM);
	usage_list_set(&stand.usage.vmas, 2, &unknown);
	make(&stand, TABLE_RSS, false);
	assert_int_equal(start_of(&stand, stand.rows.count - 1), PROGRAM);
	/* Last, also the other way round. */
	make(&stand, TABLE_RSS, true);
	assert_int_equal(start_of(&stand, stand.rows.count - 1), PROGRAM);
	assert_true(stand.rows.rows[stand.rows.count - 1].amounts.rss == TARGET_UNKNOWN);
	take_down(&stand);
}

static void without_usage_nothing_is_known(void **state)
{
	struct stand stand;
	struct table_rows rows;

	(void)state;
	set_up(&stand, sample_python());
	table_rows_init(
		&rows, &(struct table_request){.space = stand.space, .order = {TABLE_SWAP, false}});
	for (size_t i = 0; i < rows.count; i++) {
		assert_true(rows.rows[i].amounts.rss == TARGET_UNKNOWN);
		assert_true(rows.rows[i].amounts.swap == TARGET_UNKNOWN);
		/* All equal: by address. */
		assert_true(i == 0 || rows.rows[i - 1].vma < rows.rows[i].vma);
	}
	table_rows_finish(&rows);
	take_down(&stand);
}

static void sizes_come_largest_first_and_ties_by_address(void **state)
{
	struct stand stand;

	(void)state;
	set_up(&stand, sample_python());
	make(&stand, TABLE_SIZE, false);
	for (size_t i = 1; i < stand.rows.count; i++) {
		const struct table_row *a = &stand.rows.rows[i - 1], *b = &stand.rows.rows[i];

		assert_true(a->amounts.size > b->amounts.size ||
			    (a->amounts.size == b->amounts.size && a->vma < b->vma));
	}
	make(&stand, TABLE_SIZE, true);
	for (size_t i = 1; i < stand.rows.count; i++) {
		const struct table_row *a = &stand.rows.rows[i - 1], *b = &stand.rows.rows[i];

		assert_true(a->amounts.size < b->amounts.size ||
			    (a->amounts.size == b->amounts.size && a->vma < b->vma));
	}
	take_down(&stand);
}

static void dangerous_permissions_come_first(void **state)
{
	struct stand stand;

	(void)state;
	set_up(&stand, sample_python());
	make(&stand, TABLE_PERMS, false);
	assert_int_equal(start_of(&stand, 0), JIT);
	assert_int_equal(stand.rows.rows[0].perms, PERM_READ | PERM_WRITE | PERM_EXEC);
	/* An object has those of its most dangerous mapping. */
	assert_int_equal(stand.rows.rows[row_of(&stand, LIBC)].perms, PERM_READ | PERM_EXEC);
	take_down(&stand);
}

static void names_are_sorted_without_folders_and_case(void **state)
{
	struct stand stand;

	(void)state;
	set_up(&stand, sample_python());
	make(&stand, TABLE_NAME, false);
	/* "[heap]" and its like, "anon", …, "libc.so.6", "libm.so.6", …, "sem.queue", … */
	assert_int_equal(start_of(&stand, 0), HEAP);
	assert_true(row_of(&stand, LIBC) < row_of(&stand, 0x7f83a9782000));
	assert_true(row_of(&stand, 0x7f83a9782000) < row_of(&stand, SHARED));
	make(&stand, TABLE_NAME, true);
	assert_int_equal(start_of(&stand, stand.rows.count - 1), HEAP);
	make(&stand, TABLE_KIND, false);
	for (size_t i = 1; i < stand.rows.count; i++)
		assert_true(strcmp(table_rows_kind(stand.space, &stand.rows.rows[i - 1]),
				   table_rows_kind(stand.space, &stand.rows.rows[i])) <= 0);
	take_down(&stand);
}

static void an_open_object_has_its_members_below(void **state)
{
	const uint64_t open[] = {PROGRAM, LIBC};
	struct stand stand;
	size_t at;

	(void)state;
	set_up(&stand, sample_python());
	table_rows_init(&stand.rows, &(struct table_request){.space = stand.space,
							     .open = open,
							     .open_count = 2,
							     .order = {TABLE_SIZE, false}});
	/* The sums are all larger than what they are sums of. */
	at = table_rows_object(&stand.rows, row_of(&stand, LIBC));
	assert_int_equal(stand.rows.rows[at].type, TABLE_ROW_OBJECT);
	assert_true(stand.rows.rows[at].open);
	assert_int_equal(start_of(&stand, at), LIBC);
	for (size_t i = at + 1; i <= at + 6; i++) {
		assert_int_equal(stand.rows.rows[i].type, TABLE_ROW_MEMBER);
		assert_int_equal(table_rows_object(&stand.rows, i), at);
		assert_true(i == at + 1 ||
			    stand.rows.rows[i - 1].amounts.size >= stand.rows.rows[i].amounts.size);
	}
	assert_int_not_equal(stand.rows.rows[at + 7].type, TABLE_ROW_MEMBER);
	take_down(&stand);
}

static void growth_is_sorted_by_its_sign(void **state)
{
	struct stand stand;
	struct identity growth;
	struct address_space *before = sample_python();
	struct table_request request;

	(void)state;
	set_up(&stand, sample_python_grown(8192));
	identity_init(&growth, before, stand.space);
	request = (struct table_request){
		.space = stand.space, .growth = &growth, .order = {TABLE_GROWTH, false}};
	table_rows_init(&stand.rows, &request);
	assert_int_equal(start_of(&stand, 0), HEAP);
	assert_int_equal(stand.rows.rows[0].amounts.growth, 8192);
	assert_int_equal(stand.rows.rows[1].amounts.growth, 0);
	table_rows_finish(&stand.rows);
	identity_finish(&growth);
	/* The other way in time it has shrunk, and is last. */
	identity_init(&growth, stand.space, before);
	request.space = before;
	table_rows_init(&stand.rows, &request);
	assert_int_equal(stand.rows.rows[stand.rows.count - 1].amounts.growth, -8192);
	identity_finish(&growth);
	address_space_destroy(before);
	take_down(&stand);
}

static void every_mapping_of_a_large_space_has_its_row(void **state)
{
	struct stand stand;

	(void)state;
	set_up(&stand, sample_large(2000));
	for (int column = 0; column < TABLE_COLUMNS; column++) {
		uint64_t mappings = 0;

		make(&stand, (enum table_column)column, column % 2);
		for (size_t i = 0; i < stand.rows.count; i++) {
			const struct table_row *row = &stand.rows.rows[i];

			mappings += row->count;
			for (uint32_t j = row->vma; j < row->vma + row->count; j++)
				assert_int_equal(stand.rows.of_vma[j], i);
		}
		assert_int_equal(mappings, stand.space->vma_count);
	}
	take_down(&stand);
}

static void no_mappings_are_no_rows(void **state)
{
	struct stand stand;

	(void)state;
	set_up(&stand, sample_empty());
	make(&stand, TABLE_SIZE, false);
	assert_int_equal(stand.rows.count, 0);
	take_down(&stand);
}

static const char pieces[] = "100000-101000 rw-p 0 00:00 0 \n"
			     "200000-210000 rw-p 0 00:00 0 \n220000-230000 rw-p 0 00:00 0 \n"
			     "240000-250000 rw-p 0 00:00 0 \n260000-270000 rw-p 0 00:00 0 \n"
			     "280000-281000 r--p 0 fe:00 9 /a\n";

static void like_mappings_are_one_row(void **state)
{
	/* Unfolded, and then grown by a piece at its lower end. */
	const uint64_t open[] = {0x220000};
	struct table_request request = {.open = open, .open_count = 1};
	const struct table_row *row;
	struct stand stand;

	(void)state;
	set_up(&stand, maps_space_create(NULL, pieces));
	make(&stand, TABLE_ADDRESS, false);
	assert_int_equal(stand.rows.count, 3);
	row = &stand.rows.rows[1];
	assert_int_equal(row->type, TABLE_ROW_OBJECT);
	assert_int_equal(row->vma, 1);
	assert_int_equal(row->count, 4);
	assert_int_equal(row->pieces, 4);
	assert_int_equal(row->each, 0x10000);
	assert_false(row->open);
	assert_int_equal(row->amounts.size, 0x40000);
	assert_int_equal(row->amounts.rss, 0x20000);
	assert_string_equal(table_rows_kind(stand.space, row), "anon");
	table_rows_finish(&stand.rows);
	request.space = stand.space;
	table_rows_init(&stand.rows, &request);
	assert_int_equal(stand.rows.count, 7);
	assert_true(stand.rows.rows[1].open);
	assert_int_equal(stand.rows.rows[2].type, TABLE_ROW_MEMBER);
	assert_int_equal(table_rows_object(&stand.rows, 5), 1);
	assert_int_equal(stand.rows.rows[6].type, TABLE_ROW_MAPPING);
	take_down(&stand);
}

static void a_filter_leaves_pieces_out(void **state)
{
	struct address_space *space = maps_space_create(NULL, pieces);
	struct table_request request = {.space = space};
	struct query_matches kept;
	struct table_rows rows;

	(void)state;
	query_matches_init(&kept, space->vma_count);
	for (size_t i = 0; i < space->vma_count; i++)
		if (i != 2 && i != 4)
			query_matches_remove(&kept, i);
	request.kept = &kept;
	table_rows_init(&rows, &request);
	assert_int_equal(rows.count, 1);
	assert_int_equal(rows.rows[0].pieces, 2);
	assert_int_equal(rows.rows[0].mappings, 2);
	table_rows_finish(&rows);
	query_matches_finish(&kept);
	address_space_destroy(space);
}

static void a_mapping_unfolds_to_its_parts(void **state)
{
	const uint64_t open[] = {0x7f83a7f80000};
	struct table_request request = {.open = open, .open_count = 1};
	struct stand stand;
	const struct table_row *row;
	size_t at;

	(void)state;
	set_up(&stand, sample_stacks(2));
	request.space = stand.space;
	request.usage = &stand.usage;
	table_rows_init(&stand.rows, &request);
	at = row_of(&stand, 0x7f83a7f80000);
	row = &stand.rows.rows[at];
	assert_int_equal(row->type, TABLE_ROW_OBJECT);
	assert_int_equal(row->parts, 4);
	assert_int_equal(row->mappings, 1);
	assert_int_equal(row->amounts.size, 2 * 0x801000);
	assert_true(row->open);
	for (uint32_t i = 1; i <= 4; i++) {
		assert_int_equal(row[i].type, TABLE_ROW_MEMBER);
		assert_int_equal(row[i].part, i);
		assert_ptr_equal(table_rows_mapping(stand.space, &row[i]),
				 &stand.space->parts[i - 1]);
		assert_int_equal(table_rows_end(stand.space, &row[i]),
				 stand.space->parts[i - 1].end);
		assert_int_equal(table_rows_object(&stand.rows, at + i), at);
	}
	assert_int_equal(row[2].amounts.size, 0x800000);
	assert_true(row[2].amounts.rss == TARGET_UNKNOWN);
	assert_string_equal(table_rows_kind(stand.space, &row[1]), "guard");
	assert_int_equal(row[5].part, 0);
	/* By size, the guards come last. */
	table_rows_finish(&stand.rows);
	request.order.column = TABLE_SIZE;
	table_rows_init(&stand.rows, &request);
	row = &stand.rows.rows[row_of(&stand, 0x7f83a7f80000)];
	assert_int_equal(row[1].part, 2);
	assert_int_equal(row[2].part, 4);
	assert_int_equal(row[4].part, 3);
	take_down(&stand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(objects_are_folded_with_their_sums),
		cmocka_unit_test(a_sum_with_an_unknown_part_is_unknown),
		cmocka_unit_test(without_usage_nothing_is_known),
		cmocka_unit_test(sizes_come_largest_first_and_ties_by_address),
		cmocka_unit_test(dangerous_permissions_come_first),
		cmocka_unit_test(names_are_sorted_without_folders_and_case),
		cmocka_unit_test(an_open_object_has_its_members_below),
		cmocka_unit_test(growth_is_sorted_by_its_sign),
		cmocka_unit_test(every_mapping_of_a_large_space_has_its_row),
		cmocka_unit_test(no_mappings_are_no_rows),
		cmocka_unit_test(like_mappings_are_one_row),
		cmocka_unit_test(a_filter_leaves_pieces_out),
		cmocka_unit_test(a_mapping_unfolds_to_its_parts),
	};

	return cmocka_run_group_tests_name("table_rows", tests, NULL, NULL);
}
