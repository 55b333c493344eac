/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/file_identity.h"

#include <string.h>

#include "model/file_key.h"

static const char *const names[FILE_IDENTITY_COUNT] = {
	[FILE_IDENTITY_UNKNOWN] = "unknown",
	[FILE_IDENTITY_LIKELY] = "likely",
	[FILE_IDENTITY_PROVEN] = "proven",
};

bool file_numbers_equal(const struct file_numbers *a, const struct file_numbers *b)
{
	return a->inode == b->inode && a->dev_major == b->dev_major && a->dev_minor == b->dev_minor;
}

/* A link is found by its range of addresses: it may be of what was mapped there since. */
static bool link_is_of_mapping(const struct file_evidence *evidence)
{
	return evidence->has_link && evidence->link.inode == evidence->mapped.inode;
}

bool file_identity_needs_trial(const struct file_evidence *evidence)
{
	/* Who may follow the link has the file by it. */
	if (evidence->recorded || file_numbers_equal(&evidence->mapped, &evidence->stat) ||
	    link_is_of_mapping(evidence))
		return false;
	/* Overlayfs before Linux 6.8 showed the inode of the layer in maps, its own in stat(2). */
	return evidence->renumbers || evidence->stat.inode == evidence->mapped.inode;
}

static bool same_build_id(const struct build_id *a, const struct build_id *b)
{
	return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* What remains when neither equal numbers nor a link proved it. */
static enum file_identity judge_renumbered(const struct file_evidence *evidence)
{
	const struct build_id *build_id = &evidence->mapped_build_id;

	if (evidence->has_trial
		    ? !file_numbers_equal(&evidence->trial, &evidence->mapped)
		    : !evidence->renumbers || evidence->stat.inode != evidence->mapped.inode)
		return FILE_IDENTITY_UNKNOWN;
	if (evidence->has_build_ids) {
		if (!same_build_id(build_id, &evidence->trial_build_id))
			return FILE_IDENTITY_UNKNOWN;
		if (build_id->size)
			return FILE_IDENTITY_PROVEN;
	}
	/* The file may have been made shorter, but more likely this is another one. */
	if (evidence->offset > evidence->size)
		return FILE_IDENTITY_UNKNOWN;
	return evidence->same_path ? FILE_IDENTITY_LIKELY : FILE_IDENTITY_UNKNOWN;
}

enum file_identity file_identity_judge(const struct file_evidence *evidence)
{
	if (file_numbers_equal(&evidence->mapped, &evidence->stat))
		return evidence->recorded ? FILE_IDENTITY_LIKELY : FILE_IDENTITY_PROVEN;
	if (link_is_of_mapping(evidence)) {
		if (evidence->linked)
			return FILE_IDENTITY_PROVEN;
		if (!file_numbers_equal(&evidence->link, &evidence->stat))
			return FILE_IDENTITY_UNKNOWN;
	}
	return judge_renumbered(evidence);
}

bool file_identity_is_path(const struct file_key *key, const char *path)
{
	const char *name = key->name;

	for (; *name && *path; path++) {
		if (*path == '\n' && strncmp(name, "\\012", 4) == 0)
			name += 4;
		else if (*path == *name)
			name++;
		else
			return false;
	}
	return !*name && strcmp(path, key->deleted ? DELETED_SUFFIX : "") == 0;
}

bool file_traits_agree(const struct file_traits *a, const struct file_traits *b)
{
	if (a->has_link && b->has_link && !file_numbers_equal(&a->link, &b->link))
		return false;
	return !a->has_build_id || !b->has_build_id || same_build_id(&a->build_id, &b->build_id);
}

const char *file_identity_name(enum file_identity identity)
{
	return names[identity];
}
