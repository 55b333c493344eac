/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_RECORDER_SCRIPT_H
#define TESTS_UNIT_RECORDER_SCRIPT_H

/* A recorder that writes down what it is asked for, in the place of record/recorder.c. */

#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/usage.h"
#include "record/recorder.h"

struct recorder {
	struct recorder_news first, next, last; /* when it is waited for, asked, and destroyed */
};

static struct recorder recorder;
static int create_error;
static struct text asked;
static struct recorder_plan planned; /* of the last one that was created */

static inline void check_asked(const char *expected)
{
	assert_string_equal(text_string(&asked), expected);
	text_clear(&asked);
}

int recorder_create(const struct recorder_plan *wanted, struct recorder **ret_recorder)
{
	planned = *wanted;
	text_append_format(&asked, "create %s%s%s\n", wanted->file.path,
			   wanted->file.force ? " by force" : "", wanted->when ? " later" : "");
	if (create_error)
		return create_error;
	*ret_recorder = &recorder;
	return 0;
}

struct recorder_news recorder_wait(struct recorder *waiting)
{
	text_append(&asked, "wait\n");
	return waiting->first;
}

struct recorder_news recorder_destroy(struct recorder *destroyed)
{
	text_append(&asked, "destroy\n");
	return destroyed ? destroyed->last : (struct recorder_news){0};
}

int recorder_descriptor(const struct recorder *described)
{
	return described == &recorder ? 77 : 78;
}

struct recorder_news recorder_take(struct recorder *taken)
{
	return taken->next;
}

void recorder_add(struct recorder *given, const struct address_space *space)
{
	text_append_format(&asked, "add %d at %" PRId64 "\n", given == &recorder, space->time_ns);
}

void recorder_add_usage(struct recorder *given, const struct usage_table *usage,
			const struct residency *residency)
{
	text_append_format(&asked, "usage %d of %zu%s\n", given == &recorder, usage->vmas.count,
			   residency ? "" : " without pages");
}

void recorder_add_baseline(struct recorder *given, int64_t time_ns)
{
	text_append_format(&asked, "baseline %d at %" PRId64 "\n", given == &recorder, time_ns);
}

void recorder_add_note(struct recorder *given, int64_t time_ns, const char *words)
{
	/* The time is that of the moment. */
	text_append_format(&asked, "note %d %s%s\n", given == &recorder, words,
			   time_ns > INT64_C(1792412467123000000) ? "" : " too early");
}

void recorder_add_end(struct recorder *given, int64_t time_ns)
{
	text_append_format(&asked, "end %d%s\n", given == &recorder,
			   time_ns > INT64_C(1792412467123000000) ? "" : " too early");
}

#endif
