/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/mapped_open.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/statfs.h>
#include <unistd.h>

#include "base/text.h"
#include "files/trial_mapping.h"
#include "kernel/avoid.h"
#include "kernel/procmap_query.h"
#include "model/file_key.h"
#include "model/vma.h"

/* How a file is opened. */
#define HOW (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

#define BCACHEFS_MAGIC 0xca451a4e /* fs/bcachefs/bcachefs_format.h; linux/magic.h lacks it */

/* What is looked for, and the best that was found. */
struct search {
	struct mapped_root *root;
	const struct vma *vma;
	struct file_evidence evidence; /* of the candidate that is looked at, and of the mapping */
	bool followed;                 /* the kernel's link of the mapping */
	bool asked;                    /* for the build-id of the mapped file: */
	bool has_build_id;
	int found; /* negative: nothing yet */
	struct mapped_found best;
};

static void search_init(struct search *search, struct mapped_root *root, const struct vma *vma)
{
	*search = (struct search){
		.root = root,
		.vma = vma,
		.evidence =
			{
				.mapped = {vma->inode, vma->dev_major, vma->dev_minor},
				.offset = vma->offset,
				.recorded = !mapped_root_is_live(root),
			},
		.found = -ENOENT,
	};
}

static struct file_numbers numbers_of(const struct statx *stat)
{
	return (struct file_numbers){
		.inode = stat->stx_ino,
		.dev_major = stat->stx_dev_major,
		.dev_minor = stat->stx_dev_minor,
	};
}

/* Looks at a file without opening it; false for one that is not regular. */
static bool stat_regular(int descriptor, struct statx *ret_stat)
{
	const unsigned wanted = STATX_TYPE | STATX_INO | STATX_SIZE | STATX_MTIME;

	return statx(descriptor, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, wanted, ret_stat) == 0 &&
	       S_ISREG(ret_stat->stx_mode);
}

/* File systems that have a device of stat(2) for each subvolume or layer. */
static bool renumbers(int descriptor)
{
	struct statfs fs;

	return fstatfs(descriptor, &fs) == 0 &&
	       (fs.f_type == BTRFS_SUPER_MAGIC || fs.f_type == OVERLAYFS_SUPER_MAGIC ||
		fs.f_type == BCACHEFS_MAGIC);
}

/* Where the kernel's own link leads; it is the same for all candidates. Returns a descriptor. */
static int follow_link(struct search *search)
{
	int descriptor = mapped_way_open(search->root, MAPPED_WAY_LINK, search->vma, NULL);
	struct statx stat;

	search->followed = true;
	if (descriptor >= 0 && stat_regular(descriptor, &stat)) {
		search->evidence.has_link = true;
		search->evidence.link = numbers_of(&stat);
	}
	return descriptor;
}

static void close_if_open(int descriptor)
{
	if (descriptor >= 0)
		close(descriptor);
}

/* What the kernel read of the mapped file; it is the same for all candidates. */
static void ask_build_id(struct search *search)
{
	struct file_evidence *evidence = &search->evidence;
	struct procmap_file file;

	if (search->asked || (search->root->avoid & AVOID_PROCMAP_QUERY))
		return;
	search->asked = true;
	if (procmap_query_file(mapped_ways_maps(search->root), search->vma->start, &file) ||
	    !file_numbers_equal(&file.numbers, &evidence->mapped))
		return;
	search->has_build_id = true;
	evidence->mapped_build_id = file.build_id;
}

static void try_mapping(struct search *search, int descriptor)
{
	struct file_evidence *evidence = &search->evidence;
	struct trial_mapping trial;
	int file = mapped_open(descriptor);

	if (file < 0)
		return;
	evidence->has_trial = trial_mapping_make(file, search->root->avoid, &trial) == 0;
	close(file);
	if (!evidence->has_trial)
		return;
	/* Only now: the page with the build-id is cached if it is the same file. */
	ask_build_id(search);
	evidence->trial = trial.numbers;
	evidence->trial_build_id = trial.build_id;
	evidence->has_build_ids = search->has_build_id && trial.has_build_id;
}

static bool is_exe_path(struct search *search)
{
	const struct file_key key = file_key_of(search->vma);
	struct text path = {0};
	bool is_path = mapped_ways_read_exe(search->root, &path) &&
		       file_identity_is_path(&key, text_string(&path));

	text_finish(&path);
	return is_path;
}

/* What is the candidate's own. */
static void fill_evidence(struct search *search, int descriptor, const struct statx *stat,
			  enum mapped_way way)
{
	struct file_evidence *evidence = &search->evidence;

	evidence->stat = numbers_of(stat);
	evidence->size = stat->stx_size;
	evidence->linked = way == MAPPED_WAY_LINK;
	evidence->renumbers = false;
	evidence->has_trial = evidence->has_build_ids = false;
	if (file_numbers_equal(&evidence->mapped, &evidence->stat))
		return;
	evidence->same_path = way != MAPPED_WAY_EXE || is_exe_path(search);
	evidence->renumbers = renumbers(descriptor);
}

/* What costs more is only looked for where the rest does not decide. */
static enum file_identity judge(struct search *search, int descriptor, const struct statx *stat,
				enum mapped_way way)
{
	const struct file_evidence *evidence = &search->evidence;

	fill_evidence(search, descriptor, stat, way);
	if (file_identity_needs_trial(evidence) && !search->followed)
		close_if_open(follow_link(search));
	if (file_identity_needs_trial(evidence))
		try_mapping(search, descriptor);
	return file_identity_judge(evidence);
}

/* Takes the descriptor of a candidate, or -errno; keeps it if it is the best so far. */
static void consider(struct search *search, int descriptor, enum mapped_way way)
{
	struct mapped_found found;

	if (descriptor < 0)
		return;
	if (stat_regular(descriptor, &found.stat)) {
		found.identity = judge(search, descriptor, &found.stat, way);
		if (found.identity > FILE_IDENTITY_UNKNOWN &&
		    (search->found < 0 || found.identity > search->best.identity)) {
			int worse = search->found;

			search->found = descriptor;
			search->best = found;
			descriptor = worse;
		}
	}
	close_if_open(descriptor);
}

static bool is_proven(const struct search *search)
{
	return search->found >= 0 && search->best.identity == FILE_IDENTITY_PROVEN;
}

static void consider_way(struct search *search, enum mapped_way way, const char *path)
{
	consider(search, mapped_way_open(search->root, way, search->vma, path), way);
}

static void consider_path(struct search *search, const char *path)
{
	for (int way = MAPPED_WAY_OURS; way <= MAPPED_WAY_ABROAD && !is_proven(search); way++)
		consider_way(search, (enum mapped_way)way, path);
}

static void unescape_newlines(struct text *path, const char *name)
{
	const char *at = name, *escape;

	while ((escape = strstr(at, "\\012"))) {
		text_append_bytes(path, at, (size_t)(escape - at));
		text_append_char(path, '\n');
		at = escape + 4;
	}
	text_append(path, at);
}

/*
 * maps writes a newline in a path as \012 and nothing else, so \012 may be one or not; the
 * kernel's link tells.
 */
static void consider_paths(struct search *search)
{
	const char *name = search->vma->name;
	struct text path = {0};

	if (!strstr(name, "\\012")) {
		consider_path(search, name);
		return;
	}
	if (mapped_ways_read_path(search->root, search->vma, &path)) {
		consider_path(search, text_string(&path));
	} else {
		consider_path(search, name);
		unescape_newlines(&path, name);
		if (!is_proven(search))
			consider_path(search, text_string(&path));
	}
	text_finish(&path);
}

int mapped_find(struct mapped_root *root, const struct vma *vma, struct mapped_found *ret_found)
{
	struct search search;

	search_init(&search, root, vma);
	/* What lies at the path of a deleted file is another one, even if its numbers are equal. */
	if (!vma->deleted)
		consider_paths(&search);
	if (!is_proven(&search))
		consider(&search, follow_link(&search), MAPPED_WAY_LINK);
	if (!is_proven(&search))
		consider_way(&search, MAPPED_WAY_EXE, NULL);
	if (search.found >= 0)
		*ret_found = search.best;
	return search.found;
}

/* Whether it is the mapped file, and no other file system is asked for its bytes than our root's.
 */
static bool is_at_hand(const struct search *search, int descriptor, enum mapped_way way,
		       struct mapped_found *ret_found)
{
	struct file_evidence evidence = search->evidence;
	struct mapped_found found;

	if (!stat_regular(descriptor, &found.stat) || !mapped_root_holds(search->root, &found.stat))
		return false;
	evidence.stat = numbers_of(&found.stat);
	evidence.linked = evidence.has_link = way == MAPPED_WAY_LINK;
	evidence.link = evidence.stat;
	found.identity = file_identity_judge(&evidence);
	*ret_found = found;
	return found.identity == FILE_IDENTITY_PROVEN;
}

int mapped_find_at_hand(struct mapped_root *root, const struct vma *vma,
			struct mapped_found *ret_found)
{
	static const enum mapped_way ways[] = {MAPPED_WAY_OURS, MAPPED_WAY_LINK};
	struct mapped_found found;
	struct search search;

	search_init(&search, root, vma);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		int descriptor = mapped_way_open_at_hand(root, ways[i], vma);

		if (descriptor < 0)
			continue;
		if (is_at_hand(&search, descriptor, ways[i], &found)) {
			*ret_found = found;
			return descriptor;
		}
		close(descriptor);
	}
	return -EAGAIN;
}

bool mapped_has_name(struct mapped_root *root, const struct vma *vma)
{
	struct search search;

	search_init(&search, root, vma);
	consider_paths(&search);
	close_if_open(search.found);
	return search.found >= 0;
}

enum file_identity mapped_is_exe(struct mapped_root *root, const struct vma *vma)
{
	int descriptor = mapped_way_open(root, MAPPED_WAY_EXE, vma, NULL);
	enum file_identity identity = FILE_IDENTITY_NONE;
	struct search search;
	struct statx stat;

	if (descriptor >= 0 && stat_regular(descriptor, &stat)) {
		search_init(&search, root, vma);
		close_if_open(follow_link(&search));
		fill_evidence(&search, descriptor, &stat, MAPPED_WAY_EXE);
		/* Equal numbers of the two links do not suffice to tell it from its twin. */
		try_mapping(&search, descriptor);
		identity = file_identity_judge(&search.evidence);
	}
	close_if_open(descriptor);
	return identity;
}

void mapped_read_traits(struct mapped_root *root, const struct vma *vma,
			struct file_traits *ret_traits)
{
	struct search search;

	search_init(&search, root, vma);
	close_if_open(follow_link(&search));
	ask_build_id(&search);
	*ret_traits = (struct file_traits){
		.has_link = search.evidence.has_link,
		.link = search.evidence.link,
		.has_build_id = search.has_build_id,
		.build_id = search.evidence.mapped_build_id,
	};
}

int mapped_open(int descriptor)
{
	char link[32];
	int opened;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", descriptor);
	/* Only who owns it may leave the time of access as it is (open(2)). */
	opened = open(link, HOW | O_NOATIME);
	if (opened < 0 && errno == EPERM)
		opened = open(link, HOW);
	return opened < 0 ? -errno : opened;
}
