/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "statement_text.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"

#include "base/text.h"
#include "library_space.h"
#include "maps_space.h"
#include "model/address_space.h"
#include "model/file_identity.h"
#include "model/usage.h"
#include "ui/text/explain.h"

static void append_with(struct text *text, const struct stage *stage, const struct band *band,
			bool look)
{
	struct scene scene = stage_scene(stage);
	struct explanation explanation;

	explain_band(&explanation, &scene, band);
	text_append_format(text, "== %s\n", explanation.title);
	for (size_t i = 0; i < explanation.count; i++) {
		const struct statement *statement = &explanation.statements[i];

		text_append_format(text, "%s%s%s", statement->label ? statement->label : "",
				   statement->label ? ": " : "",
				   statement->value ? statement->value : "");
		if (look)
			statement_append_look(text, statement);
		text_append(text, "\n");
	}
	explanation_finish(&explanation);
}

static void append(struct text *text, const struct stage *stage, const struct band *band)
{
	append_with(text, stage, band, false);
}

/* Every region of the sample explained by itself, as if it were shown alone. */
static void every_region_in_words(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	for (size_t i = 0; i < stage.ui.shown.regions.count; i++) {
		const struct region *region = &stage.ui.shown.regions.regions[i];
		const struct band band = {.start = region->start,
					  .end = region->end,
					  .rows = 1,
					  .region = (uint32_t)i,
					  .count = 1};

		append_with(&text, &stage, &band, true);
	}
	golden_check("explain_regions", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

static void a_fold_in_words(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 24, true);
	append_with(&text, &stage,
		    &(struct band){.start = 0x7f83a9100000,
				   .end = 0x7f83aa791000,
				   .rows = 1,
				   .region = (uint32_t)region_list_find(&stage.ui.shown.regions,
									0x7f83a9100000),
				   .count = 20},
		    true);
	golden_check("explain_fold", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

/* In the table a run of like mappings is one row: its lowest mapping may be but a guard. */
static void like_mappings_have_a_name_of_their_own(void **state)
{
	struct text text = {0};
	struct stage stage;
	struct scene scene;
	struct band band;
	size_t first;

	(void)state;
	stage_open(&stage,
		   maps_space_create(NULL, "200000-210000 rw-p 0 00:00 0 \n"
					   "220000-230000 rw-p 0 00:00 0 \n"
					   "240000-250000 rw-p 0 00:00 0 \n"
					   "260000-270000 rw-p 0 00:00 0 \n"),
		   120, 40, true);
	stage_press(&stage, (const uint32_t[]){'t', 0});
	scene = stage_scene(&stage);
	assert_true(scene.table);
	first = region_list_find(scene.regions, 0x200000);
	band = (struct band){
		.start = 0x200000,
		.end = 0x270000,
		.rows = 1,
		.region = (uint32_t)first,
		.count = (uint32_t)(region_list_find(scene.regions, 0x260000) - first) + 1};
	append(&text, &stage, &band);
	assert_non_null(strstr(text_string(&text), "== 4 × 64K anon\n"));
	/* A part of them has not. */
	text_clear(&text);
	band.count -= 2;
	band.end = 0x250000;
	append(&text, &stage, &band);
	assert_non_null(strstr(text_string(&text), "== anon\n"));
	text_finish(&text);
	stage_close(&stage);
}

static void hostile_names_are_escaped(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, sample_hostile(), 80, 24, true);
	append(&text, &stage,
	       &(struct band){.start = 0x10000,
			      .end = 0x20000,
			      .rows = 1,
			      .region =
				      (uint32_t)region_list_find(&stage.ui.shown.regions, 0x10000),
			      .count = 1});
	for (size_t i = 0; i < text.length; i++)
		assert_true(text.bytes[i] == '\n' || (unsigned char)text.bytes[i] >= 0x20);
	assert_non_null(strstr(text_string(&text), "\\x1b[31mred"));
	text_finish(&text);
	stage_close(&stage);
}

static void how_sure_the_file_is(void **state)
{
	static const char *const words[FILE_IDENTITY_COUNT] = {
		[FILE_IDENTITY_UNKNOWN] = "check: unknown\n",
		[FILE_IDENTITY_LIKELY] = "check: likely\n",
		[FILE_IDENTITY_PROVEN] = "check: proven\n",
	};

	(void)state;
	for (int i = 0; i < FILE_IDENTITY_COUNT; i++) {
		struct text text = {0};
		struct stage stage;
		size_t region;

		stage_open(&stage, make_library((enum file_identity)i), 80, 24, true);
		region = region_list_find(&stage.ui.shown.regions, 0x10000);
		append(&text, &stage,
		       &(struct band){.start = 0x10000,
				      .end = 0x20000,
				      .rows = 1,
				      .region = (uint32_t)region,
				      .count = 1});
		if (words[i])
			assert_non_null(strstr(text_string(&text), words[i]));
		else
			assert_null(strstr(text_string(&text), "check: "));
		text_finish(&text);
		stage_close(&stage);
	}
}

/* A mapping that is no ordinary file's is told in words, by what it is. */
static void what_memory_is_in_words(void **state)
{
	static const struct {
		const char *name;
		uint8_t file_system;
		const char *words;
	} examples[] = {
		{"/memfd:x", FILE_SYSTEM_SHMEM,
		 "is: memory behind a file descriptor: memfd_create\n"},
		{"/srv/pool", FILE_SYSTEM_HUGETLBFS, "is: huge pages: a file of hugetlbfs\n"},
		{"/memfd:x", FILE_SYSTEM_ORDINARY, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
		const struct vma vma = {.start = 0x10000,
					.end = 0x20000,
					.inode = 7,
					.dev_minor = 1,
					.name = examples[i].name,
					.perms = PERM_READ | PERM_SHARED,
					.kind = KIND_SHARED,
					.deleted = true,
					.file_system = examples[i].file_system};
		const struct target target = {.pid = 1, .comm = "x", .page_size = 4096};
		struct address_space *space;
		struct text text = {0};
		struct stage stage;

		assert_int_equal(address_space_create(&target, &vma, 1, 0, 0, &space), 0);
		stage_open(&stage, space, 80, 24, true);
		append(&text, &stage,
		       &(struct band){.start = 0x10000,
				      .end = 0x20000,
				      .rows = 1,
				      .region = (uint32_t)region_list_find(&stage.ui.shown.regions,
									   0x10000),
				      .count = 1});
		if (examples[i].words)
			assert_non_null(strstr(text_string(&text), examples[i].words));
		else
			assert_null(strstr(text_string(&text), "is: "));
		text_finish(&text);
		stage_close(&stage);
	}
}

/* What is said of one mapping with these permissions, and of what flags smaps told. */
static void check_permissions(unsigned perms, uint64_t flags, const char *first, const char *second)
{
	const struct vma vma = {.start = 0x10000,
				.end = 0x20000,
				.name = "",
				.perms = (uint8_t)perms,
				.kind = KIND_ANON};
	const struct target target = {.pid = 1, .comm = "x", .state = 'S', .page_size = 4096};
	struct band band = {.start = 0x10000, .end = 0x20000, .rows = 1, .count = 1};
	struct address_space *space;
	struct text text = {0};
	struct usage usage;
	struct stage stage;

	assert_int_equal(address_space_create(&target, &vma, 1, 0, 0, &space), 0);
	stage_open(&stage, space, 80, 24, true);
	stage_scan(&stage, true);
	usage = usage_table_at(&stage.usage, 0);
	usage.flags = flags;
	usage_list_set(&stage.usage.vmas, 0, &usage);
	band.region = (uint32_t)region_list_find(&stage.ui.shown.regions, 0x10000);
	append(&text, &stage, &band);
	assert_non_null(strstr(text_string(&text), first));
	assert_non_null(strstr(text_string(&text), second));
	text_finish(&text);
	stage_close(&stage);
}

static void permissions_say_what_processors_do(void **state)
{
	(void)state;
	check_permissions(PERM_READ | PERM_WRITE, 0, "r: can be read\n", "w: can be written\n");
	check_permissions(PERM_READ | PERM_WRITE, usage_flag_bit("ss"), "r: can be read\n",
			  "w: no ordinary writes: SIGSEGV\n");
	check_permissions(PERM_WRITE, 0, "-: reads: may work or SIGSEGV\n", "w: can be written\n");
	check_permissions(PERM_EXEC, 0, "-: reads: may work or SIGSEGV\n",
			  "-: not writable: SIGSEGV\n");
	check_permissions(0, 0, "-: not readable: SIGSEGV\n", "-: not writable: SIGSEGV\n");
}

/* What is said of the neighbours of the mapping at an address. */
static void assert_neighbours(const struct stage *stage, uint64_t address, const char *above,
			      const char *below)
{
	size_t index = region_list_find(&stage->ui.shown.regions, address);
	const struct region *region = &stage->ui.shown.regions.regions[index];
	struct text text = {0};

	append(&text, stage,
	       &(struct band){.start = region->start,
			      .end = region->end,
			      .rows = 1,
			      .region = (uint32_t)index,
			      .count = 1});
	assert_non_null(strstr(text_string(&text), above));
	assert_non_null(strstr(text_string(&text), below));
	text_finish(&text);
}

static void neighbours_are_said_across_a_gap(void **state)
{
	struct stage stage;

	(void)state;
	stage_open(&stage,
		   maps_space_create(NULL, "0-10000 rw-p 0 00:00 0 \n"
					   "20000-30000 r--p 0 00:00 0 \n"
					   "30000-40000 rw-p 0 00:00 0 [heap]\n"
					   "7ffffffef000-7ffffffff000 rw-p 0 00:00 0 [stack]\n"),
		   120, 40, true);
	assert_neighbours(&stage, 0, "above: anon, 64K away\n", "below: nothing: address 0\n");
	assert_neighbours(&stage, 0x20000, "above: [heap], adjoining\n", "below: anon, 64K away\n");
	assert_neighbours(&stage, 0x30000, "above: [stack], 127.9T away\n",
			  "below: anon, adjoining\n");
	assert_neighbours(&stage, 0x7ffffffef000, "above: 4.0K unmapped\n",
			  "below: [heap], 127.9T away\n");
	stage_close(&stage);
}

/* Of a core file without its mappings' permissions, and of what is known of access only. */
static void permissions_that_are_not_known_are_said_to_be(void **state)
{
	static const uint8_t perms[] = {PERM_ACCESS_UNKNOWN, PERM_READ | PERM_SHARING_UNKNOWN,
					PERM_WRITE | PERM_EXEC,
					PERM_READ | PERM_WRITE | PERM_SHARED};
	const struct target target = {.pid = 1, .comm = "", .page_size = 4096};
	struct vma vmas[4];
	struct address_space *space;
	struct text text = {0};
	struct stage stage;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		vmas[i] = (struct vma){.start = (i + 1) * 0x100000,
				       .end = (i + 1) * 0x100000 + 0x1000 * (i + 1),
				       .name = "",
				       .kind = KIND_ANON,
				       .kind_source = KIND_SOURCE_PERMISSIONS,
				       .owner = OWNER_OTHER,
				       .perms = perms[i]};
	assert_int_equal(address_space_create(&target, vmas, 4, 0, 0, &space), 0);
	stage_open(&stage, space, 80, 24, true);
	for (size_t i = 0; i < stage.ui.shown.regions.count; i++) {
		const struct region *region = &stage.ui.shown.regions.regions[i];

		if (region->vma != REGION_GAP)
			append_with(&text, &stage,
				    &(struct band){.start = region->start,
						   .end = region->end,
						   .rows = 1,
						   .region = (uint32_t)i,
						   .count = 1},
				    true);
	}
	golden_check("explain_unknown", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_region_in_words),
		cmocka_unit_test(a_fold_in_words),
		cmocka_unit_test(like_mappings_have_a_name_of_their_own),
		cmocka_unit_test(hostile_names_are_escaped),
		cmocka_unit_test(how_sure_the_file_is),
		cmocka_unit_test(what_memory_is_in_words),
		cmocka_unit_test(permissions_say_what_processors_do),
		cmocka_unit_test(neighbours_are_said_across_a_gap),
		cmocka_unit_test(permissions_that_are_not_known_are_said_to_be),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
