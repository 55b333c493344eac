/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/snapshot_json.h"
#include "report/json.h"
#include "report_text.h"
#include "support/sample.h"
#include "written_file.h"

#define MAPPING                                                                             \
	"{\"start\": \"0x1000\", \"end\": \"0x3000\", \"perms\": \"rw-p\", \"offset\": 0, " \
	"\"dev\": \"00:00\", \"inode\": 0, \"name\": \"[heap]\", \"deleted\": false, "      \
	"\"kind\": \"heap\", \"kind_source\": \"name\", \"owner\": \"program\", "           \
	"\"tid\": null, \"rss\": 4096, \"pss\": null, \"swap\": 0, \"hugetlb\": 0}"
#define HEAD                                                                                     \
	"{\"schema\": \"vastop.snapshot/1\", \"pid\": 7, \"comm\": \"x\", \"page_size\": 4096, " \
	"\"time\": \"2026-11-29T10:41:07.250Z\", \"usage_source\": \"pagemap\", "
#define SNAPSHOT HEAD "\"totals\": {\"rss\": 8192}, \"mappings\": [" MAPPING "]}"

static int read_text(const char *text, struct address_space **ret_space,
		     struct kept_usage *ret_usage)
{
	struct written_file file = written_file_make(text);
	int error = snapshot_json_read(file.path, ret_space, ret_usage);

	written_file_remove(&file);
	return error;
}

static void what_is_written_is_read(void **state)
{
	struct address_space *space = sample_python(), *again;
	struct kept_usage usage;
	struct report_text text;
	char *bytes;
	int error;

	(void)state;
	report_text_begin(&text);
	assert_int_equal(json_write_snapshot(text.stream, space, NULL, NULL), 0);
	bytes = report_text_end(&text);
	error = read_text(bytes, &again, &usage);
	free(bytes);
	if (error == -ELIBACC) {
		address_space_destroy(space);
		skip();
	}
	assert_int_equal(error, 0);
	assert_int_equal(again->vma_count, space->vma_count);
	assert_int_equal(again->target.pid, space->target.pid);
	assert_string_equal(again->target.comm, space->target.comm);
	assert_int_equal(again->time_ns / 1000000, space->time_ns / 1000000);
	for (size_t i = 0; i < space->vma_count; i++) {
		const struct vma *a = &space->vmas[i], *b = &again->vmas[i];

		assert_true(a->start == b->start && a->end == b->end && a->perms == b->perms);
		assert_true(a->kind == b->kind && a->owner == b->owner && a->tid == b->tid);
		assert_true(a->inode == b->inode && a->offset == b->offset);
		assert_true(a->dev_major == b->dev_major && a->runtime == b->runtime);
		assert_string_equal(a->name, b->name);
		assert_true(usage_table_at(&usage.table, i).rss == TARGET_UNKNOWN);
	}
	kept_usage_finish(&usage);
	address_space_destroy(again);
	address_space_destroy(space);
}

static void usage_is_read(void **state)
{
	struct address_space *space;
	struct kept_usage usage;

	(void)state;
	if (read_text(SNAPSHOT, &space, &usage) == -ELIBACC)
		skip();
	assert_true(space->time_ns == INT64_C(1795948867250000000));
	assert_int_equal(space->size, 0x2000);
	assert_int_equal(usage_table_at(&usage.table, 0).rss, 4096);
	assert_true(usage_table_at(&usage.table, 0).pss == TARGET_UNKNOWN);
	assert_int_equal(usage.table.total.rss, 8192);
	assert_int_equal(usage.table.source, RESIDENCY_PAGEMAP);
	kept_usage_finish(&usage);
	address_space_destroy(space);
	/* Of a report with a filter the sums are those of what it keeps. */
	assert_int_equal(read_text(HEAD "\"totals\": {\"rss\": 8192}, \"filter\": {\"rss\": 4096}, "
					"\"mappings\": [" MAPPING "]}",
				   &space, &usage),
			 0);
	assert_int_equal(usage.table.total.rss, 4096);
	kept_usage_finish(&usage);
	address_space_destroy(space);
}

/* The text with another piece in the place of one, for the caller to free. */
static char *replace(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	char *edited = calloc(1, strlen(text) + strlen(to) + 1);

	assert_non_null(at);
	memcpy(edited, text, (size_t)(at - text));
	strcat(edited, to);
	strcat(edited, at + strlen(from));
	return edited;
}

/* What the text is when one piece of it is another one. */
static int read_edited(const char *from, const char *to)
{
	struct address_space *space;
	struct kept_usage usage;
	char *text = replace(SNAPSHOT, from, to);
	int error;

	error = read_text(text, &space, &usage);
	free(text);
	if (error)
		return error;
	kept_usage_finish(&usage);
	address_space_destroy(space);
	return 0;
}

/* Of a core file: neither permissions nor numbers of files are all known. */
static void what_is_unknown_is_read(void **state)
{
	static const struct {
		const char *perms;
		uint8_t read;
	} perms[] = {
		{"rw-?", PERM_READ | PERM_WRITE | PERM_SHARING_UNKNOWN},
		{"???p", PERM_ACCESS_UNKNOWN},
		{"????", PERM_ACCESS_UNKNOWN | PERM_SHARING_UNKNOWN},
	};
	struct address_space *space;
	struct kept_usage usage;

	(void)state;
	for (size_t i = 0; i < sizeof(perms) / sizeof(perms[0]); i++) {
		char *text = replace(SNAPSHOT, "rw-p", perms[i].perms);
		char *files = replace(text, "\"00:00\", \"inode\": 0, \"name\": \"[heap]\"",
				      "null, \"inode\": null, \"name\": \"/x\"");
		int error = read_text(files, &space, &usage);

		free(text);
		free(files);
		if (error == -ELIBACC)
			skip();
		assert_int_equal(error, 0);
		assert_int_equal(space->vmas[0].perms, perms[i].read);
		assert_false(vma_is_numbered(&space->vmas[0]));
		assert_true(vma_has_file(&space->vmas[0]));
		kept_usage_finish(&usage);
		address_space_destroy(space);
	}
	assert_int_equal(read_edited("00:00\"", "00:00\", \"x\": null"), 0);
	assert_int_equal(read_edited("\"00:00\"", "null"), -EBADMSG);
	assert_int_equal(read_edited("rw-p", "r??p"), -EBADMSG);
}

/* Without numbers of files the name says whether there is one. */
static void a_name_stands_for_a_file(void **state)
{
	static const struct {
		const char *name;
		uint64_t inode;
	} cases[] = {{"", 0}, {"x", 1}, {"[", 0}, {"/x", 1}, {"[anon]", 0}};
	struct address_space *space;
	struct kept_usage usage;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char numbers[80], *text;
		int error;

		snprintf(numbers, sizeof(numbers), "null, \"inode\": null, \"name\": \"%s\"",
			 cases[i].name);
		text = replace(SNAPSHOT, "\"00:00\", \"inode\": 0, \"name\": \"[heap]\"", numbers);
		error = read_text(text, &space, &usage);
		free(text);
		if (error == -ELIBACC)
			skip();
		assert_int_equal(error, 0);
		assert_int_equal(space->vmas[0].inode, cases[i].inode);
		assert_int_equal(space->vmas[0].dev_major, VMA_UNNUMBERED);
		kept_usage_finish(&usage);
		address_space_destroy(space);
	}
}

/* What is optional of a mapping. */
static void what_is_more_of_a_mapping_is_read(void **state)
{
	struct address_space *space;
	struct kept_usage usage;
	char *text = replace(SNAPSHOT, "\"deleted\": false",
			     "\"deleted\": true, \"alternate\": true, \"runtime\": \"go-heap\"");
	char *more = replace(text, "\"tid\": null", "\"tid\": 5");
	int error = read_text(more, &space, &usage);

	(void)state;
	free(text);
	free(more);
	if (error == -ELIBACC)
		skip();
	assert_int_equal(error, 0);
	assert_true(space->vmas[0].deleted && space->vmas[0].alternate);
	assert_int_equal(space->vmas[0].tid, 5);
	assert_int_equal(space->vmas[0].runtime, RUNTIME_GO);
	assert_true(space->target.start_ticks == TARGET_UNKNOWN);
	assert_int_equal(usage.table.total.swap, TARGET_UNKNOWN);
	kept_usage_finish(&usage);
	address_space_destroy(space);
}

static const char *const wrong_edits[][2] = {
	{"0x1000", "1000"},
	{"0x1000", "0x5000"},
	{"0x1000", "0x10000000000000000"},
	{"rw-p", "rw-"},
	{"rw-p", "wr-p"},
	{"\"heap\"", "\"gap\""},
	{"\"heap\"", "7"},
	{"00:00", "00"},
	{"00:00", "zz:00"},
	{"\"rss\": 4096", "\"rss\": -1"},
	{"\"pid\": 7", "\"pid\": 0"},
	{"\"pid\": 7", "\"pid\": 4294967296"},
	{"4096, \"time\"", "4097, \"time\""},
	{"2026-11-29T", "2026-11-29 "},
	{".250Z", ".25Z"},
	{"2026", "1901"},
	{"\"pagemap\"", "\"guess\""},
	{"vastop.snapshot", "other.snapshot"},
	{"\"offset\": 0", "\"offset\": \"0\""},
	{"[{", "[[],{"},
	{"\"owner\": \"program\", ", ""},
	{"\"tid\": null", "\"tid\": 0"},
	{"\"tid\": null", "\"tid\": 2147483648"},
	{"\"tid\": null", "\"tid\": \"5\""},
	{"\"program\"", "\"neighbour\""},
	{"\"kind_source\": \"name\"", "\"kind_source\": \"guess\""},
	{"\"tid\": null", "\"runtime\": \"cobol\""},
	{"00:00", "100000000:00"},
	{"00:00", "00:100000000"},
	{"00:00", "00:00x"},
	{"00:00", "00.00"},
	{"\"inode\": 0", "\"inode\": null"},
	{"\"inode\": 0, ", ""},
	{"\"start\": \"0x1000\"", "\"start\": null"},
	{"\"end\": \"0x3000\"", "\"end\": null"},
	{"0x3000", "0x"},
	{"0x3000", "0x3000x"},
	{"\"name\": \"[heap]\"", "\"name\": null"},
	{"\"perms\": \"rw-p\"", "\"perms\": null"},
	{"\"pss\": null", "\"pss\": \"1\""},
	{"\"swap\": 0", "\"swap\": \"1\""},
	{"\"hugetlb\": 0", "\"hugetlb\": \"1\""},
	{"{\"rss\": 8192}", "{\"rss\": \"1\"}"},
	{"\"time\": \"2026-11-29T10:41:07.250Z\"", "\"time\": null"},
	{".250Z", ".250Z0"},
	{".250Z", ".250X"},
	{".250Z", ".2.0Z"},
	{"2026", "1969"},
	{"2026", "2171"},
	{"\"pagemap\"", "null"},
	{"\"page_size\": 4096", "\"page_size\": null"},
	{"\"pid\": 7", "\"pid\": 7, \"start_ticks\": \"1\""},
	{"\"pid\": 7", "\"pid\": 2147483648"},
};

static const char *const right_edits[][2] = {
	{"\"tid\": null", "\"tid\": 2147483647"},
	{"\"tid\": null", "\"tid\": 1"},
	{"00:00", "ffffffff:ffffffff"},
	{"2026", "1970"},
	{"2026", "2170"},
	{"\"pagemap\"", "\"none\""},
	{"\"pagemap\"", "\"smaps\""},
	{"\"comm\": \"x\", ", ""},
	{"\"pid\": 7", "\"pid\": 2147483647, \"start_ticks\": 5"},
	{"\"swap\": 0, \"hugetlb\": 0", "\"x\": 0"},
};

static void what_is_wrong_is_refused(void **state)
{

	(void)state;
	if (read_edited("x", "x") == -ELIBACC)
		skip();
	assert_int_equal(read_edited("x", "x"), 0);
	for (size_t i = 0; i < sizeof(wrong_edits) / sizeof(wrong_edits[0]); i++)
		if (read_edited(wrong_edits[i][0], wrong_edits[i][1]) != -EBADMSG)
			fail_msg("%s -> %s", wrong_edits[i][0], wrong_edits[i][1]);
	for (size_t i = 0; i < sizeof(right_edits) / sizeof(right_edits[0]); i++)
		if (read_edited(right_edits[i][0], right_edits[i][1]))
			fail_msg("%s -> %s: refused", right_edits[i][0], right_edits[i][1]);
	assert_int_equal(read_edited("snapshot/1", "snapshot/2"), -ENOTSUP);
	assert_int_equal(read_edited("[" MAPPING "]", "null"), -ENODATA);
	assert_int_equal(read_edited("[" MAPPING "]", "{}"), -EBADMSG);
	assert_int_equal(read_edited("[" MAPPING "]", "[]"), 0);
}

static void files_are_told_apart(void **state)
{
	struct written_file json = written_file_make(" \n{\"a\""),
			    other = written_file_make("SQLite");
	struct written_file empty = written_file_make("");
	struct address_space *space;
	struct kept_usage usage;

	(void)state;
	assert_true(snapshot_json_is_meant(json.path));
	assert_false(snapshot_json_is_meant(other.path));
	assert_false(snapshot_json_is_meant(empty.path));
	assert_false(snapshot_json_is_meant("/tmp"));
	assert_false(snapshot_json_is_meant("/dev/null"));
	assert_int_equal(snapshot_json_read("/tmp", &space, &usage), -EISDIR);
	assert_int_equal(snapshot_json_read("/dev/null", &space, &usage), -ENXIO);
	assert_int_equal(snapshot_json_read("/nonexistent", &space, &usage), -ENOENT);
	/* It is of holes only. */
	assert_int_equal(truncate(empty.path, (off_t)SNAPSHOT_JSON_BYTES_MAX + 1), 0);
	assert_int_equal(snapshot_json_read(empty.path, &space, &usage), -EFBIG);
	written_file_remove(&json);
	written_file_remove(&other);
	written_file_remove(&empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_unknown_is_read),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(usage_is_read),
		cmocka_unit_test(a_name_stands_for_a_file),
		cmocka_unit_test(what_is_more_of_a_mapping_is_read),
		cmocka_unit_test(what_is_wrong_is_refused),
		cmocka_unit_test(files_are_told_apart),
	};

	return cmocka_run_group_tests_name("snapshot_json", tests, NULL, NULL);
}
