/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <jansson.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "core_target.h"
#include "library_space.h"
#include "model/address_space.h"
#include "model/file_identity.h"
#include "model/target_totals.h"
#include "model/usage.h"
#include "odd_space.h"
#include "report/json.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/told.h"

/* The report of a space, which is destroyed, as text that the caller frees. */
static char *write_usage_report(struct address_space *space, const struct usage_table *usage)
{
	char *bytes = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&bytes, &length);

	assert_non_null(stream);
	assert_int_equal(json_write_snapshot(stream, space, usage, NULL), 0);
	fclose(stream);
	address_space_destroy(space);
	return bytes;
}

static char *write_report(struct address_space *space)
{
	return write_usage_report(space, NULL);
}

static json_t *parse(char *bytes)
{
	json_error_t error;
	json_t *object = json_loads(bytes, 0, &error);

	if (!object)
		fail_msg("not JSON: %s at line %d", error.text, error.line);
	free(bytes);
	return object;
}

static void the_whole_report(void **state)
{
	char *bytes = write_report(sample_python());

	(void)state;
	golden_check("json_python", bytes);
	free(bytes);
}

static void totals_are_the_sums(void **state)
{
	json_t *object = parse(write_report(sample_large(5000))), *totals, *mapping, *entry;
	json_int_t size = 0, mappings = 0, kinds_size = 0;
	const char *kind;
	size_t index;

	(void)state;
	totals = json_object_get(object, "totals");
	json_array_foreach(json_object_get(object, "mappings"), index, mapping) size +=
		json_integer_value(json_object_get(mapping, "size"));
	assert_int_equal(json_integer_value(json_object_get(totals, "mappings")), index);
	assert_int_equal(json_integer_value(json_object_get(totals, "size")), size);
	json_object_foreach(json_object_get(totals, "by_kind"), kind, entry)
	{
		mappings += json_integer_value(json_object_get(entry, "mappings"));
		kinds_size += json_integer_value(json_object_get(entry, "size"));
	}
	assert_int_equal(mappings, index);
	assert_int_equal(kinds_size, size);
	json_decref(object);
}

/* The lower half of every mapping resident; smaps knows all of them but the last. */
static void make_usage(const struct address_space *space, struct usage_table *table)
{
	size_t count = space->vma_count;
	struct residency_run *runs = memory_alloc(count * sizeof(*runs));
	struct told *smaps = memory_alloc(count * sizeof(*smaps));
	struct residency *residency;

	for (size_t i = 0; i < count; i++) {
		const struct vma *vma = &space->vmas[i];
		struct usage *usage = &smaps[i].usage;

		runs[i] = (struct residency_run){vma->start, vma->start + vma_size(vma) / 2,
						 RUN_RESIDENT};
		smaps[i].start = vma->start;
		smaps[i].end = vma->end;
		*usage = usage_unknown();
		usage->pss = i;
		usage->locked = 4096;
		usage->flags = i ? 5 : 0;
	}
	residency = residency_create(runs, count, RESIDENCY_PAGEMAP_SCAN, 0, 0);
	told_table(table, space, residency, smaps, count - 1, 1);
	residency_destroy(residency);
	free(smaps);
}

static json_int_t get(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	assert_true(json_is_integer(value));
	return json_integer_value(value);
}

static void mappings_have_their_usage(void **state)
{
	struct address_space *space = sample_python();
	size_t count = space->vma_count;
	json_t *object, *mappings, *mapping, *flags;
	struct usage_table usage;

	(void)state;
	make_usage(space, &usage);
	object = parse(write_usage_report(space, &usage));
	usage_table_finish(&usage);
	assert_string_equal(json_string_value(json_object_get(object, "usage_source")),
			    "pagemap-scan");
	mappings = json_object_get(object, "mappings");
	mapping = json_array_get(mappings, 7);
	assert_int_equal(get(mapping, "rss"), get(mapping, "size") / 2);
	assert_int_equal(get(mapping, "swap"), 0);
	assert_int_equal(get(mapping, "pss"), 7);
	assert_int_equal(get(mapping, "locked"), 4096);
	assert_true(json_is_null(json_object_get(mapping, "uss")));
	flags = json_object_get(mapping, "flags");
	assert_int_equal(json_array_size(flags), 2);
	assert_string_equal(json_string_value(json_array_get(flags, 0)), "rd");
	assert_string_equal(json_string_value(json_array_get(flags, 1)), "ex");
	/* No flags are an empty array, flags that are not known are none. */
	flags = json_object_get(json_array_get(mappings, 0), "flags");
	assert_true(json_is_array(flags) && json_array_size(flags) == 0);
	mapping = json_array_get(mappings, count - 1);
	assert_true(json_is_null(json_object_get(mapping, "flags")));
	assert_true(json_is_null(json_object_get(mapping, "pss")));
	assert_int_equal(get(mapping, "rss"), get(mapping, "size") / 2);
	json_decref(object);
}

static void sums_of_kinds_with_an_unknown_part_are_null(void **state)
{
	struct address_space *space = sample_python();
	json_t *object, *totals, *kinds, *mapping;
	struct usage_table usage;
	json_int_t rss = 0;
	size_t index;

	(void)state;
	make_usage(space, &usage);
	object = parse(write_usage_report(space, &usage));
	usage_table_finish(&usage);
	json_array_foreach(json_object_get(object, "mappings"), index, mapping) rss +=
		get(mapping, "rss");
	totals = json_object_get(object, "totals");
	kinds = json_object_get(totals, "by_kind");
	assert_int_equal(get(totals, "rss"), rss);
	assert_int_equal(get(totals, "swap"), 0);
	/* All that smaps told. */
	assert_true(get(totals, "pss") > 6);
	assert_int_equal(get(json_object_get(kinds, "heap"), "pss"), 6);
	assert_int_equal(get(json_object_get(kinds, "heap"), "rss"),
			 get(json_object_get(kinds, "heap"), "size") / 2);
	assert_true(json_is_null(json_object_get(json_object_get(kinds, "vsyscall"), "pss")));
	json_decref(object);
}

static void totals_without_mappings(void **state)
{
	struct address_space *space = sample_python();
	const struct target_totals totals = {.size = 700,
					     .size_peak = 800,
					     .rss = 500,
					     .rss_peak = 600,
					     .shared = 100,
					     .swap = TARGET_UNKNOWN,
					     .time_ns = INT64_C(1792412467123000000)};
	char *bytes = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&bytes, &length);

	(void)state;
	assert_non_null(stream);
	assert_int_equal(json_write_totals(stream, &space->target, &totals), 0);
	fclose(stream);
	golden_check("json_totals", bytes);
	free(bytes);
	address_space_destroy(space);
}

/* As of a recorded tree with nothing but maps. */
static void what_is_not_known_of_the_process_is_null(void **state)
{
	static const char *const keys[] = {"comm", "exe", "uid", "state", "threads", "start_ticks"};
	struct address_space *space = sample_python();
	json_t *object;

	(void)state;
	space->target.comm = "";
	space->target.exe = NULL;
	space->target.uid = space->target.start_ticks = TARGET_UNKNOWN;
	space->target.state = '?';
	space->target.threads = 0;
	object = parse(write_report(space));
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		assert_true(json_is_null(json_object_get(object, keys[i])));
	json_decref(object);
}

static void any_bytes_give_valid_json(void **state)
{
	json_t *object = parse(write_report(sample_hostile()));
	json_t *mapping = json_array_get(json_object_get(object, "mappings"), 1);

	(void)state;
	assert_string_equal(json_string_value(json_object_get(mapping, "name")),
			    "/tmp/\\xff\\xfe\\x80 \\xc0\\xaf");
	assert_string_equal(json_string_value(json_object_get(object, "comm")), "e\033[2Jvil");
	json_decref(object);
}

static void a_stream_that_fails_is_an_error(void **state)
{
	FILE *full = fopen("/dev/full", "w");
	struct address_space *space = sample_large(5000);

	(void)state;
	if (!full)
		skip();
	setvbuf(full, NULL, _IONBF, 0);
	assert_int_equal(json_write_snapshot(full, space, NULL, NULL), -EIO);
	fclose(full);
	address_space_destroy(space);
}

static void how_sure_the_file_is_is_a_word_or_null(void **state)
{
	(void)state;
	for (int i = 0; i < FILE_IDENTITY_COUNT; i++) {
		const char *word = file_identity_name((enum file_identity)i);
		json_t *object = parse(write_report(make_library((enum file_identity)i)));
		json_t *mapping = json_array_get(json_object_get(object, "mappings"), 0);
		json_t *identity = json_object_get(mapping, "file_identity");

		if (word)
			assert_string_equal(json_string_value(identity), word);
		else
			assert_true(json_is_null(identity));
		json_decref(object);
	}
}

static void parts_and_lodged_stacks(void **state)
{
	json_t *report = parse(write_report(sample_stacks(2))), *mapping, *mappings, *parts;
	size_t i, with_parts = 0, with_stacks = 0;

	(void)state;
	mappings = json_object_get(report, "mappings");
	json_array_foreach(mappings, i, mapping)
	{
		with_stacks += json_object_get(mapping, "stacks") != NULL;
		parts = json_object_get(mapping, "parts");
		if (!parts)
			continue;
		with_parts++;
		assert_int_equal(json_array_size(parts), 4);
		assert_string_equal(json_string_value(json_object_get(mapping, "kind")),
				    "thread-stack");
		assert_true(json_is_null(json_object_get(mapping, "tid")));
		assert_string_equal(
			json_string_value(json_object_get(json_array_get(parts, 0), "kind")),
			"guard");
		assert_int_equal(
			json_integer_value(json_object_get(json_array_get(parts, 1), "tid")),
			20716);
	}
	assert_int_equal(with_parts, 1);
	assert_int_equal(with_stacks, 2);
	json_decref(report);
}

static void a_core_file_says_what_ended_the_process(void **state)
{
	const struct target_death death = {.signal = SIGSEGV,
					   .code = SEGV_MAPERR,
					   .tid = 7,
					   .address = 0x10,
					   .has_code = true,
					   .has_address = true};
	json_t *object = parse(write_report(core_target_make(&death))), *core;

	(void)state;
	core = json_object_get(object, "core");
	assert_string_equal(json_string_value(json_object_get(core, "signal")), "SIGSEGV");
	assert_int_equal(json_integer_value(json_object_get(core, "code")), SEGV_MAPERR);
	assert_string_equal(json_string_value(json_object_get(core, "address")), "0x10");
	assert_int_equal(json_integer_value(json_object_get(core, "tid")), 7);
	assert_true(json_is_null(json_object_get(core, "sender")));
	assert_true(json_is_false(json_object_get(core, "by_debugger")));
	json_decref(object);
	object = parse(write_report(core_target_make(&(struct target_death){0})));
	core = json_object_get(object, "core");
	assert_true(json_is_null(json_object_get(core, "signal")));
	assert_true(json_is_null(json_object_get(core, "code")));
	assert_true(json_is_null(json_object_get(core, "address")));
	json_decref(object);
	object = parse(write_report(sample_python()));
	assert_null(json_object_get(object, "core"));
	json_decref(object);
}

/* What only few mappings have. */
static void odd_mappings_have_all_of_theirs(void **state)
{
	struct address_space *space = odd_space();
	struct usage_table table;
	char *bytes;

	(void)state;
	odd_usage(&table, space);
	bytes = write_usage_report(space, &table);
	golden_check("json_odd", bytes);
	json_decref(parse(bytes));
	usage_table_finish(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_core_file_says_what_ended_the_process),
		cmocka_unit_test(the_whole_report),
		cmocka_unit_test(totals_are_the_sums),
		cmocka_unit_test(mappings_have_their_usage),
		cmocka_unit_test(sums_of_kinds_with_an_unknown_part_are_null),
		cmocka_unit_test(totals_without_mappings),
		cmocka_unit_test(what_is_not_known_of_the_process_is_null),
		cmocka_unit_test(any_bytes_give_valid_json),
		cmocka_unit_test(a_stream_that_fails_is_an_error),
		cmocka_unit_test(how_sure_the_file_is_is_a_word_or_null),
		cmocka_unit_test(parts_and_lodged_stacks),
		cmocka_unit_test(odd_mappings_have_all_of_theirs),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
