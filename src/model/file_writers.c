/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/file_writers.h"

#include <sys/stat.h>

#include "model/checked_file.h"

#define NOBODY UINT32_C(65534) /* the default of kernel.overflowuid */

struct judging {
	const struct file_place *places;
	size_t count;
	const struct file_trust *trust;
	struct file_writers worst;
};

static int weight(enum checked_writer who)
{
	switch (who) {
	case CHECKED_WRITER_EVERYONE: return 4;
	case CHECKED_WRITER_GROUP: return 3;
	case CHECKED_WRITER_OWNER: return 2;
	case CHECKED_WRITER_BESIDE: return 1;
	default: return 0;
	}
}

static bool is_trusted(const struct file_trust *trust, uint32_t uid)
{
	for (size_t i = 0; i < trust->count; i++)
		if (trust->uids[i] == uid)
			return true;
	return false;
}

/*
 * A group of root's, or the private group of a user, which has the user's number by custom (as
 * useradd(8) makes them).
 */
static bool is_trusted_group(const struct file_trust *trust, uint32_t gid)
{
	return gid == 0 || is_trusted(trust, gid);
}

/* Whether they can go as far as the place. In which groups a user is, is not known: in any. */
static bool reach(const struct judging *judging, size_t place, enum checked_writer who, uint32_t id)
{
	for (size_t i = 0; i < place; i++) {
		const struct file_place *above = &judging->places[i];
		bool may = above->mode & S_IXOTH;

		if (who == CHECKED_WRITER_OWNER)
			may |= (above->mode & S_IXGRP) ||
			       (above->uid == id && (above->mode & S_IXUSR));
		if (who == CHECKED_WRITER_GROUP)
			may |= above->gid == id && (above->mode & S_IXGRP);
		if (!may)
			return false;
	}
	return true;
}

static void note(struct judging *judging, size_t place, enum checked_writer who, uint32_t id)
{
	if (weight(who) > weight(judging->worst.who) && reach(judging, place, who, id))
		judging->worst = (struct file_writers){(uint8_t)who, id, place};
}

/*
 * In a sticky directory nobody removes what belongs to others. So of those far above nothing
 * follows; beside the file another one can be laid, which a search for libraries may find first.
 */
static void judge_place(struct judging *judging, size_t index)
{
	const struct file_place *place = &judging->places[index];
	bool sticky = index + 1 < judging->count && (place->mode & S_ISVTX);
	bool beside = index + 2 == judging->count;

	if (place->read_only)
		return;
	if (!is_trusted(judging->trust, place->uid)) {
		if (judging->trust->unmapped && place->uid == NOBODY) {
			if (!weight(judging->worst.who))
				judging->worst.who = CHECKED_WRITER_UNKNOWN;
		} else {
			note(judging, index, CHECKED_WRITER_OWNER, place->uid);
		}
	}
	if (sticky && !beside)
		return;
	if ((place->mode & S_IWGRP) && !sticky && !is_trusted_group(judging->trust, place->gid))
		note(judging, index, CHECKED_WRITER_GROUP, place->gid);
	if (place->mode & S_IWOTH)
		note(judging, index, sticky ? CHECKED_WRITER_BESIDE : CHECKED_WRITER_EVERYONE, 0);
}

struct file_writers file_writers_judge(const struct file_place *places, size_t count,
				       const struct file_trust *trust)
{
	struct judging judging = {.places = places,
				  .count = count,
				  .trust = trust,
				  .worst = {.who = CHECKED_WRITER_NONE}};

	for (size_t i = 0; i < count; i++)
		judge_place(&judging, i);
	return judging.worst;
}
