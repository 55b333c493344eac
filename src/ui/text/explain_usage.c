/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/explain_usage.h"

#include <inttypes.h>
#include <string.h>

#include "base/format.h"
#include "base/text.h"
#include "model/usage.h"
#include "ui/picture/band_usage.h"
#include "ui/scene.h"
#include "ui/text/explanation.h"

#define KIND(kind) (UINT32_C(1) << (kind))
#define DRIVERS    (KIND(KIND_DEVICE) | KIND(KIND_VVAR) | KIND(KIND_VDSO))

/*
 * The flags that say more than the permissions and the kind do (proc_pid_smaps(5)), but for the
 * kinds where they are usual: what nearly all mappings have is noise.
 */
static const struct telling_flag {
	char name[3];
	uint32_t usual; /* bit 1 << kind */
} telling[] = {
	{"lo", 0},       {"io", DRIVERS}, {"gd", KIND(KIND_STACK)},
	{"dc", DRIVERS}, {"de", DRIVERS}, {"dd", DRIVERS},
	{"wf", 0},       {"ht", 0},       {"hg", 0},
	{"nh", 0},       {"mg", 0},       {"sr", 0},
	{"rr", 0},       {"um", 0},       {"uw", 0},
	{"ss", 0},       {"sl", DRIVERS}, {"pf", DRIVERS},
};

static void say_amount(struct explanation *to, const struct scene *scene, const char *label,
		       uint64_t amount, uint64_t whole, enum role role)
{
	char size[FORMAT_SIZE_LENGTH];

	if (amount == TARGET_UNKNOWN) {
		explanation_say(to, label, scene->glyphs->unknown, ROLE_MUTED);
		return;
	}
	explanation_say(to, label, format_size(size, amount), role);
	if (amount == 0)
		return;
	to->statements[to->count - 1].part = amount;
	to->statements[to->count - 1].whole = whole;
}

/* Amounts that are worth a line only when there is something. */
static void say_some(struct explanation *to, const struct scene *scene, const char *label,
		     uint64_t amount, uint64_t whole)
{
	if (amount != TARGET_UNKNOWN && amount)
		say_amount(to, scene, label, amount, whole, ROLE_DEFAULT);
}

/* The usage of the only mapping of a band; false when it is not known, or there are several. */
static bool find_usage(const struct scene *scene, const struct band *band, struct usage *ret_usage)
{
	const struct region *region = &scene->regions->regions[band->region];

	if (band->count > 1 || region->part || region->vma == REGION_GAP || !scene->usage)
		return false;
	*ret_usage = usage_table_at(scene->usage, region->vma);
	return true;
}

void explain_usage(struct explanation *to, const struct scene *scene, const struct band *band)
{
	struct band_usage sums;

	/* A picture on paper of a snapshot alone knows nothing of all this. */
	if (!scene->session && !scene->usage)
		return;
	band_usage_find(scene, band, &sums);
	say_amount(to, scene, "rss", band_usage_last(&sums), sums.size,
		   sums.rss == TARGET_UNKNOWN ? ROLE_MUTED : ROLE_VALUE);
	if (sums.hugetlb == TARGET_UNKNOWN || !sums.hugetlb)
		return;
	say_amount(to, scene, "hugetlb", sums.hugetlb, sums.size, ROLE_DEFAULT);
	explanation_say(to, NULL, "The kernel's own Rss leaves pages of hugetlb out.", ROLE_MUTED);
}

void explain_usage_amounts(struct explanation *to, const struct scene *scene,
			   const struct band *band)
{
	struct band_usage sums;
	struct usage usage;
	uint64_t dirty;
	bool known;

	if (!scene->session && !scene->usage)
		return;
	band_usage_find(scene, band, &sums);
	known = find_usage(scene, band, &usage);
	say_amount(to, scene, "pss", sums.pss, sums.size, ROLE_DEFAULT);
	if (known)
		say_some(to, scene, "uss", usage.uss, sums.size);
	say_amount(to, scene, "swap", sums.swap == TARGET_UNKNOWN ? sums.last_swap : sums.swap,
		   sums.size,
		   sums.swap == TARGET_UNKNOWN ? ROLE_MUTED
		   : sums.swap                 ? ROLE_SWAPPED
					       : ROLE_DEFAULT);
	if (!known)
		return;
	dirty = usage.private_dirty;
	usage_add(&dirty, usage.shared_dirty);
	say_some(to, scene, "dirty", dirty, sums.size);
	say_some(to, scene, "recent", usage.referenced, sums.size);
	say_some(to, scene, "anon", usage.anonymous, sums.size);
	say_some(to, scene, "huge", usage.huge != TARGET_UNKNOWN ? usage.huge : sums.huge,
		 sums.size);
	say_some(to, scene, "locked", usage.locked, sums.size);
}

static bool is_telling(const char *name, const struct vma *vma)
{
	for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++)
		if (!strcmp(name, telling[i].name))
			return !(telling[i].usual & KIND(vma->kind));
	return false;
}

/*
 * Nearly all memory may be made executable; files of a file system that is mounted noexec and
 * sealed memory may not (mprotect(2)). What the kernel lends has no say in it.
 */
static bool is_never_executable(uint64_t flags, const struct vma *vma)
{
	return !(flags & usage_flag_bit("me")) && !(vma->perms & PERM_EXEC) &&
	       !(DRIVERS & KIND(vma->kind));
}

static void say_flags(struct explanation *to, uint64_t flags, const struct vma *vma)
{
	struct text text = {0};
	const char *name;

	for (size_t i = 0; i < 64 && (name = usage_flag_name(i)) != NULL; i++) {
		if (!(flags & UINT64_C(1) << i) || !is_telling(name, vma))
			continue;
		text_append_format(&text, "%s%s", text.length ? ", " : "", usage_flag_words(i));
	}
	if (is_never_executable(flags, vma))
		text_append_format(&text, "%scannot be made executable", text.length ? ", " : "");
	if (text.length)
		explanation_say(to, "flags", text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
}

/* "node 0 1.2M, node 1 340K", where the machine has several. */
static void say_nodes(struct explanation *to, const struct usage_table *table, uint64_t start)
{
	size_t count;
	const struct usage_node *nodes = usage_table_nodes(table, start, &count);
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};

	for (size_t i = 0; i < count; i++)
		text_append_format(&text, "%snode %" PRIu32 " %s", i ? ", " : "", nodes[i].node,
				   format_size(size, nodes[i].bytes));
	if (count)
		explanation_say(to, "memory", text_string(&text), ROLE_DEFAULT);
	text_finish(&text);
}

void explain_usage_details(struct explanation *to, const struct scene *scene,
			   const struct band *band)
{
	const struct region *region = &scene->regions->regions[band->region];
	char size[FORMAT_SIZE_LENGTH];
	struct usage usage;
	uint64_t page_size;

	if (!find_usage(scene, band, &usage))
		return;
	page_size = usage.page_size;
	if (page_size == TARGET_UNKNOWN && scene->space->vmas[region->vma].huge_shift)
		page_size = UINT64_C(1) << scene->space->vmas[region->vma].huge_shift;
	if (page_size != TARGET_UNKNOWN)
		explanation_say(to, "page", format_size(size, page_size),
				page_size > scene->regions->page_size ? ROLE_VALUE : ROLE_DEFAULT);
	/* Of a mapping that smaps knows as it is now. */
	if (usage.page_size != TARGET_UNKNOWN)
		say_nodes(to, scene->usage, region->start);
	if (usage.flags != TARGET_UNKNOWN)
		say_flags(to, usage.flags, &scene->space->vmas[region->vma]);
}
