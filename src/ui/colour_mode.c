/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/colour_mode.h"

#include "layout/diagram.h"
#include "model/address_space.h"
#include "model/identity.h"
#include "model/query_matches.h"
#include "ui/find.h"
#include "ui/picture/bar.h"
#include "ui/scene.h"
#include "ui/site_colours.h"
#include "ui/text/sentence.h"

#define CLASSES_MOST 7

static const struct {
	const char *title, *message;
	struct colour_mode_class
		classes[CLASSES_MOST]; /* the most telling first; no word ends them */
} modes[COLOUR_MODE_COUNT] = {
	[COLOUR_MODE_KIND] = {NULL, "Colours: the kind of each mapping.", {{ROLE_DEFAULT, NULL}}},
	[COLOUR_MODE_PROTECTION] = {"by protection",
				    "Colours: what each mapping permits.",
				    {{ROLE_WRITABLE_EXECUTABLE, "w+x"},
				     {ROLE_EXECUTABLE, "executable"},
				     {ROLE_WRITABLE, "writable"},
				     {ROLE_READ_ONLY, "read-only"},
				     {ROLE_NO_ACCESS, "no access"}}},
	[COLOUR_MODE_RESIDENCY] = {"by residency",
				   "Colours: how much of each mapping is in memory.",
				   {{ROLE_RESIDENT, "in memory"},
				    {ROLE_PARTLY, "partly"},
				    {ROLE_SWAPPED, "swapped"},
				    {ROLE_ABSENT, "not in memory"}}},
	[COLOUR_MODE_GROWTH] = {"by growth",
				"Colours: changes since the baseline; " SENTENCE_KEY(
					"baseline") " sets it.",
				{{ROLE_APPEARED, "appeared"},
				 {ROLE_GREW, "grew"},
				 {ROLE_SHRANK, "shrank"},
				 {ROLE_UNCHANGED, "unchanged"}}},
	[COLOUR_MODE_SHARING] = {"by sharing",
				 "Colours: who sees what is written.",
				 {{ROLE_SHARED, "shared"},
				  {ROLE_PRIVATE_FILE, "private, of a file"},
				  {ROLE_PRIVATE, "private"}}},
	[COLOUR_MODE_SITES] = {"by call site",
			       "Colours: whose code touched it; " SENTENCE_KEY(
				       "call-sites") " lists the call sites.",
			       {{ROLE_SITE_A, "heaviest"},
				{ROLE_SITE_B, "2nd"},
				{ROLE_SITE_C, "3rd"},
				{ROLE_SITE_D, "4th"},
				{ROLE_SITE_E, "5th"},
				{ROLE_SITE_OTHER, "others"},
				{ROLE_UNCHANGED, "unknown"}}},
};

const char *colour_mode_title(enum colour_mode colours)
{
	return modes[colours].title;
}

const char *colour_mode_message(enum colour_mode colours)
{
	return modes[colours].message;
}

uint32_t colour_mode_letter(enum role role)
{
	static const char letters[ROLE_COUNT] = {
		[ROLE_KIND_TEXT] = 't',
		[ROLE_KIND_RODATA] = 'r',
		[ROLE_KIND_RELRO] = 'l',
		[ROLE_KIND_DATA] = 'd',
		[ROLE_KIND_BSS] = 'b',
		[ROLE_KIND_HEAP] = 'h',
		[ROLE_KIND_ARENA] = 'A',
		[ROLE_KIND_STACK] = 's',
		[ROLE_KIND_THREAD_STACK] = 'S',
		[ROLE_KIND_GUARD] = 'g',
		[ROLE_KIND_RESERVE] = 'R',
		[ROLE_KIND_ANON] = 'a',
		[ROLE_KIND_JIT] = 'j',
		[ROLE_KIND_FILE] = 'f',
		[ROLE_KIND_SHARED] = 'm',
		[ROLE_KIND_DEVICE] = 'D',
		[ROLE_KIND_VDSO] = 'v',
		[ROLE_KIND_VVAR] = 'V',
		[ROLE_KIND_VSYSCALL] = 'y',
		[ROLE_WRITABLE_EXECUTABLE] = 'X',
		[ROLE_EXECUTABLE] = 'x',
		[ROLE_WRITABLE] = 'w',
		[ROLE_READ_ONLY] = 'r',
		[ROLE_NO_ACCESS] = 'n',
		[ROLE_RESIDENT] = 'm',
		[ROLE_PARTLY] = 'p',
		[ROLE_SWAPPED] = 's',
		[ROLE_ABSENT] = 'n',
		[ROLE_APPEARED] = 'a',
		[ROLE_GREW] = 'g',
		[ROLE_SHRANK] = 's',
		[ROLE_UNCHANGED] = 'u',
		[ROLE_SHARED] = 's',
		[ROLE_PRIVATE_FILE] = 'f',
		[ROLE_PRIVATE] = 'p',
		[ROLE_SITE_A] = 'A',
		[ROLE_SITE_B] = 'B',
		[ROLE_SITE_C] = 'C',
		[ROLE_SITE_D] = 'D',
		[ROLE_SITE_E] = 'E',
		[ROLE_SITE_OTHER] = 'o',
	};

	return (uint32_t)letters[role];
}

const struct colour_mode_class *colour_mode_classes(enum colour_mode colours, size_t *ret_count)
{
	size_t count = 0;

	while (count < CLASSES_MOST && modes[colours].classes[count].word)
		count++;
	*ret_count = count;
	return modes[colours].classes;
}

static enum role protection_role(const struct vma *vma)
{
	if (vma_is_writable_executable(vma))
		return ROLE_WRITABLE_EXECUTABLE;
	if (vma->perms & PERM_EXEC)
		return ROLE_EXECUTABLE;
	if (vma->perms & PERM_WRITE)
		return ROLE_WRITABLE;
	return vma->perms & PERM_READ ? ROLE_READ_ONLY : ROLE_NO_ACCESS;
}

static enum role sharing_role(const struct vma *vma)
{
	if (vma->perms & PERM_SHARED)
		return ROLE_SHARED;
	return vma_has_file(vma) ? ROLE_PRIVATE_FILE : ROLE_PRIVATE;
}

/* What became of the mapping, and by how many bytes. */
static enum role growth_role(const struct identity *growth, const struct region *region,
			     uint64_t *ret_bytes)
{
	uint32_t vma = region->vma;
	int64_t delta = identity_delta(growth, vma);

	if (region->part) {
		*ret_bytes = identity_new_bytes(growth, vma, region->start, region->end);
		if (*ret_bytes == region->end - region->start)
			return ROLE_APPEARED;
		return *ret_bytes ? ROLE_GREW : ROLE_UNCHANGED;
	}
	*ret_bytes = delta < 0 ? (uint64_t)-delta : (uint64_t)delta;
	if (identity_growth(growth, vma).appeared)
		return ROLE_APPEARED;
	if (delta == 0)
		return ROLE_UNCHANGED;
	return delta > 0 ? ROLE_GREW : ROLE_SHRANK;
}

/* Which of two answers is the more telling one. */
static bool is_more_telling(enum colour_mode colours, enum role role, enum role than)
{
	for (size_t i = 0; i < CLASSES_MOST && modes[colours].classes[i].word; i++)
		if (modes[colours].classes[i].role == role ||
		    modes[colours].classes[i].role == than)
			return modes[colours].classes[i].role == role && role != than;
	return false;
}

static enum role site_role(const struct scene *scene, uint64_t start, uint64_t end)
{
	return scene->site_colours
		       ? site_colours_role(scene->site_colours, scene->sites, start, end)
		       : ROLE_UNCHANGED;
}

/* By growth, what changed by most bytes tells most; else what comes first among the answers. */
enum role colour_mode_band_role(const struct scene *scene, const struct band *band, enum kind kind)
{
	const struct query_matches *kept = find_filtered(scene->find);
	enum role found = ROLE_COUNT;
	uint64_t most = 0;

	if (scene->colours == COLOUR_MODE_KIND)
		return ROLE_KIND_TEXT + kind;
	if (scene->colours == COLOUR_MODE_RESIDENCY)
		return ROLE_ABSENT;
	if (scene->colours == COLOUR_MODE_SITES)
		return site_role(scene, band->start, band->end);
	if (scene->colours == COLOUR_MODE_GROWTH && !scene->growth)
		return ROLE_UNCHANGED;
	for (size_t i = band->region; i < band->region + band->count; i++) {
		const struct region *region = &scene->regions->regions[i];
		uint32_t index = region->vma;
		uint64_t bytes = 0;
		enum role role;

		if (index == REGION_GAP || (kept && !query_matches_has(kept, index)))
			continue;
		if (scene->colours == COLOUR_MODE_GROWTH)
			role = growth_role(scene->growth, region, &bytes);
		else if (scene->colours == COLOUR_MODE_SHARING)
			role = sharing_role(region_mapping(region, scene->space));
		else
			role = protection_role(region_mapping(region, scene->space));
		if (found == ROLE_COUNT || bytes > most ||
		    (bytes == most && is_more_telling(scene->colours, role, found))) {
			found = role;
			most = bytes;
		}
	}
	return found == ROLE_COUNT ? ROLE_MUTED : found;
}

enum role colour_mode_row_role(const struct scene *scene, enum role band, uint64_t start,
			       uint64_t end, const struct row_usage *row)
{
	if (scene->colours == COLOUR_MODE_SITES)
		return site_role(scene, start, end);
	return scene->colours == COLOUR_MODE_RESIDENCY ? bar_residency_role(row) : band;
}
