/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/difference_words.h"

#include <inttypes.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "model/diff.h"
#include "model/diff_rows.h"
#include "ui/text/words.h"

static const struct vma *first_of(const struct diff *diff, const struct diff_row *row,
				  enum diff_side side)
{
	return &diff->subjects[side].space->vmas[row->firsts[side]];
}

/* The file without its folder, the runtime, or what memory of that name is called. */
static void append_object(struct text *text, const struct diff *diff, const struct diff_row *row,
			  enum diff_side side)
{
	const size_t vma = row->firsts[side];
	const struct diff_object *object = &diff->objects.objects[diff->objects.of[side][vma]];
	const char *name = object->names[side];
	const char *slash = strrchr(name, '/');

	if (object->type == DIFF_OBJECT_MEMORY) {
		words_append_vma(text, diff->subjects[side].space, vma);
		return;
	}
	name = slash && slash[1] ? slash + 1 : name;
	utf8_append_escaped(text, name, strlen(name));
}

void difference_words_append_name(struct text *text, const struct diff *diff,
				  const struct diff_row *row, enum diff_side side)
{
	char number[FORMAT_NUMBER_LENGTH];

	if (row->count == 1) {
		words_append_vma(text, diff->subjects[side].space, row->firsts[side]);
		return;
	}
	if (row->differences) {
		append_object(text, diff, row, side);
		text_append(text, ", ");
	}
	text_append_format(text, "%s maps", format_number(number, row->count));
}

static void append_amount(struct text *text, uint64_t bytes)
{
	char size[FORMAT_SIZE_LENGTH];

	text_append(text, bytes == TARGET_UNKNOWN ? "an unknown amount" : format_size(size, bytes));
}

static void append_from_to(struct text *text, const uint64_t amounts[DIFF_SIDES])
{
	text_append(text, " from ");
	append_amount(text, amounts[DIFF_A]);
	text_append(text, " to ");
	append_amount(text, amounts[DIFF_B]);
}

/* What only one side has. */
static void append_one_sided(struct text *text, const struct diff *diff, const struct diff_row *row,
			     enum diff_side side)
{
	const struct vma *vma = first_of(diff, row, side);
	const uint64_t rss = row->sum.amounts[DIFF_RSS][side];
	char perms[PERMS_LENGTH];

	text_append_format(text, "Only %c has ", side == DIFF_A ? 'a' : 'b');
	difference_words_append_name(text, diff, row, side);
	text_append(text, ": ");
	append_amount(text, row->sum.amounts[DIFF_SIZE][side]);
	if (rss != TARGET_UNKNOWN) {
		text_append(text, ", rss ");
		append_amount(text, rss);
	}
	if (row->count == 1)
		text_append_format(text, ", %s", vma_perms(vma, perms));
	text_append_format(text, ", at %" PRIx64 ".", vma->start);
}

/* "grew from 1.0M to 65.0M, rss from 800K to 64.9M, permissions from rw-p to r--p" */
static void append_differences(struct text *text, const struct diff *diff,
			       const struct diff_row *row)
{
	const struct vma *a = first_of(diff, row, DIFF_A), *b = first_of(diff, row, DIFF_B);
	const bool resized = row->differences & (1U << DIFF_GREW | 1U << DIFF_SHRANK);
	const char *before = ":";
	char perms[PERMS_LENGTH];

	if (resized) {
		text_append(text, row->differences & 1U << DIFF_GREW ? " grew" : " shrank");
		append_from_to(text, row->sum.amounts[DIFF_SIZE]);
		before = ",";
	}
	if (row->differences & 1U << DIFF_RESIDENT) {
		text_append_format(text, "%s rss", before);
		append_from_to(text, row->sum.amounts[DIFF_RSS]);
		before = ",";
	}
	if (row->differences & 1U << DIFF_PROTECTED) {
		text_append_format(text, "%s permissions from %s", before, vma_perms(a, perms));
		text_append_format(text, " to %s", vma_perms(b, perms));
		before = ",";
	}
	if (row->differences & 1U << DIFF_BECAME)
		text_append_format(text, "%s kind from %s to %s", before, kind_name(a->kind),
				   kind_name(b->kind));
}

static void append_same(struct text *text, const struct diff *diff, const struct diff_row *row)
{
	difference_words_append_name(text, diff, row, DIFF_B);
	text_append(text,
		    row->count == 1 ? " is the same in both: " : " that are the same in both: ");
	append_amount(text, row->sum.amounts[DIFF_SIZE][DIFF_B]);
}

void difference_words_append(struct text *text, const struct diff *diff, const struct diff_row *row)
{
	uint64_t a, b;

	if (row->firsts[DIFF_A] == DIFF_NONE || row->firsts[DIFF_B] == DIFF_NONE) {
		append_one_sided(text, diff, row,
				 row->firsts[DIFF_A] == DIFF_NONE ? DIFF_B : DIFF_A);
		return;
	}
	if (row->differences) {
		difference_words_append_name(text, diff, row, DIFF_B);
		append_differences(text, diff, row);
	} else {
		append_same(text, diff, row);
	}
	a = first_of(diff, row, DIFF_A)->start;
	b = first_of(diff, row, DIFF_B)->start;
	if (a == b)
		text_append_format(text, ", at %" PRIx64 ".", b);
	else
		text_append_format(text, ", at %" PRIx64 " in a, %" PRIx64 " in b.", a, b);
}
