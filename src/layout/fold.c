/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "layout/fold.h"

#include "base/text.h"
#include "base/utf8.h"
#include "layout/names.h"
#include "model/address_space.h"

struct kind_sizes {
	uint64_t all[KIND_COUNT], accessible[KIND_COUNT]; /* bytes */
};

/* The kind with the most bytes, the first of equals; KIND_GAP when there are none. */
static enum kind largest_kind(const uint64_t *sizes)
{
	enum kind largest = KIND_GAP;

	for (unsigned kind = 0; kind < KIND_COUNT; kind++)
		if (sizes[kind] > sizes[largest])
			largest = (enum kind)kind;
	return largest;
}

/* The bytes of the region that lie within the band. */
static uint64_t size_within(const struct region *region, const struct band *band)
{
	uint64_t start = region->start > band->start ? region->start : band->start;
	uint64_t end = region->end < band->end ? region->end : band->end;

	return end - start;
}

/* What is alike in all that has access. */
static void add_likeness(struct fold *fold, const struct address_space *space,
			 const struct region *region, const struct vma *vma, size_t index)
{
	const struct vma *named;
	uint64_t size = region->end - region->start;

	if (fold->mappings == 1 && fold->parts <= 1)
		fold->runtime = vma->runtime;
	else if (fold->runtime != vma->runtime)
		fold->runtime = RUNTIME_NONE;
	fold->guards += vma->kind == KIND_GUARD;
	fold->reserves += vma->kind == KIND_RESERVE;
	if (vma->kind == KIND_GUARD || vma->kind == KIND_RESERVE)
		return;
	if (fold->accessible++ == 0) {
		named = address_space_named(space, region->vma);
		fold->only = (uint32_t)index;
		fold->like = vma->kind;
		fold->like_size = size;
		fold->object = vma_has_file(named) && vma->kind <= KIND_BSS ? named : NULL;
		return;
	}
	if (fold->like != vma->kind)
		fold->like = KIND_COUNT;
	if (fold->like_size != size)
		fold->like_size = 0;
	if (!fold->object)
		return;
	named = address_space_named(space, region->vma);
	if (vma->kind > KIND_BSS || !vma_same_file(fold->object, named))
		fold->object = NULL;
}

static void add_mapping(struct fold *fold, struct kind_sizes *sizes, const struct vma *vma,
			uint64_t size)
{
	fold->mapped += size;
	fold->perms |= vma->perms;
	fold->writable_executable += vma_is_writable_executable(vma);
	sizes->all[vma->kind] += size;
	if (vma->perms & PERM_ACCESS)
		sizes->accessible[vma->kind] += size;
}

void fold_summarize(const struct address_space *space, const struct region_list *regions,
		    const struct band *band, struct fold *ret_fold)
{
	struct kind_sizes sizes = {0};
	struct fold fold = {.like = KIND_COUNT, .is_beyond = true};

	for (size_t i = band->region; i < band->region + band->count; i++) {
		const struct region *region = &regions->regions[i];
		const struct vma *vma;

		if (region->vma == REGION_GAP) {
			const struct region_hidden hidden = region_list_hidden(regions, region);

			fold.hidden += hidden.count;
			fold.hidden_bytes += hidden.mapped;
			fold.gaps += !region->hidden;
			continue;
		}
		fold.is_beyond &= region_is_beyond(region, regions);
		fold.parts += region->part;
		fold.mappings += i == band->region || region[-1].vma != region->vma;
		vma = region_mapping(region, space);
		add_mapping(&fold, &sizes, vma, size_within(region, band));
		add_likeness(&fold, space, region, vma, i);
	}
	fold.kind = largest_kind(sizes.accessible);
	if (fold.kind == KIND_GAP)
		fold.kind = largest_kind(sizes.all);
	*ret_fold = fold;
}

void fold_find_names(struct names *names, const struct address_space *space,
		     const struct region_list *regions, const struct band *band)
{
	for (size_t i = band->region; i < band->region + band->count; i++) {
		const struct region *region = &regions->regions[i];
		const struct vma *vma;

		if (region->vma == REGION_GAP)
			continue;
		vma = &space->vmas[region->vma];
		names_add(names, region_mapping(region, space), region->vma ? vma - 1 : NULL,
			  size_within(region, band));
	}
	names_sort(names);
}

/* As much of the string as columns columns hold. */
static void append_cut(struct text *text, const char *string, size_t length, size_t columns)
{
	uint32_t codepoint;

	for (size_t i = 0, step; i < length; i += step) {
		size_t width;

		step = utf8_decode(string + i, length - i, &codepoint);
		width = step ? (size_t)utf8_width(codepoint) : 0;
		if (step == 0 || width > columns)
			return;
		text_append_bytes(text, string + i, step);
		columns -= width;
	}
}

/*
 * Where there is more than fits, room for a space and the ellipsis is kept behind every name. When
 * not even the first name fits, it is cut.
 */
void fold_append_found(struct text *text, const struct names *names, size_t columns,
		       const char *ellipsis)
{
	size_t ellipsis_columns = utf8_columns(ellipsis), used = 0, shown = 0;
	struct text name = {0};

	for (; shown < names->count; shown++) {
		bool is_last = shown + 1 == names->count && !names->has_dropped;
		size_t needed;

		text_clear(&name);
		utf8_append_escaped(&name, names->entries[shown].bytes,
				    names->entries[shown].length);
		needed = (shown ? 2 : 0) + utf8_columns(text_string(&name));
		if (used + needed + (is_last ? 0 : 1 + ellipsis_columns) > columns)
			break;
		text_append(text, shown ? ", " : "");
		text_append_bytes(text, name.bytes, name.length);
		used += needed;
	}
	if (shown < names->count || names->has_dropped) {
		if (shown)
			text_append(text, " ");
		else if (columns > ellipsis_columns)
			append_cut(text, name.bytes, name.length, columns - ellipsis_columns);
		if (shown || columns >= ellipsis_columns)
			text_append(text, ellipsis);
	}
	text_finish(&name);
}

void fold_append_names(struct text *text, const struct address_space *space,
		       const struct region_list *regions, const struct band *band, size_t columns,
		       const char *ellipsis)
{
	struct names names = {0};

	fold_find_names(&names, space, regions, band);
	fold_append_found(text, &names, columns, ellipsis);
}
