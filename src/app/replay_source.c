/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/replay_source.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "app/replay_link.h"
#include "app/target_words.h"
#include "base/format.h"
#include "base/memory.h"
#include "base/text.h"
#include "kernel/clock.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/recording.h"
#include "record/recording_steps.h"
#include "sampler/source.h"

struct replay_source {
	struct source source;
	struct recording *recording;
	struct replay_link *link;
	int64_t sample;  /* that was read last; before the first read the one before it */
	int64_t read_ns; /* CLOCK_MONOTONIC: when that was; 0: not yet */
};

/* The sample of the time that has come, at least the next one. */
static int64_t find_next(const struct replay_source *source, unsigned speed)
{
	int64_t next = source->sample + 1, elapsed, time_ns, found;

	if (speed <= 1 || !source->read_ns)
		return next;
	elapsed = clock_ns(CLOCK_MONOTONIC) - source->read_ns;
	if (recording_time(source->recording, source->sample, &time_ns) ||
	    elapsed > (INT64_MAX - time_ns) / speed ||
	    recording_find(source->recording, time_ns + elapsed * speed, &found))
		return next;
	return found > next ? found : next;
}

/* What is said of a wish that cannot be done. */
static void refuse(const struct replay_source *source, const struct replay_wish *wish, int error)
{
	static const char *const words[] = {
		[REPLAY_NOTHING] = "",
		[REPLAY_NEXT] = "This is the last sample of the recording.",
		[REPLAY_PREVIOUS] = "This is the first sample of the recording.",
		[REPLAY_NEXT_EVENT] = "Nothing changes after this in the recording.",
		[REPLAY_PREVIOUS_EVENT] = "Nothing changed before this in the recording.",
		[REPLAY_NEXT_CHANGE] = "This mapping does not change after this in the recording.",
		[REPLAY_PREVIOUS_CHANGE] =
			"This mapping did not change before this in the recording.",
		[REPLAY_TIME] = "There is no such time in the recording.",
		[REPLAY_LIFE] = "This mapping is not in the recording.",
	};

	replay_link_say(source->link, error == -ENOENT ? words[wish->type]
						       : "This part of the recording is damaged.");
}

static void append_time(struct text *text, const char *words, int64_t time_ns)
{
	char clock[CLOCK_LENGTH];

	text_append_format(text, "%s%s", words, target_clock(time_ns, clock));
}

/* "[heap] appeared 10:41:07, was largest 10:45:00 (12.0M), was last seen 10:50:00." */
static void append_life(struct text *text, const struct vma *vma, const struct recording_life *life)
{
	char size[FORMAT_SIZE_LENGTH];

	vma_append_label(text, vma);
	append_time(text, " appeared ", life->appeared_ns);
	append_time(text, ", was largest ", life->largest_ns);
	text_append_format(text, " (%s)", format_size(size, life->largest));
	append_time(text, ", was last seen ", life->last_ns);
	text_append_char(text, '.');
}

/* Of the sample that is shown, which need not be the one that was read last. */
static void tell_life(const struct replay_source *source, const struct replay_wish *wish)
{
	struct address_space *space;
	struct kept_usage kept;
	struct recording_life life;
	struct text text = {0};
	int64_t sample;
	size_t index;
	int error = recording_find(source->recording, wish->from_ns, &sample);

	error = error ? error : recording_read(source->recording, sample, &space, &kept);
	if (error) {
		refuse(source, wish, error);
		return;
	}
	index = address_space_find(space, wish->start);
	error = index == space->vma_count
			? -ENOENT
			: recording_life(source->recording, sample, &space->vmas[index], &life);
	if (error) {
		refuse(source, wish, error);
	} else {
		append_life(&text, &space->vmas[index], &life);
		replay_link_say(source->link, text_string(&text));
	}
	text_finish(&text);
	kept_usage_finish(&kept);
	address_space_destroy(space);
}

/* Which sample is read. Returns 0, or -EAGAIN: none. */
static int choose(struct replay_source *source, const struct replay_wish *wish,
		  const struct replay_state *state, int64_t *ret_sample)
{
	int64_t from;
	int error;

	*ret_sample = source->sample;
	if (wish->type == REPLAY_LIFE && source->read_ns)
		return 0;
	if (wish->type != REPLAY_NOTHING) {
		error = recording_find(source->recording, wish->from_ns, &from);
		error = error ? error : recording_step(source->recording, from, wish, ret_sample);
		if (error)
			refuse(source, wish, error);
		return error ? -EAGAIN : 0;
	}
	if (state->held && source->read_ns)
		return -EAGAIN;
	*ret_sample = find_next(source, state->speed);
	return *ret_sample > state->last ? -EAGAIN : 0;
}

/* That of what cannot be moved to another sample only words come, the same one is read again. */
static int read_next(struct source *base, struct address_space **ret_space)
{
	struct replay_source *source = (struct replay_source *)base;
	struct replay_wish wish;
	struct replay_state state = replay_link_take_wish(source->link, &wish);
	struct address_space *space;
	struct kept_usage kept;
	int64_t sample = source->sample;
	int error = choose(source, &wish, &state, &sample);

	if (error && (wish.type == REPLAY_NOTHING || !source->read_ns))
		return error;
	if (error)
		sample = source->sample;
	source->sample = sample;
	source->read_ns = clock_ns(CLOCK_MONOTONIC);
	/* One that is damaged is passed over the next time. */
	error = recording_read(source->recording, sample, &space, &kept);
	if (error)
		return error;
	if (wish.type == REPLAY_LIFE)
		tell_life(source, &wish);
	else if (wish.type == REPLAY_NOTHING && sample == state.last)
		replay_link_say(source->link, "This is the last sample of the recording.");
	replay_link_publish(source->link, sample, space->time_ns, &kept);
	*ret_space = space;
	return 0;
}

static int no_descriptor(const struct source *source)
{
	(void)source;
	return -1;
}

static void destroy(struct source *base)
{
	struct replay_source *source = (struct replay_source *)base;

	recording_close(source->recording);
	replay_link_release(source->link);
	free(source);
}

int replay_source_create(struct recording *recording, int64_t sample, struct source **ret_source,
			 struct replay_link **ret_link)
{
	static const struct source_operations operations = {
		.read = read_next, .exit_descriptor = no_descriptor, .destroy = destroy};
	struct replay_state state = {.speed = 1,
				     .sample = sample,
				     .first = recording_first(recording),
				     .last = recording_last(recording)};
	struct replay_source *source;
	int error = recording_time(recording, state.first, &state.start_ns);

	error = error ? error : recording_time(recording, state.last, &state.end_ns);
	if (error) {
		recording_close(recording);
		return error;
	}
	source = memory_alloc(sizeof(*source));
	*source = (struct replay_source){.source = {&operations},
					 .recording = recording,
					 .link = replay_link_create(&state),
					 .sample = sample - 1};
	*ret_link = source->link;
	*ret_source = &source->source;
	return 0;
}
