/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/answer.h"

#include <inttypes.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "layout/region.h"
#include "model/address_space.h"
#include "model/file_facts.h"
#include "ui/text/answer_access.h"
#include "ui/text/answer_inside.h"
#include "ui/text/explain_stacks.h"
#include "ui/text/explanation.h"
#include "ui/text/words.h"

/* Says the text and frees it. */
static void say(struct explanation *to, const char *label, struct text *text, enum role role)
{
	explanation_say(to, label, text_string(text), role);
	text_finish(text);
}

static void say_region(struct explanation *to, const struct answer_about *about, const char *label,
		       size_t index)
{
	const struct region *region = &about->regions->regions[index];
	char size[FORMAT_SIZE_LENGTH];
	char perms[PERMS_LENGTH];
	struct text text = {0};

	words_append_region(&text, about->space, about->regions, index);
	if (region->vma != REGION_GAP)
		text_append_format(&text, ", %s",
				   vma_perms(region_mapping(region, about->space), perms));
	text_append_format(&text, ", %s, %" PRIx64 "-%" PRIx64,
			   format_size(size, region->end - region->start), region->start,
			   region->end);
	say(to, label, &text, ROLE_KIND_TEXT + region->kind);
}

static const char *owner_words(const struct vma *vma)
{
	switch ((enum owner)vma->owner) {
	case OWNER_PROGRAM: return " of the program";
	case OWNER_LOADER: return " of the loader";
	case OWNER_LIBRARY: return " of a library";
	default: return "";
	}
}

static void say_kind(struct explanation *to, const struct vma *vma)
{
	static const struct {
		unsigned perm;
		const char *words;
	} allowed[] = {{PERM_READ, "read"}, {PERM_WRITE, "write"}, {PERM_EXEC, "execute"}};
	struct text text = {0};
	bool any = false;

	text_append_format(&text, "%s%s: ", kind_name(vma->kind), owner_words(vma));
	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
		if (!(vma->perms & allowed[i].perm))
			continue;
		text_append_format(&text, "%s%s", any ? ", " : "", allowed[i].words);
		any = true;
	}
	if (!any)
		text_append(&text,
			    vma->perms & PERM_ACCESS_UNKNOWN ? "access unknown" : "no access");
	text_append(&text, vma->perms & PERM_SHARED            ? ", shared"
			   : vma->perms & PERM_SHARING_UNKNOWN ? ""
							       : ", private");
	say(to, "kind", &text, vma_is_writable_executable(vma) ? ROLE_DANGER : ROLE_DEFAULT);
}

static void say_here(struct explanation *to, const struct answer_about *about,
		     const struct vma *vma)
{
	uint64_t page_size = about->regions->page_size, offset = about->address - vma->start;
	char size[FORMAT_SIZE_LENGTH], page[FORMAT_NUMBER_LENGTH], pages[FORMAT_NUMBER_LENGTH];
	struct text text = {0};

	if (offset)
		text_append_format(&text, "0x%" PRIx64 " (%s) above its start", offset,
				   format_size(size, offset));
	else
		text_append(&text, "at its start");
	text_append_format(&text, ", page %s of %s", format_number(page, offset / page_size + 1),
			   format_number(pages, vma_size(vma) / page_size));
	say(to, "here", &text, ROLE_DEFAULT);
}

static void say_in_file(struct explanation *to, const struct answer_about *about,
			const struct vma *vma)
{
	const struct file_facts *file = about->file;
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};

	text_append_format(&text, "offset 0x%" PRIx64 ", size %s",
			   vma->offset + (about->address - vma->start),
			   file && file->size != TARGET_UNKNOWN ? format_size(size, file->size)
								: about->unknown);
	if (file && file->is_elf)
		text_append_format(&text, ", ELF address 0x%" PRIx64, about->address - file->bias);
	say(to, "in file", &text, ROLE_DEFAULT);
}

static void say_file(struct explanation *to, const struct vma *vma)
{
	struct text text = {0};

	utf8_append_escaped(&text, vma->name, strlen(vma->name));
	if (vma->deleted)
		text_append(&text, " (deleted)");
	say(to, "file", &text, ROLE_DEFAULT);
}

static void answer_mapping(struct explanation *to, const struct answer_about *about, size_t index)
{
	const struct vma *vma = region_mapping(&about->regions->regions[index], about->space);

	say_region(to, about, "mapping", index);
	answer_inside(to, about);
	say_here(to, about, vma);
	answer_access(to, about);
	if (vma_has_file(vma))
		say_in_file(to, about, vma);
	say_kind(to, vma);
	explain_stacks(to, about->space, vma);
	if (vma_has_file(vma))
		say_file(to, vma);
}

/* The next mapping on one side of a gap, and how far it is from the address. */
static void say_neighbour(struct explanation *to, const struct answer_about *about, size_t index,
			  bool above)
{
	const struct region *region = &about->regions->regions[index];
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};

	words_append_region(&text, about->space, about->regions, index);
	if (above)
		text_append_format(&text, ", %s away, from %" PRIx64,
				   format_size(size, region->start - about->address),
				   region->start);
	else if (about->address == region->end)
		text_append_format(&text, ", which ends here");
	else
		text_append_format(&text, ", %s away, up to %" PRIx64,
				   format_size(size, about->address - region->end), region->end);
	say(to, above ? "above" : "below", &text, ROLE_DEFAULT);
}

static bool is_mapping(const struct answer_about *about, size_t index)
{
	return index < about->regions->count && about->regions->regions[index].vma != REGION_GAP;
}

/* Gaps may adjoin: at the end of user addresses. */
static void answer_gap(struct explanation *to, const struct answer_about *about, size_t index)
{
	size_t above = index, below = index;

	if (index < about->regions->count)
		say_region(to, about, "gap", index);
	answer_access(to, about);
	while (above < about->regions->count && about->regions->regions[above].vma == REGION_GAP)
		above++;
	while (below > 0 && !is_mapping(about, below - 1))
		below--;
	if (above < about->regions->count)
		say_neighbour(to, about, above, true);
	if (below > 0)
		say_neighbour(to, about, below - 1, false);
}

void answer_make(struct explanation *explanation, const struct answer_about *about)
{
	size_t index = region_list_find(about->regions, about->address);

	*explanation = (struct explanation){0};
	if (is_mapping(about, index))
		answer_mapping(explanation, about, index);
	else
		answer_gap(explanation, about, index);
}
