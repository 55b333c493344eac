/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/explain.h"

#include <inttypes.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "model/alike.h"
#include "model/grow_down.h"
#include "model/page_facts.h"
#include "model/permission.h"
#include "model/wx_history.h"
#include "ui/pane/limit_lines.h"
#include "ui/picture/band_folds.h"
#include "ui/picture/band_growth.h"
#include "ui/picture/fold_label.h"
#include "ui/scene.h"
#include "ui/text/amounts.h"
#include "ui/text/death_words.h"
#include "ui/text/explain_heap.h"
#include "ui/text/explain_sites.h"
#include "ui/text/explain_kind.h"
#include "ui/text/explain_stacks.h"
#include "ui/text/explain_usage.h"
#include "ui/text/sentence.h"
#include "ui/text/words.h"

static void say(struct explanation *to, const char *label, const char *value, enum role role)
{
	explanation_say(to, label, value, role);
}

/* A sentence that may name keys. */
static void say_sentence(struct explanation *to, const struct scene *scene, const char *sentence,
			 enum role role)
{
	struct text text = {0};

	sentence_append(&text, scene->keymap, sentence);
	say(to, NULL, text_string(&text), role);
	text_finish(&text);
}

static void say_blank(struct explanation *to)
{
	say(to, NULL, NULL, ROLE_DEFAULT);
}

/* Says the text and frees it. */
static void say_text(struct explanation *to, const char *label, struct text *text, enum role role)
{
	say(to, label, text_string(text), role);
	text_finish(text);
}

static void say_address(struct explanation *to, const char *label, uint64_t address)
{
	struct text text = {0};

	text_append_format(&text, "%" PRIx64, address);
	say_text(to, label, &text, ROLE_ADDRESS);
}

static void say_range(struct explanation *to, const struct scene *scene, uint64_t start,
		      uint64_t end)
{
	char size[FORMAT_SIZE_LENGTH], count[FORMAT_NUMBER_LENGTH];
	uint64_t pages = (end - start) / scene->regions->page_size;
	struct text text = {0};

	say_address(to, "from", start);
	say_address(to, "to", end);
	text_append_format(&text, "%s", format_size(size, end - start));
	if (pages < 1000000)
		text_append_format(&text, ", %s page%s", format_number(count, pages),
				   pages == 1 ? "" : "s");
	say_text(to, "size", &text, ROLE_VALUE);
}

/* flags: VmFlags, or TARGET_UNKNOWN. */
static void say_permissions(struct explanation *to, const struct scene *scene,
			    const struct vma *vma, uint64_t flags)
{
	const bool code = vma->perms & PERM_EXEC;

	if (vma->perms & PERM_ACCESS_UNKNOWN) {
		say(to, "?", "access unknown", ROLE_MUTED);
		return;
	}
	if (vma->perms & PERM_READ)
		say(to, "r", "can be read", ROLE_DEFAULT);
	else if ((vma->perms & PERM_ACCESS) && vma->kind != KIND_VSYSCALL)
		say(to, "-", "reads: may work or SIGSEGV", ROLE_MUTED);
	else
		say(to, "-", "not readable: SIGSEGV", ROLE_MUTED);
	if (page_facts_has(flags, "ss"))
		say(to, "w", "no ordinary writes: SIGSEGV", ROLE_DEFAULT);
	else if (vma->perms & PERM_WRITE)
		say(to, "w", "can be written", code ? ROLE_DANGER : ROLE_DEFAULT);
	else
		say(to, "-", "not writable: SIGSEGV", ROLE_MUTED);
	if (code)
		say(to, "x", "can be executed",
		    vma->perms & PERM_WRITE ? ROLE_DANGER : ROLE_DEFAULT);
	else
		say(to, "-", "no execute: SIGSEGV", ROLE_MUTED);
	if (vma->perms & PERM_SHARED)
		say(to, "s", "shared: others see writes", ROLE_DEFAULT);
	else if (vma->perms & PERM_SHARING_UNKNOWN)
		say(to, "?", "shared or private: unknown", ROLE_MUTED);
	else
		say(to, "p", "private: copy-on-write", ROLE_DEFAULT);
	if (vma_is_writable_executable(vma))
		say(to, NULL, "Writable and executable: bytes written here can run as code.",
		    ROLE_DANGER);
	else if (scene->wx_history && wx_history_contains(scene->wx_history, vma->start, vma->end,
							  scene->space->time_ns))
		say(to, NULL, "Was writable and executable before.", ROLE_DANGER);
}

/* What the neighbour of a band is: the next mapping in that direction and how far it is. */
static void say_neighbour(struct explanation *to, const struct scene *scene, size_t index, int step)
{
	const struct region_list *regions = scene->regions;
	const char *label = step > 0 ? "above" : "below";
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};
	uint64_t distance = 0;

	if (step > 0 ? index + 1 >= regions->count : index == 0) {
		say(to, label, step > 0 ? "nothing: the end" : "nothing: address 0", ROLE_MUTED);
		return;
	}
	index += (size_t)step;
	if (regions->regions[index].vma == REGION_GAP && !regions->regions[index].hidden) {
		distance = regions->regions[index].end - regions->regions[index].start;
		if (step > 0 ? index + 1 < regions->count : index > 0)
			index += (size_t)step;
	}
	if (regions->regions[index].vma == REGION_GAP && !regions->regions[index].hidden)
		text_append_format(&text, "%s unmapped", format_size(size, distance));
	else
		words_append_region(&text, scene->space, regions, index);
	if (!distance)
		text_append(&text, ", adjoining");
	else if (regions->regions[index].vma != REGION_GAP || regions->regions[index].hidden)
		text_append_format(&text, ", %s away", format_size(size, distance));
	say_text(to, label, &text, ROLE_DEFAULT);
}

/* What the stack has of its limit, and what lies free below it. */
static void say_limit(struct explanation *to, const struct scene *scene)
{
	const struct limits *limits = scene->limits;
	struct text text = {0};

	limit_lines_append(&text, limits, LIMIT_STACK, scene->glyphs);
	say_text(to, "limit", &text, limit_lines_role(limits->uses[LIMIT_STACK].level));
}

/* What private writable memory may have in all: the heap is where one meets that limit. */
static void say_data_limit(struct explanation *to, const struct scene *scene)
{
	const struct limits *limits = scene->limits;
	struct text text = {0};

	if (limits->uses[LIMIT_DATA].limit >= TARGET_UNLIMITED)
		return;
	limit_lines_append(&text, limits, LIMIT_DATA, scene->glyphs);
	text_append(&text, " data");
	say_text(to, "limit", &text, limit_lines_role(limits->uses[LIMIT_DATA].level));
}

/* What became of it since the baseline; nothing on paper, and nothing where nothing did. */
static void say_growth(struct explanation *to, const struct scene *scene, const struct band *band)
{
	struct band_growth growth;
	char delta[AMOUNTS_LENGTH];
	struct text text = {0};

	band_growth_find(scene, band, &growth);
	if (growth.delta == 0)
		return;
	/* Where nothing is drawn, a time as long as any, as the lines that it takes may be counted.
	 */
	text_append_format(&text, "%s since %s", amounts_delta(delta, growth.delta),
			   scene->status ? scene->status->baseline : "00:00:00");
	say_text(to, "growth", &text, growth.delta > 0 ? ROLE_GREW : ROLE_SHRANK);
}

/* What the kind is and what makes it grow; what the permissions are for and who sets them. */
static void say_lessons(struct explanation *to, const struct vma *vma)
{
	size_t count;
	const struct permission *permissions = permission_table(&count);

	say(to, NULL, kind_meaning(vma->kind), ROLE_MUTED);
	say(to, NULL, kind_growth(vma->kind), ROLE_MUTED);
	say_blank(to);
	for (size_t i = 0; i < count; i++) {
		const struct permission *permission = &permissions[i];
		bool has = vma->perms & permission->bit;
		struct text text = {0};

		if (!has && vma->perms & (permission->bit == PERM_SHARED ? PERM_SHARING_UNKNOWN
									 : PERM_ACCESS_UNKNOWN))
			continue;
		text_append_format(&text, "%s %s", has ? permission->allows : permission->forbids,
				   permission->calls);
		say_text(to, has ? permission->letter : permission->absent, &text, ROLE_MUTED);
	}
}

static void explain_mapping(struct explanation *to, const struct scene *scene,
			    const struct band *band)
{
	size_t index = band->region;
	const struct vma *vma = region_mapping(&scene->regions->regions[index], scene->space);

	say_range(to, scene, vma->start, vma->end);
	say_growth(to, scene, band);
	explain_usage(to, scene, band);
	say_blank(to);
	death_words_explain(to, scene->space, vma->start, vma->end);
	explain_heap(to, scene, vma);
	explain_sites(to, scene, vma->start, vma->end);
	say_permissions(
		to, scene, vma,
		page_facts_of_usage(scene->usage, scene->regions->regions[index].vma).flags);
	say_blank(to);
	explain_kind(to, vma);
	explain_stacks(to, scene->space, vma);
	if (vma->kind == KIND_STACK)
		say_limit(to, scene);
	if (vma->kind == KIND_HEAP)
		say_data_limit(to, scene);
	explain_file(to, vma);
	say_neighbour(to, scene, index, 1);
	say_neighbour(to, scene, index, -1);
	say_blank(to);
	explain_usage_amounts(to, scene, band);
	explain_usage_details(to, scene, band);
	say_blank(to);
	explain_heap_hint(to, scene, vma);
	say_lessons(to, vma);
}

/* Whether the mapping above grows down into the gap, as far as what was read of all tells. */
static enum grow_down_answer find_growth(const struct scene *scene, const struct region *gap)
{
	size_t above = address_space_lower_bound(scene->space, gap->start);
	const struct page_facts facts = page_facts_of_usage(scene->usage, above);
	struct grow_down growth;

	return grow_down_find(scene->space, gap->end - 1, &facts, &growth);
}

static void explain_gap(struct explanation *to, const struct scene *scene, size_t index)
{
	const struct region *region = &scene->regions->regions[index];
	uint64_t hidden = region_list_hidden(scene->regions, region).mapped;
	char size[FORMAT_SIZE_LENGTH];

	say_range(to, scene, region->start, region->end);
	if (hidden)
		say(to, "mapped", format_size(size, hidden), ROLE_VALUE);
	say_blank(to);
	death_words_explain(to, scene->space, region->start, region->end);
	say_sentence(to, scene, words_gap_reason(scene->regions, index, find_growth(scene, region)),
		     ROLE_DEFAULT);
	say_blank(to);
	say_neighbour(to, scene, index, 1);
	say_neighbour(to, scene, index, -1);
}

#define FOLD_NAMES_COLUMNS 400

/* What the mappings have in common, and the key that shows them. */
static const char *fold_sentence(const struct scene *scene, const struct fold *fold)
{
	if (!scene->table)
		return "One band for all of it: " SENTENCE_KEY("in") " goes in, " SENTENCE_KEY(
			"zoom-in") " zooms.";
	if (fold->mappings == 1)
		return "Parts of one mapping: " SENTENCE_KEY("in") " shows or folds them.";
	return fold->object ? "Several mappings of one file, with its bss: " SENTENCE_KEY(
				      "in") " shows or folds them."
			    : "Several mappings of one sort: " SENTENCE_KEY(
				      "in") " shows or folds them.";
}

/* A row of the table is an object or like mappings, and has their name. */
static void append_row_title(struct text *title, const struct scene *scene, const struct band *band)
{
	size_t first = scene->regions->regions[band->region].vma;
	const struct vma *vmas = scene->space->vmas;
	struct alike_run run;

	if (alike_find(scene->space, first, &run) && vmas[run.end - 1].end == band->end)
		words_append_alike(title,
				   &(struct words_alike){run.pieces, run.each, vmas[run.piece].kind,
							 vmas[run.piece].runtime},
				   scene->glyphs);
	else
		vma_append_label(title, &vmas[first]);
}

static void explain_fold(struct explanation *to, struct text *title, const struct scene *scene,
			 const struct band *band)
{
	char number[FORMAT_NUMBER_LENGTH], size[FORMAT_SIZE_LENGTH];
	struct text text = {0};
	struct fold fold;

	band_folds_find(scene->folds, scene->space, scene->regions, band, &fold);
	if (scene->table)
		append_row_title(title, scene, band);
	else
		fold_label_append(title, scene, band, &fold, FOLD_NAMES_COLUMNS);
	say_range(to, scene, band->start, band->end);
	say_blank(to);
	say(to, "maps", format_number(number, fold.mappings), ROLE_VALUE);
	if (fold.hidden)
		say(to, "hidden", format_number(number, fold.hidden), ROLE_VALUE);
	say(to, "gaps", format_number(number, fold.gaps), ROLE_VALUE);
	say(to, "mapped", format_size(size, fold.mapped), ROLE_VALUE);
	say_growth(to, scene, band);
	explain_usage(to, scene, band);
	explain_usage_amounts(to, scene, band);
	if (fold.writable_executable) {
		text_append_format(&text, "%" PRIu32 " writable and executable",
				   fold.writable_executable);
		say_text(to, "w+x", &text, ROLE_DANGER);
	}
	say_blank(to);
	death_words_explain(to, scene->space, band->start, band->end);
	explain_sites(to, scene, band->start, band->end);
	band_folds_append_names(scene->folds, &text, scene->space, scene->regions, band,
				FOLD_NAMES_COLUMNS, scene->glyphs->ellipsis);
	say_text(to, NULL, &text, ROLE_DEFAULT);
	say_blank(to);
	say_sentence(to, scene, fold_sentence(scene, &fold), ROLE_MUTED);
}

void explain_band(struct explanation *explanation, const struct scene *scene,
		  const struct band *band)
{
	struct text title = {0};

	*explanation = (struct explanation){0};
	if (band->count == 1)
		words_append_region(&title, scene->space, scene->regions, band->region);
	if (band->count > 1)
		explain_fold(explanation, &title, scene, band);
	else if (scene->regions->regions[band->region].vma == REGION_GAP)
		explain_gap(explanation, scene, band->region);
	else
		explain_mapping(explanation, scene, band);
	explanation->title =
		arena_copy(&explanation->arena, text_string(&title), strlen(text_string(&title)));
	text_finish(&title);
}
