/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/replay_link.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"

struct replay_link {
	pthread_mutex_t lock;
	int holders;
	struct replay_state state;
	struct replay_wish wish;
	struct kept_usage kept;
	int64_t time_ns; /* of the sample that it is of */
	bool fresh;      /* it was not taken yet */
	char *words;     /* NULL: there is nothing to say */
};

struct replay_link *replay_link_create(const struct replay_state *state)
{
	struct replay_link *link = memory_alloc(sizeof(*link));

	pthread_mutex_init(&link->lock, NULL);
	link->holders = 2;
	link->state = *state;
	return link;
}

void replay_link_release(struct replay_link *link)
{
	bool last;

	if (!link)
		return;
	pthread_mutex_lock(&link->lock);
	last = --link->holders == 0;
	pthread_mutex_unlock(&link->lock);
	if (!last)
		return;
	kept_usage_finish(&link->kept);
	free(link->words);
	pthread_mutex_destroy(&link->lock);
	free(link);
}

void replay_link_wish(struct replay_link *link, const struct replay_wish *wish)
{
	pthread_mutex_lock(&link->lock);
	link->wish = *wish;
	link->state.held |= wish->type != REPLAY_LIFE;
	pthread_mutex_unlock(&link->lock);
}

void replay_link_set_held(struct replay_link *link, bool held)
{
	pthread_mutex_lock(&link->lock);
	link->state.held = held;
	pthread_mutex_unlock(&link->lock);
}

void replay_link_set_speed(struct replay_link *link, unsigned speed)
{
	pthread_mutex_lock(&link->lock);
	link->state.speed = speed;
	pthread_mutex_unlock(&link->lock);
}

struct replay_state replay_link_state(struct replay_link *link)
{
	struct replay_state state;

	pthread_mutex_lock(&link->lock);
	state = link->state;
	pthread_mutex_unlock(&link->lock);
	return state;
}

bool replay_link_take_usage(struct replay_link *link, int64_t time_ns, struct kept_usage *ret_usage)
{
	bool taken;

	pthread_mutex_lock(&link->lock);
	taken = link->fresh && link->time_ns == time_ns;
	if (taken) {
		*ret_usage = link->kept;
		link->kept = (struct kept_usage){0};
		link->fresh = false;
	}
	pthread_mutex_unlock(&link->lock);
	return taken;
}

char *replay_link_take_words(struct replay_link *link)
{
	char *words;

	pthread_mutex_lock(&link->lock);
	words = link->words;
	link->words = NULL;
	pthread_mutex_unlock(&link->lock);
	return words;
}

struct replay_state replay_link_take_wish(struct replay_link *link, struct replay_wish *ret_wish)
{
	struct replay_state state;

	pthread_mutex_lock(&link->lock);
	*ret_wish = link->wish;
	link->wish = (struct replay_wish){.type = REPLAY_NOTHING};
	state = link->state;
	pthread_mutex_unlock(&link->lock);
	return state;
}

void replay_link_publish(struct replay_link *link, int64_t sample, int64_t time_ns,
			 const struct kept_usage *kept)
{
	pthread_mutex_lock(&link->lock);
	kept_usage_finish(&link->kept);
	link->kept = *kept;
	link->time_ns = time_ns;
	link->fresh = true;
	link->state.sample = sample;
	pthread_mutex_unlock(&link->lock);
}

void replay_link_say(struct replay_link *link, const char *words)
{
	pthread_mutex_lock(&link->lock);
	free(link->words);
	link->words = memory_copy_string(words);
	pthread_mutex_unlock(&link->lock);
}
