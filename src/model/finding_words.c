/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/finding_words.h"

#include <inttypes.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "model/finding.h"
#include "model/target.h"
#include "model/vma.h"

/* Of memory without a name, what it is. */
static void append_memory(struct text *text, const struct finding *finding)
{
	const struct vma vma = {.start = finding->start,
				.end = finding->end,
				.perms = finding->perms,
				.kind = finding->kind,
				.tid = finding->tid,
				.name = finding->file ? finding->file : ""};
	char perms[PERMS_LENGTH], size[FORMAT_SIZE_LENGTH];

	text_append_format(text, "%012" PRIx64 "-%012" PRIx64 " ", vma.start, vma.end);
	if (finding->perms)
		text_append_format(text, "%s ", vma_perms(&vma, perms));
	text_append_format(text, "%s ", format_size(size, vma_size(&vma)));
	if (finding->file)
		utf8_append_escaped(text, finding->file, strlen(finding->file));
	else
		text_append(text, kind_name((enum kind)vma.kind));
	if (vma.tid)
		text_append_format(text, " of thread %" PRId32, vma.tid);
}

static void append_amount(struct text *text, enum finding_unit unit, uint64_t amount)
{
	char size[FORMAT_SIZE_LENGTH], number[FORMAT_NUMBER_LENGTH];

	text_append(text, unit == FINDING_UNIT_BYTES ? format_size(size, amount)
						     : format_number(number, amount));
}

/* "heap 2.0M", "7.5M of 8.0M", "61 000 of 65 530 mappings" */
static void append_amounts(struct text *text, const struct finding *finding)
{
	if (finding->kind != KIND_COUNT)
		text_append_format(text, "%s ", kind_name((enum kind)finding->kind));
	append_amount(text, finding->unit, finding->value);
	if (finding->limit != TARGET_UNKNOWN) {
		text_append(text, " of ");
		append_amount(text, finding->unit, finding->limit);
	}
	if (finding->unit == FINDING_UNIT_MAPPINGS)
		text_append(text, " mappings");
}

void finding_words_append(struct text *text, const struct finding *finding)
{
	const char *more = finding->unknown ? finding->unknown : finding->note;
	size_t before = text->length;

	if (finding->start < finding->end)
		append_memory(text, finding);
	else if (finding->file)
		utf8_append_escaped(text, finding->file, strlen(finding->file));
	else if (finding->unit)
		append_amounts(text, finding);
	if (!more)
		return;
	text_append(text, text->length > before ? ": " : "");
	text_append(text, more);
}
