/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/replay_source.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "record/recording.h"
#include "sampler/source.h"

struct replay_usage {
	pthread_mutex_t lock;
	int holders;
	struct kept_usage kept;
	int64_t time_ns; /* of the sample */
	bool fresh, last;
};

struct replay_source {
	struct source source;
	struct recording *recording;
	int64_t next; /* the sample that is read next */
	struct replay_usage *usage;
};

static void publish(struct replay_usage *usage, int64_t time_ns, const struct kept_usage *kept,
		    bool last)
{
	pthread_mutex_lock(&usage->lock);
	kept_usage_finish(&usage->kept);
	usage->kept = *kept;
	usage->time_ns = time_ns;
	usage->fresh = true;
	usage->last = last;
	pthread_mutex_unlock(&usage->lock);
}

static int read_next(struct source *base, struct address_space **ret_space)
{
	struct replay_source *source = (struct replay_source *)base;
	struct address_space *space;
	struct kept_usage kept;
	int error;

	if (source->next > recording_last(source->recording))
		return -EAGAIN;
	/* One that is damaged is passed over the next time. */
	error = recording_read(source->recording, source->next++, &space, &kept);
	if (error)
		return error;
	publish(source->usage, space->time_ns, &kept,
		source->next > recording_last(source->recording));
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
	replay_usage_release(source->usage);
	free(source);
}

struct source *replay_source_create(struct recording *recording, int64_t sample,
				    struct replay_usage **ret_usage)
{
	static const struct source_operations operations = {
		.read = read_next, .exit_descriptor = no_descriptor, .destroy = destroy};
	struct replay_source *source = memory_alloc(sizeof(*source));
	struct replay_usage *usage = memory_alloc(sizeof(*usage));

	pthread_mutex_init(&usage->lock, NULL);
	usage->holders = 2;
	*source = (struct replay_source){{&operations}, recording, sample, usage};
	*ret_usage = usage;
	return &source->source;
}

bool replay_usage_take(struct replay_usage *usage, int64_t time_ns, struct kept_usage *ret_usage,
		       bool *ret_last)
{
	bool taken;

	pthread_mutex_lock(&usage->lock);
	taken = usage->fresh && usage->time_ns == time_ns;
	if (taken) {
		*ret_usage = usage->kept;
		*ret_last = usage->last;
		usage->kept = (struct kept_usage){0};
		usage->fresh = false;
	}
	pthread_mutex_unlock(&usage->lock);
	return taken;
}

void replay_usage_release(struct replay_usage *usage)
{
	bool last;

	if (!usage)
		return;
	pthread_mutex_lock(&usage->lock);
	last = --usage->holders == 0;
	pthread_mutex_unlock(&usage->lock);
	if (!last)
		return;
	kept_usage_finish(&usage->kept);
	pthread_mutex_destroy(&usage->lock);
	free(usage);
}
