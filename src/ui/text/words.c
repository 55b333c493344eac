/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/words.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/format.h"
#include "base/text.h"
#include "base/utf8.h"
#include "layout/names.h"
#include "layout/region.h"
#include "model/address_space.h"
#include "ui/glyphs.h"
#include "ui/text/sentence.h"

static_assert(ROLE_COUNT - ROLE_KIND_TEXT == KIND_COUNT, "a role for each kind");
static_assert(ROLE_KIND_GAP - ROLE_KIND_TEXT == KIND_GAP, "roles in the order of kinds");

enum gap {
	GAP_UNMAPPED,
	GAP_NULL,    /* from address 0 up */
	GAP_HEAP,    /* above the heap */
	GAP_STACK,   /* below the main stack */
	GAP_TOP,     /* up to the end of user addresses */
	GAP_KERNEL,  /* above the end of user addresses */
	GAP_NOTHING, /* the whole space: nothing is mapped at all */
	GAP_HIDDEN,  /* no gap: mappings that a filter hides */
};

static const struct {
	const char *name, *reason;
} gaps[] = {
	[GAP_UNMAPPED] = {"unmapped", "Nothing is mapped here: any access raises SIGSEGV."},
	[GAP_NULL] = {"unmapped from NULL", "Nothing is mapped from address 0 up, so that using a "
					    "NULL pointer raises SIGSEGV."},
	[GAP_HEAP] = {"room for the heap",
		      "Nothing is mapped here; the heap below grows up into it when malloc moves "
		      "the program break."},
	[GAP_STACK] = {"room for the stack", "Nothing is mapped here; the stack above grows down "
					     "into it, up to its limit, as calls nest."},
	[GAP_TOP] = {"unmapped to the top",
		     "Nothing is mapped here: user addresses end above it. The kernel usually "
		     "leaves a random distance to the stack."},
	[GAP_KERNEL] =
		{"not user memory",
		 "These addresses belong to the kernel, or are not usable; a process cannot map "
		 "them."},
	[GAP_NOTHING] = {"nothing is mapped", "The process has no mappings."},
	[GAP_HIDDEN] = {"hidden", "The filter hides the mappings here; " SENTENCE_KEY(
					  "filter") " edits it, Esc shows them again."},
};

static enum kind kind_at(const struct region_list *regions, size_t index)
{
	return index < regions->count ? regions->regions[index].kind : KIND_GAP;
}

static enum gap find_gap(const struct region_list *regions, size_t index)
{
	const struct region *region = &regions->regions[index];

	if (region->hidden)
		return GAP_HIDDEN;
	if (regions->count == 1)
		return GAP_NOTHING;
	if (region->start >= regions->user_end)
		return GAP_KERNEL;
	if (region->start == 0)
		return GAP_NULL;
	if (kind_at(regions, index - 1) == KIND_HEAP)
		return GAP_HEAP;
	if (kind_at(regions, index + 1) == KIND_STACK)
		return GAP_STACK;
	return region->end == regions->user_end ? GAP_TOP : GAP_UNMAPPED;
}

const char *words_gap(const struct region_list *regions, size_t index)
{
	return gaps[find_gap(regions, index)].name;
}

const char *words_gap_reason(const struct region_list *regions, size_t index,
			     enum grow_down_answer grows)
{
	enum gap gap = find_gap(regions, index);

	if (gap == GAP_UNMAPPED && grows == GROW_DOWN_YES)
		return "Nothing is mapped here; the mapping above grows down into it, up to its "
		       "limit, as calls nest.";
	if (gap == GAP_UNMAPPED && grows == GROW_DOWN_PERHAPS)
		return "Nothing is mapped here: any access raises SIGSEGV, unless the mapping "
		       "above grows down, which only smaps reports.";
	return gaps[gap].reason;
}

/*
 * A part of an ELF object is called by the object's short name and the part's: "libc text". What
 * else has a path is called by its file's name.
 */
static void append_part(struct text *text, const struct vma *named, enum kind kind)
{
	size_t length;
	const char *name = names_short(named->name, &length);

	utf8_append_escaped(text, name, length);
	text_append_format(text, " %s", kind_name(kind));
}

void words_append_vma(struct text *text, const struct address_space *space, size_t index)
{
	const struct vma *named = address_space_named(space, index);
	enum kind kind = space->vmas[index].kind;

	if (named->name[0] == '/' && kind <= KIND_BSS)
		append_part(text, named, kind);
	else
		vma_append_label(text, named);
}

void words_append_alike(struct text *text, const struct words_alike *alike,
			const struct glyphs *glyphs)
{
	char number[FORMAT_NUMBER_LENGTH], size[FORMAT_SIZE_LENGTH];

	if (alike->runtime) {
		text_append(text, runtime_label(alike->runtime));
		return;
	}
	text_append_format(text, "%s %s ", format_number(number, alike->count), glyphs->times);
	if (alike->each)
		text_append_format(text, "%s ", format_size(size, alike->each));
	text_append(text, kind_name(alike->kind));
}

void words_append_hidden(struct text *text, uint64_t mappings)
{
	char number[FORMAT_NUMBER_LENGTH];

	text_append_format(text, "%s mapping%s hidden", format_number(number, mappings),
			   mappings == 1 ? "" : "s");
}

void words_append_region(struct text *text, const struct address_space *space,
			 const struct region_list *regions, size_t index)
{
	const struct region *region = &regions->regions[index];

	if (region->hidden)
		words_append_hidden(text, region_list_hidden(regions, region).count);
	else if (region->vma == REGION_GAP)
		text_append(text, words_gap(regions, index));
	else if (region->part)
		vma_append_label(text, region_mapping(region, space));
	else
		words_append_vma(text, space, region->vma);
}

/* As "%12x", which is written on most lines. */
static void write_address(char *out, uint64_t address)
{
	char digits[DIGITS_HEX_MAX];
	size_t count = digits_hex(digits, address), blanks = count < 12 ? 12 - count : 0;

	memset(out, ' ', blanks);
	memcpy(out + blanks, digits, count);
	out[blanks + count] = '\0';
}

const char *words_address(char out[static WORDS_ADDRESS_LENGTH], uint64_t address,
			  const struct glyphs *glyphs)
{
	if (address >> 56)
		snprintf(out, WORDS_ADDRESS_LENGTH, "%.4s%s%07" PRIx64, "ffffffff",
			 glyphs->ellipsis, address & 0xfffffff);
	else
		write_address(out, address);
	return out;
}
