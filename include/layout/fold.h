/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAYOUT_FOLD_H
#define LAYOUT_FOLD_H

/* What a band holds, added up over its regions. Bytes. */

#include <stdbool.h>
#include <stdint.h>

#include "layout/diagram.h"
#include "model/kind.h"

struct address_space;
struct vma;
struct names;
struct text;

struct fold {
	uint32_t mappings, gaps;
	uint32_t parts;  /* of mappings that have parts; such a mapping counts as one, too */
	uint32_t hidden; /* mappings that a filter hides; they count nowhere else here */
	uint64_t hidden_bytes;
	uint64_t mapped; /* bytes of the mappings */
	uint8_t perms;   /* every permission that one of them has; PERM_SHARED if any is shared */
	uint32_t writable_executable; /* mappings that are both */
	uint32_t guards, reserves;    /* mappings, or parts */
	bool is_beyond;               /* all of the mappings lie above user addresses */
	/*
	 * Of those with access: the mapping or part, if there is one only, as the index of its
	 * region; the kind and size that all have in common, KIND_COUNT and 0 if not; the object
	 * that all belong to, the VMA that has its name, NULL if not.
	 */
	uint32_t accessible, only;
	enum kind like;
	uint64_t like_size;
	const struct vma *object;
	uint8_t runtime; /* enum runtime: all mappings are of it, or RUNTIME_NONE */
	enum kind kind;  /* the kind with the most bytes that has access, else the most bytes;
			  * KIND_GAP without mappings */
};

void fold_summarize(const struct address_space *space, const struct region_list *regions,
		    const struct band *band, struct fold *ret_fold);

/*
 * Appends the names of what the band holds, largest object first, each once, as short as users know
 * them ("libm, libc, libpython3.11"; layout/names.h), in at most columns columns: what does not fit
 * is left out and a space and the ellipsis end the list; a first name that does not fit is cut.
 * Escaped for the screen. Nothing for a gap. One pass over the regions of the band.
 */
void fold_append_names(struct text *text, const struct address_space *space,
		       const struct region_list *regions, const struct band *band, size_t columns,
		       const char *ellipsis);

/*
 * The same in two steps: what the band holds, into names, which are all zeroes; and its names, as
 * long as the space lives. The second one costs the same however many regions there are.
 */
void fold_find_names(struct names *names, const struct address_space *space,
		     const struct region_list *regions, const struct band *band);
void fold_append_found(struct text *text, const struct names *names, size_t columns,
		       const char *ellipsis);

#endif
