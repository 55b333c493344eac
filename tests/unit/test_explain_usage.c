/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "base/text.h"
#include "inspector_text.h"
#include "model/address_space.h"
#include "model/usage.h"
#include "odd_space.h"
#include "statement_text.h"
#include "support/golden.h"
#include "support/sample.h"
#include "support/stage.h"
#include "ui/text/explain.h"

static void usage_in_words_and_bars(void **state)
{
	struct text text = {0};
	struct stage stage;

	(void)state;
	/* So many rows that every region stands alone. */
	stage_open(&stage, sample_python(), 80, 300, true);
	stage_scan(&stage, false);
	append_inspector(&text, &stage, 0x55b5f7c8d000, 44, 34);
	stage_scan(&stage, true);
	append_inspector(&text, &stage, 0x55b5f7c8d000, 44, 34);
	append_inspector(&text, &stage, 0x7f83aa1dc000, 44, 34);
	append_inspector(&text, &stage, 0x7fff7725a000, 44, 34);
	golden_check("explain_usage", text_string(&text));
	text_finish(&text);
	stage_close(&stage);
}

static const char *value_of(const struct explanation *explanation, const char *label)
{
	for (size_t i = 0; i < explanation->count; i++)
		if (explanation->statements[i].label &&
		    !strcmp(explanation->statements[i].label, label))
			return explanation->statements[i].value;
	return NULL;
}

static void unknown_is_unknown_and_nothing_is_left_out(void **state)
{
	struct explanation explanation;
	struct stage stage;
	struct scene scene;
	const struct band *band;

	(void)state;
	stage_open(&stage, sample_python(), 80, 300, true);
	scene = stage_scene(&stage);
	band = view_band(scene.view, scene.diagram);
	explain_band(&explanation, &scene, band);
	assert_string_equal(value_of(&explanation, "rss"), "–");
	assert_string_equal(value_of(&explanation, "swap"), "–");
	assert_null(value_of(&explanation, "uss"));
	assert_null(value_of(&explanation, "flags"));
	explanation_finish(&explanation);
	stage_scan(&stage, true);
	scene = stage_scene(&stage);
	explain_band(&explanation, &scene, band);
	assert_string_equal(value_of(&explanation, "rss"), "1012K");
	assert_non_null(value_of(&explanation, "uss"));
	assert_non_null(value_of(&explanation, "page"));
	/* 0 in the sample. */
	assert_null(value_of(&explanation, "anon"));
	assert_null(value_of(&explanation, "locked"));
	explanation_finish(&explanation);
	stage_close(&stage);
}

static void huge_pages_of_hugetlb_are_told_apart(void **state)
{
	struct explanation explanation;
	const struct band *band;
	struct stage stage;
	struct scene scene;
	struct usage usage;

	(void)state;
	stage_open(&stage, sample_python(), 80, 300, true);
	stage_scan(&stage, true);
	scene = stage_scene(&stage);
	band = view_band(scene.view, scene.diagram);
	explain_band(&explanation, &scene, band);
	assert_null(value_of(&explanation, "hugetlb"));
	explanation_finish(&explanation);
	usage = usage_table_at(&stage.usage, scene.regions->regions[band->region].vma);
	usage.rss = 0;
	usage.hugetlb = 0x100000;
	usage_list_set(&stage.usage.vmas, scene.regions->regions[band->region].vma, &usage);
	explain_band(&explanation, &scene, band);
	assert_string_equal(value_of(&explanation, "rss"), "1.0M");
	assert_string_equal(value_of(&explanation, "hugetlb"), "1.0M");
	explanation_finish(&explanation);
	stage_close(&stage);
}

static void nodes_are_told_where_there_are_several(void **state)
{
	static const struct usage_node nodes[] = {
		{0x1000, 1, 4096}, {0x55b5f7c8d000, 0, 1 << 20}, {0x55b5f7c8d000, 1, 8192}};
	struct explanation explanation;
	struct stage stage;
	struct scene scene;

	(void)state;
	stage_open(&stage, sample_python(), 80, 300, true);
	stage_scan(&stage, true);
	stage.usage.nodes = nodes;
	stage.usage.node_count = 3;
	stage.ui.view.cursor = 0x55b5f7c8d000;
	scene = stage_scene(&stage);
	explain_band(&explanation, &scene, view_band(scene.view, scene.diagram));
	assert_string_equal(value_of(&explanation, "memory"), "node 0 1.0M, node 1 8.0K");
	explanation_finish(&explanation);
	stage.usage.node_count = 1;
	explain_band(&explanation, &scene, view_band(scene.view, scene.diagram));
	assert_null(value_of(&explanation, "memory"));
	explanation_finish(&explanation);
	stage_close(&stage);
}

/* What is usual for a kind is not said of it. */
static void only_unusual_flags_are_said(void **state)
{
	static const struct {
		uint64_t address;
		const char *flags[3], *says;
	} cases[] = {
		{0x55b5f7c8d000, {"me", "ac"}, NULL},
		{0x55b5f7c8d000, {"me", "gd"}, "grows down"},
		{0x7fff7725a000, {"me", "gd"}, NULL},
		{0x55b5f7c8d000, {"lo"}, "locked in memory, cannot be made executable"},
	};
	struct stage stage;
	struct scene scene;

	(void)state;
	stage_open(&stage, sample_python(), 80, 300, true);
	stage_scan(&stage, true);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct explanation explanation;
		const struct band *band;
		struct usage usage;
		size_t index;

		stage.ui.view.cursor = cases[i].address;
		scene = stage_scene(&stage);
		band = view_band(scene.view, scene.diagram);
		index = address_space_find(scene.space, cases[i].address);
		usage = usage_table_at(&stage.usage, index);
		usage.flags = 0;
		for (size_t j = 0; j < 3 && cases[i].flags[j]; j++)
			usage.flags |= usage_flag_bit(cases[i].flags[j]);
		usage_list_set(&stage.usage.vmas, index, &usage);
		explain_band(&explanation, &scene, band);
		if (cases[i].says)
			assert_string_equal(value_of(&explanation, "flags"), cases[i].says);
		else
			assert_null(value_of(&explanation, "flags"));
		explanation_finish(&explanation);
	}
	stage_close(&stage);
}

/* The size of pages: as smaps reports it, else as the mapping has it. */
static void pages_have_a_size(void **state)
{
	static const struct {
		uint64_t reported;
		uint8_t huge_shift;
		const char *size;
		enum role role;
	} cases[] = {
		{TARGET_UNKNOWN, 0, NULL, ROLE_DEFAULT}, {TARGET_UNKNOWN, 21, "2.0M", ROLE_VALUE},
		{4096, 0, "4.0K", ROLE_DEFAULT},         {4096, 21, "4.0K", ROLE_DEFAULT},
		{8192, 0, "8.0K", ROLE_VALUE},
	};
	const struct target target = {.pid = 1, .comm = "", .page_size = 4096};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct vma vma = {.start = 0x200000,
					.end = 0x400000,
					.name = "",
					.perms = PERM_READ,
					.kind = KIND_ANON,
					.huge_shift = cases[i].huge_shift};
		struct address_space *space;
		struct explanation explanation;
		struct stage stage;
		struct usage usage;
		struct scene scene;

		assert_int_equal(address_space_create(&target, &vma, 1, 0, 0, &space), 0);
		stage_open(&stage, space, 80, 40, true);
		stage_scan(&stage, true);
		usage = usage_table_at(&stage.usage, 0);
		usage.page_size = cases[i].reported;
		usage_list_set(&stage.usage.vmas, 0, &usage);
		stage.ui.view.cursor = 0x200000;
		scene = stage_scene(&stage);
		explain_band(&explanation, &scene, view_band(scene.view, scene.diagram));
		for (size_t k = 0; k < explanation.count; k++)
			if (explanation.statements[k].label &&
			    !strcmp(explanation.statements[k].label, "page"))
				assert_int_equal(explanation.statements[k].role, cases[i].role);
		if (cases[i].size)
			assert_string_equal(value_of(&explanation, "page"), cases[i].size);
		else
			assert_null(value_of(&explanation, "page"));
		explanation_finish(&explanation);
		stage_close(&stage);
	}
}

static void append_all(struct text *text, const struct stage *stage)
{
	struct scene scene = stage_scene(stage);

	for (size_t i = 0; i < scene.regions->count; i++) {
		const struct region *region = &scene.regions->regions[i];
		struct explanation explanation;

		if (region->vma == REGION_GAP)
			continue;
		explain_band(&explanation, &scene,
			     &(struct band){.start = region->start,
					    .end = region->end,
					    .rows = 1,
					    .region = (uint32_t)i,
					    .count = 1});
		text_append_format(text, "== %s\n", explanation.title);
		for (size_t k = 0; k < explanation.count; k++) {
			const struct statement *statement = &explanation.statements[k];

			if (!statement->label || !statement->value)
				continue;
			text_append_format(text, "%s: %s", statement->label, statement->value);
			statement_append_look(text, statement);
			text_append(text, "\n");
		}
		explanation_finish(&explanation);
	}
}

/* Of usages in which no two amounts are the same; then with every flag that there is, and none. */
static void each_amount_and_flag_is_told(void **state)
{
	struct usage_table table;
	struct text text = {0};
	struct stage stage;

	(void)state;
	stage_open(&stage, odd_space(), 80, 40, true);
	odd_usage(&table, stage.session.now);
	ui_set_usage(&stage.ui, &table, NULL);
	append_all(&text, &stage);
	for (int flags = 0; flags < 2; flags++) {
		for (size_t i = 0; i < ODD_VMAS; i++) {
			struct usage usage = usage_table_at(&table, i);

			usage.flags = flags ? UINT64_MAX >> 1 : 0;
			usage_list_set(&table.vmas, i, &usage);
		}
		append_all(&text, &stage);
	}
	golden_check("explain_odd", text_string(&text));
	text_finish(&text);
	ui_set_usage(&stage.ui, NULL, NULL);
	stage_close(&stage);
	usage_table_finish(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_unusual_flags_are_said),
		cmocka_unit_test(usage_in_words_and_bars),
		cmocka_unit_test(pages_have_a_size),
		cmocka_unit_test(huge_pages_of_hugetlb_are_told_apart),
		cmocka_unit_test(nodes_are_told_where_there_are_several),
		cmocka_unit_test(unknown_is_unknown_and_nothing_is_left_out),
		cmocka_unit_test(each_amount_and_flag_is_told),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests_name("explain_usage", tests, NULL, NULL);
}
